//! Times as people and JSON write them.

use alloc::format;
use alloc::string::{String, ToString};

use medledger_core::units::{Day, Interval, Timestamp};

const SECOND: i64 = 1_000;
const HOUR: i64 = 3_600 * SECOND;
const DAY: i64 = 24 * HOUR;
/// A date without a zone begins in UTC+14 and ends in UTC−12.
const FIRST_ZONE: i64 = 14 * HOUR;
const LAST_ZONE: i64 = 12 * HOUR;

/// RFC 3339 in UTC, to the millisecond: `2026-03-02T08:00:00.000Z`.
#[must_use]
pub fn rfc3339(at: Timestamp) -> String {
    at.to_string()
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

#[cfg(test)]
mod tests;
