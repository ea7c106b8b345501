//! `cargo xtask fuzz`, and the steps of `nightly` that do the same for less time.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::run::{Outcome, Step};
use crate::shell::{ask, cargo, say};

/// Seconds a target where none are given.
const SECONDS: u64 = 60;
/// The variable that says how many seconds `nightly` gives each target.
const VARIABLE: &str = "MEDLEDGER_FUZZ_SECONDS";

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    targets: Vec<String>,
    seconds: u64,
    keep: bool,
}

/// The targets: the folders of seeds.
///
/// # Errors
/// When there are none.
pub fn targets(root: &Path) -> Result<Vec<String>, String> {
    let folder = root.join("fuzz").join("seeds");
    let entries =
        fs::read_dir(&folder).map_err(|error| format!("{} can't be read: {error}", folder.display()))?;
    let mut names: Vec<String> =
        entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    if names.is_empty() { Err(format!("{} holds no targets", folder.display())) } else { Ok(names) }
}

/// Runs targets one after the other, with the terminal handed through.
///
/// # Errors
/// When the command line is wrong, something can't be started, or a target finds something.
pub fn run(root: &Path, arguments: &[String]) -> Result<ExitCode, String> {
    let asked = read(arguments, &targets(root)?)?;
    for target in &asked.targets {
        prepare(root, target)?;
        let mut command = fuzzing(root, target, asked.seconds);
        let status = command.status().map_err(|error| format!("`cargo fuzz` could not be run: {error}"))?;
        if !status.success() {
            return Err(format!(
                "{target} found something, or could not be built; inputs are in fuzz/artifacts"
            ));
        }
        if asked.keep {
            keep(root, target)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn read(arguments: &[String], all: &[String]) -> Result<Asked, String> {
    let mut asked = Asked { targets: Vec::new(), seconds: SECONDS, keep: false };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--keep" => asked.keep = true,
            "--seconds" => {
                let number = arguments.next().and_then(|number| number.parse().ok());
                asked.seconds = number.ok_or("--seconds takes a number")?;
            }
            name if all.iter().any(|target| target == name) => asked.targets.push(name.to_owned()),
            other => return Err(format!("there is no target `{other}`; there are {}", all.join(", "))),
        }
    }
    if asked.targets.is_empty() {
        asked.targets = all.to_vec();
    }
    Ok(asked)
}

/// One step a target.
///
/// # Errors
/// As [`targets`].
pub fn steps(root: &Path) -> Result<Vec<Step>, String> {
    let seconds = std::env::var(VARIABLE).ok().and_then(|value| value.parse().ok()).unwrap_or(SECONDS);
    let step = |target: String| {
        let root = root.to_path_buf();
        Step::new(format!("fuzz {target}"), move || {
            if !say(&mut cargo(&root, &["fuzz", "--version"])).is_ok_and(|said| said.success) {
                return Outcome::Skipped("not installed; `cargo install cargo-fuzz` takes a minute".into());
            }
            let ran = prepare(&root, &target).and_then(|()| say(&mut fuzzing(&root, &target, seconds)));
            match ran {
                Ok(said) if said.success => Outcome::Passed(figures(&said.output)),
                Ok(said) => Outcome::Failed(said.output),
                Err(error) => Outcome::Failed(error),
            }
        })
    };
    Ok(targets(root)?.into_iter().map(step).collect())
}

/// The versions that the workspace has locked, and what was kept, where libFuzzer looks for it.
fn prepare(root: &Path, target: &str) -> Result<(), String> {
    fs::copy(root.join("Cargo.lock"), root.join("fuzz").join("Cargo.lock"))
        .map_err(|error| format!("Cargo.lock can't be copied into fuzz: {error}"))?;
    corpus(root, &["unpack", target])
}

fn corpus(root: &Path, arguments: &[&str]) -> Result<(), String> {
    let mut command =
        cargo(root, &["run", "--quiet", "--locked", "-p", "medledger-conformance", "--bin", "corpus", "--"]);
    ask(command.args(arguments)).map(drop)
}

fn folders(root: &Path, target: &str) -> [PathBuf; 2] {
    ["corpus", "seeds"].map(|folder| root.join("fuzz").join(folder).join(target))
}

/// libFuzzer under cargo-fuzz, on the stable toolchain. Without a sanitizer of memory, which safe code has no use for: that
/// is several times as many inputs.
fn cargo_fuzz(root: &Path, target: &str) -> Command {
    let mut command = cargo(root, &["fuzz", "run", "--sanitizer", "none", target]);
    command.env("RUSTC_BOOTSTRAP", "1");
    command
}

fn fuzzing(root: &Path, target: &str, seconds: u64) -> Command {
    let mut command = cargo_fuzz(root, target);
    command.args(folders(root, target)).arg("--").arg(format!("-max_total_time={seconds}"));
    command.args(["-timeout=20", "-rss_limit_mb=2048", "-print_final_stats=1"]);
    let words = root.join("fuzz").join("dict").join(format!("{target}.dict"));
    if words.is_file() {
        command.arg(format!("-dict={}", words.display()));
    }
    command
}

/// Keeps the fewest inputs that reach all that the corpus reaches.
fn keep(root: &Path, target: &str) -> Result<(), String> {
    let merged = root.join("fuzz").join("merged").join(target);
    let _ = fs::remove_dir_all(&merged);
    fs::create_dir_all(&merged).map_err(|error| format!("{} can't be made: {error}", merged.display()))?;
    let mut command = cargo_fuzz(root, target);
    command.arg(&merged).args(folders(root, target)).args(["--", "-merge=1", "-rss_limit_mb=2048"]);
    let said = say(&mut command)?;
    if !said.success {
        return Err(said.output);
    }
    corpus(root, &["keep", target, &merged.to_string_lossy()])
}

/// Executions and coverage, from what libFuzzer prints.
fn figures(output: &str) -> String {
    let executed = output.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    let covered = output.lines().rev().find_map(|line| {
        let mut words = line.split_whitespace().skip_while(|word| *word != "cov:");
        Some((words.nth(1)?, words.nth(1)?))
    });
    match (executed, covered) {
        (Some(executed), Some((edges, features))) => {
            format!("{} executions, {edges} edges, {features} features", executed.trim())
        }
        _ => "no figures".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_of_the_last_line() {
        let output = "#1\tINITED cov: 3 ft: 4 corp: 1/1b\n#9\tDONE   cov: 12 ft: 34 corp: 5/6b exec/s: 7\n\
                      stat::number_of_executed_units: 99\n";
        assert_eq!(figures(output), "99 executions, 12 edges, 34 features");
        assert_eq!(figures("error: could not compile"), "no figures");
    }

    #[test]
    fn the_command_line_is_read() {
        let all = ["wire", "block"].map(String::from);
        let words = |line: &str| line.split_whitespace().map(String::from).collect::<Vec<_>>();
        let asked = read(&words("block --seconds 5 --keep"), &all).unwrap();
        assert_eq!(asked, Asked { targets: words("block"), seconds: 5, keep: true });
        assert_eq!(read(&[], &all).unwrap().targets, all);
        assert!(read(&words("bloc"), &all).is_err() && read(&words("--seconds many"), &all).is_err());
    }
}
