//! The whole store checked from the genesis, without writing to it.

use std::path::Path;

use medledger_core::hash::AppRootHash;
use medledger_core::units::Timestamp;

use crate::NodeError;

/// What came of a verification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Whether all of it is as it was written.
    pub verified: bool,
    /// The newest height that was verified.
    pub height: Option<u64>,
    /// The hash of its header.
    pub app_root: Option<AppRootHash>,
    /// The first fault: physical ones before all, then by height, transaction, state, sealed records.
    pub fault: Option<Fault>,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The code of its kind, such as `STO-030`.
    pub code: String,
    /// The height at which what is at fault was written; `None` for a physical fault.
    pub height: Option<u64>,
    /// What is at fault.
    pub what: String,
}

/// How far a verification is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The file itself is read and its checksums are checked.
    File {
        /// How many bytes it has.
        bytes: u64,
    },
    /// Blocks are executed anew.
    Blocks {
        /// How many were.
        done: u64,
        /// How many there are.
        of: u64,
    },
    /// What is stored is compared with what should be, row by row.
    Rows {
        /// How many were.
        done: u64,
        /// How many there are.
        of: u64,
    },
}

/// Verifies the ledger in a directory, as of a time. Writes nothing to the directory.
///
/// # Errors
/// A directory that does not exist ([`StoreError::Missing`](crate::store::StoreError::Missing)), or a store that is in use
/// ([`StoreError::Locked`](crate::store::StoreError::Locked)). Any damage is a fault in the report.
pub fn verify(dir: &Path, now: Timestamp, progress: &mut dyn FnMut(Progress)) -> Result<Report, NodeError> {
    let _ = (dir, now, progress);
    todo!()
}
