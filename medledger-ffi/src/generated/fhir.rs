//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{MedledgerError, answer, value};

value! {
    /// One resource of a bundle.
    #[uniffi::export(Eq, Hash)]
    BundleEntry = medledger_sdk::api::fhir::BundleEntry {
        /// The entry's fullUrl, where it has one.
        #[uniffi(default = None)]
        full_url: Option<String>,
        /// The resource type.
        resource_type: String,
        /// The resource's id, where it has one.
        #[uniffi(default = None)]
        id: Option<String>,
        /// A short title for a person to read, such as "Body weight".
        title: String,
        /// Its facts.
        facts: crate::Facts,
        /// Its canonical form: the content that is committed to.
        canonical: Vec<u8>,
    }
}

/// The canonical form of a FHIR resource's JSON: that of RFC 8785, but that numbers stay as they were written.
///
/// Errors: FHR-001 to FHR-007 for what is no JSON, or too much of it.
#[uniffi::export]
pub fn canonical_fhir(json: Vec<u8>) -> Result<Vec<u8>, MedledgerError> {
    answer(medledger_sdk::api::fhir::canonical_fhir(&json))
}

/// Reads a bundle of one patient, checked whole: its resources in their order, with their facts.
///
/// Errors: FHR-001 to FHR-020 with the element at fault.
#[uniffi::export]
pub fn read_bundle(json: Vec<u8>) -> Result<Vec<crate::BundleEntry>, MedledgerError> {
    answer(medledger_sdk::api::fhir::read_bundle(&json))
}

/// The interval that a FHIR date or dateTime stands for, such as `2019-03`. One without a zone is in this zone (`+01:00`);
/// without any it begins where the day begins first, and ends where it ends last.
///
/// Errors: API-002 for what is no date or zone.
#[uniffi::export(default(zone = None))]
pub fn fhir_interval(date: String, zone: Option<String>) -> Result<crate::Interval, MedledgerError> {
    answer(medledger_sdk::api::fhir::fhir_interval(&date, zone.as_deref()))
}
