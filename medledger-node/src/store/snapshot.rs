//! The ledger as it stood at one moment: what is stored, as values.

use std::collections::BTreeSet;

use medledger_core::block::Tip;
use medledger_core::chain::AppRoot;
use medledger_core::codec::{Limits, Wire, decode};
use medledger_core::consensus::Evidence;
use medledger_core::error::ReadError;
use medledger_core::hash::{Did, NodeHash, RecordId, StateKey, TxId};
use medledger_core::light::{CertifiedHeader, KeptResults, LogProof, Receipt};
use medledger_core::limits::{GENESIS, PROOF};
use medledger_core::merkle::tree::{Node, Prefix, TreeRead};
use medledger_core::record::Commitments;
use medledger_core::state::{Address, LogKind, LogLeaf, Lookup, StateRead, ValueProof};
use medledger_core::units::Height;
use medledger_sdk::local::ledger::EventPlace;

use super::StoreError;
use super::header_log::inclusion;
use super::reader::{Reader, Rows};
use super::rows::{Counts, TipRow, VaultRow};
use super::table::{
    Table, height_key, log_key, meta, numbers, record_key, transaction_key, undated, undo_key, undo_of_node,
    undo_of_state,
};

/// One moment of a store. Blocks that are committed later don't show in it.
pub struct Snapshot {
    reader: Reader,
    state: StateView,
    tip: TipRow,
}

/// The state and its tree at one height.
pub struct StateView {
    state: View,
    tree: View,
}

/// The rows of now, and what the heights above the one that is meant replaced.
struct View {
    rows: Rows,
    undo: Rows,
    /// `None` reads the newest height.
    at: Option<Height>,
}

impl View {
    /// What stands under a key; `of` is the key as undo rows have it.
    fn get(&self, key: &[u8], of: impl FnOnce() -> Vec<u8>) -> Result<Option<Vec<u8>>, StoreError> {
        let row = match self.replaced(of)? {
            Some(before) => Some(before).filter(|before| !before.is_empty()),
            None => self.rows.get(key)?,
        };
        let Some(row) = row else { return Ok(None) };
        match undated(&row) {
            Some(value) => Ok(Some(value.to_vec())),
            None => Err(StoreError::damaged("a row of the state", "it does not name its height")),
        }
    }

    fn replaced(&self, of: impl FnOnce() -> Vec<u8>) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(first) = self.at.and_then(Height::next) else { return Ok(None) };
        let of = of();
        let mut rows = self.undo.range(&undo_key(&of, first.0), &undo_key(&of, u64::MAX))?;
        Ok(rows.next().transpose()?.map(|(_, before)| before))
    }
}

impl Snapshot {
    pub(crate) fn new(reader: Reader) -> Result<Self, StoreError> {
        let tip = reader.table(Table::Meta)?.get(meta::TIP)?;
        let tip: TipRow = decoded("the newest block's row", &tip.unwrap_or_default(), &PROOF)?;
        let view = |rows, undo| {
            Ok::<_, StoreError>(View { rows: reader.table(rows)?, undo: reader.table(undo)?, at: None })
        };
        let state = view(Table::State, Table::StateUndo)?;
        let tree = view(Table::Tree, Table::TreeUndo)?;
        Ok(Self { reader, state: StateView { state, tree }, tip })
    }

    /// The state and its tree as they were at a height of the last freshness span.
    ///
    /// # Errors
    /// [`StoreError::Pruned`], [`StoreError::Ahead`].
    pub fn at(self, height: Height) -> Result<StateView, StoreError> {
        let TipRow { height: newest, lowest, .. } = self.tip;
        if height > newest {
            return Err(StoreError::Ahead { height, newest });
        }
        if height < lowest {
            return Err(StoreError::Pruned { height, lowest });
        }
        let at = Some(height).filter(|height| *height < newest);
        let mut view = self.state;
        view.state.at = at;
        view.tree.at = at;
        Ok(view)
    }

    /// The newest block.
    #[must_use]
    pub const fn tip(&self) -> Tip {
        self.tip.tip()
    }

    pub(crate) const fn tip_row(&self) -> TipRow {
        self.tip
    }

    /// The lowest height whose state can be read and proven.
    #[must_use]
    pub const fn lowest(&self) -> Height {
        self.tip.lowest
    }

    pub(crate) fn row(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.reader.table(table)?.get(key)
    }

    fn wire<T: Wire>(&self, table: Table, key: &[u8], limits: &Limits) -> Result<Option<T>, StoreError> {
        let Some(bytes) = self.row(table, key)? else { return Ok(None) };
        decoded(T::SCHEMA.name, &bytes, limits).map(Some)
    }

    /// The genesis' bytes.
    ///
    /// # Errors
    /// [`StoreError::Damaged`].
    pub fn genesis(&self) -> Result<Vec<u8>, StoreError> {
        let bytes = self.row(Table::Meta, meta::GENESIS)?;
        bytes.ok_or_else(|| StoreError::damaged("the genesis", "it is absent"))
    }

    /// The bytes of a block.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn block(&self, height: Height) -> Result<Option<Vec<u8>>, StoreError> {
        self.row(Table::Blocks, &height_key(height))
    }

    /// The header of a height, the genesis's included.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn app_root(&self, height: Height) -> Result<Option<AppRoot>, StoreError> {
        self.wire(Table::Headers, &height_key(height), &PROOF)
    }

    /// The evidence for the header of a height.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn evidence(&self, height: Height) -> Result<Option<Evidence>, StoreError> {
        self.wire(Table::Evidence, &height_key(height), &PROOF)
    }

    /// The header of a height with its evidence; `None` for the genesis and heights to come.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn header(&self, height: Height) -> Result<Option<CertifiedHeader>, StoreError> {
        let (header, evidence) = (self.app_root(height)?, self.evidence(height)?);
        Ok(header.zip(evidence).map(|(header, evidence)| CertifiedHeader { header, evidence }))
    }

    /// The results of a block.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn results(&self, height: Height) -> Result<Option<KeptResults>, StoreError> {
        self.wire(Table::Results, &height_key(height), &PROOF)
    }

    /// Where the authenticated transaction with this id stands.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn find(&self, id: &TxId) -> Result<Option<(Height, u64)>, StoreError> {
        let Some(value) = self.row(Table::Transactions, transaction_key(id))? else { return Ok(None) };
        match numbers(&value) {
            Some([height, index]) => Ok(Some((Height(height), index))),
            None => Err(StoreError::damaged("the index of transactions", "a row is not two numbers")),
        }
    }

    /// One of a subject's logs, with where each entry stands.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn log(&self, subject: &Did, kind: LogKind) -> Result<Vec<(EventPlace, LogLeaf)>, StoreError> {
        let rows = self.reader.table(Table::Logs)?;
        let mut entries = Vec::new();
        let mut last: Option<(Height, KeptResults)> = None;
        for row in rows.range(&log_key(subject, kind, 0), &log_key(subject, kind, u64::MAX))? {
            let damaged = |why: &str| StoreError::damaged("the index of logs", why);
            let [height, index, place] =
                numbers(&row?.1).ok_or_else(|| damaged("a row is not three numbers"))?;
            let at = EventPlace { height: Height(height), index, place };
            // Entries of one block stand together.
            let results = match last.take() {
                Some((of, results)) if of == at.height => results,
                _ => self.results(at.height)?.ok_or_else(|| damaged("a row names a block that is absent"))?,
            };
            let leaf = event(&results, at).ok_or_else(|| damaged("a row names an event that is absent"))?;
            entries.push((at, leaf.clone()));
            last = Some((at.height, results));
        }
        Ok(entries)
    }

    /// The receipt of an event, with the evidence for its own header.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn receipt(&self, at: EventPlace) -> Result<Option<Receipt>, StoreError> {
        let found = self.header(at.height)?.zip(self.results(at.height)?);
        let Some((header, results)) = found else { return Ok(None) };
        results
            .receipt(&header, at.index, at.place)
            .map_err(|error| StoreError::damaged("the results", error))
    }

    /// The receipt of an event, refreshed to stand on the newest header; `None` where its own is the newest.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn refreshed(&self, at: EventPlace) -> Result<Option<Receipt>, StoreError> {
        let newest = self.tip.height;
        let nodes = self.reader.table(Table::HeaderLog)?;
        let read = |key: &[u8]| {
            let found = nodes.get(key)?.and_then(|hash| NodeHash::from_slice(&hash));
            found.ok_or_else(|| StoreError::damaged("the log of headers", "a hash is absent"))
        };
        // The newest state holds the log of the headers before it.
        let Some(path) = inclusion(at.height.0, newest.0, &read)? else { return Ok(None) };
        let Some((receipt, later)) = self.receipt(at)?.zip(self.header(newest)?) else { return Ok(None) };
        let peaks = ValueProof::new(self, self, &BTreeSet::from([Address::Headers.key()]))?;
        Ok(Some(receipt.refreshed(path, peaks, later)))
    }

    /// One of a subject's logs, provably complete as recorded by the newest height; `None` at the genesis.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn log_proof(&self, subject: &Did, kind: LogKind) -> Result<Option<LogProof>, StoreError> {
        let Some(header) = self.header(self.tip.height)? else { return Ok(None) };
        let head = ValueProof::new(self, self, &BTreeSet::from([Address::Log(*subject, kind).key()]))?;
        let leaves = self.log(subject, kind)?.into_iter().map(|(_, leaf)| leaf).collect();
        Ok(Some(LogProof { subject: *subject, header, head, leaves }))
    }

    /// What is held of a record in its newest version held, and which that is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn vault(&self, record: &RecordId) -> Result<Option<(u64, VaultRow)>, StoreError> {
        let rows = self.reader.table(Table::Vault)?;
        let mut newest = None;
        for row in rows.range(&record_key(record, 0), &record_key(record, u64::MAX))? {
            let (key, value) = row?;
            newest = Some((super::table::last_number(&key).unwrap_or_default(), vault_row(&value)?));
        }
        Ok(newest)
    }

    /// What is held of all versions of a record, by the keys of their rows.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) fn vault_versions(&self, record: &RecordId) -> Result<Vec<(Vec<u8>, VaultRow)>, StoreError> {
        let rows = self.reader.table(Table::Vault)?;
        let rows = rows.range(&record_key(record, 0), &record_key(record, u64::MAX))?;
        rows.map(|row| {
            let (key, value) = row?;
            Ok((key, vault_row(&value)?))
        })
        .collect()
    }

    /// The commitments of the records of a batch's entry, in their order; empty where nothing of it is held.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn members(&self, batch: &RecordId) -> Result<Vec<Commitments>, StoreError> {
        let rows = self.reader.table(Table::Members)?;
        let members = rows.range(&record_key(batch, 0), &record_key(batch, u64::MAX))?;
        members.map(|row| decoded("Commitments", &row?.1, &GENESIS)).collect()
    }

    /// The next row of the vault, with its key: the first one at or after this.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) fn vault_from(&self, from: &[u8]) -> Result<Option<(Vec<u8>, VaultRow)>, StoreError> {
        let rows = self.reader.table(Table::Vault)?;
        let Some(row) = rows.range(from, &[u8::MAX; 48])?.next() else { return Ok(None) };
        let (key, value) = row?;
        Ok(Some((key, vault_row(&value)?)))
    }

    /// The commitments of one record of a batch's entry.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn member(&self, batch: &RecordId, index: u64) -> Result<Option<Commitments>, StoreError> {
        let row = self.row(Table::Members, &record_key(batch, index))?;
        row.map(|row| decoded("Commitments", &row, &GENESIS)).transpose()
    }

    /// The counts that follow from the blocks.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let counts = self.wire(Table::Meta, meta::COUNTS, &GENESIS)?;
        counts.ok_or_else(|| StoreError::damaged("the counts", "they are absent"))
    }

    /// How many versions of records are held.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn held(&self) -> Result<u64, StoreError> {
        let held = self.row(Table::Meta, meta::HELD)?.unwrap_or_default();
        numbers(&held)
            .map(|[held]| held)
            .ok_or_else(|| StoreError::damaged("the count of held records", "no number"))
    }
}

/// The leaf of an event.
pub(crate) fn event(results: &KeptResults, at: EventPlace) -> Option<&LogLeaf> {
    let kept = results.results.get(usize::try_from(at.index).ok()?)?;
    kept.events.get(usize::try_from(at.place).ok()?).map(|event| &event.leaf)
}

/// A row of the vault.
pub(crate) fn vault_row(bytes: &[u8]) -> Result<VaultRow, StoreError> {
    decoded("VaultRow", bytes, &PROOF)
}

pub(crate) fn decoded<T: Wire>(what: &str, bytes: &[u8], limits: &Limits) -> Result<T, StoreError> {
    decode(bytes, limits).map_err(|error| StoreError::damaged(what, error))
}

impl StateRead for StateView {
    type Error = StoreError;

    fn get(&self, key: &StateKey) -> Result<Lookup, ReadError<StoreError>> {
        let value = self.state.get(key.as_ref(), || undo_of_state(key)).map_err(ReadError::Store)?;
        Ok(value.map_or(Lookup::Absent, Lookup::Present))
    }
}

impl TreeRead for StateView {
    type Error = StoreError;

    fn node(&self, at: &Prefix) -> Result<Node, ReadError<StoreError>> {
        let value = self.tree.get(at.to_bytes().as_ref(), || undo_of_node(at)).map_err(ReadError::Store)?;
        match value {
            None => Ok(Node::Empty),
            Some(bytes) => decode(&bytes, &GENESIS).map_err(|_| ReadError::Damaged { what: "Node" }),
        }
    }
}

impl StateRead for Snapshot {
    type Error = StoreError;

    fn get(&self, key: &StateKey) -> Result<Lookup, ReadError<StoreError>> {
        StateRead::get(&self.state, key)
    }
}

impl TreeRead for Snapshot {
    type Error = StoreError;

    fn node(&self, at: &Prefix) -> Result<Node, ReadError<StoreError>> {
        self.state.node(at)
    }
}
