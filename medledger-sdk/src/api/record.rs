//! A line of the timeline.

use alloc::string::{String, ToString};
use serde::Serialize;

use medledger_core::identity::did_to_text;

use super::units::{Count, Time};
use crate::time::interval;
use crate::timeline::Line;

/// A record as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Its id.
    pub record: String,
    /// How many versions there are.
    pub version: Count,
    /// Who keeps it.
    pub custodian: String,
    /// The height at which its newest version was recorded.
    pub height: Count,
    /// When that was.
    pub recorded: Time,
    /// Whether it was marked as entered in error.
    pub entered_in_error: bool,
    /// When it happened; null where that is not known, or the record can't be opened.
    pub when: Option<String>,
    /// The FHIR resource type; null where the record can't be opened.
    #[serde(rename = "type")]
    pub resource_type: Option<String>,
    /// What it is called where it came from.
    pub reference: Option<String>,
    /// A short title.
    pub title: Option<String>,
}

impl From<&Line> for Record {
    fn from(line: &Line) -> Self {
        let shown = line.shown.as_ref();
        Self {
            record: line.record.to_string(),
            version: Count(line.version),
            custodian: did_to_text(&line.custodian),
            height: Count(line.height.0),
            recorded: line.recorded.into(),
            entered_in_error: line.entered_in_error,
            when: shown
                .and_then(|shown| shown.clinical.as_ref())
                .map(interval)
                .filter(|when| !when.is_empty()),
            resource_type: shown.map(|shown| shown.resource_type.clone()),
            reference: shown.map(|shown| shown.reference.clone()),
            title: shown.map(|shown| shown.title.clone()),
        }
    }
}
