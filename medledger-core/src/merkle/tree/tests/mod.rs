#![allow(clippy::arithmetic_side_effects, reason = "tests count in small numbers")]

mod history;
mod positions;
mod proofs;
mod refusals;
mod updates;

extern crate std;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use proptest::prelude::*;

use super::*;

/// What the tree is meant to hold.
type Model = BTreeMap<StateKey, ValueHash>;
type Changes = BTreeMap<StateKey, Option<ValueHash>>;

/// Keys of all sorts: well spread, alike in all but the last bits, alike in all but the first.
fn key(n: u8) -> StateKey {
    let mut bytes = match n % 4 {
        0 => hash(Tag::StateKey, &[&[n]]),
        1 => [0xff; 32],
        _ => [0; 32],
    };
    match n % 4 {
        0 => {}
        3 => bytes[0] = n >> 2,
        _ => bytes[31] = n >> 2,
    }
    StateKey(bytes)
}

fn value(n: u8) -> ValueHash {
    value_hash(&[n])
}

fn changes() -> impl Strategy<Value = Changes> {
    let change = (
        any::<u8>().prop_map(key),
        prop_oneof![2 => (0..4_u8).prop_map(|n| Some(value(n))), 1 => Just(None)],
    );
    prop::collection::btree_map(change.0, change.1, 0..40)
}

fn model() -> impl Strategy<Value = Model> {
    prop::collection::btree_map(any::<u8>().prop_map(key), (0..4_u8).prop_map(value), 0..60)
}

/// The nodes of a model's tree straight from the definition, by recursion over bits of text.
fn define(model: &[(StateKey, ValueHash)], at: Prefix, nodes: &mut BTreeMap<Prefix, Node>) -> NodeHash {
    let (node, preimage): (Node, Vec<u8>) = match model {
        [] => return NodeHash([0; 32]),
        [(key, value)] => {
            (Node::Leaf { key: *key, value: *value }, [&[2], &key.0[..], &value.0[..]].concat())
        }
        _ => {
            let depth = usize::from(at.depth());
            let (rights, lefts): (Vec<_>, Vec<_>) =
                model.iter().partition(|(key, _)| (key.0[depth / 8] >> (7 - depth % 8)) % 2 == 1);
            let left = define(&lefts, at.child(false).unwrap(), nodes);
            let right = define(&rights, at.child(true).unwrap(), nodes);
            (Node::Branch { left, right }, [&[3], &left.0[..], &right.0[..]].concat())
        }
    };
    nodes.insert(at, node);
    NodeHash(Sha3_256::digest(&preimage).into())
}

/// The root and the nodes that a model's tree must have.
fn defined(model: &Model) -> (StateRoot, BTreeMap<Prefix, Node>) {
    let leaves: Vec<_> = model.iter().map(|(key, value)| (*key, *value)).collect();
    let mut nodes = BTreeMap::new();
    let root = define(&leaves, Prefix::ROOT, &mut nodes);
    (root.into(), nodes)
}

fn tree_of(model: &Model) -> MemoryTree {
    let mut tree = MemoryTree::new();
    change(&mut tree, &model.iter().map(|(key, value)| (*key, Some(*value))).collect());
    tree
}

fn change(tree: &mut MemoryTree, changes: &Changes) -> TreeDelta {
    let (root, delta) = update(tree, changes).unwrap();
    tree.apply(delta.clone());
    assert_eq!(tree.root(), root);
    delta
}

fn apply(model: &mut Model, changes: &Changes) {
    for (key, value) in changes {
        match value {
            Some(value) => model.insert(*key, *value),
            None => model.remove(key),
        };
    }
}

fn nodes_of(tree: &MemoryTree) -> BTreeMap<Prefix, Node> {
    tree.nodes().collect()
}

/// Cases of a long run with `MEDLEDGER_LONG=1`, else some of them.
fn cases(long: u32, usual: u32) -> ProptestConfig {
    ProptestConfig::with_cases(if std::env::var_os("MEDLEDGER_LONG").is_some() { long } else { usual })
}
