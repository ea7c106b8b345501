//! What holds for all keys, messages and batches.

use super::*;
use crate::codec::{decode, encode};
use crate::hash::{Tag, hash};
use crate::limits::TRANSACTION;
use alloc::format;
use alloc::vec;
use proptest::prelude::*;

#[test]
fn a_public_key_encodes_with_its_algorithm() {
    let key = PublicKey::Ed25519 { bytes: PublicKeyBytes([0xab; 32]) };
    let mut bytes = vec![0x82, 0x01, 0x58, 0x20];
    bytes.extend([0xab; 32]);
    assert_eq!(encode(&key).unwrap(), bytes);
    assert_eq!(key.code(), key.algorithm().code());
    assert_eq!(key.id().0, hash(Tag::KeyId, &[&bytes]));
    assert_eq!(key.successor_digest().0, hash(Tag::Successor, &[&bytes]));
    // 2 is reserved, not yet decoded.
    bytes[1] = 2;
    assert_eq!(decode::<PublicKey>(&bytes, &TRANSACTION).unwrap_err().rule().to_string(), "COD-011");
}

#[test]
fn a_verifying_key_is_its_public_key() {
    let [one, other] = [1, 2].map(|seed| honest(seed, b"m").public());
    let checked = |key: &PublicKey| VerifyingKey::from_public(key).unwrap();
    assert_eq!(checked(&one).public(), one);
    assert!(checked(&one) == checked(&one));
    assert!(checked(&one) != checked(&other));
    let PublicKey::Ed25519 { bytes } = one;
    assert_eq!(format!("{:?}", checked(&one)), format!("VerifyingKey({bytes})"));
}

#[test]
fn algorithms_have_their_ids() {
    assert_eq!(encode(&SignatureAlgorithm::Ed25519).unwrap(), [0x81, 1]);
    assert_eq!(encode(&HashAlgorithm::Sha3_256).unwrap(), [0x81, 1]);
    assert_eq!(SignatureAlgorithm::Ed25519.code(), HashAlgorithm::Sha3_256.code());
}

#[test]
fn a_secret_key_shows_nothing_and_is_overwritten() {
    fn overwritten<T: zeroize::ZeroizeOnDrop>(_: &T) {}
    let secret = SecretKey::from_seed([0xab; 32]);
    assert_eq!(format!("{secret:?}"), "SecretKey");
    overwritten(&ed25519_dalek::SigningKey::from_bytes(&secret.seed()));
    assert_eq!(*secret.seed(), [0xab; 32]);
}

#[test]
fn a_batch_of_none_holds() {
    let batch = Batch::new();
    assert!(batch.is_empty() && batch.verify() && batch.culprits().is_empty());
}

#[test]
fn a_batch_counts_whatever_was_added() {
    let mut batch = Batch::new();
    assert_eq!(batch.len(), 0);
    for (before, crafted) in
        [honest(1, b"m"), Crafted { s: [0xff; 32], ..honest(2, b"m") }].iter().enumerate()
    {
        batch.push_claim(crafted.claim());
        assert_eq!((batch.len(), batch.is_empty()), (before + 1, false));
    }
}

/// Large enough for every algorithm of the multiscalar multiplication, with few, many and only bad ones.
#[test]
fn culprits_of_a_large_batch() {
    let items: Vec<_> = (0..400_u64)
        .map(|n| craft(1 + n % 300, &EIGHT_TORSION[3], 500 + n, &EIGHT_TORSION[5], b"m"))
        .collect();
    for bad in [0..0, 0..1, 399..400, 150..153, 0..400] {
        let mut batch = Batch::new();
        for (at, item) in items.iter().enumerate() {
            let mut item = item.clone();
            if bad.contains(&at) {
                item.message.push(0);
            }
            batch.push_claim(item.claim());
        }
        assert_eq!(batch.verify(), bad.is_empty());
        assert_eq!(batch.culprits().iter().map(|(at, _)| *at).collect::<Vec<_>>(), bad.collect::<Vec<_>>());
    }
}

#[test]
fn messages_name_the_key_and_the_signature() {
    let good = honest(1, b"m");
    let text = Crafted { s: [0xff; 32], ..good.clone() }.single().unwrap_err().to_string();
    assert!(text.contains(&"ff".repeat(32)), "{text}");
    let text = Crafted { s: [0; 32], ..good.clone() }.single().unwrap_err().to_string();
    assert!(text.contains(&PublicKeyBytes(good.key).to_string()), "{text}");
}

proptest! {
    #[test]
    fn signed_verifies_and_any_flipped_bit_does_not(
        seed: [u8; 32], message in prop::collection::vec(any::<u8>(), 1..100), at: prop::sample::Index, bit in 0_u8..8,
    ) {
        let secret = SecretKey::from_seed(seed);
        let PublicKey::Ed25519 { bytes } = secret.public();
        let signature = secret.sign(&message);
        let key = VerifyingKey::from_public(&secret.public()).unwrap();
        prop_assert_eq!(verify(&key, &message, &signature), Ok(()));

        let mut all = [&bytes.0[..], &signature.0, &message].concat();
        let at = at.index(all.len());
        all[at] ^= 1 << bit;
        let flipped = Crafted {
            key: all[..32].try_into().unwrap(),
            r: all[32..64].try_into().unwrap(),
            s: all[64..96].try_into().unwrap(),
            message: all[96..].to_vec(),
        };
        prop_assert!(flipped.single().is_err(), "byte {} bit {}", at, bit);
    }

    /// Any mix of good and bad, of few signers or many, with torsion or without: item by item as single.
    #[test]
    fn culprits_are_those_of_single_verification(
        items in prop::collection::vec((0_u8..6, 0_usize..8, prop::bool::weighted(0.15), any::<u8>()), 0..60),
    ) {
        let crafted: Vec<_> = items.iter().map(|(signer, torsion, bad, message)| {
            let signer = u64::from(*signer) + 1;
            let mut crafted = craft(signer, &EIGHT_TORSION[*torsion], 7 + signer, &EIGHT_TORSION[0], &[*message]);
            if *bad {
                crafted.message.push(0);
            }
            crafted
        }).collect();
        let mut batch = Batch::new();
        for one in &crafted {
            batch.push_claim(one.claim());
        }
        let expected: Vec<_> =
            crafted.iter().enumerate().filter_map(|(at, one)| Some((at, one.single().err()?))).collect();
        prop_assert_eq!(batch.len(), crafted.len());
        prop_assert_eq!(batch.verify(), expected.is_empty());
        prop_assert_eq!(batch.culprits(), expected);
    }

    #[test]
    fn wire_round_trip(key: [u8; 32]) {
        let key = PublicKey::Ed25519 { bytes: PublicKeyBytes(key) };
        prop_assert_eq!(decode::<PublicKey>(&encode(&key).unwrap(), &TRANSACTION).unwrap(), key);
    }
}

#[test]
fn keys_are_told_apart_and_shown() {
    let [one, other] = [1, 2].map(|seed| SecretKey::from_seed([seed; 32]).public());
    let of = |public| VerifyingKey::from_public(public).unwrap();
    assert_eq!(of(&one), of(&one));
    assert_ne!(of(&one), of(&other));
    let PublicKey::Ed25519 { bytes } = one;
    assert_eq!(alloc::format!("{:?}", of(&one)), alloc::format!("VerifyingKey({bytes})"));
}
