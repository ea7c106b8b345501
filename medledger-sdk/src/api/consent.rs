//! A consent and its terms; what consents answer.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::consent::{
    Actor, Combined, CombinedReason, ConsentState, ConsentStatus, Criteria, Reason, RuleEffect,
};
use medledger_core::hash::ConsentId;
use medledger_core::identity::did_to_text;
use medledger_core::units::Timestamp;

use super::text::{CodingView, Count, PeriodView, clinical, codings};

/// A consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConsentView {
    /// Its id.
    pub consent: String,
    /// Whose.
    pub subject: String,
    /// Its slot.
    pub slot: Count,
    /// Which version, from 1.
    pub version: Count,
    /// That version's hash.
    pub version_hash: String,
    /// `active`, `pending`, `ended`, `spent` or `revoked`, at the time that was asked about.
    pub status: &'static str,
    /// When it is in force.
    pub period: PeriodView,
    /// Whether its base's deny is a deny for every consent.
    pub directive: bool,
    /// The base: `permit` or `deny`.
    pub effect: &'static str,
    /// Where the base applies.
    pub criteria: CriteriaView,
    /// The exceptions, in pre-order.
    pub rules: Vec<RuleView>,
    /// What a permit obliges to.
    pub obligations: Vec<String>,
    /// How many sessions it permits; null for any number.
    pub uses: Option<Count>,
    /// How many were permitted on it.
    pub used: Count,
}

/// A rule of a consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleView {
    /// 1 below the base.
    pub depth: Count,
    /// `permit` or `deny`.
    pub effect: &'static str,
    /// Where.
    pub criteria: CriteriaView,
}

/// Where a base or a rule applies; an empty list is no criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CriteriaView {
    /// Who.
    pub actors: Vec<ActorView>,
    /// What is done.
    pub actions: Vec<String>,
    /// What for.
    pub purposes: Vec<String>,
    /// Resource types.
    pub types: Vec<String>,
    /// Categories.
    pub categories: Vec<CodingView>,
    /// Codes.
    pub codes: Vec<CodingView>,
    /// Security labels.
    pub labels: Vec<CodingView>,
    /// Single records.
    pub records: Vec<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// What is referred to.
    pub related: Vec<String>,
    /// When it happened.
    pub data_period: Option<String>,
}

/// Who is meant: just one of these is not null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ActorView {
    /// One identity.
    pub identity: Option<String>,
    /// Everybody who acts for an organisation.
    pub organisation: Option<String>,
    /// Everybody with a role.
    pub role: Option<CodingView>,
}

/// What all active consents answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerView {
    /// `permit` or `deny`.
    pub effect: &'static str,
    /// Why.
    pub reason: &'static str,
    /// The consent that decided.
    pub consent: Option<String>,
    /// The rule path in it, as indexes.
    pub path: Vec<Count>,
    /// What a permit obliges to.
    pub obligations: Vec<String>,
}

impl From<&Actor> for ActorView {
    fn from(actor: &Actor) -> Self {
        match actor {
            Actor::Identity { did } => Self { identity: Some(did_to_text(did)), ..Self::default() },
            Actor::Organisation { did } => Self { organisation: Some(did_to_text(did)), ..Self::default() },
            Actor::Role { role } => Self { role: Some(role.into()), ..Self::default() },
        }
    }
}

impl From<&Criteria> for CriteriaView {
    fn from(criteria: &Criteria) -> Self {
        let Criteria { actions, purposes, types, records, authors, related, .. } = criteria.clone();
        Self {
            actors: criteria.actors.iter().map(ActorView::from).collect(),
            actions,
            purposes,
            types,
            categories: codings(&criteria.categories),
            codes: codings(&criteria.codes),
            labels: codings(&criteria.labels),
            records,
            authors,
            related,
            data_period: criteria.data_period.as_ref().map(clinical),
        }
    }
}

impl ConsentView {
    /// The view of a consent at a time.
    #[must_use]
    pub fn new(consent: &ConsentId, state: &ConsentState, now: Timestamp) -> Self {
        let terms = state.terms.open();
        let rule = |rule: &medledger_core::consent::Rule| RuleView {
            depth: Count(rule.depth),
            effect: effect(rule.effect),
            criteria: CriteriaView::from(&rule.criteria),
        };
        Self {
            consent: consent.to_string(),
            subject: did_to_text(&state.subject),
            slot: Count(state.slot),
            version: Count(state.version),
            version_hash: state.current.to_string(),
            status: standing(state, now),
            period: PeriodView::from(&terms.period),
            directive: terms.directive,
            effect: effect(terms.effect),
            criteria: CriteriaView::from(&terms.criteria),
            rules: terms.rules.iter().map(rule).collect(),
            obligations: terms.obligations.clone(),
            uses: terms.uses.map(Count),
            used: Count(state.used),
        }
    }
}

/// How a consent stands at a time, in a word.
#[must_use]
pub fn standing(state: &ConsentState, now: Timestamp) -> &'static str {
    match state.status {
        ConsentStatus::Revoked => "revoked",
        ConsentStatus::Active if state.has_ended(now) => "ended",
        ConsentStatus::Active if state.is_spent() => "spent",
        ConsentStatus::Active if now < state.terms.open().period.from => "pending",
        ConsentStatus::Active => "active",
    }
}

impl From<&Combined> for AnswerView {
    fn from(combined: &Combined) -> Self {
        Self {
            effect: if combined.permitted { "permit" } else { "deny" },
            reason: match combined.reason {
                CombinedReason::Permitted(why)
                | CombinedReason::Denied(why)
                | CombinedReason::NotPermitted(why) => reason(why),
                CombinedReason::Grounded => "legal-ground",
                CombinedReason::GroundOverrides(_) => "legal-ground-overrides",
                CombinedReason::NotActive => "not-active",
            },
            consent: combined.consent.as_ref().map(ToString::to_string),
            path: combined.path.iter().copied().map(Count).collect(),
            obligations: combined.obligations.clone(),
        }
    }
}

const fn effect(effect: RuleEffect) -> &'static str {
    match effect {
        RuleEffect::Permit => "permit",
        RuleEffect::Deny => "deny",
    }
}

/// A reason, in a word.
#[must_use]
pub const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::PermitRule => "permit-rule",
        Reason::PermitBase => "permit-base",
        Reason::DenyRule => "deny-rule",
        Reason::DenyDirective => "deny-directive",
        Reason::NotYet => "not-yet",
        Reason::Expired => "expired",
        Reason::NoMatch => "no-match",
        Reason::OnlyTheBase => "only-the-base",
    }
}
