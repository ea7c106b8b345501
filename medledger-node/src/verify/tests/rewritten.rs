//! Each kind of stored value rewritten through the database's own API.

use super::*;

/// The code that faults of a table have.
fn code(table: Table) -> &'static str {
    match table {
        Table::Blocks => "STO-036",
        Table::Evidence => "STO-037",
        Table::Headers => "STO-038",
        Table::Results => "STO-039",
        Table::Transactions => "STO-040",
        Table::Logs => "STO-041",
        Table::HeaderLog => "STO-042",
        Table::State => "STO-043",
        Table::Tree => "STO-044",
        Table::StateUndo | Table::TreeUndo | Table::UndoIndex => "STO-045",
        Table::Meta => "STO-046",
        Table::Vault => "STO-047",
        Table::Members => "STO-048",
        Table::Holdings => "STO-049",
    }
}

/// What verification should say of a row, before anything is done to it.
fn expected(
    table: Table,
    key: &[u8],
    value: &[u8],
    vault: &BTreeMap<Vec<u8>, u64>,
) -> (&'static str, Option<u64>) {
    let height = match table {
        Table::Meta if key == meta::FORMAT => return ("STO-033", None),
        Table::Meta if key == meta::GENESIS => return ("STO-035", Some(0)),
        Table::Meta => 5,
        Table::Vault => vault[key],
        Table::Members => {
            let batch = medledger_core::hash::RecordId::from_slice(&key[..32]).unwrap();
            let record = medledger_core::record::batch_record_id(&batch, last_number(key).unwrap());
            vault[&record_key(&record, 1)]
        }
        _ => table.height(key, value).unwrap(),
    };
    (code(table), Some(height))
}

fn vault(path: &Path) -> BTreeMap<Vec<u8>, u64> {
    let row = |(key, value): (Vec<u8>, Vec<u8>)| {
        let row: VaultRow = decode(&value, &PROOF).unwrap();
        (key, row.height.0)
    };
    rows(path, Table::Vault).into_iter().map(row).collect()
}

/// Some rows of a table: all of a small one.
fn some(path: &Path, table: Table, dice: &mut Dice) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut rows = rows(path, table);
    assert!(!rows.is_empty(), "{table:?} has no row to rewrite");
    let most = usize::try_from(rounds(6, 60)).unwrap();
    while rows.len() > most {
        rows.swap_remove(usize::try_from(dice.below(u64::try_from(rows.len()).unwrap())).unwrap());
    }
    rows
}

#[test]
fn one_byte_of_any_row_is_named_by_kind_and_height() {
    let dir = TempDir::new();
    let path = ledger(&dir);
    let (vault, mut dice) = (vault(&path), Dice(7));
    for table in Table::ALL {
        for (key, value) in some(&path, table, &mut dice) {
            if value.is_empty() {
                continue;
            }
            let copied = copy(&dir, &path);
            let mut altered = value.clone();
            let place = usize::try_from(dice.below(u64::try_from(value.len()).unwrap())).unwrap();
            altered[place] ^= u8::try_from(1 + dice.below(255)).unwrap();
            rewrite(&copied, table, &key, Some(&altered));
            let (code, height, what) = fault(&copied);
            let expected = expected(table, &key, &value, &vault);
            assert_eq!((code.as_str(), height), expected, "{what}, {table:?} {key:x?} at byte {place}");
        }
    }
}

#[test]
fn rows_that_were_dropped_are_named() {
    let dir = TempDir::new();
    let path = ledger(&dir);
    let (vault, mut dice) = (vault(&path), Dice(8));
    for table in Table::ALL {
        for (key, value) in some(&path, table, &mut dice) {
            let copied = copy(&dir, &path);
            rewrite(&copied, table, &key, None);
            let (code, height, what) = fault(&copied);
            let expected = expected(table, &key, &value, &vault);
            assert_eq!((code.as_str(), height), expected, "{what}, {table:?} {key:x?}");
        }
    }
}

#[test]
fn rows_that_were_added_are_named() {
    let dir = TempDir::new();
    let path = ledger(&dir);
    let mut dice = Dice(9);
    for table in Table::ALL {
        for (key, value) in some(&path, table, &mut dice) {
            let copied = copy(&dir, &path);
            let mut another = key.clone();
            another.push(u8::try_from(dice.below(256)).unwrap());
            rewrite(&copied, table, &another, Some(&value));
            let (found, height, what) = fault(&copied);
            assert_eq!(found, code(table), "{what}");
            assert!(what.contains("never written") || what.contains("not what was written"), "{what}");
            assert!(height.is_some_and(|height| height <= 5));
        }
    }
}

#[test]
fn rows_with_a_key_of_their_own_are_named() {
    let dir = TempDir::new();
    let path = ledger(&dir);
    // As the rows of a sixth block, or of a record that was never anchored.
    let cases: [(Table, Vec<u8>); 8] = [
        (Table::Blocks, number(6).to_vec()),
        (Table::Headers, number(6).to_vec()),
        (Table::Results, number(u64::MAX).to_vec()),
        (Table::Transactions, vec![1; 32]),
        (Table::State, vec![1; 32]),
        (Table::Vault, vec![1; 40]),
        (Table::Members, vec![1; 40]),
        (Table::Holdings, [number(1), number(0)].concat()),
    ];
    for (table, key) in cases {
        let copied = copy(&dir, &path);
        let value = rows(&path, table).swap_remove(0).1;
        rewrite(&copied, table, &key, Some(&value));
        let (found, height, what) = fault(&copied);
        assert_eq!(found, code(table), "{what}");
        assert!(what.contains("never written"), "{what}");
        assert!(height.is_some_and(|height| height <= 5));
    }
}
