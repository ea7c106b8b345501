//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, value, word};

word!(medledger_sdk::api::FhirConsentStatus, "FhirConsentStatus");
value!(medledger_sdk::api::ReferenceActor, "ReferenceActor", { reference: 126, actor: 5,  });
value!(medledger_sdk::api::ConsentOptions, "ConsentOptions", { zone: 188, actors: 6,  });
value!(medledger_sdk::api::ConsentReading, "ConsentReading", { terms: 164, unmatched: 174,  });
value!(medledger_sdk::api::ConsentAbout, "ConsentAbout", { status: 155, id: 79, patient: 112, date_time: 54,  });
value!(medledger_sdk::api::ConsentQuestion, "ConsentQuestion", { at: 13, purpose: 117, action: 3, resource_type: 134, actors: 6, roles: 137, codes: 35, labels: 90, record: 123, authors: 17, related: 129, data_period: 53, custodian: 51, zone: 188,  });
value!(medledger_sdk::api::ConsentAnswer, "ConsentAnswer", { effect: 63, reason: 120, path: 111, unmatched: 174,  });

#[wasm_bindgen]
pub fn read_consent(consent: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let consent = support::argument::<Vec<u8>>(consent, "consent")?;
    let options = support::argument::<medledger_sdk::api::ConsentOptions>(options, "options")?;
    let given = support::answer(medledger_sdk::api::read_consent(&consent, &options))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn read_consent_at(
    consent: &JsValue,
    options: &JsValue,
    at: &JsValue,
    custodian: &JsValue,
) -> Result<JsValue, JsValue> {
    let consent = support::argument::<Vec<u8>>(consent, "consent")?;
    let options = support::argument::<medledger_sdk::api::ConsentOptions>(options, "options")?;
    let at = support::argument::<medledger_sdk::api::Time>(at, "at")?;
    let custodian = support::argument::<Option<String>>(custodian, "custodian")?;
    let given =
        support::answer(medledger_sdk::api::read_consent_at(&consent, &options, at, custodian.as_deref()))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn write_consent(terms: &JsValue, about: &JsValue) -> Result<JsValue, JsValue> {
    let terms = support::argument::<medledger_sdk::api::Terms>(terms, "terms")?;
    let about = support::argument::<medledger_sdk::api::ConsentAbout>(about, "about")?;
    let given = support::answer(medledger_sdk::api::write_consent(&terms, &about))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn check_consent(consent: &JsValue, question: &JsValue) -> Result<JsValue, JsValue> {
    let consent = support::argument::<Vec<u8>>(consent, "consent")?;
    let question = support::argument::<medledger_sdk::api::ConsentQuestion>(question, "question")?;
    let given = support::answer(medledger_sdk::api::check_consent(&consent, &question))?;
    Ok(given.into_js())
}
