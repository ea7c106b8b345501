//! Times: an instant of the other language is seconds and nanoseconds, which hold more than either of the sdk's.
//!
//! UniFFI's own `SystemTime` loses the sign of the second before 1970.

use medledger_sdk::api::{self, ArgumentError, Error};

use super::{At, Give, MedledgerError, Take};

/// How an instant crosses over; nobody needs to make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Record)]
pub struct Stamp {
    /// Whole seconds since 1970 in UTC, rounded down.
    pub seconds: i64,
    /// Nanoseconds after that.
    pub nanos: u32,
}

/// A ledger's time, not before 1970. What is finer than a millisecond is cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time(pub Stamp);

/// A clinical time, which may lie before 1970. What is finer than a millisecond is cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment(pub Stamp);

uniffi::custom_type!(
    /// A ledger's time, not before 1970. What is finer than a millisecond is cut off.
    Time, Stamp, { lower: |time| time.0, try_lift: |stamp| Ok(Time(stamp)) }
);
uniffi::custom_type!(
    /// A clinical time, which may lie before 1970. What is finer than a millisecond is cut off.
    Moment, Stamp, { lower: |moment| moment.0, try_lift: |stamp| Ok(Moment(stamp)) }
);

impl Stamp {
    /// Milliseconds since 1970, rounded down.
    fn milliseconds(self) -> i128 {
        i128::from(self.seconds) * 1_000 + i128::from(self.nanos / 1_000_000)
    }

    /// The instant so many milliseconds after 1970; both of the sdk's times fit.
    fn of(milliseconds: i128) -> Self {
        let seconds = i64::try_from(milliseconds.div_euclid(1_000)).unwrap_or(i64::MAX);
        let rest = u32::try_from(milliseconds.rem_euclid(1_000)).unwrap_or_default();
        Self { seconds, nanos: rest * 1_000_000 }
    }
}

fn out_of_range(at: At<'_>, wanted: &str) -> MedledgerError {
    Error::from(ArgumentError::OutOfRange { argument: at.to_string(), wanted: wanted.into() }).into()
}

impl Take<api::Time> for Time {
    fn take(self, at: At<'_>) -> Result<api::Time, MedledgerError> {
        let wanted = "a time not before 1970, of at most 64 bits of milliseconds";
        u64::try_from(self.0.milliseconds()).map(api::Time).map_err(|_| out_of_range(at, wanted))
    }
}

impl Give<Time> for api::Time {
    fn give(self) -> Time {
        Time(Stamp::of(self.0.into()))
    }
}

impl Take<api::Moment> for Moment {
    fn take(self, at: At<'_>) -> Result<api::Moment, MedledgerError> {
        let wanted = "a time of at most 64 bits of milliseconds";
        i64::try_from(self.0.milliseconds()).map(api::Moment).map_err(|_| out_of_range(at, wanted))
    }
}

impl Give<Moment> for api::Moment {
    fn give(self) -> Moment {
        Moment(Stamp::of(self.0.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: At<'static> = At::Argument("now");

    #[test]
    fn every_time_comes_back() {
        for time in [0, 1, 999, 1_000, u64::MAX].map(api::Time) {
            assert_eq!(time.give().take(AT), Ok(time));
        }
        for moment in [i64::MIN, -1_001, -1_000, -500, -1, 0, 1, i64::MAX].map(api::Moment) {
            assert_eq!(moment.give().take(AT), Ok(moment));
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_with_its_place() {
        let before = Time(Stamp { seconds: -1, nanos: 999_999_999 });
        let error = before.take(At::Field(&AT, "from")).unwrap_err();
        assert!(error.to_string().starts_with("API-004: now.from: a time not before 1970"), "{error}");
        for seconds in [i64::MIN, i64::MAX] {
            let error = Moment(Stamp { seconds, nanos: 0 }).take(AT).unwrap_err();
            assert!(error.to_string().starts_with("API-004"), "{error}");
        }
        let below = Moment(Stamp { seconds: -1, nanos: 1 });
        assert_eq!(below.take(AT), Ok(api::Moment(-1_000)));
    }
}
