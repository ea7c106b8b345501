//! FHIR R4 (4.0.1): canonical bytes, bundles, dates.

use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;

use super::error::Error;
use super::facts::Facts;
use super::parse;
use super::units::{Bytes, Interval};
use crate::fhir::bundle::{Bundle, Entry};
use crate::fhir::canonical::{Limits, canonicalise};
use crate::fhir::date::{FhirDate, Kind, zone};

/// One resource of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BundleEntry {
    /// The entry's fullUrl, where it has one.
    pub full_url: Option<String>,
    /// The resource type.
    pub resource_type: String,
    /// The resource's id, where it has one.
    pub id: Option<String>,
    /// A short title for a person to read, such as "Body weight".
    pub title: String,
    /// Its facts.
    pub facts: Facts,
    /// Its canonical form: the content that is committed to.
    pub canonical: Bytes,
}

impl From<&Entry> for BundleEntry {
    fn from(entry: &Entry) -> Self {
        Self {
            full_url: entry.full_url.clone(),
            resource_type: entry.resource_type.clone(),
            id: entry.id.clone(),
            title: entry.display.clone(),
            facts: (&entry.facts).into(),
            canonical: Bytes(entry.canonical.clone()),
        }
    }
}

/// The canonical form of a FHIR resource's JSON: that of RFC 8785, but that numbers stay as they were written.
///
/// # Errors
/// FHR-001 to FHR-007 for what is no JSON, or too much of it.
pub fn canonical_fhir(json: &[u8]) -> Result<Vec<u8>, Error> {
    Ok(canonicalise(json, "Resource", &Limits::BUNDLE)?)
}

/// Reads a bundle of one patient, checked whole: its resources in their order, with their facts.
///
/// # Errors
/// FHR-001 to FHR-020 with the element at fault.
pub fn read_bundle(json: &[u8]) -> Result<Vec<BundleEntry>, Error> {
    Ok(Bundle::parse(json)?.entries().map(BundleEntry::from).collect())
}

/// The interval that a FHIR date or dateTime stands for, such as `2019-03`. One without a zone is in this zone (`+01:00`);
/// without any it begins where the day begins first, and ends where it ends last.
///
/// # Errors
/// API-002 for what is no date or zone.
pub fn fhir_interval(date: &str, zone: Option<&str>) -> Result<Interval, Error> {
    let wrong = |_| parse::not_a("date", "a FHIR date or dateTime", date);
    let date = FhirDate::parse(date, Kind::DateTime).map_err(wrong)?;
    let interval = match offset(zone)? {
        Some(zone) => date.at_offset(zone),
        None => date.widest(),
    };
    Ok((&interval).into())
}

/// Milliseconds east of UTC.
pub(super) fn offset(text: Option<&str>) -> Result<Option<i64>, Error> {
    let offset =
        |text| zone(text).ok_or_else(|| parse::not_a("zone", "an offset such as +01:00, or Z", text));
    text.map(offset).transpose()
}

#[cfg(test)]
mod tests;
