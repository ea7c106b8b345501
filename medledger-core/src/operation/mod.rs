//! The signed envelope: what is asked of the ledger, by whom, until when, and who else agrees.
//!
//! | file | what it holds |
//! | --- | --- |
//! | [`action`] | every operation with its code, and the budget that it draws on |
//! | [`body`] | the body that is signed and the approvals beside it |
//! | [`envelope`] | the COSE_Sign1 around it, by template |
//! | [`signing`] | two-phase signing: bytes to sign, then a signature |
//! | [`replay`] | the window of counters that each key has |
//! | [`budget`] | quotas, and the three budgets that nothing else can close |

pub mod action;
pub mod body;
pub mod budget;
pub mod envelope;
pub mod replay;
pub mod signing;

pub use action::{Operation, RESERVED_OPERATIONS};
pub use body::{Body, PROTOCOL_VERSION, Payload};
pub use budget::{Budget, IdentityUsage, KeyUsage, Quotas, Usage};
pub use envelope::{Approval, Transaction, external_aad, tx_hash, tx_hashes};
pub use replay::ReplayWindow;
pub use signing::{ApprovalDraft, Draft, Signed};

use crate::codec::CodecError;
use crate::crypto::CryptoError;
use crate::hash::{ChainId, KeyId};
use crate::units::Timestamp;

rules! {
    /// Why a transaction is not accepted, whatever it asks for.
    pub enum OperationError: OPR {
        /// The envelope is not the template.
        1 NotAnEnvelope { offset: u64 }:
            "a transaction is an untagged COSE_Sign1 with the protected header's template and an empty unprotected header",
            "this is not an envelope of this protocol: byte {offset} differs from the template";
        /// The key in the header is not the one in the body.
        2 KeyMismatch { header: KeyId, body: KeyId }:
            "the key id in the protected header is the one in the body",
            "the header names key {header}, the body key {body}";
        /// A version that this software does not know.
        3 UnknownVersion { version: u64 }:
            "the body's protocol version is one that the validators know",
            "protocol version {version} is not known here";
        /// Made for another ledger.
        4 WrongChain { named: ChainId }:
            "a transaction names the ledger that it is for",
            "the transaction is for the ledger {named}";
        /// A key that the ledger does not know.
        5 UnknownKey { key: KeyId }:
            "the signing key is known to the ledger",
            "key {key} is not known on this ledger";
        /// A key of somebody else.
        6 NotTheSignersKey { key: KeyId }:
            "the signing key is the signer's",
            "key {key} does not belong to the identity that the body names as its signer";
        /// A device key that was revoked.
        7 KeyRevoked { key: KeyId }:
            "the signing key has not been revoked",
            "key {key} has been revoked";
        /// A controller key that was rotated out.
        8 KeyRotatedOut { key: KeyId }:
            "the signing key has not been rotated out",
            "key {key} has been rotated out";
        /// The signer's identity ended.
        9 SignerDeactivated:
            "the signer's identity is active",
            "the signer's identity has been deactivated";
        /// A counter that was used.
        10 Replayed { counter: u64 }:
            "a key uses each counter once",
            "counter {counter} has been used by this key: this transaction, or another one with its counter, is on the ledger";
        /// A counter below the window.
        11 CounterTooOld { counter: u64, lowest: u64 }:
            "a counter is not below the key's window",
            "counter {counter} is below the key's window, which begins at {lowest}: sign again with a newer counter";
        /// A counter above the window.
        12 CounterTooFar { counter: u64, highest: u64 }:
            "a counter is at most one window ahead of the highest one used",
            "counter {counter} is too far ahead, {highest} is the highest that is allowed now";
        /// Past its validity.
        13 Expired { valid_until: Timestamp, now: Timestamp }:
            "a transaction is recorded before its valid_until",
            "the transaction was valid until {valid_until} and it is {now}: sign it again";
        /// Valid for too long.
        14 ValidTooLong { valid_until: Timestamp, latest: Timestamp }:
            "valid_until is at most 24 hours ahead",
            "the transaction is valid until {valid_until}, {latest} is the latest that is allowed now";
        /// The quota is used up.
        15 QuotaUsedUp { budget: &'static str, limit: u64 }:
            "an identity stays within its quota and budgets in each epoch",
            "the {budget} of {limit} is used up in this epoch";
        /// An approval that is not the template.
        16 NotAnApproval { index: u64 }:
            "an approval is a COSE_Sign1 with detached payload, by template",
            "approval {index} is not an approval of this protocol";
        /// Approvals out of order or double.
        17 ApprovalsNotAscending:
            "approvals ascend by key id, without doubles",
            "the approvals are not in ascending order of their key ids, or one is given twice";
        /// An approval that is needed and not there.
        18 ApprovalMissing { key: KeyId }:
            "everyone who must agree has approved",
            "the approval of key {key} is missing";
        /// An approval that nobody asked for.
        19 ApprovalByStranger { key: KeyId }:
            "nobody approves but those who must",
            "key {key} approved, which this operation does not ask for";
        /// An approval whose signature fails.
        20 ApprovalInvalid { key: KeyId }:
            "each approval's signature is valid",
            "the approval of key {key} does not verify";
        /// An approval by an identity which this operation needs, and none of its live device keys gave it.
        21 IdentityApprovalMissing { did: crate::hash::Did }:
            "an identity that must agree approves with one of its live device keys",
            "identity {did} must approve this with one of its live device keys";
        /// Signed after its own end.
        22 SignedAfterEnd { signed_at: Timestamp, valid_until: Timestamp }:
            "a transaction is signed before its valid_until",
            "the transaction says that it was signed at {signed_at}, which is not before its valid_until {valid_until}";
    }
}

/// Why bytes are not a transaction that could be executed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransactionError {
    /// The payload.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// The envelope.
    #[error(transparent)]
    Operation(#[from] OperationError),
    /// The signature.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
}

crate::coded!(TransactionError { Codec, Operation, Crypto });

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "numbers of the tests' own making")]
mod tests;
