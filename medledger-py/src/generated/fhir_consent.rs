//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{
    At, Class, FromPython, IntoPython, LARGE, answer, argument, optional, run, value, word,
};

word!(medledger_sdk::api::fhir_consent::FhirConsentStatus, "FhirConsentStatus");

value!(medledger_sdk::api::fhir_consent::ReferenceActor, "ReferenceActor", { reference: "reference", actor: "actor",  });

value!(medledger_sdk::api::fhir_consent::ConsentOptions, "ConsentOptions", { zone: "zone", actors: "actors",  });

value!(medledger_sdk::api::fhir_consent::ConsentReading, "ConsentReading", { terms: "terms", unmatched: "unmatched",  });

value!(medledger_sdk::api::fhir_consent::ConsentAbout, "ConsentAbout", { status: "status", id: "id", patient: "patient", date_time: "date_time",  });

value!(medledger_sdk::api::fhir_consent::ConsentQuestion, "ConsentQuestion", { at: "at", purpose: "purpose", action: "action", resource_type: "resource_type", actors: "actors", roles: "roles", codes: "codes", labels: "labels", record: "record", authors: "authors", related: "related", data_period: "data_period", custodian: "custodian", zone: "zone",  });

value!(medledger_sdk::api::fhir_consent::ConsentAnswer, "ConsentAnswer", { effect: "effect", reason: "reason", path: "path", unmatched: "unmatched",  });

/// Reads a Consent as terms for a ledger: for every time of their period, and whoever releases. References resolve by an
/// identifier that is a DID, or by the options.
///
/// Errors: FHR rules with the element that can't be read faithfully; FHR-057 and FHR-058 for a Consent whose parts hold at different times,
/// or depend on who releases: see `read_consent_at`.
///
/// >>> written = write_consent(terms, ConsentAbout(status=FhirConsentStatus.ACTIVE, patient=patient.did()))
/// >>> read_consent(written, ConsentOptions()).terms == terms
/// True
#[pyfunction]
#[pyo3(signature = (consent, options))]
fn read_consent<'py>(
    py: Python<'py>,
    consent: &Bound<'py, PyAny>,
    options: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let consent = argument::<Vec<u8>>(consent, "consent")?;
    let options = argument::<medledger_sdk::api::fhir_consent::ConsentOptions>(options, "options")?;
    answer(
        py,
        run(py, consent.len() >= LARGE, || {
            medledger_sdk::api::fhir_consent::read_consent(&consent, &options)
        }),
    )?
    .into_python(py)
}

/// Reads a Consent as terms that hold at a time, where this custodian releases, or one who is not known. Their period is the time
/// around it over which none of the Consent's parts begins or ends.
///
/// Errors: FHR rules with the element that can't be read faithfully.
///
/// >>> written = write_consent(terms, ConsentAbout(status=FhirConsentStatus.ACTIVE, patient=patient.did()))
/// >>> read_consent_at(written, ConsentOptions(), now).terms.effect
/// <Effect.PERMIT: 'permit'>
#[pyfunction]
#[pyo3(signature = (consent, options, at, custodian=None))]
fn read_consent_at<'py>(
    py: Python<'py>,
    consent: &Bound<'py, PyAny>,
    options: &Bound<'py, PyAny>,
    at: &Bound<'py, PyAny>,
    custodian: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let consent = argument::<Vec<u8>>(consent, "consent")?;
    let options = argument::<medledger_sdk::api::fhir_consent::ConsentOptions>(options, "options")?;
    let at = argument::<medledger_sdk::api::Time>(at, "at")?;
    let custodian = optional::<String>(custodian, "custodian")?;
    answer(
        py,
        run(py, consent.len() >= LARGE, || {
            medledger_sdk::api::fhir_consent::read_consent_at(&consent, &options, at, custodian.as_deref())
        }),
    )?
    .into_python(py)
}

/// Writes terms as the canonical JSON of a FHIR R4 Consent that reads back as the same terms.
///
/// Errors: FHR-060 for terms that FHIR has no place for, API-002 and CON rules for terms that can't be.
///
/// >>> write_consent(terms, ConsentAbout(status=FhirConsentStatus.ACTIVE, patient=patient.did()))[:14]
/// b'{"category":[{'
#[pyfunction]
#[pyo3(signature = (terms, about))]
fn write_consent<'py>(
    py: Python<'py>,
    terms: &Bound<'py, PyAny>,
    about: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let terms = argument::<medledger_sdk::api::terms::Terms>(terms, "terms")?;
    let about = argument::<medledger_sdk::api::fhir_consent::ConsentAbout>(about, "about")?;
    answer(py, medledger_sdk::api::fhir_consent::write_consent(&terms, &about))?.into_python(py)
}

/// What one Consent answers to one question, literally: references are compared as they stand.
///
/// Errors: FHR rules with the element that can't be read faithfully.
///
/// >>> written = write_consent(terms, ConsentAbout(status=FhirConsentStatus.ACTIVE, patient=patient.did()))
/// >>> question = ConsentQuestion(
/// ...     at=now, purpose="TREAT", action="access", resource_type="Observation", actors=(hospital.did(),)
/// ... )
/// >>> check_consent(written, question).effect
/// <Effect.PERMIT: 'permit'>
#[pyfunction]
#[pyo3(signature = (consent, question))]
fn check_consent<'py>(
    py: Python<'py>,
    consent: &Bound<'py, PyAny>,
    question: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let consent = argument::<Vec<u8>>(consent, "consent")?;
    let question = argument::<medledger_sdk::api::fhir_consent::ConsentQuestion>(question, "question")?;
    answer(
        py,
        run(py, consent.len() >= LARGE, || {
            medledger_sdk::api::fhir_consent::check_consent(&consent, &question)
        }),
    )?
    .into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(read_consent, module)?)?;
    module.add_function(wrap_pyfunction!(read_consent_at, module)?)?;
    module.add_function(wrap_pyfunction!(write_consent, module)?)?;
    module.add_function(wrap_pyfunction!(check_consent, module)?)?;
    Ok(())
}
