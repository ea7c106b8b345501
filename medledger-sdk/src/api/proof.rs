//! What came of checking a file.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::identity::did_to_text;
use medledger_core::light::ProvenRecord;

use super::access::SessionView;
use super::text::Count;
use crate::export::{NotHandedOver, ProvenExport};
use crate::proof::{ProofKind, ProofReport};
use crate::time::rfc3339;

/// What came of checking a file with a proof. What the file shows is [`ReceiptView`] or [`ExportView`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProofView {
    /// Whether it holds.
    pub valid: bool,
    /// `receipt` or `export`; null for what is neither.
    pub kind: Option<&'static str>,
    /// The height up to which it vouches.
    pub height: Option<Count>,
    /// For an export, whether every session is closed and every batch was handed over.
    pub complete: Option<bool>,
    /// Why it does not hold.
    pub fault: Option<FaultView>,
    /// For an export, the batches of which it does not say what their records commit to; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_handed_over: Vec<BatchView>,
}

/// A batch that was not handed over: how many records it has is proven, and not which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BatchView {
    /// The entry's id.
    pub batch: String,
    /// Who anchored it.
    pub custodian: String,
    /// How many records it has.
    pub count: Count,
}

/// A rule that was broken, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FaultView {
    /// The rule's id.
    pub code: String,
    /// What is wrong.
    pub what: String,
}

/// What a receipt shows of its record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReceiptView {
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
    pub recorded: String,
}

/// What an export shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExportView {
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
    pub unclosed: Vec<SessionView>,
    /// The batches that were not handed over.
    pub not_handed_over: Vec<BatchView>,
}

impl From<&NotHandedOver> for BatchView {
    fn from(missing: &NotHandedOver) -> Self {
        Self {
            batch: missing.batch.to_string(),
            custodian: did_to_text(&missing.custodian),
            count: Count(missing.count),
        }
    }
}

fn batches(export: Option<&ProvenExport>) -> Vec<BatchView> {
    export.map(|export| export.not_handed_over.iter().map(BatchView::from).collect()).unwrap_or_default()
}

impl From<&ProofReport> for ProofView {
    fn from(report: &ProofReport) -> Self {
        Self {
            valid: report.is_valid(),
            kind: report.kind.map(ProofKind::as_str),
            height: report.height.map(|height| Count(height.0)),
            complete: report.complete,
            fault: report.fault_text().map(|(code, what)| FaultView { code, what }),
            not_handed_over: batches(report.export.as_ref()),
        }
    }
}

impl From<&ProvenRecord> for ReceiptView {
    fn from(record: &ProvenRecord) -> Self {
        Self {
            subject: did_to_text(&record.subject),
            record: record.record.to_string(),
            version: Count(record.version),
            opened: record.opened,
            height: Count(record.height.0),
            recorded: rfc3339(record.time),
        }
    }
}

impl From<&ProvenExport> for ExportView {
    fn from(export: &ProvenExport) -> Self {
        let count = |n: usize| Count(u64::try_from(n).unwrap_or(u64::MAX));
        Self {
            subject: did_to_text(&export.subject),
            claim: export.is_complete().then(|| export.claim()),
            timeline: count(export.timeline.len()),
            records: Count(export.records),
            access_log: count(export.access.len()),
            authority_log: count(export.authority.len()),
            consents: count(export.consents.len()),
            transactions: Count(export.transactions),
            unclosed: export.unclosed().into_iter().map(SessionView::from).collect(),
            not_handed_over: batches(Some(export)),
        }
    }
}
