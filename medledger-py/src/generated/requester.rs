//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{
    At, Class, FromPython, Held, IntoPython, LARGE, answer, argument, entropy, given, run, together, value,
};

value!(medledger_sdk::api::requester::SessionAsk, "SessionAsk", { subject: "subject", action: "action", purpose: "purpose", until: "until", organisation: "organisation", credentials: "credentials", custodians: "custodians", consent: "consent", consent_version: "consent_version", legal_ground: "legal_ground", types: "types", categories: "categories", period: "period",  });

value!(medledger_sdk::api::requester::ReleaseSummary, "ReleaseSummary", { effect: "effect", session: "session", record: "record", custodian: "custodian",  });

/// A practitioner, or whoever else asks to look: a device key, and for each session a fresh secret that releases are
/// encrypted to. Its secrets are overwritten when it is closed.
///
/// A doctor of the hospital is granted a look, asks for a session, and has its receipt:
///
/// >>> doctor = NewIdentity.draw(IdentityKind.PRACTITIONER)
/// >>> begun = record(doctor.incept(sender(hospital)), hospital)
/// >>> allowed = Terms(
/// ...     period=terms.period,
/// ...     effect=Effect.PERMIT,
/// ...     criteria=Criteria(actors=(Actor(identity=doctor.did()),)),
/// ...     directive=False,
/// ... )
/// >>> granted = record(ledger.grant(sender(patient), allowed, now), patient)
/// >>> basis = ledger.consent(consent_id(granted.transaction), now)
/// >>> requester = Requester(doctor.did(), doctor.device())
/// >>> draft = requester.ask(sender(doctor), SessionAsk(
/// ...     subject=patient.did(),
/// ...     custodians=(hospital.did(),),
/// ...     consent=basis.consent,
/// ...     consent_version=basis.version_hash,
/// ...     action="access",
/// ...     purpose="TREAT",
/// ...     until=now + timedelta(minutes=30),
/// ... ))
/// >>> asked = record(draft, doctor)
/// >>> client = LightClient(ledger.genesis(), now)
/// >>> session = OpenedSession.from_receipt(ledger.receipt(asked.transaction, patient.did()), client)
///
/// The hospital keeps a sealed record, with the proof that it was anchored:
///
/// >>> facts = Facts(reference="DocumentReference/1", resource_type="DocumentReference")
/// >>> sealed = seal_record(b"a scan", ContentForm.AS_IT_STANDS, facts)
/// >>> chain = ledger.status().chain
/// >>> sealed.wrap_to(sealed.key(), chain, [hospital.agreement().public_key()])
/// >>> anchored = record(anchor_record(sender(hospital), patient.did(), sealed.commitments()), hospital)
/// >>> proof = record_proof(ledger.receipt(anchored.transaction, patient.did()))
/// >>> held = HeldRecord(proof, sealed, hospital.agreement(), chain)
///
/// Its gateway judges a request for it under what a node proves, and releases it:
///
/// >>> gateway = Gateway(hospital.did(), hospital.device())
/// >>> request = requester.request(session, hospital.did(), record_id(anchored.transaction, 0))
/// >>> proven = ledger.prove_access(gateway.question(request, held))
/// >>> answer = gateway.release(request, held, proven, client)
/// >>> (answer.effect, answer.refusal)
/// (<Effect.PERMIT: 'permit'>, None)
///
/// >>> requester.open(client, session, answer.answer).original()
/// b'a scan'
#[pyclass(frozen, module = "medledger")]
pub(super) struct Requester {
    pub(super) held: Held<medledger_sdk::api::requester::Requester>,
}

impl IntoPython for medledger_sdk::api::requester::Requester {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, Requester { held: Held::new(self, "requester") })?.into_any())
    }
}

#[pymethods]
impl Requester {
    /// A requester that has asked for nothing yet.
    ///
    /// Errors: API-002 for what is no DID.
    #[new]
    #[pyo3(signature = (did, device))]
    fn new<'py>(py: Python<'py>, did: &Bound<'py, PyAny>, device: &Bound<'py, PyAny>) -> PyResult<Self> {
        let did = argument::<String>(did, "did")?;
        let device = given::<super::key::Key>(device, "device")?;
        let device_held = together(py, || device.get().held.shared())?;
        let device = device_held.get(py)?;
        Ok(Self {
            held: Held::new(
                answer(py, medledger_sdk::api::requester::Requester::new(&did, device))?,
                "requester",
            ),
        })
    }

    /// Asks for a session, under a fresh key whose secret it keeps. On a legal ground each custodian approves the draft.
    ///
    /// Errors: API-001 and API-002 for what is none.
    #[pyo3(signature = (sender, ask))]
    fn ask<'py>(
        slf: &Bound<'py, Self>,
        sender: &Bound<'py, PyAny>,
        ask: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let sender = argument::<medledger_sdk::api::draft::Sender>(sender, "sender")?;
        let ask = argument::<medledger_sdk::api::requester::SessionAsk>(ask, "ask")?;
        let mut rng = entropy()?;
        let mut held = together(py, || slf.get().held.exclusive())?;
        let this = held.get_mut(py)?;
        answer(py, this.ask(&sender, &ask, &mut rng))?.into_python(py)
    }

    /// Asks one of a session's custodians for a record: what is sent to its gateway, signed, and answered once.
    ///
    /// Errors: API-002 for what is none.
    #[pyo3(signature = (session, custodian, record))]
    fn request<'py>(
        slf: &Bound<'py, Self>,
        session: &Bound<'py, PyAny>,
        custodian: &Bound<'py, PyAny>,
        record: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let session = given::<super::requester::OpenedSession>(session, "session")?;
        let custodian = argument::<String>(custodian, "custodian")?;
        let record = argument::<String>(record, "record")?;
        let mut rng = entropy()?;
        let (held, session_held) =
            together(py, || Ok((slf.get().held.shared()?, session.get().held.shared()?)))?;
        let this = held.get(py)?;
        let session = session_held.get(py)?;
        answer(py, this.request(session, &custodian, &record, &mut rng))?.into_python(py)
    }

    /// Opens what a custodian released: it is the record that the ledger knows, and the session's subject's.
    ///
    /// Errors: GTW-041 to GTW-046 for what does not open, API-007 for a denial.
    #[pyo3(signature = (client, session, release))]
    fn open<'py>(
        slf: &Bound<'py, Self>,
        client: &Bound<'py, PyAny>,
        session: &Bound<'py, PyAny>,
        release: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let client = given::<super::light::LightClient>(client, "client")?;
        let session = given::<super::requester::OpenedSession>(session, "session")?;
        let release = argument::<Vec<u8>>(release, "release")?;
        let (held, client_held, session_held) = together(py, || {
            Ok((slf.get().held.shared()?, client.get().held.shared()?, session.get().held.shared()?))
        })?;
        let this = held.get(py)?;
        let client = client_held.get(py)?;
        let session = session_held.get(py)?;
        answer(py, run(py, release.len() >= LARGE, || this.open(client, session, &release)))?.into_python(py)
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

/// A session that was opened, as its receipt shows.
///
/// A doctor of the hospital is granted a look, asks for a session, and has its receipt:
///
/// >>> doctor = NewIdentity.draw(IdentityKind.PRACTITIONER)
/// >>> begun = record(doctor.incept(sender(hospital)), hospital)
/// >>> allowed = Terms(
/// ...     period=terms.period,
/// ...     effect=Effect.PERMIT,
/// ...     criteria=Criteria(actors=(Actor(identity=doctor.did()),)),
/// ...     directive=False,
/// ... )
/// >>> granted = record(ledger.grant(sender(patient), allowed, now), patient)
/// >>> basis = ledger.consent(consent_id(granted.transaction), now)
/// >>> requester = Requester(doctor.did(), doctor.device())
/// >>> draft = requester.ask(sender(doctor), SessionAsk(
/// ...     subject=patient.did(),
/// ...     custodians=(hospital.did(),),
/// ...     consent=basis.consent,
/// ...     consent_version=basis.version_hash,
/// ...     action="access",
/// ...     purpose="TREAT",
/// ...     until=now + timedelta(minutes=30),
/// ... ))
/// >>> asked = record(draft, doctor)
/// >>> client = LightClient(ledger.genesis(), now)
/// >>> session = OpenedSession.from_receipt(ledger.receipt(asked.transaction, patient.did()), client)
///
/// >>> session.id() == ledger.unclosed_sessions(patient.did())[0].session
/// True
/// >>> session.not_after() == now + timedelta(minutes=30)
/// True
#[pyclass(frozen, module = "medledger")]
pub(super) struct OpenedSession {
    pub(super) held: Held<medledger_sdk::api::requester::OpenedSession>,
}

impl IntoPython for medledger_sdk::api::requester::OpenedSession {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, OpenedSession { held: Held::new(self, "opened session") })?.into_any())
    }
}

#[pymethods]
impl OpenedSession {
    /// A session from its receipt.
    ///
    /// Errors: LGT rules for a receipt that does not hold, GTW-044 for one of something else.
    #[classmethod]
    #[pyo3(signature = (receipt, client))]
    fn from_receipt<'py>(
        class: &Bound<'py, pyo3::types::PyType>,
        receipt: &Bound<'py, PyAny>,
        client: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let receipt = argument::<Vec<u8>>(receipt, "receipt")?;
        let client = given::<super::light::LightClient>(client, "client")?;
        let client_held = together(py, || client.get().held.shared())?;
        let client = client_held.get(py)?;
        answer(
            py,
            run(py, receipt.len() >= LARGE, || {
                medledger_sdk::api::requester::OpenedSession::from_receipt(&receipt, client)
            }),
        )?
        .into_python(py)
    }

    /// Its id.
    #[pyo3(signature = ())]
    fn id<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.id().into_python(py)
    }

    /// The first millisecond after it, at the latest.
    #[pyo3(signature = ())]
    fn not_after<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.not_after().into_python(py)
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

/// A record that was released and opened. Overwritten when it is closed.
///
/// A doctor of the hospital is granted a look, asks for a session, and has its receipt:
///
/// >>> doctor = NewIdentity.draw(IdentityKind.PRACTITIONER)
/// >>> begun = record(doctor.incept(sender(hospital)), hospital)
/// >>> allowed = Terms(
/// ...     period=terms.period,
/// ...     effect=Effect.PERMIT,
/// ...     criteria=Criteria(actors=(Actor(identity=doctor.did()),)),
/// ...     directive=False,
/// ... )
/// >>> granted = record(ledger.grant(sender(patient), allowed, now), patient)
/// >>> basis = ledger.consent(consent_id(granted.transaction), now)
/// >>> requester = Requester(doctor.did(), doctor.device())
/// >>> draft = requester.ask(sender(doctor), SessionAsk(
/// ...     subject=patient.did(),
/// ...     custodians=(hospital.did(),),
/// ...     consent=basis.consent,
/// ...     consent_version=basis.version_hash,
/// ...     action="access",
/// ...     purpose="TREAT",
/// ...     until=now + timedelta(minutes=30),
/// ... ))
/// >>> asked = record(draft, doctor)
/// >>> client = LightClient(ledger.genesis(), now)
/// >>> session = OpenedSession.from_receipt(ledger.receipt(asked.transaction, patient.did()), client)
///
/// The hospital keeps a sealed record, with the proof that it was anchored:
///
/// >>> facts = Facts(reference="DocumentReference/1", resource_type="DocumentReference")
/// >>> sealed = seal_record(b"a scan", ContentForm.AS_IT_STANDS, facts)
/// >>> chain = ledger.status().chain
/// >>> sealed.wrap_to(sealed.key(), chain, [hospital.agreement().public_key()])
/// >>> anchored = record(anchor_record(sender(hospital), patient.did(), sealed.commitments()), hospital)
/// >>> proof = record_proof(ledger.receipt(anchored.transaction, patient.did()))
/// >>> held = HeldRecord(proof, sealed, hospital.agreement(), chain)
///
/// Its gateway judges a request for it under what a node proves, and releases it:
///
/// >>> gateway = Gateway(hospital.did(), hospital.device())
/// >>> request = requester.request(session, hospital.did(), record_id(anchored.transaction, 0))
/// >>> proven = ledger.prove_access(gateway.question(request, held))
/// >>> answer = gateway.release(request, held, proven, client)
/// >>> (answer.effect, answer.refusal)
/// (<Effect.PERMIT: 'permit'>, None)
///
/// >>> released = requester.open(client, session, answer.answer)
/// >>> (released.content(), released.original(), released.facts() == facts)
/// (b'a scan', b'a scan', True)
/// >>> released.proven().opened
/// True
#[pyclass(frozen, module = "medledger")]
pub(super) struct ReleasedRecord {
    pub(super) held: Held<medledger_sdk::api::requester::ReleasedRecord>,
}

impl IntoPython for medledger_sdk::api::requester::ReleasedRecord {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, ReleasedRecord { held: Held::new(self, "released record") })?.into_any())
    }
}

#[pymethods]
impl ReleasedRecord {
    /// What the ledger says of it.
    #[pyo3(signature = ())]
    fn proven<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.proven().into_python(py)
    }

    /// Its facts.
    #[pyo3(signature = ())]
    fn facts<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.facts().into_python(py)
    }

    /// What was committed to.
    #[pyo3(signature = ())]
    fn content<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.content().into_python(py)
    }

    /// The bytes as the custodian received them.
    #[pyo3(signature = ())]
    fn original<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.original().into_python(py)
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

/// What a custodian's answer says to whoever can't open it.
///
/// Errors: COD rules for bytes that are no answer.
///
/// A doctor of the hospital is granted a look, asks for a session, and has its receipt:
///
/// >>> doctor = NewIdentity.draw(IdentityKind.PRACTITIONER)
/// >>> begun = record(doctor.incept(sender(hospital)), hospital)
/// >>> allowed = Terms(
/// ...     period=terms.period,
/// ...     effect=Effect.PERMIT,
/// ...     criteria=Criteria(actors=(Actor(identity=doctor.did()),)),
/// ...     directive=False,
/// ... )
/// >>> granted = record(ledger.grant(sender(patient), allowed, now), patient)
/// >>> basis = ledger.consent(consent_id(granted.transaction), now)
/// >>> requester = Requester(doctor.did(), doctor.device())
/// >>> draft = requester.ask(sender(doctor), SessionAsk(
/// ...     subject=patient.did(),
/// ...     custodians=(hospital.did(),),
/// ...     consent=basis.consent,
/// ...     consent_version=basis.version_hash,
/// ...     action="access",
/// ...     purpose="TREAT",
/// ...     until=now + timedelta(minutes=30),
/// ... ))
/// >>> asked = record(draft, doctor)
/// >>> client = LightClient(ledger.genesis(), now)
/// >>> session = OpenedSession.from_receipt(ledger.receipt(asked.transaction, patient.did()), client)
///
/// The hospital keeps a sealed record, with the proof that it was anchored:
///
/// >>> facts = Facts(reference="DocumentReference/1", resource_type="DocumentReference")
/// >>> sealed = seal_record(b"a scan", ContentForm.AS_IT_STANDS, facts)
/// >>> chain = ledger.status().chain
/// >>> sealed.wrap_to(sealed.key(), chain, [hospital.agreement().public_key()])
/// >>> anchored = record(anchor_record(sender(hospital), patient.did(), sealed.commitments()), hospital)
/// >>> proof = record_proof(ledger.receipt(anchored.transaction, patient.did()))
/// >>> held = HeldRecord(proof, sealed, hospital.agreement(), chain)
///
/// Its gateway judges a request for it under what a node proves, and releases it:
///
/// >>> gateway = Gateway(hospital.did(), hospital.device())
/// >>> request = requester.request(session, hospital.did(), record_id(anchored.transaction, 0))
/// >>> proven = ledger.prove_access(gateway.question(request, held))
/// >>> answer = gateway.release(request, held, proven, client)
/// >>> (answer.effect, answer.refusal)
/// (<Effect.PERMIT: 'permit'>, None)
///
/// >>> read_release(answer.answer).effect
/// <Effect.PERMIT: 'permit'>
#[pyfunction]
#[pyo3(signature = (release))]
fn read_release<'py>(py: Python<'py>, release: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let release = argument::<Vec<u8>>(release, "release")?;
    answer(py, run(py, release.len() >= LARGE, || medledger_sdk::api::requester::read_release(&release)))?
        .into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Requester>()?;
    module.add_class::<OpenedSession>()?;
    module.add_class::<ReleasedRecord>()?;
    module.add_function(wrap_pyfunction!(read_release, module)?)?;
    Ok(())
}
