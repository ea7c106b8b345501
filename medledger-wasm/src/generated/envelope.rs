//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, value};

value!(medledger_sdk::api::ReplayWindow, "ReplayWindow", { base: 18, used: 176,  });
value!(medledger_sdk::api::TransactionView, "TransactionView", { id: 79, hash: 74, signer: 148, key: 85, counter: 47, signed_at: 147, valid_until: 179, operation: 106, operation_code: 107, body_hash: 23, approvals: 11, signed: 146, signature: 145,  });
value!(medledger_sdk::api::ApprovalView, "ApprovalView", { key: 85, signed: 146, signature: 145,  });

#[wasm_bindgen]
pub fn check_counter(window: &JsValue, counter: &JsValue) -> Result<JsValue, JsValue> {
    let window = support::argument::<medledger_sdk::api::ReplayWindow>(window, "window")?;
    let counter = support::argument::<u64>(counter, "counter")?;
    let given = support::answer(medledger_sdk::api::check_counter(&window, counter))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn read_transaction(transaction: &JsValue, chain: &JsValue) -> Result<JsValue, JsValue> {
    let transaction = support::argument::<Vec<u8>>(transaction, "transaction")?;
    let chain = support::argument::<String>(chain, "chain")?;
    let given = support::answer(medledger_sdk::api::read_transaction(&transaction, &chain))?;
    Ok(given.into_js())
}
