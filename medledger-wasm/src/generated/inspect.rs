//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, value};

value!(medledger_sdk::api::RuleInfo, "RuleInfo", { id: 79, code: 34, text: 165,  });

#[wasm_bindgen]
pub fn wire_types() -> Result<JsValue, JsValue> {
    let given = medledger_sdk::api::wire_types();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn inspect(kind: &JsValue, bytes: &JsValue) -> Result<JsValue, JsValue> {
    let kind = support::argument::<String>(kind, "kind")?;
    let bytes = support::argument::<Vec<u8>>(bytes, "bytes")?;
    let given = support::answer(medledger_sdk::api::inspect(&kind, &bytes))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn rules() -> Result<JsValue, JsValue> {
    let given = medledger_sdk::api::rules();
    Ok(given.into_js())
}
