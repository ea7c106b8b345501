//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{IntoJs, answer, argument, entropy, exclusive, handle, held, shared};

handle!(medledger_sdk::api::ContentMeasure, "ContentMeasure", "content measure");
handle!(medledger_sdk::api::Sealer, "Sealer", "sealer");
handle!(medledger_sdk::api::Opener, "Opener", "opener");

#[wasm_bindgen]
pub fn content_measure_new(form: &JsValue, length: &JsValue, facts: &JsValue) -> Result<JsValue, JsValue> {
    let form = argument::<medledger_sdk::api::ContentForm>(form, "form")?;
    let length = argument::<u64>(length, "length")?;
    let facts = argument::<medledger_sdk::api::Facts>(facts, "facts")?;
    let mut rng = entropy()?;
    let given = answer(medledger_sdk::api::ContentMeasure::new(form, length, &facts, &mut rng))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn content_measure_feed(this: u32, piece: &JsValue) -> Result<JsValue, JsValue> {
    let piece = argument::<Vec<u8>>(piece, "piece")?;
    let this = held::<medledger_sdk::api::ContentMeasure>(this, "this")?;
    let mut this = exclusive(&this)?;
    answer(this.feed(&piece))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn content_measure_seal(this: u32) -> Result<JsValue, JsValue> {
    let mut rng = entropy()?;
    let this = held::<medledger_sdk::api::ContentMeasure>(this, "this")?;
    let mut this = exclusive(&this)?;
    let given = answer(this.seal(&mut rng))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn sealer_feed(this: u32, piece: &JsValue) -> Result<JsValue, JsValue> {
    let piece = argument::<Vec<u8>>(piece, "piece")?;
    let this = held::<medledger_sdk::api::Sealer>(this, "this")?;
    let mut this = exclusive(&this)?;
    let given = answer(this.feed(&piece))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn sealer_finish(this: u32) -> Result<JsValue, JsValue> {
    let this = held::<medledger_sdk::api::Sealer>(this, "this")?;
    let mut this = exclusive(&this)?;
    let given = answer(this.finish())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn sealer_key(this: u32) -> Result<JsValue, JsValue> {
    let this = held::<medledger_sdk::api::Sealer>(this, "this")?;
    let this = shared(&this)?;
    let given = this.key();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn sealer_commitments(this: u32) -> Result<JsValue, JsValue> {
    let this = held::<medledger_sdk::api::Sealer>(this, "this")?;
    let this = shared(&this)?;
    let given = this.commitments();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn opener_new(key: u32, commitments: &JsValue) -> Result<JsValue, JsValue> {
    let key = held::<medledger_sdk::api::RecordKey>(key, "key")?;
    let commitments = argument::<medledger_sdk::api::Commitments>(commitments, "commitments")?;
    let key = shared(&key)?;
    let given = answer(medledger_sdk::api::Opener::new(&key, &commitments))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn opener_feed(this: u32, piece: &JsValue) -> Result<JsValue, JsValue> {
    let piece = argument::<Vec<u8>>(piece, "piece")?;
    let this = held::<medledger_sdk::api::Opener>(this, "this")?;
    let mut this = exclusive(&this)?;
    let given = answer(this.feed(&piece))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn opener_facts(this: u32) -> Result<JsValue, JsValue> {
    let this = held::<medledger_sdk::api::Opener>(this, "this")?;
    let this = shared(&this)?;
    let given = this.facts();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn opener_finish(this: u32) -> Result<JsValue, JsValue> {
    let this = held::<medledger_sdk::api::Opener>(this, "this")?;
    let mut this = exclusive(&this)?;
    let given = answer(this.finish())?;
    Ok(given.into_js())
}
