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
//! | [`facts`] | facts, commitments, ids |
//! | `records` | records anchored, amended, retracted, proven; batches |
//! | `fhir`, `fhir_consent`, `fhir_audit` | FHIR R4: bundles; Consents; AuditEvents and Provenances |
//! | `sealing` | records sealed under keys of their own; keys wrapped |
//! | `sealed` | a sealed record as it is kept; opened; destroyed |
//! | `container` | files sealed and opened piece by piece |
//! | [`consent`] | a consent and its terms; what consents answer |
//! | [`access`] | an entry of the access log; a session |
//! | [`authority`] | an entry of the authority log |
//! | [`proof`] | what came of checking a file |
//! | [`status`] | a ledger as a node sees it |

pub mod access;
pub mod authority;
pub mod consent;
#[cfg(feature = "seal")]
pub mod container;
pub mod draft;
pub mod error;
pub mod facts;
#[cfg(feature = "fhir")]
pub mod fhir;
#[cfg(feature = "fhir")]
pub mod fhir_audit;
#[cfg(feature = "fhir")]
pub mod fhir_consent;
pub mod identities;
pub mod identity;
pub mod key;
mod parse;
pub mod proof;
#[cfg(feature = "fhir")]
pub mod record;
#[cfg(feature = "seal")]
pub mod records;
#[cfg(feature = "seal")]
pub mod sealed;
#[cfg(feature = "seal")]
pub mod sealing;
pub mod status;
pub mod terms;
pub mod units;

pub use access::{
    AccessEntry, AccessKind, Basis, Custody, Effect, Look, Session, SessionRequest, SessionStatus,
};
pub use authority::{AuthorityEntry, AuthorityKind};
pub use consent::{Actor, Answer, AnswerReason, Consent, ConsentStanding, Criteria, Rule};
#[cfg(feature = "seal")]
pub use container::{Measure, Opener, Sealer};
pub use draft::{Draft, Sender, SignedTransaction};
pub use error::{ArgumentError, Error, ErrorKind, Field};
pub use facts::{CommitmentHash, Commitments, Facts, batch_record_id, commit, record_id, record_version};
#[cfg(feature = "fhir")]
pub use fhir::{BundleEntry, canonical_fhir, fhir_interval, read_bundle};
#[cfg(feature = "fhir")]
pub use fhir_audit::{KnownIdentity, KnownRecord, LogKnowledge, audit_events, provenances};
#[cfg(feature = "fhir")]
pub use fhir_consent::{
    ConsentAbout, ConsentAnswer, ConsentOptions, ConsentQuestion, ConsentReading, FhirConsentStatus,
    ReferenceActor, check_consent, read_consent, read_consent_at, write_consent,
};
pub use identity::{
    DidDocument, Identity, IdentityKey, IdentityKind, IdentityStatus, KeyRole, VerificationMethod,
};
pub use key::{AgreementKey, Key, Progress, Signer, SignerFault, did_key, key_id, successor_digest};
pub use proof::{Fault, ProofKind, ProofReport, ProvenExport, ProvenRecord};
#[cfg(feature = "fhir")]
pub use record::Record;
#[cfg(feature = "seal")]
pub use records::{
    Batch, BatchEntry, BatchMember, amend_batch_record, amend_record, anchor_batch, anchor_record,
    batch_member, record_proof, retract_batch_record, retract_record,
};
#[cfg(feature = "seal")]
pub use sealed::{DestroyedRecord, OpenedRecord, SealSuite, SealedHeader, SealedRecord, read_sealed_header};
#[cfg(feature = "seal")]
pub use sealing::{
    ContentForm, RecordKey, WrappedKey, bundle_texts, read_wrap, seal_record, unwrap_key, wrap_key,
};
pub use status::Status;
pub use units::{Bytes, Coding, Count, Interval, Moment, Period, Time};

#[cfg(test)]
#[cfg(all(feature = "seal", feature = "local"))]
mod tests;
