//! A consent and its terms; what consents answer.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::consent::{
    Actor as CoreActor, Combined, CombinedReason, ConsentState, ConsentStatus, Criteria as CoreCriteria,
    Reason, RuleEffect,
};
use medledger_core::hash::ConsentId;
use medledger_core::identity::did_to_text;
use medledger_core::units::Timestamp;

use super::access::Effect;
use super::units::{Coding, Count, Interval, Period, codings, words};

words! {
    /// How a consent stands at a time.
    pub enum ConsentStanding {
        /// In force.
        Active = "active",
        /// Not yet in force.
        Pending = "pending",
        /// Its period is over.
        Ended = "ended",
        /// Its uses are used up.
        Spent = "spent",
        /// Taken back.
        Revoked = "revoked",
    }
}

words! {
    /// Why something is permitted or denied.
    pub enum AnswerReason {
        /// A permit rule covers the request.
        PermitRule = "permit-rule",
        /// The base covers it.
        PermitBase = "permit-base",
        /// A deny rule touches it.
        DenyRule = "deny-rule",
        /// The base of a directive touches it.
        DenyDirective = "deny-directive",
        /// Before the period.
        NotYet = "not-yet",
        /// After it.
        Expired = "expired",
        /// Nothing applies.
        NoMatch = "no-match",
        /// Only a grant's base deny was reached, which does not deny.
        OnlyTheBase = "only-the-base",
        /// A registered ground.
        LegalGround = "legal-ground",
        /// A registered ground, over a deny.
        LegalGroundOverrides = "legal-ground-overrides",
        /// The consent that was named is not among the active ones.
        NotActive = "not-active",
    }
}

/// A consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Consent {
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
    /// How it stands at the time that was asked about.
    pub status: ConsentStanding,
    /// When it is in force.
    pub period: Period,
    /// Whether its base's deny is a deny for every consent.
    pub directive: bool,
    /// What the base says.
    pub effect: Effect,
    /// Where the base applies.
    pub criteria: Criteria,
    /// The exceptions, in pre-order.
    pub rules: Vec<Rule>,
    /// What a permit obliges to.
    pub obligations: Vec<String>,
    /// How many sessions it permits; null for any number.
    pub uses: Option<Count>,
    /// How many were permitted on it.
    pub used: Count,
}

/// A rule of a consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// 1 below the base.
    pub depth: Count,
    /// What it says.
    pub effect: Effect,
    /// Where.
    pub criteria: Criteria,
}

/// Where a base or a rule applies; an empty list is no criterion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Criteria {
    /// Who.
    pub actors: Vec<Actor>,
    /// What is done.
    pub actions: Vec<String>,
    /// What for.
    pub purposes: Vec<String>,
    /// Resource types.
    pub types: Vec<String>,
    /// Categories.
    pub categories: Vec<Coding>,
    /// Codes.
    pub codes: Vec<Coding>,
    /// Security labels.
    pub labels: Vec<Coding>,
    /// Single records.
    pub records: Vec<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// What is referred to.
    pub related: Vec<String>,
    /// When it happened.
    pub data_period: Option<Interval>,
}

/// Who is meant: just one of these is not null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Actor {
    /// One identity.
    pub identity: Option<String>,
    /// Everybody who acts for an organisation.
    pub organisation: Option<String>,
    /// Everybody with a role.
    pub role: Option<Coding>,
}

/// What all active consents answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// What it is.
    pub effect: Effect,
    /// Why.
    pub reason: AnswerReason,
    /// The consent that decided.
    pub consent: Option<String>,
    /// The rule path in it, as indexes.
    pub path: Vec<Count>,
    /// What a permit obliges to.
    pub obligations: Vec<String>,
}

impl From<&CoreActor> for Actor {
    fn from(actor: &CoreActor) -> Self {
        match actor {
            CoreActor::Identity { did } => Self { identity: Some(did_to_text(did)), ..Self::default() },
            CoreActor::Organisation { did } => {
                Self { organisation: Some(did_to_text(did)), ..Self::default() }
            }
            CoreActor::Role { role } => Self { role: Some(role.into()), ..Self::default() },
        }
    }
}

impl From<&CoreCriteria> for Criteria {
    fn from(criteria: &CoreCriteria) -> Self {
        let CoreCriteria { actions, purposes, types, records, authors, related, .. } = criteria.clone();
        Self {
            actors: criteria.actors.iter().map(Actor::from).collect(),
            actions,
            purposes,
            types,
            categories: codings(&criteria.categories),
            codes: codings(&criteria.codes),
            labels: codings(&criteria.labels),
            records,
            authors,
            related,
            data_period: criteria.data_period.as_ref().map(Interval::from),
        }
    }
}

impl From<&medledger_core::consent::Rule> for Rule {
    fn from(rule: &medledger_core::consent::Rule) -> Self {
        Self {
            depth: Count(rule.depth),
            effect: effect(rule.effect),
            criteria: Criteria::from(&rule.criteria),
        }
    }
}

impl Consent {
    /// The view of a consent at a time.
    #[must_use]
    pub fn new(consent: &ConsentId, state: &ConsentState, now: Timestamp) -> Self {
        let terms = state.terms.open();
        Self {
            consent: consent.to_string(),
            subject: did_to_text(&state.subject),
            slot: Count(state.slot),
            version: Count(state.version),
            version_hash: state.current.to_string(),
            status: ConsentStanding::of(state, now),
            period: Period::from(&terms.period),
            directive: terms.directive,
            effect: effect(terms.effect),
            criteria: Criteria::from(&terms.criteria),
            rules: terms.rules.iter().map(Rule::from).collect(),
            obligations: terms.obligations.clone(),
            uses: terms.uses.map(Count),
            used: Count(state.used),
        }
    }
}

impl ConsentStanding {
    /// How a consent stands at a time.
    #[must_use]
    pub fn of(state: &ConsentState, now: Timestamp) -> Self {
        match state.status {
            ConsentStatus::Revoked => Self::Revoked,
            ConsentStatus::Active if state.has_ended(now) => Self::Ended,
            ConsentStatus::Active if state.is_spent() => Self::Spent,
            ConsentStatus::Active if now < state.terms.open().period.from => Self::Pending,
            ConsentStatus::Active => Self::Active,
        }
    }
}

impl From<&Combined> for Answer {
    fn from(combined: &Combined) -> Self {
        Self {
            effect: if combined.permitted { Effect::Permit } else { Effect::Deny },
            reason: match combined.reason {
                CombinedReason::Permitted(why)
                | CombinedReason::Denied(why)
                | CombinedReason::NotPermitted(why) => why.into(),
                CombinedReason::Grounded => AnswerReason::LegalGround,
                CombinedReason::GroundOverrides(_) => AnswerReason::LegalGroundOverrides,
                CombinedReason::NotActive => AnswerReason::NotActive,
            },
            consent: combined.consent.as_ref().map(ToString::to_string),
            path: combined.path.iter().copied().map(Count).collect(),
            obligations: combined.obligations.clone(),
        }
    }
}

pub(super) const fn effect(effect: RuleEffect) -> Effect {
    match effect {
        RuleEffect::Permit => Effect::Permit,
        RuleEffect::Deny => Effect::Deny,
    }
}

impl From<Reason> for AnswerReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::PermitRule => Self::PermitRule,
            Reason::PermitBase => Self::PermitBase,
            Reason::DenyRule => Self::DenyRule,
            Reason::DenyDirective => Self::DenyDirective,
            Reason::NotYet => Self::NotYet,
            Reason::Expired => Self::Expired,
            Reason::NoMatch => Self::NoMatch,
            Reason::OnlyTheBase => Self::OnlyTheBase,
        }
    }
}
