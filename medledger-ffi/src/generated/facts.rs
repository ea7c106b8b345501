//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{MedledgerError, answer, argument, value, word};

word! {
    /// The hash under a commitment: records outlive algorithms.
    CommitmentHash = medledger_sdk::api::facts::CommitmentHash {
        /// SHA3-256 (FIPS 202).
        Sha3_256,
    }
}

value! {
    /// What is known of a record without reading it: what consents are judged on. No list has an order that means anything.
    Facts = medledger_sdk::api::facts::Facts {
        /// What the record is called where it came from, such as `Observation/17` or a URI.
        reference: String,
        /// The FHIR resource type, or the source's own word.
        resource_type: String,
        /// The categories that it was filed under.
        #[uniffi(default = [])]
        category: Vec<crate::Coding>,
        /// The codes that are found in it.
        #[uniffi(default = [])]
        codes: Vec<crate::Coding>,
        /// Its security labels. Null: nobody has assessed it. An empty list: assessed, and none applies.
        #[uniffi(default = None)]
        labels: Option<Vec<crate::Coding>>,
        /// References to those who made, asserted or recorded it.
        #[uniffi(default = [])]
        authors: Vec<String>,
        /// References that it makes to others.
        #[uniffi(default = [])]
        related: Vec<String>,
        /// When it happened; null when it does not say.
        #[uniffi(default = None)]
        clinical: Option<crate::Interval>,
    }
}

value! {
    /// What the ledger holds of one record. Public.
    Commitments = medledger_sdk::api::facts::Commitments {
        /// The hash that both were made with.
        hash: crate::CommitmentHash,
        /// To the content.
        content: String,
        /// To the facts.
        facts: String,
    }
}

/// What a record with this content and these facts commits to under these two salts of 32 bytes, to be compared with what
/// a ledger holds. The content is in its canonical form. Whoever anchors a record does not choose salts: sealing draws them.
///
/// Errors: API-003 for a salt of another length, REC-001 to REC-004 for facts that can't be committed to, REC-005 when both salts
/// are the same.
#[uniffi::export]
pub fn commit(
    content: Vec<u8>,
    content_salt: Vec<u8>,
    facts: crate::Facts,
    facts_salt: Vec<u8>,
) -> Result<crate::Commitments, MedledgerError> {
    let facts: medledger_sdk::api::facts::Facts = argument(facts, "facts")?;
    answer(medledger_sdk::api::facts::commit(&content, &content_salt, &facts, &facts_salt))
}

/// The id of the record that a transaction anchors, or of an entry of the batch that it anchors. `index` is the entry's
/// place in the batch, 0 for a single record.
///
/// Errors: API-002 for what is no transaction's id.
#[uniffi::export]
pub fn record_id(transaction: String, index: u64) -> Result<String, MedledgerError> {
    answer(medledger_sdk::api::facts::record_id(&transaction, index))
}

/// The id of a record of a batch, by the id of the batch's entry and the record's index in it.
///
/// Errors: API-002 for what is no id.
#[uniffi::export]
pub fn batch_record_id(batch: String, index: u64) -> Result<String, MedledgerError> {
    answer(medledger_sdk::api::facts::batch_record_id(&batch, index))
}

/// The hash of a version of a record: what an amendment names as the one that it replaces. `version` counts from 1.
///
/// Errors: API-002 for what is no id or commitment.
#[uniffi::export]
pub fn record_version(
    record: String,
    version: u64,
    commitments: crate::Commitments,
) -> Result<String, MedledgerError> {
    let commitments: medledger_sdk::api::facts::Commitments = argument(commitments, "commitments")?;
    answer(medledger_sdk::api::facts::record_version(&record, version, &commitments))
}
