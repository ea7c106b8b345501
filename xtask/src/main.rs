//! The chores of this repository: `cargo xtask --help` lists them.

mod bench;
mod bindings;
mod cargo_metadata;
mod copy;
mod coverage;
mod crossing;
mod faults;
mod fuzz;
mod hygiene;
mod javascript;
mod kotlin;
mod layers;
mod mutants;
mod operations;
mod plan;
mod python;
mod registers;
mod run;
mod setup;
mod shell;
mod source;
mod vectors;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
The chores of this repository.

usage: cargo xtask <command> [arguments]

commands:
  check [STEP…]    formatting, lints, docs, bare metal, features, and the house's own rules
  test [STEP…]     everything: what check does, then the tests of all languages; sets itself up
  nightly [STEP…]  what takes long: long tests in release, fuzzing, oldest compilers, licences and advisories
  bindings         writes the parts of the Python, JavaScript and Kotlin packages that follow from the sdk's interface
  kotlin PART      build (library, jar, tests compiled), jar (the same, optimised), vectors, crossing (its costs)
  bench [--json]   ratios against peers, in release; further arguments go to the benches
  bench crossing   what a call costs from each language, against Rust in the same run; --json for programs
  coverage         the lines that each crate's own tests run, and all tests; --json for programs
  fuzz [TARGET…]   fuzzing, --seconds N a target (60); --keep minimises the corpus into fuzz/kept
  vectors [RUNNER…] runs the vectors of spec/vectors in each language; --json ends with one object, runner by runner
  faults [NAME…]   plants faults, one at a time, and sees whether the vectors alone notice; --json, --list
  mutants [GROUP…] changes core's code and sees whether its tests notice; goes on where the last run stopped.
                   --shard K/N runs a part, --near without the slow tests, --again asks survivors again,
                   --seed N draws another sample, --json

options:
  --list           name the steps of check, test or nightly and run none
  -h, --help       this text

A STEP is a part of a step's name; only steps that match one of them run, with the set-up that they need.
Exit codes: 0 all steps passed, 1 a step failed, 2 the command line is wrong.

examples:
  cargo xtask check                 before every commit
  cargo xtask check layers wire     two of its steps
  cargo xtask test                  before every push; what continuous integration runs
  cargo xtask test python           the Python tests alone
  cargo xtask test kotlin           the jar and its tests alone
  cargo xtask test --list
  cargo xtask bench --json > bench.json
  cargo xtask fuzz wire --seconds 3600 --keep
  nice cargo xtask mutants merkle
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command(&arguments) {
        Ok(code) => code,
        Err(Failure::Usage(what)) => {
            let _ = writeln!(io::stderr(), "{what}; `cargo xtask --help` says more");
            ExitCode::from(2)
        }
        Err(Failure::Broken(what)) => {
            let _ = writeln!(io::stderr(), "xtask: {what}");
            ExitCode::FAILURE
        }
    }
}

enum Failure {
    Usage(String),
    Broken(String),
}

fn command(arguments: &[String]) -> Result<ExitCode, Failure> {
    let Some((name, rest)) = arguments.split_first() else {
        return Err(Failure::Usage("which command?".into()));
    };
    if name == "-h" || name == "--help" || name == "help" || rest.iter().any(|a| a == "-h" || a == "--help") {
        let _ = write!(io::stdout(), "{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    let root = root().map_err(Failure::Broken)?;
    let stages = match name.as_str() {
        "bindings" => {
            let said = bindings::write(&root).map_err(Failure::Broken)?;
            let _ = writeln!(io::stdout(), "{said}");
            return Ok(ExitCode::SUCCESS);
        }
        "bench" if rest.first().is_some_and(|group| group == "crossing") => {
            return crossing::run(&root, rest.get(1..).unwrap_or_default()).map_err(Failure::Broken);
        }
        "bench" => return bench::run(&root, rest).map_err(Failure::Broken),
        "coverage" => return coverage::run(&root, rest).map_err(Failure::Broken),
        "faults" => return faults::run(&root, rest).map_err(Failure::Broken),
        "fuzz" => return fuzz::run(&root, rest).map_err(Failure::Broken),
        "vectors" => return vectors::run(&root, rest).map_err(Failure::Broken),
        "mutants" => return mutants::run(&root, rest).map_err(Failure::Broken),
        "kotlin" => return kotlin::run(&root, rest).map_err(Failure::Broken),
        "check" => plan::check(&root),
        "test" => plan::test(&root),
        "nightly" => plan::nightly(&root),
        other => return Err(Failure::Usage(format!("there is no command `{other}`"))),
    }
    .map_err(Failure::Broken)?;

    let (options, filters): (Vec<&String>, Vec<&String>) = rest.iter().partition(|a| a.starts_with('-'));
    let list = match options.as_slice() {
        [] => false,
        [option] if *option == "--list" => true,
        _ => return Err(Failure::Usage(format!("`{name}` takes no option {options:?}"))),
    };
    let filters: Vec<&str> = filters.into_iter().map(String::as_str).collect();
    let stages = run::select(stages, &filters).map_err(Failure::Usage)?;
    if list {
        for step in run::names(&stages) {
            let _ = writeln!(io::stdout(), "{step}");
        }
        return Ok(ExitCode::SUCCESS);
    }
    let colour = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    Ok(if run::run(stages, &mut io::stdout(), colour) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The workspace's folder: the one above this crate's, where it was compiled, or else the current one.
fn root() -> Result<PathBuf, String> {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let root = match here.as_deref().and_then(Path::parent) {
        Some(parent) => parent.to_path_buf(),
        None => {
            std::env::current_dir().map_err(|error| format!("the current folder can't be read: {error}"))?
        }
    };
    if root.join("medledger-core").is_dir() {
        Ok(root)
    } else {
        Err(format!(
            "{} is not the workspace's folder; run `cargo xtask` inside the repository",
            root.display()
        ))
    }
}
