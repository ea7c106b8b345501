//! The store that is verified, opened without writing to it.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::Path;

use redb::{Builder, Database};

use super::backend::Overlay;
use super::fault::{Found, StoreFault};
use super::{Progress, Stop};
use crate::store::files::{Files, GENESIS, LEDGER, of, shown};
use crate::store::guard::guarded;
use crate::store::reader::{Reader, Rows};
use crate::store::table::Table;
use crate::store::{StoreError, check_format};

/// Bytes of the file that are kept in memory.
const CACHE: usize = 64 << 20;

/// The files as they are, under a layer that takes all writes.
pub(super) struct Given {
    /// Both are taken when it is dropped.
    reader: Option<Reader>,
    database: Option<Database>,
    /// What genesis.cbor holds.
    pub(super) genesis: Vec<u8>,
    /// Bytes of the database.
    pub(super) bytes: u64,
}

impl Given {
    /// Opens the files and has the database check its pages.
    pub(super) fn open(dir: &Path, progress: &mut dyn FnMut(Progress)) -> Result<Self, Stop> {
        let files = Files::new(dir);
        let file = File::open(files.ledger()).map_err(|error| unreadable(LEDGER, &error))?;
        // Shared with other readers; a process that has it open for writing holds it alone.
        match file.try_lock_shared() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Stop::Own(StoreError::Locked { path: shown(&files.ledger()) }));
            }
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(Stop::Own(of(&files.ledger(), &error))),
        }
        // A file that lost its name meanwhile is being overwritten.
        if !files.is_ledger(&file).map_err(Stop::Own)? {
            return Err(Stop::Own(StoreError::Locked { path: shown(&files.ledger()) }));
        }
        let genesis = fs::read(files.genesis()).map_err(|error| unreadable(GENESIS, &error))?;
        let bytes = file.metadata().map_err(|error| unreadable(LEDGER, &error))?.len();
        if bytes == 0 {
            // The database would begin a new one.
            return Err(unreadable(LEDGER, &io::Error::new(ErrorKind::InvalidData, "it is empty")));
        }
        progress(Progress::File { bytes });
        let overlay = Overlay::new(file).map_err(|error| unreadable(LEDGER, &error))?;
        let database = guarded(|| {
            let opened = Builder::new().set_cache_size(CACHE).create_with_backend(overlay);
            let mut database = opened.map_err(|error| StoreError::of_database(LEDGER, error.into()))?;
            let sound = database.check_integrity();
            let sound = sound.map_err(|error| StoreError::of_database(LEDGER, error.into()))?;
            Ok(if sound { Some(database) } else { None })
        });
        let Some(database) = database.map_err(Stop::given)? else {
            return Err(Stop::Found(Found::physical(StoreFault::Checksum)));
        };
        let mut given = Self { reader: None, database: Some(database), genesis, bytes };
        let reader = given.database.as_ref().map(Reader::new).transpose().map_err(Stop::given)?;
        given.reader = reader;
        given.check()?;
        Ok(given)
    }

    fn check(&self) -> Result<(), Stop> {
        let fault = |fault| Err(Stop::Found(Found::physical(fault)));
        let reader = self.reader()?;
        match check_format(LEDGER, reader) {
            Ok(()) => {}
            Err(
                error @ (StoreError::NotAStore { .. } | StoreError::Newer { .. } | StoreError::Older { .. }),
            ) => {
                return fault(StoreFault::Format { why: error.to_string() });
            }
            Err(error) => return Err(Stop::given(error)),
        }
        let names = reader.tables().map_err(Stop::given)?;
        for table in Table::ALL {
            if !names.iter().any(|name| name == table.name()) {
                return fault(StoreFault::TableSet { table: table.name().into(), how: "missing" });
            }
        }
        for table in names {
            if !Table::ALL.iter().any(|known| known.name() == table) {
                return fault(StoreFault::TableSet { table, how: "none of this format" });
            }
        }
        Ok(())
    }

    pub(super) fn reader(&self) -> Result<&Reader, Stop> {
        self.reader.as_ref().ok_or(Stop::Own(StoreError::Closed))
    }

    pub(super) fn rows(&self, table: Table) -> Result<Rows, Stop> {
        self.reader()?.table(table).map_err(Stop::given)
    }
}

impl Drop for Given {
    fn drop(&mut self) {
        let own = (self.reader.take(), self.database.take());
        let _ = guarded(|| {
            drop(own);
            Ok(())
        });
    }
}

fn unreadable(file: &'static str, error: &io::Error) -> Stop {
    let fault = match error.kind() {
        ErrorKind::NotFound => StoreFault::FileMissing { file },
        _ => StoreFault::Unreadable { file, why: error.to_string() },
    };
    Stop::Found(Found::physical(fault))
}
