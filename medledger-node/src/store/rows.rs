//! What stands in rows that are more than numbers and bytes.

use medledger_core::block::Tip;
use medledger_core::codec::CodecError;
use medledger_core::hash::{AppRootHash, ChainId, KeptHash, RecordId, Tag, hash_wire};
use medledger_core::record::Commitments;
use medledger_core::units::{Height, Timestamp};
use medledger_core::wire;
use medledger_sdk::seal::Kept;

wire! {
    /// The newest block.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct TipRow {
        /// Which ledger.
        pub chain: ChainId,
        /// The height.
        pub height: Height,
        /// The time.
        pub time: Timestamp,
        /// The header's hash.
        pub hash: AppRootHash,
        /// The lowest height whose state and tree can be read.
        pub lowest: Height,
    }
}

wire! {
    /// Counts that follow from the blocks.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Counts {
        /// Identities, the genesis's included.
        pub identities: u64,
        /// Records anchored, those of batches included.
        pub records: u64,
        /// Transactions in blocks, refused ones included.
        pub transactions: u64,
    }
}

wire! {
    /// Where a record of a batch stands in it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct BatchPlace {
        /// The id of the subject's entry.
        pub batch: RecordId,
        /// The record's index there.
        pub index: u64,
    }
}

wire! {
    /// A sealed record that is held, or that was destroyed, with the event that anchored or amended it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct VaultRow {
        /// The block.
        pub height: Height,
        /// The transaction in it.
        pub index: u64,
        /// The event among the transaction's.
        pub place: u64,
        /// Where it stands in its batch, if it was anchored in one.
        pub batch: Option<BatchPlace>,
        /// What is kept of it.
        pub kept: Kept,
        /// `H("ml1 kept" ‖ CBOR(kept))`, so that damage shows to who can't open it.
        pub sum: KeptHash,
    }
}

impl VaultRow {
    /// Another thing kept in the same place.
    pub(crate) fn with(mut self, kept: Kept) -> Result<Self, CodecError> {
        self.sum = sum(&kept)?;
        self.kept = kept;
        Ok(self)
    }

    /// What it commits to, if it is as it was written: as far as can be seen without a key.
    pub(crate) fn commitments(&self, chain: &ChainId) -> Option<Commitments> {
        let commitments = self.kept.commitments().ok()?;
        let whole = sum(&self.kept).ok()? == self.sum && self.kept.check(chain, &commitments).is_ok();
        whole.then_some(commitments)
    }
}

/// The hash of what is kept.
pub(crate) fn sum(kept: &Kept) -> Result<KeptHash, CodecError> {
    hash_wire(Tag::Kept, kept).map(KeptHash)
}

impl TipRow {
    /// What there is before a store has been read.
    pub(crate) const fn nothing() -> Self {
        let (chain, hash) = (ChainId([0; 32]), AppRootHash([0; 32]));
        Self { chain, height: Height(0), time: Timestamp(0), hash, lowest: Height(0) }
    }

    /// As the engine takes it.
    pub(crate) const fn tip(&self) -> Tip {
        Tip { chain: self.chain, height: self.height, time: self.time, hash: self.hash }
    }
}
