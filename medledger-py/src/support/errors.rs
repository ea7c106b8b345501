//! Errors, and where in the arguments they are.

use std::fmt;

use medledger_sdk::api::{ArgumentError, Error, ErrorParts, Field};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

use super::FromPython;

/// A place in the arguments: `terms.rules[2].effect`.
#[derive(Clone, Copy)]
pub enum At<'a> {
    /// An argument.
    Argument(&'static str),
    /// A field of a value.
    Field(&'a At<'a>, &'static str),
    /// An element of a list.
    Item(&'a At<'a>, usize),
}

impl At<'_> {
    /// The argument that the place is in.
    pub fn argument(&self) -> &'static str {
        match self {
            Self::Argument(name) => name,
            Self::Field(of, _) | Self::Item(of, _) => of.argument(),
        }
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument(name) => f.write_str(name),
            Self::Field(of, name) => write!(f, "{of}.{name}"),
            Self::Item(of, index) => write!(f, "{of}[{index}]"),
        }
    }
}

/// The exception for an error of the library.
pub fn raise(py: Python<'_>, error: impl Into<Error>) -> PyErr {
    static OF: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let exception = || -> PyResult<Bound<'_, PyAny>> {
        let ErrorParts { kind, code, message, fields } = error.into().into_parts();
        let named = PyDict::new(py);
        for Field { name, value } in fields {
            named.set_item(name, value)?;
        }
        let of = OF.import(py, "medledger.errors", "of")?;
        of.call1((kind.as_str(), code, message, named))
    };
    exception().map_or_else(|failure| failure, PyErr::from_value)
}

/// The exception for an argument of another type.
pub fn wrong(py: Python<'_>, at: At<'_>, wanted: impl Into<String>) -> PyErr {
    raise(py, ArgumentError::WrongType { argument: at.to_string(), wanted: wanted.into() })
}

/// An argument.
///
/// # Errors
/// `InvalidArgument` for one that is not of its type.
pub fn argument<T: FromPython>(value: &Bound<'_, PyAny>, name: &'static str) -> PyResult<T> {
    T::from_python(value, At::Argument(name))
}

/// An argument that may be missing.
///
/// # Errors
/// As [`argument`].
pub fn optional<T: FromPython>(value: Option<&Bound<'_, PyAny>>, name: &'static str) -> PyResult<Option<T>> {
    value.map(|value| argument(value, name)).transpose()
}

/// What a call gave.
///
/// # Errors
/// The exception for its error.
pub fn answer<T>(py: Python<'_>, result: Result<T, Error>) -> PyResult<T> {
    result.map_err(|error| raise(py, error))
}
