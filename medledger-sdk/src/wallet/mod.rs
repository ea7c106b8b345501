//! The patient's side: her consents and logs, and where her keys come from and are kept.
//!
//! | file | what it holds |
//! | --- | --- |
//! | [`consents`] | grants, amendments, revocations; her logs and exports, read |
//! | [`sheet`] | a sheet of 24 words |
//! | [`derive`](mod@derive) | from a sheet's words to keys |
//! | [`create`] | one more identity, for one more relationship |
//! | [`restore`] | all identities of a sheet, found on the ledger |
//! | [`rotation`] | the second sheet takes over |
//! | [`keystore`], [`format`](mod@format) | one device's keys, encrypted under a passphrase; how the file looks |
//!
//! There are two sheets, drawn apart. The first gives the keys of devices and the current controllers; the second, which
//! stays on paper until it is needed, their successors. See the specification's `wallet.md`.

pub mod consents;
#[cfg(feature = "wallet")]
pub mod create;
#[cfg(feature = "wallet")]
pub mod derive;
pub mod format;
#[cfg(feature = "wallet")]
pub mod keystore;
#[cfg(feature = "wallet")]
pub mod restore;
#[cfg(feature = "wallet")]
pub mod rotation;
#[cfg(feature = "wallet")]
pub mod sheet;

pub use consents::{Wallet, WalletError, WalletFault, WholeLog, consent_keys};

#[cfg(test)]
mod tests;
