//! Hostile input: no panic, and no damage that turns a refusal into a permit.

use proptest::prelude::*;

use super::written::Random;
use super::*;

fn one_of(random: &mut Random, list: &[Value]) -> Value {
    random.pick(list).clone()
}

fn any_provision(random: &mut Random, depth: usize) -> Value {
    let mut provision = json!({"type": random.pick(&["permit", "deny"])});
    let mut maybe = |name: &str, rarely: usize, values: &[Value]| {
        if random.below(rarely) == 0 {
            let first = one_of(random, values);
            let mut list = vec![first];
            if random.below(3) == 0 {
                list.push(one_of(random, values));
            }
            provision[name] = Value::Array(list);
        }
    };
    maybe(
        "actor",
        3,
        &[
            actor("PRCP", "Organization/o"),
            actor("IRCP", "Practitioner/a"),
            actor("IRCP", "Group/g"),
            actor("CST", "Organization/o"),
        ],
    );
    maybe("action", 6, &[concept("consentaction", "access"), concept("consentaction", "disclose")]);
    maybe("purpose", 3, &["TREAT", "ETREAT", "BTG", "HRESCH", "HMARKT"].map(purpose));
    maybe(
        "securityLabel",
        4,
        &[of("v3-Confidentiality", "N"), of("v3-Confidentiality", "R"), of("v3-ActCode", "HIV")],
    );
    let class = |code: &str| json!({"system": "http://hl7.org/fhir/resource-types", "code": code});
    maybe("class", 5, &[class("Observation"), class("Condition")]);
    maybe(
        "code",
        6,
        &[
            json!({"coding": [{"system": "http://loinc.org", "code": "1"}]}),
            json!({"coding": [{"system": "http://snomed.info/sct", "code": "2"}], "text": "two"}),
        ],
    );
    let data = |meaning: &str| json!({"meaning": meaning, "reference": {"reference": "Encounter/e"}});
    maybe("data", 6, &["instance", "related", "dependents", "authoredby"].map(data));
    if random.below(6) == 0 {
        provision["dataPeriod"] = json!({"start": "1906-08-15", "end": "1906-08-17"});
    }
    if random.below(6) == 0 {
        provision["period"] = json!({"start": "2024-05-30", "end": "2024-06-03"});
    }
    if depth < 3 && random.below(2) == 0 {
        let below: Vec<Value> = (0..=random.below(2)).map(|_| any_provision(random, depth + 1)).collect();
        provision["provision"] = Value::Array(below);
    }
    provision
}

/// A Consent as somebody might write it.
pub(super) fn any_consent(random: &mut Random) -> Value {
    let provision = any_provision(random, 0);
    let mut consent = match random.below(3) {
        0 => under("OPTIN", provision),
        1 => under("OPTOUT", provision),
        _ => consent(provision),
    };
    if random.below(4) == 0 && consent.get("policyRule").is_some() {
        consent["provision"].as_object_mut().unwrap().remove("type");
    }
    consent
}

/// Every place in a value, as steps from its root.
fn places(value: &Value, at: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    let mut go = |step: String, value: &Value| {
        at.push(step);
        found.push(at.clone());
        places(value, at, found);
        at.pop();
    };
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(at, item)| go(at.to_string(), item)),
        Value::Object(members) => members.iter().for_each(|(key, value)| go(key.clone(), value)),
        _ => {}
    }
}

/// Removes what stands at a place, or puts something else there.
fn damage(value: &mut Value, place: &[String], with: Option<&Value>) {
    let (last, above) = place.split_last().unwrap();
    let at = above.iter().fold(value, |value, step| match value {
        Value::Array(items) => &mut items[step.parse::<usize>().unwrap()],
        other => &mut other[step.as_str()],
    });
    match (at, with) {
        (Value::Array(items), Some(with)) => items[last.parse::<usize>().unwrap()] = with.clone(),
        (Value::Array(items), None) => drop(items.remove(last.parse().unwrap())),
        (Value::Object(members), Some(with)) => drop(members.insert(last.clone(), with.clone())),
        (Value::Object(members), None) => drop(members.remove(last)),
        _ => {}
    }
}

/// Whatever is damaged around it, what can't be read faithfully stays refused.
#[test]
fn damage_elsewhere_never_turns_a_refusal_into_a_permit() {
    let not = json!([{"url": "http://example.org/not", "valueBoolean": true}]);
    let mut random = Random(3);
    let mut count = 0;
    for round in 0..60 {
        let mut bad = any_consent(&mut random);
        let keep: Vec<String> = match round % 3 {
            0 => {
                bad["provision"]["modifierExtension"] = not.clone();
                texts(&["provision", "modifierExtension"])
            }
            1 => {
                bad["implicitRules"] = json!("http://example.org/rules");
                texts(&["implicitRules"])
            }
            _ => {
                bad["provision"]["provision"] = json!([{"type": "deny", "purpose": [purpose("FUN")]}]);
                texts(&["provision", "provision", "0", "purpose", "0", "code"])
            }
        };
        assert!(literally(&bad).is_err(), "{bad}");
        let mut found = Vec::new();
        places(&bad, &mut Vec::new(), &mut found);
        for place in found {
            // What leads to the fault, is part of it, or gives its rule an effect stays.
            let touches = keep.starts_with(&place) || place.starts_with(&keep);
            if touches || (place.len() == 4 && place[..3] == ["provision", "provision", "0"]) {
                continue;
            }
            for with in [None, Some(json!(null)), Some(json!({})), Some(json!("permit")), Some(json!([]))] {
                let mut damaged = bad.clone();
                damage(&mut damaged, &place, with.as_ref());
                count += 1;
                assert!(literally(&damaged).is_err(), "{place:?} {with:?} {damaged}");
            }
        }
    }
    assert!(count > 2_000, "{count}");
}

/// Without one of its denies, a Consent reads; with a damaged one it is refused, or denies.
#[test]
fn a_damaged_deny_is_never_dropped() {
    let deny = json!({"type": "deny", "actor": [actor("PRCP", "Organization/o")], "purpose": [purpose("TREAT")],
        "securityLabel": [of("v3-ActCode", "HIV")], "code": [{"coding": [{"system": "http://loinc.org", "code": "1"}]}],
        "data": [{"meaning": "instance", "reference": {"reference": "Encounter/e"}}],
        "dataPeriod": {"start": "2024-01-01", "end": "2024-12-31"}, "period": {"start": "2024-01-01"}});
    let whole = consent(json!({"type": "permit", "provision": [deny]}));
    let ask = Ask {
        codes: Some(vec![Coding::new("http://loinc.org", "1")]),
        labels: Some(vec![Coding::new(medledger_core::vocabulary::labels::ACT_CODE, "HIV")]),
        record: Some("Encounter/e"),
        date: Some("2024-06-01"),
        ..Ask::by("Organization/o")
    };
    assert!(!ask.permitted(&whole));
    let mut found = Vec::new();
    places(&whole["provision"]["provision"][0], &mut Vec::new(), &mut found);
    let mut count = 0;
    for place in found {
        for with in
            [None, Some(json!(null)), Some(json!({})), Some(json!("FUN")), Some(json!([])), Some(json!(1))]
        {
            let mut damaged = whole.clone();
            damage(&mut damaged["provision"]["provision"][0], &place, with.as_ref());
            // Text that is compared may become another text; what is a code, a shape or a type may not.
            let compared =
                ["reference", "code"].contains(&place.last().unwrap().as_str()) && with == Some(json!("FUN"));
            if let Ok(reading) = literally(&damaged)
                && !compared
            {
                count += 1;
                assert!(!ask.of(&reading).permitted, "{place:?} {with:?} {damaged}");
            }
        }
    }
    assert!(count > 5, "{count}");
}

fn texts(of: &[&str]) -> Vec<String> {
    of.iter().map(ToString::to_string).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn changed_bytes_never_panic(seed: u64, changes in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..6)) {
        let mut bytes = any_consent(&mut Random(seed)).to_string().into_bytes();
        for (at, byte) in changes {
            let at = usize::from(at) % bytes.len();
            bytes[at] = byte;
        }
        match read(&bytes, &Options::literally(None)) {
            Ok(reading) => drop(Ask::by("Practitioner/a").of(&reading)),
            Err(error) => prop_assert!(!error.to_string().is_empty() && error.element().is_some()),
        }
    }

    #[test]
    fn changed_structure_never_panics(seed: u64, picks in proptest::collection::vec((any::<u16>(), 0..8_usize), 1..4)) {
        let mut consent = any_consent(&mut Random(seed));
        for (at, kind) in picks {
            let mut found = Vec::new();
            places(&consent, &mut Vec::new(), &mut found);
            if found.is_empty() {
                break;
            }
            let place = found[usize::from(at) % found.len()].clone();
            let other = consent.clone();
            let with = [None, Some(json!(null)), Some(json!(true)), Some(json!(1.5)), Some(json!("deny")),
                Some(json!([])), Some(json!({})), Some(other)];
            damage(&mut consent, &place, with[kind].as_ref());
        }
        match literally(&consent) {
            Ok(reading) => drop(Ask::by("Practitioner/a").of(&reading)),
            Err(error) => prop_assert!(error.element().is_some()),
        }
    }
}
