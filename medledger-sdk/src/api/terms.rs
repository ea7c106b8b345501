//! The terms of consents: made, checked, decided on, granted, amended, taken back.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::codec::encode;
use medledger_core::consent::{self as of, ConsentTerms, Grant, Replacement};
use medledger_core::hash::{ConsentId, ConsentVersion};
use medledger_core::limits::STATE_VALUE;
use medledger_core::operation::Operation;
use medledger_core::vocabulary;

use super::access::Effect;
use super::consent::{Actor, Answer, AnswerReason, Criteria, Rule};
use super::draft::{Draft, Sender};
use super::error::{ArgumentError, Error};
use super::identities::{drafted, transaction_id};
use super::parse;
use super::units::{Coding, Count, Interval, Period, Time, words};

words! {
    /// What one consent says to a request.
    pub enum DecisionEffect {
        /// It may be done.
        Permit = "permit",
        /// It may not, whatever other consents say.
        Deny = "deny",
        /// This consent has nothing to say.
        NotApplicable = "not-applicable",
    }
}

/// The terms of a consent. Lists need no order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Terms {
    /// When they are in force.
    pub period: Period,
    /// What the base says.
    pub effect: Effect,
    /// Where the base applies.
    pub criteria: Criteria,
    /// The exceptions, in pre-order.
    pub rules: Vec<Rule>,
    /// Whether the base's deny is a deny for every consent (a directive), or only the ground that this one's permits
    /// stand on.
    pub directive: bool,
    /// What a permit obliges to (HL7 v3 ObligationPolicy).
    pub obligations: Vec<String>,
    /// How many sessions it permits; null for any number.
    pub uses: Option<Count>,
}

/// What is asked for: one record with what is known of it, or a set of records. What is null is not known of the record, or
/// does not bound the set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reach {
    /// Whether it is a set: each of its records has one of the values and no other. One record has just these.
    pub set: bool,
    /// Resource types.
    pub types: Option<Vec<String>>,
    /// Categories.
    pub categories: Option<Vec<Coding>>,
    /// Codes.
    pub codes: Option<Vec<Coding>>,
    /// Security labels of the record; null when nobody assessed it, or for a set.
    pub labels: Option<Vec<Coding>>,
    /// The records themselves, by reference.
    pub records: Option<Vec<String>>,
    /// Authors.
    pub authors: Option<Vec<String>>,
    /// What is referred to.
    pub related: Option<Vec<String>>,
    /// When it happened.
    pub period: Option<Interval>,
}

/// A request to do something with somebody's records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Request {
    /// Who asks.
    pub requester: String,
    /// For which organisation.
    pub organisation: Option<String>,
    /// In which roles, of those that live credentials give.
    pub roles: Vec<Coding>,
    /// What is to be done (FHIR `consentaction`).
    pub action: String,
    /// What for (HL7 v3 PurposeOfUse).
    pub purpose: String,
    /// With what.
    pub reach: Reach,
}

/// One consent's answer to one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// The answer.
    pub effect: DecisionEffect,
    /// Why.
    pub reason: AnswerReason,
    /// The rule that decided, after its ancestors, as indexes into the rules; empty when the base decided or nothing did.
    pub path: Vec<Count>,
    /// What a permit obliges to.
    pub obligations: Vec<String>,
}

/// A consent's id with its terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamedTerms {
    /// The consent.
    pub consent: String,
    /// Its terms.
    pub terms: Terms,
}

/// A registered legal ground that a request stands on, its own conditions checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Ground {
    /// Whether it overrides a patient's deny.
    pub overrides_deny: bool,
}

fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list.dedup();
    list
}

fn set(list: &[String]) -> Vec<String> {
    sorted(list.to_vec())
}

fn codings(list: &[Coding]) -> Vec<vocabulary::Coding> {
    sorted(list.iter().map(vocabulary::Coding::from).collect())
}

impl TryFrom<&Actor> for of::Actor {
    type Error = Error;

    fn try_from(actor: &Actor) -> Result<Self, Error> {
        Ok(match actor {
            Actor { identity: Some(did), organisation: None, role: None } => {
                Self::Identity { did: parse::did("actor.identity", did)? }
            }
            Actor { identity: None, organisation: Some(did), role: None } => {
                Self::Organisation { did: parse::did("actor.organisation", did)? }
            }
            Actor { identity: None, organisation: None, role: Some(role) } => {
                Self::Role { role: role.into() }
            }
            _ => {
                let wanted = "just one of identity, organisation and role".to_string();
                return Err(ArgumentError::WrongType { argument: "actor".into(), wanted }.into());
            }
        })
    }
}

impl TryFrom<&Criteria> for of::Criteria {
    type Error = Error;

    fn try_from(criteria: &Criteria) -> Result<Self, Error> {
        Ok(Self {
            actors: sorted(criteria.actors.iter().map(TryFrom::try_from).collect::<Result<_, _>>()?),
            actions: set(&criteria.actions),
            purposes: set(&criteria.purposes),
            types: set(&criteria.types),
            categories: codings(&criteria.categories),
            codes: codings(&criteria.codes),
            labels: codings(&criteria.labels),
            records: set(&criteria.records),
            authors: set(&criteria.authors),
            related: set(&criteria.related),
            data_period: criteria.data_period.as_ref().map(Into::into),
        })
    }
}

const fn rule_effect(effect: Effect) -> of::RuleEffect {
    match effect {
        Effect::Permit => of::RuleEffect::Permit,
        Effect::Deny => of::RuleEffect::Deny,
    }
}

impl TryFrom<&Terms> for of::Terms {
    type Error = Error;

    fn try_from(terms: &Terms) -> Result<Self, Error> {
        let rule = |rule: &Rule| {
            let criteria = (&rule.criteria).try_into()?;
            Ok::<_, Error>(of::Rule { depth: rule.depth.0, effect: rule_effect(rule.effect), criteria })
        };
        let terms = Self {
            period: (&terms.period).into(),
            directive: terms.directive,
            effect: rule_effect(terms.effect),
            criteria: (&terms.criteria).try_into()?,
            rules: terms.rules.iter().map(rule).collect::<Result<_, _>>()?,
            obligations: set(&terms.obligations),
            uses: terms.uses.map(|uses| uses.0),
        };
        terms.check()?;
        Ok(terms)
    }
}

impl From<&of::Terms> for Terms {
    fn from(terms: &of::Terms) -> Self {
        Self {
            period: (&terms.period).into(),
            effect: super::consent::effect(terms.effect),
            criteria: (&terms.criteria).into(),
            rules: terms.rules.iter().map(Rule::from).collect(),
            directive: terms.directive,
            obligations: terms.obligations.clone(),
            uses: terms.uses.map(Count),
        }
    }
}

impl From<&Reach> for of::Reach {
    fn from(reach: &Reach) -> Self {
        let names = |list: &Option<Vec<String>>| match list.as_deref().map(set) {
            None => of::NameReach::Unknown,
            Some(values) if reach.set => of::NameReach::Within { values },
            Some(values) => of::NameReach::Has { values },
        };
        let codes = |list: &Option<Vec<Coding>>| match list.as_deref().map(codings) {
            None => of::CodeReach::Unknown,
            Some(values) if reach.set => of::CodeReach::Within { values },
            Some(values) => of::CodeReach::Has { values },
        };
        let within = |interval: &Interval| of::PeriodReach::Within { interval: interval.into() };
        Self {
            types: names(&reach.types),
            categories: codes(&reach.categories),
            codes: codes(&reach.codes),
            labels: reach.labels.as_deref().map(codings),
            records: names(&reach.records),
            authors: names(&reach.authors),
            related: names(&reach.related),
            period: reach.period.as_ref().map_or(of::PeriodReach::Unknown, within),
        }
    }
}

impl TryFrom<&Request> for of::Request {
    type Error = Error;

    fn try_from(request: &Request) -> Result<Self, Error> {
        let organisation = request.organisation.as_deref();
        Ok(Self {
            requester: parse::did("request.requester", &request.requester)?,
            organisation: organisation.map(|did| parse::did("request.organisation", did)).transpose()?,
            roles: codings(&request.roles),
            action: request.action.clone(),
            purpose: request.purpose.clone(),
            reach: (&request.reach).into(),
        })
    }
}

impl From<&of::Decision> for Decision {
    fn from(decision: &of::Decision) -> Self {
        Self {
            effect: match decision.effect {
                of::Effect::Permit => DecisionEffect::Permit,
                of::Effect::Deny => DecisionEffect::Deny,
                of::Effect::NotApplicable => DecisionEffect::NotApplicable,
            },
            reason: decision.reason.into(),
            path: decision.path.iter().copied().map(Count).collect(),
            obligations: decision.obligations.clone(),
        }
    }
}

/// Checks terms that are to stand open on a ledger.
///
/// # Errors
/// CON-001 to CON-011 with the first fault.
pub fn check_terms(terms: &Terms) -> Result<(), Error> {
    Ok(of::Terms::try_from(terms)?.check_open()?)
}

/// Terms as bytes: their one encoding.
///
/// # Errors
/// API-002 for what is none, CON rules for terms that can't be.
pub fn terms_to_bytes(terms: &Terms) -> Result<Vec<u8>, Error> {
    Ok(encode(&of::Terms::try_from(terms)?)?)
}

/// Terms from their bytes.
///
/// # Errors
/// COD and CON rules for bytes that are no terms.
pub fn terms_from_bytes(bytes: &[u8]) -> Result<Terms, Error> {
    let terms: of::Terms = parse::wire(bytes, &STATE_VALUE)?;
    terms.check()?;
    Ok((&terms).into())
}

/// What the terms of one consent say to a request at a time: pure, and the same everywhere.
///
/// # Errors
/// API-002 for what is none, CON rules for terms that can't be.
pub fn decide(terms: &Terms, request: &Request, at: Time) -> Result<Decision, Error> {
    let decision = of::decide(&terms.try_into()?, &request.try_into()?, at.into());
    Ok((&decision).into())
}

/// What one consent says to each of many requests at a time.
///
/// # Errors
/// As [`decide`].
pub fn decide_each(terms: &Terms, requests: &[Request], at: Time) -> Result<Vec<Decision>, Error> {
    let terms = terms.try_into()?;
    let one = |request: &Request| Ok((&of::decide(&terms, &request.try_into()?, at.into())).into());
    requests.iter().map(one).collect()
}

/// What all active consents of a subject answer, in the order of their slots, to a request that stands on one of them.
///
/// # Errors
/// API-002 for what is none, CON rules for terms that can't be.
pub fn decide_by_consent(
    consents: &[NamedTerms],
    basis: &str,
    request: &Request,
    at: Time,
) -> Result<Answer, Error> {
    let basis = of::Basis::Consent(consent_of("basis", basis)?);
    Ok((&of::combine(basis, &answers(consents, request, at)?)).into())
}

/// The same for a request that stands on a registered legal ground.
///
/// # Errors
/// API-002 for what is none, CON rules for terms that can't be.
pub fn decide_by_ground(
    consents: &[NamedTerms],
    ground: &Ground,
    request: &Request,
    at: Time,
) -> Result<Answer, Error> {
    let basis = of::Basis::LegalGround { overrides_deny: ground.overrides_deny };
    Ok((&of::combine(basis, &answers(consents, request, at)?)).into())
}

fn answers(consents: &[NamedTerms], request: &Request, at: Time) -> Result<Vec<of::Answer>, Error> {
    let request = request.try_into()?;
    let answer = |named: &NamedTerms| {
        let consent = consent_of("consent", &named.consent)?;
        let decision = of::decide(&(&named.terms).try_into()?, &request, at.into());
        Ok(of::Answer { consent, decision })
    };
    consents.iter().map(answer).collect()
}

/// A new consent in a slot (0 to 255) that is free, for the patient to sign.
///
/// # Errors
/// API-002 for what is none, CON rules for terms that can't stand open on a ledger.
pub fn grant_consent(patient: &Sender, slot: u64, terms: &Terms) -> Result<Draft, Error> {
    drafted(patient, Operation::GrantConsent { grant: Grant { slot, terms: open(terms)? } })
}

/// New terms for a consent in the version that they replace, for its patient to sign.
///
/// # Errors
/// API-002 for what is none, CON rules for terms that can't stand open on a ledger.
pub fn amend_consent(patient: &Sender, consent: &str, replaces: &str, terms: &Terms) -> Result<Draft, Error> {
    let wanted = "the hash of a version: 64 digits of hex";
    let replaces = parse::hex("replaces", wanted, replaces, ConsentVersion::from_hex)?;
    let replacement = Replacement { consent: consent_of("consent", consent)?, replaces, terms: open(terms)? };
    drafted(patient, Operation::AmendConsent { replacement })
}

/// The end of a consent, in whatever version, for its patient to sign.
///
/// # Errors
/// API-002 for what is none.
pub fn revoke_consent(patient: &Sender, consent: &str) -> Result<Draft, Error> {
    drafted(patient, Operation::RevokeConsent { consent: consent_of("consent", consent)? })
}

/// The id of the consent that a transaction granted.
///
/// # Errors
/// API-002 for a transaction's id that is none.
pub fn consent_id(transaction: &str) -> Result<String, Error> {
    Ok(of::consent_id(&transaction_id("transaction", transaction)?).to_string())
}

fn open(terms: &Terms) -> Result<ConsentTerms, Error> {
    let terms = of::Terms::try_from(terms)?;
    terms.check_open()?;
    Ok(ConsentTerms::Open { terms })
}

pub(super) fn consent_of(argument: &'static str, text: &str) -> Result<ConsentId, Error> {
    parse::hex(argument, "a consent's id: 64 digits of hex", text, ConsentId::from_hex)
}

#[cfg(test)]
mod tests;
