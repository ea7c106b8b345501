//! Files that are no store of this version.

use std::fs;

use redb::Database;

use super::*;
use crate::testing::{Dice, TempDir, Town};

/// What opening says of a ledger whose file is this.
fn said(path: &Path, bytes: &[u8]) -> (String, String) {
    fs::write(path.join("ledger.redb"), bytes).unwrap();
    let error = Store::open(path).err().unwrap();
    (error.rule().to_string(), error.to_string())
}

#[test]
fn stores_of_other_formats_and_files_of_other_kinds_are_named() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let path = dir.join("d");
    drop(town.ledger(&path));
    let sound = fs::read(path.join("ledger.redb")).unwrap();
    for (format, code, advice) in
        [(FORMAT + 1, "STO-005", "use newer software"), (1, "STO-014", "the software that made it")]
    {
        fs::write(path.join("ledger.redb"), &sound).unwrap();
        let database = Database::open(path.join("ledger.redb")).unwrap();
        let transaction = database.begin_write().unwrap();
        let mut meta = transaction.open_table(Table::Meta.definition()).unwrap();
        meta.insert(meta::FORMAT, format.to_be_bytes().as_slice()).unwrap();
        drop(meta);
        transaction.commit().unwrap();
        drop(database);
        let before = fs::read(path.join("ledger.redb")).unwrap();
        let (found, text) = said(&path, &before);
        assert_eq!(found, code);
        assert!(text.contains(&format!("format {format}")) && text.contains(advice), "{text}");
    }
    let other = dir.join("other.redb");
    let notes: redb::TableDefinition<'_, u64, u64> = redb::TableDefinition::new("notes");
    let database = Database::create(&other).unwrap();
    let transaction = database.begin_write().unwrap();
    drop(transaction.open_table(notes).unwrap());
    transaction.commit().unwrap();
    drop(database);
    let other = fs::read(other).unwrap();
    let text = b"not a database at all, whatever its name says".as_slice();
    for (bytes, code) in [
        (other.as_slice(), "STO-004"),
        (b"".as_slice(), "STO-004"),
        (text, "STO-004"),
        (&text.repeat(1000), "STO-004"),
        (&vec![0; 1 << 20], "STO-004"),
    ] {
        let (found, text) = said(&path, bytes);
        assert_eq!(found, code, "{} bytes: {text}", bytes.len());
        assert!(text.contains("ledger.redb") && text.contains("restore"), "{text}");
    }
    let mut dice = Dice(9);
    let whole = u64::try_from(sound.len()).unwrap();
    for round in 0..24 {
        let cut = if round < 12 { 1 << round } else { dice.below(whole) };
        let (found, text) = said(&path, &sound[..usize::try_from(cut).unwrap()]);
        assert!(["STO-004", "STO-006"].contains(&found.as_str()), "{cut}: {text}");
        assert!(text.contains("restore"), "{cut}: {text}");
    }
    fs::write(path.join("ledger.redb"), &sound).unwrap();
    assert_eq!(Store::open(&path).unwrap().tip().height.0, 5);
}

/// The database bears its name only once it is whole.
#[test]
fn a_founding_that_was_stopped_is_named() {
    let (dir, town) = (TempDir::new(), Town::new());
    let path = dir.join("d");
    let opened = town.genesis.open().unwrap();
    drop(Store::create(&path, &town.genesis, &opened).unwrap());
    fs::rename(path.join("ledger.redb"), path.join("ledger.redb.new")).unwrap();
    assert_eq!(Store::open(&path).err().unwrap().rule().to_string(), "STO-001");
    let error = Store::create(&path, &town.genesis, &opened).err().unwrap();
    assert_eq!(error.rule().to_string(), "STO-002");
    assert!(error.to_string().contains("empty it first"), "{error}");
}
