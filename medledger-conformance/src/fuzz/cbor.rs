//! Deterministic CBOR as another reader sees it: the scanner's oracle.

use ciborium::Value;

/// Whether the bytes are one item of deterministic CBOR (RFC 8949 §4.2.1) of the kinds that the protocol uses, with
/// arrays nested at most so deep. Told by reading them with ciborium, which accepts much more, and writing them anew.
#[must_use]
pub fn is_deterministic(bytes: &[u8], depth: u8) -> bool {
    let Ok(value) = ciborium::from_reader::<Value, _>(bytes) else { return false };
    is_used(&value, depth) && written(&value) == bytes
}

/// A value's bytes.
#[must_use]
pub fn written(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    bytes
}

fn is_used(value: &Value, depth: u8) -> bool {
    match value {
        Value::Integer(_) | Value::Bytes(_) | Value::Text(_) | Value::Bool(_) | Value::Null => true,
        Value::Array(items) => {
            depth.checked_sub(1).is_some_and(|depth| items.iter().all(|item| is_used(item, depth)))
        }
        _ => false,
    }
}
