//! The interface: the one definition of what a user of any language sees, and of what the command shows.
//!
//! *Values* are plain structs, *handles* hold state, *words* are enums of texts; everything that can fail gives one
//! [`Error`]. Nothing here reads a clock, makes its own randomness, or can be said in one language alone: the bindings of
//! Python, JavaScript and Kotlin are written from these files. Hashes and ids are lower-case hex, identities DIDs. As JSON, names
//! are in `snake_case`, times RFC 3339 in UTC with milliseconds, counts integers (above 2^53, which JavaScript can't hold, strings),
//! what is unknown is null; only a DID document has the W3C's own names.
//!
//! Nothing is decided here: it converts, and calls the rest of the crate.
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
//! | [`hashes`], [`merkle`], [`signatures`], [`envelope`] | what everything stands on: hashes, proofs, signatures, counters |
//! | [`inspect`](mod@inspect) | any wire type as text; the registers |
//! | [`status`] | a ledger as a node sees it |
//! | [`key`], [`draft`] | keys and signers; signing in two phases |
//! | [`identities`] | new identities, devices, credentials, the genesis |
//! | [`terms`] | terms made, decided on, granted |
//! | [`light`], [`logs`] | checking with nothing but a genesis; logs that are provably all |
//! | `requester`, `gateway` | asking to look; a custodian that answers |
//! | `ledger` | a ledger in one process |
//! | `sheets`, `keystores`, `restoring` | sheets of words; a device's keys; finding and rotating identities |

pub mod access;
pub mod authority;
pub mod consent;
#[cfg(feature = "seal")]
pub mod container;
pub mod draft;
pub mod envelope;
pub mod error;
pub mod facts;
#[cfg(feature = "fhir")]
pub mod fhir;
#[cfg(feature = "fhir")]
pub mod fhir_audit;
#[cfg(feature = "fhir")]
pub mod fhir_consent;
#[cfg(feature = "seal")]
pub mod gateway;
pub mod hashes;
pub mod identities;
pub mod identity;
pub mod inspect;
pub mod key;
#[cfg(feature = "wallet")]
pub mod keystores;
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
#[cfg(feature = "seal")]
pub mod records;
#[cfg(feature = "seal")]
pub mod requester;
#[cfg(feature = "wallet")]
pub mod restoring;
#[cfg(feature = "seal")]
pub mod sealed;
#[cfg(feature = "seal")]
pub mod sealing;
#[cfg(feature = "wallet")]
pub mod sheets;
pub mod signatures;
pub mod status;
pub mod terms;
pub mod units;

// One flat list of names, as the other languages have it.
pub use access::*;
pub use authority::*;
pub use consent::*;
#[cfg(feature = "seal")]
pub use container::*;
pub use draft::*;
pub use envelope::*;
pub use error::*;
pub use facts::*;
#[cfg(feature = "fhir")]
pub use fhir::*;
#[cfg(feature = "fhir")]
pub use fhir_audit::*;
#[cfg(feature = "fhir")]
pub use fhir_consent::*;
#[cfg(feature = "seal")]
pub use gateway::*;
pub use hashes::*;
pub use identities::*;
pub use identity::*;
pub use inspect::*;
pub use key::*;
#[cfg(feature = "wallet")]
pub use keystores::*;
#[cfg(feature = "local")]
pub use ledger::*;
pub use light::*;
pub use logs::*;
pub use merkle::*;
pub use proof::*;
#[cfg(feature = "fhir")]
pub use record::*;
#[cfg(feature = "seal")]
pub use records::*;
#[cfg(feature = "seal")]
pub use requester::*;
#[cfg(feature = "wallet")]
pub use restoring::*;
#[cfg(feature = "seal")]
pub use sealed::*;
#[cfg(feature = "seal")]
pub use sealing::*;
#[cfg(feature = "wallet")]
pub use sheets::*;
pub use signatures::*;
pub use status::*;
pub use terms::*;
pub use units::*;

#[cfg(test)]
#[cfg(all(feature = "seal", feature = "local"))]
mod tests;
