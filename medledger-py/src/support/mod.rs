//! What the generated conversions stand on.

use pyo3::prelude::*;

mod bytes;
mod callbacks;
mod errors;
mod handles;
mod scalars;
mod time;
mod values;

pub use bytes::LARGE;
pub use callbacks::{Caller, entropy};
pub use errors::{At, answer, argument, optional};
pub use handles::{Held, distinct, given, together};
pub(crate) use values::{Class, value, word};

/// A Rust value as Python's.
pub trait IntoPython {
    /// Converts it.
    ///
    /// # Errors
    /// What Python raises where it makes an object: in general that memory is used up.
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>>;
}

/// A Python value as Rust's.
pub trait FromPython: Sized {
    /// Converts it.
    ///
    /// # Errors
    /// `InvalidArgument`, which names the place.
    fn from_python(value: &Bound<'_, PyAny>, at: At<'_>) -> PyResult<Self>;
}

/// Runs the library. What takes long lets other threads run meanwhile; for what is short, handing the interpreter over would
/// cost more than it does.
pub fn run<T: Send>(py: Python<'_>, long: bool, work: impl FnOnce() -> T + Send) -> T {
    if long { py.detach(work) } else { work() }
}
