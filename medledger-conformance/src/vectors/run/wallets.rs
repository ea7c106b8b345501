//! Sheets and keystores.

use medledger_sdk::api::{Keystore, Sheet};
use serde_json::{Value, json};

use super::Answer;
use super::read::{bytes, count, hex, number, text};

pub fn sheet(of: &Value) -> Answer {
    let keys = Sheet::from_words(text(&of["words"]))?.keys(text(&of["passphrase"]));
    let (identity, device) = (number(&of["identity"]), number(&of["device"]));
    Ok(json!({
        "device": hex(&keys.device(identity, device)?.public_key()),
        "agreement": hex(&keys.agreement(identity, device)?.public_key()),
        "controller": hex(&keys.controller(identity)?.public_key()),
        "successor_digest": keys.successor_digest(identity)?,
    }))
}

pub fn keystore(of: &Value) -> Answer {
    let keystore = Keystore::open(&bytes(&of["file"]), text(&of["passphrase"]))?;
    let mut identities = Vec::new();
    for kept in keystore.identities() {
        identities.push(json!({
            "identity": count(kept.identity),
            "did": kept.did,
            "relationship": kept.relationship,
            "device": count(kept.device),
            "key": keystore.signing_key(&kept.did)?.id(),
            "agreement": hex(&keystore.agreement_key(&kept.did)?.public_key()),
        }));
        assert_eq!(keystore.signing_key(&kept.did)?.id(), kept.key);
    }
    Ok(json!({ "identities": identities }))
}
