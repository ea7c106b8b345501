//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{
    At, Class, FromPython, Held, IntoPython, LARGE, answer, argument, optional, run, together, value,
};

value!(medledger_sdk::api::light::HeaderSummary, "HeaderSummary", { height: "height", time: "time", app_root: "app_root", state_root: "state_root",  });

/// A reader that holds no chain: a genesis, the time, and the newest header that it has satisfied itself of. Whatever is
/// shown to it afterwards must reach at least as far.
///
/// >>> client = LightClient(ledger.genesis(), now)
/// >>> client.chain() == ledger.status().chain
/// True
/// >>> client.newest()
/// >>> client.trust(ledger.header(1)).height
/// 1
/// >>> client.set_time(now + timedelta(minutes=5))
/// >>> log = client.read_authority_log(ledger.prove_log(patient.did(), LogKind.AUTHORITY))
/// >>> [entry.kind.value for entry in log.entries]
/// ['incepted', 'consent-granted']
/// >>> client.newest().height
/// 1
/// >>> client.read_timeline(ledger.prove_log(patient.did(), LogKind.TIMELINE)).entries
/// ()
/// >>> client.read_access_log(ledger.prove_log(patient.did(), LogKind.ACCESS)).complete
/// True
/// >>> client.read_receipt(ledger.receipt(granted.transaction, patient.did())).log
/// <LogKind.AUTHORITY: 'authority'>
/// >>> state = client.read_state(ledger.prove_consents(patient.did()))
/// >>> state.consents(patient.did(), now) == ledger.consents(patient.did(), now)
/// True
///
/// Files with proofs are judged; one that is none is no error but a report:
///
/// >>> client.check_file(b"no proof").valid
/// False
/// >>> client.read_record(b"no proof")
/// Traceback (most recent call last):
/// ...
/// medledger.errors.Malformed: …
/// >>> client.read_export(b"no proof")
/// Traceback (most recent call last):
/// ...
/// medledger.errors.Malformed: …
#[pyclass(frozen, module = "medledger")]
pub(super) struct LightClient {
    pub(super) held: Held<medledger_sdk::api::light::LightClient>,
}

impl IntoPython for medledger_sdk::api::light::LightClient {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, LightClient { held: Held::new(self, "light client") })?.into_any())
    }
}

#[pymethods]
impl LightClient {
    /// A reader that trusts a genesis, at a time.
    ///
    /// Errors: COD, IDN and CHN rules for bytes that are no sound genesis.
    #[new]
    #[pyo3(signature = (genesis, now))]
    fn new<'py>(py: Python<'py>, genesis: &Bound<'py, PyAny>, now: &Bound<'py, PyAny>) -> PyResult<Self> {
        let genesis = argument::<Vec<u8>>(genesis, "genesis")?;
        let now = argument::<medledger_sdk::api::Time>(now, "now")?;
        Ok(Self {
            held: Held::new(
                answer(
                    py,
                    run(py, genesis.len() >= LARGE, || {
                        medledger_sdk::api::light::LightClient::new(&genesis, now)
                    }),
                )?,
                "light client",
            ),
        })
    }

    /// The ledger's id.
    #[pyo3(signature = ())]
    fn chain<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.chain().into_python(py)
    }

    /// Tells it the time, by which headers from the future are noticed.
    #[pyo3(signature = (now))]
    fn set_time<'py>(slf: &Bound<'py, Self>, now: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let now = argument::<medledger_sdk::api::Time>(now, "now")?;
        let mut held = together(py, || slf.get().held.exclusive())?;
        let this = held.get_mut(py)?;
        this.set_time(now).into_python(py)
    }

    /// Satisfies itself of a header with its evidence, and demands from now on that what is shown reaches this far.
    ///
    /// Errors: LGT and CHN rules for a header that is not final, LGT-050 and LGT-051 for one that is older than, or beside, what it has
    /// seen.
    #[pyo3(signature = (header))]
    fn trust<'py>(slf: &Bound<'py, Self>, header: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let header = argument::<Vec<u8>>(header, "header")?;
        let mut held = together(py, || slf.get().held.exclusive())?;
        let this = held.get_mut(py)?;
        answer(py, run(py, header.len() >= LARGE, || this.trust(&header)))?.into_python(py)
    }

    /// The newest header that it has satisfied itself of.
    #[pyo3(signature = ())]
    fn newest<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.newest().into_python(py)
    }

    /// Checks a file: one record's receipt, or an export. A file that does not hold is no error but a report with its fault.
    #[pyo3(signature = (file))]
    fn check_file<'py>(slf: &Bound<'py, Self>, file: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let file = argument::<Vec<u8>>(file, "file")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        run(py, file.len() >= LARGE, || this.check_file(&file)).into_python(py)
    }

    /// What one record's receipt shows, once it holds.
    ///
    /// Errors: The rule that the receipt breaks.
    #[pyo3(signature = (file))]
    fn read_record<'py>(slf: &Bound<'py, Self>, file: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let file = argument::<Vec<u8>>(file, "file")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, run(py, file.len() >= LARGE, || this.read_record(&file)))?.into_python(py)
    }

    /// What an export shows, once it holds.
    ///
    /// Errors: The rule that the export breaks.
    #[pyo3(signature = (file))]
    fn read_export<'py>(slf: &Bound<'py, Self>, file: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let file = argument::<Vec<u8>>(file, "file")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, run(py, file.len() >= LARGE, || this.read_export(&file)))?.into_python(py)
    }

    /// What the receipt of one event shows, once it holds.
    ///
    /// Errors: The rule that the receipt breaks.
    #[pyo3(signature = (receipt))]
    fn read_receipt<'py>(slf: &Bound<'py, Self>, receipt: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let receipt = argument::<Vec<u8>>(receipt, "receipt")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, run(py, receipt.len() >= LARGE, || this.read_receipt(&receipt)))?.into_python(py)
    }

    /// A timeline, which is provably all of it.
    ///
    /// Errors: The rule that the proof breaks.
    #[pyo3(signature = (proof))]
    fn read_timeline<'py>(slf: &Bound<'py, Self>, proof: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let proof = argument::<Vec<u8>>(proof, "proof")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, run(py, proof.len() >= LARGE, || this.read_timeline(&proof)))?.into_python(py)
    }

    /// An access log, which is provably all of it; sessions stand as of the reader's time.
    ///
    /// Errors: The rule that the proof breaks.
    #[pyo3(signature = (proof))]
    fn read_access_log<'py>(
        slf: &Bound<'py, Self>,
        proof: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let proof = argument::<Vec<u8>>(proof, "proof")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, run(py, proof.len() >= LARGE, || this.read_access_log(&proof)))?.into_python(py)
    }

    /// An authority log, which is provably all of it.
    ///
    /// Errors: The rule that the proof breaks.
    #[pyo3(signature = (proof))]
    fn read_authority_log<'py>(
        slf: &Bound<'py, Self>,
        proof: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let proof = argument::<Vec<u8>>(proof, "proof")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, run(py, proof.len() >= LARGE, || this.read_authority_log(&proof)))?.into_python(py)
    }

    /// A part of the state, which says of what it covers whether it is there and what it is, and nothing of the rest.
    ///
    /// Errors: The rule that the proof breaks.
    #[pyo3(signature = (proof))]
    fn read_state<'py>(slf: &Bound<'py, Self>, proof: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let proof = argument::<Vec<u8>>(proof, "proof")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, run(py, proof.len() >= LARGE, || this.read_state(&proof)))?.into_python(py)
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

/// A part of a ledger's state, proven under one header. Of what it does not cover it says nothing: API-008, never "not there".
///
/// >>> client = LightClient(ledger.genesis(), now)
/// >>> state = client.read_state(ledger.prove_identity(patient.did()))
/// >>> (state.header().height, state.identity(patient.did()) == ledger.identity(patient.did()))
/// (2, True)
/// >>> state.control(patient.did()) == ledger.control(patient.did())
/// True
/// >>> state.sender(patient.did(), patient.device().id(), now, 3_600_000).counter
/// 1
/// >>> state = client.read_state(ledger.prove_consents(patient.did()))
/// >>> [one.consent == consent for one in state.consents(patient.did(), now)]
/// [True]
/// >>> state.amend(sender(patient), consent, terms, now).operation()
/// 'consent amendment'
/// >>> state.grant(sender(patient), terms, now).operation()
/// 'consent'
#[pyclass(frozen, module = "medledger")]
pub(super) struct ProvenState {
    pub(super) held: Held<medledger_sdk::api::light::ProvenState>,
}

impl IntoPython for medledger_sdk::api::light::ProvenState {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, ProvenState { held: Held::new(self, "proven state") })?.into_any())
    }
}

#[pymethods]
impl ProvenState {
    /// The header that it stands under.
    #[pyo3(signature = ())]
    fn header<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.header().into_python(py)
    }

    /// An identity with its live keys; None where there is provably none.
    ///
    /// Errors: API-002 for what is no DID, API-008 where the proof does not cover it.
    #[pyo3(signature = (did))]
    fn identity<'py>(slf: &Bound<'py, Self>, did: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let did = argument::<String>(did, "did")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.identity(&did))?.into_python(py)
    }

    /// An identity as the ledger holds it: what a rotation names.
    ///
    /// Errors: API-002 for what is no DID, API-007 where there is none, API-008 where the proof does not cover it.
    #[pyo3(signature = (did))]
    fn control<'py>(slf: &Bound<'py, Self>, did: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let did = argument::<String>(did, "did")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.control(&did))?.into_python(py)
    }

    /// All active consents of a subject, in the order of their slots, as they stand at a time.
    ///
    /// Errors: API-002 for what is no DID, API-008 where the proof does not cover each of them.
    #[pyo3(signature = (subject, now))]
    fn consents<'py>(
        slf: &Bound<'py, Self>,
        subject: &Bound<'py, PyAny>,
        now: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let subject = argument::<String>(subject, "subject")?;
        let now = argument::<medledger_sdk::api::Time>(now, "now")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.consents(&subject, now))?.into_python(py)
    }

    /// Whoever is to sign with a key, with the key's next counter, valid for some milliseconds.
    ///
    /// Errors: API-002 for what is none, API-008 where the proof does not cover the key's use.
    #[pyo3(signature = (did, key, now, valid_for))]
    fn sender<'py>(
        slf: &Bound<'py, Self>,
        did: &Bound<'py, PyAny>,
        key: &Bound<'py, PyAny>,
        now: &Bound<'py, PyAny>,
        valid_for: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let did = argument::<String>(did, "did")?;
        let key = argument::<String>(key, "key")?;
        let now = argument::<medledger_sdk::api::Time>(now, "now")?;
        let valid_for = argument::<u64>(valid_for, "valid_for")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.sender(&did, &key, now, valid_for))?.into_python(py)
    }

    /// A new consent in the lowest slot that is free or whose consent has ended, for the patient to sign.
    ///
    /// Errors: CON and WAL rules for terms that can't stand, WAL-001 where all slots are taken, API-008 where the proof does not cover
    /// the slots.
    #[pyo3(signature = (patient, terms, now))]
    fn grant<'py>(
        slf: &Bound<'py, Self>,
        patient: &Bound<'py, PyAny>,
        terms: &Bound<'py, PyAny>,
        now: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let patient = argument::<medledger_sdk::api::draft::Sender>(patient, "patient")?;
        let terms = argument::<medledger_sdk::api::terms::Terms>(terms, "terms")?;
        let now = argument::<medledger_sdk::api::Time>(now, "now")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.grant(&patient, &terms, now))?.into_python(py)
    }

    /// New terms for a consent in its current version, for its patient to sign.
    ///
    /// Errors: CON and WAL rules for terms that can't stand and consents that are over, API-008 where the proof does not cover it.
    #[pyo3(signature = (patient, consent, terms, now))]
    fn amend<'py>(
        slf: &Bound<'py, Self>,
        patient: &Bound<'py, PyAny>,
        consent: &Bound<'py, PyAny>,
        terms: &Bound<'py, PyAny>,
        now: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let patient = argument::<medledger_sdk::api::draft::Sender>(patient, "patient")?;
        let consent = argument::<String>(consent, "consent")?;
        let terms = argument::<medledger_sdk::api::terms::Terms>(terms, "terms")?;
        let now = argument::<medledger_sdk::api::Time>(now, "now")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.amend(&patient, &consent, &terms, now))?.into_python(py)
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

/// Checks a file with nothing but a genesis, at a time: one record's receipt, or an export. `at_least` is a header with
/// evidence that the reader demands the file to reach. A file that does not hold is no error but a report with its fault.
///
/// Errors: COD, IDN and CHN rules for a genesis that is none, LGT rules for a header that is none.
///
/// >>> report = check_proof(b"no proof", ledger.genesis(), now)
/// >>> (report.valid, report.fault.code)
/// (False, 'COD-002')
#[pyfunction]
#[pyo3(signature = (file, genesis, now, at_least=None))]
fn check_proof<'py>(
    py: Python<'py>,
    file: &Bound<'py, PyAny>,
    genesis: &Bound<'py, PyAny>,
    now: &Bound<'py, PyAny>,
    at_least: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let file = argument::<Vec<u8>>(file, "file")?;
    let genesis = argument::<Vec<u8>>(genesis, "genesis")?;
    let now = argument::<medledger_sdk::api::Time>(now, "now")?;
    let at_least = optional::<Vec<u8>>(at_least, "at_least")?;
    answer(
        py,
        run(py, file.len() >= LARGE || genesis.len() >= LARGE, || {
            medledger_sdk::api::light::check_proof(&file, &genesis, now, at_least.as_deref())
        }),
    )?
    .into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<LightClient>()?;
    module.add_class::<ProvenState>()?;
    module.add_function(wrap_pyfunction!(check_proof, module)?)?;
    Ok(())
}
