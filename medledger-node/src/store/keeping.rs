//! What opens records, kept with the block that anchors them.

use medledger_core::codec::encode;
use medledger_core::hash::{LogRoot, RecordId};
use medledger_core::light::KeptResult;
use medledger_core::merkle::Log;
use medledger_core::record::{Commitments, Opening, TimelineEntry, batch_record_id};
use medledger_core::state::LogEntry;
use medledger_core::units::Height;
use zeroize::Zeroizing;

use super::StoreError;
use super::rows::{BatchPlace, VaultRow};
use super::table::record_key;

/// The openings that came with one transaction of a block.
pub(crate) struct Keeping<'a> {
    /// The transaction's place in the block.
    pub(crate) index: u64,
    /// One for each record that it anchors, in their order.
    pub(crate) openings: &'a [Opening],
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

/// The rows that keep openings. Secret.
#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) vault: Vec<(Vec<u8>, Zeroizing<Vec<u8>>)>,
    pub(crate) members: Vec<(Vec<u8>, Vec<u8>)>,
}

/// The rows that keep the openings of one transaction, each of which must open what was anchored.
pub(crate) fn kept(
    height: Height,
    index: u64,
    result: &KeptResult,
    openings: &[Opening],
) -> Result<Kept, StoreError> {
    let anchors = anchored(result);
    let mut rows = Kept::default();
    if openings.is_empty() || result.result.code != 0 {
        return Ok(rows);
    }
    let expected = anchors.iter().fold(0_u64, |sum, anchor| sum.saturating_add(anchor.count()));
    let actual = u64::try_from(openings.len()).unwrap_or(u64::MAX);
    if actual != expected {
        return Err(StoreError::OpeningCount { actual, expected });
    }
    let mut left = openings.iter();
    for anchor in &anchors {
        match *anchor {
            Anchored::Single { place, record, version, commitments } => {
                for opening in left.by_ref().take(1) {
                    opening.check(&commitments).map_err(|why| mismatch(record, why))?;
                    rows.keep(
                        &record,
                        version,
                        &VaultRow { height, index, place, batch: None, opening: opening.clone() },
                    )?;
                }
            }
            Anchored::Batch { place, batch, root, count } => {
                let mut log = Log::new();
                let own = left.by_ref().take(usize::try_from(count).unwrap_or(usize::MAX));
                for (at, opening) in (0_u64..).zip(own) {
                    let record = batch_record_id(&batch, at);
                    let commitments = opening.commitments().map_err(|why| mismatch(record, why))?;
                    log.append(&commitments.leaf().map_err(|why| mismatch(record, why))?);
                    rows.members.push((record_key(&batch, at), encoded(&commitments)?));
                    let batch = Some(BatchPlace { batch, index: at });
                    rows.keep(
                        &record,
                        1,
                        &VaultRow { height, index, place, batch, opening: opening.clone() },
                    )?;
                }
                if log.root() != root {
                    return Err(mismatch(
                        batch,
                        "the commitments of the openings are not those under the batch's root",
                    ));
                }
            }
        }
    }
    Ok(rows)
}

impl Kept {
    fn keep(&mut self, record: &RecordId, version: u64, row: &VaultRow) -> Result<(), StoreError> {
        self.vault.push((record_key(record, version), Zeroizing::new(encoded(row)?)));
        Ok(())
    }
}

fn mismatch(record: RecordId, why: impl ToString) -> StoreError {
    StoreError::OpeningMismatch { record, why: why.to_string() }
}

pub(crate) fn encoded<T: medledger_core::codec::Wire>(value: &T) -> Result<Vec<u8>, StoreError> {
    encode(value).map_err(|error| StoreError::damaged(T::SCHEMA.name, error))
}
