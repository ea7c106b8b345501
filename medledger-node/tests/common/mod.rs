//! Runs the real command.
#![allow(dead_code, missing_docs, reason = "each test program uses its own part")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a run of the command gave.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// Runs the command in a folder.
pub fn medledger(folder: &Path, args: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_medledger"))
        .args(args)
        .current_dir(folder)
        .env_remove("RUST_BACKTRACE")
        .env_remove("MEDLEDGER_PASSPHRASE")
        .env_remove("MEDLEDGER_NEW_PASSPHRASE")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs it with `--json`: standard output is one object on one line.
pub fn json(folder: &Path, args: &[&str]) -> (i32, Value) {
    let ran = medledger(folder, &[args, &["--json"]].concat());
    assert_eq!(ran.out.lines().count(), 1, "{args:?}: {} {}", ran.out, ran.err);
    assert!(ran.out.ends_with('\n') && !ran.err.contains("panicked"), "{}", ran.err);
    let value: Value = serde_json::from_str(&ran.out).unwrap();
    assert!(value.is_object());
    (ran.code.unwrap(), value)
}

/// The answer of a run that did what it was asked to.
pub fn done(folder: &Path, args: &[&str]) -> Value {
    let (code, value) = json(folder, args);
    assert_eq!(code, 0, "{args:?}: {value}");
    value
}

/// The code and element of a run that failed with this exit code.
pub fn refused(folder: &Path, exit: i32, args: &[&str]) -> (String, Option<String>) {
    let (code, value) = json(folder, args);
    assert_eq!(code, exit, "{args:?}: {value}");
    assert_eq!(value.as_object().unwrap().len(), 1);
    let error = value["error"].as_object().unwrap();
    assert_eq!(error.len(), 3, "{value}");
    assert!(!error["what"].as_str().unwrap().is_empty());
    let element = error["element"].as_str().map(str::to_owned);
    assert!(element.is_some() || error["element"].is_null());
    (error["code"].as_str().unwrap().to_owned(), element)
}

/// A folder to work in.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// Writes a file.
pub fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

/// The sample bundle as JSON.
pub fn sample() -> Value {
    serde_json::from_slice(medledger_sdk::fhir::SAMPLE_BUNDLE).unwrap()
}

/// The sample's entries.
pub fn entries(bundle: &mut Value) -> &mut Vec<Value> {
    bundle["entry"].as_array_mut().unwrap()
}

/// A ledger with a patient of this name, and the sample anchored.
pub fn ledger(folder: &Path) {
    done(folder, &["init", "--dir", "l"]);
    done(folder, &["identity", "new", "--dir", "l", "--kind", "patient", "--name", "maren"]);
    write(folder, "sample.json", medledger_sdk::fhir::SAMPLE_BUNDLE);
    done(folder, &["anchor", "--dir", "l", "--subject", "maren", "--bundle", "sample.json"]);
}

/// The ids of a patient's records.
pub fn records(folder: &Path) -> Vec<String> {
    let timeline = done(folder, &["timeline", "--dir", "l", "--subject", "maren"]);
    let lines = timeline["records"].as_array().unwrap();
    lines.iter().map(|line| line["record"].as_str().unwrap().to_owned()).collect()
}

pub mod care;
