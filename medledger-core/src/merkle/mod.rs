//! Merkle logs and the state tree.
