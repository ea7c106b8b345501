//! What is certified about one height.

use alloc::vec::Vec;

use super::ChainError;
use crate::codec::{CodecError, encode};
use crate::crypto::HashAlgorithm;
use crate::error::ReadError;
use crate::hash::{
    AppRootHash, ChainId, Digest32, ResultsRoot, StateRoot, Tag, TransactionsRoot, ValidatorsHash, hash_each,
    hash_wire,
};
use crate::merkle::Log;
use crate::merkle::tree::{TreeDelta, TreeRead, update};
use crate::operation::{PROTOCOL_VERSION, tx_hashes};
use crate::state::Delta;
use crate::units::{Height, Timestamp};
use crate::validate::{BlockContext, Executed, TxResult};

wire! {
    /// The header: everything that follows from the blocks up to a height. Engines sign its hash.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AppRoot {
        /// The protocol's version.
        pub version: u64,
        /// The algorithm of every hash below.
        pub hash: HashAlgorithm,
        /// The ledger.
        pub chain: ChainId,
        /// The height.
        pub height: Height,
        /// The block's time.
        pub time: Timestamp,
        /// The hash of the header before; zeros in the genesis's.
        pub previous: AppRootHash,
        /// How many transactions, and as many results.
        pub count: u64,
        /// The root of the transactions, signatures included.
        pub transactions_root: TransactionsRoot,
        /// The root of their results.
        pub results_root: ResultsRoot,
        /// The root of the state after them.
        pub state_root: StateRoot,
        /// The validators entitled to certify the next height.
        pub next_validators: ValidatorsHash,
    }
}

impl AppRoot {
    /// The hash that engines certify.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn hash(&self) -> Result<AppRootHash, CodecError> {
        hash_wire(Tag::AppRoot, self).map(AppRootHash)
    }

    /// That this header is of the version and ledger that its reader means.
    ///
    /// # Errors
    /// [`ChainError::UnknownVersion`], [`ChainError::OtherLedger`].
    pub fn check(&self, chain: &ChainId) -> Result<(), ChainError> {
        if self.version != PROTOCOL_VERSION {
            return Err(ChainError::UnknownVersion { version: self.version });
        }
        if self.chain != *chain {
            return Err(ChainError::OtherLedger { named: self.chain });
        }
        Ok(())
    }

    /// That this header follows another.
    ///
    /// # Errors
    /// [`ChainError::DoesNotFollow`].
    pub fn follows(&self, before: &Self) -> Result<(), ChainError> {
        let fault = ChainError::DoesNotFollow { height: self.height };
        let hash = before.hash().map_err(|_| fault.clone())?;
        let next = before.height.next();
        if self.previous == hash && next == Some(self.height) && self.time >= before.time {
            Ok(())
        } else {
            Err(fault)
        }
    }
}

/// A block's effects, sealed under one root; nothing has been written yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The header.
    pub app_root: AppRoot,
    /// Its hash.
    pub hash: AppRootHash,
    /// The nodes of the state tree that change.
    pub tree: TreeDelta,
    /// The results, as the header commits to them.
    pub results: Vec<TxResult>,
}

/// Seals what a block did. Pure, and before any write, so that an engine can certify the root of a block that the host
/// has not committed.
///
/// # Errors
/// [`ReadError`] when the tree can't be read.
pub fn seal<T: TreeRead, B: AsRef<[u8]>>(
    tree: &T,
    cx: &BlockContext,
    transactions: &[B],
    executed: &Executed,
    delta: &Delta,
) -> Result<Sealed, ReadError<T::Error>> {
    let damaged = |_| ReadError::Damaged { what: "AppRoot" };
    let (state_root, nodes) = update(tree, &delta.value_hashes())?;
    let results = executed.results().map_err(damaged)?;
    let app_root = AppRoot {
        version: PROTOCOL_VERSION,
        hash: HashAlgorithm::Sha3_256,
        chain: cx.chain,
        height: cx.height,
        time: cx.time,
        previous: cx.previous,
        count: u64::try_from(transactions.len()).unwrap_or(u64::MAX),
        transactions_root: TransactionsRoot(transactions_log(transactions).root().0),
        results_root: ResultsRoot(results_log(&results).map_err(damaged)?.root().0),
        state_root,
        next_validators: executed.next_validators,
    };
    let hash = app_root.hash().map_err(damaged)?;
    Ok(Sealed { app_root, hash, tree: nodes, results })
}

/// The log of a block's transactions: their bytes, signatures included.
#[must_use]
pub fn transactions_log<B: AsRef<[u8]>>(transactions: &[B]) -> Log {
    let data: Vec<Digest32> = tx_hashes(transactions).map(|hash| hash.0).collect();
    Log::from_data(&data)
}

/// The log of a block's results.
///
/// # Errors
/// [`CodecError::Unencodable`].
pub fn results_log(results: &[TxResult]) -> Result<Log, CodecError> {
    let encoded = results.iter().map(encode).collect::<Result<Vec<_>, _>>()?;
    Ok(Log::from_data(&hash_each(Tag::Result, &encoded)))
}
