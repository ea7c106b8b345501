//! Merkle logs and the state tree.

pub mod tree;
