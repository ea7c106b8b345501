//! The request for one record. The requester signs it, so that nobody who has merely seen the session's receipt can have
//! anything logged, and a custodian can show afterwards that it was asked.
//!
//! ```text
//! hash   = H("ml1 release ask" ‖ CBOR(ReleaseAsk))       what is signed, and what the session log names
//! signed = COSE_Sign1, payload detached: the hash; external_aad: the CBOR of [protocol version, chain id]
//! ```
//!
//! This is the form of an approval under another tag, so that neither can stand for the other.

use alloc::vec::Vec;
use rand_core::CryptoRng;
use serde_bytes::ByteBuf;

use medledger_core::access::SessionLogEntry;
use medledger_core::codec::{CodecError, encode};
use medledger_core::crypto::{PublicKey, Signature, VerifyingKey, verify};
use medledger_core::hash::{ChainId, Did, KeyId, Nonce, RecordId, RequestHash, SessionId, Tag, hash};
use medledger_core::light::Receipt;
use medledger_core::operation::{Approval, OperationError, TransactionError};
use medledger_core::wire;

use crate::signer::{Signer, SigningError, signed_by};

wire! {
    /// What a requester asks a custodian for.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ReleaseAsk {
        /// The session.
        pub session: SessionId,
        /// Who is to release.
        pub custodian: Did,
        /// The record.
        pub record: RecordId,
        /// The key that signs: a device key of the session's requester.
        pub key: KeyId,
        /// Fresh random bytes: two requests are never the same, and each is answered once.
        pub nonce: Nonce,
    }
}

wire! {
    /// The same, signed. A custodian keeps it with what it logged.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SignedAsk {
        /// What is asked for.
        pub ask: ReleaseAsk,
        /// A COSE_Sign1 with detached payload over its hash.
        pub approval: ByteBuf,
    }
}

wire! {
    /// A request for one record under a session.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ReleaseRequest {
        /// What is asked for.
        pub signed: SignedAsk,
        /// That the session was opened. Necessary, and never sufficient.
        pub receipt: Receipt,
    }
}

impl ReleaseAsk {
    /// A fresh one.
    pub fn draw(
        (session, custodian, record): (SessionId, Did, RecordId),
        key: KeyId,
        rng: &mut impl CryptoRng,
    ) -> Self {
        let mut nonce = [0; 32];
        rng.fill_bytes(&mut nonce);
        Self { session, custodian, record, key, nonce: Nonce(nonce) }
    }

    /// Its hash.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn hash(&self) -> Result<RequestHash, CodecError> {
        Ok(RequestHash(hash(Tag::ReleaseAsk, &[&encode(self)?])))
    }

    /// The bytes that its key must sign.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn to_sign(&self, chain: &ChainId) -> Result<Vec<u8>, CodecError> {
        Ok(Approval::request_to_be_signed(&self.key, chain, &self.hash()?))
    }

    /// The request with its signature, which is checked.
    ///
    /// # Errors
    /// [`OperationError::UnknownKey`] when `key` is another than the request names, and the rule that the signature breaks.
    pub fn finish(
        self,
        chain: &ChainId,
        key: &PublicKey,
        signature: Signature,
    ) -> Result<SignedAsk, TransactionError> {
        let approval = ByteBuf::from(Approval { key: self.key, signature }.encode());
        let signed = SignedAsk { ask: self, approval };
        signed.check(chain, key)?;
        Ok(signed)
    }

    /// Signs it.
    ///
    /// # Errors
    /// [`SigningError`].
    pub fn sign<S: Signer + ?Sized>(self, chain: &ChainId, signer: &S) -> Result<SignedAsk, SigningError> {
        let public = signer.public();
        let signature = signed_by(signer, &public, &self.to_sign(chain)?)?;
        Ok(self.finish(chain, &public, signature)?)
    }

    /// Whether an entry of a session log is the answer to it.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn is_answered_by(&self, entry: &SessionLogEntry) -> Result<bool, CodecError> {
        let same = (entry.session, entry.custodian, entry.event.record())
            == (self.session, self.custodian, self.record);
        Ok(same && entry.request == self.hash()?)
    }
}

impl SignedAsk {
    /// That this key, which is the one that it names, has signed it for this ledger. Whose key it is, is another question.
    ///
    /// # Errors
    /// [`OperationError::NotAnApproval`], [`OperationError::UnknownKey`], and the rule that the signature breaks.
    pub fn check(&self, chain: &ChainId, key: &PublicKey) -> Result<(), TransactionError> {
        let Approval { key: by, signature } = Approval::decode(&self.approval, 0)?;
        if by != self.ask.key || key.id() != by {
            return Err(OperationError::UnknownKey { key: by }.into());
        }
        verify(&VerifyingKey::from_public(key)?, &self.ask.to_sign(chain)?, &signature)?;
        Ok(())
    }
}
