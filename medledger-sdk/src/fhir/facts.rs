//! A resource's facts, read from the elements that the tables in [`elements`] name.
//!
//! References are written as the bundle itself names the resource they point to: a reference that is the fullUrl
//! of an entry becomes that entry's `Type/id`. A version (`/_history/3`) is dropped, for it names the same record.
//! A reference by identifier is `system|value`, or the DID alone where the value is one; a reference that has both
//! gives both. References to contained resources (`#…`) name nothing outside; those without either are left out.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use medledger_core::record::facts::{Coding, Facts};

use super::canonical::{Json, Object};
use super::clinical;
use super::elements;
use super::error::FhirError;
use super::path::Path;

/// What the rest of the bundle says that a resource's facts need.
#[derive(Default)]
pub(super) struct Context {
    /// The reference of each entry, by its fullUrl.
    pub(super) names: BTreeMap<String, String>,
    /// The codes of each Medication, by its reference.
    pub(super) medications: BTreeMap<String, Vec<Coding>>,
    /// How many codes were copied from Medications so far.
    pub(super) copied: usize,
}

/// Codes that all the resources of a bundle may copy from Medications: one with many codes that many resources
/// name would otherwise make much memory of little input.
const COPIED_CODES: usize = 1 << 20;

/// One resource of a bundle.
pub(super) struct Resource<'r> {
    pub(super) object: &'r Object<'r>,
    pub(super) path: &'r Path<'r>,
    pub(super) resource_type: &'r str,
}

impl Context {
    /// What the bundle calls the resource that a literal reference points to.
    fn resolve(&self, reference: &str) -> Option<String> {
        if reference.is_empty() || reference.starts_with('#') {
            return None;
        }
        let unversioned = reference.split_once("/_history/").map_or(reference, |(head, _)| head);
        let name = self.names.get(reference).or_else(|| self.names.get(unversioned));
        Some(name.cloned().unwrap_or_else(|| unversioned.to_owned()))
    }

    /// The names in a Reference.
    fn refer(&self, reference: &Object<'_>, out: &mut Vec<String>) {
        out.extend(reference.get("reference").and_then(Json::as_str).and_then(|text| self.resolve(text)));
        let Some(identifier) = reference.get("identifier") else { return };
        match (text(identifier, "system"), text(identifier, "value")) {
            (_, Some(did)) if did.starts_with("did:") => out.push(did.to_owned()),
            (Some(system), Some(value)) => out.push(format!("{system}|{value}")),
            _ => {}
        }
    }

    /// The names in every Reference below a value. Recursion is bounded by the depth of the JSON.
    fn refer_all(&self, json: &Json<'_>, out: &mut Vec<String>) {
        match json {
            Json::Array(items) => items.iter().for_each(|item| self.refer_all(item, out)),
            Json::Object(object) => {
                if is_reference(object) {
                    self.refer(object, out);
                }
                object.iter().for_each(|(_, value)| self.refer_all(value, out));
            }
            _ => {}
        }
    }
}

/// Whether this is a FHIR Reference, by its elements.
fn is_reference(object: &Object<'_>) -> bool {
    const ELEMENTS: [&str; 6] = ["display", "extension", "id", "identifier", "reference", "type"];
    object.get("reference").and_then(Json::as_str).is_some()
        || (object.get("identifier").and_then(Json::as_object).is_some()
            && object.iter().all(|(key, _)| ELEMENTS.contains(&key.trim_start_matches('_'))))
}

fn text<'j>(json: &'j Json<'_>, key: &str) -> Option<&'j str> {
    json.get(key).and_then(Json::as_str)
}

/// Does something with every value at the end of a chain of elements, through the items of arrays.
///
/// Recursion is bounded by the depth of the JSON.
pub(super) fn each(
    object: &Object<'_>,
    path: &Path<'_>,
    chain: &str,
    act: &mut dyn FnMut(&Json<'_>, &Path<'_>) -> Result<(), FhirError>,
) -> Result<(), FhirError> {
    let (first, rest) = chain.split_once('.').map_or((chain, None), |(first, rest)| (first, Some(rest)));
    match object.get(first) {
        None | Some(Json::Null) => Ok(()),
        Some(value) => each_in(value, &path.key(first), rest, act),
    }
}

fn each_in(
    value: &Json<'_>,
    path: &Path<'_>,
    rest: Option<&str>,
    act: &mut dyn FnMut(&Json<'_>, &Path<'_>) -> Result<(), FhirError>,
) -> Result<(), FhirError> {
    match (value, rest) {
        (Json::Null, _) => Ok(()),
        (Json::Array(items), _) => {
            items.iter().enumerate().try_for_each(|(index, item)| each_in(item, &path.item(index), rest, act))
        }
        (Json::Object(object), Some(rest)) => each(object, path, rest, act),
        (_, Some(_)) => Ok(()),
        (_, None) => act(value, path),
    }
}

/// The codings of a Coding or a CodeableConcept.
fn codings(value: &Json<'_>, path: &Path<'_>, out: &mut Vec<Coding>) -> Result<(), FhirError> {
    let wrong = |path: &Path<'_>, expected| FhirError::WrongShape { element: path.to_string(), expected };
    let Json::Object(object) = value else { return Err(wrong(path, "a Coding or a CodeableConcept")) };
    if let Some(list) = object.get("coding") {
        let path = path.key("coding");
        let items = list.as_array().ok_or_else(|| wrong(&path, "an array of Coding"))?;
        for (index, item) in items.iter().enumerate().filter(|(_, item)| **item != Json::Null) {
            let path = path.item(index);
            coding(item.as_object().ok_or_else(|| wrong(&path, "a Coding"))?, &path, out)?;
        }
        return Ok(());
    }
    coding(object, path, out)
}

fn coding(object: &Object<'_>, path: &Path<'_>, out: &mut Vec<Coding>) -> Result<(), FhirError> {
    let text = |key: &str| match object.get(key) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(text)) => Ok(Some((**text).to_owned())),
        Some(_) => Err(FhirError::WrongShape { element: path.key(key).to_string(), expected: "a string" }),
    };
    let system = text("system")?;
    out.extend(text("code")?.filter(|code| !code.is_empty()).map(|code| Coding { system, code }));
    Ok(())
}

impl Resource<'_> {
    /// The facts of the resource under this name.
    pub(super) fn facts(&self, reference: &str, context: &mut Context) -> Result<Facts, FhirError> {
        let mut facts = Facts::new(reference, self.resource_type);
        for chain in elements::CATEGORY {
            self.collect(chain, &mut facts.category)?;
        }
        for chain in elements::CODES {
            self.collect(chain, &mut facts.codes)?;
        }
        self.codes_of_medication(context, &mut facts.codes)?;
        let context = &*context;
        facts.labels = self.labels()?;
        for chain in elements::AUTHORS {
            each(self.object, self.path, chain, &mut |value, path| {
                let object = value.as_object().ok_or_else(|| FhirError::WrongShape {
                    element: path.to_string(),
                    expected: "a Reference or another object",
                });
                // Backbone elements of the same name are reached by rows of their own.
                object.map(|object| context.refer(object, &mut facts.authors))
            })?;
        }
        for (_, value) in self.object.iter() {
            context.refer_all(value, &mut facts.related);
        }
        facts.clinical = clinical::interval(self)?;
        let facts = facts.normalise();
        facts.check().map_err(|error| FhirError::Facts { element: self.path.to_string(), error })?;
        Ok(facts)
    }

    /// The codes of the Medication that `medicationReference` points to, where the bundle holds it.
    fn codes_of_medication(&self, context: &mut Context, out: &mut Vec<Coding>) -> Result<(), FhirError> {
        let reference = self.object.get("medicationReference").and_then(|m| text(m, "reference"));
        let Some(name) = reference.and_then(|reference| context.resolve(reference)) else { return Ok(()) };
        let Some(codes) = context.medications.get(&name) else { return Ok(()) };
        context.copied = context.copied.saturating_add(codes.len());
        if context.copied > COPIED_CODES {
            let element = self.path.key("medicationReference").to_string();
            let limit = u64::try_from(COPIED_CODES).unwrap_or(u64::MAX);
            return Err(FhirError::TooManyValues { element, limit });
        }
        out.extend(codes.iter().cloned());
        Ok(())
    }

    /// The codings at the end of one chain.
    pub(super) fn collect(&self, chain: &str, out: &mut Vec<Coding>) -> Result<(), FhirError> {
        if elements::NO_FACT.contains(&(self.resource_type, chain)) {
            return Ok(());
        }
        let system = elements::CODE_SYSTEMS
            .iter()
            .find(|(of, element, _)| (*of, *element) == (self.resource_type, chain))
            .map(|(_, _, system)| *system);
        each(self.object, self.path, chain, &mut |value, path| match (value, system) {
            (Json::String(code), Some(system)) => {
                out.push(Coding::new(system, &**code));
                Ok(())
            }
            _ => codings(value, path, out),
        })
    }

    /// `meta.security`: absent is not assessed, present and empty is assessed and free of labels.
    fn labels(&self) -> Result<Option<Vec<Coding>>, FhirError> {
        let Some(security) = self.object.get("meta").and_then(|meta| meta.get("security")) else {
            return Ok(None);
        };
        let path = self.path.key("meta");
        let path = path.key("security");
        match security {
            Json::Null => Ok(None),
            Json::Array(items) => {
                let mut labels = Vec::new();
                for (index, item) in items.iter().enumerate() {
                    let path = path.item(index);
                    let before = labels.len();
                    if let Some(object) = item.as_object() {
                        coding(object, &path, &mut labels)?;
                    }
                    // A label that can't be read must not turn into "assessed, none".
                    if labels.len() == before {
                        let element = path.to_string();
                        return Err(FhirError::WrongShape { element, expected: "a Coding with a code" });
                    }
                }
                Ok(Some(labels))
            }
            _ => Err(FhirError::WrongShape { element: path.to_string(), expected: "an array of Coding" }),
        }
    }

    /// A short title for a person to read: the first text that the table of titles finds, else the type.
    pub(super) fn title(&self) -> String {
        let mut title = None;
        for chain in elements::TITLE {
            // A title is never worth an error.
            let _ = each(self.object, self.path, chain, &mut |value, _| {
                title = title.take().or_else(|| title_of(value));
                Ok(())
            });
            if title.is_some() {
                break;
            }
        }
        title.unwrap_or_else(|| self.resource_type.to_owned())
    }
}

/// The most characters of a title.
const TITLE: usize = 120;

/// The text of a CodeableConcept, Coding, Reference, HumanName or string.
fn title_of(value: &Json<'_>) -> Option<String> {
    let first = |key: &str| value.get(key).and_then(Json::as_array).and_then(<[_]>::first);
    let named = || {
        let given = first("given").and_then(Json::as_str);
        let parts: Vec<&str> = given.into_iter().chain(text(value, "family")).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    let own = |key: &str| text(value, key).map(ToOwned::to_owned);
    let title = value
        .as_str()
        .map(ToOwned::to_owned)
        .or_else(|| own("text"))
        .or_else(|| {
            first("coding")
                .and_then(|coding| text(coding, "display").or_else(|| text(coding, "code")))
                .map(ToOwned::to_owned)
        })
        .or_else(|| own("display"))
        .or_else(|| own("code"))
        .or_else(named)?;
    let title = title.trim();
    let mut short: String = title.chars().take(TITLE).filter(|c| !c.is_control()).collect();
    if title.chars().nth(TITLE).is_some() {
        short.push('…');
    }
    (!short.is_empty()).then_some(short)
}

#[cfg(test)]
mod tests;
