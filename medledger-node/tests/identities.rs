//! `init` and `identity`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

mod common;

use common::{done, folder, ledger, refused, write};
use serde_json::{Value, json};

fn show(folder: &std::path::Path, who: &str) -> Value {
    done(folder, &["identity", "show", "--dir", "l", who])
}

fn devices(shown: &Value) -> Vec<String> {
    let keys = shown["keys"].as_array().unwrap();
    let devices = keys.iter().filter(|key| key["role"] == "device");
    devices.map(|key| key["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_identity_is_made_shown_and_listed() {
    let home = folder();
    let founded = done(home.path(), &["init", "--dir", "l", "--name", "Norwick trust"]);
    assert_eq!(founded["height"], json!(0));
    let made = done(home.path(), &["identity", "new", "--dir", "l", "--kind", "patient", "--name", "maren"]);
    assert_eq!(made["height"], json!(1));
    let shown = show(home.path(), made["did"].as_str().unwrap());
    assert_eq!(shown, show(home.path(), "maren"));
    let document = &shown["document"];
    assert_eq!(document["id"], made["did"]);
    assert_eq!(document["verificationMethod"].as_array().unwrap().len(), 2);
    assert_eq!(document["assertionMethod"].as_array().unwrap().len(), 1);
    assert!(shown["keys"][0]["did_key"].as_str().unwrap().starts_with("did:key:z6Mk"));
    assert_eq!(shown["sponsor"], founded["member"]);
    let listed = done(home.path(), &["identity", "list", "--dir", "l"]);
    let names: Vec<_> =
        listed["identities"].as_array().unwrap().iter().map(|identity| &identity["name"]).collect();
    assert_eq!(names, [&json!("founder"), &json!("maren")]);
}

#[test]
fn keys_come_and_go() {
    let home = folder();
    ledger(home.path());
    let change = |what: &str, extra: &[&str]| {
        done(home.path(), &[&["identity", what, "--dir", "l", "maren"][..], extra].concat())
    };
    let first = devices(&show(home.path(), "maren"));
    let added = change("add-device", &[]);
    let added = added["key"].as_str().unwrap();
    assert_eq!(devices(&show(home.path(), "maren")).len(), 2);
    change("revoke-device", &["--key", first[0].split_at(12).0]);
    assert_eq!(devices(&show(home.path(), "maren")), [added]);
    let args = ["identity", "revoke-device", "--dir", "l", "maren", "--key", &first[0]];
    assert_eq!(refused(home.path(), 2, &args).0, "CLI-019");

    // Twice, so that the file's successor is the one that the ledger expects.
    for rotations in 1..=2 {
        let controller = change("rotate", &[])["controller"].clone();
        let shown = show(home.path(), "maren");
        assert_eq!(shown["rotations"], json!(rotations));
        let keys = shown["keys"].as_array().unwrap();
        assert!(keys.iter().any(|key| key["role"] == "controller" && key["id"] == controller));
        assert_eq!(devices(&shown), [added]);
    }

    change("deactivate", &[]);
    assert_eq!(show(home.path(), "maren")["status"], json!("deactivated"));
    let height = done(home.path(), &["status", "--dir", "l"])["height"].clone();
    for args in [
        &["identity", "rotate", "--dir", "l", "maren"][..],
        &["identity", "deactivate", "--dir", "l", "maren"],
        &["anchor", "--dir", "l", "--subject", "maren", "--bundle", "sample.json"],
    ] {
        assert_eq!(refused(home.path(), 3, args).0, "IDN-002");
    }
    assert_eq!(
        done(home.path(), &["status", "--dir", "l"])["height"],
        height,
        "a refusal leaves all as it was"
    );
    // What was recorded stays.
    let timeline = done(home.path(), &["timeline", "--dir", "l", "--subject", "maren"]);
    assert_eq!(timeline["complete"], json!(true));
    assert!(!timeline["records"].as_array().unwrap().is_empty());
    done(home.path(), &["verify", "--dir", "l"]);
}

#[test]
fn who_may_not_is_refused_and_the_ledger_is_as_it_was() {
    let home = folder();
    ledger(home.path());
    let new = |kind: &str, name: &str, signer: &[&str]| {
        [&["identity", "new", "--dir", "l", "--kind", kind, "--name", name][..], signer]
            .concat()
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let run = |exit, args: &[String]| {
        refused(home.path(), exit, &args.iter().map(String::as_str).collect::<Vec<_>>()).0
    };
    done(home.path(), &["identity", "new", "--dir", "l", "--kind", "organisation", "--name", "clinic"]);
    let before = done(home.path(), &["status", "--dir", "l"]);
    // Two organisations have keys here now, so the signer is named; the second is no member.
    assert_eq!(run(2, &new("patient", "tomas", &[])), "CLI-010");
    assert_eq!(run(3, &new("patient", "tomas", &["--as", "clinic"])), "IDN-004");
    assert_eq!(run(2, &new("patient", "tomas", &["--as", "nobody"])), "CLI-006");
    assert_eq!(run(2, &new("patient", "maren", &["--as", "founder"])), "CLI-007");
    assert_eq!(run(2, &new("patient", "../maren", &["--as", "founder"])), "CLI-008");
    assert_eq!(run(2, &new("king", "tomas", &[])), "CLI-001");
    let clinic =
        ["anchor", "--dir", "l", "--subject", "clinic", "--bundle", "sample.json", "--as", "founder"];
    assert_eq!(refused(home.path(), 3, &clinic).0, "REC-011");
    assert_eq!(done(home.path(), &["status", "--dir", "l"]), before);
    assert!(!home.path().join("l/keys/tomas.key").exists());
    // A custodian need not be a member.
    let args = ["anchor", "--dir", "l", "--subject", "maren", "--bundle", "sample.json", "--as", "clinic"];
    done(home.path(), &args);
}

#[test]
fn damaged_keys_are_named() {
    let home = folder();
    ledger(home.path());
    write(home.path(), "l/keys/maren.key", "medledger-key 2\n");
    let args = ["identity", "rotate", "--dir", "l", "maren"];
    assert_eq!(refused(home.path(), 2, &args).0, "CLI-009");
}

#[test]
fn a_name_of_many_kilobytes_founds_nothing() {
    let home = folder();
    let (code, _) = refused(home.path(), 2, &["init", "--dir", "l", "--name", &"x".repeat(5_000)]);
    assert_eq!(code, "COD-009");
    assert!(!home.path().join("l").exists());
}
