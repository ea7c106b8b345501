//! `prove` and `check-proof`: a receipt travels to somebody who has only the genesis and the file.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

mod common;

use std::path::Path;

use common::{done, folder, json, ledger, records, refused, write};
use serde_json::{Value, json};

/// Another machine: a folder with nothing but the genesis and what is handed over.
fn elsewhere(from: &Path, files: &[&str]) -> tempfile::TempDir {
    let other = folder();
    std::fs::copy(from.join("l/genesis.cbor"), other.path().join("genesis.cbor")).unwrap();
    for file in files {
        std::fs::copy(from.join(file), other.path().join(file)).unwrap();
    }
    other
}

fn check(folder: &Path, file: &str) -> (i32, Value) {
    let (code, report) = json(folder, &["check-proof", file, "--genesis", "genesis.cbor"]);
    let fields: Vec<_> = report.as_object().unwrap().keys().cloned().collect();
    assert_eq!(fields, ["complete", "fault", "height", "kind", "valid"]);
    assert_eq!(report["valid"], json!(code == 0));
    assert_eq!(report["complete"], Value::Null);
    (code, report)
}

#[test]
fn a_receipt_is_checked_with_the_genesis_and_the_file_alone() {
    let home = folder();
    ledger(home.path());
    let all = records(home.path());
    for (name, extra) in [("plain", &[][..]), ("full", &["--with-content"]), ("fresh", &["--refresh"])] {
        let args = [&["prove", "--dir", "l", "--record", &all[0], "--to", name][..], extra].concat();
        done(home.path(), &args);
    }
    let other = elsewhere(home.path(), &["plain", "full", "fresh"]);
    for name in ["plain", "full", "fresh"] {
        let (code, report) = check(other.path(), name);
        assert_eq!((code, &report["kind"], &report["height"]), (0, &json!("receipt"), &json!(2)), "{report}");
        assert_eq!(report["fault"], Value::Null);
    }
    // What is not opened discloses nothing of the record.
    let plain = std::fs::read(home.path().join("plain")).unwrap();
    let full = std::fs::read(home.path().join("full")).unwrap();
    let holds = |bytes: &[u8]| bytes.windows(12).any(|part| part == b"resourceType");
    assert!(!holds(&plain) && holds(&full));
}

#[test]
fn altered_receipts_are_refused() {
    let home = folder();
    ledger(home.path());
    let all = records(home.path());
    done(home.path(), &["prove", "--dir", "l", "--record", &all[3], "--to", "r", "--with-content"]);
    let other = elsewhere(home.path(), &["r"]);
    let good = std::fs::read(other.path().join("r")).unwrap();
    let mut bad: Vec<Vec<u8>> = [1, 40, 300, good.len() / 2, good.len() - 1]
        .into_iter()
        .map(|at| {
            let mut bytes = good.clone();
            bytes[at] ^= 0x10;
            bytes
        })
        .collect();
    bad.push(good[..good.len() - 1].to_vec());
    bad.push([good.as_slice(), b"\0"].concat());
    bad.push(Vec::new());
    for bytes in bad {
        write(other.path(), "r", bytes);
        let (code, report) = check(other.path(), "r");
        assert_eq!(code, 1, "{report}");
        assert!(report["fault"]["code"].is_string() && report["height"].is_null(), "{report}");
    }
}

#[test]
fn a_proof_that_ends_before_a_known_header_says_so() {
    let home = folder();
    ledger(home.path());
    let all = records(home.path());
    done(home.path(), &["prove", "--dir", "l", "--record", &all[0], "--to", "old"]);
    done(home.path(), &["identity", "new", "--dir", "l", "--kind", "patient", "--name", "tomas"]);
    done(home.path(), &["status", "--dir", "l", "--header-to", "header"]);
    done(home.path(), &["prove", "--dir", "l", "--record", &all[0], "--to", "new", "--refresh"]);
    let other = elsewhere(home.path(), &["old", "new", "header"]);
    let at_least = |file: &str| {
        json(other.path(), &["check-proof", file, "--genesis", "genesis.cbor", "--at-least", "header"])
    };
    let (code, report) = at_least("old");
    assert_eq!((code, report["fault"]["code"].as_str()), (1, Some("LGT-050")));
    assert_eq!(check(other.path(), "old").0, 0);
    let (code, report) = at_least("new");
    assert_eq!((code, &report["height"]), (0, &json!(3)), "{report}");
    // A file that is no header, and a genesis that is none, are bad input and no verdict.
    let args = ["check-proof", "new", "--genesis", "genesis.cbor", "--at-least", "old"];
    assert_eq!(refused(other.path(), 2, &args).0, "CLI-016");
    assert_eq!(refused(other.path(), 2, &["check-proof", "new", "--genesis", "header"]).0, "CLI-015");
    assert_eq!(refused(other.path(), 2, &["check-proof", "none", "--genesis", "genesis.cbor"]).0, "CLI-002");
}

#[test]
fn a_receipt_of_another_ledger_is_refused() {
    let (home, foreign) = (folder(), folder());
    ledger(home.path());
    ledger(foreign.path());
    let all = records(home.path());
    done(home.path(), &["prove", "--dir", "l", "--record", &all[0], "--to", "r"]);
    let other = elsewhere(foreign.path(), &[]);
    std::fs::copy(home.path().join("r"), other.path().join("r")).unwrap();
    let (code, report) = check(other.path(), "r");
    assert_eq!((code, report["fault"]["code"].as_str()), (1, Some("CHN-007")));
}

#[test]
fn what_cannot_be_proven_is_named() {
    let home = folder();
    ledger(home.path());
    let id = "0".repeat(64);
    let prove = |record: &str, to: &str| {
        refused(home.path(), 2, &["prove", "--dir", "l", "--record", record, "--to", to])
    };
    assert_eq!(prove(&id, "r").0, "CLI-013");
    assert_eq!(prove("3f0c", "r").0, "CLI-012");
    assert_eq!(prove(&records(home.path())[0], "sample.json").0, "CLI-003");
    assert_eq!(prove(&records(home.path())[0], "no/such/folder/r").0, "CLI-003");
    assert!(!home.path().join("r").exists());
}

#[test]
fn the_genesis_has_no_header_to_write() {
    let home = folder();
    done(home.path(), &["init", "--dir", "l"]);
    let args = ["status", "--dir", "l", "--header-to", "h"];
    assert_eq!(refused(home.path(), 2, &args).0, "CLI-014");
}
