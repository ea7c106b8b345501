//! What is known of a record without reading it, what it commits to, and the ids and hashes that follow from both.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::hash::{FactsCommitment, RecordCommitment, RecordId};
use medledger_core::record::commitment::{
    CommitmentAlgorithm, Commitments as CoreCommitments, Content, Opening, Salt,
};
use medledger_core::record::facts::Facts as CoreFacts;
use medledger_core::record::{self, Version};
use medledger_core::units;

use super::error::Error;
use super::identities::transaction_id;
use super::parse;
use super::units::{Coding, Interval, codings, words};

words! {
    /// The hash under a commitment: records outlive algorithms.
    pub enum CommitmentHash {
        /// SHA3-256 (FIPS 202).
        Sha3_256 = "sha3-256",
    }
}

/// What is known of a record without reading it: what consents are judged on. No list has an order that means anything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// What the record is called where it came from, such as `Observation/17` or a URI.
    pub reference: String,
    /// The FHIR resource type, or the source's own word.
    pub resource_type: String,
    /// The categories that it was filed under.
    pub category: Vec<Coding>,
    /// The codes that are found in it.
    pub codes: Vec<Coding>,
    /// Its security labels. Null: nobody has assessed it. An empty list: assessed, and none applies.
    pub labels: Option<Vec<Coding>>,
    /// References to those who made, asserted or recorded it.
    pub authors: Vec<String>,
    /// References that it makes to others.
    pub related: Vec<String>,
    /// When it happened; null when it does not say.
    pub clinical: Option<Interval>,
}

/// What the ledger holds of one record. Public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Commitments {
    /// The hash that both were made with.
    pub hash: CommitmentHash,
    /// To the content.
    pub content: String,
    /// To the facts.
    pub facts: String,
}

impl From<&Facts> for CoreFacts {
    fn from(facts: &Facts) -> Self {
        let list = |list: &[Coding]| list.iter().map(Into::into).collect();
        let facts = Self {
            reference: facts.reference.clone(),
            resource_type: facts.resource_type.clone(),
            category: list(&facts.category),
            codes: list(&facts.codes),
            labels: facts.labels.as_deref().map(list),
            authors: facts.authors.clone(),
            related: facts.related.clone(),
            clinical: facts.clinical.as_ref().map(units::Interval::from),
        };
        facts.normalise()
    }
}

impl From<&CoreFacts> for Facts {
    fn from(facts: &CoreFacts) -> Self {
        Self {
            reference: facts.reference.clone(),
            resource_type: facts.resource_type.clone(),
            category: codings(&facts.category),
            codes: codings(&facts.codes),
            labels: facts.labels.as_deref().map(codings),
            authors: facts.authors.clone(),
            related: facts.related.clone(),
            clinical: facts.clinical.as_ref().map(Interval::from),
        }
    }
}

impl TryFrom<&Commitments> for CoreCommitments {
    type Error = Error;

    fn try_from(commitments: &Commitments) -> Result<Self, Error> {
        const WANTED: &str = "a commitment: 64 digits of lower-case hex";
        let Commitments { hash: CommitmentHash::Sha3_256, content, facts } = commitments;
        Ok(Self {
            hash: CommitmentAlgorithm::Sha3_256,
            content: parse::hex("commitments.content", WANTED, content, RecordCommitment::from_hex)?,
            facts: parse::hex("commitments.facts", WANTED, facts, FactsCommitment::from_hex)?,
        })
    }
}

impl From<&CoreCommitments> for Commitments {
    fn from(commitments: &CoreCommitments) -> Self {
        let CommitmentAlgorithm::Sha3_256 = commitments.hash;
        Self {
            hash: CommitmentHash::Sha3_256,
            content: commitments.content.to_string(),
            facts: commitments.facts.to_string(),
        }
    }
}

/// What a record with this content and these facts commits to under these two salts of 32 bytes, to be compared with what
/// a ledger holds. The content is in its canonical form. Whoever anchors a record does not choose salts: sealing draws them.
///
/// # Errors
/// API-003 for a salt of another length, REC-001 to REC-004 for facts that can't be committed to, REC-005 when both salts
/// are the same.
pub fn commit(
    content: &[u8],
    content_salt: &[u8],
    facts: &Facts,
    facts_salt: &[u8],
) -> Result<Commitments, Error> {
    let opening = Opening {
        content: Content::new(content.to_vec()),
        content_salt: Salt::new(parse::exactly("content_salt", content_salt)?),
        facts: facts.into(),
        facts_salt: Salt::new(parse::exactly("facts_salt", facts_salt)?),
    };
    Ok((&opening.commitments()?).into())
}

/// The id of the record that a transaction anchors, or of an entry of the batch that it anchors. `index` is the entry's
/// place in the batch, 0 for a single record.
///
/// # Errors
/// API-002 for what is no transaction's id.
pub fn record_id(transaction: &str, index: u64) -> Result<String, Error> {
    Ok(record::record_id(&transaction_id("transaction", transaction)?, index).to_string())
}

/// The id of a record of a batch, by the id of the batch's entry and the record's index in it.
///
/// # Errors
/// API-002 for what is no id.
pub fn batch_record_id(batch: &str, index: u64) -> Result<String, Error> {
    Ok(record::batch_record_id(&id("batch", batch)?, index).to_string())
}

/// The hash of a version of a record: what an amendment names as the one that it replaces. `version` counts from 1.
///
/// # Errors
/// API-002 for what is no id or commitment.
pub fn record_version(record: &str, version: u64, commitments: &Commitments) -> Result<String, Error> {
    let version = Version { record: id("record", record)?, version, commitments: commitments.try_into()? };
    Ok(version.hash()?.to_string())
}

/// A record's id, or that of a batch's entry.
pub(super) fn id(argument: &'static str, text: &str) -> Result<RecordId, Error> {
    parse::hex(argument, "a record's id: 64 digits of lower-case hex", text, RecordId::from_hex)
}

#[cfg(test)]
pub(super) mod tests;
