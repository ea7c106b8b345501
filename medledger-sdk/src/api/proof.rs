//! What came of checking a file.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::identity::did_to_text;

use super::access::SessionView;
use super::text::Count;
use crate::export::ProvenExport;
use crate::proof::{ProofKind, ProofReport};
use crate::time::rfc3339;

/// What came of checking a file with a proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProofView {
    /// Whether it holds.
    pub valid: bool,
    /// `receipt` or `export`; null for what is neither.
    pub kind: Option<&'static str>,
    /// The height up to which it vouches.
    pub height: Option<Count>,
    /// For an export, whether every session is closed.
    pub complete: Option<bool>,
    /// Why it does not hold.
    pub fault: Option<FaultView>,
    /// Whose record or export it is.
    pub subject: Option<String>,
    /// What a receipt shows.
    pub record: Option<ReceiptView>,
    /// What an export shows.
    pub export: Option<ExportView>,
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
    /// The claim, in its one wording; null while a session is unclosed.
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
}

impl From<&ProofReport> for ProofView {
    fn from(report: &ProofReport) -> Self {
        let record = report.record.as_ref();
        let export = report.export.as_ref();
        let subject = record.map(|record| record.subject).or(export.map(|export| export.subject));
        Self {
            valid: report.is_valid(),
            kind: report.kind.map(ProofKind::as_str),
            height: report.height.map(|height| Count(height.0)),
            complete: report.complete,
            fault: report.fault_text().map(|(code, what)| FaultView { code, what }),
            subject: subject.as_ref().map(did_to_text),
            record: record.map(|record| ReceiptView {
                record: record.record.to_string(),
                version: Count(record.version),
                opened: record.opened,
                height: Count(record.height.0),
                recorded: rfc3339(record.time),
            }),
            export: export.map(ExportView::from),
        }
    }
}

impl From<&ProvenExport> for ExportView {
    fn from(export: &ProvenExport) -> Self {
        let count = |n: usize| Count(u64::try_from(n).unwrap_or(u64::MAX));
        Self {
            claim: export.is_complete().then(|| export.claim()),
            timeline: count(export.timeline.len()),
            records: Count(export.records),
            access_log: count(export.access.len()),
            authority_log: count(export.authority.len()),
            consents: count(export.consents.len()),
            transactions: Count(export.transactions),
            unclosed: export.unclosed().into_iter().map(SessionView::from).collect(),
        }
    }
}
