//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{Caller, IntoJs, answer, argument, exclusive, handle, held, shared, value};

value!(medledger_sdk::api::TransactionResult, "TransactionResult", { transaction: 169, rule: 140, subjects: 158,  });
value!(medledger_sdk::api::BlockSummary, "BlockSummary", { height: 77, time: 166, app_root: 10, results: 135,  });
value!(medledger_sdk::api::CertifiedBlock, "CertifiedBlock", { block: 22, evidence: 67,  });
handle!(medledger_sdk::api::Ledger, "Ledger", "ledger");
handle!(medledger_sdk::api::Proposal, "Proposal", "proposal");

#[wasm_bindgen]
pub fn ledger_new(genesis: &JsValue) -> Result<JsValue, JsValue> {
    let genesis = argument::<Vec<u8>>(genesis, "genesis")?;
    let given = answer(medledger_sdk::api::Ledger::new(&genesis))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_open(bytes: &JsValue, now: &JsValue, progress: &JsValue) -> Result<JsValue, JsValue> {
    let bytes = argument::<Vec<u8>>(bytes, "bytes")?;
    let now = argument::<medledger_sdk::api::Time>(now, "now")?;
    let progress = Caller::progress(progress)?;
    let given = progress.answer(medledger_sdk::api::Ledger::open(&bytes, now, &mut &progress))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_to_bytes(this: u32) -> Result<JsValue, JsValue> {
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.to_bytes())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_genesis(this: u32) -> Result<JsValue, JsValue> {
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.genesis())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_status(this: u32) -> Result<JsValue, JsValue> {
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = this.status();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_submit(this: u32, transaction: &JsValue, now: &JsValue) -> Result<JsValue, JsValue> {
    let transaction = argument::<Vec<u8>>(transaction, "transaction")?;
    let now = argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let mut this = exclusive(&this)?;
    let given = answer(this.submit(&transaction, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_produce(this: u32, validator: u32, now: &JsValue) -> Result<JsValue, JsValue> {
    let validator = held::<medledger_sdk::api::Key>(validator, "validator")?;
    let now = argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let mut this = exclusive(&this)?;
    let validator = shared(&validator)?;
    let given = answer(this.produce(&validator, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_propose(this: u32, validator: &JsValue, now: &JsValue) -> Result<JsValue, JsValue> {
    let validator = argument::<Vec<u8>>(validator, "validator")?;
    let now = argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.propose(&validator, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_certify(
    this: u32,
    proposal: u32,
    validator: &JsValue,
    signature: &JsValue,
) -> Result<JsValue, JsValue> {
    let proposal = held::<medledger_sdk::api::Proposal>(proposal, "proposal")?;
    let validator = argument::<Vec<u8>>(validator, "validator")?;
    let signature = argument::<Vec<u8>>(signature, "signature")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let mut this = exclusive(&this)?;
    let proposal = shared(&proposal)?;
    let given = answer(this.certify(&proposal, &validator, &signature))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_accept(this: u32, block: &JsValue, now: &JsValue) -> Result<JsValue, JsValue> {
    let block = argument::<medledger_sdk::api::CertifiedBlock>(block, "block")?;
    let now = argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let mut this = exclusive(&this)?;
    let given = answer(this.accept(&block, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_block(this: u32, height: &JsValue) -> Result<JsValue, JsValue> {
    let height = argument::<u64>(height, "height")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.block(height))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_block_summary(this: u32, height: &JsValue) -> Result<JsValue, JsValue> {
    let height = argument::<u64>(height, "height")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.block_summary(height))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_header(this: u32, height: &JsValue) -> Result<JsValue, JsValue> {
    let height = argument::<u64>(height, "height")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.header(height))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_transaction(this: u32, id: &JsValue) -> Result<JsValue, JsValue> {
    let id = argument::<String>(id, "id")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.transaction(&id))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_sender(
    this: u32,
    did: &JsValue,
    key: &JsValue,
    now: &JsValue,
    valid_for: &JsValue,
) -> Result<JsValue, JsValue> {
    let did = argument::<String>(did, "did")?;
    let key = argument::<String>(key, "key")?;
    let now = argument::<medledger_sdk::api::Time>(now, "now")?;
    let valid_for = argument::<u64>(valid_for, "validFor")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.sender(&did, &key, now, valid_for))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_identity(this: u32, did: &JsValue) -> Result<JsValue, JsValue> {
    let did = argument::<String>(did, "did")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.identity(&did))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_control(this: u32, did: &JsValue) -> Result<JsValue, JsValue> {
    let did = argument::<String>(did, "did")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.control(&did))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_consent(this: u32, consent: &JsValue, now: &JsValue) -> Result<JsValue, JsValue> {
    let consent = argument::<String>(consent, "consent")?;
    let now = argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.consent(&consent, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_consents(this: u32, subject: &JsValue, now: &JsValue) -> Result<JsValue, JsValue> {
    let subject = argument::<String>(subject, "subject")?;
    let now = argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.consents(&subject, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_grant(
    this: u32,
    patient: &JsValue,
    terms: &JsValue,
    now: &JsValue,
) -> Result<JsValue, JsValue> {
    let patient = argument::<medledger_sdk::api::Sender>(patient, "patient")?;
    let terms = argument::<medledger_sdk::api::Terms>(terms, "terms")?;
    let now = argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.grant(&patient, &terms, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_amend(
    this: u32,
    patient: &JsValue,
    consent: &JsValue,
    terms: &JsValue,
    now: &JsValue,
) -> Result<JsValue, JsValue> {
    let patient = argument::<medledger_sdk::api::Sender>(patient, "patient")?;
    let consent = argument::<String>(consent, "consent")?;
    let terms = argument::<medledger_sdk::api::Terms>(terms, "terms")?;
    let now = argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.amend(&patient, &consent, &terms, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_timeline(this: u32, subject: &JsValue) -> Result<JsValue, JsValue> {
    let subject = argument::<String>(subject, "subject")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.timeline(&subject))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_access_log(this: u32, subject: &JsValue, now: &JsValue) -> Result<JsValue, JsValue> {
    let subject = argument::<String>(subject, "subject")?;
    let now = argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.access_log(&subject, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_authority_log(this: u32, subject: &JsValue) -> Result<JsValue, JsValue> {
    let subject = argument::<String>(subject, "subject")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.authority_log(&subject))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_unclosed_sessions(this: u32, subject: &JsValue) -> Result<JsValue, JsValue> {
    let subject = argument::<String>(subject, "subject")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.unclosed_sessions(&subject))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_prove_log(this: u32, subject: &JsValue, log: &JsValue) -> Result<JsValue, JsValue> {
    let subject = argument::<String>(subject, "subject")?;
    let log = argument::<medledger_sdk::api::LogKind>(log, "log")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.prove_log(&subject, log))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_receipt(this: u32, transaction: &JsValue, subject: &JsValue) -> Result<JsValue, JsValue> {
    let transaction = argument::<String>(transaction, "transaction")?;
    let subject = argument::<String>(subject, "subject")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.receipt(&transaction, &subject))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_refreshed_receipt(
    this: u32,
    transaction: &JsValue,
    subject: &JsValue,
) -> Result<JsValue, JsValue> {
    let transaction = argument::<String>(transaction, "transaction")?;
    let subject = argument::<String>(subject, "subject")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.refreshed_receipt(&transaction, &subject))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_prove_state(this: u32, keys: &JsValue) -> Result<JsValue, JsValue> {
    let keys = argument::<Vec<String>>(keys, "keys")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.prove_state(&keys))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_prove_identity(this: u32, did: &JsValue) -> Result<JsValue, JsValue> {
    let did = argument::<String>(did, "did")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.prove_identity(&did))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_prove_consents(this: u32, subject: &JsValue) -> Result<JsValue, JsValue> {
    let subject = argument::<String>(subject, "subject")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.prove_consents(&subject))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn ledger_prove_access(this: u32, question: &JsValue) -> Result<JsValue, JsValue> {
    let question = argument::<medledger_sdk::api::AccessQuestion>(question, "question")?;
    let this = held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.prove_access(&question))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn proposal_to_sign(this: u32) -> Result<JsValue, JsValue> {
    let this = held::<medledger_sdk::api::Proposal>(this, "this")?;
    let this = shared(&this)?;
    let given = this.to_sign();
    Ok(given.into_js())
}
