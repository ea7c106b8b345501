//! The FHIR R4 data types that the resources here are made of, in the order of their elements.
//!
//! What comes from outside (codes, references) may be text that FHIR's primitives don't take. A code that is none then
//! stands as text beside, and is never dropped: a label that vanished would say "harmless".

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::hash::{ChainId, Did};
use medledger_core::identity::{Kind, did_to_text};
use medledger_core::units::Timestamp;
use medledger_core::vocabulary;

use super::uuid::urn;
use crate::fhir::date::LAST;
use crate::time::rfc3339;

pub(super) type Text = Cow<'static, str>;

/// Identifiers that are URIs themselves, such as DIDs (FHIR R4 §2.24.0.13).
const URI: &str = "urn:ietf:rfc:3986";
const DATA_ABSENT: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

/// Why something that FHIR or the EHDS wants is not there (`data-absent-reason`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Absent {
    Unknown,
    NotApplicable,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Extension {
    url: &'static str,
    #[serde(rename = "valueCode")]
    value_code: &'static str,
}

/// An element of which nothing is known but why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Missing {
    extension: [Extension; 1],
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Coding {
    #[serde(skip_serializing_if = "Option::is_none")]
    system: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display: Option<Text>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Concept {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    coding: Vec<Coding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Text>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Identifier {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<Concept>,
    #[serde(skip_serializing_if = "Option::is_none")]
    system: Option<Text>,
    value: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Reference {
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<[Extension; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reference: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) identifier: Option<Identifier>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) display: Option<String>,
}

impl Absent {
    const fn extension(self) -> Extension {
        let value_code = match self {
            Self::Unknown => "unknown",
            Self::NotApplicable => "not-applicable",
        };
        Extension { url: DATA_ABSENT, value_code }
    }

    pub(super) const fn element(self) -> Missing {
        Missing { extension: [self.extension()] }
    }

    pub(super) fn reference(self) -> Reference {
        let display = Some(self.extension().value_code.to_string());
        Reference { extension: Some([self.extension()]), display, ..Reference::default() }
    }
}

impl Coding {
    /// A code of ours, with the display that its system gives it.
    pub(super) const fn of(system: &'static str, code: &'static str, display: &'static str) -> Self {
        Self {
            system: Some(Cow::Borrowed(system)),
            code: Some(Cow::Borrowed(code)),
            display: Some(Cow::Borrowed(display)),
        }
    }

    /// A code from outside.
    pub(super) fn given(coding: &vocabulary::Coding) -> Self {
        let system = coding.system.as_deref();
        if is_code(&coding.code) && system.is_none_or(is_uri) {
            let system = system.map(|system| Cow::Owned(system.to_string()));
            return Self { system, code: Some(Cow::Owned(coding.code.clone())), display: None };
        }
        Self { system: None, code: None, display: Some(Cow::Owned(token(coding))) }
    }
}

impl Concept {
    pub(super) fn of(system: &'static str, code: &'static str, display: &'static str) -> Self {
        Self { coding: Vec::from([Coding::of(system, code, display)]), text: None }
    }

    /// A code from outside.
    pub(super) fn given(coding: &vocabulary::Coding) -> Self {
        Self { coding: Vec::from([Coding::given(coding)]), text: None }
    }

    /// The same with words beside.
    pub(super) fn named(self, text: &str) -> Self {
        Self { text: Some(Cow::Owned(clean(text))), ..self }
    }

    /// Something that is no code.
    pub(super) fn said(text: &str) -> Self {
        Self { coding: Vec::new(), text: Some(Cow::Owned(clean(text))) }
    }

    fn text(text: &'static str) -> Self {
        Self { coding: Vec::new(), text: Some(Cow::Borrowed(text)) }
    }
}

impl Identifier {
    /// An id of a ledger: a number's worth of meaning only together with the ledger that gave it.
    pub(super) fn on(ledger: &ChainId, what: &'static str, value: impl ToString) -> Self {
        let system = Some(Cow::Owned(urn(ledger.as_ref())));
        Self { kind: Some(Concept::text(what)), system, value: value.to_string() }
    }
}

impl Reference {
    /// An identity by its DID.
    pub(super) fn did(did: &Did, kind: Option<Kind>) -> Self {
        let kind = kind.map(|kind| match kind {
            Kind::Patient => "Patient",
            Kind::Practitioner => "Practitioner",
            Kind::Organisation => "Organization",
            Kind::Device => "Device",
        });
        Self { kind: kind.map(Cow::Borrowed), ..Self::uri(did_to_text(did)) }
    }

    fn uri(value: String) -> Self {
        Self::by(Identifier { kind: None, system: Some(Cow::Borrowed(URI)), value })
    }

    /// Anything by an identifier.
    pub(super) fn by(identifier: Identifier) -> Self {
        Self { identifier: Some(identifier), ..Self::default() }
    }

    /// A reference as facts hold it: a DID, `system|value`, a literal one, or one by search for an identifier
    /// (`Practitioner?identifier=system|value`, FHIR R4 §3.1.0.11.2); what is none of these is shown as it is.
    pub(super) fn given(text: &str) -> Self {
        if text.starts_with("did:") && is_uri(text) {
            return Self::uri(text.to_string());
        }
        if let Some((kind, token)) = text.split_once("?identifier=")
            && super::types::is_r4(kind)
            && let Some(identifier) = identified(token)
        {
            return Self { kind: Some(Cow::Owned(kind.to_string())), ..Self::by(identifier) };
        }
        if is_literal(text) {
            return Self { reference: Some(text.to_string()), ..Self::default() };
        }
        match identified(text) {
            Some(identifier) => Self::by(identifier),
            None => Self { display: Some(clean(text)), ..Self::default() },
        }
    }
}

/// `system|value`.
fn identified(text: &str) -> Option<Identifier> {
    let (system, value) = text.split_once('|')?;
    let fits = is_uri(system) && !value.trim().is_empty() && !value.chars().any(char::is_control);
    fits.then(|| Identifier {
        kind: None,
        system: Some(Cow::Owned(system.to_string())),
        value: value.to_string(),
    })
}

/// `Type/id` of a type that R4 knows, or an absolute URL or URN.
pub(super) fn is_literal(text: &str) -> bool {
    let relative = text.split_once('/').is_some_and(|(kind, id)| {
        super::types::is_r4(kind)
            && (1..=64).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
    });
    let absolute = ["http://", "https://", "urn:oid:"];
    relative || is_uuid(text) || (absolute.iter().any(|scheme| text.starts_with(scheme)) && is_uri(text))
}

/// `urn:uuid:` and a UUID in lower case, as FHIR R4 §2.24.0.1 wants it.
fn is_uuid(text: &str) -> bool {
    let Some(uuid) = text.strip_prefix("urn:uuid:") else { return false };
    let lengths = uuid.split('-').map(str::len);
    let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte) || byte == b'-';
    lengths.eq([8, 4, 4, 4, 12]) && uuid.bytes().all(hex)
}

/// A code as one string, `system|code`, as FHIR's search writes a token.
pub(super) fn token(coding: &vocabulary::Coding) -> String {
    match &coding.system {
        Some(system) => clean(&format!("{system}|{}", coding.code)),
        None => clean(&coding.code),
    }
}

/// A string that FHIR takes: not empty, without control characters.
pub(super) fn clean(text: &str) -> String {
    let cleaned: String =
        text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect();
    if cleaned.trim().is_empty() { "(empty)".to_string() } else { cleaned }
}

/// FHIR's `code`: no white space at its ends, single spaces inside.
fn is_code(text: &str) -> bool {
    !text.is_empty()
        && text.split(' ').all(|part| !part.is_empty() && !part.contains(char::is_whitespace))
        && !text.contains(char::is_control)
}

/// A URI that FHIR takes: absolute, without white space.
fn is_uri(text: &str) -> bool {
    let bad = |c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c);
    let scheme = text.split_once(':').map(|(scheme, rest)| (scheme, !rest.is_empty()));
    scheme.is_some_and(|(scheme, rest)| {
        rest && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    }) && !text.contains(bad)
}

/// An instant; `None` past the year 9999, which FHIR has no form for.
pub(super) fn instant(at: Timestamp) -> Option<String> {
    (at.0 <= LAST).then(|| rfc3339(at))
}

/// RFC 4648 §4, with padding.
pub(super) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let group = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        for (place, shift) in [18_u32, 12, 6, 0].into_iter().enumerate() {
            let digit = usize::try_from((group >> shift) & 63).ok().and_then(|at| DIGITS.get(at));
            let digit = digit.filter(|_| place <= chunk.len()).copied().unwrap_or(b'=');
            text.push(char::from(digit));
        }
    }
    text
}

#[cfg(test)]
mod tests;
