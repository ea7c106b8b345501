//! Every table of the store, and what its keys are made of. Numbers in keys are big-endian, so that rows stand in their
//! order.

use medledger_core::hash::{Did, RecordId, StateKey, TxId};
use medledger_core::merkle::tree::Prefix;
use medledger_core::state::LogKind;
use medledger_core::units::Height;
use redb::TableDefinition;

/// A table's type: what the bytes are is said by [`Table`].
pub(crate) type Bytes = TableDefinition<'static, &'static [u8], &'static [u8]>;

/// The tables. Their order is that in which faults of one height are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Height → the block's bytes.
    Blocks,
    /// Height → the evidence for its header.
    Evidence,
    /// Height, from 0 → the header.
    Headers,
    /// Height → what is kept of the results.
    Results,
    /// TxId → height, index. Authenticated ones only.
    Transactions,
    /// Subject, kind of log, position → height, index, place.
    Logs,
    /// Level, first header → the hash of that whole subtree of the log of headers.
    HeaderLog,
    /// Key of the state → the height at which it was written, the value.
    State,
    /// Position in the state's tree → the height at which it was written, the node.
    Tree,
    /// Key of the state, height → the row as it was before that height; nothing where there was none.
    StateUndo,
    /// Position in the tree, height → as in [`Table::StateUndo`].
    TreeUndo,
    /// Height, state or tree, key → nothing: which undo rows go when the height is pruned.
    UndoIndex,
    /// Name → format, genesis, newest block, counts.
    Meta,
    /// Record, version → the sealed record, and the event that anchored it.
    Vault,
    /// Batch, index → the commitments of that record. Kept with the sealed records.
    Members,
    /// Height, index → how many records of that transaction are held.
    Holdings,
}

impl Table {
    /// All tables.
    pub const ALL: [Self; 16] = [
        Self::Blocks,
        Self::Evidence,
        Self::Headers,
        Self::Results,
        Self::Transactions,
        Self::Logs,
        Self::HeaderLog,
        Self::State,
        Self::Tree,
        Self::StateUndo,
        Self::TreeUndo,
        Self::UndoIndex,
        Self::Meta,
        Self::Vault,
        Self::Members,
        Self::Holdings,
    ];

    /// The table's name in the file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Blocks => "blocks",
            Self::Evidence => "evidence",
            Self::Headers => "headers",
            Self::Results => "results",
            Self::Transactions => "transactions",
            Self::Logs => "logs",
            Self::HeaderLog => "header_log",
            Self::State => "state",
            Self::Tree => "tree",
            Self::StateUndo => "state_undo",
            Self::TreeUndo => "tree_undo",
            Self::UndoIndex => "undo_index",
            Self::Meta => "meta",
            Self::Vault => "vault",
            Self::Members => "members",
            Self::Holdings => "holdings",
        }
    }

    pub(crate) const fn definition(self) -> Bytes {
        TableDefinition::new(self.name())
    }

    /// Whether its rows follow from the blocks. The others are what this host holds besides.
    pub(crate) const fn follows_from_blocks(self) -> bool {
        !matches!(self, Self::Vault | Self::Members | Self::Holdings)
    }

    /// The height at which a row was written, as the row itself says.
    pub(crate) fn height(self, key: &[u8], value: &[u8]) -> Option<u64> {
        match self {
            Self::Blocks
            | Self::Evidence
            | Self::Headers
            | Self::Results
            | Self::UndoIndex
            | Self::Holdings => first_number(key),
            Self::Transactions | Self::Logs | Self::State | Self::Tree => first_number(value),
            Self::StateUndo | Self::TreeUndo => last_number(key),
            Self::HeaderLog => {
                // A subtree is written with the last header under it.
                let (level, rest) = key.split_first()?;
                let width = 1_u64.checked_shl(u32::from(*level))?;
                first_number(rest)?.checked_add(width)?.checked_sub(1)
            }
            Self::Meta | Self::Vault | Self::Members => None,
        }
    }
}

/// Names in [`Table::Meta`].
pub(crate) mod meta {
    /// The store's format: a number.
    pub(crate) const FORMAT: &[u8] = b"format";
    /// The genesis' bytes.
    pub(crate) const GENESIS: &[u8] = b"genesis";
    /// The newest block.
    pub(crate) const TIP: &[u8] = b"tip";
    /// Counts that follow from the blocks.
    pub(crate) const COUNTS: &[u8] = b"counts";
    /// How many rows the vault has: a number.
    pub(crate) const HELD: &[u8] = b"held";
}

/// Which undo table a row of [`Table::UndoIndex`] is about.
pub(crate) const UNDO_STATE: u8 = 0;
/// See [`UNDO_STATE`].
pub(crate) const UNDO_TREE: u8 = 1;

pub(crate) const fn number(n: u64) -> [u8; 8] {
    n.to_be_bytes()
}

pub(crate) fn first_number(bytes: &[u8]) -> Option<u64> {
    bytes.first_chunk::<8>().map(|bytes| u64::from_be_bytes(*bytes))
}

pub(crate) fn last_number(bytes: &[u8]) -> Option<u64> {
    bytes.last_chunk::<8>().map(|bytes| u64::from_be_bytes(*bytes))
}

/// The numbers that make up all of a key or value.
pub(crate) fn numbers<const N: usize>(bytes: &[u8]) -> Option<[u64; N]> {
    let (chunks, rest) = bytes.as_chunks::<8>();
    let chunks: &[[u8; 8]; N] = chunks.try_into().ok()?;
    rest.is_empty().then(|| chunks.map(u64::from_be_bytes))
}

pub(crate) fn height_key(height: Height) -> [u8; 8] {
    number(height.0)
}

fn join(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

pub(crate) fn pair(a: u64, b: u64) -> Vec<u8> {
    join(&[&number(a), &number(b)])
}

pub(crate) fn place_value(height: Height, index: u64, place: u64) -> Vec<u8> {
    join(&[&number(height.0), &number(index), &number(place)])
}

pub(crate) fn transaction_key(id: &TxId) -> &[u8] {
    id.as_ref()
}

pub(crate) fn log_key(subject: &Did, kind: LogKind, position: u64) -> Vec<u8> {
    join(&[subject.as_ref(), &[kind.number()], &number(position)])
}

pub(crate) fn header_log_key(level: u8, first: u64) -> Vec<u8> {
    join(&[&[level], &number(first)])
}

/// The part of an undo row's key that says what it is the undo of.
pub(crate) fn undo_of_state(key: &StateKey) -> Vec<u8> {
    key.0.to_vec()
}

/// As [`undo_of_state`]. Positions differ in length: with it in front, no two keys run together.
pub(crate) fn undo_of_node(at: &Prefix) -> Vec<u8> {
    let bytes = at.to_bytes();
    let length = u8::try_from(bytes.as_ref().len()).unwrap_or(u8::MAX);
    join(&[&[length], bytes.as_ref()])
}

pub(crate) fn undo_key(of: &[u8], height: u64) -> Vec<u8> {
    join(&[of, &number(height)])
}

pub(crate) fn undo_index_key(height: u64, kind: u8, of: &[u8]) -> Vec<u8> {
    join(&[&number(height), &[kind], of])
}

pub(crate) fn record_key(record: &RecordId, number_of: u64) -> Vec<u8> {
    join(&[record.as_ref(), &number(number_of)])
}

/// A row of [`Table::State`] or [`Table::Tree`].
pub(crate) fn dated(height: Height, value: &[u8]) -> Vec<u8> {
    join(&[&number(height.0), value])
}

/// What a dated row holds.
pub(crate) fn undated(row: &[u8]) -> Option<&[u8]> {
    row.split_first_chunk::<8>().map(|(_, value)| value)
}
