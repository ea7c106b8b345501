//! Terms as a Consent, in the manner of IHE's Privacy Consent on FHIR: a typed root provision with exceptions inside, each
//! of which states all of its criteria.
//!
//! R4 can't say everything that terms can: a nested provision inherits what it does not state, so it can't drop a
//! criterion of those around it; data of different meanings are joined by *or*. Such a provision carries the modifier
//! extension [`WHOLE`], which software that does not know it must refuse (FHIR R4 §2.4.2). What is written is read
//! back before it is given out.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use medledger_core::consent::{Actor, Criteria, Rule, RuleEffect, Terms};
use medledger_core::hash::Did;
use medledger_core::identity::did_to_text;
use medledger_core::units::{Day, Interval, Timestamp};
use medledger_core::vocabulary::Coding;
use medledger_core::vocabulary::labels::ACT_CODE;

use super::super::canonical::{Json, Object};
use super::super::date::LAST;
use super::codes::{
    ACT_REASON, CONSENT_ACTION, PARTICIPATION, RESOURCE_TYPE_SYSTEM, is_known_code, is_known_label,
};
use super::document::{OBLIGATION, Status, USES, WHOLE};
use super::elements::RESOURCE_TYPES;
use super::error::{ConsentError, Unfaithful};
use super::import::{Options, read};
use super::reading::Reading;
use super::references::{OnLedger, ROLE_SYSTEM};

/// What a Consent says beside its terms.
#[derive(Clone, Debug)]
pub struct About {
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Whose records.
    pub patient: Option<Did>,
    /// Its status.
    pub status: Status,
    /// When it was agreed to.
    pub date_time: Option<Timestamp>,
}

/// Writes terms as the canonical JSON text of a Consent that reads back as the same terms.
///
/// # Errors
/// [`Unfaithful::Unwritable`] where a time, a text or a name has no place in FHIR; [`Unfaithful::Terms`] where they are
/// not sound.
pub fn export(terms: &Terms, about: &About) -> Result<Vec<u8>, ConsentError> {
    let unsound = |error| Unfaithful::Terms { element: "Consent.provision".into(), error };
    terms.check().map_err(unsound)?;
    let ground = terms.effect == RuleEffect::Deny && !terms.directive;
    let policy = if terms.effect == RuleEffect::Permit { "OPTIN" } else { "OPTOUT" };
    let mut rules = terms.rules.iter().peekable();
    let root = Written {
        effect: terms.effect,
        typed: !ground,
        criteria: &terms.criteria,
        period: period(terms)?,
        depth: 0,
    };
    let root = root.write(&Around::default(), &mut rules)?;
    let mut members = vec_of([
        ("resourceType", string("Consent")),
        ("status", string(about.status.code())),
        ("scope", concept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy")),
        ("category", Json::Array([concept("http://loinc.org", "59284-0")].into())),
        ("policyRule", concept(ACT_CODE, policy)),
    ]);
    if root.as_object().is_some_and(|root| root.iter().next().is_some()) {
        members.push((Cow::Borrowed("provision"), root));
    }
    if let Some(id) = &about.id {
        members.push((Cow::Borrowed("id"), string(id)));
    }
    if let Some(patient) = about.patient {
        members.push((Cow::Borrowed("patient"), did(&patient, "Patient")));
    }
    if let Some(at) = about.date_time {
        let at = i64::try_from(at.0).unwrap_or(i64::MAX);
        members.push((Cow::Borrowed("dateTime"), string(&moment(at, "Consent.dateTime")?)));
    }
    let modifiers = modifiers(terms);
    if !modifiers.is_empty() {
        members.push((Cow::Borrowed("modifierExtension"), Json::Array(modifiers)));
    }
    let bytes = Json::Object(Object::of(members)).canonical();
    // Texts may be such as FHIR has no place for. What does not read back is not given out.
    let read = read(&bytes, &Options::on_ledger(None, &OnLedger::default()));
    // Also what is revoked is written, and has terms no more.
    let read = read.and_then(|read| Reading { status: Status::Active, ..read }.terms());
    let mut meant = terms.clone();
    meant.directive &= meant.effect == RuleEffect::Deny;
    match read {
        Ok(read) if read == meant => Ok(bytes),
        Ok(_) => Err(unwritable("Consent.provision", "a name or code of it would read as another")),
        Err(error) => Err(unwritable(
            error.element().unwrap_or("Consent.provision"),
            "FHIR has no place for a name, code or size in it",
        )),
    }
}

fn unwritable(element: &str, why: &'static str) -> ConsentError {
    Unfaithful::Unwritable { element: element.to_string(), why }.into()
}

/// What provisions around one state: a nested permit that does not state it would inherit it.
#[derive(Clone, Default)]
struct Around {
    actors: bool,
    actions: bool,
    labels: bool,
    purposes: bool,
    classes: bool,
    codes: bool,
    data: bool,
    data_period: bool,
}

impl Around {
    fn within(&self, criteria: &Criteria, whole: bool) -> Self {
        let outer = if whole { Self::default() } else { self.clone() };
        Self {
            actors: outer.actors || !criteria.actors.is_empty(),
            actions: outer.actions || !criteria.actions.is_empty(),
            labels: outer.labels || !criteria.labels.is_empty(),
            purposes: outer.purposes || !criteria.purposes.is_empty(),
            classes: outer.classes || !(criteria.types.is_empty() && criteria.categories.is_empty()),
            codes: outer.codes || !criteria.codes.is_empty(),
            data: outer.data || has_data(criteria),
            data_period: outer.data_period || criteria.data_period.is_some(),
        }
    }

    /// Whether a provision with these criteria would inherit something.
    fn adds(&self, effect: RuleEffect, own: &Criteria) -> bool {
        let actors = self.actors && own.actors.is_empty();
        let others = (self.actions && own.actions.is_empty())
            || (self.labels && own.labels.is_empty())
            || (self.purposes && own.purposes.is_empty())
            || (self.classes && own.types.is_empty())
            || (self.codes && own.codes.is_empty())
            || (self.data && !has_data(own))
            || (self.data_period && own.data_period.is_none());
        actors || (effect == RuleEffect::Permit && others)
    }
}

fn has_data(criteria: &Criteria) -> bool {
    !(criteria.records.is_empty() && criteria.authors.is_empty() && criteria.related.is_empty())
}

/// Whether a provision says what these criteria do only where it is read as a ledger's rule.
fn needs_whole(criteria: &Criteria) -> bool {
    let single = criteria.related.is_empty() && (criteria.records.is_empty() || criteria.authors.is_empty());
    let versioned = |name: &String| name.contains("/_history/");
    !single
        || !criteria.categories.is_empty()
        || criteria.records.iter().chain(&criteria.authors).any(versioned)
        || !criteria.codes.iter().all(is_known_code)
        || !criteria.labels.iter().all(is_known_label)
        || !criteria.types.iter().all(|name| RESOURCE_TYPES.contains(&name.as_str()))
}

type Rules<'t> = core::iter::Peekable<core::slice::Iter<'t, Rule>>;
type Members = Vec<(Cow<'static, str>, Json<'static>)>;

/// A provision to be written.
struct Written<'t> {
    effect: RuleEffect,
    typed: bool,
    criteria: &'t Criteria,
    period: Option<Json<'static>>,
    depth: u64,
}

impl<'t> Written<'t> {
    /// The provision, with the rules after it that are deeper. Recursion is bounded by the depth of sound terms.
    fn write(self, around: &Around, rules: &mut Rules<'t>) -> Result<Json<'static>, ConsentError> {
        let Criteria {
            actors,
            actions,
            purposes,
            types,
            categories,
            codes,
            labels,
            records,
            authors,
            related,
            data_period,
        } = self.criteria;
        let whole = around.adds(self.effect, self.criteria) || needs_whole(self.criteria);
        let mut members = Members::new();
        let mut put = |name: &'static str, list: Vec<Json<'static>>| {
            if !list.is_empty() {
                members.push((Cow::Borrowed(name), Json::Array(list)));
            }
        };
        put("actor", actors.iter().map(actor).collect());
        put("action", actions.iter().map(|code| concept(CONSENT_ACTION, code)).collect());
        put("purpose", purposes.iter().map(|code| coded(ACT_REASON, code)).collect());
        let types = types.iter().map(|name| coded(RESOURCE_TYPE_SYSTEM, name));
        put("class", types.chain(categories.iter().map(coding)).collect());
        put(
            "code",
            codes.iter().map(|code| object([("coding", Json::Array([coding(code)].into()))])).collect(),
        );
        put("securityLabel", labels.iter().map(coding).collect());
        let data = [("instance", records), ("authoredby", authors), ("dependents", related)];
        let data = data.into_iter().flat_map(|(meaning, names)| {
            let one = move |name: &String| {
                object([("meaning", string(meaning)), ("reference", object([("reference", string(name))]))])
            };
            names.iter().map(one)
        });
        put("data", data.collect());
        if whole {
            put(
                "modifierExtension",
                [object([("url", string(WHOLE)), ("valueBoolean", Json::Bool(true))])].into(),
            );
        }
        let inside = around.within(self.criteria, whole);
        let mut below = Vec::new();
        while let Some(rule) = rules.next_if(|rule| rule.depth > self.depth) {
            let Rule { depth, effect, criteria } = rule;
            let rule = Written { effect: *effect, typed: true, criteria, period: None, depth: *depth };
            below.push(rule.write(&inside, rules)?);
        }
        put("provision", below);
        if self.typed {
            let code = if self.effect == RuleEffect::Permit { "permit" } else { "deny" };
            members.push((Cow::Borrowed("type"), string(code)));
        }
        if let Some(period) = self.period {
            members.push((Cow::Borrowed("period"), period));
        }
        if let Some(Interval { start, end }) = data_period {
            match interval(*start, *end, "Consent.provision.dataPeriod")? {
                Some(period) => members.push((Cow::Borrowed("dataPeriod"), period)),
                None => {
                    return Err(unwritable("Consent.provision.dataPeriod", "it has neither start nor end"));
                }
            }
        }
        Ok(Json::Object(Object::of(members)))
    }
}

/// None where it has neither end: one that lasts as long as FHIR's years is read of what has no end.
fn period(terms: &Terms) -> Result<Option<Json<'static>>, ConsentError> {
    let time = |at: Timestamp| i64::try_from(at.0).unwrap_or(i64::MAX);
    let start = Some(terms.period.from).filter(|from| from.0 > 0).map(time);
    let end = Some(terms.period.until).filter(|until| until.0 != LAST).map(time);
    interval(start, end, "Consent.provision.period")
}

/// A Period of this half-open interval: its end is inclusive.
fn interval(start: Option<i64>, end: Option<i64>, path: &str) -> Result<Option<Json<'static>>, ConsentError> {
    let mut members = Members::new();
    if let Some(start) = start {
        members.push((Cow::Borrowed("start"), string(&moment(start, path)?)));
    }
    if let Some(end) = end {
        // Software that drops a fraction of zeros would make a second of the millisecond.
        let end = moment(end.saturating_sub(1), path)?.replace(".000Z", ".000999Z");
        members.push((Cow::Borrowed("end"), string(&end)));
    }
    Ok((!members.is_empty()).then(|| Json::Object(Object::of(members))))
}

/// A millisecond, in UTC.
fn moment(at: i64, path: &str) -> Result<String, ConsentError> {
    const DAY: i64 = 86_400_000;
    let day = Day::of(at.div_euclid(DAY));
    if !(1..=9_999).contains(&day.year) {
        return Err(unwritable(path, "FHIR's years are 0001 to 9999"));
    }
    let of_day = at.rem_euclid(DAY);
    let (hour, minute) = (of_day / 3_600_000, of_day / 60_000 % 60);
    let (second, milli) = (of_day / 1_000 % 60, of_day % 1_000);
    Ok(format!("{day}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z"))
}

fn modifiers(terms: &Terms) -> Vec<Json<'static>> {
    let obligations = terms
        .obligations
        .iter()
        .map(|code| object([("url", string(OBLIGATION)), ("valueCode", string(code))]));
    let uses =
        terms.uses.map(|uses| object([("url", string(USES)), ("valueString", string(&uses.to_string()))]));
    obligations.chain(uses).collect()
}

fn actor(actor: &Actor) -> Json<'static> {
    let reference = match actor {
        Actor::Identity { did: who } => did(who, "Practitioner"),
        Actor::Organisation { did: who } => did(who, "Organization"),
        Actor::Role { role } => {
            let value = format!("{}|{}", role.system.as_deref().unwrap_or_default(), role.code);
            object([("identifier", object([("system", string(ROLE_SYSTEM)), ("value", string(&value))]))])
        }
    };
    object([("role", concept(PARTICIPATION, "IRCP")), ("reference", reference)])
}

/// A reference by DID (RFC 3986 URI).
fn did(did: &Did, kind: &str) -> Json<'static> {
    let identifier = object([("system", string("urn:ietf:rfc:3986")), ("value", string(&did_to_text(did)))]);
    object([("type", string(kind)), ("identifier", identifier)])
}

fn coding(coding: &Coding) -> Json<'static> {
    let system = coding.system.as_deref().map(|system| (Cow::Borrowed("system"), string(system)));
    let code = (Cow::Borrowed("code"), string(&coding.code));
    Json::Object(Object::of(system.into_iter().chain([code]).collect()))
}

fn coded(system: &str, code: &str) -> Json<'static> {
    object([("system", string(system)), ("code", string(code))])
}

fn concept(system: &str, code: &str) -> Json<'static> {
    object([("coding", Json::Array([coded(system, code)].into()))])
}

fn string(text: &str) -> Json<'static> {
    Json::String(Cow::Owned(text.to_string()))
}

fn object<const N: usize>(members: [(&'static str, Json<'static>); N]) -> Json<'static> {
    Json::Object(Object::of(vec_of(members)))
}

fn vec_of<const N: usize>(members: [(&'static str, Json<'static>); N]) -> Members {
    members.into_iter().map(|(key, value)| (Cow::Borrowed(key), value)).collect()
}
