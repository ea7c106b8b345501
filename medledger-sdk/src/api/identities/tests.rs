use alloc::vec;

use super::*;
use crate::api::Count;
use crate::testing::Dice;

fn sender(did: &str, key: &Key, chain: &str) -> Sender {
    Sender {
        chain: chain.into(),
        did: did.into(),
        key: key.id(),
        counter: Count(0),
        signed_at: Time(0),
        valid_until: Time(1),
    }
}

#[test]
fn a_genesis_names_its_ledger_and_founders() {
    let mut rng = Dice(1);
    let hospital = NewIdentity::draw(IdentityKind::Organisation, &mut rng).unwrap();
    let validator = Key::draw(&mut rng);
    let founder = Founder { inception: Bytes(hospital.inception().unwrap()), member: true };
    let bytes = genesis("Test", Time(5), &[validator.public_key()], core::slice::from_ref(&founder)).unwrap();
    let read = read_genesis(&bytes).unwrap();
    assert_eq!((read.name.as_str(), read.time, read.founders), ("Test", Time(5), vec![hospital.did()]));
    assert_eq!((read.chain.len(), read.validators), (64, vec![Bytes(validator.public_key())]));
    assert_eq!(inception_did(&founder.inception.0).unwrap(), hospital.did());
    let twice = [founder.clone(), founder.clone()];
    assert_eq!(
        genesis("T", Time(5), &[validator.public_key()], &twice).unwrap_err().kind.as_str(),
        "refused"
    );
    assert_eq!(genesis("T", Time(5), &[vec![0; 5]], &[]).unwrap_err().code, "API-003");
    assert_eq!(read_genesis(&bytes[1..]).unwrap_err().kind.as_str(), "malformed");
}

#[test]
fn drafts_about_identities_are_approved_by_the_keys_that_come() {
    let mut rng = Dice(1);
    let (one, two) = (
        NewIdentity::draw(IdentityKind::Patient, &mut rng).unwrap(),
        NewIdentity::draw(IdentityKind::Patient, &mut rng).unwrap(),
    );
    let sponsor = sender(&two.did(), &two.device(), &"00".repeat(32));
    let whole = one.incept(&sponsor).unwrap();
    let mut elsewhere = incept(&sponsor, &one.inception().unwrap()).unwrap();
    elsewhere.approve(&one.controller()).unwrap();
    elsewhere.approve(&one.device()).unwrap();
    assert_eq!(whole.to_bytes().unwrap(), elsewhere.to_bytes().unwrap());
    let device = DevicePublicKeys {
        signing: Bytes(two.device().public_key()),
        agreement: Some(Bytes(two.agreement().public_key())),
    };
    assert_eq!(add_device(&sponsor, &device).unwrap().operation(), "device addition");
    let short = DevicePublicKeys { agreement: Some(Bytes(vec![1])), ..device };
    assert_eq!(add_device(&sponsor, &short).unwrap_err().fields[0].value, "device.agreement");
    assert_eq!(revoke_device(&sponsor, "me").unwrap_err().code, "API-002");
    assert_eq!(deactivate(&sponsor).unwrap().operation(), "deactivation");
    let role = Coding { system: None, code: "doctor".into() };
    let period = Period { from: Time(5), until: Time(5) };
    assert_eq!(issue_credential(&sponsor, &one.did(), &role, &period).unwrap_err().kind.as_str(), "refused");
    assert_eq!(
        revoke_credential(&sponsor, &credential_id(&"01".repeat(32)).unwrap()).unwrap().sender(),
        sponsor
    );
    assert_eq!(rotate(&sponsor, b"", &[0; 32], "", &[], &[]).unwrap_err().kind.as_str(), "malformed");
}
