//! What is written: the genesis, and one block with all that belongs to it, each in one transaction of the database.

use medledger_core::chain::{AppRoot, Opened};
use medledger_core::hash::{AppRootHash, NodeHash};
use medledger_core::identity::AuthorityEntry;
use medledger_core::light::{KeptResult, KeptResults};
use medledger_core::limits::PROOF;
use medledger_core::merkle::tree::{Node, TreeDelta};
use medledger_core::record::TimelineEntry;
use medledger_core::state::{Address, Delta, LogEntry, Params};
use medledger_core::units::{Height, Timestamp};
use medledger_sdk::local::Commit;
use redb::{Database, Durability, ReadableTable, WriteTransaction};

use super::guard::guarded;
use super::header_log::appended;
use super::keeping::{Keeping, encoded, kept};
use super::rows::{Counts, TipRow, VaultRow};
use super::snapshot::decoded;
use super::table::{
    Table, UNDO_STATE, UNDO_TREE, dated, height_key, log_key, meta, number, numbers, pair, place_value,
    transaction_key, undated, undo_index_key, undo_key, undo_of_node, undo_of_state,
};
use super::{FORMAT, StoreError};

/// How the database is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mode {
    /// Whether each commit saves what a start after a crash needs, or that start reads the whole file.
    pub(crate) quick_repair: bool,
}

/// Writes the genesis and height 0 into an empty database.
pub(crate) fn write_genesis(
    database: &Database,
    mode: Mode,
    genesis: &[u8],
    opened: &Opened,
    identities: u64,
) -> Result<TipRow, StoreError> {
    guarded(|| {
        let writer = Writer::begin(database, mode)?;
        for table in Table::ALL {
            writer.with(table, |_| Ok(()))?;
        }
        let height = Height(0);
        writer.put(Table::Meta, meta::FORMAT, &number(FORMAT))?;
        writer.put(Table::Meta, meta::GENESIS, genesis)?;
        writer.put(Table::Meta, meta::HELD, &number(0))?;
        writer.state(height, &opened.delta)?;
        writer.tree(height, &opened.tree)?;
        writer.header(&opened.app_root, &opened.hash)?;
        let counts = Counts { identities, ..Counts::default() };
        writer.put(Table::Meta, meta::COUNTS, &encoded(&counts)?)?;
        let AppRoot { chain, time, .. } = opened.app_root;
        let tip = TipRow { chain, height, time, hash: opened.hash, lowest: height };
        writer.put(Table::Meta, meta::TIP, &encoded(&tip)?)?;
        writer.commit()?;
        Ok(tip)
    })
}

/// Writes one block and all that belongs to it.
pub(crate) fn write_block(
    database: &Database,
    mode: Mode,
    before: &TipRow,
    commit: &Commit,
    keeping: &[Keeping<'_>],
) -> Result<TipRow, StoreError> {
    guarded(|| {
        let writer = Writer::begin(database, mode)?;
        let height = commit.tip.height;
        let key = height_key(height);
        writer.put(Table::Blocks, &key, &commit.block)?;
        writer.put(Table::Evidence, &key, &encoded(&commit.header.evidence)?)?;
        writer.put(Table::Results, &key, &encoded(&commit.results)?)?;
        writer.header(&commit.header.header, &commit.tip.hash)?;
        writer.indexes(height, &commit.results)?;
        writer.state(height, &commit.delta)?;
        writer.tree(height, &commit.tree)?;
        writer.records(commit, keeping)?;
        let lowest = writer.prune(before.lowest, height, commit.tip.time)?;
        let TipRow { chain, .. } = *before;
        let tip = TipRow { chain, height, time: commit.tip.time, hash: commit.tip.hash, lowest };
        writer.put(Table::Meta, meta::TIP, &encoded(&tip)?)?;
        writer.commit()?;
        Ok(tip)
    })
}

type Open<'t> = redb::Table<'t, &'static [u8], &'static [u8]>;

struct Writer {
    transaction: WriteTransaction,
}

fn failed(error: impl Into<redb::Error>) -> StoreError {
    StoreError::of_database("ledger.redb", error.into())
}

impl Writer {
    fn begin(database: &Database, mode: Mode) -> Result<Self, StoreError> {
        let mut transaction = database.begin_write().map_err(failed)?;
        transaction.set_durability(Durability::Immediate).map_err(failed)?;
        transaction.set_quick_repair(mode.quick_repair);
        Ok(Self { transaction })
    }

    fn commit(self) -> Result<(), StoreError> {
        self.transaction.commit().map_err(failed)
    }

    fn with<R>(
        &self,
        table: Table,
        run: impl FnOnce(&mut Open<'_>) -> Result<R, StoreError>,
    ) -> Result<R, StoreError> {
        run(&mut self.transaction.open_table(table.definition()).map_err(failed)?)
    }

    fn put(&self, table: Table, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        self.with(table, |table| insert(table, key, value).map(drop))
    }

    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.with(table, |table| get(table, key))
    }

    fn header(&self, header: &AppRoot, hash: &AppRootHash) -> Result<(), StoreError> {
        self.put(Table::Headers, &height_key(header.height), &encoded(header)?)?;
        self.with(Table::HeaderLog, |table| {
            let made = appended(header.height.0, hash, |key| {
                let found = get(table, key)?.and_then(|bytes| NodeHash::from_slice(&bytes));
                found.ok_or_else(|| StoreError::damaged("the log of headers", "a hash is absent"))
            })?;
            made.iter().try_for_each(|(key, hash)| insert(table, key, hash.as_ref()).map(drop))
        })
    }

    /// Where transactions and the entries of logs stand, and the counts.
    fn indexes(&self, height: Height, results: &KeptResults) -> Result<(), StoreError> {
        let counts = self.get(Table::Meta, meta::COUNTS)?.unwrap_or_default();
        let mut counts: Counts = decoded("the counts", &counts, &PROOF)?;
        self.with(Table::Transactions, |table| {
            for (index, kept) in (0_u64..).zip(&results.results) {
                if let Some(id) = &kept.result.id {
                    insert(table, transaction_key(id), &pair(height.0, index))?;
                }
            }
            Ok(())
        })?;
        self.with(Table::Logs, |table| {
            for (index, kept) in (0_u64..).zip(&results.results) {
                counts.add(kept);
                for (place, event) in (0_u64..).zip(&kept.events) {
                    let key = log_key(&event.subject, event.leaf.entry.kind(), event.position);
                    insert(table, &key, &place_value(height, index, place))?;
                }
            }
            Ok(())
        })?;
        self.put(Table::Meta, meta::COUNTS, &encoded(&counts)?)
    }

    fn state(&self, height: Height, delta: &Delta) -> Result<(), StoreError> {
        let mut replaced = Vec::new();
        self.with(Table::State, |table| {
            for (key, value) in &delta.writes {
                let before = match value {
                    Some(value) => insert(table, key.as_ref(), &dated(height, value))?,
                    None => remove(table, key.as_ref())?,
                };
                replaced.push((undo_of_state(key), before));
            }
            Ok(())
        })?;
        self.undo(height, Table::StateUndo, UNDO_STATE, replaced)
    }

    fn tree(&self, height: Height, delta: &TreeDelta) -> Result<(), StoreError> {
        let mut replaced = Vec::new();
        self.with(Table::Tree, |table| {
            for (at, node) in &delta.nodes {
                let key = at.to_bytes();
                let before = match node {
                    Node::Empty => remove(table, key.as_ref())?,
                    node => insert(table, key.as_ref(), &dated(height, &encoded(node)?))?,
                };
                replaced.push((undo_of_node(at), before));
            }
            Ok(())
        })?;
        self.undo(height, Table::TreeUndo, UNDO_TREE, replaced)
    }

    /// Keeps what was replaced. Nothing came before the genesis.
    fn undo(
        &self,
        height: Height,
        undo: Table,
        kind: u8,
        mut replaced: Vec<(Vec<u8>, Option<Vec<u8>>)>,
    ) -> Result<(), StoreError> {
        if height.0 == 0 {
            return Ok(());
        }
        // In the order of the rows, which is not that of a walk: each page is written to once, and not again and again.
        replaced.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        self.with(undo, |table| {
            for (of, before) in &replaced {
                insert(table, &undo_key(of, height.0), before.as_deref().unwrap_or_default())?;
            }
            Ok(())
        })?;
        self.with(Table::UndoIndex, |table| {
            let keys = replaced.iter().map(|(of, _)| undo_index_key(height.0, kind, of));
            keys.into_iter().try_for_each(|key| insert(table, &key, &[]).map(drop))
        })
    }

    /// Drops what only heights older than the last freshness span need, and gives the lowest that can still be read. The
    /// height before the newest always can: an engine may certify a root one height late.
    fn prune(&self, lowest: Height, newest: Height, time: Timestamp) -> Result<Height, StoreError> {
        let freshness = self.params()?.freshness;
        let mut lowest = lowest;
        while let Some(next) = lowest.next().filter(|next| *next < newest) {
            let header = self.get(Table::Headers, &height_key(lowest))?.unwrap_or_default();
            let header: AppRoot = decoded("a header", &header, &PROOF)?;
            if header.time.plus(freshness).is_none_or(|until| until >= time) {
                break;
            }
            // What replaced something at `next` is needed to read heights below it alone.
            self.forget(next)?;
            lowest = next;
        }
        Ok(lowest)
    }

    fn params(&self) -> Result<Params, StoreError> {
        let row = self.get(Table::State, Address::Params.key().as_ref())?.unwrap_or_default();
        decoded("the parameters", undated(&row).unwrap_or_default(), &PROOF)
    }

    fn forget(&self, height: Height) -> Result<(), StoreError> {
        let (from, to) = (number(height.0), number(height.0.saturating_add(1)));
        let keys: Vec<Vec<u8>> = self.with(Table::UndoIndex, |table| {
            let rows = table
                .extract_from_if::<&[u8], _>(from.as_slice()..to.as_slice(), |_, _| true)
                .map_err(failed)?;
            rows.map(|row| Ok(row.map_err(failed)?.0.value().to_vec())).collect()
        })?;
        for (kind, undo) in [(UNDO_STATE, Table::StateUndo), (UNDO_TREE, Table::TreeUndo)] {
            self.with(undo, |table| {
                for key in &keys {
                    let of =
                        key.get(from.len()..).and_then(<[u8]>::split_first).filter(|(of, _)| **of == kind);
                    if let Some((_, of)) = of {
                        remove(table, &undo_key(of, height.0))?;
                    }
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    fn records(&self, commit: &Commit, keeping: &[Keeping<'_>]) -> Result<(), StoreError> {
        let AppRoot { chain, height, .. } = commit.header.header;
        let mut held = self.held()?;
        for Keeping { index, records } in keeping {
            let result = usize::try_from(*index).ok().and_then(|index| commit.results.results.get(index));
            let Some(result) = result else { continue };
            let rows = kept(&chain, (height, *index), result, records)?;
            let count = u64::try_from(rows.vault.len()).unwrap_or(u64::MAX);
            if count == 0 {
                continue;
            }
            self.with(Table::Vault, |table| {
                rows.vault.iter().try_for_each(|(key, value)| insert(table, key, value).map(drop))
            })?;
            self.with(Table::Members, |table| {
                rows.members.iter().try_for_each(|(key, value)| insert(table, key, value).map(drop))
            })?;
            self.put(Table::Holdings, &pair(height.0, *index), &number(count))?;
            held = held.saturating_add(count);
        }
        self.put(Table::Meta, meta::HELD, &number(held))
    }

    fn held(&self) -> Result<u64, StoreError> {
        let held = self.get(Table::Meta, meta::HELD)?.unwrap_or_default();
        let held = numbers(&held).map(|[held]| held);
        held.ok_or_else(|| StoreError::damaged("the count of held records", "no number"))
    }
}

/// Writes rows of the vault in place of those that are there.
pub(crate) fn write_vault(
    database: &Database,
    mode: Mode,
    rows: &[(Vec<u8>, VaultRow)],
) -> Result<(), StoreError> {
    guarded(|| {
        let writer = Writer::begin(database, mode)?;
        writer.with(Table::Vault, |table| {
            rows.iter().try_for_each(|(key, row)| insert(table, key, &encoded(row)?).map(drop))
        })?;
        writer.commit()
    })
}

impl Counts {
    fn add(&mut self, kept: &KeptResult) {
        self.transactions = self.transactions.saturating_add(1);
        for event in &kept.events {
            match &event.leaf.entry {
                LogEntry::Timeline { entry: TimelineEntry::Anchored { .. } } => {
                    self.records = self.records.saturating_add(1);
                }
                LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { count, .. } } => {
                    self.records = self.records.saturating_add(*count);
                }
                LogEntry::Authority { entry: AuthorityEntry::Incepted { .. } } => {
                    self.identities = self.identities.saturating_add(1);
                }
                _ => {}
            }
        }
    }
}

fn get(table: &Open<'_>, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(table.get(key).map_err(failed)?.map(|value| value.value().to_vec()))
}

/// Gives what stood there before.
fn insert(table: &mut Open<'_>, key: &[u8], value: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(table.insert(key, value).map_err(failed)?.map(|before| before.value().to_vec()))
}

/// Gives what stood there before.
fn remove(table: &mut Open<'_>, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(table.remove(key).map_err(failed)?.map(|before| before.value().to_vec()))
}
