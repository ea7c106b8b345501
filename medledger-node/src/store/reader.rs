//! Rows as they stand in the file at one moment. Nothing here knows what they mean.

use std::ops::Bound;

use redb::{
    Database, ReadOnlyTable, ReadTransaction, ReadableDatabase, ReadableTable, ReadableTableMetadata,
};

use super::StoreError;
use super::guard::guarded;
use super::table::Table;

/// A row: key and value.
pub(crate) type Row = (Vec<u8>, Vec<u8>);

/// One moment of a database.
pub(crate) struct Reader {
    transaction: ReadTransaction,
}

/// A table at one moment.
pub(crate) struct Rows {
    table: ReadOnlyTable<&'static [u8], &'static [u8]>,
    name: &'static str,
}

impl Reader {
    pub(crate) fn new(database: &Database) -> Result<Self, StoreError> {
        guarded(|| {
            let transaction = database.begin_read();
            let transaction = transaction.map_err(|error| StoreError::of_part("the file", error.into()))?;
            Ok(Self { transaction })
        })
    }

    /// The names of all tables.
    pub(crate) fn tables(&self) -> Result<Vec<String>, StoreError> {
        use redb::{MultimapTableHandle, TableHandle};
        guarded(|| {
            let damaged = |error: redb::StorageError| StoreError::of_part("the list of tables", error.into());
            let plain = self.transaction.list_tables().map_err(damaged)?.map(|table| table.name().to_owned());
            let multimap = self.transaction.list_multimap_tables().map_err(damaged)?;
            Ok(plain.chain(multimap.map(|table| table.name().to_owned())).collect())
        })
    }

    pub(crate) fn table(&self, table: Table) -> Result<Rows, StoreError> {
        let name = table.name();
        guarded(|| {
            let opened = self.transaction.open_table(table.definition());
            Ok(Rows {
                table: opened.map_err(|error| StoreError::of_part(format!("table {name}"), error.into()))?,
                name,
            })
        })
    }
}

impl Rows {
    fn failed(&self, error: redb::StorageError) -> StoreError {
        StoreError::of_part(format!("table {}", self.name), error.into())
    }

    pub(crate) fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        guarded(|| {
            let found = self.table.get(key).map_err(|error| self.failed(error))?;
            Ok(found.map(|value| value.value().to_vec()))
        })
    }

    pub(crate) fn len(&self) -> Result<u64, StoreError> {
        guarded(|| self.table.len().map_err(|error| self.failed(error)))
    }

    pub(crate) fn last(&self) -> Result<Option<Row>, StoreError> {
        guarded(|| {
            let found = self.table.last().map_err(|error| self.failed(error))?;
            Ok(found.map(|(key, value)| (key.value().to_vec(), value.value().to_vec())))
        })
    }

    /// The rows from one key to another, both included.
    pub(crate) fn range(&self, from: &[u8], to: &[u8]) -> Result<RowIter<'_>, StoreError> {
        self.iter((Bound::Included(from), Bound::Included(to)))
    }

    /// All rows.
    pub(crate) fn all(&self) -> Result<RowIter<'_>, StoreError> {
        self.iter((Bound::Unbounded, Bound::Unbounded))
    }

    fn iter(&self, bounds: (Bound<&[u8]>, Bound<&[u8]>)) -> Result<RowIter<'_>, StoreError> {
        guarded(|| {
            let range = self.table.range::<&[u8]>(bounds).map_err(|error| self.failed(error))?;
            Ok(RowIter { range: Some(range), rows: self })
        })
    }
}

/// Rows one by one, in the order of their keys. Ends after an error.
pub(crate) struct RowIter<'a> {
    range: Option<redb::Range<'static, &'static [u8], &'static [u8]>>,
    rows: &'a Rows,
}

impl Iterator for RowIter<'_> {
    type Item = Result<Row, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let range = self.range.as_mut()?;
        let rows = self.rows;
        let next = guarded(|| match range.next() {
            None => Ok(None),
            Some(Ok((key, value))) => Ok(Some((key.value().to_vec(), value.value().to_vec()))),
            Some(Err(error)) => Err(rows.failed(error)),
        });
        if next.is_err() {
            self.range = None;
        }
        next.transpose()
    }
}
