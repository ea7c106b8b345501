//! Other implementations: the oracle of the equation, and why the rule is pinned here.

use super::*;
use ed25519_dalek::Verifier;
use proptest::prelude::*;

pub(super) fn zebra(crafted: &Crafted) -> bool {
    let signature = ed25519_zebra::Signature::from_bytes(&crafted.signature().0);
    ed25519_zebra::VerificationKey::try_from(crafted.key)
        .is_ok_and(|key| key.verify(&signature, &crafted.message).is_ok())
}

proptest! {
    /// Where the bytes pass, the answer is that of ed25519-zebra, whose rule (ZIP 215) has the same equation.
    #[test]
    fn the_equation_is_that_of_zebra(
        a: u64, r: u64, i in 0_usize..8, j in 0_usize..8, off in 0_u8..3, message: [u8; 8],
    ) {
        let mut crafted = craft(a, &EIGHT_TORSION[i], r, &EIGHT_TORSION[j], &message);
        crafted.s = (Scalar::from_canonical_bytes(crafted.s).unwrap() + Scalar::from(off)).to_bytes();
        let ours = match crafted.claim() {
            Ok(claim) => claim.check().is_ok(),
            // Only a or r = 0 can bring us here, and the generator hardly ever gives it.
            Err(_) => return Err(TestCaseError::reject("of small order")),
        };
        prop_assert_eq!(ours, off == 0);
        prop_assert_eq!(ours, zebra(&crafted));
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Dalek {
    plain: bool,
    strict: bool,
    batch: bool,
}

fn dalek(crafted: &Crafted) -> Dalek {
    let key = ed25519_dalek::VerifyingKey::from_bytes(&crafted.key).unwrap();
    let signature = ed25519_dalek::Signature::from_bytes(&crafted.signature().0);
    Dalek {
        plain: key.verify(&crafted.message, &signature).is_ok(),
        strict: key.verify_strict(&crafted.message, &signature).is_ok(),
        batch: ed25519_dalek::verify_batch(&[&crafted.message], &[signature], &[key]).is_ok(),
    }
}

/// An R of order 2: dalek's single verification refuses it, its batch takes it about every second time, depending
/// on a coefficient's last bit. A validator that batches and one that doesn't would part ways.
#[test]
fn dalek_batch_takes_what_dalek_single_refuses() {
    let order_two = &EIGHT_TORSION[4];
    let answers: Vec<_> = (0..64_u8)
        .map(|number| {
            let crafted = craft(5, &EIGHT_TORSION[0], 0, order_two, &[number]);
            assert_eq!(rule_of(crafted.single()), "CRY-006");
            dalek(&crafted)
        })
        .collect();
    assert!(answers.iter().all(|of| !of.plain && !of.strict));
    let passed = answers.iter().filter(|of| of.batch).count();
    assert!(0 < passed && passed < 64, "{passed} of 64");
}

/// The identity as a key: everyone can sign for it, and `verify` and `verify_strict` differ.
#[test]
fn dalek_plain_takes_what_dalek_strict_refuses() {
    let crafted = craft(0, &EIGHT_TORSION[0], 7, &EIGHT_TORSION[0], b"signed by nobody");
    assert_eq!(dalek(&crafted), Dalek { plain: true, strict: false, batch: true });
    assert_eq!(answer(&crafted), "CRY-002");
}

/// A key with a torsion component: to all three of dalek's the answer hangs on k modulo 8, which the signer can
/// try out; by the pinned rule it is the same for every message.
#[test]
fn dalek_answers_differ_on_mixed_order() {
    let answers: Vec<_> = (0..64_u8)
        .map(|number| {
            let crafted = craft(5, &EIGHT_TORSION[1], 7, &EIGHT_TORSION[0], &[number]);
            assert_eq!(rule_of(crafted.single()), "ok");
            dalek(&crafted)
        })
        .collect();
    let plain = answers.iter().filter(|of| of.plain).count();
    assert!(0 < plain && plain < 64, "{plain} of 64");
    assert!(answers.iter().any(|of| of.batch != of.plain));
}
