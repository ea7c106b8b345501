use alloc::vec;

use super::*;
use crate::api::facts::tests::lab;
use crate::api::identities::NewIdentity;
use crate::api::key::{AgreementKey, Quiet};
use crate::api::ledger::tests::World;
use crate::api::light::check_proof;
use crate::api::{ContentForm, Time, batch_record_id, record_id, record_version, seal_record};
use crate::fhir::SAMPLE_BUNDLE;
use crate::testing::Dice;

const NOW: Time = crate::api::ledger::tests::NOW;

fn batch(chain: &str, recipient: &AgreementKey) -> Batch {
    let to = [recipient.public_key()];
    Batch::seal_bundle(SAMPLE_BUNDLE, chain, &to, &mut Quiet, &mut Dice(5)).unwrap()
}

impl World {
    fn chain(&self) -> String {
        self.ledger.status().chain
    }

    /// Records a draft of the hospital's; its transaction and the rule that it broke.
    fn hospital(&mut self, draft: impl FnOnce(&Sender) -> Draft) -> (String, Option<String>) {
        let draft = draft(&self.sender(&self.hospital));
        let (transaction, block) = self.record(&draft, &self.hospital.device());
        (transaction, block.results[0].rule.clone())
    }

    fn checked(&self, file: &[u8]) -> (bool, Option<String>) {
        let report = check_proof(file, &self.ledger.genesis().unwrap(), NOW, None).unwrap();
        (report.valid, report.fault.map(|fault| fault.code))
    }
}

fn one(seed: u64) -> (SealedRecord, Commitments) {
    let record = seal_record(b"DICM", ContentForm::AsItStands, &lab(), &mut Dice(seed)).unwrap();
    let commitments = record.commitments().unwrap();
    (record, commitments)
}

#[test]
fn a_bundle_from_its_sealing_to_proofs_of_its_records() {
    let mut world = World::new();
    let secret = AgreementKey::draw(&mut Dice(9));
    let batch = batch(&world.chain(), &secret);
    let (did, entry) = (world.patient.did(), batch.entry(&world.patient.did()).unwrap());
    assert_eq!((entry.count.0, &entry.root), (batch.count(), &batch.root()));
    let entries = [entry];
    let (transaction, rule) = world.hospital(|sender| anchor_batch(sender, &entries, None).unwrap());
    assert_eq!(rule, None);
    let receipt = world.ledger.receipt(&transaction, &did).unwrap();
    for index in 0..batch.count() {
        let record = batch.record(index).unwrap();
        let key = record.unwrap(&secret, &world.chain()).unwrap();
        let commitments = batch.member(index).unwrap().commitments;
        let opening = record.open(&key, &commitments, &mut Quiet).unwrap().opening().unwrap();
        let member = batch.member(index).unwrap();
        assert_eq!(batch_member(&batch.commitments(), index).unwrap(), member);
        let bare = record_proof(&receipt, Some(&member), None).unwrap();
        let opened = record_proof(&receipt, Some(&member), Some(&opening)).unwrap();
        assert_eq!((world.checked(&bare), world.checked(&opened)), ((true, None), (true, None)));
        assert!(opened.len() > bare.len());
    }
    assert_eq!(batch.record(batch.count()).unwrap_err().code, "API-007");
    for index in [batch.count(), u64::MAX] {
        assert_eq!(batch.member(index).unwrap_err().code, "MRK-001");
        assert_eq!(batch_member(&batch.commitments(), index).unwrap_err().code, "MRK-001");
    }
}

#[test]
fn what_does_not_belong_together_is_no_proof() {
    let mut world = World::new();
    let batch = batch(&world.chain(), &AgreementKey::draw(&mut Dice(9)));
    let did = world.patient.did();
    let entries = [batch.entry(&did).unwrap()];
    let (transaction, _) = world.hospital(|sender| anchor_batch(sender, &entries, None).unwrap());
    let receipt = world.ledger.receipt(&transaction, &did).unwrap();
    let (record, commitments) = one(3);
    let (of_one, _) = world.hospital(|sender| anchor_record(sender, &did, &commitments, None).unwrap());
    let single = world.ledger.receipt(&of_one, &did).unwrap();
    let opening = record.key().unwrap().opening(b"DICM", &lab()).unwrap();
    let member = batch.member(0).unwrap();
    assert_eq!(world.checked(&record_proof(&single, None, Some(&opening)).unwrap()), (true, None));

    let code = |receipt: &[u8], member: Option<&BatchMember>, opening: Option<&[u8]>| {
        record_proof(receipt, member, opening).unwrap_err().code.clone()
    };
    assert_eq!(code(&receipt, None, None), "LGT-013");
    assert_eq!(code(&single, Some(&member), None), "LGT-013");
    let moved = BatchMember { index: Count(1), ..member.clone() };
    assert_eq!(code(&receipt, Some(&moved), None), "LGT-012");
    let far = BatchMember { index: Count(u64::MAX), ..member.clone() };
    assert_eq!(code(&receipt, Some(&far), None), "LGT-012");
    let longer = BatchMember { path: vec!["00".repeat(32); 1_000], ..member.clone() };
    assert_eq!(code(&receipt, Some(&longer), None), "LGT-012");
    assert_eq!(code(&receipt, Some(&member), Some(&opening)), "REC-006");
    let facts = record.key().unwrap().opening(b"DICM", &crate::api::Facts { labels: None, ..lab() }).unwrap();
    assert_eq!(code(&single, None, Some(&facts)), "REC-007");
    let (_, granted) = world.grant();
    let of_consent = world.ledger.receipt(&granted, &did).unwrap();
    assert_eq!(code(&of_consent, None, None), "LGT-011");
    let wrong = BatchMember { path: vec!["0".to_string()], ..member };
    assert_eq!(code(&receipt, Some(&wrong), None), "API-002");
    for cut in [0, 1, receipt.len() - 1] {
        assert_eq!(record_proof(&receipt[..cut], None, None).unwrap_err().kind.as_str(), "malformed");
        assert!(record_proof(&single, None, Some(&opening[..cut.min(opening.len() - 1)])).is_err());
    }
}

#[test]
fn records_are_amended_and_retracted() {
    let mut world = World::new();
    let (did, (_, first), (_, second)) = (world.patient.did(), one(3), one(4));
    let (transaction, rule) = world.hospital(|sender| anchor_record(sender, &did, &first, None).unwrap());
    assert_eq!(rule, None);
    let record = record_id(&transaction, 0).unwrap();
    let current = record_version(&record, 1, &first).unwrap();
    let mut amend =
        |replaces: &str| world.hospital(|sender| amend_record(sender, &record, replaces, &second).unwrap()).1;
    assert_eq!((amend(&current), amend(&current)), (None, Some("REC-012".to_string())));
    let mut retract = || world.hospital(|sender| retract_record(sender, &record).unwrap()).1;
    assert_eq!((retract(), retract()), (None, Some("REC-013".to_string())));
    let kinds: Vec<&str> =
        world.ledger.timeline(&did).unwrap().entries.iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds, ["anchored", "amended", "entered-in-error"]);
}

#[test]
fn records_of_a_batch_are_named_by_their_place() {
    let mut world = World::new();
    let batch = batch(&world.chain(), &AgreementKey::draw(&mut Dice(9)));
    let (did, (_, second)) = (world.patient.did(), one(4));
    let entries = [batch.entry(&did).unwrap()];
    let (transaction, _) = world.hospital(|sender| anchor_batch(sender, &entries, None).unwrap());
    let of = record_id(&transaction, 0).unwrap();
    let (zero, one) = (batch.member(0).unwrap(), batch.member(1).unwrap());
    let current = record_version(&batch_record_id(&of, 1).unwrap(), 1, &one.commitments).unwrap();
    let (_, rule) =
        world.hospital(|sender| amend_batch_record(sender, &of, &one, &current, &second).unwrap());
    assert_eq!(rule, None);
    assert_eq!(world.hospital(|sender| retract_batch_record(sender, &of, &zero).unwrap()).1, None);
    let moved = BatchMember { index: Count(2), ..zero };
    let (_, rule) = world.hospital(|sender| retract_batch_record(sender, &of, &moved).unwrap());
    assert_eq!(rule.as_deref(), Some("REC-016"));
}

#[test]
fn another_custodian_approves() {
    let mut world = World::new();
    let did = world.patient.did();
    let (_, commitments) = one(3);
    let clinic = NewIdentity::draw(crate::api::IdentityKind::Organisation, &mut Dice(77)).unwrap();
    let (_, rule) = world.hospital(|sender| clinic.incept(sender).unwrap());
    assert_eq!(rule, None);
    let of_clinic = |sender: &Sender| anchor_record(sender, &did, &commitments, Some(&clinic.did())).unwrap();
    assert!(world.hospital(of_clinic).1.is_some(), "the custodian has not agreed");
    let approved = |sender: &Sender| {
        let mut draft = of_clinic(sender);
        draft.approve(&clinic.device()).unwrap();
        draft
    };
    assert_eq!(world.hospital(approved).1, None);
    assert_eq!(world.ledger.timeline(&did).unwrap().entries[0].custodian, Some(clinic.did()));
}

#[test]
fn batches_are_checked_before_they_are_signed() {
    let world = World::new();
    let sender = world.sender(&world.hospital);
    let (_, commitments) = one(3);
    let mut batch = Batch::new();
    let empty = batch.entry(&world.patient.did()).unwrap();
    assert_eq!(anchor_batch(&sender, &[], None).unwrap_err().code, "REC-014");
    assert_eq!(anchor_batch(&sender, core::slice::from_ref(&empty), None).unwrap_err().code, "REC-014");
    assert_eq!((batch.push(&commitments).unwrap(), batch.push(&commitments).unwrap()), (0, 1));
    assert_eq!((batch.count(), batch.commitments().len()), (2, 2));
    let entry = batch.entry(&world.patient.did()).unwrap();
    assert_ne!(entry.root, empty.root);
    let twice = [entry.clone(), entry.clone()];
    assert_eq!(anchor_batch(&sender, &twice, None).unwrap_err().code, "REC-015");
    let most = BatchEntry { count: Count(u64::MAX), ..entry.clone() };
    assert_eq!(anchor_batch(&sender, &[most], None).unwrap_err().code, "REC-014");
    let other = BatchEntry { subject: world.hospital.did(), ..entry.clone() };
    let both = [other, entry.clone()];
    let reversed: Vec<BatchEntry> = both.iter().rev().cloned().collect();
    let bytes = |entries: &[BatchEntry]| anchor_batch(&sender, entries, None).unwrap().to_bytes().unwrap();
    assert_eq!(bytes(&both), bytes(&reversed), "entries need no order");

    let wrong = BatchEntry { root: "x".to_string(), ..entry.clone() };
    let codes = [
        anchor_batch(&sender, &[wrong], None).unwrap_err().code.clone(),
        anchor_batch(&sender, &[entry], Some("nobody")).unwrap_err().code.clone(),
        batch.entry("did:key:z6Mk").unwrap_err().code.clone(),
        batch.push(&Commitments { content: String::new(), ..commitments.clone() }).unwrap_err().code.clone(),
        anchor_record(&sender, "", &commitments, None).unwrap_err().code.clone(),
        amend_record(&sender, "", "", &commitments).unwrap_err().code.clone(),
        amend_record(&sender, &"00".repeat(32), "", &commitments).unwrap_err().code.clone(),
        retract_record(&sender, "0").unwrap_err().code.clone(),
    ];
    assert!(codes.iter().all(|code| code == "API-002"), "{codes:?}");
    assert_eq!(batch.count(), 2);
}

#[test]
fn sealing_a_bundle_is_told_of_and_stopped() {
    let to = [AgreementKey::draw(&mut Dice(9)).public_key()];
    let chain = "00".repeat(32);
    let mut steps = Vec::new();
    let mut told = |done, total| {
        steps.push((done, total));
        true
    };
    let all = Batch::seal_bundle(SAMPLE_BUNDLE, &chain, &to, &mut told, &mut Dice(5)).unwrap().count();
    assert_eq!(steps, (0..=all).map(|done| (done, all)).collect::<Vec<_>>());
    let code = |bundle: &[u8], to: &[Vec<u8>], go: bool| {
        Batch::seal_bundle(bundle, &chain, to, &mut |_, _| go, &mut Dice(5)).unwrap_err().code.clone()
    };
    assert_eq!(code(SAMPLE_BUNDLE, &to, false), "API-009");
    assert_eq!(code(SAMPLE_BUNDLE, &[], true), "SEA-025");
    assert_eq!(code(SAMPLE_BUNDLE, &[vec![0; 32]], true), "SEA-020");
    assert_eq!(code(SAMPLE_BUNDLE, &[vec![]], true), "API-003");
    assert_eq!(code(b"{\"resourceType\":\"Bundle\"}", &to, true), "FHR-009");
    assert_eq!(code(&[0xff; 100], &to, true), "FHR-002");
}

#[test]
fn what_another_key_sealed_for_another_does_not_open() {
    let (secret, other) = (AgreementKey::draw(&mut Dice(9)), AgreementKey::draw(&mut Dice(10)));
    let record = batch(&"00".repeat(32), &secret).record(0).unwrap();
    assert_eq!(record.unwrap(&other, &"00".repeat(32)).unwrap_err().code, "SEA-025");
    assert_eq!(record.key().unwrap_err().code, "API-007");
}
