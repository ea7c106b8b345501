//! Every class of signature at every place of batches small and large, and the whole grid of encodings of small order
//! beside ed25519-zebra.

use super::classes::{not_canonical, not_points, order, plus};
use super::others::zebra;
use super::*;
use proptest::prelude::*;

const IDENTITY: &EdwardsPoint = &EIGHT_TORSION[0];

/// One signature of each class, with the rule that refuses it.
fn classes() -> Vec<(Crafted, &'static str)> {
    let good = honest(9, b"m");
    let (five, base) = (Scalar::from(5_u8), ED25519_BASEPOINT_POINT.compress().0);
    let five_base = (ED25519_BASEPOINT_POINT * five).compress().0;
    Vec::from([
        (good.clone(), "ok"),
        (craft(5, &EIGHT_TORSION[1], 7, IDENTITY, b"A of mixed order"), "ok"),
        (craft(5, IDENTITY, 7, &EIGHT_TORSION[1], b"R of mixed order"), "ok"),
        (craft(5, &EIGHT_TORSION[4], 7, &EIGHT_TORSION[3], b"both"), "ok"),
        (craft_bytes(Scalar::ZERO, not_canonical()[3], five, five_base, b"m"), "CRY-001"),
        // The identity as key, then one of each other small order.
        (craft(0, IDENTITY, 7, IDENTITY, b"m"), "CRY-002"),
        (craft(0, &EIGHT_TORSION[1], 7, IDENTITY, b"m"), "CRY-002"),
        (craft(0, &EIGHT_TORSION[2], 7, IDENTITY, b"m"), "CRY-002"),
        (craft(0, &EIGHT_TORSION[4], 7, IDENTITY, b"m"), "CRY-002"),
        (craft_bytes(Scalar::ONE, not_points()[0], Scalar::ONE, base, b"m"), "CRY-003"),
        (Crafted { s: plus(good.s, order()), ..good.clone() }, "CRY-004"),
        (Crafted { s: order(), ..good.clone() }, "CRY-004"),
        (craft_bytes(five, five_base, Scalar::ZERO, not_canonical()[3], b"m"), "CRY-005"),
        // The identity as R, then one of each other small order.
        (craft(5, IDENTITY, 0, IDENTITY, b"m"), "CRY-006"),
        (craft(5, IDENTITY, 0, &EIGHT_TORSION[1], b"m"), "CRY-006"),
        (craft(5, IDENTITY, 0, &EIGHT_TORSION[2], b"m"), "CRY-006"),
        (craft(5, IDENTITY, 0, &EIGHT_TORSION[4], b"m"), "CRY-006"),
        (Crafted { r: not_points()[0], ..good.clone() }, "CRY-007"),
        (Crafted { message: b"n".to_vec(), ..good.clone() }, "CRY-008"),
        (Crafted { s: (-Scalar::ONE).to_bytes(), ..good }, "CRY-008"),
    ])
}

fn culprits_of(batch: &Batch) -> Vec<(usize, String)> {
    batch.culprits().into_iter().map(|(at, error)| (at, error.rule().to_string())).collect()
}

/// Straus' algorithm, and from 190 points on Pippenger's.
#[test]
fn each_class_at_every_place_of_batches_of_each_size() {
    let good: Vec<_> =
        (0..400_u64).map(|n| craft(1 + n, IDENTITY, 1_000 + n, IDENTITY, b"m").claim()).collect();
    for (crafted, expected) in classes() {
        assert_eq!(rule_of(crafted.single()), expected);
        let small = [2, 3, 8, 17].into_iter().flat_map(|size| (0..size).map(move |at| (size, at)));
        let large = [(94, 50), (95, 94), (189, 0), (190, 189), (400, 0), (400, 201), (400, 399)];
        for (size, place) in small.chain(large) {
            let mut batch = Batch::new();
            good[..place].iter().for_each(|claim| batch.push_claim(claim.clone()));
            batch.push_claim(crafted.claim());
            good[place + 1..size].iter().for_each(|claim| batch.push_claim(claim.clone()));
            let culprits: Vec<_> = (expected != "ok").then(|| (place, expected.into())).into_iter().collect();
            assert_eq!(batch.verify(), expected == "ok", "{crafted:?} at {place} of {size}");
            assert_eq!(culprits_of(&batch), culprits, "{crafted:?} at {place} of {size}");
        }
    }
}

/// All points of small order, in every encoding that a lax decoder takes, as A and as R, with S = 0: the cofactored
/// equation holds for any message. ZIP 215 accepts the 14 × 14 that decompress to such points; here none passes.
#[test]
fn what_zip_215_takes_of_small_order_is_refused() {
    let canonical = EIGHT_TORSION.iter().map(|point| point.compress().0);
    let all: Vec<_> = canonical.chain(not_canonical()).collect();
    let refused =
        |bytes: &[u8; 32], rules: [&'static str; 2]| rules[usize::from(not_canonical().contains(bytes))];
    let mut taken = 0;
    for (key, r) in all.iter().flat_map(|key| all.iter().map(move |r| (key, r))) {
        let crafted = Crafted { key: *key, message: b"Zcash".to_vec(), r: *r, s: [0; 32] };
        taken += u32::from(zebra(&crafted));
        assert_eq!(rule_of(crafted.single()), refused(key, ["CRY-002", "CRY-001"]));
    }
    assert_eq!(taken, 14 * 14);
    // Under a key without fault the same hold for R alone.
    let five = Scalar::from(5_u8);
    let key = (ED25519_BASEPOINT_POINT * five).compress().0;
    let mut taken = 0;
    for r in &all {
        let crafted = craft_bytes(five, key, Scalar::ZERO, *r, b"Zcash");
        taken += u32::from(zebra(&crafted));
        assert_eq!(answer(&crafted), refused(r, ["CRY-006", "CRY-005"]));
    }
    assert_eq!(taken, 14);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any mix of all classes, of any size: just those that single verification refuses, each with its error.
    #[test]
    fn culprits_of_any_mix_are_those_of_single_verification(
        picks in prop::collection::vec(prop_oneof![2 => 0..4_usize, 1 => 0..20_usize], 0..90),
    ) {
        let classes = classes();
        prop_assert_eq!(classes.len(), 20);
        let mut batch = Batch::new();
        let mut expected = Vec::new();
        for (at, pick) in picks.iter().enumerate() {
            let (crafted, rule) = &classes[*pick];
            batch.push_claim(crafted.claim());
            if *rule != "ok" {
                expected.push((at, String::from(*rule)));
            }
        }
        prop_assert_eq!(batch.verify(), expected.is_empty());
        prop_assert_eq!(culprits_of(&batch), expected);
    }

    /// Bits turned anywhere in A, R and S: where our checks of the bytes pass, zebra's answer is ours; where they don't,
    /// ours is no, whatever zebra's is.
    #[test]
    fn with_bits_turned_the_answer_is_zebras_or_no(
        class in 0..20_usize, turned in prop::collection::vec(0..768_usize, 0..3),
    ) {
        let (mut crafted, _) = classes().swap_remove(class);
        for bit in turned {
            let (byte, mask) = (bit / 8 % 32, 1 << (bit % 8));
            match bit / 256 {
                0 => crafted.key[byte] ^= mask,
                1 => crafted.r[byte] ^= mask,
                _ => crafted.s[byte] ^= mask,
            }
        }
        match crafted.claim() {
            Ok(claim) => prop_assert_eq!(claim.check().is_ok(), zebra(&crafted)),
            Err(_) => prop_assert!(crafted.single().is_err()),
        }
    }
}
