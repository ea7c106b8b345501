//! A ledger on a disk: the store, the authority engine over it, and what can be asked of both.

use std::path::Path;

use medledger_core::block::Tip;
use medledger_core::chain::Genesis;
use medledger_core::codec::Wire;
use medledger_core::crypto::SecretKey;
use medledger_core::hash::{AppRootHash, ChainId, Did, RecordId, TxId};
use medledger_core::light::{CertifiedHeader, KeptResults, LogProof, Receipt, RecordProof};
use medledger_core::operation::TransactionError;
use medledger_core::record::{Commitments, Opening};
use medledger_core::state::{Address, LogKind, LogLeaf};
use medledger_core::units::{Height, Timestamp};
use medledger_core::validate::{Admission, Outcome};

pub use medledger_sdk::local::ledger::EventPlace;

use crate::NodeError;

/// A ledger on a disk.
pub struct Host {}

/// A transaction that waits for a block, with what opens the commitments that it anchors.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    /// The transaction's bytes.
    pub transaction: Vec<u8>,
    /// None at all, or one for each record that the transaction anchors: in the order of a batch's entries, and within
    /// an entry in the order of its records. They are kept if the transaction is accepted, in the same write as its block.
    pub openings: Vec<Opening>,
}

impl From<Vec<u8>> for Waiting {
    fn from(transaction: Vec<u8>) -> Self {
        Self { transaction, openings: Vec::new() }
    }
}

/// A block that was made and is on the disk.
#[derive(Clone, Debug)]
pub struct Produced {
    /// Its header with the evidence.
    pub header: CertifiedHeader,
    /// What came of its transactions, in their order.
    pub outcomes: Vec<Outcome>,
    /// Which of the waiting ones those are: `outcomes[i]` is of `waiting[chosen[i]]`.
    pub chosen: Vec<usize>,
    /// Those that were left out because they would not count after this block either, and why.
    pub left_out: Vec<(usize, TransactionError)>,
    /// Those that may stand in a later block: this one had no room for them.
    pub still_waiting: Vec<usize>,
}

/// Where a record of a batch stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchPlace {
    /// The id of the subject's entry.
    pub batch: RecordId,
    /// The record's index there.
    pub index: u64,
}

/// What this host, as a custodian, holds of a record.
#[derive(Clone, Debug)]
pub struct Held {
    /// Which version of the record, from 1: the newest one held.
    pub version: u64,
    /// The event that anchored or amended it.
    pub at: EventPlace,
    /// Where it stands in its batch, if it was anchored in one.
    pub batch: Option<BatchPlace>,
    /// What opens its commitments.
    pub opening: Opening,
}

/// The ledger in figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Which ledger.
    pub chain: ChainId,
    /// The newest height.
    pub height: Height,
    /// Its time.
    pub time: Timestamp,
    /// The hash of its header.
    pub app_root: AppRootHash,
    /// Identities, the genesis's included.
    pub identities: u64,
    /// Records anchored, those of batches included.
    pub records: u64,
    /// Transactions in blocks, refused ones included.
    pub transactions: u64,
    /// Records of which this host holds what opens them.
    pub held: u64,
    /// Bytes of the store's files.
    pub store_bytes: u64,
}

impl Host {
    /// Makes a ledger in a directory that is absent or empty: its genesis and height 0.
    ///
    /// # Errors
    /// [`NodeError`].
    pub fn create(dir: &Path, genesis: &Genesis) -> Result<Self, NodeError> {
        let _ = (dir, genesis);
        todo!()
    }

    /// Opens a ledger: a few reads. No other process has it open meanwhile.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn open(dir: &Path) -> Result<Self, NodeError> {
        let _ = dir;
        todo!()
    }

    /// The genesis.
    #[must_use]
    pub fn genesis(&self) -> &Genesis {
        todo!()
    }

    /// The newest block.
    #[must_use]
    pub fn tip(&self) -> Tip {
        todo!()
    }

    /// Which ledger it is.
    #[must_use]
    pub fn chain(&self) -> ChainId {
        todo!()
    }

    /// Whether a block should be made even if nothing waits.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn is_due(&self, now: Timestamp) -> Result<bool, NodeError> {
        let _ = now;
        todo!()
    }

    /// Makes one block of what waits, certifies it with a validator's key and writes it, with the openings of what was
    /// accepted, in one transaction of the store. When this returns `Ok` all of it is on the disk; when it returns an
    /// error nothing of it is.
    ///
    /// # Errors
    /// [`NodeError`].
    pub fn produce(
        &self,
        waiting: &[Waiting],
        key: &SecretKey,
        now: Timestamp,
    ) -> Result<Produced, NodeError> {
        let _ = (waiting, key, now);
        todo!()
    }

    /// Whether a transaction would count in the next block. Advisory.
    ///
    /// # Errors
    /// [`NodeError::Transaction`] says why it would not.
    pub fn admit(&self, transaction: &[u8], now: Timestamp) -> Result<Admission, NodeError> {
        let _ = (transaction, now);
        todo!()
    }

    /// What stands at an address of the current state.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn read<T: Wire>(&self, at: &Address) -> Result<Option<T>, NodeError> {
        let _ = at;
        todo!()
    }

    /// The header of a height with its evidence; `None` for the genesis and heights to come.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn header(&self, height: Height) -> Result<Option<CertifiedHeader>, NodeError> {
        let _ = height;
        todo!()
    }

    /// The bytes of a block.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn block(&self, height: Height) -> Result<Option<Vec<u8>>, NodeError> {
        let _ = height;
        todo!()
    }

    /// The results of a block.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn results(&self, height: Height) -> Result<Option<KeptResults>, NodeError> {
        let _ = height;
        todo!()
    }

    /// Where the authenticated transaction with this id stands: height and place in the block.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn find(&self, id: &TxId) -> Result<Option<(Height, u64)>, NodeError> {
        let _ = id;
        todo!()
    }

    /// One of a subject's logs, with where each entry stands.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn log(&self, subject: &Did, kind: LogKind) -> Result<Vec<(EventPlace, LogLeaf)>, NodeError> {
        let _ = (subject, kind);
        todo!()
    }

    /// The receipt of an event, with the evidence for its own header.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn receipt(&self, at: EventPlace) -> Result<Option<Receipt>, NodeError> {
        let _ = at;
        todo!()
    }

    /// The receipt of an event, refreshed to stand on the newest header; `None` where its own is the newest.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn refreshed(&self, at: EventPlace) -> Result<Option<Receipt>, NodeError> {
        let _ = at;
        todo!()
    }

    /// One of a subject's logs, provably complete as recorded by the newest height; `None` at the genesis.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn log_proof(&self, subject: &Did, kind: LogKind) -> Result<Option<LogProof>, NodeError> {
        let _ = (subject, kind);
        todo!()
    }

    /// What this host holds of a record, in its newest version held.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn held(&self, record: &RecordId) -> Result<Option<Held>, NodeError> {
        let _ = record;
        todo!()
    }

    /// What opens a record, in its newest version held.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn opening(&self, record: &RecordId) -> Result<Option<Opening>, NodeError> {
        let _ = record;
        todo!()
    }

    /// The commitments of the records of a batch's entry, in their order; empty for a batch whose openings are not held.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn members(&self, batch: &RecordId) -> Result<Vec<Commitments>, NodeError> {
        let _ = batch;
        todo!()
    }

    /// The receipt of a record that this host holds, with its place in the batch; with what opens it when `opened`.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn record_proof(&self, record: &RecordId, opened: bool) -> Result<Option<RecordProof>, NodeError> {
        let _ = (record, opened);
        todo!()
    }

    /// The ledger in figures.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn status(&self) -> Result<Status, NodeError> {
        todo!()
    }
}
