//! A patient's records as people read them: when, what kind, what about.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Reverse;

use medledger_core::hash::{Did, RecordId};
use medledger_core::record::{Opening, TimelineEntry, batch_record_id};
use medledger_core::state::{LogEntry, LogLeaf};
use medledger_core::units::{Height, Interval, Timestamp};

use super::fhir::bundle::title;

/// One record, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub record: RecordId,
    /// How many versions there are.
    pub version: u64,
    /// Who keeps it.
    pub custodian: Did,
    /// The height at which its newest version was recorded.
    pub height: Height,
    /// When that was.
    pub recorded: Timestamp,
    /// Whether it was marked as entered in error.
    pub entered_in_error: bool,
    /// What it says, where it could be opened.
    pub shown: Option<Shown>,
}

/// What a record says of itself. `Debug` shows health data: print it in tests, not in logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What it is called where it came from.
    pub reference: String,
    /// The FHIR resource type.
    pub resource_type: String,
    /// A short title.
    pub title: String,
    /// When it happened.
    pub clinical: Option<Interval>,
}

impl Shown {
    fn of(opening: &Opening) -> Self {
        let facts = &opening.facts;
        // Content of another kind than FHIR has no title of its own.
        let title = title(opening.content.expose()).unwrap_or_else(|_| facts.resource_type.clone());
        Self {
            reference: facts.reference.clone(),
            resource_type: facts.resource_type.clone(),
            title,
            clinical: facts.clinical,
        }
    }
}

/// How many records of a batch are told one after the other while none of them opens.
pub const UNOPENED: u64 = 256;

/// The records of a patient's timeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// One a record.
    pub lines: Vec<Line>,
    /// How many more there are by the counts of batches that don't open here, of which the first [`UNOPENED`] are told. A
    /// batch's count is only what its custodian said, and may be billions.
    pub untold: u64,
}

/// The records of a patient's timeline, each as it stands after all entries, in the order in which they were anchored.
/// `open` gives what opens a record, where the reader has it.
///
/// # Errors
/// What `open` gives.
pub fn timeline<E>(
    leaves: &[LogLeaf],
    mut open: impl FnMut(&RecordId) -> Result<Option<Opening>, E>,
) -> Result<Timeline, E> {
    let mut lines: Vec<Line> = Vec::new();
    let mut untold: u64 = 0;
    let mut places: BTreeMap<RecordId, usize> = BTreeMap::new();
    for leaf in leaves {
        let LogEntry::Timeline { entry } = &leaf.entry else { continue };
        let (first, count, custodian) = match entry {
            TimelineEntry::Anchored { record, custodian, .. } => (Ok(*record), 1, *custodian),
            TimelineEntry::BatchAnchored { batch, custodian, count, .. } => (Err(*batch), *count, *custodian),
            TimelineEntry::Amended { record, .. } | TimelineEntry::EnteredInError { record } => {
                if let Some(line) = places.get(record).and_then(|at| lines.get_mut(*at)) {
                    match entry {
                        TimelineEntry::Amended { version, .. } => {
                            (line.version, line.height, line.recorded) = (*version, leaf.height, leaf.time);
                        }
                        _ => line.entered_in_error = true,
                    }
                }
                continue;
            }
        };
        let mut unopened: u64 = 0;
        for index in 0..count {
            if unopened >= UNOPENED {
                untold = untold.saturating_add(count.saturating_sub(index));
                break;
            }
            let record = first.unwrap_or_else(|batch| batch_record_id(&batch, index));
            places.insert(record, lines.len());
            let (height, recorded) = (leaf.height, leaf.time);
            let shown = open(&record)?.as_ref().map(Shown::of);
            unopened = if shown.is_some() { 0 } else { unopened.saturating_add(1) };
            lines.push(Line {
                record,
                version: 1,
                custodian,
                height,
                recorded,
                entered_in_error: false,
                shown,
            });
        }
    }
    Ok(Timeline { lines, untold })
}

/// Sorts by when it happened, the newest first; what is undated comes last, in the order in which it was recorded.
pub fn newest_first(lines: &mut [Line]) {
    lines.sort_by_key(when);
}

/// What sorts the newest first, and the undated last.
fn when(line: &Line) -> (bool, Reverse<Option<i64>>) {
    let clinical = line.shown.as_ref().and_then(|shown| shown.clinical);
    let when = clinical.and_then(|interval| interval.start.or(interval.end));
    (when.is_none(), Reverse(when))
}

/// What holds of a timeline that is put together over several identities.
pub const ONE_IDENTITY_EACH: &str =
    "What is granted, denied or declared on one identity binds only that one.";

/// One of a patient's identities, as she calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relationship {
    /// The identity.
    pub did: Did,
    /// Whom it is for.
    pub name: String,
}

/// A record in a timeline over several identities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedLine {
    /// The identity that the record was anchored for. What she grants on another does not reach it.
    pub relationship: Relationship,
    /// The record.
    pub line: Line,
}

/// The timelines of several identities as one, in the order of [`newest_first`]; records of the same time stay in the order
/// of the identities. See [`ONE_IDENTITY_EACH`].
#[must_use]
pub fn together(parts: Vec<(Relationship, Vec<Line>)>) -> Vec<RelatedLine> {
    let mut all: Vec<RelatedLine> = Vec::new();
    for (relationship, lines) in parts {
        all.extend(lines.into_iter().map(|line| RelatedLine { relationship: relationship.clone(), line }));
    }
    all.sort_by_key(|related| when(&related.line));
    all
}

#[cfg(test)]
mod tests;
