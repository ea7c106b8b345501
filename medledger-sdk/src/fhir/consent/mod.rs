//! FHIR R4 Consents: read literally or not at all, and written so that they read back.
//!
//! | file | what it holds |
//! | --- | --- |
//! | [`elements`] | every element, what it means and what becomes of it: the published table |
//! | [`error`] | what can't be read faithfully |
//! | `shape` | elements in their places, none empty |
//! | `document` | what stands in the JSON |
//! | `period` | periods, and the zones of dates that have none |
//! | `codes` | purposes, actions, types, labels, codes: which are known |
//! | [`references`] | references, and who resolves them |
//! | `import` | the base, and what nested provisions inherit |
//! | `reading` | what a Consent means, and terms of it |
//! | `check` | one Consent's answer to one request |
//! | `export` | terms as a Consent |

mod check;
mod codes;
mod document;
pub mod elements;
pub mod error;
mod export;
mod import;
mod period;
mod reading;
pub mod references;
mod shape;

pub use check::{Checked, Question, REASONS};
pub use document::{LIMITS, OBLIGATION, Status, USES, WHOLE};
pub use export::{About, export};
pub use import::{Options, read};
pub use reading::Reading;

#[cfg(test)]
mod tests;
