//! What a call asks of its caller: signatures, whether to go on, and the system's entropy.

use std::sync::{Mutex, PoisonError};

use getrandom::SysRng;
use medledger_sdk::api::{Error, Progress, Signer, SignerFault};
use pyo3::exceptions::{PyException, PyOSError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use rand_core::{CryptoRng, TryRng, UnwrapErr};

use super::errors::{At, raise, wrong};
use super::{FromPython, IntoPython};

/// A signer or a progress function of the caller's, and what it raised. The library knows that it failed; the caller is
/// told with what.
pub struct Caller {
    object: Option<Py<PyAny>>,
    raised: Mutex<Option<PyErr>>,
}

impl Caller {
    /// A signer: what has `public_key()` and `sign(message)`.
    ///
    /// # Errors
    /// `InvalidArgument` for what has not.
    pub fn signer(value: &Bound<'_, PyAny>, name: &'static str) -> PyResult<Self> {
        let has = |method: &str| value.getattr(method).is_ok_and(|found| found.is_callable());
        if has("public_key") && has("sign") {
            Ok(Self::new(Some(value)))
        } else {
            Err(wrong(value.py(), At::Argument(name), "an object with public_key() and sign(message)"))
        }
    }

    /// A progress function, or none.
    ///
    /// # Errors
    /// `InvalidArgument` for what can't be called.
    pub fn progress(value: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        match value {
            Some(value) if !value.is_callable() => {
                Err(wrong(value.py(), At::Argument("progress"), "a function of done and total"))
            }
            value => Ok(Self::new(value)),
        }
    }

    fn new(value: Option<&Bound<'_, PyAny>>) -> Self {
        Self { object: value.map(|value| value.clone().unbind()), raised: Mutex::new(None) }
    }

    fn keep(&self, error: PyErr) {
        *self.raised.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }

    fn taken(&self) -> Option<PyErr> {
        self.raised.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// What a call gave, after this was asked: what a progress function raised, and what ends the program, goes on to the
    /// caller; what a signer raised is the cause of the library's error.
    ///
    /// # Errors
    /// The call's own, or what was raised.
    pub fn answer<T>(&self, py: Python<'_>, result: Result<T, Error>) -> PyResult<T> {
        let Some(raised) = self.taken() else { return super::answer(py, result) };
        match result {
            Err(error) if raised.is_instance_of::<PyException>(py) && error.kind.as_str() == "signer" => {
                let told = raise(py, error);
                told.set_cause(py, Some(raised));
                Err(told)
            }
            _ => Err(raised),
        }
    }

    fn signing(&self, method: &str, message: Option<&[u8]>) -> Result<Vec<u8>, SignerFault> {
        Python::attach(|py| {
            let Some(object) = &self.object else { return Err(SignerFault::Cancelled) };
            let object = object.bind(py);
            let given = match message {
                Some(message) => {
                    object.call_method1(method, (message.to_vec().into_python(py).map_err(failed)?,))
                }
                None => object.call_method0(method),
            };
            let bytes = given.and_then(|bytes| Vec::from_python(&bytes, At::Argument("signer")));
            bytes.map_err(|error| {
                let fault = if is_cancelled(py, &error) {
                    SignerFault::Cancelled
                } else {
                    SignerFault::Failed { why: error.to_string() }
                };
                self.keep(error);
                fault
            })
        })
    }
}

fn failed(error: PyErr) -> SignerFault {
    SignerFault::Failed { why: error.to_string() }
}

fn is_cancelled(py: Python<'_>, error: &PyErr) -> bool {
    static CANCELLED: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let class = CANCELLED.import(py, "medledger.errors", "SignerCancelled");
    class.is_ok_and(|class| error.value(py).is_instance(class).unwrap_or(false))
}

impl Signer for Caller {
    fn public_key(&self) -> Result<Vec<u8>, SignerFault> {
        self.signing("public_key", None)
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerFault> {
        self.signing("sign", Some(message))
    }
}

/// Looks for Ctrl-C, then asks the function, if there is one. Only `False` stops: a function that returns nothing does not.
impl Progress for &Caller {
    fn step(&mut self, done: u64, total: u64) -> bool {
        Python::attach(|py| {
            let told = py.check_signals().and_then(|()| match &self.object {
                Some(function) => {
                    Ok(!function.bind(py).call1((done, total))?.is(pyo3::types::PyBool::new(py, false)))
                }
                None => Ok(true),
            });
            told.unwrap_or_else(|error| {
                self.keep(error);
                false
            })
        })
    }
}

/// The operating system's random numbers.
///
/// # Errors
/// `OSError` when it gives none now; a system that gives some goes on giving them.
pub fn entropy() -> PyResult<impl CryptoRng + Send> {
    let mut source = SysRng;
    let failed =
        |error: getrandom::Error| PyOSError::new_err(format!("the system gives no entropy: {error}"));
    source.try_fill_bytes(&mut [0; 8]).map_err(failed)?;
    Ok(UnwrapErr(source))
}
