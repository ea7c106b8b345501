//! Times as people and JSON write them.

use alloc::format;
use alloc::string::String;

use medledger_core::units::{Interval, Timestamp};

const SECOND: i64 = 1_000;
const HOUR: i64 = 3_600 * SECOND;
const DAY: i64 = 24 * HOUR;
/// A date without a zone begins in UTC+14 and ends in UTC−12.
const FIRST_ZONE: i64 = 14 * HOUR;
const LAST_ZONE: i64 = 12 * HOUR;

/// RFC 3339 in UTC, to the millisecond: `2026-03-02T08:00:00.000Z`. Years past 9999, which RFC 3339 has no form for, are
/// written in full.
#[must_use]
pub fn rfc3339(at: Timestamp) -> String {
    let millis = i64::try_from(at.0).unwrap_or(i64::MAX);
    let (days, rest) = (millis.div_euclid(DAY), millis.rem_euclid(DAY));
    let (hour, minute) = (rest / HOUR, rest / (60 * SECOND) % 60);
    let (second, milli) = (rest / SECOND % 60, rest % SECOND);
    format!("{}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z", Day::of(days))
}

/// When something happened, to the precision that was stated: `1963`, `1998-04`, `2019-03-04`, or the minute in UTC.
///
/// A date without a zone is an interval from its start in UTC+14 to its end in UTC−12, as the import of FHIR makes it.
#[must_use]
pub fn interval(of: &Interval) -> String {
    match (of.start, of.end) {
        (None, None) => String::new(),
        (Some(start), None) => format!("since {}", moment(start, true)),
        (None, Some(end)) => format!("until {}", moment(end, false)),
        (Some(start), Some(end)) => whole(start, end),
    }
}

fn whole(start: i64, end: i64) -> String {
    if let (Some(first), Some(after)) = (local_day(start, FIRST_ZONE), local_day(end, -LAST_ZONE)) {
        let (from, to) = (Day::of(first), Day::of(after.saturating_sub(1)));
        let next = Day::of(after);
        return match (from, to) {
            _ if after <= first => minute(start),
            (Day { year, month: 1, day: 1 }, to) if (to.year, to.month, to.day) == (year, 12, 31) => {
                format!("{year:04}")
            }
            (Day { year, month, day: 1 }, to) if (to.year, to.month) == (year, month) && next.day == 1 => {
                format!("{year:04}-{month:02}")
            }
            (from, to) if from == to => format!("{from}"),
            (from, to) => format!("{from} to {to}"),
        };
    }
    let (from, to) = (moment(start, true), moment(end.saturating_sub(1), false));
    if from == to || end.saturating_sub(start) <= SECOND { from } else { format!("{from} to {to}") }
}

/// One end of an interval: a day where it is one of a date without a zone, else the minute.
fn moment(at: i64, begins: bool) -> String {
    match (local_day(at, FIRST_ZONE), local_day(at, -LAST_ZONE)) {
        (Some(day), _) if begins => format!("{}", Day::of(day)),
        (_, Some(day)) if !begins => format!("{}", Day::of(day.saturating_sub(1))),
        _ => minute(at),
    }
}

fn minute(at: i64) -> String {
    let (days, rest) = (at.div_euclid(DAY), at.rem_euclid(DAY));
    format!("{} {:02}:{:02}", Day::of(days), rest / HOUR, rest / (60 * SECOND) % 60)
}

/// The day that begins at this moment in a zone so far east; `None` when none does.
fn local_day(at: i64, east: i64) -> Option<i64> {
    let local = at.checked_add(east)?;
    (local.rem_euclid(DAY) == 0).then_some(local.div_euclid(DAY))
}

/// A day of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Day {
    year: i64,
    month: i64,
    day: i64,
}

impl Day {
    /// From the days since 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`).
    const fn of(days: i64) -> Self {
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

impl core::fmt::Display for Day {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests;
