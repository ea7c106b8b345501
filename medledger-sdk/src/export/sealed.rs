//! The sealed records in an export.

#[cfg(feature = "seal")]
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::ToString;
use alloc::vec::Vec;

use medledger_core::hash::{ChainId, KeptHash, RecordId, Tag, hash};
use medledger_core::record::{Commitments, TimelineEntry, batch_record_id};
#[cfg(feature = "seal")]
use medledger_core::state::Event;
use medledger_core::state::LogEntry;

use super::{Export, ExportFault};

/// Every version of every record of a timeline, in its order.
fn versions(export: &Export) -> Vec<(RecordId, u64, Commitments)> {
    let mut versions = Vec::new();
    let mut batches = export.batches.iter();
    for event in &export.logs.timeline {
        let LogEntry::Timeline { entry } = &event.leaf.entry else { continue };
        match entry {
            TimelineEntry::Anchored { record, commitments, .. } => {
                versions.push((*record, 1, *commitments));
            }
            TimelineEntry::Amended { record, version, commitments, .. } => {
                versions.push((*record, *version, *commitments));
            }
            TimelineEntry::BatchAnchored { batch, .. } => {
                let members = batches.next().and_then(|own| own.commitments.as_deref()).unwrap_or_default();
                let members = (0_u64..).zip(members);
                versions.extend(members.map(|(index, own)| (batch_record_id(batch, index), 1, *own)));
            }
            TimelineEntry::EnteredInError { .. } => {}
        }
    }
    versions
}

/// Checks the records of an export whose logs and batches hold. Builds without the feature `seal` don't look inside.
pub(super) fn check(export: &Export, chain: &ChainId) -> Result<(), ExportFault> {
    let versions = versions(export);
    let mut left = versions.iter();
    for own in &export.records {
        let found = left.find(|(record, version, _)| (*record, *version) == (own.record, own.version));
        let (record, _, commitments) = found.ok_or(ExportFault::RecordSurplus { record: own.record })?;
        if KeptHash(hash(Tag::Kept, &[&own.kept])) != own.sum {
            let why = "it does not have its hash".to_string();
            return Err(ExportFault::RecordAltered { record: *record, why });
        }
        inside(own, record, chain, commitments)?;
    }
    Ok(())
}

#[cfg(not(feature = "seal"))]
fn inside(_: &super::ExportedRecord, _: &RecordId, _: &ChainId, _: &Commitments) -> Result<(), ExportFault> {
    Ok(())
}

#[cfg(feature = "seal")]
fn inside(
    own: &super::ExportedRecord,
    record: &RecordId,
    chain: &ChainId,
    commitments: &Commitments,
) -> Result<(), ExportFault> {
    let altered = |why| ExportFault::RecordAltered { record: *record, why };
    let kept = decoded(own).map_err(|error| altered(error.to_string()))?;
    kept.check(chain, commitments).map_err(|error| altered(error.to_string()))
}

#[cfg(feature = "seal")]
fn decoded(own: &super::ExportedRecord) -> Result<crate::seal::Kept, medledger_core::codec::CodecError> {
    medledger_core::codec::decode(&own.kept, &medledger_core::limits::PROOF)
}

/// A sealed record of an export, with what the ledger holds of it.
#[cfg(feature = "seal")]
#[derive(Clone, Debug)]
pub struct ExportedKept {
    /// The record.
    pub record: RecordId,
    /// Which version of it, from 1.
    pub version: u64,
    /// What it commits to.
    pub commitments: Commitments,
    /// Whether the timeline has a later version, which the export may have or not.
    pub superseded: bool,
    /// Whether it was marked as entered in error, and is not to be used.
    pub entered_in_error: bool,
    /// What is kept of it: opened with the patient's keys.
    pub kept: crate::seal::Kept,
}

/// The sealed records of an export that was [checked](Export::check), to be opened one by one.
///
/// # Errors
/// [`ExportFault::RecordSurplus`], [`ExportFault::RecordAltered`].
#[cfg(feature = "seal")]
pub fn kept(export: &Export) -> Result<Vec<ExportedKept>, ExportFault> {
    let versions = versions(export);
    let mut newest = BTreeMap::new();
    for (record, version, _) in &versions {
        newest.insert(*record, *version);
    }
    let in_error = |event: &Event| match &event.leaf.entry {
        LogEntry::Timeline { entry: TimelineEntry::EnteredInError { record } } => Some(*record),
        _ => None,
    };
    let in_error: BTreeSet<RecordId> = export.logs.timeline.iter().filter_map(in_error).collect();
    let mut left = versions.iter();
    let kept = export.records.iter().map(|own| {
        let record = own.record;
        let found = left.find(|(id, version, _)| (*id, *version) == (record, own.version));
        let (_, version, commitments) = *found.ok_or(ExportFault::RecordSurplus { record })?;
        let kept = decoded(own);
        let kept = kept.map_err(|error| ExportFault::RecordAltered { record, why: error.to_string() })?;
        let superseded = newest.get(&record).is_some_and(|newest| *newest > version);
        let entered_in_error = in_error.contains(&record);
        Ok(ExportedKept { record, version, commitments, superseded, entered_in_error, kept })
    });
    kept.collect()
}
