//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{Caller, IntoJs, answer, argument, entropy, exclusive, handle, held, shared, value};

value!(medledger_sdk::api::BatchEntry, "BatchEntry", { subject: 157, root: 138, count: 46,  });
value!(medledger_sdk::api::BatchMember, "BatchMember", { index: 83, commitments: 36, path: 111,  });
handle!(medledger_sdk::api::Batch, "Batch", "batch");

#[wasm_bindgen]
pub fn batch_new() -> Result<JsValue, JsValue> {
    let given = medledger_sdk::api::Batch::new();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn batch_seal_bundle(
    bundle: &JsValue,
    chain: &JsValue,
    recipients: &JsValue,
    progress: &JsValue,
) -> Result<JsValue, JsValue> {
    let bundle = argument::<Vec<u8>>(bundle, "bundle")?;
    let chain = argument::<String>(chain, "chain")?;
    let recipients = argument::<Vec<Vec<u8>>>(recipients, "recipients")?;
    let progress = Caller::progress(progress)?;
    let mut rng = entropy()?;
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
pub fn batch_push(this: u32, commitments: &JsValue) -> Result<JsValue, JsValue> {
    let commitments = argument::<medledger_sdk::api::Commitments>(commitments, "commitments")?;
    let this = held::<medledger_sdk::api::Batch>(this, "this")?;
    let mut this = exclusive(&this)?;
    let given = answer(this.push(&commitments))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn batch_count(this: u32) -> Result<JsValue, JsValue> {
    let this = held::<medledger_sdk::api::Batch>(this, "this")?;
    let this = shared(&this)?;
    let given = this.count();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn batch_root(this: u32) -> Result<JsValue, JsValue> {
    let this = held::<medledger_sdk::api::Batch>(this, "this")?;
    let this = shared(&this)?;
    let given = this.root();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn batch_commitments(this: u32) -> Result<JsValue, JsValue> {
    let this = held::<medledger_sdk::api::Batch>(this, "this")?;
    let this = shared(&this)?;
    let given = this.commitments();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn batch_entry(this: u32, subject: &JsValue) -> Result<JsValue, JsValue> {
    let subject = argument::<String>(subject, "subject")?;
    let this = held::<medledger_sdk::api::Batch>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.entry(&subject))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn batch_member(this: u32, index: &JsValue) -> Result<JsValue, JsValue> {
    let index = argument::<u64>(index, "index")?;
    let this = held::<medledger_sdk::api::Batch>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.member(index))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn batch_record(this: u32, index: &JsValue) -> Result<JsValue, JsValue> {
    let index = argument::<u64>(index, "index")?;
    let this = held::<medledger_sdk::api::Batch>(this, "this")?;
    let this = shared(&this)?;
    let given = answer(this.record(index))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn batch_member(commitments: &JsValue, index: &JsValue) -> Result<JsValue, JsValue> {
    let commitments = argument::<Vec<medledger_sdk::api::Commitments>>(commitments, "commitments")?;
    let index = argument::<u64>(index, "index")?;
    let given = answer(medledger_sdk::api::batch_member(&commitments, index))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn anchor_record(
    sender: &JsValue,
    subject: &JsValue,
    commitments: &JsValue,
    custodian: &JsValue,
) -> Result<JsValue, JsValue> {
    let sender = argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let subject = argument::<String>(subject, "subject")?;
    let commitments = argument::<medledger_sdk::api::Commitments>(commitments, "commitments")?;
    let custodian = argument::<Option<String>>(custodian, "custodian")?;
    let given =
        answer(medledger_sdk::api::anchor_record(&sender, &subject, &commitments, custodian.as_deref()))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn anchor_batch(sender: &JsValue, entries: &JsValue, custodian: &JsValue) -> Result<JsValue, JsValue> {
    let sender = argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let entries = argument::<Vec<medledger_sdk::api::BatchEntry>>(entries, "entries")?;
    let custodian = argument::<Option<String>>(custodian, "custodian")?;
    let given = answer(medledger_sdk::api::anchor_batch(&sender, &entries, custodian.as_deref()))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn amend_record(
    sender: &JsValue,
    record: &JsValue,
    replaces: &JsValue,
    commitments: &JsValue,
) -> Result<JsValue, JsValue> {
    let sender = argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let record = argument::<String>(record, "record")?;
    let replaces = argument::<String>(replaces, "replaces")?;
    let commitments = argument::<medledger_sdk::api::Commitments>(commitments, "commitments")?;
    let given = answer(medledger_sdk::api::amend_record(&sender, &record, &replaces, &commitments))?;
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
    let sender = argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let batch = argument::<String>(batch, "batch")?;
    let member = argument::<medledger_sdk::api::BatchMember>(member, "member")?;
    let replaces = argument::<String>(replaces, "replaces")?;
    let commitments = argument::<medledger_sdk::api::Commitments>(commitments, "commitments")?;
    let given =
        answer(medledger_sdk::api::amend_batch_record(&sender, &batch, &member, &replaces, &commitments))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn retract_record(sender: &JsValue, record: &JsValue) -> Result<JsValue, JsValue> {
    let sender = argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let record = argument::<String>(record, "record")?;
    let given = answer(medledger_sdk::api::retract_record(&sender, &record))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn retract_batch_record(sender: &JsValue, batch: &JsValue, member: &JsValue) -> Result<JsValue, JsValue> {
    let sender = argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let batch = argument::<String>(batch, "batch")?;
    let member = argument::<medledger_sdk::api::BatchMember>(member, "member")?;
    let given = answer(medledger_sdk::api::retract_batch_record(&sender, &batch, &member))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn record_proof(receipt: &JsValue, member: &JsValue, opening: &JsValue) -> Result<JsValue, JsValue> {
    let receipt = argument::<Vec<u8>>(receipt, "receipt")?;
    let member = argument::<Option<medledger_sdk::api::BatchMember>>(member, "member")?;
    let opening = argument::<Option<Vec<u8>>>(opening, "opening")?;
    let given = answer(medledger_sdk::api::record_proof(&receipt, member.as_ref(), opening.as_deref()))?;
    Ok(given.into_js())
}
