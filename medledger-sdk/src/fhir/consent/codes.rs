//! Codes: which are known, and what becomes of those that are not.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use medledger_core::consent::RuleEffect;
use medledger_core::vocabulary::labels::{ACT_CODE, CONFIDENTIALITY, Confidentiality};
use medledger_core::vocabulary::{ACTIONS, Coding, is_resource_type, purpose};

use super::super::canonical::Json;
use super::super::path::{Path, cut};
use super::elements::{CODE_SYSTEMS, HL7_SYSTEMS, RESOURCE_TYPES};
use super::error::{ConsentError, Unfaithful};
use super::shape::{fields, list, text};

/// The system of purposes.
pub(super) const ACT_REASON: &str = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
/// The system of actions.
pub(super) const CONSENT_ACTION: &str = "http://terminology.hl7.org/CodeSystem/consentaction";
/// The system of resource types.
pub(super) const RESOURCE_TYPE_SYSTEM: &str = "http://hl7.org/fhir/resource-types";
/// The system of actors' roles.
pub(super) const PARTICIPATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";

/// A Coding as stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StatedCoding {
    pub(super) path: String,
    pub(super) system: Option<String>,
    pub(super) code: Option<String>,
}

impl StatedCoding {
    pub(super) fn parse(json: &Json<'_>, path: &Path<'_>) -> Result<Self, ConsentError> {
        let object = fields(json, path, "Coding", "a Coding")?;
        let (system, code) = (text(object, path, "system")?, text(object, path, "code")?);
        Ok(Self { path: path.to_string(), system, code })
    }

    /// The code, where it is one of this system.
    pub(super) fn of(&self, system: &str) -> Option<&str> {
        self.code.as_deref().filter(|_| self.system.as_deref() == Some(system))
    }

    pub(super) fn shown(&self) -> String {
        let part = |text: &Option<String>| text.as_deref().map(cut).unwrap_or_default();
        format!("\"{}|{}\"", part(&self.system), part(&self.code))
    }
}

/// A concept: codings any of which names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Concept {
    pub(super) path: String,
    pub(super) codings: Vec<StatedCoding>,
}

impl Concept {
    /// A CodeableConcept.
    pub(super) fn parse(json: &Json<'_>, path: &Path<'_>) -> Result<Self, ConsentError> {
        let object = fields(json, path, "CodeableConcept", "a CodeableConcept")?;
        let codings = list(object, path, "coding", StatedCoding::parse)?.unwrap_or_default();
        Ok(Self { path: path.to_string(), codings })
    }

    /// A Coding that stands by itself.
    pub(super) fn single(json: &Json<'_>, path: &Path<'_>) -> Result<Self, ConsentError> {
        let coding = StatedCoding::parse(json, path)?;
        Ok(Self { path: path.to_string(), codings: [coding].into() })
    }
}

/// What a list of codes comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named<T> {
    /// No criterion.
    Any,
    /// One of these.
    These(Vec<T>),
    /// None that could ever match.
    Never,
}

/// Reads a list: what is not known never matches in a permit and is an error in a deny.
pub(super) fn known<T: Ord>(
    concepts: Option<&[Concept]>,
    effect: RuleEffect,
    unmatched: &mut Vec<String>,
    read: impl Fn(&StatedCoding) -> Option<T>,
) -> Result<Named<T>, ConsentError> {
    let Some(concepts) = concepts else { return Ok(Named::Any) };
    let mut these = Vec::new();
    let mut unknown = |path: &String, found: String| match effect {
        RuleEffect::Deny => Err(Unfaithful::UnknownCode { element: path.clone(), found }),
        RuleEffect::Permit => {
            unmatched.push(path.clone());
            Ok(())
        }
    };
    for concept in concepts {
        if concept.codings.is_empty() {
            unknown(&concept.path, "without a code".to_string())?;
        }
        for coding in &concept.codings {
            match read(coding) {
                Some(value) => these.push(value),
                None => unknown(&concept.path, coding.shown())?,
            }
        }
    }
    these.sort_unstable();
    these.dedup();
    Ok(if these.is_empty() { Named::Never } else { Named::These(these) })
}

pub(super) fn action(coding: &StatedCoding) -> Option<String> {
    coding.of(CONSENT_ACTION).filter(|code| ACTIONS.contains(code)).map(ToString::to_string)
}

pub(super) fn purpose(coding: &StatedCoding) -> Option<String> {
    coding.of(ACT_REASON).filter(|code| purpose::is_known(code)).map(ToString::to_string)
}

/// A resource type: one of R4's, or, as a ledger writes it, any that could be one.
pub(super) fn class(coding: &StatedCoding, as_written: bool) -> Option<String> {
    let is_one =
        |code: &&str| if as_written { is_resource_type(code) } else { RESOURCE_TYPES.contains(code) };
    coding.of(RESOURCE_TYPE_SYSTEM).filter(is_one).map(ToString::to_string)
}

/// A code as a ledger writes it, of whatever system.
pub(super) fn any(coding: &StatedCoding) -> Option<Coding> {
    coding.code.clone().map(|code| Coding { system: coding.system.clone(), code })
}

/// A code that can be found in a record.
pub(super) fn code(coding: &StatedCoding) -> Option<Coding> {
    any(coding).filter(is_known_code)
}

/// A security label.
pub(super) fn label(coding: &StatedCoding) -> Option<Coding> {
    any(coding).filter(is_known_label)
}

/// The labels that a permit names, some of which may not be known. One of those might have been the level that bounds it:
/// without another level it never matches, or the sensitivity labels alone would permit any level.
pub(super) fn bounded(labels: Named<Coding>, some_unknown: bool) -> Named<Coding> {
    match labels {
        Named::These(these)
            if some_unknown && !these.iter().any(|label| Confidentiality::of(label).is_some()) =>
        {
            Named::Never
        }
        labels => labels,
    }
}

pub(super) fn is_known_code(coding: &Coding) -> bool {
    let known = |system: &str| {
        system.strip_prefix(HL7_SYSTEMS).is_some_and(|name| !name.is_empty())
            || CODE_SYSTEMS.iter().any(|(known, _)| *known == system)
    };
    coding.system.as_deref().is_some_and(known)
}

/// Of confidentiality only its six levels are known; of other systems of HL7 Terminology every code may be a label.
pub(super) fn is_known_label(coding: &Coding) -> bool {
    match coding.system.as_deref() {
        Some(CONFIDENTIALITY) => Confidentiality::of(coding).is_some(),
        Some(ACT_CODE) => true,
        Some(system) => system.strip_prefix(HL7_SYSTEMS).is_some_and(|name| !name.is_empty()),
        None => false,
    }
}
