//! `consent`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

mod common;

use common::care::{Care, MINUTE, at, text};
use common::{refused, write};
use serde_json::{Value, json};

const GRANT: [&str; 6] = ["consent", "grant", "--dir", "l", "--subject", "maren"];

fn listed(care: &Care, millis: u64) -> Vec<Value> {
    let list = care.done(millis, &["consent", "list", "--dir", "l", "--subject", "maren"]);
    assert_eq!(list["complete"], json!(true));
    let claim = format!("complete for this identity, as recorded by height {}", list["height"]);
    assert_eq!(list["claim"], json!(claim));
    list["consents"].as_array().unwrap().clone()
}

#[test]
fn a_consent_is_granted_amended_revoked_and_listed() {
    let care = Care::new();
    let consent = care.grant(MINUTE);
    let first = listed(&care, MINUTE);
    assert_eq!((&first[0]["status"], &first[0]["version"]), (&json!("active"), &json!(1)));
    assert_eq!(first[0]["criteria"]["purposes"], json!(["TREAT"]));
    assert_eq!(first[0]["period"]["until"], json!(at(120 * MINUTE)));
    let of = ["--dir", "l", "--subject", "maren", "--consent", &consent];
    let until = at(90 * MINUTE);
    let amend = [&["consent", "amend"], &of[..], &["--to", "dr-chen", "--until", &until]].concat();
    assert_eq!(care.done(2 * MINUTE, &amend)["version"], json!(2));
    assert_eq!(listed(&care, 90 * MINUTE - 1)[0]["status"], json!("active"));
    assert_eq!(listed(&care, 90 * MINUTE)[0]["status"], json!("ended"));
    let revoke = [&["consent", "revoke"], &of[..]].concat();
    assert_eq!(care.done(3 * MINUTE, &revoke)["status"], json!("revoked"));
    assert_eq!(care.refused(3, 3 * MINUTE, &revoke), "CON-033");
    assert_eq!(care.refused(3, 3 * MINUTE, &amend), "WAL-003");
    // Somebody else's.
    let of = ["--dir", "l", "--subject", "tomas", "--consent", &consent];
    assert_eq!(care.refused(3, 3 * MINUTE, &[&["consent", "revoke"], &of[..]].concat()), "CON-031");
    let amend = [&["consent", "amend"], &of[..], &["--to", "dr-chen", "--until", &until]].concat();
    assert_eq!(care.refused(3, 3 * MINUTE, &amend), "WAL-002");
}

#[test]
fn terms_come_from_a_file_with_exceptions_of_exceptions() {
    let care = Care::new();
    let terms = json!({
        "until": at(60 * MINUTE), "effect": "deny", "directive": true, "purposes": ["TREAT"], "uses": 3,
        "actors": [{"did": "dr-chen"}, {"role": common::care::ROLE}],
        "rules": [
            {"effect": "permit", "types": ["Observation"], "rules": [{"effect": "deny", "purposes": ["ERTREAT"]}]},
            {"effect": "permit", "data_period": {"start": "1950-01-01T00:00:00Z"}},
        ],
    });
    write(care.path(), "terms.json", terms.to_string());
    care.done(MINUTE, &[&GRANT[..], &["--terms", "terms.json"]].concat());
    let listed = listed(&care, MINUTE);
    assert_eq!((listed[0]["rules"].as_array().map(Vec::len), &listed[0]["uses"]), (Some(3), &json!(3)));
    assert_eq!((&listed[0]["effect"], &listed[0]["directive"]), (&json!("deny"), &json!(true)));
}

#[test]
fn terms_that_cannot_stand_are_refused_by_name() {
    let care = Care::new();
    let until = at(60 * MINUTE);
    let bad = |value: Value| {
        write(care.path(), "bad.json", value.to_string());
        let now = at(MINUTE);
        refused(care.path(), 2, &[&GRANT[..], &["--terms", "bad.json", "--at", &now]].concat())
    };
    for (value, element) in [
        (json!([]), "terms"),
        (json!({}), "terms.until"),
        (json!({"until": until, "kind": 1}), "terms.kind"),
        (json!({"until": until, "effect": "maybe"}), "terms.effect"),
        (json!({"until": until, "rules": [{}]}), "terms.rules[0].effect"),
        (json!({"until": until, "actors": [{"did": "maren", "role": "a|b"}]}), "terms.actors[0].did"),
        (json!({"until": until, "rules": [{"effect": "deny", "until": until}]}), "terms.rules[0].until"),
    ] {
        assert_eq!(bad(value.clone()), ("CLI-022".to_owned(), Some(element.to_owned())), "{value}");
    }
    let code = |value: Value| {
        write(care.path(), "bad.json", value.to_string());
        care.refused(3, MINUTE, &[&GRANT[..], &["--terms", "bad.json"]].concat())
    };
    assert_eq!(code(json!({"until": until, "labels": ["a|R"]})), "CON-007");
    let mut deep = json!({"effect": "deny"});
    for _ in 0..4 {
        deep = json!({"effect": "deny", "rules": [deep]});
    }
    assert_eq!(code(json!({"until": until, "rules": [deep]})), "CON-003");
    let with = |exit, more: &[&str]| care.refused(exit, MINUTE, &[&GRANT[..], more].concat());
    assert_eq!(with(3, &["--until", &until, "--purpose", "FUN"]), "CON-004");
    assert_eq!(with(3, &["--until", &until, "--from", &until]), "CON-001");
    assert_eq!(with(3, &["--until", &at(MINUTE), "--from", &at(0)]), "WAL-004");
    assert_eq!(with(3, &["--until", &until, "--uses", "0"]), "CON-010");
    assert_eq!(with(2, &["--until", &until, "--directive"]), "CLI-001");
    assert_eq!(with(2, &["--to", "dr-chen"]), "CLI-022");
    assert_eq!(with(2, &["--until", &until, "--role", "doctor"]), "CLI-022");
    assert_eq!(with(2, &["--until", &until, "--to", "nobody"]), "CLI-005");
    let revoke = ["consent", "revoke", "--dir", "l", "--subject", "maren", "--consent", "3f"];
    assert_eq!(care.refused(2, MINUTE, &revoke), "CLI-023");
    let to = ["consent", "grant", "--dir", "l", "--subject", "dr-chen", "--to", "maren", "--until", &until];
    assert_eq!(care.refused(3, MINUTE, &to), "CON-036");
    assert!(listed(&care, MINUTE).is_empty());
}

#[test]
fn a_credential_is_issued_once_and_revoked_once() {
    let care = Care::new();
    let revoke = ["identity", "credential", "revoke", "--dir", "l", "--credential", &care.credential];
    let answer = care.done(MINUTE, &revoke);
    assert_eq!(text(&answer, "credential"), care.credential);
    assert_eq!(care.refused(3, MINUTE, &revoke), "IDN-019");
    let until = at(60 * MINUTE);
    let issue = |to: &str, exit| {
        let args = ["identity", "credential", "issue", "--dir", "l", "--role", "a|b", "--until", &until];
        care.refused(exit, MINUTE, &[&args[..], &["--to", to]].concat())
    };
    assert_eq!(issue("maren", 3), "IDN-017");
    assert_eq!(issue("nobody", 2), "CLI-005");
    let id = "0".repeat(64);
    let unknown = ["identity", "credential", "revoke", "--dir", "l", "--credential", &id];
    assert_eq!(care.refused(3, MINUTE, &unknown), "IDN-015");
}
