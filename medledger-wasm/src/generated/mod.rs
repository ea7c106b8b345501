//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

mod access;
mod authority;
mod consent;
#[cfg(feature = "seal")]
mod container;
mod draft;
mod envelope;
mod error;
mod facts;
#[cfg(feature = "fhir")]
mod fhir;
#[cfg(feature = "fhir")]
mod fhir_audit;
#[cfg(feature = "fhir")]
mod fhir_consent;
#[cfg(feature = "seal")]
mod gateway;
mod hashes;
mod identities;
mod identity;
mod inspect;
mod key;
#[cfg(feature = "wallet")]
mod keystores;
#[cfg(feature = "local")]
mod ledger;
mod light;
mod logs;
mod merkle;
mod proof;
#[cfg(feature = "fhir")]
mod record;
#[cfg(feature = "seal")]
mod records;
#[cfg(feature = "seal")]
mod requester;
#[cfg(feature = "wallet")]
mod restoring;
#[cfg(feature = "seal")]
mod sealed;
#[cfg(feature = "seal")]
mod sealing;
#[cfg(feature = "wallet")]
mod sheets;
mod signatures;
mod status;
mod terms;
mod units;
