//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{MedledgerError, Moment, Time, answer, argument, value, word};

word! {
    /// The status of a FHIR R4 Consent.
    FhirConsentStatus = medledger_sdk::api::fhir_consent::FhirConsentStatus {
        /// Not yet agreed to.
        Draft,
        /// Proposed to the patient.
        Proposed,
        /// In force.
        Active,
        /// Refused by a party.
        Rejected,
        /// Ended.
        Inactive,
        /// Never meant.
        EnteredInError,
    }
}

value! {
    /// Who is meant by a reference of a Consent.
    ReferenceActor = medledger_sdk::api::fhir_consent::ReferenceActor {
        /// The literal reference, such as `Organization/norwick`, or an identifier as `system|value`.
        reference: String,
        /// Who that is on the ledger.
        actor: crate::Actor,
    }
}

value! {
    /// What reading a Consent for a ledger needs to be told.
    ConsentOptions = medledger_sdk::api::fhir_consent::ConsentOptions {
        /// The zone of dates that state none, such as `+01:00`, where the Consent's own date has none; null where it is not known,
        /// and permits are then read narrowly and denies widely.
        #[uniffi(default = None)]
        zone: Option<String>,
        /// Who is meant by references that don't name a DID.
        #[uniffi(default = [])]
        actors: Vec<crate::ReferenceActor>,
    }
}

value! {
    /// What a Consent comes to.
    ConsentReading = medledger_sdk::api::fhir_consent::ConsentReading {
        /// Its terms.
        terms: crate::Terms,
        /// The elements of permits that name what is not known here, as FHIRPaths: they match nothing.
        #[uniffi(default = [])]
        unmatched: Vec<String>,
    }
}

value! {
    /// What a Consent says beside its terms.
    ConsentAbout = medledger_sdk::api::fhir_consent::ConsentAbout {
        /// Its status.
        status: crate::FhirConsentStatus,
        /// Its id.
        #[uniffi(default = None)]
        id: Option<String>,
        /// Whose records: a DID.
        #[uniffi(default = None)]
        patient: Option<String>,
        /// When it was agreed to.
        #[uniffi(default = None)]
        date_time: Option<Time>,
    }
}

value! {
    /// What is asked of a Consent, literally, and what is known of the record. What is null or empty is not known.
    ConsentQuestion = medledger_sdk::api::fhir_consent::ConsentQuestion {
        /// When it is asked.
        at: Moment,
        /// What for (HL7 v3 PurposeOfUse).
        purpose: String,
        /// What is to be done (FHIR `consentaction`).
        action: String,
        /// The record's resource type.
        resource_type: String,
        /// The references of the requester, its organisation, its groups.
        #[uniffi(default = [])]
        actors: Vec<String>,
        /// The requester's roles.
        #[uniffi(default = [])]
        roles: Vec<crate::Coding>,
        /// The record's codes.
        #[uniffi(default = None)]
        codes: Option<Vec<crate::Coding>>,
        /// Its security labels; an empty list is one that was assessed and has none.
        #[uniffi(default = None)]
        labels: Option<Vec<crate::Coding>>,
        /// Its reference.
        #[uniffi(default = None)]
        record: Option<String>,
        /// Who wrote it.
        #[uniffi(default = None)]
        authors: Option<Vec<String>>,
        /// What it refers to.
        #[uniffi(default = None)]
        related: Option<Vec<String>>,
        /// When it happened: see `fhirInterval`.
        #[uniffi(default = None)]
        data_period: Option<crate::Interval>,
        /// Who releases it.
        #[uniffi(default = None)]
        custodian: Option<String>,
        /// The zone of dates of the Consent that state none, such as `+01:00`.
        #[uniffi(default = None)]
        zone: Option<String>,
    }
}

value! {
    /// What a Consent answers.
    ConsentAnswer = medledger_sdk::api::fhir_consent::ConsentAnswer {
        /// Whether it may be done.
        effect: crate::Effect,
        /// Why.
        reason: crate::AnswerReason,
        /// The base and the provisions down to the one that decided, as FHIRPaths; empty where none applied.
        #[uniffi(default = [])]
        path: Vec<String>,
        /// The elements of permits that name what is not known here, as FHIRPaths: they match nothing.
        #[uniffi(default = [])]
        unmatched: Vec<String>,
    }
}

/// Reads a Consent as terms for a ledger: for every time of their period, and whoever releases. References resolve by an
/// identifier that is a DID, or by the options.
///
/// Errors: FHR rules with the element that can't be read faithfully; FHR-057 and FHR-058 for a Consent whose parts hold at different times,
/// or depend on who releases: see `readConsentAt`.
#[uniffi::export]
pub fn read_consent(
    consent: Vec<u8>,
    options: crate::ConsentOptions,
) -> Result<crate::ConsentReading, MedledgerError> {
    let options: medledger_sdk::api::fhir_consent::ConsentOptions = argument(options, "options")?;
    answer(medledger_sdk::api::fhir_consent::read_consent(&consent, &options))
}

/// Reads a Consent as terms that hold at a time, where this custodian releases, or one who is not known. Their period is the time
/// around it over which none of the Consent's parts begins or ends.
///
/// Errors: FHR rules with the element that can't be read faithfully.
#[uniffi::export(default(custodian = None))]
pub fn read_consent_at(
    consent: Vec<u8>,
    options: crate::ConsentOptions,
    at: Time,
    custodian: Option<String>,
) -> Result<crate::ConsentReading, MedledgerError> {
    let options: medledger_sdk::api::fhir_consent::ConsentOptions = argument(options, "options")?;
    let at: medledger_sdk::api::Time = argument(at, "at")?;
    answer(medledger_sdk::api::fhir_consent::read_consent_at(&consent, &options, at, custodian.as_deref()))
}

/// Writes terms as the canonical JSON of a FHIR R4 Consent that reads back as the same terms.
///
/// Errors: FHR-060 for terms that FHIR has no place for, API-002 and CON rules for terms that can't be.
#[uniffi::export]
pub fn write_consent(terms: crate::Terms, about: crate::ConsentAbout) -> Result<Vec<u8>, MedledgerError> {
    let terms: medledger_sdk::api::terms::Terms = argument(terms, "terms")?;
    let about: medledger_sdk::api::fhir_consent::ConsentAbout = argument(about, "about")?;
    answer(medledger_sdk::api::fhir_consent::write_consent(&terms, &about))
}

/// What one Consent answers to one question, literally: references are compared as they stand.
///
/// Errors: FHR rules with the element that can't be read faithfully.
#[uniffi::export]
pub fn check_consent(
    consent: Vec<u8>,
    question: crate::ConsentQuestion,
) -> Result<crate::ConsentAnswer, MedledgerError> {
    let question: medledger_sdk::api::fhir_consent::ConsentQuestion = argument(question, "question")?;
    answer(medledger_sdk::api::fhir_consent::check_consent(&consent, &question))
}
