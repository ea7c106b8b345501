//! Whether criteria cover a request, as a permit must, or touch it, as a deny does.
//!
//! In every respect there are three cases: it is known of the one record that is asked for; it is bounded for a set; or
//! it is unknown. What is unknown is never covered and always touched. So a request over a set must be covered whole, and
//! any overlap is enough for a deny.

use alloc::vec::Vec;

use super::request::{CodeReach, NameReach, PeriodReach, Request};
use super::terms::{Actor, Criteria, RuleEffect};
use crate::units::Interval;
use crate::vocabulary::Coding;
use crate::vocabulary::labels::{Confidentiality, is_sensitivity};
use crate::vocabulary::purpose::{BREAK_THE_GLASS, is_a, is_known};

/// Whether a base or a rule of this effect applies to a request.
pub(super) fn applies(effect: RuleEffect, criteria: &Criteria, request: &Request) -> bool {
    let reach = &request.reach;
    actor(&criteria.actors, request)
        && (criteria.actions.is_empty() || criteria.actions.contains(&request.action))
        && purpose(effect, &criteria.purposes, &request.purpose)
        && values(effect, &criteria.types, &names(&reach.types))
        && values(effect, &criteria.categories, &codes(&reach.categories))
        && values(effect, &criteria.codes, &codes(&reach.codes))
        && labels(effect, &criteria.labels, reach.labels.as_deref())
        && values(effect, &criteria.records, &names(&reach.records))
        && values(effect, &criteria.authors, &names(&reach.authors))
        && values(effect, &criteria.related, &names(&reach.related))
        && period(effect, criteria.data_period.as_ref(), reach.period)
}

fn actor(actors: &[Actor], request: &Request) -> bool {
    actors.is_empty()
        || actors.iter().any(|actor| match actor {
            Actor::Identity { did } => *did == request.requester,
            Actor::Organisation { did } => Some(*did) == request.organisation,
            Actor::Role { role } => request.roles.contains(role),
        })
}

/// Break-glass is a kind of treatment, but a permit for treatment does not mean it: it must be named. What a purpose
/// outside the vocabulary is a kind of is unknown, and so is whether it overrides: every deny is touched, no permit covers.
fn purpose(effect: RuleEffect, named: &[alloc::string::String], asked: &str) -> bool {
    if !is_known(asked) {
        return effect == RuleEffect::Deny;
    }
    match effect {
        RuleEffect::Permit if asked == BREAK_THE_GLASS => named.iter().any(|code| code == BREAK_THE_GLASS),
        RuleEffect::Permit | RuleEffect::Deny => named.is_empty() || named.iter().any(|of| is_a(asked, of)),
    }
}

enum Known<'a, T> {
    Unknown,
    Has(&'a [T]),
    Within(&'a [T]),
}

fn names(reach: &NameReach) -> Known<'_, alloc::string::String> {
    match reach {
        NameReach::Unknown => Known::Unknown,
        NameReach::Has { values } => Known::Has(values),
        NameReach::Within { values } => Known::Within(values),
    }
}

fn codes(reach: &CodeReach) -> Known<'_, Coding> {
    match reach {
        CodeReach::Unknown => Known::Unknown,
        CodeReach::Has { values } => Known::Has(values),
        CodeReach::Within { values } => Known::Within(values),
    }
}

fn values<T: Ord>(effect: RuleEffect, named: &[T], known: &Known<'_, T>) -> bool {
    // Lists of a criterion ascend: terms that don't are refused before they are decided on, and a list that slipped
    // through would only match less in a permit.
    let contains = |value: &T| named.contains(value);
    if named.is_empty() {
        return true;
    }
    match (effect, known) {
        (RuleEffect::Permit, Known::Unknown) => false,
        (RuleEffect::Deny, Known::Unknown) => true,
        (_, Known::Has(values)) => values.iter().any(contains),
        (RuleEffect::Permit, Known::Within(values)) => !values.is_empty() && values.iter().all(contains),
        (RuleEffect::Deny, Known::Within(values)) => values.is_empty() || values.iter().any(contains),
    }
}

/// A permit that names labels must name every sensitivity label of the record, and the record's confidentiality must be
/// at or below the highest one named; that bound falls away where it names one of the record's sensitivity labels and no
/// confidentiality. A deny touches any sensitivity label that it names, and confidentiality at or above one that it names.
/// A level that is not known is below no bound, and at or above every one.
fn labels(effect: RuleEffect, named: &[Coding], of_record: Option<&[Coding]>) -> bool {
    if named.is_empty() {
        return true;
    }
    let Some(of_record) = of_record else { return effect == RuleEffect::Deny };
    let level = Confidentiality::of_record(of_record);
    let levels = named.iter().filter_map(Confidentiality::of);
    let sensitive: Vec<&Coding> = of_record.iter().filter(|label| is_sensitivity(label)).collect();
    match effect {
        RuleEffect::Permit => {
            let all_named = sensitive.iter().all(|label| named.contains(label));
            let bounded = match levels.max() {
                Some(highest) => level.is_some_and(|level| level <= highest),
                None => !sensitive.is_empty(),
            };
            all_named && bounded
        }
        RuleEffect::Deny => {
            sensitive.iter().any(|label| named.contains(label))
                || levels.min().is_some_and(|lowest| level.is_none_or(|level| level >= lowest))
        }
    }
}

fn period(effect: RuleEffect, named: Option<&Interval>, reach: PeriodReach) -> bool {
    let Some(named) = named else { return true };
    match (effect, reach) {
        (RuleEffect::Permit, PeriodReach::Unknown) => false,
        (RuleEffect::Deny, PeriodReach::Unknown) => true,
        (RuleEffect::Permit, PeriodReach::Within { interval }) => {
            interval.is_proper() && named.covers(&interval)
        }
        (RuleEffect::Deny, PeriodReach::Within { interval }) => {
            !interval.is_proper() || named.overlaps(&interval)
        }
    }
}
