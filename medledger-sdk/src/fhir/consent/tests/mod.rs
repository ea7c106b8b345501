//! Consents small enough to be read beside the rules.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use alloc::{format, vec};

use medledger_core::error::Coded;
use medledger_core::units::Timestamp;
use medledger_core::vocabulary::Coding;
use serde_json::{Value, json};

use super::*;
use crate::fhir::date::{FhirDate, Kind};
use references::Literally;

mod hostile;
mod refusals;
mod rules;
mod written;

/// 2024-06-01T12:00:00Z.
pub(super) const NOON: u64 = 1_717_243_200_000;
pub(super) const DAY: u64 = 86_400_000;

pub(super) fn of(system: &str, code: &str) -> Value {
    json!({"system": format!("http://terminology.hl7.org/CodeSystem/{system}"), "code": code})
}

pub(super) fn concept(system: &str, code: &str) -> Value {
    json!({"coding": [of(system, code)]})
}

pub(super) fn purpose(code: &str) -> Value {
    of("v3-ActReason", code)
}

pub(super) fn actor(role: &str, reference: &str) -> Value {
    json!({"role": concept("v3-ParticipationType", role), "reference": {"reference": reference}})
}

/// An active Consent with this root provision.
pub(super) fn consent(provision: Value) -> Value {
    json!({"resourceType": "Consent", "status": "active", "provision": provision})
}

pub(super) fn under(policy: &str, provision: Value) -> Value {
    let mut consent = consent(provision);
    consent["policyRule"] = concept("v3-ActCode", policy);
    consent
}

pub(super) fn literally(consent: &Value) -> Result<Reading, error::ConsentError> {
    read(consent.to_string().as_bytes(), &Options::literally(None))
}

/// A request, of which everything but who, what for, what and when is unknown.
#[derive(Clone)]
pub(super) struct Ask {
    pub actors: Vec<String>,
    pub purpose: &'static str,
    pub action: &'static str,
    pub class: &'static str,
    pub codes: Option<Vec<Coding>>,
    pub labels: Option<Vec<Coding>>,
    pub record: Option<&'static str>,
    pub authors: Option<Vec<String>>,
    pub related: Option<Vec<String>>,
    pub date: Option<&'static str>,
    pub custodian: Option<&'static str>,
    pub at: u64,
}

impl Ask {
    pub fn by(actor: &str) -> Self {
        Self {
            actors: vec![actor.to_string()],
            purpose: "TREAT",
            action: "access",
            class: "Observation",
            codes: None,
            labels: None,
            record: None,
            authors: None,
            related: None,
            date: None,
            custodian: None,
            at: NOON,
        }
    }

    pub fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    pub fn of(&self, reading: &Reading) -> Checked {
        let date = self.date.map(|date| FhirDate::parse(date, Kind::DateTime).unwrap().widest());
        let question = Question {
            actors: &self.actors,
            roles: &[],
            purpose: self.purpose,
            action: self.action,
            class: self.class,
            codes: self.codes.as_deref(),
            labels: self.labels.as_deref(),
            record: self.record,
            authors: self.authors.as_deref(),
            related: self.related.as_deref(),
            data_date: date,
            custodian: self.custodian,
            at: i64::try_from(self.at).unwrap(),
        };
        reading.check(&question).unwrap()
    }

    /// The reason and the path.
    pub fn told(&self, consent: &Value) -> String {
        let checked = self.of(&literally(consent).unwrap());
        let (_, effect, _) = REASONS.iter().find(|(reason, ..)| *reason == checked.reason).unwrap();
        assert_eq!(*effect == "permit", checked.permitted);
        format!("{} {}", checked.reason, checked.path.join(" ")).trim().to_string()
    }

    pub fn permitted(&self, consent: &Value) -> bool {
        self.of(&literally(consent).unwrap()).permitted
    }
}

/// The rule and the element by which a Consent is refused.
pub(super) fn refused(consent: &Value) -> (String, String) {
    let error = literally(consent).expect_err(&consent.to_string());
    (error.rule().to_string(), error.element().unwrap_or_default().to_string())
}
