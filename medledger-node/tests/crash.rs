//! Two processes on one store, and files that are no store of this version: what the command says.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

mod common;

use std::fs;
use std::path::Path;

use common::{done, folder, json, ledger, records, refused};
use medledger_node::Host;
use redb::{Database, TableDefinition};
use serde_json::json;

#[test]
fn the_second_process_is_refused_until_the_first_has_ended() {
    let home = folder();
    let at = home.path();
    ledger(at);
    let record = &records(at)[0];
    let before = fs::read(at.join("l/ledger.redb")).unwrap();
    let first = Host::open(&at.join("l")).unwrap();
    for arguments in [
        &["status", "--dir", "l"][..],
        &["verify", "--dir", "l"],
        &["timeline", "--dir", "l", "--subject", "maren"],
        &["anchor", "--dir", "l", "--subject", "maren", "--bundle", "sample.json"],
        &["identity", "new", "--dir", "l", "--kind", "patient", "--name", "ann"],
        &["record", "destroy", "--dir", "l", "--record", record, "--for-good"],
    ] {
        let (code, element) = refused(at, 2, arguments);
        assert_eq!((code.as_str(), element.as_deref()), ("STO-003", Some("l/ledger.redb")), "{arguments:?}");
    }
    assert!(
        json(at, &["status", "--dir", "l"]).1["error"]["what"].as_str().unwrap().contains("stop that one")
    );
    drop(first);
    let height = done(at, &["status", "--dir", "l"])["height"].clone();
    assert_eq!(done(at, &["verify", "--dir", "l"])["height"], height);
    done(at, &["record", "destroy", "--dir", "l", "--record", record, "--for-good"]);
    assert_eq!(done(at, &["verify", "--dir", "l"])["height"], height);
    assert!(fs::read(at.join("l/ledger.redb")).unwrap() != before);
}

/// The code and the advice of `status`, and the code of what `verify` finds.
fn said(home: &Path) -> (String, String, String) {
    let (exit, status) = json(home, &["status", "--dir", "l"]);
    assert_eq!(exit, 2, "{status}");
    let (exit, verified) = json(home, &["verify", "--dir", "l"]);
    assert_eq!((exit, &verified["verified"]), (1, &json!(false)), "{verified}");
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    (text(&status["error"]["code"]), text(&status["error"]["what"]), text(&verified["fault"]["code"]))
}

#[test]
fn files_of_other_versions_and_kinds_get_their_code_and_advice() {
    let home = folder();
    let at = home.path();
    done(at, &["init", "--dir", "l"]);
    let file = at.join("l/ledger.redb");
    let sound = fs::read(&file).unwrap();
    let meta: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("meta");
    let of_format = |format: u64| {
        fs::write(&file, &sound).unwrap();
        let database = Database::open(&file).unwrap();
        let transaction = database.begin_write().unwrap();
        let mut table = transaction.open_table(meta).unwrap();
        table.insert(b"format".as_slice(), format.to_be_bytes().as_slice()).unwrap();
        drop(table);
        transaction.commit().unwrap();
        drop(database);
        fs::read(&file).unwrap()
    };
    let half = sound[..sound.len() / 2].to_vec();
    for (bytes, codes, advice) in [
        (of_format(medledger_node::store::FORMAT + 1), ("STO-005", "STO-033"), "use newer software"),
        (of_format(1), ("STO-014", "STO-033"), "the software that made it"),
        (b"dear diary".to_vec(), ("STO-004", "STO-031"), "check the path"),
        (Vec::new(), ("STO-004", "STO-031"), "check the path"),
        (half, ("STO-006", "STO-031"), "from a backup"),
    ] {
        fs::write(&file, &bytes).unwrap();
        let (status, text, verified) = said(at);
        assert_eq!((status.as_str(), verified.as_str()), codes, "{text}");
        assert!(text.contains(advice), "{text}");
    }
    fs::write(&file, &sound).unwrap();
    done(at, &["verify", "--dir", "l"]);
}
