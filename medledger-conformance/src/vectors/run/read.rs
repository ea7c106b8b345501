//! From a vector's JSON to what the interface takes, and back.

use medledger_core::hash::{Hex, from_hex};
use medledger_sdk::api::{Bytes, Count, Time};
use serde_json::{Value, json};

/// The greatest integer up to which a JavaScript number holds every one.
const EXACT: u64 = 1 << 53;

/// A text; empty where there is none.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Texts.
pub fn texts(value: &Value) -> Vec<String> {
    items(value).iter().map(|item| text(item).to_string()).collect()
}

/// A list's items; none where there is no list.
pub fn items(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A number, or the text of one.
pub fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| text(value).parse().expect("a number"))
}

/// The same with a sign.
pub fn signed(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| text(value).parse().expect("a number"))
}

/// A time.
pub fn time(value: &Value) -> Time {
    Time(number(value))
}

/// Bytes: hex, or parts of it with how often each is repeated.
pub fn bytes(value: &Value) -> Vec<u8> {
    if let Some(hex) = value.as_str() {
        return from_hex(hex).expect("hex");
    }
    let part = |part: &Value| bytes(&part[0]).repeat(number(&part[1]) as usize);
    items(value).iter().flat_map(part).collect()
}

/// A number as vectors have it.
pub fn shown(number: u64) -> Value {
    if number <= EXACT { json!(number) } else { json!(number.to_string()) }
}

/// A count as vectors have it.
pub fn count(count: Count) -> Value {
    shown(count.0)
}

/// Bytes as vectors have them where they are short.
pub fn hex(bytes: &[u8]) -> Value {
    json!(Hex(bytes).to_string())
}

/// The same.
pub fn of(bytes: &Bytes) -> Value {
    hex(&bytes.0)
}
