//! The state tree: how the price of a key grows with the number of keys.

use std::collections::BTreeMap;

use medledger_core::hash::{StateKey, Tag, ValueHash, hash};
use medledger_core::merkle::tree::{MemoryTree, update};

use crate::report::{Outcome, Report, time};

/// The key with a number.
pub fn key(n: u32) -> StateKey {
    StateKey(hash(Tag::StateKey, &[&n.to_be_bytes()]))
}

fn changes(from: u32, count: u32, round: u32) -> BTreeMap<StateKey, Option<ValueHash>> {
    (from..from.saturating_add(count))
        .map(|n| (key(n), Some(ValueHash(hash(Tag::StateValue, &[&n.to_be_bytes(), &round.to_be_bytes()])))))
        .collect()
}

/// A tree with so many keys.
pub fn tree_of(count: u32) -> Outcome<MemoryTree> {
    let mut tree = MemoryTree::default();
    let mut from = 0;
    while from < count {
        let batch = 10_000.min(count.saturating_sub(from));
        let (_, delta) = update(&tree, &changes(from, batch, 0)).map_err(|error| error.to_string())?;
        tree.apply(delta);
        from = from.saturating_add(batch);
    }
    Ok(tree)
}

/// Growth: updating 1,000 keys in a tree of 10⁴ against the same in one of 10⁶; a perfect tree would give 1, and the
/// depth alone (log₂ of the size) gives about 2/3.
pub fn run(report: &mut Report, scale: u32) -> Outcome<()> {
    let (small, large) = (tree_of(10_000 / scale)?, tree_of(1_000_000 / scale)?);
    let mut round = 0_u32;
    let mut next = || {
        round = round.saturating_add(1);
        round
    };
    let rounds: Vec<u32> = (0..10).map(|_| next()).collect();
    let mut of_large = rounds.iter();
    let mut of_small = rounds.iter();
    let touch = |tree: &MemoryTree, round: Option<&u32>| {
        let batch = changes(0, 1_000, round.copied().unwrap_or(1));
        time(|| update(tree, &batch).map(|(root, _)| root))
    };
    report.compare(
        "state_growth_1e4_to_1e6",
        1_000,
        || Ok(touch(&large, of_large.next())),
        || Ok(touch(&small, of_small.next())),
    )
}
