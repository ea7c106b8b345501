//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;

mod access;
mod authority;
mod consent;
mod container;
mod draft;
mod envelope;
mod error;
mod facts;
mod fhir;
mod fhir_audit;
mod fhir_consent;
mod gateway;
mod hashes;
mod identities;
mod identity;
mod inspect;
mod key;
mod keystores;
mod ledger;
mod light;
mod logs;
mod merkle;
mod proof;
mod record;
mod records;
mod requester;
mod restoring;
mod sealed;
mod sealing;
mod sheets;
mod signatures;
mod status;
mod terms;
mod units;

/// Puts every function and class into the module.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    container::register(module)?;
    draft::register(module)?;
    envelope::register(module)?;
    facts::register(module)?;
    fhir::register(module)?;
    fhir_audit::register(module)?;
    fhir_consent::register(module)?;
    gateway::register(module)?;
    hashes::register(module)?;
    identities::register(module)?;
    inspect::register(module)?;
    key::register(module)?;
    keystores::register(module)?;
    ledger::register(module)?;
    light::register(module)?;
    merkle::register(module)?;
    records::register(module)?;
    requester::register(module)?;
    restoring::register(module)?;
    sealed::register(module)?;
    sealing::register(module)?;
    sheets::register(module)?;
    signatures::register(module)?;
    terms::register(module)?;
    Ok(())
}
