//! Numbers, times and codes as text.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::{Serialize, Serializer};

use medledger_core::hash::Did;
use medledger_core::identity::did_to_text;
use medledger_core::schema::rule_of;
use medledger_core::units::{Interval, Period};
use medledger_core::vocabulary::Coding;

use crate::time::rfc3339;

/// The greatest integer up to which a JavaScript number holds every one.
const EXACT: u64 = 1 << 53;

/// A count: a number, or a string where JavaScript could not hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub u64);

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 <= EXACT { serializer.serialize_u64(self.0) } else { serializer.collect_str(&self.0) }
    }
}

/// A code with its system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CodingView {
    /// The code system's URI.
    pub system: Option<String>,
    /// The code.
    pub code: String,
}

impl From<&Coding> for CodingView {
    fn from(coding: &Coding) -> Self {
        Self { system: coding.system.clone(), code: coding.code.clone() }
    }
}

/// A half-open period in ledger time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PeriodView {
    /// The first millisecond.
    pub from: String,
    /// The first one after it.
    pub until: String,
}

impl From<&Period> for PeriodView {
    fn from(period: &Period) -> Self {
        Self { from: rfc3339(period.from), until: rfc3339(period.until) }
    }
}

/// When something happened clinically, in words of the precision that was stated.
pub(super) fn clinical(interval: &Interval) -> String {
    crate::time::interval(interval)
}

pub(super) fn codings(list: &[Coding]) -> Vec<CodingView> {
    list.iter().map(CodingView::from).collect()
}

pub(super) fn dids(list: &[Did]) -> Vec<String> {
    list.iter().map(did_to_text).collect()
}

/// The id of the rule behind a result's code; `None` for success.
#[must_use]
pub fn rule(code: u64) -> Option<String> {
    match code {
        0 => None,
        code => Some(rule_of(code).map_or_else(|| code.to_string(), ToString::to_string)),
    }
}
