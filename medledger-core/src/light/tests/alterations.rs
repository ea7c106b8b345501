//! A record's proof, altered in a thousand ways: each is refused.

use alloc::vec::Vec;
use ciborium::Value;
use proptest::prelude::*;

use super::records::{batch, member};
use super::*;
use crate::codec::{decode, encode};
use crate::limits::PROOF;

/// Proofs of every form, and a client that accepts them.
fn proofs() -> (Vec<Vec<u8>>, Verifier) {
    let (world, _, [receipt, _], log) = batch();
    let mut made = Vec::new();
    for receipt in [receipt.clone(), world.refreshed(receipt)] {
        for opening in [None, Some(opening("ann 3"))] {
            let proof = RecordProof { receipt: receipt.clone(), member: Some(member(&log, 3)), opening };
            made.push(encode(&proof).unwrap());
        }
    }
    let verifier = world.verifier();
    assert!(made.iter().all(|bytes| holds(bytes, &verifier)));
    (made, verifier)
}

fn holds(bytes: &[u8], verifier: &Verifier) -> bool {
    decode::<RecordProof>(bytes, &PROOF).is_ok_and(|proof| proof.check(verifier).is_ok())
}

#[test]
fn a_thousand_single_bits() {
    let (proofs, verifier) = proofs();
    let mut tried = 0;
    for proof in &proofs {
        // An odd step, so that all places in a byte have their turn.
        let step = (proof.len() * 8 / 260) | 1;
        for bit in (0..proof.len() * 8).step_by(step) {
            let mut bytes = proof.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(!holds(&bytes, &verifier), "bit {bit} of {}", proof.len());
            tried += 1;
        }
    }
    assert!(tried >= 1_000, "{tried}");
}

#[test]
fn every_truncation_and_every_tail() {
    let (proofs, verifier) = proofs();
    for proof in &proofs {
        for cut in 0..proof.len() {
            assert!(!holds(&proof[..cut], &verifier));
        }
        for tail in [0_u8, 0xf6, 0x80, 0xff] {
            assert!(!holds(&[proof.as_slice(), &[tail]].concat(), &verifier));
        }
    }
}

/// The value without its parts, list by list.
fn lists(value: &Value, path: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
    if let Value::Array(items) = value {
        found.push(path.clone());
        for (at, item) in items.iter().enumerate() {
            path.push(at);
            lists(item, path, found);
            path.pop();
        }
    }
}

fn list_at<'a>(value: &'a mut Value, path: &[usize]) -> &'a mut Vec<Value> {
    let mut here = value;
    for at in path {
        let Value::Array(items) = here else { panic!() };
        here = &mut items[*at];
    }
    let Value::Array(items) = here else { panic!() };
    items
}

fn changed(proof: &[u8], change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut value: Value = ciborium::from_reader(proof).unwrap();
    change(&mut value);
    let mut bytes = Vec::new();
    ciborium::into_writer(&value, &mut bytes).unwrap();
    bytes
}

#[test]
fn items_dropped_doubled_swapped_and_exchanged() {
    let (proofs, verifier) = proofs();
    let mut tried = 0;
    let mut refuse = |original: &[u8], altered: &[u8]| {
        if altered != original {
            assert!(!holds(altered, &verifier));
            tried += 1;
        }
    };
    for proof in &proofs {
        let value: Value = ciborium::from_reader(proof.as_slice()).unwrap();
        let mut found = Vec::new();
        lists(&value, &mut Vec::new(), &mut found);
        for path in &found {
            let count = list_at(&mut value.clone(), path).len();
            for at in 0..count {
                refuse(proof, &changed(proof, |value| drop(list_at(value, path).remove(at))));
                refuse(
                    proof,
                    &changed(proof, |value| {
                        let list = list_at(value, path);
                        list.insert(at, list[at].clone());
                    }),
                );
                refuse(proof, &changed(proof, |value| list_at(value, path).swap(at, (at + 1) % count)));
                refuse(proof, &changed(proof, |value| list_at(value, path)[at] = Value::Array(Vec::new())));
            }
            refuse(proof, &changed(proof, |value| list_at(value, path).clear()));
        }
    }
    assert!(tried > 1_000, "{tried}");
}

#[test]
fn parts_of_two_receipts_exchanged() {
    let (world, _, [anns, bobs], log) = batch();
    let verifier = world.verifier();
    let forms =
        [anns.clone(), world.refreshed(anns), bobs.clone(), world.refreshed(bobs), world.receipt(1, 0, 0)];
    type Part = fn(&mut Receipt, &Receipt);
    let parts: [Part; 7] = [
        |to, from| to.event = from.event.clone(),
        |to, from| to.place = from.place,
        |to, from| to.event_path = from.event_path.clone(),
        |to, from| to.result = from.result.clone(),
        |to, from| to.result_path = from.result_path.clone(),
        |to, from| to.header = from.header.clone(),
        |to, from| to.anchor = from.anchor.clone(),
    ];
    for (own, receipt) in forms.iter().enumerate() {
        for from in &forms {
            for part in parts {
                let mut mixed = receipt.clone();
                part(&mut mixed, from);
                // Two forms of one receipt differ in what they stand on alone: either will do.
                let sound = forms.contains(&mixed);
                assert_eq!(mixed.check(&verifier).is_ok(), sound, "receipt {own}");
            }
        }
    }
    let mixed = RecordProof { receipt: forms[2].clone(), member: Some(member(&log, 0)), opening: None };
    assert_eq!(rule(mixed.check(&verifier)), "LGT-012");
}

proptest! {
    #[test]
    fn no_bytes_make_decoding_panic(junk in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode::<RecordProof>(&junk, &PROOF);
        let _ = decode::<LogProof>(&junk, &PROOF);
        let _ = CertifiedHeader::decode(&junk);
    }
}
