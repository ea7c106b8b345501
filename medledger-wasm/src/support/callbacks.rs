//! What a call asks of its caller: signatures, whether to go on, and the system's entropy.

use core::cell::RefCell;

use getrandom::SysRng;
use js_sys::{Function, Uint8Array};
use medledger_sdk::api::{Error, ErrorKind, Progress, Signer, SignerFault};
use rand_core::{CryptoRng, TryRng, UnwrapErr};
use wasm_bindgen::{JsCast, JsValue};

use super::errors::{At, answer, raise, wrong};
use super::glue;

/// A signer or a progress function of the caller's, and what it threw. The library knows that it failed; the caller is
/// told how.
pub struct Caller {
    object: Option<JsValue>,
    thrown: RefCell<Option<JsValue>>,
}

impl Caller {
    /// A signer.
    ///
    /// # Errors
    /// A `MedledgerError` for what has not both methods.
    pub fn signer(value: &JsValue, name: &'static str) -> Result<Self, JsValue> {
        if glue::is_signer(value) {
            Ok(Self { object: Some(value.clone()), thrown: RefCell::default() })
        } else {
            Err(wrong(At::Argument(name), "an object with publicKey() and sign(message)"))
        }
    }

    /// A progress function, or none.
    ///
    /// # Errors
    /// A `MedledgerError` for what can't be called.
    pub fn progress(value: &JsValue) -> Result<Self, JsValue> {
        let object = (!value.is_null() && !value.is_undefined()).then(|| value.clone());
        if object.as_ref().is_some_and(|function| !function.is_function()) {
            return Err(wrong(At::Argument("progress"), "a function of done and total"));
        }
        Ok(Self { object, thrown: RefCell::default() })
    }

    /// What came of the call. What a progress function threw goes through as it is; what a signer threw becomes the cause.
    ///
    /// # Errors
    /// Either.
    pub fn answer<T>(&self, result: Result<T, Error>) -> Result<T, JsValue> {
        match (self.thrown.take(), result) {
            (None, result) => answer(result),
            (Some(thrown), Err(error)) if error.kind == ErrorKind::Signer => {
                Err(glue::with_cause(raise(error), thrown))
            }
            (Some(thrown), _) => Err(thrown),
        }
    }

    fn signing(&self, message: Option<&[u8]>) -> Result<Vec<u8>, SignerFault> {
        let object = self.object.clone().unwrap_or_default();
        match glue::call_signer(&object, message.map(Uint8Array::from)) {
            Ok(given) => glue::bytes(&given).ok_or_else(|| SignerFault::Failed {
                why: "it gave something else than a Uint8Array".into(),
            }),
            Err(thrown) => {
                let is_cancelled = glue::is_cancelled(&thrown);
                let why = glue::message_of(&thrown);
                self.thrown.replace(Some(thrown));
                Err(if is_cancelled { SignerFault::Cancelled } else { SignerFault::Failed { why } })
            }
        }
    }
}

impl Signer for Caller {
    fn public_key(&self) -> Result<Vec<u8>, SignerFault> {
        self.signing(None)
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerFault> {
        self.signing(Some(message))
    }
}

impl Progress for &Caller {
    fn step(&mut self, done: u64, total: u64) -> bool {
        let Some(function) = self.object.as_ref().and_then(|object| object.dyn_ref::<Function>()) else {
            return true;
        };
        match function.call2(&JsValue::UNDEFINED, &done.into(), &total.into()) {
            Ok(told) => told != JsValue::FALSE,
            Err(thrown) => {
                self.thrown.replace(Some(thrown));
                false
            }
        }
    }
}

/// The system's source of entropy (`crypto.getRandomValues`), once it was seen to give some.
///
/// # Errors
/// An `Error` where it gives none.
pub fn entropy() -> Result<impl CryptoRng, JsValue> {
    let mut source = SysRng;
    let failed = |error: getrandom::Error| {
        JsValue::from(js_sys::Error::new(&format!("the system gives no entropy: {error}")))
    };
    source.try_fill_bytes(&mut [0; 8]).map_err(failed)?;
    Ok(UnwrapErr(source))
}
