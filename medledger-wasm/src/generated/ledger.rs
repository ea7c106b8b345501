//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, handle, value};

value!(medledger_sdk::api::TransactionResult, "TransactionResult", { transaction: 169, rule: 140, subjects: 158,  });
value!(medledger_sdk::api::BlockSummary, "BlockSummary", { height: 77, time: 166, app_root: 10, results: 135,  });
value!(medledger_sdk::api::CertifiedBlock, "CertifiedBlock", { block: 22, evidence: 67,  });
handle!(medledger_sdk::api::Ledger, "Ledger", "ledger");
handle!(medledger_sdk::api::Proposal, "Proposal", "proposal");

#[wasm_bindgen]
pub fn on_ledger_new(genesis: &JsValue) -> Result<JsValue, JsValue> {
    let genesis = support::argument::<Vec<u8>>(genesis, "genesis")?;
    let given = support::answer(medledger_sdk::api::Ledger::new(&genesis))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_open(bytes: &JsValue, now: &JsValue, progress: &JsValue) -> Result<JsValue, JsValue> {
    let bytes = support::argument::<Vec<u8>>(bytes, "bytes")?;
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let progress = support::Caller::progress(progress)?;
    let given = progress.answer(medledger_sdk::api::Ledger::open(&bytes, now, &mut &progress))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_to_bytes(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.to_bytes())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_genesis(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.genesis())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_status(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.status();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_submit(this: u32, transaction: &JsValue, now: &JsValue) -> Result<JsValue, JsValue> {
    let transaction = support::argument::<Vec<u8>>(transaction, "transaction")?;
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let given = support::answer(this.submit(&transaction, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_produce(this: u32, validator: u32, now: &JsValue) -> Result<JsValue, JsValue> {
    let validator = support::held::<medledger_sdk::api::Key>(validator, "validator")?;
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let validator = support::shared(&validator)?;
    let given = support::answer(this.produce(&validator, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_propose(this: u32, validator: &JsValue, now: &JsValue) -> Result<JsValue, JsValue> {
    let validator = support::argument::<Vec<u8>>(validator, "validator")?;
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.propose(&validator, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_certify(
    this: u32,
    proposal: u32,
    validator: &JsValue,
    signature: &JsValue,
) -> Result<JsValue, JsValue> {
    let proposal = support::held::<medledger_sdk::api::Proposal>(proposal, "proposal")?;
    let validator = support::argument::<Vec<u8>>(validator, "validator")?;
    let signature = support::argument::<Vec<u8>>(signature, "signature")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let proposal = support::shared(&proposal)?;
    let given = support::answer(this.certify(&proposal, &validator, &signature))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_accept(this: u32, block: &JsValue, now: &JsValue) -> Result<JsValue, JsValue> {
    let block = support::argument::<medledger_sdk::api::CertifiedBlock>(block, "block")?;
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let given = support::answer(this.accept(&block, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_block(this: u32, height: &JsValue) -> Result<JsValue, JsValue> {
    let height = support::argument::<u64>(height, "height")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.block(height))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_block_summary(this: u32, height: &JsValue) -> Result<JsValue, JsValue> {
    let height = support::argument::<u64>(height, "height")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.block_summary(height))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_header(this: u32, height: &JsValue) -> Result<JsValue, JsValue> {
    let height = support::argument::<u64>(height, "height")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.header(height))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_transaction(this: u32, id: &JsValue) -> Result<JsValue, JsValue> {
    let id = support::argument::<String>(id, "id")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.transaction(&id))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_sender(
    this: u32,
    did: &JsValue,
    key: &JsValue,
    now: &JsValue,
    valid_for: &JsValue,
) -> Result<JsValue, JsValue> {
    let did = support::argument::<String>(did, "did")?;
    let key = support::argument::<String>(key, "key")?;
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let valid_for = support::argument::<u64>(valid_for, "validFor")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.sender(&did, &key, now, valid_for))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_identity(this: u32, did: &JsValue) -> Result<JsValue, JsValue> {
    let did = support::argument::<String>(did, "did")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.identity(&did))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_control(this: u32, did: &JsValue) -> Result<JsValue, JsValue> {
    let did = support::argument::<String>(did, "did")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.control(&did))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_consent(this: u32, consent: &JsValue, now: &JsValue) -> Result<JsValue, JsValue> {
    let consent = support::argument::<String>(consent, "consent")?;
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.consent(&consent, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_consents(this: u32, subject: &JsValue, now: &JsValue) -> Result<JsValue, JsValue> {
    let subject = support::argument::<String>(subject, "subject")?;
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.consents(&subject, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_grant(
    this: u32,
    patient: &JsValue,
    terms: &JsValue,
    now: &JsValue,
) -> Result<JsValue, JsValue> {
    let patient = support::argument::<medledger_sdk::api::Sender>(patient, "patient")?;
    let terms = support::argument::<medledger_sdk::api::Terms>(terms, "terms")?;
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.grant(&patient, &terms, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_amend(
    this: u32,
    patient: &JsValue,
    consent: &JsValue,
    terms: &JsValue,
    now: &JsValue,
) -> Result<JsValue, JsValue> {
    let patient = support::argument::<medledger_sdk::api::Sender>(patient, "patient")?;
    let consent = support::argument::<String>(consent, "consent")?;
    let terms = support::argument::<medledger_sdk::api::Terms>(terms, "terms")?;
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.amend(&patient, &consent, &terms, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_timeline(this: u32, subject: &JsValue) -> Result<JsValue, JsValue> {
    let subject = support::argument::<String>(subject, "subject")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.timeline(&subject))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_access_log(this: u32, subject: &JsValue, now: &JsValue) -> Result<JsValue, JsValue> {
    let subject = support::argument::<String>(subject, "subject")?;
    let now = support::argument::<medledger_sdk::api::Time>(now, "now")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.access_log(&subject, now))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_authority_log(this: u32, subject: &JsValue) -> Result<JsValue, JsValue> {
    let subject = support::argument::<String>(subject, "subject")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.authority_log(&subject))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_unclosed_sessions(this: u32, subject: &JsValue) -> Result<JsValue, JsValue> {
    let subject = support::argument::<String>(subject, "subject")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.unclosed_sessions(&subject))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_prove_log(this: u32, subject: &JsValue, log: &JsValue) -> Result<JsValue, JsValue> {
    let subject = support::argument::<String>(subject, "subject")?;
    let log = support::argument::<medledger_sdk::api::LogKind>(log, "log")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.prove_log(&subject, log))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_receipt(this: u32, transaction: &JsValue, subject: &JsValue) -> Result<JsValue, JsValue> {
    let transaction = support::argument::<String>(transaction, "transaction")?;
    let subject = support::argument::<String>(subject, "subject")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.receipt(&transaction, &subject))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_refreshed_receipt(
    this: u32,
    transaction: &JsValue,
    subject: &JsValue,
) -> Result<JsValue, JsValue> {
    let transaction = support::argument::<String>(transaction, "transaction")?;
    let subject = support::argument::<String>(subject, "subject")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.refreshed_receipt(&transaction, &subject))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_prove_state(this: u32, keys: &JsValue) -> Result<JsValue, JsValue> {
    let keys = support::argument::<Vec<String>>(keys, "keys")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.prove_state(&keys))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_prove_identity(this: u32, did: &JsValue) -> Result<JsValue, JsValue> {
    let did = support::argument::<String>(did, "did")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.prove_identity(&did))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_prove_consents(this: u32, subject: &JsValue) -> Result<JsValue, JsValue> {
    let subject = support::argument::<String>(subject, "subject")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.prove_consents(&subject))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_ledger_prove_access(this: u32, question: &JsValue) -> Result<JsValue, JsValue> {
    let question = support::argument::<medledger_sdk::api::AccessQuestion>(question, "question")?;
    let this = support::held::<medledger_sdk::api::Ledger>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.prove_access(&question))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_proposal_to_sign(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Proposal>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.to_sign();
    Ok(given.into_js())
}
