//! A record's destruction, stopped at any point.

use std::fs;
use std::path::PathBuf;

use medledger_core::hash::RecordId;
use medledger_core::record::record_id;
use medledger_core::state::LogKind;

use super::disk::Disk;
use super::*;
use crate::Host;
use crate::testing::{Dice, TempDir, Town, at, has, traces};
use crate::verify::verify;

/// A ledger, a record of it, and what that leaves in files.
struct Given {
    dir: TempDir,
    path: PathBuf,
    town: Town,
    record: RecordId,
    traces: Vec<Vec<u8>>,
}

/// Whether the record is destroyed; it is the old store or the new one, and sound.
fn destroyed(given: &Given) -> bool {
    let report = verify(&given.path, at(100), &mut |_| {}).unwrap();
    assert_eq!((report.fault, report.height), (None, Some(5)));
    let host = Host::open(&given.path).unwrap();
    match host.open_record(&given.record, &given.town.secrets()) {
        Ok(opened) => {
            assert!(opened.is_some());
            false
        }
        Err(error) => {
            assert_eq!(error.code(), "SEA-026");
            true
        }
    }
}

impl Given {
    fn new() -> Self {
        let (dir, mut town) = (TempDir::new(), Town::new());
        let path = dir.join("d");
        let host = town.ledger(&path);
        let timeline = host.log(&town.patient.did, LogKind::Timeline).unwrap();
        let record = record_id(&timeline[1].1.tx, 0);
        let traces = traces(&host, &record);
        Self { dir, path, town, record, traces }
    }

    fn ledger(&self) -> PathBuf {
        self.path.join("ledger.redb")
    }

    fn left(&self) -> PathBuf {
        self.path.join("ledger.redb.new")
    }

    fn put(&self, ledger: &[u8], left: Option<&[u8]>) {
        fs::write(self.ledger(), ledger).unwrap();
        let _ = fs::remove_file(self.left());
        if let Some(left) = left {
            fs::write(self.left(), left).unwrap();
        }
    }
}

fn rounds(short: u64, long: u64) -> u64 {
    if std::env::var_os("MEDLEDGER_LONG").is_some_and(|value| value != "0") { long } else { short }
}

fn any(dice: &mut Dice, disk: &Disk) -> usize {
    usize::try_from(dice.below(u64::try_from(disk.ops()).unwrap() + 1)).unwrap()
}

#[test]
fn a_destruction_that_is_cut_leaves_the_old_store_or_the_new_one() {
    let given = Given::new();
    let mut dice = Dice(21);
    let before = fs::read(given.ledger()).unwrap();
    assert!(given.traces.len() == 3 && given.traces.iter().all(|trace| has(&before, trace)));
    // First the rows are replaced in the old file.
    let old = Disk::new(before);
    let host = Host::over(Store::open_backend(&given.path, old.clone()).unwrap()).unwrap();
    let (host, _) = host.destroy(&given.record, at(9)).unwrap();
    drop(host);
    let mut seen = [0_u64; 2];
    for _ in 0..rounds(16, 300) {
        given.put(&old.cut(any(&mut dice, &old), &mut dice), None);
        seen[usize::from(destroyed(&given))] += 1;
    }
    assert!(seen[0] > 0 && seen[1] > 0);
    // Then a copy is made beside it, and is on the disk before it takes the name.
    let replaced = old.image();
    given.put(&replaced, None);
    let (store, new) = (Store::open(&given.path).unwrap(), Disk::new(Vec::new()));
    let database = Builder::new().create_with_backend(new.clone()).unwrap();
    renewal::copy(&store, database, "the copy").unwrap();
    drop(store);
    assert!(new.is_synced());
    for round in 0..rounds(8, 200) {
        let copy = new.cut(any(&mut dice, &new), &mut dice);
        given.put(&replaced, Some(&copy));
        assert!(destroyed(&given));
        if round % 4 == 0 {
            // Asked again, it is done to its end.
            let (host, statements) = Host::open(&given.path).unwrap().destroy(&given.record, at(10)).unwrap();
            drop(host);
            assert_eq!(statements[0].at, at(9));
            assert!(!given.left().exists());
            let bytes = fs::read(given.ledger()).unwrap();
            assert!(!given.traces.iter().any(|trace| has(&bytes, trace)));
            assert!(destroyed(&given));
        }
    }
    // Then it takes the name.
    given.put(&new.cut(new.ops(), &mut dice), None);
    assert!(destroyed(&given));
    println!("old or new after {seen:?} cuts of the replacing, and after {} of the copying", rounds(8, 200));
}

#[cfg(unix)]
#[test]
fn what_is_destroyed_stands_in_no_file_that_there_was() {
    let given = Given::new();
    // A process was stopped over the destruction of another record: its copy has this one.
    fs::copy(given.ledger(), given.left()).unwrap();
    let files = [(given.ledger(), given.dir.join("old")), (given.left(), given.dir.join("stopped"))];
    for (file, link) in &files {
        fs::hard_link(file, link).unwrap();
        assert!(given.traces.iter().all(|trace| has(&fs::read(link).unwrap(), trace)));
    }
    drop(Host::open(&given.path).unwrap().destroy(&given.record, at(9)).unwrap());
    for (_, link) in &files {
        assert!(fs::read(link).unwrap().iter().all(|byte| *byte == 0));
    }
    let bytes = fs::read(given.ledger()).unwrap();
    assert!(!given.traces.iter().any(|trace| has(&bytes, trace)));
    assert!(destroyed(&given) && !given.left().exists());
}

/// Between the moment at which a process opens the file and the one at which it has the lock, another may renew it.
#[cfg(unix)]
#[test]
fn a_file_that_lost_its_name_is_not_written_to() {
    let given = Given::new();
    let files = Files::new(&given.path);
    let opened = File::open(given.ledger()).unwrap();
    assert_eq!(files.is_ledger(&opened), Ok(true));
    drop(Host::open(&given.path).unwrap().destroy(&given.record, at(9)).unwrap());
    assert_eq!(files.is_ledger(&opened), Ok(false));
    assert_eq!(files.is_ledger(&File::open(given.ledger()).unwrap()), Ok(true));
}
