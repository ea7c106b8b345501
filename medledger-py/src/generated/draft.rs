//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{
    At, Caller, Class, FromPython, Held, IntoPython, LARGE, answer, argument, distinct, given, run, together,
    value,
};

value!(medledger_sdk::api::draft::Sender, "Sender", { chain: "chain", did: "did", key: "key", counter: "counter", signed_at: "signed_at", valid_until: "valid_until",  });

value!(medledger_sdk::api::draft::SignedTransaction, "SignedTransaction", { id: "id", bytes: "bytes",  });

/// A transaction that waits for approvals and its signature.
///
/// >>> draft = patient.incept(sender(hospital))
/// >>> (draft.operation(), len(draft.approved_by()))
/// ('inception', 2)
/// >>> copy = Draft.from_bytes(draft.to_bytes())
/// >>> copy.sender() == draft.sender()
/// True
///
/// Signing in two phases, wherever the key lies:
///
/// >>> key = hospital.device()
/// >>> signature = key.sign(draft.to_sign())
/// >>> transaction = draft.finish(key.public_key(), signature)
/// >>> transaction == draft.sign(key) == draft.sign_with(key)
/// True
///
/// Whoever else must agree approves:
///
/// >>> draft = add_device(sender(patient), DevicePublicKeys(signing=key.public_key()))
/// >>> draft.add_approval(key.public_key(), key.sign(draft.approval_to_sign(key.public_key())))
/// >>> draft.approve(key)
/// Traceback (most recent call last):
/// ...
/// medledger.errors.Refused: OPR-017: …
/// >>> draft.approve_with(validator)
#[pyclass(frozen, module = "medledger")]
pub(super) struct Draft {
    pub(super) held: Held<medledger_sdk::api::draft::Draft>,
}

impl IntoPython for medledger_sdk::api::draft::Draft {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, Draft { held: Held::new(self, "draft") })?.into_any())
    }
}

#[pymethods]
impl Draft {
    /// A draft from its bytes, as somebody else who must agree has sent it.
    ///
    /// Errors: COD and OPR rules for what is no draft.
    #[classmethod]
    #[pyo3(signature = (bytes))]
    fn from_bytes<'py>(
        class: &Bound<'py, pyo3::types::PyType>,
        bytes: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let bytes = argument::<Vec<u8>>(bytes, "bytes")?;
        answer(py, run(py, bytes.len() >= LARGE, || medledger_sdk::api::draft::Draft::from_bytes(&bytes)))?
            .into_python(py)
    }

    /// The draft with its approvals as bytes, to be sent to somebody else who must agree.
    ///
    /// Errors: COD-013, which a draft never gives.
    #[pyo3(signature = ())]
    fn to_bytes<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.to_bytes())?.into_python(py)
    }

    /// Who signs it.
    #[pyo3(signature = ())]
    fn sender<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.sender().into_python(py)
    }

    /// The name of the operation that it asks for.
    #[pyo3(signature = ())]
    fn operation<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.operation().into_python(py)
    }

    /// The ids of the keys that have approved it.
    #[pyo3(signature = ())]
    fn approved_by<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.approved_by().into_python(py)
    }

    /// The bytes that a key signs to approve it.
    ///
    /// Errors: API-003 unless the public key is 32 bytes long.
    #[pyo3(signature = (public_key))]
    fn approval_to_sign<'py>(
        slf: &Bound<'py, Self>,
        public_key: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let public_key = argument::<Vec<u8>>(public_key, "public_key")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, run(py, public_key.len() >= LARGE, || this.approval_to_sign(&public_key)))?.into_python(py)
    }

    /// Adds an approval that was signed elsewhere.
    ///
    /// Errors: CRY rules for a signature that does not verify, OPR rules for a key that has approved already.
    #[pyo3(signature = (public_key, signature))]
    fn add_approval<'py>(
        slf: &Bound<'py, Self>,
        public_key: &Bound<'py, PyAny>,
        signature: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let public_key = argument::<Vec<u8>>(public_key, "public_key")?;
        let signature = argument::<Vec<u8>>(signature, "signature")?;
        let mut held = together(py, || slf.get().held.exclusive())?;
        let this = held.get_mut(py)?;
        answer(
            py,
            run(py, public_key.len() >= LARGE || signature.len() >= LARGE, || {
                this.add_approval(&public_key, &signature)
            }),
        )?
        .into_python(py)
    }

    /// Adds the approval of a key in memory.
    ///
    /// Errors: OPR rules for a key that has approved already.
    #[pyo3(signature = (key))]
    fn approve<'py>(slf: &Bound<'py, Self>, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let key = given::<super::key::Key>(key, "key")?;
        distinct(slf, key, "draft")?;
        let (mut held, key_held) =
            together(py, || Ok((slf.get().held.exclusive()?, key.get().held.shared()?)))?;
        let this = held.get_mut(py)?;
        let key = key_held.get(py)?;
        answer(py, this.approve(key))?.into_python(py)
    }

    /// Adds the approval of a signer.
    ///
    /// Errors: WAL-050 when it says no, WAL-051 when it fails, WAL-053 when its signature does not verify.
    #[pyo3(signature = (signer))]
    fn approve_with<'py>(slf: &Bound<'py, Self>, signer: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let signer = Caller::signer(signer, "signer")?;
        let mut held = together(py, || slf.get().held.exclusive())?;
        let this = held.get_mut(py)?;
        signer.answer(py, this.approve_with(&signer))?.into_python(py)
    }

    /// The bytes that the sender's key signs, once all approvals are in.
    ///
    /// Errors: COD-013, which a draft never gives.
    #[pyo3(signature = ())]
    fn to_sign<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.to_sign())?.into_python(py)
    }

    /// The transaction, with a signature that was made elsewhere.
    ///
    /// Errors: OPR rules for another key than the sender's, CRY rules for a signature that does not verify.
    #[pyo3(signature = (public_key, signature))]
    fn finish<'py>(
        slf: &Bound<'py, Self>,
        public_key: &Bound<'py, PyAny>,
        signature: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let public_key = argument::<Vec<u8>>(public_key, "public_key")?;
        let signature = argument::<Vec<u8>>(signature, "signature")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(
            py,
            run(py, public_key.len() >= LARGE || signature.len() >= LARGE, || {
                this.finish(&public_key, &signature)
            }),
        )?
        .into_python(py)
    }

    /// The transaction, signed with a key in memory.
    ///
    /// Errors: WAL-052 for another key than the sender's.
    #[pyo3(signature = (key))]
    fn sign<'py>(slf: &Bound<'py, Self>, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let key = given::<super::key::Key>(key, "key")?;
        let (held, key_held) = together(py, || Ok((slf.get().held.shared()?, key.get().held.shared()?)))?;
        let this = held.get(py)?;
        let key = key_held.get(py)?;
        answer(py, this.sign(key))?.into_python(py)
    }

    /// The transaction, signed by a signer.
    ///
    /// Errors: WAL-050 when it says no, WAL-051 when it fails, WAL-052 when its key is another, WAL-053 when its signature does
    /// not verify.
    #[pyo3(signature = (signer))]
    fn sign_with<'py>(slf: &Bound<'py, Self>, signer: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let signer = Caller::signer(signer, "signer")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        signer.answer(py, this.sign_with(&signer))?.into_python(py)
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
    module.add_class::<Draft>()?;
    Ok(())
}
