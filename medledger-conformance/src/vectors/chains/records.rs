//! Records: anchored by one or in batches, amended, entered in error.

use medledger_core::crypto::SecretKey;
use medledger_core::hash::{FactsCommitment, LogRoot, RecordCommitment, RecordId, RecordVersion};
use medledger_core::identity::Kind;
use medledger_core::merkle::Log;
use medledger_core::operation::Operation;
use medledger_core::record::commitment::CommitmentAlgorithm;
use medledger_core::record::{
    Amendment, Anchor, BatchAnchor, BatchEntry, Commitments, RecordRef, RecordState, Retraction,
};
use medledger_core::state::{Address, LogKind, Params, read};

use super::super::Vector;
use super::super::scene::{Scene, genesis, hospitals};
use super::whole;
use crate::fuzz::world::{Party, bytes, key};

pub(super) fn commitments(name: &str) -> Commitments {
    Commitments {
        hash: CommitmentAlgorithm::Sha3_256,
        content: RecordCommitment(bytes(&format!("{name} content"))),
        facts: FactsCommitment(bytes(&format!("{name} facts"))),
    }
}

/// The records of a subject, in the order in which they were anchored.
pub(super) fn records(scene: &Scene, subject: &Party) -> Vec<RecordId> {
    use medledger_core::record::TimelineEntry;
    use medledger_core::state::LogEntry;
    let record = |entry: &LogEntry| match entry {
        LogEntry::Timeline { entry: TimelineEntry::Anchored { record, .. } } => Some(*record),
        LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { batch, .. } } => Some(*batch),
        _ => None,
    };
    scene
        .ledger
        .log(&subject.did, LogKind::Timeline)
        .iter()
        .filter_map(|(_, leaf)| record(&leaf.entry))
        .collect()
}

pub(super) fn vectors() -> Vec<Vector> {
    let [north, south] = hospitals();
    let [ann, bob] = ["ann", "bob"].map(|name| Party::new(name, Kind::Patient));
    let doctor = Party::new("doctor", Kind::Practitioner);
    let mut scene = Scene::new("records", genesis(Params::default(), Vec::new(), 1));
    scene.incept(&[&ann, &bob, &doctor]);
    let anchor = |subject: &Party, custodian: &Party, name: &str| Operation::Anchor {
        anchor: Anchor { subject: subject.did, custodian: custodian.did, commitments: commitments(name) },
    };
    let by = |party: &Party, which: &str| -> SecretKey { party.key(which) };
    scene.does(&north, "device 0", anchor(&ann, &north, "one"), "");
    scene.does(&north, "device 0", anchor(&doctor, &north, "two"), "REC-011");
    scene.does(&north, "device 0", anchor(&Party::new("nobody", Kind::Patient), &north, "two"), "IDN-001");
    scene.does(&doctor, "device 0", anchor(&ann, &north, "two"), "OPR-021");
    scene.agreed(&doctor, "device 0", anchor(&ann, &north, "two"), &[&by(&south, "device 0")], "OPR-019");
    scene.agreed(&doctor, "device 0", anchor(&ann, &north, "two"), &[&by(&north, "controller")], "OPR-019");
    scene.agreed(&doctor, "device 0", anchor(&ann, &north, "two"), &[&by(&north, "device 1")], "");
    scene.agreed(&north, "device 0", anchor(&ann, &north, "three"), &[&key("stranger")], "OPR-019");
    let leaves: Vec<_> = ["b0", "b1", "b2"].map(commitments).into();
    let data: Vec<_> = leaves.iter().map(|leaf| leaf.leaf().unwrap()).collect();
    let log = Log::from_data(&data);
    let entry = |subject: &Party, root: LogRoot, count: u64| BatchEntry { subject: subject.did, root, count };
    let batch = |mut entries: Vec<BatchEntry>, sorted: bool| {
        if sorted {
            entries.sort_by_key(|entry| entry.subject);
        }
        Operation::AnchorBatch { batch: BatchAnchor { custodian: north.did, entries } }
    };
    let mut two = vec![entry(&ann, log.root(), 3), entry(&bob, log.root(), 1 << 32)];
    scene.does(&north, "device 0", batch(two.clone(), true), "REC-014");
    two[1].count = (1 << 32) - 3;
    scene.does(&north, "device 0", batch(two.clone(), true), "");
    two[1].count = (1 << 32) - 2;
    scene.does(&north, "device 0", batch(two.clone(), true), "REC-014");
    two[1].count = 0;
    scene.does(&north, "device 0", batch(two.clone(), true), "REC-014");
    scene.does(&north, "device 0", batch(Vec::new(), true), "REC-014");
    two[1].count = 1;
    two.sort_by_key(|entry| std::cmp::Reverse(entry.subject));
    scene.does(&north, "device 0", batch(two.clone(), false), "REC-015");
    two[1] = two[0].clone();
    scene.does(&north, "device 0", batch(two, false), "REC-015");
    scene.block();

    let known = records(&scene, &ann);
    let [record, other, of_batch] = known.as_slice() else { panic!("three entries") };
    let current = |scene: &Scene, record: RecordId| {
        read::<RecordState, _>(scene.ledger.state(), &Address::Record(record)).unwrap().unwrap().current
    };
    let version = current(&scene, *record);
    let amend = |record: RecordRef, replaces, name: &str| Operation::Amend {
        amendment: Amendment { record, replaces, commitments: commitments(name) },
    };
    let retract = |record| Operation::EnterInError { retraction: Retraction { record } };
    let known = |record: &RecordId| RecordRef::Known { record: *record };
    let member = |index: u64, name: usize| RecordRef::InBatch {
        batch: *of_batch,
        index,
        commitments: leaves[name],
        path: log.inclusion(name as u64).unwrap(),
    };
    scene.does(&north, "device 0", amend(known(&RecordId([1; 32])), version, "next"), "REC-010");
    scene.does(&north, "device 0", amend(known(record), RecordVersion([1; 32]), "next"), "REC-012");
    scene.does(&south, "device 0", amend(known(record), version, "next"), "OPR-021");
    scene.does(&north, "device 0", amend(known(record), version, "next"), "");
    scene.does(&north, "device 0", amend(known(record), version, "again"), "REC-012");
    scene.does(&north, "device 0", retract(known(other)), "");
    scene.does(&north, "device 0", retract(known(other)), "REC-013");
    scene.does(&north, "device 0", retract(member(0, 1)), "REC-016");
    scene.does(&north, "device 0", retract(member(3, 1)), "REC-016");
    scene.does(&north, "device 0", retract(member(1, 1)), "");
    scene.does(&north, "device 0", retract(member(1, 1)), "REC-013");
    scene.block();
    let version = current(&scene, *other);
    scene.does(&north, "device 0", amend(known(other), version, "late"), "REC-013");
    scene.block();
    vec![whole("records", "records anchored, amended, entered in error", &scene)]
}
