//! What can go wrong with a store.

use std::io;

use medledger_core::error::ReadError;
use medledger_core::hash::RecordId;
use medledger_core::rules;
use medledger_core::units::Height;

rules! {
    /// Why the store gives nothing, each with what to do next.
    pub enum StoreError: STO {
        /// No ledger there.
        1 Missing { path: String }:
            "a ledger's directory holds ledger.redb and genesis.cbor",
            "{path} does not exist: name the directory of a ledger, or make one with `medledger init`";
        /// A directory in use.
        2 NotEmpty { path: String }:
            "a ledger is made in a directory that is absent or empty",
            "{path} is not an empty directory: name another one, or empty it first";
        /// Open elsewhere.
        3 Locked { path: String }:
            "one process at a time opens a store",
            "{path} is open in another process: stop that one first";
        /// A file of another kind.
        4 NotAStore { path: String, why: String }:
            "a store is a redb database with the tables of this software",
            "{path} is not a store of a ledger ({why}): check the path, or restore the file from a backup";
        /// Written by newer software.
        5 Newer { found: u64, known: u64 }:
            "a store is of a format that this software knows",
            "the store has format {found}, this software knows up to {known}: use newer software";
        /// Something in it is not what it should be.
        6 Damaged { what: String, detail: String }:
            "what is stored is what was written",
            "the store is damaged ({what}: {detail}): run `medledger verify`, then restore the directory from a backup";
        /// The file system failed.
        7 Io { path: String, detail: String }:
            "the file system reads and writes what it is asked to",
            "{path} can't be read or written ({detail}): check the disk, its free space and the permissions";
        /// Two genesis that differ.
        8 GenesisDiffers { path: String }:
            "genesis.cbor is the genesis that the store began with",
            "{path} is not the genesis of this store: run `medledger verify`, then restore the file from a backup";
        /// A height whose state is no longer kept.
        9 Pruned { height: Height, lowest: Height }:
            "a state is read at the newest height or at one of the last freshness span",
            "the state of height {height} is no longer kept, {lowest} is the lowest height that is: ask for a newer one";
        /// A height to come.
        10 Ahead { height: Height, newest: Height }:
            "a state is read at a height that the ledger has reached",
            "height {height} has not been reached, {newest} is the newest one";
        /// Another number of sealed records than of anchored ones.
        11 RecordCount { actual: u64, expected: u64 }:
            "a transaction comes with no sealed records, or with one for each record that it anchors, in their order",
            "{actual} sealed records came with a transaction that anchors {expected}: give all of them or none";
        /// A sealed record of something else.
        12 RecordMismatch { record: RecordId, why: String }:
            "a sealed record is kept only if it is whole, and of what was anchored",
            "what was given to be kept as record {record} is not what was anchored: {why}";
        /// A store that failed before.
        13 Closed:
            "a store that failed while it was written to is opened anew",
            "the store failed before and was closed: open it again, and run `medledger verify` if it fails again";
        /// Written by older software.
        14 Older { found: u64, known: u64 }:
            "a store of a former format is not read: its records were not sealed",
            "the store has format {found}, this software reads {known}: anchor its bundles into a new ledger, or use the software that made it";
        /// A record that the store does not have.
        15 NotHeld { record: RecordId }:
            "a record is opened, wrapped anew or destroyed by a host that holds it",
            "this host does not hold record {record}: ask its custodian, or check the id";
    }
}

impl StoreError {
    /// The file or directory that it is about.
    #[must_use]
    pub fn element(&self) -> Option<String> {
        match self {
            Self::Missing { path }
            | Self::NotEmpty { path }
            | Self::Locked { path }
            | Self::NotAStore { path, .. }
            | Self::Io { path, .. }
            | Self::GenesisDiffers { path } => Some(path.clone()),
            _ => None,
        }
    }

    /// What the database says, about the file at `path`.
    pub(crate) fn of_database(path: &str, error: redb::Error) -> Self {
        let path = path.to_owned();
        match error {
            redb::Error::DatabaseAlreadyOpen | redb::Error::LockProtocolMismatch => Self::Locked { path },
            redb::Error::Io(error) => Self::of_file(&path, &error),
            redb::Error::UpgradeRequired(version) => {
                Self::NotAStore { path, why: format!("it is a redb file of version {version}") }
            }
            redb::Error::PreviousIo | redb::Error::DatabaseClosed => Self::Closed,
            error => Self::damaged("the file", error),
        }
    }

    /// What the database says while it reads a part of an open file.
    pub(crate) fn of_part(what: impl Into<String>, error: redb::Error) -> Self {
        use io::ErrorKind::{InvalidData, InvalidInput, NotFound, UnexpectedEof};
        match error {
            // A damaged page may name places that the file does not have.
            redb::Error::Io(error)
                if ![InvalidData, InvalidInput, NotFound, UnexpectedEof].contains(&error.kind()) =>
            {
                Self::Io { path: super::files::LEDGER.to_owned(), detail: error.to_string() }
            }
            redb::Error::PreviousIo | redb::Error::DatabaseClosed => Self::Closed,
            error => Self::damaged(what, error),
        }
    }

    /// What the file system says about a file.
    pub(crate) fn of_file(path: &str, error: &io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing { path },
            io::ErrorKind::InvalidData => Self::NotAStore { path, why: error.to_string() },
            io::ErrorKind::UnexpectedEof => Self::damaged("the file", "it ends too early"),
            _ => Self::Io { path, detail: error.to_string() },
        }
    }

    /// A stored thing that is not what it should be.
    pub(crate) fn damaged(what: impl Into<String>, detail: impl ToString) -> Self {
        Self::Damaged { what: what.into(), detail: detail.to_string() }
    }
}

impl From<ReadError<Self>> for StoreError {
    fn from(error: ReadError<Self>) -> Self {
        match error {
            ReadError::Store(error) => error,
            ReadError::Damaged { what } => Self::damaged(what, "it is absent, or not a value of its kind"),
            ReadError::Unproven => Self::damaged("the state", "a part of it is not at hand"),
        }
    }
}
