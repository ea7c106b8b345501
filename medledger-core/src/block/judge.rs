//! Whether a block can be accepted, before it is executed.

use alloc::collections::BTreeMap;

use super::{Block, BlockError, BlockFault, Checked, Tip, Unchecked};
use crate::codec::{CodecError, scan};
use crate::error::ReadError;
use crate::hash::KeyId;
use crate::limits::{BLOCK, BLOCK_BYTES, BLOCK_TRANSACTIONS};
use crate::operation::Transaction;
use crate::state::StateRead;
use crate::units::Timestamp;
use crate::validate::params;

/// Judges a block that is to stand on `tip`, by a host whose clock shows `now`.
///
/// Only faults of the block itself count: a bad transaction in it gets a result code.
///
/// # Errors
/// The outer error when the state can't be read: a bad disk is no vote. The inner one is the block's first fault.
pub fn judge<S: StateRead>(
    state: &S,
    tip: &Tip,
    block: Block<Unchecked>,
    now: Timestamp,
) -> Result<Result<Block<Checked>, BlockError>, ReadError<S::Error>> {
    let params = params(state)?;
    let latest = now.plus(params.clock_ahead).unwrap_or(Timestamp(u64::MAX));
    let bytes_limit = params.ordinary_share(BLOCK_BYTES);
    let count_limit = params.ordinary_share(BLOCK_TRANSACTIONS);
    Ok(check(&block, tip, latest, bytes_limit, count_limit).map(|()| block.accept()))
}

fn check(
    block: &Block<Unchecked>,
    tip: &Tip,
    latest: Timestamp,
    bytes_limit: u64,
    count_limit: u64,
) -> Result<(), BlockError> {
    // A block that was made here may be past the limits that decoding would have held it to.
    scan(&block.encode()?, &BLOCK)?;
    let body = block.body();
    let expected = tip.height.next().ok_or(CodecError::NotCanonical { of: "Height" })?;
    if body.height != expected {
        return Err(BlockFault::WrongHeight { actual: body.height, expected }.into());
    }
    if body.previous != tip.hash {
        return Err(BlockFault::WrongPrevious { actual: body.previous }.into());
    }
    if body.time < tip.time {
        return Err(BlockFault::TimeRunsBack { actual: body.time, earliest: tip.time }.into());
    }
    if body.time > latest {
        return Err(BlockFault::TimeAhead { actual: body.time, latest }.into());
    }
    let mut counters: BTreeMap<KeyId, u64> = BTreeMap::new();
    let (mut bytes, mut count) = (0_u64, 0_u64);
    for (index, raw) in (0_u64..).zip(&body.transactions) {
        let mut reserved = false;
        if let Ok(transaction) = Transaction::decode(raw, &tip.chain) {
            let (key, counter) = (transaction.body.key, transaction.body.counter);
            if counters.insert(key, counter).is_some_and(|before| before >= counter) {
                return Err(BlockFault::CountersNotAscending { key, index }.into());
            }
            reserved = transaction.body.operation.is_reserved();
        }
        if !reserved {
            bytes = bytes.saturating_add(u64::try_from(raw.len()).unwrap_or(u64::MAX));
            count = count.saturating_add(1);
        }
    }
    if bytes > bytes_limit || count > count_limit {
        return Err(BlockFault::ReservedShareUsed { bytes, bytes_limit, count, count_limit }.into());
    }
    Ok(())
}
