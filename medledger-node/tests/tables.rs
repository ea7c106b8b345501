//! `spec/rules.md`, `spec/registries.md`, `spec/medledger.cddl` and the tables of `docs/fhir-consent.md` are what the sources say. They are never written silently: a missing or
//! stale one is a failure, and `MEDLEDGER_RENEW=1 cargo test -p medledger-node --test tables` renews them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod tables {
    pub mod cddl;
    pub mod fhir_consent;
    pub mod registries;
    pub mod rules;
}

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use medledger_core::error::Rule;
use medledger_core::schema as core;
use medledger_node::schema as node;
use medledger_sdk::schema as sdk;

const RENEW: &str = "MEDLEDGER_RENEW=1 cargo test -p medledger-node --test tables";

/// Every rule of every crate.
fn all_rules() -> Vec<&'static Rule> {
    core::RULES.iter().chain(sdk::RULES).chain(node::RULES).flat_map(|rules| rules.iter()).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn compare(name: &str, wanted: &str) {
    let path = root().join(name);
    if std::env::var_os("MEDLEDGER_RENEW").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, wanted).unwrap();
        return;
    }
    let found =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}; renew it: {RENEW}"));
    for (number, (found, wanted)) in found.lines().zip(wanted.lines()).enumerate() {
        assert_eq!(found, wanted, "{name}, line {}, is stale; renew it: {RENEW}", number + 1);
    }
    assert!(found == wanted, "{name} has other lines at its end; renew it: {RENEW}");
}

#[test]
fn the_table_of_rules_is_what_the_sources_say() {
    compare("spec/rules.md", &tables::rules::render(&all_rules()));
}

#[test]
fn the_registries_are_what_the_sources_say() {
    compare("spec/registries.md", &tables::registries::render());
}

#[test]
fn the_shapes_are_what_the_sources_say() {
    compare("spec/medledger.cddl", &tables::cddl::render());
}

#[test]
fn the_page_on_consents_is_what_the_sources_say() {
    let page = fs::read_to_string(root().join("docs/fhir-consent.md")).unwrap();
    compare("docs/fhir-consent.md", &tables::fhir_consent::render(&page));
}

#[test]
fn ids_and_codes_of_rules_are_distinct_over_all_crates() {
    let rules = all_rules();
    let ids: BTreeSet<String> = rules.iter().map(|rule| rule.to_string()).collect();
    let codes: BTreeSet<u16> = rules.iter().map(|rule| rule.code()).collect();
    assert_eq!((ids.len(), codes.len()), (rules.len(), rules.len()));
    for rule in rules {
        assert!((1..=99).contains(&rule.number), "{rule}");
        assert!(!rule.text.is_empty() && !rule.text.contains(['|', '\n']), "{rule}");
    }
}

/// The names of the enums that `rules!` defines in a source.
fn rule_enums(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in source.lines().map(str::trim).filter(|line| !line.starts_with("//")) {
        let words: Vec<&str> = line.split([' ', ':']).filter(|word| !word.is_empty()).collect();
        if let ["pub", "enum", name, prefix, "{"] = words.as_slice()
            && prefix.len() == 3
            && prefix.bytes().all(|byte| byte.is_ascii_uppercase())
        {
            names.push((*name).to_owned());
        }
    }
    names
}

fn rust_sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_enum_of_rules_is_listed() {
    for folder in ["medledger-core/src", "medledger-sdk/src", "medledger-node/src"] {
        let folder = root().join(folder);
        let listed = fs::read_to_string(folder.join("schema.rs")).unwrap();
        let mut sources = Vec::new();
        rust_sources(&folder, &mut sources);
        let mut count = 0;
        for path in sources {
            for name in rule_enums(&fs::read_to_string(&path).unwrap()) {
                count += 1;
                assert!(
                    listed.contains(&format!("{name}::RULES")),
                    "{name} of {} is not listed",
                    path.display()
                );
            }
        }
        assert!(count > 1, "no rules were found in {}", folder.display());
    }
}
