//! Terms, and what they answer: the table of `spec/decisions.json`, cases at random from alphabets so small that rules match
//! often, and times at the edges of periods.

use std::collections::BTreeSet;

use medledger_core::codec::encode;
use medledger_core::consent::{
    Answer, Basis, CodeReach, Combined, CombinedReason, Criteria, Decision, Effect, NameReach, PeriodReach,
    Reach, Reason, Request, Rule, RuleEffect, Terms, combine, decide,
};
use medledger_core::error::Coded;
use medledger_core::hash::{ConsentId, Did};
use medledger_core::identity::did_to_text;
use medledger_core::limits::CONSENT_RULES;
use medledger_core::units::{Interval, Period, Timestamp};
use medledger_core::vocabulary::Coding;

use super::LATEST;
use super::Vector;
use super::json::{Fields, Json, bytes, list};

#[path = "../../../medledger-core/tests/consent/random.rs"]
mod random;
#[path = "../../../medledger-core/tests/consent/table.rs"]
mod table;

use random::Random;
use table::Table;

/// Random cases.
const RANDOM: u64 = 60;

fn coding(coding: &Coding) -> Json {
    known(vec![("system", coding.system.clone().into()), ("code", coding.code.as_str().into())])
}

pub(super) fn codings(list: &[Coding]) -> Json {
    super::json::list(list.iter().map(coding))
}

pub(super) fn texts(list: &[String]) -> Json {
    super::json::list(list.iter().map(String::as_str))
}

/// An interval as vectors have it.
pub fn interval(interval: &Interval) -> Json {
    Json::Object(vec![("start", interval.start.into()), ("end", interval.end.into())])
}

/// Whether what a reach says of lists is that it has just them or that it is within them; `None` for a mixture, which the
/// interface does not express.
fn is_set(reach: &Reach) -> Option<bool> {
    let names = [&reach.types, &reach.records, &reach.authors, &reach.related].map(|reach| match reach {
        NameReach::Unknown => None,
        NameReach::Has { .. } => Some(false),
        NameReach::Within { .. } => Some(true),
    });
    let codes = [&reach.categories, &reach.codes].map(|reach| match reach {
        CodeReach::Unknown => None,
        CodeReach::Has { .. } => Some(false),
        CodeReach::Within { .. } => Some(true),
    });
    let said: BTreeSet<bool> = names.into_iter().chain(codes).flatten().collect();
    match said.len() {
        0 => Some(false),
        1 => said.first().copied(),
        _ => None,
    }
}

/// An object without the fields that are null.
pub(super) fn known(fields: Fields) -> Json {
    Json::Object(fields.into_iter().filter(|(_, value)| *value != Json::Null).collect())
}

/// A request as vectors have it; `None` where it can't be said.
fn request(request: &Request) -> Option<Json> {
    let names = |reach: &NameReach| match reach {
        NameReach::Unknown => Json::Null,
        NameReach::Has { values } | NameReach::Within { values } => texts(values),
    };
    let codes = |reach: &CodeReach| match reach {
        CodeReach::Unknown => Json::Null,
        CodeReach::Has { values } | CodeReach::Within { values } => codings(values),
    };
    let reach = &request.reach;
    let period = match &reach.period {
        PeriodReach::Unknown => Json::Null,
        PeriodReach::Within { interval: of } => interval(of),
    };
    let reach = known(vec![
        ("set", is_set(reach)?.into()),
        ("types", names(&reach.types)),
        ("categories", codes(&reach.categories)),
        ("codes", codes(&reach.codes)),
        ("labels", reach.labels.as_deref().map(codings).into()),
        ("records", names(&reach.records)),
        ("authors", names(&reach.authors)),
        ("related", names(&reach.related)),
        ("period", period),
    ]);
    Some(known(vec![
        ("requester", did_to_text(&request.requester).into()),
        ("organisation", request.organisation.as_ref().map(did_to_text).into()),
        ("roles", codings(&request.roles)),
        ("action", request.action.as_str().into()),
        ("purpose", request.purpose.as_str().into()),
        ("reach", reach),
    ]))
}

const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::PermitRule => "permit-rule",
        Reason::PermitBase => "permit-base",
        Reason::DenyRule => "deny-rule",
        Reason::DenyDirective => "deny-directive",
        Reason::NotYet => "not-yet",
        Reason::Expired => "expired",
        Reason::NoMatch => "no-match",
        Reason::OnlyTheBase => "only-the-base",
    }
}

fn decision(decision: &Decision) -> Fields {
    let effect = match decision.effect {
        Effect::Permit => "permit",
        Effect::Deny => "deny",
        Effect::NotApplicable => "not-applicable",
    };
    vec![
        ("effect", effect.into()),
        ("reason", reason(decision.reason).into()),
        ("path", list(decision.path.iter().copied())),
        ("obligations", texts(&decision.obligations)),
    ]
}

fn combined(combined: &Combined) -> Fields {
    let reason = match combined.reason {
        CombinedReason::Permitted(why) | CombinedReason::Denied(why) | CombinedReason::NotPermitted(why) => {
            reason(why)
        }
        CombinedReason::Grounded => "legal-ground",
        CombinedReason::GroundOverrides(_) => "legal-ground-overrides",
        CombinedReason::NotActive => "not-active",
    };
    vec![
        ("effect", if combined.permitted { "permit" } else { "deny" }.into()),
        ("reason", reason.into()),
        ("consent", combined.consent.as_ref().map(ToString::to_string).into()),
        ("path", list(combined.path.iter().copied())),
        ("obligations", texts(&combined.obligations)),
    ]
}

fn case(name: String, of: &str, terms: &Terms, asked: &Request, time: Timestamp) -> Option<Vector> {
    let input =
        vec![("terms", bytes(&encode(terms).unwrap())), ("request", request(asked)?), ("at", time.0.into())];
    Some(Vector::valid("decide", name, of, input).gives(decision(&decide(terms, asked, time))))
}

fn together(
    name: String,
    of: &str,
    consents: &[(ConsentId, Terms)],
    basis: Basis,
    asked: &Request,
    time: Timestamp,
) -> Option<Vector> {
    let answers: Vec<Answer> = consents
        .iter()
        .map(|(consent, terms)| Answer { consent: *consent, decision: decide(terms, asked, time) })
        .collect();
    let named = |(consent, terms): &(ConsentId, Terms)| {
        Json::Object(vec![("consent", consent.to_string().into()), ("terms", bytes(&encode(terms).unwrap()))])
    };
    let (by, ground) = match basis {
        Basis::Consent(consent) => (Json::from(consent.to_string()), Json::Null),
        Basis::LegalGround { overrides_deny } => (Json::Null, overrides_deny.into()),
    };
    let input = vec![
        ("consents", list(consents.iter().map(named))),
        ("basis", by),
        ("overrides_deny", ground),
        ("request", request(asked)?),
        ("at", time.0.into()),
    ];
    Some(Vector::valid("decide-all", name, of, input).gives(combined(&combine(basis, &answers))))
}

pub(super) fn vectors() -> Vec<Vector> {
    let mut made = terms();
    let table = Table::read();
    assert_eq!(table.decisions.len(), table.count, "the table's own count");
    for row in &table.decisions {
        let (asked, time) = table.request(row);
        // Times that not every language has are no vectors.
        let sayable = time.0 <= LATEST;
        let rows = table.consents(row);
        let consents: Vec<(ConsentId, Terms)> =
            rows.iter().map(|(id, terms, _)| (*id, terms.clone())).collect();
        let mut answers = Vec::new();
        for (number, (consent, terms, expect)) in rows.iter().enumerate() {
            let decision = decide(terms, &asked, time);
            // The table was written from the design's words, before any code: it says what is right.
            let told = (format!("{:?}", decision.effect), format!("{:?}", decision.reason));
            assert_eq!(
                (&told.0, &told.1, &decision.path),
                (&expect.effect, &expect.reason, &expect.path),
                "{}",
                row.id
            );
            assert_eq!(decision.obligations, expect.obligations, "{}", row.id);
            let name = if rows.len() > 1 { format!("{} consent {number}", row.id) } else { row.id.clone() };
            if sayable {
                made.extend(case(name, &row.words, terms, &asked, time));
            }
            answers.push(Answer { consent: *consent, decision });
        }
        if let Some(expect) = &row.combined {
            let combined = combine(Table::basis(row), &answers);
            let told = (combined.permitted, format!("{:?}", combined.reason), &combined.obligations);
            assert_eq!(told, (expect.permitted, expect.reason.text(), &expect.obligations), "{}", row.id);
            if sayable {
                let basis = Table::basis(row);
                made.extend(together(row.id.clone(), &row.words, &consents, basis, &asked, time));
            }
        }
    }
    for seed in 0..RANDOM {
        let mut random = Random(seed);
        let terms = random.terms();
        let asked = said(random.request(), seed % 2 == 1);
        let time = random.time(&terms);
        made.extend(case(format!("seed {seed}"), "at random", &terms, &asked, time));
    }
    for seed in 1_000..1_040_u64 {
        let mut random = Random(seed);
        let asked = said(random.request(), seed % 2 == 1);
        let count = random.below(4) as u8;
        let consents: Vec<(ConsentId, Terms)> =
            (0..count).map(|n| (ConsentId([n; 32]), random.terms())).collect();
        let time = consents.first().map_or(Timestamp(1_500), |(_, terms)| random.time(terms));
        let basis = match random.below(6) {
            4 => Basis::LegalGround { overrides_deny: false },
            5 => Basis::LegalGround { overrides_deny: true },
            n => Basis::Consent(ConsentId([n as u8; 32])),
        };
        made.extend(together(format!("seed {seed}"), "at random", &consents, basis, &asked, time));
    }
    made.extend(edges());
    made
}

/// A request whose lists all say the same: that they are just these, or within these.
fn said(mut request: Request, set: bool) -> Request {
    let names = |reach: &mut NameReach| {
        if let NameReach::Has { values } | NameReach::Within { values } = reach {
            let values = std::mem::take(values);
            *reach = if set { NameReach::Within { values } } else { NameReach::Has { values } };
        }
    };
    let codes = |reach: &mut CodeReach| {
        if let CodeReach::Has { values } | CodeReach::Within { values } = reach {
            let values = std::mem::take(values);
            *reach = if set { CodeReach::Within { values } } else { CodeReach::Has { values } };
        }
    };
    let Reach { types, categories, codes: of, records, authors, related, .. } = &mut request.reach;
    [types, records, authors, related].into_iter().for_each(names);
    [categories, of].into_iter().for_each(codes);
    request
}

fn base() -> (Terms, Request) {
    let terms = Terms {
        period: Period { from: Timestamp(1_000), until: Timestamp(2_000) },
        directive: false,
        effect: RuleEffect::Permit,
        criteria: Criteria::default(),
        rules: Vec::new(),
        obligations: Vec::new(),
        uses: None,
    };
    let asked = Request {
        requester: Did([1; 32]),
        organisation: None,
        roles: Vec::new(),
        action: "access".into(),
        purpose: "TREAT".into(),
        reach: Reach {
            types: NameReach::Unknown,
            categories: CodeReach::Unknown,
            codes: CodeReach::Unknown,
            labels: None,
            records: NameReach::Unknown,
            authors: NameReach::Unknown,
            related: NameReach::Unknown,
            period: PeriodReach::Unknown,
        },
    };
    (terms, asked)
}

/// Each edge of each period, and every pair of purposes that one might take to subsume the other.
fn edges() -> Vec<Vector> {
    let mut made = Vec::new();
    let (terms, asked) = base();
    for effect in [RuleEffect::Permit, RuleEffect::Deny] {
        for directive in [false, true] {
            for time in [0, 999, 1_000, 1_001, 1_999, 2_000, 2_001, LATEST] {
                let terms = Terms { effect, directive, ..terms.clone() };
                let name = format!("{effect:?}, directive {directive}, in 1000..2000 at {time}");
                made.extend(case(name, "an edge of the validity", &terms, &asked, Timestamp(time)));
            }
        }
    }
    let purposes = [
        "TREAT",
        "ETREAT",
        "ERTREAT",
        "BTG",
        "HRESCH",
        "CLINTRCH",
        "CLINTRCHPC",
        "CLINTRL",
        "HPAYMT",
        "PUBHLTH",
        "COC",
        "unheard of",
    ];
    for permitted in ["TREAT", "ETREAT", "BTG", "HRESCH", "CLINTRCH", "PurposeOfUse"] {
        for purpose in purposes {
            for effect in [RuleEffect::Permit, RuleEffect::Deny] {
                if effect == RuleEffect::Deny && !["TREAT", "BTG"].contains(&permitted) {
                    continue;
                }
                let criteria = Criteria { purposes: vec![permitted.into()], ..Criteria::default() };
                let rule = Rule { depth: 1, effect, criteria };
                let base = if effect == RuleEffect::Permit { RuleEffect::Deny } else { RuleEffect::Permit };
                let terms = Terms { effect: base, rules: vec![rule], ..terms.clone() };
                if terms.check().is_err() {
                    continue;
                }
                let asked = Request { purpose: purpose.into(), ..asked.clone() };
                let name = format!("{effect:?} {permitted}, asked for {purpose}");
                made.extend(case(
                    name,
                    "one purpose named, another asked for",
                    &terms,
                    &asked,
                    Timestamp(1_500),
                ));
            }
        }
    }
    let bounds = Interval { start: Some(-10), end: Some(10) };
    for (start, end) in [
        (Some(-10), Some(10)),
        (Some(-11), Some(10)),
        (Some(-10), Some(11)),
        (Some(-9), Some(9)),
        (Some(9), Some(12)),
        (Some(10), Some(12)),
        (Some(-12), Some(-10)),
        (Some(-12), Some(-9)),
        (None, Some(10)),
        (Some(-10), None),
        (None, None),
        (None, Some(-10)),
        (Some(10), None),
    ] {
        for effect in [RuleEffect::Permit, RuleEffect::Deny] {
            let criteria = Criteria { data_period: Some(bounds), ..Criteria::default() };
            let base = if effect == RuleEffect::Permit { RuleEffect::Deny } else { RuleEffect::Permit };
            let terms =
                Terms { effect: base, rules: vec![Rule { depth: 1, effect, criteria }], ..terms.clone() };
            let mut asked = asked.clone();
            asked.reach.period = PeriodReach::Within { interval: Interval { start, end } };
            let name = format!("{effect:?} of -10..10, asked for {start:?}..{end:?}");
            made.extend(case(name, "an edge of the data's own period", &terms, &asked, Timestamp(1_500)));
        }
    }
    made
}

/// Terms as bytes: sound ones, and each rule broken.
fn terms() -> Vec<Vector> {
    let (good, _) = base();
    let rule = |depth| Rule { depth, effect: RuleEffect::Deny, criteria: Criteria::default() };
    let coding = |code: &str| Coding::new("urn:a", code);
    let label = Coding::new("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R");
    let of = |what: &str, change: &dyn Fn(&mut Terms)| {
        let mut terms = good.clone();
        change(&mut terms);
        let input = vec![("bytes", bytes(&encode(&terms).unwrap()))];
        match terms.check() {
            Err(error) => {
                let cause = match &*error.rule().to_string() {
                    "CON-001" => "empty-period",
                    "CON-002" => "too-many-rules",
                    "CON-003" => "bad-depth",
                    "CON-004" => "unknown-purpose",
                    "CON-005" => "unknown-action",
                    "CON-006" => "bad-resource-type",
                    "CON-008" => "empty-data-period",
                    "CON-009" => "unknown-obligation",
                    "CON-010" => "no-uses",
                    _ => "not-a-set",
                };
                Vector::invalid("terms", cause, error.rule().to_string(), what, "sound terms, changed", input)
            }
            Ok(()) => {
                let open = terms.check_open().err().map(|error| error.rule().to_string());
                Vector::valid("terms", what, "sound terms, changed", input).gives(vec![("open", open.into())])
            }
        }
    };
    vec![
        of("the least", &|_| {}),
        of("a period of one millisecond", &|terms| terms.period.until = Timestamp(1_001)),
        of("a period of none", &|terms| terms.period.until = Timestamp(1_000)),
        of("a period that ends before it begins", &|terms| terms.period.until = Timestamp(999)),
        of("64 rules", &|terms| terms.rules = vec![rule(1); CONSENT_RULES as usize]),
        of("65 rules", &|terms| terms.rules = vec![rule(1); CONSENT_RULES as usize + 1]),
        of("rules four deep", &|terms| terms.rules = (1..=4).map(rule).collect()),
        of("rules five deep", &|terms| terms.rules = (1..=5).map(rule).collect()),
        of("a rule at depth 0", &|terms| terms.rules = vec![rule(0)]),
        of("the first rule at depth 2", &|terms| terms.rules = vec![rule(2)]),
        of("a rule two levels below the one before", &|terms| terms.rules = vec![rule(1), rule(3)]),
        of("back to the top", &|terms| terms.rules = vec![rule(1), rule(2), rule(3), rule(1)]),
        of("an unknown purpose", &|terms| terms.criteria.purposes = vec!["FUN".into()]),
        of("an unknown purpose in a rule", &|terms| {
            terms.rules = vec![rule(1)];
            terms.rules[0].criteria.purposes = vec!["treat".into()];
        }),
        of("an unknown action", &|terms| terms.criteria.actions = vec!["read".into()]),
        of("a resource type in lower case", &|terms| terms.criteria.types = vec!["observation".into()]),
        of("an empty resource type", &|terms| terms.criteria.types = vec![String::new()]),
        of("labels, which are for sealed terms", &|terms| terms.criteria.labels = vec![label.clone()]),
        of("a label among the categories", &|terms| terms.criteria.categories = vec![label.clone()]),
        of("codes", &|terms| terms.criteria.codes = vec![coding("x")]),
        of("records", &|terms| terms.criteria.records = vec!["Observation/1".into()]),
        of("authors", &|terms| terms.criteria.authors = vec!["Practitioner/1".into()]),
        of("related ones", &|terms| terms.criteria.related = vec!["Condition/1".into()]),
        of("codes in a rule", &|terms| {
            terms.rules = vec![rule(1)];
            terms.rules[0].criteria.codes = vec![coding("x")];
        }),
        of("a period of the data of none", &|terms| {
            terms.criteria.data_period = Some(Interval { start: Some(5), end: Some(5) });
        }),
        of("a period of the data of one millisecond", &|terms| {
            terms.criteria.data_period = Some(Interval { start: Some(5), end: Some(6) });
        }),
        of("a period of the data without ends", &|terms| {
            terms.criteria.data_period = Some(Interval { start: None, end: None });
        }),
        of("an unknown obligation", &|terms| terms.obligations = vec!["SING".into()]),
        of("obligations", &|terms| terms.obligations = vec!["DEID".into(), "MASK".into()]),
        of("obligations that descend", &|terms| terms.obligations = vec!["MASK".into(), "DEID".into()]),
        of("no uses", &|terms| terms.uses = Some(0)),
        of("one use", &|terms| terms.uses = Some(1)),
        of("actions that descend", &|terms| terms.criteria.actions = vec!["use".into(), "access".into()]),
        of("a purpose twice", &|terms| terms.criteria.purposes = vec!["TREAT".into(), "TREAT".into()]),
        of("types that descend", &|terms| {
            terms.criteria.types = vec!["Observation".into(), "Condition".into()]
        }),
        of("a category twice", &|terms| terms.criteria.categories = vec![coding("x"), coding("x")]),
    ]
}
