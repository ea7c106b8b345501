//! `cargo xtask faults`: do the vectors have teeth? Faults that an implementer might make are planted one at a time, in a copy
//! of the workspace, and each must be noticed by the vectors alone, without any other test.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};

use crate::copy;
use crate::shell::{program, say};
use crate::vectors::report::Report;
use crate::vectors::{RUNNERS, Runner};

mod table;

use table::{FAULTS, Fault};

/// What came of one fault with one runner.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    /// So many vectors failed.
    Caught { failed: u64, first: String },
    /// All vectors passed.
    Missed,
    /// It could not be built, or the runner did not get as far as a result.
    Broken(String),
}

/// Plants the faults of these names, or all, and reports.
///
/// # Errors
/// For an unknown option or name, or where the copy can't be made.
pub fn run(root: &Path, arguments: &[String]) -> Result<ExitCode, String> {
    let (options, names): (Vec<&String>, Vec<&String>) = arguments.iter().partition(|a| a.starts_with('-'));
    let as_json = options.iter().any(|option| *option == "--json");
    let list = options.iter().any(|option| *option == "--list");
    if let Some(other) = options.iter().find(|option| !matches!(option.as_str(), "--json" | "--list")) {
        return Err(format!("`faults` takes `--json`, `--list` and names, not `{other}`"));
    }
    if let Some(name) =
        names.iter().find(|name| FAULTS.iter().all(|fault| !fault.name.contains(name.as_str())))
    {
        return Err(format!("there is no fault `{name}`; `--list` names them"));
    }
    let chosen =
        |fault: &&Fault| names.is_empty() || names.iter().any(|name| fault.name.contains(name.as_str()));
    let chosen: Vec<&Fault> = FAULTS.iter().filter(chosen).collect();
    if list {
        chosen.iter().for_each(|fault| {
            let _ = writeln!(io::stdout(), "{:24} {}: {}", fault.name, fault.runners.join(", "), fault.what);
        });
        return Ok(ExitCode::SUCCESS);
    }
    let tree = root.join("target").join("faults").join("tree");
    copy::workspace(root, &tree, |_, text| text)?;
    let mut table: BTreeMap<&str, BTreeMap<&str, Value>> = BTreeMap::new();
    let (mut caught, mut all) = (0_u64, 0_u64);
    for fault in chosen {
        for (runner, fate) in plant(&tree, fault)? {
            all += 1;
            let (word, told) = match &fate {
                Fate::Caught { failed, first } => {
                    caught += 1;
                    ("caught", format!("{failed} vectors, the first {first}"))
                }
                Fate::Missed => ("MISSED", "every vector passes".to_owned()),
                Fate::Broken(why) => ("BROKEN", why.clone()),
            };
            let _ = writeln!(io::stderr(), "{word}  {:24} {runner:8} {told}", fault.name);
            table.entry(fault.name).or_default().insert(
                runner,
                match fate {
                    Fate::Caught { failed, .. } => json!(failed),
                    Fate::Missed => json!(0),
                    Fate::Broken(_) => Value::Null,
                },
            );
        }
    }
    let mut out = io::stdout();
    let _ = if as_json {
        writeln!(out, "{}", json!({ "faults": all, "caught": caught, "vectors": table }))
    } else {
        writeln!(out, "{caught} of {all} faults were caught by the vectors alone")
    };
    Ok(if caught == all { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// One fault, with each runner that must notice it. The tree is as before afterwards.
fn plant(tree: &Path, fault: &Fault) -> Result<Vec<(&'static str, Fate)>, String> {
    let path = tree.join(fault.file);
    let whole = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let planted = fault.planted(&whole)?;
    let write = |text: &str| fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()));
    write(&planted)?;
    let fates = fault.runners.iter().map(|name| {
        let runner = RUNNERS.iter().find(|runner| runner.name == *name);
        (
            *name,
            runner.map_or_else(|| Fate::Broken("there is no such runner".into()), |runner| ask(tree, runner)),
        )
    });
    let fates = fates.collect();
    write(&whole)?;
    Ok(fates)
}

/// What a runner says in the tree, where `cargo xtask vectors` builds and runs it: this program does, told that the tree is
/// its workspace.
fn ask(tree: &Path, runner: &Runner) -> Fate {
    let this = std::env::current_exe().map_err(|error| format!("this program can't be found: {error}"));
    let said = this.and_then(|this| {
        runner.forget(tree)?;
        let mut command = program(tree, this, &["vectors", runner.name]);
        command.env("CARGO_MANIFEST_DIR", tree.join("xtask"));
        say(command.envs(ENVIRONMENT.iter().copied()))
    });
    match said.and_then(|said| runner.last(tree).map_err(|_| said.output)) {
        Ok(report) => read(&report),
        Err(error) => Fate::Broken(last_lines(&error)),
    }
}

/// The fate by what a runner tells: a line for each vector that failed begins with the vector's file.
fn read(report: &Report) -> Fate {
    let first =
        report.failures.iter().find(|line| line.starts_with("valid/") || line.starts_with("invalid/"));
    match report.failed.max(report.missing()) {
        0 => Fate::Missed,
        failed => Fate::Caught {
            failed,
            first: first.map_or("not named", |line| line.as_str()).chars().take(160).collect(),
        },
    }
}

/// The compiler's lints are no help to the vectors here: a fault may leave something unused. And what is compiled anew for each
/// fault is so in as short a time as can be.
const ENVIRONMENT: &[(&str, &str)] = &[
    ("RUSTFLAGS", "--cap-lints=warn"),
    ("CARGO_PROFILE_DEV_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_DEV_DEBUG", "0"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_WASM_LTO", "off"),
    ("CARGO_PROFILE_WASM_CODEGEN_UNITS", "16"),
];

fn last_lines(output: &str) -> String {
    let errors: Vec<&str> = output.lines().filter(|line| line.contains("error")).take(3).collect();
    let lines: Vec<&str> = output.lines().rev().take(3).collect();
    if errors.is_empty() {
        lines.into_iter().rev().collect::<Vec<_>>().join(" | ")
    } else {
        errors.join(" | ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_fault_can_be_planted() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for fault in FAULTS {
            let text = fs::read_to_string(root.join(fault.file)).unwrap();
            assert_ne!(fault.planted(&text).unwrap(), text, "{}", fault.name);
        }
    }

    #[test]
    fn names_are_distinct_and_runners_exist() {
        let names: BTreeSet<&str> = FAULTS.iter().map(|fault| fault.name).collect();
        assert_eq!(names.len(), FAULTS.len());
        for fault in FAULTS {
            assert!(!fault.runners.is_empty());
            assert!(fault.runners.iter().all(|name| RUNNERS.iter().any(|runner| runner.name == *name)));
        }
    }

    #[test]
    fn a_fault_is_caught_by_a_failure_or_by_what_was_not_executed() {
        let report = |executed, failed, failures: &[&str]| Report {
            executed,
            manifest: 9,
            failed,
            failures: failures.iter().map(|line| (*line).to_owned()).collect(),
            ..Report::default()
        };
        assert_eq!(read(&report(9, 0, &[])), Fate::Missed);
        let first = "valid/hash.json: a: it differs";
        assert_eq!(read(&report(9, 2, &["x", first])), Fate::Caught { failed: 2, first: first.into() });
        assert!(matches!(read(&report(7, 0, &[])), Fate::Caught { failed: 2, .. }));
    }
}
