//! Names of identities and keys, and their view as a document. The operations are tested where they run.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use proptest::prelude::*;

use super::*;
use crate::crypto::{AgreementKey, AgreementKeyBytes, PublicKey, PublicKeyBytes};
use crate::fixture::*;
use crate::hash::{Did, Nonce};

proptest! {
    #[test]
    fn a_did_has_one_text(bytes: [u8; 32]) {
        let text = did_to_text(&Did(bytes));
        prop_assert_eq!(did_from_text(&text), Ok(Did(bytes)));
        prop_assert!(text.len() <= "did:medledger:z".len() + 44);
    }

    #[test]
    fn no_text_makes_reading_panic(text in ".{0,80}", tail in "[1-9A-HJ-NP-Za-km-z]{0,60}") {
        let _ = did_from_text(&text);
        if let Ok(did) = did_from_text(&format!("did:medledger:z{tail}")) {
            prop_assert_eq!(did_to_text(&did), format!("did:medledger:z{tail}"));
        }
    }
}

#[test]
fn what_is_no_did_is_refused() {
    let good = did_to_text(&Did([7; 32]));
    assert!(did_from_text(&good).is_ok());
    for bad in [
        String::new(),
        "did:medledger:z".into(),
        good.replace("did:medledger", "did:key"),
        good.to_uppercase(),
        good[..good.len() - 1].to_string(),
        format!("{good}1"),
        good.replace(":z", ":z1"),
        good.replace(":z", ":f"),
        format!("{good}#key"),
        format!("did:medledger:z{}", "1".repeat(100_000)),
        format!("did:medledger:z{}", "0OIl"),
    ] {
        assert_eq!(did_from_text(&bad), Err(DidError), "{bad:.60}");
    }
    // Zeros in front are ones, each of which counts.
    assert_eq!(did_to_text(&Did([0; 32])), format!("did:medledger:z{}", "1".repeat(32)));
}

#[test]
fn a_key_is_written_as_the_method_did_key_says() {
    // The first Ed25519 example of the W3C CCG's did:key method specification.
    let key =
        crate::hash::from_hex("2e6fcce36701dc791488e0d0b1745cc1e33a4c1c9fcc41c63bd343dbbe0970e6").unwrap();
    let key = PublicKey::Ed25519 { bytes: PublicKeyBytes::from_slice(&key).unwrap() };
    assert_eq!(did_key(&key), "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK");
}

#[test]
fn a_document_shows_live_keys_by_what_they_do() {
    let (mut world, ann) = World::with_ann();
    let mut tablet = device(&key("tablet"));
    tablet.agreement = Some(AgreementKey::X25519 { bytes: AgreementKeyBytes([9; 32]) });
    let add = crate::operation::Operation::AddDevice { device: tablet };
    let transaction = world.sign(&ann, &ann.controller(), add, &[&key("tablet")]);
    world.accept(&transaction);
    let transaction = world.sign(&ann, &ann.controller(), revoke(&ann.device(0)), &[]);
    world.accept(&transaction);
    let secrets = [ann.controller(), ann.device(0), ann.device(1), key("tablet"), ann.successor(0)];
    let keys: Vec<_> =
        secrets.iter().filter_map(|secret| Some((id(secret), world.key_entry(id(secret))?))).collect();
    assert_eq!(keys.len(), 4);
    let document = DidDocument::new(&ann.did, &world.control(ann.did), &keys);
    let name = |secret: &crate::crypto::SecretKey| format!("{}#{}", did_to_text(&ann.did), id(secret));
    assert_eq!(document.id, did_to_text(&ann.did));
    assert!(!document.deactivated);
    assert_eq!(document.capability_invocation, [name(&ann.controller())]);
    assert_eq!(document.assertion_method, [name(&ann.device(1)), name(&key("tablet"))]);
    assert_eq!(document.authentication, document.assertion_method);
    assert_eq!(document.verification_method.len(), 3);
    for method in &document.verification_method {
        assert!(method.public_key_multibase.starts_with("z6Mk"));
        assert_eq!(method.controller, document.id);
    }
    assert_eq!(document.key_agreement.len(), 1);
    assert!(document.key_agreement[0].public_key_multibase.starts_with("z6LS"));

    let ended = DidDocument::new(&ann.did, &world.control(ann.did).deactivated(), &keys);
    assert!(ended.deactivated && ended.verification_method.is_empty() && ended.key_agreement.is_empty());
}

#[test]
fn a_did_hangs_on_every_field_of_the_inception() {
    let ann = Party::new("ann", Kind::Patient, 2);
    let mut others = Vec::new();
    let mut change = |change: &dyn Fn(&mut Inception)| {
        let mut inception = ann.inception.clone();
        change(&mut inception);
        others.push(inception.did().unwrap());
    };
    change(&|inception| inception.kind = Kind::Device);
    change(&|inception| inception.controller = key("other").public());
    change(&|inception| inception.successor = key("other").public().successor_digest());
    change(&|inception| inception.devices.truncate(1));
    change(&|inception| {
        inception.devices[0].agreement = Some(AgreementKey::X25519 { bytes: AgreementKeyBytes([1; 32]) })
    });
    change(&|inception| inception.nonce = Nonce([1; 32]));
    others.push(ann.did);
    others.sort_unstable();
    others.dedup();
    assert_eq!(others.len(), 7);
}

#[test]
fn a_device_is_not_added_twice() {
    let (world, ann) = World::with_ann();
    let control = world.control(ann.did);
    let known = control.devices[0];
    let error = control.with_device(known).unwrap_err();
    assert_eq!(crate::error::Coded::rule(&error).to_string(), "IDN-006");
    let more = control.with_device(id(&key("another phone"))).unwrap();
    assert_eq!(more.devices.len(), control.devices.len() + 1);
    assert!(more.devices.is_sorted());
}
