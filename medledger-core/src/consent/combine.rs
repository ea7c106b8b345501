//! The answer of all active consents, by the basis that a request stands on.

use alloc::string::String;
use alloc::vec::Vec;

use super::decide::{Decision, Effect, Reason};
use crate::hash::ConsentId;

/// What a request stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// This consent.
    Consent(ConsentId),
    /// A legal ground that the consortium registered; the registration's own conditions have been checked.
    LegalGround {
        /// Whether it overrides a patient's deny.
        overrides_deny: bool,
    },
}

/// One active consent's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The consent.
    pub consent: ConsentId,
    /// What it says.
    pub decision: Decision,
}

/// Why the combination came out as it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CombinedReason {
    /// The named consent permits, and none denies.
    Permitted(Reason),
    /// The legal ground permits, and none denies.
    Grounded,
    /// The legal ground permits, and overrides a deny.
    GroundOverrides(Reason),
    /// A consent denies.
    Denied(Reason),
    /// The named consent does not permit.
    NotPermitted(Reason),
    /// The named consent is not among the active ones.
    NotActive,
}

/// The answer of all active consents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Combined {
    /// Whether it may be done.
    pub permitted: bool,
    /// Why.
    pub reason: CombinedReason,
    /// The consent that decided; `None` for a legal ground that nothing spoke against, or where none is named.
    pub consent: Option<ConsentId>,
    /// The rule path in it.
    pub path: Vec<u64>,
    /// What a permit obliges to: of every consent that permits.
    pub obligations: Vec<String>,
}

/// Combines the answers of *all* active consents of the subject, in the order of their slots.
///
/// By consent: the named one answers Permit and none answers Deny. By legal ground: none answers Deny, unless the
/// registration says that it overrides one.
#[must_use]
pub fn combine(basis: Basis, answers: &[Answer]) -> Combined {
    let outcome = |permitted, reason, of: Option<&Answer>| Combined {
        permitted,
        reason,
        consent: of.map(|answer| answer.consent),
        path: of.map(|answer| answer.decision.path.clone()).unwrap_or_default(),
        obligations: if permitted { obligations(answers) } else { Vec::new() },
    };
    let deny = answers.iter().find(|answer| answer.decision.effect == Effect::Deny);
    match (basis, deny) {
        (Basis::LegalGround { overrides_deny: true }, Some(deny)) => {
            outcome(true, CombinedReason::GroundOverrides(deny.decision.reason), Some(deny))
        }
        (_, Some(deny)) => outcome(false, CombinedReason::Denied(deny.decision.reason), Some(deny)),
        (Basis::LegalGround { .. }, None) => outcome(true, CombinedReason::Grounded, None),
        (Basis::Consent(id), None) => match answers.iter().find(|answer| answer.consent == id) {
            None => outcome(false, CombinedReason::NotActive, None),
            Some(named) if named.decision.effect == Effect::Permit => {
                outcome(true, CombinedReason::Permitted(named.decision.reason), Some(named))
            }
            Some(named) => outcome(false, CombinedReason::NotPermitted(named.decision.reason), Some(named)),
        },
    }
}

fn obligations(answers: &[Answer]) -> Vec<String> {
    let permits = answers.iter().filter(|answer| answer.decision.effect == Effect::Permit);
    let mut all: Vec<String> =
        permits.flat_map(|answer| answer.decision.obligations.iter().cloned()).collect();
    all.sort_unstable();
    all.dedup();
    all
}
