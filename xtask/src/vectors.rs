//! `cargo xtask vectors`: the vectors of `spec/vectors`, compared with what their generator makes, and run in each language.
//!
//! A runner is a command. Whatever else it says, its last line on standard output that begins with `{"runner":` tells how many
//! vectors it executed, how many the manifest counts for it, and how many failed.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use serde_json::{Map, Value};

use crate::shell::{cargo, program, say};

/// What runs the vectors of one language: its name, and the command.
pub struct Runner {
    /// As in the table of results.
    pub name: &'static str,
    /// The program and its arguments, in the root.
    pub command: &'static [&'static str],
}

/// Every runner. A language joins with a line here.
pub const RUNNERS: &[Runner] = &[Runner {
    name: "rust",
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
}];

/// What one runner told.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    executed: u64,
    manifest: u64,
    failed: u64,
    milliseconds: Option<u64>,
}

impl Told {
    /// The line that a runner ends with.
    fn read(output: &str, name: &str) -> Result<Self, String> {
        let line = output.lines().rev().find(|line| line.starts_with("{\"runner\":"));
        let line = line.ok_or_else(|| format!("{name}: it ended without telling what it executed"))?;
        let told: Value = serde_json::from_str(line)
            .map_err(|error| format!("{name}: its last line is no JSON: {error}"))?;
        let number = |field: &str| {
            told[field].as_u64().ok_or_else(|| format!("{name}: its last line has no number {field:?}"))
        };
        if told["runner"] != name {
            return Err(format!("{name}: it calls itself {}", told["runner"]));
        }
        Ok(Self {
            executed: number("executed")?,
            manifest: number("manifest")?,
            failed: number("failed")?,
            milliseconds: told["milliseconds"].as_u64(),
        })
    }

    /// Whether every vector that the manifest counts was executed, and none failed.
    const fn passed(&self) -> bool {
        self.failed == 0 && self.executed == self.manifest && self.executed > 0
    }
}

/// Runs the runners of these names, or all, and ends with one object: what each has told.
///
/// # Errors
/// For an unknown option or runner.
pub fn run(root: &Path, arguments: &[String]) -> Result<ExitCode, String> {
    let (options, names): (Vec<&String>, Vec<&String>) = arguments.iter().partition(|a| a.starts_with('-'));
    let json = match options.as_slice() {
        [] => false,
        [option] if *option == "--json" => true,
        _ => return Err(format!("`vectors` takes `--json` and names of runners, not {options:?}")),
    };
    if let Some(name) = names.iter().find(|name| RUNNERS.iter().all(|runner| runner.name != **name)) {
        return Err(format!("there is no runner `{name}`"));
    }
    let chosen =
        RUNNERS.iter().filter(|runner| names.is_empty() || names.iter().any(|name| *name == runner.name));
    let (mut table, mut passed) = (Map::new(), true);
    for runner in chosen {
        let told = execute(root, runner);
        passed &= told.as_ref().is_ok_and(Told::passed);
        let said = match &told {
            Ok(told) => {
                let time = told.milliseconds.map_or(String::new(), |ms| format!(" in {ms} ms"));
                format!(
                    "{}: {} of {} executed{time}, {} failed",
                    runner.name, told.executed, told.manifest, told.failed
                )
            }
            Err(error) => error.clone(),
        };
        let _ = writeln!(io::stderr(), "{said}");
        let told = told.unwrap_or(Told { executed: 0, manifest: 0, failed: 0, milliseconds: None });
        let of = [("executed", told.executed), ("manifest", told.manifest), ("failed", told.failed)];
        let of: Map<String, Value> = of.into_iter().map(|(name, n)| (name.to_owned(), n.into())).collect();
        table.insert(runner.name.to_owned(), of.into());
    }
    if json {
        let _ = writeln!(io::stdout(), "{}", Value::Object(table));
    }
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// One runner's command, its own words on standard error handed through.
fn execute(root: &Path, runner: &Runner) -> Result<Told, String> {
    let (name, rest) = runner.command.split_first().ok_or("a runner has a command")?;
    let mut command: Command = program(root, name, rest);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("{}: `{name}` could not be run: {error}", runner.name))?;
    Told::read(&String::from_utf8_lossy(&output.stdout), runner.name)
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

/// The step of `test`: the runner of one language passes.
///
/// # Errors
/// What failed.
pub fn step(root: &Path, runner: &Runner) -> Result<String, String> {
    let (name, rest) = runner.command.split_first().ok_or("a runner has a command")?;
    let said = say(&mut program(root, name, rest))?;
    let told = Told::read(&said.output, runner.name).map_err(|error| format!("{}\n{error}", said.output))?;
    if said.success && told.passed() { Ok(format!("{} vectors", told.executed)) } else { Err(said.output) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> Result<Told, String> {
        Told::read(&format!("something else\n{line}\n"), "rust")
    }

    #[test]
    fn a_runner_tells_what_it_executed() {
        let line = r#"{"runner":"rust","executed":7,"manifest":7,"failed":0,"milliseconds":12}"#;
        let all = told(line).unwrap();
        assert_eq!(all, Told { executed: 7, manifest: 7, failed: 0, milliseconds: Some(12) });
        assert!(all.passed());
    }

    #[test]
    fn one_that_executed_fewer_or_none_has_not_passed() {
        for (executed, manifest, failed) in [(6, 7, 0), (8, 7, 0), (7, 7, 1), (0, 0, 0)] {
            assert!(!Told { executed, manifest, failed, milliseconds: None }.passed());
        }
    }

    #[test]
    fn one_that_says_nothing_of_itself_is_a_failure() {
        for line in
            ["", "7 vectors", r#"{"executed":7}"#, r#"{"runner":"rust","executed":7}"#, r#"{"runner":"#]
        {
            assert!(told(line).is_err(), "{line}");
        }
        assert!(told(r#"{"runner":"node","executed":7,"manifest":7,"failed":0}"#).is_err());
    }

    #[test]
    fn names_of_runners_are_distinct() {
        for (at, runner) in RUNNERS.iter().enumerate() {
            assert!(RUNNERS.iter().skip(at + 1).all(|other| other.name != runner.name));
        }
    }
}
