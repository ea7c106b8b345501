//! MedLedger for Kotlin and Swift.
//!
//! | module | what it holds |
//! | --- | --- |
//! | `generated` | a function for each operation, an object for each handle, values and words: `cargo xtask bindings` |
//! | `support` | conversions of scalars and times, errors, handles and their locks, an app's own signer and progress |
//!
//! `medledger-bindgen` reads the built library and writes Kotlin and Swift.

mod generated;
mod support;

pub use generated::*;
pub use support::{MedledgerError, Moment, Progress, ProgressError, Signer, SignerError, Stamp, Time};

uniffi::setup_scaffolding!("medledger");
