//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{At, Class, FromPython, IntoPython, LARGE, answer, argument, run, value, word};

word!(medledger_sdk::api::terms::DecisionEffect, "DecisionEffect");

value!(medledger_sdk::api::terms::Terms, "Terms", { period: "period", effect: "effect", criteria: "criteria", directive: "directive", rules: "rules", obligations: "obligations", uses: "uses",  });

value!(medledger_sdk::api::terms::Reach, "Reach", { set: "set", types: "types", categories: "categories", codes: "codes", labels: "labels", records: "records", authors: "authors", related: "related", period: "period",  });

value!(medledger_sdk::api::terms::Request, "Request", { requester: "requester", action: "action", purpose: "purpose", reach: "reach", organisation: "organisation", roles: "roles",  });

value!(medledger_sdk::api::terms::Decision, "Decision", { effect: "effect", reason: "reason", path: "path", obligations: "obligations",  });

value!(medledger_sdk::api::terms::NamedTerms, "NamedTerms", { consent: "consent", terms: "terms",  });

value!(medledger_sdk::api::terms::Ground, "Ground", { overrides_deny: "overrides_deny",  });

/// Checks terms that are to stand open on a ledger.
///
/// Errors: CON-001 to CON-011 with the first fault.
///
/// >>> check_terms(terms)
/// >>> from dataclasses import replace
/// >>> check_terms(replace(terms, period=Period(now, now)))
/// Traceback (most recent call last):
/// ...
/// medledger.errors.Refused: CON-…
#[pyfunction]
#[pyo3(signature = (terms))]
fn check_terms<'py>(py: Python<'py>, terms: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let terms = argument::<medledger_sdk::api::terms::Terms>(terms, "terms")?;
    answer(py, medledger_sdk::api::terms::check_terms(&terms))?.into_python(py)
}

/// Terms as bytes: their one encoding.
///
/// Errors: API-002 for what is none, CON rules for terms that can't be.
///
/// >>> terms_from_bytes(terms_to_bytes(terms)) == terms
/// True
#[pyfunction]
#[pyo3(signature = (terms))]
fn terms_to_bytes<'py>(py: Python<'py>, terms: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let terms = argument::<medledger_sdk::api::terms::Terms>(terms, "terms")?;
    answer(py, medledger_sdk::api::terms::terms_to_bytes(&terms))?.into_python(py)
}

/// Terms from their bytes.
///
/// Errors: COD and CON rules for bytes that are no terms.
///
/// >>> terms_from_bytes(b"\xff")
/// Traceback (most recent call last):
/// ...
/// medledger.errors.Malformed: COD-…
#[pyfunction]
#[pyo3(signature = (bytes))]
fn terms_from_bytes<'py>(py: Python<'py>, bytes: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let bytes = argument::<Vec<u8>>(bytes, "bytes")?;
    answer(py, run(py, bytes.len() >= LARGE, || medledger_sdk::api::terms::terms_from_bytes(&bytes)))?
        .into_python(py)
}

/// What the terms of one consent say to a request at a time: pure, and the same everywhere.
///
/// Errors: API-002 for what is none, CON rules for terms that can't be.
///
/// >>> request = Request(requester=hospital.did(), action="read", purpose="TREAT", reach=Reach(set=False))
/// >>> decide(terms, request, now).effect
/// <DecisionEffect.PERMIT: 'permit'>
/// >>> decide(terms, request, now + timedelta(days=30)).reason
/// <AnswerReason.EXPIRED: 'expired'>
#[pyfunction]
#[pyo3(signature = (terms, request, at))]
fn decide<'py>(
    py: Python<'py>,
    terms: &Bound<'py, PyAny>,
    request: &Bound<'py, PyAny>,
    at: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let terms = argument::<medledger_sdk::api::terms::Terms>(terms, "terms")?;
    let request = argument::<medledger_sdk::api::terms::Request>(request, "request")?;
    let at = argument::<medledger_sdk::api::Time>(at, "at")?;
    answer(py, medledger_sdk::api::terms::decide(&terms, &request, at))?.into_python(py)
}

/// What one consent says to each of many requests at a time.
///
/// Errors: As `decide`.
///
/// >>> requests = [
/// ...     Request(requester=hospital.did(), action="read", purpose=purpose, reach=Reach(set=False))
/// ...     for purpose in ("TREAT", "HRESCH")
/// ... ]
/// >>> [decision.effect.value for decision in decide_each(terms, requests, now)]
/// ['permit', 'not-applicable']
#[pyfunction]
#[pyo3(signature = (terms, requests, at))]
fn decide_each<'py>(
    py: Python<'py>,
    terms: &Bound<'py, PyAny>,
    requests: &Bound<'py, PyAny>,
    at: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let terms = argument::<medledger_sdk::api::terms::Terms>(terms, "terms")?;
    let requests = argument::<Vec<medledger_sdk::api::terms::Request>>(requests, "requests")?;
    let at = argument::<medledger_sdk::api::Time>(at, "at")?;
    answer(py, medledger_sdk::api::terms::decide_each(&terms, &requests, at))?.into_python(py)
}

/// What all active consents of a subject answer, in the order of their slots, to a request that stands on one of them.
///
/// Errors: API-002 for what is none, CON rules for terms that can't be.
///
/// >>> request = Request(requester=hospital.did(), action="read", purpose="TREAT", reach=Reach(set=False))
/// >>> answer = decide_by_consent([NamedTerms(consent, terms)], consent, request, now)
/// >>> (answer.effect, answer.consent == consent)
/// (<Effect.PERMIT: 'permit'>, True)
#[pyfunction]
#[pyo3(signature = (consents, basis, request, at))]
fn decide_by_consent<'py>(
    py: Python<'py>,
    consents: &Bound<'py, PyAny>,
    basis: &Bound<'py, PyAny>,
    request: &Bound<'py, PyAny>,
    at: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let consents = argument::<Vec<medledger_sdk::api::terms::NamedTerms>>(consents, "consents")?;
    let basis = argument::<String>(basis, "basis")?;
    let request = argument::<medledger_sdk::api::terms::Request>(request, "request")?;
    let at = argument::<medledger_sdk::api::Time>(at, "at")?;
    answer(py, medledger_sdk::api::terms::decide_by_consent(&consents, &basis, &request, at))?.into_python(py)
}

/// The same for a request that stands on a registered legal ground.
///
/// Errors: API-002 for what is none, CON rules for terms that can't be.
///
/// >>> request = Request(requester=hospital.did(), action="read", purpose="PUBHLTH", reach=Reach(set=False))
/// >>> decide_by_ground([NamedTerms(consent, terms)], Ground(overrides_deny=False), request, now).reason
/// <AnswerReason.LEGAL_GROUND: 'legal-ground'>
#[pyfunction]
#[pyo3(signature = (consents, ground, request, at))]
fn decide_by_ground<'py>(
    py: Python<'py>,
    consents: &Bound<'py, PyAny>,
    ground: &Bound<'py, PyAny>,
    request: &Bound<'py, PyAny>,
    at: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let consents = argument::<Vec<medledger_sdk::api::terms::NamedTerms>>(consents, "consents")?;
    let ground = argument::<medledger_sdk::api::terms::Ground>(ground, "ground")?;
    let request = argument::<medledger_sdk::api::terms::Request>(request, "request")?;
    let at = argument::<medledger_sdk::api::Time>(at, "at")?;
    answer(py, medledger_sdk::api::terms::decide_by_ground(&consents, &ground, &request, at))?.into_python(py)
}

/// A new consent in a slot (0 to 255) that is free, for the patient to sign.
///
/// Errors: API-002 for what is none, CON rules for terms that can't stand open on a ledger.
///
/// >>> grant_consent(sender(patient), 1, terms).operation()
/// 'consent'
#[pyfunction]
#[pyo3(signature = (patient, slot, terms))]
fn grant_consent<'py>(
    py: Python<'py>,
    patient: &Bound<'py, PyAny>,
    slot: &Bound<'py, PyAny>,
    terms: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let patient = argument::<medledger_sdk::api::draft::Sender>(patient, "patient")?;
    let slot = argument::<u64>(slot, "slot")?;
    let terms = argument::<medledger_sdk::api::terms::Terms>(terms, "terms")?;
    answer(py, medledger_sdk::api::terms::grant_consent(&patient, slot, &terms))?.into_python(py)
}

/// New terms for a consent in the version that they replace, for its patient to sign.
///
/// Errors: API-002 for what is none, CON rules for terms that can't stand open on a ledger.
///
/// >>> current = ledger.consent(consent, now)
/// >>> record(amend_consent(sender(patient), consent, current.version_hash, terms), patient).rule is None
/// True
#[pyfunction]
#[pyo3(signature = (patient, consent, replaces, terms))]
fn amend_consent<'py>(
    py: Python<'py>,
    patient: &Bound<'py, PyAny>,
    consent: &Bound<'py, PyAny>,
    replaces: &Bound<'py, PyAny>,
    terms: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let patient = argument::<medledger_sdk::api::draft::Sender>(patient, "patient")?;
    let consent = argument::<String>(consent, "consent")?;
    let replaces = argument::<String>(replaces, "replaces")?;
    let terms = argument::<medledger_sdk::api::terms::Terms>(terms, "terms")?;
    answer(py, medledger_sdk::api::terms::amend_consent(&patient, &consent, &replaces, &terms))?
        .into_python(py)
}

/// The end of a consent, in whatever version, for its patient to sign.
///
/// Errors: API-002 for what is none.
///
/// >>> record(revoke_consent(sender(patient), consent), patient).rule is None
/// True
/// >>> ledger.consent(consent, now).status
/// <ConsentStanding.REVOKED: 'revoked'>
#[pyfunction]
#[pyo3(signature = (patient, consent))]
fn revoke_consent<'py>(
    py: Python<'py>,
    patient: &Bound<'py, PyAny>,
    consent: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let patient = argument::<medledger_sdk::api::draft::Sender>(patient, "patient")?;
    let consent = argument::<String>(consent, "consent")?;
    answer(py, medledger_sdk::api::terms::revoke_consent(&patient, &consent))?.into_python(py)
}

/// The id of the consent that a transaction granted.
///
/// Errors: API-002 for a transaction's id that is none.
///
/// >>> consent_id(granted.transaction) == consent
/// True
#[pyfunction]
#[pyo3(signature = (transaction))]
fn consent_id<'py>(py: Python<'py>, transaction: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let transaction = argument::<String>(transaction, "transaction")?;
    answer(py, medledger_sdk::api::terms::consent_id(&transaction))?.into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(check_terms, module)?)?;
    module.add_function(wrap_pyfunction!(terms_to_bytes, module)?)?;
    module.add_function(wrap_pyfunction!(terms_from_bytes, module)?)?;
    module.add_function(wrap_pyfunction!(decide, module)?)?;
    module.add_function(wrap_pyfunction!(decide_each, module)?)?;
    module.add_function(wrap_pyfunction!(decide_by_consent, module)?)?;
    module.add_function(wrap_pyfunction!(decide_by_ground, module)?)?;
    module.add_function(wrap_pyfunction!(grant_consent, module)?)?;
    module.add_function(wrap_pyfunction!(amend_consent, module)?)?;
    module.add_function(wrap_pyfunction!(revoke_consent, module)?)?;
    module.add_function(wrap_pyfunction!(consent_id, module)?)?;
    Ok(())
}
