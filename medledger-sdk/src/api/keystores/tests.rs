#![cfg(feature = "local")]

use alloc::vec;

use super::*;
use crate::api::identity::IdentityKind;
use crate::api::ledger::tests::{HOUR, NOW, World};
use crate::api::restoring::*;
use crate::api::sheets::Sheet;
use crate::testing::Dice;

const CHEAP: PassphraseCost = PassphraseCost { memory: Count(19 * 1_024), passes: Count(2), lanes: Count(1) };
/// The 24 words of BIP-39's first test vector.
const ABANDON: &str = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon \
    abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon art";

/// A patient with two sheets, one identity on a ledger, and a keystore that knows it.
struct Patient {
    world: World,
    first: SheetKeys,
    second: SheetKeys,
    keystore: Keystore,
    did: String,
}

impl Patient {
    fn new() -> Self {
        let (mut world, mut rng) = (World::new(), Dice(40));
        let first = Sheet::draw(&mut rng).unwrap().keys("");
        let second = Sheet::draw(&mut rng).unwrap().keys("");
        let mut keystore = Keystore::new(&world.ledger.status().chain, &second.successor_digests()).unwrap();
        let digest = keystore.successor_digest(0).unwrap();
        let new = first.relationship(0, &digest, IdentityKind::Patient, &mut rng).unwrap();
        keystore.keep(&new, "hospital").unwrap();
        let draft = new.incept(&world.sender(&world.hospital)).unwrap();
        world.record(&draft, &world.hospital.device());
        Self { did: new.did(), world, first, second, keystore }
    }

    /// Asks in rounds, as of a remote ledger.
    fn proven(&self, sheet: &SheetKeys) -> ProvenState {
        let (client, mut all) = (self.world.client(), vec![]);
        let mut state = None;
        loop {
            let asks = restore_asks(sheet, state.as_ref()).unwrap();
            if asks.is_empty() {
                return state.unwrap();
            }
            all.extend(asks);
            state = Some(client.read_state(&self.world.ledger.prove_state(&all).unwrap()).unwrap());
        }
    }
}

#[test]
fn a_lost_phone_is_restored_from_the_first_sheet() {
    let patient = Patient::new();
    let found = restore(&patient.first, &patient.proven(&patient.first)).unwrap();
    assert_eq!((found.len(), found[0].did.as_str()), (1, patient.did.as_str()));
    assert_eq!((found[0].standing, found[0].devices[0].live), (SheetStanding::Current, true));
    let mut again = Keystore::new(&patient.world.ledger.status().chain, &[]).unwrap();
    again.keep_found(&patient.first, &found[0], 0, "hospital").unwrap();
    assert_eq!(again.identities(), patient.keystore.identities());
    let key = again.signing_key(&patient.did).unwrap();
    assert_eq!(key.id(), found[0].devices[0].key);
    assert_eq!(key.public_key(), patient.first.device(0, 0).unwrap().public_key());
    assert_eq!(
        again.agreement_key(&patient.did).unwrap().public_key(),
        patient.first.agreement(0, 0).unwrap().public_key()
    );
    let stranger = Sheet::draw(&mut Dice(77)).unwrap().keys("");
    assert_eq!(restore(&stranger, &patient.proven(&stranger)).unwrap_err().code, "WAL-020");
    assert_eq!(restore(&stranger, &patient.proven(&patient.first)).unwrap_err().code, "API-008");
}

#[test]
fn the_second_sheet_takes_over() {
    let mut patient = Patient::new();
    let drawn = Sheet::draw(&mut Dice(90)).unwrap();
    let next = drawn.confirm(&drawn.words().to_uppercase(), "").unwrap();
    assert_eq!(drawn.confirm(ABANDON, "").unwrap_err().code, "WAL-013");
    let dids = [patient.did.clone()];
    let state = |patient: &Patient| patient.proven(&patient.first);
    let due = plan_rotation(&patient.second, &dids, &state(&patient)).unwrap();
    assert_eq!((due[0].turn, due[0].identity), (RotationTurn::Due, Some(Count(0))));
    assert_eq!(plan_rotation(&patient.first, &dids, &state(&patient)).unwrap_err().code, "WAL-041");
    let successor = due[0].successor.clone().unwrap();
    let sender = patient.world.ledger.sender(&patient.did, &successor, NOW, HOUR).unwrap();
    let proven = state(&patient);
    let signed = patient.keystore.rotate(&sender, &patient.second, &next, &proven, &[]).unwrap();
    patient.world.ledger.submit(&signed.bytes.0, NOW).unwrap();
    let block = patient.world.ledger.produce(&patient.world.validator, NOW).unwrap();
    assert_eq!(block.results[0].rule, None);
    let found = restore(&patient.second, &patient.proven(&patient.second)).unwrap();
    assert_eq!(patient.keystore.identities()[0].key, found[0].devices[0].key);
    let old = restore(&patient.first, &patient.proven(&patient.first)).unwrap();
    assert_eq!((old[0].standing, old[0].devices[0].live), (SheetStanding::Superseded, false));
    let proven = state(&patient);
    let again = patient.keystore.rotate(&sender, &patient.second, &next, &proven, &[]);
    assert!(matches!(again.unwrap_err().code.as_str(), "API-007" | "WAL-041"));
    let digests = drawn.keys("").successor_digests();
    patient.keystore.set_successors(&digests).unwrap();
    assert_eq!(patient.keystore.successor_digest(63), digests.last().cloned());
}

#[test]
fn a_keystore_comes_back_with_its_passphrase_alone() {
    let patient = Patient::new();
    let file = patient.keystore.seal("long enough", Some(&CHEAP), &mut Dice(3)).unwrap();
    let back = Keystore::open(&file, "long enough").unwrap();
    assert_eq!(back.identities(), patient.keystore.identities());
    let summary = read_keystore(&file).unwrap();
    assert_eq!((summary.identities, summary.successors), (back.identities(), Count(64)));
    assert_eq!((summary.chain, summary.cost), (patient.world.ledger.status().chain, CHEAP));
    assert_eq!(Keystore::open(&file, "wrong").unwrap_err().code, "WAL-031");
    assert_eq!(Keystore::open(&file[..50], "x").unwrap_err().code, "WAL-030");
    let free = PassphraseCost { memory: Count(1), ..CHEAP };
    assert_eq!(patient.keystore.seal("x", Some(&free), &mut Dice(3)).unwrap_err().code, "WAL-033");
    assert_eq!(patient.keystore.seal("", Some(&CHEAP), &mut Dice(3)).unwrap_err().code, "WAL-034");
    let did = patient.world.patient.did();
    assert_eq!(back.signing_key(&did).unwrap_err().code, "API-007");
}

#[test]
fn words_and_numbers_are_checked() {
    let sheet = Sheet::from_words(ABANDON).unwrap();
    assert_eq!(sheet.words(), ABANDON.split_whitespace().collect::<Vec<_>>().join(" "));
    assert_ne!(sheet.keys("").controller(0).unwrap().id(), sheet.keys("more").controller(0).unwrap().id());
    assert_eq!(Sheet::from_words("abandon").unwrap_err().code, "WAL-010");
    assert_eq!(NextSheet::from_words(&ABANDON.replace("art", "nope"), "").unwrap_err().code, "WAL-011");
    assert_eq!(NextSheet::from_words(&ABANDON.replace("art", "abandon"), "").unwrap_err().code, "WAL-012");
    let keys = sheet.keys("");
    assert_eq!(keys.device(0, 65_536).unwrap_err().code, "API-004");
    assert_eq!(keys.successor_digest(1 << 40).unwrap_err().kind.as_str(), "argument");
    assert_eq!(Keystore::new("x", &[]).unwrap_err().code, "API-002");
}
