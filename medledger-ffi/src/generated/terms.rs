//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use std::sync::Arc;

use crate::support::{MedledgerError, Time, answer, argument, value, word};

word! {
    /// What one consent says to a request.
    DecisionEffect = medledger_sdk::api::terms::DecisionEffect {
        /// It may be done.
        Permit,
        /// It may not, whatever other consents say.
        Deny,
        /// This consent has nothing to say.
        NotApplicable,
    }
}

value! {
    /// The terms of a consent. Lists need no order.
    Terms = medledger_sdk::api::terms::Terms {
        /// When they are in force.
        period: crate::Period,
        /// What the base says.
        effect: crate::Effect,
        /// Where the base applies.
        criteria: crate::Criteria,
        /// The exceptions, in pre-order.
        #[uniffi(default = [])]
        rules: Vec<crate::Rule>,
        /// Whether the base's deny is a deny for every consent (a directive), or only the ground that this one's permits
        /// stand on.
        directive: bool,
        /// What a permit obliges to (HL7 v3 ObligationPolicy).
        #[uniffi(default = [])]
        obligations: Vec<String>,
        /// How many sessions it permits; null for any number.
        #[uniffi(default = None)]
        uses: Option<u64>,
    }
}

value! {
    /// What is asked for: one record with what is known of it, or a set of records. What is null is not known of the record, or
    /// does not bound the set.
    Reach = medledger_sdk::api::terms::Reach {
        /// Whether it is a set: each of its records has one of the values and no other. One record has just these.
        set: bool,
        /// Resource types.
        #[uniffi(default = None)]
        types: Option<Vec<String>>,
        /// Categories.
        #[uniffi(default = None)]
        categories: Option<Vec<crate::Coding>>,
        /// Codes.
        #[uniffi(default = None)]
        codes: Option<Vec<crate::Coding>>,
        /// Security labels of the record; null when nobody assessed it, or for a set.
        #[uniffi(default = None)]
        labels: Option<Vec<crate::Coding>>,
        /// The records themselves, by reference.
        #[uniffi(default = None)]
        records: Option<Vec<String>>,
        /// Authors.
        #[uniffi(default = None)]
        authors: Option<Vec<String>>,
        /// What is referred to.
        #[uniffi(default = None)]
        related: Option<Vec<String>>,
        /// When it happened.
        #[uniffi(default = None)]
        period: Option<crate::Interval>,
    }
}

value! {
    /// A request to do something with somebody's records.
    Request = medledger_sdk::api::terms::Request {
        /// Who asks.
        requester: String,
        /// For which organisation.
        #[uniffi(default = None)]
        organisation: Option<String>,
        /// In which roles, of those that live credentials give.
        #[uniffi(default = [])]
        roles: Vec<crate::Coding>,
        /// What is to be done (FHIR `consentaction`).
        action: String,
        /// What for (HL7 v3 PurposeOfUse).
        purpose: String,
        /// With what.
        reach: crate::Reach,
    }
}

value! {
    /// One consent's answer to one request.
    Decision = medledger_sdk::api::terms::Decision {
        /// The answer.
        effect: crate::DecisionEffect,
        /// Why.
        reason: crate::AnswerReason,
        /// The rule that decided, after its ancestors, as indexes into the rules; empty when the base decided or nothing did.
        #[uniffi(default = [])]
        path: Vec<u64>,
        /// What a permit obliges to.
        #[uniffi(default = [])]
        obligations: Vec<String>,
    }
}

value! {
    /// A consent's id with its terms.
    NamedTerms = medledger_sdk::api::terms::NamedTerms {
        /// The consent.
        consent: String,
        /// Its terms.
        terms: crate::Terms,
    }
}

value! {
    /// A registered legal ground that a request stands on, its own conditions checked.
    Ground = medledger_sdk::api::terms::Ground {
        /// Whether it overrides a patient's deny.
        overrides_deny: bool,
    }
}

/// Checks terms that are to stand open on a ledger.
///
/// Errors: CON-001 to CON-011 with the first fault.
#[uniffi::export]
pub fn check_terms(terms: crate::Terms) -> Result<(), MedledgerError> {
    let terms: medledger_sdk::api::terms::Terms = argument(terms, "terms")?;
    answer(medledger_sdk::api::terms::check_terms(&terms))
}

/// Terms as bytes: their one encoding.
///
/// Errors: API-002 for what is none, CON rules for terms that can't be.
#[uniffi::export]
pub fn terms_to_bytes(terms: crate::Terms) -> Result<Vec<u8>, MedledgerError> {
    let terms: medledger_sdk::api::terms::Terms = argument(terms, "terms")?;
    answer(medledger_sdk::api::terms::terms_to_bytes(&terms))
}

/// Terms from their bytes.
///
/// Errors: COD and CON rules for bytes that are no terms.
#[uniffi::export]
pub fn terms_from_bytes(bytes: Vec<u8>) -> Result<crate::Terms, MedledgerError> {
    answer(medledger_sdk::api::terms::terms_from_bytes(&bytes))
}

/// What the terms of one consent say to a request at a time: pure, and the same everywhere.
///
/// Errors: API-002 for what is none, CON rules for terms that can't be.
#[uniffi::export]
pub fn decide(
    terms: crate::Terms,
    request: crate::Request,
    at: Time,
) -> Result<crate::Decision, MedledgerError> {
    let terms: medledger_sdk::api::terms::Terms = argument(terms, "terms")?;
    let request: medledger_sdk::api::terms::Request = argument(request, "request")?;
    let at: medledger_sdk::api::Time = argument(at, "at")?;
    answer(medledger_sdk::api::terms::decide(&terms, &request, at))
}

/// What one consent says to each of many requests at a time.
///
/// Errors: As `decide`.
#[uniffi::export]
pub fn decide_each(
    terms: crate::Terms,
    requests: Vec<crate::Request>,
    at: Time,
) -> Result<Vec<crate::Decision>, MedledgerError> {
    let terms: medledger_sdk::api::terms::Terms = argument(terms, "terms")?;
    let requests: Vec<medledger_sdk::api::terms::Request> = argument(requests, "requests")?;
    let at: medledger_sdk::api::Time = argument(at, "at")?;
    answer(medledger_sdk::api::terms::decide_each(&terms, &requests, at))
}

/// What all active consents of a subject answer, in the order of their slots, to a request that stands on one of them.
///
/// Errors: API-002 for what is none, CON rules for terms that can't be.
#[uniffi::export]
pub fn decide_by_consent(
    consents: Vec<crate::NamedTerms>,
    basis: String,
    request: crate::Request,
    at: Time,
) -> Result<crate::Answer, MedledgerError> {
    let consents: Vec<medledger_sdk::api::terms::NamedTerms> = argument(consents, "consents")?;
    let request: medledger_sdk::api::terms::Request = argument(request, "request")?;
    let at: medledger_sdk::api::Time = argument(at, "at")?;
    answer(medledger_sdk::api::terms::decide_by_consent(&consents, &basis, &request, at))
}

/// The same for a request that stands on a registered legal ground.
///
/// Errors: API-002 for what is none, CON rules for terms that can't be.
#[uniffi::export]
pub fn decide_by_ground(
    consents: Vec<crate::NamedTerms>,
    ground: crate::Ground,
    request: crate::Request,
    at: Time,
) -> Result<crate::Answer, MedledgerError> {
    let consents: Vec<medledger_sdk::api::terms::NamedTerms> = argument(consents, "consents")?;
    let ground: medledger_sdk::api::terms::Ground = argument(ground, "ground")?;
    let request: medledger_sdk::api::terms::Request = argument(request, "request")?;
    let at: medledger_sdk::api::Time = argument(at, "at")?;
    answer(medledger_sdk::api::terms::decide_by_ground(&consents, &ground, &request, at))
}

/// A new consent in a slot (0 to 255) that is free, for the patient to sign.
///
/// Errors: API-002 for what is none, CON rules for terms that can't stand open on a ledger.
#[uniffi::export]
pub fn grant_consent(
    patient: crate::Sender,
    slot: u64,
    terms: crate::Terms,
) -> Result<Arc<crate::Draft>, MedledgerError> {
    let patient: medledger_sdk::api::draft::Sender = argument(patient, "patient")?;
    let terms: medledger_sdk::api::terms::Terms = argument(terms, "terms")?;
    answer(medledger_sdk::api::terms::grant_consent(&patient, slot, &terms))
}

/// New terms for a consent in the version that they replace, for its patient to sign.
///
/// Errors: API-002 for what is none, CON rules for terms that can't stand open on a ledger.
#[uniffi::export]
pub fn amend_consent(
    patient: crate::Sender,
    consent: String,
    replaces: String,
    terms: crate::Terms,
) -> Result<Arc<crate::Draft>, MedledgerError> {
    let patient: medledger_sdk::api::draft::Sender = argument(patient, "patient")?;
    let terms: medledger_sdk::api::terms::Terms = argument(terms, "terms")?;
    answer(medledger_sdk::api::terms::amend_consent(&patient, &consent, &replaces, &terms))
}

/// The end of a consent, in whatever version, for its patient to sign.
///
/// Errors: API-002 for what is none.
#[uniffi::export]
pub fn revoke_consent(patient: crate::Sender, consent: String) -> Result<Arc<crate::Draft>, MedledgerError> {
    let patient: medledger_sdk::api::draft::Sender = argument(patient, "patient")?;
    answer(medledger_sdk::api::terms::revoke_consent(&patient, &consent))
}

/// The id of the consent that a transaction granted.
///
/// Errors: API-002 for a transaction's id that is none.
#[uniffi::export]
pub fn consent_id(transaction: String) -> Result<String, MedledgerError> {
    answer(medledger_sdk::api::terms::consent_id(&transaction))
}
