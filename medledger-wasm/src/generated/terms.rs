//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, value, word};

word!(medledger_sdk::api::DecisionEffect, "DecisionEffect");
value!(medledger_sdk::api::Terms, "Terms", { period: 113, effect: 63, criteria: 50, rules: 141, directive: 61, obligations: 103, uses: 177,  });
value!(medledger_sdk::api::Reach, "Reach", { set: 144, types: 172, categories: 28, codes: 35, labels: 90, records: 125, authors: 17, related: 129, period: 113,  });
value!(medledger_sdk::api::Request, "Request", { requester: 133, organisation: 108, roles: 137, action: 3, purpose: 117, reach: 119,  });
value!(medledger_sdk::api::Decision, "Decision", { effect: 63, reason: 120, path: 111, obligations: 103,  });
value!(medledger_sdk::api::NamedTerms, "NamedTerms", { consent: 38, terms: 164,  });
value!(medledger_sdk::api::Ground, "Ground", { overrides_deny: 109,  });

#[wasm_bindgen]
pub fn check_terms(terms: &JsValue) -> Result<JsValue, JsValue> {
    let terms = support::argument::<medledger_sdk::api::Terms>(terms, "terms")?;
    support::answer(medledger_sdk::api::check_terms(&terms))?;
    Ok(JsValue::UNDEFINED)
}

#[wasm_bindgen]
pub fn terms_to_bytes(terms: &JsValue) -> Result<JsValue, JsValue> {
    let terms = support::argument::<medledger_sdk::api::Terms>(terms, "terms")?;
    let given = support::answer(medledger_sdk::api::terms_to_bytes(&terms))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn terms_from_bytes(bytes: &JsValue) -> Result<JsValue, JsValue> {
    let bytes = support::argument::<Vec<u8>>(bytes, "bytes")?;
    let given = support::answer(medledger_sdk::api::terms_from_bytes(&bytes))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn decide(terms: &JsValue, request: &JsValue, at: &JsValue) -> Result<JsValue, JsValue> {
    let terms = support::argument::<medledger_sdk::api::Terms>(terms, "terms")?;
    let request = support::argument::<medledger_sdk::api::Request>(request, "request")?;
    let at = support::argument::<medledger_sdk::api::Time>(at, "at")?;
    let given = support::answer(medledger_sdk::api::decide(&terms, &request, at))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn decide_each(terms: &JsValue, requests: &JsValue, at: &JsValue) -> Result<JsValue, JsValue> {
    let terms = support::argument::<medledger_sdk::api::Terms>(terms, "terms")?;
    let requests = support::argument::<Vec<medledger_sdk::api::Request>>(requests, "requests")?;
    let at = support::argument::<medledger_sdk::api::Time>(at, "at")?;
    let given = support::answer(medledger_sdk::api::decide_each(&terms, &requests, at))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn decide_by_consent(
    consents: &JsValue,
    basis: &JsValue,
    request: &JsValue,
    at: &JsValue,
) -> Result<JsValue, JsValue> {
    let consents = support::argument::<Vec<medledger_sdk::api::NamedTerms>>(consents, "consents")?;
    let basis = support::argument::<String>(basis, "basis")?;
    let request = support::argument::<medledger_sdk::api::Request>(request, "request")?;
    let at = support::argument::<medledger_sdk::api::Time>(at, "at")?;
    let given = support::answer(medledger_sdk::api::decide_by_consent(&consents, &basis, &request, at))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn decide_by_ground(
    consents: &JsValue,
    ground: &JsValue,
    request: &JsValue,
    at: &JsValue,
) -> Result<JsValue, JsValue> {
    let consents = support::argument::<Vec<medledger_sdk::api::NamedTerms>>(consents, "consents")?;
    let ground = support::argument::<medledger_sdk::api::Ground>(ground, "ground")?;
    let request = support::argument::<medledger_sdk::api::Request>(request, "request")?;
    let at = support::argument::<medledger_sdk::api::Time>(at, "at")?;
    let given = support::answer(medledger_sdk::api::decide_by_ground(&consents, &ground, &request, at))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn grant_consent(patient: &JsValue, slot: &JsValue, terms: &JsValue) -> Result<JsValue, JsValue> {
    let patient = support::argument::<medledger_sdk::api::Sender>(patient, "patient")?;
    let slot = support::argument::<u64>(slot, "slot")?;
    let terms = support::argument::<medledger_sdk::api::Terms>(terms, "terms")?;
    let given = support::answer(medledger_sdk::api::grant_consent(&patient, slot, &terms))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn amend_consent(
    patient: &JsValue,
    consent: &JsValue,
    replaces: &JsValue,
    terms: &JsValue,
) -> Result<JsValue, JsValue> {
    let patient = support::argument::<medledger_sdk::api::Sender>(patient, "patient")?;
    let consent = support::argument::<String>(consent, "consent")?;
    let replaces = support::argument::<String>(replaces, "replaces")?;
    let terms = support::argument::<medledger_sdk::api::Terms>(terms, "terms")?;
    let given = support::answer(medledger_sdk::api::amend_consent(&patient, &consent, &replaces, &terms))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn revoke_consent(patient: &JsValue, consent: &JsValue) -> Result<JsValue, JsValue> {
    let patient = support::argument::<medledger_sdk::api::Sender>(patient, "patient")?;
    let consent = support::argument::<String>(consent, "consent")?;
    let given = support::answer(medledger_sdk::api::revoke_consent(&patient, &consent))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn consent_id(transaction: &JsValue) -> Result<JsValue, JsValue> {
    let transaction = support::argument::<String>(transaction, "transaction")?;
    let given = support::answer(medledger_sdk::api::consent_id(&transaction))?;
    Ok(given.into_js())
}
