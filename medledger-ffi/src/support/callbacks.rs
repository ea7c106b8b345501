//! What a call asks of its caller: signatures, whether to go on, and the system's entropy.

use std::fmt;
use std::sync::Arc;

use getrandom::SysRng;
use medledger_sdk::api::{self, ArgumentError, Error, SignerFault};
use rand_core::{CryptoRng, UnwrapErr};
use uniffi::UnexpectedUniFFICallbackError;

use super::{Give, MedledgerError};

/// Why a signer gave no signature.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Error)]
pub enum SignerError {
    /// Whoever was asked said no.
    Cancelled,
    /// It did not work.
    Failed {
        /// What went wrong.
        why: String,
    },
}

impl fmt::Display for SignerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cancelled => f.write_str("cancelled"),
            Self::Failed { why } => f.write_str(why),
        }
    }
}

impl std::error::Error for SignerError {}

impl From<UnexpectedUniFFICallbackError> for SignerError {
    fn from(error: UnexpectedUniFFICallbackError) -> Self {
        Self::Failed { why: error.reason }
    }
}

/// Whoever holds an Ed25519 key (RFC 8032) elsewhere: a phone's keystore, a card, a person who is asked first. What it
/// signs is verified before it is used.
#[uniffi::export(foreign)]
pub trait Signer: Send + Sync {
    /// The public key: 32 bytes.
    ///
    /// # Errors
    /// Why there is none.
    fn public_key(&self) -> Result<Vec<u8>, SignerError>;

    /// The key's signature of these bytes: 64 bytes.
    ///
    /// # Errors
    /// Why there is none.
    fn sign(&self, message: Vec<u8>) -> Result<Vec<u8>, SignerError>;
}

/// An app's signer as the sdk asks it.
pub struct Asked(pub Arc<dyn Signer>);

fn fault(error: SignerError) -> SignerFault {
    match error {
        SignerError::Cancelled => SignerFault::Cancelled,
        SignerError::Failed { why } => SignerFault::Failed { why },
    }
}

impl api::Signer for Asked {
    fn public_key(&self) -> Result<Vec<u8>, SignerFault> {
        self.0.public_key().map_err(fault)
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerFault> {
        self.0.sign(message.to_vec()).map_err(fault)
    }
}

/// What a progress function threw: the work stops.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Error)]
pub enum ProgressError {
    /// It did not work.
    Failed {
        /// What went wrong.
        why: String,
    },
}

impl fmt::Display for ProgressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Failed { why } = self;
        f.write_str(why)
    }
}

impl std::error::Error for ProgressError {}

impl From<UnexpectedUniFFICallbackError> for ProgressError {
    fn from(error: UnexpectedUniFFICallbackError) -> Self {
        Self::Failed { why: error.reason }
    }
}

/// Whoever is told how far long work has come.
#[uniffi::export(foreign)]
pub trait Progress: Send + Sync {
    /// Called from time to time. False stops the work, and nothing is done.
    ///
    /// # Errors
    /// Whatever is thrown stops it too.
    fn step(&self, done: u64, total: u64) -> Result<bool, ProgressError>;
}

/// An app's progress function as the sdk calls it, and what it threw.
pub struct Told {
    progress: Option<Arc<dyn Progress>>,
    thrown: Option<ProgressError>,
}

impl Told {
    /// A progress function, or none.
    pub fn new(progress: Option<Arc<dyn Progress>>) -> Self {
        Self { progress, thrown: None }
    }

    /// What a call gave, after this was told.
    ///
    /// # Errors
    /// The call's own; API-009 with what the function threw.
    pub fn answer<A: Give<B>, B>(self, result: Result<A, Error>) -> Result<B, MedledgerError> {
        match self.thrown {
            None => super::answer(result),
            Some(thrown) => {
                let mut error = Error::from(ArgumentError::Stopped);
                let why = thrown.to_string();
                error.message = format!("{}: {why}", error.message);
                error.fields.push(api::Field { name: "why".into(), value: why });
                Err(error.into())
            }
        }
    }
}

impl api::Progress for Told {
    fn step(&mut self, done: u64, total: u64) -> bool {
        let Some(progress) = &self.progress else { return true };
        progress.step(done, total).unwrap_or_else(|error| {
            self.thrown = Some(error);
            false
        })
    }
}

/// The operating system's random numbers. A system that gives none ends the call with UniFFI's own exception.
pub fn entropy() -> impl CryptoRng {
    UnwrapErr(SysRng)
}
