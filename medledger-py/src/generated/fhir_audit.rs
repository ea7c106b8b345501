//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{At, Class, FromPython, IntoPython, LARGE, answer, argument, run, value};

value!(medledger_sdk::api::fhir_audit::KnownIdentity, "KnownIdentity", { did: "did", kind: "kind",  });

value!(medledger_sdk::api::fhir_audit::KnownRecord, "KnownRecord", { record: "record", version: "version", height: "height", facts: "facts",  });

value!(medledger_sdk::api::fhir_audit::LogKnowledge, "LogKnowledge", { identities: "identities", records: "records", session_entries: "session_entries", transactions: "transactions",  });

/// A patient's access log as a Bundle of FHIR R4 AuditEvents, in JSON: one for each of its entries, and one for each release and
/// refusal in the session logs at hand. `log` is the log's proof, which is checked with the genesis alone.
///
/// Errors: COD rules for what is no proof, LGT rules for one that does not hold; API-002 and COD rules for what is known and is not of its
/// kind.
///
/// >>> log = ledger.prove_log(patient.did(), LogKind.ACCESS)
/// >>> audit_events(ledger.genesis(), log, now, LogKnowledge())[:25]
/// b'{"resourceType":"Bundle",'
#[pyfunction]
#[pyo3(signature = (genesis, log, now, known))]
fn audit_events<'py>(
    py: Python<'py>,
    genesis: &Bound<'py, PyAny>,
    log: &Bound<'py, PyAny>,
    now: &Bound<'py, PyAny>,
    known: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let genesis = argument::<Vec<u8>>(genesis, "genesis")?;
    let log = argument::<Vec<u8>>(log, "log")?;
    let now = argument::<medledger_sdk::api::Time>(now, "now")?;
    let known = argument::<medledger_sdk::api::fhir_audit::LogKnowledge>(known, "known")?;
    answer(
        py,
        run(py, genesis.len() >= LARGE || log.len() >= LARGE, || {
            medledger_sdk::api::fhir_audit::audit_events(&genesis, &log, now, &known)
        }),
    )?
    .into_python(py)
}

/// A patient's timeline as a Bundle of FHIR R4 Provenances, in JSON: one for each record that an entry anchors, and for each
/// amendment and entered-in-error mark. `timeline` is the timeline's proof, which is checked with the genesis alone.
///
/// Errors: As `audit_events`, and FHR-070 for more records than one export names.
///
/// >>> timeline = ledger.prove_log(patient.did(), LogKind.TIMELINE)
/// >>> provenances(ledger.genesis(), timeline, now, LogKnowledge())[:25]
/// b'{"resourceType":"Bundle",'
#[pyfunction]
#[pyo3(signature = (genesis, timeline, now, known))]
fn provenances<'py>(
    py: Python<'py>,
    genesis: &Bound<'py, PyAny>,
    timeline: &Bound<'py, PyAny>,
    now: &Bound<'py, PyAny>,
    known: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let genesis = argument::<Vec<u8>>(genesis, "genesis")?;
    let timeline = argument::<Vec<u8>>(timeline, "timeline")?;
    let now = argument::<medledger_sdk::api::Time>(now, "now")?;
    let known = argument::<medledger_sdk::api::fhir_audit::LogKnowledge>(known, "known")?;
    answer(
        py,
        run(py, genesis.len() >= LARGE || timeline.len() >= LARGE, || {
            medledger_sdk::api::fhir_audit::provenances(&genesis, &timeline, now, &known)
        }),
    )?
    .into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(audit_events, module)?)?;
    module.add_function(wrap_pyfunction!(provenances, module)?)?;
    Ok(())
}
