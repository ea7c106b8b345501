//! A tree held whole in memory.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::convert::Infallible;

use super::{Node, Prefix, TreeDelta, TreeRead};
use crate::error::ReadError;
use crate::hash::StateRoot;

/// A tree held whole in memory, as a binary trie: an update reads along paths, and a walk down one that was just
/// taken costs less than a search among all positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoryTree {
    top: Subtree,
}

/// At most 256 deep, which bounds what clones, compares and drops it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Subtree {
    node: Node,
    /// Left and right of a branch, else nothing.
    below: Option<Box<[Subtree; 2]>>,
}

impl Subtree {
    const EMPTY: Self = Self { node: Node::Empty, below: None };
}

impl Default for MemoryTree {
    fn default() -> Self {
        Self::new()
    }
}

impl MemoryTree {
    /// The empty tree.
    #[must_use]
    pub const fn new() -> Self {
        Self { top: Subtree::EMPTY }
    }

    /// Takes over the nodes that an [`update`](super::update) of this very tree gave.
    pub fn apply(&mut self, delta: TreeDelta) {
        // A parent comes before what is below it: a branch makes room, anything else drops what it had.
        for (at, node) in delta.nodes {
            if let Some(subtree) = self.at_mut(&at) {
                subtree.node = node;
                match node {
                    Node::Branch { .. } => {
                        subtree.below.get_or_insert_with(|| Box::new([Subtree::EMPTY; 2]));
                    }
                    Node::Empty | Node::Leaf { .. } => subtree.below = None,
                }
            }
        }
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> StateRoot {
        self.top.node.hash().into()
    }

    /// The nodes that are not empty, in the order of a walk.
    pub fn nodes(&self) -> impl Iterator<Item = (Prefix, Node)> {
        let mut steps = Vec::from([(Prefix::ROOT, &self.top)]);
        core::iter::from_fn(move || {
            let (at, subtree) = steps.pop()?;
            if let Some([left, right]) = subtree.below.as_deref() {
                steps.extend(at.child(true).map(|at| (at, right)));
                steps.extend(at.child(false).map(|at| (at, left)));
            }
            Some((at, subtree.node))
        })
        .filter(|(_, node)| *node != Node::Empty)
    }

    fn at(&self, at: &Prefix) -> Option<&Subtree> {
        (0..at.depth()).try_fold(&self.top, |subtree, depth| {
            let [left, right] = subtree.below.as_deref()?;
            Some(if at.bit(depth) { right } else { left })
        })
    }

    fn at_mut(&mut self, at: &Prefix) -> Option<&mut Subtree> {
        (0..at.depth()).try_fold(&mut self.top, |subtree, depth| {
            let [left, right] = subtree.below.as_deref_mut()?;
            Some(if at.bit(depth) { right } else { left })
        })
    }
}

impl TreeRead for MemoryTree {
    type Error = Infallible;

    fn node(&self, at: &Prefix) -> Result<Node, ReadError<Infallible>> {
        Ok(self.at(at).map_or(Node::Empty, |subtree| subtree.node))
    }
}
