//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;

mod access;
mod authority;
mod consent;
mod draft;
mod error;
mod identities;
mod identity;
mod key;
mod ledger;
mod light;
mod logs;
mod proof;
mod record;
mod status;
mod terms;
mod units;

/// Puts every function and class into the module.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    draft::register(module)?;
    identities::register(module)?;
    key::register(module)?;
    ledger::register(module)?;
    light::register(module)?;
    terms::register(module)?;
    Ok(())
}
