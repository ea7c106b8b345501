//! When a resource happened, and that every date in it is one.

use alloc::string::ToString;
use medledger_core::units::Interval;

use super::canonical::Json;
use super::date::{FhirDate, Kind};
use super::elements::{self, When};
use super::error::FhirError;
use super::facts::{Resource, each};
use super::path::{Path, shown};

/// An interval that says nothing, such as that of an empty Period.
const UNKNOWN: Interval = Interval { start: None, end: None };

/// How an element gives an interval.
type Reading = fn(&Json<'_>, &Path<'_>) -> Result<Interval, FhirError>;

/// When it happened, by the table of its type.
pub(super) fn interval(resource: &Resource<'_>) -> Result<Option<Interval>, FhirError> {
    let row = elements::CLINICAL.iter().find(|(of, _)| *of == resource.resource_type);
    // A way that says nothing leaves it to the next.
    for when in row.map_or(elements::CLINICAL_OTHER, |(_, row)| row) {
        let found = match *when {
            When::At(chain) => hull(resource, chain, moment)?,
            When::Period(chain) => hull(resource, chain, period)?,
            When::Timing(chain) => hull(resource, chain, timing)?,
            When::Between(start, end) => between(resource, &[(start, moment)], &[(end, moment)])?,
            When::Onset => between(
                resource,
                &[("onsetDateTime", moment), ("onsetPeriod", period)],
                &[("abatementDateTime", moment), ("abatementPeriod", period)],
            )?,
        };
        if found.is_some_and(|found| found != UNKNOWN) {
            return Ok(found);
        }
    }
    Ok(None)
}

/// The smallest interval around all that stands at the end of a chain; `None` where nothing does.
fn hull(resource: &Resource<'_>, chain: &str, read: Reading) -> Result<Option<Interval>, FhirError> {
    let mut hull = None;
    each(resource.object, resource.path, chain, &mut |value, path| {
        hull = Some(around(hull, read(value, path)?));
        Ok(())
    })?;
    Ok(hull)
}

fn around(hull: Option<Interval>, more: Interval) -> Interval {
    let Some(hull) = hull else { return more };
    Interval {
        start: hull.start.zip(more.start).map(|(a, b)| a.min(b)),
        end: hull.end.zip(more.end).map(|(a, b)| a.max(b)),
    }
}

/// From the first of some elements that is there to the first of others.
fn between(
    resource: &Resource<'_>,
    starts: &[(&str, Reading)],
    ends: &[(&str, Reading)],
) -> Result<Option<Interval>, FhirError> {
    let first = |choices: &[(&str, Reading)]| {
        for (chain, read) in choices {
            if let Some(found) = hull(resource, chain, *read)? {
                return Ok(Some(found));
            }
        }
        Ok::<_, FhirError>(None)
    };
    let (start, end) = (first(starts)?, first(ends)?);
    if start.or(end).is_none() {
        return Ok(None);
    }
    let whole = Interval { start: start.and_then(|at| at.start), end: end.and_then(|at| at.end) };
    if whole.is_proper() {
        return Ok(Some(whole));
    }
    let end = ends.iter().find(|(chain, _)| resource.object.get(chain).is_some());
    let element = resource.path.key(end.map_or("end", |(chain, _)| chain)).to_string();
    Err(FhirError::BadPeriod { element })
}

fn date(value: &Json<'_>, path: &Path<'_>, kind: Kind) -> Result<Interval, FhirError> {
    let Json::String(text) = value else {
        return Err(wrong(path, "a string with a date"));
    };
    FhirDate::parse(text, kind).map(|date| date.widest()).map_err(|wrong| FhirError::BadDate {
        element: path.to_string(),
        found: shown(Some(value)),
        wrong,
    })
}

fn wrong(path: &Path<'_>, expected: &'static str) -> FhirError {
    FhirError::WrongShape { element: path.to_string(), expected }
}

fn moment(value: &Json<'_>, path: &Path<'_>) -> Result<Interval, FhirError> {
    date(value, path, Kind::DateTime)
}

/// A Period: the end is inclusive, to its own precision.
fn period(value: &Json<'_>, path: &Path<'_>) -> Result<Interval, FhirError> {
    let object = value.as_object().ok_or_else(|| wrong(path, "a Period"))?;
    let read = |key: &str| {
        let value = object.get(key).filter(|value| **value != Json::Null);
        value.map(|value| moment(value, &path.key(key))).transpose()
    };
    let whole =
        Interval { start: read("start")?.and_then(|at| at.start), end: read("end")?.and_then(|at| at.end) };
    if whole.is_proper() {
        Ok(whole)
    } else {
        Err(FhirError::BadPeriod { element: path.key("end").to_string() })
    }
}

/// A Timing: its bounds where they are a Period, else its events; without either it says nothing.
fn timing(value: &Json<'_>, path: &Path<'_>) -> Result<Interval, FhirError> {
    let object = value.as_object().ok_or_else(|| wrong(path, "a Timing"))?;
    let mut hull = None;
    for chain in ["repeat.boundsPeriod", "event"] {
        each(object, path, chain, &mut |value, path| {
            let read = if chain == "event" { moment(value, path) } else { period(value, path) };
            hull = Some(around(hull, read?));
            Ok(())
        })?;
        if hull.is_some() {
            break;
        }
    }
    Ok(hull.unwrap_or(UNKNOWN))
}

/// Refuses any date in the resource that is none, chosen for the facts or not.
///
/// Recursion is bounded by the depth of the JSON.
pub(super) fn check_dates(json: &Json<'_>, path: &Path<'_>) -> Result<(), FhirError> {
    match json {
        Json::Array(items) => {
            items.iter().enumerate().try_for_each(|(index, item)| check_dates(item, &path.item(index)))
        }
        Json::Object(object) => object.iter().try_for_each(|(key, value)| {
            let path = path.key(key);
            match (value, kind_of(key)) {
                (Json::String(_), Some(kind)) => date(value, &path, kind).map(drop),
                (Json::Array(items), Some(kind)) => items
                    .iter()
                    .enumerate()
                    .filter(|(_, item)| item.as_str().is_some())
                    .try_for_each(|(index, item)| date(item, &path.item(index), kind).map(drop))
                    .and_then(|()| check_dates(value, &path)),
                _ => check_dates(value, &path),
            }
        }),
        _ => Ok(()),
    }
}

/// The kind of date that an element's name promises.
fn kind_of(key: &str) -> Option<Kind> {
    if key == "birthDate" {
        Some(Kind::Date)
    } else if matches!(key, "lastUpdated" | "timestamp") || key.ends_with("Instant") {
        Some(Kind::Instant)
    } else if key.ends_with("DateTime") || key.ends_with("Date") || elements::DATES.contains(&key) {
        Some(Kind::DateTime)
    } else {
        None
    }
}
