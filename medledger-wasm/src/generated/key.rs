//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, handle};

handle!(medledger_sdk::api::Key, "Key", "key");
handle!(medledger_sdk::api::AgreementKey, "AgreementKey", "agreement key");

#[wasm_bindgen]
pub fn on_key_draw() -> Result<JsValue, JsValue> {
    let mut rng = support::entropy()?;
    let given = medledger_sdk::api::Key::draw(&mut rng);
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_key_from_seed(seed: &JsValue) -> Result<JsValue, JsValue> {
    let seed = support::argument::<Vec<u8>>(seed, "seed")?;
    let given = support::answer(medledger_sdk::api::Key::from_seed(&seed))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_key_seed(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Key>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.seed();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_key_id(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Key>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.id();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_key_public_key(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Key>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.public_key();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_key_sign(this: u32, message: &JsValue) -> Result<JsValue, JsValue> {
    let message = support::argument::<Vec<u8>>(message, "message")?;
    let this = support::held::<medledger_sdk::api::Key>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.sign(&message);
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_agreement_key_draw() -> Result<JsValue, JsValue> {
    let mut rng = support::entropy()?;
    let given = medledger_sdk::api::AgreementKey::draw(&mut rng);
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_agreement_key_from_secret(secret: &JsValue) -> Result<JsValue, JsValue> {
    let secret = support::argument::<Vec<u8>>(secret, "secret")?;
    let given = support::answer(medledger_sdk::api::AgreementKey::from_secret(&secret))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_agreement_key_secret(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::AgreementKey>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.secret();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_agreement_key_public_key(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::AgreementKey>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.public_key();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn key_id(public_key: &JsValue) -> Result<JsValue, JsValue> {
    let public_key = support::argument::<Vec<u8>>(public_key, "publicKey")?;
    let given = support::answer(medledger_sdk::api::key_id(&public_key))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn did_key(public_key: &JsValue) -> Result<JsValue, JsValue> {
    let public_key = support::argument::<Vec<u8>>(public_key, "publicKey")?;
    let given = support::answer(medledger_sdk::api::did_key(&public_key))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn successor_digest(public_key: &JsValue) -> Result<JsValue, JsValue> {
    let public_key = support::argument::<Vec<u8>>(public_key, "publicKey")?;
    let given = support::answer(medledger_sdk::api::successor_digest(&public_key))?;
    Ok(given.into_js())
}
