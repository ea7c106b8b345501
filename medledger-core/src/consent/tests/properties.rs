use alloc::string::String;
use alloc::vec::Vec;

use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::consent::{
    Actor, CodeReach, Criteria, Effect, NameReach, PeriodReach, Reach, Request, Rule, RuleEffect, Terms,
    decide,
};
use crate::hash::Did;
use crate::units::{Interval, Period, Timestamp};
use crate::vocabulary::Coding;
use crate::vocabulary::labels::{ACT_CODE, CONFIDENTIALITY};

fn did() -> impl Strategy<Value = Did> {
    (1_u8..4).prop_map(|byte| Did([byte; 32]))
}

fn name() -> impl Strategy<Value = String> {
    select(&["a", "b", "Condition", "access", "TREAT", "BTG", "X"][..]).prop_map(String::from)
}

fn purpose() -> impl Strategy<Value = String> {
    select(&["TREAT", "ERTREAT", "BTG", "HRESCH", "X"][..]).prop_map(String::from)
}

fn coding() -> impl Strategy<Value = Coding> {
    let systems = [None, Some(CONFIDENTIALITY), Some(ACT_CODE)];
    (select(systems.to_vec()), select(&["N", "R", "V", "HIV", "PSY"][..]))
        .prop_map(|(system, code)| Coding { system: system.map(Into::into), code: code.into() })
}

/// Also empty, reversed and at the ends of the range.
fn interval() -> impl Strategy<Value = Interval> {
    let bound = || option::of(prop_oneof![-3_i64..4, Just(i64::MIN), Just(i64::MAX)]);
    (bound(), bound()).prop_map(|(start, end)| Interval { start, end })
}

fn effect() -> impl Strategy<Value = RuleEffect> {
    prop_oneof![Just(RuleEffect::Permit), Just(RuleEffect::Deny)]
}

fn actor() -> impl Strategy<Value = Actor> {
    prop_oneof![
        did().prop_map(|did| Actor::Identity { did }),
        did().prop_map(|did| Actor::Organisation { did }),
        coding().prop_map(|role| Actor::Role { role }),
    ]
}

/// A list, mostly empty; neither in order nor without doubles.
fn few<S>(of: S) -> impl Strategy<Value = Vec<S::Value>>
where
    S: Strategy,
    S::Value: Clone,
{
    let one = vec(of, 1..4);
    prop_oneof![3 => Just(Vec::new()), 1 => one]
}

fn criteria() -> impl Strategy<Value = Criteria> {
    let whom = (few(actor()), few(name()), few(purpose()), few(name()));
    let what = (few(coding()), few(coding()), few(coding()), few(name()), few(name()), few(name()));
    (whom, what, option::weighted(0.2, interval())).prop_map(
        |((actors, actions, purposes, types), what, data_period)| {
            let (categories, codes, labels, records, authors, related) = what;
            Criteria {
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
            }
        },
    )
}

fn terms(depth: impl Strategy<Value = u64>, rules: usize) -> impl Strategy<Value = Terms> {
    let rule =
        (depth, effect(), criteria()).prop_map(|(depth, effect, criteria)| Rule { depth, effect, criteria });
    let period = (0_u64..3, 0_u64..9)
        .prop_map(|(from, until)| Period { from: Timestamp(from), until: Timestamp(until) });
    (period, any::<bool>(), effect(), criteria(), vec(rule, 0..rules), few(name())).prop_map(
        |(period, directive, effect, criteria, rules, obligations)| Terms {
            period,
            directive,
            effect,
            criteria,
            rules,
            obligations,
            uses: None,
        },
    )
}

/// Terms whose depths are a tree, and lists as they may be: decided on as if they had passed the check.
fn tree() -> impl Strategy<Value = Terms> {
    terms(1_u64..5, 7).prop_map(|mut terms| {
        let mut deepest = 1;
        for rule in &mut terms.rules {
            rule.depth = rule.depth.min(deepest);
            deepest = rule.depth.saturating_add(1);
        }
        terms.period = Period { from: Timestamp(0), until: Timestamp(9) };
        terms
    })
}

fn names() -> impl Strategy<Value = NameReach> {
    prop_oneof![
        Just(NameReach::Unknown),
        vec(name(), 0..3).prop_map(|values| NameReach::Has { values }),
        vec(name(), 0..3).prop_map(|values| NameReach::Within { values }),
    ]
}

fn codes() -> impl Strategy<Value = CodeReach> {
    prop_oneof![
        Just(CodeReach::Unknown),
        vec(coding(), 0..3).prop_map(|values| CodeReach::Has { values }),
        vec(coding(), 0..3).prop_map(|values| CodeReach::Within { values }),
    ]
}

fn request() -> impl Strategy<Value = Request> {
    let who = (did(), option::of(did()), vec(coding(), 0..3), name(), purpose());
    let period = option::of(interval());
    let reach =
        (names(), codes(), codes(), option::of(vec(coding(), 0..3)), names(), names(), names(), period)
            .prop_map(|(types, categories, codes, labels, records, authors, related, period)| Reach {
                types,
                categories,
                codes,
                labels,
                records,
                authors,
                related,
                period: period.map_or(PeriodReach::Unknown, |interval| PeriodReach::Within { interval }),
            });
    (who, reach).prop_map(|((requester, organisation, roles, action, purpose), reach)| Request {
        requester,
        organisation,
        roles,
        action,
        purpose,
        reach,
    })
}

/// How many respects a reach has.
const RESPECTS: u8 = 8;

fn forget(reach: &mut Reach, respect: u8) {
    match respect {
        0 => reach.types = NameReach::Unknown,
        1 => reach.categories = CodeReach::Unknown,
        2 => reach.codes = CodeReach::Unknown,
        3 => reach.labels = None,
        4 => reach.records = NameReach::Unknown,
        5 => reach.authors = NameReach::Unknown,
        6 => reach.related = NameReach::Unknown,
        _ => reach.period = PeriodReach::Unknown,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn decide_is_total(
        terms in terms(prop_oneof![0_u64..7, any::<u64>()], 9),
        request in request(),
        time in prop_oneof![0_u64..10, any::<u64>()],
    ) {
        let decision = decide(&terms, &request, Timestamp(time));
        // The path names rules that there are, downwards, and the last one has the effect that is answered.
        prop_assert!(decision.path.is_sorted_by(|a, b| a < b));
        if let Some(last) = decision.path.last() {
            let rule = &terms.rules[usize::try_from(*last).unwrap()];
            let expected = if rule.effect == RuleEffect::Permit { Effect::Permit } else { Effect::Deny };
            prop_assert_eq!(decision.effect, expected);
        }
        prop_assert!(decision.effect == Effect::Permit || decision.obligations.is_empty());
    }

    #[test]
    fn to_know_less_never_permits_more(
        terms in tree(),
        request in request(),
        respects in btree_set(0..RESPECTS, 1..4),
    ) {
        let mut less = request.clone();
        for respect in respects {
            forget(&mut less.reach, respect);
        }
        let before = decide(&terms, &request, Timestamp(1)).effect;
        let after = decide(&terms, &less, Timestamp(1)).effect;
        prop_assert!(before == Effect::Permit || after != Effect::Permit, "{before:?}, then {after:?}");
        prop_assert!(before != Effect::Deny || after == Effect::Deny, "{before:?}, then {after:?}");
    }

    #[test]
    fn outside_its_period_a_consent_says_nothing(terms in tree(), request in request(), time in 9_u64..) {
        let decision = decide(&terms, &request, Timestamp(time));
        prop_assert_eq!(decision.effect, Effect::NotApplicable);
    }
}
