//! What every value is made of: counts, times, bytes and words.
//!
//! In JSON times are RFC 3339 in UTC with milliseconds, bytes lower-case hex, counts numbers (above 2^53, which JavaScript
//! can't hold, strings), words in lower case with hyphens. In another language they are that language's own: see the
//! [module](super).

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use serde::{Serialize, Serializer};

use medledger_core::hash::{Did, Hex};
use medledger_core::identity::did_to_text;
use medledger_core::schema::rule_of;
use medledger_core::units::{self, Day, Timestamp};
use medledger_core::vocabulary;

/// The greatest integer up to which a JavaScript number holds every one.
const EXACT: u64 = 1 << 53;

/// Defines an enum of plain words, each with its text.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $( $(#[$doc:meta])* $word:ident = $text:literal ),* $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( $(#[$doc])* $word ),* }

        impl $name {
            /// Every one of them.
            pub const ALL: &'static [Self] = &[ $( Self::$word ),* ];

            /// The word.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$word => $text ),* }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}
pub(super) use words;

/// A count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count(pub u64);

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 <= EXACT { serializer.serialize_u64(self.0) } else { serializer.collect_str(&self.0) }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<u64> for Count {
    fn from(count: u64) -> Self {
        Self(count)
    }
}

/// A ledger's time: milliseconds since 1970 in UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u64);

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Timestamp(self.0).fmt(f)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl From<Timestamp> for Time {
    fn from(time: Timestamp) -> Self {
        Self(time.0)
    }
}

impl From<Time> for Timestamp {
    fn from(time: Time) -> Self {
        Self(time.0)
    }
}

/// A clinical time, which may lie before 1970: milliseconds since then in UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DAY: i64 = 86_400_000;
        let (day, rest) = (self.0.div_euclid(DAY), self.0.rem_euclid(DAY));
        let (hours, minutes) = (rest / 3_600_000, rest / 60_000 % 60);
        write!(f, "{}T{hours:02}:{minutes:02}:{:02}.{:03}Z", Day::of(day), rest / 1_000 % 60, rest % 1_000)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Bytes.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes(pub Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({})", Hex(&self.0))
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&Hex(&self.0))
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

/// A code with its system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coding {
    /// The code system's URI.
    pub system: Option<String>,
    /// The code.
    pub code: String,
}

impl From<&vocabulary::Coding> for Coding {
    fn from(coding: &vocabulary::Coding) -> Self {
        Self { system: coding.system.clone(), code: coding.code.clone() }
    }
}

impl From<&Coding> for vocabulary::Coding {
    fn from(coding: &Coding) -> Self {
        Self { system: coding.system.clone(), code: coding.code.clone() }
    }
}

/// A half-open period in ledger time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// The first millisecond.
    pub from: Time,
    /// The first one after it.
    pub until: Time,
}

impl From<&units::Period> for Period {
    fn from(period: &units::Period) -> Self {
        Self { from: period.from.into(), until: period.until.into() }
    }
}

impl From<&Period> for units::Period {
    fn from(period: &Period) -> Self {
        Self { from: period.from.into(), until: period.until.into() }
    }
}

/// When something happened clinically, half-open; an end that is not known is null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Interval {
    /// The first millisecond.
    pub start: Option<Moment>,
    /// The first one after it.
    pub end: Option<Moment>,
}

impl From<&units::Interval> for Interval {
    fn from(interval: &units::Interval) -> Self {
        Self { start: interval.start.map(Moment), end: interval.end.map(Moment) }
    }
}

impl From<&Interval> for units::Interval {
    fn from(interval: &Interval) -> Self {
        Self { start: interval.start.map(|at| at.0), end: interval.end.map(|at| at.0) }
    }
}

pub(super) fn codings(list: &[vocabulary::Coding]) -> Vec<Coding> {
    list.iter().map(Coding::from).collect()
}

pub(super) fn dids(list: &[Did]) -> Vec<String> {
    list.iter().map(did_to_text).collect()
}

pub(super) fn count(length: usize) -> Count {
    Count(u64::try_from(length).unwrap_or(u64::MAX))
}

/// The id of the rule behind a result's code; `None` for success.
#[doc(hidden)]
#[must_use]
pub fn rule(code: u64) -> Option<String> {
    match code {
        0 => None,
        code => Some(rule_of(code).map_or_else(|| code.to_string(), ToString::to_string)),
    }
}
