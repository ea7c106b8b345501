//! Which steps `check`, `test` and `nightly` consist of, and what may run beside what.
//!
//! Steps that build into the same directory are one lane: cargo would only let them wait for each other. The bare
//! target has a directory of its own, and so a lane.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use crate::cargo_metadata::{self, Combination};
use crate::run::{Lane, Outcome, Stage, Step};
use crate::setup::{self, BARE_TARGET};
use crate::shell::{cargo, program, say};
use crate::source::{self, File, Source};
use crate::{bindings, fuzz, hygiene, javascript, kotlin, layers, operations, python, registers, vectors};

/// Where everything for the bare target is built.
const BARE_DIRECTORY: &str = "target/bare-metal";
/// The program that core and sdk are linked into.
const BARE_MANIFEST: &str = "ci/bare-metal/Cargo.toml";
/// The programs around the fuzz bodies.
const FUZZ_MANIFEST: &str = "fuzz/Cargo.toml";
/// Where everything for the oldest compilers is built.
const OLDEST_DIRECTORY: &str = "target/oldest";
/// Where core's tests are built for other arithmetic of the curve.
const BACKENDS_DIRECTORY: &str = "target/backends";
/// The implementations of the curve's arithmetic that a validator may run beside the one that the build picks by
/// itself (with vectors, where the processor has them): name, and what tells curve25519-dalek.
const BACKENDS: &[(&str, &str)] = &[
    ("serial", "--cfg curve25519_dalek_backend=\"serial\""),
    ("serial of 32 bits", "--cfg curve25519_dalek_backend=\"serial\" --cfg curve25519_dalek_bits=\"32\""),
    ("fiat", "--cfg curve25519_dalek_backend=\"fiat\""),
    ("fiat of 32 bits", "--cfg curve25519_dalek_backend=\"fiat\" --cfg curve25519_dalek_bits=\"32\""),
];
/// What cargo-deny can say without a network.
const OFFLINE: &[&str] = &["bans", "licenses", "sources"];
/// What it says where the list of known vulnerabilities can't be fetched.
const NOT_FETCHED: &str = "failed to fetch advisory database";

/// The steps of `cargo xtask check`.
///
/// # Errors
/// When the repository can't be read.
pub fn check(root: &Path) -> Result<Vec<Stage>, String> {
    let tree = Tree::read(root)?;
    Ok(vec![vec![vec![rust_set_up(root)]], vec![tree.main_lane(), tree.bare_lane(), vec![deny(root)]]])
}

/// The steps of `cargo xtask test`.
///
/// # Errors
/// When the repository can't be read.
pub fn test(root: &Path) -> Result<Vec<Stage>, String> {
    let tree = Tree::read(root)?;
    let mut main = tree.main_lane();
    main.push(rust_tests(root));
    main.push(vectors::step(root, "rust"));
    if kotlin::is_there(root) {
        // In cargo's own directory, so after what else builds there.
        main.push(step(root, "kotlin package, library", kotlin::library));
    }
    let mut beside = vec![deny(root)];
    let mut last = Vec::new();
    let folders = tree.python_test_folders();
    if !folders.is_empty() {
        let root = root.to_path_buf();
        beside.push(Step::set_up("python set-up", {
            let root = root.clone();
            move || setup::python(&root).into()
        }));
        beside.push(Step::set_up("fhir validator set-up", {
            let root = root.clone();
            move || setup::fhir_validator(&root).into()
        }));
        let package = python::is_there(&root).then(|| package_steps(&root));
        last.push(vec![Step::new("python tests", move || python_tests(&root, &folders).into())]);
        if let Some((build, tests)) = package {
            beside.push(build);
            last.push(tests);
        }
    }
    beside.extend(javascript::set_up(root));
    last.push(javascript::steps(root));
    if kotlin::is_there(root) {
        let tests = step(root, "kotlin package, jar and tests", kotlin::tests);
        last.push(vec![tests, vectors::step(root, "kotlin")]);
    }
    let root = root.to_path_buf();
    let table = Step::new("operations by language", move || operations::check(&root).into());
    let set_up = vec![vec![rust_set_up(&tree.root)]];
    Ok(vec![set_up, vec![main, tree.bare_lane(), beside], last, vec![vec![table]]])
}

/// The steps of `cargo xtask nightly`.
///
/// # Errors
/// When there are no targets to fuzz.
pub fn nightly(root: &Path) -> Result<Vec<Stage>, String> {
    let long = {
        let root = root.to_path_buf();
        Step::new("long tests", move || {
            let mut command =
                cargo(&root, &["test", "--workspace", "--profile", "long", "--locked", "--no-fail-fast"]);
            command.env("MEDLEDGER_LONG", "1");
            counted(&mut command, "test result:").into()
        })
    };
    let oldest = vec![
        oldest(root, "oldest compiler for core and sdk", "1.88", &["medledger-core", "medledger-sdk"]),
        oldest(root, "oldest compiler for node", "1.90", &["medledger-node"]),
    ];
    let backends = BACKENDS.iter().map(|(name, flags)| backend(root, name, flags)).collect();
    Ok(vec![vec![vec![long], oldest, backends, vec![deny(root), advisories(root)]], vec![fuzz::steps(root)?]])
}

/// The tests of signatures with one implementation of the curve's arithmetic: every answer is the same with each.
fn backend(root: &Path, name: &str, flags: &'static str) -> Step {
    let root = root.to_path_buf();
    Step::new(format!("signatures, {name}"), move || {
        let arguments =
            ["test", "-p", "medledger-core", "--lib", "--locked", "--target-dir", BACKENDS_DIRECTORY];
        let mut command = cargo(&root, &arguments);
        command.args(["--", "crypto::"]).env("RUSTFLAGS", flags);
        counted(&mut command, "test result:").into()
    })
}

/// The repository as it was read once, for all steps that look at it.
struct Tree {
    root: PathBuf,
    files: Arc<Vec<File>>,
    crates: Arc<Vec<cargo_metadata::Crate>>,
    combinations: Vec<Combination>,
}

impl Tree {
    fn read(root: &Path) -> Result<Self, String> {
        let crates = cargo_metadata::crates(root)?;
        let combinations = cargo_metadata::combinations(&crates)?;
        let files = Arc::new(source::files(root)?);
        Ok(Self { root: root.to_path_buf(), files, crates: Arc::new(crates), combinations })
    }

    /// What is read from the sources, then what builds for the host, quickest first.
    fn main_lane(&self) -> Lane {
        let mut lane = self.house_rules();
        lane.extend([
            cargo_step(&self.root, "fmt", &["fmt", "--all", "--check"], &[]),
            cargo_step(&self.root, "fmt, fuzz", &["fmt", "--manifest-path", FUZZ_MANIFEST, "--check"], &[]),
            cargo_step(
                &self.root,
                "fmt, bare metal",
                &["fmt", "--manifest-path", BARE_MANIFEST, "--check"],
                &[],
            ),
            cargo_step(
                &self.root,
                "clippy",
                &[
                    "clippy",
                    "--quiet",
                    "--workspace",
                    "--all-targets",
                    "--locked",
                    "--",
                    "--deny",
                    "warnings",
                ],
                &[],
            ),
            cargo_step(
                &self.root,
                "rustdoc",
                &["doc", "--quiet", "--workspace", "--no-deps", "--locked"],
                &[("RUSTDOCFLAGS", "--deny warnings")],
            ),
        ]);
        let root = self.root.clone();
        lane.push(Step::new("vectors", move || vectors::compare(&root).into()));
        lane.extend(self.combinations.iter().filter(|c| c.host).map(|combination| {
            let arguments = check_arguments(combination);
            cargo_step(&self.root, &combination_name(combination), &borrowed(&arguments), &[])
        }));
        lane
    }

    /// The steps that need no build.
    fn house_rules(&self) -> Lane {
        let crates = Arc::clone(&self.crates);
        let (root, examples) = (self.root.clone(), self.root.clone());
        vec![
            self.look("layers of core", |_, sources| Ok((String::new(), layers::violations(sources)))),
            Step::new("graph of crates", move || {
                listed(String::new(), &cargo_metadata::graph_faults(&crates))
            }),
            Step::new("bindings", move || bindings::check(&root).into()),
            Step::new("examples in Python", move || bindings::examples(&examples).into()),
            self.look("wire types listed", |_, sources| {
                let (count, mut faults) = registers::unlisted_wire_types(sources);
                if !faults.is_empty() {
                    faults.push(format!(
                        "a wire type is listed by its name in one of {:?}",
                        registers::SCHEMAS
                    ));
                }
                Ok((format!("{count} types"), faults))
            }),
            self.look("rules tested", |files, sources| {
                let (count, faults) = registers::untested_rules(files, sources)?;
                Ok((format!("{count} rules"), faults))
            }),
            self.look("paths", |files, _| Ok((String::new(), hygiene::foreign_paths(files)))),
            self.look("claims tested", |files, _| {
                let (count, faults) = hygiene::claims_without_test(files);
                Ok((format!("{count} tests named"), faults))
            }),
            self.look("examples shown", |files, _| {
                let (count, faults) = hygiene::examples_that_nobody_runs(files);
                Ok((format!("{count} languages beside Rust"), faults))
            }),
            self.look("lengths", |files, _| {
                let lengths = hygiene::lengths(files);
                Ok((lengths.note, lengths.too_long))
            }),
        ]
    }

    /// A step that reads files and sources, and gives a note and what is wrong.
    fn look<F>(&self, name: &str, look: F) -> Step
    where
        F: FnOnce(&[File], &[Source]) -> Result<(String, Vec<String>), String> + Send + 'static,
    {
        let files = Arc::clone(&self.files);
        Step::new(name, move || {
            // Tokens can't be handed from thread to thread, so each step reads its own: a fraction of a second.
            match source::sources(&files).and_then(|sources| look(&files, &sources)) {
                Ok((note, faults)) => listed(note, &faults),
                Err(error) => Outcome::Failed(error),
            }
        })
    }

    /// What builds for the bare target.
    fn bare_lane(&self) -> Lane {
        let root = self.root.clone();
        let mut lane = vec![Step::new("bare metal, linked", move || link_bare(&root).into())];
        lane.extend(self.combinations.iter().filter(|c| !c.host).map(|combination| {
            let mut arguments = check_arguments(combination);
            arguments.extend(["--target", BARE_TARGET, "--target-dir", BARE_DIRECTORY].map(String::from));
            cargo_step(
                &self.root,
                &format!("{}, bare", combination_name(combination)),
                &borrowed(&arguments),
                &[],
            )
        }));
        lane
    }

    /// The folders in which Python tests lie, topmost first.
    fn python_test_folders(&self) -> Vec<String> {
        let is_test = |name: &str| name.starts_with("test_") && name.ends_with(".py");
        let folders: BTreeSet<&str> = self
            .files
            .iter()
            .filter_map(|file| file.path.rsplit_once('/'))
            .filter(|(_, name)| is_test(name))
            .map(|(folder, _)| folder)
            .collect();
        let inside = |folder: &str| {
            folders.iter().any(|other| folder.strip_prefix(other).is_some_and(|rest| rest.starts_with('/')))
        };
        // The package's own tests run where it is installed.
        let others = folders.iter().filter(|folder| !inside(folder) && **folder != python::TESTS);
        others.map(|folder| (*folder).to_owned()).collect()
    }
}

fn listed(note: String, faults: &[String]) -> Outcome {
    if faults.is_empty() { Outcome::Passed(note) } else { Outcome::Failed(faults.join("\n")) }
}

fn rust_set_up(root: &Path) -> Step {
    let root = root.to_path_buf();
    Step::set_up("rust set-up", move || setup::rust(&root).into())
}

fn combination_name(combination: &Combination) -> String {
    let features =
        if combination.features.is_empty() { "none".into() } else { combination.features.join(",") };
    format!("features of {}: {features}", combination.of)
}

fn check_arguments(combination: &Combination) -> Vec<String> {
    let mut arguments = ["check", "--quiet", "--locked"].map(String::from).to_vec();
    arguments.extend(combination.arguments());
    arguments
}

fn borrowed(arguments: &[String]) -> Vec<&str> {
    arguments.iter().map(String::as_str).collect()
}

/// A step that is one run of cargo, and says nothing when it succeeds.
fn cargo_step(root: &Path, name: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Step {
    let mut command = cargo(root, arguments);
    command.envs(environment.iter().copied());
    Step::new(name, move || quiet(&mut command).into())
}

fn quiet(command: &mut Command) -> Result<String, String> {
    let said = say(command)?;
    if said.success { Ok(String::new()) } else { Err(said.output) }
}

/// Links core and sdk into a program for the bare target, with the versions that the workspace has locked.
fn link_bare(root: &Path) -> Result<String, String> {
    let folder = root.join("ci").join("bare-metal");
    std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))
        .map_err(|error| format!("Cargo.lock can't be copied into ci/bare-metal: {error}"))?;
    let arguments = [
        "build",
        "--quiet",
        "--manifest-path",
        BARE_MANIFEST,
        "--target",
        BARE_TARGET,
        "--target-dir",
        BARE_DIRECTORY,
    ];
    quiet(&mut cargo(root, &arguments))
}

fn rust_tests(root: &Path) -> Step {
    let root = root.to_path_buf();
    Step::new("rust tests", move || {
        counted(&mut cargo(&root, &["test", "--workspace", "--locked", "--no-fail-fast"]), "test result:")
            .into()
    })
}

/// A step that a function of the repository is.
fn step(root: &Path, name: &str, run: fn(&Path) -> Result<String, String>) -> Step {
    let root = root.to_path_buf();
    Step::new(name, move || run(&root).into())
}

/// The Python package's wheel, and what is tested of it once it is built.
fn package_steps(root: &Path) -> (Step, Lane) {
    let step = |name: &str, run: fn(&Path) -> Result<String, String>| step(root, name, run);
    let tests = |root: &Path| python::tests(root).and_then(|mut command| counted(&mut command, ""));
    let tested = vec![
        step("python package, stubs", python::stubs),
        step("python package, types", python::types),
        step("python package, tests", tests),
        vectors::step(root, "python"),
    ];
    (step("python package, wheel", python::build), tested)
}

fn python_tests(root: &Path, folders: &[String]) -> Result<String, String> {
    let mut command =
        program(root, setup::venv_python(root), &["-m", "pytest", "-q", "-p", "no:cacheprovider"]);
    counted(command.args(folders), "")
}

/// Runs tests, and counts them by the closing lines that begin with a prefix. No test at all is a failure.
fn counted(command: &mut Command, prefix: &str) -> Result<String, String> {
    let said = say(command)?;
    let passed = tests_passed(&said.output, prefix);
    match (said.success, passed) {
        (true, 1..) => Ok(format!("{passed} tests")),
        (true, 0) => Err(format!("{}\nno test ran", said.output)),
        (false, _) => Err(said.output),
    }
}

/// The sum of the numbers that stand before `passed` in the lines with this prefix.
fn tests_passed(output: &str, prefix: &str) -> u64 {
    output
        .lines()
        .filter(|line| line.starts_with(prefix))
        .filter_map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            words.windows(2).find_map(|pair| match pair {
                [number, word] if word.trim_end_matches([';', ',']) == "passed" => number.parse::<u64>().ok(),
                _ => None,
            })
        })
        .fold(0, u64::saturating_add)
}

fn oldest(root: &Path, name: &str, toolchain: &'static str, crates: &'static [&'static str]) -> Step {
    let root = root.to_path_buf();
    Step::new(name, move || {
        let installed = program(&root, "rustup", &["run", "--install", toolchain, "cargo", "--version"]);
        match say(&mut { installed }) {
            Ok(said) if said.success => {}
            Ok(said) => {
                return Outcome::Skipped(format!("Rust {toolchain} is not here: {}", said.output.trim()));
            }
            Err(error) => return Outcome::Skipped(format!("Rust {toolchain} is not here: {error}")),
        }
        let arguments =
            ["run", toolchain, "cargo", "check", "--quiet", "--locked", "--target-dir", OLDEST_DIRECTORY];
        let mut command = program(&root, "rustup", &arguments);
        command.args(crates.iter().flat_map(|name| ["-p", name]));
        quiet(&mut command).into()
    })
}

/// Licences, sources and duplicates.
fn deny(root: &Path) -> Step {
    let root = root.to_path_buf();
    Step::new("cargo-deny", move || denied(&root, OFFLINE))
}

/// Known vulnerabilities. Where their list can't be fetched nothing is said of them, neither good nor bad.
fn advisories(root: &Path) -> Step {
    let root = root.to_path_buf();
    Step::new("advisories", move || match denied(&root, &["advisories"]) {
        Outcome::Failed(output) if output.contains(NOT_FETCHED) => {
            Outcome::Skipped("their list can't be fetched here: nothing was checked".into())
        }
        outcome => outcome,
    })
}

/// What cargo-deny says, where it is installed: building it takes minutes.
fn denied(root: &Path, what: &[&str]) -> Outcome {
    if !say(&mut cargo(root, &["deny", "--version"])).is_ok_and(|said| said.success) {
        return Outcome::Skipped("not installed; `cargo install cargo-deny --locked` takes minutes".into());
    }
    let mut command = cargo(root, &["deny", "--workspace", "--all-features", "--locked", "check"]);
    match quiet(command.args(what)) {
        Ok(_) => Outcome::Passed(what.join(", ")),
        Err(output) => Outcome::Failed(output),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_counted_by_their_closing_lines() {
        let cargo = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored\nfoo 9 passed\n\
                     test result: FAILED. 3 passed; 1 failed; 0 ignored\n";
        assert_eq!(tests_passed(cargo, "test result:"), 5);
        assert_eq!(tests_passed("....\n4 passed, 1 skipped in 0.11s\n", ""), 4);
        assert_eq!(tests_passed("1 failed, 6 passed in 0.11s\n", ""), 6);
        assert_eq!(tests_passed("no tests ran in 0.01s\n", ""), 0);
    }
}
