//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, value};

value!(medledger_sdk::api::BundleEntry, "BundleEntry", { full_url: 73, resource_type: 134, id: 79, title: 168, facts: 68, canonical: 26,  });

#[wasm_bindgen]
pub fn canonical_fhir(json: &JsValue) -> Result<JsValue, JsValue> {
    let json = support::argument::<Vec<u8>>(json, "json")?;
    let given = support::answer(medledger_sdk::api::canonical_fhir(&json))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn read_bundle(json: &JsValue) -> Result<JsValue, JsValue> {
    let json = support::argument::<Vec<u8>>(json, "json")?;
    let given = support::answer(medledger_sdk::api::read_bundle(&json))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn fhir_interval(date: &JsValue, zone: &JsValue) -> Result<JsValue, JsValue> {
    let date = support::argument::<String>(date, "date")?;
    let zone = support::argument::<Option<String>>(zone, "zone")?;
    let given = support::answer(medledger_sdk::api::fhir_interval(&date, zone.as_deref()))?;
    Ok(given.into_js())
}
