//! `demo`, and `verify` after it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

mod common;

use std::io::Read;
use std::process::{Command, Stdio};

use common::{done, entries, folder, json, medledger, refused, sample, write};
use serde_json::{Value, json};

fn counts(answer: &Value) -> (u64, u64, u64) {
    let fields = answer.as_object().unwrap();
    let names = ["access_log", "blocks", "denied", "permitted", "records", "transactions", "verified"];
    assert_eq!(fields.keys().collect::<Vec<_>>(), names);
    assert_eq!(answer["verified"], json!(true));
    let (permitted, denied) = (answer["permitted"].as_u64().unwrap(), answer["denied"].as_u64().unwrap());
    assert!(permitted >= 2 && denied >= 2, "{answer}");
    assert_eq!(answer["access_log"], json!({"entries": permitted + denied, "complete": true}));
    (
        answer["records"].as_u64().unwrap(),
        answer["transactions"].as_u64().unwrap(),
        answer["blocks"].as_u64().unwrap(),
    )
}

#[test]
fn the_demonstration_keeps_its_contract_and_its_ledger_verifies() {
    let folder = folder();
    let answer = done(folder.path(), &["demo", "--dir", "d"]);
    let all = sample()["entry"].as_array().unwrap().len() as u64;
    // Of 20, two are refused in one block; the replay is left out. 4 blocks are empty: a release needs a fresh header.
    assert_eq!(counts(&answer), (all, 20, 23));
    assert_eq!((answer["permitted"].as_u64(), answer["denied"].as_u64()), (Some(4), Some(3)));

    let verified = done(folder.path(), &["verify", "--dir", "d"]);
    assert_eq!(verified["verified"], json!(true));
    assert_eq!(verified["height"], json!(23));
    assert_eq!(verified["fault"], Value::Null);
    let status = done(folder.path(), &["status", "--dir", "d"]);
    assert_eq!(verified["app_root"], status["app_root"]);
    assert_eq!((status["records"].as_u64(), status["transactions"].as_u64()), (Some(all), Some(20)));
    let time = status["time"].as_str().unwrap();
    assert!(time.len() == 24 && time.ends_with('Z') && time.as_bytes()[19] == b'.', "{time}");
}

#[test]
fn a_person_is_told_what_was_refused_and_by_which_rule() {
    let folder = folder();
    let told = medledger(folder.path(), &["demo", "--dir", "d"]);
    assert_eq!(told.code, Some(0), "{}", told.err);
    for expected in [
        "Maren Oduya",
        "Penicillin allergy",
        "REC-006",
        "LGT-004",
        "OPR-010",
        "OPR-019",
        "IDN-008",
        "… and 10 more",
        "byte for byte what the hospital received",
        "16 of 16 opened with the restored keys",
        "before, the hospital opens 16 records",
        "after, it opens 15 records, and this one no more",
        "SEA-026",
        "GTW-024",
        "ACC-012",
        "ACC-014",
        "ACC-030",
        "the session's receipt, which is genuine",
        "7 entries, complete for this identity, as recorded by height 22",
    ] {
        assert!(told.out.contains(expected), "{expected}: {}", told.out);
    }
    assert!(!told.out.contains('\u{1b}'), "colours are for terminals");
    assert!(!told.out.contains("was accepted") && !told.out.contains("was permitted"));
    assert!(told.out.lines().count() <= 140, "{}", told.out);
}

#[test]
fn counts_follow_the_input() {
    let folder = folder();
    // Several selections of the sample, always with the Patient; multiples of an odd number stand for chance.
    for (run, keep) in [0_u32, 0b101_1001, 0b11_0110_1011_0110].into_iter().enumerate() {
        let mut bundle = sample();
        let mut at = 0_u32;
        entries(&mut bundle).retain(|entry| {
            at += 1;
            entry["resource"]["resourceType"] == "Patient" || keep >> at & 1 == 1
        });
        let expected = entries(&mut bundle).len() as u64;
        write(folder.path(), "bundle.json", bundle.to_string());
        let answer = done(folder.path(), &["demo", "--dir", &format!("d{run}"), "--bundle", "bundle.json"]);
        assert_eq!(counts(&answer).0, expected);
    }
}

#[test]
fn several_bundles_are_several_patients() {
    let folder = folder();
    write(folder.path(), "a.json", sample().to_string());
    let args = ["demo", "--dir", "d", "--bundle", "a.json", "--bundle", "a.json"];
    let answer = done(folder.path(), &args);
    let all = sample()["entry"].as_array().unwrap().len() as u64;
    assert_eq!(counts(&answer), (2 * all, 22, 25));
    assert_eq!(done(folder.path(), &["verify", "--dir", "d"])["height"], json!(25));
}

#[test]
fn it_takes_an_empty_folder_and_no_other() {
    let folder = folder();
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    done(folder.path(), &["demo", "--dir", "empty"]);
    let (code, element) = refused(folder.path(), 2, &["demo", "--dir", "empty"]);
    assert_eq!((code.as_str(), element.as_deref()), ("STO-002", Some("empty")));
    write(folder.path(), "file", "");
    refused(folder.path(), 2, &["demo", "--dir", "file"]);
    // A rehearsal at another time is as good.
    done(folder.path(), &["demo", "--dir", "later", "--at", "2031-01-01T00:00:00+01:00"]);
    done(folder.path(), &["verify", "--dir", "later"]);
}

#[test]
fn damage_is_found_and_a_missing_folder_is_bad_usage() {
    let folder = folder();
    refused(folder.path(), 2, &["verify", "--dir", "nowhere"]);
    done(folder.path(), &["demo", "--dir", "d"]);
    let file = folder.path().join("d/ledger.redb");
    let good = std::fs::read(&file).unwrap();
    std::fs::write(&file, &good[..good.len() / 3]).unwrap();
    let (code, report) = json(folder.path(), &["verify", "--dir", "d"]);
    assert_eq!((code, &report["verified"]), (1, &json!(false)), "{report}");
    assert!(report["fault"]["code"].is_string() && report["fault"]["what"].is_string());
    std::fs::remove_file(&file).unwrap();
    assert_eq!(json(folder.path(), &["verify", "--dir", "d"]).0, 1);
    std::fs::write(&file, good).unwrap();
    done(folder.path(), &["verify", "--dir", "d"]);
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let folder = folder();
    done(folder.path(), &["demo", "--dir", "d"]);
    for args in
        [&["timeline", "--dir", "d", "--subject", "patient-1"][..], &["--help"], &["completions", "zsh"]]
    {
        let mut child = Command::new(env!("CARGO_BIN_EXE_medledger"))
            .args(args)
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{args:?}: {told}");
        assert!(!told.contains("panicked"), "{told}");
    }
}
