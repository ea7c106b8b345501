//! What no proof can be, and what becomes of a proof that was tampered with.

use std::collections::BTreeSet;
use std::string::ToString;

use serde_bytes::ByteBuf;

use super::*;
use crate::error::Coded;
use crate::{codec, limits};

fn at(byte: u8) -> StateKey {
    StateKey([byte; 32])
}

/// A tree of three keys, and a proof with a claim of every kind and siblings of both.
fn sample() -> (Model, StateRoot, BTreeSet<StateKey>, StateProof) {
    let model = Model::from([
        (at(0x00), value(1)),
        (at(0x01), value(2)),
        (at(0x10), value(3)),
        (at(0x80), value(4)),
        (at(0xf0), value(5)),
    ]);
    let tree = tree_of(&model);
    let asked =
        BTreeSet::from([at(0x00), at(0x02), at(0x03), at(0x20), at(0x7f), at(0x81), at(0x82), at(0xff)]);
    let proof = prove(&tree, &asked).unwrap();
    (model, tree.root(), asked, proof)
}

fn refused(proof: &StateProof) -> std::string::String {
    proof.verify(&sample().1).unwrap_err().rule().to_string()
}

fn with(claims: impl Into<Vec<StateClaim>>) -> StateProof {
    StateProof { claims: claims.into(), ..sample().3 }
}

#[test]
fn each_rule_has_its_refusal() {
    let (_, root, asked, proof) = sample();
    assert!(proof.verify(&root).is_ok());
    let vacant = |byte, depth| StateClaim::Vacant { key: at(byte), depth };
    let present = |byte, depth| StateClaim::Present { key: at(byte), depth, value: value(1) };
    let taken =
        |byte, depth, leaf| StateClaim::Taken { key: at(byte), depth, leaf: at(leaf), value: value(1) };
    let shared = |byte| StateClaim::Shared { key: at(byte) };

    assert_eq!(refused(&with([])), "MRK-020");
    assert_eq!(
        prove(&MemoryTree::new(), &BTreeSet::new()).unwrap().verify(&StateRoot([0; 32])),
        Err(TreeError::NoClaims)
    );
    assert_eq!(refused(&with([vacant(1, 8), vacant(0, 8)])), "MRK-021");
    assert_eq!(refused(&with([vacant(1, 8), vacant(1, 8)])), "MRK-021");
    assert_eq!(refused(&with([vacant(1, 8), shared(1)])), "MRK-021");
    for depth in [257, 1 << 16, (1 << 16) + 8, u64::MAX] {
        assert_eq!(refused(&with([vacant(1, depth)])), "MRK-022");
        assert_eq!(refused(&with([present(1, depth)])), "MRK-022");
        assert_eq!(refused(&with([taken(1, depth, 0)])), "MRK-022");
    }
    // The key's own leaf, and one from elsewhere.
    assert_eq!(refused(&with([taken(1, 8, 1)])), "MRK-023");
    assert_eq!(refused(&with([taken(1, 8, 2)])), "MRK-023");
    assert_eq!(refused(&with([taken(1, 256, 0)])), "MRK-023");
    // Of two keys that end in another's leaf the second is that other: it is present.
    let (lone, both) = (tree_of(&Model::from([(at(3), value(1))])), [taken(2, 0, 3), shared(3)].into());
    let lone = StateProof { claims: both, empty: ByteBuf::new(), siblings: Vec::new() }.verify(&lone.root());
    assert_eq!(lone, Err(TreeError::NotBeside { index: 1 }));
    // The same end twice; one end under another, either way round.
    assert_eq!(refused(&with([vacant(2, 7), vacant(3, 7)])), "MRK-024");
    assert_eq!(refused(&with([vacant(2, 7), vacant(3, 8)])), "MRK-024");
    assert_eq!(refused(&with([vacant(2, 8), vacant(3, 7)])), "MRK-024");
    assert_eq!(refused(&with([present(2, 0), present(3, 0)])), "MRK-024");
    // Nothing to share: alone, past every end, before an end that carries nothing forward.
    assert_eq!(refused(&with([shared(1)])), "MRK-025");
    assert_eq!(refused(&with([vacant(1, 8), shared(2)])), "MRK-025");
    assert_eq!(refused(&with([shared(1), present(2, 8)])), "MRK-025");
    assert_eq!(refused(&with([shared(2), vacant(3, 7)])), "MRK-025");
    assert_eq!(refused(&with([shared(2), taken(3, 6, 0)])), "MRK-025");
    assert_eq!(refused(&with([vacant(1, 8), shared(2), vacant(4, 8)])), "MRK-025");

    let mut bad = proof.clone();
    bad.siblings.pop();
    assert_eq!(refused(&bad), "MRK-026");
    let mut bad = proof.clone();
    bad.empty.pop();
    assert_eq!(refused(&bad), "MRK-026");
    let mut bad = proof.clone();
    bad.siblings.push(NodeHash([1; 32]));
    assert_eq!(refused(&bad), "MRK-027");
    let mut bad = proof.clone();
    bad.empty.push(0);
    assert_eq!(refused(&bad), "MRK-027");
    let mut bad = proof.clone();
    *bad.empty.last_mut().unwrap() |= 1;
    assert_eq!(refused(&bad), "MRK-027");
    // The first mark is spelled out as 32 zeros instead.
    let mut bad = proof.clone();
    let mark = (0..8).find(|mark| bad.empty[0] & (0x80 >> mark) != 0).unwrap();
    bad.empty[0] &= !(0x80 >> mark);
    bad.siblings.insert(mark, EMPTY);
    assert_eq!(refused(&bad), "MRK-028");
    assert_eq!(proof.verify(&StateRoot([7; 32])).unwrap_err().rule().to_string(), "MRK-029");
    let mut other = asked.clone();
    other.pop_first();
    assert_eq!(proof.verify_for(&root, &other).unwrap_err().rule().to_string(), "MRK-030");
    other.insert(at(0x77));
    assert_eq!(proof.verify_for(&root, &other).unwrap_err().rule().to_string(), "MRK-030");
    assert!(proof.verify_for(&root, &asked).is_ok());
}

#[test]
fn the_sample_has_something_of_everything() {
    let (.., proof) = sample();
    let codes: BTreeSet<u64> = proof.claims.iter().map(StateClaim::code).collect();
    assert_eq!(codes, (0..4).collect());
    assert!(proof.siblings.len() >= 2 && proof.empty.iter().any(|marks| *marks != 0));
    assert!(proof.empty.last().unwrap().trailing_zeros() > 0);
}

/// Refused for the keys that were asked; and where it says something true of other keys, nothing false.
pub(super) fn check(model: &Model, root: &StateRoot, asked: &BTreeSet<StateKey>, proof: &StateProof) {
    if proof.claims.iter().map(StateClaim::key).eq(asked) {
        assert!(proof.verify_for(root, asked).is_err(), "{proof:?}");
        return;
    }
    assert!(matches!(proof.verify_for(root, asked), Err(TreeError::OtherKeys { .. })));
    for (key, answer) in proof.verify(root).unwrap_or_default() {
        assert_eq!(model.get(&key).copied(), answer, "{proof:?}");
    }
}

fn check_bits(model: &Model, root: &StateRoot, asked: &BTreeSet<StateKey>, proof: &StateProof, step: usize) {
    let mut bytes = codec::encode(proof).unwrap();
    for bit in (0..bytes.len() * 8).step_by(step) {
        bytes[bit / 8] ^= 1 << (bit % 8);
        if let Ok(changed) = codec::decode::<StateProof>(&bytes, &limits::PROOF) {
            check(model, root, asked, &changed);
        }
        bytes[bit / 8] ^= 1 << (bit % 8);
    }
}

/// All ways to drop, repeat, swap or overwrite items with each other.
fn check_lists<X: Clone + PartialEq>(list: &[X], mut check: impl FnMut(Vec<X>)) {
    let mut changed = |change: &dyn Fn(&mut Vec<X>)| {
        let mut copy = list.to_vec();
        change(&mut copy);
        if copy != list {
            check(copy);
        }
    };
    for i in 0..list.len() {
        changed(&|copy| drop(copy.remove(i)));
        changed(&|copy| copy.insert(i, list[i].clone()));
        changed(&|copy| copy.push(list[i].clone()));
        changed(&|copy| copy.truncate(i));
        for (j, other) in list.iter().enumerate() {
            changed(&|copy| copy.swap(i, j));
            changed(&|copy| copy[i] = other.clone());
        }
    }
}

fn check_structure(model: &Model, root: &StateRoot, asked: &BTreeSet<StateKey>, proof: &StateProof) {
    let check = |proof: StateProof| check(model, root, asked, &proof);
    check_lists(&proof.claims, |claims| check(StateProof { claims, ..proof.clone() }));
    check_lists(&proof.siblings, |siblings| check(StateProof { siblings, ..proof.clone() }));
    check_lists(&proof.empty, |empty| check(StateProof { empty: ByteBuf::from(empty), ..proof.clone() }));
    // Each claim as each other kind, with what another claim says, and at each depth near by.
    let values = model.values().copied().chain([value(9)]);
    let leaves: Vec<_> = values.zip(model.keys().copied().chain([at(0x44)])).collect();
    for (index, claim) in proof.claims.iter().enumerate() {
        let key = *claim.key();
        let mut others = Vec::from([StateClaim::Shared { key }]);
        for depth in 0..10 {
            others.push(StateClaim::Vacant { key, depth });
            for (value, leaf) in &leaves {
                others.push(StateClaim::Present { key, depth, value: *value });
                others.push(StateClaim::Taken { key, depth, leaf: *leaf, value: *value });
            }
        }
        for other in others.into_iter().filter(|other| other != claim) {
            let mut claims = proof.claims.clone();
            claims[index] = other;
            check(StateProof { claims, ..proof.clone() });
        }
    }
}

#[test]
fn every_change_of_the_sample_is_refused() {
    let (model, root, asked, proof) = sample();
    check_bits(&model, &root, &asked, &proof, 1);
    check_structure(&model, &root, &asked, &proof);
    for bit in 0..256 {
        let mut other = root;
        other.0[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(proof.verify(&other), Err(TreeError::WrongRoot { expected: other, computed: root }));
    }
}

#[test]
fn deep_paths_with_nothing_in_them_cost_no_more_than_their_depth() {
    // The paths of two keys that part at the last bit, every sibling marked empty: 255 marks.
    let (a, b) = (StateKey([0; 32]), StateKey(core::array::from_fn(|i| u8::from(i == 31))));
    let tree = tree_of(&Model::from([(a, value(1)), (b, value(2))]));
    let proof = prove(&tree, &BTreeSet::from([a, b])).unwrap();
    assert_eq!((proof.empty.len(), proof.siblings.len()), (32, 0));
    assert!(proof.verify(&tree.root()).is_ok());
    check_bits(
        &Model::from([(a, value(1)), (b, value(2))]),
        &tree.root(),
        &BTreeSet::from([a, b]),
        &proof,
        1,
    );
}

proptest! {
    #![proptest_config(cases(500, 8))]

    #[test]
    fn every_change_of_any_proof_is_refused(model in model(), asked in prop::collection::btree_set(any::<u8>().prop_map(key), 1..8), step in 5..15_usize) {
        let tree = tree_of(&model);
        let proof = prove(&tree, &asked).unwrap();
        check_bits(&model, &tree.root(), &asked, &proof, step);
        check_structure(&model, &tree.root(), &asked, &proof);
    }

    /// Claims, marks and siblings put together at random never make a false proof, and never a panic.
    #[test]
    fn no_made_up_proof_says_anything_false(
        model in model(),
        claims in prop::collection::vec((0..4_u8, any::<u8>(), 0..300_u64, any::<u8>(), 0..4_u8), 1..6),
        empty in prop::collection::vec(prop_oneof![Just(0xff), Just(0), any::<u8>()], 0..40),
        siblings in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
    ) {
        let tree = tree_of(&model);
        let nodes: Vec<_> = tree.nodes().map(|(_, node)| node.hash()).collect();
        prop_assume!(!nodes.is_empty());
        let mut claims: Vec<_> = claims.into_iter().map(|(code, k, depth, other, v)| match code {
            0 => StateClaim::Present { key: key(k), depth, value: value(v) },
            1 => StateClaim::Vacant { key: key(k), depth: depth % 12 },
            2 => StateClaim::Taken { key: key(k), depth: depth % 12, leaf: key(other), value: value(v) },
            _ => StateClaim::Shared { key: key(k) },
        }).collect();
        claims.sort_by_key(|claim| *claim.key());
        claims.dedup_by_key(|claim| *claim.key());
        let siblings = siblings.into_iter().map(|index| *index.get(&nodes)).collect();
        let proof = StateProof { claims, empty: ByteBuf::from(empty), siblings };
        if let Ok(answers) = proof.verify(&tree.root()) {
            for (key, answer) in answers {
                prop_assert_eq!(model.get(&key).copied(), answer);
            }
        }
    }
}
