//! Merkle logs and the state tree.
//!
//! A log is a list that only grows, with a root over all of it (RFC 9162 §2.1 with SHA3-256): [`log`] builds one
//! and makes proofs, [`proof`] checks them, [`peaks`] appends without the leaves, [`range`] merges parts that were
//! built apart. [`tree`] is the authenticated map under every header.

pub mod log;
pub mod node;
pub mod peaks;
pub mod proof;
pub mod range;
pub mod tree;

pub use log::{Log, LogError};
pub use peaks::Peaks;
pub use proof::{ConsistencyProof, InclusionProof};
pub use range::CompactRange;

#[cfg(test)]
#[allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "numbers of the tests' own making"
)]
mod log_tests;
