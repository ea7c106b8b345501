//! Times: `datetime` with a zone comes in, `datetime` in UTC goes out.

use medledger_sdk::api::{ArgumentError, Moment, Time};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDateTime, PyDelta, PyDeltaAccess, PyTzInfo};

use super::errors::{At, raise, wrong};
use super::{FromPython, IntoPython};

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;
/// The first and the last millisecond that a `datetime` holds: of the years 1 and 9999.
const FIRST: i64 = -62_135_596_800_000;
const LAST: i64 = 253_402_300_799_999;

/// 1970 in UTC.
fn epoch(py: Python<'_>) -> PyResult<&Bound<'_, PyDateTime>> {
    static EPOCH: PyOnceLock<Py<PyDateTime>> = PyOnceLock::new();
    let make = || -> PyResult<Py<PyDateTime>> {
        let utc = PyTzInfo::utc(py)?;
        Ok(PyDateTime::new(py, 1970, 1, 1, 0, 0, 0, 0, Some(&utc))?.unbind())
    };
    EPOCH.get_or_try_init(py, make).map(|epoch| epoch.bind(py))
}

/// Milliseconds since 1970; what is finer is cut off.
fn milliseconds(value: &Bound<'_, PyAny>, at: At<'_>) -> PyResult<i64> {
    let py = value.py();
    let not_aware = || wrong(py, at, "a datetime with a time zone");
    if !value.is_instance_of::<PyDateTime>() {
        return Err(not_aware());
    }
    // Python subtracts a naive datetime from an aware one as little as we do.
    let since = value.sub(epoch(py)?).map_err(|_| not_aware())?;
    let since = since.cast::<PyDelta>().map_err(|_| not_aware())?;
    let (days, seconds) = (i64::from(since.get_days()), i64::from(since.get_seconds()));
    Ok(days * DAY + seconds * 1_000 + i64::from(since.get_microseconds() / 1_000))
}

/// A `datetime` in UTC; what lies outside its years is its first or last millisecond.
fn datetime(py: Python<'_>, milliseconds: i64) -> PyResult<Bound<'_, PyAny>> {
    let at = milliseconds.clamp(FIRST, LAST);
    let part = |number: i64| i32::try_from(number).unwrap_or_default();
    let rest = at.rem_euclid(DAY);
    let micros = part(rest % 1_000 * 1_000);
    epoch(py)?.add(PyDelta::new(py, part(at.div_euclid(DAY)), part(rest / 1_000), micros, true)?)
}

impl FromPython for Time {
    fn from_python(value: &Bound<'_, PyAny>, at: At<'_>) -> PyResult<Self> {
        u64::try_from(milliseconds(value, at)?).map(Self).map_err(|_| {
            let wanted = "a time not before 1970".to_owned();
            raise(value.py(), ArgumentError::OutOfRange { argument: at.to_string(), wanted })
        })
    }
}

impl IntoPython for Time {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        datetime(py, i64::try_from(self.0).unwrap_or(i64::MAX))
    }
}

impl FromPython for Moment {
    fn from_python(value: &Bound<'_, PyAny>, at: At<'_>) -> PyResult<Self> {
        milliseconds(value, at).map(Self)
    }
}

impl IntoPython for Moment {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        datetime(py, self.0)
    }
}
