//! Periods, and the zones of dates that have none.

use alloc::string::{String, ToString};

use medledger_core::consent::RuleEffect;
use medledger_core::units::Interval;

use super::super::canonical::Json;
use super::super::date::{DateFault, FhirDate, Kind};
use super::super::error::FhirError;
use super::super::path::{Path, shown};
use super::error::ConsentError;
use super::shape::fields;

const HOUR: i64 = 3_600_000;
/// The last zone of the world to begin a day, and the first.
const WEST: i64 = -12 * HOUR;
const EAST: i64 = 14 * HOUR;

/// No bound.
pub(super) const ALWAYS: Interval = Interval { start: None, end: None };

/// A Period as stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StatedPeriod {
    /// Where it stands.
    pub(super) path: String,
    start: Option<FhirDate>,
    end: Option<FhirDate>,
}

/// A dateTime.
pub(super) fn date(json: &Json<'_>, path: &Path<'_>) -> Result<FhirDate, ConsentError> {
    let Json::String(text) = json else {
        let element = path.to_string();
        return Err(FhirError::WrongShape { element, expected: "a string with a date" }.into());
    };
    // Elsewhere a time without its zone is read widely; what somebody agreed to is not guessed at.
    let zoned = |date: FhirDate| match date.offset() {
        None if text.contains('T') => Err(DateFault::NoZone),
        _ => Ok(date),
    };
    FhirDate::parse(text, Kind::DateTime).and_then(zoned).map_err(|wrong| {
        FhirError::BadDate { element: path.to_string(), found: shown(Some(json)), wrong }.into()
    })
}

impl StatedPeriod {
    pub(super) fn parse(json: &Json<'_>, path: &Path<'_>) -> Result<Self, ConsentError> {
        let object = fields(json, path, "Period", "a Period")?;
        let read = |key: &str| object.get(key).map(|json| date(json, &path.key(key))).transpose();
        Ok(Self { path: path.to_string(), start: read("start")?, end: read("end")? })
    }

    /// Whether it ends before it starts, in whatever zones.
    pub(super) fn is_reversed(&self) -> bool {
        !self.read(RuleEffect::Deny, None).is_proper()
    }

    /// The interval, where a date without a zone is read in this offset; else narrowest in a permit, so that it holds in
    /// every zone, and widest in a deny, so that it holds in any. An end is inclusive, to its own precision.
    pub(super) fn read(&self, effect: RuleEffect, zone: Option<i64>) -> Interval {
        let (start, end) = match (zone, effect) {
            (Some(zone), _) => (zone, zone),
            (None, RuleEffect::Permit) => (WEST, EAST),
            (None, RuleEffect::Deny) => (EAST, WEST),
        };
        Interval {
            start: self.start.and_then(|date| date.at_offset(start).start),
            end: self.end.and_then(|date| date.at_offset(end).end),
        }
    }
}

/// What two intervals have in common; improper where that is nothing.
pub(super) fn common(a: Interval, b: Interval) -> Interval {
    Interval { start: a.start.into_iter().chain(b.start).max(), end: a.end.into_iter().chain(b.end).min() }
}

/// Whether a time lies in an interval.
pub(super) fn holds(interval: &Interval, at: i64) -> bool {
    interval.start.is_none_or(|start| start <= at) && interval.end.is_none_or(|end| at < end)
}
