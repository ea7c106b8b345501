//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, handle, value};

value!(medledger_sdk::api::Sender, "Sender", { chain: 30, did: 59, key: 85, counter: 47, signed_at: 147, valid_until: 179,  });
value!(medledger_sdk::api::SignedTransaction, "SignedTransaction", { id: 79, bytes: 25,  });
handle!(medledger_sdk::api::Draft, "Draft", "draft");

#[wasm_bindgen]
pub fn on_draft_from_bytes(bytes: &JsValue) -> Result<JsValue, JsValue> {
    let bytes = support::argument::<Vec<u8>>(bytes, "bytes")?;
    let given = support::answer(medledger_sdk::api::Draft::from_bytes(&bytes))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_draft_to_bytes(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Draft>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.to_bytes())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_draft_sender(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Draft>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.sender();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_draft_operation(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Draft>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.operation();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_draft_approved_by(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Draft>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.approved_by();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_draft_approval_to_sign(this: u32, public_key: &JsValue) -> Result<JsValue, JsValue> {
    let public_key = support::argument::<Vec<u8>>(public_key, "publicKey")?;
    let this = support::held::<medledger_sdk::api::Draft>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.approval_to_sign(&public_key))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_draft_add_approval(
    this: u32,
    public_key: &JsValue,
    signature: &JsValue,
) -> Result<JsValue, JsValue> {
    let public_key = support::argument::<Vec<u8>>(public_key, "publicKey")?;
    let signature = support::argument::<Vec<u8>>(signature, "signature")?;
    let this = support::held::<medledger_sdk::api::Draft>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    support::answer(this.add_approval(&public_key, &signature))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn on_draft_approve(this: u32, key: u32) -> Result<JsValue, JsValue> {
    let key = support::held::<medledger_sdk::api::Key>(key, "key")?;
    let this = support::held::<medledger_sdk::api::Draft>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let key = support::shared(&key)?;
    support::answer(this.approve(&key))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn on_draft_approve_with(this: u32, signer: &JsValue) -> Result<JsValue, JsValue> {
    let signer = support::Caller::signer(signer, "signer")?;
    let this = support::held::<medledger_sdk::api::Draft>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    signer.answer(this.approve_with(&signer))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn on_draft_to_sign(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Draft>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.to_sign())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_draft_finish(this: u32, public_key: &JsValue, signature: &JsValue) -> Result<JsValue, JsValue> {
    let public_key = support::argument::<Vec<u8>>(public_key, "publicKey")?;
    let signature = support::argument::<Vec<u8>>(signature, "signature")?;
    let this = support::held::<medledger_sdk::api::Draft>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.finish(&public_key, &signature))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_draft_sign(this: u32, key: u32) -> Result<JsValue, JsValue> {
    let key = support::held::<medledger_sdk::api::Key>(key, "key")?;
    let this = support::held::<medledger_sdk::api::Draft>(this, "this")?;
    let this = support::shared(&this)?;
    let key = support::shared(&key)?;
    let given = support::answer(this.sign(&key))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_draft_sign_with(this: u32, signer: &JsValue) -> Result<JsValue, JsValue> {
    let signer = support::Caller::signer(signer, "signer")?;
    let this = support::held::<medledger_sdk::api::Draft>(this, "this")?;
    let this = support::shared(&this)?;
    let given = signer.answer(this.sign_with(&signer))?;
    Ok(given.into_js())
}
