//! Proofs about the state's tree: present, absent in both ways, several keys at once, keys that the proof does not cover; and
//! each spoilt.

use std::collections::{BTreeMap, BTreeSet};

use medledger_core::codec::encode;
use medledger_core::error::Coded;
use medledger_core::hash::{NodeHash, StateKey, StateRoot, ValueHash};
use medledger_core::merkle::tree::{MemoryTree, StateClaim, StateProof, prove, update, value_hash};
use medledger_core::state::ValueProof;
use serde_bytes::ByteBuf;

use super::Vector;
use super::json::{Fields, Json, bytes, hex, list};

/// A key by its first two bytes: where it stands in a small tree.
fn key(first: u8, second: u8) -> StateKey {
    let mut key = [0x11; 32];
    (key[0], key[1]) = (first, second);
    StateKey(key)
}

/// Two keys that part in their very last bit.
fn twins() -> [StateKey; 2] {
    let mut last = [0x66; 32];
    last[31] = 0x67;
    [StateKey([0x66; 32]), StateKey(last)]
}

struct Tree {
    values: BTreeMap<StateKey, Vec<u8>>,
    tree: MemoryTree,
}

impl Tree {
    fn new(keys: &[StateKey]) -> Self {
        let values: BTreeMap<_, _> = keys.iter().map(|key| (*key, key.0[..3].to_vec())).collect();
        let mut tree = MemoryTree::default();
        let changes = values.iter().map(|(key, value)| (*key, Some(value_hash(value)))).collect();
        tree.apply(update(&tree, &changes).unwrap().1);
        Self { values, tree }
    }

    fn proof(&self, keys: &[StateKey]) -> ValueProof {
        let keys: BTreeSet<StateKey> = keys.iter().copied().collect();
        let values = keys.iter().filter_map(|key| self.values.get(key)).cloned().map(ByteBuf::from).collect();
        ValueProof { proof: prove(&self.tree, &keys).unwrap(), values }
    }
}

fn input(root: &StateRoot, proof: &[u8], keys: &[StateKey]) -> Fields {
    vec![
        ("root", root.to_string().into()),
        ("proof", bytes(proof)),
        ("keys", list(keys.iter().map(ToString::to_string))),
    ]
}

fn answers(of: impl IntoIterator<Item = (StateKey, &'static str, Option<Vec<u8>>)>) -> Fields {
    let answer = |(key, standing, value): (StateKey, &'static str, Option<Vec<u8>>)| {
        Json::Object(vec![
            ("key", key.to_string().into()),
            ("standing", standing.into()),
            ("value", value.map(|value| hex(&value)).into()),
        ])
    };
    vec![("answers", list(of.into_iter().map(answer)))]
}

pub(super) fn vectors() -> Vec<Vector> {
    let mut made = Vec::new();
    let few = Tree::new(&[key(0x00, 0), key(0x20, 0), key(0x21, 0), key(0x80, 0), key(0xff, 0xff)]);
    let [low, high] = twins();
    let deep = Tree::new(&[low, high]);
    let single = Tree::new(&[key(0x40, 0)]);
    let empty = Tree::new(&[]);
    let cases: Vec<(&str, &Tree, Vec<StateKey>, Vec<StateKey>)> = vec![
        ("a key that is there", &few, vec![key(0x80, 0)], vec![]),
        ("the first key", &few, vec![key(0, 0)], vec![]),
        ("the last key", &few, vec![key(0xff, 0xff)], vec![]),
        ("an empty subtree", &few, vec![key(0x60, 0)], vec![]),
        ("another key's leaf", &few, vec![key(0x81, 0)], vec![]),
        ("a key beside one that is there", &few, vec![key(0x80, 0), key(0x81, 0)], vec![]),
        ("two keys on one other leaf", &few, vec![key(0x82, 0), key(0x83, 0)], vec![]),
        ("two keys in one empty subtree", &few, vec![key(0x60, 0), key(0x61, 0)], vec![]),
        (
            "all kinds at once",
            &few,
            vec![key(0, 0), key(0x20, 0), key(0x60, 0), key(0x61, 0), key(0x81, 0), key(0xff, 0xff)],
            vec![],
        ),
        ("a key that is not covered", &few, vec![key(0x80, 0)], vec![key(0x20, 0)]),
        ("an absent key that is not covered", &few, vec![key(0x80, 0)], vec![key(0x81, 0)]),
        ("keys that part in their last bit", &deep, vec![low, high], vec![]),
        ("one of them", &deep, vec![high], vec![low]),
        ("a tree of one key", &single, vec![key(0x40, 0)], vec![]),
        ("a tree of one other key", &single, vec![key(0xc0, 0)], vec![]),
        ("the empty tree", &empty, vec![key(0x40, 0)], vec![]),
    ];
    for (name, tree, covered, others) in &cases {
        let proof = tree.proof(covered);
        let root = tree.tree.root();
        let asked: Vec<StateKey> = covered.iter().chain(others).rev().copied().collect();
        let answer = asked.iter().map(|key| match tree.values.get(key) {
            _ if others.contains(key) => (*key, "unproven", None),
            Some(value) => (*key, "present", Some(value.clone())),
            None => (*key, "absent", None),
        });
        let bytes = encode(&proof).unwrap();
        let vector = Vector::valid("state", *name, "a small tree", input(&root, &bytes, &asked));
        made.push(vector.gives(answers(answer)));
        let sorted: Vec<StateKey> = covered.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
        let hashes = sorted.iter().map(|key| match tree.values.get(key) {
            Some(value) => (*key, "present", Some(value_hash(value).0.to_vec())),
            None => (*key, "absent", None),
        });
        let bytes = encode(&proof.proof).unwrap();
        let vector = Vector::valid("state-keys", *name, "a small tree", input(&root, &bytes, &sorted));
        made.push(vector.gives(answers(hashes)));
        let mut more = sorted.clone();
        more.push(key(0x99, 0x99));
        let rule = "MRK-030";
        made.push(Vector::invalid(
            "state-keys",
            "other-keys",
            rule,
            format!("{name}, and one more asked"),
            "a small tree",
            input(&root, &bytes, &more),
        ));
        made.push(Vector::invalid(
            "state-keys",
            "other-keys",
            rule,
            format!("{name}, and one less asked"),
            "a small tree",
            input(&root, &bytes, &sorted[1..]),
        ));
    }
    spoilt(&few, &mut made);
    values(&few, &mut made);
    made
}

/// What is wrong with the tree's part of a proof.
fn spoilt(few: &Tree, made: &mut Vec<Vector>) {
    let root = few.tree.root();
    let covered = [key(0, 0), key(0x60, 0), key(0x80, 0), key(0x82, 0)];
    let honest = few.proof(&covered);
    let mut bad = |cause: &'static str, rule: &str, name: &str, change: &dyn Fn(&mut StateProof)| {
        let mut proof = honest.clone();
        change(&mut proof.proof);
        let refused = proof.proof.verify(&root).expect_err(name).rule().to_string();
        assert_eq!(refused, rule, "{name}");
        let input = input(&root, &encode(&proof).unwrap(), &covered);
        made.push(Vector::invalid("state", cause, rule, name, "a proof of four keys", input));
    };
    bad("no-claims", "MRK-020", "nothing claimed", &|proof| proof.claims.clear());
    bad("unsorted", "MRK-021", "two claims exchanged", &|proof| proof.claims.swap(0, 1));
    bad("unsorted", "MRK-021", "a claim twice", &|proof| proof.claims.insert(1, proof.claims[0]));
    bad("too-deep", "MRK-022", "a path of 257 branches", &|proof| {
        if let StateClaim::Present { depth, .. } = &mut proof.claims[0] {
            *depth = 257;
        }
    });
    bad("too-deep", "MRK-022", "a path of 2^64 - 1 branches", &|proof| {
        if let StateClaim::Vacant { depth, .. } = &mut proof.claims[1] {
            *depth = u64::MAX;
        }
    });
    bad("not-beside", "MRK-023", "absent by its own leaf", &|proof| {
        if let StateClaim::Present { key, depth, value } = proof.claims[0] {
            proof.claims[0] = StateClaim::Taken { key, depth, leaf: key, value };
        }
    });
    bad("not-beside", "MRK-023", "absent by a leaf elsewhere", &|proof| {
        if let StateClaim::Vacant { key: absent, depth } = proof.claims[1] {
            let (leaf, value) = (key(0x80, 0), ValueHash([1; 32]));
            proof.claims[1] = StateClaim::Taken { key: absent, depth, leaf, value };
        }
    });
    bad("overlap", "MRK-024", "a path that ends inside another's", &|proof| {
        if let StateClaim::Vacant { depth, .. } = &mut proof.claims[1] {
            *depth = 0;
        }
    });
    bad("stray", "MRK-025", "a shared claim with no path to share", &|proof| {
        proof.claims[1] = StateClaim::Shared { key: key(0x60, 0) };
    });
    bad("missing-sibling", "MRK-026", "the last sibling left out", &|proof| {
        proof.siblings.pop();
    });
    bad("missing-sibling", "MRK-026", "no siblings", &|proof| {
        proof.siblings.clear();
        proof.empty.clear();
    });
    bad("surplus-sibling", "MRK-027", "a sibling more", &|proof| proof.siblings.push(NodeHash([1; 32])));
    bad("surplus-sibling", "MRK-027", "a byte of marks more", &|proof| proof.empty.push(0));
    bad("surplus-sibling", "MRK-027", "a bit of padding set", &|proof| {
        let last = proof.empty.len() - 1;
        proof.empty[last] |= 1;
    });
    bad("empty-sibling", "MRK-028", "an empty sibling spelled out", &|proof| {
        proof.siblings[0] = NodeHash([0; 32]);
    });
    bad("wrong-root", "MRK-029", "another sibling", &|proof| proof.siblings[0].0[0] ^= 1);
    bad("wrong-root", "MRK-029", "another value's hash", &|proof| {
        if let StateClaim::Present { value, .. } = &mut proof.claims[0] {
            value.0[0] ^= 1;
        }
    });
    bad("wrong-root", "MRK-029", "a key that is there, claimed absent", &|proof| {
        if let StateClaim::Present { key, depth, .. } = proof.claims[0] {
            proof.claims[0] = StateClaim::Vacant { key, depth };
        }
    });
    bad("wrong-root", "MRK-029", "a key that is absent, claimed there", &|proof| {
        if let StateClaim::Vacant { key, depth } = proof.claims[1] {
            proof.claims[1] = StateClaim::Present { key, depth, value: ValueHash([1; 32]) };
        }
    });
    let mut input_of_other = |name: &str, root: &StateRoot| {
        let input = input(root, &encode(&honest).unwrap(), &covered);
        made.push(Vector::invalid("state", "wrong-root", "MRK-029", name, "a proof of four keys", input));
    };
    input_of_other("under the root of the empty tree", &StateRoot([0; 32]));
    input_of_other("under another root", &Tree::new(&[key(1, 1)]).tree.root());
}

/// What is wrong with the values beside it.
fn values(few: &Tree, made: &mut Vec<Vector>) {
    let root = few.tree.root();
    let covered = [key(0, 0), key(0x60, 0), key(0x80, 0)];
    let honest = few.proof(&covered);
    let mut bad = |cause, rule: &str, name: &str, change: &dyn Fn(&mut Vec<ByteBuf>)| {
        let mut proof = honest.clone();
        change(&mut proof.values);
        assert_eq!(proof.verify(&root).expect_err(name).rule().to_string(), rule);
        let input = input(&root, &encode(&proof).unwrap(), &covered);
        made.push(Vector::invalid("state", cause, rule, name, "a proof of two values", input));
    };
    bad("value-count", "STA-001", "a value left out", &|values| {
        values.pop();
    });
    bad("value-count", "STA-001", "a value more", &|values| values.push(ByteBuf::new()));
    bad("wrong-value", "STA-002", "another value", &|values| values[0][0] ^= 1);
    bad("wrong-value", "STA-002", "a value exchanged for the other", &|values| values.swap(0, 1));
    bad("wrong-value", "STA-002", "a byte more", &|values| values[1].push(0));
}
