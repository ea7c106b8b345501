//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, handle, value};

value!(medledger_sdk::api::BatchEntry, "BatchEntry", { subject: 157, root: 138, count: 46,  });
value!(medledger_sdk::api::BatchMember, "BatchMember", { index: 83, commitments: 36, path: 111,  });
handle!(medledger_sdk::api::Batch, "Batch", "batch");

#[wasm_bindgen]
pub fn on_batch_new() -> Result<JsValue, JsValue> {
    let given = medledger_sdk::api::Batch::new();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_batch_seal_bundle(
    bundle: &JsValue,
    chain: &JsValue,
    recipients: &JsValue,
    progress: &JsValue,
) -> Result<JsValue, JsValue> {
    let bundle = support::argument::<Vec<u8>>(bundle, "bundle")?;
    let chain = support::argument::<String>(chain, "chain")?;
    let recipients = support::argument::<Vec<Vec<u8>>>(recipients, "recipients")?;
    let progress = support::Caller::progress(progress)?;
    let mut rng = support::entropy()?;
    let given = progress.answer(medledger_sdk::api::Batch::seal_bundle(
        &bundle,
        &chain,
        &recipients,
        &mut &progress,
        &mut rng,
    ))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_batch_push(this: u32, commitments: &JsValue) -> Result<JsValue, JsValue> {
    let commitments = support::argument::<medledger_sdk::api::Commitments>(commitments, "commitments")?;
    let this = support::held::<medledger_sdk::api::Batch>(this, "this")?;
    let mut this = support::exclusive(&this)?;
    let given = support::answer(this.push(&commitments))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_batch_count(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Batch>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.count();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_batch_root(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Batch>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.root();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_batch_commitments(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Batch>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.commitments();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_batch_entry(this: u32, subject: &JsValue) -> Result<JsValue, JsValue> {
    let subject = support::argument::<String>(subject, "subject")?;
    let this = support::held::<medledger_sdk::api::Batch>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.entry(&subject))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_batch_member(this: u32, index: &JsValue) -> Result<JsValue, JsValue> {
    let index = support::argument::<u64>(index, "index")?;
    let this = support::held::<medledger_sdk::api::Batch>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.member(index))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_batch_record(this: u32, index: &JsValue) -> Result<JsValue, JsValue> {
    let index = support::argument::<u64>(index, "index")?;
    let this = support::held::<medledger_sdk::api::Batch>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.record(index))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn batch_member(commitments: &JsValue, index: &JsValue) -> Result<JsValue, JsValue> {
    let commitments = support::argument::<Vec<medledger_sdk::api::Commitments>>(commitments, "commitments")?;
    let index = support::argument::<u64>(index, "index")?;
    let given = support::answer(medledger_sdk::api::batch_member(&commitments, index))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn anchor_record(
    sender: &JsValue,
    subject: &JsValue,
    commitments: &JsValue,
    custodian: &JsValue,
) -> Result<JsValue, JsValue> {
    let sender = support::argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let subject = support::argument::<String>(subject, "subject")?;
    let commitments = support::argument::<medledger_sdk::api::Commitments>(commitments, "commitments")?;
    let custodian = support::argument::<Option<String>>(custodian, "custodian")?;
    let given = support::answer(medledger_sdk::api::anchor_record(
        &sender,
        &subject,
        &commitments,
        custodian.as_deref(),
    ))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn anchor_batch(sender: &JsValue, entries: &JsValue, custodian: &JsValue) -> Result<JsValue, JsValue> {
    let sender = support::argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let entries = support::argument::<Vec<medledger_sdk::api::BatchEntry>>(entries, "entries")?;
    let custodian = support::argument::<Option<String>>(custodian, "custodian")?;
    let given = support::answer(medledger_sdk::api::anchor_batch(&sender, &entries, custodian.as_deref()))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn amend_record(
    sender: &JsValue,
    record: &JsValue,
    replaces: &JsValue,
    commitments: &JsValue,
) -> Result<JsValue, JsValue> {
    let sender = support::argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let record = support::argument::<String>(record, "record")?;
    let replaces = support::argument::<String>(replaces, "replaces")?;
    let commitments = support::argument::<medledger_sdk::api::Commitments>(commitments, "commitments")?;
    let given = support::answer(medledger_sdk::api::amend_record(&sender, &record, &replaces, &commitments))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn amend_batch_record(
    sender: &JsValue,
    batch: &JsValue,
    member: &JsValue,
    replaces: &JsValue,
    commitments: &JsValue,
) -> Result<JsValue, JsValue> {
    let sender = support::argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let batch = support::argument::<String>(batch, "batch")?;
    let member = support::argument::<medledger_sdk::api::BatchMember>(member, "member")?;
    let replaces = support::argument::<String>(replaces, "replaces")?;
    let commitments = support::argument::<medledger_sdk::api::Commitments>(commitments, "commitments")?;
    let given = support::answer(medledger_sdk::api::amend_batch_record(
        &sender,
        &batch,
        &member,
        &replaces,
        &commitments,
    ))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn retract_record(sender: &JsValue, record: &JsValue) -> Result<JsValue, JsValue> {
    let sender = support::argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let record = support::argument::<String>(record, "record")?;
    let given = support::answer(medledger_sdk::api::retract_record(&sender, &record))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn retract_batch_record(sender: &JsValue, batch: &JsValue, member: &JsValue) -> Result<JsValue, JsValue> {
    let sender = support::argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let batch = support::argument::<String>(batch, "batch")?;
    let member = support::argument::<medledger_sdk::api::BatchMember>(member, "member")?;
    let given = support::answer(medledger_sdk::api::retract_batch_record(&sender, &batch, &member))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn record_proof(receipt: &JsValue, member: &JsValue, opening: &JsValue) -> Result<JsValue, JsValue> {
    let receipt = support::argument::<Vec<u8>>(receipt, "receipt")?;
    let member = support::argument::<Option<medledger_sdk::api::BatchMember>>(member, "member")?;
    let opening = support::argument::<Option<Vec<u8>>>(opening, "opening")?;
    let given =
        support::answer(medledger_sdk::api::record_proof(&receipt, member.as_ref(), opening.as_deref()))?;
    Ok(given.into_js())
}
