//! Every seed and every input that fuzzing kept, through the bodies; and some hundred changes of them. What fuzzing found
//! is among the seeds of its target, and is thereby asked again.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    reason = "a test may stop"
)]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use medledger_conformance::fuzz::{BODIES, Body, kept};
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

/// The seeds of a target, in the order of their names.
fn seeds(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(kept::folder().join("seeds").join(target)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

fn run((target, body): Body, input: &[u8], what: &dyn std::fmt::Display) {
    if catch_unwind(AssertUnwindSafe(|| body(input))).is_err() {
        let found = kept::folder().join("artifacts").join(target).join("replay");
        fs::create_dir_all(found.parent().unwrap()).unwrap();
        fs::write(&found, input).unwrap();
        panic!("{target}: the property does not hold for {what}; the input is kept as {}", found.display());
    }
}

fn replay(target: &str) {
    let body = *BODIES.iter().find(|(name, _)| *name == target).unwrap();
    let seeds = seeds(target);
    assert!(!seeds.is_empty());
    for (path, input) in &seeds {
        run(body, input, &path.display());
    }
    for (number, input) in kept::inputs(target).unwrap().iter().enumerate() {
        run(body, input, &format_args!("kept input {number}"));
    }
    // Changes of the seeds, the same in every run unless more are asked for.
    let changes = match (std::env::var_os("MEDLEDGER_LONG").is_some(), target) {
        (false, "keystore") => 20,
        (false, "block" | "light" | "sealed") => 100,
        (false, _) => 500,
        (true, "keystore") => 2_000,
        (true, _) => 50_000,
    };
    let mut rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    for number in 0..changes {
        let [one, other] = [0, 1].map(|_| &seeds[rng.next_u32() as usize % seeds.len()].1);
        let input = changed(one, other, &mut rng);
        run(body, &input, &format_args!("change {number}"));
    }
}

/// A few bytes overwritten, cut out, put in or taken from another input.
fn changed(one: &[u8], other: &[u8], rng: &mut TestRng) -> Vec<u8> {
    let mut input = one.to_vec();
    for _ in 0..=rng.next_u32() % 4 {
        let mut below = |end: usize| rng.next_u32() as usize % end.max(1);
        let at = below(input.len());
        match below(5) {
            0 if !input.is_empty() => input[at] = below(256).to_le_bytes()[0],
            1 if !input.is_empty() => input[at] ^= 1 << below(8),
            2 => {
                let until = (at + 1 + below(8)).min(input.len());
                input.drain(at..until);
            }
            3 => input.insert(at, below(256).to_le_bytes()[0]),
            _ => {
                let from = below(other.len());
                let until = (from + below(64)).min(other.len());
                let part = other[from..until].to_vec();
                input.splice(at..at, part);
            }
        }
    }
    input
}

macro_rules! replayed {
    ($( $target:ident ),* $(,)?) => {
        $( #[test] fn $target() { replay(stringify!($target)); } )*

        #[test]
        fn every_target_is_replayed_and_has_a_program() {
            let names: Vec<&str> = BODIES.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, [$( stringify!($target) ),*]);
            let manifest = fs::read_to_string(kept::folder().join("Cargo.toml")).unwrap();
            for name in names {
                let program = fs::read_to_string(kept::folder().join(format!("fuzz_targets/{name}.rs"))).unwrap();
                assert!(program.contains(&format!("fuzz::{name}::{name}(")), "{program}");
                assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name}");
            }
        }
    };
}

replayed!(wire, proof, light, block, fhir_bundle, consent, sealed, keystore);
