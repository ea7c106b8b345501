//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{At, Class, FromPython, IntoPython, LARGE, answer, argument, run, value};

value!(medledger_sdk::api::inspect::RuleInfo, "RuleInfo", { id: "id", code: "code", text: "text",  });

/// The names of every wire type that this build knows, each after those that it is made of.
///
/// >>> "Receipt" in wire_types()
/// True
#[pyfunction]
#[pyo3(signature = ())]
fn wire_types<'py>(py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
    medledger_sdk::api::inspect::wire_types().into_python(py)
}

/// What bytes say, as JSON in one line: a wire type by its name in the specification's CDDL. They pass every check of the
/// encoding first, those of the values' own rules not. A struct is an object with the specification's names, an enum
/// `{"Variant": {…}}` or, without fields, `"Variant"`; bytes are lower-case hex, numbers above 2^53 or below −2^53 texts.
///
/// Errors: API-002 for a name that is no wire type's, COD rules for bytes that are not the one encoding of a value of it.
///
/// >>> print(inspect("Genesis", ledger.genesis())[:1])
/// {
#[pyfunction]
#[pyo3(signature = (kind, bytes))]
fn inspect<'py>(
    py: Python<'py>,
    kind: &Bound<'py, PyAny>,
    bytes: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let kind = argument::<String>(kind, "kind")?;
    let bytes = argument::<Vec<u8>>(bytes, "bytes")?;
    answer(py, run(py, bytes.len() >= LARGE, || medledger_sdk::api::inspect::inspect(&kind, &bytes)))?
        .into_python(py)
}

/// Every rule that this build can name.
///
/// >>> [rule.text for rule in rules() if rule.id == "API-009"]
/// ['what its caller stops ends, with nothing done']
#[pyfunction]
#[pyo3(signature = ())]
fn rules<'py>(py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
    medledger_sdk::api::inspect::rules().into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(wire_types, module)?)?;
    module.add_function(wrap_pyfunction!(inspect, module)?)?;
    module.add_function(wrap_pyfunction!(rules, module)?)?;
    Ok(())
}
