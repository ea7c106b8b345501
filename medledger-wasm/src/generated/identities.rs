//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, handle, value};

value!(medledger_sdk::api::DevicePublicKeys, "DevicePublicKeys", { signing: 149, agreement: 7,  });
value!(medledger_sdk::api::Founder, "Founder", { inception: 82, member: 97,  });
value!(medledger_sdk::api::GenesisSummary, "GenesisSummary", { chain: 30, name: 100, time: 166, validators: 180, founders: 71,  });
handle!(medledger_sdk::api::NewIdentity, "NewIdentity", "new identity");

#[wasm_bindgen]
pub fn on_new_identity_draw(kind: &JsValue) -> Result<JsValue, JsValue> {
    let kind = support::argument::<medledger_sdk::api::IdentityKind>(kind, "kind")?;
    let mut rng = support::entropy()?;
    let given = support::answer(medledger_sdk::api::NewIdentity::draw(kind, &mut rng))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_new_identity_did(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::NewIdentity>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.did();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_new_identity_inception(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::NewIdentity>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.inception())?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_new_identity_device(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::NewIdentity>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.device();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_new_identity_agreement(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::NewIdentity>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.agreement();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_new_identity_controller(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::NewIdentity>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.controller();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_new_identity_successor(this: u32) -> Result<JsValue, JsValue> {
    let this = support::held::<medledger_sdk::api::NewIdentity>(this, "this")?;
    let this = support::shared(&this)?;
    let given = this.successor();
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn on_new_identity_incept(this: u32, sponsor: &JsValue) -> Result<JsValue, JsValue> {
    let sponsor = support::argument::<medledger_sdk::api::Sender>(sponsor, "sponsor")?;
    let this = support::held::<medledger_sdk::api::NewIdentity>(this, "this")?;
    let this = support::shared(&this)?;
    let given = support::answer(this.incept(&sponsor))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn incept(sponsor: &JsValue, inception: &JsValue) -> Result<JsValue, JsValue> {
    let sponsor = support::argument::<medledger_sdk::api::Sender>(sponsor, "sponsor")?;
    let inception = support::argument::<Vec<u8>>(inception, "inception")?;
    let given = support::answer(medledger_sdk::api::incept(&sponsor, &inception))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn inception_did(inception: &JsValue) -> Result<JsValue, JsValue> {
    let inception = support::argument::<Vec<u8>>(inception, "inception")?;
    let given = support::answer(medledger_sdk::api::inception_did(&inception))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn add_device(controller: &JsValue, device: &JsValue) -> Result<JsValue, JsValue> {
    let controller = support::argument::<medledger_sdk::api::Sender>(controller, "controller")?;
    let device = support::argument::<medledger_sdk::api::DevicePublicKeys>(device, "device")?;
    let given = support::answer(medledger_sdk::api::add_device(&controller, &device))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn revoke_device(sender: &JsValue, key: &JsValue) -> Result<JsValue, JsValue> {
    let sender = support::argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let key = support::argument::<String>(key, "key")?;
    let given = support::answer(medledger_sdk::api::revoke_device(&sender, &key))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn deactivate(controller: &JsValue) -> Result<JsValue, JsValue> {
    let controller = support::argument::<medledger_sdk::api::Sender>(controller, "controller")?;
    let given = support::answer(medledger_sdk::api::deactivate(&controller))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn rotate(
    sender: &JsValue,
    control: &JsValue,
    successor: &JsValue,
    next: &JsValue,
    keep: &JsValue,
    add: &JsValue,
) -> Result<JsValue, JsValue> {
    let sender = support::argument::<medledger_sdk::api::Sender>(sender, "sender")?;
    let control = support::argument::<Vec<u8>>(control, "control")?;
    let successor = support::argument::<Vec<u8>>(successor, "successor")?;
    let next = support::argument::<String>(next, "next")?;
    let keep = support::argument::<Vec<String>>(keep, "keep")?;
    let add = support::argument::<Vec<medledger_sdk::api::DevicePublicKeys>>(add, "add")?;
    let given =
        support::answer(medledger_sdk::api::rotate(&sender, &control, &successor, &next, &keep, &add))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn issue_credential(
    issuer: &JsValue,
    holder: &JsValue,
    role: &JsValue,
    period: &JsValue,
) -> Result<JsValue, JsValue> {
    let issuer = support::argument::<medledger_sdk::api::Sender>(issuer, "issuer")?;
    let holder = support::argument::<String>(holder, "holder")?;
    let role = support::argument::<medledger_sdk::api::Coding>(role, "role")?;
    let period = support::argument::<medledger_sdk::api::Period>(period, "period")?;
    let given = support::answer(medledger_sdk::api::issue_credential(&issuer, &holder, &role, &period))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn revoke_credential(issuer: &JsValue, credential: &JsValue) -> Result<JsValue, JsValue> {
    let issuer = support::argument::<medledger_sdk::api::Sender>(issuer, "issuer")?;
    let credential = support::argument::<String>(credential, "credential")?;
    let given = support::answer(medledger_sdk::api::revoke_credential(&issuer, &credential))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn credential_id(transaction: &JsValue) -> Result<JsValue, JsValue> {
    let transaction = support::argument::<String>(transaction, "transaction")?;
    let given = support::answer(medledger_sdk::api::credential_id(&transaction))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn genesis(
    name: &JsValue,
    time: &JsValue,
    validators: &JsValue,
    founders: &JsValue,
) -> Result<JsValue, JsValue> {
    let name = support::argument::<String>(name, "name")?;
    let time = support::argument::<medledger_sdk::api::Time>(time, "time")?;
    let validators = support::argument::<Vec<Vec<u8>>>(validators, "validators")?;
    let founders = support::argument::<Vec<medledger_sdk::api::Founder>>(founders, "founders")?;
    let given = support::answer(medledger_sdk::api::genesis(&name, time, &validators, &founders))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn read_genesis(genesis: &JsValue) -> Result<JsValue, JsValue> {
    let genesis = support::argument::<Vec<u8>>(genesis, "genesis")?;
    let given = support::answer(medledger_sdk::api::read_genesis(&genesis))?;
    Ok(given.into_js())
}
