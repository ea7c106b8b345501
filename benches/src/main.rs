//! Ratios taken in one run, each against a peer or a physical limit: above 1 is faster than the peer.
//!
//! One thread. Absolute times depend on the machine and are shown for orientation only; each ratio compares two things
//! that were timed in turn, round by round, and is the median of the rounds.

mod decide;
mod durable;
mod memory;
mod merkle;
mod profile;
mod report;
mod rng;
mod scratch;
mod seal;
mod signatures;
mod sizes;
mod state;
mod validate;
mod world;

use report::{Outcome, Report};
use std::process::ExitCode;
use world::World;

const HELP: &str = "\
Benches: ratios in one run; above 1 is faster than the peer.

usage: medledger-benches [--json] [--quick] [GROUP…]

  GROUP     ratios: merkle, state, decide, validate, durable, seal; all of these if no group is named
            tables: profile (where the time of a block goes), sizes (bytes of proofs), memory (a million identities)

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
    ("seal", |report, stage| seal::run(report, stage.scale)),
];

/// What is no ratio: tables, printed where they are asked for by name.
const TABLES: &[(&str, Group)] = &[
    ("profile", |_, stage| profile::run(stage.world()?)),
    ("sizes", |_, stage| {
        let scale = stage.scale;
        sizes::run(stage.world()?, scale)
    }),
    ("memory", |_, stage| memory::run(stage.scale)),
];

fn main() -> ExitCode {
    let mut json = false;
    let mut quick = false;
    let mut groups: Vec<String> = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => json = true,
            "--quick" => quick = true,
            "--help" | "-h" => {
                print!("{HELP}");
                return ExitCode::SUCCESS;
            }
            memory::CHILD => {
                let count = arguments.next().and_then(|count| count.parse().ok()).unwrap_or_default();
                return ended(memory::measure(count));
            }
            other if GROUPS.iter().chain(TABLES).any(|(name, _)| *name == other) => groups.push(argument),
            other => {
                eprintln!("unknown argument {other}\n\n{HELP}");
                return ExitCode::from(2);
            }
        }
    }
    let mut stage = Stage { scale: if quick { 10 } else { 1 }, world: None };
    let mut report = Report::new();
    let asked = |name: &str| groups.iter().any(|group| group == name);
    let ratios = GROUPS.iter().filter(|(name, _)| groups.is_empty() || asked(name));
    let outcome = ratios
        .chain(TABLES.iter().filter(|(name, _)| asked(name)))
        .try_for_each(|(_, run)| run(&mut report, &mut stage));
    if json && outcome.is_ok() {
        println!("{}", report.json());
    }
    ended(outcome)
}

fn ended(outcome: Outcome<()>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the benches stopped: {error}");
            ExitCode::FAILURE
        }
    }
}
