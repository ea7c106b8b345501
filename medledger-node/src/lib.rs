//! The MedLedger host: what an organisation runs.
//!
//! | file | what it holds |
//! | --- | --- |
//! | [`host`] | a ledger on a disk: submit, produce, queries, receipts |
//! | [`store`] | the embedded store under it |
//! | [`verify`] | the whole store checked from the genesis, without writing to it |
//! | [`clock`] | where the time comes from |
//! | [`keys`] | the keys that the command holds, one file an identity |
//! | [`cli`] | the `medledger` command |
//! | [`error`] | what can go wrong, with codes |

pub mod cli;
pub mod clock;
pub mod error;
pub mod host;
pub mod keys;
pub mod store;
#[cfg(test)]
mod testing;
pub mod verify;

pub use error::NodeError;
pub use host::Host;
