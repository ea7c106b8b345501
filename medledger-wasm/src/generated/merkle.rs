//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, handle, value, word};

word!(medledger_sdk::api::StateStanding, "StateStanding");
value!(medledger_sdk::api::StateAnswer, "StateAnswer", { key: 85, standing: 152, value: 181,  });
handle!(medledger_sdk::api::MerkleLog, "MerkleLog", "merkle log");

#[wasm_bindgen]
pub fn on_merkle_log_new() -> Result<JsValue, JsValue> {
    let given = medledger_sdk::api::MerkleLog::new();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_merkle_log_append(this: u32, leaf: &JsValue) -> Result<JsValue, JsValue> {
    let leaf = support::argument::<Vec<u8>>(leaf, "leaf")?;
    let this = support::held::<medledger_sdk::api::MerkleLog>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    support::answer(this.append(&leaf))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn on_merkle_log_size(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::MerkleLog>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.size();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_merkle_log_root(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::MerkleLog>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.root();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_merkle_log_root_at(this: u32, size: &JsValue) -> Result<JsValue, JsValue> {
    let size = support::argument::<u64>(size, "size")?;
    let this = support::held::<medledger_sdk::api::MerkleLog>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.root_at(size))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_merkle_log_inclusion(this: u32, index: &JsValue, size: &JsValue) -> Result<JsValue, JsValue> {
    let index = support::argument::<u64>(index, "index")?;
    let size = support::argument::<u64>(size, "size")?;
    let this = support::held::<medledger_sdk::api::MerkleLog>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.inclusion(index, size))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_merkle_log_consistency(
    this: u32,
    old_size: &JsValue,
    new_size: &JsValue,
) -> Result<JsValue, JsValue> {
    let old_size = support::argument::<u64>(old_size, "oldSize")?;
    let new_size = support::argument::<u64>(new_size, "newSize")?;
    let this = support::held::<medledger_sdk::api::MerkleLog>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.consistency(old_size, new_size))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn log_root(leaves: &JsValue) -> Result<JsValue, JsValue> {
    let leaves = support::argument::<Vec<Vec<u8>>>(leaves, "leaves")?;
    let given = support::answer(medledger_sdk::api::log_root(&leaves))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn check_inclusion(
    root: &JsValue,
    size: &JsValue,
    index: &JsValue,
    leaf: &JsValue,
    proof: &JsValue,
) -> Result<JsValue, JsValue> {
    let root = support::argument::<String>(root, "root")?;
    let size = support::argument::<u64>(size, "size")?;
    let index = support::argument::<u64>(index, "index")?;
    let leaf = support::argument::<Vec<u8>>(leaf, "leaf")?;
    let proof = support::argument::<Vec<u8>>(proof, "proof")?;
    support::answer(medledger_sdk::api::check_inclusion(&root, size, index, &leaf, &proof))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn check_consistency(
    old_root: &JsValue,
    old_size: &JsValue,
    new_root: &JsValue,
    new_size: &JsValue,
    proof: &JsValue,
) -> Result<JsValue, JsValue> {
    let old_root = support::argument::<String>(old_root, "oldRoot")?;
    let old_size = support::argument::<u64>(old_size, "oldSize")?;
    let new_root = support::argument::<String>(new_root, "newRoot")?;
    let new_size = support::argument::<u64>(new_size, "newSize")?;
    let proof = support::argument::<Vec<u8>>(proof, "proof")?;
    support::answer(medledger_sdk::api::check_consistency(&old_root, old_size, &new_root, new_size, &proof))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn check_state_proof(root: &JsValue, proof: &JsValue, keys: &JsValue) -> Result<JsValue, JsValue> {
    let root = support::argument::<String>(root, "root")?;
    let proof = support::argument::<Vec<u8>>(proof, "proof")?;
    let keys = support::argument::<Vec<String>>(keys, "keys")?;
    let given = support::answer(medledger_sdk::api::check_state_proof(&root, &proof, &keys))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn check_state_keys(root: &JsValue, proof: &JsValue, keys: &JsValue) -> Result<JsValue, JsValue> {
    let root = support::argument::<String>(root, "root")?;
    let proof = support::argument::<Vec<u8>>(proof, "proof")?;
    let keys = support::argument::<Vec<String>>(keys, "keys")?;
    let given = support::answer(medledger_sdk::api::check_state_keys(&root, &proof, &keys))?;
    Ok(given.into_js())
}
