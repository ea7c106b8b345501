#![cfg(all(feature = "fhir", feature = "local"))]

use super::*;
use crate::testing::World;
use alloc::string::ToString;
use medledger_core::error::Coded;

#[test]
fn every_record_of_a_batch_is_proven_under_its_root() {
    let world = World::anchored();
    let entry = world.batch.entry(world.patient.did);
    assert_eq!(entry.count, u64::try_from(world.batch.openings.len()).unwrap());
    for index in 0..entry.count {
        let member = member(&world.batch.commitments, index).unwrap();
        member.path.verify(&entry.root, entry.count, index, &member.commitments.leaf().unwrap()).unwrap();
    }
}

#[test]
fn there_is_no_proof_past_the_end() {
    let world = World::anchored();
    let error = member(&world.batch.commitments, world.batch.count()).unwrap_err();
    assert_eq!(error.rule().to_string(), "MRK-001");
}

#[test]
fn a_batch_of_openings_is_the_batch_that_was_sealed() {
    let world = World::anchored();
    let mut again = SealedBatch::new();
    world.batch.openings.iter().try_for_each(|opening| again.push(opening.clone())).unwrap();
    assert_eq!((again.root(), again.commitments), (world.batch.root(), world.batch.commitments));
}

#[test]
fn subjects_of_a_batch_anchor_ascend() {
    let entry = |n| BatchEntry { subject: Did([n; 32]), root: LogRoot([0; 32]), count: 1 };
    let batch = batch_anchor(Did([9; 32]), Vec::from([entry(3), entry(1), entry(2)]));
    batch.check().unwrap();
}
