//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{At, Class, FromPython, IntoPython, LARGE, answer, argument, run, value};

value!(medledger_sdk::api::envelope::ReplayWindow, "ReplayWindow", { base: "base", used: "used",  });

value!(medledger_sdk::api::envelope::TransactionView, "TransactionView", { id: "id", hash: "hash", signer: "signer", key: "key", counter: "counter", signed_at: "signed_at", valid_until: "valid_until", operation: "operation", operation_code: "operation_code", body_hash: "body_hash", signed: "signed", signature: "signature", approvals: "approvals",  });

value!(medledger_sdk::api::envelope::ApprovalView, "ApprovalView", { key: "key", signed: "signed", signature: "signature",  });

/// The window after this counter was used.
///
/// Errors: OPR-010 for a counter that was used, OPR-011 for one below the window, OPR-012 for one too far above it.
///
/// >>> window = check_counter(ReplayWindow(base=0, used=0), 1)
/// >>> check_counter(window, 1)
/// Traceback (most recent call last):
/// ...
/// medledger.errors.Refused: OPR-…
#[pyfunction]
#[pyo3(signature = (window, counter))]
fn check_counter<'py>(
    py: Python<'py>,
    window: &Bound<'py, PyAny>,
    counter: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let window = argument::<medledger_sdk::api::envelope::ReplayWindow>(window, "window")?;
    let counter = argument::<u64>(counter, "counter")?;
    answer(py, medledger_sdk::api::envelope::check_counter(&window, counter))?.into_python(py)
}

/// What a transaction for a ledger says. Who holds the keys, and so whether the signatures hold, only the ledger's state
/// tells.
///
/// Errors: COD rules for what does not decode, OPR-001 to OPR-004, OPR-016 and OPR-017 for the envelope.
///
/// >>> transaction = read_transaction(ledger.transaction(granted.transaction), ledger.status().chain)
/// >>> (transaction.operation, transaction.counter)
/// ('consent', 0)
/// >>> verify_signature(patient.device().public_key(), transaction.signed, transaction.signature)
#[pyfunction]
#[pyo3(signature = (transaction, chain))]
fn read_transaction<'py>(
    py: Python<'py>,
    transaction: &Bound<'py, PyAny>,
    chain: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let transaction = argument::<Vec<u8>>(transaction, "transaction")?;
    let chain = argument::<String>(chain, "chain")?;
    answer(
        py,
        run(py, transaction.len() >= LARGE, || {
            medledger_sdk::api::envelope::read_transaction(&transaction, &chain)
        }),
    )?
    .into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(check_counter, module)?)?;
    module.add_function(wrap_pyfunction!(read_transaction, module)?)?;
    Ok(())
}
