//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{IntoJs, answer, argument, entropy, exclusive, handle, held, shared, value};

value!(medledger_sdk::api::GatewayAnswer, "GatewayAnswer", { effect: 63, answer: 9, refusal: 127, decision: 55,  });
handle!(medledger_sdk::api::HeldRecord, "HeldRecord", "held record");
handle!(medledger_sdk::api::Gateway, "Gateway", "gateway");

#[wasm_bindgen]
pub fn held_record_new(
    proof: &JsValue,
    sealed: u32,
    secret: u32,
    chain: &JsValue,
) -> Result<JsValue, JsValue> {
    let proof = argument::<Vec<u8>>(proof, "proof")?;
    let sealed = held::<medledger_sdk::api::SealedRecord>(sealed, "sealed")?;
    let secret = held::<medledger_sdk::api::AgreementKey>(secret, "secret")?;
    let chain = argument::<String>(chain, "chain")?;
    let sealed = shared(&sealed)?;
    let secret = shared(&secret)?;
    let given = answer(medledger_sdk::api::HeldRecord::new(&proof, &sealed, &secret, &chain))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn gateway_new(did: &JsValue, device: u32) -> Result<JsValue, JsValue> {
    let did = argument::<String>(did, "did")?;
    let device = held::<medledger_sdk::api::Key>(device, "device")?;
    let device = shared(&device)?;
    let given = answer(medledger_sdk::api::Gateway::new(&did, &device))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn gateway_from_bytes(logs: &JsValue, device: u32) -> Result<JsValue, JsValue> {
    let logs = argument::<Vec<u8>>(logs, "logs")?;
    let device = held::<medledger_sdk::api::Key>(device, "device")?;
    let device = shared(&device)?;
    let given = answer(medledger_sdk::api::Gateway::from_bytes(&logs, &device))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn gateway_to_bytes(this: u32) -> Result<JsValue, JsValue> {
    let this = held::<medledger_sdk::api::Gateway>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.to_bytes())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn gateway_question(this: u32, request: &JsValue, held: Option<u32>) -> Result<JsValue, JsValue> {
    let request = argument::<Vec<u8>>(request, "request")?;
    let held = held.map(|key| held::<medledger_sdk::api::HeldRecord>(key, "held")).transpose()?;
    let this = held::<medledger_sdk::api::Gateway>(this, "this")?;
    let this = shared(&this)?;
    let held = held.as_ref().map(shared).transpose()?;
    let given = answer(this.question(&request, held.as_deref()))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn gateway_release(
    this: u32,
    request: &JsValue,
    held: Option<u32>,
    proof: &JsValue,
    client: u32,
) -> Result<JsValue, JsValue> {
    let request = argument::<Vec<u8>>(request, "request")?;
    let held = held.map(|key| held::<medledger_sdk::api::HeldRecord>(key, "held")).transpose()?;
    let proof = argument::<Vec<u8>>(proof, "proof")?;
    let client = held::<medledger_sdk::api::LightClient>(client, "client")?;
    let mut rng = entropy()?;
    let this = held::<medledger_sdk::api::Gateway>(this, "this")?;
    let mut this = exclusive(&this)?;
    let held = held.as_ref().map(shared).transpose()?;
    let client = shared(&client)?;
    let given = answer(this.release(&request, held.as_deref(), &proof, &client, &mut rng))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn gateway_close_session(this: u32, session: &JsValue, now: &JsValue) -> Result<JsValue, JsValue> {
    let session = argument::<String>(session, "session")?;
    let now = argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = held::<medledger_sdk::api::Gateway>(this, "this")?;
    let mut this = exclusive(&this)?;
    answer(this.close_session(&session, now))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn gateway_open_sessions(this: u32) -> Result<JsValue, JsValue> {
    let this = held::<medledger_sdk::api::Gateway>(this, "this")?;
    let this = shared(&this)?;
    let given = this.open_sessions();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn gateway_anchor(this: u32, sender: &JsValue) -> Result<JsValue, JsValue> {
    let sender = argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let this = held::<medledger_sdk::api::Gateway>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.anchor(&sender))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn gateway_anchored(this: u32, report: u32) -> Result<JsValue, JsValue> {
    let report = held::<medledger_sdk::api::Draft>(report, "report")?;
    let this = held::<medledger_sdk::api::Gateway>(this, "this")?;
    let mut this = exclusive(&this)?;
    let report = shared(&report)?;
    answer(this.anchored(&report))?;
    Ok(JsValue::UNDEFINED)
}
