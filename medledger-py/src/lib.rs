//! MedLedger for Python.
//!
//! | module | what it holds |
//! | --- | --- |
//! | `generated` | a function for each operation, a class for each handle, conversions of values: `cargo xtask bindings` |
//! | `support` | conversions of scalars, errors, handles and their locks, a user's signer and progress function |

use pyo3::prelude::*;

#[allow(clippy::unit_arg, reason = "what gives nothing is converted like what gives something")]
mod generated;
mod support;

/// What `medledger` is made of; its names are imported from there.
#[pymodule]
fn _medledger(module: &Bound<'_, PyModule>) -> PyResult<()> {
    generated::register(module)
}
