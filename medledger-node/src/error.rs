//! What can go wrong in a host, with the code of the rule that was broken.

use medledger_core::block::BlockError;
use medledger_core::chain::GenesisError;
use medledger_core::codec::CodecError;
use medledger_core::crypto::CryptoError;
use medledger_core::error::{Coded, ReadError, Rule};
use medledger_core::operation::TransactionError;
use medledger_sdk::local::{EngineError, EngineFault};
use medledger_sdk::seal::SealError;

use crate::store::StoreError;

/// Why a host stops.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NodeError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The genesis.
    #[error(transparent)]
    Genesis(#[from] GenesisError),
    /// A transaction.
    #[error(transparent)]
    Transaction(#[from] TransactionError),
    /// A block.
    #[error(transparent)]
    Block(#[from] BlockError),
    /// An encoding.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// A key or signature.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
    /// A sealed record.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The engine.
    #[error(transparent)]
    Engine(#[from] EngineFault),
}

impl NodeError {
    /// The rule that was broken.
    #[must_use]
    pub fn rule(&self) -> &'static Rule {
        match self {
            Self::Store(error) => error.rule(),
            Self::Genesis(error) => error.rule(),
            Self::Transaction(error) => error.rule(),
            Self::Block(error) => error.rule(),
            Self::Codec(error) => error.rule(),
            Self::Crypto(error) => error.rule(),
            Self::Seal(error) => error.rule(),
            Self::Engine(error) => error.rule(),
        }
    }

    /// The id of the rule that was broken, such as `STO-003`.
    #[must_use]
    pub fn code(&self) -> String {
        self.rule().to_string()
    }

    /// What happened and what to do next, for a person.
    #[must_use]
    pub fn what(&self) -> String {
        self.to_string()
    }

    /// What it is about, when that has a name: a file, a directory.
    #[must_use]
    pub fn element(&self) -> Option<String> {
        match self {
            Self::Store(error) => error.element(),
            _ => None,
        }
    }
}

impl From<ReadError<StoreError>> for NodeError {
    fn from(error: ReadError<StoreError>) -> Self {
        Self::Store(error.into())
    }
}

impl From<EngineError<StoreError>> for NodeError {
    fn from(error: EngineError<StoreError>) -> Self {
        match error {
            EngineError::Read(error) => error.into(),
            EngineError::Block(error) => error.into(),
            EngineError::Codec(error) => error.into(),
            EngineError::Crypto(error) => error.into(),
            EngineError::Fault(fault) => fault.into(),
        }
    }
}
