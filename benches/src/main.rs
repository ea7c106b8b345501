//! Ratios taken in one run, each against a peer or a physical limit: above 1 is faster than the peer.
//!
//! One thread. Absolute times depend on the machine and are shown for orientation only; each ratio compares two things
//! that were timed in turn, round by round, and is the median of the rounds.

mod decide;
mod merkle;
mod report;
mod state;
mod validate;
mod world;

use report::Report;
use std::process::ExitCode;

const HELP: &str = "\
Benches: ratios in one run; above 1 is faster than the peer.

usage: medledger-benches [--json] [--quick]

  --json    the last line of standard output is one JSON object, name to ratio
  --quick   a tenth of the sizes, to see that everything runs
";

fn main() -> ExitCode {
    let mut json = false;
    let mut quick = false;
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--json" => json = true,
            "--quick" => quick = true,
            "--help" | "-h" => {
                print!("{HELP}");
                return ExitCode::SUCCESS;
            }
            other => {
                eprintln!("unknown argument {other}\n\n{HELP}");
                return ExitCode::from(2);
            }
        }
    }
    let scale = if quick { 10 } else { 1 };
    let mut report = Report::new();
    let outcome = merkle::run(&mut report, scale)
        .and_then(|()| state::run(&mut report, scale))
        .and_then(|()| decide::run(&mut report))
        .and_then(|()| validate::run(&mut report, scale));
    if let Err(error) = outcome {
        eprintln!("the benches stopped: {error}");
        return ExitCode::FAILURE;
    }
    if json {
        println!("{}", report.json());
    }
    ExitCode::SUCCESS
}
