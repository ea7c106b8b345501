//! FHIR dates and times as the intervals that their precision spans.
//!
//! `2019` is the whole year, `2019-03-04T10:15:00Z` that second, `….5Z` a tenth of it; what is finer than a
//! millisecond spans the millisecond it falls in. Choices where FHIR R4 leaves room:
//!
//! - A date or time *without a zone* may have been any zone's, from UTC−12 to UTC+14:
//!   [`FhirDate::widest`] starts as early as it began in UTC+14 and ends as late as it ended in UTC−12. (R4 demands
//!   a zone where there is a time; systems that leave it out are common, and the widest interval is true.)
//! - Seconds may be 60, as R4's own pattern allows. A leap second has no number of its own in POSIX time, so it
//!   falls into the first second of the next minute.
//! - 24:00 is refused, as R4 says; seconds may not be left out; years are 0001 to 9999, in the proleptic Gregorian
//!   calendar.

use jiff::civil::Date;
use medledger_core::units::Interval;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// 9999-12-31T23:59:59.999Z: the last moment that FHIR can write, and the types that languages have for times.
pub(super) const LAST: u64 = 253_402_300_799_999;
/// The zones of the world: the first to begin a day, and the last.
const FIRST_ZONE: i64 = 14 * HOUR;
const LAST_ZONE: i64 = -12 * HOUR;

/// The primitive type that an element has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A year, a month or a day.
    Date,
    /// Any precision.
    DateTime,
    /// At least a second, with its zone.
    Instant,
}

/// What is wrong with a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateFault {
    /// Not of the form that FHIR gives.
    #[error("write it as YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss with a zone (Z or +hh:mm)")]
    Form,
    /// No such day.
    #[error("there is no such day in the calendar")]
    Day,
    /// No such time of day.
    #[error(
        "there is no such time of day: hours run from 00 to 23, and midnight is 00:00:00 of the next day"
    )]
    Time,
    /// No such zone.
    #[error("there is no such zone: offsets run from -14:00 to +14:00")]
    Zone,
    /// A time of day without its zone, where that is not guessed at.
    #[error("a time of day needs its zone (Z or +hh:mm)")]
    NoZone,
    /// A time of day in a date.
    #[error("this element is a date and takes no time of day")]
    TooFine,
    /// An instant without its time or zone.
    #[error("this element is an instant and needs a time of day with a zone (Z or +hh:mm)")]
    TooCoarse,
}

/// A date or time as stated: an interval of local time and, where it was given, the zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FhirDate {
    start: i64,
    end: i64,
    offset: Option<i64>,
}

impl FhirDate {
    /// Reads a date, dateTime or instant.
    ///
    /// # Errors
    /// The [`DateFault`].
    pub fn parse(text: &str, kind: Kind) -> Result<Self, DateFault> {
        let Some((day, time)) = text.split_once('T') else {
            if kind == Kind::Instant {
                // Where the rest is wrong too, that is the more useful message.
                return days(text).and(Err(DateFault::TooCoarse));
            }
            let (first, last, _) = days(text)?;
            return Ok(Self { start: first * DAY, end: (last + 1) * DAY, offset: None });
        };
        let (first, _, is_day) = days(day)?;
        if !is_day {
            return Err(DateFault::Form);
        }
        let (clock, offset) = match time.find(['Z', '+', '-']).and_then(|at| time.split_at_checked(at)) {
            Some((clock, zone)) => (clock, Some(offset(zone)?)),
            None => (time, None),
        };
        let (since_midnight, span) = time_of_day(clock)?;
        match kind {
            Kind::Date => Err(DateFault::TooFine),
            Kind::Instant if offset.is_none() => Err(DateFault::TooCoarse),
            Kind::Instant | Kind::DateTime => {
                let start = first * DAY + since_midnight;
                Ok(Self { start, end: start + span, offset })
            }
        }
    }

    /// The offset from UTC in milliseconds, where one was given.
    #[must_use]
    pub const fn offset(&self) -> Option<i64> {
        self.offset
    }

    /// The interval, a missing zone read as this offset from UTC in milliseconds (east is positive).
    #[must_use]
    pub fn at_offset(&self, default: i64) -> Interval {
        let offset = self.offset.unwrap_or(default);
        Interval {
            start: Some(self.start.saturating_sub(offset)),
            end: Some(self.end.saturating_sub(offset)),
        }
    }

    /// Every millisecond that it may mean: without a zone, from its start in UTC+14 to its end in UTC−12.
    #[must_use]
    pub fn widest(&self) -> Interval {
        Interval { start: self.at_offset(FIRST_ZONE).start, end: self.at_offset(LAST_ZONE).end }
    }

    /// Every millisecond that it means in whatever zone; `None` where there is none, such as for a day without a
    /// zone.
    #[must_use]
    pub fn narrowest(&self) -> Option<Interval> {
        let interval =
            Interval { start: self.at_offset(LAST_ZONE).start, end: self.at_offset(FIRST_ZONE).end };
        interval.is_proper().then_some(interval)
    }
}

/// An offset from UTC as FHIR writes it, `+01:00` or `Z`: milliseconds east.
#[must_use]
pub fn zone(text: &str) -> Option<i64> {
    if !text.starts_with(['+', '-', 'Z']) {
        return None;
    }
    let date = FhirDate::parse(&alloc::format!("2000-01-01T00:00:00{text}"), Kind::Instant);
    date.ok().and_then(|date| date.offset())
}

/// Just so many ASCII digits.
fn number(text: &str, digits: usize) -> Result<i64, DateFault> {
    if text.len() != digits || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DateFault::Form);
    }
    text.parse().map_err(|_| DateFault::Form)
}

/// The first and last day of a year, month or day, counted from 1970-01-01, and whether it is a day.
fn days(text: &str) -> Result<(i64, i64, bool), DateFault> {
    let mut parts = text.split('-');
    let year = number(parts.next().unwrap_or_default(), 4)?;
    let month = parts.next().map(|month| number(month, 2)).transpose()?;
    let day = parts.next().map(|day| number(day, 2)).transpose()?;
    if parts.next().is_some() {
        return Err(DateFault::Form);
    }
    let date = |month: i64, day: i64| match (i16::try_from(year), i8::try_from(month), i8::try_from(day)) {
        (Ok(year @ 1..), Ok(month), Ok(day)) => Date::new(year, month, day).map_err(|_| DateFault::Day),
        _ => Err(DateFault::Day),
    };
    let epoch = Date::constant(1970, 1, 1);
    let count = |date: Date| date.duration_since(epoch).as_secs() / 86_400;
    match (month, day) {
        (None, _) => Ok((count(date(1, 1)?), count(date(12, 31)?), false)),
        (Some(month), None) => {
            let first = date(month, 1)?;
            Ok((count(first), count(first.last_of_month()), false))
        }
        (Some(month), Some(day)) => {
            let day = count(date(month, day)?);
            Ok((day, day, true))
        }
    }
}

/// The milliseconds since midnight, and how many its precision spans.
fn time_of_day(text: &str) -> Result<(i64, i64), DateFault> {
    let (clock, fraction) = match text.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (text, None),
    };
    let mut parts = clock.split(':');
    let mut part = || number(parts.next().unwrap_or_default(), 2);
    let (hours, minutes, seconds) = (part()?, part()?, part()?);
    if parts.next().is_some() {
        return Err(DateFault::Form);
    }
    if hours > 23 || minutes > 59 || seconds > 60 {
        return Err(DateFault::Time);
    }
    let whole = hours * HOUR + minutes * MINUTE + seconds * SECOND;
    let Some(fraction) = fraction else { return Ok((whole, SECOND)) };
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DateFault::Form);
    }
    let mut span = SECOND;
    let mut millis = 0;
    for digit in fraction.bytes().take(3) {
        span /= 10;
        millis += i64::from(digit.saturating_sub(b'0')) * span;
    }
    Ok((whole + millis, span))
}

/// `Z` or `±hh:mm`, in milliseconds.
fn offset(zone: &str) -> Result<i64, DateFault> {
    let (sign, clock) = match zone.split_at_checked(1) {
        Some(("Z", "")) => return Ok(0),
        Some(("+", clock)) => (1, clock),
        Some(("-", clock)) => (-1, clock),
        _ => return Err(DateFault::Form),
    };
    let (hours, minutes) = clock.split_once(':').ok_or(DateFault::Form)?;
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    let offset = hours * HOUR + minutes * MINUTE;
    if minutes > 59 || offset > FIRST_ZONE {
        return Err(DateFault::Zone);
    }
    Ok(sign * offset)
}

#[cfg(test)]
mod tests;
