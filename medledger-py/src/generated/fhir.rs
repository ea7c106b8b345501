//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{At, Class, FromPython, IntoPython, LARGE, answer, argument, optional, run, value};

value!(medledger_sdk::api::fhir::BundleEntry, "BundleEntry", { resource_type: "resource_type", title: "title", facts: "facts", canonical: "canonical", full_url: "full_url", id: "id",  });

/// The canonical form of a FHIR resource's JSON: that of RFC 8785, but that numbers stay as they were written.
///
/// Errors: FHR-001 to FHR-007 for what is no JSON, or too much of it.
///
/// >>> canonical_fhir(b'{ "status": "final", "resourceType": "Observation" }')
/// b'{"resourceType":"Observation","status":"final"}'
#[pyfunction]
#[pyo3(signature = (json))]
fn canonical_fhir<'py>(py: Python<'py>, json: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let json = argument::<Vec<u8>>(json, "json")?;
    answer(py, run(py, json.len() >= LARGE, || medledger_sdk::api::fhir::canonical_fhir(&json)))?
        .into_python(py)
}

/// Reads a bundle of one patient, checked whole: its resources in their order, with their facts.
///
/// Errors: FHR-001 to FHR-020 with the element at fault.
///
/// >>> bundle = b"""{"resourceType": "Bundle", "type": "collection", "entry": [{"resource":
/// ...     {"resourceType": "Patient", "id": "1"}}]}"""
/// >>> [entry.facts.reference for entry in read_bundle(bundle)]
/// ['Patient/1']
#[pyfunction]
#[pyo3(signature = (json))]
fn read_bundle<'py>(py: Python<'py>, json: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let json = argument::<Vec<u8>>(json, "json")?;
    answer(py, run(py, json.len() >= LARGE, || medledger_sdk::api::fhir::read_bundle(&json)))?.into_python(py)
}

/// The interval that a FHIR date or dateTime stands for, such as `2019-03`. One without a zone is in this zone (`+01:00`);
/// without any it begins where the day begins first, and ends where it ends last.
///
/// Errors: API-002 for what is no date or zone.
///
/// >>> when = fhir_interval("1963")
/// >>> (when.start.year, when.end.year)
/// (1962, 1964)
#[pyfunction]
#[pyo3(signature = (date, zone=None))]
fn fhir_interval<'py>(
    py: Python<'py>,
    date: &Bound<'py, PyAny>,
    zone: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let date = argument::<String>(date, "date")?;
    let zone = optional::<String>(zone, "zone")?;
    answer(py, medledger_sdk::api::fhir::fhir_interval(&date, zone.as_deref()))?.into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(canonical_fhir, module)?)?;
    module.add_function(wrap_pyfunction!(read_bundle, module)?)?;
    module.add_function(wrap_pyfunction!(fhir_interval, module)?)?;
    Ok(())
}
