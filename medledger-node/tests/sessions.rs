//! `access open`, `read`, `close`, and `log`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

mod common;

use common::care::{Care, MINUTE, at, text};
use serde_json::{Value, json};

fn log(care: &Care, millis: u64) -> Value {
    care.done(millis, &["log", "--dir", "l", "--subject", "maren"])
}

fn read<'a>(session: &'a str, record: &'a str) -> Vec<&'a str> {
    vec!["access", "read", "--dir", "l", "--session", session, "--record", record]
}

fn strs(args: &[String]) -> Vec<&str> {
    args.iter().map(String::as_str).collect()
}

#[test]
fn a_record_is_read_under_a_session_and_the_log_is_complete_once_it_is_closed() {
    let care = Care::new();
    let consent = care.grant(MINUTE);
    let opened = care.done(MINUTE, &care.asks(&consent));
    let session = text(&opened, "session");
    let secret = care.path().join(text(&opened, "secret"));
    #[cfg(unix)]
    {
        let mode =
            std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&secret).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
    let shown = care.done(2 * MINUTE, &read(&session, &care.records[0]));
    assert_eq!(shown["content"]["resourceType"], shown["type"]);
    care.done(2 * MINUTE, &[&read(&session, &care.records[1])[..], &["--to", "record.json"]].concat());
    let file: Value =
        serde_json::from_slice(&std::fs::read(care.path().join("record.json")).unwrap()).unwrap();
    assert!(file["resourceType"].is_string());
    // Another patient's record is none of this session's.
    let others = care.done(0, &["timeline", "--dir", "l", "--subject", "tomas"]);
    let other = text(&others["records"][0], "record");
    assert_eq!(care.refused(3, 2 * MINUTE, &read(&session, &other)), "GTW-023");
    assert_eq!(care.refused(3, 2 * MINUTE, &read(&session, &"0".repeat(64))), "GTW-021");

    let open = log(&care, 2 * MINUTE);
    assert_eq!((&open["complete"], &open["entries"][0]["status"]), (&json!(false), &json!("open")));
    assert_eq!((&open["claim"], &open["entries"][0]["request"]["purpose"]), (&Value::Null, &json!("TREAT")));
    // Nobody has closed it when it ends.
    let unclosed = log(&care, 61 * MINUTE);
    assert_eq!(unclosed["entries"][0]["status"], json!("unclosed"));
    let close = ["access", "close", "--dir", "l", "--session", &session];
    care.done(62 * MINUTE, &close);
    assert!(!secret.exists(), "a session's secret ends with it");
    let closed = log(&care, 62 * MINUTE);
    let entry = &closed["entries"][0];
    assert_eq!((&closed["complete"], &entry["status"]), (&json!(true), &json!("closed")));
    assert_eq!((&entry["released"], &entry["refused"]), (&json!(2), &json!(2)));
    assert_eq!(entry["custodians"][0]["count"], json!(4));
    let height = &closed["height"];
    let claim = format!("complete for this identity, as recorded by height {height}");
    assert_eq!(closed["claim"], json!(claim));
    assert_eq!(care.refused(3, 62 * MINUTE, &close), "ACC-022");
    assert_eq!(care.refused(3, 62 * MINUTE, &read(&session, &care.records[0])), "GTW-042");
    let verified = care.done(62 * MINUTE, &["verify", "--dir", "l"]);
    assert_eq!(verified["verified"], json!(true));
}

#[test]
fn denials_are_on_record_and_nothing_is_read_after_the_end() {
    let care = Care::new();
    let consent = care.grant(MINUTE);
    let asks = care.asks(&consent);
    let with = |exit, millis, more: &[&str]| care.refused(exit, millis, &[&asks[..], more].concat());
    assert_eq!(with(3, MINUTE, &["--until", &at(MINUTE)]), "ACC-005");
    assert_eq!(with(3, MINUTE, &["--until", &at(722 * MINUTE)]), "ACC-005");
    // What is no request is on no record; a denial is.
    assert_eq!(log(&care, MINUTE)["entries"], json!([]));
    assert_eq!(with(3, MINUTE, &["--organisation", "tomas"]), "ACC-007");
    let ground = "0".repeat(64);
    let instead = |from: &str, to: &str| -> Vec<String> {
        asks.iter().map(|arg| if *arg == from { to.to_owned() } else { (*arg).to_owned() }).collect()
    };
    let as_btg = instead("TREAT", "BTG");
    assert_eq!(care.refused(3, MINUTE, &strs(&as_btg)), "ACC-014");
    let mut grounded = instead("--consent", "--ground");
    grounded.iter_mut().filter(|arg| **arg == consent).for_each(|arg| arg.clone_from(&ground));
    assert_eq!(care.refused(3, MINUTE, &strs(&grounded)), "ACC-008");
    assert_eq!(care.refused(3, MINUTE, &strs(&instead(&consent, &ground))), "ACC-010");
    assert_eq!(care.refused(2, MINUTE, &strs(&instead(&consent, "3f"))), "CLI-023");
    let denied = log(&care, MINUTE);
    let rules: Vec<&Value> = denied["entries"].as_array().unwrap().iter().map(|e| &e["rule"]).collect();
    assert_eq!(rules, ["ACC-007", "ACC-014", "ACC-008"]);
    assert_eq!((&denied["denied"], &denied["complete"]), (&json!(3), &json!(true)));
    let kept = std::fs::read_dir(care.path().join("l/keys/sessions")).unwrap().count();
    assert_eq!(kept, 0, "of a denial no secret is kept");

    // Half-open, to the millisecond.
    let session = text(&care.done(MINUTE, &[&asks[..], &["--until", &at(30 * MINUTE)]].concat()), "session");
    care.done(30 * MINUTE - 1, &read(&session, &care.records[0]));
    assert_eq!(care.refused(3, 30 * MINUTE, &read(&session, &care.records[0])), "ACC-030");
    assert_eq!(with(3, 120 * MINUTE, &[]), "ACC-012");
    assert_eq!(care.refused(3, 120 * MINUTE, &read(&"0".repeat(64), &care.records[0])), "ACC-020");
    let close =
        |id: &str, exit| care.refused(exit, MINUTE, &["access", "close", "--dir", "l", "--session", id]);
    assert_eq!((close("9d", 2).as_str(), close(&"0".repeat(64), 3).as_str()), ("CLI-023", "ACC-020"));
}

#[test]
fn revocation_of_consent_or_credential_ends_an_open_session() {
    let care = Care::new();
    let (first, second) = (care.grant(MINUTE), care.grant(MINUTE));
    let (one, two) = (care.open(MINUTE, &first), care.open(MINUTE, &second));
    care.done(2 * MINUTE, &read(&one, &care.records[0]));
    let revoke = ["consent", "revoke", "--dir", "l", "--subject", "maren", "--consent", &first];
    care.done(3 * MINUTE, &revoke);
    assert_eq!(care.refused(3, 3 * MINUTE, &read(&one, &care.records[0])), "ACC-012");
    care.done(3 * MINUTE, &read(&two, &care.records[0]));
    let revoke = ["identity", "credential", "revoke", "--dir", "l", "--credential", &care.credential];
    care.done(4 * MINUTE, &revoke);
    assert_eq!(care.refused(3, 4 * MINUTE, &read(&two, &care.records[0])), "ACC-006");
}

#[test]
fn a_custodian_that_the_session_does_not_name_neither_releases_nor_closes() {
    let care = Care::new();
    let consent = care.grant(MINUTE);
    let session = care.open(MINUTE, &consent);
    let clinic = ["identity", "new", "--dir", "l", "--kind", "organisation", "--name", "clinic"];
    care.done(MINUTE, &clinic);
    let reads = read(&session, &care.records[0]);
    assert_eq!(care.refused(2, MINUTE, &reads), "CLI-010");
    assert_eq!(care.refused(3, MINUTE, &[&reads[..], &["--custodian", "clinic"]].concat()), "ACC-021");
    care.done(MINUTE, &[&reads[..], &["--custodian", "founder"]].concat());
    let close = ["access", "close", "--dir", "l", "--session", &session, "--as"];
    assert_eq!(care.refused(3, MINUTE, &[&close[..], &["clinic"]].concat()), "ACC-021");
    assert_eq!(log(&care, MINUTE)["complete"], json!(false));
    care.done(MINUTE, &[&close[..], &["founder"]].concat());
    assert_eq!(log(&care, MINUTE)["complete"], json!(true));
}
