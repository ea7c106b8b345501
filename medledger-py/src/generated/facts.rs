//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{At, Class, FromPython, IntoPython, LARGE, answer, argument, run, value, word};

word!(medledger_sdk::api::facts::CommitmentHash, "CommitmentHash");

value!(medledger_sdk::api::facts::Facts, "Facts", { reference: "reference", resource_type: "resource_type", category: "category", codes: "codes", labels: "labels", authors: "authors", related: "related", clinical: "clinical",  });

value!(medledger_sdk::api::facts::Commitments, "Commitments", { hash: "hash", content: "content", facts: "facts",  });

/// What a record with this content and these facts commits to under these two salts of 32 bytes, to be compared with what
/// a ledger holds. The content is in its canonical form. Whoever anchors a record does not choose salts: sealing draws them.
///
/// Errors: API-003 for a salt of another length, REC-001 to REC-004 for facts that can't be committed to, REC-005 when both salts
/// are the same.
///
/// >>> facts = Facts(reference="Observation/1", resource_type="Observation")
/// >>> commit(b"content", b"1" * 32, facts, b"2" * 32).hash
/// <CommitmentHash.SHA3_256: 'sha3-256'>
#[pyfunction]
#[pyo3(signature = (content, content_salt, facts, facts_salt))]
fn commit<'py>(
    py: Python<'py>,
    content: &Bound<'py, PyAny>,
    content_salt: &Bound<'py, PyAny>,
    facts: &Bound<'py, PyAny>,
    facts_salt: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let content = argument::<Vec<u8>>(content, "content")?;
    let content_salt = argument::<Vec<u8>>(content_salt, "content_salt")?;
    let facts = argument::<medledger_sdk::api::facts::Facts>(facts, "facts")?;
    let facts_salt = argument::<Vec<u8>>(facts_salt, "facts_salt")?;
    answer(
        py,
        run(py, content.len() >= LARGE || content_salt.len() >= LARGE || facts_salt.len() >= LARGE, || {
            medledger_sdk::api::facts::commit(&content, &content_salt, &facts, &facts_salt)
        }),
    )?
    .into_python(py)
}

/// The id of the record that a transaction anchors, or of an entry of the batch that it anchors. `index` is the entry's
/// place in the batch, 0 for a single record.
///
/// Errors: API-002 for what is no transaction's id.
///
/// >>> len(record_id(granted.transaction, 0))
/// 64
#[pyfunction]
#[pyo3(signature = (transaction, index))]
fn record_id<'py>(
    py: Python<'py>,
    transaction: &Bound<'py, PyAny>,
    index: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let transaction = argument::<String>(transaction, "transaction")?;
    let index = argument::<u64>(index, "index")?;
    answer(py, medledger_sdk::api::facts::record_id(&transaction, index))?.into_python(py)
}

/// The id of a record of a batch, by the id of the batch's entry and the record's index in it.
///
/// Errors: API-002 for what is no id.
///
/// >>> len(batch_record_id(record_id(granted.transaction, 0), 3))
/// 64
#[pyfunction]
#[pyo3(signature = (batch, index))]
fn batch_record_id<'py>(
    py: Python<'py>,
    batch: &Bound<'py, PyAny>,
    index: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let batch = argument::<String>(batch, "batch")?;
    let index = argument::<u64>(index, "index")?;
    answer(py, medledger_sdk::api::facts::batch_record_id(&batch, index))?.into_python(py)
}

/// The hash of a version of a record: what an amendment names as the one that it replaces. `version` counts from 1.
///
/// Errors: API-002 for what is no id or commitment.
///
/// >>> facts = Facts(reference="Observation/1", resource_type="Observation")
/// >>> commitments = commit(b"content", b"1" * 32, facts, b"2" * 32)
/// >>> len(record_version(record_id(granted.transaction, 0), 1, commitments))
/// 64
#[pyfunction]
#[pyo3(signature = (record, version, commitments))]
fn record_version<'py>(
    py: Python<'py>,
    record: &Bound<'py, PyAny>,
    version: &Bound<'py, PyAny>,
    commitments: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let record = argument::<String>(record, "record")?;
    let version = argument::<u64>(version, "version")?;
    let commitments = argument::<medledger_sdk::api::facts::Commitments>(commitments, "commitments")?;
    answer(py, medledger_sdk::api::facts::record_version(&record, version, &commitments))?.into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(commit, module)?)?;
    module.add_function(wrap_pyfunction!(record_id, module)?)?;
    module.add_function(wrap_pyfunction!(batch_record_id, module)?)?;
    module.add_function(wrap_pyfunction!(record_version, module)?)?;
    Ok(())
}
