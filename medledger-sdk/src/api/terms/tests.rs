use alloc::vec;

use super::*;
use medledger_core::hash::Did;
use medledger_core::identity::did_to_text;

fn did(n: u8) -> String {
    did_to_text(&Did([n; 32]))
}

fn permit(to: &str) -> Terms {
    Terms {
        period: Period { from: Time(1_000), until: Time(2_000) },
        effect: Effect::Permit,
        criteria: Criteria {
            actors: vec![Actor { identity: Some(to.into()), ..Actor::default() }],
            purposes: vec!["TREAT".into(), "HRESCH".into(), "TREAT".into()],
            ..Criteria::default()
        },
        rules: vec![Rule {
            depth: Count(1),
            effect: Effect::Deny,
            criteria: Criteria { types: vec!["Observation".into()], ..Criteria::default() },
        }],
        directive: false,
        obligations: vec![],
        uses: None,
    }
}

fn asks(who: &str, of_type: &str) -> Request {
    Request {
        requester: who.into(),
        organisation: None,
        roles: vec![],
        action: "access".into(),
        purpose: "TREAT".into(),
        reach: Reach { types: Some(vec![of_type.into()]), ..Reach::default() },
    }
}

#[test]
fn terms_come_back_from_their_bytes_and_lists_need_no_order() {
    let terms = permit(&did(1));
    let bytes = terms_to_bytes(&terms).unwrap();
    let back = terms_from_bytes(&bytes).unwrap();
    assert_eq!(back.criteria.purposes, ["HRESCH", "TREAT"]);
    assert_eq!(terms_to_bytes(&back).unwrap(), bytes);
    assert_eq!(terms_from_bytes(&bytes[..9]).unwrap_err().kind.as_str(), "malformed");
    check_terms(&terms).unwrap();
}

#[test]
fn decisions_carry_effect_reason_and_path() {
    let terms = permit(&did(1));
    let decided = |who: &str, of_type: &str, at| {
        let Decision { effect, reason, path, .. } = decide(&terms, &asks(who, of_type), Time(at)).unwrap();
        (effect.as_str(), reason.as_str(), path)
    };
    let doctor = did(1);
    assert_eq!(decided(&doctor, "Condition", 1_000), ("permit", "permit-base", vec![]));
    assert_eq!(decided(&doctor, "Observation", 1_999), ("deny", "deny-rule", vec![Count(0)]));
    assert_eq!(decided(&did(2), "Condition", 1_000), ("not-applicable", "no-match", vec![]));
    assert_eq!(decided(&doctor, "Condition", 2_000), ("not-applicable", "expired", vec![]));
    assert_eq!(decided(&doctor, "Condition", 999), ("not-applicable", "not-yet", vec![]));
    let both = [asks(&doctor, "Condition"), asks(&doctor, "Observation")];
    let effects: Vec<_> =
        decide_each(&terms, &both, Time(1_000)).unwrap().iter().map(|of| of.effect.as_str()).collect();
    assert_eq!(effects, ["permit", "deny"]);
}

#[test]
fn all_consents_answer_by_the_basis() {
    let (doctor, id) = (did(1), "0a".repeat(32));
    let named = [NamedTerms { consent: id.clone(), terms: permit(&doctor) }];
    let answer = decide_by_consent(&named, &id, &asks(&doctor, "Condition"), Time(1_000)).unwrap();
    assert_eq!((answer.effect, answer.consent.as_deref()), (Effect::Permit, Some(id.as_str())));
    let other = "0b".repeat(32);
    let answer = decide_by_consent(&named, &other, &asks(&doctor, "Condition"), Time(1_000)).unwrap();
    assert_eq!((answer.effect, answer.reason.as_str()), (Effect::Deny, "not-active"));
    let ground = |overrides_deny| {
        let request = asks(&doctor, "Observation");
        decide_by_ground(&named, &Ground { overrides_deny }, &request, Time(1_000)).unwrap().reason.as_str()
    };
    assert_eq!((ground(false), ground(true)), ("deny-rule", "legal-ground-overrides"));
}

#[test]
fn what_is_not_known_does_not_help_a_permit_and_a_set_is_covered_whole() {
    let mut terms = permit(&did(1));
    terms.rules.clear();
    terms.criteria.types = vec!["Condition".into()];
    let decided = |reach: Reach| {
        let request = Request { reach, ..asks(&did(1), "Condition") };
        decide(&terms, &request, Time(1_000)).unwrap().effect.as_str()
    };
    let of = |types: &[&str], set| Reach {
        set,
        types: Some(types.iter().map(ToString::to_string).collect()),
        ..Reach::default()
    };
    assert_eq!(decided(of(&["Condition"], false)), "permit");
    assert_eq!(decided(of(&["Condition"], true)), "permit");
    assert_eq!(decided(of(&["Condition", "Observation"], true)), "not-applicable");
    assert_eq!(decided(Reach::default()), "not-applicable");
}

#[test]
fn what_can_not_be_is_named() {
    let code = |change: fn(&mut Terms)| {
        let mut terms = permit(&did(1));
        change(&mut terms);
        check_terms(&terms).unwrap_err().code.clone()
    };
    assert_eq!(code(|terms| terms.period.until = Time(1_000)), "CON-001");
    assert_eq!(code(|terms| terms.rules[0].depth = Count(2)), "CON-003");
    assert_eq!(code(|terms| terms.criteria.purposes.push("NOPE".into())), "CON-004");
    assert_eq!(code(|terms| terms.criteria.records.push("Observation/1".into())), "CON-007");
    assert_eq!(code(|terms| terms.criteria.actors.push(Actor::default())), "API-001");
    assert_eq!(code(|terms| terms.criteria.actors[0].identity = Some("me".into())), "API-002");
    let request = asks("nobody", "Condition");
    assert_eq!(decide(&permit(&did(1)), &request, Time(0)).unwrap_err().fields[0].value, "request.requester");
    assert_eq!(consent_id("x").unwrap_err().code, "API-002");
}
