//! A ledger with a patient, her records, a hospital and a doctor whom it vouches for.

use std::path::Path;

use serde_json::Value;

use super::{done, refused, write};

/// A minute, in milliseconds.
pub const MINUTE: u64 = 60_000;

/// A time so many milliseconds after the ledger was founded.
pub fn at(millis: u64) -> String {
    let (seconds, milli) = (millis / 1_000, millis % 1_000);
    let (minutes, second) = (seconds / 60, seconds % 60);
    let (hour, day) = (8 + minutes / 60, 2 + (8 + minutes / 60) / 24);
    format!("2026-03-{day:02}T{:02}:{:02}:{second:02}.{milli:03}Z", hour % 24, minutes % 60)
}

/// The role of the doctor.
pub const ROLE: &str = "urn:oid:2.16.840.1.113883.6.101|207Q00000X";

/// The ledger `l` in a folder of its own.
pub struct Care {
    pub folder: tempfile::TempDir,
    pub credential: String,
    pub records: Vec<String>,
}

impl Care {
    pub fn new() -> Self {
        let folder = super::folder();
        let mut care = Self { folder, credential: String::new(), records: Vec::new() };
        care.done(0, &["init", "--dir", "l"]);
        for (kind, name) in [("patient", "maren"), ("patient", "tomas"), ("practitioner", "dr-chen")] {
            care.done(0, &["identity", "new", "--dir", "l", "--kind", kind, "--name", name]);
        }
        write(care.path(), "sample.json", medledger_sdk::fhir::SAMPLE_BUNDLE);
        for name in ["maren", "tomas"] {
            care.done(0, &["anchor", "--dir", "l", "--subject", name, "--bundle", "sample.json"]);
        }
        let until = at(600 * MINUTE);
        let issue = ["identity", "credential", "issue", "--dir", "l", "--to", "dr-chen"];
        let issued = care.done(0, &[&issue[..], &["--role", ROLE, "--until", &until]].concat());
        care.credential = text(&issued, "credential");
        let timeline = care.done(0, &["timeline", "--dir", "l", "--subject", "maren"]);
        let records = timeline["records"].as_array().unwrap();
        care.records = records.iter().map(|line| text(line, "record")).collect();
        care
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The answer of a command that does what it is asked to, so much later.
    pub fn done(&self, millis: u64, args: &[&str]) -> Value {
        done(self.path(), &[args, &["--at", &at(millis)]].concat())
    }

    /// The code of one that does not.
    pub fn refused(&self, exit: i32, millis: u64, args: &[&str]) -> String {
        refused(self.path(), exit, &[args, &["--at", &at(millis)]].concat()).0
    }

    /// A consent to the doctor for two hours.
    pub fn grant(&self, millis: u64) -> String {
        let until = at(120 * MINUTE);
        let args = ["consent", "grant", "--dir", "l", "--subject", "maren", "--to", "dr-chen"];
        text(&self.done(millis, &[&args[..], &["--purpose", "TREAT", "--until", &until]].concat()), "consent")
    }

    /// The arguments of a request of the doctor's.
    pub fn asks<'a>(&'a self, consent: &'a str) -> Vec<&'a str> {
        let args = ["access", "open", "--dir", "l", "--as", "dr-chen", "--subject", "maren"];
        [&args[..], &["--consent", consent, "--purpose", "TREAT", "--credential", &self.credential]].concat()
    }

    /// A session of the doctor's.
    pub fn open(&self, millis: u64, consent: &str) -> String {
        text(&self.done(millis, &self.asks(consent)), "session")
    }
}

/// A text of an answer.
pub fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap().to_owned()
}
