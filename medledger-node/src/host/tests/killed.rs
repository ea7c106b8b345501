//! A process that is killed while it writes.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use super::*;
use crate::testing::Dice;
use crate::verify::verify;

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
        println!("\n{}", produced.header.header.height);
    }
}

fn spawn(path: &Path) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "host::tests::killed::writer", "--ignored", "--nocapture"]);
    command.env(DIRECTORY, path).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn().unwrap()
}

#[test]
fn nothing_acknowledged_is_lost_when_the_process_is_killed() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let path = dir.join("d");
    let host = Host::create(&path, &town.genesis).unwrap();
    let incept = town.incept(at(1));
    host.produce(&[incept], &town.validator, at(1)).unwrap();
    drop(host);
    let long = std::env::var_os("MEDLEDGER_LONG").is_some_and(|value| value != "0");
    let (mut dice, mut acknowledged) = (Dice(11), 1);
    for round in 0..if long { 60 } else { 6 } {
        let mut child = spawn(&path);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut heard = |acknowledged: &mut u64| {
            let line = lines.next()?.ok()?;
            *acknowledged = line.parse().unwrap_or(*acknowledged);
            Some(())
        };
        let enough = acknowledged + 1 + dice.below(4);
        while acknowledged < enough {
            heard(&mut acknowledged).unwrap();
        }
        sleep(Duration::from_micros(dice.below(20_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        while heard(&mut acknowledged).is_some() {}
        // As the process left it, and then opened again.
        let report = verify(&path, at(100_000), &mut |_| {}).unwrap();
        assert_eq!(report.fault, None, "round {round}");
        assert!(report.height.unwrap() >= acknowledged, "round {round}");
        assert_eq!(Host::open(&path).unwrap().tip().height.0, report.height.unwrap());
    }
    assert!(acknowledged > 6);
}
