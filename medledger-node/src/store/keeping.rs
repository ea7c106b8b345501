//! Sealed records, kept with the block that anchors them.

use medledger_core::codec::encode;
use medledger_core::hash::{ChainId, LogRoot, RecordId};
use medledger_core::light::KeptResult;
use medledger_core::merkle::Log;
use medledger_core::record::{Commitments, TimelineEntry, batch_record_id};
use medledger_core::state::LogEntry;
use medledger_core::units::Height;
use medledger_sdk::seal::{Kept, SealedRecord};

use super::StoreError;
use super::rows::{BatchPlace, VaultRow, sum};
use super::table::record_key;

/// The sealed records that came with one transaction of a block.
pub(crate) struct Keeping<'a> {
    /// The transaction's place in the block.
    pub(crate) index: u64,
    /// One for each record that it anchors, in their order.
    pub(crate) records: &'a [SealedRecord],
}

/// What one event of an accepted transaction anchors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchored {
    /// One version of one record.
    Single { place: u64, record: RecordId, version: u64, commitments: Commitments },
    /// One subject's entry of a batch.
    Batch { place: u64, batch: RecordId, root: LogRoot, count: u64 },
}

impl Anchored {
    /// How many records.
    pub(crate) const fn count(&self) -> u64 {
        match self {
            Self::Single { .. } => 1,
            Self::Batch { count, .. } => *count,
        }
    }
}

/// What a transaction anchors, by its events: nothing when it was refused.
pub(crate) fn anchored(result: &KeptResult) -> Vec<Anchored> {
    let events = (0_u64..).zip(&result.events);
    let anchors = events.filter_map(|(place, event)| match &event.leaf.entry {
        LogEntry::Timeline { entry } => match *entry {
            TimelineEntry::Anchored { record, commitments, .. } => {
                Some(Anchored::Single { place, record, version: 1, commitments })
            }
            TimelineEntry::Amended { record, version, commitments, .. } => {
                Some(Anchored::Single { place, record, version, commitments })
            }
            TimelineEntry::BatchAnchored { batch, root, count, .. } => {
                Some(Anchored::Batch { place, batch, root, count })
            }
            TimelineEntry::EnteredInError { .. } => None,
        },
        _ => None,
    });
    anchors.collect()
}

/// The rows that keep sealed records.
#[derive(Default)]
pub(crate) struct KeptRows {
    pub(crate) vault: Vec<(Vec<u8>, Vec<u8>)>,
    pub(crate) members: Vec<(Vec<u8>, Vec<u8>)>,
}

/// The rows that keep the sealed records of one transaction, each of which must be of what was anchored. Nothing is opened
/// here: that each opens is known to whoever sealed it, and to whoever verifies with a key.
pub(crate) fn kept(
    chain: &ChainId,
    (height, index): (Height, u64),
    result: &KeptResult,
    records: &[SealedRecord],
) -> Result<KeptRows, StoreError> {
    let anchors = anchored(result);
    let mut rows = KeptRows::default();
    if records.is_empty() || result.result.code != 0 {
        return Ok(rows);
    }
    let expected = anchors.iter().fold(0_u64, |sum, anchor| sum.saturating_add(anchor.count()));
    let actual = u64::try_from(records.len()).unwrap_or(u64::MAX);
    if actual != expected {
        return Err(StoreError::RecordCount { actual, expected });
    }
    let row = |place, batch, sealed: &SealedRecord| -> Result<VaultRow, StoreError> {
        let kept = Kept::Sealed { record: sealed.clone() };
        let sum = sum(&kept).map_err(|error| StoreError::damaged("Kept", error))?;
        Ok(VaultRow { height, index, place, batch, kept, sum })
    };
    let mut left = records.iter();
    for anchor in &anchors {
        match *anchor {
            Anchored::Single { place, record, version, commitments } => {
                for sealed in left.by_ref().take(1) {
                    sealed.check(chain, &commitments).map_err(|why| mismatch(record, why))?;
                    rows.keep(&record, version, &row(place, None, sealed)?)?;
                }
            }
            Anchored::Batch { place, batch, root, count } => {
                let mut log = Log::new();
                let own = left.by_ref().take(usize::try_from(count).unwrap_or(usize::MAX));
                for (at, sealed) in (0_u64..).zip(own) {
                    let record = batch_record_id(&batch, at);
                    let header = sealed.header().map_err(|why| mismatch(record, why))?;
                    let commitments = header.head.commitments;
                    sealed.check(chain, &commitments).map_err(|why| mismatch(record, why))?;
                    log.append(&commitments.leaf().map_err(|why| mismatch(record, why))?);
                    rows.members.push((record_key(&batch, at), encoded(&commitments)?));
                    let batch = Some(BatchPlace { batch, index: at });
                    rows.keep(&record, 1, &row(place, batch, sealed)?)?;
                }
                if log.root() != root {
                    return Err(mismatch(
                        batch,
                        "the commitments of the sealed records are not those under the batch's root",
                    ));
                }
            }
        }
    }
    Ok(rows)
}

impl KeptRows {
    fn keep(&mut self, record: &RecordId, version: u64, row: &VaultRow) -> Result<(), StoreError> {
        self.vault.push((record_key(record, version), encoded(row)?));
        Ok(())
    }
}

fn mismatch(record: RecordId, why: impl ToString) -> StoreError {
    StoreError::RecordMismatch { record, why: why.to_string() }
}

pub(crate) fn encoded<T: medledger_core::codec::Wire>(value: &T) -> Result<Vec<u8>, StoreError> {
    encode(value).map_err(|error| StoreError::damaged(T::SCHEMA.name, error))
}
