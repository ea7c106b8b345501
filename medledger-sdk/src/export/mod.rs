//! Everything that a ledger holds of one patient, in one file, checked with nothing but the genesis.
//!
//! The three logs stand under one header, so that their entries are provably all, as recorded by its height; beside them
//! what rebuilds the root of each batch, the transactions behind the entries where they concern this patient alone, all
//! consents, and the heads of all session logs. What concerns others is never in it.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `make` | a node's side: what goes into the file |
//! | `check` | a reader's side: what the file shows, or the first fault |

mod check;
mod make;
mod sealed;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use serde_bytes::ByteBuf;

use medledger_core::access::{AccessEntry, HeadState};
use medledger_core::consent::{ConsentEntry, ConsentState};
use medledger_core::error::ReadError;
use medledger_core::hash::{ConsentId, Did, KeptHash, KeyId, LogRoot, RecordId, SessionId, Tag, TxId, hash};
use medledger_core::identity::KeyEntry;
use medledger_core::light::{Anchored, CertifiedHeader};
use medledger_core::merkle::Peaks;
use medledger_core::operation::Operation;
use medledger_core::record::{Commitments, TimelineEntry};
use medledger_core::state::{Address, Event, LogEntry, LogKind, LogLeaf, StateRead, ValueProof, read};
use medledger_core::units::Height;
use medledger_core::validate::{ActiveConsent, active_consents};
use medledger_core::{rules, wire};

use super::access_log::LoggedSession;

pub use make::make;
#[cfg(feature = "seal")]
pub use sealed::{ExportedKept, kept};

wire! {
    /// What rebuilds the root of one batch: only custodian and patient know it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ExportedBatch {
        /// The id of the subject's entry.
        pub batch: RecordId,
        /// What each record commits to, in order; `None` where whoever made the export was never handed it. The batch's
        /// root and count are proven all the same, and the export is not complete.
        pub commitments: Option<Vec<Commitments>>,
    }
}

wire! {
    /// One version of a record, sealed.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ExportedRecord {
        /// The record.
        pub record: RecordId,
        /// Which version of it, from 1.
        pub version: u64,
        /// What is kept of it ([`seal::Kept`](crate::seal::Kept)), in CBOR.
        pub kept: ByteBuf,
        /// `H("ml1 kept" ‖ kept)`: damage shows without a key. Against forgery stands the key alone.
        pub sum: KeptHash,
    }
}

wire! {
    /// The three logs of a subject, each entry with its position.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct SubjectLogs {
        /// Records.
        pub timeline: Vec<Event>,
        /// Who looked, who was refused, who has closed.
        pub access: Vec<Event>,
        /// Keys and consents.
        pub authority: Vec<Event>,
    }
}

wire! {
    /// Everything that a ledger holds of one patient.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Export {
        /// The patient.
        pub subject: Did,
        /// The header that it is as of, with evidence.
        pub header: CertifiedHeader,
        /// The heads of the logs, consents, heads of session logs, and the keys that signed.
        pub state: ValueProof,
        /// The logs.
        pub logs: SubjectLogs,
        /// The batches of the timeline, in its order.
        pub batches: Vec<ExportedBatch>,
        /// The transactions that concern this patient alone, in the order of the logs' entries, each once.
        pub transactions: Vec<ByteBuf>,
        /// The sealed records that whoever made the export holds, in the timeline's order, with the patient's wraps. That none
        /// is left out is not claimed: a custodian may have destroyed one, or never have held it.
        pub records: Vec<ExportedRecord>,
    }
}

rules! {
    /// Why an export is not everything, or not what the ledger holds.
    pub enum ExportFault: LGT {
        /// An entry is missing in a log.
        60 Dropped { log: &'static str, position: u64 }:
            "no entry of a log is left out",
            "entry {position} of the {log} is missing";
        /// An entry is given twice.
        61 Doubled { log: &'static str, position: u64 }:
            "each entry of a log is given once",
            "entry {position} of the {log} is given twice";
        /// Entries out of order.
        62 Reordered { log: &'static str, position: u64 }:
            "the entries of a log are in their order",
            "entry {position} of the {log} is not in its place";
        /// The end of a log is missing.
        63 Truncated { log: &'static str, actual: u64, expected: u64 }:
            "a log is given to its end",
            "the {log} ends after {actual} entries, it has {expected}";
        /// Somebody else's entry.
        64 Swapped { log: &'static str, position: u64 }:
            "each entry of a log is the subject's",
            "what stands as entry {position} of the {log} is of another subject";
        /// A batch that is left out.
        65 BatchMissing { batch: RecordId }:
            "an export names each batch of the timeline, in its order, with what rebuilds its root or the mark that it was not handed over",
            "batch {batch} is missing";
        /// A batch that gives another root.
        66 BatchAltered { batch: RecordId }:
            "a batch's commitments, where they are given, give its count and root, in their order",
            "these are not the records of batch {batch}, all of them and in their order";
        /// A batch that the timeline does not have.
        67 BatchSurplus { batch: RecordId }:
            "an export has no batch but those of the timeline",
            "batch {batch} is not in the timeline, or not at this place";
        /// A transaction is missing.
        68 TransactionMissing { tx: TxId }:
            "an export has the transaction behind each entry that concerns the subject alone",
            "transaction {tx} is missing";
        /// A transaction that no entry names.
        69 TransactionSurplus { tx: TxId }:
            "an export has no transaction but those behind its entries, in their order, each once",
            "transaction {tx} is behind none of the entries, or not at this place";
        /// A transaction that concerns others.
        70 ConcernsOthers { tx: TxId }:
            "what concerns others is never in a patient's export",
            "transaction {tx} concerns others too";
        /// Bytes that are not the transaction that was signed.
        71 TransactionAltered { place: u64, why: String }:
            "an export's transactions are those that were signed",
            "transaction {place} of the export is not one that was signed: {why}";
        /// A record that the timeline does not have.
        72 RecordSurplus { record: RecordId }:
            "an export's sealed records are of its timeline, in its order, each version once",
            "record {record} is not in the timeline in this version, or not at this place";
        /// Bytes that are not the record that was anchored.
        73 RecordAltered { record: RecordId, why: String }:
            "an export's sealed records are those whose commitments were anchored",
            "what the export has of record {record} is not what was anchored: {why}";
    }
}

impl ExportedRecord {
    /// A version of a record, with what is kept of it in CBOR.
    #[must_use]
    pub fn new(record: RecordId, version: u64, kept: Vec<u8>) -> Self {
        let sum = KeptHash(hash(Tag::Kept, &[&kept]));
        Self { record, version, kept: ByteBuf::from(kept), sum }
    }
}

/// A consent of the subject, whether it stands or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldConsent {
    /// Its id.
    pub id: ConsentId,
    /// Its state.
    pub state: ConsentState,
}

/// The head of a custodian's log of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionLogHead {
    /// The session.
    pub session: SessionId,
    /// The custodian.
    pub custodian: Did,
    /// What is anchored; `None` for nothing yet.
    pub head: Option<HeadState>,
}

/// A batch whose commitments whoever made an export did not have: how many records it has is proven, and not which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotHandedOver {
    /// The id of the subject's entry.
    pub batch: RecordId,
    /// Who anchored it, and can hand them over.
    pub custodian: Did,
    /// The root over the records.
    pub root: LogRoot,
    /// How many there are.
    pub count: u64,
}

/// What an export shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvenExport {
    /// Whose it is.
    pub subject: Did,
    /// The header that vouches for it.
    pub anchored: Anchored,
    /// Records.
    pub timeline: Vec<LogLeaf>,
    /// Who looked, who was refused, who has closed.
    pub access: Vec<LogLeaf>,
    /// Keys and consents.
    pub authority: Vec<LogLeaf>,
    /// All consents that were ever granted, in their order.
    pub consents: Vec<HeldConsent>,
    /// Those that occupy a slot.
    pub active: Vec<ActiveConsent>,
    /// The sessions of the access log.
    pub sessions: Vec<LoggedSession>,
    /// The heads of their logs.
    pub heads: Vec<SessionLogHead>,
    /// The batches of which it does not say what their records commit to, in the timeline's order.
    pub not_handed_over: Vec<NotHandedOver>,
    /// How many records the timeline counts, those of batches included.
    pub records: u64,
    /// How many transactions stand behind the entries.
    pub transactions: u64,
}

impl ProvenExport {
    /// Whether every session is closed by each custodian that it names, and every batch was handed over.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.not_handed_over.is_empty() && !self.sessions.iter().any(LoggedSession::is_unclosed)
    }

    /// The sessions that a custodian has not closed.
    #[must_use]
    pub fn unclosed(&self) -> Vec<&LoggedSession> {
        self.sessions.iter().filter(|session| session.is_unclosed()).collect()
    }

    /// The claim, in its one wording.
    #[must_use]
    pub fn claim(&self) -> String {
        claim(self.anchored.header.height)
    }
}

/// What a complete list of one identity claims.
#[must_use]
pub fn claim(height: Height) -> String {
    alloc::format!("complete for this identity, as recorded by height {height}")
}

impl Export {
    /// The batches that were not handed over, of an export that has all of the timeline's.
    #[must_use]
    pub fn not_handed_over(&self) -> Vec<NotHandedOver> {
        let missing = self.batches.iter().filter(|own| own.commitments.is_none());
        let missing: BTreeSet<RecordId> = missing.map(|own| own.batch).collect();
        let batch = |event: &Event| match event.leaf.entry {
            LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { batch, custodian, root, count } } => {
                missing.contains(&batch).then_some(NotHandedOver { batch, custodian, root, count })
            }
            _ => None,
        };
        self.logs.timeline.iter().filter_map(batch).collect()
    }
}

impl SubjectLogs {
    /// One of them.
    #[must_use]
    pub fn of(&self, kind: LogKind) -> &[Event] {
        match kind {
            LogKind::Timeline => &self.timeline,
            LogKind::Access => &self.access,
            LogKind::Authority => &self.authority,
        }
    }

    /// All entries, log by log.
    fn leaves(&self) -> impl Iterator<Item = &LogLeaf> {
        KINDS.iter().flat_map(|kind| self.of(*kind)).map(|event| &event.leaf)
    }

    fn opened(&self) -> BTreeSet<SessionId> {
        let session = |event: &Event| match &event.leaf.entry {
            LogEntry::Access { entry: AccessEntry::Opened { session, .. } } => Some(*session),
            _ => None,
        };
        self.access.iter().filter_map(session).collect()
    }
}

const KINDS: [LogKind; 3] = [LogKind::Timeline, LogKind::Access, LogKind::Authority];

const fn name(kind: LogKind) -> &'static str {
    match kind {
        LogKind::Timeline => "timeline",
        LogKind::Access => "access log",
        LogKind::Authority => "authority log",
    }
}

/// What an export reads of the state: just the keys that its proof covers.
struct Gathered {
    active: Vec<ActiveConsent>,
    consents: Vec<HeldConsent>,
    session_logs: Vec<SessionLogHead>,
    keys: BTreeMap<KeyId, KeyEntry>,
}

fn gather<S: StateRead>(
    state: &S,
    subject: Did,
    logs: &SubjectLogs,
    signers: &BTreeSet<KeyId>,
) -> Result<Gathered, ReadError<S::Error>> {
    for kind in KINDS {
        // The entries are compared with it beforehand.
        let _head: Option<Peaks> = read(state, &Address::Log(subject, kind))?;
    }
    let active = active_consents(state, subject)?;
    let mut consents = Vec::new();
    for event in &logs.authority {
        if let LogEntry::Consent { entry: ConsentEntry::Granted { consent: id, .. } } = event.leaf.entry {
            let held: Option<ConsentState> = read(state, &Address::Consent(id))?;
            let state = held.ok_or(ReadError::Damaged { what: "ConsentState" })?;
            consents.push(HeldConsent { id, state });
        }
    }
    let mut session_logs = Vec::new();
    for event in &logs.access {
        if let LogEntry::Access { entry: AccessEntry::Opened { session, state: opened } } = &event.leaf.entry
        {
            for (place, custodian) in (0_u8..).zip(&opened.request.custodians) {
                let head = read(state, &Address::SessionLog(*session, place))?;
                session_logs.push(SessionLogHead { session: *session, custodian: *custodian, head });
            }
        }
    }
    let mut keys = BTreeMap::new();
    for key in signers {
        let entry: Option<KeyEntry> = read(state, &Address::Key(*key))?;
        keys.insert(*key, entry.ok_or(ReadError::Damaged { what: "KeyEntry" })?);
    }
    Ok(Gathered { active, consents, session_logs, keys })
}

/// The transactions behind the entries, in the order of the logs, each once; with whether the export must have it. Of one
/// that anchors records or session logs the entry does not tell whether it concerns others too; the entries of a genesis
/// have none.
fn behind(logs: &SubjectLogs) -> Vec<(TxId, bool)> {
    let mut seen = BTreeSet::new();
    let recorded = logs.leaves().filter(|leaf| leaf.height > Height(0));
    recorded.filter(|leaf| seen.insert(leaf.tx)).map(|leaf| (leaf.tx, is_single(leaf))).collect()
}

const fn is_single(leaf: &LogLeaf) -> bool {
    !matches!(
        leaf.entry,
        LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { .. } }
            | LogEntry::Access { entry: AccessEntry::Closed { .. } }
    )
}

/// Whether an operation concerns this subject alone.
fn concerns_alone(operation: &Operation, subject: Did, opened: &BTreeSet<SessionId>) -> bool {
    match operation {
        Operation::AnchorBatch { batch } => batch.entries.iter().all(|entry| entry.subject == subject),
        Operation::AnchorLogs { anchor } => anchor.heads.iter().all(|head| opened.contains(&head.session)),
        _ => true,
    }
}

#[cfg(test)]
mod tests;
