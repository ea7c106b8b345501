//! What JavaScript does better: `js/glue.js`.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "../../js/glue.js")]
extern "C" {
    /// A `MedledgerError`.
    pub fn fail(kind: &str, code: &str, message: &str, fields: js_sys::Array) -> JsValue;

    /// The field with a number, which is that of its name; nothing where the value is no plain object.
    #[wasm_bindgen(catch)]
    pub fn field(object: &JsValue, name: u32) -> Result<JsValue, JsValue>;

    /// Whether a value may be one of several fields.
    #[wasm_bindgen(js_name = isObject)]
    pub fn is_object(value: &JsValue) -> bool;

    /// The name with a number.
    #[wasm_bindgen(js_name = nameOf)]
    pub fn name_of(name: u32) -> String;

    /// A plain object with these fields: the numbers of their names, and their values.
    pub fn record(names: &[u32], values: js_sys::Array) -> JsValue;

    /// The text of a string without lone surrogates.
    pub fn text(value: &JsValue) -> Option<String>;

    /// A copy of what is in a `Uint8Array`.
    pub fn bytes(value: &JsValue) -> Option<Vec<u8>>;

    /// The milliseconds of a valid `Date`.
    pub fn milliseconds(value: &JsValue) -> Option<i64>;

    /// A `Date`.
    pub fn date(milliseconds: i64) -> JsValue;

    /// Whether a value has these two methods.
    #[wasm_bindgen(js_name = isSigner)]
    pub fn is_signer(value: &JsValue) -> bool;

    /// Calls a signer: for its public key without a message.
    #[wasm_bindgen(catch, js_name = callSigner)]
    pub fn call_signer(signer: &JsValue, message: Option<js_sys::Uint8Array>) -> Result<JsValue, JsValue>;

    /// Whether an error says that somebody cancelled.
    #[wasm_bindgen(js_name = isCancelled)]
    pub fn is_cancelled(error: &JsValue) -> bool;

    /// What an error says.
    #[wasm_bindgen(js_name = messageOf)]
    pub fn message_of(error: &JsValue) -> String;

    /// The error with another one as its cause.
    #[wasm_bindgen(js_name = withCause)]
    pub fn with_cause(error: JsValue, cause: JsValue) -> JsValue;
}
