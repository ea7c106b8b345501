use alloc::string::ToString;
use alloc::vec;

use super::*;
use crate::testing::Dice;

#[test]
fn keys_come_back_from_their_seeds_and_secrets() {
    let key = Key::draw(&mut Dice(1));
    let again = Key::from_seed(&key.seed()).unwrap();
    assert_eq!((key.id(), key.public_key()), (again.id(), again.public_key()));
    assert_eq!(key.sign(b"x"), again.sign(b"x"));
    assert_eq!((key_id(&key.public_key()).unwrap(), key.sign(b"").len()), (key.id(), 64));
    let agreement = AgreementKey::draw(&mut Dice(2));
    assert_eq!(AgreementKey::from_secret(&agreement.secret()).unwrap().public_key(), agreement.public_key());
    assert!(did_key(&key.public_key()).unwrap().starts_with("did:key:z6Mk"));
}

#[test]
fn lengths_are_checked() {
    for wrong in [vec![], vec![0; 31], vec![0; 33]] {
        let errors = [
            Key::from_seed(&wrong).map(drop),
            AgreementKey::from_secret(&wrong).map(drop),
            key_id(&wrong).map(drop),
            did_key(&wrong).map(drop),
            successor_digest(&wrong).map(drop),
        ];
        for error in errors {
            let error = error.unwrap_err();
            assert_eq!((error.code.as_str(), error.kind.as_str()), ("API-003", "argument"));
            assert_eq!(error.fields[1].value, wrong.len().to_string());
        }
    }
}
