//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, value, word};

word!(medledger_sdk::api::CommitmentHash, "CommitmentHash");
value!(medledger_sdk::api::Facts, "Facts", { reference: 126, resource_type: 134, category: 29, codes: 35, labels: 90, authors: 17, related: 129, clinical: 32,  });
value!(medledger_sdk::api::Commitments, "Commitments", { hash: 74, content: 42, facts: 68,  });

#[wasm_bindgen]
pub fn commit(
    content: &JsValue,
    content_salt: &JsValue,
    facts: &JsValue,
    facts_salt: &JsValue,
) -> Result<JsValue, JsValue> {
    let content = support::argument::<Vec<u8>>(content, "content")?;
    let content_salt = support::argument::<Vec<u8>>(content_salt, "contentSalt")?;
    let facts = support::argument::<medledger_sdk::api::Facts>(facts, "facts")?;
    let facts_salt = support::argument::<Vec<u8>>(facts_salt, "factsSalt")?;
    let given = support::answer(medledger_sdk::api::commit(&content, &content_salt, &facts, &facts_salt))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn record_id(transaction: &JsValue, index: &JsValue) -> Result<JsValue, JsValue> {
    let transaction = support::argument::<String>(transaction, "transaction")?;
    let index = support::argument::<u64>(index, "index")?;
    let given = support::answer(medledger_sdk::api::record_id(&transaction, index))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn batch_record_id(batch: &JsValue, index: &JsValue) -> Result<JsValue, JsValue> {
    let batch = support::argument::<String>(batch, "batch")?;
    let index = support::argument::<u64>(index, "index")?;
    let given = support::answer(medledger_sdk::api::batch_record_id(&batch, index))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn record_version(
    record: &JsValue,
    version: &JsValue,
    commitments: &JsValue,
) -> Result<JsValue, JsValue> {
    let record = support::argument::<String>(record, "record")?;
    let version = support::argument::<u64>(version, "version")?;
    let commitments = support::argument::<medledger_sdk::api::Commitments>(commitments, "commitments")?;
    let given = support::answer(medledger_sdk::api::record_version(&record, version, &commitments))?;
    Ok(given.into_js())
}
