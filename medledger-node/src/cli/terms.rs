//! Terms of a consent, from options or from a JSON file.

use std::path::Path;

use medledger_core::consent::{Actor, Criteria, Rule, RuleEffect, Terms};
use medledger_core::hash::Did;
use medledger_core::limits::STATE_VALUE;
use medledger_core::units::{Interval, Period, Timestamp};
use medledger_core::vocabulary::Coding;
use medledger_sdk::fhir::consent::references::OnLedger;
use medledger_sdk::fhir::consent::{LIMITS, Options, read};
use medledger_sdk::fhir::date::{FhirDate, Kind};
use serde_json::{Map, Value};

use super::args::consent::TermsArgs;
use super::args::time;
use super::error::{CliError, Failure};
use super::files;

/// A code with its system: `SYSTEM|CODE`, or `|CODE` for one without.
pub(super) fn coding(text: &str) -> Result<Coding, Failure> {
    match text.split_once('|') {
        Some((system, code)) if !code.is_empty() => {
            let system = Some(system.to_owned()).filter(|system| !system.is_empty());
            Ok(Coding { system, code: code.to_owned() })
        }
        _ => Err(bad(text.chars().take(80).collect(), "a code is written SYSTEM|CODE".to_owned())),
    }
}

/// A code as it is written.
pub(super) fn code_text(coding: &Coding) -> String {
    format!("{}|{}", coding.system.as_deref().unwrap_or_default(), coding.code)
}

pub(super) fn set<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list.dedup();
    list
}

fn bad(element: String, why: String) -> Failure {
    CliError::BadTerms { element, why }.into()
}

/// The terms that options or a file say.
pub(super) fn terms(args: &TermsArgs, now: Timestamp, who: Who<'_>) -> Result<Terms, Failure> {
    if let Some(path) = &args.terms {
        let bytes = files::read(path, STATE_VALUE.bytes)?;
        let value: Value =
            serde_json::from_slice(&bytes).map_err(|error| bad(files::shown(path), error.to_string()))?;
        return from_json(value, now, who);
    }
    if let Some(path) = &args.fhir {
        return from_fhir(path, args, who);
    }
    let mut actors = Vec::new();
    for text in &args.to {
        actors.push(Actor::Identity { did: who(text)? });
    }
    for text in &args.organisation {
        actors.push(Actor::Organisation { did: who(text)? });
    }
    for role in &args.role {
        actors.push(Actor::Role { role: coding(role)? });
    }
    let categories = args.category.iter().map(|text| coding(text)).collect::<Result<_, _>>()?;
    let missing = || bad("--until".to_owned(), "it says when the terms end".to_owned());
    Ok(Terms {
        period: Period { from: args.from.unwrap_or(now), until: args.until.ok_or_else(missing)? },
        directive: args.directive,
        effect: if args.deny { RuleEffect::Deny } else { RuleEffect::Permit },
        criteria: Criteria {
            actors: set(actors),
            actions: set(args.action.clone()),
            purposes: set(args.purpose.clone()),
            types: set(args.types.clone()),
            categories: set(categories),
            ..Criteria::default()
        },
        rules: Vec::new(),
        obligations: set(args.obligation.clone()),
        uses: args.uses,
    })
}

type Who<'a> = &'a dyn Fn(&str) -> Result<Did, Failure>;

/// Terms from a FHIR R4 Consent. A mapped reference to an Organization means everybody who acts
/// for it, any other just that identity.
fn from_fhir(path: &Path, args: &TermsArgs, who: Who<'_>) -> Result<Terms, Failure> {
    let bytes = files::read(path, LIMITS.bytes)?;
    let mut resolver = OnLedger::default();
    for pair in &args.map {
        let wrong = || bad("--map".to_owned(), "it is written REF=DID".to_owned());
        let (reference, text) = pair.rsplit_once('=').ok_or_else(wrong)?;
        let did = who(text)?;
        let kind = reference.split('/').rev().nth(1);
        let actor =
            if kind == Some("Organization") { Actor::Organisation { did } } else { Actor::Identity { did } };
        resolver.map.insert(reference.to_owned(), actor);
    }
    Ok(read(&bytes, &Options::on_ledger(args.zone, &resolver))?.terms()?)
}

/// Terms from JSON: each part that is not known is refused by its path.
fn from_json(value: Value, now: Timestamp, who: Who<'_>) -> Result<Terms, Failure> {
    let mut base = Part::new(value, "terms".to_owned())?;
    let from = base.time("from")?.unwrap_or(now);
    let until = base.time("until")?.ok_or_else(|| base.wrong("until", "a time with its offset"))?;
    let directive = match base.take("directive") {
        None => false,
        Some(Value::Bool(directive)) => directive,
        Some(_) => return Err(base.wrong("directive", "true or false")),
    };
    let uses = match base.take("uses") {
        None => None,
        Some(value) => Some(value.as_u64().ok_or_else(|| base.wrong("uses", "a whole number"))?),
    };
    let obligations = set(base.texts("obligations")?);
    let mut rules = Vec::new();
    let (effect, criteria) = base.finish(0, &mut rules, who)?;
    Ok(Terms { period: Period { from, until }, directive, effect, criteria, rules, obligations, uses })
}

/// An object of the file, and where it stands.
struct Part {
    fields: Map<String, Value>,
    path: String,
}

impl Part {
    fn new(value: Value, path: String) -> Result<Self, Failure> {
        match value {
            Value::Object(fields) => Ok(Self { fields, path }),
            _ => Err(bad(path, "an object is wanted".to_owned())),
        }
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.fields.remove(name)
    }

    fn wrong(&self, name: &str, wanted: &str) -> Failure {
        bad(format!("{}.{name}", self.path), format!("{wanted} is wanted"))
    }

    fn text(&mut self, name: &str) -> Result<Option<String>, Failure> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.wrong(name, "a text")),
        }
    }

    fn list(&mut self, name: &str) -> Result<Vec<Value>, Failure> {
        match self.take(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(list)) => Ok(list),
            Some(_) => Err(self.wrong(name, "a list")),
        }
    }

    fn texts(&mut self, name: &str) -> Result<Vec<String>, Failure> {
        let list = self.list(name)?.into_iter().map(|value| match value {
            Value::String(text) => Some(text),
            _ => None,
        });
        list.collect::<Option<_>>().ok_or_else(|| self.wrong(name, "a list of texts"))
    }

    fn codes(&mut self, name: &str) -> Result<Vec<Coding>, Failure> {
        self.texts(name)?.iter().map(|text| coding(text)).collect::<Result<_, _>>().map(set)
    }

    fn time(&mut self, name: &str) -> Result<Option<Timestamp>, Failure> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        time(&text).map(Some).map_err(|why| bad(format!("{}.{name}", self.path), why))
    }

    fn moment(&mut self, name: &str) -> Result<Option<i64>, Failure> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let date = FhirDate::parse(&text, Kind::Instant).ok();
        let start = date.and_then(|date| date.at_offset(0).start);
        start.map(Some).ok_or_else(|| self.wrong(name, "a time with its offset"))
    }

    /// Effect and criteria; the exceptions go to the list, in pre-order.
    fn finish(
        mut self,
        depth: u64,
        rules: &mut Vec<Rule>,
        who: Who<'_>,
    ) -> Result<(RuleEffect, Criteria), Failure> {
        let effect = match self.text("effect")?.as_deref() {
            None if depth == 0 => RuleEffect::Permit,
            Some("permit") => RuleEffect::Permit,
            Some("deny") => RuleEffect::Deny,
            _ => return Err(self.wrong("effect", "permit or deny")),
        };
        let mut actors = Vec::new();
        for (index, value) in self.list("actors")?.into_iter().enumerate() {
            let mut actor = Self::new(value, format!("{}.actors[{index}]", self.path))?;
            let one = (actor.text("did")?, actor.text("organisation")?, actor.text("role")?);
            actors.push(match one {
                (Some(did), None, None) => Actor::Identity { did: who(&did)? },
                (None, Some(did), None) => Actor::Organisation { did: who(&did)? },
                (None, None, Some(role)) => Actor::Role { role: coding(&role)? },
                _ => return Err(actor.wrong("did", "just one of did, organisation, role")),
            });
            actor.nothing_left()?;
        }
        let data_period = match self.take("data_period") {
            None => None,
            Some(value) => {
                let mut period = Self::new(value, format!("{}.data_period", self.path))?;
                let (start, end) = (period.moment("start")?, period.moment("end")?);
                period.nothing_left()?;
                Some(Interval { start, end })
            }
        };
        let criteria = Criteria {
            actors: set(actors),
            actions: set(self.texts("actions")?),
            purposes: set(self.texts("purposes")?),
            types: set(self.texts("types")?),
            categories: self.codes("categories")?,
            codes: self.codes("codes")?,
            labels: self.codes("labels")?,
            records: set(self.texts("records")?),
            authors: set(self.texts("authors")?),
            related: set(self.texts("related")?),
            data_period,
        };
        let below = depth.saturating_add(1);
        for (index, value) in self.list("rules")?.into_iter().enumerate() {
            let part = Self::new(value, format!("{}.rules[{index}]", self.path))?;
            let at = rules.len();
            rules.push(Rule { depth: below, effect: RuleEffect::Deny, criteria: Criteria::default() });
            let (effect, criteria) = part.finish(below, rules, who)?;
            if let Some(rule) = rules.get_mut(at) {
                (rule.effect, rule.criteria) = (effect, criteria);
            }
        }
        self.nothing_left()?;
        Ok((effect, criteria))
    }

    fn nothing_left(&self) -> Result<(), Failure> {
        match self.fields.keys().next() {
            None => Ok(()),
            Some(name) => {
                Err(bad(format!("{}.{name}", self.path), "nothing of this name is known".to_owned()))
            }
        }
    }
}
