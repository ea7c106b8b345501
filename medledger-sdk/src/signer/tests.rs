#![cfg(all(feature = "seal", feature = "local"))]

use alloc::string::ToString;
use core::cell::Cell;

use medledger_core::operation::Operation;

use super::*;
use crate::draft::{approve, sign};
use crate::testing::id;
use crate::testing::{World, copy};

/// A signer of any behaviour, which counts how often it was asked.
struct Card<'a> {
    says: PublicKey,
    signs: &'a dyn Fn(&[u8]) -> Result<Signature, SignerFault>,
    asked: Cell<u32>,
}

impl Signer for Card<'_> {
    fn public(&self) -> PublicKey {
        self.says
    }

    fn sign(&self, bytes: &[u8]) -> Result<Signature, SignerFault> {
        self.asked.set(self.asked.get() + 1);
        (self.signs)(bytes)
    }
}

/// The rule that signing and approving a draft with such a signer breaks, and how often it was asked.
fn outcome(
    world: &World,
    says: PublicKey,
    signs: &dyn Fn(&[u8]) -> Result<Signature, SignerFault>,
) -> [(String, u32); 2] {
    let mut draft = world.patient.incept(&world.hospital_signs()).unwrap();
    let card = Card { says, signs, asked: Cell::new(0) };
    let signed = id(sign(&draft, &card).err().as_ref());
    let first = card.asked.replace(0);
    let approved = id(approve(&mut draft, &card as &dyn Signer).err().as_ref());
    [(signed, first), (approved, card.asked.get())]
}

#[test]
fn failure_cancellation_and_a_wrong_key_have_codes() {
    let world = World::new();
    let key = copy(&world.hospital.keys.device);
    let other = copy(&world.hospital.keys.controller);
    let (own, wrong) = (key.public(), other.public());
    let failed = |_: &[u8]| Err(SignerFault::Failed { why: "the card was pulled".to_string() });
    let code = |sign: &str, asked: u32| (sign.to_string(), asked);
    let honest = |bytes: &[u8]| Ok(key.sign(bytes));
    assert_eq!(outcome(&world, own, &honest), [code("", 1), code("", 1)]);
    assert_eq!(
        outcome(&world, own, &|_| Err(SignerFault::Cancelled)),
        [code("WAL-050", 1), code("WAL-050", 1)]
    );
    assert_eq!(outcome(&world, own, &failed), [code("WAL-051", 1), code("WAL-051", 1)]);
    // Another key than the draft's is not asked to sign it; it may approve, and a wrong signature is found.
    assert_eq!(outcome(&world, wrong, &honest), [code("WAL-052", 0), code("WAL-053", 1)]);
    assert_eq!(
        outcome(&world, own, &|bytes| Ok(other.sign(bytes))),
        [code("WAL-053", 1), code("WAL-053", 1)]
    );
    assert_eq!(outcome(&world, own, &|_| Ok(Signature([0; 64]))), [code("WAL-053", 1), code("WAL-053", 1)]);
    let no_key = PublicKey::Ed25519 { bytes: medledger_core::crypto::PublicKeyBytes([0; 32]) };
    assert_eq!(outcome(&world, no_key, &honest)[1], code("WAL-053", 1));
}

#[test]
fn a_key_in_memory_signs_the_same_on_both_paths() {
    let world = World::new();
    let draft = world.hospital_signs().draft(Operation::Deactivate);
    let key = copy(&world.hospital.keys.device);
    let two_steps = draft.finish(&key.public(), key.sign(&draft.to_sign().unwrap())).unwrap();
    assert_eq!(sign(&draft, &key).unwrap(), two_steps);
    let mut approved = draft.clone();
    approve(&mut approved, &&key).unwrap();
    assert_eq!(id(approve(&mut approved, &key).err().as_ref()), "OPR-017");
}
