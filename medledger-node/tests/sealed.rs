//! Sealed records at the command: read as they were received, exported for the patient alone, destroyed one by one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

mod common;

use std::path::Path;

use common::care::{Care, MINUTE, at, text};
use common::{done, json, refused};
use medledger_sdk::fhir::SAMPLE_BUNDLE;
use serde_json::{Value, json as value};

/// The text of each resource of the sample, as it stands there.
fn originals() -> Vec<Vec<u8>> {
    let bundle = medledger_sdk::fhir::bundle::Bundle::parse(SAMPLE_BUNDLE).unwrap();
    let texts = medledger_sdk::seal::original::originals(SAMPLE_BUNDLE, &bundle).unwrap();
    texts.into_iter().map(<[u8]>::to_vec).collect()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|own| own == part)
}

/// Every record of the timeline, and whether it can be opened.
fn timeline(care: &Care, millis: u64) -> Vec<(String, bool)> {
    let shown = care.done(millis, &["timeline", "--dir", "l", "--subject", "maren"]);
    let lines = shown["records"].as_array().unwrap();
    lines.iter().map(|line| (text(line, "record"), line["type"].is_string())).collect()
}

fn verified(care: &Care) -> Value {
    done(care.path(), &["verify", "--dir", "l", "--as", "founder"])
}

#[test]
fn what_is_read_is_what_the_custodian_received() {
    let care = Care::new();
    let consent = care.grant(0);
    let session = care.open(MINUTE, &consent);
    let read = ["access", "read", "--dir", "l", "--session", &session, "--record"];
    let originals = originals();
    for (n, record) in care.records.iter().enumerate() {
        let file = format!("{n}.json");
        care.done(MINUTE, &[&read[..], &[record, "--to", &file]].concat());
        let content = std::fs::read(care.path().join(&file)).unwrap();
        assert!(originals.contains(&content), "byte for byte one of the bundle's");
    }
    // Nothing of it stands in the store.
    let store = std::fs::read(care.path().join("l/ledger.redb")).unwrap();
    for part in [&b"resourceType"[..], b"Observation", b"birthDate"] {
        assert!(!holds(&store, part), "{}", String::from_utf8_lossy(part));
    }
    let count = care.records.len();
    assert_eq!(verified(&care)["records"], value!({"opened": 2 * count, "destroyed": 0, "for_others": 0}));
}

#[test]
fn an_export_has_the_records_and_the_patient_alone_opens_them() {
    let care = Care::new();
    care.done(MINUTE, &["export", "--dir", "l", "--subject", "maren", "--to", "maren.cbor"]);
    let bytes = std::fs::read(care.path().join("maren.cbor")).unwrap();
    assert!(!holds(&bytes, b"resourceType"));
    let checked = done(care.path(), &["check-proof", "maren.cbor", "--genesis", "l/genesis.cbor"]);
    assert_eq!((&checked["valid"], &checked["complete"]), (&value!(true), &value!(true)));
    let open = ["export", "open", "maren.cbor", "--genesis", "l/genesis.cbor", "--key"];
    let opened = done(care.path(), &[&open[..], &["l/keys/maren.key", "--to", "bundle.json"]].concat());
    assert_eq!(opened["opened"], value!(care.records.len()));
    assert_eq!(opened["destroyed"], value!([]));
    let bundle = std::fs::read(care.path().join("bundle.json")).unwrap();
    assert!(originals().iter().all(|original| holds(&bundle, original)));
    let by_name =
        ["export", "open", "maren.cbor", "--genesis", "l/genesis.cbor", "--dir", "l", "--as", "maren"];
    done(care.path(), &[&by_name[..], &["--to", "again.json"]].concat());
    assert_eq!(std::fs::read(care.path().join("again.json")).unwrap(), bundle);
    // It is a bundle like the one that was anchored.
    let again = medledger_sdk::fhir::bundle::Bundle::parse(&bundle).unwrap();
    assert_eq!(again.entries().len(), originals().len());
    // Neither the custodian's nor another patient's keys open it.
    for key in ["l/keys/founder.key", "l/keys/tomas.key"] {
        let to = [&open[..], &[key, "--to", "other.json"]].concat();
        assert_eq!(refused(care.path(), 3, &to).0, "SEA-025");
    }
    assert!(!care.path().join("other.json").exists());
    // A changed byte of a sealed record is named.
    let at = bytes.windows(6).position(|part| part == b"MLSEAL").unwrap() + 400;
    let mut changed = bytes;
    changed[at] ^= 1;
    std::fs::write(care.path().join("changed.cbor"), changed).unwrap();
    let (code, checked) = json(care.path(), &["check-proof", "changed.cbor", "--genesis", "l/genesis.cbor"]);
    assert_eq!((code, &checked["fault"]["code"]), (1, &value!("LGT-073")));
}

/// The rows of the vault, in the files of the ledger: the wraps of a record are there as long as it can be opened.
fn store(folder: &Path) -> Vec<u8> {
    std::fs::read(folder.join("l/ledger.redb")).unwrap()
}

#[test]
fn destroying_one_record_makes_exactly_that_one_unreadable() {
    let care = Care::new();
    let gone = care.records[2].clone();
    // What keeps it: the wraps' ciphertext, as `access hold` writes them.
    care.done(0, &["access", "hold", "--dir", "l", "--record", &gone, "--to", "held"]);
    let held = std::fs::read(care.path().join("held")).unwrap();
    let kept = medledger_sdk::gateway::KeptRecord::decode(&held).unwrap();
    let parts: Vec<Vec<u8>> = (kept.sealed.wraps.iter().map(|wrap| wrap.ciphertext.to_vec()))
        .chain([kept.sealed.chunks.as_ref().unwrap()[..64].to_vec()])
        .collect();
    assert_eq!(parts.len(), 3, "for the patient's device, the hospital's, and the content");
    assert!(parts.iter().all(|part| holds(&store(care.path()), part)));
    care.done(0, &["export", "--dir", "l", "--subject", "maren", "--to", "before.cbor"]);

    // Nobody's key is asked for: that it is meant has to be said.
    assert_eq!(care.refused(2, MINUTE, &["record", "destroy", "--dir", "l", "--record", &gone]), "CLI-001");
    assert!(parts.iter().all(|part| holds(&store(care.path()), part)));
    let destroyed = care.done(MINUTE, &["record", "destroy", "--dir", "l", "--record", &gone, "--for-good"]);
    assert_eq!((&destroyed["wraps"], &destroyed["versions"]), (&value!(2), &value!(1)));
    assert_eq!(text(&destroyed, "destroyed"), at(MINUTE));
    let bytes = store(care.path());
    assert!(parts.iter().all(|part| !holds(&bytes, part)), "the file remembers nothing of it");

    for (record, opens) in timeline(&care, MINUTE) {
        assert_eq!(opens, record != gone);
    }
    let count = 2 * care.records.len();
    let report = verified(&care);
    assert_eq!(report["records"], value!({"opened": count - 1, "destroyed": 1, "for_others": 0}));
    assert_eq!((&report["verified"], &report["fault"]), (&value!(true), &Value::Null));

    // Nobody is given it any more: not under a session, not with content, not to a gateway.
    let consent = care.grant(MINUTE);
    let session = care.open(MINUTE, &consent);
    let read = ["access", "read", "--dir", "l", "--session", &session, "--record"];
    assert_eq!(care.refused(3, MINUTE, &[&read[..], &[&gone]].concat()), "GTW-021");
    care.done(MINUTE, &[&read[..], &[&care.records[0]]].concat());
    let prove = ["prove", "--dir", "l", "--record", &gone, "--to", "proof"];
    assert_eq!(care.refused(3, MINUTE, &[&prove[..], &["--with-content"]].concat()), "SEA-026");
    assert_eq!(
        care.refused(2, MINUTE, &["access", "hold", "--dir", "l", "--record", &gone, "--to", "x"]),
        "CLI-013"
    );
    // Its receipt still stands.
    care.done(MINUTE, &prove);
    let check = ["check-proof", "proof", "--genesis", "l/genesis.cbor"];
    assert_eq!(care.done(MINUTE, &check)["valid"], value!(true));

    // In an export it is destroyed, and everything else opens.
    care.done(MINUTE, &["export", "--dir", "l", "--subject", "maren", "--to", "after.cbor"]);
    let open = ["export", "open", "after.cbor", "--genesis", "l/genesis.cbor", "--key", "l/keys/maren.key"];
    let opened = care.done(MINUTE, &[&open[..], &["--to", "after.json"]].concat());
    assert_eq!(opened["opened"], value!(care.records.len() - 1));
    assert_eq!(opened["destroyed"], value!([gone]));
    // Twice is the same; an unknown one is named.
    let again = care.done(2 * MINUTE, &["record", "destroy", "--dir", "l", "--record", &gone, "--for-good"]);
    assert_eq!(again["destroyed"], destroyed["destroyed"]);
    let unknown = "00".repeat(32);
    assert_eq!(
        care.refused(2, MINUTE, &["record", "destroy", "--dir", "l", "--record", &unknown, "--for-good"]),
        "STO-015"
    );
    assert_eq!(
        care.refused(2, MINUTE, &["record", "destroy", "--dir", "l", "--record", "x", "--for-good"]),
        "CLI-012"
    );
}

#[test]
fn a_new_device_opens_what_was_sealed_before_once_it_is_wrapped_anew() {
    let care = Care::new();
    let keys = care.path().join("l/keys/maren.key");
    let old = std::fs::read_to_string(&keys).unwrap();
    care.done(MINUTE, &["identity", "add-device", "--dir", "l", "maren"]);
    let both = std::fs::read_to_string(&keys).unwrap();
    // A file with the new device alone.
    let devices = old.lines().filter(|line| line.starts_with("device") || line.starts_with("agreement"));
    let new = devices.fold(both, |text, line| text.replace(&format!("{line}\n"), ""));
    // A copy is its owner's alone as well.
    std::fs::copy(&keys, care.path().join("new.key")).unwrap();
    std::fs::write(care.path().join("new.key"), new).unwrap();
    let export = |to: &str| care.done(MINUTE, &["export", "--dir", "l", "--subject", "maren", "--to", to]);
    let open = |from: &str, to: &str| {
        let args = ["export", "open", from, "--genesis", "l/genesis.cbor", "--key", "new.key", "--to", to];
        json(care.path(), &args)
    };
    export("first.cbor");
    assert_eq!(open("first.cbor", "first.json").1["error"]["code"], "SEA-025");
    let done = care.done(MINUTE, &["record", "rewrap", "--dir", "l", "--subject", "maren"]);
    assert_eq!(done, value!({"rewrapped": care.records.len(), "destroyed": 0, "not_opened": 0}));
    export("second.cbor");
    assert_eq!(open("second.cbor", "second.json").0, 0);
    assert_eq!(verified(&care)["verified"], value!(true));
    assert_eq!(
        care.refused(
            2,
            MINUTE,
            &["record", "rewrap", "--dir", "l", "--subject", "dr-chen", "--as", "nobody"]
        ),
        "CLI-006"
    );
}

#[test]
fn nothing_of_keys_salts_wraps_or_ciphertext_is_ever_in_a_block() {
    let care = Care::new();
    let consent = care.grant(0);
    let session = care.open(MINUTE, &consent);
    let read = ["access", "read", "--dir", "l", "--session", &session, "--record", &care.records[0]];
    care.done(MINUTE, &read);
    care.done(MINUTE, &["access", "close", "--dir", "l", "--session", &session]);
    care.done(MINUTE, &["record", "rewrap", "--dir", "l", "--subject", "maren"]);
    let mut secrets: Vec<Vec<u8>> = Vec::new();
    let host = medledger_node::host::Host::open(&care.path().join("l")).unwrap();
    let keys = medledger_node::keys::Keyring::of(&care.path().join("l"));
    let own: Vec<_> = keys.load("founder").unwrap().secrets().collect();
    for record in &care.records {
        let id = medledger_core::hash::RecordId::from_hex(record).unwrap();
        let held = host.held(&id).unwrap().unwrap();
        let sealed = held.kept.sealed().unwrap();
        let key = sealed.key(&own, &host.chain()).unwrap();
        secrets.extend(key.expose().chunks(32).map(<[u8]>::to_vec));
        secrets.extend(sealed.wraps.iter().map(|wrap| wrap.ciphertext[..32].to_vec()));
        secrets.extend(sealed.wraps.iter().map(|wrap| wrap.encapsulated.0.to_vec()));
        secrets.push(sealed.chunks.as_ref().unwrap()[..32].to_vec());
        secrets.push(sealed.header().unwrap().facts[..32].to_vec());
    }
    assert!(secrets.len() >= 9 * care.records.len());
    let height = host.tip().height.0;
    let mut bytes = 0;
    for at in 1..=height {
        let block = host.block(medledger_core::units::Height(at)).unwrap().unwrap();
        bytes += block.len();
        assert!(secrets.iter().all(|secret| !holds(&block, secret)), "block {at}");
    }
    assert!(bytes > 1_000);
}
