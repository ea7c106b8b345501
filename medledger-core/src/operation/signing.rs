//! Two-phase signing: bytes to sign go out, a signature comes in. It needs no access to the key, so WebCrypto, Android
//! Keystore, a Secure Enclave or an HSM can hold it. Nothing is ever derived from a signature's bytes.

use alloc::vec::Vec;
use serde_bytes::ByteBuf;

use super::body::{Body, PROTOCOL_VERSION, Payload};
use super::envelope::{Approval, external_aad, sig_structure, write};
use super::{OperationError, TransactionError};
use crate::codec::{CodecError, decode, encode};
use crate::crypto::{PublicKey, Signature, VerifyingKey, verify};
use crate::hash::{KeyId, Tag, TxId, hash};
use crate::limits::{TRANSACTION, TRANSACTION_BYTES};

/// A transaction that waits for approvals and its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    body: Body,
    approvals: Vec<Approval>,
}

/// An approval that waits for its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalDraft {
    key: KeyId,
    to_sign: Vec<u8>,
}

/// A signed transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Its id.
    pub id: TxId,
    /// Its bytes: what is sent to the ledger.
    pub bytes: Vec<u8>,
}

impl Draft {
    /// A draft of this body.
    #[must_use]
    pub const fn new(body: Body) -> Self {
        Self { body, approvals: Vec::new() }
    }

    /// A draft from its bytes, as it travels between those who must agree: a [`Payload`] without a signature around it.
    /// Whether the approvals verify shows on the ledger.
    ///
    /// # Errors
    /// [`CodecError`], [`OperationError::NotAnApproval`], [`OperationError::ApprovalsNotAscending`],
    /// [`OperationError::UnknownVersion`].
    pub fn decode(bytes: &[u8]) -> Result<Self, TransactionError> {
        let Payload { body, approvals } = decode(bytes, &TRANSACTION)?;
        if body.version != PROTOCOL_VERSION {
            return Err(OperationError::UnknownVersion { version: body.version }.into());
        }
        let mut draft = Self::new(body);
        for (index, bytes) in (0_u64..).zip(&approvals) {
            draft.approve(Approval::decode(bytes, index)?)?;
        }
        if draft.payload()? != bytes {
            return Err(OperationError::ApprovalsNotAscending.into());
        }
        Ok(draft)
    }

    /// The draft with its approvals as bytes.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn encode(&self) -> Result<Vec<u8>, CodecError> {
        self.payload()
    }

    /// The body.
    #[must_use]
    pub const fn body(&self) -> &Body {
        &self.body
    }

    /// The approvals, ascending by key.
    #[must_use]
    pub fn approvals(&self) -> &[Approval] {
        &self.approvals
    }

    /// What a key must sign to approve this body.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn approval(&self, key: KeyId) -> Result<ApprovalDraft, CodecError> {
        let to_sign = Approval::to_be_signed(&key, &self.body.chain, &self.body.hash()?);
        Ok(ApprovalDraft { key, to_sign })
    }

    /// Adds an approval. Order does not matter: they are sorted.
    ///
    /// # Errors
    /// [`OperationError::ApprovalsNotAscending`] when the key has approved already.
    pub fn approve(&mut self, approval: Approval) -> Result<(), OperationError> {
        match self.approvals.binary_search_by(|known| known.key.cmp(&approval.key)) {
            Ok(_) => Err(OperationError::ApprovalsNotAscending),
            Err(at) => {
                self.approvals.insert(at, approval);
                Ok(())
            }
        }
    }

    /// The bytes that the signer's key must sign, once all approvals are in.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn to_sign(&self) -> Result<Vec<u8>, CodecError> {
        Ok(sig_structure(&self.body.key, &external_aad(&self.body.chain), &self.payload()?))
    }

    /// The transaction with its signature, which is checked.
    ///
    /// # Errors
    /// [`CodecError::TooLarge`], [`OperationError::UnknownKey`] when `key` is not the one that the body names, and the
    /// rule that the signature breaks.
    pub fn finish(&self, key: &PublicKey, signature: Signature) -> Result<Signed, TransactionError> {
        if key.id() != self.body.key {
            return Err(OperationError::UnknownKey { key: key.id() }.into());
        }
        let to_sign = self.to_sign()?;
        verify(&VerifyingKey::from_public(key)?, &to_sign, &signature)?;
        let bytes = write(&self.body.key, Some(&self.payload()?), &signature);
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if length > TRANSACTION_BYTES {
            return Err(CodecError::TooLarge { actual: length, limit: TRANSACTION_BYTES }.into());
        }
        Ok(Signed { id: TxId(hash(Tag::TxId, &[&to_sign])), bytes })
    }

    fn payload(&self) -> Result<Vec<u8>, CodecError> {
        let approvals = self.approvals.iter().map(|approval| ByteBuf::from(approval.encode())).collect();
        encode(&Payload { body: self.body.clone(), approvals })
    }
}

impl ApprovalDraft {
    /// The bytes that the approving key must sign.
    #[must_use]
    pub fn to_sign(&self) -> &[u8] {
        &self.to_sign
    }

    /// The approval with its signature, which is checked.
    ///
    /// # Errors
    /// [`OperationError::UnknownKey`] when `key` is another one, and the rule that the signature breaks.
    pub fn finish(&self, key: &PublicKey, signature: Signature) -> Result<Approval, TransactionError> {
        if key.id() != self.key {
            return Err(OperationError::UnknownKey { key: key.id() }.into());
        }
        verify(&VerifyingKey::from_public(key)?, &self.to_sign, &signature)?;
        Ok(Approval { key: self.key, signature })
    }
}
