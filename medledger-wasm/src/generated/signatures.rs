//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, value};

value!(medledger_sdk::api::SignatureClaim, "SignatureClaim", { public_key: 115, message: 99, signature: 145,  });
value!(medledger_sdk::api::BadSignature, "BadSignature", { index: 83, fault: 69,  });

#[wasm_bindgen]
pub fn verify_signature(
    public_key: &JsValue,
    message: &JsValue,
    signature: &JsValue,
) -> Result<JsValue, JsValue> {
    let public_key = support::argument::<Vec<u8>>(public_key, "publicKey")?;
    let message = support::argument::<Vec<u8>>(message, "message")?;
    let signature = support::argument::<Vec<u8>>(signature, "signature")?;
    support::answer(medledger_sdk::api::verify_signature(&public_key, &message, &signature))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn verify_signatures(claims: &JsValue, progress: &JsValue) -> Result<JsValue, JsValue> {
    let claims = support::argument::<Vec<medledger_sdk::api::SignatureClaim>>(claims, "claims")?;
    let progress = support::Caller::progress(progress)?;
    let given = progress.answer(medledger_sdk::api::verify_signatures(&claims, &mut &progress))?;
    Ok(given.into_js())
}
