//! Receipts of single events.

use super::super::Vector;
use super::super::json::{Fields, Json, bytes};
use super::{log_name, party, reader};
use crate::fuzz::world::WORLD;
use medledger_core::codec::encode;
use medledger_core::consensus::Evidence;
use medledger_core::error::Coded;
use medledger_core::hash::ChainId;
use medledger_core::hash::Did;
use medledger_core::hash::TxHash;
use medledger_core::identity::did_to_text;
use medledger_core::light::CertifiedHeader;
use medledger_core::light::Receipt;
use medledger_core::light::ReceiptAnchor;
use medledger_core::merkle::InclusionProof;
use medledger_core::schema::rule_of;
use medledger_core::state::Address;
use medledger_core::state::LogKind;
use std::collections::BTreeSet;

fn rule_text(code: u64) -> Json {
    rule_of(code).map(ToString::to_string).into()
}

fn receipt_input(receipt: &Receipt, seen: Option<&CertifiedHeader>) -> Fields {
    let mut fields = reader();
    fields.push(("receipt", bytes(&encode(receipt).unwrap())));
    fields.push(("seen", seen.map(|header| bytes(&encode(header).unwrap())).into()));
    fields
}

pub(super) fn vectors() -> Vec<Vector> {
    let world = &*WORLD;
    let ledger = &world.ledger;
    let ann = party("ann").did;
    let newest = ledger.header(ledger.tip().height).unwrap();
    let verifier = world.verifier();
    let mut made = Vec::new();
    let shown = |receipt: &Receipt| -> Fields {
        let leaf = &receipt.event.leaf;
        let vouched = receipt.check(&verifier).unwrap().header.height.0;
        vec![
            ("subject", did_to_text(&receipt.event.subject).into()),
            ("log", log_name(leaf.entry.kind()).into()),
            ("position", receipt.event.position.into()),
            ("transaction", leaf.tx.to_string().into()),
            ("height", leaf.height.0.into()),
            ("time", leaf.time.0.into()),
            ("rule", rule_text(leaf.code)),
            ("vouched", vouched.into()),
        ]
    };
    let mut kept = Vec::new();
    for kind in [LogKind::Timeline, LogKind::Access, LogKind::Authority] {
        for (number, (place, _)) in ledger.log(&ann, kind).into_iter().enumerate() {
            let receipt = ledger.receipt(place).unwrap();
            let name = format!("{} {number}", log_name(kind));
            let vector =
                Vector::valid("receipt", &name, "an entry of ann's, as made", receipt_input(&receipt, None));
            made.push(vector.gives(shown(&receipt)));
            if number < 2 {
                let refreshed = ledger.refreshed(place).unwrap();
                let vector = Vector::valid(
                    "receipt",
                    format!("{name}, refreshed"),
                    "an entry of ann's, under the newest header",
                    receipt_input(&refreshed, Some(newest)),
                );
                made.push(vector.gives(shown(&refreshed)));
                kept.push((receipt, refreshed));
            }
        }
    }
    let (good, refreshed) = kept[0].clone();
    let other = kept[1].0.clone();
    let mut bad = |cause: &'static str, name: &str, of: &Receipt, change: &dyn Fn(&mut Receipt)| {
        let mut receipt = of.clone();
        change(&mut receipt);
        let rule = receipt.check(&verifier).expect_err(name).rule().to_string();
        let input = receipt_input(&receipt, None);
        made.push(Vector::invalid("receipt", cause, rule, name, "a receipt of ann's, changed", input));
    };
    bad("event", "another event", &good, &|receipt| receipt.event = other.event.clone());
    bad("event", "another transaction", &good, &|receipt| receipt.event.leaf.tx = other.event.leaf.tx);
    bad("event", "a refusal for a success", &good, &|receipt| receipt.event.leaf.code = 401);
    bad("event", "another height", &good, &|receipt| receipt.event.leaf.height.0 += 1);
    bad("event", "another time", &good, &|receipt| receipt.event.leaf.time.0 += 1);
    bad("event", "another place in the block", &good, &|receipt| receipt.event.leaf.index += 1);
    bad("event", "another position", &good, &|receipt| receipt.event.position += 1);
    bad("event", "another subject", &good, &|receipt| receipt.event.subject = Did([1; 32]));
    bad("event", "another place among the events", &good, &|receipt| receipt.place += 1);
    bad("result", "no id", &good, &|receipt| receipt.result.id = None);
    bad("result", "another hash of the bytes", &good, &|receipt| receipt.result.hash = TxHash([1; 32]));
    bad("result", "another code", &good, &|receipt| receipt.result.code = 401);
    bad("path", "a hash more among the events", &good, &|receipt| {
        receipt.event_path.path.push(medledger_core::hash::NodeHash([0; 32]));
    });
    bad("path", "a hash more among the results", &good, &|receipt| {
        receipt.result_path.path.push(medledger_core::hash::NodeHash([0; 32]));
    });
    bad("header", "the header of the next block", &good, &|receipt| receipt.header = other.header.clone());
    bad("header", "a count changed", &good, &|receipt| receipt.header.count += 1);
    bad("header", "another root of results", &good, &|receipt| receipt.header.results_root.0[0] ^= 1);
    bad("header", "version 2", &good, &|receipt| receipt.header.version = 2);
    bad("header", "another ledger", &good, &|receipt| receipt.header.chain = ChainId([1; 32]));
    bad("anchor", "the anchor of another", &good, &|receipt| receipt.anchor = other.anchor.clone());
    let in_path = |receipt: &mut Receipt,
                   change: &dyn Fn(
        &mut InclusionProof,
        &mut medledger_core::state::ValueProof,
        &mut Option<Evidence>,
    )| {
        if let ReceiptAnchor::LogPath { path, peaks, evidence, .. } = &mut receipt.anchor {
            change(path, peaks, evidence);
        }
    };
    bad("log-path", "no path", &refreshed, &|receipt| in_path(receipt, &|path, _, _| path.path.clear()));
    bad("log-path", "a bit of the path", &refreshed, &|receipt| {
        in_path(receipt, &|path, _, _| path.path[0].0[0] ^= 1)
    });
    bad("log-path", "a hash more", &refreshed, &|receipt| {
        in_path(receipt, &|path, _, _| path.path.push(medledger_core::hash::NodeHash([0; 32])));
    });
    bad("log-path", "no evidence, and a header that was never seen", &refreshed, &|receipt| {
        in_path(receipt, &|_, _, evidence| *evidence = None);
    });
    bad("log-path", "no peaks", &refreshed, &|receipt| in_path(receipt, &|_, peaks, _| peaks.values.clear()));
    let both = BTreeSet::from([Address::Headers.key(), Address::Params.key()]);
    let both = ledger.certified(&both).unwrap().values;
    bad("log-path", "peaks and something else", &refreshed, &|receipt| {
        in_path(receipt, &|_, peaks, _| *peaks = both.clone());
    });
    bad("log-path", "a header that is not in the log", &refreshed, &|receipt| {
        receipt.header = newest.header.clone()
    });
    // Without its evidence it holds for whoever has seen that header.
    let mut bare = refreshed.clone();
    in_path(&mut bare, &|_, _, evidence| *evidence = None);
    let vector = Vector::valid(
        "receipt",
        "no evidence, and the header was seen",
        "a refreshed receipt",
        receipt_input(&bare, Some(newest)),
    );
    made.push(vector.gives(shown(&refreshed)));
    let input = receipt_input(&good, Some(newest));
    made.push(Vector::invalid(
        "receipt",
        "behind",
        "LGT-050",
        "older than what was seen",
        "a receipt as made",
        input,
    ));
    made
}
