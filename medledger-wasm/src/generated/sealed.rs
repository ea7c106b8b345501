//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, handle, value, word};

word!(medledger_sdk::api::SealSuite, "SealSuite");
value!(medledger_sdk::api::SealedHeader, "SealedHeader", { suite: 161, form: 70, length: 93, header_size: 76, container_size: 41, commitments: 36, key_commitment: 87,  });
value!(medledger_sdk::api::DestroyedRecord, "DestroyedRecord", { commitments: 36, key_commitment: 87, recipients: 122, at: 13,  });
handle!(medledger_sdk::api::SealedRecord, "SealedRecord", "sealed record");
handle!(medledger_sdk::api::OpenedRecord, "OpenedRecord", "opened record");

#[wasm_bindgen]
pub fn on_sealed_record_from_bytes(bytes: &JsValue) -> Result<JsValue, JsValue> {
    let bytes = support::argument::<Vec<u8>>(bytes, "bytes")?;
    let given = support::answer(medledger_sdk::api::SealedRecord::from_bytes(&bytes))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sealed_record_from_container(container: &JsValue) -> Result<JsValue, JsValue> {
    let container = support::argument::<Vec<u8>>(container, "container")?;
    let given = support::answer(medledger_sdk::api::SealedRecord::from_container(&container))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sealed_record_from_beginning(container: &JsValue) -> Result<JsValue, JsValue> {
    let container = support::argument::<Vec<u8>>(container, "container")?;
    let given = support::answer(medledger_sdk::api::SealedRecord::from_beginning(&container))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sealed_record_to_bytes(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::SealedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.to_bytes())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sealed_record_container(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::SealedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.container())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sealed_record_header(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::SealedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.header())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sealed_record_commitments(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::SealedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.commitments())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sealed_record_recipients(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::SealedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.recipients();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sealed_record_check(this: u32, chain: &JsValue, commitments: &JsValue) -> Result<JsValue, JsValue> {
    let chain = support::argument::<String>(chain, "chain")?;
    let commitments = support::argument::<medledger_sdk::api::Commitments>(commitments, "commitments")?;
    let this = support::held::<medledger_sdk::api::SealedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    support::answer(this.check(&chain, &commitments))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn on_sealed_record_key(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::SealedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.key())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sealed_record_unwrap(this: u32, secret: u32, chain: &JsValue) -> Result<JsValue, JsValue> {
    let secret = support::held::<medledger_sdk::api::AgreementKey>(secret, "secret")?;
    let chain = support::argument::<String>(chain, "chain")?;
    let this = support::held::<medledger_sdk::api::SealedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let secret = support::shared(&secret)?;
    let given = support::answer(this.unwrap(&secret, &chain))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sealed_record_wrap_to(
    this: u32,
    key: u32,
    chain: &JsValue,
    recipients: &JsValue,
) -> Result<JsValue, JsValue> {
    let key = support::held::<medledger_sdk::api::RecordKey>(key, "key")?;
    let chain = support::argument::<String>(chain, "chain")?;
    let recipients = support::argument::<Vec<Vec<u8>>>(recipients, "recipients")?;
    let mut rng = support::entropy()?;
    let this = support::held::<medledger_sdk::api::SealedRecord>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let key = support::shared(&key)?;
    support::answer(this.wrap_to(&key, &chain, &recipients, &mut rng))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn on_sealed_record_open_facts(this: u32, key: u32) -> Result<JsValue, JsValue> {
    let key = support::held::<medledger_sdk::api::RecordKey>(key, "key")?;
    let this = support::held::<medledger_sdk::api::SealedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let key = support::shared(&key)?;
    let given = support::answer(this.open_facts(&key))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sealed_record_open(
    this: u32,
    key: u32,
    commitments: &JsValue,
    progress: &JsValue,
) -> Result<JsValue, JsValue> {
    let key = support::held::<medledger_sdk::api::RecordKey>(key, "key")?;
    let commitments = support::argument::<medledger_sdk::api::Commitments>(commitments, "commitments")?;
    let progress = support::Caller::progress(progress)?;
    let this = support::held::<medledger_sdk::api::SealedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let key = support::shared(&key)?;
    let given = progress.answer(this.open(&key, &commitments, &mut &progress))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sealed_record_destroy_key(this: u32, at: &JsValue) -> Result<JsValue, JsValue> {
    let at = support::argument::<medledger_sdk::api::Time>(at, "at")?;
    let this = support::held::<medledger_sdk::api::SealedRecord>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let given = support::answer(this.destroy_key(at))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sealed_record_destroyed(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::SealedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.destroyed();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_opened_record_from_opening(opening: &JsValue) -> Result<JsValue, JsValue> {
    let opening = support::argument::<Vec<u8>>(opening, "opening")?;
    let given = support::answer(medledger_sdk::api::OpenedRecord::from_opening(&opening))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_opened_record_original(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::OpenedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.original();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_opened_record_content(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::OpenedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.content();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_opened_record_facts(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::OpenedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.facts();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_opened_record_commitments(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::OpenedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.commitments())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_opened_record_opening(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::OpenedRecord>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.opening())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn read_sealed_header(container: &JsValue) -> Result<JsValue, JsValue> {
    let container = support::argument::<Vec<u8>>(container, "container")?;
    let given = support::answer(medledger_sdk::api::read_sealed_header(&container))?;
    Ok(given.into_js())
}
