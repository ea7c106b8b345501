//! `log --fhir` and `timeline --fhir`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

mod common;

use common::{done, folder, medledger, refused};
use serde_json::{Value, json};

fn resources(folder: &std::path::Path, file: &str) -> Vec<Value> {
    let bundle: Value = serde_json::from_slice(&std::fs::read(folder.join(file)).unwrap()).unwrap();
    assert_eq!((&bundle["resourceType"], &bundle["type"]), (&json!("Bundle"), &json!("collection")));
    bundle["entry"].as_array().unwrap().iter().map(|entry| entry["resource"].clone()).collect()
}

#[test]
fn a_log_and_a_timeline_are_written_as_fhir_once_and_the_same_again() {
    let folder = folder();
    let at = folder.path();
    done(at, &["demo", "--dir", "d"]);
    let whose = ["--dir", "d", "--subject", "patient-1"];
    let with = |command: &str, file: &str| done(at, &[&[command], &whose[..], &["--fhir", file]].concat());

    let log = with("log", "log.json");
    assert_eq!(log["fhir"], json!("log.json"));
    let events = resources(at, "log.json");
    let of = |code: &str| events.iter().filter(|event| event["type"]["code"] == code).count();
    let (looks, closes) = (log["entries"].as_array().unwrap(), of("attest"));
    assert_eq!(of("110113"), looks.len());
    let sum = |name: &str| looks.iter().filter_map(|look| look[name].as_u64()).sum::<u64>();
    assert_eq!(of("rest") as u64, sum("released") + sum("refused"));
    let closed = |look: &Value| {
        look["custodians"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|custodian| custodian["closed"].is_string())
            .count()
    };
    assert_eq!(closes, looks.iter().map(closed).sum::<usize>());
    assert_eq!(events.len(), of("110113") + of("rest") + closes);
    // What the hospital holds it can open: each record says of what kind it is.
    let of_kind = |event: &&Value| event["entity"][1]["what"]["type"].is_string();
    assert_eq!(
        events.iter().filter(|event| event["type"]["code"] == "rest").filter(of_kind).count(),
        of("rest")
    );

    let timeline = with("timeline", "timeline.json");
    assert_eq!(timeline["fhir"], json!("timeline.json"));
    let provenances = resources(at, "timeline.json");
    assert_eq!(provenances.len(), timeline["records"].as_array().unwrap().len());
    assert!(provenances.iter().all(|one| one["signature"][0]["data"].is_string()));

    // Without the option there is no file; a file that is there stays as it is.
    assert_eq!(done(at, &[&["log"], &whose[..]].concat())["fhir"], Value::Null);
    let before = std::fs::read(at.join("log.json")).unwrap();
    let again = [&["log"], &whose[..], &["--fhir", "log.json"]].concat();
    assert_eq!(refused(at, 2, &again).0, "CLI-003");
    assert_eq!(std::fs::read(at.join("log.json")).unwrap(), before);
    with("log", "again.json");
    assert_eq!(std::fs::read(at.join("again.json")).unwrap(), before);
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(
            &std::fs::metadata(at.join("log.json")).unwrap().permissions(),
        );
        assert_eq!(mode & 0o077, 0);
    }
}

#[test]
fn an_empty_log_is_an_empty_collection() {
    let folder = folder();
    let at = folder.path();
    done(at, &["init", "--dir", "d"]);
    done(at, &["identity", "new", "--dir", "d", "--kind", "patient", "--name", "maren"]);
    for command in ["log", "timeline"] {
        let file = format!("{command}.json");
        done(at, &[command, "--dir", "d", "--subject", "maren", "--fhir", &file]);
        let bundle: Value = serde_json::from_slice(&std::fs::read(at.join(&file)).unwrap()).unwrap();
        assert!(bundle.get("entry").is_none() && bundle["timestamp"].is_string());
    }
    let told = medledger(at, &["log", "--dir", "d", "--subject", "maren", "--fhir", "more.json"]);
    assert!(told.out.contains("0 FHIR AuditEvents are in more.json."), "{}", told.out);
    refused(at, 2, &["log", "--dir", "d", "--subject", "nobody", "--fhir", "x.json"]);
    assert!(!at.join("x.json").exists());
}
