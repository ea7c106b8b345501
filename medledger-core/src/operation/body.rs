//! What is signed.

use alloc::vec::Vec;
use serde_bytes::ByteBuf;

use super::action::Operation;
use crate::codec::CodecError;
use crate::hash::{BodyHash, ChainId, Did, KeyId, Tag, hash_wire};
use crate::units::Timestamp;

/// The version of the protocol that this crate speaks.
pub const PROTOCOL_VERSION: u64 = 1;

wire! {
    /// A transaction without its approvals: what approvals sign.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Body {
        /// [`PROTOCOL_VERSION`].
        pub version: u64,
        /// The ledger that it is for.
        pub chain: ChainId,
        /// The identity that signs and pays.
        pub signer: Did,
        /// The key it signs with.
        pub key: KeyId,
        /// The key's counter: each is used once.
        pub counter: u64,
        /// When it was signed, by the signer's clock.
        pub signed_at: Timestamp,
        /// From when on it may not be recorded any more; at most 24 h ahead.
        pub valid_until: Timestamp,
        /// What is asked.
        pub operation: Operation,
    }
}

wire! {
    /// The payload of the envelope.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Payload {
        /// What is asked.
        pub body: Body,
        /// Who else agrees: each a COSE_Sign1 with detached payload, ascending by key id.
        pub approvals: Vec<ByteBuf>,
    }
}

impl Body {
    /// What an approval signs.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn hash(&self) -> Result<BodyHash, CodecError> {
        hash_wire(Tag::Body, self).map(BodyHash)
    }
}
