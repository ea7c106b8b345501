//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use wasm_bindgen::prelude::*;

use crate::support::{self, IntoJs, value, word};

word!(medledger_sdk::api::SheetStanding, "SheetStanding");
word!(medledger_sdk::api::RotationTurn, "RotationTurn");
value!(medledger_sdk::api::FoundDevice, "FoundDevice", { device: 57, key: 85, live: 94,  });
value!(medledger_sdk::api::FoundIdentity, "FoundIdentity", { identity: 81, did: 59, standing: 152, devices: 58,  });
value!(medledger_sdk::api::PlannedRotation, "PlannedRotation", { did: 59, turn: 171, identity: 81, successor: 159,  });

#[wasm_bindgen]
pub fn restore_asks(first: u32, state: Option<u32>) -> Result<JsValue, JsValue> {
    let first = support::held::<medledger_sdk::api::SheetKeys>(first, "first")?;
    let state =
        state.map(|key| support::held::<medledger_sdk::api::ProvenState>(key, "state")).transpose()?;
    let first = support::shared(&first)?;
    let state = state.as_ref().map(support::shared).transpose()?;
    let given = support::answer(medledger_sdk::api::restore_asks(&first, state.as_deref()))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn restore(first: u32, state: u32) -> Result<JsValue, JsValue> {
    let first = support::held::<medledger_sdk::api::SheetKeys>(first, "first")?;
    let state = support::held::<medledger_sdk::api::ProvenState>(state, "state")?;
    let first = support::shared(&first)?;
    let state = support::shared(&state)?;
    let given = support::answer(medledger_sdk::api::restore(&first, &state))?;
    Ok(given.into_js())
}

#[wasm_bindgen]
pub fn plan_rotation(second: u32, dids: &JsValue, state: u32) -> Result<JsValue, JsValue> {
    let second = support::held::<medledger_sdk::api::SheetKeys>(second, "second")?;
    let dids = support::argument::<Vec<String>>(dids, "dids")?;
    let state = support::held::<medledger_sdk::api::ProvenState>(state, "state")?;
    let second = support::shared(&second)?;
    let state = support::shared(&state)?;
    let given = support::answer(medledger_sdk::api::plan_rotation(&second, &dids, &state))?;
    Ok(given.into_js())
}
