//! The runner: reads the vectors from their files and checks each through [`medledger_sdk::api`] alone, as a program in any
//! language does.

mod consents;
pub mod crossing;
mod ground;
mod ledgers;
mod read;
mod records;
mod wallets;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use medledger_sdk::api::Error;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::files::{self, Files};
use super::kinds::KINDS;

/// What a vector's operation gave: an answer, field by field, to be compared with the vector's.
pub type Answer = Result<Value, Error>;

/// What came of all vectors.
#[derive(Debug, Default)]
pub struct Report {
    /// Vectors that were checked.
    pub executed: u64,
    /// Vectors that the manifest counts.
    pub manifest: u64,
    /// A line for each that failed.
    pub failures: Vec<String>,
    /// By kind, how many were checked, and how many of them failed.
    pub kinds: BTreeMap<String, (u64, u64)>,
    /// How long it took.
    pub took: Duration,
}

impl Report {
    /// Whether all that the manifest counts was executed, and none failed.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.failures.is_empty() && self.executed == self.manifest && self.executed > 0
    }

    /// As `cargo xtask vectors` reads it, where the form is explained. Operations are not recorded: the interface is the
    /// definition, and every language's call comes there.
    #[must_use]
    pub fn told(&self) -> Value {
        let kinds: Map<String, Value> = self
            .kinds
            .iter()
            .map(|(kind, (executed, failed))| (kind.clone(), json!({"executed": executed, "failed": failed})))
            .collect();
        json!({
            "runner": "rust",
            "executed": self.executed,
            "manifest": self.manifest,
            "failed": self.failures.len(),
            "seconds": self.took.as_secs_f64(),
            "kinds": kinds,
            "operations": {"vectors": [], "story": []},
            "failures": self.failures.iter().take(20).collect::<Vec<_>>(),
        })
    }
}

/// Checks every vector of a folder.
///
/// # Errors
/// When the folder can't be read, or its manifest is none.
pub fn run(folder: &Path) -> Result<Report, String> {
    let kept = files::read(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let text = kept.get("manifest.json").ok_or("manifest.json is missing")?;
    let manifest: Value = serde_json::from_str(text).map_err(|error| format!("manifest.json: {error}"))?;
    let mut report =
        Report { manifest: manifest["artifacts"]["full"].as_u64().unwrap_or_default(), ..Report::default() };
    report.failures = sums(&manifest, &kept);
    let start = Instant::now();
    for (path, text) in kept.iter().filter(|(path, _)| path.ends_with(".json") && *path != "manifest.json") {
        file(path, text, &mut report);
    }
    report.took = start.elapsed();
    for kind in KINDS {
        let counts = &manifest["kinds"][kind.name];
        let of = |name: &str| counts[name].as_u64().unwrap_or_default();
        let wanted = of("valid") + of("invalid");
        let (executed, _) = report.kinds.get(kind.name).copied().unwrap_or_default();
        if executed != wanted {
            report.failures.push(format!("{}: {executed} executed of {wanted}", kind.name));
        }
    }
    Ok(report)
}

/// Files that are missing, surplus, or other than the manifest says.
fn sums(manifest: &Value, kept: &Files) -> Vec<String> {
    let listed = manifest["files"].as_object().unwrap();
    let mut found: Vec<String> = Vec::new();
    for (path, of) in listed {
        let sum = kept.get(path).map(|text| medledger_core::hash::Hex(&Sha256::digest(text)).to_string());
        match sum {
            None => found.push(format!("{path} is missing")),
            Some(sum) if of["sha256"] != sum.as_str() => found.push(format!("{path} has another sum")),
            Some(_) => {}
        }
    }
    let others = kept.keys().filter(|path| !matches!(path.as_str(), "manifest.json" | "README.md"));
    found.extend(
        others.filter(|path| !listed.contains_key(*path)).map(|path| format!("{path} is not listed")),
    );
    found
}

fn file(path: &str, text: &str, report: &mut Report) {
    let file: Value = match serde_json::from_str(text) {
        Ok(file) => file,
        Err(error) => return report.failures.push(format!("{path}: {error}")),
    };
    let kind = file["kind"].as_str().unwrap_or_default();
    for vector in file["vectors"].as_array().into_iter().flatten() {
        let name = format!("{path}: {}", vector["name"].as_str().unwrap_or_default());
        let Some(operation) = operation(kind) else {
            report.failures.push(format!("{name}: no operation checks {kind}"));
            continue;
        };
        report.executed += 1;
        // What is given to all vectors of the file, and what to this one.
        let mut given = file["in"].as_object().cloned().unwrap_or_default();
        given.extend(vector["in"].as_object().cloned().unwrap_or_default());
        let given = Value::Object(given);
        let answer = catch_unwind(AssertUnwindSafe(|| operation(&given)));
        let fault = match answer {
            Err(_) => Some("it panicked".into()),
            Ok(answer) => fault(vector, &answer),
        };
        let of_kind = report.kinds.entry(kind.into()).or_default();
        of_kind.0 += 1;
        of_kind.1 += u64::from(fault.is_some());
        report.failures.extend(fault.map(|fault| format!("{name}: {fault}")));
    }
}

/// How an answer differs from what the vector demands.
fn fault(vector: &Value, answer: &Answer) -> Option<String> {
    match (vector.get("out"), vector.get("rule"), answer) {
        (Some(out), None, Ok(answer)) if out == answer => None,
        (Some(out), None, Ok(answer)) => {
            let fields = out.as_object()?.iter().filter(|(name, value)| answer.get(name) != Some(value));
            let differing: Vec<String> =
                fields.map(|(name, value)| format!("{name}: {value}, not {}", answer[name])).collect();
            Some(if differing.is_empty() {
                "fields that are not in the vector".into()
            } else {
                differing.join("; ")
            })
        }
        (Some(_), None, Err(error)) => Some(format!("it is refused: {error}")),
        (None, Some(rule), Err(error)) if rule == error.code.as_str() => None,
        (None, Some(rule), Err(error)) => Some(format!("it is refused by {error}, and not by {rule}")),
        (None, Some(rule), Ok(answer)) => Some(format!("{rule} does not refuse it: {answer}")),
        _ => Some("a vector has an answer or a rule".into()),
    }
}

/// What checks a vector of a kind.
fn operation(kind: &str) -> Option<fn(&Value) -> Answer> {
    Some(match kind {
        "wire" | "wire-full" => ground::wire,
        "hash" => ground::hash,
        "key" => ground::key,
        "log" => ground::log,
        "inclusion" => ground::inclusion,
        "consistency" => ground::consistency,
        "state" => ground::state,
        "state-keys" => ground::state_keys,
        "signature" => ground::signature,
        "signatures" => ground::signatures,
        "counter" => ground::counter,
        "transaction" => ground::transaction,
        "terms" => consents::terms,
        "decide" => consents::decide,
        "decide-all" => consents::decide_all,
        "genesis" => ledgers::genesis,
        "ledger" => ledgers::ledger,
        "header" => ledgers::header,
        "receipt" => ledgers::receipt,
        "subject-log" => ledgers::subject_log,
        "proven-state" => ledgers::proven_state,
        "proof-file" => ledgers::proof_file,
        "fhir" => records::fhir,
        "fhir-date" => records::date,
        "fhir-bundle" => records::bundle,
        "fhir-consent" => records::consent,
        "fhir-terms" => records::consent_terms,
        "commitments" => records::commitments,
        "sealed" => records::sealed,
        "wrap" => records::wrap,
        "sheet" => wallets::sheet,
        "keystore" => wallets::keystore,
        _ => return None,
    })
}
