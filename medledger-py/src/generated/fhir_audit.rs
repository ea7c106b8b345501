//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{
    At, Class, FromPython, IntoPython, LARGE, answer, argument, given, run, together, value,
};

value!(medledger_sdk::api::fhir_audit::KnownIdentity, "KnownIdentity", { did: "did", kind: "kind",  });

value!(medledger_sdk::api::fhir_audit::KnownRecord, "KnownRecord", { record: "record", version: "version", height: "height", facts: "facts",  });

value!(medledger_sdk::api::fhir_audit::LogKnowledge, "LogKnowledge", { identities: "identities", records: "records", session_entries: "session_entries", transactions: "transactions",  });

/// A patient's access log as a Bundle of FHIR R4 AuditEvents, in JSON: one for each of its entries, and one for each release and
/// refusal in the session logs at hand. `log` is the log's proof, as for `LightClient.read_access_log`.
///
/// Errors: The rule that the proof breaks; API-002 and COD rules for what is known and is not of its kind.
///
/// >>> client = LightClient(ledger.genesis(), now)
/// >>> log = ledger.prove_log(patient.did(), LogKind.ACCESS)
/// >>> audit_events(client, log, LogKnowledge())[:25]
/// b'{"resourceType":"Bundle",'
#[pyfunction]
#[pyo3(signature = (client, log, known))]
fn audit_events<'py>(
    py: Python<'py>,
    client: &Bound<'py, PyAny>,
    log: &Bound<'py, PyAny>,
    known: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let client = given::<super::light::LightClient>(client, "client")?;
    let log = argument::<Vec<u8>>(log, "log")?;
    let known = argument::<medledger_sdk::api::fhir_audit::LogKnowledge>(known, "known")?;
    let client_held = together(py, || client.get().held.shared())?;
    let client = client_held.get(py)?;
    answer(
        py,
        run(py, log.len() >= LARGE, || medledger_sdk::api::fhir_audit::audit_events(client, &log, &known)),
    )?
    .into_python(py)
}

/// A patient's timeline as a Bundle of FHIR R4 Provenances, in JSON: one for each record that an entry anchors, and for each
/// amendment and entered-in-error mark. `timeline` is the timeline's proof, as for `LightClient.read_timeline`.
///
/// Errors: The rule that the proof breaks; API-002 and COD rules for what is known and is not of its kind; FHR-070 for more records than
/// one export names.
///
/// >>> client = LightClient(ledger.genesis(), now)
/// >>> timeline = ledger.prove_log(patient.did(), LogKind.TIMELINE)
/// >>> provenances(client, timeline, LogKnowledge())[:25]
/// b'{"resourceType":"Bundle",'
#[pyfunction]
#[pyo3(signature = (client, timeline, known))]
fn provenances<'py>(
    py: Python<'py>,
    client: &Bound<'py, PyAny>,
    timeline: &Bound<'py, PyAny>,
    known: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let client = given::<super::light::LightClient>(client, "client")?;
    let timeline = argument::<Vec<u8>>(timeline, "timeline")?;
    let known = argument::<medledger_sdk::api::fhir_audit::LogKnowledge>(known, "known")?;
    let client_held = together(py, || client.get().held.shared())?;
    let client = client_held.get(py)?;
    answer(
        py,
        run(py, timeline.len() >= LARGE, || {
            medledger_sdk::api::fhir_audit::provenances(client, &timeline, &known)
        }),
    )?
    .into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(audit_events, module)?)?;
    module.add_function(wrap_pyfunction!(provenances, module)?)?;
    Ok(())
}
