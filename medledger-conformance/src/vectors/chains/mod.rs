//! Whole small ledgers: each history holds every transaction that must be refused beside the one that must not, at the edges
//! of each time and number. Whoever executes one of them otherwise comes to another root, and finds the evidence to be for
//! another block.

mod broken;
mod consents;
mod identities;
mod records;
mod replay;
mod sessions;

use medledger_core::codec::encode;
use medledger_core::units::Timestamp;
use medledger_sdk::local::Ledger;
use medledger_sdk::local::ledger::SavedLedger;

use super::Vector;
use super::json::{Fields, Json, bytes, list};
use super::scene::Scene;

/// A ledger is opened at this time unless that is what is tried.
const LATER: Timestamp = Timestamp(40_000 * 86_400_000);

fn input(saved: &[u8], now: Timestamp) -> Fields {
    vec![("ledger", bytes(saved)), ("now", now.0.into())]
}

/// Each block's header hash, and what came of its transactions: rule or null, and how many in a row.
fn answer(ledger: &Ledger) -> Fields {
    let tip = ledger.tip();
    let blocks = (1..=tip.height.0).map(|height| {
        let height = medledger_core::units::Height(height);
        let kept = ledger.results(height).unwrap();
        let mut runs: Vec<(Json, u64)> = Vec::new();
        for result in &kept.results {
            let rule = medledger_core::schema::rule_of(result.result.code).map(ToString::to_string);
            match runs.last_mut() {
                Some((last, times)) if *last == Json::from(rule.clone()) => *times += 1,
                _ => runs.push((rule.into(), 1)),
            }
        }
        let header = ledger.header(height).unwrap().header.hash().unwrap();
        let runs = runs.into_iter().map(|(rule, times)| Json::List(vec![rule, times.into()]));
        Json::Object(vec![("app_root", header.to_string().into()), ("results", Json::List(runs.collect()))])
    });
    vec![
        ("chain", tip.chain.to_string().into()),
        ("height", tip.height.0.into()),
        ("time", tip.time.0.into()),
        ("app_root", tip.hash.to_string().into()),
        ("blocks", list(blocks)),
    ]
}

fn whole(name: &str, of: &str, scene: &Scene) -> Vector {
    let saved = encode(&scene.saved()).unwrap();
    Vector::valid("ledger", name, of, input(&saved, LATER)).gives(answer(&scene.ledger))
}

fn refused(cause: &'static str, rule: &str, name: &str, saved: &SavedLedger, now: Timestamp) -> Vector {
    let input = input(&encode(saved).unwrap(), now);
    Vector::invalid("ledger", cause, rule, name, "a ledger of two blocks, changed", input)
}

pub(super) fn vectors() -> Vec<Vector> {
    [
        identities::vectors(),
        replay::vectors(),
        consents::vectors(),
        records::vectors(),
        sessions::vectors(),
        broken::vectors(),
    ]
    .concat()
}
