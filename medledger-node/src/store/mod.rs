//! The embedded store: one redb file, one transaction of it for a block and all that belongs to it.
//!
//! | file | what it holds |
//! | --- | --- |
//! | [`table`] | every table, and what its keys are made of |
//! | [`rows`] | what stands in rows that are more than numbers and bytes |
//! | `write` | what one transaction writes: the genesis, or a block |
//! | `keeping` | sealed records, kept with the block that anchors them |
//! | `renewal` | a file that remembers nothing of what was destroyed |
//! | [`snapshot`] | the ledger as it stood at one moment: what is stored, as values |
//! | `reader` | rows of the file, whatever they mean |
//! | `header_log` | the log of all headers, as hashes of its subtrees |
//! | `files` | the files of the directory |
//! | `guard` | damage that makes the database panic becomes an error |
//! | [`error`] | what can go wrong |

pub mod error;
pub(crate) mod files;
pub(crate) mod guard;
mod header_log;
pub(crate) mod keeping;
pub(crate) mod reader;
mod renewal;
pub mod rows;
pub mod snapshot;
pub mod table;
pub(crate) mod write;

use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock};

use medledger_core::chain::{Genesis, Opened};
use medledger_core::codec::encode;
use medledger_sdk::local::Commit;
use redb::{Builder, Database};

pub use error::StoreError;
pub use rows::TipRow;
use rows::VaultRow;
pub use snapshot::{Snapshot, StateView};

use files::{Files, of, shown};
use guard::guarded;
use keeping::Keeping;
use reader::Reader;
use table::{Table, meta, numbers};
use write::{Mode, write_block, write_genesis, write_vault};

/// The format of the tables. A store of a higher one was written by newer software.
pub const FORMAT: u64 = 2;

/// Bytes that the database may keep of the file in memory.
const CACHE: usize = 64 << 20;

/// The store of one ledger, open for writing.
pub struct Store {
    /// Taken when it is dropped.
    database: Option<Database>,
    files: Files,
    tip: RwLock<TipRow>,
    mode: Mode,
    failed: AtomicBool,
}

impl Store {
    /// Makes a store in a directory that is absent or empty.
    ///
    /// # Errors
    /// [`StoreError::NotEmpty`], [`StoreError::Io`].
    pub fn create(dir: &Path, genesis: &Genesis, opened: &Opened) -> Result<Self, StoreError> {
        let bytes = encode(genesis).map_err(|error| StoreError::damaged("the genesis", error))?;
        let files = Files::new(dir);
        files.make()?;
        files.write_genesis(&bytes)?;
        let path = files.unfinished();
        files::private(&path).map_err(|error| of(&path, &error))?;
        let mode = Mode { quick_repair: true };
        guarded(|| {
            let database = Builder::new().set_cache_size(CACHE).create(&path);
            let database = database.map_err(|error| StoreError::of_database(&shown(&path), error.into()))?;
            write_genesis(&database, mode, &bytes, opened, founders(genesis))?;
            database.close().map_err(|error| StoreError::of_database(&shown(&path), error.into()))
        })?;
        files.finish()?;
        Self::open(dir)
    }

    /// Opens a store: a few reads. No other process has it open meanwhile.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let files = Files::new(dir);
        for path in [dir.to_owned(), files.ledger(), files.genesis()] {
            path.metadata().map_err(|error| of(&path, &error))?;
        }
        let path = shown(&files.ledger());
        let named = File::open(files.ledger()).map_err(|error| of(&files.ledger(), &error))?;
        let database = guarded(|| {
            let opened = Builder::new().set_cache_size(CACHE).open(files.ledger());
            opened.map_err(|error| StoreError::of_database(&path, error.into()))
        })?;
        let store = Self::over(files, database)?;
        // Another process may have put a new file in the place of the one that was opened: what is written to that one
        // is lost.
        if !store.files.is_ledger(&named)? {
            return Err(StoreError::Locked { path });
        }
        Ok(store)
    }

    /// The store that lies in a backend, beside the genesis in a directory.
    #[cfg(test)]
    pub(crate) fn open_backend(dir: &Path, backend: impl redb::StorageBackend) -> Result<Self, StoreError> {
        let files = Files::new(dir);
        let path = shown(&files.ledger());
        let database = guarded(|| {
            let opened = Builder::new().set_cache_size(CACHE).create_with_backend(backend);
            opened.map_err(|error| StoreError::of_database(&path, error.into()))
        })?;
        Self::over(files, database)
    }

    /// The store in a database.
    fn over(files: Files, database: Database) -> Result<Self, StoreError> {
        let path = shown(&files.ledger());
        let mut store = Self {
            database: Some(database),
            tip: RwLock::new(TipRow::nothing()),
            mode: Mode { quick_repair: true },
            failed: AtomicBool::new(false),
            files,
        };
        let reader = store.reader()?;
        check_format(&path, &reader)?;
        let snapshot = Snapshot::new(reader)?;
        if store.files.read_genesis()? != snapshot.genesis()? {
            return Err(StoreError::GenesisDiffers { path: shown(&store.files.genesis()) });
        }
        store.tip = RwLock::new(snapshot.tip_row());
        Ok(store)
    }

    /// A moment of the ledger.
    ///
    /// # Errors
    /// [`StoreError::Closed`], [`StoreError::Damaged`].
    pub fn snapshot(&self) -> Result<Snapshot, StoreError> {
        Snapshot::new(self.reader()?)
    }

    /// The newest block.
    #[must_use]
    pub fn tip(&self) -> TipRow {
        *self.tip.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a block with all that belongs to it. When this returns `Ok`, it is on the disk.
    ///
    /// A sealed record that is not of what was anchored leaves the store as it was. A disk that fails closes the store:
    /// whether the block is in it shows when it is opened again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) fn commit(&self, commit: &Commit, keeping: &[Keeping<'_>]) -> Result<(), StoreError> {
        let mut tip = self.tip.write().unwrap_or_else(PoisonError::into_inner);
        if commit.header.header.previous != tip.hash {
            return Err(StoreError::damaged(
                "the newest block",
                "the block that is to be written stands on another one",
            ));
        }
        let written = write_block(self.database()?, self.mode, &tip, commit, keeping);
        match written {
            Ok(new) => {
                *tip = new;
                Ok(())
            }
            Err(error @ (StoreError::RecordCount { .. } | StoreError::RecordMismatch { .. })) => Err(error),
            Err(error) => {
                self.failed.store(true, Ordering::Release);
                Err(error)
            }
        }
    }

    /// Writes rows of the vault in place of those that are there. When this returns `Ok`, they are on the disk; what they
    /// replace may still stand in pages that are free: see [`Self::renew`].
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) fn replace_vault(&self, rows: &[(Vec<u8>, VaultRow)]) -> Result<(), StoreError> {
        let _one = self.tip.write().unwrap_or_else(PoisonError::into_inner);
        let written = write_vault(self.database()?, self.mode, rows);
        if written.is_err() {
            self.failed.store(true, Ordering::Release);
        }
        written
    }

    /// Writes all that is in the store into a new file, which takes the old one's place, and overwrites the old one with
    /// zeros: the new one has no page of what was replaced before. What a file system or a disk keeps of overwritten
    /// blocks (snapshots, journals, flash) it can't reach, and backups even less.
    ///
    /// # Errors
    /// [`StoreError`]; the store must be opened anew then.
    pub(crate) fn renew(self) -> Result<Self, StoreError> {
        let files = self.files.clone();
        // The old file stays locked until it has lost its name: nobody can write to it meanwhile.
        let old = renewal::replace(&self)?;
        drop(self);
        renewal::overwrite(old).map_err(|error| of(&files.ledger(), &error))?;
        Self::open(files.dir())
    }

    /// Bytes of the store's files.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn size(&self) -> Result<u64, StoreError> {
        self.files.size()
    }

    fn database(&self) -> Result<&Database, StoreError> {
        if self.failed.load(Ordering::Acquire) {
            return Err(StoreError::Closed);
        }
        self.database.as_ref().ok_or(StoreError::Closed)
    }

    fn reader(&self) -> Result<Reader, StoreError> {
        Reader::new(self.database()?)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // What was acknowledged is on the disk: an error here loses nothing.
        let database = self.database.take();
        let _ = guarded(|| {
            drop(database);
            Ok(())
        });
    }
}

/// How many identities a genesis names.
pub(crate) fn founders(genesis: &Genesis) -> u64 {
    u64::try_from(genesis.founders.len()).unwrap_or(u64::MAX)
}

/// That this is a store, and of a format that is known.
pub(crate) fn check_format(path: &str, reader: &Reader) -> Result<(), StoreError> {
    let not = |why: &str| StoreError::NotAStore { path: path.to_owned(), why: why.to_owned() };
    if !reader.tables()?.iter().any(|name| name == Table::Meta.name()) {
        return Err(not("it has no table of that kind"));
    }
    let format = reader.table(Table::Meta)?.get(meta::FORMAT)?;
    match format.as_deref().and_then(numbers) {
        Some([FORMAT]) => Ok(()),
        Some([found]) if found > FORMAT => Err(StoreError::Newer { found, known: FORMAT }),
        Some([found]) if found > 0 => Err(StoreError::Older { found, known: FORMAT }),
        _ => Err(not("it does not say its format")),
    }
}

#[cfg(test)]
mod tests;
