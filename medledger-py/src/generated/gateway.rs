//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{
    At, Class, FromPython, Held, IntoPython, LARGE, answer, argument, distinct, entropy, given, run,
    together, value,
};

value!(medledger_sdk::api::gateway::GatewayAnswer, "GatewayAnswer", { effect: "effect", answer: "answer", refusal: "refusal", decision: "decision",  });

/// A record that a custodian keeps: sealed, with its key, and the proof that it was anchored.
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
#[pyclass(frozen, module = "medledger")]
pub(super) struct HeldRecord {
    pub(super) held: Held<medledger_sdk::api::gateway::HeldRecord>,
}

impl IntoPython for medledger_sdk::api::gateway::HeldRecord {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, HeldRecord { held: Held::new(self, "held record") })?.into_any())
    }
}

#[pymethods]
impl HeldRecord {
    /// A record with the file that proves it; its key is unwrapped with the custodian's own agreement key.
    ///
    /// Errors: COD rules for a file that is none, API-007 for an export, SEA rules where nothing is wrapped to that key.
    #[new]
    #[pyo3(signature = (proof, sealed, secret, chain))]
    fn new<'py>(
        py: Python<'py>,
        proof: &Bound<'py, PyAny>,
        sealed: &Bound<'py, PyAny>,
        secret: &Bound<'py, PyAny>,
        chain: &Bound<'py, PyAny>,
    ) -> PyResult<Self> {
        let proof = argument::<Vec<u8>>(proof, "proof")?;
        let sealed = given::<super::sealed::SealedRecord>(sealed, "sealed")?;
        let secret = given::<super::key::AgreementKey>(secret, "secret")?;
        let chain = argument::<String>(chain, "chain")?;
        let (sealed_held, secret_held) =
            together(py, || Ok((sealed.get().held.shared()?, secret.get().held.shared()?)))?;
        let sealed = sealed_held.get(py)?;
        let secret = secret_held.get(py)?;
        Ok(Self {
            held: Held::new(
                answer(
                    py,
                    run(py, proof.len() >= LARGE, || {
                        medledger_sdk::api::gateway::HeldRecord::new(&proof, sealed, secret, &chain)
                    }),
                )?,
                "held record",
            ),
        })
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

/// A custodian's gateway, with its session logs.
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
/// What it answered stands in its log, which it keeps before anything is handed out, and reports:
///
/// >>> gateway = Gateway.from_bytes(gateway.to_bytes(), hospital.device())
/// >>> gateway.open_sessions() == (session.id(),)
/// True
/// >>> gateway.close_session(session.id(), now)
/// >>> report = gateway.anchor(sender(hospital))
/// >>> closed = record(report, hospital)
/// >>> gateway.anchored(report)
/// >>> ledger.access_log(patient.did(), now).complete
/// True
#[pyclass(frozen, module = "medledger")]
pub(super) struct Gateway {
    pub(super) held: Held<medledger_sdk::api::gateway::Gateway>,
}

impl IntoPython for medledger_sdk::api::gateway::Gateway {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, Gateway { held: Held::new(self, "gateway") })?.into_any())
    }
}

#[pymethods]
impl Gateway {
    /// A gateway that has judged nothing yet; the key is one of the custodian's devices.
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
            held: Held::new(answer(py, medledger_sdk::api::gateway::Gateway::new(&did, device))?, "gateway"),
        })
    }

    /// A gateway with the logs that it kept.
    ///
    /// Errors: COD rules for bytes that are none.
    #[classmethod]
    #[pyo3(signature = (logs, device))]
    fn from_bytes<'py>(
        class: &Bound<'py, pyo3::types::PyType>,
        logs: &Bound<'py, PyAny>,
        device: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let logs = argument::<Vec<u8>>(logs, "logs")?;
        let device = given::<super::key::Key>(device, "device")?;
        let device_held = together(py, || device.get().held.shared())?;
        let device = device_held.get(py)?;
        answer(
            py,
            run(py, logs.len() >= LARGE, || medledger_sdk::api::gateway::Gateway::from_bytes(&logs, device)),
        )?
        .into_python(py)
    }

    /// Its logs, to be kept after each answer: before anything is handed out.
    ///
    /// Errors: COD-013, which logs never give.
    #[pyo3(signature = ())]
    fn to_bytes<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.to_bytes())?.into_python(py)
    }

    /// What a node is to prove of the state for a request.
    ///
    /// Errors: COD rules for a request that is none.
    #[pyo3(signature = (request, held=None))]
    fn question<'py>(
        slf: &Bound<'py, Self>,
        request: &Bound<'py, PyAny>,
        held: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let request = argument::<Vec<u8>>(request, "request")?;
        let held = held.map(|one| given::<super::gateway::HeldRecord>(one, "held")).transpose()?;
        let (held, held_held) = together(py, || {
            Ok((slf.get().held.shared()?, held.map(|one| one.get().held.shared()).transpose()?))
        })?;
        let this = held.get(py)?;
        let held = held_held.as_ref().map(|one| one.get(py)).transpose()?;
        answer(py, run(py, request.len() >= LARGE, || this.question(&request, held)))?.into_python(py)
    }

    /// Judges a request for a record, and releases it or refuses; either is an entry of the session's log. `proof` is what a
    /// node proves of the state, `held` the record where the custodian keeps it, and the client's time the gateway's own clock.
    ///
    /// Errors: GTW, LGT, ACC and COD rules where there is no decision: nothing is released, nothing stands in the log.
    #[pyo3(signature = (request, held, proof, client))]
    fn release<'py>(
        slf: &Bound<'py, Self>,
        request: &Bound<'py, PyAny>,
        held: Option<&Bound<'py, PyAny>>,
        proof: &Bound<'py, PyAny>,
        client: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let request = argument::<Vec<u8>>(request, "request")?;
        let held = held.map(|one| given::<super::gateway::HeldRecord>(one, "held")).transpose()?;
        let proof = argument::<Vec<u8>>(proof, "proof")?;
        let client = given::<super::light::LightClient>(client, "client")?;
        let mut rng = entropy()?;
        distinct(slf, client, "gateway")?;
        held.map(|one| distinct(slf, one, "gateway")).transpose()?;
        let (mut held, held_held, client_held) = together(py, || {
            Ok((
                slf.get().held.exclusive()?,
                held.map(|one| one.get().held.shared()).transpose()?,
                client.get().held.shared()?,
            ))
        })?;
        let this = held.get_mut(py)?;
        let held = held_held.as_ref().map(|one| one.get(py)).transpose()?;
        let client = client_held.get(py)?;
        answer(
            py,
            run(py, request.len() >= LARGE || proof.len() >= LARGE, || {
                this.release(&request, held, &proof, client, &mut rng)
            }),
        )?
        .into_python(py)
    }

    /// Judges nothing more under a session: its close waits for the next anchor. A custodian closes every session that names it,
    /// also one under which nothing was asked.
    ///
    /// Errors: API-002 for what is no session's id.
    #[pyo3(signature = (session, now))]
    fn close_session<'py>(
        slf: &Bound<'py, Self>,
        session: &Bound<'py, PyAny>,
        now: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let session = argument::<String>(session, "session")?;
        let now = argument::<medledger_sdk::api::Time>(now, "now")?;
        let mut held = together(py, || slf.get().held.exclusive())?;
        let this = held.get_mut(py)?;
        answer(py, this.close_session(&session, now))?.into_python(py)
    }

    /// The sessions that are not closed.
    #[pyo3(signature = ())]
    fn open_sessions<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.open_sessions().into_python(py)
    }

    /// Reports the heads and closes that wait, for the custodian to sign.
    ///
    /// Errors: API-002 for a sender that is none, API-007 where nothing waits.
    #[pyo3(signature = (sender))]
    fn anchor<'py>(slf: &Bound<'py, Self>, sender: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let sender = argument::<medledger_sdk::api::draft::Sender>(sender, "sender")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.anchor(&sender))?.into_python(py)
    }

    /// Remembers that the ledger has recorded a report: what it says does not wait any more.
    ///
    /// Errors: API-007 for a draft of something else.
    #[pyo3(signature = (report))]
    fn anchored<'py>(slf: &Bound<'py, Self>, report: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let report = given::<super::draft::Draft>(report, "report")?;
        distinct(slf, report, "gateway")?;
        let (mut held, report_held) =
            together(py, || Ok((slf.get().held.exclusive()?, report.get().held.shared()?)))?;
        let this = held.get_mut(py)?;
        let report = report_held.get(py)?;
        answer(py, this.anchored(report))?.into_python(py)
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

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<HeldRecord>()?;
    module.add_class::<Gateway>()?;
    Ok(())
}
