//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, handle, value, word};

word!(medledger_sdk::api::ContentForm, "ContentForm");
value!(medledger_sdk::api::WrappedKey, "WrappedKey", { chain: 30, commitments: 36, recipient: 121,  });
handle!(medledger_sdk::api::RecordKey, "RecordKey", "record key");

#[wasm_bindgen]
pub fn on_record_key_from_secret(secret: &JsValue) -> Result<JsValue, JsValue> {
    let secret = support::argument::<Vec<u8>>(secret, "secret")?;
    let given = support::answer(medledger_sdk::api::RecordKey::from_secret(&secret))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_record_key_secret(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::RecordKey>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.secret();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_record_key_commitment(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::RecordKey>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.commitment();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_record_key_commit(
    this: u32,
    content: &JsValue,
    form: &JsValue,
    facts: &JsValue,
) -> Result<JsValue, JsValue> {
    let content = support::argument::<Vec<u8>>(content, "content")?;
    let form = support::argument::<medledger_sdk::api::ContentForm>(form, "form")?;
    let facts = support::argument::<medledger_sdk::api::Facts>(facts, "facts")?;
    let this = support::held::<medledger_sdk::api::RecordKey>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.commit(&content, form, &facts))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_record_key_opening(this: u32, content: &JsValue, facts: &JsValue) -> Result<JsValue, JsValue> {
    let content = support::argument::<Vec<u8>>(content, "content")?;
    let facts = support::argument::<medledger_sdk::api::Facts>(facts, "facts")?;
    let this = support::held::<medledger_sdk::api::RecordKey>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.opening(&content, &facts))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn seal_record(content: &JsValue, form: &JsValue, facts: &JsValue) -> Result<JsValue, JsValue> {
    let content = support::argument::<Vec<u8>>(content, "content")?;
    let form = support::argument::<medledger_sdk::api::ContentForm>(form, "form")?;
    let facts = support::argument::<medledger_sdk::api::Facts>(facts, "facts")?;
    let mut rng = support::entropy()?;
    let given = support::answer(medledger_sdk::api::seal_record(&content, form, &facts, &mut rng))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn wrap_key(
    key: u32,
    chain: &JsValue,
    commitments: &JsValue,
    recipient: &JsValue,
) -> Result<JsValue, JsValue> {
    let key = support::held::<medledger_sdk::api::RecordKey>(key, "key")?;
    let chain = support::argument::<String>(chain, "chain")?;
    let commitments = support::argument::<medledger_sdk::api::Commitments>(commitments, "commitments")?;
    let recipient = support::argument::<Vec<u8>>(recipient, "recipient")?;
    let mut rng = support::entropy()?;
    let key = support::shared(&key)?;
    let given =
        support::answer(medledger_sdk::api::wrap_key(&key, &chain, &commitments, &recipient, &mut rng))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn unwrap_key(
    wrap: &JsValue,
    secret: u32,
    chain: &JsValue,
    commitments: &JsValue,
) -> Result<JsValue, JsValue> {
    let wrap = support::argument::<Vec<u8>>(wrap, "wrap")?;
    let secret = support::held::<medledger_sdk::api::AgreementKey>(secret, "secret")?;
    let chain = support::argument::<String>(chain, "chain")?;
    let commitments = support::argument::<medledger_sdk::api::Commitments>(commitments, "commitments")?;
    let secret = support::shared(&secret)?;
    let given = support::answer(medledger_sdk::api::unwrap_key(&wrap, &secret, &chain, &commitments))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn read_wrap(wrap: &JsValue) -> Result<JsValue, JsValue> {
    let wrap = support::argument::<Vec<u8>>(wrap, "wrap")?;
    let given = support::answer(medledger_sdk::api::read_wrap(&wrap))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn bundle_texts(bundle: &JsValue) -> Result<JsValue, JsValue> {
    let bundle = support::argument::<Vec<u8>>(bundle, "bundle")?;
    let given = support::answer(medledger_sdk::api::bundle_texts(&bundle))?;
    Ok(given.into_js())
}
