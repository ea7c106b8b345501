//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{
    At, Caller, Class, FromPython, Held, IntoPython, LARGE, answer, argument, distinct, given, run, together,
    value,
};

value!(medledger_sdk::api::ledger::TransactionResult, "TransactionResult", { transaction: "transaction", rule: "rule", subjects: "subjects",  });

value!(medledger_sdk::api::ledger::BlockSummary, "BlockSummary", { height: "height", time: "time", app_root: "app_root", results: "results",  });

value!(medledger_sdk::api::ledger::CertifiedBlock, "CertifiedBlock", { block: "block", evidence: "evidence",  });

/// A whole ledger in memory, with one validator or several that take turns.
///
/// A ledger is founded, saved and opened again; opening verifies all of it:
///
/// >>> founded = Ledger(ledger.genesis())
/// >>> founded.status().height
/// 0
/// >>> opened = Ledger.open(ledger.to_bytes(), now, progress=lambda done, total: print(done, "of", total))
/// 1 of 2
/// 2 of 2
/// >>> opened.status() == ledger.status()
/// True
///
/// It takes transactions, and makes blocks with a validator's key, wherever that lies:
///
/// >>> draft = revoke_consent(ledger.sender(patient.did(), patient.device().id(), now, 3_600_000), consent)
/// >>> id = ledger.submit(draft.sign(patient.device()).bytes, now)
/// >>> proposal = ledger.propose(validator.public_key(), now)
/// >>> ledger.certify(proposal, validator.public_key(), validator.sign(proposal.to_sign())).height
/// 3
/// >>> ledger.produce(validator, now).height
/// 4
///
/// Another ledger follows it:
///
/// >>> founded.accept(ledger.block(1), now) == ledger.block_summary(1)
/// True
///
/// It is asked about identities, consents and logs:
///
/// >>> ledger.identity(patient.did()).kind
/// <IdentityKind.PATIENT: 'patient'>
/// >>> ledger.consent(consent, now).status
/// <ConsentStanding.REVOKED: 'revoked'>
/// >>> ledger.consents(patient.did(), now)
/// ()
/// >>> draft = ledger.grant(sender(patient), terms, now)
/// >>> again = consent_id(record(draft, patient).transaction)
/// >>> ledger.amend(sender(patient), again, terms, now).operation()
/// 'consent amendment'
/// >>> [entry.kind.value for entry in ledger.authority_log(patient.did()).entries]
/// ['incepted', 'consent-granted', 'consent-revoked', 'consent-granted']
/// >>> (ledger.timeline(patient.did()).entries, ledger.access_log(patient.did(), now).looks)
/// ((), ())
/// >>> ledger.unclosed_sessions(patient.did())
/// ()
///
/// What it proves is read by a `LightClient`:
///
/// >>> client = LightClient(ledger.genesis(), now)
/// >>> log = client.read_authority_log(ledger.prove_log(patient.did(), LogKind.AUTHORITY))
/// >>> log == ledger.authority_log(patient.did())
/// True
/// >>> receipt = client.read_receipt(ledger.receipt(granted.transaction, patient.did()))
/// >>> refreshed = client.read_receipt(ledger.refreshed_receipt(granted.transaction, patient.did()))
/// >>> (receipt.height, receipt.vouched, refreshed.height, refreshed.vouched)
/// (2, 2, 2, 5)
/// >>> client.trust(ledger.header(5)).height
/// 5
/// >>> client.read_state(ledger.prove_identity(patient.did())).control(patient.did()) == ledger.control(patient.did())
/// True
/// >>> len(client.read_state(ledger.prove_consents(patient.did())).consents(patient.did(), now))
/// 1
/// >>> read_transaction(ledger.transaction(id), client.chain()).operation
/// 'consent revocation'
/// >>> ledger.prove_state(["no key"])
/// Traceback (most recent call last):
/// ...
/// medledger.errors.InvalidArgument: API-002: …
#[pyclass(frozen, module = "medledger")]
pub(super) struct Ledger {
    pub(super) held: Held<medledger_sdk::api::ledger::Ledger>,
}

impl IntoPython for medledger_sdk::api::ledger::Ledger {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, Ledger { held: Held::new(self, "ledger") })?.into_any())
    }
}

#[pymethods]
impl Ledger {
    /// A ledger at its genesis.
    ///
    /// Errors: COD, IDN and CHN rules for bytes that are no sound genesis, LOC-001 for one with another rule of finality.
    #[new]
    #[pyo3(signature = (genesis))]
    fn new<'py>(py: Python<'py>, genesis: &Bound<'py, PyAny>) -> PyResult<Self> {
        let genesis = argument::<Vec<u8>>(genesis, "genesis")?;
        Ok(Self {
            held: Held::new(
                answer(
                    py,
                    run(py, genesis.len() >= LARGE, || medledger_sdk::api::ledger::Ledger::new(&genesis)),
                )?,
                "ledger",
            ),
        })
    }

    /// A ledger from its bytes. Everything is verified from the genesis: each block is judged and executed, and its evidence
    /// checked against what the execution gives.
    ///
    /// Errors: The rule that is broken first; API-009 when `progress` stops it.
    #[classmethod]
    #[pyo3(signature = (bytes, now, progress=None))]
    fn open<'py>(
        class: &Bound<'py, pyo3::types::PyType>,
        bytes: &Bound<'py, PyAny>,
        now: &Bound<'py, PyAny>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let bytes = argument::<Vec<u8>>(bytes, "bytes")?;
        let now = argument::<medledger_sdk::api::Time>(now, "now")?;
        let progress = Caller::progress(progress)?;
        progress
            .answer(
                py,
                run(py, true, || medledger_sdk::api::ledger::Ledger::open(&bytes, now, &mut &progress)),
            )?
            .into_python(py)
    }

    /// The ledger as bytes: its genesis, and its blocks with their evidence. What waits is not part of it.
    ///
    /// Errors: COD-013, which a ledger never gives.
    #[pyo3(signature = ())]
    fn to_bytes<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.to_bytes())?.into_python(py)
    }

    /// The genesis.
    ///
    /// Errors: COD-013, which a genesis never gives.
    #[pyo3(signature = ())]
    fn genesis<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.genesis())?.into_python(py)
    }

    /// The newest block.
    #[pyo3(signature = ())]
    fn status<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.status().into_python(py)
    }

    /// Takes a transaction to stand in a coming block, if it would count now; its id.
    ///
    /// Errors: The rule by which it would not count. Nothing has changed then.
    #[pyo3(signature = (transaction, now))]
    fn submit<'py>(
        slf: &Bound<'py, Self>,
        transaction: &Bound<'py, PyAny>,
        now: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let transaction = argument::<Vec<u8>>(transaction, "transaction")?;
        let now = argument::<medledger_sdk::api::Time>(now, "now")?;
        let mut held = together(py, || slf.get().held.exclusive())?;
        let this = held.get_mut(py)?;
        answer(py, run(py, transaction.len() >= LARGE, || this.submit(&transaction, now)))?.into_python(py)
    }

    /// Makes and commits the next block with a validator's key, from what waits.
    ///
    /// Errors: LOC-002 when it is not the key's turn, BLK rules for a time before the newest block's.
    #[pyo3(signature = (validator, now))]
    fn produce<'py>(
        slf: &Bound<'py, Self>,
        validator: &Bound<'py, PyAny>,
        now: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let validator = given::<super::key::Key>(validator, "validator")?;
        let now = argument::<medledger_sdk::api::Time>(now, "now")?;
        distinct(slf, validator, "ledger")?;
        let (mut held, validator_held) =
            together(py, || Ok((slf.get().held.exclusive()?, validator.get().held.shared()?)))?;
        let this = held.get_mut(py)?;
        let validator = validator_held.get(py)?;
        answer(py, this.produce(validator, now))?.into_python(py)
    }

    /// The next block, put together from what waits, for a validator whose key lies elsewhere to certify. Nothing changes
    /// until it is.
    ///
    /// Errors: As `produce`.
    #[pyo3(signature = (validator, now))]
    fn propose<'py>(
        slf: &Bound<'py, Self>,
        validator: &Bound<'py, PyAny>,
        now: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let validator = argument::<Vec<u8>>(validator, "validator")?;
        let now = argument::<medledger_sdk::api::Time>(now, "now")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, run(py, validator.len() >= LARGE, || this.propose(&validator, now)))?.into_python(py)
    }

    /// Certifies a proposal with a signature that was made elsewhere, and commits it.
    ///
    /// Errors: CRY rules for a signature that does not verify, LOC-003 for a proposal that does not stand on the newest block.
    #[pyo3(signature = (proposal, validator, signature))]
    fn certify<'py>(
        slf: &Bound<'py, Self>,
        proposal: &Bound<'py, PyAny>,
        validator: &Bound<'py, PyAny>,
        signature: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let proposal = given::<super::ledger::Proposal>(proposal, "proposal")?;
        let validator = argument::<Vec<u8>>(validator, "validator")?;
        let signature = argument::<Vec<u8>>(signature, "signature")?;
        distinct(slf, proposal, "ledger")?;
        let (mut held, proposal_held) =
            together(py, || Ok((slf.get().held.exclusive()?, proposal.get().held.shared()?)))?;
        let this = held.get_mut(py)?;
        let proposal = proposal_held.get(py)?;
        answer(
            py,
            run(py, validator.len() >= LARGE || signature.len() >= LARGE, || {
                this.certify(proposal, &validator, &signature)
            }),
        )?
        .into_python(py)
    }

    /// Follows another ledger: accepts a block that its validator certified.
    ///
    /// Errors: The rule that the block or its evidence breaks. Nothing has changed then.
    #[pyo3(signature = (block, now))]
    fn accept<'py>(
        slf: &Bound<'py, Self>,
        block: &Bound<'py, PyAny>,
        now: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let block = argument::<medledger_sdk::api::ledger::CertifiedBlock>(block, "block")?;
        let now = argument::<medledger_sdk::api::Time>(now, "now")?;
        let mut held = together(py, || slf.get().held.exclusive())?;
        let this = held.get_mut(py)?;
        answer(py, this.accept(&block, now))?.into_python(py)
    }

    /// The block of a height, with its evidence, for others to accept.
    ///
    /// Errors: API-007 for the genesis and heights to come.
    #[pyo3(signature = (height))]
    fn block<'py>(slf: &Bound<'py, Self>, height: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let height = argument::<u64>(height, "height")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.block(height))?.into_python(py)
    }

    /// What came of the block of a height.
    ///
    /// Errors: API-007 for the genesis and heights to come.
    #[pyo3(signature = (height))]
    fn block_summary<'py>(slf: &Bound<'py, Self>, height: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let height = argument::<u64>(height, "height")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.block_summary(height))?.into_python(py)
    }

    /// The header of a height with its evidence, for readers without a ledger.
    ///
    /// Errors: API-007 for the genesis and heights to come.
    #[pyo3(signature = (height))]
    fn header<'py>(slf: &Bound<'py, Self>, height: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let height = argument::<u64>(height, "height")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.header(height))?.into_python(py)
    }

    /// The bytes of a transaction that was recorded.
    ///
    /// Errors: API-002 for an id that is none, API-007 for one that was not recorded.
    #[pyo3(signature = (id))]
    fn transaction<'py>(slf: &Bound<'py, Self>, id: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let id = argument::<String>(id, "id")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.transaction(&id))?.into_python(py)
    }

    /// Whoever is to sign with a key, with the key's next counter, valid for some milliseconds.
    ///
    /// Errors: API-002 for what is none.
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

    /// An identity with its live keys; None where there is none.
    ///
    /// Errors: API-002 for what is no DID.
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
    /// Errors: API-002 for what is no DID, API-007 where there is none.
    #[pyo3(signature = (did))]
    fn control<'py>(slf: &Bound<'py, Self>, did: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let did = argument::<String>(did, "did")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.control(&did))?.into_python(py)
    }

    /// A consent as it stands at a time.
    ///
    /// Errors: API-002 for what is no id, API-007 where there is none.
    #[pyo3(signature = (consent, now))]
    fn consent<'py>(
        slf: &Bound<'py, Self>,
        consent: &Bound<'py, PyAny>,
        now: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let consent = argument::<String>(consent, "consent")?;
        let now = argument::<medledger_sdk::api::Time>(now, "now")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.consent(&consent, now))?.into_python(py)
    }

    /// All active consents of a subject, in the order of their slots, as they stand at a time.
    ///
    /// Errors: API-002 for what is no DID.
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

    /// A new consent in the lowest slot that is free or whose consent has ended, for the patient to sign.
    ///
    /// Errors: CON and WAL rules for terms that can't stand, WAL-001 where all slots are taken.
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
    /// Errors: CON and WAL rules for terms that can't stand and consents that are over.
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

    /// A subject's timeline.
    ///
    /// Errors: API-002 for what is no DID.
    #[pyo3(signature = (subject))]
    fn timeline<'py>(slf: &Bound<'py, Self>, subject: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let subject = argument::<String>(subject, "subject")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.timeline(&subject))?.into_python(py)
    }

    /// A subject's access log; sessions stand as of a time.
    ///
    /// Errors: API-002 for what is no DID.
    #[pyo3(signature = (subject, now))]
    fn access_log<'py>(
        slf: &Bound<'py, Self>,
        subject: &Bound<'py, PyAny>,
        now: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let subject = argument::<String>(subject, "subject")?;
        let now = argument::<medledger_sdk::api::Time>(now, "now")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.access_log(&subject, now))?.into_python(py)
    }

    /// A subject's authority log.
    ///
    /// Errors: API-002 for what is no DID.
    #[pyo3(signature = (subject))]
    fn authority_log<'py>(
        slf: &Bound<'py, Self>,
        subject: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let subject = argument::<String>(subject, "subject")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.authority_log(&subject))?.into_python(py)
    }

    /// The sessions of a subject that a custodian has not closed.
    ///
    /// Errors: API-002 for what is no DID.
    #[pyo3(signature = (subject))]
    fn unclosed_sessions<'py>(
        slf: &Bound<'py, Self>,
        subject: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let subject = argument::<String>(subject, "subject")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.unclosed_sessions(&subject))?.into_python(py)
    }

    /// One of a subject's logs with the proof that it is all, for readers without a ledger.
    ///
    /// Errors: API-002 for what is no DID, API-007 at the genesis.
    #[pyo3(signature = (subject, log))]
    fn prove_log<'py>(
        slf: &Bound<'py, Self>,
        subject: &Bound<'py, PyAny>,
        log: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let subject = argument::<String>(subject, "subject")?;
        let log = argument::<medledger_sdk::api::logs::LogKind>(log, "log")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.prove_log(&subject, log))?.into_python(py)
    }

    /// The receipt of what a transaction says in a subject's log, with the evidence for its own header.
    ///
    /// Errors: API-002 for what is none, API-007 where the transaction says nothing about the subject.
    #[pyo3(signature = (transaction, subject))]
    fn receipt<'py>(
        slf: &Bound<'py, Self>,
        transaction: &Bound<'py, PyAny>,
        subject: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let transaction = argument::<String>(transaction, "transaction")?;
        let subject = argument::<String>(subject, "subject")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.receipt(&transaction, &subject))?.into_python(py)
    }

    /// The same receipt, refreshed to stand on the newest header; it outlives every rotation of the validators.
    ///
    /// Errors: API-002 for what is none, API-007 where the transaction says nothing about the subject.
    #[pyo3(signature = (transaction, subject))]
    fn refreshed_receipt<'py>(
        slf: &Bound<'py, Self>,
        transaction: &Bound<'py, PyAny>,
        subject: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let transaction = argument::<String>(transaction, "transaction")?;
        let subject = argument::<String>(subject, "subject")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.refreshed_receipt(&transaction, &subject))?.into_python(py)
    }

    /// What stands under these keys of the state, proven under the newest header.
    ///
    /// Errors: API-002 for what is no key, API-007 at the genesis.
    #[pyo3(signature = (keys))]
    fn prove_state<'py>(slf: &Bound<'py, Self>, keys: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let keys = argument::<Vec<String>>(keys, "keys")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.prove_state(&keys))?.into_python(py)
    }

    /// An identity with its keys and their use, proven under the newest header: what a sender is made from.
    ///
    /// Errors: API-002 for what is no DID, API-007 at the genesis.
    #[pyo3(signature = (did))]
    fn prove_identity<'py>(slf: &Bound<'py, Self>, did: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let did = argument::<String>(did, "did")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.prove_identity(&did))?.into_python(py)
    }

    /// All active consents of a subject, proven under the newest header, the free slots included.
    ///
    /// Errors: API-002 for what is no DID, API-007 at the genesis.
    #[pyo3(signature = (subject))]
    fn prove_consents<'py>(
        slf: &Bound<'py, Self>,
        subject: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let subject = argument::<String>(subject, "subject")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.prove_consents(&subject))?.into_python(py)
    }

    /// What a custodian's gateway asks, proven under the newest header.
    ///
    /// Errors: API-002 for what is none, API-007 at the genesis.
    ///
    /// A gateway says what it asks of the state; what is not there is proven to be absent:
    ///
    /// >>> question = AccessQuestion(
    /// ...     session="00" * 32,
    /// ...     custodian=hospital.did(),
    /// ...     record="11" * 32,
    /// ...     key=hospital.device().id(),
    /// ... )
    /// >>> len(ledger.prove_access(question)) > 100
    /// True
    #[pyo3(signature = (question))]
    fn prove_access<'py>(
        slf: &Bound<'py, Self>,
        question: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let question = argument::<medledger_sdk::api::access::AccessQuestion>(question, "question")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.prove_access(&question))?.into_python(py)
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

/// A block that waits for its certificate.
///
/// >>> proposal = ledger.propose(validator.public_key(), now)
/// >>> signature = validator.sign(proposal.to_sign())
/// >>> ledger.certify(proposal, validator.public_key(), signature).height
/// 3
#[pyclass(frozen, module = "medledger")]
pub(super) struct Proposal {
    pub(super) held: Held<medledger_sdk::api::ledger::Proposal>,
}

impl IntoPython for medledger_sdk::api::ledger::Proposal {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, Proposal { held: Held::new(self, "proposal") })?.into_any())
    }
}

#[pymethods]
impl Proposal {
    /// The bytes that the validator's key signs.
    #[pyo3(signature = ())]
    fn to_sign<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.to_sign().into_python(py)
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
    module.add_class::<Ledger>()?;
    module.add_class::<Proposal>()?;
    Ok(())
}
