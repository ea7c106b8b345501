//! Operations on records: 200 to 203.

use alloc::vec::Vec;

use crate::fixture::*;
use crate::hash::{Did, LogRoot, RecordId, RecordVersion, TxId};
use crate::identity::Kind;
use crate::limits::BATCH_RECORDS;
use crate::merkle::{InclusionProof, Log, Peaks};
use crate::operation::Operation;
use crate::record::{
    Amendment, BatchAnchor, BatchEntry, BatchState, RecordRef, RecordState, RecordStatus, Retraction,
    TimelineEntry, Version, batch_record_id, record_id,
};
use crate::state::{Address, LogEntry, LogKind};
use crate::validate::Outcome;

fn timeline(outcome: &Outcome) -> Vec<(Did, TimelineEntry)> {
    let entry = |entry: &LogEntry| match entry {
        LogEntry::Timeline { entry } => entry.clone(),
        LogEntry::Access { .. } | LogEntry::Authority { .. } | LogEntry::Consent { .. } => {
            panic!("not of a record")
        }
    };
    outcome.events.iter().map(|event| (event.subject, entry(&event.leaf.entry))).collect()
}

fn version(record: RecordId, version: u64, name: &str) -> RecordVersion {
    Version { record, version, commitments: commitments(name) }.hash().unwrap()
}

fn batch_log(names: &[&str]) -> Log {
    let leaves: Vec<_> = names.iter().map(|name| commitments(name).leaf().unwrap()).collect();
    Log::from_data(&leaves)
}

fn amend(record: RecordRef, replaces: RecordVersion, name: &str) -> Operation {
    Operation::Amend { amendment: Amendment { record, replaces, commitments: commitments(name) } }
}

fn retract(record: RecordRef) -> Operation {
    Operation::EnterInError { retraction: Retraction { record } }
}

#[test]
fn an_anchor_records_one_record() {
    let (mut world, ann) = World::with_ann();
    let north = hospital("north");
    let transaction = world.anchor(ann.did, "x-ray");
    let outcome = world.accept(&transaction);
    let record = record_id(&outcome.id.unwrap(), 0);
    let entry = TimelineEntry::Anchored { record, custodian: north.did, commitments: commitments("x-ray") };
    assert_eq!(timeline(&outcome), [(ann.did, entry)]);
    let leaf = &outcome.events[0].leaf;
    assert_eq!((leaf.tx, leaf.height, leaf.index), (outcome.id.unwrap(), world.tip.height, 0));
    assert_eq!((leaf.time, leaf.code), (world.tip.time, 0));
    let state = RecordState {
        subject: ann.did,
        custodian: north.did,
        version: 1,
        current: version(record, 1, "x-ray"),
        status: RecordStatus::Current,
    };
    assert_eq!(world.read(&Address::Record(record)), Some(state));
    let log: Peaks = world.read(&Address::Log(ann.did, LogKind::Timeline)).unwrap();
    let mut expected = Peaks::new();
    expected.append(&leaf.data().unwrap()).unwrap();
    assert_eq!(log, expected);
    // Headers, the key's counter, the quota, the record, its log.
    assert_eq!(world.last.1.writes.len(), 5);
    assert_eq!(world.identity_usage(north.did).ordinary, 1);
}

#[test]
fn a_practitioner_anchors_with_the_custodians_approval() {
    let (mut world, ann) = World::with_ann();
    let (north, doctor) = (hospital("north"), world.incept("doctor", Kind::Practitioner));
    let operation = Operation::Anchor {
        anchor: crate::record::Anchor {
            subject: ann.did,
            custodian: north.did,
            commitments: commitments("note"),
        },
    };
    for n in 0..2 {
        let transaction = world.sign(&doctor, &doctor.device(0), operation.clone(), &[&north.device(n)]);
        world.accept(&transaction);
    }
    assert_eq!(world.identity_usage(doctor.did).ordinary, 2);
}

#[test]
fn an_anchor_is_refused() {
    let (mut world, ann) = World::with_ann();
    let (north, doctor) = (hospital("north"), world.incept("doctor", Kind::Practitioner));
    let nobody = Party::new("nobody", Kind::Organisation, 1);
    let anchor = |subject: Did, custodian: Did| Operation::Anchor {
        anchor: crate::record::Anchor { subject, custodian, commitments: commitments("note") },
    };
    let operation = anchor(ann.did, north.did);
    let by_controller = world.sign(&north, &north.controller(), operation, &[]);
    world.refuse(&by_controller, "IDN-009");
    for (subject, custodian, rule) in [
        (nobody.did, north.did, "IDN-001"),
        (north.did, north.did, "REC-011"),
        (doctor.did, north.did, "REC-011"),
        (ann.did, nobody.did, "IDN-001"),
        // The subject is judged before the custodian.
        (doctor.did, nobody.did, "REC-011"),
    ] {
        let transaction = world.sign(&north, &north.device(0), anchor(subject, custodian), &[]);
        world.refuse(&transaction, rule);
    }
    let ended = world.sign(&ann, &ann.controller(), Operation::Deactivate, &[]);
    world.accept(&ended);
    let transaction = world.anchor(ann.did, "late");
    world.refuse(&transaction, "IDN-002");
}

/// Subjects with the names of their records, in the order that a batch wants.
fn batch(custodian: &Party, subjects: &[(&Party, &[&str])]) -> BatchAnchor {
    let mut entries: Vec<_> = subjects
        .iter()
        .map(|(party, names)| BatchEntry {
            subject: party.did,
            root: batch_log(names).root(),
            count: names.len() as u64,
        })
        .collect();
    entries.sort_by_key(|entry| entry.subject);
    BatchAnchor { custodian: custodian.did, entries }
}

#[test]
fn a_batch_gives_each_subject_one_entry() {
    let (mut world, ann) = World::with_ann();
    let (north, bob) = (hospital("north"), world.incept("bob", Kind::Patient));
    let anchor = batch(&north, &[(&ann, &["a0", "a1", "a2"]), (&bob, &["b0"])]);
    let operation = Operation::AnchorBatch { batch: anchor.clone() };
    let transaction = world.sign(&north, &north.device(0), operation, &[]);
    let outcome = world.accept(&transaction);
    let mut expected = Vec::new();
    for (index, entry) in (0_u64..).zip(&anchor.entries) {
        let id = record_id(&outcome.id.unwrap(), index);
        let BatchEntry { subject, root, count } = *entry;
        let state = BatchState { subject, custodian: north.did, root, count };
        assert_eq!(world.read(&Address::Batch(id)), Some(state));
        expected
            .push((subject, TimelineEntry::BatchAnchored { batch: id, custodian: north.did, root, count }));
    }
    assert_eq!(timeline(&outcome), expected);
    // Headers, counter, quota, two entries, two logs.
    assert_eq!(world.last.1.writes.len(), 7);
}

#[test]
fn a_batch_is_refused() {
    let (mut world, ann) = World::with_ann();
    let (north, bob) = (hospital("north"), world.incept("bob", Kind::Patient));
    let good = batch(&north, &[(&ann, &["a0", "a1"]), (&bob, &["b0"])]);
    let changed = |change: &dyn Fn(&mut BatchAnchor)| {
        let mut batch = good.clone();
        change(&mut batch);
        Operation::AnchorBatch { batch }
    };
    let by_controller = world.sign(&north, &north.controller(), changed(&|_| {}), &[]);
    world.refuse(&by_controller, "IDN-009");
    let nobody = Party::new("nobody", Kind::Patient, 1);
    for (operation, rule) in [
        (changed(&|batch| batch.entries.clear()), "REC-014"),
        (changed(&|batch| batch.entries[1].count = 0), "REC-014"),
        (changed(&|batch| batch.entries[1].count = BATCH_RECORDS), "REC-014"),
        (changed(&|batch| batch.entries[1].count = u64::MAX), "REC-014"),
        (changed(&|batch| batch.entries.reverse()), "REC-015"),
        (changed(&|batch| batch.entries[1] = batch.entries[0].clone()), "REC-015"),
        (changed(&|batch| batch.entries.truncate(1)), "ok"),
        (changed(&|batch| (batch.entries.truncate(1), batch.entries[0].subject = north.did).1), "REC-011"),
        (changed(&|batch| (batch.entries.truncate(1), batch.entries[0].subject = nobody.did).1), "IDN-001"),
        (changed(&|batch| batch.custodian = nobody.did), "IDN-001"),
        (changed(&|batch| batch.custodian = hospital("south").did), "OPR-021"),
        (changed(&|batch| (batch.entries.truncate(1), batch.entries[0].count = BATCH_RECORDS).1), "ok"),
    ] {
        let transaction = world.sign(&north, &north.device(0), operation, &[]);
        if rule == "ok" {
            world.accept(&transaction);
        } else {
            world.refuse(&transaction, rule);
        }
    }
}

#[test]
fn an_amendment_supersedes_the_current_version() {
    let (mut world, ann) = World::with_ann();
    let north = hospital("north");
    let transaction = world.anchor(ann.did, "v1");
    let record = record_id(&world.accept(&transaction).id.unwrap(), 0);
    for (n, replaces, name) in [(2, "v1", "v2"), (3, "v2", "v3")] {
        let replaces = version(record, n - 1, replaces);
        let operation = amend(RecordRef::Known { record }, replaces, name);
        let transaction = world.sign(&north, &north.device(1), operation, &[]);
        let outcome = world.accept(&transaction);
        let entry = TimelineEntry::Amended { record, version: n, replaces, commitments: commitments(name) };
        assert_eq!(timeline(&outcome), [(ann.did, entry)]);
        let state: RecordState = world.read(&Address::Record(record)).unwrap();
        assert_eq!((state.version, state.current), (n, version(record, n, name)));
        assert_eq!((state.subject, state.custodian), (ann.did, north.did));
        assert_eq!(world.last.1.writes.len(), 5);
    }
    // A version that was superseded, also when it comes again; a version that never was.
    for stale in [version(record, 1, "v1"), version(record, 2, "v2"), version(record, 3, "v1")] {
        let operation = amend(RecordRef::Known { record }, stale, "v4");
        let transaction = world.sign(&north, &north.device(1), operation, &[]);
        world.refuse(&transaction, "REC-012");
    }
    // In one block, of two amendments of one version the first wins.
    let current = version(record, 3, "v3");
    let both: Vec<_> = ["left", "right"]
        .iter()
        .map(|name| {
            world.sign(&north, &north.device(1), amend(RecordRef::Known { record }, current, name), &[])
        })
        .collect();
    assert_eq!(world.codes(&both), ["ok", "REC-012"]);
}

#[test]
fn an_amendment_is_refused() {
    let (mut world, ann) = World::with_ann();
    let north = hospital("north");
    let transaction = world.anchor(ann.did, "v1");
    let record = record_id(&world.accept(&transaction).id.unwrap(), 0);
    let good = amend(RecordRef::Known { record }, version(record, 1, "v1"), "v2");
    let by_controller = world.sign(&north, &north.controller(), good.clone(), &[]);
    world.refuse(&by_controller, "IDN-009");
    let unknown = RecordId(bytes("unknown"));
    let transaction = world.sign(
        &north,
        &north.device(0),
        amend(RecordRef::Known { record: unknown }, version(record, 1, "v1"), "v2"),
        &[],
    );
    world.refuse(&transaction, "REC-010");
    // The custodian stays the custodian.
    for other in [hospital("south"), ann.clone()] {
        let transaction = world.sign(&other, &other.device(0), good.clone(), &[]);
        world.refuse(&transaction, "OPR-021");
    }
    let approved = world.sign(&ann, &ann.device(0), good, &[&north.device(0)]);
    world.accept(&approved);
}

#[test]
fn a_record_entered_in_error_is_not_changed_any_more() {
    let (mut world, ann) = World::with_ann();
    let north = hospital("north");
    let transaction = world.anchor(ann.did, "v1");
    let record = record_id(&world.accept(&transaction).id.unwrap(), 0);
    let known = RecordRef::Known { record };
    let by_controller = world.sign(&north, &north.controller(), retract(known.clone()), &[]);
    world.refuse(&by_controller, "IDN-009");
    let by_other = world.sign(&ann, &ann.device(0), retract(known.clone()), &[]);
    world.refuse(&by_other, "OPR-021");
    let unknown = retract(RecordRef::Known { record: RecordId(bytes("unknown")) });
    let transaction = world.sign(&north, &north.device(0), unknown, &[]);
    world.refuse(&transaction, "REC-010");

    let good = world.sign(&north, &north.device(0), retract(known.clone()), &[]);
    let outcome = world.accept(&good);
    assert_eq!(timeline(&outcome), [(ann.did, TimelineEntry::EnteredInError { record })]);
    let state: RecordState = world.read(&Address::Record(record)).unwrap();
    assert_eq!((state.status, state.version), (RecordStatus::EnteredInError, 1));
    assert_eq!(world.last.1.writes.len(), 5);

    let twice = world.sign(&north, &north.device(0), retract(known.clone()), &[]);
    world.refuse(&twice, "REC-013");
    let later = amend(known, version(record, 1, "v1"), "v2");
    let transaction = world.sign(&north, &north.device(0), later, &[]);
    world.refuse(&transaction, "REC-013");
}

#[test]
fn a_record_of_a_batch_is_named_by_its_proof() {
    let (mut world, ann) = World::with_ann();
    let north = hospital("north");
    let names = ["a0", "a1", "a2", "a3", "a4"];
    let anchored = batch(&north, &[(&ann, &names)]);
    let transaction = world.sign(&north, &north.device(0), Operation::AnchorBatch { batch: anchored }, &[]);
    let tx: TxId = world.accept(&transaction).id.unwrap();
    let id = record_id(&tx, 0);
    let log = batch_log(&names);
    let member = |index: u64, name: &str, path: InclusionProof| RecordRef::InBatch {
        batch: id,
        index,
        commitments: commitments(name),
        path,
    };
    let record = batch_record_id(&id, 4);
    let first = version(record, 1, "a4");
    let path = log.inclusion(4).unwrap();

    for bad in [
        member(3, "a4", path.clone()),
        member(4, "a3", path.clone()),
        member(4, "a4", log.inclusion(3).unwrap()),
        member(4, "a4", InclusionProof::default()),
        member(5, "a4", path.clone()),
        member(u64::MAX, "a4", path.clone()),
        // The shape of leaf 4 of 5 is also that of leaf 2 of 3: the size is the state's.
        member(2, "a4", path.clone()),
    ] {
        let transaction = world.sign(&north, &north.device(0), retract(bad), &[]);
        world.refuse(&transaction, "REC-016");
    }
    let elsewhere = RecordRef::InBatch {
        batch: RecordId(bytes("x")),
        index: 4,
        commitments: commitments("a4"),
        path: path.clone(),
    };
    let transaction = world.sign(&north, &north.device(0), retract(elsewhere), &[]);
    world.refuse(&transaction, "REC-010");
    // It is not known by its id before it was named once.
    let early = amend(RecordRef::Known { record }, first, "a4, corrected");
    let transaction = world.sign(&north, &north.device(0), early.clone(), &[]);
    world.refuse(&transaction, "REC-010");

    let named = amend(member(4, "a4", path.clone()), first, "a4, corrected");
    let transaction = world.sign(&north, &north.device(0), named.clone(), &[]);
    let outcome = world.accept(&transaction);
    let entry = TimelineEntry::Amended {
        record,
        version: 2,
        replaces: first,
        commitments: commitments("a4, corrected"),
    };
    assert_eq!(timeline(&outcome), [(ann.did, entry)]);
    let untouched: BatchState = world.read(&Address::Batch(id)).unwrap();
    assert_eq!((untouched.count, untouched.root), (5, log.root()));
    assert_ne!(untouched.root, LogRoot([0; 32]));

    // From now on it is known, and its proof of the first version revives nothing.
    for stale in [named, early] {
        let transaction = world.sign(&north, &north.device(0), stale, &[]);
        world.refuse(&transaction, "REC-012");
    }
    let transaction = world.sign(&north, &north.device(0), retract(member(4, "a4", path)), &[]);
    world.accept(&transaction);
    let transaction = world.sign(&north, &north.device(0), retract(RecordRef::Known { record }), &[]);
    world.refuse(&transaction, "REC-013");
}
