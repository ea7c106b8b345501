//! Logs that are provably all.

use super::super::Vector;
use super::super::json::{Fields, Json, bytes, list};
use super::{log_name, party, reader};
use crate::fuzz::world::{WORLD, validator};
use medledger_core::codec::encode;
use medledger_core::error::Coded;
use medledger_core::identity::did_to_text;
use medledger_core::light::CertifiedHeader;
use medledger_core::light::LogProof;
use medledger_core::state::Address;
use medledger_core::state::LogKind;
use medledger_core::units::Height;
use medledger_core::units::Timestamp;
use std::collections::BTreeSet;

fn log_input(kind: LogKind, proof: &LogProof, seen: Option<&CertifiedHeader>) -> Fields {
    let mut fields = reader();
    fields.push(("log", log_name(kind).into()));
    fields.push(("proof", bytes(&encode(proof).unwrap())));
    fields.push(("seen", seen.map(|header| bytes(&encode(header).unwrap())).into()));
    fields
}

pub(super) fn vectors() -> Vec<Vector> {
    let world = &*WORLD;
    let ledger = &world.ledger;
    let verifier = world.verifier();
    let newest = ledger.header(ledger.tip().height).unwrap();
    let [ann, bob] = ["ann", "bob"].map(|name| party(name).did);
    let mut made = Vec::new();
    for name in ["ann", "bob", "doctor"] {
        let subject = party(name).did;
        for kind in [LogKind::Timeline, LogKind::Access, LogKind::Authority] {
            let proof = ledger.log_proof(&subject, kind).unwrap();
            proof.check(&verifier, kind).unwrap();
            let log =
                medledger_sdk::wallet::WholeLog { height: ledger.tip().height, leaves: proof.leaves.clone() };
            let complete = (kind == LogKind::Access).then(|| log.is_complete());
            let vector = Vector::valid(
                "subject-log",
                format!("the {} log of {name}", log_name(kind)),
                "a small ledger",
                log_input(kind, &proof, None),
            );
            let transactions: BTreeSet<String> =
                proof.leaves.iter().map(|leaf| leaf.tx.to_string()).collect();
            // In the access log a session's report is shown with the session.
            let shown =
                (kind != LogKind::Access).then(|| list(proof.leaves.iter().map(|leaf| leaf.tx.to_string())));
            let _ = transactions;
            made.push(vector.gives(vec![
                ("subject", did_to_text(&subject).into()),
                ("height", ledger.tip().height.0.into()),
                ("complete", complete.into()),
                ("transactions", shown.into()),
            ]));
        }
    }
    let kind = LogKind::Timeline;
    let good = ledger.log_proof(&ann, kind).unwrap();
    let bobs = ledger.log_proof(&bob, kind).unwrap();
    let mut bad = |cause: &'static str, name: &str, as_kind: LogKind, change: &dyn Fn(&mut LogProof)| {
        let mut proof = good.clone();
        change(&mut proof);
        let rule = proof.check(&verifier, as_kind).expect_err(name).rule().to_string();
        made.push(Vector::invalid(
            "subject-log",
            cause,
            rule,
            name,
            "ann's timeline, changed",
            log_input(as_kind, &proof, None),
        ));
    };
    bad("count", "the first entry left out", kind, &|proof| drop(proof.leaves.remove(0)));
    bad("count", "the last entry left out", kind, &|proof| drop(proof.leaves.pop()));
    bad("count", "an entry twice", kind, &|proof| proof.leaves.insert(1, proof.leaves[1].clone()));
    bad("count", "no entries", kind, &|proof| proof.leaves.clear());
    bad("altered", "two entries exchanged", kind, &|proof| proof.leaves.swap(0, 1));
    bad("altered", "an entry in another's place", kind, &|proof| proof.leaves[0] = proof.leaves[1].clone());
    bad("altered", "another time", kind, &|proof| proof.leaves[0].time.0 += 1);
    bad("altered", "a refusal for a success", kind, &|proof| proof.leaves[0].code = 401);
    bad("altered", "an entry of bob's", kind, &|proof| proof.leaves[0] = bobs.leaves[0].clone());
    let inception = ledger.log_proof(&ann, LogKind::Authority).unwrap().leaves.remove(0);
    bad("wrong-log", "an entry of another log", kind, &|proof| proof.leaves[0] = inception.clone());
    bad("head", "under bob's name", kind, &|proof| proof.subject = bob);
    bad("head", "with bob's head", kind, &|proof| proof.head = bobs.head.clone());
    bad("head", "read as another log", LogKind::Authority, &|_| {});
    let keys = BTreeSet::from([Address::Log(ann, kind).key(), Address::Params.key()]);
    let surplus = ledger.certified(&keys).unwrap().values;
    bad("head", "a proof of more than the head", kind, &|proof| proof.head = surplus.clone());
    bad("head", "no value", kind, &|proof| proof.head.values.clear());
    bad("header", "under an older header", kind, &|proof| {
        proof.header = ledger.header(Height(1)).unwrap().clone()
    });
    bad("header", "evidence spoilt", kind, &|proof| {
        let last = proof.header.evidence.bytes.len() - 1;
        proof.header.evidence.bytes[last] ^= 1;
    });
    let mut older = world.ledger.clone();
    let time = Timestamp(world.now.0);
    older.produce(&validator(), time).unwrap();
    let later = older.header(older.tip().height).unwrap();
    let input = log_input(kind, &good, Some(later));
    let mut input = input;
    input[1].1 = (world.now.0 + 10).into();
    made.push(Vector::invalid(
        "subject-log",
        "behind",
        "LGT-050",
        "older than what was seen",
        "ann's timeline",
        input,
    ));
    let vector = Vector::valid(
        "subject-log",
        "no older than what was seen",
        "ann's timeline",
        log_input(kind, &good, Some(newest)),
    );
    made.push(vector.gives(vec![
        ("subject", did_to_text(&ann).into()),
        ("height", ledger.tip().height.0.into()),
        ("complete", Json::Null),
        ("transactions", list(good.leaves.iter().map(|leaf| leaf.tx.to_string()))),
    ]));
    made
}
