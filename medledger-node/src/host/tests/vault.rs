//! Records destroyed and wrapped anew.

use super::*;
use crate::verify::verify;
use medledger_core::hash::LogRoot;
use medledger_core::limits;
use medledger_core::record::{BatchAnchor, BatchEntry};
use medledger_sdk::timeline::{UNOPENED, timeline};

/// A directory's ledger, whose records are destroyed one after the other.
#[test]
fn each_record_is_destroyed_alone() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let path = dir.join("d");
    let mut host = town.ledger(&path);
    let count = host.status().unwrap().held;
    let timeline = host.log(&town.patient.did, LogKind::Timeline).unwrap();
    let batch = record_id(&timeline[0].1.tx, 0);
    let gone = [batch_record_id(&batch, 0), batch_record_id(&batch, 3), record_id(&timeline[1].1.tx, 0)];
    for (destroyed, record) in (1_u64..).zip(&gone) {
        // A copy that a process left behind when it was stopped is no hindrance.
        fs::write(path.join("ledger.redb.new"), b"half a copy").unwrap();
        let before = fs::metadata(path.join("ledger.redb")).unwrap();
        let (after, statements) = host.destroy(record, at(7)).unwrap();
        host = after;
        assert!(before.len() > 0 && !path.join("ledger.redb.new").exists());
        assert_eq!((statements.len(), statements[0].wraps.len(), statements[0].at), (1, 2, at(7)));
        assert_eq!(host.open_record(record, &town.secrets()).unwrap_err().code(), "SEA-026");
        let all = host.open_all(&town.secrets()).unwrap().unwrap();
        assert_eq!((all.opened, all.destroyed), (count - destroyed, destroyed));
        assert_eq!(host.status().unwrap().held, count);
    }
    // It goes on, and verifies, and what is destroyed stays so.
    let (_, single) = town.anchor(at(8));
    host.produce(&[single], &town.validator, at(8)).unwrap();
    let mut rng = crate::testing::Dice(1);
    assert_eq!(host.rewrap(&gone[0], &town.secrets(), &mut rng).unwrap_err().code(), "SEA-026");
    assert!(host.record_proof(&gone[0]).unwrap().unwrap().opening.is_none());
    drop(host);
    assert_eq!(verify(&path, at(10), &mut |_| {}).unwrap().fault, None);
    let host = Host::open(&path).unwrap();
    assert_eq!(host.destroy(&RecordId([9; 32]), at(9)).err().unwrap().code(), "STO-015");
    assert!(Host::open(&path).is_ok());
}

#[test]
fn every_version_of_a_record_is_destroyed() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let host = town.ledger(&dir.join("d"));
    let timeline = host.log(&town.patient.did, LogKind::Timeline).unwrap();
    let record = record_id(&timeline[1].1.tx, 0);
    let old = host.held(&record).unwrap().unwrap().kept.commitments().unwrap();
    let replaces = Version { record, version: 1, commitments: old }.hash().unwrap();
    let (commitments, sealed) = town.record();
    let amendment = Amendment { record: RecordRef::Known { record }, replaces, commitments };
    let signed = town.hospital.sign(town.chain, at(6), Operation::Amend { amendment }, &[]);
    let waiting = Waiting { transaction: signed.bytes, records: vec![sealed] };
    host.produce(&[waiting], &town.validator, at(6)).unwrap();
    assert_eq!(host.rewrap(&record, &town.secrets(), &mut crate::testing::Dice(1)).unwrap(), 2);
    let (host, statements) = host.destroy(&record, at(7)).unwrap();
    assert_eq!(statements.iter().map(|one| one.commitments).collect::<Vec<_>>(), [old, commitments]);
    assert_eq!(host.open_all(&town.secrets()).unwrap().unwrap().destroyed, 2);
}

#[test]
fn a_batch_that_nobody_holds_costs_nothing() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let host = town.ledger(&dir.join("d"));
    let subject = town.patient.did;
    assert!(host.export(subject).unwrap().unwrap().is_ok());
    // As many records as a batch can have, of which there is none.
    let entry = BatchEntry { subject, root: LogRoot([1; 32]), count: limits::BATCH_RECORDS };
    let batch = BatchAnchor { custodian: town.hospital.did, entries: vec![entry] };
    let signed = town.hospital.sign(town.chain, at(6), Operation::AnchorBatch { batch }, &[]);
    host.produce(&[signed.bytes.into()], &town.validator, at(6)).unwrap();
    let export = host.export(subject).unwrap().unwrap().unwrap();
    let missing: Vec<_> = export.not_handed_over().into_iter().map(|batch| batch.count).collect();
    assert_eq!(missing, [limits::BATCH_RECORDS]);
    assert!(export.batches.iter().filter(|batch| batch.commitments.is_some()).count() > 0);
    assert_eq!(export.records.len() as u64, host.status().unwrap().held);
    let verifier = medledger_core::light::Verifier::new(&town.genesis, at(6)).unwrap();
    let proven = export.check(&verifier).unwrap();
    assert!(!proven.is_complete() && proven.records > limits::BATCH_RECORDS);
    let leaves: Vec<_> =
        host.log(&subject, LogKind::Timeline).unwrap().into_iter().map(|(_, leaf)| leaf).collect();
    let told = timeline(&leaves, |_| Ok::<_, ()>(None)).unwrap();
    assert_eq!(told.untold, limits::BATCH_RECORDS - UNOPENED);
}
