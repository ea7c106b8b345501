//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, handle, value};

value!(medledger_sdk::api::GatewayAnswer, "GatewayAnswer", { effect: 63, answer: 9, refusal: 127, decision: 55,  });
handle!(medledger_sdk::api::HeldRecord, "HeldRecord", "held record");
handle!(medledger_sdk::api::Gateway, "Gateway", "gateway");

#[wasm_bindgen]
pub fn on_held_record_new(
    proof: &JsValue,
    sealed: u32,
    secret: u32,
    chain: &JsValue,
) -> Result<JsValue, JsValue> {
    let proof = support::argument::<Vec<u8>>(proof, "proof")?;
    let sealed = support::held::<medledger_sdk::api::SealedRecord>(sealed, "sealed")?;
    let secret = support::held::<medledger_sdk::api::AgreementKey>(secret, "secret")?;
    let chain = support::argument::<String>(chain, "chain")?;
    let sealed = support::shared(&sealed)?;
    let secret = support::shared(&secret)?;
    let given = support::answer(medledger_sdk::api::HeldRecord::new(&proof, &sealed, &secret, &chain))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_gateway_new(did: &JsValue, device: u32) -> Result<JsValue, JsValue> {
    let did = support::argument::<String>(did, "did")?;
    let device = support::held::<medledger_sdk::api::Key>(device, "device")?;
    let device = support::shared(&device)?;
    let given = support::answer(medledger_sdk::api::Gateway::new(&did, &device))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_gateway_from_bytes(logs: &JsValue, device: u32) -> Result<JsValue, JsValue> {
    let logs = support::argument::<Vec<u8>>(logs, "logs")?;
    let device = support::held::<medledger_sdk::api::Key>(device, "device")?;
    let device = support::shared(&device)?;
    let given = support::answer(medledger_sdk::api::Gateway::from_bytes(&logs, &device))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_gateway_to_bytes(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Gateway>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.to_bytes())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_gateway_question(this: u32, request: &JsValue, held: Option<u32>) -> Result<JsValue, JsValue> {
    let request = support::argument::<Vec<u8>>(request, "request")?;
    let held = held.map(|key| support::held::<medledger_sdk::api::HeldRecord>(key, "held")).transpose()?;
    let this = support::held::<medledger_sdk::api::Gateway>(this, "this")?;
    let this = support::shared(&this)?;
    let held = held.as_ref().map(support::shared).transpose()?;
    let given = support::answer(this.question(&request, held.as_deref()))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_gateway_release(
    this: u32,
    request: &JsValue,
    held: Option<u32>,
    proof: &JsValue,
    client: u32,
) -> Result<JsValue, JsValue> {
    let request = support::argument::<Vec<u8>>(request, "request")?;
    let held = held.map(|key| support::held::<medledger_sdk::api::HeldRecord>(key, "held")).transpose()?;
    let proof = support::argument::<Vec<u8>>(proof, "proof")?;
    let client = support::held::<medledger_sdk::api::LightClient>(client, "client")?;
    let mut rng = support::entropy()?;
    let this = support::held::<medledger_sdk::api::Gateway>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let held = held.as_ref().map(support::shared).transpose()?;
    let client = support::shared(&client)?;
    let given = support::answer(this.release(&request, held.as_deref(), &proof, &client, &mut rng))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_gateway_close_session(this: u32, session: &JsValue, now: &JsValue) -> Result<JsValue, JsValue> {
    let session = support::argument::<String>(session, "session")?;
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = support::held::<medledger_sdk::api::Gateway>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    support::answer(this.close_session(&session, now))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn on_gateway_open_sessions(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Gateway>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.open_sessions();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_gateway_anchor(this: u32, sender: &JsValue) -> Result<JsValue, JsValue> {
    let sender = support::argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let this = support::held::<medledger_sdk::api::Gateway>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.anchor(&sender))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_gateway_anchored(this: u32, report: u32) -> Result<JsValue, JsValue> {
    let report = support::held::<medledger_sdk::api::Draft>(report, "report")?;
    let this = support::held::<medledger_sdk::api::Gateway>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let report = support::shared(&report)?;
    support::answer(this.anchored(&report))?;
    Ok(JsValue::UNDEFINED)
}
