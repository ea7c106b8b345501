//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use std::sync::Arc;

use crate::support::{MedledgerError, answer, argument, together, value};

value! {
    /// What an identity is.
    KnownIdentity = medledger_sdk::api::fhir_audit::KnownIdentity {
        /// The identity.
        did: String,
        /// What it is.
        kind: crate::IdentityKind,
    }
}

value! {
    /// What is known of one version of a record.
    KnownRecord = medledger_sdk::api::fhir_audit::KnownRecord {
        /// The record.
        record: String,
        /// Which version, from 1.
        version: u64,
        /// The height at which that version was recorded.
        height: u64,
        /// Its facts.
        facts: crate::Facts,
    }
}

value! {
    /// What a reader has beside a log. All of it may be empty: what is not here is left out, never guessed.
    #[uniffi::export(Eq, Hash)]
    LogKnowledge = medledger_sdk::api::fhir_audit::LogKnowledge {
        /// What identities are.
        #[uniffi(default = [])]
        identities: Vec<crate::KnownIdentity>,
        /// The patient's records that the reader can open. Those of others must not be here: a refused request may name one of them.
        #[uniffi(default = [])]
        records: Vec<crate::KnownRecord>,
        /// The entries of custodians' session logs, each as its bytes, in the order of their numbers.
        #[uniffi(default = [])]
        session_entries: Vec<Vec<u8>>,
        /// The bytes of transactions.
        #[uniffi(default = [])]
        transactions: Vec<Vec<u8>>,
    }
}

/// A patient's access log as a Bundle of FHIR R4 AuditEvents, in JSON: one for each of its entries, and one for each release and
/// refusal in the session logs at hand. `log` is the log's proof, as for `LightClient.read_access_log`.
///
/// Errors: The rule that the proof breaks; API-002 and COD rules for what is known and is not of its kind.
#[uniffi::export]
pub fn audit_events(
    client: Arc<crate::LightClient>,
    log: Vec<u8>,
    known: crate::LogKnowledge,
) -> Result<Vec<u8>, MedledgerError> {
    let known: medledger_sdk::api::fhir_audit::LogKnowledge = argument(known, "known")?;
    let client_held = together(|| client.held.shared())?;
    answer(medledger_sdk::api::fhir_audit::audit_events(&client_held, &log, &known))
}

/// A patient's timeline as a Bundle of FHIR R4 Provenances, in JSON: one for each record that an entry anchors, and for each
/// amendment and entered-in-error mark. `timeline` is the timeline's proof, as for `LightClient.read_timeline`.
///
/// Errors: The rule that the proof breaks; API-002 and COD rules for what is known and is not of its kind; FHR-070 for more records than
/// one export names.
#[uniffi::export]
pub fn provenances(
    client: Arc<crate::LightClient>,
    timeline: Vec<u8>,
    known: crate::LogKnowledge,
) -> Result<Vec<u8>, MedledgerError> {
    let known: medledger_sdk::api::fhir_audit::LogKnowledge = argument(known, "known")?;
    let client_held = together(|| client.held.shared())?;
    answer(medledger_sdk::api::fhir_audit::provenances(&client_held, &timeline, &known))
}
