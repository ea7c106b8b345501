//! The power goes at any moment. With `MEDLEDGER_LONG=1` 1,000 moments, else some.

use std::fs;
use std::path::{Path, PathBuf};

use medledger_core::hash::AppRootHash;

use super::disk::Disk;
use super::*;
use crate::Host;
use crate::testing::{Dice, TempDir, Town, at};
use crate::verify::verify;

/// A load over a disk, and what was acknowledged when.
struct Load {
    disk: Disk,
    /// The header's hash, by height.
    headers: Vec<AppRootHash>,
    /// After how many operations of the disk which height was acknowledged.
    acknowledged: Vec<(usize, usize)>,
    genesis: Vec<u8>,
    town: Town,
}

impl Load {
    /// Blocks of every kind on a ledger that has a patient.
    fn new(dir: &TempDir, blocks: u32) -> Self {
        let (path, mut town) = (dir.join("load"), Town::new());
        let host = Host::create(&path, &town.genesis).unwrap();
        let mut headers = vec![host.tip().hash];
        let incept = town.incept(at(1));
        host.produce(&[incept], &town.validator, at(1)).unwrap();
        headers.push(host.tip().hash);
        drop(host);
        let disk = Disk::new(fs::read(path.join("ledger.redb")).unwrap());
        let host = Host::over(Store::open_backend(&path, disk.clone()).unwrap()).unwrap();
        let mut acknowledged = vec![(0, 1)];
        for second in 2..blocks + 2 {
            // What replaces a row, and the pages that are freed, are part of it.
            let now = at(second * 300);
            let waiting = match second % 3 {
                0 => vec![town.batch(now).1],
                1 => vec![town.anchor(now).1, town.anchor(now).1],
                _ => Vec::new(),
            };
            host.produce(&waiting, &town.validator, now).unwrap();
            headers.push(host.tip().hash);
            acknowledged.push((disk.ops(), headers.len() - 1));
        }
        drop(host);
        let genesis = fs::read(path.join("genesis.cbor")).unwrap();
        Self { disk, headers, acknowledged, genesis, town }
    }

    /// A directory with this file in it.
    fn put(&self, dir: &TempDir, ledger: &[u8]) -> PathBuf {
        let path = dir.join("cut");
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join("ledger.redb"), ledger).unwrap();
        fs::write(path.join("genesis.cbor"), &self.genesis).unwrap();
        path
    }

    /// The newest height that was acknowledged by then.
    fn promised(&self, ops: usize) -> usize {
        self.acknowledged.iter().rev().find(|(at, _)| *at <= ops).unwrap().1
    }

    /// What was lost or is at fault, if anything is; else the height.
    fn judge(&self, path: &Path, promised: usize) -> Result<usize, String> {
        let report = verify(path, at(100_000), &mut |_| {}).map_err(|error| error.to_string())?;
        if let Some(fault) = report.fault {
            return Err(format!("{}: {}", fault.code, fault.what));
        }
        let host = Host::open(path).map_err(|error| error.to_string())?;
        let tip = host.tip();
        let height = usize::try_from(tip.height.0).unwrap();
        if height < promised || self.headers.get(height) != Some(&tip.hash) {
            return Err(format!("height {height}, but {promised} was acknowledged"));
        }
        assert_eq!((report.height, report.app_root), (Some(tip.height.0), Some(tip.hash)));
        Ok(height)
    }
}

fn below(dice: &mut Dice, bound: usize) -> usize {
    usize::try_from(dice.below(u64::try_from(bound).unwrap())).unwrap()
}

fn long() -> bool {
    std::env::var_os("MEDLEDGER_LONG").is_some_and(|value| value != "0")
}

#[test]
fn nothing_acknowledged_is_lost_when_the_power_goes() {
    let dir = TempDir::new();
    let load = Load::new(&dir, if long() { 12 } else { 4 });
    let (mut dice, cuts) = (Dice(7), if long() { 1_000 } else { 50 });
    let (ops, syncs) = (load.disk.ops(), load.disk.syncs());
    let (mut exact, mut ahead, mut twice) = (0, 0, 0);
    for cut in 0..cuts {
        let at_op = match cut % 2 {
            0 => below(&mut dice, ops + 1),
            _ => syncs[below(&mut dice, syncs.len())],
        };
        let promised = load.promised(at_op);
        let mut image = load.disk.cut(at_op, &mut dice);
        if cut % 4 < 2 && cut % 8 < 4 {
            // The power goes again while the store is opened.
            let path = load.put(&dir, &image);
            let again = Disk::new(image);
            drop(Store::open_backend(&path, again.clone()).unwrap());
            let second = below(&mut dice, again.ops() + 1);
            image = again.cut(second, &mut dice);
            twice += 1;
        }
        let path = load.put(&dir, &image);
        let height = load.judge(&path, promised).unwrap_or_else(|why| panic!("cut {cut} at {at_op}: {why}"));
        // The block that was being written is there whole, or not at all.
        assert!(height == promised || height == promised + 1, "cut {cut} at {at_op}");
        if height == promised {
            exact += 1
        } else {
            ahead += 1
        }
        if cut % 8 > 5 {
            // It goes on from there.
            let host = Host::open(&path).unwrap();
            host.produce(&[], &load.town.validator, at(50_000)).unwrap();
            drop(host);
            assert_eq!(verify(&path, at(100_000), &mut |_| {}).unwrap().fault, None);
        }
    }
    println!(
        "{cuts} cuts in {ops} operations ({twice} cut twice): {exact} as acknowledged, {ahead} a block ahead"
    );
    assert!(exact > 0 && ahead > 0 && exact + ahead == cuts);
}

/// That the tests above see a loss where there is one.
#[test]
fn a_disk_that_lies_about_its_syncs_is_noticed() {
    let dir = TempDir::new();
    let load = Load::new(&dir, 2);
    let honest = load.disk.ops();
    load.disk.lie();
    let ops = load.disk.ops();
    assert!(ops < honest);
    let mut dice = Dice(8);
    let seen = (0..20).filter(|_| {
        let image = load.disk.cut(ops, &mut dice);
        let path = load.put(&dir, &image);
        load.judge(&path, load.headers.len() - 1).is_err()
    });
    assert!(seen.count() > 0);
}
