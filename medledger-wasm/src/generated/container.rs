//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, handle};

handle!(medledger_sdk::api::ContentMeasure, "ContentMeasure", "content measure");
handle!(medledger_sdk::api::Sealer, "Sealer", "sealer");
handle!(medledger_sdk::api::Opener, "Opener", "opener");

#[wasm_bindgen]
pub fn on_content_measure_new(form: &JsValue, length: &JsValue, facts: &JsValue) -> Result<JsValue, JsValue> {
    let form = support::argument::<medledger_sdk::api::ContentForm>(form, "form")?;
    let length = support::argument::<u64>(length, "length")?;
    let facts = support::argument::<medledger_sdk::api::Facts>(facts, "facts")?;
    let mut rng = support::entropy()?;
    let given = support::answer(medledger_sdk::api::ContentMeasure::new(form, length, &facts, &mut rng))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_content_measure_feed(this: u32, piece: &JsValue) -> Result<JsValue, JsValue> {
    let piece = support::argument::<Vec<u8>>(piece, "piece")?;
    let this = support::held::<medledger_sdk::api::ContentMeasure>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    support::answer(this.feed(&piece))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn on_content_measure_seal(this: u32) -> Result<JsValue, JsValue> {
    let mut rng = support::entropy()?;
    let this = support::held::<medledger_sdk::api::ContentMeasure>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let given = support::answer(this.seal(&mut rng))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sealer_feed(this: u32, piece: &JsValue) -> Result<JsValue, JsValue> {
    let piece = support::argument::<Vec<u8>>(piece, "piece")?;
    let this = support::held::<medledger_sdk::api::Sealer>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let given = support::answer(this.feed(&piece))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sealer_finish(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Sealer>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let given = support::answer(this.finish())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sealer_key(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Sealer>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.key();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sealer_commitments(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Sealer>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.commitments();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_opener_new(key: u32, commitments: &JsValue) -> Result<JsValue, JsValue> {
    let key = support::held::<medledger_sdk::api::RecordKey>(key, "key")?;
    let commitments = support::argument::<medledger_sdk::api::Commitments>(commitments, "commitments")?;
    let key = support::shared(&key)?;
    let given = support::answer(medledger_sdk::api::Opener::new(&key, &commitments))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_opener_feed(this: u32, piece: &JsValue) -> Result<JsValue, JsValue> {
    let piece = support::argument::<Vec<u8>>(piece, "piece")?;
    let this = support::held::<medledger_sdk::api::Opener>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let given = support::answer(this.feed(&piece))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_opener_facts(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Opener>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.facts();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_opener_finish(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Opener>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let given = support::answer(this.finish())?;
    Ok(given.into_js())
}
