//! Consent decisions once more, written from the design's words alone: a set of rules, and every millisecond of a period
//! looked at. Slow, and meant to be read beside the words.

use medledger_core::consent::{
    Actor, Basis, CodeReach, Criteria, Decision, Effect, NameReach, PeriodReach, Reason, Request, Rule,
    RuleEffect, Terms,
};
use medledger_core::units::{Interval, Timestamp};
use medledger_core::vocabulary::Coding;

/// Finite bounds of the periods in the random cases lie strictly between these.
pub const DAWN: i64 = -10;
pub const DUSK: i64 = 10;

pub fn decide(terms: &Terms, request: &Request, time: Timestamp) -> Decision {
    // "NotApplicable: outside its validity period (deny rules included)". Intervals are half-open.
    if time < terms.period.from {
        return answer(Effect::NotApplicable, Reason::NotYet, &[], terms);
    }
    if time >= terms.period.until {
        return answer(Effect::NotApplicable, Reason::Expired, &[], terms);
    }

    // "A matching rule sets aside only its own ancestors and the base".
    let matching: Vec<Vec<usize>> = (0..terms.rules.len())
        .filter(|index| matches(&terms.rules[*index].criteria, terms.rules[*index].effect, request))
        .map(|index| path(&terms.rules, index))
        .collect();
    let is_ancestor =
        |above: &[usize], below: &[usize]| below.len() > above.len() && below.starts_with(above);
    let mut left: Vec<&Vec<usize>> =
        matching.iter().filter(|one| !matching.iter().any(|other| is_ancestor(one, other))).collect();
    left.sort_by_key(|path| path.last());

    // "Of the matching rules left, a deny wins".
    let effect_of = |path: &[usize]| terms.rules[*path.last().unwrap()].effect;
    if let Some(path) = left.iter().find(|path| effect_of(path) == RuleEffect::Deny) {
        return answer(Effect::Deny, Reason::DenyRule, path, terms);
    }
    if let Some(path) = left.first() {
        return answer(Effect::Permit, Reason::PermitRule, path, terms);
    }

    // No rule matches: the base.
    let (effect, reason) =
        match (matches(&terms.criteria, terms.effect, request), terms.effect, terms.directive) {
            (false, _, _) => (Effect::NotApplicable, Reason::NoMatch),
            (true, RuleEffect::Permit, _) => (Effect::Permit, Reason::PermitBase),
            (true, RuleEffect::Deny, true) => (Effect::Deny, Reason::DenyDirective),
            (true, RuleEffect::Deny, false) => (Effect::NotApplicable, Reason::OnlyTheBase),
        };
    answer(effect, reason, &[], terms)
}

/// "Consent: the named consent itself answers Permit and no active consent Deny." "Legal ground: a Deny still denies
/// unless the registration says that it overrides."
pub fn permitted<Id: PartialEq>(
    basis: &Basis,
    effects: &[(Id, Effect)],
    named: impl Fn(&Id) -> bool,
) -> bool {
    let denied = effects.iter().any(|(_, effect)| *effect == Effect::Deny);
    match basis {
        Basis::Consent(_) => {
            effects.iter().any(|(id, effect)| named(id) && *effect == Effect::Permit) && !denied
        }
        Basis::LegalGround { overrides_deny } => *overrides_deny || !denied,
    }
}

fn answer(effect: Effect, reason: Reason, path: &[usize], terms: &Terms) -> Decision {
    let obligations = if effect == Effect::Permit { terms.obligations.clone() } else { Vec::new() };
    Decision { effect, reason, path: path.iter().map(|index| *index as u64).collect(), obligations }
}

/// The rule after its ancestors: "its parent is the nearest earlier rule one level up".
fn path(rules: &[Rule], index: usize) -> Vec<usize> {
    let mut path = vec![index];
    while rules[path[0]].depth > 1 {
        let parent =
            (0..path[0]).rev().find(|earlier| rules[*earlier].depth + 1 == rules[path[0]].depth).unwrap();
        path.insert(0, parent);
    }
    path
}

/// "Elements are ANDed and repetitions ORed."
fn matches(criteria: &Criteria, effect: RuleEffect, request: &Request) -> bool {
    let reach = &request.reach;
    actors_match(&criteria.actors, request)
        && (criteria.actions.is_empty() || criteria.actions.contains(&request.action))
        && purpose_matches(&criteria.purposes, effect, &request.purpose)
        && names_match(&criteria.types, effect, &reach.types)
        && codes_match(&criteria.categories, effect, &reach.categories)
        && codes_match(&criteria.codes, effect, &reach.codes)
        && labels_match(&criteria.labels, effect, reach.labels.as_deref())
        && names_match(&criteria.records, effect, &reach.records)
        && names_match(&criteria.authors, effect, &reach.authors)
        && names_match(&criteria.related, effect, &reach.related)
        && period_matches(criteria.data_period, effect, &reach.period)
}

fn actors_match(named: &[Actor], request: &Request) -> bool {
    let is_meant = |actor: &Actor| match actor {
        Actor::Identity { did } => *did == request.requester,
        Actor::Organisation { did } => request.organisation == Some(*did),
        Actor::Role { role } => request.roles.contains(role),
    };
    named.is_empty() || named.iter().any(is_meant)
}

/// What the random cases' purposes are a kind of, from the vocabulary; `None` where the code is not in it.
fn kinds(purpose: &str) -> Option<&'static [&'static str]> {
    Some(match purpose {
        "TREAT" => &["TREAT"],
        "CLINTRL" => &["CLINTRL", "TREAT"],
        "ETREAT" => &["ETREAT", "TREAT"],
        "BTG" => &["BTG", "ETREAT", "TREAT"],
        "ERTREAT" => &["ERTREAT", "ETREAT", "TREAT"],
        "HRESCH" => &["HRESCH"],
        "CLINTRCH" => &["CLINTRCH", "HRESCH"],
        "CLINTRCHPC" => &["CLINTRCHPC", "CLINTRCH", "HRESCH"],
        _ => return None,
    })
}

/// "Purposes subsume along the HL7 tree, but in a permit rule break-glass must be named." Of an unknown code nobody knows
/// what it is a kind of, nor that it is not break-glass; what is unknown matches denies and never permits.
fn purpose_matches(named: &[String], effect: RuleEffect, purpose: &str) -> bool {
    let Some(kinds) = kinds(purpose) else { return effect == RuleEffect::Deny };
    if effect == RuleEffect::Permit && purpose == "BTG" {
        return named.iter().any(|code| code == "BTG");
    }
    named.is_empty() || named.iter().any(|code| kinds.contains(&code.as_str()))
}

/// "A request over a set must be covered whole by a permit; any overlap triggers a deny. A fact that is unknown matches
/// deny rules and never permit rules."
fn names_match(named: &[String], effect: RuleEffect, reach: &NameReach) -> bool {
    match reach {
        _ if named.is_empty() => true,
        NameReach::Unknown => effect == RuleEffect::Deny,
        NameReach::Has { values } => values.iter().any(|value| named.contains(value)),
        NameReach::Within { values } => whole_or_touched(effect, values, |value| named.contains(value)),
    }
}

fn codes_match(named: &[Coding], effect: RuleEffect, reach: &CodeReach) -> bool {
    match reach {
        _ if named.is_empty() => true,
        CodeReach::Unknown => effect == RuleEffect::Deny,
        CodeReach::Has { values } => values.iter().any(|value| named.contains(value)),
        CodeReach::Within { values } => whole_or_touched(effect, values, |value| named.contains(value)),
    }
}

fn period_matches(named: Option<Interval>, effect: RuleEffect, reach: &PeriodReach) -> bool {
    let every = |interval: Interval| interval.start.unwrap_or(DAWN)..interval.end.unwrap_or(DUSK);
    match (named, reach) {
        (None, _) => true,
        (Some(_), PeriodReach::Unknown) => effect == RuleEffect::Deny,
        (Some(named), PeriodReach::Within { interval }) => {
            let asked: Vec<i64> = every(*interval).collect();
            whole_or_touched(effect, &asked, |millisecond| every(named).contains(millisecond))
        }
    }
}

fn whole_or_touched<T>(effect: RuleEffect, asked: &[T], is_named: impl Fn(&T) -> bool) -> bool {
    match effect {
        RuleEffect::Permit => asked.iter().all(is_named),
        RuleEffect::Deny => asked.iter().any(is_named),
    }
}

/// VOCABULARY, "Reading an R4 Consent", 5.
fn labels_match(named: &[Coding], effect: RuleEffect, record: Option<&[Coding]>) -> bool {
    if named.is_empty() {
        return true;
    }
    let Some(record) = record else { return effect == RuleEffect::Deny };
    let (levels_named, sensitivities_named) = parted(named);
    let (levels, sensitivities) = parted(record);
    // "Assessed without a confidentiality code it is N." A code of that system that is no level: unknown.
    let unknown = record.iter().any(|label| of_confidentiality(label) && level_of(label).is_none());
    let level = if unknown { None } else { Some(levels.into_iter().max().unwrap_or(3)) };
    let in_common = sensitivities.iter().any(|label| sensitivities_named.contains(label));
    match effect {
        RuleEffect::Permit => {
            let every_named = sensitivities.iter().all(|label| sensitivities_named.contains(label));
            let low_enough = match levels_named.iter().max() {
                Some(highest) => level.is_some_and(|level| level <= *highest),
                None => in_common,
            };
            every_named && low_enough
        }
        RuleEffect::Deny => {
            in_common || levels_named.iter().any(|named| level.is_none_or(|level| level >= *named))
        }
    }
}

/// U<L<M<N<R<V as numbers, and the labels of other systems.
fn parted(labels: &[Coding]) -> (Vec<usize>, Vec<&Coding>) {
    let (of_level, others): (Vec<_>, Vec<_>) = labels.iter().partition(|label| of_confidentiality(label));
    (of_level.into_iter().filter_map(level_of).collect(), others)
}

fn of_confidentiality(label: &Coding) -> bool {
    label.system.as_deref() == Some("http://terminology.hl7.org/CodeSystem/v3-Confidentiality")
}

fn level_of(label: &Coding) -> Option<usize> {
    ["U", "L", "M", "N", "R", "V"].iter().position(|code| *code == label.code)
}
