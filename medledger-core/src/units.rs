//! Times, heights and intervals.

use core::fmt;
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z, as the ledger records them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub u64);

impl Timestamp {
    /// This time and a span later; `None` past the end of the range.
    #[must_use]
    pub const fn plus(self, span: Millis) -> Option<Self> {
        match self.0.checked_add(span.0) {
            Some(at) => Some(Self(at)),
            None => None,
        }
    }

    /// The span since an earlier time; `None` when it is not earlier.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Option<Millis> {
        match self.0.checked_sub(earlier.0) {
            Some(span) => Some(Millis(span)),
            None => None,
        }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ms", self.0)
    }
}

/// A span of milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub u64);

impl Millis {
    /// A span of seconds.
    #[must_use]
    pub const fn seconds(n: u32) -> Self {
        Self((n as u64).saturating_mul(1_000))
    }

    /// A span of minutes.
    #[must_use]
    pub const fn minutes(n: u32) -> Self {
        Self((n as u64).saturating_mul(60_000))
    }

    /// A span of hours.
    #[must_use]
    pub const fn hours(n: u32) -> Self {
        Self((n as u64).saturating_mul(3_600_000))
    }
}

impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ms", self.0)
    }
}

/// The number of a block; the genesis is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Height(pub u64);

impl Height {
    /// The height after this one; `None` at the end of the range.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match self.0.checked_add(1) {
            Some(height) => Some(Self(height)),
            None => None,
        }
    }
}

impl fmt::Display for Height {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

wire! {
    /// A half-open interval `[start, end)` of milliseconds since 1970, either way: patients were born before it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Interval {
        /// The first millisecond inside; `None` has no beginning.
        pub start: Option<i64>,
        /// The first millisecond after it; `None` has no end.
        pub end: Option<i64>,
    }
}

impl Interval {
    /// Whether the interval holds at least one millisecond.
    #[must_use]
    pub const fn is_proper(&self) -> bool {
        match (self.start, self.end) {
            (Some(start), Some(end)) => start < end,
            _ => true,
        }
    }

    /// Whether every millisecond of `other` lies in this interval.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let from = match (self.start, other.start) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(a), Some(b)) => a <= b,
        };
        let to = match (self.end, other.end) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(a), Some(b)) => b <= a,
        };
        from && to
    }

    /// Whether the two have a millisecond in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |end: Option<i64>, start: Option<i64>| match (end, start) {
            (Some(end), Some(start)) => end <= start,
            _ => false,
        };
        self.is_proper()
            && other.is_proper()
            && !before(self.end, other.start)
            && !before(other.end, self.start)
    }
}

wire! {
    /// A period in ledger time: `[from, until)`, in milliseconds.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Period {
        /// The first millisecond.
        pub from: Timestamp,
        /// The first one after it.
        pub until: Timestamp,
    }
}

impl Period {
    /// Whether the period holds at least one millisecond.
    #[must_use]
    pub const fn is_proper(&self) -> bool {
        self.from.0 < self.until.0
    }

    /// Whether a time lies in it.
    #[must_use]
    pub const fn contains(&self, time: Timestamp) -> bool {
        self.from.0 <= time.0 && time.0 < self.until.0
    }
}
