//! What `cargo metadata` says of the workspace's crates: who depends on whom, and which features there are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::shell;

/// Which crates of the workspace a crate may depend on, in any way.
const MAY_DEPEND: &[(&str, &[&str])] = &[
    ("medledger-keccak", &[]),
    ("medledger-core", &["medledger-keccak"]),
    ("medledger-sdk", &["medledger-core"]),
    ("medledger-node", &["medledger-core", "medledger-sdk"]),
    ("medledger-ffi", &["medledger-core", "medledger-sdk"]),
    ("medledger-bindgen", &[]),
    ("medledger-py", &["medledger-core", "medledger-sdk"]),
    ("medledger-wasm", &["medledger-core", "medledger-sdk"]),
    ("medledger-conformance", &["medledger-core", "medledger-sdk"]),
    ("medledger-benches", &["medledger-core", "medledger-sdk", "medledger-node"]),
    ("xtask", &[]),
];

/// Features that need a host: their crates bring the standard library.
const HOST_FEATURES: &[(&str, &str)] = &[("medledger-core", "strategies")];

/// The crates that must build without an operating system.
const BARE_CRATES: &[&str] = &["medledger-core", "medledger-sdk"];

/// One crate of the workspace.
#[derive(Debug)]
pub struct Crate {
    /// Its name.
    pub name: String,
    /// Its features, `default` apart.
    pub features: BTreeSet<String>,
    /// The names of what it depends on, also for its tests and its build.
    pub dependencies: BTreeSet<String>,
}

/// The workspace's crates.
///
/// # Errors
/// When cargo can't be asked or its answer is not understood.
pub fn crates(root: &Path) -> Result<Vec<Crate>, String> {
    let mut command = shell::cargo(root, &["metadata", "--no-deps", "--format-version", "1"]);
    parse(&shell::ask(&mut command)?)
}

fn parse(answer: &[u8]) -> Result<Vec<Crate>, String> {
    let answer: Value =
        serde_json::from_slice(answer).map_err(|error| format!("the answer of `cargo metadata`: {error}"))?;
    let crates: Option<Vec<Crate>> =
        answer.get("packages").and_then(Value::as_array).and_then(|list| list.iter().map(package).collect());
    crates.ok_or_else(|| "the answer of `cargo metadata` lacks what it always had".into())
}

fn package(package: &Value) -> Option<Crate> {
    let features = package.get("features")?.as_object()?;
    let dependencies = package.get("dependencies")?.as_array()?;
    Some(Crate {
        name: package.get("name")?.as_str()?.to_owned(),
        features: features.keys().filter(|name| *name != "default").cloned().collect(),
        dependencies: dependencies
            .iter()
            .map(|dependency| dependency.get("name")?.as_str().map(str::to_owned))
            .collect::<Option<_>>()?,
    })
}

/// Dependencies between the workspace's crates that the graph does not allow.
pub fn graph_faults(crates: &[Crate]) -> Vec<String> {
    let allowed: BTreeMap<&str, &[&str]> = MAY_DEPEND.iter().copied().collect();
    let members: BTreeSet<&str> = crates.iter().map(|member| member.name.as_str()).collect();
    let mut faults = Vec::new();
    for member in crates {
        let Some(allowed) = allowed.get(member.name.as_str()) else {
            faults.push(format!(
                "{} has no place in the graph of crates: give it one in xtask/src/cargo_metadata.rs",
                member.name
            ));
            continue;
        };
        let inside = member.dependencies.iter().filter(|name| members.contains(name.as_str()));
        let wrong = inside.filter(|name| !allowed.contains(&name.as_str()));
        faults.extend(wrong.map(|name| format!("{} may not depend on {name}", member.name)));
    }
    faults
}

/// One way to build one crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Combination {
    /// The crate.
    pub of: String,
    /// The features that are on.
    pub features: Vec<String>,
    /// Whether it needs a host.
    pub host: bool,
}

impl Combination {
    /// The arguments that make cargo build it.
    pub fn arguments(&self) -> Vec<String> {
        let features = self.features.join(",");
        ["-p", &self.of, "--no-default-features", "--features", &features].map(String::from).to_vec()
    }
}

/// Of each crate that must build bare: no feature, each alone, all that need no host, and all. The list comes from
/// the manifests, so it can't lack one.
///
/// # Errors
/// When such a crate is missing.
pub fn combinations(crates: &[Crate]) -> Result<Vec<Combination>, String> {
    let mut all: Vec<Combination> = Vec::new();
    for name in BARE_CRATES {
        let member = crates.iter().find(|member| member.name == *name);
        let member = member.ok_or_else(|| format!("the workspace has no crate {name}"))?;
        let host = |feature: &String| HOST_FEATURES.contains(&(*name, feature.as_str()));
        let features: Vec<String> = member.features.iter().cloned().collect();
        let bare: Vec<String> = features.iter().filter(|feature| !host(feature)).cloned().collect();
        let alone = features.iter().map(|feature| vec![feature.clone()]);
        for features in [vec![]].into_iter().chain(alone).chain([bare, features.clone()]) {
            let host = features.iter().any(host);
            let combination = Combination { of: (*name).to_owned(), features, host };
            if !all.contains(&combination) {
                all.push(combination);
            }
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str, features: &[&str], dependencies: &[&str]) -> Crate {
        let set = |list: &[&str]| list.iter().map(|item| (*item).to_owned()).collect();
        Crate { name: name.into(), features: set(features), dependencies: set(dependencies) }
    }

    #[test]
    fn the_graph_points_one_way() {
        let right = [
            member("medledger-core", &[], &["serde"]),
            member("medledger-sdk", &[], &["medledger-core", "serde"]),
            member("medledger-node", &[], &["medledger-core", "medledger-sdk"]),
            member("xtask", &[], &["proc-macro2"]),
        ];
        assert!(graph_faults(&right).is_empty());
    }

    #[test]
    fn a_wrong_dependency_is_caught() {
        for (of, on) in [
            ("medledger-core", "medledger-sdk"),
            ("medledger-sdk", "medledger-node"),
            ("medledger-py", "medledger-node"),
            ("xtask", "medledger-core"),
        ] {
            let faults = graph_faults(&[member(of, &[], &[on]), member(on, &[], &[])]);
            assert_eq!(faults, [format!("{of} may not depend on {on}")]);
        }
        assert_eq!(graph_faults(&[member("medledger-helpers", &[], &[])]).len(), 1);
    }

    #[test]
    fn combinations_are_none_each_and_all() {
        let crates = [
            member("medledger-core", &["strategies"], &[]),
            member("medledger-sdk", &["fhir", "local"], &[]),
        ];
        let found = combinations(&crates).unwrap();
        let shown: Vec<(&str, String, bool)> =
            found.iter().map(|c| (c.of.as_str(), c.features.join(","), c.host)).collect();
        let expected = [
            ("medledger-core", "", false),
            ("medledger-core", "strategies", true),
            ("medledger-sdk", "", false),
            ("medledger-sdk", "fhir", false),
            ("medledger-sdk", "local", false),
            ("medledger-sdk", "fhir,local", false),
        ];
        assert_eq!(shown, expected.map(|(of, features, host)| (of, features.to_owned(), host)));
        assert!(combinations(&crates[..1]).is_err());
    }

    #[test]
    fn the_answer_of_cargo_is_read() {
        let answer = br#"{"packages":[{"name":"a","features":{"default":["x"],"x":[]},"dependencies":[{"name":"b"}]}]}"#;
        let crates = parse(answer).unwrap();
        assert_eq!(crates[0].name, "a");
        assert!(crates[0].features.contains("x") && crates[0].features.len() == 1);
        assert!(crates[0].dependencies.contains("b"));
        assert!(parse(b"{}").is_err() && parse(b"").is_err());
    }
}
