//! One tree through many batches, beside a plain map: 100,000 of them with `MEDLEDGER_LONG=1`.

use std::collections::BTreeSet;

use super::refusals::check;
use super::*;
use crate::{codec, limits};

/// Numbers that are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, sides: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(sides).unwrap()).unwrap()
    }

    /// A key of the map, one that parts from such a key at any depth, or one from anywhere.
    fn key(&mut self, model: &Model) -> StateKey {
        let mut key = core::array::from_fn(|_| self.roll().to_be_bytes()[0]);
        let known = self.below(model.len() + 1);
        if let Some(near) = model.keys().nth(known).filter(|_| self.below(3) > 0) {
            key = near.0;
            // Mostly high up, as keys that are hashes do; a tree of paths that part low down costs a hash a level.
            let depth = if self.below(16) == 0 { self.below(256) } else { self.below(16) };
            if self.below(2) == 0 {
                key[depth / 8] ^= 0x80 >> (depth % 8);
            }
        }
        StateKey(key)
    }

    /// Up to a dozen changes. The map grows to about a hundred keys, and is cut down to few now and then.
    fn changes(&mut self, model: &Model) -> Changes {
        if self.below(200) == 0 {
            return model.keys().skip(self.below(3)).map(|key| (*key, None)).collect();
        }
        let grow = if model.len() < 100 { 2 } else { 1 };
        (0..self.below(13))
            .map(|_| {
                let key = self.key(model);
                (key, (self.below(3) < grow).then(|| value_hash(&self.roll().to_be_bytes())))
            })
            .collect()
    }
}

/// The same changes, one part after the other, in an order of their own.
fn in_parts(dice: &mut Dice, tree: &MemoryTree, changes: &Changes) -> MemoryTree {
    let mut tree = tree.clone();
    let mut left: Vec<_> = changes.iter().map(|(key, value)| (*key, *value)).collect();
    while !left.is_empty() {
        let part = (0..=dice.below(left.len())).map(|_| left.swap_remove(dice.below(left.len()))).collect();
        change(&mut tree, &part);
    }
    tree
}

/// What the answers of all batches were.
#[derive(Default, Debug)]
struct Seen {
    present: u64,
    empty_branch: u64,
    other_leaf: u64,
    shared: u64,
    refused: u64,
}

fn prove_and_tamper(dice: &mut Dice, model: &Model, tree: &MemoryTree, seen: &mut Seen) {
    let root = tree.root();
    let asked: BTreeSet<_> = (0..=dice.below(8)).map(|_| dice.key(model)).collect();
    let proof = prove(tree, &asked).unwrap();
    let answers: BTreeMap<_, _> = asked.iter().map(|key| (*key, model.get(key).copied())).collect();
    assert_eq!(proof.verify_for(&root, &asked), Ok(answers));
    for claim in &proof.claims {
        match claim {
            StateClaim::Present { .. } => seen.present += 1,
            StateClaim::Vacant { .. } => seen.empty_branch += 1,
            StateClaim::Taken { .. } => seen.other_leaf += 1,
            StateClaim::Shared { .. } => seen.shared += 1,
        }
    }
    // A key that the proof leaves out has no answer, whether it is there or not.
    let mut more = asked.clone();
    if more.insert(dice.key(model)) {
        assert!(matches!(proof.verify_for(&root, &more), Err(TreeError::OtherKeys { .. })));
    }
    let bytes = codec::encode(&proof).unwrap();
    for _ in 0..8 {
        let mut changed = bytes.clone();
        let bit = dice.below(bytes.len() * 8);
        changed[bit / 8] ^= 1 << (bit % 8);
        match codec::decode::<StateProof>(&changed, &limits::PROOF) {
            Ok(changed) => check(model, &root, &asked, &changed),
            Err(_) => seen.refused += 1,
        }
    }
    let mut changed = proof.clone();
    let claims = proof.claims.len();
    match dice.below(6) {
        0 => drop(changed.claims.remove(dice.below(claims))),
        1 => changed.claims.swap(dice.below(claims), dice.below(claims)),
        2 => {
            changed.claims[dice.below(claims)] = StateClaim::Vacant {
                key: *proof.claims[dice.below(claims)].key(),
                depth: u64::try_from(dice.below(20)).unwrap(),
            }
        }
        3 => changed.siblings.insert(dice.below(proof.siblings.len() + 1), EMPTY),
        4 => drop(changed.siblings.pop()),
        _ => changed.siblings.reverse(),
    }
    if changed != proof {
        check(model, &root, &asked, &changed);
    }
}

#[test]
fn one_tree_through_many_batches() {
    let batches = if std::env::var_os("MEDLEDGER_LONG").is_some() { 100_000 } else { 600 };
    let mut dice = Dice(1);
    let (mut tree, mut model, mut seen) = (MemoryTree::new(), Model::new(), Seen::default());
    for number in 0..batches {
        let changes = dice.changes(&model);
        let parts = (number % 4 == 0).then(|| in_parts(&mut dice, &tree, &changes));
        change(&mut tree, &changes);
        apply(&mut model, &changes);
        assert_eq!(tree.root(), defined(&model).0, "after batch {number}");
        if let Some(parts) = parts {
            assert_eq!(parts, tree, "batch {number} in parts");
        }
        if !model.is_empty() {
            prove_and_tamper(&mut dice, &model, &tree, &mut seen);
        }
    }
    std::println!("{batches} batches: {seen:?}");
    let Seen { present, empty_branch, other_leaf, shared, refused } = seen;
    assert!([present, empty_branch, other_leaf, shared, refused].iter().all(|count| *count > batches / 50));
}
