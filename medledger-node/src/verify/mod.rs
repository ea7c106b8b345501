//! The whole store checked from the genesis, without writing to it.
//!
//! The file is opened under a layer that keeps every write in memory, and the database checks its own pages. Then all
//! blocks are executed anew from the genesis, and committed by the same code to a fresh database elsewhere; row by row, both
//! must be the same. What follows from no block, the sealed records that this host holds, is checked as far as
//! that goes without a key: that each is whole, and of the commitments that the ledger has of it.
//!
//! | file | what it holds |
//! | --- | --- |
//! | [`fault`] | what can be found, with a code for each kind |
//! | `given` | the store that is verified, opened without writing to it |
//! | `backend` | where it is read from, and where the fresh one is written to |
//! | `replay` | the blocks executed anew |
//! | `compare` | the tables row by row |
//! | `held` | sealed records against the ledger |

mod backend;
mod compare;
pub mod fault;
mod given;
mod held;
mod replay;

use std::path::Path;

use medledger_core::hash::AppRootHash;
use medledger_core::units::Timestamp;

use crate::NodeError;
use crate::store::StoreError;
use crate::store::table::Table;
use fault::{Found, StoreFault};
use given::Given;
use replay::Replay;

/// What came of a verification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Whether all of it is as it was written.
    pub verified: bool,
    /// The newest height whose block was verified.
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
/// A directory that does not exist ([`StoreError::Missing`]), a store that is in use ([`StoreError::Locked`]), or no room
/// for what verification itself needs ([`StoreError::Io`]). Any damage is a fault in the report.
pub fn verify(dir: &Path, now: Timestamp, progress: &mut dyn FnMut(Progress)) -> Result<Report, NodeError> {
    if !dir.is_dir() {
        return Err(StoreError::Missing { path: crate::store::files::shown(dir) }.into());
    }
    let mut checked = Checked { first: None, reached: None };
    match check(dir, now, progress, &mut checked) {
        Ok(()) => {}
        Err(Stop::Found(found)) => checked.add(found),
        Err(Stop::Own(error)) => return Err(error.into()),
    }
    let Checked { first, reached } = checked;
    let (height, app_root) = reached.unzip();
    Ok(Report { verified: first.is_none(), height, app_root, fault: first.map(Found::report) })
}

fn check(
    dir: &Path,
    now: Timestamp,
    progress: &mut dyn FnMut(Progress),
    checked: &mut Checked,
) -> Result<(), Stop> {
    let given = Given::open(dir, progress)?;
    let replay = Replay::run(&given, now, progress, checked)?;
    let of = Table::ALL.into_iter().try_fold(0_u64, |sum, table| {
        Ok::<_, Stop>(sum.saturating_add(given.rows(table)?.len().map_err(Stop::given)?))
    })?;
    let mut rows = Counter { done: 0, of, progress };
    for table in Table::ALL.into_iter().filter(|table| table.follows_from_blocks()) {
        compare::table(&given, &replay, table, &mut rows, checked)?;
    }
    held::check(&given, &replay, &mut rows, checked)?;
    progress(Progress::Rows { done: of, of });
    Ok(())
}

/// Why verification stops before its end.
enum Stop {
    /// It has seen enough.
    Found(Found),
    /// It can't go on: its own files, or the store is in use.
    Own(StoreError),
}

impl Stop {
    /// The store that is verified can't be read.
    fn given(error: StoreError) -> Self {
        let why = match error {
            StoreError::Damaged { what, detail } => format!("{what}: {detail}"),
            error => error.to_string(),
        };
        Self::Found(Found::physical(StoreFault::Unreadable { file: crate::store::files::LEDGER, why }))
    }
}

/// What verification has come to so far.
struct Checked {
    first: Option<Found>,
    /// The newest height whose block was verified, and the hash of its header.
    reached: Option<(u64, AppRootHash)>,
}

impl Checked {
    fn add(&mut self, found: Found) {
        if self.first.as_ref().is_none_or(|first| found.precedes(first)) {
            self.first = Some(found);
        }
    }
}

/// Counts rows, and says so now and then.
struct Counter<'a> {
    done: u64,
    of: u64,
    progress: &'a mut dyn FnMut(Progress),
}

impl Counter<'_> {
    fn step(&mut self) {
        self.done = self.done.saturating_add(1);
        if self.done.is_multiple_of(1_000) || self.done == self.of {
            (self.progress)(Progress::Rows { done: self.done, of: self.of });
        }
    }
}

#[cfg(test)]
mod tests;
