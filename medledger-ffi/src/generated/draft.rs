//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use std::sync::Arc;

use crate::support::{Asked, Give, Held, MedledgerError, Signer, Time, answer, distinct, together, value};

value! {
    /// Who signs a transaction, with which key, and until when it may be recorded.
    Sender = medledger_sdk::api::draft::Sender {
        /// The ledger: the hash of its genesis.
        chain: String,
        /// The identity that signs and pays.
        did: String,
        /// The id of the key that it signs with.
        key: String,
        /// The key's next counter.
        counter: u64,
        /// The time of signing.
        signed_at: Time,
        /// From when on it may not be recorded any more; at most 24 hours ahead.
        valid_until: Time,
    }
}

value! {
    /// A signed transaction.
    #[uniffi::export(Eq, Hash)]
    SignedTransaction = medledger_sdk::api::draft::SignedTransaction {
        /// Its id.
        id: String,
        /// Its bytes: what is sent to the ledger.
        bytes: Vec<u8>,
    }
}

/// A transaction that waits for approvals and its signature.
#[derive(uniffi::Object)]
pub struct Draft {
    pub(super) held: Held<medledger_sdk::api::draft::Draft>,
}

impl Give<Arc<Draft>> for medledger_sdk::api::draft::Draft {
    fn give(self) -> Arc<Draft> {
        Arc::new(Draft { held: Held::new(self, "draft") })
    }
}

#[uniffi::export]
impl Draft {
    /// A draft from its bytes, as somebody else who must agree has sent it.
    ///
    /// Errors: COD and OPR rules for what is no draft.
    #[uniffi::constructor]
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Arc<crate::Draft>, MedledgerError> {
        answer(medledger_sdk::api::draft::Draft::from_bytes(&bytes))
    }

    /// The draft with its approvals as bytes, to be sent to somebody else who must agree.
    ///
    /// Errors: COD-013, which a draft never gives.
    pub fn to_bytes(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.to_bytes())
    }

    /// Who signs it.
    pub fn sender(&self) -> Result<crate::Sender, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.sender().give())
    }

    /// The name of the operation that it asks for.
    pub fn operation(&self) -> Result<String, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.operation().give())
    }

    /// The ids of the keys that have approved it.
    pub fn approved_by(&self) -> Result<Vec<String>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.approved_by().give())
    }

    /// The bytes that a key signs to approve it.
    ///
    /// Errors: API-003 unless the public key is 32 bytes long.
    pub fn approval_to_sign(&self, public_key: Vec<u8>) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.approval_to_sign(&public_key))
    }

    /// Adds an approval that was signed elsewhere.
    ///
    /// Errors: CRY rules for a signature that does not verify, OPR rules for a key that has approved already.
    pub fn add_approval(&self, public_key: Vec<u8>, signature: Vec<u8>) -> Result<(), MedledgerError> {
        let mut held = together(|| self.held.exclusive())?;
        answer(held.add_approval(&public_key, &signature))
    }

    /// Adds the approval of a key in memory.
    ///
    /// Errors: OPR rules for a key that has approved already.
    pub fn approve(&self, key: Arc<crate::Key>) -> Result<(), MedledgerError> {
        distinct(&self.held, &key.held)?;
        let (mut held, key_held) = together(|| Ok((self.held.exclusive()?, key.held.shared()?)))?;
        answer(held.approve(&key_held))
    }

    /// Adds the approval of a signer.
    ///
    /// Errors: WAL-050 when it says no, WAL-051 when it fails, WAL-053 when its signature does not verify.
    pub fn approve_with(&self, signer: Arc<dyn Signer>) -> Result<(), MedledgerError> {
        let signer = Asked(signer);
        let mut held = together(|| self.held.exclusive())?;
        answer(held.approve_with(&signer))
    }

    /// The bytes that the sender's key signs, once all approvals are in.
    ///
    /// Errors: COD-013, which a draft never gives.
    pub fn to_sign(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.to_sign())
    }

    /// The transaction, with a signature that was made elsewhere.
    ///
    /// Errors: OPR rules for another key than the sender's, CRY rules for a signature that does not verify.
    pub fn finish(
        &self,
        public_key: Vec<u8>,
        signature: Vec<u8>,
    ) -> Result<crate::SignedTransaction, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.finish(&public_key, &signature))
    }

    /// The transaction, signed with a key in memory.
    ///
    /// Errors: WAL-052 for another key than the sender's.
    pub fn sign(&self, key: Arc<crate::Key>) -> Result<crate::SignedTransaction, MedledgerError> {
        let (held, key_held) = together(|| Ok((self.held.shared()?, key.held.shared()?)))?;
        answer(held.sign(&key_held))
    }

    /// The transaction, signed by a signer.
    ///
    /// Errors: WAL-050 when it says no, WAL-051 when it fails, WAL-052 when its key is another, WAL-053 when its signature does
    /// not verify.
    pub fn sign_with(&self, signer: Arc<dyn Signer>) -> Result<crate::SignedTransaction, MedledgerError> {
        let signer = Asked(signer);
        let held = together(|| self.held.shared())?;
        answer(held.sign_with(&signer))
    }
}
