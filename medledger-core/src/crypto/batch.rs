//! The pinned rule for many signatures at once.
//!
//! The equations are added up, each with a random coefficient z of 128 bits, and
//! `[8](Σ z·R + Σ z·k·A − (Σ z·s)·B) = 0` is checked once. A sum over equations of which any fails is zero with a
//! chance of 2⁻¹²⁸. The cofactor matters: without it two signatures with opposite torsion could cancel, and the
//! answer would depend on the company that a signature keeps.
//!
//! The coefficients come from one hash over the whole batch, so no random source is needed and every machine
//! computes the same. Hashed from each signature alone they could be chosen: with enough signatures to choose
//! from, a list search (Wagner 2002) finds some whose errors cancel.

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;
use core::iter;
use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::VartimeMultiscalarMul;
use sha3::{Digest, Sha3_256};

use super::ed25519::{group, is_small};
use super::{Claim, CryptoError, PublicKeyBytes, Signature, VerifyingKey};
use crate::hash::{Tag, hash};

/// Signatures to be verified together, in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    items: Vec<Result<Claim, CryptoError>>,
}

/// A claim with its place in the batch and its coefficient.
struct Weighted<'a> {
    index: usize,
    claim: &'a Claim,
    z: Scalar,
}

impl Batch {
    /// A batch of none, which holds.
    #[must_use]
    pub const fn new() -> Self {
        Self { items: Vec::new() }
    }

    /// Adds a signature; its bytes are checked and its message hashed at once.
    pub fn push(&mut self, key: &VerifyingKey, message: &[u8], signature: &Signature) {
        self.push_claim(Claim::new(key, message, signature));
    }

    /// Adds what [`Claim::new`] gave, which may have run elsewhere.
    pub fn push_claim(&mut self, claim: Result<Claim, CryptoError>) {
        self.items.push(claim);
    }

    /// How many signatures were added.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether none was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether every signature holds.
    #[must_use]
    pub fn verify(&self) -> bool {
        self.items.iter().all(Result::is_ok) && is_small(&sum(&self.weighted()))
    }

    /// The signatures that do not hold, by position in ascending order, each with the error that
    /// [`verify`](super::verify) gives for it. Empty when all hold, at the price of [`verify`](Self::verify).
    ///
    /// The whole costs at most about twice what single checks cost, and far less where few are bad.
    #[must_use]
    pub fn culprits(&self) -> Vec<(usize, CryptoError)> {
        let malformed = self.items.iter().enumerate();
        let mut found: Vec<_> =
            malformed.filter_map(|(index, item)| Some((index, item.as_ref().err()?.clone()))).collect();
        let claims = self.weighted();
        found.extend(suspects(&claims).filter_map(|of| Some((of.index, of.claim.check().err()?))));
        found.sort_unstable_by_key(|(index, _)| *index);
        found
    }

    /// The claims whose equations are open, with their coefficients.
    fn weighted(&self) -> Vec<Weighted<'_>> {
        let open =
            || self.items.iter().enumerate().filter_map(|(index, item)| Some((index, item.as_ref().ok()?)));
        let seed = transcript(open().map(|(_, claim)| claim));
        open().zip(coefficients(seed)).map(|((index, claim), z)| Weighted { index, claim, z }).collect()
    }
}

/// As many as are checked one by one rather than halved again.
const SINGLY: usize = 4;

/// What must be checked one by one: every claim that fails, and few others.
///
/// Bad ones are found by halving, the sum of the right half being what remains of the whole; a search that pays no
/// more (many are bad) ends.
fn suspects<'a>(claims: &'a [Weighted<'a>]) -> impl Iterator<Item = &'a Weighted<'a>> {
    let mut suspects = Vec::new();
    let mut budget = claims.len().saturating_mul(4);
    let mut open = vec![(claims, sum(claims))];
    while let Some((claims, total)) = open.pop() {
        if is_small(&total) {
            continue;
        }
        match claims.split_at_checked(claims.len() / 2).zip(budget.checked_sub(claims.len())) {
            Some(((left, right), rest)) if claims.len() > SINGLY => {
                budget = rest;
                let left_total = sum(left);
                open.push((right, group::difference(&total, &left_total)));
                open.push((left, left_total));
            }
            _ => suspects.push(claims),
        }
    }
    suspects.into_iter().flatten()
}

/// The hash that the coefficients come from: the count, and A, R, S and k of every claim.
fn transcript<'a>(claims: impl Iterator<Item = &'a Claim> + Clone) -> [u8; 32] {
    let count = u64::try_from(claims.clone().count()).unwrap_or(u64::MAX);
    let mut hasher = Sha3_256::new_with_prefix(Tag::Batch.bytes());
    hasher.update(count.to_be_bytes());
    for claim in claims {
        hasher.update(claim.key.bytes());
        hasher.update(claim.signature);
        hasher.update(claim.k.as_bytes());
    }
    hasher.finalize().into()
}

/// The coefficients: two of 128 bits, little-endian, from each hash of the seed and a number.
fn coefficients(seed: [u8; 32]) -> impl Iterator<Item = Scalar> {
    (0_u64..).flat_map(move |number| {
        let [low, high] = pair(hash(Tag::Batch, &[&seed, &number.to_be_bytes()]));
        [Scalar::from(low), Scalar::from(high)]
    })
}

fn pair(digest: [u8; 32]) -> [u128; 2] {
    let little = |from: &[u8]| from.iter().rev().fold(0_u128, |sum, byte| (sum << 8) | u128::from(*byte));
    let (low, high) = digest.split_at(16);
    [little(low), little(high)]
}

/// `Σ z·R + Σ z·k·A − (Σ z·s)·B`. Equal keys share one term: many signatures of few signers cost little more than
/// their R.
fn sum(claims: &[Weighted<'_>]) -> EdwardsPoint {
    let mut base = Scalar::ZERO;
    let mut keys: BTreeMap<&PublicKeyBytes, (Scalar, &EdwardsPoint)> = BTreeMap::new();
    for Weighted { claim, z, .. } in claims {
        group::add_product(&mut base, z, &claim.s);
        let (scalar, _) = keys.entry(claim.key.bytes()).or_insert((Scalar::ZERO, claim.key.point()));
        group::add_product(scalar, z, &claim.k);
    }
    let scalars = iter::once(group::minus(&base))
        .chain(claims.iter().map(|of| of.z))
        .chain(keys.values().map(|(scalar, _)| *scalar));
    let points = iter::once(&ED25519_BASEPOINT_POINT)
        .chain(claims.iter().map(|of| &of.claim.r))
        .chain(keys.values().map(|(_, point)| *point));
    EdwardsPoint::vartime_multiscalar_mul(scalars, points)
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "numbers of the test's own making")]
mod tests {
    use super::*;
    use crate::crypto::SecretKey;

    fn zs(claims: &[Claim]) -> Vec<Scalar> {
        let items = claims.iter().cloned().map(Ok).collect();
        Batch { items }.weighted().iter().map(|of| of.z).collect()
    }

    /// What the search is for: with few bad ones it does not come to single checks of all.
    #[test]
    fn few_bad_ones_leave_few_to_be_checked_one_by_one() {
        let secret = SecretKey::from_seed([1; 32]);
        let key = VerifyingKey::from_public(&secret.public()).unwrap();
        let good = Claim::new(&key, b"m", &secret.sign(b"m")).unwrap();
        let bad = Claim { k: good.k + Scalar::ONE, ..good.clone() };
        let suspected_of = |size: usize, bad_ones: &[usize]| -> Vec<usize> {
            let claim = |at| Ok(if bad_ones.contains(&at) { bad.clone() } else { good.clone() });
            let batch = Batch { items: (0..size).map(claim).collect() };
            suspects(&batch.weighted()).map(|of| of.index).collect()
        };
        let suspected = |bad_ones: &[usize]| suspected_of(256, bad_ones);
        assert_eq!(suspected(&[]), []);
        for few in [&[0][..], &[255], &[77], &[3, 200]] {
            let suspected = suspected(few);
            assert!(few.iter().all(|at| suspected.contains(at)), "{few:?} among {suspected:?}");
            assert!(suspected.len() <= few.len() * SINGLY, "{few:?}: {suspected:?}");
        }
        assert_eq!(suspected_of(SINGLY, &[1]), [0, 1, 2, 3], "not worth halving");
        assert!(suspected_of(SINGLY + 1, &[1]).len() < SINGLY);
        // Each is checked once, however many are bad.
        let all: Vec<usize> = (0..256).collect();
        let mut suspected = suspected(&all);
        suspected.sort_unstable();
        assert_eq!(suspected, all);
    }

    #[test]
    fn every_coefficient_hangs_on_every_entry() {
        let claims: Vec<_> = (0..5_u8)
            .map(|seed| {
                let secret = SecretKey::from_seed([seed; 32]);
                let key = VerifyingKey::from_public(&secret.public()).unwrap();
                Claim::new(&key, &[seed], &secret.sign(&[seed])).unwrap()
            })
            .collect();
        let before = zs(&claims);
        let mut seen = before.clone();
        for at in 0..claims.len() {
            let other = (at + 1) % claims.len();
            let change = |f: &dyn Fn(&mut Claim)| {
                let mut changed = claims.clone();
                f(&mut changed[at]);
                zs(&changed)
            };
            seen.extend(change(&|claim| claim.key = claims[other].key));
            seen.extend(change(&|claim| claim.signature.0[0] ^= 1));
            seen.extend(change(&|claim| claim.signature.0[63] ^= 1));
            seen.extend(change(&|claim| claim.k = Scalar::ONE));
        }
        let mut swapped = claims.clone();
        swapped.swap(0, 4);
        seen.extend(zs(&swapped));
        seen.extend(zs(&claims[..4]));
        let count = seen.len();
        assert_eq!(count, 5 * (1 + 5 * 4 + 1) + 4);
        seen.sort_by_key(Scalar::to_bytes);
        seen.dedup();
        assert_eq!(seen.len(), count, "no coefficient survives a change elsewhere");
        assert!(before.iter().all(|z| z.as_bytes()[16..] == [0; 16] && z.as_bytes()[..16] != [0; 16]));
        assert_eq!(zs(&claims), before);
    }
}
