#![cfg(all(feature = "fhir", feature = "local"))]

use alloc::format;

use super::*;
use crate::testing::{Dice, unhex};

fn secret(hex: &str) -> AgreementSecret {
    AgreementSecret::new(unhex(hex).try_into().unwrap())
}

/// RFC 9180, appendix A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base mode, sequence number 0.
#[test]
fn the_rfcs_vector_opens() {
    let recipient = secret("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb");
    let public = unhex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a");
    let enc = unhex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a");
    let ciphertext =
        unhex("1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28");
    let AgreementKey::X25519 { bytes } = recipient.public();
    assert_eq!(bytes.as_ref(), &public[..]);
    let enc = AgreementKeyBytes::from_slice(&enc).unwrap();
    let plain = recipient.open(b"Ode on a Grecian Urn", b"Count-0", &enc, &ciphertext).unwrap();
    assert_eq!(&plain[..], b"Beauty is truth, truth beauty");
}

/// RFC 7748, section 6.1: Bob's key pair.
#[test]
fn a_public_half_is_the_rfcs() {
    let bob = secret("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    let public = unhex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    let AgreementKey::X25519 { bytes } = bob.public();
    assert_eq!(bytes.as_ref(), &public[..]);
}

#[test]
fn what_is_sealed_opens_for_its_key_and_use_alone() {
    let mut rng = Dice(0);
    let (to, other) = (AgreementSecret::draw(&mut rng), AgreementSecret::draw(&mut rng));
    let (enc, sealed) = seal_to(&to.public(), b"use", b"what", b"plain", &mut rng).unwrap();
    assert_eq!(&to.open(b"use", b"what", &enc, &sealed).unwrap()[..], b"plain");
    assert_eq!(sealed.len(), 5 + 16);
    let fault = Err(AgreementFault::DoesNotOpen);
    assert_eq!(other.open(b"use", b"what", &enc, &sealed), fault);
    assert_eq!(to.open(b"another", b"what", &enc, &sealed), fault);
    assert_eq!(to.open(b"use", b"another", &enc, &sealed), fault);
    assert_eq!(to.open(b"use", b"what", &enc, &sealed[..20]), fault);
    assert_eq!(to.open(b"use", b"what", &enc, &[]), fault);
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert_eq!(to.open(b"use", b"what", &enc, &changed), fault);
    }
    for at in 0..31 {
        let mut changed = enc;
        changed.0[at] ^= 1;
        assert_eq!(to.open(b"use", b"what", &changed, &sealed), fault);
    }
}

#[test]
fn nothing_is_sealed_to_a_point_of_small_order() {
    // All of them, and those that are above the prime: curve25519's points of order 1, 2, 4 and 8 on it and on its twist.
    let (mut one, mut minus_one, mut prime, mut above) = ([0; 32], [0xff; 32], [0xff; 32], [0xff; 32]);
    one[0] = 1;
    (minus_one[0], minus_one[31]) = (0xec, 0x7f);
    (prime[0], prime[31]) = (0xed, 0x7f);
    (above[0], above[31]) = (0xee, 0x7f);
    let eight = [
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    ];
    let eight = eight.map(|digits| <[u8; 32]>::try_from(crate::testing::unhex(digits)).unwrap());
    let low = [[0; 32], one, minus_one, prime, above, eight[0], eight[1]];
    // The highest bit does not count (RFC 7748 §5).
    let high = low.map(|mut bytes| {
        bytes[31] |= 0x80;
        bytes
    });
    for bytes in low.into_iter().chain(high) {
        let key = AgreementKey::X25519 { bytes: AgreementKeyBytes(bytes) };
        assert_eq!(seal_to(&key, b"", b"", b"plain", &mut Dice(0)), Err(AgreementFault::BadKey));
    }
}

#[test]
fn a_secret_shows_nothing() {
    assert_eq!(format!("{:?}", AgreementSecret::draw(&mut Dice(0))), "AgreementSecret");
}
