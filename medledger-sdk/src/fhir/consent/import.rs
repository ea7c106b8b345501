//! From provisions to rules: the base, what nested provisions inherit, and what each rule's elements come to.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use medledger_core::consent::{Actor, Criteria, RuleEffect};
use medledger_core::limits::CONSENT_DEPTH;
use medledger_core::units::Interval;
use medledger_core::vocabulary::Coding;

use super::codes::{self, Concept, Named, known};
use super::document::{Document, Meaning, Part, Provision, StatedActor, StatedData};
use super::error::{ConsentError, Unfaithful};
use super::period::{ALWAYS, StatedPeriod, common};
use super::reading::{DataPart, ReadRule, Reading, Who};
use super::references::{Literally, OnLedger, Resolver};

/// What reading a Consent needs to be told.
pub struct Options<'a> {
    /// The zone of dates that state none, where `Consent.dateTime` has no offset: milliseconds east of UTC.
    pub zone: Option<i64>,
    /// Who is meant by a reference.
    pub resolver: &'a dyn Resolver,
    /// Whether what a request says to be related to a record is so either way, by a reference from the record or to it. The
    /// facts of a ledger tell only of references that a record makes.
    pub both_ways: bool,
}

impl<'a> Options<'a> {
    /// For a ledger, where references are resolved so.
    #[must_use]
    pub const fn on_ledger(zone: Option<i64>, resolver: &'a OnLedger) -> Self {
        Self { zone, resolver, both_ways: false }
    }

    /// For a question that is answered literally ([`Reading::check`]).
    #[must_use]
    pub const fn literally(zone: Option<i64>) -> Self {
        Self { zone, resolver: &Literally, both_ways: true }
    }
}

/// Reads the JSON text of an R4 Consent.
///
/// # Errors
/// The [`ConsentError`] of the first element that can't be read faithfully.
pub fn read(bytes: &[u8], options: &Options<'_>) -> Result<Reading, ConsentError> {
    let document = Document::parse(bytes)?;
    let Options { zone, resolver, both_ways } = *options;
    let zone = document.offset.or(zone);
    let mut import = Import { zone, resolver, both_ways, unmatched: Vec::new() };
    let (base, directive) = import.base(&document)?;
    Ok(Reading {
        status: document.status,
        base,
        directive,
        obligations: document.obligations,
        uses: document.uses,
        unmatched: import.unmatched,
    })
}

/// What stands around a provision, its own elements included: the nearest of each kind, and every period.
#[derive(Clone, Default)]
struct Around<'d> {
    periods: Vec<&'d StatedPeriod>,
    data_period: Option<&'d StatedPeriod>,
    actors: Option<&'d [StatedActor]>,
    actions: Option<&'d [Concept]>,
    labels: Option<&'d [Concept]>,
    purposes: Option<&'d [Concept]>,
    classes: Option<&'d [Concept]>,
    codes: Option<&'d [Concept]>,
    data: Option<&'d [StatedData]>,
}

impl<'d> Around<'d> {
    /// Around what stands inside this provision.
    fn within(&self, own: &'d Provision) -> Self {
        let outer =
            if own.whole { Self { periods: self.periods.clone(), ..Self::default() } } else { self.clone() };
        let mut around = Self {
            actors: own.actors.as_deref().or(outer.actors),
            actions: own.actions.as_deref().or(outer.actions),
            labels: own.labels.as_deref().or(outer.labels),
            purposes: own.purposes.as_deref().or(outer.purposes),
            classes: own.classes.as_deref().or(outer.classes),
            codes: own.codes.as_deref().or(outer.codes),
            data_period: own.data_period.as_ref().or(outer.data_period),
            data: own.data.as_deref().or(outer.data),
            ..outer
        };
        around.periods.extend(&own.period);
        around
    }

    /// What a deny has of it: its own elements, and the actors and periods around it.
    fn of_deny(&self, own: &'d Provision) -> Self {
        let mut deny = Self::default().within(own);
        deny.actors = self.actors;
        deny.periods.clone_from(&self.periods);
        deny
    }
}

struct Import<'a> {
    zone: Option<i64>,
    resolver: &'a dyn Resolver,
    both_ways: bool,
    unmatched: Vec<String>,
}

/// The place of a base that no provision states.
const POLICY_RULE: &str = "Consent.policyRule";

impl Import<'_> {
    /// The base, with all that is below it; and whether it is a directive.
    fn base(&mut self, document: &Document) -> Result<(ReadRule, bool), ConsentError> {
        let policy_alone = |effect| ReadRule {
            effect,
            path: POLICY_RULE.into(),
            validity: ALWAYS,
            period: None,
            who: Who::default(),
            criteria: Criteria::default(),
            data: [DataPart::default()].into(),
            rules: Vec::new(),
        };
        let outside = Around::default();
        match (&document.root, document.root.as_ref().and_then(|root| root.effect), document.policy) {
            (Some(root), Some(effect), Some(policy)) if effect != policy => {
                let mut base = policy_alone(policy);
                base.rules.push(self.rule(root, effect, &outside, 1)?);
                Ok((base, false))
            }
            (Some(root), Some(effect), _) => {
                Ok((self.rule(root, effect, &outside, 0)?, effect == RuleEffect::Deny))
            }
            (Some(root), None, Some(effect)) => {
                if effect == RuleEffect::Permit {
                    untyped(root)?;
                }
                let mut base = self.rule(root, effect, &outside, 0)?;
                base.path = POLICY_RULE.into();
                Ok((base, false))
            }
            (None, _, Some(effect)) => Ok((policy_alone(effect), false)),
            (Some(_), None, None) if !document.has_policy_rule => {
                Err(Unfaithful::NoBase { element: "Consent.provision.type".to_string() }.into())
            }
            (_, _, None) => Err(Unfaithful::NoBase { element: POLICY_RULE.to_string() }.into()),
        }
    }

    /// A provision and those below it. Recursion is bounded by the depth to which provisions may nest.
    fn rule(
        &mut self,
        provision: &Provision,
        effect: RuleEffect,
        outer: &Around<'_>,
        depth: u8,
    ) -> Result<ReadRule, ConsentError> {
        if depth > CONSENT_DEPTH {
            let element = provision.path.clone();
            return Err(Unfaithful::NestedTooDeeply { element, limit: CONSENT_DEPTH }.into());
        }
        let around = outer.within(provision);
        let own = match effect {
            RuleEffect::Permit => around.clone(),
            RuleEffect::Deny => around.of_deny(provision),
        };
        let mut rule = self.read(provision, effect, &own)?;
        for below in &provision.provisions {
            // Below the root each has its type: the document would have been refused.
            let effect = below.effect.ok_or_else(|| Unfaithful::Missing { element: below.path.clone() })?;
            rule.rules.push(self.rule(below, effect, &around, depth.saturating_add(1))?);
        }
        Ok(rule)
    }

    /// What the elements of one rule come to.
    fn read(
        &mut self,
        provision: &Provision,
        effect: RuleEffect,
        of: &Around<'_>,
    ) -> Result<ReadRule, ConsentError> {
        let whole = provision.whole;
        let validity = self.periods(&of.periods, effect)?.unwrap_or(ALWAYS);
        let data_period = self.periods(of.data_period.as_slice(), effect)?;
        let unmatched = &mut self.unmatched;
        let coding =
            |known: fn(&codes::StatedCoding) -> Option<Coding>| if whole { codes::any } else { known };
        let is_class =
            |coding: &codes::StatedCoding| coding.system.as_deref() == Some(codes::RESOURCE_TYPE_SYSTEM);
        let (classes, categories) = match of.classes {
            Some(classes) if whole => {
                let (classes, categories): (Vec<_>, Vec<_>) =
                    classes.iter().cloned().partition(|concept| concept.codings.iter().all(is_class));
                let some = |list: Vec<Concept>| Some(list).filter(|list| !list.is_empty());
                (some(classes), some(categories))
            }
            classes => (classes.map(<[_]>::to_vec), None),
        };
        let actions = known(of.actions, effect, unmatched, codes::action)?;
        let before = unmatched.len();
        let labels = known(of.labels, effect, unmatched, coding(codes::label))?;
        let labels = codes::bounded(labels, unmatched.len() > before);
        let purposes = known(of.purposes, effect, unmatched, codes::purpose)?;
        let types = known(classes.as_deref(), effect, unmatched, |coding| codes::class(coding, whole))?;
        let categories = known(categories.as_deref(), effect, unmatched, codes::any)?;
        let codes = known(of.codes, effect, unmatched, coding(codes::code))?;
        let who = self.who(of.actors, effect)?;
        let mut data = self.data(of.data, effect, whole)?;
        let mut never = who.is_none();
        let criteria = Criteria {
            actions: these(actions, &mut never),
            purposes: these(purposes, &mut never),
            types: these(types, &mut never),
            categories: these(categories, &mut never),
            codes: these(codes, &mut never),
            labels: these(labels, &mut never),
            data_period,
            ..Criteria::default()
        };
        if never {
            data.clear();
        }
        let path = provision.path.clone();
        let period = of.periods.last().map(|period| period.path.clone());
        let who = who.unwrap_or_default();
        Ok(ReadRule { effect, path, validity, period, who, criteria, data, rules: Vec::new() })
    }

    /// What periods have in common, the innermost last.
    fn periods(
        &self,
        stated: &[&StatedPeriod],
        effect: RuleEffect,
    ) -> Result<Option<Interval>, ConsentError> {
        let mut all: Option<Interval> = None;
        for period in stated {
            if period.is_reversed() {
                return Err(Unfaithful::EmptyPeriod { element: period.path.clone() }.into());
            }
            let this = period.read(effect, self.zone);
            let both = all.map_or(this, |all| common(all, this));
            if effect == RuleEffect::Permit && !both.is_proper() {
                return Err(Unfaithful::EmptyPeriod { element: period.path.clone() }.into());
            }
            all = Some(both);
        }
        Ok(all)
    }

    /// Who asks and who releases; `None` where nobody could ever match.
    fn who(
        &mut self,
        actors: Option<&[StatedActor]>,
        effect: RuleEffect,
    ) -> Result<Option<Who>, ConsentError> {
        let mut who = Who::default();
        for actor in actors.into_iter().flatten() {
            let reference = &actor.reference;
            let mut meant: Vec<Actor> = Vec::new();
            let mut names = Vec::new();
            match actor.part {
                Part::Requester => meant = self.resolver.actors(reference, effect),
                Part::Custodian => names = reference.parties(effect),
            }
            if meant.is_empty() && names.is_empty() {
                match effect {
                    RuleEffect::Deny => return Err(unresolved(reference)),
                    RuleEffect::Permit => self.unmatched.push(reference.element.clone()),
                }
            }
            match actor.part {
                Part::Requester => who.requesters.get_or_insert_default().extend(meant),
                Part::Custodian => {
                    who.custodian_at.get_or_insert_with(|| reference.element.clone());
                    who.custodians.get_or_insert_default().extend(names);
                }
            }
        }
        if let Some(requesters) = &mut who.requesters {
            requesters.sort_unstable();
            requesters.dedup();
        }
        let nobody = who.requesters.as_ref().is_some_and(Vec::is_empty)
            || who.custodians.as_ref().is_some_and(Vec::is_empty);
        Ok((!nobody).then_some(who))
    }

    /// The records that are meant, as criteria any of which is enough; none of them where nothing could ever match.
    fn data(
        &mut self,
        data: Option<&[StatedData]>,
        effect: RuleEffect,
        whole: bool,
    ) -> Result<Vec<DataPart>, ConsentError> {
        let Some(data) = data else { return Ok([DataPart::default()].into()) };
        let mut all = DataPart::default();
        let mut anything = false;
        for StatedData { meaning, reference } in data {
            let mut names = reference.names(effect);
            if whole {
                // Just what was written.
                names.truncate(1);
            }
            if names.is_empty() {
                match effect {
                    RuleEffect::Deny => return Err(unresolved(reference)),
                    RuleEffect::Permit => self.unmatched.push(reference.element.clone()),
                }
            }
            match meaning {
                Meaning::Instance => all.records.extend(names),
                Meaning::AuthoredBy => all.authors.extend(names),
                Meaning::Dependents => {
                    if !whole {
                        all.records.extend(names.iter().cloned());
                    }
                    all.related.extend(names);
                }
                Meaning::Related if self.both_ways => {
                    all.records.extend(names.iter().cloned());
                    all.related.extend(names);
                }
                // Whether the instance refers to a record is a fact of the instance, which no record tells: unknown.
                Meaning::Related if effect == RuleEffect::Deny => anything = true,
                Meaning::Related => all.records.extend(names),
            }
        }
        for list in [&mut all.records, &mut all.authors, &mut all.related] {
            list.sort_unstable();
            list.dedup();
        }
        if anything {
            return Ok([DataPart::default()].into());
        }
        if whole {
            return Ok([all].into_iter().filter(|all| *all != DataPart::default()).collect());
        }
        let DataPart { records, authors, related } = all;
        let none = DataPart::default;
        let parts =
            [DataPart { records, ..none() }, DataPart { authors, ..none() }, DataPart { related, ..none() }];
        Ok(parts.into_iter().filter(|part| *part != DataPart::default()).collect())
    }
}

fn these<T>(named: Named<T>, never: &mut bool) -> Vec<T> {
    match named {
        Named::Any => Vec::new(),
        Named::These(these) => these,
        Named::Never => {
            *never = true;
            Vec::new()
        }
    }
}

fn unresolved(reference: &super::references::Reference) -> ConsentError {
    Unfaithful::Unresolved { element: reference.element.clone(), found: reference.shown() }.into()
}

/// Refuses the criteria of a root without a type, under OPTIN.
fn untyped(root: &Provision) -> Result<(), ConsentError> {
    let criteria = [
        ("actor", root.actors.is_some()),
        ("action", root.actions.is_some()),
        ("securityLabel", root.labels.is_some()),
        ("purpose", root.purposes.is_some()),
        ("class", root.classes.is_some()),
        ("code", root.codes.is_some()),
        ("dataPeriod", root.data_period.is_some()),
        ("data", root.data.is_some()),
    ];
    let named: Vec<String> = criteria
        .iter()
        .filter(|(_, is_named)| *is_named)
        .map(|(name, _)| alloc::format!("{}.{name}", root.path))
        .collect();
    match named.first() {
        None => Ok(()),
        Some(first) => {
            Err(Unfaithful::UntypedCriteria { element: first.clone(), all: named.join(", ") }.into())
        }
    }
}
