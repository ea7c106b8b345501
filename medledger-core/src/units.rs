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

/// RFC 3339 in UTC, to the millisecond: `2026-03-02T08:00:00.000Z`. Years past 9999, which RFC 3339 has no form for, are
/// written in full.
impl fmt::Display for Timestamp {
    #[allow(clippy::arithmetic_side_effects, reason = "division by constants that are not 0")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const HOUR: u64 = 3_600_000;
        let (days, rest) = (self.0 / (24 * HOUR), self.0 % (24 * HOUR));
        let (hour, minute) = (rest / HOUR, rest / 60_000 % 60);
        let (second, milli) = (rest / 1_000 % 60, rest % 1_000);
        let day = Day::of(i64::try_from(days).unwrap_or(i64::MAX));
        write!(f, "{day}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
    }
}

/// A day of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The year; 0 is 1 BC.
    pub year: i64,
    /// The month, 1 to 12.
    pub month: i64,
    /// The day of the month, from 1.
    pub day: i64,
}

impl Day {
    /// From the days since 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`).
    #[must_use]
    #[allow(
        clippy::arithmetic_side_effects,
        reason = "no step grows: days / 146,097 × 400 is the largest product"
    )]
    pub const fn of(days: i64) -> Self {
        let days = days.saturating_add(719_468);
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        Self { year, month, day: day_of_year - (153 * shifted + 2) / 5 + 1 }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
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

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn times_are_written_as_rfc_3339() {
        for (at, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(Timestamp(at).to_string(), text);
        }
        assert!(Timestamp(u64::MAX).to_string().ends_with('Z'));
    }

    #[test]
    fn days_go_both_ways_from_1970() {
        assert_eq!(Day::of(-1), Day { year: 1969, month: 12, day: 31 });
        assert_eq!(Day::of(-719_528), Day { year: 0, month: 1, day: 1 });
        for days in [i64::MIN, i64::MAX] {
            assert!((1..=12).contains(&Day::of(days).month));
        }
    }

    #[test]
    fn nothing_goes_past_an_end() {
        assert_eq!(Timestamp(u64::MAX).plus(Millis(1)), None);
        assert_eq!(Timestamp(4).since(Timestamp(5)), None);
        assert_eq!(Timestamp(5).since(Timestamp(5)), Some(Millis(0)));
        assert_eq!((Height(6).next(), Height(u64::MAX).next()), (Some(Height(7)), None));
        assert_eq!((Millis::hours(2).to_string(), Height(7).to_string()), ("7200000 ms".into(), "7".into()));
    }
}
