//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{At, Caller, Class, FromPython, IntoPython, LARGE, answer, argument, run, value};

value!(medledger_sdk::api::signatures::SignatureClaim, "SignatureClaim", { public_key: "public_key", message: "message", signature: "signature",  });

value!(medledger_sdk::api::signatures::BadSignature, "BadSignature", { index: "index", fault: "fault",  });

/// Checks an Ed25519 signature under the protocol's rule: canonical encodings, no points of small order, the cofactored
/// equation.
///
/// Errors: The CRY rule that fails first, API-003 for a key or a signature of another length.
///
/// >>> verify_signature(validator.public_key(), b"message", validator.sign(b"message"))
/// >>> verify_signature(validator.public_key(), b"other", validator.sign(b"message"))
/// Traceback (most recent call last):
/// ...
/// medledger.errors.Invalid: CRY-…
#[pyfunction]
#[pyo3(signature = (public_key, message, signature))]
fn verify_signature<'py>(
    py: Python<'py>,
    public_key: &Bound<'py, PyAny>,
    message: &Bound<'py, PyAny>,
    signature: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let public_key = argument::<Vec<u8>>(public_key, "public_key")?;
    let message = argument::<Vec<u8>>(message, "message")?;
    let signature = argument::<Vec<u8>>(signature, "signature")?;
    answer(
        py,
        run(py, public_key.len() >= LARGE || message.len() >= LARGE || signature.len() >= LARGE, || {
            medledger_sdk::api::signatures::verify_signature(&public_key, &message, &signature)
        }),
    )?
    .into_python(py)
}

/// Checks many signatures at once, at a third of the price: those that do not hold, by their place in the list, with what
/// `verify_signature` says of each. None when all hold.
///
/// Errors: API-009 when it was stopped.
///
/// >>> good = SignatureClaim(validator.public_key(), b"message", validator.sign(b"message"))
/// >>> bad = SignatureClaim(validator.public_key(), b"other", validator.sign(b"message"))
/// >>> [(fault.index, fault.fault.code[:3]) for fault in verify_signatures([good, bad])]
/// [(1, 'CRY')]
#[pyfunction]
#[pyo3(signature = (claims, progress=None))]
fn verify_signatures<'py>(
    py: Python<'py>,
    claims: &Bound<'py, PyAny>,
    progress: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let claims = argument::<Vec<medledger_sdk::api::signatures::SignatureClaim>>(claims, "claims")?;
    let progress = Caller::progress(progress)?;
    progress
        .answer(
            py,
            run(py, true, || medledger_sdk::api::signatures::verify_signatures(&claims, &mut &progress)),
        )?
        .into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(verify_signature, module)?)?;
    module.add_function(wrap_pyfunction!(verify_signatures, module)?)?;
    Ok(())
}
