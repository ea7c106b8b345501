//! Consent is data, and one pure function decides on it.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `terms` | a base and rules by depth, each with whole criteria; what is checked before they stand on a ledger |
//! | `request` | who asks for what: one record with its facts, or a set |
//! | [`operations`](Grant) | grant, amend, revoke; a consent as the state holds it |
//! | `matching` | whether criteria cover a request (permits), or touch it (denies) |
//! | [`decide()`] | one consent's answer |
//! | [`combine()`] | the answer of all active consents, by the basis of the request |

mod combine;
mod decide;
mod matching;
mod operations;
mod request;
mod terms;

pub use combine::{Answer, Basis, Combined, CombinedReason, combine};
pub use decide::{Decision, Effect, Reason, decide};
pub use operations::{
    ConsentEntry, ConsentError, ConsentState, ConsentStatus, ConsentTerms, ConsentVersionOf, Grant,
    Replacement, consent_id,
};
pub use request::{CodeReach, NameReach, PeriodReach, Reach, Request};
pub use terms::{Actor, Criteria, Rule, RuleEffect, Terms, TermsError};

#[cfg(test)]
mod tests;
