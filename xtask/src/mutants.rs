//! `cargo xtask mutants`: of small changes to core's code, which ones its own tests notice. cargo-mutants makes the changes
//! and runs the tests; here is chosen which changes and which tests, and kept what came of them.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use serde_json::{Value, json};

use crate::copy;
use crate::shell::{ask, program};

mod parts;
mod table;

use parts::{EVERYTHING, GROUPS, Group, Part};

/// The sample that `docs/mutants.md` reports.
const SEED: u64 = 6;
/// Core's own code is compiled anew for each mutant: what makes that short.
const QUICK: [&str; 2] = [
    "--cargo-arg=--config=profile.dev.package.medledger-core.opt-level=0",
    "--cargo-arg=--config=profile.dev.package.medledger-core.debug=0",
];

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    groups: Vec<String>,
    seed: u64,
    /// This part of how many, from 1.
    shard: (usize, usize),
    again: bool,
    near: bool,
    json: bool,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mutant {
    /// As cargo-mutants names it, with line and column.
    name: String,
    /// The same without them, so that a change elsewhere in the file moves no mutant in or out of the sample.
    key: String,
    /// Of the file that it changes: what came of it holds for just this text.
    digest: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// A test failed.
    Killed,
    /// The tests did not come to an end.
    Timeout,
    /// It does not compile.
    Unviable,
    /// It passes as many of its part's selections of tests; after the last, all tests of core.
    Passed(usize),
}

/// Samples, runs what has no result yet, and reports.
///
/// # Errors
/// When the command line is wrong, or cargo-mutants is not there or can't test the unchanged code.
pub fn run(root: &Path, arguments: &[String]) -> Result<ExitCode, String> {
    let asked = read(arguments)?;
    let work = root.join("target").join("mutants");
    let tree = copy(root, &work)?;
    let mut results = Results::open(&work.join("results.jsonl"))?;
    let mut report = Vec::new();
    for group in GROUPS.iter().filter(|group| asked.groups.iter().any(|name| name == group.name)) {
        let mut order = Vec::new();
        for part in group.parts {
            order.extend(list(&tree, part)?.into_iter().map(|mutant| (part, mutant)));
        }
        order.sort_by_cached_key(|(_, mutant)| (mixed(asked.seed, &mutant.key), mutant.key.clone()));
        let (shard, of) = asked.shard;
        let order: Vec<_> = order.into_iter().skip(shard - 1).step_by(of).collect();
        if asked.again {
            for (_, mutant) in &order {
                if let Some(Fate::Passed(_)) = results.of(mutant) {
                    results.note(mutant, Fate::Passed(0))?;
                }
            }
        }
        let sample = loop {
            let sample = sample(&order, group.count.div_ceil(of), &results);
            let mut ran = false;
            for part in group.parts {
                ran |= test(part, &sample, &tree, &work, &mut results, asked.near)?;
            }
            if !ran {
                break sample;
            }
        };
        report.push((group, sample.into_iter().map(|(_, mutant)| mutant.clone()).collect::<Vec<_>>()));
    }
    table::print(&report, &results, asked.json);
    Ok(ExitCode::SUCCESS)
}

fn read(arguments: &[String]) -> Result<Asked, String> {
    let mut asked =
        Asked { groups: Vec::new(), seed: SEED, shard: (1, 1), again: false, near: false, json: false };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => asked.json = true,
            "--again" => asked.again = true,
            "--near" => asked.near = true,
            "--seed" => {
                let number = arguments.next().and_then(|number| number.parse().ok());
                asked.seed = number.ok_or("--seed takes a number")?;
            }
            "--shard" => {
                let numbers = arguments.next().and_then(|text| text.split_once('/'));
                let numbers = numbers.and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
                let shard = numbers.filter(|(k, n)| 1 <= *k && k <= n);
                asked.shard = shard.ok_or("--shard takes a part of how many, as 2/4")?;
            }
            name if GROUPS.iter().any(|group| group.name == name) => asked.groups.push(name.to_owned()),
            other => {
                let names: Vec<&str> = GROUPS.iter().map(|group| group.name).collect();
                return Err(format!("there is no group `{other}`; there are {}", names.join(", ")));
            }
        }
    }
    if asked.groups.is_empty() {
        asked.groups = GROUPS.iter().map(|group| group.name.to_owned()).collect();
    }
    Ok(asked)
}

/// A copy in which core has the standard library: cargo-mutants writes `vec![]` and `::std`, and such mutants would not
/// compile.
fn copy(root: &Path, work: &Path) -> Result<PathBuf, String> {
    let tree = work.join("tree");
    copy::workspace(root, &tree, |file, text| match file {
        "medledger-core/src/lib.rs" => String::from_utf8_lossy(&text).replace("#![no_std]", "").into_bytes(),
        _ => text,
    })?;
    Ok(tree)
}

fn cargo_mutants(tree: &Path, part: &Part) -> Command {
    let mut command = program(tree, "cargo", &["mutants", "--package=medledger-core", "--colors=never"]);
    command.args(part.files.iter().map(|glob| format!("--file=medledger-core/src/{glob}")));
    command
}

fn list(tree: &Path, part: &Part) -> Result<Vec<Mutant>, String> {
    let answer = ask(cargo_mutants(tree, part).args(["--list", "--json"]))
        .map_err(|error| format!("{error}; `cargo install cargo-mutants --locked` takes some minutes"))?;
    let answer: Vec<Value> =
        serde_json::from_slice(&answer).map_err(|error| format!("the list of cargo-mutants: {error}"))?;
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    let mutant = |value: Value| {
        let file = value.get("file")?.as_str()?.to_owned();
        let name = value.get("name")?.as_str()?.to_owned();
        let (_, what) = name.strip_prefix(&file)?.split_once(": ")?;
        let key = format!("{file}: {what}");
        let nth = seen.entry(key.clone()).and_modify(|n| *n += 1).or_insert(1);
        let key = if *nth == 1 { key } else { format!("{key} ({nth})") };
        let digest = mixed(0, &fs::read_to_string(tree.join(&file)).ok()?);
        Some(Mutant { name, key, digest })
    };
    let mutants: Option<Vec<Mutant>> = answer.into_iter().map(mutant).collect();
    mutants.ok_or_else(|| "the list of cargo-mutants lacks what it always had".into())
}

/// FNV-1a, and SplitMix64's last steps: the same on every machine, for every compiler.
fn mixed(seed: u64, text: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for byte in seed.to_be_bytes().into_iter().chain(text.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// The first so many that compile, as far as is known.
fn sample<'a>(
    order: &'a [(&'a Part, Mutant)],
    count: usize,
    results: &Results,
) -> Vec<(&'a Part, &'a Mutant)> {
    let mut viable = 0;
    let mut sample = Vec::new();
    for (part, mutant) in order {
        if viable == count {
            break;
        }
        viable += usize::from(results.of(mutant) != Some(Fate::Unviable));
        sample.push((*part, mutant));
    }
    sample
}

/// Runs those of a part that have no result yet, against one selection of tests after the other. Whether any did.
fn test(
    part: &Part,
    sample: &[(&Part, &Mutant)],
    tree: &Path,
    work: &Path,
    results: &mut Results,
    near: bool,
) -> Result<bool, String> {
    let mut ran = false;
    let far: &[&str] = if near { &[] } else { &[EVERYTHING] };
    for (step, tests) in part.tests.iter().chain(far).enumerate() {
        let waits = |mutant: &Mutant, results: &Results| match results.of(mutant) {
            None => step == 0,
            Some(fate) => fate == Fate::Passed(step),
        };
        let pending: Vec<&Mutant> = sample
            .iter()
            .filter(|(of, mutant)| of.files == part.files && waits(mutant, results))
            .map(|(_, mutant)| *mutant)
            .collect();
        if !pending.is_empty() {
            ran = true;
            engine(part, &pending, step, tests, tree, work, results)?;
        }
    }
    Ok(ran)
}

fn engine(
    part: &Part,
    pending: &[&Mutant],
    step: usize,
    tests: &str,
    tree: &Path,
    work: &Path,
    results: &mut Results,
) -> Result<(), String> {
    let names: Vec<String> = pending.iter().map(|mutant| escaped(&mutant.name)).collect();
    let mut command = cargo_mutants(tree, part);
    command.args(["--in-place", "--caught", "--unviable", "--minimum-test-timeout=60"]).args(QUICK);
    command.arg(format!("--re=^({})$", names.join("|"))).arg("--output").arg(work);
    // What comes after `--` is for running the tests alone; which ones are built is said before.
    let (targets, filters) = tests.split_once(" -- ").unwrap_or((tests, ""));
    command.args(targets.split_whitespace().map(|target| format!("--cargo-arg={target}")));
    command.args(["--", "--"]).args(filters.split_whitespace()).stdout(Stdio::piped()).stdin(Stdio::null());
    // One failure is enough: no smaller example of it, no backtrace.
    command.env("PROPTEST_MAX_SHRINK_ITERS", "0").env("RUST_BACKTRACE", "0");
    eprintln!("{} mutants against `{tests}`", pending.len());
    let failed = |error| format!("`cargo mutants` could not be run: {error}");
    let mut child = command.spawn().map_err(failed)?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            eprintln!("{line}");
            // Deleted fields come whether they are asked for or not (cargo-mutants 27.1): those are passed over.
            if let Some((mutant, fate)) = outcome(&line, pending, step) {
                results.note(mutant, fate)?;
            }
        }
    }
    // 0, 2 and 3 say that all ended, whatever the mutants' fates.
    match child.wait().map_err(failed)?.code() {
        Some(0 | 2 | 3) => Ok(()),
        _ => Err(format!("cargo-mutants stopped; {} says why", work.join("mutants.out").display())),
    }
}

/// The name as a regular expression.
fn escaped(name: &str) -> String {
    name.chars()
        .flat_map(|c| r"\.+*?()|[]{}^$#&-~".contains(c).then_some('\\').into_iter().chain([c]))
        .collect()
}

/// What a line of cargo-mutants says of a mutant.
fn outcome<'a>(line: &str, pending: &[&'a Mutant], step: usize) -> Option<(&'a Mutant, Fate)> {
    let (word, rest) = line.split_once(' ')?;
    let fate = match word {
        "caught" => Fate::Killed,
        "TIMEOUT" => Fate::Timeout,
        "unviable" => Fate::Unviable,
        "MISSED" => Fate::Passed(step + 1),
        _ => return None,
    };
    let rest = rest.trim_start();
    let named = |mutant: &&&Mutant| {
        rest.strip_prefix(&mutant.name).is_some_and(|end| end.is_empty() || end.starts_with(" in "))
    };
    Some((pending.iter().find(named)?, fate))
}

/// What came of each mutant, a line each in a file; of two lines for one the later holds.
struct Results {
    path: PathBuf,
    fates: HashMap<(String, u64), Fate>,
}

impl Results {
    fn open(path: &Path) -> Result<Self, String> {
        let mut fates = HashMap::new();
        for line in fs::read_to_string(path).unwrap_or_default().lines() {
            let line: Value =
                serde_json::from_str(line).map_err(|error| format!("{}: {error}", path.display()))?;
            let fate = match line.get("fate").and_then(Value::as_str) {
                Some("killed") => Fate::Killed,
                Some("timeout") => Fate::Timeout,
                Some("unviable") => Fate::Unviable,
                _ => {
                    let passed = line.get("passed").and_then(Value::as_u64).and_then(|n| n.try_into().ok());
                    Fate::Passed(passed.unwrap_or_default())
                }
            };
            let key = line.get("mutant").and_then(Value::as_str).unwrap_or_default().to_owned();
            fates.insert((key, line.get("source").and_then(Value::as_u64).unwrap_or_default()), fate);
        }
        Ok(Self { path: path.to_owned(), fates })
    }

    fn of(&self, mutant: &Mutant) -> Option<Fate> {
        self.fates.get(&(mutant.key.clone(), mutant.digest)).copied()
    }

    fn note(&mut self, mutant: &Mutant, fate: Fate) -> Result<(), String> {
        let passed = if let Fate::Passed(n) = fate { Some(n) } else { None };
        let line =
            json!({ "mutant": mutant.key, "source": mutant.digest, "fate": fate.word(), "passed": passed });
        let file = fs::OpenOptions::new().create(true).append(true).open(&self.path);
        file.and_then(|mut file| writeln!(file, "{line}"))
            .map_err(|error| format!("{} can't be written: {error}", self.path.display()))?;
        self.fates.insert((mutant.key.clone(), mutant.digest), fate);
        Ok(())
    }
}

impl Fate {
    const fn word(self) -> &'static str {
        match self {
            Self::Killed => "killed",
            Self::Timeout => "timeout",
            Self::Unviable => "unviable",
            Self::Passed(_) => "survived",
        }
    }
}

#[cfg(test)]
mod tests;
