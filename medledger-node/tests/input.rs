//! Bad input: each gets its code, and leaves things as they were.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

mod common;

use std::path::Path;

use common::{done, entries, folder, ledger, medledger, refused, sample, write};
use serde_json::{Value, json};

/// A demonstration of this bundle: the code and element of its refusal.
fn demo(folder: &Path, bundle: impl AsRef<[u8]>) -> (String, Option<String>) {
    write(folder, "bundle.json", bundle);
    let refused = refused(folder, 2, &["demo", "--dir", "d", "--bundle", "bundle.json"]);
    assert!(!folder.join("d").exists(), "nothing is founded on a bad bundle");
    refused
}

fn altered(change: impl FnOnce(&mut Vec<Value>)) -> String {
    let mut bundle = sample();
    change(entries(&mut bundle));
    bundle.to_string()
}

#[test]
fn bad_bundles_are_named_with_their_element() {
    let home = folder();
    let deep =
        format!("{{\"resourceType\":\"Bundle\",\"x\":{}{}}}", "[".repeat(200_000), "]".repeat(200_000));
    let huge = altered(|all| all[3]["resource"]["note"] = json!([{"text": "x".repeat(2 << 20)}]));
    for (code, element, bundle) in [
        ("FHR-008", Some("Bundle.resourceType"), json!({"resourceType": "Patient"}).to_string()),
        ("FHR-009", Some("Bundle.entry"), json!({"resourceType": "Bundle"}).to_string()),
        ("FHR-009", Some("Bundle.entry"), altered(|all| drop(all.remove(0)))),
        (
            "FHR-009",
            Some("Bundle.entry"),
            altered(|all| {
                let mut second = all[0].clone();
                second["resource"]["id"] = json!("another");
                second["fullUrl"] = json!("urn:another");
                all.push(second);
            }),
        ),
        ("FHR-013", None, altered(|all| all.push(all[3].clone()))),
        (
            "FHR-016",
            Some("Bundle.entry[3].resource.onsetDateTime"),
            altered(|all| all[3]["resource"]["onsetDateTime"] = json!("1963-13")),
        ),
        ("FHR-006", Some("Bundle.entry[3].resource.note[0].text"), huge),
        ("FHR-005", None, deep),
        ("FHR-002", None, "{\"resourceType\":".to_owned()),
        ("FHR-002", None, String::new()),
        ("FHR-004", None, "{\"resourceType\":\"Bundle\",\"resourceType\":\"Bundle\"}".to_owned()),
    ] {
        let (found, at) = demo(home.path(), bundle);
        assert_eq!(found, code, "{at:?}");
        if element.is_some() {
            assert_eq!(at.as_deref(), element);
        }
    }
    assert_eq!(demo(home.path(), [0xff, 0xfe, 0x00]).0, "FHR-002");
    let args = ["demo", "--dir", "d", "--bundle", "nowhere.json"];
    let (code, element) = refused(home.path(), 2, &args);
    assert_eq!((code.as_str(), element.as_deref()), ("CLI-002", Some("nowhere.json")));
    assert_eq!(refused(home.path(), 2, &["demo", "--dir", "d", "--bundle", "."]).0, "CLI-002");
}

#[test]
fn bad_usage_is_an_error_under_json_too() {
    let home = folder();
    for (args, element) in [
        (&["frobnicate"][..], Some("frobnicate")),
        (&[], None),
        (&["identity"], None),
        (&["demo"], Some("--dir <D>")),
        (&["demo", "--dir"], Some("--dir <D>")),
        (&["verify", "--dir", "d", "--frob"], Some("--frob")),
        (&["completions", "tcl"], Some("<SHELL>")),
        (&["status", "--dir", "d", "--at", "2026-01-01T00:00:00"], Some("--at <TIME>")),
        (&["status", "--dir", "d", "--at", "yesterday"], Some("--at <TIME>")),
        (&["status", "--dir", "d", "--at", "2026-02-30T00:00:00Z"], Some("--at <TIME>")),
    ] {
        let (code, found) = refused(home.path(), 2, args);
        assert_eq!((code.as_str(), found.as_deref()), ("CLI-001", element), "{args:?}");
        // Without it, the same in prose.
        let told = medledger(home.path(), args);
        assert_eq!((told.code, told.out.as_str()), (Some(2), ""));
        assert!(!told.err.is_empty());
    }
}

#[test]
fn a_folder_without_a_ledger_is_named() {
    let home = folder();
    write(home.path(), "bundle.json", sample().to_string());
    std::fs::create_dir(home.path().join("empty")).unwrap();
    for dir in ["nowhere", "empty", "bundle.json"] {
        for args in [
            &["status", "--dir", dir][..],
            &["timeline", "--dir", dir, "--subject", "maren"],
            &["identity", "list", "--dir", dir],
            &["anchor", "--dir", dir, "--subject", "maren", "--bundle", "bundle.json"],
        ] {
            let (code, _) = refused(home.path(), 2, args);
            assert!(code.starts_with("STO-"), "{args:?}: {code}");
        }
    }
    refused(home.path(), 2, &["init", "--dir", "bundle.json"]);
}

#[test]
fn unknown_subjects_are_named() {
    let home = folder();
    ledger(home.path());
    let stranger = medledger_core::identity::did_to_text(&medledger_core::hash::Did([7; 32]));
    let timeline = |who: &str| refused(home.path(), 2, &["timeline", "--dir", "l", "--subject", who]).0;
    assert_eq!(timeline(&stranger), "CLI-017");
    for nobody in ["nobody", "did:medledger:z", "did:key:z6Mk", "", "../founder"] {
        assert_eq!(timeline(nobody), "CLI-005", "{nobody}");
    }
    let args = ["anchor", "--dir", "l", "--subject", &stranger, "--bundle", "sample.json"];
    assert_eq!(refused(home.path(), 3, &args).0, "IDN-001");
}

#[test]
fn files_are_read_up_to_their_limit() {
    let home = folder();
    write(home.path(), "genesis.cbor", vec![0; (4 << 20) + 1]);
    let args = ["check-proof", "genesis.cbor", "--genesis", "genesis.cbor"];
    assert_eq!(refused(home.path(), 2, &args).0, "CLI-004");
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_goes_nowhere_is_told() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_medledger"));
    let output = command.args(["completions", "bash"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("CLI-018"));
}

#[test]
fn help_and_completions_are_there() {
    let home = folder();
    for command in
        ["init", "demo", "identity", "anchor", "timeline", "prove", "check-proof", "verify", "status"]
    {
        let told = medledger(home.path(), &[command, "--help"]);
        assert_eq!(told.code, Some(0));
        assert!(told.out.contains("Example"), "{command}");
    }
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let told = medledger(home.path(), &["completions", shell]);
        assert_eq!(told.code, Some(0));
        assert!(told.out.contains("check-proof"));
    }
    assert!(done(home.path(), &["completions", "bash"])["script"].is_string());
}
