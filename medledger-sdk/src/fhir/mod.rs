//! FHIR R4 (4.0.1) bundles to commitments and facts.
//!
//! A [`Bundle`](bundle::Bundle) is read with care for hostile input; each resource becomes an
//! [`Entry`](bundle::Entry): its canonical bytes ([`canonical`]), its facts ([`facts`], from the tables in
//! [`elements`]) and a title for a timeline. [`Entry::seal_commitments`](bundle::Entry::seal_commitments) draws two
//! salts and gives what goes onto the ledger and what opens it.
//!
//! The other way, [`audit`] tells access logs and timelines as AuditEvents and Provenances.
//!
//! ```
//! use medledger_sdk::fhir::{SAMPLE_BUNDLE, bundle::Bundle};
//! let bundle = Bundle::parse(SAMPLE_BUNDLE)?;
//! assert_eq!(bundle.patient().facts.reference, "Patient/maren-oduya");
//! for entry in bundle.entries() {
//!     assert!(!entry.display.is_empty() && !entry.canonical.is_empty());
//! }
//! # Ok::<(), medledger_sdk::fhir::error::FhirError>(())
//! ```

pub mod audit;
pub mod bundle;
pub mod canonical;
mod clinical;
pub mod consent;
pub mod date;
pub mod elements;
pub mod error;
pub mod facts;
mod path;

/// A small bundle of one invented patient, for examples and first steps.
pub const SAMPLE_BUNDLE: &[u8] = include_bytes!("../../samples/bundle.json");
