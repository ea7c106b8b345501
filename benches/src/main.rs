//! Ratios taken in one run, each against a peer or a physical limit: above 1 is faster than the peer.
//!
//! One thread. Absolute times depend on the machine and are shown for orientation only; each ratio compares two things
//! that were timed in turn, round by round, and is the median of the rounds.

mod decide;
mod durable;
mod merkle;
mod report;
mod scratch;
mod signatures;
mod state;
mod validate;
mod world;

use report::{Outcome, Report};
use std::process::ExitCode;
use world::World;

const HELP: &str = "\
Benches: ratios in one run; above 1 is faster than the peer.

usage: medledger-benches [--json] [--quick] [GROUP…]

  GROUP     merkle, state, decide, validate, durable; all of them if none is named

  --json    the last line of standard output is one JSON object, name to ratio
  --quick   a tenth of the sizes, to see that everything runs
";

/// Transactions of distinct signers.
const PATIENTS: u32 = 10_000;

/// What the groups share.
struct Stage {
    /// What the sizes are divided by.
    scale: u32,
    world: Option<World>,
}

impl Stage {
    /// The ledger with many patients, made when it is first asked for.
    fn world(&mut self) -> Outcome<&World> {
        if self.world.is_none() {
            self.world = Some(World::of(PATIENTS / self.scale)?);
        }
        self.world.as_ref().ok_or_else(|| "no world".into())
    }
}

/// A group of benches.
type Group = fn(&mut Report, &mut Stage) -> Outcome<()>;

const GROUPS: &[(&str, Group)] = &[
    ("merkle", |report, stage| merkle::run(report, stage.scale)),
    ("state", |report, stage| state::run(report, stage.scale)),
    ("decide", |report, _| decide::run(report)),
    ("validate", |report, stage| validate::run(report, stage.world()?)),
    ("durable", |report, stage| durable::run(report, stage.world()?)),
];

fn main() -> ExitCode {
    let mut json = false;
    let mut quick = false;
    let mut groups: Vec<String> = Vec::new();
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--json" => json = true,
            "--quick" => quick = true,
            "--help" | "-h" => {
                print!("{HELP}");
                return ExitCode::SUCCESS;
            }
            other if GROUPS.iter().any(|(name, _)| *name == other) => groups.push(argument),
            other => {
                eprintln!("unknown argument {other}\n\n{HELP}");
                return ExitCode::from(2);
            }
        }
    }
    let mut stage = Stage { scale: if quick { 10 } else { 1 }, world: None };
    let mut report = Report::new();
    let outcome = GROUPS
        .iter()
        .filter(|(name, _)| groups.is_empty() || groups.iter().any(|group| group == name))
        .try_for_each(|(_, run)| run(&mut report, &mut stage));
    if let Err(error) = outcome {
        eprintln!("the benches stopped: {error}");
        return ExitCode::FAILURE;
    }
    if json {
        println!("{}", report.json());
    }
    ExitCode::SUCCESS
}
