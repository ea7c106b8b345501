//! A process that is killed while it writes. With `MEDLEDGER_LONG=1` 100 times each, else a few.
//!
//! These are a program of their own: a process that is just being started has for a moment whatever another test has open,
//! with its lock.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

#[allow(dead_code, missing_docs, reason = "each test program uses its own part")]
#[path = "../src/testing.rs"]
mod testing;

use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::Duration;

use medledger_core::hash::RecordId;
use medledger_core::record::{batch_record_id, record_id};
use medledger_core::state::{LogKind, LogLeaf};
use medledger_core::units::Height;
use medledger_node::verify::verify;
// The ledger for the tests names them so.
use medledger_node::{Host, host};
use medledger_sdk::seal::Kept;
use testing::{Dice, TempDir, Town, at, has, traces};

/// One process is started at a time, while nothing is open.
static ONE: Mutex<()> = Mutex::new(());

/// The records of the patient's timeline.
fn all_records(host: &Host) -> Vec<RecordId> {
    let patient = Town::new().patient.did;
    let timeline = host.log(&patient, LogKind::Timeline).unwrap();
    let of = |leaf: &LogLeaf| {
        let id = record_id(&leaf.tx, 0);
        match host.members(&id).unwrap().len() {
            0 => vec![id],
            many => (0..u64::try_from(many).unwrap()).map(|index| batch_record_id(&id, index)).collect(),
        }
    };
    timeline.iter().flat_map(|(_, leaf)| of(leaf)).collect()
}

const DIRECTORY: &str = "MEDLEDGER_TEST_DIRECTORY";

/// Makes blocks as fast as it can, and says the height of each once it is acknowledged.
#[test]
#[ignore = "the process that the next test kills"]
fn writer() {
    let path = std::env::var_os(DIRECTORY).unwrap();
    let host = Host::open(Path::new(&path)).unwrap();
    let mut town = Town::new();
    town.hospital.resume(host.status().unwrap().transactions);
    loop {
        let now = at(u32::try_from(host.tip().height.0).unwrap() + 1);
        let (_, waiting) = if host.tip().height.0 % 4 == 1 { town.batch(now) } else { town.anchor(now) };
        let produced = host.produce(&[waiting], &town.validator, now).unwrap();
        assert_eq!(produced.outcomes[0].refusal, None);
        println!("\n{} {}", produced.header.header.height, host.tip().hash);
    }
}

/// Destroys the records of the patient's timeline one after the other, and says which is gone once that is acknowledged.
#[test]
#[ignore = "the process that a test below kills"]
fn destroyer() {
    let path = std::env::var_os(DIRECTORY).unwrap();
    let mut host = Host::open(Path::new(&path)).unwrap();
    for (index, record) in all_records(&host).iter().enumerate() {
        if let Kept::Sealed { .. } = host.held(record).unwrap().unwrap().kept {
            host = host.destroy(record, at(9)).unwrap().0;
        }
        println!("\n{index} gone");
    }
}

fn spawn(path: &Path, test: &str) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--ignored", "--nocapture"]);
    command.env(DIRECTORY, path).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn().unwrap()
}

fn rounds(short: u64) -> u64 {
    if std::env::var_os("MEDLEDGER_LONG").is_some_and(|value| value != "0") { 100 } else { short }
}

/// What the process says until it ends: a number and what is said of it.
struct Heard(Lines<BufReader<ChildStdout>>);

impl Heard {
    fn of(child: &mut Child) -> Self {
        Self(BufReader::new(child.stdout.take().unwrap()).lines())
    }
}

impl Iterator for Heard {
    type Item = (u64, String);

    fn next(&mut self) -> Option<(u64, String)> {
        loop {
            let line = self.0.next()?.ok()?;
            let said =
                line.split_once(' ').and_then(|(number, rest)| Some((number.parse().ok()?, rest.into())));
            if said.is_some() {
                return said;
            }
        }
    }
}

/// The acknowledgements are kept here, by another process than the one that is killed.
#[test]
fn nothing_acknowledged_is_lost_when_the_process_is_killed() {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (dir, mut town) = (TempDir::new(), Town::new());
    let path = dir.join("d");
    let host = Host::create(&path, &town.genesis).unwrap();
    let incept = town.incept(at(1));
    host.produce(&[incept], &town.validator, at(1)).unwrap();
    let (mut dice, mut newest) = (Dice(11), (1, host.tip().hash.to_string()));
    drop(host);
    let (mut acknowledged, mut ahead) = (0, 0);
    for round in 0..rounds(6) {
        let mut child = spawn(&path, "writer");
        let mut heard = Heard::of(&mut child);
        // Some are killed while they open the store.
        if round % 4 != 3 {
            for _ in 0..1 + dice.below(4) {
                newest = heard.next().unwrap();
                acknowledged += 1;
            }
        }
        sleep(Duration::from_micros(dice.below(20_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        for said in heard {
            newest = said;
            acknowledged += 1;
        }
        // As the process left it, and then opened again.
        let report = verify(&path, at(100_000), &mut |_| {}).unwrap();
        assert_eq!(report.fault, None, "round {round}");
        let host = Host::open(&path).unwrap();
        let height = host.tip().height.0;
        assert_eq!(report.height, Some(height), "round {round}");
        assert!([newest.0, newest.0 + 1].contains(&height), "round {round}: {height} after {newest:?}");
        let header = host.header(Height(newest.0)).unwrap().unwrap().header;
        assert_eq!(header.hash().unwrap().to_string(), newest.1, "round {round}");
        ahead += height - newest.0;
        newest = (height, host.tip().hash.to_string());
    }
    println!("{} kills, {acknowledged} blocks acknowledged, {ahead} written and not acknowledged", rounds(6));
    assert!(acknowledged > 6);
}

#[test]
fn what_was_destroyed_stays_so_when_the_process_is_killed() {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (dir, mut town) = (TempDir::new(), Town::new());
    let (path, whole) = (dir.join("d"), dir.join("whole"));
    let host = town.ledger(&path);
    let records = all_records(&host);
    let traces: Vec<Vec<u8>> = records.iter().map(|record| traces(&host, record)[0].clone()).collect();
    drop(host);
    fs::create_dir(&whole).unwrap();
    let copy = |from: &Path, to: &Path| {
        for name in ["ledger.redb", "genesis.cbor"] {
            fs::copy(from.join(name), to.join(name)).unwrap();
        }
    };
    copy(&path, &whole);
    let (mut dice, mut acknowledged) = (Dice(12), 0_usize);
    let (mut all, mut ahead) = (0, 0);
    for round in 0..rounds(5) {
        let mut child = spawn(&path, "destroyer");
        let mut heard = Heard::of(&mut child);
        let wanted = (acknowledged + usize::try_from(dice.below(3)).unwrap()).min(records.len());
        let hear = |said: Option<(u64, String)>| usize::try_from(said.unwrap().0 + 1).unwrap();
        while acknowledged < wanted {
            acknowledged = acknowledged.max(hear(heard.next()));
        }
        sleep(Duration::from_micros(dice.below(60_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        for said in heard {
            acknowledged = acknowledged.max(hear(Some(said)));
        }
        assert_eq!(verify(&path, at(100), &mut |_| {}).unwrap().fault, None, "round {round}");
        let host = Host::open(&path).unwrap();
        let opened = host.open_all(&town.secrets()).unwrap().unwrap();
        let gone = usize::try_from(opened.destroyed).unwrap();
        assert!([acknowledged, acknowledged + 1].contains(&gone), "round {round}: {gone} of {acknowledged}");
        assert_eq!(usize::try_from(opened.opened).unwrap(), records.len() - gone);
        for record in records.iter().take(acknowledged) {
            assert_eq!(host.open_record(record, &town.secrets()).unwrap_err().code(), "SEA-026");
        }
        drop(host);
        for file in fs::read_dir(&path).unwrap() {
            let bytes = fs::read(file.unwrap().path()).unwrap();
            for trace in traces.iter().take(acknowledged) {
                assert!(!has(&bytes, trace), "round {round}");
            }
        }
        ahead += gone - acknowledged;
        all += 1;
        if gone == records.len() {
            let left = fs::read(path.join("ledger.redb")).unwrap();
            assert!(acknowledged < records.len() || !traces.iter().any(|trace| has(&left, trace)));
            copy(&whole, &path);
            acknowledged = 0;
        }
    }
    assert_eq!(all, rounds(5));
    println!("{all} kills over destructions, {ahead} with rows replaced and not acknowledged");
}
