//! Files with proofs: receipts of records, exports.

use super::super::Vector;
use super::super::json::{Fields, Json, bytes, list};
use super::{party, reader};
use crate::fuzz::world::WORLD;
use medledger_core::codec::encode;
use medledger_core::identity::did_to_text;
use medledger_core::light::CertifiedHeader;
use medledger_core::light::ReceiptAnchor;
use medledger_core::light::RecordProof;
use medledger_core::light::Verifier;
use medledger_core::state::Event;
use medledger_core::state::LogKind;
use medledger_sdk::export::Export;
use medledger_sdk::proof;
use medledger_sdk::proof::ProofFile;
use serde_bytes::ByteBuf;
use std::collections::BTreeSet;

fn file_input(file: &[u8], at_least: Option<&CertifiedHeader>) -> Fields {
    let mut fields = reader();
    fields.push(("file", bytes(file)));
    fields.push(("at_least", at_least.map(|header| bytes(&encode(header).unwrap())).into()));
    fields
}

fn file(
    name: &str,
    of: &str,
    file: &ProofFile,
    at_least: Option<&CertifiedHeader>,
    verifier: &Verifier,
) -> Vector {
    let raw = file.encode().unwrap();
    let seen = at_least.map(|header| verifier.header(&header.header, &header.evidence).unwrap());
    let report = proof::check(&raw, verifier, seen.as_ref());
    let input = file_input(&raw, at_least);
    if let Some((rule, _)) = report.fault_text() {
        let kind = if matches!(file, ProofFile::Receipt { .. }) { "receipt" } else { "export" };
        return Vector::invalid("proof-file", kind, rule, name, of, input);
    }
    let record = report.record.as_ref().map(|record| {
        Json::Object(vec![
            ("subject", did_to_text(&record.subject).into()),
            ("record", record.record.to_string().into()),
            ("version", record.version.into()),
            ("opened", record.opened.into()),
            ("height", record.height.0.into()),
            ("recorded", record.time.0.into()),
        ])
    });
    let export = report.export.as_ref().map(|export| {
        Json::Object(vec![
            ("subject", did_to_text(&export.subject).into()),
            ("claim", export.is_complete().then(|| export.claim()).into()),
            ("timeline", (export.timeline.len() as u64).into()),
            ("records", export.records.into()),
            ("access_log", (export.access.len() as u64).into()),
            ("authority_log", (export.authority.len() as u64).into()),
            ("consents", (export.consents.len() as u64).into()),
            ("transactions", export.transactions.into()),
            ("unclosed", list(export.unclosed().iter().map(|session| session.session.to_string()))),
        ])
    });
    Vector::valid("proof-file", name, of, input).gives(vec![
        ("height", report.height.map(|height| height.0).into()),
        ("complete", report.complete.into()),
        ("record", record.into()),
        ("export", export.into()),
    ])
}

pub(super) fn vectors() -> Vec<Vector> {
    let world = &*WORLD;
    let ledger = &world.ledger;
    let verifier = world.verifier();
    let newest = ledger.header(ledger.tip().height).unwrap();
    let mut made = Vec::new();
    let proofs = world.record_proofs();
    let receipt = |proof: &RecordProof| ProofFile::Receipt { proof: proof.clone() };
    // As made and refreshed, closed and opened, single and of a batch.
    let mut kinds = BTreeSet::new();
    for (number, proof) in proofs.iter().enumerate() {
        let refreshed = matches!(proof.receipt.anchor, ReceiptAnchor::LogPath { .. });
        let is = (refreshed, proof.member.is_some(), proof.opening.is_some());
        if kinds.insert(is) {
            let name = format!("proof {number}: refreshed {refreshed}, of a batch {}, opened {}", is.1, is.2);
            made.push(file(&name, "records of a small ledger", &receipt(proof), None, &verifier));
        }
    }
    let opened = proofs.iter().find(|proof| proof.member.is_some() && proof.opening.is_some()).unwrap();
    let single = proofs.iter().find(|proof| proof.member.is_none() && proof.opening.is_some()).unwrap();
    let other = proofs.iter().rev().find(|proof| proof.member.is_some() && proof.opening.is_some()).unwrap();
    let mut bad = |name: &str, of: &RecordProof, change: &dyn Fn(&mut RecordProof)| {
        let mut proof = of.clone();
        change(&mut proof);
        let vector = file(name, "a record's proof, changed", &receipt(&proof), None, &verifier);
        assert!(vector.answer.is_err(), "{name}");
        made.push(vector);
    };
    bad("a batch's receipt without its member", opened, &|proof| proof.member = None);
    bad("a member with a single record's receipt", single, &|proof| proof.member.clone_from(&opened.member));
    bad("another index in the batch", opened, &|proof| proof.member.as_mut().unwrap().index += 1);
    bad("another record's opening", opened, &|proof| proof.opening.clone_from(&other.opening));
    bad("a single record with another's opening", single, &|proof| proof.opening.clone_from(&opened.opening));
    bad("other commitments", opened, &|proof| proof.member.as_mut().unwrap().commitments.content.0[0] ^= 1);
    bad("a hash more in the batch's path", opened, &|proof| {
        proof.member.as_mut().unwrap().path.path.push(medledger_core::hash::NodeHash([0; 32]));
    });
    bad("another salt", opened, &|proof| {
        if let Some(opening) = &mut proof.opening {
            opening.content_salt = medledger_core::record::Salt::new([1; 32]);
        }
    });
    bad("other facts", opened, &|proof| {
        if let Some(opening) = &mut proof.opening {
            opening.facts.reference.push('x');
        }
    });
    let access = ledger.log(&party("ann").did, LogKind::Access)[0].0;
    let access = ledger.receipt(access).unwrap();
    bad("the receipt of a session", single, &|proof| {
        proof.receipt = access.clone();
        proof.opening = None;
    });
    made.push(file(
        "a receipt as made, a newer header demanded",
        "a record's proof",
        &receipt(opened),
        Some(newest),
        &verifier,
    ));
    let refreshed =
        proofs.iter().find(|proof| matches!(proof.receipt.anchor, ReceiptAnchor::LogPath { .. })).unwrap();
    made.push(file(
        "a refreshed receipt, the newest header demanded",
        "a record's proof",
        &receipt(refreshed),
        Some(newest),
        &verifier,
    ));
    exports(&verifier, newest, &mut made);
    for (name, raw) in [("no bytes", Vec::new()), ("no file of a kind that is known", vec![0x82, 0x03, 0x80])]
    {
        let rule = proof::check(&raw, &verifier, None).fault_text().unwrap().0;
        made.push(Vector::invalid(
            "proof-file",
            "encoding",
            rule,
            name,
            "other bytes",
            file_input(&raw, None),
        ));
    }
    made
}

fn exports(verifier: &Verifier, newest: &CertifiedHeader, made: &mut Vec<Vector>) {
    let world = &*WORLD;
    let export = |name: &str| world.export(party(name).did);
    let of = |export: &Export| ProofFile::Export { export: export.clone() };
    for name in ["ann", "bob", "doctor"] {
        let name = format!("everything of {name}");
        let whose = export(name.rsplit(' ').next().unwrap());
        made.push(file(&name, "a small ledger", &of(&whose), Some(newest), verifier));
    }
    let good = export("bob");
    let ann = export("ann");
    let doctor = export("doctor");
    let mut bad = |name: &str, change: &dyn Fn(&mut Export)| {
        let mut export = good.clone();
        change(&mut export);
        let vector = file(name, "everything of bob, changed", &of(&export), None, verifier);
        assert!(vector.answer.is_err(), "{name}");
        made.push(vector);
    };
    bad("the first entry left out", &|export| drop(export.logs.authority.remove(0)));
    bad("an entry twice", &|export| export.logs.authority.push(export.logs.authority[0].clone()));
    bad("two entries exchanged", &|export| export.logs.authority.swap(0, 1));
    bad("the last entry left out", &|export| drop(export.logs.authority.pop()));
    bad("a log without its entries", &|export| export.logs.timeline.clear());
    bad("an entry of somebody else", &|export| export.logs.authority[1] = ann.logs.authority[0].clone());
    bad("an entry of somebody else under this name", &|export| {
        export.logs.authority[1] =
            Event { subject: export.subject, position: 1, ..ann.logs.authority[0].clone() };
    });
    bad("another time", &|export| export.logs.authority[1].leaf.time.0 += 1);
    bad("an entry more", &|export| {
        let more = Event { position: export.logs.authority.len() as u64, ..export.logs.authority[0].clone() };
        export.logs.authority.push(more);
    });
    bad("an entry of another log", &|export| export.logs.timeline = export.logs.authority.clone());
    bad("under another name", &|export| export.subject = doctor.subject);
    bad("a batch left out", &|export| drop(export.batches.pop()));
    bad("a batch cut short", &|export| export.batches[0].commitments.as_mut().unwrap().truncate(1));
    bad("a batch in another order", &|export| export.batches[0].commitments.as_mut().unwrap().swap(0, 1));
    bad("a batch more", &|export| export.batches.push(export.batches[0].clone()));
    bad("the last transaction left out", &|export| drop(export.transactions.pop()));
    bad("transactions exchanged", &|export| export.transactions.swap(0, 1));
    bad("a transaction twice", &|export| export.transactions.push(export.transactions[0].clone()));
    bad("a transaction cut short", &|export| export.transactions[0].truncate(9));
    bad("a transaction's signature changed", &|export| {
        let end = export.transactions[0].len() - 40;
        export.transactions[0][end] ^= 1;
    });
    let batch = good.logs.timeline[0].leaf.tx;
    let of_others = ByteBuf::from(world.ledger.transaction(&batch).unwrap());
    bad("a transaction that concerns others", &|export| export.transactions.insert(0, of_others.clone()));
    bad("a value changed", &|export| export.state.values[0][0] ^= 1);
    bad("a sibling more", &|export| {
        export.state.proof.siblings.push(medledger_core::hash::NodeHash([1; 32]))
    });
    bad("the evidence spoilt", &|export| {
        let last = export.header.evidence.bytes.len() - 1;
        export.header.evidence.bytes[last] ^= 1;
    });
}
