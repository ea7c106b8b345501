//! Keys wrapped, wrapped anew, and destroyed.

use super::*;
use crate::agreement::AgreementSecret;
use crate::draft::approve;
use crate::seal::wrap::{recipients, rewrap, unwrap};
use crate::testing::{World, copy};
use medledger_core::crypto::{AgreementKey, AgreementKeyBytes, SecretKey};
use medledger_core::hash::{ChainId, Did};
use medledger_core::identity::DeviceKeys;
use medledger_core::operation::Operation;
use medledger_core::units::Timestamp;

const CHAIN: ChainId = ChainId([7; 32]);

fn secrets() -> [AgreementSecret; 3] {
    [11, 12, 13].map(|seed| AgreementSecret::draw(&mut Dice(seed)))
}

fn record(seed: u64) -> (SealedRecord, RecordKey, Commitments) {
    let form = ContentForm::AsItStands;
    let (mut record, key) = SealedRecord::seal(b"content", form, &facts(), &mut Dice(seed)).unwrap();
    let to: Vec<AgreementKey> = secrets()[..2].iter().map(AgreementSecret::public).collect();
    record.wrap_to(&key, &CHAIN, &to, &mut Dice(seed + 20)).unwrap();
    let commitments = record.header().unwrap().head.commitments;
    (record, key, commitments)
}

#[test]
fn each_recipient_opens_and_nobody_else() {
    let (record, key, commitments) = record(1);
    record.check(&CHAIN, &commitments).unwrap();
    let [device, custodian, stranger] = secrets();
    for own in [&device, &custodian] {
        let found = record.key(core::slice::from_ref(own), &CHAIN).unwrap();
        assert_eq!(found.expose(), key.expose());
        assert_eq!(record.open(&found, &commitments).unwrap().original(), b"content");
    }
    assert_eq!(id(record.key(&[stranger], &CHAIN)), "SEA-025");
    assert_eq!(id(record.key(&[], &CHAIN)), "SEA-025");
}

#[test]
fn a_wrap_for_another_record_recipient_or_ledger_has_its_code() {
    let (record, key, commitments) = record(1);
    let (other, _, others) = self::record(90);
    let [device, custodian, _] = secrets();
    let wrap = &record.wraps[0];
    assert_eq!(id(wrap.open(&custodian, &CHAIN, &commitments)), "SEA-021");
    assert_eq!(id(wrap.open(&device, &CHAIN, &others)), "SEA-022");
    assert_eq!(id(wrap.open(&device, &ChainId([8; 32]), &commitments)), "SEA-023");
    assert_eq!(id(record.check(&ChainId([8; 32]), &commitments)), "SEA-023");
    // One that says what it is not.
    let relabelled = |change: &dyn Fn(&mut Wrap)| {
        let mut wrap = other.wraps[0].clone();
        change(&mut wrap);
        wrap
    };
    let moved = relabelled(&|wrap| wrap.commitments = commitments);
    assert_eq!(id(moved.open(&device, &CHAIN, &commitments)), "SEA-024");
    let moved = relabelled(&|wrap| wrap.chain = ChainId([8; 32]));
    assert_eq!(id(moved.open(&device, &ChainId([8; 32]), &others)), "SEA-024");
    let moved = relabelled(&|wrap| wrap.to = custodian.public());
    assert_eq!(id(moved.open(&custodian, &CHAIN, &others)), "SEA-024");
    for at in 0..wrap.ciphertext.len() {
        let mut altered = wrap.clone();
        altered.ciphertext[at] ^= 1;
        assert_eq!(id(altered.open(&device, &CHAIN, &commitments)), "SEA-024");
    }
    let mut altered = wrap.clone();
    altered.encapsulated.0[5] ^= 1;
    assert_eq!(id(altered.open(&device, &CHAIN, &commitments)), "SEA-024");
    // Anyone can wrap anything to a public key: it is found out before anything is opened.
    let mut planted = record;
    let foreign = RecordKey::draw(&mut Dice(44));
    planted.wraps[0] = Wrap::new(&foreign, (&CHAIN, &commitments), &device.public(), &mut Dice(3)).unwrap();
    assert_eq!(id(planted.key(&[device], &CHAIN)), "SEA-006");
    assert_eq!(id(planted.wrap_to(&foreign, &CHAIN, &[], &mut Dice(3))), "SEA-006");
    let zero = AgreementKey::X25519 { bytes: AgreementKeyBytes([0; 32]) };
    assert_eq!(id(Wrap::new(&key, (&CHAIN, &commitments), &zero, &mut Dice(3))), "SEA-020");
}

#[test]
fn a_new_device_gets_a_wrap_and_a_revoked_one_loses_its_own() {
    let (mut record, key, commitments) = record(1);
    let [device, custodian, added] = secrets();
    let kept = record.wraps[1].clone();
    let to = [custodian.public(), added.public(), custodian.public()];
    // The custodian does it with its own wrap.
    let own = record.key(core::slice::from_ref(&custodian), &CHAIN).unwrap();
    record.wrap_to(&own, &CHAIN, &to, &mut Dice(5)).unwrap();
    assert_eq!(record.wraps.len(), 2);
    assert_eq!(record.wraps[0], kept);
    assert_eq!(record.key(&[added], &CHAIN).unwrap().expose(), key.expose());
    assert_eq!(id(record.key(&[device], &CHAIN)), "SEA-025");
    // Wraps of another record are not kept.
    let (other, ..) = self::record(90);
    let wraps = rewrap(other.wraps, &key, (&CHAIN, &commitments), &to[..1], &mut Dice(5)).unwrap();
    assert!(unwrap(&wraps, &[custodian], &CHAIN, &commitments).is_ok());
}

#[test]
fn what_is_destroyed_opens_for_nobody() {
    let (record, key, commitments) = record(1);
    let (container, recipients) = (record.container().unwrap(), record.wraps.clone());
    let at = Timestamp(5);
    let destroyed = record.destroy(at).unwrap();
    let to: Vec<AgreementKey> = recipients.into_iter().map(|wrap| wrap.to).collect();
    assert_eq!(destroyed, Destroyed { commitments, key: key.commitment(), wraps: to, at });
    // The statement holds neither wraps nor salts.
    let bytes = encode(&destroyed).unwrap();
    for secret in key.expose().chunks(32) {
        assert!(!bytes.windows(32).any(|part| part == secret));
    }
    let kept = Kept::Destroyed { statement: destroyed };
    assert_eq!(id(kept.open(&secrets(), &CHAIN, &commitments)), "SEA-026");
    kept.check(&CHAIN, &commitments).unwrap();
    let (_, _, others) = self::record(90);
    assert_eq!(id(kept.check(&CHAIN, &others)), "SEA-012");
    // A copy of the container that somebody still has says only that it is of these commitments.
    let ghost = SealedRecord { start: ByteBuf::from(container), chunks: None, wraps: Vec::new() };
    assert_eq!(id(unwrap(&ghost.wraps, &secrets(), &CHAIN, &commitments)), "SEA-025");
}

#[test]
fn pieces_that_do_not_fit_are_refused_without_a_secret() {
    let (record, _, commitments) = record(1);
    let (other, _, others) = self::record(90);
    assert_eq!(id(record.check(&CHAIN, &others)), "SEA-012");
    let check = |change: &dyn Fn(&mut SealedRecord)| {
        let mut changed = record.clone();
        change(&mut changed);
        id(changed.check(&CHAIN, &commitments))
    };
    assert_eq!(check(&|record| record.wraps = other.wraps.clone()), "SEA-022");
    assert_eq!(check(&|record| record.chunks.as_mut().unwrap().push(0)), "SEA-010");
    assert_eq!(check(&|record| assert!(record.chunks.as_mut().unwrap().pop().is_some())), "SEA-009");
    assert_eq!(check(&|record| record.start.push(0)), "SEA-010");
    assert_eq!(check(&|record| assert!(record.start.pop().is_some())), "SEA-009");
    assert_eq!(check(&|record| record.chunks = None), "");
    assert_eq!(check(&|record| record.wraps.clear()), "");
    let apart = SealedRecord { chunks: None, ..record.clone() };
    let [device, ..] = secrets();
    let key = apart.key(&[device], &CHAIN).unwrap();
    assert_eq!((id(apart.open(&key, &commitments)), apart.container()), ("SEA-027".to_string(), None));
}

/// A record's key is wrapped to the live devices, and to those that were revoked or never had an agreement key no more.
#[test]
fn the_recipients_are_the_live_devices() {
    let mut world = World::anchored();
    let did = world.patient.did;
    let first = world.patient.keys.agreement.public();
    let of = |world: &World| recipients(world.ledger.state(), &did).unwrap();
    assert_eq!(of(&world), core::slice::from_ref(&first));
    let controller = copy(&world.patient.keys.controller);
    let tablet = SecretKey::from_seed([77; 32]);
    let second = AgreementSecret::draw(&mut Dice(78)).public();
    let device = DeviceKeys { signing: tablet.public(), agreement: Some(second.clone()) };
    let mut draft = world.signer(&world.patient, &controller).draft(Operation::AddDevice { device });
    approve(&mut draft, &tablet).unwrap();
    world.record(&draft, &controller);
    let found = of(&world);
    assert!(found.len() == 2 && found.contains(&first) && found.contains(&second));
    let key = world.patient.keys.device.public().id();
    let draft = world.signer(&world.patient, &controller).draft(Operation::RevokeDevice { key });
    world.record(&draft, &controller);
    assert_eq!(of(&world), [second]);
    assert_eq!(recipients(world.ledger.state(), &Did([9; 32])).unwrap(), []);
}
