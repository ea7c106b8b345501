//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{IntoJs, answer, argument, entropy, exclusive, handle, held, shared, value};

value!(medledger_sdk::api::PassphraseCost, "PassphraseCost", { memory: 98, passes: 110, lanes: 91,  });
value!(medledger_sdk::api::KeptIdentity, "KeptIdentity", { identity: 81, did: 59, relationship: 130, device: 57, key: 85,  });
value!(medledger_sdk::api::KeystoreSummary, "KeystoreSummary", { chain: 30, cost: 45, identities: 80, successors: 160,  });
handle!(medledger_sdk::api::Keystore, "Keystore", "keystore");

#[wasm_bindgen]
pub fn keystore_new(chain: &JsValue, successors: &JsValue) -> Result<JsValue, JsValue> {
    let chain = argument::<String>(chain, "chain")?;
    let successors = argument::<Vec<String>>(successors, "successors")?;
    let given = answer(medledger_sdk::api::Keystore::new(&chain, &successors))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn keystore_open(bytes: &JsValue, passphrase: &JsValue) -> Result<JsValue, JsValue> {
    let bytes = argument::<Vec<u8>>(bytes, "bytes")?;
    let passphrase = argument::<String>(passphrase, "passphrase")?;
    let given = answer(medledger_sdk::api::Keystore::open(&bytes, &passphrase))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn keystore_seal(this: u32, passphrase: &JsValue, cost: &JsValue) -> Result<JsValue, JsValue> {
    let passphrase = argument::<String>(passphrase, "passphrase")?;
    let cost = argument::<Option<medledger_sdk::api::PassphraseCost>>(cost, "cost")?;
    let mut rng = entropy()?;
    let this = held::<medledger_sdk::api::Keystore>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.seal(&passphrase, cost.as_ref(), &mut rng))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn keystore_identities(this: u32) -> Result<JsValue, JsValue> {
    let this = held::<medledger_sdk::api::Keystore>(this, "this")?;
    let this = shared(&this)?;
    let given = this.identities();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn keystore_successor_digest(this: u32, identity: &JsValue) -> Result<JsValue, JsValue> {
    let identity = argument::<u64>(identity, "identity")?;
    let this = held::<medledger_sdk::api::Keystore>(this, "this")?;
    let this = shared(&this)?;
    let given = this.successor_digest(identity);
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn keystore_keep(this: u32, new: u32, relationship: &JsValue) -> Result<JsValue, JsValue> {
    let new = held::<medledger_sdk::api::NewRelationship>(new, "new_")?;
    let relationship = argument::<String>(relationship, "relationship")?;
    let this = held::<medledger_sdk::api::Keystore>(this, "this")?;
    let mut this = exclusive(&this)?;
    let new = shared(&new)?;
    answer(this.keep(&new, &relationship))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn keystore_keep_found(
    this: u32,
    first: u32,
    identity: &JsValue,
    device: &JsValue,
    relationship: &JsValue,
) -> Result<JsValue, JsValue> {
    let first = held::<medledger_sdk::api::SheetKeys>(first, "first")?;
    let identity = argument::<medledger_sdk::api::FoundIdentity>(identity, "identity")?;
    let device = argument::<u64>(device, "device")?;
    let relationship = argument::<String>(relationship, "relationship")?;
    let this = held::<medledger_sdk::api::Keystore>(this, "this")?;
    let mut this = exclusive(&this)?;
    let first = shared(&first)?;
    answer(this.keep_found(&first, &identity, device, &relationship))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn keystore_signing_key(this: u32, did: &JsValue) -> Result<JsValue, JsValue> {
    let did = argument::<String>(did, "did")?;
    let this = held::<medledger_sdk::api::Keystore>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.signing_key(&did))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn keystore_agreement_key(this: u32, did: &JsValue) -> Result<JsValue, JsValue> {
    let did = argument::<String>(did, "did")?;
    let this = held::<medledger_sdk::api::Keystore>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.agreement_key(&did))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn keystore_rotate(
    this: u32,
    sender: &JsValue,
    second: u32,
    next: u32,
    state: u32,
    keep: &JsValue,
) -> Result<JsValue, JsValue> {
    let sender = argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let second = held::<medledger_sdk::api::SheetKeys>(second, "second")?;
    let next = held::<medledger_sdk::api::NextSheet>(next, "next")?;
    let state = held::<medledger_sdk::api::ProvenState>(state, "state")?;
    let keep = argument::<Vec<String>>(keep, "keep")?;
    let this = held::<medledger_sdk::api::Keystore>(this, "this")?;
    let mut this = exclusive(&this)?;
    let second = shared(&second)?;
    let next = shared(&next)?;
    let state = shared(&state)?;
    let given = answer(this.rotate(&sender, &second, &next, &state, &keep))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn keystore_set_successors(this: u32, successors: &JsValue) -> Result<JsValue, JsValue> {
    let successors = argument::<Vec<String>>(successors, "successors")?;
    let this = held::<medledger_sdk::api::Keystore>(this, "this")?;
    let mut this = exclusive(&this)?;
    answer(this.set_successors(&successors))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn read_keystore(bytes: &JsValue) -> Result<JsValue, JsValue> {
    let bytes = argument::<Vec<u8>>(bytes, "bytes")?;
    let given = answer(medledger_sdk::api::read_keystore(&bytes))?;
    Ok(given.into_js())
}
