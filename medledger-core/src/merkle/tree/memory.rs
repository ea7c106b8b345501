//! A tree held whole in memory.

use alloc::collections::BTreeMap;
use core::convert::Infallible;

use super::{Node, Prefix, TreeDelta, TreeRead};
use crate::error::ReadError;
use crate::hash::StateRoot;

/// A tree held whole in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemoryTree {
    nodes: BTreeMap<Prefix, Node>,
}

impl MemoryTree {
    /// The empty tree.
    #[must_use]
    pub const fn new() -> Self {
        Self { nodes: BTreeMap::new() }
    }

    /// Takes over the nodes that an [`update`](super::update) of this very tree gave.
    pub fn apply(&mut self, delta: TreeDelta) {
        for (at, node) in delta.nodes {
            match node {
                Node::Empty => self.nodes.remove(&at),
                node => self.nodes.insert(at, node),
            };
        }
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> StateRoot {
        self.get(&Prefix::ROOT).hash().into()
    }

    /// The nodes that are not empty, in the order of a walk.
    pub fn nodes(&self) -> impl Iterator<Item = (&Prefix, &Node)> {
        self.nodes.iter()
    }

    fn get(&self, at: &Prefix) -> Node {
        self.nodes.get(at).copied().unwrap_or(Node::Empty)
    }
}

impl TreeRead for MemoryTree {
    type Error = Infallible;

    fn node(&self, at: &Prefix) -> Result<Node, ReadError<Infallible>> {
        Ok(self.get(at))
    }
}
