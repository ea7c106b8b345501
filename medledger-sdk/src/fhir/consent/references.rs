//! References, and who or what they resolve to.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use medledger_core::consent::{Actor, RuleEffect};
use medledger_core::hash::Did;
use medledger_core::identity::did_from_text;
use medledger_core::vocabulary::Coding;

use super::super::canonical::Json;
use super::super::path::{Path, cut};
use super::elements::RESOURCE_TYPES;
use super::error::{ConsentError, Unfaithful};
use super::shape::{fields, one, text};

/// The system of identifiers that stand for everybody with a role: the value is `SYSTEM|CODE`.
pub const ROLE_SYSTEM: &str = "urn:medledger:role";
/// The system under which literal references stand as roles of a requester, where nothing resolves them.
pub const REFERENCE_SYSTEM: &str = "urn:medledger:reference";

/// A FHIR Reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Where it stands, as a FHIRPath.
    pub element: String,
    /// The literal reference.
    pub literal: Option<String>,
    /// The identifier: its system and value.
    pub identifier: Option<(Option<String>, String)>,
    /// The type that it states.
    pub kind: Option<String>,
}

impl Reference {
    pub(super) fn parse(json: &Json<'_>, path: &Path<'_>) -> Result<Self, ConsentError> {
        let object = fields(json, path, "Reference", "a Reference")?;
        let identifier = one(object, path, "identifier", |json, path| {
            let object = fields(json, path, "Identifier", "an Identifier")?;
            Ok((text(object, path, "system")?, text(object, path, "value")?))
        })?;
        let reference = Self {
            element: path.to_string(),
            literal: text(object, path, "reference")?,
            identifier: identifier.and_then(|(system, value)| value.map(|value| (system, value))),
            kind: text(object, path, "type")?,
        };
        if let (Some(stated), Some(literal)) = (reference.kind.as_deref(), reference.literal.as_deref())
            && type_of(literal).is_some_and(|named| named != stated)
        {
            let element = path.key("type").to_string();
            return Err(Unfaithful::Contradiction { element, why: "the reference is of another type" }.into());
        }
        Ok(reference)
    }

    /// The names that it gives a record, as facts write them: the literal reference, and the identifier as `system|value`, or
    /// the DID alone. A deny of one version of something is a deny of the thing. A contained resource has no name outside.
    #[must_use]
    pub fn names(&self, effect: RuleEffect) -> Vec<String> {
        let mut names = self.parties(effect);
        if let Some((Some(system), value)) = &self.identifier
            && !value.starts_with("did:")
        {
            names.push(format!("{system}|{value}"));
        }
        names
    }

    /// The names that it gives somebody: the literal reference, and a DID. Other identifiers resolve to nobody.
    #[must_use]
    pub fn parties(&self, effect: RuleEffect) -> Vec<String> {
        let mut names: Vec<String> =
            self.literal.iter().filter(|literal| !literal.starts_with('#')).cloned().collect();
        if effect == RuleEffect::Deny
            && let Some((thing, _)) = self.literal.as_deref().and_then(|text| text.split_once("/_history/"))
        {
            names.push(thing.to_owned());
        }
        if let Some((_, did)) = &self.identifier
            && did.starts_with("did:")
        {
            names.push(did.clone());
        }
        names
    }

    /// What it says, for a message.
    pub(super) fn shown(&self) -> String {
        let said = self.literal.as_ref().or(self.identifier.as_ref().map(|(_, value)| value));
        said.map_or_else(|| "nothing but a display".to_string(), |text| format!("\"{}\"", cut(text)))
    }

    fn role(&self) -> Option<Coding> {
        let (system, value) = self.identifier.as_ref()?;
        if system.as_deref() != Some(ROLE_SYSTEM) {
            return None;
        }
        let (system, code) = value.rsplit_once('|')?;
        let system = Some(system.to_owned()).filter(|system| !system.is_empty());
        Some(Coding { system, code: code.to_owned() })
    }
}

/// The resource type that a literal reference names.
fn type_of(literal: &str) -> Option<&str> {
    let unversioned = literal.split_once("/_history/").map_or(literal, |(head, _)| head);
    let mut steps = unversioned.rsplit('/');
    let _id = steps.next();
    steps.next().filter(|step| RESOURCE_TYPES.contains(step))
}

/// Who is meant by a reference to the requester, its organisation or its group.
pub trait Resolver {
    /// The actors that the reference stands for; none where it can't be resolved. The effect is that of the rule that
    /// names it.
    fn actors(&self, reference: &Reference, effect: RuleEffect) -> Vec<Actor>;
}

/// On a ledger: by a DID as the identifier, or by an explicit map from names to actors.
///
/// A DID whose reference states the type Organization is an organisation; one of a person or device is an identity; any
/// other may be either.
#[derive(Clone, Debug, Default)]
pub struct OnLedger {
    /// Actors by literal reference, or by `system|value`.
    pub map: BTreeMap<String, Actor>,
}

impl Resolver for OnLedger {
    fn actors(&self, reference: &Reference, effect: RuleEffect) -> Vec<Actor> {
        if let Some(role) = reference.role() {
            return [Actor::Role { role }].into();
        }
        let mut actors: Vec<Actor> =
            reference.names(effect).iter().filter_map(|name| self.map.get(name)).cloned().collect();
        let did = reference.identifier.as_ref().and_then(|(_, value)| did_from_text(value).ok());
        if let Some(did) = did {
            match reference.kind.as_deref() {
                Some("Organization") => actors.push(Actor::Organisation { did }),
                Some("Practitioner" | "Patient" | "RelatedPerson" | "Device") => {
                    actors.push(Actor::Identity { did });
                }
                _ => actors.extend([Actor::Identity { did }, Actor::Organisation { did }]),
            }
        }
        actors
    }
}

/// Literally: a reference means the requester when one of the requester's own references is the same text. Each text is
/// a role of its own, so different ones never meet.
#[derive(Clone, Copy, Debug, Default)]
pub struct Literally;

impl Literally {
    /// The role that stands for a reference of the requester.
    #[must_use]
    pub fn role(reference: &str) -> Coding {
        Coding::new(REFERENCE_SYSTEM, reference)
    }

    /// The identity of a requester of whom only references are known: no rule names it.
    pub const NOBODY: Did = Did([0; 32]);
}

impl Resolver for Literally {
    fn actors(&self, reference: &Reference, effect: RuleEffect) -> Vec<Actor> {
        if let Some(role) = reference.role() {
            return [Actor::Role { role }].into();
        }
        reference.parties(effect).iter().map(|name| Actor::Role { role: Self::role(name) }).collect()
    }
}
