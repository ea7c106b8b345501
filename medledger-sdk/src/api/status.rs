//! A ledger as a node sees it.

use alloc::string::{String, ToString};
use serde::Serialize;

use medledger_core::block::Tip;

use super::units::{Count, Time};

/// A ledger's newest block; figures of its whole where its host counts them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The ledger: the hash of its genesis.
    pub chain: String,
    /// What it is called.
    pub name: String,
    /// The newest height.
    pub height: Count,
    /// The newest block's time.
    pub time: Time,
    /// The hash of its header.
    pub app_root: String,
    /// Identities, the genesis's included.
    pub identities: Option<Count>,
    /// Records anchored, those of batches included.
    pub records: Option<Count>,
    /// Versions of records of which the host holds what opens them.
    pub held: Option<Count>,
    /// Transactions in blocks, refused ones included.
    pub transactions: Option<Count>,
    /// Bytes of the store's files.
    pub store_bytes: Option<Count>,
}

impl Status {
    /// The view of a ledger with this name and newest block.
    #[must_use]
    pub fn new(name: &str, tip: &Tip) -> Self {
        Self {
            chain: tip.chain.to_string(),
            name: name.to_string(),
            height: Count(tip.height.0),
            time: tip.time.into(),
            app_root: tip.hash.to_string(),
            identities: None,
            records: None,
            held: None,
            transactions: None,
            store_bytes: None,
        }
    }
}
