//! Views: the one definition of what the command and every binding show.
//!
//! Plain structs for serde's `Serialize`, with names in `snake_case`. Hashes are lower-case hex, identities DIDs, times
//! RFC 3339 in UTC with milliseconds, counts integers (above 2^53, which JavaScript can't hold, strings). What is unknown
//! is null. Only a DID document has the W3C's own names.
//!
//! | file | what it holds |
//! | --- | --- |
//! | [`units`] | counts, times, bytes, words, codings, periods |
//! | [`error`] | the one error |
//! | [`identity`] | an identity and its DID document |
//! | [`record`] | a line of the timeline |
//! | [`consent`] | a consent and its terms; what consents answer |
//! | [`access`] | an entry of the access log; a session |
//! | [`authority`] | an entry of the authority log |
//! | [`proof`] | what came of checking a file |
//! | [`hashes`], [`merkle`], [`signatures`], [`envelope`] | what everything stands on: hashes, proofs, signatures, counters |
//! | [`inspect`] | any wire type as text; the registers |
//! | [`status`] | a ledger as a node sees it |

pub mod access;
pub mod authority;
pub mod consent;
pub mod draft;
pub mod envelope;
pub mod error;
pub mod hashes;
pub mod identities;
pub mod identity;
pub mod inspect;
pub mod key;
#[cfg(feature = "local")]
pub mod ledger;
pub mod light;
pub mod logs;
pub mod merkle;
mod parse;
pub mod proof;
mod reading;
#[cfg(feature = "fhir")]
pub mod record;
pub mod signatures;
pub mod status;
pub mod terms;
pub mod units;
#[cfg(feature = "wallet")]
pub mod wallets;

pub use access::{
    AccessEntry, AccessKind, Basis, Custody, Effect, Look, Session, SessionRequest, SessionStatus,
};
pub use authority::{AuthorityEntry, AuthorityKind};
pub use consent::{Actor, Answer, AnswerReason, Consent, ConsentStanding, Criteria, Rule};
pub use draft::{Draft, Sender, SignedTransaction};
pub use envelope::{ApprovalView, ReplayWindow, TransactionView, check_counter, read_transaction};
pub use error::{ArgumentError, Error, ErrorKind, Field};
pub use hashes::{HashTag, hash_tags, tagged_hash};
pub use identity::{
    DidDocument, Identity, IdentityKey, IdentityKind, IdentityStatus, KeyRole, VerificationMethod,
};
pub use inspect::{RuleInfo, inspect, rules, wire_types};
pub use key::{AgreementKey, Key, Progress, Signer, SignerFault, did_key, key_id, successor_digest};
pub use merkle::{
    MerkleLog, StateAnswer, StateStanding, check_consistency, check_inclusion, check_state_keys,
    check_state_proof, log_root,
};
pub use proof::{Fault, ProofKind, ProofReport, ProvenExport, ProvenRecord};
#[cfg(feature = "fhir")]
pub use record::Record;
pub use signatures::{BadSignature, SignatureClaim, verify_signature, verify_signatures};
pub use status::Status;
pub use units::{Bytes, Coding, Count, Interval, Moment, Period, Time};

#[cfg(test)]
#[cfg(all(feature = "seal", feature = "local"))]
mod tests;
