//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, handle, value};

value!(medledger_sdk::api::HeaderSummary, "HeaderSummary", { height: 77, time: 166, app_root: 10, state_root: 154,  });
handle!(medledger_sdk::api::LightClient, "LightClient", "light client");
handle!(medledger_sdk::api::ProvenState, "ProvenState", "proven state");

#[wasm_bindgen]
pub fn on_light_client_new(genesis: &JsValue, now: &JsValue) -> Result<JsValue, JsValue> {
    let genesis = support::argument::<Vec<u8>>(genesis, "genesis")?;
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let given = support::answer(medledger_sdk::api::LightClient::new(&genesis, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_light_client_chain(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::LightClient>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.chain();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_light_client_set_time(this: u32, now: &JsValue) -> Result<JsValue, JsValue> {
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = support::held::<medledger_sdk::api::LightClient>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    this.set_time(now);
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn on_light_client_trust(this: u32, header: &JsValue) -> Result<JsValue, JsValue> {
    let header = support::argument::<Vec<u8>>(header, "header")?;
    let this = support::held::<medledger_sdk::api::LightClient>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let given = support::answer(this.trust(&header))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_light_client_newest(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::LightClient>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.newest();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_light_client_check_file(this: u32, file: &JsValue) -> Result<JsValue, JsValue> {
    let file = support::argument::<Vec<u8>>(file, "file")?;
    let this = support::held::<medledger_sdk::api::LightClient>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.check_file(&file);
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_light_client_read_record(this: u32, file: &JsValue) -> Result<JsValue, JsValue> {
    let file = support::argument::<Vec<u8>>(file, "file")?;
    let this = support::held::<medledger_sdk::api::LightClient>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.read_record(&file))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_light_client_read_export(this: u32, file: &JsValue) -> Result<JsValue, JsValue> {
    let file = support::argument::<Vec<u8>>(file, "file")?;
    let this = support::held::<medledger_sdk::api::LightClient>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.read_export(&file))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_light_client_read_receipt(this: u32, receipt: &JsValue) -> Result<JsValue, JsValue> {
    let receipt = support::argument::<Vec<u8>>(receipt, "receipt")?;
    let this = support::held::<medledger_sdk::api::LightClient>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.read_receipt(&receipt))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_light_client_read_timeline(this: u32, proof: &JsValue) -> Result<JsValue, JsValue> {
    let proof = support::argument::<Vec<u8>>(proof, "proof")?;
    let this = support::held::<medledger_sdk::api::LightClient>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.read_timeline(&proof))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_light_client_read_access_log(this: u32, proof: &JsValue) -> Result<JsValue, JsValue> {
    let proof = support::argument::<Vec<u8>>(proof, "proof")?;
    let this = support::held::<medledger_sdk::api::LightClient>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.read_access_log(&proof))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_light_client_read_authority_log(this: u32, proof: &JsValue) -> Result<JsValue, JsValue> {
    let proof = support::argument::<Vec<u8>>(proof, "proof")?;
    let this = support::held::<medledger_sdk::api::LightClient>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.read_authority_log(&proof))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_light_client_read_state(this: u32, proof: &JsValue) -> Result<JsValue, JsValue> {
    let proof = support::argument::<Vec<u8>>(proof, "proof")?;
    let this = support::held::<medledger_sdk::api::LightClient>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.read_state(&proof))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_proven_state_header(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::ProvenState>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.header();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_proven_state_identity(this: u32, did: &JsValue) -> Result<JsValue, JsValue> {
    let did = support::argument::<String>(did, "did")?;
    let this = support::held::<medledger_sdk::api::ProvenState>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.identity(&did))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_proven_state_control(this: u32, did: &JsValue) -> Result<JsValue, JsValue> {
    let did = support::argument::<String>(did, "did")?;
    let this = support::held::<medledger_sdk::api::ProvenState>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.control(&did))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_proven_state_consents(this: u32, subject: &JsValue, now: &JsValue) -> Result<JsValue, JsValue> {
    let subject = support::argument::<String>(subject, "subject")?;
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = support::held::<medledger_sdk::api::ProvenState>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.consents(&subject, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_proven_state_sender(
    this: u32,
    did: &JsValue,
    key: &JsValue,
    now: &JsValue,
    valid_for: &JsValue,
) -> Result<JsValue, JsValue> {
    let did = support::argument::<String>(did, "did")?;
    let key = support::argument::<String>(key, "key")?;
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let valid_for = support::argument::<u64>(valid_for, "validFor")?;
    let this = support::held::<medledger_sdk::api::ProvenState>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.sender(&did, &key, now, valid_for))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_proven_state_grant(
    this: u32,
    patient: &JsValue,
    terms: &JsValue,
    now: &JsValue,
) -> Result<JsValue, JsValue> {
    let patient = support::argument::<medledger_sdk::api::Sender>(patient, "patient")?;
    let terms = support::argument::<medledger_sdk::api::Terms>(terms, "terms")?;
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = support::held::<medledger_sdk::api::ProvenState>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.grant(&patient, &terms, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_proven_state_amend(
    this: u32,
    patient: &JsValue,
    consent: &JsValue,
    terms: &JsValue,
    now: &JsValue,
) -> Result<JsValue, JsValue> {
    let patient = support::argument::<medledger_sdk::api::Sender>(patient, "patient")?;
    let consent = support::argument::<String>(consent, "consent")?;
    let terms = support::argument::<medledger_sdk::api::Terms>(terms, "terms")?;
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = support::held::<medledger_sdk::api::ProvenState>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.amend(&patient, &consent, &terms, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn check_proof(
    file: &JsValue,
    genesis: &JsValue,
    now: &JsValue,
    at_least: &JsValue,
) -> Result<JsValue, JsValue> {
    let file = support::argument::<Vec<u8>>(file, "file")?;
    let genesis = support::argument::<Vec<u8>>(genesis, "genesis")?;
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let at_least = support::argument::<Option<Vec<u8>>>(at_least, "atLeast")?;
    let given = support::answer(medledger_sdk::api::check_proof(&file, &genesis, now, at_least.as_deref()))?;
    Ok(given.into_js())
}
