//! Records that were anchored by themselves, beside batches.

use medledger_core::record::Anchor;

use super::*;
use crate::testing::copy;
use crate::timeline::timeline;

/// The story with one more record, anchored by itself and then amended; its commitments, first and second.
fn with_single() -> (Story, [Commitments; 2]) {
    let mut story = told();
    let [first, second] =
        [LAB, ALLERGY].map(|index| story.batches[1].commitments[usize::try_from(index).unwrap()]);
    let device = copy(&story.world.hospital.keys.device);
    let (subject, custodian) = (story.world.patient.did, story.world.hospital.did);
    let anchor = Anchor { subject, custodian, commitments: first };
    let draft = story.world.hospital_signs().draft(Operation::Anchor { anchor });
    let (tx, code) = story.world.submit(&draft, &device);
    assert_eq!(code, 0);
    let record = medledger_core::record::record_id(&tx, 0);
    let replaces = Version { record, version: 1, commitments: first }.hash().unwrap();
    let amendment = Amendment { record: RecordRef::Known { record }, replaces, commitments: second };
    let draft = story.world.hospital_signs().draft(Operation::Amend { amendment });
    story.world.record(&draft, &device);
    (story, [first, second])
}

/// The id of the record that was anchored by itself.
fn record(export: &Export) -> RecordId {
    let anchored = export.logs.timeline.iter().find_map(|event| match &event.leaf.entry {
        LogEntry::Timeline { entry: TimelineEntry::Anchored { record, .. } } => Some(*record),
        _ => None,
    });
    anchored.unwrap()
}

#[test]
fn a_record_by_itself_is_in_the_export_with_its_versions() {
    let (story, [first, second]) = with_single();
    let export = export(&story);
    let report = report(&story, &export);
    assert_eq!(code(&report), "");
    let proven = report.export.unwrap();
    assert_eq!(proven.timeline.len(), 4);
    assert_eq!(proven.records, story.world.batch.count() + 3 + 1);
    let told = proven.timeline.iter().filter_map(|leaf| match &leaf.entry {
        LogEntry::Timeline { entry: TimelineEntry::Anchored { commitments, .. } } => Some((1, *commitments)),
        LogEntry::Timeline { entry: TimelineEntry::Amended { version, commitments, .. } } => {
            Some((*version, *commitments))
        }
        _ => None,
    });
    assert_eq!(told.collect::<Vec<_>>(), [(1, first), (2, second)]);
    let lines = timeline(&proven.timeline, |_| Ok::<_, core::convert::Infallible>(None)).unwrap().lines;
    let last = lines.last().unwrap();
    assert_eq!((last.version, last.entered_in_error), (2, false));
    // A single record left out, or told twice, is noticed as any other entry is.
    let mut dropped = export.clone();
    dropped.logs.timeline.remove(2);
    assert_eq!(code(&super::report(&story, &dropped)), "LGT-060");
    let mut swapped = export.clone();
    swapped.logs.timeline.swap(2, 3);
    assert_eq!(code(&super::report(&story, &swapped)), "LGT-062");
}

/// Entries moved forward are as much out of order as those moved back.
#[test]
fn an_entry_that_comes_late_is_out_of_its_place() {
    let (story, _) = with_single();
    let mut export = export(&story);
    // 0, 1, 3, 1′: the entry at position 3 stands where 2 is due, and 2 is nowhere; then an older one comes again, altered.
    let mut again = export.logs.timeline[1].clone();
    again.leaf.index = again.leaf.index.wrapping_add(1);
    export.logs.timeline.insert(2, again);
    assert_eq!(code(&report(&story, &export)), "LGT-062");
}

#[test]
fn the_sealed_versions_of_a_single_record_travel_in_its_order() {
    let (story, commitments) = with_single();
    let mut export = export(&story);
    let record = record(&export);
    let versions = [(1, LAB), (2, ALLERGY)].map(|(version, index)| {
        let kept = Kept::Sealed { record: story.held(1, index).1.sealed };
        assert_eq!(kept.commitments().unwrap(), commitments[usize::try_from(version).unwrap() - 1]);
        ExportedRecord::new(record, version, encode(&kept).unwrap())
    });
    export.records = versions.to_vec();
    assert_eq!(code(&report(&story, &export)), "");
    let found = kept(&export).unwrap();
    assert_eq!(found.iter().map(|own| own.superseded).collect::<Vec<_>>(), [true, false]);
    export.records.swap(0, 1);
    assert_eq!(code(&report(&story, &export)), "LGT-072");
    // The second version's content as the first.
    export.records = versions.to_vec();
    let [first, second] = &versions;
    export.records[0] = ExportedRecord::new(first.record, 1, second.kept.to_vec());
    assert_eq!(code(&report(&story, &export)), "LGT-073");
}
