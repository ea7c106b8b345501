//! More than one thing at fault, and things at fault that agree with each other.

use super::*;

fn alter(path: &Path, table: Table, which: usize) -> Vec<u8> {
    let (key, mut value) = rows(path, table).swap_remove(which);
    *value.last_mut().unwrap() ^= 1;
    rewrite(path, table, &key, Some(&value));
    key
}

#[test]
fn the_lowest_fault_is_reported() {
    let dir = TempDir::new();
    let path = copy(&dir, &ledger(&dir));
    alter(&path, Table::Blocks, 3);
    let (code, height, what) = fault(&path);
    assert_eq!((code.as_str(), height), ("STO-036", Some(4)), "{what}");
    let reached = report(&path);
    assert_eq!(reached.height, Some(3));
    alter(&path, Table::Results, 1);
    assert_eq!(fault(&path).0, "STO-039");
    assert_eq!(fault(&path).1, Some(2));
    alter(&path, Table::Evidence, 0);
    assert_eq!(fault(&path).0, "STO-037");
    assert_eq!(fault(&path).1, Some(1));
    // The genesis's own state comes before all blocks.
    let key = rows(&path, Table::State).into_iter().find(|(_, row)| row[..8] == [0; 8]).unwrap().0;
    rewrite(&path, Table::State, &key, Some(&[0; 9]));
    assert_eq!(fault(&path).0, "STO-043");
    assert_eq!(fault(&path).1, Some(0));
    fs::write(path.join("genesis.cbor"), b"x").unwrap();
    assert_eq!(fault(&path).0, "STO-035");
}

#[test]
fn within_a_height_blocks_come_before_state_and_openings() {
    let dir = TempDir::new();
    let path = copy(&dir, &ledger(&dir));
    let at_two = |table: Table| {
        let rows = rows(&path, table);
        rows.into_iter().find(|(key, value)| table.height(key, value) == Some(2)).unwrap().0
    };
    let (held, block) = (at_two(Table::Holdings), at_two(Table::Blocks));
    rewrite(&path, Table::Holdings, &held, Some(&number(1)));
    assert_eq!(fault(&path).0, "STO-049");
    assert_eq!(fault(&path).1, Some(2));
    rewrite(&path, Table::Blocks, &block, None);
    assert_eq!(fault(&path).0, "STO-036");
    assert_eq!(fault(&path).1, Some(2));
}

/// The last block's own rows are all gone; what it did elsewhere shows that there was one.
#[test]
fn a_block_that_vanishes_is_missed() {
    let dir = TempDir::new();
    let path = copy(&dir, &ledger(&dir));
    for table in [Table::Blocks, Table::Evidence, Table::Headers, Table::Results] {
        rewrite(&path, table, &number(5), None);
    }
    let (code, height, what) = fault(&path);
    assert_eq!((code.as_str(), height), ("STO-036", Some(5)), "{what}");
}

#[test]
fn a_note_that_vanishes_leaves_its_openings() {
    let dir = TempDir::new();
    let path = copy(&dir, &ledger(&dir));
    let (key, _) = rows(&path, Table::Holdings).swap_remove(1);
    rewrite(&path, Table::Holdings, &key, None);
    let (code, height, what) = fault(&path);
    assert_eq!((code.as_str(), height), ("STO-049", Some(3)), "{what}");
    assert!(what.contains("missing"));
}

/// An opening is one of another record of the same batch: it opens something, and not what it should.
#[test]
fn openings_that_change_places_are_named() {
    let dir = TempDir::new();
    let path = copy(&dir, &ledger(&dir));
    let members: Vec<_> = rows(&path, Table::Members);
    let (first, second) = (&members[0], &members[1]);
    rewrite(&path, Table::Members, &first.0, Some(&second.1));
    rewrite(&path, Table::Members, &second.0, Some(&first.1));
    assert_eq!(fault(&path).0, "STO-048");
}

#[test]
fn a_block_from_the_future_is_refused() {
    let dir = TempDir::new();
    let path = ledger(&dir);
    let report = verify(&path, at(0), &mut |_| {}).unwrap();
    assert_eq!((report.verified, report.height), (true, Some(5)), "five seconds ahead are allowed");
    let early = crate::testing::START;
    let report = verify(&path, medledger_core::units::Timestamp(early.0 - 1_000), &mut |_| {}).unwrap();
    let fault = report.fault.unwrap();
    assert_eq!((fault.code.as_str(), fault.height), ("STO-036", Some(5)));
}

#[test]
fn neither_genesis_is_the_one_of_the_blocks() {
    let dir = TempDir::new();
    let path = copy(&dir, &ledger(&dir));
    let mut other = Town::new().genesis;
    other.name = "another town".into();
    let bytes = medledger_core::codec::encode(&other).unwrap();
    rewrite(&path, Table::Meta, meta::GENESIS, Some(&bytes));
    let (code, height, what) = fault(&path);
    assert_eq!((code.as_str(), height), ("STO-035", Some(0)));
    assert!(what.contains("ledger.redb"));
    fs::write(path.join("genesis.cbor"), &bytes).unwrap();
    assert_eq!(fault(&path).0, "STO-035");
}
