//! What a client can check that holds no chain: headers, inclusion, and proofs of state and logs.
//!
//! | file | what it holds |
//! | --- | --- |
//! | [`header`] | a header with its evidence |
//! | [`receipt`] | a portable receipt of one event, with evidence or with a path in the log of headers |
//! | [`record`] | the receipt of a record, with what opens it |
//! | [`log`] | a subject's log, provably complete as recorded by a height |

pub mod header;
pub mod log;
pub mod receipt;
pub mod record;

pub use header::{Anchored, CertifiedHeader, Verifier};
pub use log::LogProof;
pub use receipt::{KeptResult, KeptResults, Receipt, ReceiptAnchor};
pub use record::{BatchMember, ProvenRecord, RecordProof};

use crate::chain::ChainError;
use crate::codec::CodecError;
use crate::hash::{AppRootHash, Did};
use crate::merkle::LogError;
use crate::record::CommitmentError;
use crate::state::StateError;
use crate::units::Height;

rules! {
    /// Why a proof shows nothing.
    pub enum LightFault: LGT {
        /// Evidence of a rule that this client does not know.
        1 UnknownFinality { rule: u64 }:
            "evidence is of the rule of finality that the genesis names",
            "the evidence is of finality rule {rule}, which is not this ledger's";
        /// Evidence that is false.
        2 InvalidEvidence { height: Height }:
            "evidence verifies",
            "the evidence for the header of height {height} is false";
        /// Evidence by others than those whose turn it is.
        3 NotEnough { height: Height }:
            "evidence is by the validators entitled to the height",
            "the header of height {height} is not certified by those who are trusted";
        /// Evidence for another header.
        4 EvidenceForAnother { height: Height }:
            "evidence is for the header beside it: hash, height and time",
            "the evidence is not for the header of height {height} that stands beside it";
        /// A header that the client has not seen and for which there is no evidence.
        5 UntrustedHeader { hash: AppRootHash }:
            "a receipt with a log path ends at a header that the client trusts, or has evidence for",
            "header {hash} is not trusted here and comes without evidence";
        /// The event is not in the result.
        6 EventNotInResult { why: LogError }:
            "an event lies under the root of its result's events",
            "the event is not one of the result's: {why}";
        /// The result is not in the block.
        7 ResultNotInBlock { why: LogError }:
            "a result lies under the header's root of results",
            "the result is not one of the block's: {why}";
        /// Event, result and header say different things.
        8 Inconsistent { what: &'static str }:
            "event, result and header agree on transaction, code, height, place and time",
            "event, result and header don't agree on the {what}";
        /// The header is not in the log of headers.
        9 HeaderNotInLog { why: LogError }:
            "a header lies in the log of headers that a later header's state holds",
            "the header is not in the log of headers: {why}";
        /// A proof about other keys than it should be about.
        10 WrongKeys:
            "a proof of state covers the keys that it is read for and no others",
            "the proof of state is not about what it is read for";
        /// The event is not of a record.
        11 NotARecord:
            "a record's receipt shows an event that anchors or amends a record",
            "the event of this receipt does not anchor a record";
        /// The record is not in the batch.
        12 NotInBatch { why: LogError }:
            "a record of a batch lies under the batch's root",
            "the record is not one of the batch's: {why}";
        /// A batch's member is missing, or given where there is no batch.
        13 MemberMismatch:
            "the receipt of a batch says which of its records is meant, and no other receipt does",
            "the receipt names a record of a batch where there is none, or does not name one";
        /// Fewer or more entries than the log has.
        14 WrongCount { actual: u64, expected: u64 }:
            "a log has as many entries as its head says",
            "{actual} entries are given, the log has {expected}";
        /// Entries that are not the log's.
        15 LogAltered { subject: Did }:
            "the entries of a log, in their order, give its root",
            "these are not the entries of the log of {subject}, or not in their order";
        /// Entries of another kind of log.
        16 WrongLog { position: u64 }:
            "each entry of a log is of its kind",
            "entry {position} does not belong to this kind of log";
    }
}

/// Why a proof shows nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LightError {
    /// Its encoding.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// Its header.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// Its proof of state.
    #[error(transparent)]
    State(#[from] StateError),
    /// Its opening.
    #[error(transparent)]
    Commitment(#[from] CommitmentError),
    /// What it claims.
    #[error(transparent)]
    Fault(#[from] LightFault),
}

crate::coded!(LightError { Codec, Chain, State, Commitment, Fault });

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "numbers of the tests' own making")]
mod tests;
