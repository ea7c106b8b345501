//! A subject's three logs, each provably all.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::identity::did_to_text;
use medledger_core::light::Receipt;
use medledger_core::record::TimelineEntry as Entry;
use medledger_core::state::{self, LogEntry, LogLeaf};
use medledger_core::units::Timestamp;

use super::access::{AccessEntry, Look};
use super::authority::AuthorityEntry;
use super::units::{Count, Time, rule, words};
use crate::access_log::looks;
use crate::export::claim;
use crate::wallet::WholeLog;

words! {
    /// One of a subject's logs.
    pub enum LogKind {
        /// Its records.
        Timeline = "timeline",
        /// Who looked, and who was refused.
        Access = "access",
        /// Its keys, consents and credentials.
        Authority = "authority",
    }
}

words! {
    /// What an entry of the timeline says.
    pub enum TimelineKind {
        /// A record was anchored.
        Anchored = "anchored",
        /// A batch of records was.
        BatchAnchored = "batch-anchored",
        /// A record has a new version.
        Amended = "amended",
        /// A record was entered in error.
        EnteredInError = "entered-in-error",
    }
}

/// An entry of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TimelineEntry {
    /// What it says.
    pub kind: TimelineKind,
    /// When the ledger recorded it.
    pub time: Time,
    /// At which height.
    pub height: Count,
    /// The transaction.
    pub transaction: String,
    /// The record, or the subject's entry of the batch.
    pub record: String,
    /// Who keeps it; null where the entry does not say so.
    pub custodian: Option<String>,
    /// How many records; 1 unless it is a batch.
    pub count: Count,
    /// Which version of the record.
    pub version: Count,
}

/// All entries of a timeline, as recorded by a height.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Timeline {
    /// Whose.
    pub subject: String,
    /// Up to which height.
    pub height: Count,
    /// The claim, in its one wording.
    pub claim: String,
    /// The entries.
    pub entries: Vec<TimelineEntry>,
}

/// All entries of an access log, as recorded by a height: who looked, who was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccessLog {
    /// Whose.
    pub subject: String,
    /// Up to which height.
    pub height: Count,
    /// Whether every session is closed by each custodian that it names.
    pub complete: bool,
    /// The claim, in its one wording; null while a session is unclosed.
    pub claim: Option<String>,
    /// Sessions and denials, in their order.
    pub looks: Vec<Look>,
}

/// All entries of an authority log, as recorded by a height.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuthorityLog {
    /// Whose.
    pub subject: String,
    /// Up to which height.
    pub height: Count,
    /// The claim, in its one wording.
    pub claim: String,
    /// The entries.
    pub entries: Vec<AuthorityEntry>,
}

/// What a receipt shows: what the ledger answered, and said of this subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReceiptSummary {
    /// Whose log the event is in.
    pub subject: String,
    /// Which log.
    pub log: LogKind,
    /// Where in it, from 0.
    pub position: Count,
    /// The transaction.
    pub transaction: String,
    /// At which height it was recorded.
    pub height: Count,
    /// When.
    pub time: Time,
    /// The rule that refused it; null where it was done.
    pub rule: Option<String>,
    /// The height of the header that vouches for it.
    pub vouched: Count,
    /// What it says, in the timeline.
    pub timeline: Option<TimelineEntry>,
    /// In the access log.
    pub access: Option<AccessEntry>,
    /// In the authority log.
    pub authority: Option<AuthorityEntry>,
}

impl From<LogKind> for state::LogKind {
    fn from(kind: LogKind) -> Self {
        match kind {
            LogKind::Timeline => Self::Timeline,
            LogKind::Access => Self::Access,
            LogKind::Authority => Self::Authority,
        }
    }
}

impl From<state::LogKind> for LogKind {
    fn from(kind: state::LogKind) -> Self {
        match kind {
            state::LogKind::Timeline => Self::Timeline,
            state::LogKind::Access => Self::Access,
            state::LogKind::Authority => Self::Authority,
        }
    }
}

impl TimelineEntry {
    /// The view of an entry; `None` for one of another log.
    #[must_use]
    pub fn new(leaf: &LogLeaf) -> Option<Self> {
        let LogEntry::Timeline { entry } = &leaf.entry else { return None };
        let of = |kind, record: String| Self {
            kind,
            time: leaf.time.into(),
            height: Count(leaf.height.0),
            transaction: leaf.tx.to_string(),
            record,
            custodian: None,
            count: Count(1),
            version: Count(1),
        };
        Some(match entry {
            Entry::Anchored { record, custodian, .. } => {
                let custodian = Some(did_to_text(custodian));
                Self { custodian, ..of(TimelineKind::Anchored, record.to_string()) }
            }
            Entry::BatchAnchored { batch, custodian, count, .. } => Self {
                custodian: Some(did_to_text(custodian)),
                count: Count(*count),
                ..of(TimelineKind::BatchAnchored, batch.to_string())
            },
            Entry::Amended { record, version, .. } => {
                Self { version: Count(*version), ..of(TimelineKind::Amended, record.to_string()) }
            }
            Entry::EnteredInError { record } => of(TimelineKind::EnteredInError, record.to_string()),
        })
    }
}

impl Timeline {
    pub(super) fn new(subject: String, log: &WholeLog) -> Self {
        Self {
            subject,
            height: Count(log.height.0),
            claim: claim(log.height),
            entries: log.leaves.iter().filter_map(TimelineEntry::new).collect(),
        }
    }
}

impl AccessLog {
    pub(super) fn new(subject: String, log: &WholeLog, now: Timestamp) -> Self {
        let complete = log.is_complete();
        Self {
            subject,
            height: Count(log.height.0),
            complete,
            claim: complete.then(|| claim(log.height)),
            looks: looks(&log.leaves).iter().map(|look| Look::new(look, now)).collect(),
        }
    }
}

impl AuthorityLog {
    pub(super) fn new(subject: String, log: &WholeLog) -> Self {
        Self {
            subject,
            height: Count(log.height.0),
            claim: claim(log.height),
            entries: log.leaves.iter().filter_map(AuthorityEntry::new).collect(),
        }
    }
}

impl ReceiptSummary {
    pub(super) fn new(receipt: &Receipt, vouched: Count) -> Self {
        let leaf = &receipt.event.leaf;
        Self {
            subject: did_to_text(&receipt.event.subject),
            log: leaf.entry.kind().into(),
            position: Count(receipt.event.position),
            transaction: leaf.tx.to_string(),
            height: Count(leaf.height.0),
            time: leaf.time.into(),
            rule: rule(leaf.code),
            vouched,
            timeline: TimelineEntry::new(leaf),
            access: AccessEntry::new(leaf),
            authority: AuthorityEntry::new(leaf),
        }
    }
}
