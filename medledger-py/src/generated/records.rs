//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{
    At, Caller, Class, FromPython, Held, IntoPython, LARGE, answer, argument, entropy, optional, run,
    together, value,
};

value!(medledger_sdk::api::records::BatchEntry, "BatchEntry", { subject: "subject", root: "root", count: "count",  });

value!(medledger_sdk::api::records::BatchMember, "BatchMember", { index: "index", commitments: "commitments", path: "path",  });

/// The records of one subject that are anchored together, in their order. A ledger is told of them by their root and count.
///
/// >>> bundle = b"""{"resourceType": "Bundle", "type": "collection", "entry": [{"resource":
/// ...     {"resourceType": "Patient", "id": "1"}}]}"""
/// >>> chain, readers = ledger.status().chain, [patient.agreement().public_key()]
/// >>> batch = Batch.seal_bundle(bundle, chain, readers)
/// >>> draft = anchor_batch(sender(hospital), [batch.entry(patient.did())])
/// >>> (batch.count(), batch.record(0).commitments() == batch.commitments()[0])
/// (1, True)
/// >>> batch.member(0) == batch_member(batch.commitments(), 0)
/// True
///
/// What was sealed elsewhere is put in by its commitments:
///
/// >>> other = Batch()
/// >>> other.push(batch.commitments()[0])
/// 0
/// >>> other.root() == batch.root()
/// True
#[pyclass(frozen, module = "medledger")]
pub(super) struct Batch {
    pub(super) held: Held<medledger_sdk::api::records::Batch>,
}

impl IntoPython for medledger_sdk::api::records::Batch {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, Batch { held: Held::new(self, "batch") })?.into_any())
    }
}

#[pymethods]
impl Batch {
    /// A batch without records.
    #[new]
    #[pyo3(signature = ())]
    fn new() -> PyResult<Self> {
        Ok(Self { held: Held::new(medledger_sdk::api::records::Batch::new(), "batch") })
    }

    /// Seals each resource of a FHIR R4 bundle of one patient, in its order and in the text that it came in, under a key of
    /// its own that is wrapped to these agreement keys: the patient's devices and the custodian's.
    ///
    /// Errors: FHR rules for what is no bundle, SEA-020 for a key that nothing can be encrypted to, SEA-025 without any, API-009 when it
    /// is stopped.
    #[classmethod]
    #[pyo3(signature = (bundle, chain, recipients, progress=None))]
    fn seal_bundle<'py>(
        class: &Bound<'py, pyo3::types::PyType>,
        bundle: &Bound<'py, PyAny>,
        chain: &Bound<'py, PyAny>,
        recipients: &Bound<'py, PyAny>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let bundle = argument::<Vec<u8>>(bundle, "bundle")?;
        let chain = argument::<String>(chain, "chain")?;
        let recipients = argument::<Vec<Vec<u8>>>(recipients, "recipients")?;
        let progress = Caller::progress(progress)?;
        let mut rng = entropy()?;
        progress
            .answer(
                py,
                run(py, true, || {
                    medledger_sdk::api::records::Batch::seal_bundle(
                        &bundle,
                        &chain,
                        &recipients,
                        &mut &progress,
                        &mut rng,
                    )
                }),
            )?
            .into_python(py)
    }

    /// Adds a record by what it commits to; gives its index.
    ///
    /// Errors: API-002 for what are no commitments.
    #[pyo3(signature = (commitments))]
    fn push<'py>(slf: &Bound<'py, Self>, commitments: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let commitments = argument::<medledger_sdk::api::facts::Commitments>(commitments, "commitments")?;
        let mut held = together(py, || slf.get().held.exclusive())?;
        let this = held.get_mut(py)?;
        answer(py, this.push(&commitments))?.into_python(py)
    }

    /// How many records there are.
    #[pyo3(signature = ())]
    fn count<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.count().into_python(py)
    }

    /// The root over them.
    #[pyo3(signature = ())]
    fn root<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.root().into_python(py)
    }

    /// What each record commits to.
    #[pyo3(signature = ())]
    fn commitments<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.commitments().into_python(py)
    }

    /// What the ledger is told of them, as the records of this subject.
    ///
    /// Errors: API-002 for what is no DID.
    #[pyo3(signature = (subject))]
    fn entry<'py>(slf: &Bound<'py, Self>, subject: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let subject = argument::<String>(subject, "subject")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.entry(&subject))?.into_python(py)
    }

    /// A record of the batch, with the proof that it is there.
    ///
    /// Errors: MRK-001 for an index that it does not reach.
    #[pyo3(signature = (index))]
    fn member<'py>(slf: &Bound<'py, Self>, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let index = argument::<u64>(index, "index")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.member(index))?.into_python(py)
    }

    /// A record that `seal_bundle` sealed.
    ///
    /// Errors: API-007 for one that was not sealed here.
    #[pyo3(signature = (index))]
    fn record<'py>(slf: &Bound<'py, Self>, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let index = argument::<u64>(index, "index")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.record(index))?.into_python(py)
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

/// One record of a batch with these commitments, with the proof that it is there.
///
/// Errors: API-002 for what are no commitments, MRK-001 for an index that they don't reach.
///
/// >>> facts = Facts(reference="Observation/1", resource_type="Observation")
/// >>> commitments = [commit(content, b"1" * 32, facts, b"2" * 32) for content in (b"a", b"b")]
/// >>> len(batch_member(commitments, 1).path)
/// 1
#[pyfunction]
#[pyo3(signature = (commitments, index))]
fn batch_member<'py>(
    py: Python<'py>,
    commitments: &Bound<'py, PyAny>,
    index: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let commitments = argument::<Vec<medledger_sdk::api::facts::Commitments>>(commitments, "commitments")?;
    let index = argument::<u64>(index, "index")?;
    answer(py, medledger_sdk::api::records::batch_member(&commitments, index))?.into_python(py)
}

/// One record of one patient, to be anchored. `custodian` keeps it and agrees; it is the sender, unless one is named, whose
/// device key then approves the draft.
///
/// Errors: API-002 for what is no DID, id or commitment.
///
/// >>> facts = Facts(reference="DocumentReference/1", resource_type="DocumentReference")
/// >>> sealed = seal_record(b"a scan", ContentForm.AS_IT_STANDS, facts)
/// >>> anchored = record(anchor_record(sender(hospital), patient.did(), sealed.commitments()), hospital)
/// >>> ledger.timeline(patient.did()).entries[0].record == record_id(anchored.transaction, 0)
/// True
#[pyfunction]
#[pyo3(signature = (sender, subject, commitments, custodian=None))]
fn anchor_record<'py>(
    py: Python<'py>,
    sender: &Bound<'py, PyAny>,
    subject: &Bound<'py, PyAny>,
    commitments: &Bound<'py, PyAny>,
    custodian: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let sender = argument::<medledger_sdk::api::draft::Sender>(sender, "sender")?;
    let subject = argument::<String>(subject, "subject")?;
    let commitments = argument::<medledger_sdk::api::facts::Commitments>(commitments, "commitments")?;
    let custodian = optional::<String>(custodian, "custodian")?;
    answer(
        py,
        medledger_sdk::api::records::anchor_record(&sender, &subject, &commitments, custodian.as_deref()),
    )?
    .into_python(py)
}

/// Batches of several subjects, to be anchored at once; each subject sees its own entry alone. `custodian` is as for
/// `anchor_record`.
///
/// Errors: API-002 for what is no DID or root, REC-014 without records or with too many, REC-015 for a subject that is named twice.
///
/// >>> facts = Facts(reference="Observation/1", resource_type="Observation")
/// >>> batch = Batch()
/// >>> batch.push(commit(b"content", b"1" * 32, facts, b"2" * 32))
/// 0
/// >>> anchored = record(anchor_batch(sender(hospital), [batch.entry(patient.did())]), hospital)
/// >>> ledger.timeline(patient.did()).entries[0].count
/// 1
#[pyfunction]
#[pyo3(signature = (sender, entries, custodian=None))]
fn anchor_batch<'py>(
    py: Python<'py>,
    sender: &Bound<'py, PyAny>,
    entries: &Bound<'py, PyAny>,
    custodian: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let sender = argument::<medledger_sdk::api::draft::Sender>(sender, "sender")?;
    let entries = argument::<Vec<medledger_sdk::api::records::BatchEntry>>(entries, "entries")?;
    let custodian = optional::<String>(custodian, "custodian")?;
    answer(py, medledger_sdk::api::records::anchor_batch(&sender, &entries, custodian.as_deref()))?
        .into_python(py)
}

/// A new version of a record that was anchored by itself, or that has been amended before. The old one stays on the ledger.
/// `replaces` is the hash of the current version: see `record_version`.
///
/// Errors: API-002 for what is no id, version or commitment.
///
/// >>> facts = Facts(reference="Observation/1", resource_type="Observation")
/// >>> old, new = (commit(content, b"1" * 32, facts, b"2" * 32) for content in (b"old", b"new"))
/// >>> anchored = record(anchor_record(sender(hospital), patient.did(), old), hospital)
/// >>> id = record_id(anchored.transaction, 0)
/// >>> record(amend_record(sender(hospital), id, record_version(id, 1, old), new), hospital).rule is None
/// True
#[pyfunction]
#[pyo3(signature = (sender, record, replaces, commitments))]
fn amend_record<'py>(
    py: Python<'py>,
    sender: &Bound<'py, PyAny>,
    record: &Bound<'py, PyAny>,
    replaces: &Bound<'py, PyAny>,
    commitments: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let sender = argument::<medledger_sdk::api::draft::Sender>(sender, "sender")?;
    let record = argument::<String>(record, "record")?;
    let replaces = argument::<String>(replaces, "replaces")?;
    let commitments = argument::<medledger_sdk::api::facts::Commitments>(commitments, "commitments")?;
    answer(py, medledger_sdk::api::records::amend_record(&sender, &record, &replaces, &commitments))?
        .into_python(py)
}

/// A new version of a record of a batch, named for the first time. `batch` is the id of its subject's entry.
///
/// Errors: API-002 for what is no id, version, commitment or proof.
///
/// >>> facts = Facts(reference="Observation/1", resource_type="Observation")
/// >>> old, new = (commit(content, b"1" * 32, facts, b"2" * 32) for content in (b"old", b"new"))
/// >>> batch = Batch()
/// >>> index = batch.push(old)
/// >>> anchored = record(anchor_batch(sender(hospital), [batch.entry(patient.did())]), hospital)
/// >>> id = record_id(anchored.transaction, 0)
/// >>> replaces = record_version(batch_record_id(id, index), 1, old)
/// >>> draft = amend_batch_record(sender(hospital), id, batch.member(index), replaces, new)
/// >>> record(draft, hospital).rule is None
/// True
#[pyfunction]
#[pyo3(signature = (sender, batch, member, replaces, commitments))]
fn amend_batch_record<'py>(
    py: Python<'py>,
    sender: &Bound<'py, PyAny>,
    batch: &Bound<'py, PyAny>,
    member: &Bound<'py, PyAny>,
    replaces: &Bound<'py, PyAny>,
    commitments: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let sender = argument::<medledger_sdk::api::draft::Sender>(sender, "sender")?;
    let batch = argument::<String>(batch, "batch")?;
    let member = argument::<medledger_sdk::api::records::BatchMember>(member, "member")?;
    let replaces = argument::<String>(replaces, "replaces")?;
    let commitments = argument::<medledger_sdk::api::facts::Commitments>(commitments, "commitments")?;
    answer(
        py,
        medledger_sdk::api::records::amend_batch_record(&sender, &batch, &member, &replaces, &commitments),
    )?
    .into_python(py)
}

/// That a record should never have been entered (FHIR's `entered-in-error`), in whatever version: one that was anchored by
/// itself, or that has been amended before.
///
/// Errors: API-002 for what is no id.
///
/// >>> facts = Facts(reference="Observation/1", resource_type="Observation")
/// >>> commitments = commit(b"content", b"1" * 32, facts, b"2" * 32)
/// >>> anchored = record(anchor_record(sender(hospital), patient.did(), commitments), hospital)
/// >>> record(retract_record(sender(hospital), record_id(anchored.transaction, 0)), hospital).rule is None
/// True
/// >>> ledger.timeline(patient.did()).entries[1].kind
/// <TimelineKind.ENTERED_IN_ERROR: 'entered-in-error'>
#[pyfunction]
#[pyo3(signature = (sender, record))]
fn retract_record<'py>(
    py: Python<'py>,
    sender: &Bound<'py, PyAny>,
    record: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let sender = argument::<medledger_sdk::api::draft::Sender>(sender, "sender")?;
    let record = argument::<String>(record, "record")?;
    answer(py, medledger_sdk::api::records::retract_record(&sender, &record))?.into_python(py)
}

/// That a record of a batch should never have been entered, named for the first time. `batch` is the id of its subject's
/// entry.
///
/// Errors: API-002 for what is no id or proof.
///
/// >>> facts = Facts(reference="Observation/1", resource_type="Observation")
/// >>> batch = Batch()
/// >>> index = batch.push(commit(b"content", b"1" * 32, facts, b"2" * 32))
/// >>> anchored = record(anchor_batch(sender(hospital), [batch.entry(patient.did())]), hospital)
/// >>> draft = retract_batch_record(sender(hospital), record_id(anchored.transaction, 0), batch.member(index))
/// >>> record(draft, hospital).rule is None
/// True
#[pyfunction]
#[pyo3(signature = (sender, batch, member))]
fn retract_batch_record<'py>(
    py: Python<'py>,
    sender: &Bound<'py, PyAny>,
    batch: &Bound<'py, PyAny>,
    member: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let sender = argument::<medledger_sdk::api::draft::Sender>(sender, "sender")?;
    let batch = argument::<String>(batch, "batch")?;
    let member = argument::<medledger_sdk::api::records::BatchMember>(member, "member")?;
    answer(py, medledger_sdk::api::records::retract_batch_record(&sender, &batch, &member))?.into_python(py)
}

/// The proof of one record, as a file: a receipt of its anchoring, with the record's place where that was a batch. With its
/// opening it also proves what the record says, to whoever may read it. Whether the receipt holds shows when the proof is
/// checked.
///
/// Errors: COD rules for what is no receipt or opening; LGT-011, LGT-012 and LGT-013 for a receipt of another event or a member of another
/// batch; REC-006 and REC-007 for the opening of another record.
///
/// >>> facts = Facts(reference="DocumentReference/1", resource_type="DocumentReference")
/// >>> sealed = seal_record(b"a scan", ContentForm.AS_IT_STANDS, facts)
/// >>> anchored = record(anchor_record(sender(hospital), patient.did(), sealed.commitments()), hospital)
/// >>> receipt = ledger.receipt(anchored.transaction, patient.did())
/// >>> opened = sealed.open(sealed.key(), sealed.commitments())
/// >>> file = record_proof(receipt, opening=opened.opening())
/// >>> check_proof(file, ledger.genesis(), now).valid
/// True
/// >>> LightClient(ledger.genesis(), now).read_record(file).opened
/// True
#[pyfunction]
#[pyo3(signature = (receipt, member=None, opening=None))]
fn record_proof<'py>(
    py: Python<'py>,
    receipt: &Bound<'py, PyAny>,
    member: Option<&Bound<'py, PyAny>>,
    opening: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let receipt = argument::<Vec<u8>>(receipt, "receipt")?;
    let member = optional::<medledger_sdk::api::records::BatchMember>(member, "member")?;
    let opening = optional::<Vec<u8>>(opening, "opening")?;
    answer(
        py,
        run(py, receipt.len() >= LARGE, || {
            medledger_sdk::api::records::record_proof(&receipt, member.as_ref(), opening.as_deref())
        }),
    )?
    .into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Batch>()?;
    module.add_function(wrap_pyfunction!(batch_member, module)?)?;
    module.add_function(wrap_pyfunction!(anchor_record, module)?)?;
    module.add_function(wrap_pyfunction!(anchor_batch, module)?)?;
    module.add_function(wrap_pyfunction!(amend_record, module)?)?;
    module.add_function(wrap_pyfunction!(amend_batch_record, module)?)?;
    module.add_function(wrap_pyfunction!(retract_record, module)?)?;
    module.add_function(wrap_pyfunction!(retract_batch_record, module)?)?;
    module.add_function(wrap_pyfunction!(record_proof, module)?)?;
    Ok(())
}
