//! The pinned rule against the RFC's vectors, crafted signatures of every class and other implementations.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;
use sha2::{Digest, Sha512};

use super::*;
use crate::error::Coded;
use crate::hash::from_hex;

mod batches;
mod classes;
mod others;
mod properties;
mod rfc8032;

/// A signature under any A and R, also ones that no honest signer makes.
#[derive(Clone, Debug)]
struct Crafted {
    key: [u8; 32],
    message: Vec<u8>,
    r: [u8; 32],
    s: [u8; 32],
}

/// k = SHA-512(R ‖ A ‖ M) mod L.
fn challenge(r: &[u8; 32], key: &[u8; 32], message: &[u8]) -> Scalar {
    let digest = Sha512::new_with_prefix(r).chain_update(key).chain_update(message).finalize();
    Scalar::from_bytes_mod_order_wide(&digest.into())
}

/// Signs with the secret scalar `a` and the nonce `r`, whose points get these torsion components. The cofactored
/// equation holds, whatever the torsion.
fn craft(a: u64, torsion_a: &EdwardsPoint, r: u64, torsion_r: &EdwardsPoint, message: &[u8]) -> Crafted {
    let (a, r) = (Scalar::from(a), Scalar::from(r));
    let key = (ED25519_BASEPOINT_POINT * a + torsion_a).compress().to_bytes();
    let nonce = (ED25519_BASEPOINT_POINT * r + torsion_r).compress().to_bytes();
    craft_bytes(a, key, r, nonce, message)
}

/// As [`craft`], with A and R given as bytes.
fn craft_bytes(a: Scalar, key: [u8; 32], r: Scalar, nonce: [u8; 32], message: &[u8]) -> Crafted {
    let s = (r + challenge(&nonce, &key, message) * a).to_bytes();
    Crafted { key, message: message.to_vec(), r: nonce, s }
}

/// An honest signature.
fn honest(seed: u8, message: &[u8]) -> Crafted {
    let secret = SecretKey::from_seed([seed; 32]);
    let PublicKey::Ed25519 { bytes } = secret.public();
    let signature = secret.sign(message).0;
    let (r, s) = (signature[..32].try_into().unwrap(), signature[32..].try_into().unwrap());
    Crafted { key: bytes.0, message: message.to_vec(), r, s }
}

impl Crafted {
    fn signature(&self) -> Signature {
        Signature([self.r, self.s].concat().try_into().unwrap())
    }

    fn public(&self) -> PublicKey {
        PublicKey::Ed25519 { bytes: PublicKeyBytes(self.key) }
    }

    fn claim(&self) -> Result<Claim, CryptoError> {
        Claim::new(&VerifyingKey::from_public(&self.public())?, &self.message, &self.signature())
    }

    fn single(&self) -> Result<(), CryptoError> {
        verify(&VerifyingKey::from_public(&self.public())?, &self.message, &self.signature())
    }
}

fn rule_of(result: Result<(), CryptoError>) -> String {
    result.map_or_else(|error| error.rule().to_string(), |()| "ok".into())
}

/// The one answer of single and batch, asked at every position of batches of each size up to 6.
fn answer(crafted: &Crafted) -> String {
    let single = crafted.single();
    if let Ok(key) = VerifyingKey::from_public(&crafted.public()) {
        let good: Vec<_> = (1..=5).map(|seed| honest(seed, &[seed; 40])).collect();
        for (size, position) in (1..=6).flat_map(|size| (0..size).map(move |position| (size, position))) {
            let mut batch = Batch::new();
            for index in 0..size {
                if index == position {
                    batch.push(&key, &crafted.message, &crafted.signature());
                } else {
                    let other = &good[if index < position { index } else { index - 1 }];
                    batch.push_claim(other.claim());
                }
            }
            let expected: Vec<_> = single.clone().err().map(|error| (position, error)).into_iter().collect();
            assert_eq!(batch.verify(), single.is_ok(), "position {position} of {size}");
            assert_eq!(batch.culprits(), expected, "position {position} of {size}");
        }
    }
    rule_of(single)
}
