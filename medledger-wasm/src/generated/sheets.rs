//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, handle};

handle!(medledger_sdk::api::Sheet, "Sheet", "sheet");
handle!(medledger_sdk::api::SheetKeys, "SheetKeys", "sheet keys");
handle!(medledger_sdk::api::NewRelationship, "NewRelationship", "new relationship");
handle!(medledger_sdk::api::NextSheet, "NextSheet", "next sheet");

#[wasm_bindgen]
pub fn on_sheet_draw() -> Result<JsValue, JsValue> {
    let mut rng = support::entropy()?;
    let given = support::answer(medledger_sdk::api::Sheet::draw(&mut rng))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sheet_from_words(words: &JsValue) -> Result<JsValue, JsValue> {
    let words = support::argument::<String>(words, "words")?;
    let given = support::answer(medledger_sdk::api::Sheet::from_words(&words))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sheet_words(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::Sheet>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.words();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sheet_keys(this: u32, passphrase: &JsValue) -> Result<JsValue, JsValue> {
    let passphrase = support::argument::<String>(passphrase, "passphrase")?;
    let this = support::held::<medledger_sdk::api::Sheet>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.keys(&passphrase);
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sheet_confirm(this: u32, words: &JsValue, passphrase: &JsValue) -> Result<JsValue, JsValue> {
    let words = support::argument::<String>(words, "words")?;
    let passphrase = support::argument::<String>(passphrase, "passphrase")?;
    let this = support::held::<medledger_sdk::api::Sheet>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.confirm(&words, &passphrase))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sheet_keys_device(this: u32, identity: &JsValue, device: &JsValue) -> Result<JsValue, JsValue> {
    let identity = support::argument::<u64>(identity, "identity")?;
    let device = support::argument::<u64>(device, "device")?;
    let this = support::held::<medledger_sdk::api::SheetKeys>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.device(identity, device))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sheet_keys_agreement(this: u32, identity: &JsValue, device: &JsValue) -> Result<JsValue, JsValue> {
    let identity = support::argument::<u64>(identity, "identity")?;
    let device = support::argument::<u64>(device, "device")?;
    let this = support::held::<medledger_sdk::api::SheetKeys>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.agreement(identity, device))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sheet_keys_controller(this: u32, identity: &JsValue) -> Result<JsValue, JsValue> {
    let identity = support::argument::<u64>(identity, "identity")?;
    let this = support::held::<medledger_sdk::api::SheetKeys>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.controller(identity))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sheet_keys_successor_digest(this: u32, identity: &JsValue) -> Result<JsValue, JsValue> {
    let identity = support::argument::<u64>(identity, "identity")?;
    let this = support::held::<medledger_sdk::api::SheetKeys>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.successor_digest(identity))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sheet_keys_successor_digests(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::SheetKeys>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.successor_digests();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_sheet_keys_relationship(
    this: u32,
    identity: &JsValue,
    successor: &JsValue,
    kind: &JsValue,
) -> Result<JsValue, JsValue> {
    let identity = support::argument::<u64>(identity, "identity")?;
    let successor = support::argument::<String>(successor, "successor")?;
    let kind = support::argument::<medledger_sdk::api::IdentityKind>(kind, "kind")?;
    let mut rng = support::entropy()?;
    let this = support::held::<medledger_sdk::api::SheetKeys>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.relationship(identity, &successor, kind, &mut rng))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_new_relationship_did(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::NewRelationship>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.did();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_new_relationship_inception(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::NewRelationship>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.inception())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_new_relationship_incept(this: u32, sponsor: &JsValue) -> Result<JsValue, JsValue> {
    let sponsor = support::argument::<medledger_sdk::api::Sender>(sponsor, "sponsor")?;
    let this = support::held::<medledger_sdk::api::NewRelationship>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.incept(&sponsor))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_next_sheet_from_words(words: &JsValue, passphrase: &JsValue) -> Result<JsValue, JsValue> {
    let words = support::argument::<String>(words, "words")?;
    let passphrase = support::argument::<String>(passphrase, "passphrase")?;
    let given = support::answer(medledger_sdk::api::NextSheet::from_words(&words, &passphrase))?;
    Ok(given.into_js())
}
