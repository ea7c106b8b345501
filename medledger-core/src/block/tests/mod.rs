//! What is proposed, what is refused, and what no flood keeps out.

mod building;
mod flood;
mod judging;
mod shares;

use alloc::vec::Vec;

use super::{Block, BlockBody, Checked, Unchecked, build, judge};
use crate::fixture::*;

/// The next block of this world, as its transactions make it.
fn block_of(world: &World, transactions: &[Vec<u8>]) -> Block<Unchecked> {
    let cx = world.context();
    Block::new(BlockBody {
        height: cx.height,
        time: cx.time,
        previous: cx.previous,
        transactions: raw(transactions),
    })
}

/// What is proposed of these, in order; it is always judged acceptable.
fn propose(world: &World, arrived: &[Vec<u8>], max_bytes: u64) -> Vec<Vec<u8>> {
    let chosen = build(&world.state, &world.context(), arrived, max_bytes).unwrap();
    let proposed: Vec<_> = chosen.iter().map(|index| arrived[*index].clone()).collect();
    let block = block_of(world, &proposed);
    let size = block.encode().unwrap().len() as u64;
    assert!(proposed.is_empty() || size <= max_bytes, "{size} bytes");
    let checked: Block<Checked> = judge(&world.state, &world.tip, block, world.now).unwrap().unwrap();
    assert_eq!(checked.context(world.chain), world.context());
    proposed
}
