//! What a verification can find, with a code for each kind.

use medledger_core::error::Coded;
use medledger_core::rules;

use super::Fault;
use crate::store::table::Table;

rules! {
    /// What is at fault in a store.
    pub enum StoreFault: STO {
        /// A file that is gone.
        30 FileMissing { file: &'static str }:
            "both files of a ledger's directory are there",
            "{file} is missing";
        /// A file that can't be read as what it is.
        31 Unreadable { file: &'static str, why: String }:
            "both files can be read from end to end",
            "{file} can't be read: {why}";
        /// Pages that don't agree with each other.
        32 Checksum:
            "the pages of the database match their checksums and each other",
            "pages of ledger.redb don't match their checksums or each other";
        /// A format that is not known.
        33 Format { why: String }:
            "the store says its format, which is a known one",
            "the store's format is not known here: {why}";
        /// A table too many or too few.
        34 TableSet { table: String, how: &'static str }:
            "the database has the tables of its format and no others",
            "the table {table} is {how}";
        /// A copy of the genesis.
        35 Genesis { copy: &'static str, how: &'static str }:
            "the store and genesis.cbor hold the genesis that the ledger began with",
            "the genesis in {copy} is {how}";
        /// A block.
        36 Block { row: String, how: String }:
            "each block is what its header and evidence say",
            "{row} is {how}";
        /// Evidence.
        37 Evidence { row: String, how: String }:
            "each header has the evidence that certifies it",
            "{row} is {how}";
        /// A header.
        38 Header { row: String, how: String }:
            "each header is what the execution of its block gives",
            "{row} is {how}";
        /// Results.
        39 Results { row: String, how: String }:
            "the results of each block are what its execution gives",
            "{row} is {how}";
        /// The index of transactions.
        40 TransactionIndex { row: String, how: String }:
            "each authenticated transaction is indexed where it stands",
            "{row} is {how}";
        /// The index of the subjects' logs.
        41 LogIndex { row: String, how: String }:
            "each entry of a subject's log is indexed where it stands",
            "{row} is {how}";
        /// The log of headers.
        42 HeaderLog { row: String, how: String }:
            "the hashes of the log of headers follow from the headers",
            "{row} is {how}";
        /// A value of the state.
        43 State { row: String, how: String }:
            "the state is what the execution of all blocks gives",
            "{row} is {how}";
        /// A node of the state's tree.
        44 Tree { row: String, how: String }:
            "the tree of the state follows from the state",
            "{row} is {how}";
        /// What a block replaced.
        45 Undo { row: String, how: String }:
            "what the blocks of the last freshness span replaced is kept, and nothing older",
            "{row} is {how}";
        /// The newest block's row, and the counts.
        46 Meta { row: String, how: String }:
            "the newest block and the counts are those of the blocks",
            "{row} is {how}";
        /// A sealed record.
        47 Sealed { row: String, how: String }:
            "what is held of a record is whole, and of the commitments that the ledger has of it",
            "{row} is {how}";
        /// The commitments of a batch's records.
        48 Member { row: String, how: String }:
            "the commitments held of a batch are those under its root",
            "{row} is {how}";
        /// The note of what is held.
        49 Holding { row: String, how: String }:
            "what is held of each transaction is noted",
            "{row} is {how}";
    }
}

/// How a row is at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Altered,
    Missing,
    Added,
}

impl How {
    fn text(self) -> String {
        match self {
            Self::Altered => "not what was written",
            Self::Missing => "missing",
            Self::Added => "one that was never written",
        }
        .to_owned()
    }
}

/// A fault with its place in the order in which faults are reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) height: Option<u64>,
    pub(super) rank: Table,
    pub(super) fault: StoreFault,
}

impl Found {
    /// A fault of the file itself.
    pub(super) const fn physical(fault: StoreFault) -> Self {
        Self { height: None, rank: Table::Blocks, fault }
    }

    /// A row that is not what it should be.
    pub(super) fn row(table: Table, height: u64, key: &[u8], how: How) -> Self {
        Self::named(table, height, name(table, height, key), how.text())
    }

    /// As [`Found::row`], with a reason.
    pub(super) fn because(table: Table, height: u64, key: &[u8], why: &str) -> Self {
        Self::named(table, height, name(table, height, key), format!("not what was written: {why}"))
    }

    fn named(table: Table, height: u64, row: String, how: String) -> Self {
        let fault = match table {
            Table::Blocks => StoreFault::Block { row, how },
            Table::Evidence => StoreFault::Evidence { row, how },
            Table::Headers => StoreFault::Header { row, how },
            Table::Results => StoreFault::Results { row, how },
            Table::Transactions => StoreFault::TransactionIndex { row, how },
            Table::Logs => StoreFault::LogIndex { row, how },
            Table::HeaderLog => StoreFault::HeaderLog { row, how },
            Table::State => StoreFault::State { row, how },
            Table::Tree => StoreFault::Tree { row, how },
            Table::StateUndo | Table::TreeUndo | Table::UndoIndex => StoreFault::Undo { row, how },
            Table::Meta => StoreFault::Meta { row, how },
            Table::Vault => StoreFault::Sealed { row, how },
            Table::Members => StoreFault::Member { row, how },
            Table::Holdings => StoreFault::Holding { row, how },
        };
        Self { height: Some(height), rank: table, fault }
    }

    /// Whether this one is reported before another.
    pub(super) fn precedes(&self, other: &Self) -> bool {
        // `None`, a physical fault, is the least.
        (self.height, self.rank) < (other.height, other.rank)
    }

    pub(super) fn report(self) -> Fault {
        Fault { code: self.fault.rule().to_string(), height: self.height, what: self.fault.to_string() }
    }
}

/// A row's name for a person.
fn name(table: Table, height: u64, key: &[u8]) -> String {
    let hex = medledger_core::hash::Hex(key);
    match table {
        Table::Blocks => format!("block {height}"),
        Table::Evidence => format!("the evidence for header {height}"),
        Table::Headers => format!("header {height}"),
        Table::Results => format!("the row of results of block {height}"),
        Table::Transactions => format!("the index row of transaction {hex}, in block {height},"),
        Table::Logs => format!("the index row of a subject's log at {hex}, for block {height},"),
        Table::HeaderLog => format!("the row of the log of headers at {hex}, for header {height},"),
        Table::State => format!("the state value under key {hex}, written at height {height},"),
        Table::Tree => format!("the state tree's node at {hex}, written at height {height},"),
        Table::StateUndo => format!("the undo row of a state value at {hex}, written at height {height},"),
        Table::TreeUndo => format!("the undo row of a tree node at {hex}, written at height {height},"),
        Table::UndoIndex => format!("the index row of undo rows at {hex}, written at height {height},"),
        Table::Meta => format!("the row {:?}, written at height {height},", String::from_utf8_lossy(key)),
        Table::Vault => format!("the sealed record {hex}, written at height {height},"),
        Table::Members => format!("the commitments of batch record {hex}, written at height {height},"),
        Table::Holdings => format!("the note of what is held, {hex}, written at height {height},"),
    }
}
