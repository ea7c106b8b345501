//! What everything stands on.

use medledger_sdk::api::{
    self, Bytes, Error, MerkleLog, ReplayWindow, SignatureClaim, StateAnswer, StateStanding,
};
use serde_json::{Value, json};

use super::Answer;
use super::read::{bytes, count, hex, items, number, of, text, texts};

pub fn wire(of: &Value) -> Answer {
    Ok(json!({ "json": api::inspect(text(&of["type"]), &bytes(&of["bytes"]))? }))
}

pub fn hash(of: &Value) -> Answer {
    Ok(json!({ "hash": hex(&api::tagged_hash(text(&of["tag"]), &bytes(&of["data"]))?) }))
}

pub fn key(of: &Value) -> Answer {
    let key = bytes(&of["public_key"]);
    Ok(json!({
        "id": api::key_id(&key)?,
        "successor_digest": api::successor_digest(&key)?,
        "did_key": api::did_key(&key)?,
    }))
}

pub fn log(of: &Value) -> Answer {
    let leaves: Vec<Vec<u8>> = items(&of["leaves"]).iter().map(bytes).collect();
    let root = api::log_root(&leaves)?;
    let mut log = MerkleLog::new();
    for leaf in &leaves {
        log.append(leaf)?;
    }
    // Leaf by leaf it is the same log, whose own proofs hold.
    assert_eq!((log.root(), log.size()), (root.clone(), leaves.len() as u64));
    for (index, leaf) in (0..).zip(&leaves) {
        let proof = log.inclusion(index, log.size())?;
        api::check_inclusion(&root, log.size(), index, leaf, &proof)?;
        let proof = log.consistency(index, log.size())?;
        api::check_consistency(&log.root_at(index)?, index, &root, log.size(), &proof)?;
    }
    Ok(json!({ "root": root }))
}

pub fn inclusion(of: &Value) -> Answer {
    let (size, index) = (number(&of["size"]), number(&of["index"]));
    api::check_inclusion(text(&of["root"]), size, index, &bytes(&of["leaf"]), &bytes(&of["proof"]))?;
    Ok(json!({}))
}

pub fn consistency(of: &Value) -> Answer {
    let (old, new) = (number(&of["old_size"]), number(&of["new_size"]));
    let proof = bytes(&of["proof"]);
    api::check_consistency(text(&of["old_root"]), old, text(&of["new_root"]), new, &proof)?;
    Ok(json!({}))
}

fn answers(answers: &[StateAnswer]) -> Value {
    let answer = |answer: &StateAnswer| {
        let standing = match answer.standing {
            StateStanding::Present => "present",
            StateStanding::Absent => "absent",
            StateStanding::Unproven => "unproven",
        };
        json!({ "key": answer.key, "standing": standing, "value": answer.value.as_ref().map(of) })
    };
    json!({ "answers": answers.iter().map(answer).collect::<Vec<_>>() })
}

pub fn state(of: &Value) -> Answer {
    let shown = api::check_state_proof(text(&of["root"]), &bytes(&of["proof"]), &texts(&of["keys"]))?;
    Ok(answers(&shown))
}

pub fn state_keys(of: &Value) -> Answer {
    let shown = api::check_state_keys(text(&of["root"]), &bytes(&of["proof"]), &texts(&of["keys"]))?;
    Ok(answers(&shown))
}

pub fn signature(of: &Value) -> Answer {
    api::verify_signature(&bytes(&of["public_key"]), &bytes(&of["message"]), &bytes(&of["signature"]))?;
    Ok(json!({}))
}

pub fn signatures(of: &Value) -> Answer {
    let claim = |of: &Value| SignatureClaim {
        public_key: Bytes(bytes(&of["public_key"])),
        message: Bytes(bytes(&of["message"])),
        signature: Bytes(bytes(&of["signature"])),
    };
    let claims: Vec<SignatureClaim> = items(&of["claims"]).iter().map(claim).collect();
    let bad = api::verify_signatures(&claims, &mut |_, _| true)?;
    let shown: Vec<Value> =
        bad.iter().map(|bad| json!({ "index": count(bad.index), "rule": bad.fault.code })).collect();
    // One by one they have the same answers.
    let one = |claim: &SignatureClaim| {
        api::verify_signature(&claim.public_key.0, &claim.message.0, &claim.signature.0).err()
    };
    let single: Vec<Value> = (0..)
        .zip(&claims)
        .filter_map(|(index, claim): (u64, _)| Some(json!({ "index": index, "rule": one(claim)?.code })))
        .collect();
    assert_eq!(shown, single);
    Ok(json!({ "bad": shown }))
}

pub fn counter(of: &Value) -> Answer {
    let window = ReplayWindow { base: number(&of["base"]).into(), used: number(&of["used"]).into() };
    let next = api::check_counter(&window, number(&of["counter"]))?;
    Ok(json!({ "base": count(next.base), "used": count(next.used) }))
}

pub fn transaction(of: &Value) -> Answer {
    let view = api::read_transaction(&bytes(&of["bytes"]), text(&of["chain"]))?;
    let mut signatures = vec![(&view.signed, &view.signature)];
    signatures.extend(view.approvals.iter().map(|approval| (&approval.signed, &approval.signature)));
    for (key, (signed, signature)) in items(&of["keys"]).iter().zip(signatures) {
        api::verify_signature(&bytes(key), &signed.0, &signature.0)?;
    }
    let approvals: Vec<Value> = view
        .approvals
        .iter()
        .map(|approval| {
            json!({
                "key": approval.key,
                "signed": hex(&approval.signed.0),
                "signature": hex(&approval.signature.0),
            })
        })
        .collect();
    Ok::<Value, Error>(json!({
        "id": view.id,
        "hash": view.hash,
        "signer": view.signer,
        "key": view.key,
        "counter": count(view.counter),
        "signed_at": super::read::shown(view.signed_at.0),
        "valid_until": super::read::shown(view.valid_until.0),
        "operation": view.operation,
        "operation_code": count(view.operation_code),
        "body_hash": view.body_hash,
        "signed": hex(&view.signed.0),
        "signature": hex(&view.signature.0),
        "approvals": approvals,
    }))
}
