//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, handle, value};

value!(medledger_sdk::api::PassphraseCost, "PassphraseCost", { memory: 98, passes: 110, lanes: 91,  });
value!(medledger_sdk::api::KeptIdentity, "KeptIdentity", { identity: 81, did: 59, relationship: 130, device: 57, key: 85,  });
value!(medledger_sdk::api::KeystoreSummary, "KeystoreSummary", { chain: 30, cost: 45, identities: 80, successors: 160,  });
handle!(medledger_sdk::api::Keystore, "Keystore", "keystore");

#[wasm_bindgen]
pub fn on_keystore_new(chain: &JsValue, successors: &JsValue) -> Result<JsValue, JsValue> {
    let chain = support::argument::<String>(chain, "chain")?;
    let successors = support::argument::<Vec<String>>(successors, "successors")?;
    let given = support::answer(medledger_sdk::api::Keystore::new(&chain, &successors))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_keystore_open(bytes: &JsValue, passphrase: &JsValue) -> Result<JsValue, JsValue> {
    let bytes = support::argument::<Vec<u8>>(bytes, "bytes")?;
    let passphrase = support::argument::<String>(passphrase, "passphrase")?;
    let given = support::answer(medledger_sdk::api::Keystore::open(&bytes, &passphrase))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_keystore_seal(this: u32, passphrase: &JsValue, cost: &JsValue) -> Result<JsValue, JsValue> {
    let passphrase = support::argument::<String>(passphrase, "passphrase")?;
    let cost = support::argument::<Option<medledger_sdk::api::PassphraseCost>>(cost, "cost")?;
    let mut rng = support::entropy()?;
    let this = support::held::<medledger_sdk::api::Keystore>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.seal(&passphrase, cost.as_ref(), &mut rng))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_keystore_identities(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Keystore>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.identities();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_keystore_successor_digest(this: u32, identity: &JsValue) -> Result<JsValue, JsValue> {
    let identity = support::argument::<u64>(identity, "identity")?;
    let this = support::held::<medledger_sdk::api::Keystore>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.successor_digest(identity);
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_keystore_keep(this: u32, new: u32, relationship: &JsValue) -> Result<JsValue, JsValue> {
    let new = support::held::<medledger_sdk::api::NewRelationship>(new, "new_")?;
    let relationship = support::argument::<String>(relationship, "relationship")?;
    let this = support::held::<medledger_sdk::api::Keystore>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let new = support::shared(&new)?;
    support::answer(this.keep(&new, &relationship))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn on_keystore_keep_found(
    this: u32,
    first: u32,
    identity: &JsValue,
    device: &JsValue,
    relationship: &JsValue,
) -> Result<JsValue, JsValue> {
    let first = support::held::<medledger_sdk::api::SheetKeys>(first, "first")?;
    let identity = support::argument::<medledger_sdk::api::FoundIdentity>(identity, "identity")?;
    let device = support::argument::<u64>(device, "device")?;
    let relationship = support::argument::<String>(relationship, "relationship")?;
    let this = support::held::<medledger_sdk::api::Keystore>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let first = support::shared(&first)?;
    support::answer(this.keep_found(&first, &identity, device, &relationship))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn on_keystore_signing_key(this: u32, did: &JsValue) -> Result<JsValue, JsValue> {
    let did = support::argument::<String>(did, "did")?;
    let this = support::held::<medledger_sdk::api::Keystore>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.signing_key(&did))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_keystore_agreement_key(this: u32, did: &JsValue) -> Result<JsValue, JsValue> {
    let did = support::argument::<String>(did, "did")?;
    let this = support::held::<medledger_sdk::api::Keystore>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.agreement_key(&did))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_keystore_rotate(
    this: u32,
    sender: &JsValue,
    second: u32,
    next: u32,
    state: u32,
    keep: &JsValue,
) -> Result<JsValue, JsValue> {
    let sender = support::argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let second = support::held::<medledger_sdk::api::SheetKeys>(second, "second")?;
    let next = support::held::<medledger_sdk::api::NextSheet>(next, "next")?;
    let state = support::held::<medledger_sdk::api::ProvenState>(state, "state")?;
    let keep = support::argument::<Vec<String>>(keep, "keep")?;
    let this = support::held::<medledger_sdk::api::Keystore>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let second = support::shared(&second)?;
    let next = support::shared(&next)?;
    let state = support::shared(&state)?;
    let given = support::answer(this.rotate(&sender, &second, &next, &state, &keep))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_keystore_set_successors(this: u32, successors: &JsValue) -> Result<JsValue, JsValue> {
    let successors = support::argument::<Vec<String>>(successors, "successors")?;
    let this = support::held::<medledger_sdk::api::Keystore>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    support::answer(this.set_successors(&successors))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn read_keystore(bytes: &JsValue) -> Result<JsValue, JsValue> {
    let bytes = support::argument::<Vec<u8>>(bytes, "bytes")?;
    let given = support::answer(medledger_sdk::api::read_keystore(&bytes))?;
    Ok(given.into_js())
}
