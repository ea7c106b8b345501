//! Damage of every kind, and that each is named.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use medledger_core::codec::{decode, encode};
use medledger_core::error::Coded;
use medledger_core::limits::PROOF;
use medledger_sdk::seal::Kept;
use redb::{Database, ReadableTable};

use super::*;
use crate::Host;
use crate::store::rows::VaultRow;
use crate::store::table::{last_number, meta, number, record_key};
use crate::testing::{Dice, TempDir, Town, at};

mod damage;
mod physical;
mod rewritten;

/// Damage is random here, and more of it when `MEDLEDGER_LONG` is set.
fn rounds(short: u64, long: u64) -> u64 {
    if std::env::var_os("MEDLEDGER_LONG").is_some_and(|value| value != "0") { long } else { short }
}

/// The five blocks of a small ledger, on a disk.
fn ledger(dir: &TempDir) -> PathBuf {
    let path = dir.join("sound");
    drop(Town::new().ledger(&path));
    path
}

/// Another directory with the same files.
fn copy(dir: &TempDir, from: &Path) -> PathBuf {
    let to = dir.join("copy");
    let _ = fs::remove_dir_all(&to);
    fs::create_dir(&to).unwrap();
    for name in ["ledger.redb", "genesis.cbor"] {
        fs::copy(from.join(name), to.join(name)).unwrap();
    }
    to
}

fn report(path: &Path) -> Report {
    verify(path, at(10), &mut |_| {}).unwrap()
}

/// Code and height of the fault, which there must be.
fn fault(path: &Path) -> (String, Option<u64>, String) {
    let report = report(path);
    assert!(!report.verified);
    let fault = report.fault.unwrap();
    (fault.code, fault.height, fault.what)
}

type Dump = BTreeMap<(&'static str, Vec<u8>), Vec<u8>>;

/// Every row of every table, as verification reads them, and genesis.cbor.
fn dump(path: &Path) -> Dump {
    let given = Given::open(path, &mut |_| {}).ok().unwrap();
    let mut rows = Dump::from([(("genesis.cbor", Vec::new()), given.genesis.clone())]);
    for table in Table::ALL {
        for row in given.rows(table).ok().unwrap().all().unwrap() {
            let (key, value) = row.unwrap();
            rows.insert((table.name(), key), value);
        }
    }
    rows
}

/// Writes one row through the database's own API; `None` drops it.
fn rewrite(path: &Path, table: Table, key: &[u8], value: Option<&[u8]>) {
    let database = Database::open(path.join("ledger.redb")).unwrap();
    let transaction = database.begin_write().unwrap();
    {
        let mut table = transaction.open_table(table.definition()).unwrap();
        match value {
            Some(value) => drop(table.insert(key, value).unwrap()),
            None => drop(table.remove(key).unwrap()),
        }
    }
    transaction.commit().unwrap();
}

/// The rows of a table.
fn rows(path: &Path, table: Table) -> Vec<(Vec<u8>, Vec<u8>)> {
    let database = Database::open(path.join("ledger.redb")).unwrap();
    let transaction = database.begin_write().unwrap();
    let opened = transaction.open_table(table.definition()).unwrap();
    let rows = opened.iter().unwrap().map(|row| {
        let (key, value) = row.unwrap();
        (key.value().to_vec(), value.value().to_vec())
    });
    rows.collect()
}

#[test]
fn a_sound_ledger_is_verified_and_left_alone() {
    let dir = TempDir::new();
    let path = ledger(&dir);
    let tip = Host::open(&path).unwrap().tip();
    let before = fs::read(path.join("ledger.redb")).unwrap();
    let modified = fs::metadata(path.join("ledger.redb")).unwrap().modified().unwrap();
    let mut seen = Vec::new();
    let report = verify(&path, at(10), &mut |progress| seen.push(progress)).unwrap();
    assert_eq!(report, Report { verified: true, height: Some(5), app_root: Some(tip.hash), fault: None });
    assert!(matches!(seen.first(), Some(Progress::File { bytes }) if *bytes > 0));
    assert!(seen.contains(&Progress::Blocks { done: 5, of: 5 }));
    assert!(matches!(seen.last(), Some(Progress::Rows { done, of }) if done == of && *of > 100));
    assert!(fs::read(path.join("ledger.redb")).unwrap() == before);
    assert_eq!(fs::metadata(path.join("ledger.redb")).unwrap().modified().unwrap(), modified);
    assert_eq!(fs::read_dir(&path).unwrap().count(), 2);
}

#[test]
fn a_genesis_alone_is_verified() {
    let (dir, town) = (TempDir::new(), Town::new());
    let path = dir.join("d");
    let hash = Host::create(&path, &town.genesis).unwrap().tip().hash;
    assert_eq!(report(&path), Report { verified: true, height: Some(0), app_root: Some(hash), fault: None });
}

#[test]
fn pruned_stores_are_verified() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let path = dir.join("d");
    let host = town.ledger(&path);
    for seconds in [500, 602, 604, 3_000, 9_000] {
        let (_, single) = town.anchor(at(seconds));
        host.produce(&[single], &town.validator, at(seconds)).unwrap();
    }
    drop(host);
    let report = verify(&path, at(9_000), &mut |_| {}).unwrap();
    assert_eq!((report.fault, report.height), (None, Some(10)));
}

#[test]
fn a_large_ledger_is_made_anew_in_a_file() {
    let dir = TempDir::new();
    let path = ledger(&dir);
    let mut given = Given::open(&path, &mut |_| {}).ok().unwrap();
    given.bytes = u64::MAX;
    let mut checked = Checked { first: None, reached: None };
    let replay = Replay::run(&given, at(10), &mut |_| {}, &mut checked).ok().unwrap();
    let mut counter = Counter { done: 0, of: 0, progress: &mut |_| {} };
    for table in Table::ALL.into_iter().filter(|table| table.follows_from_blocks()) {
        assert!(compare::table(&given, &replay, table, &mut counter, &mut checked).is_ok());
    }
    assert_eq!((checked.first, checked.reached.map(|(height, _)| height)), (None, Some(5)));
    assert!(counter.done > 100);
}

#[test]
fn a_store_in_use_and_a_directory_that_is_not_there_are_no_faults() {
    let dir = TempDir::new();
    let path = ledger(&dir);
    let error = verify(&dir.join("nothing"), at(10), &mut |_| {}).unwrap_err();
    assert_eq!(error.code(), "STO-001");
    let host = Host::open(&path).unwrap();
    assert_eq!(verify(&path, at(10), &mut |_| {}).unwrap_err().code(), "STO-003");
    drop(host);
    assert!(report(&path).verified);
}

/// A process that is killed leaves the files as they are at that moment.
#[test]
fn what_was_acknowledged_outlives_the_process() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let path = dir.join("d");
    let host = town.ledger(&path);
    let tip = host.tip();
    let image = copy(&dir, &path);
    assert_eq!(report(&image).app_root, Some(tip.hash));
    let reopened = Host::open(&image).unwrap();
    assert_eq!(reopened.tip(), tip);
    let (_, single) = town.anchor(at(6));
    reopened.produce(&[single], &town.validator, at(6)).unwrap();
    drop(reopened);
    assert_eq!(report(&image).height, Some(6));
}
