//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{IntoJs, answer, argument, entropy, handle, held, shared, value, word};

word!(medledger_sdk::api::ContentForm, "ContentForm");
value!(medledger_sdk::api::WrappedKey, "WrappedKey", { chain: 30, commitments: 36, recipient: 121,  });
handle!(medledger_sdk::api::RecordKey, "RecordKey", "record key");

#[wasm_bindgen]
pub fn record_key_from_secret(secret: &JsValue) -> Result<JsValue, JsValue> {
    let secret = argument::<Vec<u8>>(secret, "secret")?;
    let given = answer(medledger_sdk::api::RecordKey::from_secret(&secret))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn record_key_secret(this: u32) -> Result<JsValue, JsValue> {
    let this = held::<medledger_sdk::api::RecordKey>(this, "this")?;
    let this = shared(&this)?;
    let given = this.secret();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn record_key_commitment(this: u32) -> Result<JsValue, JsValue> {
    let this = held::<medledger_sdk::api::RecordKey>(this, "this")?;
    let this = shared(&this)?;
    let given = this.commitment();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn record_key_commit(
    this: u32,
    content: &JsValue,
    form: &JsValue,
    facts: &JsValue,
) -> Result<JsValue, JsValue> {
    let content = argument::<Vec<u8>>(content, "content")?;
    let form = argument::<medledger_sdk::api::ContentForm>(form, "form")?;
    let facts = argument::<medledger_sdk::api::Facts>(facts, "facts")?;
    let this = held::<medledger_sdk::api::RecordKey>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.commit(&content, form, &facts))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn record_key_opening(this: u32, content: &JsValue, facts: &JsValue) -> Result<JsValue, JsValue> {
    let content = argument::<Vec<u8>>(content, "content")?;
    let facts = argument::<medledger_sdk::api::Facts>(facts, "facts")?;
    let this = held::<medledger_sdk::api::RecordKey>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.opening(&content, &facts))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn seal_record(content: &JsValue, form: &JsValue, facts: &JsValue) -> Result<JsValue, JsValue> {
    let content = argument::<Vec<u8>>(content, "content")?;
    let form = argument::<medledger_sdk::api::ContentForm>(form, "form")?;
    let facts = argument::<medledger_sdk::api::Facts>(facts, "facts")?;
    let mut rng = entropy()?;
    let given = answer(medledger_sdk::api::seal_record(&content, form, &facts, &mut rng))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn wrap_key(
    key: u32,
    chain: &JsValue,
    commitments: &JsValue,
    recipient: &JsValue,
) -> Result<JsValue, JsValue> {
    let key = held::<medledger_sdk::api::RecordKey>(key, "key")?;
    let chain = argument::<String>(chain, "chain")?;
    let commitments = argument::<medledger_sdk::api::Commitments>(commitments, "commitments")?;
    let recipient = argument::<Vec<u8>>(recipient, "recipient")?;
    let mut rng = entropy()?;
    let key = shared(&key)?;
    let given = answer(medledger_sdk::api::wrap_key(&key, &chain, &commitments, &recipient, &mut rng))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn unwrap_key(
    wrap: &JsValue,
    secret: u32,
    chain: &JsValue,
    commitments: &JsValue,
) -> Result<JsValue, JsValue> {
    let wrap = argument::<Vec<u8>>(wrap, "wrap")?;
    let secret = held::<medledger_sdk::api::AgreementKey>(secret, "secret")?;
    let chain = argument::<String>(chain, "chain")?;
    let commitments = argument::<medledger_sdk::api::Commitments>(commitments, "commitments")?;
    let secret = shared(&secret)?;
    let given = answer(medledger_sdk::api::unwrap_key(&wrap, &secret, &chain, &commitments))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn read_wrap(wrap: &JsValue) -> Result<JsValue, JsValue> {
    let wrap = argument::<Vec<u8>>(wrap, "wrap")?;
    let given = answer(medledger_sdk::api::read_wrap(&wrap))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn bundle_texts(bundle: &JsValue) -> Result<JsValue, JsValue> {
    let bundle = argument::<Vec<u8>>(bundle, "bundle")?;
    let given = answer(medledger_sdk::api::bundle_texts(&bundle))?;
    Ok(given.into_js())
}
