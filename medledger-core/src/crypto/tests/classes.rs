//! One crafted input for every class that verifiers are known to differ on (after Chalkias, Garillot and
//! Nikolaenko, "Taming the many EdDSAs", 2020).

use super::*;

/// L, the order of the base point, little-endian.
pub(super) fn order() -> [u8; 32] {
    let mut bytes = (-Scalar::ONE).to_bytes();
    bytes[0] += 1;
    bytes
}

pub(super) fn plus(a: [u8; 32], b: [u8; 32]) -> [u8; 32] {
    let mut carry = 0_u16;
    core::array::from_fn(|at| {
        let sum = u16::from(a[at]) + u16::from(b[at]) + carry;
        carry = sum >> 8;
        (sum & 0xff) as u8
    })
}

/// The encodings of y = 2²⁵⁵ − 19 … 2²⁵⁵ − 1 with both signs, and x = 0 with a sign: 40 in all.
pub(super) fn not_canonical() -> Vec<[u8; 32]> {
    let mut all = Vec::new();
    for low in 0xed..=0xff {
        for high in [0x7f, 0xff] {
            let mut bytes = [0xff; 32];
            (bytes[0], bytes[31]) = (low, high);
            all.push(bytes);
        }
    }
    let mut one = [0; 32];
    (one[0], one[31]) = (1, 0x80);
    let mut minus_one = [0xff; 32];
    minus_one[0] = 0xec;
    all.extend([one, minus_one]);
    all
}

/// Canonical encodings that no point has.
pub(super) fn not_points() -> Vec<[u8; 32]> {
    let encodings = (2..40_u8).map(|low| {
        let mut bytes = [0; 32];
        bytes[0] = low;
        bytes
    });
    encodings
        .filter(|bytes| curve25519_dalek::edwards::CompressedEdwardsY(*bytes).decompress().is_none())
        .collect()
}

const IDENTITY: &EdwardsPoint = &EIGHT_TORSION[0];

#[test]
fn honest_signatures_hold() {
    for seed in 0..10 {
        assert_eq!(answer(&honest(seed, b"honest")), "ok");
    }
    assert_eq!(answer(&craft(5, IDENTITY, 7, IDENTITY, b"crafted without torsion")), "ok");
}

#[test]
fn mixed_order_key_and_nonce_hold() {
    for (i, j) in (0..8).flat_map(|i| (0..8).map(move |j| (i, j))) {
        let crafted = craft(5, &EIGHT_TORSION[i], 7, &EIGHT_TORSION[j], &[i as u8, j as u8]);
        assert_eq!(answer(&crafted), "ok", "torsion {i} in A, {j} in R");
    }
}

#[test]
fn key_not_canonical_is_refused() {
    for key in not_canonical() {
        let crafted =
            craft_bytes(Scalar::ZERO, key, Scalar::from(7_u8), ED25519_BASEPOINT_POINT.compress().0, b"m");
        assert_eq!(answer(&crafted), "CRY-001", "{key:x?}");
    }
}

#[test]
fn key_of_small_order_is_refused() {
    for torsion in &EIGHT_TORSION {
        // With a = 0 the cofactored equation holds for every message: anyone could sign.
        let crafted = craft(0, torsion, 7, IDENTITY, b"m");
        assert_eq!(answer(&crafted), "CRY-002", "{:x?}", crafted.key);
    }
}

#[test]
fn key_that_is_no_point_is_refused() {
    assert!(not_points().len() > 10);
    for key in not_points() {
        let crafted = craft_bytes(Scalar::ONE, key, Scalar::ONE, ED25519_BASEPOINT_POINT.compress().0, b"m");
        assert_eq!(answer(&crafted), "CRY-003");
    }
}

#[test]
fn unreduced_scalar_is_refused() {
    let good = honest(1, b"m");
    let mut more = good.s;
    // S + L, S + 2L, … as long as they fit: each satisfies the equation.
    for _ in 0..14 {
        more = plus(more, order());
        assert_eq!(answer(&Crafted { s: more, ..good.clone() }), "CRY-004");
    }
    assert_eq!(answer(&Crafted { s: order(), ..good.clone() }), "CRY-004");
    assert_eq!(answer(&Crafted { s: [0xff; 32], ..good.clone() }), "CRY-004");
    // L − 1 is reduced, and merely wrong.
    assert_eq!(answer(&Crafted { s: (-Scalar::ONE).to_bytes(), ..good }), "CRY-008");
}

#[test]
fn nonce_not_canonical_is_refused() {
    let a = Scalar::from(5_u8);
    for nonce in not_canonical() {
        let crafted = craft_bytes(a, (ED25519_BASEPOINT_POINT * a).compress().0, Scalar::ZERO, nonce, b"m");
        assert_eq!(answer(&crafted), "CRY-005", "{nonce:x?}");
    }
}

#[test]
fn nonce_of_small_order_is_refused() {
    for torsion in &EIGHT_TORSION {
        assert_eq!(answer(&craft(5, IDENTITY, 0, torsion, b"m")), "CRY-006");
    }
}

#[test]
fn nonce_that_is_no_point_is_refused() {
    for nonce in not_points() {
        assert_eq!(answer(&Crafted { r: nonce, ..honest(1, b"m") }), "CRY-007");
    }
}

#[test]
fn what_was_not_signed_is_refused() {
    let good = honest(1, b"m");
    assert_eq!(answer(&Crafted { message: b"n".to_vec(), ..good.clone() }), "CRY-008");
    assert_eq!(answer(&Crafted { key: honest(2, b"m").key, ..good.clone() }), "CRY-008");
    assert_eq!(answer(&Crafted { r: honest(2, b"m").r, ..good.clone() }), "CRY-008");
    assert_eq!(answer(&Crafted { s: [0; 32], ..good }), "CRY-008");
}

#[test]
fn the_checks_stand_in_their_order() {
    let (small, points) = (EIGHT_TORSION[1].compress().0, not_points());
    let all_wrong = Crafted { r: not_canonical()[0], s: [0xff; 32], ..honest(1, b"m") };
    assert_eq!(rule_of(all_wrong.single()), "CRY-004");
    assert_eq!(rule_of(Crafted { key: small, ..all_wrong.clone() }.single()), "CRY-002");
    assert_eq!(rule_of(Crafted { s: [0; 32], ..all_wrong.clone() }.single()), "CRY-005");
    assert_eq!(rule_of(Crafted { s: [0; 32], r: points[0], ..all_wrong }.single()), "CRY-007");
}

#[test]
fn errors_that_cancel_are_both_found() {
    // The two S are off by one in opposite directions: their plain sum is right.
    let mut pair = [honest(1, b"m"), honest(2, b"n")];
    for (crafted, off) in pair.iter_mut().zip([Scalar::ONE, -Scalar::ONE]) {
        crafted.s = (Scalar::from_canonical_bytes(crafted.s).unwrap() + off).to_bytes();
    }
    let mut batch = Batch::new();
    for crafted in &pair {
        batch.push_claim(crafted.claim());
    }
    assert!(!batch.verify());
    assert_eq!(batch.culprits().iter().map(|(at, _)| *at).collect::<Vec<_>>(), [0, 1]);
}
