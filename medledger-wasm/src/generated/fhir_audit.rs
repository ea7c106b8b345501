//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, value};

value!(medledger_sdk::api::KnownIdentity, "KnownIdentity", { did: 59, kind: 89,  });
value!(medledger_sdk::api::KnownRecord, "KnownRecord", { record: 123, version: 183, height: 77, facts: 68,  });
value!(medledger_sdk::api::LogKnowledge, "LogKnowledge", { identities: 80, records: 125, session_entries: 143, transactions: 170,  });

#[wasm_bindgen]
pub fn audit_events(client: u32, log: &JsValue, known: &JsValue) -> Result<JsValue, JsValue> {
    let client = support::held::<medledger_sdk::api::LightClient>(client, "client")?;
    let log = support::argument::<Vec<u8>>(log, "log")?;
    let known = support::argument::<medledger_sdk::api::LogKnowledge>(known, "known")?;
    let client = support::shared(&client)?;
    let given = support::answer(medledger_sdk::api::audit_events(&client, &log, &known))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn provenances(client: u32, timeline: &JsValue, known: &JsValue) -> Result<JsValue, JsValue> {
    let client = support::held::<medledger_sdk::api::LightClient>(client, "client")?;
    let timeline = support::argument::<Vec<u8>>(timeline, "timeline")?;
    let known = support::argument::<medledger_sdk::api::LogKnowledge>(known, "known")?;
    let client = support::shared(&client)?;
    let given = support::answer(medledger_sdk::api::provenances(&client, &timeline, &known))?;
    Ok(given.into_js())
}
