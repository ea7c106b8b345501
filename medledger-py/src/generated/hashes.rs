//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{At, Class, FromPython, IntoPython, LARGE, answer, argument, run, value};

value!(medledger_sdk::api::hashes::HashTag, "HashTag", { tag: "tag", about: "about",  });

/// Every tag of the protocol, the reserved ones included.
///
/// >>> len(hash_tags()) > 20
/// True
#[pyfunction]
#[pyo3(signature = ())]
fn hash_tags<'py>(py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
    medledger_sdk::api::hashes::hash_tags().into_python(py)
}

/// The 32 bytes of `SHA3-256(tag ‖ data)`, the tag given by its text, such as `ml1 tx id`.
///
/// Errors: API-002 for a tag that is not in the register.
///
/// >>> len(tagged_hash(hash_tags()[0].tag, b"data"))
/// 32
#[pyfunction]
#[pyo3(signature = (tag, data))]
fn tagged_hash<'py>(
    py: Python<'py>,
    tag: &Bound<'py, PyAny>,
    data: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let tag = argument::<String>(tag, "tag")?;
    let data = argument::<Vec<u8>>(data, "data")?;
    answer(py, run(py, data.len() >= LARGE, || medledger_sdk::api::hashes::tagged_hash(&tag, &data)))?
        .into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(hash_tags, module)?)?;
    module.add_function(wrap_pyfunction!(tagged_hash, module)?)?;
    Ok(())
}
