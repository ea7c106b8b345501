//! Why a gateway gives no decision, or refuses a release.

use alloc::string::String;

use medledger_core::access::{AccessError, SessionRefusal};
use medledger_core::codec::CodecError;
use medledger_core::hash::{AppRootHash, Did, KeyId, RecordId, SessionId};
use medledger_core::light::LightError;
use medledger_core::rules;
use medledger_core::units::{Height, Millis, Timestamp};

use crate::access_proof::{ProofGap, StandingError};
use crate::release::ReleaseFault;

rules! {
    /// Why a gateway gives no decision at all. Nothing is released, and nothing stands in a session log: there is no
    /// header that it could have been judged under, or no log that it could stand in.
    pub enum NoDecision: GTW {
        /// A receipt that is not of the session.
        2 ReceiptMismatch { session: SessionId }:
            "a release request carries the receipt of its session",
            "the receipt is not that of session {session}, or does not say what the ledger holds of it";
        /// A header before one that was seen.
        3 HeaderRunsBack { height: Height, seen: Height }:
            "the headers that a gateway judges under never run back",
            "the proof is at height {height}; the gateway has judged at {seen}";
        /// Two headers of one height.
        4 Forked { height: Height, seen: AppRootHash, shown: AppRootHash }:
            "there is one certified header of each height",
            "headers {seen} and {shown} are both certified for height {height}: the validators have signed two histories";
        /// A log that lags behind what is anchored.
        5 LogBehind { session: SessionId, own: u64, anchored: u64 }:
            "a gateway's own session log holds what it has anchored",
            "the log of session {session} has {own} entries here and does not hold the {anchored} that are anchored: restore it first";
        /// A session that this gateway has closed.
        6 Closed { session: SessionId }:
            "a gateway judges nothing under a session that it has closed",
            "this gateway has closed session {session}";
        /// A request that nobody, or somebody else, has signed.
        7 NotSigned { why: String }:
            "a request for a record is signed for this ledger with the key that it names",
            "the request is not signed with the key that it names: {why}";
        /// A request that is not the requester's.
        8 NotTheRequesters { key: KeyId }:
            "a request is signed with a device key of the session's requester that is live as of the header",
            "key {key} is not a live device key of the session's requester";
        /// A request to another custodian.
        9 ToAnother { custodian: Did }:
            "a gateway answers what its own custodian was asked",
            "the request is to custodian {custodian}";
        /// A request that stands in the log.
        10 Answered { session: SessionId, number: u64 }:
            "a request is answered once",
            "the request was answered: it is entry {number} of the log of session {session}";
        /// A clock that runs back.
        11 ClockRunsBack { now: Timestamp, seen: Timestamp }:
            "a gateway's clock never runs back behind what it has seen, but for the network's tolerance",
            "the clock says {now}, and the gateway has seen {seen}: an old header would pass as fresh";
    }
}

rules! {
    /// Why a gateway releases nothing. The requester is told no more than that it is denied.
    pub enum Refused: GTW {
        /// The header is too old.
        20 HeaderTooOld { age: Millis, limit: Millis }:
            "a release is judged under a header younger than the network's freshness",
            "the header is {age} old, and must be younger than {limit}";
        /// A record that the custodian does not hold.
        21 NotHeld { record: RecordId }:
            "a custodian releases what it holds, in the version that the ledger holds as current",
            "record {record} is not held here in its current version";
        /// A record that was entered in error.
        22 EnteredInError { record: RecordId }:
            "a record that was entered in error is not released",
            "record {record} was marked as entered in error";
        /// Another subject's record.
        23 AnotherSubject { record: RecordId }:
            "a session releases records of its subject alone",
            "record {record} is not one of the session's subject";
        /// A record outside the scope.
        24 OutOfScope { what: &'static str }:
            "a record's type, categories and clinical period are known and inside the session's scope",
            "the record's {what} are not known to be inside the session's scope";
    }
}

/// Why there is no decision.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GatewayError {
    /// The gateway itself.
    #[error(transparent)]
    NoDecision(#[from] NoDecision),
    /// The proof shows less than the decision needs.
    #[error(transparent)]
    Gap(#[from] ProofGap),
    /// The session is not known, does not name this custodian, or is closed.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// The proof, the receipt or the record's proof.
    #[error(transparent)]
    Light(#[from] LightError),
    /// The release could not be made.
    #[error(transparent)]
    Release(#[from] ReleaseFault),
    /// An encoding.
    #[error(transparent)]
    Codec(#[from] CodecError),
}

medledger_core::coded!(GatewayError { NoDecision, Gap, Access, Light, Release, Codec });

impl From<StandingError> for GatewayError {
    fn from(error: StandingError) -> Self {
        match error {
            StandingError::Light(error) => Self::Light(error),
            StandingError::Gap(gap) => Self::Gap(gap),
        }
    }
}

/// Why a release was refused, for the patient and the auditor.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// By the gateway's own rules.
    #[error(transparent)]
    Gateway(#[from] Refused),
    /// By the protocol's: the session or its basis has ended, or the consents say no.
    #[error(transparent)]
    Access(#[from] AccessError),
}

medledger_core::coded!(Refusal { Gateway, Access });

impl Refusal {
    /// How the session log writes it.
    #[must_use]
    pub const fn as_logged(&self) -> SessionRefusal {
        match self {
            Self::Gateway(Refused::HeaderTooOld { .. }) => SessionRefusal::HeaderTooOld,
            Self::Gateway(Refused::NotHeld { .. } | Refused::EnteredInError { .. }) => {
                SessionRefusal::NotHeld
            }
            Self::Gateway(Refused::AnotherSubject { .. } | Refused::OutOfScope { .. }) => {
                SessionRefusal::OutOfScope
            }
            Self::Access(AccessError::Denied { .. } | AccessError::NotPermitted) => {
                SessionRefusal::NotPermitted
            }
            Self::Access(_) => SessionRefusal::SessionEnded,
        }
    }
}
