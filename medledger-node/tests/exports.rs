//! `export`, and `check-proof` on it by somebody who has the genesis, the file and a header seen before.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

mod common;

use std::path::Path;

use common::care::{Care, MINUTE, at};
use common::{folder, json, write};
use medledger_core::state::Event;
use medledger_sdk::export::Export;
use medledger_sdk::proof::ProofFile;
use serde_json::{Value, json};

/// A separate machine with the genesis.
fn checker(care: &Care) -> tempfile::TempDir {
    let other = folder();
    std::fs::copy(care.path().join("l/genesis.cbor"), other.path().join("genesis.cbor")).unwrap();
    other
}

fn export(care: &Care, millis: u64, subject: &str, to: &str) -> Vec<u8> {
    care.done(millis, &["export", "--dir", "l", "--subject", subject, "--to", to]);
    std::fs::read(care.path().join(to)).unwrap()
}

fn check(folder: &Path, bytes: impl AsRef<[u8]>, more: &[&str]) -> (i32, Value) {
    write(folder, "export", bytes);
    let now = at(600 * MINUTE);
    let args = ["check-proof", "export", "--genesis", "genesis.cbor", "--at", &now];
    json(folder, &[&args[..], more].concat())
}

fn opened(bytes: &[u8]) -> Export {
    let export = match ProofFile::decode(bytes).unwrap() {
        ProofFile::Export { export } => Some(export),
        ProofFile::Receipt { .. } => None,
    };
    export.unwrap()
}

#[test]
fn an_export_is_complete_once_every_session_is_closed() {
    let care = Care::new();
    let other = checker(&care);
    let consent = care.grant(MINUTE);
    let (one, two) = (care.open(MINUTE, &consent), care.open(MINUTE, &consent));
    let (code, report) = check(other.path(), export(&care, MINUTE, "maren", "first"), &[]);
    assert_eq!((code, &report["valid"], &report["complete"]), (1, &json!(true), &json!(false)), "{report}");
    care.done(2 * MINUTE, &["access", "close", "--dir", "l", "--session", &one]);
    let (code, report) = check(other.path(), export(&care, 2 * MINUTE, "maren", "second"), &[]);
    assert_eq!((code, &report["complete"]), (1, &json!(false)), "{report}");
    // Nothing was asked under the second; its close, however late, counts 0.
    care.done(500 * MINUTE, &["access", "close", "--dir", "l", "--session", &two]);
    let (code, report) = check(other.path(), export(&care, 500 * MINUTE, "maren", "third"), &[]);
    assert_eq!((code, &report["complete"], &report["kind"]), (0, &json!(true), &json!("export")), "{report}");
    assert_eq!(report["fault"], Value::Null);
    let height = care.done(500 * MINUTE, &["status", "--dir", "l"])["height"].clone();
    assert_eq!(report["height"], height);
    // One of somebody whom nobody asked about is complete too.
    assert_eq!(check(other.path(), export(&care, 500 * MINUTE, "tomas", "fourth"), &[]).0, 0);
}

#[test]
fn a_batch_that_was_not_handed_over_is_told() {
    let care = Care::new();
    let other = checker(&care);
    let mut held = opened(&export(&care, MINUTE, "maren", "held"));
    let whole = check(other.path(), ProofFile::Export { export: held.clone() }.encode().unwrap(), &[]);
    assert_eq!((whole.0, whole.1.get("not_handed_over")), (0, None), "{}", whole.1);
    let (batch, count) = (held.batches[0].batch, held.batches[0].commitments.take().unwrap().len());
    held.records.clear();
    let bytes = ProofFile::Export { export: held }.encode().unwrap();
    let (code, report) = check(other.path(), &bytes, &[]);
    assert_eq!((code, &report["valid"], &report["complete"]), (1, &json!(true), &json!(false)), "{report}");
    let missing = &report["not_handed_over"];
    assert_eq!((missing.as_array().unwrap().len(), &missing[0]["count"]), (1, &json!(count)));
    assert_eq!(missing[0]["batch"], json!(batch.to_string()));
    let founder = care.done(MINUTE, &["identity", "show", "--dir", "l", "founder"]);
    assert_eq!(missing[0]["custodian"], founder["did"]);
    // Whoever opens it is told too.
    write(care.path(), "bare", &bytes);
    let open = ["export", "open", "bare", "--genesis", "l/genesis.cbor", "--key", "l/keys/maren.key"];
    let told = care.done(MINUTE, &[&open[..], &["--to", "opened.json"]].concat());
    assert_eq!((&told["opened"], &told["not_handed_over"]), (&json!(0), missing));
}

#[test]
fn each_tampering_is_refused_by_its_own_code() {
    let care = Care::new();
    let other = checker(&care);
    let consent = care.grant(MINUTE);
    let (one, two) = (care.open(MINUTE, &consent), care.open(MINUTE, &consent));
    care.done(2 * MINUTE, &["access", "close", "--dir", "l", "--session", &one, "--session", &two]);
    let good = export(&care, 2 * MINUTE, "maren", "good");
    assert_eq!(check(other.path(), &good, &[]).0, 0);
    let tomas = opened(&export(&care, 2 * MINUTE, "tomas", "tomas")).logs;
    let code = |change: &dyn Fn(&mut Vec<Event>)| {
        let mut export = opened(&good);
        change(&mut export.logs.access);
        let bytes = ProofFile::Export { export }.encode().unwrap();
        let (code, report) = check(other.path(), bytes, &[]);
        assert_eq!((code, &report["valid"], &report["height"]), (1, &json!(false), &Value::Null), "{report}");
        report["fault"]["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(code(&|log| drop(log.remove(1))), "LGT-060");
    assert_eq!(code(&|log| log.insert(1, log[0].clone())), "LGT-061");
    assert_eq!(code(&|log| log.swap(1, 2)), "LGT-062");
    assert_eq!(code(&|log| drop(log.pop())), "LGT-063");
    assert_eq!(code(&|log| log[1] = tomas.authority[0].clone()), "LGT-064");
}

#[test]
fn a_rolled_back_export_is_noticed_by_who_has_seen_a_newer_header() {
    let care = Care::new();
    let other = checker(&care);
    let old = export(&care, MINUTE, "maren", "old");
    care.grant(2 * MINUTE);
    care.done(2 * MINUTE, &["status", "--dir", "l", "--header-to", "header"]);
    std::fs::copy(care.path().join("header"), other.path().join("header")).unwrap();
    let new = export(&care, 2 * MINUTE, "maren", "new");
    let seen = ["--at-least", "header"];
    let (code, report) = check(other.path(), &old, &seen);
    assert_eq!((code, &report["fault"]["code"]), (1, &json!("LGT-050")), "{report}");
    let (code, report) = check(other.path(), &new, &seen);
    assert_eq!(code, 0, "{report}");
    // Without the header nothing past the file's own height is claimed.
    let (code, earlier) = check(other.path(), &old, &[]);
    assert_eq!(code, 0);
    assert!(earlier["height"].as_u64() < report["height"].as_u64());
}

#[test]
fn what_cannot_be_exported_is_named() {
    let care = Care::new();
    let of = |subject: &str, to: &str, exit| {
        care.refused(exit, MINUTE, &["export", "--dir", "l", "--subject", subject, "--to", to])
    };
    assert_eq!(of("nobody", "e", 2), "CLI-005");
    assert_eq!(of("maren", "sample.json", 2), "CLI-003");
    let log = |subject: &str| care.refused(2, MINUTE, &["log", "--dir", "l", "--subject", subject]);
    assert_eq!(log("nobody"), "CLI-005");
}
