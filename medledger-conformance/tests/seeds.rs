//! The seeds in `fuzz/seeds`: made by `MEDLEDGER_RENEW=1 cargo test -p medledger-conformance --test seeds`, and held here
//! to what they must be. They are never written silently.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use medledger_conformance::fuzz::world::WORLD;
use medledger_conformance::fuzz::{BODIES, seeds, wire};
use medledger_core::codec::{Wire, encode};
use medledger_core::error::Coded;
use medledger_sdk::proof::ProofFile;
use proptest::arbitrary::{Arbitrary, any};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

const RENEW: &str = "MEDLEDGER_RENEW=1 cargo test -p medledger-conformance --test seeds";
/// All of them together.
const MOST_BYTES: u64 = 2_000_000;

fn folder(target: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/seeds")).join(target)
}

/// Values of a type that core has strategies for: of several the shortest and the longest.
fn generated<T: Wire + Arbitrary>() -> Vec<seeds::Value> {
    let mut runner = TestRunner::deterministic();
    let strategy = any::<T>();
    let mut made: Vec<Vec<u8>> =
        (0..8).map(|_| encode(&strategy.new_tree(&mut runner).unwrap().current()).unwrap()).collect();
    made.sort_by_key(Vec::len);
    made.dedup();
    let last = made.len() - 1;
    made.into_iter()
        .enumerate()
        .filter(|(at, bytes)| *at == 0 || (*at == last && bytes.len() < 4_096))
        .map(|(_, bytes)| (T::SCHEMA.name, bytes))
        .collect()
}

macro_rules! all {
    ($( $name:ident: $type:ty ),* $(,)?) => { [ $( generated::<$type>() ),* ].concat() };
}

/// Every seed: its target, its name and its bytes.
fn made() -> Vec<(&'static str, String, Vec<u8>)> {
    let values: Vec<seeds::Value> =
        medledger_core::wire_types!(all).into_iter().chain(seeds::sdk_values()).collect();
    let mut made = Vec::new();
    for (number, (name, bytes)) in values.into_iter().enumerate() {
        let kind = wire::kinds().find(|kind| kind.name == name).unwrap();
        made.push(("wire", format!("{name}-{number:03}"), kind.input(&bytes)));
    }
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for (target, bytes) in seeds::programs() {
        let number = numbers.entry(target).or_default();
        made.push((target, format!("{number:03}"), bytes));
        *number += 1;
    }
    made.extend(consents().into_iter().map(|(name, bytes)| ("consent", name, bytes)));
    made
}

/// Of the sdk's sample Consents every second one.
fn consents() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../medledger-sdk/tests/fhir_consents");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let name = |path: &PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
    let samples = paths.into_iter().filter(|path| name(path) != "cases").step_by(2);
    samples.map(|path| (name(&path), fs::read(path).unwrap())).collect()
}

/// Writes them anew where that is asked for, before anything reads them.
static WRITTEN: LazyLock<()> = LazyLock::new(|| {
    if std::env::var_os("MEDLEDGER_RENEW").is_some() {
        for (target, _) in BODIES {
            fs::create_dir_all(folder(target)).unwrap();
            for entry in fs::read_dir(folder(target)).unwrap() {
                let path = entry.unwrap().path();
                // What fuzzing has found can't be made anew.
                if !path.file_name().unwrap().to_string_lossy().starts_with("found-") {
                    fs::remove_file(path).unwrap();
                }
            }
        }
        for (target, name, bytes) in made() {
            fs::write(folder(target).join(name), bytes).unwrap();
        }
    }
});

#[test]
fn seeds_are_committed_and_small() {
    *WRITTEN;
    let mut total = 0;
    for (target, _) in BODIES {
        let count = fs::read_dir(folder(target)).map_or(0, |entries| {
            entries.map(|entry| total += entry.unwrap().metadata().unwrap().len()).count()
        });
        assert!(count > 0, "the target {target} has no seeds; make them: {RENEW}");
    }
    assert!(total <= MOST_BYTES, "the seeds are {total} bytes");
}

/// The target `light` begins with records that are said to stand elsewhere in their batch; none is believed.
#[test]
fn records_misplaced_in_their_batch_are_among_the_seeds_and_refused() {
    *WRITTEN;
    let kept: BTreeSet<Vec<u8>> = fs::read_dir(folder("light"))
        .unwrap()
        .map(|entry| fs::read(entry.unwrap().path()).unwrap())
        .collect();
    let verifier = WORLD.verifier();
    for proof in seeds::misplaced() {
        let error = proof.check(&verifier).unwrap_err();
        assert_eq!(error.rule().to_string(), "LGT-012");
        let file = encode(&ProofFile::Receipt { proof }).unwrap();
        assert!(kept.contains(&[&[0], file.as_slice()].concat()), "make the seeds: {RENEW}");
    }
}

/// The target `wire` begins with a value of every wire type, so that each is reached.
#[test]
fn every_wire_type_has_a_seed() {
    *WRITTEN;
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder("wire")).unwrap() {
        let input = fs::read(entry.unwrap().path()).unwrap();
        if let Some((kind, value)) = wire::kind(&input)
            && kind.decodes(value)
        {
            found.insert(kind.name);
        }
    }
    let missing: Vec<&str> =
        wire::kinds().map(|kind| kind.name).filter(|name| !found.contains(name)).collect();
    assert!(missing.is_empty(), "no seed is a value of {missing:?}; make them: {RENEW}");
}
