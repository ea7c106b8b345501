//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{
    At, Caller, Class, FromPython, Held, IntoPython, LARGE, answer, argument, distinct, entropy, given, run,
    together, value, word,
};

word!(medledger_sdk::api::sealed::SealSuite, "SealSuite");

value!(medledger_sdk::api::sealed::SealedHeader, "SealedHeader", { suite: "suite", form: "form", length: "length", header_size: "header_size", container_size: "container_size", commitments: "commitments", key_commitment: "key_commitment",  });

value!(medledger_sdk::api::sealed::DestroyedRecord, "DestroyedRecord", { commitments: "commitments", key_commitment: "key_commitment", at: "at", recipients: "recipients",  });

/// A sealed record as its holder keeps it: container and wrapped keys; or only that it was destroyed.
///
/// >>> facts = Facts(reference="DocumentReference/1", resource_type="DocumentReference")
/// >>> sealed = seal_record(b"a scan", ContentForm.AS_IT_STANDS, facts)
/// >>> commitments, key, chain = sealed.commitments(), sealed.key(), ledger.status().chain
/// >>> sealed.wrap_to(key, chain, [patient.agreement().public_key()])
/// >>> len(sealed.recipients())
/// 1
/// >>> kept = SealedRecord.from_bytes(sealed.to_bytes())
/// >>> kept.check(chain, commitments)
/// >>> opened = kept.open(kept.unwrap(patient.agreement(), chain), commitments)
/// >>> opened.original()
/// b'a scan'
/// >>> kept.open_facts(key) == facts
/// True
/// >>> alone = SealedRecord.from_container(kept.container())
/// >>> alone.header() == SealedRecord.from_beginning(kept.container()).header() == kept.header()
/// True
///
/// A key that is destroyed takes the record with it:
///
/// >>> kept.destroy_key(now).commitments == commitments
/// True
/// >>> kept.destroyed().at == now
/// True
#[pyclass(frozen, module = "medledger")]
pub(super) struct SealedRecord {
    pub(super) held: Held<medledger_sdk::api::sealed::SealedRecord>,
}

impl IntoPython for medledger_sdk::api::sealed::SealedRecord {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, SealedRecord { held: Held::new(self, "sealed record") })?.into_any())
    }
}

#[pymethods]
impl SealedRecord {
    /// The record from the bytes that `to_bytes` gave.
    ///
    /// Errors: COD rules for other bytes, SEA rules for a header that is none.
    #[classmethod]
    #[pyo3(signature = (bytes))]
    fn from_bytes<'py>(
        class: &Bound<'py, pyo3::types::PyType>,
        bytes: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let bytes = argument::<Vec<u8>>(bytes, "bytes")?;
        answer(
            py,
            run(py, bytes.len() >= LARGE, || medledger_sdk::api::sealed::SealedRecord::from_bytes(&bytes)),
        )?
        .into_python(py)
    }

    /// The record whose container this is; without wraps.
    ///
    /// Errors: As `read_sealed_header`, and SEA-009 and SEA-010 for one that is shorter or longer than its header says.
    #[classmethod]
    #[pyo3(signature = (container))]
    fn from_container<'py>(
        class: &Bound<'py, pyo3::types::PyType>,
        container: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let container = argument::<Vec<u8>>(container, "container")?;
        answer(
            py,
            run(py, container.len() >= LARGE, || {
                medledger_sdk::api::sealed::SealedRecord::from_container(&container)
            }),
        )?
        .into_python(py)
    }

    /// The record whose container begins so and lies as a file of its own; without wraps.
    ///
    /// Errors: As `read_sealed_header`.
    #[classmethod]
    #[pyo3(signature = (container))]
    fn from_beginning<'py>(
        class: &Bound<'py, pyo3::types::PyType>,
        container: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let container = argument::<Vec<u8>>(container, "container")?;
        answer(
            py,
            run(py, container.len() >= LARGE, || {
                medledger_sdk::api::sealed::SealedRecord::from_beginning(&container)
            }),
        )?
        .into_python(py)
    }

    /// What its holder keeps: header, chunks and wraps; once it was destroyed, the statement that it was.
    ///
    /// Errors: COD-013, which this never gives.
    #[pyo3(signature = ())]
    fn to_bytes<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.to_bytes())?.into_python(py)
    }

    /// The container: the record without wraps, as a file of its own.
    ///
    /// Errors: SEA-026 once it was destroyed, SEA-027 where it lies elsewhere.
    #[pyo3(signature = ())]
    fn container<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.container())?.into_python(py)
    }

    /// What it says in the clear.
    ///
    /// Errors: SEA-026 once it was destroyed.
    #[pyo3(signature = ())]
    fn header<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.header())?.into_python(py)
    }

    /// What the ledger holds of the record, as this says itself.
    ///
    /// Errors: SEA rules for a header that is none, which this never has.
    #[pyo3(signature = ())]
    fn commitments<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.commitments())?.into_python(py)
    }

    /// The agreement keys that its key is wrapped to.
    #[pyo3(signature = ())]
    fn recipients<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.recipients().into_python(py)
    }

    /// Checks as much as needs no secret: that it is the record with these commitments, of as many bytes as it says, and
    /// that its wraps are of it, on this ledger.
    ///
    /// Errors: SEA-009, SEA-010, SEA-012, SEA-022, SEA-023.
    #[pyo3(signature = (chain, commitments))]
    fn check<'py>(
        slf: &Bound<'py, Self>,
        chain: &Bound<'py, PyAny>,
        commitments: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let chain = argument::<String>(chain, "chain")?;
        let commitments = argument::<medledger_sdk::api::facts::Commitments>(commitments, "commitments")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.check(&chain, &commitments))?.into_python(py)
    }

    /// The key under which this record has just been sealed; one that was read again is unwrapped instead.
    ///
    /// Errors: API-007 where it is not known here.
    #[pyo3(signature = ())]
    fn key<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.key())?.into_python(py)
    }

    /// The record's key, unwrapped with an agreement key that it is wrapped to.
    ///
    /// Errors: SEA-025 where it is not wrapped to this one, SEA-006 and SEA-022 to SEA-024 for a wrap of something else, SEA-026 once it
    /// was destroyed.
    #[pyo3(signature = (secret, chain))]
    fn unwrap<'py>(
        slf: &Bound<'py, Self>,
        secret: &Bound<'py, PyAny>,
        chain: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let secret = given::<super::key::AgreementKey>(secret, "secret")?;
        let chain = argument::<String>(chain, "chain")?;
        let (held, secret_held) =
            together(py, || Ok((slf.get().held.shared()?, secret.get().held.shared()?)))?;
        let this = held.get(py)?;
        let secret = secret_held.get(py)?;
        answer(py, this.unwrap(secret, &chain))?.into_python(py)
    }

    /// Wraps the record's key to just these agreement keys: wraps that are there are kept, missing ones are made, those for
    /// others are gone. For a first time, for a device that was added, after a rotation, or when one was revoked. What a
    /// revoked device has unwrapped before, it may still have.
    ///
    /// Errors: SEA-006 for the key of another record, SEA-020 for a key that nothing can be encrypted to, SEA-026 once it was destroyed.
    #[pyo3(signature = (key, chain, recipients))]
    fn wrap_to<'py>(
        slf: &Bound<'py, Self>,
        key: &Bound<'py, PyAny>,
        chain: &Bound<'py, PyAny>,
        recipients: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let key = given::<super::sealing::RecordKey>(key, "key")?;
        let chain = argument::<String>(chain, "chain")?;
        let recipients = argument::<Vec<Vec<u8>>>(recipients, "recipients")?;
        let mut rng = entropy()?;
        distinct(slf, key, "sealed record")?;
        let (mut held, key_held) =
            together(py, || Ok((slf.get().held.exclusive()?, key.get().held.shared()?)))?;
        let this = held.get_mut(py)?;
        let key = key_held.get(py)?;
        answer(py, run(py, true, || this.wrap_to(key, &chain, &recipients, &mut rng)))?.into_python(py)
    }

    /// The record's facts, without a byte of its content.
    ///
    /// Errors: SEA-006 for another key, SEA-007 and SEA-011 for a header that was not sealed so, SEA-026 once it was destroyed.
    #[pyo3(signature = (key))]
    fn open_facts<'py>(slf: &Bound<'py, Self>, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let key = given::<super::sealing::RecordKey>(key, "key")?;
        let (held, key_held) = together(py, || Ok((slf.get().held.shared()?, key.get().held.shared()?)))?;
        let this = held.get(py)?;
        let key = key_held.get(py)?;
        answer(py, this.open_facts(key))?.into_python(py)
    }

    /// Opens all of it as the record with these commitments, which the ledger holds of it.
    ///
    /// Errors: SEA-006 for another key; SEA-007 to SEA-013 for what was altered, cut off, or is of another record; SEA-026 once it was
    /// destroyed; SEA-027 where the container lies elsewhere; API-009 when it is stopped.
    #[pyo3(signature = (key, commitments, progress=None))]
    fn open<'py>(
        slf: &Bound<'py, Self>,
        key: &Bound<'py, PyAny>,
        commitments: &Bound<'py, PyAny>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let key = given::<super::sealing::RecordKey>(key, "key")?;
        let commitments = argument::<medledger_sdk::api::facts::Commitments>(commitments, "commitments")?;
        let progress = Caller::progress(progress)?;
        let (held, key_held) = together(py, || Ok((slf.get().held.shared()?, key.get().held.shared()?)))?;
        let this = held.get(py)?;
        let key = key_held.get(py)?;
        progress.answer(py, run(py, true, || this.open(key, &commitments, &mut &progress)))?.into_python(py)
    }

    /// Destroys every wrap, and with them key and salts; the container too, as far as it is held here. What `to_bytes` gives
    /// from then on replaces the record wherever it is kept, backups included.
    ///
    /// Errors: SEA-026 once it was destroyed.
    #[pyo3(signature = (at))]
    fn destroy_key<'py>(slf: &Bound<'py, Self>, at: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let at = argument::<medledger_sdk::api::Time>(at, "at")?;
        let mut held = together(py, || slf.get().held.exclusive())?;
        let this = held.get_mut(py)?;
        answer(py, this.destroy_key(at))?.into_python(py)
    }

    /// The statement that it was destroyed; None for a record that was not.
    #[pyo3(signature = ())]
    fn destroyed<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.destroyed().into_python(py)
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

/// A record that was opened, all of it. Overwritten when it is closed; never shown.
///
/// >>> facts = Facts(reference="DocumentReference/1", resource_type="DocumentReference")
/// >>> sealed = seal_record(b"a scan", ContentForm.AS_IT_STANDS, facts)
/// >>> opened = sealed.open(sealed.key(), sealed.commitments())
/// >>> (opened.original(), opened.content(), opened.facts() == facts)
/// (b'a scan', b'a scan', True)
/// >>> OpenedRecord.from_opening(opened.opening()).commitments() == sealed.commitments()
/// True
#[pyclass(frozen, module = "medledger")]
pub(super) struct OpenedRecord {
    pub(super) held: Held<medledger_sdk::api::sealed::OpenedRecord>,
}

impl IntoPython for medledger_sdk::api::sealed::OpenedRecord {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, OpenedRecord { held: Held::new(self, "opened record") })?.into_any())
    }
}

#[pymethods]
impl OpenedRecord {
    /// What an opening holds, as a reader of a proof has it. That it is the record's shows when the proof is checked, or its
    /// commitments are compared.
    ///
    /// Errors: COD rules for what is no opening.
    #[classmethod]
    #[pyo3(signature = (opening))]
    fn from_opening<'py>(
        class: &Bound<'py, pyo3::types::PyType>,
        opening: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let opening = argument::<Vec<u8>>(opening, "opening")?;
        answer(
            py,
            run(py, opening.len() >= LARGE, || {
                medledger_sdk::api::sealed::OpenedRecord::from_opening(&opening)
            }),
        )?
        .into_python(py)
    }

    /// The bytes as they were received.
    #[pyo3(signature = ())]
    fn original<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.original().into_python(py)
    }

    /// The content that was committed to: of FHIR JSON its canonical form, else the original.
    #[pyo3(signature = ())]
    fn content<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.content().into_python(py)
    }

    /// The facts.
    #[pyo3(signature = ())]
    fn facts<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.facts().into_python(py)
    }

    /// What content and facts commit to.
    ///
    /// Errors: REC rules for an opening of what can't be committed to.
    #[pyo3(signature = ())]
    fn commitments<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.commitments())?.into_python(py)
    }

    /// What opens the record's commitments for a reader of its proof: content, facts, salts. Whoever has it can read the
    /// record; the key itself is not in it.
    ///
    /// Errors: COD-013, which this never gives.
    #[pyo3(signature = ())]
    fn opening<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.opening())?.into_python(py)
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

/// What stands at the beginning of a sealed container. As much of it as the header takes is enough; needs no key.
///
/// Errors: SEA-001 for other bytes, SEA-002 for a later version, SEA-003, SEA-004 and SEA-005 for a header that is none, SEA-009 where
/// it ends before its end.
///
/// >>> facts = Facts(reference="DocumentReference/1", resource_type="DocumentReference")
/// >>> sealed = seal_record(b"a scan", ContentForm.AS_IT_STANDS, facts)
/// >>> read_sealed_header(sealed.container()).length
/// 6
#[pyfunction]
#[pyo3(signature = (container))]
fn read_sealed_header<'py>(py: Python<'py>, container: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let container = argument::<Vec<u8>>(container, "container")?;
    answer(
        py,
        run(py, container.len() >= LARGE, || medledger_sdk::api::sealed::read_sealed_header(&container)),
    )?
    .into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<SealedRecord>()?;
    module.add_class::<OpenedRecord>()?;
    module.add_function(wrap_pyfunction!(read_sealed_header, module)?)?;
    Ok(())
}
