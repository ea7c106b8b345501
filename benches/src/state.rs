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

/// Keys that one batch changes.
const CHANGED: u32 = 1_000;

/// Growth: updating 1,000 keys in a tree of 10⁴ against the same in one of 10⁵ and of 10⁶. A batch shares its upper levels,
/// so that a key of it costs about log₂(size / 1,000) + 2 nodes: by that alone 5.3, 8.6 and 12, or ratios of 0.6 and 0.45.
pub fn run(report: &mut Report, scale: u32) -> Outcome<()> {
    let small = tree_of(10_000 / scale)?;
    for (name, size) in [("state_growth_1e4_to_1e5", 100_000), ("state_growth_1e4_to_1e6", 1_000_000)] {
        let large = tree_of(size / scale)?;
        let touch = |tree: &MemoryTree, round: &mut u32| {
            *round = round.saturating_add(1);
            let batch = changes(0, CHANGED, *round);
            time(|| update(tree, &batch).map(|(root, _)| root))
        };
        let (mut of_large, mut of_small) = (0, 0);
        report.compare(
            name,
            CHANGED,
            || Ok(touch(&large, &mut of_large)),
            || Ok(touch(&small, &mut of_small)),
        )?;
    }
    Ok(())
}
