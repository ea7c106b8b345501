//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, value};

value!(medledger_sdk::api::HashTag, "HashTag", { tag: 163, about: 0,  });

#[wasm_bindgen]
pub fn hash_tags() -> Result<JsValue, JsValue> {
    let given = medledger_sdk::api::hash_tags();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn tagged_hash(tag: &JsValue, data: &JsValue) -> Result<JsValue, JsValue> {
    let tag = support::argument::<String>(tag, "tag")?;
    let data = support::argument::<Vec<u8>>(data, "data")?;
    let given = support::answer(medledger_sdk::api::tagged_hash(&tag, &data))?;
    Ok(given.into_js())
}
