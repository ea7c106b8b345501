//! A file that remembers nothing of what was destroyed.
//!
//! A page that the database frees keeps its bytes until it is used again. So what is destroyed is first replaced in a
//! transaction of its own; then every row is copied into a new file, which takes the old one's name; and the old file, which
//! is still open, is overwritten. If the process ends in between, the rows are gone all the same, and the old file's
//! blocks are free and not overwritten: destroying another record, or the same one again, makes a new file again. A copy that
//! was not finished is overwritten before the next one is made.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Seek, SeekFrom, Write};

use redb::{Builder, Database, Durability};

use super::files::{of, private, shown};
use super::guard::guarded;
use super::table::Table;
use super::{CACHE, Store, StoreError};

/// Puts a copy in the store's place; gives the old file, which has no name any more.
pub(super) fn replace(store: &Store) -> Result<File, StoreError> {
    let files = &store.files;
    let (path, new) = (files.ledger(), files.unfinished());
    // A copy that another process was stopped over has all that was not yet destroyed then.
    match OpenOptions::new().write(true).open(&new) {
        Ok(left) => overwrite(left).and_then(|()| fs::remove_file(&new)).map_err(|error| of(&new, &error))?,
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(of(&new, &error)),
        Err(_) => {}
    }
    private(&new).map_err(|error| of(&new, &error))?;
    let name = shown(&new);
    let database = guarded(|| {
        let database = Builder::new().set_cache_size(CACHE).create(&new);
        database.map_err(|error| StoreError::of_database(&name, error.into()))
    })?;
    copy(store, database, &name)?;
    let old = OpenOptions::new().write(true).open(&path).map_err(|error| of(&path, &error))?;
    files.finish()?;
    Ok(old)
}

/// Overwrites a file with zeros, to the disk.
pub(super) fn overwrite(mut file: File) -> std::io::Result<()> {
    let zeros = vec![0; 1 << 16];
    let mut left = file.metadata()?.len();
    file.seek(SeekFrom::Start(0))?;
    while left > 0 {
        let now = usize::try_from(left).unwrap_or(usize::MAX).min(zeros.len());
        file.write_all(zeros.get(..now).unwrap_or_default())?;
        left = left.saturating_sub(u64::try_from(now).unwrap_or(u64::MAX));
    }
    file.sync_all()
}

/// Every row of every table, in one transaction. When this returns `Ok`, the copy is on the disk.
pub(super) fn copy(store: &Store, database: Database, new: &str) -> Result<(), StoreError> {
    let failed = |error: redb::Error| StoreError::of_database(new, error);
    let reader = store.reader()?;
    guarded(|| {
        let mut transaction = database.begin_write().map_err(|error| failed(error.into()))?;
        transaction.set_durability(Durability::Immediate).map_err(|error| failed(error.into()))?;
        transaction.set_quick_repair(store.mode.quick_repair);
        for table in Table::ALL {
            let mut to = transaction.open_table(table.definition()).map_err(|error| failed(error.into()))?;
            for row in reader.table(table)?.all()? {
                let (key, value) = row?;
                to.insert(key.as_slice(), value.as_slice()).map_err(|error| failed(error.into()))?;
            }
        }
        transaction.commit().map_err(|error| failed(error.into()))?;
        database.close().map_err(|error| failed(error.into()))
    })
}
