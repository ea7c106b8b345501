//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use std::sync::Arc;

use crate::support::{MedledgerError, Progress, Told, answer, argument, value};

value! {
    /// Somebody's signature of a message, as it is claimed.
    #[uniffi::export(Eq, Hash)]
    SignatureClaim = medledger_sdk::api::signatures::SignatureClaim {
        /// The public key: 32 bytes.
        public_key: Vec<u8>,
        /// The message.
        message: Vec<u8>,
        /// The signature: 64 bytes.
        signature: Vec<u8>,
    }
}

value! {
    /// A signature of a list that does not hold.
    BadSignature = medledger_sdk::api::signatures::BadSignature {
        /// Its place in the list, from 0.
        index: u64,
        /// Why it does not hold.
        fault: crate::Fault,
    }
}

/// Checks an Ed25519 signature under the protocol's rule: canonical encodings, no points of small order, the cofactored
/// equation.
///
/// Errors: The CRY rule that fails first, API-003 for a key or a signature of another length.
#[uniffi::export]
pub fn verify_signature(
    public_key: Vec<u8>,
    message: Vec<u8>,
    signature: Vec<u8>,
) -> Result<(), MedledgerError> {
    answer(medledger_sdk::api::signatures::verify_signature(&public_key, &message, &signature))
}

/// Checks many signatures at once, at a third of the price: those that do not hold, by their place in the list, with what
/// `verifySignature` says of each. None when all hold.
///
/// Errors: API-009 when it was stopped.
#[uniffi::export(default(progress = None))]
pub fn verify_signatures(
    claims: Vec<crate::SignatureClaim>,
    progress: Option<Arc<dyn Progress>>,
) -> Result<Vec<crate::BadSignature>, MedledgerError> {
    let claims: Vec<medledger_sdk::api::signatures::SignatureClaim> = argument(claims, "claims")?;
    let mut progress = Told::new(progress);
    let result = medledger_sdk::api::signatures::verify_signatures(&claims, &mut progress);
    progress.answer(result)
}
