//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{At, Class, FromPython, IntoPython, answer, argument, given, together, value, word};

word!(medledger_sdk::api::restoring::SheetStanding, "SheetStanding");

word!(medledger_sdk::api::restoring::RotationTurn, "RotationTurn");

value!(medledger_sdk::api::restoring::FoundDevice, "FoundDevice", { device: "device", key: "key", live: "live",  });

value!(medledger_sdk::api::restoring::FoundIdentity, "FoundIdentity", { identity: "identity", did: "did", standing: "standing", devices: "devices",  });

value!(medledger_sdk::api::restoring::PlannedRotation, "PlannedRotation", { did: "did", turn: "turn", identity: "identity", successor: "successor",  });

/// The keys of the state that finding a sheet's identities takes beside those that are proven: ask for these and for all before,
/// until there are none.
///
/// Errors: API-007 for a state that is damaged.
///
/// >>> first, second = Sheet.draw().keys(""), Sheet.draw().keys("")
/// >>> len(restore_asks(first)) > 0
/// True
#[pyfunction]
#[pyo3(signature = (first, state=None))]
fn restore_asks<'py>(
    py: Python<'py>,
    first: &Bound<'py, PyAny>,
    state: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let first = given::<super::sheets::SheetKeys>(first, "first")?;
    let state = state.map(|one| given::<super::light::ProvenState>(one, "state")).transpose()?;
    let (first_held, state_held) = together(py, || {
        Ok((first.get().held.shared()?, state.map(|one| one.get().held.shared()).transpose()?))
    })?;
    let first = first_held.get(py)?;
    let state = state_held.as_ref().map(|one| one.get(py)).transpose()?;
    answer(py, medledger_sdk::api::restoring::restore_asks(first, state))?.into_python(py)
}

/// All identities of a first sheet that the ledger knows.
///
/// Errors: WAL-020 where there is none, API-008 where the proof does not cover all that is asked.
///
/// >>> first, second = Sheet.draw().keys(""), Sheet.draw().keys("")
/// >>> new = first.relationship(0, second.successor_digest(0), IdentityKind.PATIENT)
/// >>> recorded = record(new.incept(sender(hospital)), hospital)
/// >>> client = LightClient(ledger.genesis(), now)
/// >>> asks, state = [], None
/// >>> while more := restore_asks(first, state):
/// ...     asks.extend(more)
/// ...     state = client.read_state(ledger.prove_state(asks))
/// >>> [found.did == new.did() for found in restore(first, state)]
/// [True]
#[pyfunction]
#[pyo3(signature = (first, state))]
fn restore<'py>(
    py: Python<'py>,
    first: &Bound<'py, PyAny>,
    state: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let first = given::<super::sheets::SheetKeys>(first, "first")?;
    let state = given::<super::light::ProvenState>(state, "state")?;
    let (first_held, state_held) =
        together(py, || Ok((first.get().held.shared()?, state.get().held.shared()?)))?;
    let first = first_held.get(py)?;
    let state = state_held.get(py)?;
    answer(py, medledger_sdk::api::restoring::restore(first, state))?.into_python(py)
}

/// What the second sheet does with each of these identities.
///
/// Errors: API-002 for what is no DID, API-008 where the state does not cover them, WAL-040 and WAL-041 for a sheet that is not the second
/// one.
///
/// >>> first, second = Sheet.draw().keys(""), Sheet.draw().keys("")
/// >>> new = first.relationship(0, second.successor_digest(0), IdentityKind.PATIENT)
/// >>> recorded = record(new.incept(sender(hospital)), hospital)
/// >>> state = LightClient(ledger.genesis(), now).read_state(ledger.prove_identity(new.did()))
/// >>> [plan.turn for plan in plan_rotation(second, [new.did()], state)]
/// [<RotationTurn.DUE: 'due'>]
#[pyfunction]
#[pyo3(signature = (second, dids, state))]
fn plan_rotation<'py>(
    py: Python<'py>,
    second: &Bound<'py, PyAny>,
    dids: &Bound<'py, PyAny>,
    state: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let second = given::<super::sheets::SheetKeys>(second, "second")?;
    let dids = argument::<Vec<String>>(dids, "dids")?;
    let state = given::<super::light::ProvenState>(state, "state")?;
    let (second_held, state_held) =
        together(py, || Ok((second.get().held.shared()?, state.get().held.shared()?)))?;
    let second = second_held.get(py)?;
    let state = state_held.get(py)?;
    answer(py, medledger_sdk::api::restoring::plan_rotation(second, &dids, state))?.into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(restore_asks, module)?)?;
    module.add_function(wrap_pyfunction!(restore, module)?)?;
    module.add_function(wrap_pyfunction!(plan_rotation, module)?)?;
    Ok(())
}
