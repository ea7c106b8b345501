//! One consent's answer.

use alloc::string::String;
use alloc::vec::Vec;

use super::matching::applies;
use super::request::Request;
use super::terms::{Rule, RuleEffect, Terms};
use crate::limits::CONSENT_DEPTH;
use crate::units::Timestamp;

wire! {
    /// What a consent says to a request.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Effect {
        /// It may be done.
        1 => Permit,
        /// It may not, whatever other consents say.
        2 => Deny,
        /// This consent has nothing to say.
        3 => NotApplicable,
    }
}

wire! {
    /// Why.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Reason {
        /// A rule permits.
        1 => PermitRule,
        /// The base permits, and no rule applies that says otherwise.
        2 => PermitBase,
        /// A rule denies.
        3 => DenyRule,
        /// The base of a directive denies.
        4 => DenyDirective,
        /// Not yet in force.
        5 => NotYet,
        /// No longer in force.
        6 => Expired,
        /// Neither the base nor a rule applies.
        7 => NoMatch,
        /// Only the base's deny applies, which in a grant is the ground that its permits stand on.
        8 => OnlyTheBase,
    }
}

wire! {
    /// One consent's answer to one request.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Decision {
        /// The answer.
        pub effect: Effect,
        /// Why.
        pub reason: Reason,
        /// The rule that decided, after its ancestors, as indexes into the rules; empty when the base decided or nothing
        /// did.
        pub path: Vec<u64>,
        /// What a permit obliges to.
        pub obligations: Vec<String>,
    }
}

/// Decides on a request by the terms of one consent, at a time (block time on the ledger, the gateway's own at a release).
///
/// Pure and total. The cost is bounded by the sizes of terms and request: each rule is compared once.
///
/// A rule that applies sets aside its own ancestors and the base, and nothing else; of the rules that are left, a deny
/// wins, and of several denies the first in order. A permit applies only where it covers the request whole; a deny where
/// it touches it.
#[must_use]
pub fn decide(terms: &Terms, request: &Request, time: Timestamp) -> Decision {
    let silent = |reason| answer(Effect::NotApplicable, reason, Vec::new(), terms);
    if time < terms.period.from {
        return silent(Reason::NotYet);
    }
    if time >= terms.period.until {
        return silent(Reason::Expired);
    }
    let standing = standing(&terms.rules, request);
    let first = |effect| standing.iter().copied().find(|index| rule(terms, *index) == Some(effect));
    if let Some(index) = first(RuleEffect::Deny) {
        return answer(Effect::Deny, Reason::DenyRule, path(&terms.rules, index), terms);
    }
    if let Some(index) = first(RuleEffect::Permit) {
        return answer(Effect::Permit, Reason::PermitRule, path(&terms.rules, index), terms);
    }
    if !applies(terms.effect, &terms.criteria, request) {
        return silent(Reason::NoMatch);
    }
    match (terms.effect, terms.directive) {
        (RuleEffect::Permit, _) => answer(Effect::Permit, Reason::PermitBase, Vec::new(), terms),
        (RuleEffect::Deny, true) => answer(Effect::Deny, Reason::DenyDirective, Vec::new(), terms),
        (RuleEffect::Deny, false) => silent(Reason::OnlyTheBase),
    }
}

fn answer(effect: Effect, reason: Reason, path: Vec<u64>, terms: &Terms) -> Decision {
    let obligations = if effect == Effect::Permit { terms.obligations.clone() } else { Vec::new() };
    Decision { effect, reason, path, obligations }
}

fn rule(terms: &Terms, index: u64) -> Option<RuleEffect> {
    usize::try_from(index).ok().and_then(|index| terms.rules.get(index)).map(|rule| rule.effect)
}

/// The rules that apply and are not set aside by one of their descendants, in order.
fn standing(rules: &[Rule], request: &Request) -> Vec<u64> {
    let mut standing = Vec::new();
    // Walking backwards, everything below a rule has been seen when the rule itself is reached: `applied` holds, by
    // depth, whether a rule of that depth or deeper applied since the last rule above it.
    let mut applied = [false; CONSENT_DEPTH as usize + 2];
    for (index, rule) in rules.iter().enumerate().rev() {
        let depth = usize::try_from(rule.depth).unwrap_or(usize::MAX).min(usize::from(CONSENT_DEPTH));
        let below = applied.get(depth.saturating_add(1)).copied().unwrap_or_default();
        let applies = applies(rule.effect, &rule.criteria, request);
        if applies && !below {
            standing.extend(u64::try_from(index));
        }
        for slot in applied.iter_mut().skip(depth.saturating_add(1)) {
            *slot = false;
        }
        if let Some(slot) = applied.get_mut(depth) {
            *slot |= applies || below;
        }
    }
    standing.reverse();
    standing
}

/// The indexes of a rule's ancestors and its own.
fn path(rules: &[Rule], index: u64) -> Vec<u64> {
    let mut path = Vec::new();
    let mut below = u64::MAX;
    for (at, rule) in rules.iter().enumerate().rev() {
        let at = u64::try_from(at).unwrap_or(u64::MAX);
        if at <= index && rule.depth < below {
            path.push(at);
            below = rule.depth;
        }
    }
    path.reverse();
    path
}
