//! What stands in the JSON: the Consent's elements, typed, each with its place.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use medledger_core::consent::RuleEffect;
use medledger_core::limits::{CONSENT_DEPTH, CONSENT_RULES};
use medledger_core::vocabulary::OBLIGATIONS;
use medledger_core::vocabulary::labels::ACT_CODE;

use super::super::canonical::{Json, Limits, Object};
use super::super::clinical::check_dates;
use super::super::path::Path;
use super::codes::{Concept, PARTICIPATION};
use super::error::{ConsentError, Unfaithful};
use super::period::{StatedPeriod, date};
use super::references::Reference;
use super::shape::{Place, fields, found, list, one, sound, text, wrong};

/// What reading a Consent may cost.
pub const LIMITS: Limits =
    Limits { bytes: 1 << 20, resource: 1 << 20, string: 1 << 18, data: 1 << 20, values: 1 << 16, depth: 64 };

/// The modifier extension of a provision that stands for a rule of a ledger as it is: nothing but the period is inherited,
/// data of different meanings must all match, `dependents` are those that refer to it and not the instance itself, classes
/// that are no resource types are categories, and codes of any system are compared.
pub const WHOLE: &str = "urn:medledger:consent:whole";
/// The modifier extension of a Consent that permits so many sessions.
pub const USES: &str = "urn:medledger:consent:uses";
/// The modifier extension of a Consent whose permits oblige to something.
pub const OBLIGATION: &str = "urn:medledger:consent:obligation";

/// The status of a Consent (FHIR R4 `consent-state-codes`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
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
    /// Something else, such as a status of R5. It is not active.
    Other,
}

impl Status {
    /// Each with its code.
    pub const ALL: &'static [(Self, &'static str)] = &[
        (Self::Draft, "draft"),
        (Self::Proposed, "proposed"),
        (Self::Active, "active"),
        (Self::Rejected, "rejected"),
        (Self::Inactive, "inactive"),
        (Self::EnteredInError, "entered-in-error"),
        (Self::Other, "unknown"),
    ];

    /// The code.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(status, _)| *status == self).map_or("", |(_, code)| code)
    }
}

/// A Consent.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) status: Status,
    /// The offset of `dateTime`, where it has one.
    pub(super) offset: Option<i64>,
    /// What `policyRule` says, where it is OPTIN or OPTOUT.
    pub(super) policy: Option<RuleEffect>,
    /// Whether there is a `policyRule` at all.
    pub(super) has_policy_rule: bool,
    pub(super) root: Option<Provision>,
    pub(super) obligations: Vec<String>,
    pub(super) uses: Option<u64>,
}

/// A provision. A list that is there names something.
#[derive(Clone, Debug)]
pub(super) struct Provision {
    pub(super) path: String,
    pub(super) effect: Option<RuleEffect>,
    pub(super) whole: bool,
    pub(super) period: Option<StatedPeriod>,
    pub(super) actors: Option<Vec<StatedActor>>,
    pub(super) actions: Option<Vec<Concept>>,
    pub(super) labels: Option<Vec<Concept>>,
    pub(super) purposes: Option<Vec<Concept>>,
    pub(super) classes: Option<Vec<Concept>>,
    pub(super) codes: Option<Vec<Concept>>,
    pub(super) data_period: Option<StatedPeriod>,
    pub(super) data: Option<Vec<StatedData>>,
    pub(super) provisions: Vec<Provision>,
}

/// What an actor does in the matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Asks: PRCP, IRCP.
    Requester,
    /// Releases: CST.
    Custodian,
}

#[derive(Clone, Debug)]
pub(super) struct StatedActor {
    pub(super) part: Part,
    pub(super) reference: Reference,
}

/// How data is meant (FHIR `consent-data-meaning`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Instance,
    Related,
    Dependents,
    AuthoredBy,
}

#[derive(Clone, Debug)]
pub(super) struct StatedData {
    pub(super) meaning: Meaning,
    pub(super) reference: Reference,
}

impl Document {
    /// Reads the JSON text of a Consent.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, ConsentError> {
        let json = Json::parse(bytes, "Consent", &LIMITS)?;
        let path = Path::root("Consent");
        let object = json.as_object().ok_or_else(|| wrong(&path, "a resource"))?;
        if object.get("resourceType").and_then(Json::as_str) != Some("Consent") {
            let element = path.key("resourceType").to_string();
            return Err(Unfaithful::NotAConsent { element, found: found(object, "resourceType") }.into());
        }
        sound(&json, &path, Place::Root)?;
        let object = fields(&json, &path, "Consent", "a resource")?;
        check_dates(&json, &path)?;
        let (obligations, uses) = of_the_whole(object, &path)?;
        let offset = one(object, &path, "dateTime", date)?.and_then(|date| date.offset());
        let mut count = 0;
        Ok(Self {
            status: status(object, &path)?,
            offset,
            policy: policy(object, &path)?,
            has_policy_rule: object.get("policyRule").is_some(),
            root: one(object, &path, "provision", |json, path| provision(json, path, 0))?
                .map(|root| counted(root, &mut count))
                .transpose()?,
            obligations,
            uses,
        })
    }
}

fn status(object: &Object<'_>, path: &Path<'_>) -> Result<Status, ConsentError> {
    let code = needed(text(object, path, "status")?, path, "status")?;
    Ok(Status::ALL.iter().find(|(_, known)| *known == code).map_or(Status::Other, |(status, _)| *status))
}

fn policy(object: &Object<'_>, path: &Path<'_>) -> Result<Option<RuleEffect>, ConsentError> {
    let Some(concept) = one(object, path, "policyRule", Concept::parse)? else { return Ok(None) };
    let says = |code: &str| concept.codings.iter().any(|coding| coding.of(ACT_CODE) == Some(code));
    match (says("OPTIN"), says("OPTOUT")) {
        (true, true) => {
            Err(Unfaithful::Contradiction { element: concept.path, why: "it is both OPTIN and OPTOUT" }
                .into())
        }
        (true, false) => Ok(Some(RuleEffect::Permit)),
        (false, true) => Ok(Some(RuleEffect::Deny)),
        (false, false) => Ok(None),
    }
}

/// Reads the modifier extensions here, each by its URL, the name of its value, and that. One with anything else, or that the
/// reader does not take, is not understood.
fn modifiers(
    object: &Object<'_>,
    path: &Path<'_>,
    mut take: impl FnMut(&str, &str, &Json<'_>) -> bool,
) -> Result<(), ConsentError> {
    let path = path.key("modifierExtension");
    let unknown = |path: &Path<'_>| Unfaithful::NotUnderstood { element: path.to_string() };
    let Some(json) = object.get("modifierExtension") else { return Ok(()) };
    for (index, item) in json.as_array().ok_or_else(|| unknown(&path))?.iter().enumerate() {
        let mut members = item.as_object().into_iter().flat_map(Object::iter);
        let taken = match (members.next(), members.next(), members.next()) {
            (Some(("url", Json::String(url))), Some((kind, value)), None) => take(url, kind, value),
            _ => false,
        };
        if !taken {
            return Err(unknown(&path.item(index)).into());
        }
    }
    Ok(())
}

fn of_the_whole(object: &Object<'_>, path: &Path<'_>) -> Result<(Vec<String>, Option<u64>), ConsentError> {
    let (mut obligations, mut uses) = (Vec::new(), None);
    modifiers(object, path, |url, kind, value| {
        let value = value.as_str().unwrap_or_default();
        let number: Option<u64> = value.parse().ok().filter(|number| *number > 0);
        match (url, kind) {
            (OBLIGATION, "valueCode") if OBLIGATIONS.contains(&value) => obligations.push(value.to_string()),
            (USES, "valueString") if uses.is_none() && number.is_some() => uses = number,
            _ => return false,
        }
        true
    })?;
    obligations.sort_unstable();
    obligations.dedup();
    Ok((obligations, uses))
}

fn effect(object: &Object<'_>, path: &Path<'_>, depth: u8) -> Result<Option<RuleEffect>, ConsentError> {
    match text(object, path, "type")?.as_deref() {
        Some("permit") => Ok(Some(RuleEffect::Permit)),
        Some("deny") => Ok(Some(RuleEffect::Deny)),
        None if depth == 0 => Ok(None),
        _ => {
            let element = path.key("type").to_string();
            Err(Unfaithful::NoType { element, found: found(object, "type") }.into())
        }
    }
}

/// Recursion is bounded by the depth to which provisions may nest.
fn provision(json: &Json<'_>, path: &Path<'_>, depth: u8) -> Result<Provision, ConsentError> {
    if depth > CONSENT_DEPTH {
        return Err(Unfaithful::NestedTooDeeply { element: path.to_string(), limit: CONSENT_DEPTH }.into());
    }
    let object = fields(json, path, "Consent.provision", "a provision")?;
    let mut whole = false;
    modifiers(object, path, |url, kind, value| {
        whole = (url, kind, value) == (WHOLE, "valueBoolean", &Json::Bool(true));
        whole
    })?;
    let below = |json: &Json<'_>, path: &Path<'_>| provision(json, path, depth.saturating_add(1));
    Ok(Provision {
        path: path.to_string(),
        effect: effect(object, path, depth)?,
        whole,
        period: one(object, path, "period", StatedPeriod::parse)?,
        actors: list(object, path, "actor", actor)?,
        actions: list(object, path, "action", Concept::parse)?,
        labels: list(object, path, "securityLabel", Concept::single)?,
        purposes: list(object, path, "purpose", Concept::single)?,
        classes: list(object, path, "class", Concept::single)?,
        codes: list(object, path, "code", Concept::parse)?,
        data_period: one(object, path, "dataPeriod", StatedPeriod::parse)?,
        data: list(object, path, "data", data)?,
        provisions: list(object, path, "provision", below)?.unwrap_or_default(),
    })
}

/// Refuses the first provision, in pre-order, that is one too many.
fn counted(root: Provision, count: &mut u64) -> Result<Provision, ConsentError> {
    fn below(provision: &Provision, count: &mut u64) -> Result<(), ConsentError> {
        provision.provisions.iter().try_for_each(|provision| {
            *count = count.saturating_add(1);
            if *count > CONSENT_RULES {
                let element = provision.path.clone();
                return Err(Unfaithful::TooManyProvisions { element, limit: CONSENT_RULES }.into());
            }
            below(provision, count)
        })
    }
    below(&root, count)?;
    Ok(root)
}

fn needed<T>(value: Option<T>, path: &Path<'_>, key: &str) -> Result<T, ConsentError> {
    value.ok_or_else(|| Unfaithful::Missing { element: path.key(key).to_string() }.into())
}

fn actor(json: &Json<'_>, path: &Path<'_>) -> Result<StatedActor, ConsentError> {
    let object = fields(json, path, "Consent.provision.actor", "an actor")?;
    let role = needed(one(object, path, "role", Concept::parse)?, path, "role")?;
    let reference = needed(one(object, path, "reference", Reference::parse)?, path, "reference")?;
    let mut part = None;
    for coding in &role.codings {
        let this = match coding.of(PARTICIPATION) {
            Some("PRCP" | "IRCP") => Part::Requester,
            Some("CST") => Part::Custodian,
            _ => return Err(Unfaithful::UnknownRole { element: role.path, found: coding.shown() }.into()),
        };
        if part.is_some_and(|part| part != this) {
            let why = "one and the same can't ask and release";
            return Err(Unfaithful::Contradiction { element: role.path, why }.into());
        }
        part = Some(this);
    }
    match part {
        Some(part) => Ok(StatedActor { part, reference }),
        None => Err(Unfaithful::UnknownRole { element: role.path, found: "without a code".into() }.into()),
    }
}

fn data(json: &Json<'_>, path: &Path<'_>) -> Result<StatedData, ConsentError> {
    let object = fields(json, path, "Consent.provision.data", "data")?;
    let meaning = match text(object, path, "meaning")?.as_deref() {
        Some("instance") => Meaning::Instance,
        Some("related") => Meaning::Related,
        Some("dependents") => Meaning::Dependents,
        Some("authoredby") => Meaning::AuthoredBy,
        _ => {
            let element = path.key("meaning").to_string();
            return Err(Unfaithful::BadMeaning { element, found: found(object, "meaning") }.into());
        }
    };
    let reference = needed(one(object, path, "reference", Reference::parse)?, path, "reference")?;
    Ok(StatedData { meaning, reference })
}
