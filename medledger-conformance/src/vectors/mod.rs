//! The vectors of `spec/vectors/v1`: their generator, and the runner through the library's public interface.
//!
//! | file | what it holds |
//! | --- | --- |
//! | [`kinds`] | every kind of vector: its artifact, and how one is checked |
//! | [`files`] | the vectors as files, the manifest, the difference to what is committed |
//! | [`run`] | the runner: what a program in any language does |
//! | [`json`] | JSON as the vectors have it |
//! | `wire`, `cbor` | every wire type: values of its schema, and what is none |
//! | `hashes`, `merkle`, `state` | tagged hashes, proofs about logs and about the state |
//! | `signatures` | signatures of every crafted class, one by one and together |
//! | `envelopes`, `counters` | transactions, replay windows |
//! | `decisions` | terms and what they answer |
//! | `fhir` | FHIR: canonical bytes, dates, bundles, commitments, Consents |
//! | `secrets` | sheets, keystores, sealed records, wraps |
//! | `proofs` | headers, receipts, logs, parts of the state, files with proofs |
//! | `scene`, `chains` | whole small ledgers, and what is none |
//!
//! The generator uses core and sdk as they are inside, with entropy that follows from names; the runner uses
//! [`medledger_sdk::api`] and nothing else.

mod cbor;
mod chains;
mod counters;
mod decisions;
mod envelopes;
mod fhir;
pub mod files;
mod hashes;
pub mod json;
pub mod kinds;
mod merkle;
mod proofs;
pub mod run;
mod scene;
mod secrets;
mod signatures;
mod state;
mod wire;

use json::{Fields, Json};

/// The last millisecond of the year 9999: times in vectors are those that every language can say.
pub const LATEST: u64 = 253_402_300_799_999;

/// One vector.
#[derive(Clone, Debug)]
pub struct Vector {
    /// Its kind, one of [`kinds::KINDS`].
    pub kind: &'static str,
    /// For one that is to be refused, the cause that its file is named by.
    pub cause: Option<&'static str>,
    /// Its name, the only one in its file.
    pub name: String,
    /// What it was made from.
    pub of: String,
    /// What it gives to the operation.
    pub input: Fields,
    /// What stands between input and answer: bytes before they are hashed or signed. For whoever looks for a difference.
    pub steps: Fields,
    /// The rule that refuses it, or the answer.
    pub answer: Result<Fields, String>,
}

impl Vector {
    fn valid(kind: &'static str, name: impl Into<String>, of: impl Into<String>, input: Fields) -> Self {
        let (name, of) = (name.into(), of.into());
        Self { kind, cause: None, name, of, input, steps: Vec::new(), answer: Ok(Vec::new()) }
    }

    fn invalid(
        kind: &'static str,
        cause: &'static str,
        rule: impl Into<String>,
        name: impl Into<String>,
        of: impl Into<String>,
        input: Fields,
    ) -> Self {
        Self { cause: Some(cause), answer: Err(rule.into()), ..Self::valid(kind, name, of, input) }
    }

    fn gives(self, answer: Fields) -> Self {
        Self { answer: Ok(answer), ..self }
    }

    fn by(self, steps: Fields) -> Self {
        Self { steps, ..self }
    }

    /// The vector as one line of its file, without what is given to all vectors there.
    #[must_use]
    pub fn line(&self, shared: &Fields) -> String {
        let own: Fields = self.input.iter().filter(|field| !shared.contains(field)).cloned().collect();
        let mut fields: Fields =
            vec![("name", self.name.as_str().into()), ("of", self.of.as_str().into()), ("in", own.into())];
        if !self.steps.is_empty() {
            fields.push(("steps", self.steps.clone().into()));
        }
        fields.push(match &self.answer {
            Ok(answer) => ("out", answer.clone().into()),
            Err(rule) => ("rule", rule.as_str().into()),
        });
        Json::Object(fields).to_string()
    }
}

/// What makes the vectors of some kinds.
type Maker = fn() -> Vec<Vector>;

/// Every group of kinds, in the order of the files.
const MAKERS: &[(&str, Maker)] = &[
    ("wire types", wire::vectors),
    ("hashes", hashes::vectors),
    ("logs", merkle::vectors),
    ("state", state::vectors),
    ("signatures", signatures::vectors),
    ("counters", counters::vectors),
    ("envelopes", envelopes::vectors),
    ("decisions", decisions::vectors),
    ("ledgers", chains::vectors),
    ("proofs", proofs::vectors),
    ("FHIR", fhir::vectors),
    ("secrets", secrets::vectors),
];

/// Every vector. What a group stops at does not keep the others from telling what they stop at.
#[must_use]
pub fn all() -> Vec<Vector> {
    let running: Vec<_> = MAKERS.iter().map(|(name, maker)| (*name, std::thread::spawn(*maker))).collect();
    let (mut made, mut failed) = (Vec::new(), Vec::new());
    for (name, thread) in running {
        match thread.join() {
            Ok(vectors) => made.extend(vectors),
            Err(_) => failed.push(name.to_string()),
        }
    }
    failed.extend(scene::WRONG.lock().unwrap().drain(..));
    assert!(failed.is_empty(), "the vectors can't be made: {failed:#?}");
    made
}
