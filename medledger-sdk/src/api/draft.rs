//! Two-phase signing: a draft gives bytes to sign and takes the signature, so that keys can stay where they are.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::hash::{ChainId, KeyId};
use medledger_core::identity::did_to_text;
use medledger_core::operation;

use super::error::Error;
use super::key::{Asked, Key, Signer};
use super::parse;
use super::units::{Bytes, Count, Time};
use crate::draft;

/// Who signs a transaction, with which key, and until when it may be recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sender {
    /// The ledger: the hash of its genesis.
    pub chain: String,
    /// The identity that signs and pays.
    pub did: String,
    /// The id of the key that it signs with.
    pub key: String,
    /// The key's next counter.
    pub counter: Count,
    /// The time of signing.
    pub signed_at: Time,
    /// From when on it may not be recorded any more; at most 24 hours ahead.
    pub valid_until: Time,
}

/// A signed transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignedTransaction {
    /// Its id.
    pub id: String,
    /// Its bytes: what is sent to the ledger.
    pub bytes: Bytes,
}

impl TryFrom<&Sender> for draft::Sender {
    type Error = Error;

    fn try_from(sender: &Sender) -> Result<Self, Error> {
        Ok(Self {
            chain: parse::hex("chain", "a ledger's id: 64 digits of hex", &sender.chain, ChainId::from_hex)?,
            did: parse::did("did", &sender.did)?,
            key: parse::hex("key", "a key's id: 64 digits of hex", &sender.key, KeyId::from_hex)?,
            counter: sender.counter.0,
            signed_at: sender.signed_at.into(),
            valid_until: sender.valid_until.into(),
        })
    }
}

impl From<&draft::Sender> for Sender {
    fn from(sender: &draft::Sender) -> Self {
        Self {
            chain: sender.chain.to_string(),
            did: did_to_text(&sender.did),
            key: sender.key.to_string(),
            counter: Count(sender.counter),
            signed_at: sender.signed_at.into(),
            valid_until: sender.valid_until.into(),
        }
    }
}

impl From<operation::Signed> for SignedTransaction {
    fn from(signed: operation::Signed) -> Self {
        Self { id: signed.id.to_string(), bytes: Bytes(signed.bytes) }
    }
}

/// A transaction that waits for approvals and its signature.
#[derive(Debug)]
pub struct Draft(pub(super) operation::Draft);

impl Draft {
    /// A draft from its bytes, as somebody else who must agree has sent it.
    ///
    /// # Errors
    /// COD and OPR rules for what is no draft.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Ok(Self(operation::Draft::decode(bytes)?))
    }

    /// The draft with its approvals as bytes, to be sent to somebody else who must agree.
    ///
    /// # Errors
    /// COD-013, which a draft never gives.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        Ok(self.0.encode()?)
    }

    /// Who signs it.
    #[must_use]
    pub fn sender(&self) -> Sender {
        let operation::Body { chain, signer, key, counter, signed_at, valid_until, .. } = *self.0.body();
        (&draft::Sender { chain, did: signer, key, counter, signed_at, valid_until }).into()
    }

    /// The name of the operation that it asks for.
    #[must_use]
    pub fn operation(&self) -> String {
        self.0.body().operation.name().to_string()
    }

    /// The ids of the keys that have approved it.
    #[must_use]
    pub fn approved_by(&self) -> Vec<String> {
        self.0.approvals().iter().map(|approval| approval.key.to_string()).collect()
    }

    /// The bytes that a key signs to approve it.
    ///
    /// # Errors
    /// API-003 unless the public key is 32 bytes long.
    pub fn approval_to_sign(&self, public_key: &[u8]) -> Result<Vec<u8>, Error> {
        let key = parse::public_key("public_key", public_key)?;
        Ok(self.0.approval(key.id())?.to_sign().to_vec())
    }

    /// Adds an approval that was signed elsewhere.
    ///
    /// # Errors
    /// CRY rules for a signature that does not verify, OPR rules for a key that has approved already.
    pub fn add_approval(&mut self, public_key: &[u8], signature: &[u8]) -> Result<(), Error> {
        let key = parse::public_key("public_key", public_key)?;
        let approval = self.0.approval(key.id())?.finish(&key, parse::signature(signature)?)?;
        Ok(self.0.approve(approval)?)
    }

    /// Adds the approval of a key in memory.
    ///
    /// # Errors
    /// OPR rules for a key that has approved already.
    pub fn approve(&mut self, key: &Key) -> Result<(), Error> {
        Ok(draft::approve(&mut self.0, &key.0)?)
    }

    /// Adds the approval of a signer.
    ///
    /// # Errors
    /// WAL-050 when it says no, WAL-051 when it fails, WAL-053 when its signature does not verify.
    pub fn approve_with(&mut self, signer: &dyn Signer) -> Result<(), Error> {
        Ok(draft::approve(&mut self.0, &Asked::new(signer)?)?)
    }

    /// The bytes that the sender's key signs, once all approvals are in.
    ///
    /// # Errors
    /// COD-013, which a draft never gives.
    pub fn to_sign(&self) -> Result<Vec<u8>, Error> {
        Ok(self.0.to_sign()?)
    }

    /// The transaction, with a signature that was made elsewhere.
    ///
    /// # Errors
    /// OPR rules for another key than the sender's, CRY rules for a signature that does not verify.
    pub fn finish(&self, public_key: &[u8], signature: &[u8]) -> Result<SignedTransaction, Error> {
        let key = parse::public_key("public_key", public_key)?;
        Ok(self.0.finish(&key, parse::signature(signature)?)?.into())
    }

    /// The transaction, signed with a key in memory.
    ///
    /// # Errors
    /// WAL-052 for another key than the sender's.
    pub fn sign(&self, key: &Key) -> Result<SignedTransaction, Error> {
        Ok(draft::sign(&self.0, &key.0)?.into())
    }

    /// The transaction, signed by a signer.
    ///
    /// # Errors
    /// WAL-050 when it says no, WAL-051 when it fails, WAL-052 when its key is another, WAL-053 when its signature does
    /// not verify.
    pub fn sign_with(&self, signer: &dyn Signer) -> Result<SignedTransaction, Error> {
        Ok(draft::sign(&self.0, &Asked::new(signer)?)?.into())
    }
}

#[cfg(test)]
mod tests;
