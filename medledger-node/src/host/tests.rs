use std::fs;

use medledger_core::codec::encode;
use medledger_core::error::Coded;
use medledger_core::light::Verifier;
use medledger_core::operation::Operation;
use medledger_core::record::{Amendment, RecordRef, Version, batch_record_id, record_id};
use medledger_core::state::ValueProof;
use medledger_sdk::local::Ledger;

use super::*;

mod vault;
use crate::testing::{START, TempDir, Town, at};

#[test]
fn the_store_and_the_ledger_in_memory_agree() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let host = town.ledger(&dir.join("d"));
    let mut ledger = Ledger::new(town.genesis.clone()).unwrap();
    for height in 1..=5 {
        let block = host.block(Height(height)).unwrap().unwrap();
        let evidence = host.header(Height(height)).unwrap().unwrap().evidence;
        ledger.accept(&block, &evidence, at(10)).unwrap();
        assert_eq!(host.header(Height(height)).unwrap().as_ref(), ledger.header(Height(height)));
        assert_eq!(host.results(Height(height)).unwrap().as_ref(), ledger.results(Height(height)));
    }
    assert_eq!(host.tip(), *ledger.tip());
    let snapshot = host.snapshot().unwrap();
    for (key, value) in ledger.state().iter() {
        assert_eq!(StateRead::get(&snapshot, key), Ok(Lookup::Present(value.clone())));
    }
    let patient = town.patient.did;
    for kind in [LogKind::Timeline, LogKind::Authority, LogKind::Access] {
        let log = host.log(&patient, kind).unwrap();
        let expected: Vec<_> =
            ledger.log(&patient, kind).into_iter().map(|(at, leaf)| (at, leaf.clone())).collect();
        assert_eq!(log, expected);
        assert_eq!(host.log_proof(&patient, kind).unwrap(), ledger.log_proof(&patient, kind));
        for (place, leaf) in log {
            assert_eq!(host.find(&leaf.tx).unwrap(), Some((place.height, place.index)));
            assert_eq!(host.receipt(place).unwrap(), ledger.receipt(place));
            assert_eq!(host.refreshed(place).unwrap(), ledger.refreshed(place));
        }
    }
    assert_eq!(host.log(&patient, LogKind::Timeline).unwrap().len(), 3);
    let status = host.status().unwrap();
    let batch = host.members(&record_id(&host.log(&patient, LogKind::Timeline).unwrap()[0].1.tx, 0)).unwrap();
    let records = u64::try_from(batch.len()).unwrap() * 2 + 1;
    assert!(records > 10);
    assert_eq!(
        (status.identities, status.records, status.transactions, status.held),
        (2, records, 5, records)
    );
    assert_eq!((status.height, status.app_root), (Height(5), host.tip().hash));
}

#[test]
fn a_following_node_takes_the_blocks_of_another_and_nothing_else() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let host = town.ledger(&dir.join("d"));
    let other = Host::create(&dir.join("e"), &town.genesis).unwrap();
    let of = |height| {
        let evidence = host.header(Height(height)).unwrap().unwrap().evidence;
        (host.block(Height(height)).unwrap().unwrap(), evidence)
    };
    let refused = |block: &[u8], evidence: &Evidence, code: &str| {
        let before = other.status().unwrap();
        assert_eq!(other.accept(block, evidence, at(10)).unwrap_err().code(), code);
        assert_eq!(other.status().unwrap(), before);
    };
    for height in 1..=5 {
        let (block, evidence) = of(height);
        // Evidence for another block, a block out of its turn, a block that was cut, one of the future.
        refused(&block, &of(height % 5 + 1).1, "LOC-003");
        refused(&of(height % 5 + 1).0, &evidence, "BLK-001");
        refused(&block[..block.len() - 1], &evidence, "COD-002");
        let early = Timestamp(START.0 - 60_000);
        assert_eq!(other.accept(&block, &evidence, early).unwrap_err().code(), "BLK-004");
        assert_eq!(
            other.accept(&block, &evidence, at(10)).unwrap(),
            host.header(Height(height)).unwrap().unwrap()
        );
        assert_eq!(other.results(Height(height)).unwrap(), host.results(Height(height)).unwrap());
        refused(&block, &evidence, "BLK-001");
    }
    assert_eq!(other.tip(), host.tip());
    // It holds no sealed records, and they are no part of the ledger.
    let (status, of_host) = (other.status().unwrap(), host.status().unwrap());
    assert_eq!((status.app_root, status.records, status.held), (of_host.app_root, of_host.records, 0));
    drop(other);
    let other = Host::open(&dir.join("e")).unwrap();
    assert_eq!(other.tip(), host.tip());
}

#[test]
fn all_of_it_is_there_after_reopening() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let path = dir.join("d");
    let host = town.ledger(&path);
    let (tip, genesis) = (host.tip(), host.genesis().clone());
    drop(host);
    let host = Host::open(&path).unwrap();
    assert_eq!((host.tip(), host.genesis(), host.chain()), (tip, &genesis, town.chain));
    let (id, waiting) = town.anchor(at(6));
    let produced = host.produce(&[waiting], &town.validator, at(6)).unwrap();
    assert_eq!(produced.header.header.height, Height(6));
    assert!(host.open_record(&record_id(&id, 0), &town.secrets()).unwrap().is_some());
}

#[test]
fn records_are_proven_with_what_opens_them() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let host = town.ledger(&dir.join("d"));
    let verifier = Verifier::new(&town.genesis, at(10)).unwrap();
    let timeline = host.log(&town.patient.did, LogKind::Timeline).unwrap();
    let batch = record_id(&timeline[0].1.tx, 0);
    let members = host.members(&batch).unwrap();
    for index in [0, 3, u64::try_from(members.len()).unwrap() - 1] {
        let record = batch_record_id(&batch, index);
        let mut proof = host.record_proof(&record).unwrap().unwrap();
        assert!(!proof.check(&verifier).unwrap().opened);
        // The hospital and the patient open it, nobody else.
        for secret in [town.hospital.agreement.clone(), town.patient.agreement.clone()] {
            proof.opening = Some(host.open_record(&record, &[secret]).unwrap().unwrap().opening);
        }
        let proven = proof.check(&verifier).unwrap();
        assert_eq!((proven.record, proven.subject, proven.opened), (record, town.patient.did, true));
        assert_eq!(proven.commitments, members[usize::try_from(index).unwrap()]);
        assert_eq!(host.open_record(&record, &[]).unwrap_err().code(), "SEA-025");
    }
    let single = record_id(&timeline[1].1.tx, 0);
    assert!(host.open_record(&single, &town.secrets()).unwrap().is_some());
    assert_eq!(host.held(&single).unwrap().unwrap().at, timeline[1].0);
    let unknown = RecordId([9; 32]);
    assert!(host.record_proof(&unknown).unwrap().is_none());
    assert!(host.open_record(&unknown, &town.secrets()).unwrap().is_none());
    assert!(host.members(&unknown).unwrap().is_empty());
}

#[test]
fn an_amendment_keeps_both_records_and_gives_the_newer() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let host = town.ledger(&dir.join("d"));
    let timeline = host.log(&town.patient.did, LogKind::Timeline).unwrap();
    let record = record_id(&timeline[1].1.tx, 0);
    let old = host.open_record(&record, &town.secrets()).unwrap().unwrap().opening;
    let replaces = Version { record, version: 1, commitments: old.commitments().unwrap() }.hash().unwrap();
    let (commitments, sealed) = town.record();
    let amendment = Amendment { record: RecordRef::Known { record }, replaces, commitments };
    let signed = town.hospital.sign(town.chain, at(6), Operation::Amend { amendment }, &[]);
    let waiting = Waiting { transaction: signed.bytes, records: vec![sealed] };
    let produced = host.produce(&[waiting], &town.validator, at(6)).unwrap();
    assert_eq!(produced.outcomes[0].refusal, None);
    let held = host.held(&record).unwrap().unwrap();
    assert_eq!((held.version, held.kept.commitments().unwrap()), (2, commitments));
    let verifier = Verifier::new(&town.genesis, at(10)).unwrap();
    assert_eq!(host.record_proof(&record).unwrap().unwrap().check(&verifier).unwrap().version, 2);
}

#[test]
fn what_is_left_out_says_why() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let host = Host::create(&dir.join("d"), &town.genesis).unwrap();
    let incept = town.incept(at(1));
    let copy = incept.clone();
    let rubbish = Waiting::from(vec![1, 2, 3]);
    let produced = host.produce(&[rubbish, incept, copy], &town.validator, at(1)).unwrap();
    assert_eq!(produced.chosen, [1]);
    assert!(produced.still_waiting.is_empty());
    let why: Vec<_> =
        produced.left_out.iter().map(|(index, error)| (*index, error.rule().to_string())).collect();
    assert_eq!(why, [(0, "OPR-001".to_string()), (2, "OPR-010".to_string())]);
    let error = host.admit(&[1, 2, 3], at(1)).unwrap_err();
    assert_eq!((error.code(), error.element()), ("OPR-001".to_string(), None));
    assert!(error.what().contains("envelope"));
}

#[test]
fn sealed_records_of_something_else_leave_the_ledger_as_it_was() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let host = Host::create(&dir.join("d"), &town.genesis).unwrap();
    let incept = town.incept(at(1));
    host.produce(&[incept], &town.validator, at(1)).unwrap();
    let tip = host.tip();
    let (_, batch) = town.batch(at(2));
    let mut fewer = batch.clone();
    fewer.records.pop();
    let mut swapped = batch.clone();
    swapped.records.swap(0, 1);
    let (_, single) = town.anchor(at(2));
    let stranger = Waiting { records: vec![town.record().1], ..single.clone() };
    for (waiting, code) in [(fewer, "STO-011"), (swapped, "STO-012"), (stranger, "STO-012")] {
        let error = host.produce(&[waiting], &town.validator, at(2)).unwrap_err();
        assert_eq!(error.code(), code);
        assert_eq!(host.tip(), tip);
        assert_eq!(host.block(Height(2)).unwrap(), None);
    }
    // It is not closed: the genuine ones still go in.
    assert_eq!(host.produce(&[batch, single], &town.validator, at(2)).unwrap().chosen.len(), 2);
}

#[test]
fn nothing_is_kept_for_what_was_refused() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let host = Host::create(&dir.join("d"), &town.genesis).unwrap();
    // The patient is not there yet.
    let (id, waiting) = town.anchor(at(1));
    let produced = host.produce(&[waiting], &town.validator, at(1)).unwrap();
    assert!(produced.outcomes[0].refusal.is_some());
    assert!(host.held(&record_id(&id, 0)).unwrap().is_none());
    assert_eq!(host.status().unwrap().held, 0);
}

#[test]
fn states_of_the_last_freshness_span_are_proven() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let host = town.ledger(&dir.join("d"));
    // Ten minutes are fresh: the newer blocks push out the first ones, one after the other.
    for seconds in [500, 602, 604, 606, 3_000, 9_000] {
        let (_, single) = town.anchor(at(seconds));
        host.produce(&[single], &town.validator, at(seconds)).unwrap();
    }
    let lowest = host.snapshot().unwrap().lowest();
    assert_eq!(lowest, Height(10), "the newest one and the one before, though older than the span");
    let patient = town.patient.did;
    let keys = BTreeSet::from([Address::Log(patient, LogKind::Timeline).key(), Address::Headers.key()]);
    for height in 10..=11 {
        let view = host.snapshot().unwrap().at(Height(height)).unwrap();
        let proof = ValueProof::new(&view, &view, &keys).unwrap();
        proof.verify(&host.header(Height(height)).unwrap().unwrap().header.state_root).unwrap();
    }
    let refused = |height| host.snapshot().unwrap().at(Height(height)).err().unwrap().rule().to_string();
    assert_eq!(refused(9), "STO-009");
    assert_eq!(refused(12), "STO-010");
}

#[test]
fn earlier_states_are_what_they_were() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let host = town.ledger(&dir.join("d"));
    let mut ledger = Ledger::new(town.genesis.clone()).unwrap();
    for height in 0..=5 {
        let view = host.snapshot().unwrap().at(Height(height)).unwrap();
        if height > 0 {
            let block = host.block(Height(height)).unwrap().unwrap();
            let evidence = host.header(Height(height)).unwrap().unwrap().evidence;
            ledger.accept(&block, &evidence, at(10)).unwrap();
        }
        let newest = host.snapshot().unwrap();
        let mut later = 0;
        for key in town.keys() {
            let now = ledger.state().get(&key).unwrap();
            assert_eq!(StateRead::get(&view, &key), Ok(now.clone()), "height {height}");
            later += u64::from(StateRead::get(&newest, &key).unwrap() != now);
            let keys = BTreeSet::from([key]);
            let root = host.snapshot().unwrap().app_root(Height(height)).unwrap().unwrap().state_root;
            ValueProof::new(&view, &view, &keys).unwrap().verify(&root).unwrap();
        }
        assert_eq!(later == 0, height == 5, "height {height}");
    }
}

#[test]
fn a_block_is_due_in_time() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let host = town.ledger(&dir.join("d"));
    assert!(!host.is_due(at(64)).unwrap());
    assert!(host.is_due(at(65)).unwrap());
}

#[test]
fn each_directory_that_is_no_ledger_is_named() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let open = |path: &Path| Host::open(path).err().unwrap();
    assert_eq!(open(&dir.join("nothing")).code(), "STO-001");
    assert_eq!(open(&dir.join("nothing")).element(), Some(dir.join("nothing").display().to_string()));
    assert_eq!(Host::create(dir.path(), &town.genesis).err().map(|error| error.code()), None);
    assert_eq!(Host::create(dir.path(), &town.genesis).err().unwrap().code(), "STO-002");
    fs::write(dir.join("file"), b"x").unwrap();
    assert_eq!(Host::create(&dir.join("file"), &town.genesis).err().unwrap().code(), "STO-002");
    let path = dir.join("d");
    let host = town.ledger(&path);
    assert_eq!(open(&path).code(), "STO-003");
    drop(host);
    let genesis = path.join("genesis.cbor");
    let bytes = fs::read(&genesis).unwrap();
    assert_eq!(bytes, encode(&town.genesis).unwrap());
    fs::write(&genesis, &bytes[1..]).unwrap();
    assert_eq!(open(&path).code(), "STO-008");
    fs::remove_file(&genesis).unwrap();
    assert_eq!(open(&path).code(), "STO-001");
    fs::write(&genesis, &bytes).unwrap();
    let ledger = path.join("ledger.redb");
    let bytes = fs::read(&ledger).unwrap();
    fs::write(&ledger, b"not a database at all, whatever its name says").unwrap();
    assert_eq!(open(&path).code(), "STO-004");
    fs::write(&ledger, &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(open(&path).code(), "STO-006");
    fs::remove_file(&ledger).unwrap();
    assert_eq!(open(&path).code(), "STO-001");
    fs::write(&ledger, &bytes).unwrap();
    assert_eq!(Host::open(&path).unwrap().tip().height, Height(5));
}
