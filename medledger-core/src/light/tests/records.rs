use alloc::vec::Vec;

use super::*;
use crate::identity::Kind;
use crate::merkle::Log;
use crate::operation::Operation;
use crate::record::{
    Amendment, Anchor, BatchAnchor, BatchEntry, RecordRef, Retraction, Version, batch_record_id, record_id,
};

fn proof(receipt: Receipt, member: Option<BatchMember>, opening: Option<Opening>) -> RecordProof {
    RecordProof { receipt, member, opening }
}

fn anchor(world: &mut World, subject: &Party, name: &str) -> (Receipt, crate::hash::RecordId) {
    let north = hospital("north");
    let anchor = Anchor { subject: subject.did, custodian: north.did, commitments: opened(name) };
    let transaction = world.sign(&north, &north.device(0), Operation::Anchor { anchor }, &[]);
    let outcome = world.accept(&transaction);
    (world.receipt(world.tip.height.0, 0, 0), record_id(&outcome.id.unwrap(), 0))
}

#[test]
fn a_single_record_is_proven_with_and_without_its_opening() {
    let (mut world, ann) = World::with_ann();
    let (receipt, record) = anchor(&mut world, &ann, "x-ray");
    pass(&mut world, 3);
    let verifier = world.verifier();
    for receipt in [receipt.clone(), world.refreshed(receipt.clone())] {
        let shown = proof(receipt.clone(), None, None).check(&verifier).unwrap();
        assert_eq!((shown.subject, shown.record, shown.version), (ann.did, record, 1));
        assert_eq!((shown.commitments, shown.opened), (opened("x-ray"), false));
        assert_eq!((shown.height, shown.time), (receipt.header.height, receipt.header.time));
        let shown = proof(receipt, None, Some(opening("x-ray"))).check(&verifier).unwrap();
        assert!(shown.opened);
    }
    let check = |opening| rule(proof(receipt.clone(), None, Some(opening)).check(&verifier));
    assert_eq!(check(opening("another")), "REC-006");
    assert_eq!(check(Opening { facts: opening("another").facts, ..opening("x-ray") }), "REC-007");
    assert_eq!(check(Opening { content_salt: opening("x-ray").facts_salt, ..opening("x-ray") }), "REC-005");
}

#[test]
fn an_amended_record_is_proven_by_its_version() {
    let (mut world, ann) = World::with_ann();
    let north = hospital("north");
    let (_, record) = anchor(&mut world, &ann, "v1");
    let replaces = Version { record, version: 1, commitments: opened("v1") }.hash().unwrap();
    let amendment = Amendment { record: RecordRef::Known { record }, replaces, commitments: opened("v2") };
    let transaction = world.sign(&north, &north.device(0), Operation::Amend { amendment }, &[]);
    world.accept(&transaction);
    let receipt = world.receipt(world.tip.height.0, 0, 0);
    let shown = proof(receipt.clone(), None, Some(opening("v2"))).check(&world.verifier()).unwrap();
    assert_eq!((shown.record, shown.version, shown.opened), (record, 2, true));
    let older = proof(receipt.clone(), None, Some(opening("v1"))).check(&world.verifier());
    assert_eq!(rule(older), "REC-006");

    // What marks it as entered in error, and what is said of keys, anchors no record.
    let retraction = Retraction { record: RecordRef::Known { record } };
    let transaction = world.sign(&north, &north.device(0), Operation::EnterInError { retraction }, &[]);
    world.accept(&transaction);
    let verifier = world.verifier();
    let marked = world.receipt(world.tip.height.0, 0, 0);
    assert_eq!(rule(proof(marked, None, None).check(&verifier)), "LGT-011");
    let inception = world.receipt(1, 0, 0);
    assert_eq!(rule(proof(inception, None, None).check(&verifier)), "LGT-011");
    let member =
        BatchMember { index: 0, commitments: opened("v2"), path: crate::merkle::InclusionProof::default() };
    assert_eq!(rule(proof(receipt, Some(member), None).check(&verifier)), "LGT-013");
}

/// One batch of five records of ann's and three of bob's; the receipts of both, and the log of ann's.
pub(super) fn batch() -> (World, [Party; 2], [Receipt; 2], Log) {
    let (mut world, ann) = World::with_ann();
    let bob = world.incept("bob", Kind::Patient);
    let north = hospital("north");
    let log = |name: &str, count: usize| {
        let leaves: Vec<_> =
            (0..count).map(|n| opened(&alloc::format!("{name} {n}")).leaf().unwrap()).collect();
        Log::from_data(&leaves)
    };
    let (anns, bobs) = (log("ann", 5), log("bob", 3));
    let entry =
        |party: &Party, log: &Log| BatchEntry { subject: party.did, root: log.root(), count: log.size() };
    let mut entries = Vec::from([entry(&ann, &anns), entry(&bob, &bobs)]);
    entries.sort_by_key(|entry| entry.subject);
    let batch = BatchAnchor { custodian: north.did, entries };
    let transaction = world.sign(&north, &north.device(0), Operation::AnchorBatch { batch }, &[]);
    let outcome = world.accept(&transaction);
    let height = world.tip.height.0;
    let receipts = [&ann, &bob].map(|party| {
        let place = outcome.events.iter().position(|event| event.subject == party.did).unwrap();
        world.receipt(height, 0, place as u64)
    });
    pass(&mut world, 4);
    (world, [ann, bob], receipts, anns)
}

pub(super) fn member(log: &Log, index: u64) -> BatchMember {
    BatchMember {
        index,
        commitments: opened(&alloc::format!("ann {index}")),
        path: log.inclusion(index).unwrap(),
    }
}

#[test]
fn each_record_of_a_batch_is_proven() {
    let (world, [ann, _], [receipt, bobs], log) = batch();
    let verifier = world.verifier();
    let place = receipt.place;
    let transaction = receipt.result.id.unwrap();
    for index in 0..5 {
        let name = alloc::format!("ann {index}");
        for receipt in [receipt.clone(), world.refreshed(receipt.clone())] {
            let proof = proof(receipt, Some(member(&log, index)), Some(opening(&name)));
            let shown = proof.check(&verifier).unwrap();
            let record = batch_record_id(&record_id(&transaction, place), index);
            assert_eq!((shown.subject, shown.record, shown.version), (ann.did, record, 1));
            assert!(shown.opened);
        }
    }
    let check = |receipt: &Receipt, member: Option<BatchMember>| {
        rule(proof(receipt.clone(), member, None).check(&verifier))
    };
    assert_eq!(check(&receipt, None), "LGT-013");
    assert_eq!(check(&bobs, Some(member(&log, 1))), "LGT-012");
    let wrong = |change: &dyn Fn(&mut BatchMember)| {
        let mut member = member(&log, 4);
        change(&mut member);
        check(&receipt, Some(member))
    };
    assert_eq!(wrong(&|_| {}), "ok");
    assert_eq!(wrong(&|member| member.index = 3), "LGT-012");
    assert_eq!(wrong(&|member| member.index = 5), "LGT-012");
    assert_eq!(wrong(&|member| member.index = 2), "LGT-012");
    assert_eq!(wrong(&|member| member.commitments = opened("ann 3")), "LGT-012");
    assert_eq!(wrong(&|member| member.path.path.clear()), "LGT-012");
    let single = world.receipt(1, 0, 0);
    assert_eq!(check(&single, Some(member(&log, 0))), "LGT-011");
}

#[test]
fn a_receipt_of_a_batch_says_nothing_of_the_other_patients() {
    let (world, [ann, bob], receipts, _) = batch();
    let holds = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
    let [anns, bobs] = receipts;
    for (receipt, own, other, other_receipt) in [(&anns, &ann, &bob, &bobs), (&bobs, &bob, &ann, &anns)] {
        let crate::state::LogEntry::Timeline { entry } = &other_receipt.event.leaf.entry else { panic!() };
        let crate::record::TimelineEntry::BatchAnchored { batch, root, .. } = entry else { panic!() };
        for receipt in [receipt.clone(), world.refreshed(receipt.clone())] {
            let bytes = crate::codec::encode(&receipt).unwrap();
            assert!(holds(&bytes, &own.did.0));
            for hidden in [&other.did.0, &root.0, &batch.0] {
                assert!(!holds(&bytes, hidden));
            }
        }
    }
}
