//! What proofs show.

use std::collections::BTreeSet;

use super::*;
use crate::{codec, limits};

fn keys() -> impl Strategy<Value = BTreeSet<StateKey>> {
    prop::collection::btree_set(any::<u8>().prop_map(key), 1..30)
}

#[test]
fn one_key_of_each_kind() {
    let at = |byte: u8| StateKey([byte; 32]);
    let tree = tree_of(&Model::from([(at(0x00), value(1)), (at(0x01), value(2)), (at(0x80), value(3))]));
    let (_, nodes) =
        defined(&Model::from([(at(0x00), value(1)), (at(0x01), value(2)), (at(0x80), value(3))]));
    let hash_at = |key: &StateKey, depth| nodes[&Prefix::of(key, depth)].hash();
    let proof = |key: StateKey| prove(&tree, &BTreeSet::from([key])).unwrap();
    // Present: 00… and 01… part at the eighth bit; above it six empty siblings, then the leaf 80….
    let present = StateProof {
        claims: [StateClaim::Present { key: at(0), depth: 8, value: value(1) }].into(),
        empty: serde_bytes::ByteBuf::from([0b0111_1110]),
        siblings: [hash_at(&at(0x01), 8), hash_at(&at(0x80), 1)].into(),
    };
    assert_eq!(proof(at(0)), present);
    // An empty subtree, beside the branch over both.
    let vacant = StateProof {
        claims: [StateClaim::Vacant { key: at(0x02), depth: 7 }].into(),
        empty: serde_bytes::ByteBuf::from([0b0111_1100]),
        siblings: [hash_at(&at(0), 7), hash_at(&at(0x80), 1)].into(),
    };
    assert_eq!(proof(at(0x02)), vacant);
    // Another key's leaf.
    let taken = StateProof {
        claims: [StateClaim::Taken { key: at(0x81), depth: 1, leaf: at(0x80), value: value(3) }].into(),
        empty: serde_bytes::ByteBuf::from([0]),
        siblings: [hash_at(&at(0), 1)].into(),
    };
    assert_eq!(proof(at(0x81)), taken);
    for (proof, key, answer) in
        [(present, at(0), Some(value(1))), (vacant, at(0x02), None), (taken, at(0x81), None)]
    {
        assert_eq!(proof.verify(&tree.root()), Ok(BTreeMap::from([(key, answer)])));
    }
}

#[test]
fn what_paths_share_stands_in_the_proof_once() {
    let at = |byte: u8| StateKey([byte; 32]);
    let tree = tree_of(&Model::from([(at(0x00), value(1)), (at(0x01), value(2)), (at(0x80), value(3))]));
    let asked = BTreeSet::from([
        at(0x00),
        at(0x01),
        at(0x02),
        at(0x03),
        at(0x7f),
        at(0x7e),
        at(0x80),
        at(0x81),
        at(0x90),
    ]);
    let proof = prove(&tree, &asked).unwrap();
    let shared = |byte| StateClaim::Shared { key: at(byte) };
    let expected = [
        StateClaim::Present { key: at(0x00), depth: 8, value: value(1) },
        StateClaim::Present { key: at(0x01), depth: 8, value: value(2) },
        StateClaim::Vacant { key: at(0x02), depth: 7 },
        shared(0x03),
        StateClaim::Vacant { key: at(0x7e), depth: 2 },
        shared(0x7f),
        StateClaim::Present { key: at(0x80), depth: 1, value: value(3) },
        shared(0x81),
        shared(0x90),
    ];
    assert_eq!(proof.claims, expected);
    assert_eq!((proof.empty.as_slice(), proof.siblings.as_slice()), (&[0b1111_0000][..], &[][..]));
    // A shared claim may come before the present key too.
    let proof = prove(&tree_of(&Model::from([(at(0x80), value(3))])), &asked).unwrap();
    assert_eq!(proof.claims[6], StateClaim::Present { key: at(0x80), depth: 0, value: value(3) });
    assert_eq!(proof.claims[5], shared(0x7f));
    assert_eq!((proof.empty.len(), proof.siblings.len()), (0, 0));
    // Where no key is present the first claim carries the leaf, or the void.
    let proof = prove(&tree_of(&Model::from([(at(0x05), value(3))])), &asked).unwrap();
    assert_eq!(proof.claims[0], StateClaim::Taken { key: at(0), depth: 0, leaf: at(0x05), value: value(3) });
    assert_eq!(proof.claims[1], shared(0x01));
    let proof = prove(&MemoryTree::new(), &asked).unwrap();
    assert_eq!(proof.claims[0], StateClaim::Vacant { key: at(0), depth: 0 });
    assert_eq!(proof.verify(&StateRoot([0; 32])).unwrap(), asked.iter().map(|key| (*key, None)).collect());
}

proptest! {
    #![proptest_config(cases(20_000, 300))]

    /// Members, both absences, mixed: each key asked for has its answer, and no other key has one.
    #[test]
    fn proofs_answer_for_just_the_keys_asked(model in model(), asked in keys()) {
        let tree = tree_of(&model);
        let proof = prove(&tree, &asked).unwrap();
        let answers: BTreeMap<_, _> = asked.iter().map(|key| (*key, model.get(key).copied())).collect();
        prop_assert_eq!(&proof.verify(&tree.root()).unwrap(), &answers);
        prop_assert_eq!(&proof.verify_for(&tree.root(), &asked).unwrap(), &answers);
        let bytes = codec::encode(&proof).unwrap();
        prop_assert_eq!(codec::decode::<StateProof>(&bytes, &limits::PROOF).unwrap(), proof);
    }

    /// Sharing never costs: a proof about many keys is at most as long as one about each.
    #[test]
    fn one_proof_is_no_longer_than_many(model in model(), asked in keys()) {
        let tree = tree_of(&model);
        let siblings = |keys: &BTreeSet<StateKey>| prove(&tree, keys).unwrap().siblings.len();
        let apart: usize = asked.iter().map(|key| siblings(&BTreeSet::from([*key]))).sum();
        prop_assert!(siblings(&asked) <= apart);
    }

    /// A proof about the old tree is none about the new one.
    #[test]
    fn proofs_hold_for_one_root(model in model(), changes in changes(), asked in keys()) {
        let mut tree = tree_of(&model);
        let proof = prove(&tree, &asked).unwrap();
        let old = tree.root();
        change(&mut tree, &changes);
        prop_assert_eq!(proof.verify(&tree.root()).is_ok(), tree.root() == old);
    }
}
