//! Consent decisions: the table that was written from the design's words before the code ran, and the naive model on
//! random cases (20,000; with `MEDLEDGER_LONG=1` a million).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "a test that can't go on fails"
)]

#[path = "consent/mod.rs"]
mod consent;

use std::collections::{BTreeMap, BTreeSet};

use consent::naive;
use consent::random::Random;
use consent::table::Table;
use medledger_core::consent::{Answer, Basis, Effect, combine, decide};
use medledger_core::hash::ConsentId;

/// The table never shrinks.
const AT_LEAST: usize = 258;

#[test]
fn the_table_of_decisions() {
    let table = Table::read();
    assert_eq!(table.decisions.len(), table.count, "the table's own count");
    assert!(table.count >= AT_LEAST, "{} decisions, there were {AT_LEAST}", table.count);
    let ids: BTreeSet<&str> = table.decisions.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(ids.len(), table.count, "an id twice");

    let mut wrong = Vec::new();
    for case in &table.decisions {
        let (request, time) = table.request(case);
        let mut answers = Vec::new();
        for (consent, terms, expect) in table.consents(case) {
            terms.check().unwrap_or_else(|error| panic!("{}: {error}", case.id));
            let decision = decide(&terms, &request, time);
            let expected = (&expect.effect, &expect.reason, &expect.path, &expect.obligations);
            let effect = format!("{:?}", decision.effect);
            let reason = format!("{:?}", decision.reason);
            if expected != (&effect, &reason, &decision.path, &decision.obligations) {
                wrong.push(format!("{} {}: {expected:?}, not {decision:?}", case.id, case.words));
            }
            answers.push(Answer { consent, decision });
        }
        if let Some(expect) = &case.combined {
            let combined = combine(Table::basis(case), &answers);
            let expected = (expect.permitted, expect.reason.text(), &expect.obligations);
            if expected != (combined.permitted, format!("{:?}", combined.reason), &combined.obligations) {
                wrong.push(format!("{} {}: {expected:?}, not {combined:?}", case.id, case.words));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn number_of_cases() -> u64 {
    if std::env::var("MEDLEDGER_LONG").is_ok_and(|value| value == "1") { 1_000_000 } else { 20_000 }
}

#[test]
fn decide_agrees_with_the_naive_model() {
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    let mut depths = BTreeSet::new();
    for seed in 0..number_of_cases() {
        let mut random = Random(seed);
        let terms = random.terms();
        terms.check().unwrap();
        let request = random.request();
        let time = random.time(&terms);
        let decision = decide(&terms, &request, time);
        assert_eq!(
            decision,
            naive::decide(&terms, &request, time),
            "case {seed} at {time}:\n{terms:#?}\n{request:#?}"
        );
        *seen.entry(format!("{:?}", decision.reason)).or_default() += 1;
        depths.insert((decision.path.len(), format!("{:?}", decision.effect)));
    }
    // The cases reach every reason, and rules of either effect at every depth: or they would show little.
    assert_eq!(seen.len(), 8, "{seen:?}");
    assert!(seen.values().all(|count| *count * 200 >= number_of_cases()), "{seen:?}");
    assert_eq!(depths.len(), 4 * 2 + 3, "{depths:?}");
}

#[test]
fn combine_agrees_with_the_naive_model() {
    let mut seen: BTreeMap<(bool, bool), u64> = BTreeMap::new();
    for seed in 0..number_of_cases() / 10 {
        let mut random = Random(seed);
        let request = random.request();
        let count = random.below(4) as u8;
        let mut answers = Vec::new();
        for n in 0..count {
            let terms = random.terms();
            let decision = decide(&terms, &request, random.time(&terms));
            answers.push(Answer { consent: ConsentId([n; 32]), decision });
        }
        let effects: Vec<(u8, Effect)> =
            answers.iter().map(|answer| (answer.consent.0[0], answer.decision.effect)).collect();
        let named = random.below(4) as u8;
        for basis in [
            Basis::Consent(ConsentId([named; 32])),
            Basis::LegalGround { overrides_deny: false },
            Basis::LegalGround { overrides_deny: true },
        ] {
            let combined = combine(basis, &answers);
            let expected = naive::permitted(&basis, &effects, |id| *id == named);
            assert_eq!(combined.permitted, expected, "case {seed}: {basis:?}, {effects:?}");
            *seen.entry((matches!(basis, Basis::Consent(_)), expected)).or_default() += 1;
        }
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
}
