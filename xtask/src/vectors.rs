//! `cargo xtask vectors`: the vectors of `spec/vectors`, compared with what their generator makes, and run in each language.
//!
//! A runner is a command, and what it ends with is a file: see [`report`].

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::{Map, Value, json};

use crate::run::Step;
use crate::shell::{cargo, program, say};
use crate::{javascript, kotlin, operations, python, setup};

pub mod report;

use report::{Manifest, Report};

/// What runs the vectors of one language: its name, and the command.
pub struct Runner {
    /// As in the table of results.
    pub name: &'static str,
    /// The language whose public listing its operations stand in.
    pub language: &'static str,
    /// Whether it also runs the light artifact.
    pub light: bool,
    /// What is built before, where the command does not do so itself.
    pub build: fn(&Path) -> Result<String, String>,
    /// The program and its arguments, in the root.
    pub command: &'static [&'static str],
}

/// Every runner. A language joins with a line here.
pub const RUNNERS: &[Runner] = &[
    Runner {
        name: "rust",
        language: "Rust",
        light: false,
        build: |_| Ok(String::new()),
        command: &[
            "cargo",
            "run",
            "--quiet",
            "--locked",
            "-p",
            "medledger-conformance",
            "--bin",
            "vectors",
            "run",
        ],
    },
    Runner {
        name: "python",
        language: "Python",
        light: false,
        build: |root| setup::python(root).and_then(|_| python::build(root)),
        command: &[python::INSIDE, "medledger-py/tests/run_vectors.py"],
    },
    Runner {
        name: "node",
        language: "JavaScript",
        light: true,
        build: javascript::built,
        command: &[
            "node",
            "target/npm/empty/test/vectors/node.js",
            "spec/vectors/v1",
            "target/vectors/node.json",
        ],
    },
    Runner {
        name: "chromium",
        language: "JavaScript",
        light: true,
        build: javascript::built,
        command: &[
            "node",
            "medledger-wasm/test/vectors/browser.js",
            "target/npm/empty",
            "spec/vectors/v1",
            "target/vectors/chromium.json",
        ],
    },
    Runner {
        name: "kotlin",
        language: "Kotlin",
        light: false,
        build: kotlin::build,
        command: &["cargo", "run", "--quiet", "--locked", "-p", "xtask", "--", "kotlin", "vectors"],
    },
];

impl Runner {
    /// Where it writes what came of it.
    fn file(&self, root: &Path) -> PathBuf {
        root.join("target").join("vectors").join(format!("{}.json", self.name))
    }

    /// Runs it in this environment, without building.
    ///
    /// # Errors
    /// When it can't be run, or tells nothing: with what it said.
    pub fn execute(&self, root: &Path, environment: &[(&str, &str)]) -> Result<Report, String> {
        let file = self.file(root);
        let failed = |error: io::Error| format!("{} can't be written: {error}", file.display());
        std::fs::create_dir_all(root.join("target").join("vectors")).map_err(failed)?;
        self.forget(root)?;
        let (name, rest) = self.command.split_first().ok_or("a runner has a command")?;
        let mut command = program(root, root_relative(root, name), rest);
        let said = say(command.envs(environment.iter().copied()))?;
        let mut report =
            Report::read(&file, self.name).map_err(|error| format!("{}\n{error}", said.output.trim_end()))?;
        if !said.success && report.failed == 0 {
            report.faults.push(format!("{}\nit tells of no failure, and failed", said.output.trim_end()));
        }
        Ok(report)
    }

    /// Removes what came of its last run.
    ///
    /// # Errors
    /// When that can't be removed.
    pub fn forget(&self, root: &Path) -> Result<(), String> {
        let file = self.file(root);
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(format!("{} can't be removed: {error}", file.display()))
            }
            _ => Ok(()),
        }
    }

    /// What came of its last run.
    ///
    /// # Errors
    /// When it has not run, or told nothing.
    pub fn last(&self, root: &Path) -> Result<Report, String> {
        Report::read(&self.file(root), self.name)
            .map_err(|error| format!("{error}; `cargo xtask vectors` runs it"))
    }
}

/// A program that is built here stands below the root.
fn root_relative(root: &Path, name: &str) -> PathBuf {
    if name.contains('/') { root.join(name) } else { PathBuf::from(name) }
}

/// Builds and runs the runners of these names, or all, then compares the table of operations, and ends with one object: what
/// each runner has told.
///
/// # Errors
/// For an unknown option or runner, and a manifest that can't be read.
pub fn run(root: &Path, arguments: &[String]) -> Result<ExitCode, String> {
    let (options, names): (Vec<&String>, Vec<&String>) = arguments.iter().partition(|a| a.starts_with('-'));
    let as_json = match options.as_slice() {
        [] => false,
        [option] if *option == "--json" => true,
        _ => return Err(format!("`vectors` takes `--json` and names of runners, not {options:?}")),
    };
    if let Some(name) = names.iter().find(|name| RUNNERS.iter().all(|runner| runner.name != **name)) {
        return Err(format!("there is no runner `{name}`"));
    }
    let manifest = Manifest::read(root)?;
    let tell = |line: String| {
        let _ = writeln!(io::stderr(), "{line}");
    };
    let kinds = manifest.kinds.iter().map(|(kind, count)| format!("{kind} {count}"));
    tell(format!("{} vectors: {}", manifest.full, kinds.collect::<Vec<_>>().join(", ")));
    let chosen =
        RUNNERS.iter().filter(|runner| names.is_empty() || names.iter().any(|name| *name == runner.name));
    let (mut table, mut passed) = (Map::new(), true);
    // What two runners of a language share is built once.
    let mut built: BTreeMap<&str, Result<String, String>> = BTreeMap::new();
    for runner in chosen {
        let ready = built.entry(runner.language).or_insert_with(|| (runner.build)(root)).clone();
        let report = ready.and_then(|_| runner.execute(root, &[]));
        let faults = match &report {
            Ok(report) => report.check(runner, &manifest),
            Err(error) => vec![error.clone()],
        };
        passed &= faults.is_empty();
        if let Ok(report) = &report {
            tell(format!("{}: {}", runner.name, report.words()));
        }
        faults.iter().for_each(|fault| tell(format!("{}: {fault}", runner.name)));
        // What could not be run has executed none of what the manifest counts.
        let (executed, failed) = report.map_or((0, 0), |report| (report.executed, report.failed));
        table.insert(
            runner.name.to_owned(),
            json!({"executed": executed, "manifest": manifest.full, "failed": failed}),
        );
    }
    if names.is_empty() && passed {
        match operations::check(root) {
            Ok(said) => tell(format!("operations by language: {said}")),
            Err(error) => {
                tell(error);
                passed = false;
            }
        }
    }
    if as_json {
        let _ = writeln!(io::stdout(), "{}", Value::Object(table));
    }
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The step of `check`: the files are those that the generator makes.
///
/// # Errors
/// What differs.
pub fn compare(root: &Path) -> Result<String, String> {
    let arguments =
        ["run", "--quiet", "--locked", "-p", "medledger-conformance", "--bin", "vectors", "check"];
    let said = say(&mut cargo(root, &arguments))?;
    if said.success { Ok(String::new()) } else { Err(said.output) }
}

/// The step of `test` that runs one runner, once what it runs is built.
#[must_use]
pub fn step(root: &Path, name: &'static str) -> Step {
    let root = root.to_path_buf();
    Step::new(format!("vectors in {name}"), move || checked(&root, name).into())
}

fn checked(root: &Path, name: &str) -> Result<String, String> {
    let runner = RUNNERS.iter().find(|runner| runner.name == name);
    let runner = runner.ok_or_else(|| format!("there is no runner `{name}`"))?;
    let report = runner.execute(root, &[])?;
    let faults = report.check(runner, &Manifest::read(root)?);
    if faults.is_empty() { Ok(report.words()) } else { Err(faults.join("\n")) }
}

/// What the runners of each language executed when they last ran.
///
/// # Errors
/// When one of them has not run.
pub fn executed(root: &Path) -> Result<BTreeMap<&'static str, report::Operations>, String> {
    let mut by_language: BTreeMap<&str, report::Operations> = BTreeMap::new();
    for runner in RUNNERS {
        by_language.entry(runner.language).or_default().join(runner.last(root)?.operations);
    }
    Ok(by_language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_runners_are_distinct() {
        for (at, runner) in RUNNERS.iter().enumerate() {
            assert!(RUNNERS.iter().skip(at + 1).all(|other| other.name != runner.name));
            assert!(operations::LANGUAGES.iter().any(|language| language.name == runner.language));
        }
    }
}
