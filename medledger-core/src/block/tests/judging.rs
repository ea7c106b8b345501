use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::*;
use crate::block::{BlockError, BlockFault};
use crate::error::Coded;
use crate::hash::AppRootHash;
use crate::limits::{BLOCK_BYTES, BLOCK_TRANSACTIONS};
use crate::operation::Operation;
use crate::state::Params;
use crate::units::{Height, Millis, Timestamp};

fn fault(world: &World, block: Block<Unchecked>) -> String {
    fault_at(world, block, world.now)
}

fn fault_at(world: &World, block: Block<Unchecked>, now: Timestamp) -> String {
    let judged = judge(&world.state, &world.tip, block, now).unwrap();
    judged.map_or_else(|error| error.rule().to_string(), |_| "ok".into())
}

fn changed(world: &World, change: impl FnOnce(&mut BlockBody)) -> Block<Unchecked> {
    let mut body = block_of(world, &[]).body().clone();
    change(&mut body);
    Block::new(body)
}

#[test]
fn a_block_stands_on_the_one_before() {
    let (mut world, _) = World::with_ann();
    world.run::<Vec<u8>>(&[]);
    assert_eq!(fault(&world, block_of(&world, &[])), "ok");
    let height = world.tip.height.0;
    for wrong in [0, height, height + 2, u64::MAX] {
        assert_eq!(fault(&world, changed(&world, |body| body.height = Height(wrong))), "BLK-001");
    }
    let older = AppRootHash(world.header_hashes[0]);
    for wrong in [older, AppRootHash([0; 32])] {
        assert_eq!(fault(&world, changed(&world, |body| body.previous = wrong)), "BLK-002");
    }
    // At the end of all heights there is no next block, and no panic.
    let mut last = world.clone();
    last.tip.height = Height(u64::MAX);
    let judged = judge(&last.state, &last.tip, block_of(&world, &[]), last.now).unwrap();
    assert_eq!(judged.unwrap_err().rule().to_string(), "COD-012");
}

#[test]
fn a_blocks_time_is_between_the_one_before_and_the_clock() {
    let (world, _) = World::with_ann();
    let tip = world.tip.time.0;
    let at = |time: u64| changed(&world, |body| body.time = Timestamp(time));
    assert_eq!(fault(&world, at(tip - 1)), "BLK-003");
    assert_eq!(fault(&world, at(tip)), "ok");
    let ahead = world.now.plus(Params::default().clock_ahead).unwrap().0;
    assert_eq!(fault(&world, at(ahead)), "ok");
    assert_eq!(fault(&world, at(ahead + 1)), "BLK-004");
    assert_eq!(fault(&world, at(u64::MAX)), "BLK-004");
    assert_eq!(fault_at(&world, at(u64::MAX), Timestamp(u64::MAX)), "ok");
    // A clock that stands behind the chain refuses what it can't yet have seen.
    assert_eq!(fault_at(&world, at(tip), Timestamp(0)), "BLK-004");
}

#[test]
fn one_keys_transactions_ascend() {
    let (mut world, ann) = World::with_ann();
    let made: Vec<_> = (0..3).map(|_| world.sign(&ann, &ann.device(0), Operation::Deactivate, &[])).collect();
    let other = world.sign(&ann, &ann.device(1), Operation::Deactivate, &[]);
    let take = |places: &[usize]| -> Vec<Vec<u8>> { places.iter().map(|n| made[*n].clone()).collect() };
    assert_eq!(fault(&world, block_of(&world, &take(&[0, 2]))), "ok");
    for bad in [&[1, 0][..], &[0, 0], &[0, 2, 1], &[2, 2]] {
        assert_eq!(fault(&world, block_of(&world, &take(bad))), "BLK-005");
    }
    let mixed = [made[1].clone(), other, made[0].clone()];
    let judged = judge(&world.state, &world.tip, block_of(&world, &mixed), world.now).unwrap();
    let key = id(&ann.device(0));
    assert_eq!(judged, Err(BlockError::Fault(BlockFault::CountersNotAscending { key, index: 2 })));
    // What fails only when it runs is no fault of the block.
    let expired: Vec<_> = take(&[0, 1]).iter().map(|bytes| spoilt(bytes)).collect();
    assert_eq!(fault(&world, block_of(&world, &expired)), "ok");
}

#[test]
fn the_reserved_share_is_kept_by_bytes() {
    let (mut world, ann) = World::with_ann();
    let limit = usize::try_from(Params::default().ordinary_share(BLOCK_BYTES)).unwrap();
    assert_eq!(limit, 7 * 4 * 1024 * 1024 / 8);
    let revocation = world.sign(&ann, &ann.controller(), revoke(&ann.device(0)), &[]);
    let full = [alloc::vec![0; limit], revocation.clone()];
    assert_eq!(fault(&world, block_of(&world, &full)), "ok");
    let over = [alloc::vec![0; limit + 1], revocation];
    assert_eq!(fault(&world, block_of(&world, &over)), "BLK-006");
    let record = world.anchor(ann.did, "x-ray");
    let exactly = [alloc::vec![0; limit - record.len()], record.clone()];
    assert_eq!(fault(&world, block_of(&world, &exactly)), "ok");
    let over = [alloc::vec![0; limit - record.len() + 1], record];
    assert_eq!(fault(&world, block_of(&world, &over)), "BLK-006");
}

#[test]
fn the_reserved_share_is_kept_by_number() {
    let (world, _) = World::with_ann();
    let limit = usize::try_from(Params::default().ordinary_share(BLOCK_TRANSACTIONS)).unwrap();
    assert_eq!(fault(&world, block_of(&world, &alloc::vec![Vec::new(); limit])), "ok");
    assert_eq!(fault(&world, block_of(&world, &alloc::vec![Vec::new(); limit + 1])), "BLK-006");
}

#[test]
fn a_block_keeps_its_limits_wherever_it_was_made() {
    let (world, _) = World::with_ann();
    let many = usize::try_from(BLOCK_TRANSACTIONS).unwrap() + 1;
    assert_eq!(fault(&world, block_of(&world, &alloc::vec![Vec::new(); many])), "COD-008");
    let large = usize::try_from(BLOCK_BYTES).unwrap();
    assert_eq!(fault(&world, block_of(&world, &[alloc::vec![0; large]])), "COD-001");
    let bytes = block_of(&world, &[alloc::vec![1, 2, 3]]).encode().unwrap();
    assert_eq!(Block::decode(&bytes).unwrap().encode().unwrap(), bytes);
    assert_eq!(Block::decode(&bytes[1..]).unwrap_err().rule().to_string(), "COD-003");
}

#[test]
fn faults_have_an_order() {
    let (mut world, ann) = World::with_ann();
    let mut made: Vec<_> =
        (0..2).map(|_| world.sign(&ann, &ann.device(0), Operation::Deactivate, &[])).collect();
    made.reverse();
    let limit = usize::try_from(Params::default().ordinary_share(BLOCK_BYTES)).unwrap();
    type Change = (&'static str, fn(&mut BlockBody));
    let faults: [Change; 4] = [
        ("BLK-001", |body| body.height = Height(9)),
        ("BLK-002", |body| body.previous = AppRootHash([1; 32])),
        ("BLK-003", |body| body.time = Timestamp(0)),
        ("BLK-004", |body| body.time = body.time.plus(Millis::hours(1)).unwrap()),
    ];
    let full = block_of(&world, &[made[0].clone(), made[1].clone(), alloc::vec![0; limit]]);
    assert_eq!(fault(&world, full.clone()), "BLK-005");
    for from in 0..faults.len() {
        let mut body = full.body().clone();
        faults[from..].iter().rev().for_each(|(_, change)| change(&mut body));
        assert_eq!(fault(&world, Block::new(body)), faults[from].0);
    }
}
