//! A ledger on a disk: the store, the authority engine over it, and what can be asked of both.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use medledger_core::block::Tip;
use medledger_core::chain::Genesis;
use medledger_core::codec::Wire;
use medledger_core::consensus::Evidence;
use medledger_core::crypto::SecretKey;
use medledger_core::error::ReadError;
use medledger_core::hash::StateKey;
use medledger_core::hash::{AppRootHash, ChainId, Did, RecordId, TxId};
use medledger_core::light::{BatchMember, CertifiedHeader, KeptResults, LogProof, Receipt, RecordProof};
use medledger_core::merkle::Log;
use medledger_core::operation::TransactionError;
use medledger_core::record::Commitments;
use medledger_core::state::{Address, Delta, LogKind, LogLeaf, Lookup, StateRead, read};
use medledger_core::units::{Height, Timestamp};
use medledger_core::validate::{Admission, BlockContext, Outcome, admit};
use medledger_sdk::local::Engine;
use medledger_sdk::seal::{Kept, SealedRecord};

pub use crate::store::rows::BatchPlace;
pub use medledger_sdk::local::ledger::EventPlace;

mod access;
mod vault;

pub use vault::{OpenedAll, Unopened};

use crate::NodeError;
use crate::store::keeping::Keeping;
use crate::store::{Snapshot, Store, StoreError};

/// A ledger on a disk.
pub struct Host {
    store: Store,
    engine: Engine,
    genesis: Genesis,
    /// Held while a block is made: each stands on the one before.
    producing: Mutex<()>,
}

/// A transaction that waits for a block, with the sealed records that it anchors.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    /// The transaction's bytes.
    pub transaction: Vec<u8>,
    /// None at all, or one for each record that the transaction anchors: in the order of a batch's entries, and within
    /// an entry in the order of its records. They are kept if the transaction is accepted, in the same write as its block.
    pub records: Vec<SealedRecord>,
}

impl From<Vec<u8>> for Waiting {
    fn from(transaction: Vec<u8>) -> Self {
        Self { transaction, records: Vec::new() }
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

/// What this host, as a custodian, holds of a record.
#[derive(Clone, Debug)]
pub struct Held {
    /// Which version of the record, from 1: the newest one held.
    pub version: u64,
    /// The event that anchored or amended it.
    pub at: EventPlace,
    /// Where it stands in its batch, if it was anchored in one.
    pub batch: Option<BatchPlace>,
    /// The sealed record, or that it was destroyed.
    pub kept: Kept,
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
    /// Versions of records that this host holds, or has held and destroyed.
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
        let (engine, opened) = Engine::new(genesis)??;
        let store = Store::create(dir, genesis, &opened)?;
        Ok(Self { store, engine, genesis: genesis.clone(), producing: Mutex::new(()) })
    }

    /// Opens a ledger: a few reads. No other process has it open meanwhile.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn open(dir: &Path) -> Result<Self, NodeError> {
        Self::over(Store::open(dir)?)
    }

    pub(crate) fn over(store: Store) -> Result<Self, NodeError> {
        let genesis = Genesis::decode(&store.snapshot()?.genesis()?)?;
        let (engine, opened) = Engine::new(&genesis)??;
        if opened.chain != store.tip().chain {
            return Err(StoreError::damaged("the genesis", "the newest block is of another ledger").into());
        }
        Ok(Self { store, engine, genesis, producing: Mutex::new(()) })
    }

    /// The genesis.
    #[must_use]
    pub const fn genesis(&self) -> &Genesis {
        &self.genesis
    }

    /// The newest block.
    #[must_use]
    pub fn tip(&self) -> Tip {
        self.store.tip().tip()
    }

    /// Which ledger it is.
    #[must_use]
    pub fn chain(&self) -> ChainId {
        self.store.tip().chain
    }

    /// Whether a block should be made even if nothing waits.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn is_due(&self, now: Timestamp) -> Result<bool, NodeError> {
        let snapshot = self.store.snapshot()?;
        Ok(self.engine.is_due(&snapshot, &snapshot.tip(), now)?)
    }

    /// Makes one block of what waits, certifies it with a validator's key and writes it, with the sealed records of what was
    /// accepted, in one transaction of the store. When this returns `Ok` all of it is on the disk; when it returns an
    /// error nothing of it is, but for a disk that fails: that closes the store, and whether the block is in it, whole or
    /// not at all, shows when it is opened again.
    ///
    /// # Errors
    /// [`NodeError`].
    pub fn produce(
        &self,
        waiting: &[Waiting],
        key: &SecretKey,
        now: Timestamp,
    ) -> Result<Produced, NodeError> {
        let _one = self.producing.lock().unwrap_or_else(PoisonError::into_inner);
        let snapshot = self.store.snapshot()?;
        let tip = snapshot.tip();
        let public = key.public();
        let bytes: Vec<&[u8]> = waiting.iter().map(|waiting| waiting.transaction.as_slice()).collect();
        let proposal = self.engine.propose((&snapshot, &snapshot), &tip, &bytes, &public, now)?;
        let chosen = proposal.chosen.clone();
        let signature = key.sign(proposal.to_sign());
        let commit = proposal.certify::<StoreError>(&public, signature)?;
        let after = After { state: &snapshot, delta: &commit.delta };
        let (mut left_out, mut still_waiting) = (Vec::new(), Vec::new());
        let stand: BTreeSet<usize> = chosen.iter().copied().collect();
        for (index, bytes) in bytes.iter().enumerate().filter(|(index, _)| !stand.contains(index)) {
            match admit(&after, &next(&commit.tip, now), bytes)? {
                Ok(_) => still_waiting.push(index),
                Err(error) => left_out.push((index, error)),
            }
        }
        let records = chosen.iter().filter_map(|index| waiting.get(*index));
        let keeping: Vec<Keeping<'_>> = (0_u64..)
            .zip(records)
            .map(|(index, waiting)| Keeping { index, records: &waiting.records })
            .collect();
        self.store.commit(&commit, &keeping)?;
        Ok(Produced {
            header: commit.header,
            outcomes: commit.executed.outcomes,
            chosen,
            left_out,
            still_waiting,
        })
    }

    /// Takes a block that was made elsewhere, as a following node does: judges, executes and seals it, checks that the
    /// evidence certifies just what came of it, and writes it in one transaction of the store. When this returns `Ok` all of
    /// it is on the disk, as with [`Self::produce`]; what is refused leaves the ledger as it was.
    ///
    /// # Errors
    /// [`NodeError`].
    pub fn accept(
        &self,
        block: &[u8],
        evidence: &Evidence,
        now: Timestamp,
    ) -> Result<CertifiedHeader, NodeError> {
        let _one = self.producing.lock().unwrap_or_else(PoisonError::into_inner);
        let snapshot = self.store.snapshot()?;
        let commit = self.engine.accept((&snapshot, &snapshot), &snapshot.tip(), block, evidence, now)?;
        self.store.commit(&commit, &[])?;
        Ok(commit.header)
    }

    /// Whether a transaction would count in the next block. Advisory.
    ///
    /// # Errors
    /// [`NodeError::Transaction`] says why it would not.
    pub fn admit(&self, transaction: &[u8], now: Timestamp) -> Result<Admission, NodeError> {
        let snapshot = self.store.snapshot()?;
        Ok(admit(&snapshot, &next(&snapshot.tip(), now), transaction)??)
    }

    /// What stands at an address of the current state.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn read<T: Wire>(&self, at: &Address) -> Result<Option<T>, NodeError> {
        Ok(read(&self.store.snapshot()?, at)?)
    }

    /// The header of a height with its evidence; `None` for the genesis and heights to come.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn header(&self, height: Height) -> Result<Option<CertifiedHeader>, NodeError> {
        Ok(self.store.snapshot()?.header(height)?)
    }

    /// The bytes of a block.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn block(&self, height: Height) -> Result<Option<Vec<u8>>, NodeError> {
        Ok(self.store.snapshot()?.block(height)?)
    }

    /// The results of a block.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn results(&self, height: Height) -> Result<Option<KeptResults>, NodeError> {
        Ok(self.store.snapshot()?.results(height)?)
    }

    /// Where the authenticated transaction with this id stands: height and place in the block.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn find(&self, id: &TxId) -> Result<Option<(Height, u64)>, NodeError> {
        Ok(self.store.snapshot()?.find(id)?)
    }

    /// One of a subject's logs, with where each entry stands.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn log(&self, subject: &Did, kind: LogKind) -> Result<Vec<(EventPlace, LogLeaf)>, NodeError> {
        Ok(self.store.snapshot()?.log(subject, kind)?)
    }

    /// The receipt of an event, with the evidence for its own header.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn receipt(&self, at: EventPlace) -> Result<Option<Receipt>, NodeError> {
        Ok(self.store.snapshot()?.receipt(at)?)
    }

    /// The receipt of an event, refreshed to stand on the newest header; `None` where its own is the newest.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn refreshed(&self, at: EventPlace) -> Result<Option<Receipt>, NodeError> {
        Ok(self.store.snapshot()?.refreshed(at)?)
    }

    /// One of a subject's logs, provably complete as recorded by the newest height; `None` at the genesis.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn log_proof(&self, subject: &Did, kind: LogKind) -> Result<Option<LogProof>, NodeError> {
        Ok(self.store.snapshot()?.log_proof(subject, kind)?)
    }

    /// What this host holds of a record, in its newest version held.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn held(&self, record: &RecordId) -> Result<Option<Held>, NodeError> {
        held(&self.store.snapshot()?, record)
    }

    /// The commitments of the records of a batch's entry, in their order; empty for a batch whose records are not held.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn members(&self, batch: &RecordId) -> Result<Vec<Commitments>, NodeError> {
        Ok(self.store.snapshot()?.members(batch)?)
    }

    /// The receipt of a record that this host holds, with its place in the batch and without what opens it.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn record_proof(&self, record: &RecordId) -> Result<Option<RecordProof>, NodeError> {
        let snapshot = self.store.snapshot()?;
        let Some(held) = held(&snapshot, record)? else { return Ok(None) };
        let Some(receipt) = snapshot.receipt(held.at)? else { return Ok(None) };
        let member = match held.batch {
            None => None,
            Some(BatchPlace { batch, index }) => match member(&snapshot.members(&batch)?, index)? {
                None => return Ok(None),
                found => found,
            },
        };
        Ok(Some(RecordProof { receipt, member, opening: None }))
    }

    /// A moment of the ledger, for several reads that must agree, or for the state of an earlier height.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn snapshot(&self) -> Result<Snapshot, NodeError> {
        Ok(self.store.snapshot()?)
    }

    /// The ledger in figures.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn status(&self) -> Result<Status, NodeError> {
        let snapshot = self.store.snapshot()?;
        let Tip { chain, height, time, hash } = snapshot.tip();
        let counts = snapshot.counts()?;
        Ok(Status {
            chain,
            height,
            time,
            app_root: hash,
            identities: counts.identities,
            records: counts.records,
            transactions: counts.transactions,
            held: snapshot.held()?,
            store_bytes: self.store.size()?,
        })
    }
}

/// What the next block is executed in, as far as is known.
fn next(tip: &Tip, now: Timestamp) -> BlockContext {
    let height = tip.height.next().unwrap_or(tip.height);
    BlockContext { chain: tip.chain, height, time: now.max(tip.time), previous: tip.hash }
}

fn held(snapshot: &Snapshot, record: &RecordId) -> Result<Option<Held>, NodeError> {
    Ok(snapshot.vault(record)?.map(|(version, row)| {
        let at = EventPlace { height: row.height, index: row.index, place: row.place };
        Held { version, at, batch: row.batch, kept: row.kept }
    }))
}

fn member(members: &[Commitments], index: u64) -> Result<Option<BatchMember>, NodeError> {
    let mut log = Log::new();
    for member in members {
        log.append(&member.leaf()?);
    }
    let found = usize::try_from(index).ok().and_then(|index| members.get(index));
    let path = log.inclusion(index).ok();
    Ok(found.zip(path).map(|(commitments, path)| BatchMember { index, commitments: *commitments, path }))
}

/// A state with a block's changes that are not yet written.
struct After<'a> {
    state: &'a Snapshot,
    delta: &'a Delta,
}

impl StateRead for After<'_> {
    type Error = StoreError;

    fn get(&self, key: &StateKey) -> Result<Lookup, ReadError<StoreError>> {
        match self.delta.writes.get(key) {
            Some(Some(value)) => Ok(Lookup::Present(value.clone())),
            Some(None) => Ok(Lookup::Absent),
            None => StateRead::get(self.state, key),
        }
    }
}

#[cfg(test)]
mod tests;
