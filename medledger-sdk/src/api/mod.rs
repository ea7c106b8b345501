//! Views: the one definition of what the command and every binding show.
//!
//! Plain structs for serde's `Serialize`, with names in `snake_case`. Hashes are lower-case hex, identities DIDs, times
//! RFC 3339 in UTC with milliseconds, counts integers (above 2^53, which JavaScript can't hold, strings). What is unknown
//! is null. Only a DID document has the W3C's own names.
//!
//! | file | what it holds |
//! | --- | --- |
//! | [`text`] | numbers, times and codes as text |
//! | [`identity`] | an identity and its DID document |
//! | [`record`] | a line of the timeline |
//! | [`consent`] | a consent and its terms; what consents answer |
//! | [`access`] | an entry of the access log; a session |
//! | [`authority`] | an entry of the authority log |
//! | [`proof`] | what came of checking a file |
//! | [`status`] | a ledger as a node sees it |

pub mod access;
pub mod authority;
pub mod consent;
pub mod identity;
pub mod proof;
#[cfg(feature = "fhir")]
pub mod record;
pub mod status;
pub mod text;

pub use access::{AccessEntryView, CustodyView, LookView, RequestView, SessionView};
pub use authority::AuthorityEntryView;
pub use consent::{AnswerView, ConsentView, CriteriaView, RuleView};
pub use identity::{DidDocumentView, IdentityView, KeyView};
pub use proof::{BatchView, ExportView, FaultView, ProofView, ReceiptView};
#[cfg(feature = "fhir")]
pub use record::RecordView;
pub use status::StatusView;
pub use text::Count;

#[cfg(test)]
#[cfg(all(feature = "seal", feature = "local"))]
mod tests;
