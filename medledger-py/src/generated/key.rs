//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;

use crate::support::{Held, IntoPython, LARGE, answer, argument, entropy, run, together};

/// A signing key in memory (Ed25519, RFC 8032). Overwritten when it is closed; never shown.
///
/// >>> with Key.draw() as key:
/// ...     same = Key.from_seed(key.seed())
/// ...     signature = key.sign(b"a message")
/// >>> verify_signature(same.public_key(), b"a message", signature)
/// >>> same.id() == key_id(same.public_key())
/// True
/// >>> key.sign(b"another")
/// Traceback (most recent call last):
/// ...
/// medledger.errors.InvalidArgument: API-005: this key was finished or closed: make another one
#[pyclass(frozen, module = "medledger")]
pub(super) struct Key {
    pub(super) held: Held<medledger_sdk::api::key::Key>,
}

impl IntoPython for medledger_sdk::api::key::Key {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, Key { held: Held::new(self, "key") })?.into_any())
    }
}

#[pymethods]
impl Key {
    /// A fresh key.
    #[classmethod]
    #[pyo3(signature = ())]
    fn draw<'py>(class: &Bound<'py, pyo3::types::PyType>) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let mut rng = entropy()?;
        medledger_sdk::api::key::Key::draw(&mut rng).into_python(py)
    }

    /// The key that a seed of 32 uniformly random bytes stands for.
    ///
    /// Errors: API-003 for another length.
    #[classmethod]
    #[pyo3(signature = (seed))]
    fn from_seed<'py>(
        class: &Bound<'py, pyo3::types::PyType>,
        seed: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let seed = argument::<Vec<u8>>(seed, "seed")?;
        answer(py, run(py, seed.len() >= LARGE, || medledger_sdk::api::key::Key::from_seed(&seed)))?
            .into_python(py)
    }

    /// The seed: a secret, for whoever keeps the key elsewhere.
    #[pyo3(signature = ())]
    fn seed<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.seed().into_python(py)
    }

    /// The key's id, as transactions name it.
    #[pyo3(signature = ())]
    fn id<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.id().into_python(py)
    }

    /// The public key: 32 bytes.
    #[pyo3(signature = ())]
    fn public_key<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.public_key().into_python(py)
    }

    /// The key's signature of these bytes: 64 bytes, the same each time.
    #[pyo3(signature = (message))]
    fn sign<'py>(slf: &Bound<'py, Self>, message: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let message = argument::<Vec<u8>>(message, "message")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        run(py, message.len() >= LARGE, || this.sign(&message)).into_python(py)
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

/// An agreement key in memory (X25519, RFC 7748): what others encrypt records to. Overwritten when it is closed; never
/// shown.
///
/// >>> key = AgreementKey.draw()
/// >>> AgreementKey.from_secret(key.secret()).public_key() == key.public_key()
/// True
#[pyclass(frozen, module = "medledger")]
pub(super) struct AgreementKey {
    pub(super) held: Held<medledger_sdk::api::key::AgreementKey>,
}

impl IntoPython for medledger_sdk::api::key::AgreementKey {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, AgreementKey { held: Held::new(self, "agreement key") })?.into_any())
    }
}

#[pymethods]
impl AgreementKey {
    /// A fresh key.
    #[classmethod]
    #[pyo3(signature = ())]
    fn draw<'py>(class: &Bound<'py, pyo3::types::PyType>) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let mut rng = entropy()?;
        medledger_sdk::api::key::AgreementKey::draw(&mut rng).into_python(py)
    }

    /// The key with these 32 secret bytes.
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
            run(py, secret.len() >= LARGE, || medledger_sdk::api::key::AgreementKey::from_secret(&secret)),
        )?
        .into_python(py)
    }

    /// The secret bytes, for whoever keeps the key elsewhere.
    #[pyo3(signature = ())]
    fn secret<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.secret().into_python(py)
    }

    /// The public half: 32 bytes.
    #[pyo3(signature = ())]
    fn public_key<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.public_key().into_python(py)
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

/// The id of a public key, as transactions name it.
///
/// Errors: API-003 unless it is 32 bytes long.
///
/// >>> key_id(validator.public_key()) == validator.id()
/// True
#[pyfunction]
#[pyo3(signature = (public_key))]
fn key_id<'py>(py: Python<'py>, public_key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let public_key = argument::<Vec<u8>>(public_key, "public_key")?;
    answer(py, run(py, public_key.len() >= LARGE, || medledger_sdk::api::key::key_id(&public_key)))?
        .into_python(py)
}

/// A public key as `did:key`.
///
/// Errors: API-003 unless it is 32 bytes long.
///
/// >>> did_key(bytes(32))
/// 'did:key:z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP'
#[pyfunction]
#[pyo3(signature = (public_key))]
fn did_key<'py>(py: Python<'py>, public_key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let public_key = argument::<Vec<u8>>(public_key, "public_key")?;
    answer(py, run(py, public_key.len() >= LARGE, || medledger_sdk::api::key::did_key(&public_key)))?
        .into_python(py)
}

/// The digest by which an identity names the successor of its controller, which stays unknown until it signs.
///
/// Errors: API-003 unless it is 32 bytes long.
///
/// >>> len(successor_digest(patient.successor().public_key()))
/// 64
#[pyfunction]
#[pyo3(signature = (public_key))]
fn successor_digest<'py>(py: Python<'py>, public_key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let public_key = argument::<Vec<u8>>(public_key, "public_key")?;
    answer(py, run(py, public_key.len() >= LARGE, || medledger_sdk::api::key::successor_digest(&public_key)))?
        .into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Key>()?;
    module.add_class::<AgreementKey>()?;
    module.add_function(wrap_pyfunction!(key_id, module)?)?;
    module.add_function(wrap_pyfunction!(did_key, module)?)?;
    module.add_function(wrap_pyfunction!(successor_digest, module)?)?;
    Ok(())
}
