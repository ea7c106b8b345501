//! Files that are gone, cut or of another kind.

use super::*;

#[test]
fn files_that_are_missing_empty_or_rubbish_are_named() {
    let dir = TempDir::new();
    let path = ledger(&dir);
    for (file, missing, other) in
        [("ledger.redb", "STO-030", "STO-031"), ("genesis.cbor", "STO-030", "STO-035")]
    {
        let copied = copy(&dir, &path);
        let file = copied.join(file);
        fs::remove_file(&file).unwrap();
        let (code, height, what) = fault(&copied);
        assert_eq!((code.as_str(), height), (missing, None));
        assert!(what.contains("is missing"));
        fs::write(&file, b"").unwrap();
        assert_eq!(fault(&copied).0, other);
        fs::write(&file, b"something else, long enough to have a first page of it").unwrap();
        assert_eq!(fault(&copied).0, other);
        fs::write(&file, vec![0; 1 << 20]).unwrap();
        assert_eq!(fault(&copied).0, other);
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert_eq!((fault(&copied).0.as_str(), fault(&copied).1), ("STO-031", None));
    }
}

#[test]
fn a_file_that_was_cut_is_reported() {
    let dir = TempDir::new();
    let path = ledger(&dir);
    let bytes = fs::read(path.join("ledger.redb")).unwrap();
    let mut dice = Dice(3);
    let whole = u64::try_from(bytes.len()).unwrap();
    for cut in (0..rounds(20, 200)).map(|round| if round < 8 { 1 << (2 * round) } else { dice.below(whole) })
    {
        let copied = copy(&dir, &path);
        fs::write(copied.join("ledger.redb"), &bytes[..usize::try_from(cut).unwrap()]).unwrap();
        let (code, height, _) = fault(&copied);
        assert!(["STO-031", "STO-032"].contains(&code.as_str()), "{code} at {cut}");
        assert_eq!(height, None);
        assert!(Host::open(&copied).is_err());
    }
}

#[test]
fn pages_that_disagree_are_reported() {
    let dir = TempDir::new();
    let path = copy(&dir, &ledger(&dir));
    let mut bytes = fs::read(path.join("ledger.redb")).unwrap();
    // Stands in the vault alone, and perhaps in pages that are no longer used.
    let name = b"MLSEAL";
    let places: Vec<usize> =
        (0..bytes.len() - name.len()).filter(|at| bytes[*at..].starts_with(name)).collect();
    assert!(!places.is_empty());
    for place in places {
        bytes[place] ^= 1;
    }
    fs::write(path.join("ledger.redb"), &bytes).unwrap();
    let (code, height, _) = fault(&path);
    assert!(["STO-031", "STO-032"].contains(&code.as_str()), "{code}");
    assert_eq!(height, None);
}

#[test]
fn other_tables_and_formats_are_named() {
    let dir = TempDir::new();
    let path = ledger(&dir);
    let with = |run: &dyn Fn(&redb::WriteTransaction)| {
        let copied = copy(&dir, &path);
        let database = Database::open(copied.join("ledger.redb")).unwrap();
        let transaction = database.begin_write().unwrap();
        run(&transaction);
        transaction.commit().unwrap();
        drop(database);
        (fault(&copied), Host::open(&copied).err().map(|error| error.code()))
    };
    for table in Table::ALL {
        let ((code, height, what), _) = with(&|transaction| {
            transaction.delete_table(table.definition()).unwrap();
        });
        if table == Table::Meta {
            assert_eq!(code, "STO-033");
        } else {
            assert_eq!((code.as_str(), height), ("STO-034", None));
            assert!(what.contains(table.name()) && what.contains("missing"));
        }
    }
    let other: redb::TableDefinition<'_, u64, u64> = redb::TableDefinition::new("notes");
    let ((code, _, what), open) = with(&|transaction| drop(transaction.open_table(other).unwrap()));
    assert_eq!((code.as_str(), open), ("STO-034", None));
    assert!(what.contains("notes"));
    let format = |bytes: &'static [u8]| {
        move |transaction: &redb::WriteTransaction| {
            let mut table = transaction.open_table(Table::Meta.definition()).unwrap();
            table.insert(meta::FORMAT, bytes).unwrap();
        }
    };
    let ((code, height, _), open) = with(&format(&[0, 0, 0, 0, 0, 0, 0, 9]));
    assert_eq!((code.as_str(), height, open.as_deref()), ("STO-033", None, Some("STO-005")));
    // One from before records were sealed.
    let ((code, height, what), open) = with(&format(&[0, 0, 0, 0, 0, 0, 0, 1]));
    assert_eq!((code.as_str(), height, open.as_deref()), ("STO-033", None, Some("STO-014")));
    assert!(what.contains("format 1"), "{what}");
    let ((code, _, _), open) = with(&format(&[0]));
    assert_eq!((code.as_str(), open.as_deref()), ("STO-033", Some("STO-004")));
}

/// One bit of the files flipped: reported, or every row is what it was.
#[test]
fn flipped_bits_are_reported_or_change_nothing() {
    let dir = TempDir::new();
    let path = ledger(&dir);
    let sound = dump(&path);
    let files = ["ledger.redb", "genesis.cbor"].map(|name| (name, fs::read(path.join(name)).unwrap()));
    let sizes = files.each_ref().map(|(_, bytes)| u64::try_from(bytes.len()).unwrap());
    let mut dice = Dice(600);
    let (mut reported, mut identical) = (0_u64, 0_u64);
    for round in 0..rounds(60, 600) {
        let copied = copy(&dir, &path);
        // Most of the file is unused: half of the flips go where something stands.
        let (name, bytes, place) = loop {
            let place = dice.below(sizes[0] + sizes[1]);
            let (file, place) = if place < sizes[0] { (0, place) } else { (1, place - sizes[0]) };
            let place = usize::try_from(place).unwrap();
            let (name, bytes) = &files[file];
            if round % 2 == 0 || bytes[place] != 0 {
                break (name, bytes, place);
            }
        };
        let mut bytes = bytes.clone();
        bytes[place] ^= 1 << dice.below(8);
        fs::write(copied.join(name), &bytes).unwrap();
        let report = report(&copied);
        if report.verified {
            identical += 1;
            assert!(dump(&copied) == sound, "{name} at {place}");
        } else {
            reported += 1;
        }
        // Opened for writing without that check, it gives an error at most.
        if let Ok(host) = Host::open(&copied) {
            let _ = host.status();
            for height in 0..=6 {
                let _ = host.results(medledger_core::units::Height(height));
            }
        }
    }
    println!("{reported} reported, {identical} identical, of files of {sizes:?} bytes");
    assert!(reported > 0 && identical > 0);
}
