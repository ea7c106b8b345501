use alloc::vec;
use core::cell::Cell;

use super::*;
use crate::api::SignerFault;
use crate::testing::Dice;

fn sender(key: &Key) -> Sender {
    Sender {
        chain: "11".repeat(32),
        did: did_to_text(&medledger_core::hash::Did([2; 32])),
        key: key.id(),
        counter: Count(3),
        signed_at: Time(1_000),
        valid_until: Time(2_000),
    }
}

fn draft(key: &Key) -> Draft {
    let sender = draft::Sender::try_from(&sender(key)).unwrap();
    Draft(sender.draft(operation::Operation::Deactivate))
}

/// A signer that does as it is told.
struct Told<'a> {
    key: &'a Key,
    says: fn(&Key, &[u8]) -> Result<Vec<u8>, SignerFault>,
    asked: Cell<u32>,
}

impl<'a> Told<'a> {
    fn new(key: &'a Key, says: fn(&Key, &[u8]) -> Result<Vec<u8>, SignerFault>) -> Self {
        Self { key, says, asked: Cell::new(0) }
    }
}

impl Signer for Told<'_> {
    fn public_key(&self) -> Result<Vec<u8>, SignerFault> {
        Ok(self.key.public_key())
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerFault> {
        self.asked.set(self.asked.get() + 1);
        (self.says)(self.key, message)
    }
}

#[test]
fn each_way_of_signing_gives_the_same_transaction() {
    let (key, other) = (Key::draw(&mut Dice(1)), Key::draw(&mut Dice(2)));
    let mut one = draft(&key);
    one.approve(&other).unwrap();
    let mut two = draft(&key);
    let signature = other.sign(&two.approval_to_sign(&other.public_key()).unwrap());
    two.add_approval(&other.public_key(), &signature).unwrap();
    let mut three = draft(&key);
    three.approve_with(&Told::new(&other, |key, message| Ok(key.sign(message)))).unwrap();
    let signed = one.sign(&key).unwrap();
    assert_eq!(two.finish(&key.public_key(), &key.sign(&two.to_sign().unwrap())).unwrap(), signed);
    assert_eq!(three.sign_with(&Told::new(&key, |key, message| Ok(key.sign(message)))).unwrap(), signed);
    assert_eq!((one.sender(), one.operation().as_str()), (sender(&key), "deactivation"));
    let back = Draft::from_bytes(&one.to_bytes().unwrap()).unwrap();
    assert_eq!((back.approved_by(), back.sign(&key).unwrap()), (vec![other.id()], signed));
}

#[test]
fn signers_that_fail_are_told_apart() {
    let (key, other) = (Key::draw(&mut Dice(1)), Key::draw(&mut Dice(2)));
    let code = |signer: &Told<'_>| draft(&key).sign_with(signer).unwrap_err().code.clone();
    assert_eq!(code(&Told::new(&key, |_, _| Err(SignerFault::Cancelled))), "WAL-050");
    let failed = |_: &Key, _: &[u8]| Err(SignerFault::Failed { why: "no card".to_string() });
    assert_eq!(code(&Told::new(&key, failed)), "WAL-051");
    assert_eq!(code(&Told::new(&key, |_, _| Ok(vec![0; 63]))), "WAL-051");
    let stranger = Told::new(&other, |key, message| Ok(key.sign(message)));
    assert_eq!((code(&stranger), stranger.asked.get()), ("WAL-052".to_string(), 0));
    assert_eq!(code(&Told::new(&key, |_, _| Ok(vec![0; 64]))), "WAL-053");
    assert_eq!(draft(&key).sign(&other).unwrap_err().code, "WAL-052");
    assert_eq!(draft(&key).finish(&key.public_key(), &[0; 64]).unwrap_err().kind.as_str(), "invalid");
    let mut twice = draft(&key);
    twice.approve(&other).unwrap();
    assert_eq!(twice.approve(&other).unwrap_err().kind.as_str(), "refused");
}

#[test]
fn what_is_no_sender_or_draft_is_named() {
    let key = Key::draw(&mut Dice(1));
    let wrong = |change: fn(&mut Sender)| {
        let mut sender = sender(&key);
        change(&mut sender);
        draft::Sender::try_from(&sender).unwrap_err()
    };
    let error = wrong(|sender| sender.did = "did:medledger:".repeat(100));
    assert_eq!((error.code.as_str(), error.fields[0].value.as_str()), ("API-002", "did"));
    assert!(error.message.len() < 200);
    assert_eq!(wrong(|sender| sender.chain = "AB".repeat(32)).fields[0].value, "chain");
    assert_eq!(wrong(|sender| sender.key.push('0')).fields[0].value, "key");
    for bytes in [&b""[..], b"\x80", &[0xff; 100]] {
        assert_eq!(Draft::from_bytes(bytes).unwrap_err().kind.as_str(), "malformed");
    }
    let mut bytes = draft(&key).to_bytes().unwrap();
    bytes.push(0);
    assert_eq!(Draft::from_bytes(&bytes).unwrap_err().code, "COD-003");
}
