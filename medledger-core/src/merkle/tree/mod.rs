//! The state tree: a compact sparse Merkle tree over 256-bit keys (after the sparse Merkle trees of Dahlberg,
//! Pulls and Peeters, "Efficient Sparse Merkle Trees", 2016, with single-leaf subtrees cut short).
//!
//! | node | hash |
//! | --- | --- |
//! | empty | 32 zero bytes |
//! | leaf | `SHA3-256(02 ‖ key ‖ value hash)` |
//! | branch | `SHA3-256(03 ‖ left ‖ right)` |
//!
//! A subtree without keys is empty, one with a single key *is* that key's leaf, any other a branch by the next
//! bit of the key (0 is left). So a leaf stands at the shallowest position that it has for itself, and the tree
//! follows from its keys and values alone, whatever the order in which they came.

mod memory;
mod prefix;
mod proof;
mod update;

use alloc::collections::BTreeMap;
use sha3::{Digest, Sha3_256};

pub use memory::MemoryTree;
pub use prefix::{KEY_BITS, Prefix, PrefixBytes};
pub use proof::{StateClaim, StateProof, TreeError, prove};
pub use update::update;

use crate::error::ReadError;
use crate::hash::{NodeHash, StateKey, StateRoot, Tag, ValueHash, digests, hash, hash_each};
use crate::merkle::node::{NODE_MESSAGE, node_message};

/// The hash of an empty subtree.
pub const EMPTY: NodeHash = NodeHash([0; 32]);

wire! {
    /// A node of the state tree, by itself. Stores hold it under its position.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Node {
        /// No key lies below.
        0 => Empty,
        /// One key alone lies below.
        1 => Leaf {
            /// The whole key.
            key: StateKey,
            /// The hash of its value.
            value: ValueHash,
        },
        /// Two keys or more lie below.
        2 => Branch {
            /// The hash of the node to the left.
            left: NodeHash,
            /// The hash of the node to the right.
            right: NodeHash,
        },
    }
}

impl Node {
    /// The node's hash.
    #[must_use]
    pub fn hash(&self) -> NodeHash {
        match self {
            Self::Empty => EMPTY,
            Self::Leaf { key, value } => hash_leaf(key, value),
            Self::Branch { left, right } => hash_branch(left, right),
        }
    }
}

/// The hash of a value's encoding, as the leaf binds it.
#[must_use]
pub fn value_hash(bytes: &[u8]) -> ValueHash {
    ValueHash(hash(Tag::StateValue, &[bytes]))
}

/// The hashes of many values, as [`value_hash`].
pub(crate) fn value_hashes(values: &[&[u8]]) -> impl Iterator<Item = ValueHash> {
    hash_each(Tag::StateValue, values).into_iter().map(ValueHash)
}

/// Reads the nodes of a tree.
pub trait TreeRead {
    /// How the store behind it fails.
    type Error;

    /// The node at a position; [`Node::Empty`] where the tree has none.
    ///
    /// # Errors
    /// [`ReadError::Unproven`] when only a part of the tree is at hand and it lacks this node;
    /// [`ReadError::Store`] when the store failed.
    fn node(&self, at: &Prefix) -> Result<Node, ReadError<Self::Error>>;
}

impl<T: TreeRead + ?Sized> TreeRead for &T {
    type Error = T::Error;

    fn node(&self, at: &Prefix) -> Result<Node, ReadError<Self::Error>> {
        (**self).node(at)
    }
}

/// The nodes that a batch of changes gives a tree. [`Node::Empty`] stands for a node that goes; a node that stays
/// as it was is never listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreeDelta {
    /// Position by position, in the order of a walk.
    pub nodes: BTreeMap<Prefix, Node>,
}

const LEAF: u8 = 2;
const BRANCH: u8 = 3;

fn hash_node(kind: u8, first: &[u8; 32], second: &[u8; 32]) -> NodeHash {
    NodeHash(Sha3_256::digest(node_message(kind, first, second)).into())
}

fn hash_leaf(key: &StateKey, value: &ValueHash) -> NodeHash {
    hash_node(LEAF, &key.0, &value.0)
}

fn hash_branch(left: &NodeHash, right: &NodeHash) -> NodeHash {
    hash_node(BRANCH, &left.0, &right.0)
}

/// What the hash of a node, a leaf or a branch, is taken of.
type NodeMessage = [u8; NODE_MESSAGE];

fn leaf_message(key: &StateKey, value: &ValueHash) -> NodeMessage {
    node_message(LEAF, &key.0, &value.0)
}

fn branch_message(left: &NodeHash, right: &NodeHash) -> NodeMessage {
    node_message(BRANCH, &left.0, &right.0)
}

/// Hashes of many nodes, which don't depend on each other.
fn hash_nodes(messages: &[NodeMessage]) -> impl Iterator<Item = NodeHash> {
    digests(messages).into_iter().map(NodeHash)
}

impl From<NodeHash> for StateRoot {
    fn from(root: NodeHash) -> Self {
        Self(root.0)
    }
}

#[cfg(test)]
mod tests;
