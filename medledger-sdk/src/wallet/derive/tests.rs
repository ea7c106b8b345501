#![cfg(all(feature = "fhir", feature = "local"))]

use alloc::format;
use alloc::vec::Vec;

use medledger_core::crypto::{AgreementKey, PublicKey};

use super::*;
use crate::testing::{Dice, unhex};

const VECTORS: &str = include_str!("../vectors/slip-0010.txt");

#[test]
fn published_vectors_hold() {
    let (mut root, mut x25519, mut checked) = (None, false, 0);
    for line in VECTORS.lines().filter(|line| !line.starts_with('#')) {
        let parts: Vec<&str> = line.split(' ').collect();
        if parts[0] == "seed" {
            x25519 = parts[1] == "curve25519";
            root = Some(Node::root(if x25519 { CURVE25519 } else { ED25519 }, &unhex(parts[2])));
            continue;
        }
        let steps = parts[0].split('/').skip(1);
        let path: Vec<u32> = steps.map(|step| step.strip_suffix('\'').unwrap().parse().unwrap()).collect();
        let node = root.as_ref().unwrap().under(&path);
        assert_eq!(&node.chain[..], unhex(parts[1]), "{line}");
        assert_eq!(&node.secret[..], unhex(parts[2]), "{line}");
        let public = if x25519 {
            let AgreementKey::X25519 { bytes } = AgreementSecret::new(*node.secret).public();
            bytes.0
        } else {
            let PublicKey::Ed25519 { bytes } = SecretKey::from_seed(*node.secret).public();
            bytes.0
        };
        assert_eq!(&public[..], unhex(parts[3]), "{line}");
        checked += 1;
    }
    assert_eq!(checked, 24);
}

#[test]
fn the_path_is_the_specifications() {
    let sheet = Sheet::draw(&mut Dice(0)).unwrap();
    let keys = SheetKeys::new(&sheet, "");
    let seed = sheet.seed("");
    let (signing, agreement) = (Node::root(ED25519, &seed[..]), Node::root(CURVE25519, &seed[..]));
    let at = |path: &[u32]| SecretKey::from_seed(*signing.under(path).secret).public();
    assert_eq!(PURPOSE, 19_788);
    assert_eq!(keys.device(3, 2).public(), at(&[19_788, 1, 3, 0, 2]));
    assert_eq!(keys.controller(3).public(), at(&[19_788, 1, 3, 1, 0]));
    assert_eq!(keys.agreement(3, 2).expose(), &*agreement.under(&[19_788, 1, 3, 2, 2]).secret);
    assert_eq!(keys.successor(3), keys.controller(3).public().successor_digest());
}

#[test]
fn no_two_keys_of_a_sheet_are_the_same() {
    let keys = SheetKeys::new(&Sheet::draw(&mut Dice(0)).unwrap(), "");
    let other = SheetKeys::new(&Sheet::draw(&mut Dice(0)).unwrap(), "a passphrase");
    let mut all = Vec::new();
    for keys in [&keys, &other] {
        for identity in [0, 1, u16::MAX] {
            all.push(*keys.controller(identity).seed());
            for device in [0, 1, u16::MAX] {
                all.push(*keys.device(identity, device).seed());
                all.push(*keys.agreement(identity, device).expose());
            }
        }
    }
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!((all.len(), count), (42, 42));
    assert_eq!(format!("{keys:?}"), "SheetKeys");
}
