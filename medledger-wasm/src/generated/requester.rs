//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, handle, value};

value!(medledger_sdk::api::SessionAsk, "SessionAsk", { subject: 157, organisation: 108, credentials: 49, custodians: 52, consent: 38, consent_version: 39, legal_ground: 92, action: 3, purpose: 117, types: 172, categories: 28, period: 113, until: 175,  });
value!(medledger_sdk::api::ReleaseSummary, "ReleaseSummary", { effect: 63, session: 142, record: 123, custodian: 51,  });
handle!(medledger_sdk::api::Requester, "Requester", "requester");
handle!(medledger_sdk::api::OpenedSession, "OpenedSession", "opened session");
handle!(medledger_sdk::api::ReleasedRecord, "ReleasedRecord", "released record");

#[wasm_bindgen]
pub fn on_requester_new(did: &JsValue, device: u32) -> Result<JsValue, JsValue> {
    let did = support::argument::<String>(did, "did")?;
    let device = support::held::<medledger_sdk::api::Key>(device, "device")?;
    let device = support::shared(&device)?;
    let given = support::answer(medledger_sdk::api::Requester::new(&did, &device))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_requester_ask(this: u32, sender: &JsValue, ask: &JsValue) -> Result<JsValue, JsValue> {
    let sender = support::argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let ask = support::argument::<medledger_sdk::api::SessionAsk>(ask, "ask")?;
    let mut rng = support::entropy()?;
    let this = support::held::<medledger_sdk::api::Requester>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let given = support::answer(this.ask(&sender, &ask, &mut rng))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_requester_request(
    this: u32,
    session: u32,
    custodian: &JsValue,
    record: &JsValue,
) -> Result<JsValue, JsValue> {
    let session = support::held::<medledger_sdk::api::OpenedSession>(session, "session")?;
    let custodian = support::argument::<String>(custodian, "custodian")?;
    let record = support::argument::<String>(record, "record")?;
    let mut rng = support::entropy()?;
    let this = support::held::<medledger_sdk::api::Requester>(this, "this")?;
    let this = support::shared(&this)?;
    let session = support::shared(&session)?;
    let given = support::answer(this.request(&session, &custodian, &record, &mut rng))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_requester_open(
    this: u32,
    client: u32,
    session: u32,
    release: &JsValue,
) -> Result<JsValue, JsValue> {
    let client = support::held::<medledger_sdk::api::LightClient>(client, "client")?;
    let session = support::held::<medledger_sdk::api::OpenedSession>(session, "session")?;
    let release = support::argument::<Vec<u8>>(release, "release")?;
    let this = support::held::<medledger_sdk::api::Requester>(this, "this")?;
    let this = support::shared(&this)?;
    let client = support::shared(&client)?;
    let session = support::shared(&session)?;
    let given = support::answer(this.open(&client, &session, &release))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_opened_session_from_receipt(receipt: &JsValue, client: u32) -> Result<JsValue, JsValue> {
    let receipt = support::argument::<Vec<u8>>(receipt, "receipt")?;
    let client = support::held::<medledger_sdk::api::LightClient>(client, "client")?;
    let client = support::shared(&client)?;
    let given = support::answer(medledger_sdk::api::OpenedSession::from_receipt(&receipt, &client))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_opened_session_id(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::OpenedSession>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.id();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_opened_session_not_after(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::OpenedSession>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.not_after();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_released_record_proven(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::ReleasedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.proven();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_released_record_facts(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::ReleasedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.facts();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_released_record_content(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::ReleasedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.content();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_released_record_original(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::ReleasedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.original();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn read_release(release: &JsValue) -> Result<JsValue, JsValue> {
    let release = support::argument::<Vec<u8>>(release, "release")?;
    let given = support::answer(medledger_sdk::api::read_release(&release))?;
    Ok(given.into_js())
}
