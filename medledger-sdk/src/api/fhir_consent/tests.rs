use alloc::string::ToString;
use alloc::vec;

use serde_json::{Value, json};

use super::*;
use crate::api::ledger::tests::{HOUR, NOW, World};
use crate::api::{Count, Period, decide};

const NOON: u64 = 1_717_243_200_000; // 2024-06-01T12:00:00Z

fn coded(system: &str, code: &str) -> Value {
    json!({"system": alloc::format!("http://terminology.hl7.org/CodeSystem/{system}"), "code": code})
}

fn actor(reference: Value) -> Value {
    json!({"role": {"coding": [coded("v3-ParticipationType", "PRCP")]}, "reference": reference})
}

fn consent(provision: Value) -> Vec<u8> {
    let consent = json!({"resourceType": "Consent", "status": "active", "provision": provision});
    consent.to_string().into_bytes()
}

fn question(actor: &str) -> ConsentQuestion {
    ConsentQuestion {
        at: Moment(NOON.cast_signed()),
        purpose: "TREAT".to_string(),
        action: "access".to_string(),
        resource_type: "Observation".to_string(),
        actors: vec![actor.to_string()],
        roles: vec![],
        codes: None,
        labels: None,
        record: None,
        authors: None,
        related: None,
        data_period: None,
        custodian: None,
        zone: None,
    }
}

#[test]
fn a_consent_is_read_as_terms_that_it_is_written_from_again() {
    let world = World::new();
    let hospital = world.hospital.did();
    let options = ConsentOptions {
        zone: Some("+01:00".to_string()),
        actors: vec![ReferenceActor {
            reference: "Organization/norwick".to_string(),
            actor: Actor { organisation: Some(hospital.clone()), ..Actor::default() },
        }],
    };
    let text = consent(json!({
        "type": "permit",
        "period": {"start": "2024-01-01", "end": "2024-12-31"},
        "actor": [actor(json!({"reference": "Organization/norwick"}))],
        "purpose": [coded("v3-ActReason", "TREAT")],
        "provision": [{"type": "deny", "securityLabel": [coded("v3-Confidentiality", "R")]}],
    }));
    let read = read_consent(&text, &options).unwrap();
    assert!(read.unmatched.is_empty());
    let terms = &read.terms;
    assert_eq!((terms.effect, terms.rules.len()), (Effect::Permit, 1));
    assert_eq!(terms.period.from, Time(1_704_063_600_000), "midnight of 1 January in UTC+1");
    assert_eq!(terms.criteria.actors[0].organisation.as_ref(), Some(&hospital));

    let about = ConsentAbout {
        status: FhirConsentStatus::Active,
        id: Some("c1".to_string()),
        patient: Some(world.patient.did()),
        date_time: Some(NOW),
    };
    let written = write_consent(terms, &about).unwrap();
    let back: Value = serde_json::from_slice(&written).unwrap();
    assert_eq!((&back["id"], &back["status"]), (&json!("c1"), &json!("active")));
    assert_eq!(&read_consent(&written, &ConsentOptions::default()).unwrap().terms, terms);
    let ended = ConsentAbout { status: FhirConsentStatus::Inactive, ..about };
    let written = write_consent(terms, &ended).unwrap();
    let refused = read_consent(&written, &ConsentOptions::default()).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.kind.as_str()), ("FHR-062", "fhir"));
    let nobody = ConsentAbout { patient: Some("nobody".to_string()), ..ended };
    assert_eq!(write_consent(terms, &nobody).unwrap_err().code, "API-002");
}

#[test]
fn what_a_permit_names_and_nobody_knows_is_told() {
    let world = World::new();
    let did = json!({"identifier": {"value": world.hospital.did()}, "type": "Organization"});
    let actors = [actor(did), actor(json!({"reference": "Group/x"}))];
    let text = consent(json!({"type": "permit", "actor": actors}));
    let options = ConsentOptions::default();
    for read in [read_consent(&text, &options), read_consent_at(&text, &options, NOW, None)] {
        let read = read.unwrap();
        assert_eq!((read.unmatched.len(), read.terms.criteria.actors.len()), (1, 1));
        assert!(read.unmatched[0].starts_with("Consent.provision.actor[1]"), "{:?}", read.unmatched);
    }
}

#[test]
fn terms_of_the_ledger_are_written_and_read() {
    let world = World::new();
    let about = ConsentAbout { status: FhirConsentStatus::Active, id: None, patient: None, date_time: None };
    let terms = Terms { uses: Some(Count(3)), obligations: vec!["ENCRYPT".to_string()], ..world.terms() };
    let written = write_consent(&terms, &about).unwrap();
    assert_eq!(read_consent(&written, &ConsentOptions::default()).unwrap().terms, terms);
    let never = Terms { period: Period { from: NOW, until: NOW }, ..terms.clone() };
    assert_eq!(write_consent(&never, &about).unwrap_err().kind.as_str(), "refused");
    let far = Terms { period: Period { from: NOW, until: Time(u64::MAX - 1) }, ..terms };
    assert_eq!(write_consent(&far, &about).unwrap_err().code, "FHR-060");
}

/// In every language: a `datetime` and a `Date` end before 2⁶⁴ milliseconds do, and would be written as another time.
#[test]
fn what_has_no_end_ends_where_the_times_of_every_language_do() {
    const LAST: u64 = 253_402_300_799_999;
    let options = ConsentOptions::default();
    for period in [
        json!({"start": "2024-01-01T00:00:00Z"}),
        json!({"start": "2024-01-01T00:00:00Z", "end": "9999-12-31T23:59:59-12:00"}),
    ] {
        let text = consent(json!({"type": "permit", "period": period}));
        let period = read_consent(&text, &options).unwrap().terms.period;
        assert_eq!((period.from, period.until), (Time(1_704_067_200_000), Time(LAST)));
        assert_eq!(read_consent_at(&text, &options, Time(NOON), None).unwrap().terms.period, period);
    }
}

#[test]
fn what_holds_at_times_of_its_own_is_read_at_a_time() {
    let text = consent(json!({
        "type": "deny",
        "provision": [
            {"type": "permit", "period": {"start": "2024-01-01T00:00:00Z", "end": "2025-01-01T00:00:00Z"}},
            {"type": "permit", "actor": [{"role": {"coding": [coded("v3-ParticipationType", "CST")]},
                "reference": {"reference": "Organization/norwick"}}]},
        ],
    }));
    let options = ConsentOptions::default();
    assert_eq!(read_consent(&text, &options).unwrap_err().code, "FHR-057");
    let rules = |at: u64, custodian: Option<&str>| {
        read_consent_at(&text, &options, Time(at), custodian).unwrap().terms.rules.len()
    };
    assert_eq!((rules(NOON, None), rules(0, None)), (1, 0));
    assert_eq!(rules(NOON, Some("Organization/norwick")), 2);
    assert_eq!(rules(u64::MAX, None), 0);
}

#[test]
fn what_can_not_be_read_faithfully_is_refused() {
    let code = |text: &[u8], options: &ConsentOptions| {
        let errors = [
            read_consent(text, options).unwrap_err().code.clone(),
            read_consent_at(text, options, NOW, None).unwrap_err().code.clone(),
        ];
        assert_eq!(errors[0], errors[1]);
        errors[0].clone()
    };
    let plain = ConsentOptions::default();
    assert_eq!(code(b"", &plain), "FHR-002");
    assert_eq!(code(b"{}", &plain), "FHR-040");
    assert_eq!(code(&consent(json!({"type": "maybe"})), &plain), "FHR-046");
    let unresolved = json!({"type": "permit", "provision": [
        {"type": "deny", "actor": [actor(json!({"reference": "Practitioner/chen"}))]}]});
    assert_eq!(code(&consent(unresolved), &plain), "FHR-050");
    let permit = consent(json!({"type": "permit"}));
    let wrong = ConsentOptions { zone: Some("CET".to_string()), ..plain.clone() };
    assert_eq!(code(&permit, &wrong), "API-002");
    let named = |actor: Actor| ConsentOptions {
        actors: vec![ReferenceActor { reference: "Group/x".to_string(), actor }],
        ..plain.clone()
    };
    assert_eq!(code(&permit, &named(Actor::default())), "API-001");
    let nobody = Actor { identity: Some("x".to_string()), ..Actor::default() };
    assert_eq!(code(&permit, &named(nobody)), "API-002");
    assert_eq!(check_consent(b"[]", &question("a")).unwrap_err().code, "FHR-018");
}

#[test]
fn a_consent_answers_literally() {
    let text = consent(json!({
        "type": "permit",
        "actor": [actor(json!({"reference": "Practitioner/chen"}))],
        "purpose": [coded("v3-ActReason", "TREAT")],
        "provision": [{"type": "deny", "securityLabel": [coded("v3-Confidentiality", "R")]}],
    }));
    let ask = |question: &ConsentQuestion| {
        let answer = check_consent(&text, question).unwrap();
        (answer.effect.as_str(), answer.reason.as_str(), answer.path.len())
    };
    let chen = question("Practitioner/chen");
    assert_eq!(ask(&chen), ("deny", "deny-rule", 2), "labels are not known");
    let free = ConsentQuestion { labels: Some(vec![]), ..chen.clone() };
    assert_eq!(ask(&free), ("permit", "permit-base", 1));
    let restricted = Coding {
        system: Some("http://terminology.hl7.org/CodeSystem/v3-Confidentiality".to_string()),
        code: "R".to_string(),
    };
    let labelled = ConsentQuestion { labels: Some(vec![restricted]), ..chen.clone() };
    assert_eq!(ask(&labelled), ("deny", "deny-rule", 2));
    assert_eq!(ask(&question("Practitioner/other")).1, "no-match");
    let research = ConsentQuestion { purpose: "HRESCH".to_string(), ..free.clone() };
    assert_eq!(ask(&research).1, "no-match");
    let zone = ConsentQuestion { zone: Some("1".to_string()), ..free.clone() };
    assert_eq!(check_consent(&text, &zone).unwrap_err().code, "API-002");
    for at in [i64::MIN, i64::MAX] {
        assert_eq!(ask(&ConsentQuestion { at: Moment(at), ..free.clone() }).0, "permit");
    }
    let ended = String::from_utf8(text.clone()).unwrap().replace("\"active\"", "\"inactive\"");
    let answer = check_consent(ended.as_bytes(), &free).unwrap();
    assert_eq!((answer.reason, answer.path), (AnswerReason::NotActive, vec!["Consent.status".to_string()]));
}

#[test]
fn what_is_read_decides_as_it_says() {
    let world = World::new();
    let did = json!({"identifier": {"value": world.hospital.did()}, "type": "Organization"});
    let text = consent(json!({"type": "permit", "actor": [actor(did)]}));
    let terms = read_consent(&text, &ConsentOptions::default()).unwrap().terms;
    let request = crate::api::Request {
        requester: world.patient.did(),
        organisation: Some(world.hospital.did()),
        roles: vec![],
        action: "access".to_string(),
        purpose: "TREAT".to_string(),
        reach: crate::api::Reach::default(),
    };
    let at = Time(NOW.0 + HOUR);
    assert_eq!(decide(&terms, &request, at).unwrap().effect.as_str(), "permit");
    let other = crate::api::Request { organisation: None, ..request };
    assert_eq!(decide(&terms, &other, at).unwrap().effect.as_str(), "not-applicable");
}
