//! `consent check`, `consent grant --fhir` and `consent export`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

mod common;

use common::care::{Care, MINUTE, at};
use common::{done, folder, medledger, refused, write};
use serde_json::{Value, json};

const CHECK: [&str; 11] = [
    "consent",
    "check",
    "--fhir",
    "c.json",
    "--actor",
    "Practitioner/a",
    "--purpose",
    "TREAT",
    "--class",
    "Observation",
    "--at",
];
const NOW: &str = "2026-03-02T08:00:00+01:00";

fn of(system: &str, code: &str) -> Value {
    json!({"system": format!("http://terminology.hl7.org/CodeSystem/{system}"), "code": code})
}

fn consent(provision: Value) -> Value {
    json!({"resourceType": "Consent", "status": "active", "provision": provision})
}

fn nested() -> Value {
    consent(json!({"type": "permit", "purpose": [of("v3-ActReason", "TREAT")], "provision": [
        {"type": "deny", "securityLabel": [of("v3-Confidentiality", "R")]}]}))
}

#[test]
fn a_consent_is_checked_without_a_ledger() {
    let folder = folder();
    let of_label = |labels: &[&str]| {
        write(folder.path(), "c.json", nested().to_string());
        done(folder.path(), &[&CHECK[..], &[NOW], labels].concat())
    };
    let restricted = ["--label", "http://terminology.hl7.org/CodeSystem/v3-Confidentiality|R"];
    let deny = json!({"effect": "deny", "reason": "deny-rule",
        "path": ["Consent.provision", "Consent.provision.provision[0]"]});
    assert_eq!(of_label(&restricted), deny);
    // Not assessed is not known.
    assert_eq!(of_label(&[]), deny);
    let permit = json!({"effect": "permit", "reason": "permit-base", "path": ["Consent.provision"]});
    assert_eq!(of_label(&["--label", "none"]), permit);
    let ran = medledger(folder.path(), &[&CHECK[..], &[NOW], &restricted].concat());
    assert_eq!(ran.code, Some(0));
    assert_eq!(
        ran.out,
        "deny: a provision denies [deny-rule]\nConsent.provision\n└─ Consent.provision.provision[0]\n"
    );
    // Before 1970 no ledger has a time, but a Consent may.
    let before = done(folder.path(), &[&CHECK[..], &["1969-07-20T20:17:40Z", "--label", "none"]].concat());
    assert_eq!(before, permit);
}

#[test]
fn what_cannot_be_read_or_asked_is_told_by_its_element() {
    let folder = folder();
    let with = |consent: Value, more: &[&str]| {
        write(folder.path(), "c.json", consent.to_string());
        refused(folder.path(), 2, &[&CHECK[..], more].concat())
    };
    let at = |rule: &str, element: &str| (rule.to_owned(), Some(element.to_owned()));
    let mut bad = nested();
    bad["provision"]["provision"][0]["type"] = json!("forbid");
    assert_eq!(with(bad, &[NOW]), at("FHR-046", "Consent.provision.provision[0].type"));
    assert_eq!(with(json!({"resourceType": "Patient"}), &[NOW]), at("FHR-040", "Consent.resourceType"));
    assert_eq!(with(nested(), &["2026-03-02T08:00:00"]).0, "CLI-001");
    assert_eq!(with(nested(), &[NOW, "--label", "none", "--label", "a|b"]), at("CLI-001", "--label"));
    for more in [
        ["--label", "R"],
        ["--code", "8867-4"],
        ["--action", "destroy"],
        ["--zone", "CET"],
        ["--data-date", "2024-02-30"],
    ] {
        assert_eq!(with(nested(), &[&[NOW], &more[..]].concat()).0, "CLI-001", "{more:?}");
    }
    assert_eq!(refused(folder.path(), 2, &CHECK[..10]), at("CLI-001", "--at"));
    write(folder.path(), "c.json", " ".repeat(2 << 20));
    assert_eq!(refused(folder.path(), 2, &[&CHECK[..], &[NOW]].concat()).1.as_deref(), Some("c.json"));
    let absent = [
        "consent",
        "check",
        "--fhir",
        "absent.json",
        "--actor",
        "a",
        "--purpose",
        "TREAT",
        "--class",
        "List",
    ];
    assert_eq!(
        refused(folder.path(), 2, &[&absent[..], &["--at", NOW]].concat()).1.as_deref(),
        Some("absent.json")
    );
}

const GRANT: [&str; 8] = ["consent", "grant", "--dir", "l", "--subject", "maren", "--fhir", "c.json"];

#[test]
fn a_consent_is_granted_from_fhir_and_written_as_fhir() {
    let care = Care::new();
    let who = |reference: &str| json!({"role": {"coding": [of("v3-ParticipationType", "IRCP")]}, "reference": {"reference": reference}});
    let consent = consent(
        json!({"type": "permit", "period": {"end": "2100-01-01"}, "purpose": [of("v3-ActReason", "TREAT")],
        "actor": [who("Practitioner/chen")],
        "provision": [{"type": "deny", "class": [{"system": "http://hl7.org/fhir/resource-types", "code": "Condition"}]}]}),
    );
    write(care.path(), "c.json", consent.to_string());
    // Who is meant is not known, and then the zone of its end: the deny can't be kept, nor one period.
    assert_eq!(care.refused(2, MINUTE, &GRANT), "FHR-050");
    let mapped = [&GRANT[..], &["--map", "Practitioner/chen=dr-chen"]].concat();
    assert_eq!(care.refused(2, MINUTE, &mapped), "FHR-057");
    let granted = care.done(MINUTE, &[&mapped[..], &["--zone", "-05:00"]].concat());
    assert_eq!(granted["period"]["until"], json!("2100-01-02T05:00:00.000Z"));
    assert_eq!(granted["rules"][0]["criteria"]["types"], json!(["Condition"]));
    assert_eq!(granted["rules"][0]["criteria"]["actors"], granted["criteria"]["actors"]);
    let id = granted["consent"].as_str().unwrap();
    let write_it = ["consent", "export", "--dir", "l", "--consent", id, "--to", "back.json"];
    let written = care.done(MINUTE, &write_it);
    assert_eq!((&written["consent"], &written["status"]), (&json!(id), &json!("active")));
    assert_eq!(care.refused(2, MINUTE, &write_it), "CLI-003");
    let back = ["consent", "grant", "--dir", "l", "--subject", "maren", "--fhir", "back.json"];
    let again = care.done(2 * MINUTE, &back);
    for part in ["period", "effect", "criteria", "rules", "directive"] {
        assert_eq!(again[part], granted[part], "{part}");
    }
    let revoke = ["consent", "revoke", "--dir", "l", "--subject", "maren", "--consent", id];
    care.done(3 * MINUTE, &revoke);
    let ended = ["consent", "export", "--dir", "l", "--consent", id, "--to", "ended.json"];
    assert_eq!(care.done(3 * MINUTE, &ended)["status"], json!("inactive"));
    let ended = ["consent", "grant", "--dir", "l", "--subject", "maren", "--fhir", "ended.json"];
    assert_eq!(care.refused(2, 3 * MINUTE, &ended), "FHR-062");
}

#[test]
fn what_must_be_sealed_is_not_granted_in_the_open() {
    let care = Care::new();
    write(care.path(), "c.json", nested().to_string());
    assert_eq!(care.refused(3, MINUTE, &GRANT), "CON-007");
    assert_eq!(care.refused(2, MINUTE, &[&GRANT[..], &["--until", &at(MINUTE)]].concat()), "CLI-001");
    let unmapped = [&GRANT[..], &["--map", "Practitioner/chen"]].concat();
    assert_eq!(care.refused(2, MINUTE, &unmapped), "CLI-022");
}
