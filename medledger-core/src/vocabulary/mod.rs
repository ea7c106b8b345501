//! The standards' codes that rules are judged on: purposes of use, confidentiality, sensitivity, actions.
//!
//! Codes are compared as written. Systems are those of HL7 Terminology.

mod coding;
pub mod labels;
pub mod purpose;

pub use coding::Coding;

/// FHIR's consent actions (code system `consentaction`).
pub const ACTIONS: &[&str] = &["access", "collect", "correct", "disclose", "use"];

/// Obligations that a permit can carry (HL7 v3 ActCode, ObligationPolicy).
pub const OBLIGATIONS: &[&str] = &["AUDIT", "DEID", "ENCRYPT", "MASK", "PERSISTLABEL", "PSEUD", "REDACT"];

/// Whether a text can be the name of a FHIR resource type.
#[must_use]
pub fn is_resource_type(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_uppercase())
        && (2..=64).contains(&name.len())
        && bytes.all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests;
