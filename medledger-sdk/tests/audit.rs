//! Random logs with random knowledge as FHIR, kept in the target folder's `tmp/audit`: the Python tests let another
//! library validate them.
#![cfg(feature = "fhir")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

use std::fs;
use std::path::Path;

use medledger_core::access::{AccessEntry, SessionEvent, SessionLogEntry};
use medledger_core::hash::{ChainId, Did, Tag, TxId, hash};
use medledger_core::record::{Facts, TimelineEntry};
use medledger_core::state::{LogEntry, LogLeaf};
use medledger_core::units::{Height, Timestamp};
use medledger_sdk::fhir::audit::{Known, KnownRecord, Of, audit_events, provenances};
use proptest::arbitrary::any;
use proptest::collection::vec;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// How many logs of each kind.
const LOGS: u64 = 100;

/// Lets the leaves name sessions, records and transactions that go together.
fn tied(
    (mut leaves, facts, entries): (Vec<LogLeaf>, Vec<Facts>, Vec<SessionLogEntry>),
    n: u64,
) -> (Vec<LogLeaf>, Known) {
    let mut known = Known::default();
    let mut facts = facts.into_iter().map(|facts| KnownRecord { version: 1, since: Height(0), facts });
    for (leaf, index) in leaves.iter_mut().zip(0_u64..) {
        leaf.tx = TxId(hash(Tag::TxId, &[&n.to_be_bytes(), &index.to_be_bytes()]));
        match &mut leaf.entry {
            LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { count, .. } } => *count = 2,
            LogEntry::Timeline { entry: TimelineEntry::Anchored { record, .. } } => {
                known.records.extend(facts.next().map(|facts| (*record, facts)));
            }
            LogEntry::Access { entry: AccessEntry::Opened { session, state } } => {
                let Some(custodian) = state.request.custodians.first() else { continue };
                let own = entries.iter().cloned().map(|entry| SessionLogEntry {
                    session: *session,
                    custodian: *custodian,
                    ..entry
                });
                let own: Vec<SessionLogEntry> = own.collect();
                for entry in &own {
                    if let SessionEvent::Released { record } = entry.event {
                        known.records.extend(facts.next().map(|facts| (record, facts)));
                    }
                }
                known.sessions.insert((*session, *custodian), own);
            }
            _ => {}
        }
    }
    (leaves, known)
}

#[test]
fn random_logs_are_told_and_kept_for_the_other_library() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("audit");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let mut runner = TestRunner::deterministic();
    let parts =
        (vec(any::<LogLeaf>(), 3..12), vec(any::<Facts>(), 1..6), vec(any::<SessionLogEntry>(), 0..4));
    let of = Of { chain: ChainId([1; 32]), subject: Did([2; 32]), as_of: Timestamp(3) };
    let (mut events, mut records) = (0, 0);
    for n in 0..LOGS {
        let (leaves, known) = tied(parts.new_tree(&mut runner).unwrap().current(), n);
        let log = audit_events(&of, &leaves, &known).unwrap();
        let timeline = provenances(&of, &leaves, &known).unwrap();
        events += log.len();
        records += timeline.len();
        let write =
            |kind: &str, text: String| fs::write(folder.join(format!("{n}-{kind}.json")), text).unwrap();
        write("log", serde_json::to_string(&log).unwrap());
        write("timeline", serde_json::to_string(&timeline).unwrap());
    }
    assert!(events > 100 && records > 100, "{events}, {records}");
}
