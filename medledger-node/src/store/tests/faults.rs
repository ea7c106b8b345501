//! A disk that is full, and one that fails to read, to write or to sync.

use std::fs;
use std::path::PathBuf;

use super::disk::{Disk, Fault};
use super::*;
use crate::Host;
use crate::testing::{Dice, TempDir, Town, at};
use crate::verify::verify;

/// A ledger with a patient, as the bytes of its file, and how much a load of blocks asks of its disk.
struct Ledger {
    dir: TempDir,
    path: PathBuf,
    bytes: Vec<u8>,
    needs: [u64; 3],
}

const BLOCKS: u32 = 3;

impl Ledger {
    fn new() -> Self {
        let (dir, mut town) = (TempDir::new(), Town::new());
        let path = dir.join("d");
        let host = Host::create(&path, &town.genesis).unwrap();
        let incept = town.incept(at(1));
        host.produce(&[incept], &town.validator, at(1)).unwrap();
        drop(host);
        let bytes = fs::read(path.join("ledger.redb")).unwrap();
        let mut ledger = Self { dir, path, bytes, needs: [0; 3] };
        let disk = Disk::new(ledger.bytes.clone());
        let (acknowledged, error) = ledger.load(&disk);
        assert_eq!((acknowledged, error), (1 + u64::from(BLOCKS), None));
        ledger.needs = disk.done();
        ledger
    }

    /// Makes blocks until it fails: the newest acknowledged height, and the code.
    fn load(&self, disk: &Disk) -> (u64, Option<String>) {
        let store = match Store::open_backend(&self.path, disk.clone()) {
            Ok(store) => store,
            Err(error) => return (1, Some(error.rule().to_string())),
        };
        let host = match Host::over(store) {
            Ok(host) => host,
            Err(error) => return (1, Some(error.code())),
        };
        let mut town = Town::new();
        town.hospital.resume(1);
        let mut acknowledged = 1;
        for second in 2..BLOCKS + 2 {
            let (_, waiting) = if second % 2 == 0 { town.batch(at(second)) } else { town.anchor(at(second)) };
            match host.produce(&[waiting], &town.validator, at(second)) {
                Ok(_) => acknowledged = host.tip().height.0,
                Err(error) => {
                    // Closed: nothing more is read, nor written, even if the disk works again.
                    disk.fail(None);
                    assert_eq!(host.snapshot().err().unwrap().code(), "STO-013");
                    let again = host.produce(&[], &town.validator, at(90)).unwrap_err();
                    assert_eq!(again.code(), "STO-013");
                    assert!(again.to_string().contains("open it again"));
                    return (acknowledged, Some(error.code()));
                }
            }
        }
        (acknowledged, None)
    }

    /// That a file has all that was acknowledged, and works.
    fn check(&self, bytes: &[u8], acknowledged: u64, what: &str) {
        fs::write(self.path.join("ledger.redb"), bytes).unwrap();
        let report = verify(&self.path, at(100), &mut |_| {}).unwrap();
        assert_eq!(report.fault, None, "{what}");
        let height = report.height.unwrap();
        assert!(height == acknowledged || height == acknowledged + 1, "{what}: {height} of {acknowledged}");
        let host = Host::open(&self.path).unwrap();
        assert_eq!(host.tip().height.0, height, "{what}");
        host.produce(&[], &Town::new().validator, at(95)).unwrap();
    }

    /// Lets the load run into a fault. Gives the code.
    fn meet(&self, fault: Fault, dice: &mut Dice) -> Option<String> {
        let disk = Disk::new(self.bytes.clone());
        disk.fail(Some(fault));
        let (acknowledged, code) = self.load(&disk);
        let what = format!("{fault:?}: {code:?}");
        self.check(&disk.image(), acknowledged, &what);
        // The machine was switched off because of it.
        self.check(&disk.cut(disk.ops(), dice), acknowledged, &what);
        code
    }
}

fn rounds() -> u64 {
    if std::env::var_os("MEDLEDGER_LONG").is_some_and(|value| value != "0") { 100 } else { 4 }
}

#[test]
fn a_full_disk_closes_the_store_and_loses_nothing() {
    let ledger = Ledger::new();
    let mut dice = Dice(3);
    let whole = u64::try_from(ledger.bytes.len()).unwrap();
    let mut failed = 0;
    for round in 0..rounds() {
        let after = dice.below(ledger.needs[0]);
        let growth = whole + dice.below(whole);
        for fault in [Fault::Full { after }, Fault::NoGrowth { to: growth }] {
            let code = ledger.meet(fault, &mut dice);
            // What is written while it is closed is not needed.
            assert!(code.as_deref().is_none_or(|code| code == "STO-007"), "{fault:?}: {code:?}");
            failed += u64::from(code.is_some());
        }
        assert!(failed > round / 2);
    }
    println!("{} full disks, {failed} noticed by what was asked of the store", 2 * rounds());
}

#[test]
fn a_disk_that_fails_to_sync_or_read_closes_the_store_and_loses_nothing() {
    let ledger = Ledger::new();
    let mut dice = Dice(4);
    let [_, syncs, reads] = ledger.needs;
    let mut failed = 0;
    for _ in 0..rounds() {
        let (sync, read) = (dice.below(syncs), dice.below(reads));
        for fault in [
            Fault::Sync { after: sync },
            Fault::SyncOnce { after: sync },
            Fault::Read { after: read },
            Fault::ReadOnce { after: read },
        ] {
            let code = ledger.meet(fault, &mut dice);
            assert!(code.as_deref().is_none_or(|code| code == "STO-007"), "{fault:?}: {code:?}");
            failed += u64::from(code.is_some());
        }
    }
    assert!(failed > 0);
    println!("{} failing disks, {failed} noticed by what was asked of the store", 4 * rounds());
    assert!(ledger.dir.path().exists());
}
