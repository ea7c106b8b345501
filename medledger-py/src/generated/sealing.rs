//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{
    At, Class, FromPython, Held, IntoPython, LARGE, answer, argument, entropy, given, run, together, value,
    word,
};

word!(medledger_sdk::api::sealing::ContentForm, "ContentForm");

value!(medledger_sdk::api::sealing::WrappedKey, "WrappedKey", { chain: "chain", commitments: "commitments", recipient: "recipient",  });

/// The key of one record, with the salts of its commitments: all that is secret about a sealed record. Sealing draws it.
/// Overwritten when it is closed; never shown.
///
/// >>> facts = Facts(reference="DocumentReference/1", resource_type="DocumentReference")
/// >>> sealed = seal_record(b"a scan", ContentForm.AS_IT_STANDS, facts)
/// >>> key = RecordKey.from_secret(sealed.key().secret())
/// >>> key.commitment() == sealed.header().key_commitment
/// True
/// >>> key.commit(b"a scan", ContentForm.AS_IT_STANDS, facts) == sealed.commitments()
/// True
/// >>> OpenedRecord.from_opening(key.opening(b"a scan", facts)).facts() == facts
/// True
#[pyclass(frozen, module = "medledger")]
pub(super) struct RecordKey {
    pub(super) held: Held<medledger_sdk::api::sealing::RecordKey>,
}

impl IntoPython for medledger_sdk::api::sealing::RecordKey {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, RecordKey { held: Held::new(self, "record key") })?.into_any())
    }
}

#[pymethods]
impl RecordKey {
    /// The key from its 96 secret bytes: key, salt of the content, salt of the facts.
    ///
    /// Errors: API-003 for another length.
    #[classmethod]
    #[pyo3(signature = (secret))]
    fn from_secret<'py>(
        class: &Bound<'py, pyo3::types::PyType>,
        secret: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let secret = argument::<Vec<u8>>(secret, "secret")?;
        answer(
            py,
            run(py, secret.len() >= LARGE, || medledger_sdk::api::sealing::RecordKey::from_secret(&secret)),
        )?
        .into_python(py)
    }

    /// The secret bytes, for whoever keeps the key elsewhere: key, salt of the content, salt of the facts.
    #[pyo3(signature = ())]
    fn secret<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.secret().into_python(py)
    }

    /// The commitment to this key, by which a sealed record names the key that opens it.
    #[pyo3(signature = ())]
    fn commitment<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.commitment().into_python(py)
    }

    /// What content and facts commit to under this key, to be compared with what a ledger holds.
    ///
    /// Errors: SEA-013 for content that is not in this form, SEA-011 for facts that can't be committed to.
    #[pyo3(signature = (content, form, facts))]
    fn commit<'py>(
        slf: &Bound<'py, Self>,
        content: &Bound<'py, PyAny>,
        form: &Bound<'py, PyAny>,
        facts: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let content = argument::<Vec<u8>>(content, "content")?;
        let form = argument::<medledger_sdk::api::sealing::ContentForm>(form, "form")?;
        let facts = argument::<medledger_sdk::api::facts::Facts>(facts, "facts")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, run(py, content.len() >= LARGE, || this.commit(&content, form, &facts)))?.into_python(py)
    }

    /// What opens the record's commitments for a reader of its proof: content in its canonical form, facts, salts. Whoever
    /// has it can read the record; the key itself is not in it.
    ///
    /// Errors: COD-013, which this never gives.
    #[pyo3(signature = (content, facts))]
    fn opening<'py>(
        slf: &Bound<'py, Self>,
        content: &Bound<'py, PyAny>,
        facts: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let content = argument::<Vec<u8>>(content, "content")?;
        let facts = argument::<medledger_sdk::api::facts::Facts>(facts, "facts")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, run(py, content.len() >= LARGE, || this.opening(&content, &facts)))?.into_python(py)
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

/// Seals a record under a fresh key. It is nobody's until its key is wrapped: see `SealedRecord.wrap_to`.
///
/// Errors: SEA-005 for content that is too long, SEA-011 for facts that can't be committed to, SEA-013 for content that is not in
/// this form.
///
/// >>> facts = Facts(reference="DocumentReference/1", resource_type="DocumentReference")
/// >>> sealed = seal_record(b"a scan", ContentForm.AS_IT_STANDS, facts)
/// >>> sealed.open(sealed.key(), sealed.commitments()).original()
/// b'a scan'
#[pyfunction]
#[pyo3(signature = (content, form, facts))]
fn seal_record<'py>(
    py: Python<'py>,
    content: &Bound<'py, PyAny>,
    form: &Bound<'py, PyAny>,
    facts: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let content = argument::<Vec<u8>>(content, "content")?;
    let form = argument::<medledger_sdk::api::sealing::ContentForm>(form, "form")?;
    let facts = argument::<medledger_sdk::api::facts::Facts>(facts, "facts")?;
    let mut rng = entropy()?;
    answer(
        py,
        run(py, content.len() >= LARGE, || {
            medledger_sdk::api::sealing::seal_record(&content, form, &facts, &mut rng)
        }),
    )?
    .into_python(py)
}

/// Wraps a record's key to one recipient's agreement key, for those who keep wraps beside a container of their own.
///
/// Errors: API-002 and API-003 for what is no ledger's id, commitment or key, SEA-020 for a key that nothing can be encrypted to.
///
/// >>> facts = Facts(reference="DocumentReference/1", resource_type="DocumentReference")
/// >>> sealed = seal_record(b"a scan", ContentForm.AS_IT_STANDS, facts)
/// >>> chain, reader = ledger.status().chain, AgreementKey.draw()
/// >>> wrap = wrap_key(sealed.key(), chain, sealed.commitments(), reader.public_key())
/// >>> unwrap_key(wrap, reader, chain, sealed.commitments()).commitment() == sealed.header().key_commitment
/// True
#[pyfunction]
#[pyo3(signature = (key, chain, commitments, recipient))]
fn wrap_key<'py>(
    py: Python<'py>,
    key: &Bound<'py, PyAny>,
    chain: &Bound<'py, PyAny>,
    commitments: &Bound<'py, PyAny>,
    recipient: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let key = given::<super::sealing::RecordKey>(key, "key")?;
    let chain = argument::<String>(chain, "chain")?;
    let commitments = argument::<medledger_sdk::api::facts::Commitments>(commitments, "commitments")?;
    let recipient = argument::<Vec<u8>>(recipient, "recipient")?;
    let mut rng = entropy()?;
    let key_held = together(py, || key.get().held.shared())?;
    let key = key_held.get(py)?;
    answer(
        py,
        run(py, recipient.len() >= LARGE, || {
            medledger_sdk::api::sealing::wrap_key(key, &chain, &commitments, &recipient, &mut rng)
        }),
    )?
    .into_python(py)
}

/// The key of a record, from its wrap. That it is the record's key shows when the record is opened with it.
///
/// Errors: COD rules for what is no wrap; SEA-021, SEA-022 and SEA-023 for that of another recipient, record or ledger; SEA-024 for an
/// altered one.
///
/// >>> facts = Facts(reference="DocumentReference/1", resource_type="DocumentReference")
/// >>> sealed = seal_record(b"a scan", ContentForm.AS_IT_STANDS, facts)
/// >>> chain, reader = ledger.status().chain, AgreementKey.draw()
/// >>> wrap = wrap_key(sealed.key(), chain, sealed.commitments(), reader.public_key())
/// >>> unwrap_key(wrap, AgreementKey.draw(), chain, sealed.commitments())
/// Traceback (most recent call last):
/// ...
/// medledger.errors.Invalid: SEA-…
#[pyfunction]
#[pyo3(signature = (wrap, secret, chain, commitments))]
fn unwrap_key<'py>(
    py: Python<'py>,
    wrap: &Bound<'py, PyAny>,
    secret: &Bound<'py, PyAny>,
    chain: &Bound<'py, PyAny>,
    commitments: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let wrap = argument::<Vec<u8>>(wrap, "wrap")?;
    let secret = given::<super::key::AgreementKey>(secret, "secret")?;
    let chain = argument::<String>(chain, "chain")?;
    let commitments = argument::<medledger_sdk::api::facts::Commitments>(commitments, "commitments")?;
    let secret_held = together(py, || secret.get().held.shared())?;
    let secret = secret_held.get(py)?;
    answer(
        py,
        run(py, wrap.len() >= LARGE, || {
            medledger_sdk::api::sealing::unwrap_key(&wrap, secret, &chain, &commitments)
        }),
    )?
    .into_python(py)
}

/// What a wrapped key says of itself: whose it is, of which record. Needs no secret, and proves nothing.
///
/// Errors: COD rules for what is no wrap.
///
/// >>> facts = Facts(reference="DocumentReference/1", resource_type="DocumentReference")
/// >>> sealed = seal_record(b"a scan", ContentForm.AS_IT_STANDS, facts)
/// >>> chain, reader = ledger.status().chain, AgreementKey.draw()
/// >>> wrap = wrap_key(sealed.key(), chain, sealed.commitments(), reader.public_key())
/// >>> read_wrap(wrap).recipient == reader.public_key()
/// True
#[pyfunction]
#[pyo3(signature = (wrap))]
fn read_wrap<'py>(py: Python<'py>, wrap: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let wrap = argument::<Vec<u8>>(wrap, "wrap")?;
    answer(py, run(py, wrap.len() >= LARGE, || medledger_sdk::api::sealing::read_wrap(&wrap)))?
        .into_python(py)
}

/// The texts of a bundle's resources as they were received, in its order: what is to be sealed of each.
///
/// Errors: FHR rules for what is no bundle of one patient.
///
/// >>> bundle = b"""{"resourceType": "Bundle", "type": "collection", "entry": [{"resource":
/// ...     {"resourceType": "Patient", "id": "1"}}]}"""
/// >>> bundle_texts(bundle)
/// (b'{"resourceType": "Patient", "id": "1"}',)
#[pyfunction]
#[pyo3(signature = (bundle))]
fn bundle_texts<'py>(py: Python<'py>, bundle: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let bundle = argument::<Vec<u8>>(bundle, "bundle")?;
    answer(py, run(py, bundle.len() >= LARGE, || medledger_sdk::api::sealing::bundle_texts(&bundle)))?
        .into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<RecordKey>()?;
    module.add_function(wrap_pyfunction!(seal_record, module)?)?;
    module.add_function(wrap_pyfunction!(wrap_key, module)?)?;
    module.add_function(wrap_pyfunction!(unwrap_key, module)?)?;
    module.add_function(wrap_pyfunction!(read_wrap, module)?)?;
    module.add_function(wrap_pyfunction!(bundle_texts, module)?)?;
    Ok(())
}
