//! Blocks: what a proposer puts together, and what makes one unacceptable.
//!
//! The order is the proposer's, and is executed as it stands. A bad transaction gets a result code; only what is wrong
//! with the block itself is a ground to refuse it.

mod build;
mod judge;

pub use build::build;
pub use judge::judge;

use alloc::vec::Vec;
use core::marker::PhantomData;
use serde_bytes::ByteBuf;

use crate::codec::{CodecError, decode, encode};
use crate::hash::{AppRootHash, ChainId, KeyId};
use crate::limits::BLOCK;
use crate::units::{Height, Timestamp};
use crate::validate::BlockContext;

rules! {
    /// Why a block is refused.
    pub enum BlockFault: BLK {
        /// Another height than the next.
        1 WrongHeight { actual: Height, expected: Height }:
            "a block is one higher than the one before",
            "the block is of height {actual}, {expected} comes next";
        /// Not on top of the block before.
        2 WrongPrevious { actual: AppRootHash }:
            "a block names the header before it",
            "the block stands on the header {actual}, which is not the newest one";
        /// Earlier than the block before.
        3 TimeRunsBack { actual: Timestamp, earliest: Timestamp }:
            "a block's time is not before that of the block before",
            "the block's time is {actual}, the block before was at {earliest}";
        /// From the future.
        4 TimeAhead { actual: Timestamp, latest: Timestamp }:
            "a block's time is at most as far ahead of the host's clock as the parameters allow",
            "the block's time is {actual}, {latest} is the latest that this host accepts now";
        /// One key's transactions out of order.
        5 CountersNotAscending { key: KeyId, index: u64 }:
            "the transactions of one key ascend by counter",
            "transaction {index} of key {key} stands after one with the same or a higher counter";
        /// Ordinary transactions in the reserved share.
        6 ReservedShareUsed { bytes: u64, bytes_limit: u64, count: u64, count_limit: u64 }:
            "ordinary and undecodable transactions keep out of the reserved share, by bytes and by number",
            "{count} ordinary transactions of {bytes} bytes, at most {count_limit} of {bytes_limit} bytes leave the reserved share free";
    }
}

/// Why a block is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlockError {
    /// Its encoding.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// What it holds.
    #[error(transparent)]
    Fault(#[from] BlockFault),
}

crate::coded!(BlockError { Codec, Fault });

wire! {
    /// A block as it travels.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct BlockBody {
        /// Its height, from 1.
        pub height: Height,
        /// Its time.
        pub time: Timestamp,
        /// The hash of the header before it.
        pub previous: AppRootHash,
        /// The transactions' bytes, in the order in which they run.
        pub transactions: Vec<ByteBuf>,
    }
}

/// A block that was decoded, and nothing more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unchecked;

/// A block that [`judge`] accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked;

/// A block; only a [`Checked`] one is executed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block<State = Unchecked> {
    body: BlockBody,
    state: PhantomData<State>,
}

/// The newest block of a chain: what the next one stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tip {
    /// The ledger.
    pub chain: ChainId,
    /// The height.
    pub height: Height,
    /// The time.
    pub time: Timestamp,
    /// The header's hash.
    pub hash: AppRootHash,
}

impl Block<Unchecked> {
    /// Decodes a block.
    ///
    /// # Errors
    /// [`CodecError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, CodecError> {
        decode(bytes, &BLOCK).map(Self::new)
    }

    /// A block made here.
    #[must_use]
    pub const fn new(body: BlockBody) -> Self {
        Self { body, state: PhantomData }
    }

    fn accept(self) -> Block<Checked> {
        Block { body: self.body, state: PhantomData }
    }
}

impl Block<Checked> {
    /// What the block is executed in.
    #[must_use]
    pub const fn context(&self, chain: ChainId) -> BlockContext {
        BlockContext { chain, height: self.body.height, time: self.body.time, previous: self.body.previous }
    }
}

impl<State> Block<State> {
    /// What it holds.
    #[must_use]
    pub const fn body(&self) -> &BlockBody {
        &self.body
    }

    /// Its transactions.
    #[must_use]
    pub fn transactions(&self) -> &[ByteBuf] {
        &self.body.transactions
    }

    /// Its bytes.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn encode(&self) -> Result<Vec<u8>, CodecError> {
        encode(&self.body)
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "numbers of the tests' own making")]
mod tests;
