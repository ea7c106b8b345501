//! FHIR R4 Consents: read faithfully or not at all, written so that they read back, and asked.

use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::vocabulary;

use super::access::Effect;
use super::consent::{Actor, AnswerReason};
use super::error::Error;
use super::fhir::offset;
use super::parse;
use super::terms::Terms;
use super::units::{Coding, Interval, Moment, Time, words};
use crate::fhir::consent::references::OnLedger;
use crate::fhir::consent::{About, Options, Question, Reading, Status, export, read};

words! {
    /// The status of a FHIR R4 Consent.
    pub enum FhirConsentStatus {
        /// Not yet agreed to.
        Draft = "draft",
        /// Proposed to the patient.
        Proposed = "proposed",
        /// In force.
        Active = "active",
        /// Refused by a party.
        Rejected = "rejected",
        /// Ended.
        Inactive = "inactive",
        /// Never meant.
        EnteredInError = "entered-in-error",
    }
}

/// Who is meant by a reference of a Consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReferenceActor {
    /// The literal reference, such as `Organization/norwick`, or an identifier as `system|value`.
    pub reference: String,
    /// Who that is on the ledger.
    pub actor: Actor,
}

/// What reading a Consent for a ledger needs to be told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ConsentOptions {
    /// The zone of dates that state none, such as `+01:00`, where the Consent's own date has none; null where it is not known,
    /// and permits are then read narrowly and denies widely.
    pub zone: Option<String>,
    /// Who is meant by references that don't name a DID.
    pub actors: Vec<ReferenceActor>,
}

/// What a Consent comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConsentReading {
    /// Its terms.
    pub terms: Terms,
    /// The elements of permits that name what is not known here, as FHIRPaths: they match nothing.
    pub unmatched: Vec<String>,
}

/// What a Consent says beside its terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConsentAbout {
    /// Its status.
    pub status: FhirConsentStatus,
    /// Its id.
    pub id: Option<String>,
    /// Whose records: a DID.
    pub patient: Option<String>,
    /// When it was agreed to.
    pub date_time: Option<Time>,
}

/// What is asked of a Consent, literally, and what is known of the record. What is null or empty is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConsentQuestion {
    /// When it is asked.
    pub at: Moment,
    /// What for (HL7 v3 PurposeOfUse).
    pub purpose: String,
    /// What is to be done (FHIR `consentaction`).
    pub action: String,
    /// The record's resource type.
    pub resource_type: String,
    /// The references of the requester, its organisation, its groups.
    pub actors: Vec<String>,
    /// The requester's roles.
    pub roles: Vec<Coding>,
    /// The record's codes.
    pub codes: Option<Vec<Coding>>,
    /// Its security labels; an empty list is one that was assessed and has none.
    pub labels: Option<Vec<Coding>>,
    /// Its reference.
    pub record: Option<String>,
    /// Who wrote it.
    pub authors: Option<Vec<String>>,
    /// What it refers to.
    pub related: Option<Vec<String>>,
    /// When it happened: see `fhir_interval`.
    pub data_period: Option<Interval>,
    /// Who releases it.
    pub custodian: Option<String>,
    /// The zone of dates of the Consent that state none, such as `+01:00`.
    pub zone: Option<String>,
}

/// What a Consent answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConsentAnswer {
    /// Whether it may be done.
    pub effect: Effect,
    /// Why.
    pub reason: AnswerReason,
    /// The base and the provisions down to the one that decided, as FHIRPaths; empty where none applied.
    pub path: Vec<String>,
    /// The elements of permits that name what is not known here, as FHIRPaths: they match nothing.
    pub unmatched: Vec<String>,
}

impl From<FhirConsentStatus> for Status {
    fn from(status: FhirConsentStatus) -> Self {
        match status {
            FhirConsentStatus::Draft => Self::Draft,
            FhirConsentStatus::Proposed => Self::Proposed,
            FhirConsentStatus::Active => Self::Active,
            FhirConsentStatus::Rejected => Self::Rejected,
            FhirConsentStatus::Inactive => Self::Inactive,
            FhirConsentStatus::EnteredInError => Self::EnteredInError,
        }
    }
}

fn reading(consent: &[u8], options: &ConsentOptions) -> Result<Reading, Error> {
    let named =
        |named: &ReferenceActor| Ok::<_, Error>((named.reference.clone(), (&named.actor).try_into()?));
    let map = options.actors.iter().map(named).collect::<Result<_, _>>()?;
    let resolver = OnLedger { map };
    Ok(read(consent, &Options::on_ledger(offset(options.zone.as_deref())?, &resolver))?)
}

/// Reads a Consent as terms for a ledger: for every time of their period, and whoever releases. References resolve by an
/// identifier that is a DID, or by the options.
///
/// # Errors
/// FHR rules with the element that can't be read faithfully; FHR-057 and FHR-058 for a Consent whose parts hold at different times,
/// or depend on who releases: see `read_consent_at`.
pub fn read_consent(consent: &[u8], options: &ConsentOptions) -> Result<ConsentReading, Error> {
    let reading = reading(consent, options)?;
    let terms = reading.terms()?;
    Ok(ConsentReading { terms: (&terms).into(), unmatched: reading.unmatched })
}

/// Reads a Consent as terms that hold at a time, where this custodian releases, or one who is not known. Their period is the time
/// around it over which none of the Consent's parts begins or ends.
///
/// # Errors
/// FHR rules with the element that can't be read faithfully.
pub fn read_consent_at(
    consent: &[u8],
    options: &ConsentOptions,
    at: Time,
    custodian: Option<&str>,
) -> Result<ConsentReading, Error> {
    let reading = reading(consent, options)?;
    let terms = reading.terms_at(custodian, at.into())?;
    Ok(ConsentReading { terms: (&terms).into(), unmatched: reading.unmatched })
}

/// Writes terms as the canonical JSON of a FHIR R4 Consent that reads back as the same terms.
///
/// # Errors
/// FHR-060 for terms that FHIR has no place for, API-002 and CON rules for terms that can't be.
pub fn write_consent(terms: &Terms, about: &ConsentAbout) -> Result<Vec<u8>, Error> {
    let about = About {
        id: about.id.clone(),
        patient: about.patient.as_deref().map(|did| parse::did("about.patient", did)).transpose()?,
        status: about.status.into(),
        date_time: about.date_time.map(Into::into),
    };
    Ok(export(&terms.try_into()?, &about)?)
}

/// What one Consent answers to one question, literally: references are compared as they stand.
///
/// # Errors
/// FHR rules with the element that can't be read faithfully.
pub fn check_consent(consent: &[u8], question: &ConsentQuestion) -> Result<ConsentAnswer, Error> {
    let codings = |list: &[Coding]| list.iter().map(vocabulary::Coding::from).collect::<Vec<_>>();
    let codes = question.codes.as_deref().map(codings);
    let labels = question.labels.as_deref().map(codings);
    let reading = read(consent, &Options::literally(offset(question.zone.as_deref())?))?;
    let checked = reading.check(&Question {
        actors: &question.actors,
        roles: &codings(&question.roles),
        purpose: &question.purpose,
        action: &question.action,
        class: &question.resource_type,
        codes: codes.as_deref(),
        labels: labels.as_deref(),
        record: question.record.as_deref(),
        authors: question.authors.as_deref(),
        related: question.related.as_deref(),
        data_date: question.data_period.as_ref().map(Into::into),
        custodian: question.custodian.as_deref(),
        at: question.at.0,
    })?;
    Ok(ConsentAnswer {
        effect: if checked.permitted { Effect::Permit } else { Effect::Deny },
        reason: checked.reason,
        path: checked.path,
        unmatched: reading.unmatched,
    })
}

#[cfg(test)]
mod tests;
