//! A ledger without a network.
//!
//! | file | what it holds |
//! | --- | --- |
//! | [`engine`] | the authority engine: inputs in, a block to certify and commit out; no store, no clock, no keys |
//! | [`ledger`] | a whole ledger in one process, in memory, to and from bytes |

pub mod engine;
pub mod ledger;

pub use engine::{Commit, Engine, EngineError, EngineFault, Proposal};
pub use ledger::{Ledger, LedgerError};

#[cfg(test)]
mod tests;
