//! Whole ledgers, and what a reader checks of one with nothing but its genesis.

use medledger_sdk::api::{self, Error, Ledger, LightClient, ProofKind};
use serde_json::{Value, json};

use super::Answer;
use super::read::{bytes, count, items, shown, text, time};

pub fn genesis(of: &Value) -> Answer {
    let summary = api::read_genesis(&bytes(&of["genesis"]))?;
    Ok(json!({
        "chain": summary.chain,
        "name": summary.name,
        "time": shown(summary.time.0),
        "founders": summary.founders,
        "validators": summary.validators.iter().map(super::read::of).collect::<Vec<_>>(),
    }))
}

pub fn ledger(of: &Value) -> Answer {
    let ledger = Ledger::open(&bytes(&of["ledger"]), time(&of["now"]), &mut |_, _| true)?;
    let status = ledger.status();
    let mut blocks = Vec::new();
    for height in 1..=status.height.0 {
        let block = ledger.block_summary(height)?;
        let mut runs: Vec<(Option<String>, u64)> = Vec::new();
        for result in block.results {
            match runs.last_mut() {
                Some((last, times)) if *last == result.rule => *times += 1,
                _ => runs.push((result.rule, 1)),
            }
        }
        blocks.push(json!({ "app_root": block.app_root, "results": runs }));
    }
    Ok(json!({
        "chain": status.chain,
        "height": count(status.height),
        "time": shown(status.time.0),
        "app_root": status.app_root,
        "blocks": blocks,
    }))
}

/// A reader with the genesis and the time of a vector, who has seen a header where the vector has one.
fn reader(of: &Value, seen: &Value) -> Result<LightClient, Error> {
    let mut client = LightClient::new(&bytes(&of["genesis"]), time(&of["now"]))?;
    if !seen.is_null() {
        client.trust(&bytes(seen))?;
    }
    Ok(client)
}

pub fn header(of: &Value) -> Answer {
    let mut client = reader(of, &Value::Null)?;
    let mut last = None;
    for header in items(&of["headers"]) {
        last = Some(client.trust(&bytes(header))?);
    }
    let last = last.expect("a header");
    assert_eq!(client.newest().as_ref(), Some(&last));
    Ok(json!({
        "height": count(last.height),
        "time": shown(last.time.0),
        "app_root": last.app_root,
        "state_root": last.state_root,
    }))
}

pub fn receipt(of: &Value) -> Answer {
    let summary = reader(of, &of["seen"])?.read_receipt(&bytes(&of["receipt"]))?;
    Ok(json!({
        "subject": summary.subject,
        "log": summary.log.as_str(),
        "position": count(summary.position),
        "transaction": summary.transaction,
        "height": count(summary.height),
        "time": shown(summary.time.0),
        "rule": summary.rule,
        "vouched": count(summary.vouched),
    }))
}

pub fn subject_log(of: &Value) -> Answer {
    let client = reader(of, &of["seen"])?;
    let proof = bytes(&of["proof"]);
    let (subject, height, complete, transactions) = match text(&of["log"]) {
        "access" => {
            let log = client.read_access_log(&proof)?;
            (log.subject, log.height, Some(log.complete), None)
        }
        "authority" => {
            let log = client.read_authority_log(&proof)?;
            let transactions: Vec<String> = log.entries.into_iter().map(|entry| entry.transaction).collect();
            (log.subject, log.height, None, Some(transactions))
        }
        _ => {
            let log = client.read_timeline(&proof)?;
            let transactions = log.entries.into_iter().map(|entry| entry.transaction).collect();
            (log.subject, log.height, None, Some(transactions))
        }
    };
    Ok(json!({
        "subject": subject,
        "height": count(height),
        "complete": complete,
        "transactions": transactions,
    }))
}

pub fn proven_state(of: &Value) -> Answer {
    let state = reader(of, &Value::Null)?.read_state(&bytes(&of["proof"]))?;
    let did = text(&of["did"]);
    let (mut keys, mut consents) = (None, None);
    if of["asks"] == "consents" {
        let active = state.consents(did, time(&of["now"]))?;
        consents = Some(active.into_iter().map(|consent| consent.consent).collect::<Vec<_>>());
    } else {
        let identity = state.identity(did)?;
        keys = identity.map(|identity| identity.keys.into_iter().map(|key| key.id).collect::<Vec<_>>());
    }
    Ok(json!({ "height": count(state.header().height), "keys": keys, "consents": consents }))
}

pub fn proof_file(of: &Value) -> Answer {
    let (file, genesis, now) = (bytes(&of["file"]), bytes(&of["genesis"]), time(&of["now"]));
    let at_least = (!of["at_least"].is_null()).then(|| bytes(&of["at_least"]));
    let report = api::check_proof(&file, &genesis, now, at_least.as_deref())?;
    // The reader with a memory says the same, and shows what the file holds.
    let client = reader(of, &of["at_least"])?;
    assert_eq!(client.check_file(&file), report);
    let parts = match report.kind {
        Some(ProofKind::Export) => {
            let export = client.read_export(&file)?;
            let unclosed: Vec<String> = export.unclosed.into_iter().map(|session| session.session).collect();
            (
                Value::Null,
                json!({
                    "subject": export.subject,
                    "claim": export.claim,
                    "timeline": count(export.timeline),
                    "records": count(export.records),
                    "access_log": count(export.access_log),
                    "authority_log": count(export.authority_log),
                    "consents": count(export.consents),
                    "transactions": count(export.transactions),
                    "unclosed": unclosed,
                }),
            )
        }
        _ => {
            let record = client.read_record(&file)?;
            (
                json!({
                    "subject": record.subject,
                    "record": record.record,
                    "version": count(record.version),
                    "opened": record.opened,
                    "height": count(record.height),
                    "recorded": shown(record.recorded.0),
                }),
                Value::Null,
            )
        }
    };
    assert!(report.valid && report.fault.is_none());
    Ok(json!({
        "height": report.height.map(count),
        "complete": report.complete,
        "record": parts.0,
        "export": parts.1,
    }))
}
