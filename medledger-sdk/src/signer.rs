//! Whoever holds a key.
//!
//! A key may lie in memory, in a phone's keystore, in a card or behind a person who is asked first: it can fail, and it can
//! say no. What it gives back is verified before it is used, so a signer with the wrong key is found here and not by the
//! ledger. Drafts are signed with one in [`draft`](super::draft).

use alloc::string::String;

use medledger_core::codec::CodecError;
use medledger_core::crypto::{PublicKey, SecretKey, Signature, VerifyingKey, verify};
use medledger_core::hash::KeyId;
use medledger_core::operation::{OperationError, TransactionError};
use medledger_core::rules;

/// Why a signer gives no signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignerFault {
    /// Whoever was asked said no.
    Cancelled,
    /// It can't.
    Failed {
        /// In the words of whatever failed; never a secret.
        why: String,
    },
}

/// Whoever holds a signing key.
pub trait Signer {
    /// The key's public half.
    fn public(&self) -> PublicKey;

    /// The key's signature of these bytes.
    ///
    /// # Errors
    /// [`SignerFault`].
    fn sign(&self, bytes: &[u8]) -> Result<Signature, SignerFault>;
}

impl Signer for SecretKey {
    fn public(&self) -> PublicKey {
        self.public()
    }

    fn sign(&self, bytes: &[u8]) -> Result<Signature, SignerFault> {
        Ok(self.sign(bytes))
    }
}

impl<S: Signer + ?Sized> Signer for &S {
    fn public(&self) -> PublicKey {
        (**self).public()
    }

    fn sign(&self, bytes: &[u8]) -> Result<Signature, SignerFault> {
        (**self).sign(bytes)
    }
}

rules! {
    /// What goes wrong between a draft and a signer.
    pub enum SigningFault: WAL {
        /// The signer said no.
        50 Cancelled:
            "what its owner does not want signed is not signed",
            "signing was cancelled";
        /// The signer can't sign.
        51 SignerFailed { why: String }:
            "a signer signs or says why it can't",
            "the signer failed: {why}";
        /// A signer with another key than the draft names.
        52 WrongKey { wanted: KeyId, held: KeyId }:
            "a draft is signed with the key that it names",
            "the draft names key {wanted}, and the signer holds key {held}";
        /// A signature that is not the key's.
        53 NotItsSignature { key: KeyId }:
            "what a signer gives verifies under the key that it says it holds",
            "what the signer gave is not a signature of key {key} over these bytes";
    }
}

impl From<SignerFault> for SigningFault {
    fn from(fault: SignerFault) -> Self {
        match fault {
            SignerFault::Cancelled => Self::Cancelled,
            SignerFault::Failed { why } => Self::SignerFailed { why },
        }
    }
}

/// Why a draft is not approved or signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SigningError {
    /// The signer.
    #[error(transparent)]
    Signer(#[from] SigningFault),
    /// The draft.
    #[error(transparent)]
    Transaction(#[from] TransactionError),
}

medledger_core::coded!(SigningError { Signer, Transaction });

impl From<CodecError> for SigningError {
    fn from(error: CodecError) -> Self {
        Self::Transaction(error.into())
    }
}

impl From<OperationError> for SigningError {
    fn from(error: OperationError) -> Self {
        Self::Transaction(error.into())
    }
}

/// A signer's signature, verified under the key that it says it holds.
pub(super) fn signed_by<S: Signer + ?Sized>(
    signer: &S,
    key: &PublicKey,
    bytes: &[u8],
) -> Result<Signature, SigningFault> {
    let signature = signer.sign(bytes)?;
    let holds = VerifyingKey::from_public(key).and_then(|key| verify(&key, bytes, &signature));
    holds.map_err(|_| SigningFault::NotItsSignature { key: key.id() }).map(|()| signature)
}

#[cfg(test)]
mod tests;
