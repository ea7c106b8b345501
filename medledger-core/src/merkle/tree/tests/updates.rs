//! Updates against a plain map and the definition of the tree.

use core::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use super::super::update::update_by;
use super::*;

/// A tree that sees what is read of it, and fails from some read on.
struct Watched<'a> {
    tree: &'a MemoryTree,
    reads: RefCell<Vec<Prefix>>,
    left: Cell<usize>,
}

impl<'a> Watched<'a> {
    fn new(tree: &'a MemoryTree, left: usize) -> Self {
        Self { tree, reads: RefCell::default(), left: Cell::new(left) }
    }
}

impl TreeRead for Watched<'_> {
    type Error = &'static str;

    fn node(&self, at: &Prefix) -> Result<Node, ReadError<&'static str>> {
        let left = self.left.get().checked_sub(1).ok_or(ReadError::Store("worn out"))?;
        self.left.set(left);
        self.reads.borrow_mut().push(*at);
        Ok(self.tree.node(at).unwrap())
    }
}

fn set(pairs: &[([u8; 32], u8)]) -> Changes {
    pairs.iter().map(|(key, n)| (StateKey(*key), Some(value(*n)))).collect()
}

fn remove(keys: &[[u8; 32]]) -> Changes {
    keys.iter().map(|key| (StateKey(*key), None)).collect()
}

const A: [u8; 32] = [0; 32];
const B: [u8; 32] = {
    let mut key = [0; 32];
    key[0] = 0x40;
    key
};
/// Differs from A in the last bit only.
const C: [u8; 32] = {
    let mut key = [0; 32];
    key[31] = 1;
    key
};

#[test]
fn roots_computed_elsewhere() {
    // By Python's hashlib, from the table in the module's documentation.
    let root =
        |pairs: &[([u8; 32], u8)]| alloc::format!("{}", update(&MemoryTree::new(), &set(pairs)).unwrap().0);
    assert_eq!(root(&[]), "00".repeat(32));
    assert_eq!(root(&[(A, 1)]), "d3c1282888116b458a56299ff6fef6a9f15db166cd0148315e596dee2c6cc890");
    assert_eq!(root(&[(A, 1), (B, 2)]), "24b051225cf73d3dee13efe738ab21a8c8fd6ccd41fd279c04766d5a82accf59");
    assert_eq!(root(&[(A, 1), (C, 3)]), "808c718d5bab35f20dd6bf29ac0b3afda86a2a4af6c4a6d37adb9492b8a8f007");
}

#[test]
fn keys_that_differ_in_the_last_bit() {
    let mut tree = MemoryTree::new();
    change(&mut tree, &set(&[(A, 1)]));
    let alone = tree.clone();
    assert_eq!(tree.nodes().count(), 1);
    let delta = change(&mut tree, &set(&[(C, 3)]));
    // 256 branches, and a leaf either side of the last.
    assert_eq!(delta.nodes.len(), 258);
    assert_eq!(tree.nodes().count(), 258);
    let last = Prefix::of(&StateKey(C), 256);
    assert_eq!(tree.node(&last).unwrap(), Node::Leaf { key: StateKey(C), value: value(3) });
    let delta = change(&mut tree, &remove(&[C]));
    assert_eq!(delta.nodes.len(), 258);
    assert_eq!(tree, alone);
    change(&mut tree, &remove(&[A]));
    assert_eq!(tree, MemoryTree::new());
    assert_eq!(tree.root(), StateRoot([0; 32]));
}

#[test]
fn a_leaf_left_alone_moves_up_however_far() {
    let mut tree = MemoryTree::new();
    change(&mut tree, &set(&[(A, 1), (B, 2), (C, 3)]));
    // Once as the untouched sibling of what goes, once itself changed, once across a batch that adds.
    let mut copy = tree.clone();
    change(&mut copy, &remove(&[A, B]));
    assert_eq!(copy, tree_of(&Model::from([(StateKey(C), value(3))])));
    let mut copy = tree.clone();
    let mut both = remove(&[A, B]);
    both.extend(set(&[(C, 4)]));
    change(&mut copy, &both);
    assert_eq!(copy, tree_of(&Model::from([(StateKey(C), value(4))])));
    let mut both = remove(&[A, C]);
    both.extend(set(&[([0xff; 32], 4)]));
    change(&mut tree, &both);
    assert_eq!(tree, tree_of(&Model::from([(StateKey(B), value(2)), (StateKey([0xff; 32]), value(4))])));
}

#[test]
fn what_changes_nothing_leaves_nothing_behind() {
    let mut tree = MemoryTree::new();
    assert_eq!(change(&mut tree, &Changes::new()), TreeDelta::default());
    assert_eq!(change(&mut tree, &remove(&[A, B, C])), TreeDelta::default());
    change(&mut tree, &set(&[(A, 1), (C, 3)]));
    assert_eq!(change(&mut tree, &Changes::new()), TreeDelta::default());
    assert_eq!(change(&mut tree, &set(&[(A, 1), (C, 3)])), TreeDelta::default());
    assert_eq!(change(&mut tree, &remove(&[B])), TreeDelta::default());
}

#[test]
fn nodes_that_cannot_stand_where_they_are_read_are_no_part_of_the_tree() {
    struct Same(Node);
    impl TreeRead for Same {
        type Error = core::convert::Infallible;
        fn node(&self, at: &Prefix) -> Result<Node, ReadError<Self::Error>> {
            Ok(if at.depth() == 0 {
                Node::Branch { left: NodeHash([1; 32]), right: NodeHash([2; 32]) }
            } else {
                self.0
            })
        }
    }
    let branch = Node::Branch { left: NodeHash([1; 32]), right: NodeHash([2; 32]) };
    let elsewhere = Node::Leaf { key: StateKey([0xff; 32]), value: value(0) };
    for node in [Node::Empty, branch, elsewhere] {
        assert_eq!(update(&Same(node), &set(&[(A, 1)])), Err(ReadError::Unproven), "{node:?}");
        let proof = prove(&Same(node), &BTreeSet::from([StateKey(A)]));
        assert!(proof == Err(ReadError::Unproven) || node == Node::Empty, "{node:?}");
    }
}

#[test]
fn a_store_that_fails_at_any_read_gives_its_error() {
    let tree = tree_of(&(0..60).map(|n| (key(n), value(n))).collect());
    let changes: Changes = (0..30).map(|n| (key(2 * n), None)).collect();
    let whole = Watched::new(&tree, usize::MAX);
    update(&whole, &changes).unwrap();
    let reads = whole.reads.borrow().len();
    assert!(reads > 30);
    for left in 0..reads {
        assert_eq!(update(&Watched::new(&tree, left), &changes), Err(ReadError::Store("worn out")));
    }
    assert!(update(&Watched::new(&tree, reads), &changes).is_ok());
}

proptest! {
    #![proptest_config(cases(10_000, 100))]

    /// After each of ten batches: the root and every node as defined, the delta just the difference, no read twice.
    #[test]
    fn histories_follow_the_definition(history in prop::collection::vec(changes(), 10), part in 0..9_usize) {
        let (mut tree, mut model) = (MemoryTree::new(), Model::new());
        for changes in &history {
            let watched = Watched::new(&tree, usize::MAX);
            let (root, delta) = update_by(&watched, changes, part).unwrap();
            prop_assert_eq!(&update(&tree, changes).unwrap(), &(root, delta.clone()));
            let reads = watched.reads.into_inner();
            let distinct: BTreeSet<_> = reads.iter().collect();
            prop_assert_eq!(distinct.len(), reads.len());
            prop_assert!(reads.iter().all(|at| at.depth() == 0 || tree.node(at).unwrap() != Node::Empty));

            apply(&mut model, changes);
            let (expected, nodes) = defined(&model);
            prop_assert_eq!(root, expected);
            let old = nodes_of(&tree);
            let mut difference: BTreeMap<_, _> =
                old.keys().filter(|at| !nodes.contains_key(at)).map(|at| (*at, Node::Empty)).collect();
            difference.extend(nodes.iter().filter(|(at, node)| old.get(at) != Some(node)).map(|(at, node)| (*at, *node)));
            prop_assert_eq!(&delta.nodes, &difference);

            tree.apply(delta);
            prop_assert_eq!(nodes_of(&tree), nodes);
        }
        change(&mut tree, &model.keys().map(|key| (*key, None)).collect());
        prop_assert_eq!(tree, MemoryTree::new());
    }

    /// However a batch is split and ordered, the tree is the same.
    #[test]
    fn splits_and_order_do_not_matter(
        start in model(),
        changes in changes(),
        order in prop::collection::vec((any::<prop::sample::Index>(), 1..5_usize), 0..40),
    ) {
        let start = tree_of(&start);
        let mut whole = start.clone();
        change(&mut whole, &changes);
        let (mut parts, mut left) = (start, changes.into_iter().collect::<Vec<_>>());
        for (index, size) in order {
            if !left.is_empty() {
                let at = index.index(left.len());
                let part = left.drain(at..left.len().min(at + size)).collect();
                change(&mut parts, &part);
            }
        }
        change(&mut parts, &left.into_iter().collect());
        prop_assert_eq!(parts, whole);
    }
}
