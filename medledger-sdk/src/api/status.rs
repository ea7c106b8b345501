//! A ledger as a node sees it.

use alloc::string::{String, ToString};
use serde::Serialize;

use medledger_core::block::Tip;

use super::text::Count;
use crate::time::rfc3339;

/// A ledger's newest block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatusView {
    /// The ledger: the hash of its genesis.
    pub chain: String,
    /// What it is called.
    pub name: String,
    /// The newest height.
    pub height: Count,
    /// The newest block's time.
    pub time: String,
    /// The hash of its header.
    pub app_root: String,
}

impl StatusView {
    /// The view of a ledger with this name and newest block.
    #[must_use]
    pub fn new(name: &str, tip: &Tip) -> Self {
        Self {
            chain: tip.chain.to_string(),
            name: name.to_string(),
            height: Count(tip.height.0),
            time: rfc3339(tip.time),
            app_root: tip.hash.to_string(),
        }
    }
}
