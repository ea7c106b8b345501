//! Terms as Consents, and back.

use medledger_core::consent::{
    Actor, CodeReach, Criteria, NameReach, PeriodReach, Reach, Request, Rule, RuleEffect, Terms, decide,
};
use medledger_core::hash::Did;
use medledger_core::units::{Interval, Period};
use medledger_core::vocabulary::labels::{ACT_CODE, CONFIDENTIALITY};

use super::*;
use crate::fhir::date::LAST;
use references::OnLedger;

/// SplitMix64 (Steele, Lea and Flood, 2014).
pub(super) struct Random(pub(super) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap()
    }

    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// A sorted set, mostly empty.
    fn some<T: Clone + Ord>(&mut self, of: &[T], rarely: usize) -> Vec<T> {
        let mut some = Vec::new();
        if self.below(rarely) == 0 {
            for _ in 0..=self.below(2) {
                some.push(self.pick(of).clone());
            }
        }
        some.sort();
        some.dedup();
        some
    }
}

fn texts(of: &[&str]) -> Vec<String> {
    of.iter().map(ToString::to_string).collect()
}

fn purposes() -> Vec<String> {
    texts(&["BTG", "CLINTRCH", "ERTREAT", "ETREAT", "HMARKT", "HRESCH", "TREAT"])
}

fn codes() -> Vec<Coding> {
    vec![
        Coding::new("http://loinc.org", "1"),
        Coding::new("http://snomed.info/sct", "2"),
        Coding::new("urn:local", "3"),
        Coding { system: None, code: "4".into() },
    ]
}

fn labels() -> Vec<Coding> {
    let mut labels: Vec<Coding> =
        ["L", "N", "R", "V", "X"].iter().map(|code| Coding::new(CONFIDENTIALITY, *code)).collect();
    labels.extend([
        Coding::new(ACT_CODE, "HIV"),
        Coding::new(ACT_CODE, "PSY"),
        Coding::new("urn:local", "S"),
    ]);
    labels
}

fn names() -> Vec<String> {
    texts(&["Encounter/e", "Observation/o/_history/3", "Practitioner/p", "urn:uuid:1|x"])
}

fn dids() -> [Did; 2] {
    [Did([1; 32]), Did([2; 32])]
}

fn actors() -> Vec<Actor> {
    let role = |system: Option<&str>| Actor::Role {
        role: Coding { system: system.map(ToString::to_string), code: "nurse".into() },
    };
    let [a, b] = dids();
    vec![
        Actor::Identity { did: a },
        Actor::Identity { did: b },
        Actor::Organisation { did: b },
        role(Some("urn:oid:1.2")),
        role(None),
    ]
}

fn interval(random: &mut Random) -> Interval {
    let start = i64::try_from(random.below(9)).unwrap() * 500 - 2_000_000_000_000;
    let end = start + 1 + i64::try_from(random.below(5)).unwrap() * 500;
    match random.below(3) {
        0 => Interval { start: Some(start), end: None },
        1 => Interval { start: None, end: Some(end) },
        _ => Interval { start: Some(start), end: Some(end) },
    }
}

fn criteria(random: &mut Random) -> Criteria {
    Criteria {
        actors: random.some(&actors(), 4),
        actions: random.some(&texts(&["access", "disclose"]), 6),
        purposes: random.some(&purposes(), 3),
        types: random.some(&texts(&["Condition", "Elsewhere", "Observation"]), 5),
        categories: random.some(&codes(), 9),
        codes: random.some(&codes(), 6),
        labels: random.some(&labels(), 4),
        records: random.some(&names(), 7),
        authors: random.some(&names(), 8),
        related: random.some(&names(), 8),
        data_period: (random.below(5) == 0).then(|| interval(random)),
    }
}

fn effect(random: &mut Random) -> RuleEffect {
    *random.pick(&[RuleEffect::Permit, RuleEffect::Deny])
}

fn terms(random: &mut Random) -> Terms {
    let mut rules: Vec<Rule> = Vec::new();
    for _ in 0..random.below(7) {
        let deepest = rules.last().map_or(1, |rule| (rule.depth + 1).min(4));
        let depth = 1 + random.next() % deepest;
        rules.push(Rule { depth, effect: effect(random), criteria: criteria(random) });
    }
    let from = Timestamp(*random.pick(&[0, NOON - 1]));
    let until = Timestamp(*random.pick(&[NOON + 1, NOON + 2, LAST]));
    let effect = effect(random);
    Terms {
        period: Period { from, until },
        directive: effect == RuleEffect::Deny && random.below(2) == 0,
        effect,
        criteria: criteria(random),
        rules,
        obligations: random.some(&texts(&["AUDIT", "MASK"]), 3),
        uses: (random.below(4) == 0).then(|| 1 + random.next() % 1_000),
    }
}

fn reach<T: Clone + Ord>(random: &mut Random, of: &[T]) -> Option<Vec<T>> {
    (random.below(3) > 0).then(|| random.some(of, 2))
}

pub(super) fn request(random: &mut Random) -> Request {
    let names_of = |random: &mut Random, of: &[String]| match reach(random, of) {
        None => NameReach::Unknown,
        Some(values) => NameReach::Has { values },
    };
    let codes_of = |random: &mut Random| match reach(random, &codes()) {
        None => CodeReach::Unknown,
        Some(values) => CodeReach::Has { values },
    };
    let [a, b] = dids();
    Request {
        requester: *random.pick(&[a, b, Did([9; 32])]),
        organisation: *random.pick(&[None, Some(b)]),
        roles: random.some(&[Coding::new("urn:oid:1.2", "nurse")], 2),
        action: random.pick(&["access", "disclose"]).to_string(),
        purpose: random.pick(&purposes()).clone(),
        reach: Reach {
            types: NameReach::Has { values: texts(&[*random.pick(&["Condition", "Observation"])]) },
            categories: codes_of(random),
            codes: codes_of(random),
            labels: reach(random, &labels()),
            records: names_of(random, &names()),
            authors: names_of(random, &names()),
            related: names_of(random, &names()),
            period: if random.below(3) == 0 {
                PeriodReach::Unknown
            } else {
                PeriodReach::Within { interval: interval(random) }
            },
        },
    }
}

const ABOUT: About = About { id: None, patient: Some(Did([3; 32])), status: Status::Active, date_time: None };

fn back(bytes: &[u8]) -> Reading {
    read(bytes, &Options::on_ledger(None, &OnLedger::default())).unwrap()
}

#[test]
fn random_terms_keep_every_decision() {
    let mut random = Random(5);
    let mut decided = [0, 0, 0];
    for _ in 0..1_000 {
        let terms = terms(&mut random);
        terms.check().unwrap();
        let again = back(&export(&terms, &ABOUT).unwrap()).terms().unwrap();
        assert_eq!(again, terms);
        for _ in 0..10 {
            let request = request(&mut random);
            let time = Timestamp(NOON + random.next() % 3 - 1);
            let decision = decide(&terms, &request, time);
            assert_eq!(decide(&again, &request, time), decision);
            decided[decision.effect as usize] += 1;
        }
    }
    assert!(decided.iter().all(|count| *count > 300), "{decided:?}");
}

/// The plain form is what other software reads: it is used wherever R4 can say what the terms do.
#[test]
fn plain_terms_are_written_plainly() {
    let purposes = |codes: &[&str]| Criteria { purposes: texts(codes), ..Criteria::default() };
    let mut terms = Terms {
        period: Period { from: Timestamp(0), until: Timestamp(NOON) },
        directive: true,
        effect: RuleEffect::Deny,
        criteria: Criteria::default(),
        rules: vec![
            Rule { depth: 1, effect: RuleEffect::Permit, criteria: purposes(&["TREAT"]) },
            Rule {
                depth: 2,
                effect: RuleEffect::Deny,
                criteria: Criteria { labels: labels()[2..3].to_vec(), ..purposes(&[]) },
            },
            Rule {
                depth: 3,
                effect: RuleEffect::Permit,
                criteria: Criteria {
                    actors: actors()[..1].to_vec(),
                    labels: labels()[2..3].to_vec(),
                    ..purposes(&["ETREAT"])
                },
            },
        ],
        obligations: Vec::new(),
        uses: None,
    };
    let about = About { id: Some("c1".into()), date_time: Some(Timestamp(NOON)), ..ABOUT };
    let written: Value = serde_json::from_slice(&export(&terms, &about).unwrap()).unwrap();
    assert!(!written.to_string().contains("modifierExtension"), "{written}");
    assert_eq!(written["provision"]["type"], "deny");
    assert_eq!(written["provision"]["period"], json!({"end": "2024-06-01T11:59:59.999Z"}));
    assert_eq!((&written["id"], &written["dateTime"]), (&json!("c1"), &json!("2024-06-01T12:00:00.000Z")));
    let innermost = &written["provision"]["provision"][0]["provision"][0]["provision"][0];
    assert_eq!(innermost["actor"][0]["reference"]["type"], "Practitioner");
    let a_millisecond_more =
        Terms { period: Period { from: Timestamp(0), until: Timestamp(NOON + 1) }, ..terms.clone() };
    let bytes = export(&a_millisecond_more, &about).unwrap();
    let more: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(more["provision"]["period"], json!({"end": "2024-06-01T12:00:00.000999Z"}));
    assert_eq!(back(&bytes).terms().unwrap(), a_millisecond_more);
    // An exception for any purpose would inherit the permit's: only a reader who knows may read it.
    terms.rules[2].criteria.purposes.clear();
    let written: Value = serde_json::from_slice(&export(&terms, &about).unwrap()).unwrap();
    let innermost = &written["provision"]["provision"][0]["provision"][0]["provision"][0];
    assert_eq!(innermost["modifierExtension"], json!([{"url": WHOLE, "valueBoolean": true}]));
    terms.rules.clear();
    terms.directive = false;
    let written: Value = serde_json::from_slice(&export(&terms, &about).unwrap()).unwrap();
    assert_eq!(
        (&written["policyRule"]["coding"][0]["code"], &written["provision"]["type"]),
        (&json!("OPTOUT"), &Value::Null)
    );
    terms.period = Period { from: Timestamp(0), until: Timestamp(LAST) };
    let bytes = export(&terms, &about).unwrap();
    assert!(serde_json::from_slice::<Value>(&bytes).unwrap().get("provision").is_none());
    assert_eq!(back(&bytes).terms().unwrap(), terms);
}

#[test]
fn what_reads_back_as_something_else_is_not_written() {
    let plain = || Terms {
        period: Period { from: Timestamp(0), until: Timestamp(NOON) },
        directive: false,
        effect: RuleEffect::Permit,
        criteria: Criteria::default(),
        rules: Vec::new(),
        obligations: Vec::new(),
        uses: None,
    };
    let refused = |change: &dyn Fn(&mut Terms)| {
        let mut terms = plain();
        change(&mut terms);
        let error = export(&terms, &ABOUT).unwrap_err();
        error.rule().to_string()
    };
    let name = |name: &str| vec![name.to_string()];
    // An end past FHIR's years would be read as the last moment of them.
    for until in [LAST + 1, 1 << 60, u64::MAX] {
        assert!(["FHR-060", "FHR-061"].contains(&&*refused(&|terms| terms.period.until = Timestamp(until))));
    }
    assert_eq!(
        refused(&|terms| terms.criteria.data_period = Some(Interval { start: None, end: None })),
        "FHR-060"
    );
    for bad in ["#contained", "", " ", "did:x/_history/"] {
        let found = back_or(&{
            let mut terms = plain();
            terms.criteria.records = name(bad);
            terms
        });
        assert!(matches!(found.as_deref(), None | Some("FHR-060")), "{bad:?}: {found:?}");
    }
    assert_eq!(refused(&|terms| terms.criteria.records = name("#contained")), "FHR-060");
    assert_eq!(refused(&|terms| terms.criteria.authors = name("")), "FHR-060");
    let role = |code: &str| vec![Actor::Role { role: Coding::new("a", code) }];
    assert_eq!(refused(&|terms| terms.criteria.actors = role("b|c")), "FHR-060");
    assert_eq!(refused(&|terms| terms.uses = Some(0)), "FHR-061");
}

/// The rule that refuses, or nothing where the terms read back as they were.
fn back_or(terms: &Terms) -> Option<String> {
    match export(terms, &ABOUT) {
        Ok(bytes) => {
            assert_eq!(back(&bytes).terms().unwrap(), *terms);
            None
        }
        Err(error) => Some(error.rule().to_string()),
    }
}

/// Consents of every shape, as others write them, over what they become.
#[test]
fn consents_keep_every_decision_through_terms_and_back() {
    let mut random = Random(8);
    let (mut kept, mut permitted) = (0, 0);
    for _ in 0..400 {
        let consent = super::hostile::any_consent(&mut random);
        let Ok(reading) = read(consent.to_string().as_bytes(), &Options::literally(Some(0))) else {
            continue;
        };
        let Ok(terms) =
            reading.terms().or_else(|_| reading.terms_at(Some("Organization/o"), Timestamp(NOON)))
        else {
            continue;
        };
        let again = back(&export(&terms, &ABOUT).unwrap()).terms().unwrap();
        assert_eq!(again, terms, "{consent}");
        kept += 1;
        for _ in 0..25 {
            let mut request = request(&mut random);
            request.roles =
                random.some(&["Practitioner/a", "Organization/o", "Group/g"].map(Literally::role), 2);
            let decision = decide(&terms, &request, Timestamp(NOON));
            assert_eq!(decide(&again, &request, Timestamp(NOON)), decision);
            permitted += usize::from(decision.effect == medledger_core::consent::Effect::Permit);
        }
    }
    assert!(kept > 200 && permitted > 100, "{kept} {permitted}");
}
