//! What came of checking a file.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::identity::did_to_text;
use medledger_core::light::ProvenRecord as CoreProvenRecord;

use super::access::Session;
use super::units::{Count, Time, count, words};
use crate::export::{NotHandedOver as CoreNotHandedOver, ProvenExport as CoreProvenExport};
use crate::proof::{ProofKind as CoreProofKind, ProofReport as CoreProofReport};

words! {
    /// What a file with a proof is.
    pub enum ProofKind {
        /// The receipt of one record.
        Receipt = "receipt",
        /// Everything of one patient.
        Export = "export",
    }
}

impl From<CoreProofKind> for ProofKind {
    fn from(kind: CoreProofKind) -> Self {
        match kind {
            CoreProofKind::Receipt => Self::Receipt,
            CoreProofKind::Export => Self::Export,
        }
    }
}

/// What came of checking a file with a proof. What the file shows is [`ProvenRecord`] or [`ProvenExport`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProofReport {
    /// Whether it holds.
    pub valid: bool,
    /// What it is; null for what is neither.
    pub kind: Option<ProofKind>,
    /// The height up to which it vouches.
    pub height: Option<Count>,
    /// For an export, whether every session is closed and every batch was handed over.
    pub complete: Option<bool>,
    /// Why it does not hold.
    pub fault: Option<Fault>,
    /// For an export, the batches of which it does not say what their records commit to; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_handed_over: Vec<NotHandedOver>,
}

/// A batch that was not handed over: how many records it has is proven, and not which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotHandedOver {
    /// The entry's id.
    pub batch: String,
    /// Who anchored it.
    pub custodian: String,
    /// How many records it has.
    pub count: Count,
}

/// A rule that was broken, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The rule's id.
    pub code: String,
    /// What is wrong.
    pub what: String,
}

/// What a receipt shows of its record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProvenRecord {
    /// Whose.
    pub subject: String,
    /// The record.
    pub record: String,
    /// Which version.
    pub version: Count,
    /// Whether content and facts are those that were committed to.
    pub opened: bool,
    /// At which height it was recorded.
    pub height: Count,
    /// When.
    pub recorded: Time,
}

/// What an export shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProvenExport {
    /// Whose.
    pub subject: String,
    /// The claim, in its one wording; null while a session is unclosed or a batch was not handed over.
    pub claim: Option<String>,
    /// Entries of the timeline.
    pub timeline: Count,
    /// Records, those of batches included.
    pub records: Count,
    /// Entries of the access log.
    pub access_log: Count,
    /// Entries of the authority log.
    pub authority_log: Count,
    /// Consents that were ever granted.
    pub consents: Count,
    /// Transactions behind the entries.
    pub transactions: Count,
    /// The sessions that a custodian has not closed.
    pub unclosed: Vec<Session>,
    /// The batches that were not handed over.
    pub not_handed_over: Vec<NotHandedOver>,
}

impl From<&CoreNotHandedOver> for NotHandedOver {
    fn from(missing: &CoreNotHandedOver) -> Self {
        Self {
            batch: missing.batch.to_string(),
            custodian: did_to_text(&missing.custodian),
            count: Count(missing.count),
        }
    }
}

fn batches(export: Option<&CoreProvenExport>) -> Vec<NotHandedOver> {
    export.map(|export| export.not_handed_over.iter().map(NotHandedOver::from).collect()).unwrap_or_default()
}

impl From<&CoreProofReport> for ProofReport {
    fn from(report: &CoreProofReport) -> Self {
        Self {
            valid: report.is_valid(),
            kind: report.kind.map(ProofKind::from),
            height: report.height.map(|height| Count(height.0)),
            complete: report.complete,
            fault: report.fault_text().map(|(code, what)| Fault { code, what }),
            not_handed_over: batches(report.export.as_ref()),
        }
    }
}

impl From<&CoreProvenRecord> for ProvenRecord {
    fn from(record: &CoreProvenRecord) -> Self {
        Self {
            subject: did_to_text(&record.subject),
            record: record.record.to_string(),
            version: Count(record.version),
            opened: record.opened,
            height: Count(record.height.0),
            recorded: record.time.into(),
        }
    }
}

impl From<&CoreProvenExport> for ProvenExport {
    fn from(export: &CoreProvenExport) -> Self {
        Self {
            subject: did_to_text(&export.subject),
            claim: export.is_complete().then(|| export.claim()),
            timeline: count(export.timeline.len()),
            records: Count(export.records),
            access_log: count(export.access.len()),
            authority_log: count(export.authority.len()),
            consents: count(export.consents.len()),
            transactions: Count(export.transactions),
            unclosed: export.unclosed().into_iter().map(Session::from).collect(),
            not_handed_over: batches(Some(export)),
        }
    }
}
