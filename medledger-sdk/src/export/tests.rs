#![cfg(all(feature = "seal", feature = "local"))]

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use medledger_core::codec::encode;
use medledger_core::consent::ConsentStatus;
use medledger_core::crypto::SecretKey;
use medledger_core::light::Verifier;
use medledger_core::operation::{Operation, Transaction};
use medledger_core::record::{Amendment, BatchAnchor, BatchEntry, RecordRef, Retraction, Version};
use medledger_core::units::Millis;

use super::*;
use crate::api::ProvenExport as Shown;
use crate::gateway::HeldRecord;
use crate::proof::{ProofFile, ProofKind, ProofReport, check, header};
use crate::seal::Kept;
use crate::story::{ALLERGY, LAB, Story};
use crate::testing::Dice;

mod single;

/// A story with two batches, three consents, a denial, and two sessions of which one was used.
fn told() -> Story {
    let mut story = Story::new();
    let consent = story.grant_doctor(Millis::hours(1));
    let ended = story.grant_doctor(Millis::hours(1));
    story.grant_doctor(Millis::hours(2));
    let ask = story.asks(consent);
    let session = story.open(ask.clone()).unwrap();
    for index in [ALLERGY, LAB] {
        assert_eq!(story.release(&session, index), "");
    }
    assert!(story.open(crate::requester::Ask { purpose: "HMARKT".to_string(), ..ask.clone() }).is_err());
    story.revoke(ended);
    story.open(ask).unwrap();
    story
}

fn export(story: &Story) -> Export {
    export_of(story, story.world.patient.did)
}

fn export_of(story: &Story, subject: Did) -> Export {
    let commitments = |batch: &RecordId| {
        let all = [&story.world.batch, &story.batches[0], &story.batches[1]];
        let log = story.world.ledger.log(&subject, LogKind::Timeline);
        let root = log.iter().find_map(|(_, leaf)| match &leaf.entry {
            LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { batch: of, root, .. } }
                if of == batch =>
            {
                Some(*root)
            }
            _ => None,
        })?;
        all.into_iter().find(|batch| batch.root() == root).map(|batch| batch.commitments.clone())
    };
    story.world.ledger.export(subject, commitments).unwrap().unwrap()
}

fn bytes(export: &Export) -> Vec<u8> {
    ProofFile::Export { export: export.clone() }.encode().unwrap()
}

fn report(story: &Story, export: &Export) -> ProofReport {
    check(&bytes(export), &story.world.verifier(), None)
}

fn code(report: &ProofReport) -> String {
    report.fault_text().map(|(code, _)| code).unwrap_or_default()
}

#[test]
fn an_export_is_everything_of_one_patient() {
    let story = told();
    let export = export(&story);
    let report = report(&story, &export);
    let height = story.world.ledger.tip().height;
    assert_eq!(
        (report.kind, report.height, report.complete),
        (Some(ProofKind::Export), Some(height), Some(false))
    );
    assert_eq!(code(&report), "");
    let proven = report.export.unwrap();
    assert_eq!(proven.claim(), alloc::format!("complete for this identity, as recorded by height {height}"));
    assert_eq!(proven.timeline.len(), 2);
    assert_eq!(proven.records, story.world.batch.count() + 3);
    assert_eq!((proven.consents.len(), proven.active.len()), (3, 2));
    let revoked = |held: &&HeldConsent| held.state.status == ConsentStatus::Revoked;
    assert_eq!(proven.consents.iter().filter(revoked).count(), 1);
    assert_eq!((proven.access.len(), proven.sessions.len(), proven.heads.len()), (3, 2, 2));
    // The transaction that anchored records of two patients is not in it; that of the sample's batch is.
    let others = story.other.did;
    let raw = bytes(&export);
    assert!(!raw.windows(32).any(|window| window == others.0));
    let operations: Vec<&str> = export
        .transactions
        .iter()
        .map(|bytes| {
            Transaction::decode(bytes, &story.world.ledger.tip().chain).unwrap().body.operation.name()
        })
        .collect();
    assert_eq!(operations.iter().filter(|name| **name == "batch anchor").count(), 1);
    assert_eq!(operations.iter().filter(|name| **name == "access session").count(), 3);
    let wallet = &story.wallet;
    let verifier = story.world.verifier();
    assert!(wallet.check_export(&raw, &verifier, None).unwrap().is_valid());
    let other = bytes(&export_of(&story, others));
    assert!(wallet.check_export(&other, &verifier, None).is_err());
}

#[test]
fn it_is_complete_once_each_custodian_has_closed() {
    let mut story = told();
    let sessions: Vec<_> = report(&story, &export(&story)).export.unwrap().sessions;
    story.gateway.close(sessions[0].session, story.world.clock);
    assert_eq!(story.anchor_logs().1, 0);
    let first = report(&story, &export(&story));
    assert_eq!((first.complete, first.is_valid()), (Some(false), true));
    let proven = first.export.unwrap();
    assert_eq!((proven.unclosed().len(), Shown::from(&proven).claim), (1, None));
    assert_eq!(proven.unclosed()[0].session, sessions[1].session);
    let close = proven.sessions[0].custodians[0].close.unwrap();
    assert_eq!((close.count, proven.heads[0].head.as_ref().unwrap().count), (2, 2));
    // Nothing was asked under the second one: its close counts 0, however late.
    story.pass(Millis::hours(30));
    story.gateway.close(sessions[1].session, story.world.clock);
    assert_eq!(story.anchor_logs().1, 0);
    let last = report(&story, &export(&story));
    assert_eq!((last.complete, code(&last)), (Some(true), String::new()));
    let proven = last.export.unwrap();
    assert_eq!(proven.sessions[1].custodians[0].close.unwrap().count, 0);
    assert_eq!(Shown::from(&proven).claim, Some(proven.claim()));
}

#[test]
fn each_tampering_with_a_log_has_its_own_code() {
    let story = told();
    let good = export(&story);
    let other = export_of(&story, story.other.did);
    type Log = fn(&mut Export) -> &mut Vec<Event>;
    let access: Log = |export| &mut export.logs.access;
    let authority: Log = |export| &mut export.logs.authority;
    let timeline: Log = |export| &mut export.logs.timeline;
    for log in [access, authority, timeline] {
        let with = |change: &dyn Fn(&mut Vec<Event>)| {
            let mut export = good.clone();
            change(log(&mut export));
            code(&report(&story, &export))
        };
        assert_eq!(with(&|log| drop(log.remove(0))), "LGT-060");
        assert_eq!(with(&|log| log.insert(1, log[0].clone())), "LGT-061");
        assert_eq!(with(&|log| log.push(log[0].clone())), "LGT-061");
        assert_eq!(with(&|log| log.swap(0, 1)), "LGT-062");
        assert_eq!(with(&|log| drop(log.pop())), "LGT-063");
        assert_eq!(with(&|log| log.clear()), "LGT-063");
        assert_eq!(with(&|log| log[1].subject = story.other.did), "LGT-064");
        assert_eq!(with(&|log| log[1].leaf.time.0 += 1), "LGT-015");
        assert_eq!(with(&|log| log[1] = Event { position: 1, ..log[0].clone() }), "LGT-015");
        assert_eq!(
            with(&|log| {
                let more = Event { position: log.len() as u64, ..log[0].clone() };
                log.push(more);
            }),
            "LGT-014"
        );
    }
    let mut swapped = good.clone();
    swapped.logs.timeline[1] = other.logs.timeline[0].clone();
    assert_eq!(code(&report(&story, &swapped)), "LGT-064");
    let relabelled = Event { subject: good.subject, position: 1, ..other.logs.timeline[0].clone() };
    swapped.logs.timeline[1] = relabelled;
    assert_eq!(code(&report(&story, &swapped)), "LGT-015");
    swapped.logs.timeline = good.logs.access.clone();
    assert_eq!(code(&report(&story, &swapped)), "LGT-016");
    // Another patient's whole export under this patient's name.
    assert_eq!(code(&report(&story, &Export { subject: good.subject, ..other })), "LGT-010");
}

#[test]
fn a_rolled_back_export_is_noticed_by_who_has_seen_a_newer_header() {
    let mut story = told();
    let old = bytes(&export(&story));
    story.pass(Millis(1_000));
    let verifier = story.world.verifier();
    let tip = story.world.ledger.tip().height;
    let seen = medledger_core::codec::encode(story.world.ledger.header(tip).unwrap()).unwrap();
    let seen = header(&seen, &verifier).unwrap();
    let plain = check(&old, &verifier, None);
    assert!(plain.is_valid() && plain.height < Some(tip));
    let behind = check(&old, &verifier, Some(&seen));
    assert_eq!((code(&behind).as_str(), behind.height), ("LGT-050", plain.height));
    assert!(check(&bytes(&export(&story)), &verifier, Some(&seen)).is_valid());
}

#[test]
fn batches_are_rebuilt_whole() {
    let story = told();
    let good = export(&story);
    let with = |change: &dyn Fn(&mut Vec<ExportedBatch>)| {
        let mut export = good.clone();
        change(&mut export.batches);
        code(&report(&story, &export))
    };
    assert_eq!(with(&|batches| drop(batches.pop())), "LGT-065");
    assert_eq!(with(&|batches| drop(batches.remove(0))), "LGT-065");
    let of = |batch: &mut ExportedBatch| batch.commitments.take().unwrap();
    let but = |change: &dyn Fn(&mut Vec<Commitments>)| {
        with(&|batches| {
            let mut commitments = of(&mut batches[0]);
            change(&mut commitments);
            batches[0].commitments = Some(commitments);
        })
    };
    assert_eq!(but(&|commitments| commitments.truncate(1)), "LGT-066");
    assert_eq!(but(&|commitments| commitments.swap(0, 1)), "LGT-066");
    // None is no way to say that there are none.
    assert_eq!(but(&|commitments| commitments.clear()), "LGT-066");
    assert_eq!(with(&|batches| batches.swap(0, 1)), "LGT-067");
    assert_eq!(with(&|batches| batches.push(batches[0].clone())), "LGT-067");
}

#[test]
fn what_was_not_handed_over_is_told_and_nothing_else_is_lost() {
    let mut story = told();
    let sessions = report(&story, &export(&story)).export.unwrap().sessions;
    for session in &sessions {
        story.gateway.close(session.session, story.world.clock);
    }
    assert_eq!(story.anchor_logs().1, 0);
    let good = export(&story);
    let whole = report(&story, &good);
    assert_eq!(
        (whole.complete, crate::api::ProofReport::from(&whole).not_handed_over.len()),
        (Some(true), 0)
    );
    let whole = whole.export.unwrap();
    // Whoever makes it has neither batch; or somebody takes out one, which can't be told apart from that.
    let bare = story.world.ledger.export(good.subject, |_| None).unwrap().unwrap();
    let mut robbed = good.clone();
    robbed.batches[0].commitments = None;
    for (export, missing) in [(bare, 2), (robbed, 1)] {
        let report = report(&story, &export);
        assert_eq!((code(&report), report.complete), (String::new(), Some(false)));
        let shown = crate::api::ProofReport::from(&report).not_handed_over;
        let proven = report.export.unwrap();
        assert_eq!((shown.len(), proven.not_handed_over.len()), (missing, missing));
        assert_eq!((Shown::from(&proven).claim, proven.is_complete()), (None, false));
        let LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { batch, custodian, root, count } } =
            export.logs.timeline[0].leaf.entry
        else {
            panic!("the first entry is a batch")
        };
        assert_eq!(proven.not_handed_over[0], NotHandedOver { batch, custodian, root, count });
        // All else is the same, how many records there are included.
        assert_eq!(ProvenExport { not_handed_over: Vec::new(), ..proven }, whole);
    }
    // Sealed records of a batch that is not in the export can't be checked, and are not in it either.
    let (record, held) = story.held(0, ALLERGY);
    let kept = encode(&Kept::Sealed { record: held.sealed }).unwrap();
    let mut smuggled = good;
    smuggled.records = Vec::from([ExportedRecord::new(record, 1, kept)]);
    assert_eq!(code(&report(&story, &smuggled)), "");
    smuggled.batches[1].commitments = None;
    assert_eq!(code(&report(&story, &smuggled)), "LGT-072");
}

#[test]
fn a_stranger_who_anchors_for_a_patient_blocks_nothing_and_is_named() {
    let mut story = told();
    let before = report(&story, &export(&story)).export.unwrap();
    // Whoever has an identity can name itself as custodian; nobody asks the patient.
    let (subject, custodian) = (story.world.patient.did, story.doctor.did);
    let (root, count) = (LogRoot([7; 32]), medledger_core::limits::BATCH_RECORDS);
    let entries = Vec::from([BatchEntry { subject, root, count }]);
    let key = SecretKey::from_seed(*story.doctor.keys.device.seed());
    let batch = BatchAnchor { custodian, entries };
    let draft = story.world.signer(&story.doctor, &key).draft(Operation::AnchorBatch { batch });
    story.world.record(&draft, &key);
    let report = report(&story, &export(&story));
    assert_eq!((code(&report), report.complete), (String::new(), Some(false)));
    let after = report.export.unwrap();
    let missing: Vec<_> =
        after.not_handed_over.iter().map(|batch| (batch.custodian, batch.root, batch.count)).collect();
    assert_eq!(missing, [(custodian, root, count)]);
    assert_eq!(after.records, before.records + count);
}

#[test]
fn transactions_are_those_that_were_signed_and_none_of_others() {
    let story = told();
    let good = export(&story);
    let with = |change: &dyn Fn(&mut Vec<ByteBuf>)| {
        let mut export = good.clone();
        change(&mut export.transactions);
        code(&report(&story, &export))
    };
    let last = good.transactions.len() - 1;
    assert_eq!(with(&|all| drop(all.pop())), "LGT-068");
    assert_eq!(with(&|all| drop(all.remove(last - 1))), "LGT-068");
    assert_eq!(with(&|all| all.swap(last - 1, last)), "LGT-069");
    assert_eq!(with(&|all| all.push(all[0].clone())), "LGT-069");
    // The signature alone: the id does not cover it.
    assert_eq!(
        with(&|all| {
            let end = all[last].len() - 40;
            all[last][end] ^= 1;
        }),
        "LGT-071"
    );
    assert_eq!(with(&|all| all[last].truncate(9)), "LGT-071");
    // The transaction behind the second batch concerns another patient too.
    let tx = good.logs.timeline[1].leaf.tx;
    let bytes = ByteBuf::from(story.world.ledger.transaction(&tx).unwrap());
    assert_eq!(with(&|all| all.insert(1, bytes.clone())), "LGT-070");
    // Whether a batch's is behind one entry or many, the entry does not tell.
    assert_eq!(behind(&good.logs).iter().filter(|(_, required)| !required).count(), 2);
}

#[test]
fn consents_and_heads_are_those_of_the_state() {
    let story = told();
    let good = export(&story);
    let mut altered = good.clone();
    let value = altered.state.values.last_mut().unwrap();
    value[0] ^= 1;
    assert_eq!(code(&report(&story, &altered)), "STA-002");
    // A proof that leaves out a slot of the active consents, or covers more.
    let recorder = medledger_core::state::Recorder::new(story.world.ledger.state());
    let signers = good
        .transactions
        .iter()
        .map(|bytes| Transaction::decode(bytes, &story.world.ledger.tip().chain).unwrap().body.key);
    assert!(gather(&recorder, good.subject, &good.logs, &signers.collect()).is_ok());
    let keys = recorder.keys();
    for (hide, key) in [(true, Address::ConsentSlot(good.subject, 2)), (false, Address::Headers)] {
        let mut keys = keys.clone();
        assert!(if hide { keys.remove(&key.key()) } else { keys.insert(key.key()) });
        let state = story.world.ledger.certified(&keys).unwrap().values;
        assert_eq!(code(&report(&story, &Export { state, ..good.clone() })), "LGT-010");
    }
}

#[test]
fn a_thousand_changes_of_an_export_are_each_refused() {
    let mut story = told();
    let sessions = report(&story, &export(&story)).export.unwrap().sessions;
    for session in &sessions {
        story.gateway.close(session.session, story.world.clock);
    }
    assert_eq!(story.anchor_logs().1, 0);
    let good = bytes(&export(&story));
    let verifier: Verifier = story.world.verifier();
    assert_eq!(check(&good, &verifier, None).complete, Some(true));
    let (bits, changes) = (good.len() * 8, 1_000);
    for n in 0..changes {
        let bit = n * bits / changes;
        let mut bad = good.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        assert!(!check(&bad, &verifier, None).is_valid(), "bit {bit}");
    }
}

#[test]
fn sealed_records_travel_in_an_export_and_open_for_the_patient_alone() {
    let story = told();
    let mut export = export(&story);
    let chain = story.world.ledger.tip().chain;
    let patient = story.world.patient.keys.agreement.public();
    let mut kept = Vec::new();
    for index in [ALLERGY, LAB] {
        let (record, held) = story.held(0, index);
        let mut sealed = held.sealed;
        sealed.wrap_to(&held.key, &chain, core::slice::from_ref(&patient), &mut Dice(index)).unwrap();
        kept.push((record, Kept::Sealed { record: sealed }));
    }
    let exported = |(record, kept): &(RecordId, Kept)| ExportedRecord::new(*record, 1, encode(kept).unwrap());
    export.records = kept.iter().map(exported).collect();
    let check = |export: &Export| code(&report(&story, export));
    assert_eq!(check(&export), "");
    let found = super::kept(&export).unwrap();
    for (own, n) in found.iter().zip(["1", "2"]) {
        let open = |secret| own.kept.open(&[secret], &chain, &own.commitments);
        let opened = open(story.world.patient.keys.agreement.clone()).unwrap();
        assert_eq!(opened.original(), alloc::format!("{{\"n\":{n}}}").as_bytes());
        assert!(open(story.doctor.keys.agreement.clone()).is_err());
    }
    let changed = |change: &dyn Fn(&mut Vec<ExportedRecord>)| {
        let mut export = export.clone();
        change(&mut export.records);
        check(&export)
    };
    assert_eq!(changed(&|records| drop(records.remove(0))), "");
    assert_eq!(changed(&|records| records.swap(0, 1)), "LGT-072");
    assert_eq!(changed(&|records| records[1] = records[0].clone()), "LGT-072");
    assert_eq!(changed(&|records| records[0].version = 2), "LGT-072");
    assert_eq!(changed(&|records| records[0].record = RecordId([1; 32])), "LGT-072");
    for at in (0..export.records[0].kept.len()).step_by(7) {
        assert_eq!(changed(&|records| records[0].kept[at] ^= 1), "LGT-073");
    }
    let other = exported(&(kept[0].0, kept[1].1.clone()));
    assert_eq!(changed(&|records| records[0] = other.clone()), "LGT-073");
    let (_, Kept::Sealed { record }) = &kept[0] else { panic!("it is sealed") };
    let statement = record.clone().destroy(story.world.clock).unwrap();
    let gone = exported(&(kept[0].0, Kept::Destroyed { statement }));
    assert_eq!(changed(&|records| records[0] = gone.clone()), "");
}

#[test]
fn what_was_entered_in_error_or_superseded_is_told_with_what_is_kept() {
    let mut story = told();
    let key = SecretKey::from_seed(*story.world.hospital.keys.device.seed());
    let own = [ALLERGY, LAB].map(|index| story.held(0, index));
    let named = |held: &HeldRecord| {
        let member = held.proof.member.clone().unwrap();
        let (batch, index) = (held.batch().unwrap(), member.index);
        RecordRef::InBatch { batch, index, commitments: member.commitments, path: member.path }
    };
    let [(_, allergy), (lab, held)] = &own;
    let retraction = Retraction { record: named(allergy) };
    let draft = story.world.hospital_signs().draft(Operation::EnterInError { retraction });
    story.world.record(&draft, &key);
    let commitments = held.proof.member.as_ref().unwrap().commitments;
    let first = Version { record: *lab, version: 1, commitments };
    let amendment = Amendment {
        record: named(held),
        replaces: first.hash().unwrap(),
        commitments: allergy.proof.member.as_ref().unwrap().commitments,
    };
    let draft = story.world.hospital_signs().draft(Operation::Amend { amendment });
    story.world.record(&draft, &key);
    let mut export = export(&story);
    let kept = |(record, held): &(RecordId, HeldRecord)| {
        let kept = Kept::Sealed { record: held.sealed.clone() };
        ExportedRecord::new(*record, 1, encode(&kept).unwrap())
    };
    export.records = own.iter().map(kept).collect();
    let found = super::kept(&export).unwrap();
    let told: Vec<_> = found.iter().map(|own| (own.entered_in_error, own.superseded)).collect();
    assert_eq!(told, [(true, false), (false, true)]);
}
