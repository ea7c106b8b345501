use std::fs;
use std::path::PathBuf;

use medledger_core::error::Coded;

use super::*;
use crate::testing::{TempDir, Town};

mod cuts;
mod disk;
mod faults;
mod kinds;
mod renewals;

#[test]
fn a_store_that_failed_gives_nothing_more() {
    let (dir, town) = (TempDir::new(), Town::new());
    let path: PathBuf = dir.join("d");
    let opened = town.genesis.open().unwrap();
    let store = Store::create(&path, &town.genesis, &opened).unwrap();
    assert!(store.snapshot().is_ok());
    store.failed.store(true, Ordering::Release);
    assert_eq!(store.snapshot().err().unwrap().rule().to_string(), "STO-013");
    drop(store);
    assert!(Store::open(&path).unwrap().snapshot().is_ok());
}

#[test]
fn the_file_system_says_what_it_lacks() {
    let (dir, town) = (TempDir::new(), Town::new());
    fs::write(dir.join("file"), b"x").unwrap();
    let below = dir.join("file").join("d");
    let opened = town.genesis.open().unwrap();
    let error = Store::open(&below).err().unwrap();
    assert_eq!(error.rule().to_string(), "STO-007");
    assert_eq!(error.element(), Some(below.display().to_string()));
    assert!(Store::create(&below, &town.genesis, &opened).is_err());
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let (dir, town) = (TempDir::new(), Town::new());
    let path = dir.join("a").join("b");
    let store = Store::create(&path, &town.genesis, &town.genesis.open().unwrap()).unwrap();
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(path.clone()), 0o700);
    assert_eq!(mode(path.join("ledger.redb")), 0o600);
    assert_eq!(mode(path.join("genesis.cbor")), 0o600);
    assert_eq!(fs::read_dir(&path).unwrap().count(), 2);
    assert!(store.size().unwrap() > 0);
}
