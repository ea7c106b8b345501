#![cfg(all(feature = "fhir", feature = "local"))]

use alloc::string::ToString;
use core::convert::Infallible;

use medledger_core::operation::Operation;
use medledger_core::record::{Amendment, RecordRef, Retraction, Version};
use medledger_core::state::LogKind;

use super::*;
use crate::anchor::member;
use crate::testing::World;

fn lines(world: &World) -> Vec<Line> {
    let leaves: Vec<LogLeaf> = world
        .ledger
        .log(&world.patient.did, LogKind::Timeline)
        .into_iter()
        .map(|(_, leaf)| leaf.clone())
        .collect();
    let LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { batch, .. } } = &leaves[0].entry else {
        panic!("a batch was anchored");
    };
    let batch = *batch;
    let open = |record: &RecordId| {
        let index =
            (0..).zip(&world.batch.openings).find(|(index, _)| batch_record_id(&batch, *index) == *record);
        Ok::<_, Infallible>(index.map(|(_, opening)| opening.clone()))
    };
    timeline(&leaves, open).unwrap().lines
}

#[test]
fn every_record_is_shown_the_newest_first() {
    let world = World::anchored();
    let mut lines = lines(&world);
    assert_eq!(lines.len(), world.batch.openings.len());
    assert!(lines.iter().all(|line| line.version == 1 && !line.entered_in_error));
    newest_first(&mut lines);
    let shown: Vec<&Shown> = lines.iter().filter_map(|line| line.shown.as_ref()).collect();
    let starts: Vec<_> = shown.iter().filter_map(|line| line.clinical?.start).collect();
    assert!(starts.len() > 3 && starts.is_sorted_by(|a, b| a >= b));
    let undated = shown.iter().position(|line| line.clinical.is_none()).unwrap();
    assert!(shown[undated..].iter().all(|line| line.clinical.is_none()));
    assert!(shown.iter().any(|line| line.title == "Penicillin allergy"));
}

#[test]
fn a_record_stands_as_its_last_entry_left_it() {
    let mut world = World::anchored();
    let (record, batch) = {
        let (_, leaf) = &world.ledger.log(&world.patient.did, LogKind::Timeline)[0];
        let LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { batch, .. } } = &leaf.entry else {
            panic!("a batch was anchored");
        };
        (batch_record_id(batch, 2), *batch)
    };
    let device = medledger_core::crypto::SecretKey::from_seed(*world.hospital.keys.device.seed());
    let place = member(&world.batch.commitments, 2).unwrap();
    let first = Version { record, version: 1, commitments: place.commitments };
    let of = RecordRef::InBatch { batch, index: 2, commitments: place.commitments, path: place.path };
    let amendment =
        Amendment { record: of, replaces: first.hash().unwrap(), commitments: world.batch.commitments[3] };
    let draft = world.hospital_signs().draft(Operation::Amend { amendment });
    world.record(&draft, &device);
    let line = lines(&world).into_iter().find(|line| line.record == record).unwrap();
    assert_eq!((line.version, line.entered_in_error, line.height), (2, false, world.ledger.tip().height));

    let retraction = Retraction { record: RecordRef::Known { record } };
    let draft = world.hospital_signs().draft(Operation::EnterInError { retraction });
    world.record(&draft, &device);
    let all = lines(&world);
    assert_eq!(all.iter().filter(|line| line.entered_in_error).count(), 1);
    assert!(all.iter().find(|line| line.record == record).unwrap().entered_in_error);
}

#[test]
fn content_of_another_kind_is_called_by_its_type() {
    let world = World::anchored();
    let mut opening = world.batch.openings[0].clone();
    opening.content = medledger_core::record::commitment::Content::new(b"not JSON".to_vec());
    assert_eq!(Shown::of(&opening).title, "Patient".to_string());
}
