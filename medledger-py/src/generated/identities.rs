//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{
    At, Class, FromPython, Held, IntoPython, LARGE, answer, argument, entropy, run, together, value,
};

value!(medledger_sdk::api::identities::DevicePublicKeys, "DevicePublicKeys", { signing: "signing", agreement: "agreement",  });

value!(medledger_sdk::api::identities::Founder, "Founder", { inception: "inception", member: "member",  });

value!(medledger_sdk::api::identities::GenesisSummary, "GenesisSummary", { chain: "chain", name: "name", time: "time", validators: "validators", founders: "founders",  });

/// An identity that no ledger knows yet, with fresh keys in memory: of one device, of the controller and of its successor.
/// A patient's keys come from sheets of words instead (see `Sheet`).
///
/// >>> doctor = NewIdentity.draw(IdentityKind.PRACTITIONER)
/// >>> draft = doctor.incept(sender(hospital))
/// >>> record(draft, hospital).subjects == (doctor.did(),)
/// True
/// >>> inception_did(doctor.inception()) == doctor.did()
/// True
/// >>> sorted(key.role.value for key in ledger.identity(doctor.did()).keys)
/// ['controller', 'device']
/// >>> doctor.controller().id() == doctor.device().id() or doctor.successor().id() == doctor.device().id()
/// False
/// >>> len(doctor.agreement().public_key())
/// 32
#[pyclass(frozen, module = "medledger")]
pub(super) struct NewIdentity {
    pub(super) held: Held<medledger_sdk::api::identities::NewIdentity>,
}

impl IntoPython for medledger_sdk::api::identities::NewIdentity {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, NewIdentity { held: Held::new(self, "new identity") })?.into_any())
    }
}

#[pymethods]
impl NewIdentity {
    /// Draws the keys of a new identity.
    ///
    /// Errors: COD-013, which an inception never gives.
    #[classmethod]
    #[pyo3(signature = (kind))]
    fn draw<'py>(
        class: &Bound<'py, pyo3::types::PyType>,
        kind: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let kind = argument::<medledger_sdk::api::identity::IdentityKind>(kind, "kind")?;
        let mut rng = entropy()?;
        answer(py, medledger_sdk::api::identities::NewIdentity::draw(kind, &mut rng))?.into_python(py)
    }

    /// What it will be called.
    #[pyo3(signature = ())]
    fn did<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.did().into_python(py)
    }

    /// What the ledger is told.
    ///
    /// Errors: COD-013, which an inception never gives.
    #[pyo3(signature = ())]
    fn inception<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.inception())?.into_python(py)
    }

    /// The device's key, which signs consents, access and records.
    #[pyo3(signature = ())]
    fn device<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.device().into_python(py)
    }

    /// The device's other key, which records are encrypted to.
    #[pyo3(signature = ())]
    fn agreement<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.agreement().into_python(py)
    }

    /// The controller's key, which adds and revokes devices, and is not kept on one.
    #[pyo3(signature = ())]
    fn controller<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.controller().into_python(py)
    }

    /// The successor's key, which signs the first rotation, and is kept elsewhere than the controller's.
    #[pyo3(signature = ())]
    fn successor<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.successor().into_python(py)
    }

    /// The inception, for its sponsor to sign: each new key has proven its possession.
    ///
    /// Errors: API-002 for a sender that is none.
    #[pyo3(signature = (sponsor))]
    fn incept<'py>(slf: &Bound<'py, Self>, sponsor: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let sponsor = argument::<medledger_sdk::api::draft::Sender>(sponsor, "sponsor")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.incept(&sponsor))?.into_python(py)
    }

    /// Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        self.held.close(py)
    }

    fn __enter__<'py>(slf: Bound<'py, Self>) -> Bound<'py, Self> {
        slf
    }

    #[pyo3(signature = (_exc_type, _exc, _traceback, /))]
    fn __exit__(
        &self,
        py: Python<'_>,
        _exc_type: &Bound<'_, PyAny>,
        _exc: &Bound<'_, PyAny>,
        _traceback: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        self.held.close(py)
    }
}

/// An inception whose keys lie elsewhere, for its sponsor to sign once the device's and the controller's keys have
/// approved it.
///
/// Errors: API-002 for a sender that is none; IDN rules for an inception that can't be.
///
/// >>> doctor = NewIdentity.draw(IdentityKind.PRACTITIONER)
/// >>> incept(sender(hospital), doctor.inception()).operation()
/// 'inception'
#[pyfunction]
#[pyo3(signature = (sponsor, inception))]
fn incept<'py>(
    py: Python<'py>,
    sponsor: &Bound<'py, PyAny>,
    inception: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let sponsor = argument::<medledger_sdk::api::draft::Sender>(sponsor, "sponsor")?;
    let inception = argument::<Vec<u8>>(inception, "inception")?;
    answer(
        py,
        run(py, inception.len() >= LARGE, || medledger_sdk::api::identities::incept(&sponsor, &inception)),
    )?
    .into_python(py)
}

/// The DID of an inception.
///
/// Errors: COD and IDN rules for an inception that can't be.
///
/// >>> inception_did(patient.inception()) == patient.did()
/// True
#[pyfunction]
#[pyo3(signature = (inception))]
fn inception_did<'py>(py: Python<'py>, inception: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let inception = argument::<Vec<u8>>(inception, "inception")?;
    answer(
        py,
        run(py, inception.len() >= LARGE, || medledger_sdk::api::identities::inception_did(&inception)),
    )?
    .into_python(py)
}

/// One more device, for the controller to sign once the device's signing key has approved it.
///
/// Errors: API-002 for a sender that is none, API-003 for keys that are none.
///
/// >>> phone = Key.draw()
/// >>> controller = ledger.sender(patient.did(), patient.controller().id(), now, 3_600_000)
/// >>> draft = add_device(controller, DevicePublicKeys(signing=phone.public_key()))
/// >>> draft.approve(phone)
/// >>> id = ledger.submit(draft.sign(patient.controller()).bytes, now)
/// >>> ledger.produce(validator, now).results[0].rule is None
/// True
#[pyfunction]
#[pyo3(signature = (controller, device))]
fn add_device<'py>(
    py: Python<'py>,
    controller: &Bound<'py, PyAny>,
    device: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let controller = argument::<medledger_sdk::api::draft::Sender>(controller, "controller")?;
    let device = argument::<medledger_sdk::api::identities::DevicePublicKeys>(device, "device")?;
    answer(py, medledger_sdk::api::identities::add_device(&controller, &device))?.into_python(py)
}

/// The end of a device, for the controller to sign, or for that very device.
///
/// Errors: API-002 for a sender or a key's id that is none.
///
/// >>> controller = ledger.sender(patient.did(), patient.controller().id(), now, 3_600_000)
/// >>> revoke_device(controller, patient.device().id()).operation()
/// 'device revocation'
#[pyfunction]
#[pyo3(signature = (sender, key))]
fn revoke_device<'py>(
    py: Python<'py>,
    sender: &Bound<'py, PyAny>,
    key: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let sender = argument::<medledger_sdk::api::draft::Sender>(sender, "sender")?;
    let key = argument::<String>(key, "key")?;
    answer(py, medledger_sdk::api::identities::revoke_device(&sender, &key))?.into_python(py)
}

/// The end of an identity, for its controller to sign. It can't be undone.
///
/// Errors: API-002 for a sender that is none.
///
/// >>> controller = ledger.sender(patient.did(), patient.controller().id(), now, 3_600_000)
/// >>> deactivate(controller).operation()
/// 'deactivation'
#[pyfunction]
#[pyo3(signature = (controller))]
fn deactivate<'py>(py: Python<'py>, controller: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let controller = argument::<medledger_sdk::api::draft::Sender>(controller, "controller")?;
    answer(py, medledger_sdk::api::identities::deactivate(&controller))?.into_python(py)
}

/// The successor takes over: for it to sign, once each device that comes has approved. `control` is the identity as the
/// ledger holds it, `successor` the public key that signs and becomes the controller, `next` the digest of whatever comes after it, `keep` the ids of the
/// device keys that stay.
///
/// Errors: API-002 and API-003 for what is none, COD rules for a `control` that is damaged, IDN rules for doubles.
///
/// >>> successor, later = patient.successor(), Key.draw()
/// >>> draft = rotate(
/// ...     ledger.sender(patient.did(), successor.id(), now, 3_600_000),
/// ...     ledger.control(patient.did()),
/// ...     successor.public_key(),
/// ...     next=successor_digest(later.public_key()),
/// ...     keep=[patient.device().id()],
/// ...     add=[],
/// ... )
/// >>> id = ledger.submit(draft.sign(successor).bytes, now)
/// >>> ledger.produce(validator, now).results[0].rule is None
/// True
/// >>> ledger.identity(patient.did()).rotations
/// 1
#[pyfunction]
#[pyo3(signature = (sender, control, successor, next, keep, add))]
fn rotate<'py>(
    py: Python<'py>,
    sender: &Bound<'py, PyAny>,
    control: &Bound<'py, PyAny>,
    successor: &Bound<'py, PyAny>,
    next: &Bound<'py, PyAny>,
    keep: &Bound<'py, PyAny>,
    add: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let sender = argument::<medledger_sdk::api::draft::Sender>(sender, "sender")?;
    let control = argument::<Vec<u8>>(control, "control")?;
    let successor = argument::<Vec<u8>>(successor, "successor")?;
    let next = argument::<String>(next, "next")?;
    let keep = argument::<Vec<String>>(keep, "keep")?;
    let add = argument::<Vec<medledger_sdk::api::identities::DevicePublicKeys>>(add, "add")?;
    answer(
        py,
        run(py, control.len() >= LARGE || successor.len() >= LARGE, || {
            medledger_sdk::api::identities::rotate(&sender, &control, &successor, &next, &keep, &add)
        }),
    )?
    .into_python(py)
}

/// An organisation vouches for a practitioner's role, for the organisation to sign.
///
/// Errors: API-002 for what is none, IDN rules for a credential that can't be.
///
/// >>> doctor = NewIdentity.draw(IdentityKind.PRACTITIONER)
/// >>> issued = record(doctor.incept(sender(hospital)), hospital)
/// >>> role = Coding("309343006", system="http://snomed.info/sct")
/// >>> period = Period(now, now + timedelta(days=365))
/// >>> record(issue_credential(sender(hospital), doctor.did(), role, period), hospital).rule is None
/// True
#[pyfunction]
#[pyo3(signature = (issuer, holder, role, period))]
fn issue_credential<'py>(
    py: Python<'py>,
    issuer: &Bound<'py, PyAny>,
    holder: &Bound<'py, PyAny>,
    role: &Bound<'py, PyAny>,
    period: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let issuer = argument::<medledger_sdk::api::draft::Sender>(issuer, "issuer")?;
    let holder = argument::<String>(holder, "holder")?;
    let role = argument::<medledger_sdk::api::units::Coding>(role, "role")?;
    let period = argument::<medledger_sdk::api::units::Period>(period, "period")?;
    answer(py, medledger_sdk::api::identities::issue_credential(&issuer, &holder, &role, &period))?
        .into_python(py)
}

/// And takes it back.
///
/// Errors: API-002 for what is none.
///
/// >>> role = Coding("309343006", system="http://snomed.info/sct")
/// >>> period = Period(now, now + timedelta(days=365))
/// >>> doctor = NewIdentity.draw(IdentityKind.PRACTITIONER)
/// >>> incepted = record(doctor.incept(sender(hospital)), hospital)
/// >>> issued = record(issue_credential(sender(hospital), doctor.did(), role, period), hospital)
/// >>> credential = credential_id(issued.transaction)
/// >>> record(revoke_credential(sender(hospital), credential), hospital).rule is None
/// True
#[pyfunction]
#[pyo3(signature = (issuer, credential))]
fn revoke_credential<'py>(
    py: Python<'py>,
    issuer: &Bound<'py, PyAny>,
    credential: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let issuer = argument::<medledger_sdk::api::draft::Sender>(issuer, "issuer")?;
    let credential = argument::<String>(credential, "credential")?;
    answer(py, medledger_sdk::api::identities::revoke_credential(&issuer, &credential))?.into_python(py)
}

/// The id of the credential that a transaction issued.
///
/// Errors: API-002 for a transaction's id that is none.
///
/// >>> len(credential_id(granted.transaction))
/// 64
#[pyfunction]
#[pyo3(signature = (transaction))]
fn credential_id<'py>(py: Python<'py>, transaction: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let transaction = argument::<String>(transaction, "transaction")?;
    answer(py, medledger_sdk::api::identities::credential_id(&transaction))?.into_python(py)
}

/// A genesis under proof of authority, with the default parameters and validators that take turns in this order. Its bytes
/// are what everybody who reads the ledger starts from.
///
/// Errors: API-003 for keys that are none; COD, IDN and CHN rules for founders that can't be.
///
/// >>> founder = Founder(inception=hospital.inception(), member=True)
/// >>> bytes = genesis("Riverside", now, [validator.public_key()], [founder])
/// >>> read_genesis(bytes).name
/// 'Riverside'
#[pyfunction]
#[pyo3(signature = (name, time, validators, founders))]
fn genesis<'py>(
    py: Python<'py>,
    name: &Bound<'py, PyAny>,
    time: &Bound<'py, PyAny>,
    validators: &Bound<'py, PyAny>,
    founders: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let name = argument::<String>(name, "name")?;
    let time = argument::<medledger_sdk::api::Time>(time, "time")?;
    let validators = argument::<Vec<Vec<u8>>>(validators, "validators")?;
    let founders = argument::<Vec<medledger_sdk::api::identities::Founder>>(founders, "founders")?;
    answer(
        py,
        run(py, true, || medledger_sdk::api::identities::genesis(&name, time, &validators, &founders)),
    )?
    .into_python(py)
}

/// What a genesis says, once it is checked.
///
/// Errors: COD, IDN and CHN rules for bytes that are no sound genesis.
///
/// >>> read_genesis(ledger.genesis()).founders == (hospital.did(),)
/// True
#[pyfunction]
#[pyo3(signature = (genesis))]
fn read_genesis<'py>(py: Python<'py>, genesis: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let genesis = argument::<Vec<u8>>(genesis, "genesis")?;
    answer(py, run(py, genesis.len() >= LARGE, || medledger_sdk::api::identities::read_genesis(&genesis)))?
        .into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<NewIdentity>()?;
    module.add_function(wrap_pyfunction!(incept, module)?)?;
    module.add_function(wrap_pyfunction!(inception_did, module)?)?;
    module.add_function(wrap_pyfunction!(add_device, module)?)?;
    module.add_function(wrap_pyfunction!(revoke_device, module)?)?;
    module.add_function(wrap_pyfunction!(deactivate, module)?)?;
    module.add_function(wrap_pyfunction!(rotate, module)?)?;
    module.add_function(wrap_pyfunction!(issue_credential, module)?)?;
    module.add_function(wrap_pyfunction!(revoke_credential, module)?)?;
    module.add_function(wrap_pyfunction!(credential_id, module)?)?;
    module.add_function(wrap_pyfunction!(genesis, module)?)?;
    module.add_function(wrap_pyfunction!(read_genesis, module)?)?;
    Ok(())
}
