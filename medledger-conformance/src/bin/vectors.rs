//! The vectors of `spec/vectors/v1`: written, compared, run.

use std::env;
use std::process::ExitCode;

use medledger_conformance::vectors::files::{self, MOST_BYTES};
use medledger_conformance::vectors::{all, run};

const HELP: &str = "\
The vectors of spec/vectors/v1.

usage: vectors write    makes them anew
       vectors check    compares them with what the generator makes: a missing, surplus or other file fails
       vectors run      checks each of them through the library's public interface; what came of it stands in
                        target/vectors/rust.json
       vectors crossing says what a call costs in Rust, as one object
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["write"] => write(),
        ["check"] => check(),
        ["run"] => run_all(),
        ["crossing"] => match run::crossing::costs(&files::folder()) {
            Ok(told) => {
                println!("{told}");
                ExitCode::SUCCESS
            }
            Err(error) => fail(error),
        },
        _ => {
            eprint!("{HELP}");
            ExitCode::from(2)
        }
    }
}

fn fail(what: impl std::fmt::Display) -> ExitCode {
    eprintln!("vectors: {what}");
    ExitCode::FAILURE
}

fn write() -> ExitCode {
    let made = files::files(&all());
    let bytes: usize = made.values().map(String::len).sum();
    if bytes > MOST_BYTES {
        made.iter()
            .filter(|(_, text)| text.len() > 30_000)
            .for_each(|(name, text)| eprintln!("{name}: {} bytes", text.len()));
        return fail(format_args!("{bytes} bytes, at most {MOST_BYTES} are allowed"));
    }
    match files::write(&files::folder(), &made) {
        Ok(()) => {
            println!("{} files, {bytes} bytes", made.len());
            ExitCode::SUCCESS
        }
        Err(error) => fail(error),
    }
}

fn check() -> ExitCode {
    let kept = match files::read(&files::folder()) {
        Ok(kept) => kept,
        Err(error) => return fail(format_args!("spec/vectors/v1: {error}; make them: vectors write")),
    };
    let found = files::differences(&files::files(&all()), &kept);
    found.iter().for_each(|line| eprintln!("spec/vectors/v1/{line}"));
    if found.is_empty() {
        ExitCode::SUCCESS
    } else {
        fail("make them anew: cargo run -p medledger-conformance --bin vectors write")
    }
}

fn run_all() -> ExitCode {
    match run::run(&files::folder()) {
        Ok(report) => {
            report.failures.iter().for_each(|line| eprintln!("{line}"));
            println!("{} of {} executed, {} failed", report.executed, report.manifest, report.failures.len());
            if let Err(error) = files::write_report("rust", &report.told()) {
                return fail(error);
            }
            if report.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => fail(error),
    }
}
