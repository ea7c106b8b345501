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
fn a_note_that_vanishes_leaves_its_records() {
    let dir = TempDir::new();
    let path = copy(&dir, &ledger(&dir));
    let (key, _) = rows(&path, Table::Holdings).swap_remove(1);
    rewrite(&path, Table::Holdings, &key, None);
    let (code, height, what) = fault(&path);
    assert_eq!((code.as_str(), height), ("STO-049", Some(3)), "{what}");
    assert!(what.contains("missing"));
}

/// A sealed record stands in another one's row, with the right hash: what it is of is not what was anchored there.
#[test]
fn sealed_records_that_change_places_are_named() {
    let dir = TempDir::new();
    let path = copy(&dir, &ledger(&dir));
    let held = rows(&path, Table::Vault);
    let row = |at: usize| decode::<VaultRow>(&held[at].1, &PROOF).unwrap();
    let of = |height: u64| (0..held.len()).filter(|at| row(*at).height.0 == height).collect::<Vec<_>>();
    let batch = of(2);
    for (first, second) in [(batch[0], batch[1]), (of(3)[0], batch[0])] {
        let moved = row(first).with(row(second).kept).unwrap();
        rewrite(&path, Table::Vault, &held[first].0, Some(&encode(&moved).unwrap()));
        let (code, height, what) = fault(&path);
        assert_eq!((code.as_str(), height), ("STO-047", Some(row(first).height.0)), "{what}");
        rewrite(&path, Table::Vault, &held[first].0, Some(&held[first].1));
    }
    assert!(report(&path).verified);
}

/// Whoever can write to the file can give a damaged container its right hash: that shows to who has a key, and to nobody
/// else.
#[test]
fn what_a_key_alone_can_tell_is_told_by_opening() {
    let (dir, mut town) = (TempDir::new(), Town::new());
    let path = dir.join("sound");
    drop(town.ledger(&path));
    let held = rows(&path, Table::Vault);
    let count = u64::try_from(held.len()).unwrap();
    let opened = Host::open(&path).unwrap().open_all(&town.secrets()).unwrap().unwrap();
    assert_eq!((opened.opened, opened.destroyed, opened.for_others), (count, 0, 0));
    let row: VaultRow = decode(&held[4].1, &PROOF).unwrap();
    let Kept::Sealed { mut record } = row.kept.clone() else { panic!("it is sealed") };
    record.chunks.as_mut().unwrap()[9] ^= 1;
    let damaged = row.clone().with(Kept::Sealed { record: record.clone() }).unwrap();
    rewrite(&path, Table::Vault, &held[4].0, Some(&encode(&damaged).unwrap()));
    assert!(report(&path).verified);
    let found = Host::open(&path).unwrap().open_all(&town.secrets()).unwrap().unwrap_err();
    assert_eq!(found.error.rule().to_string(), "SEA-008");
    assert_eq!((found.height, &held[4].0[..32]), (row.height, found.record.as_ref()));
    // Without its hash it is damage like any other, as is a piece of it.
    let same_sum = VaultRow { kept: Kept::Sealed { record: record.clone() }, ..row.clone() };
    rewrite(&path, Table::Vault, &held[4].0, Some(&encode(&same_sum).unwrap()));
    assert_eq!(fault(&path).0, "STO-047");
    record.chunks.as_mut().unwrap().pop();
    let short = row.with(Kept::Sealed { record }).unwrap();
    rewrite(&path, Table::Vault, &held[4].0, Some(&encode(&short).unwrap()));
    assert_eq!(fault(&path).0, "STO-047");
}

#[test]
fn members_that_change_places_are_named() {
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
