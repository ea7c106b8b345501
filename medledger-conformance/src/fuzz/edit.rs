//! Changes to honest values that leave them well-formed: what plain mutation of bytes, which hashes and heads break at
//! once, does not find.

use ciborium::Value;

use super::cbor::written;
use super::input::Choices;

/// The most changes that one input makes.
const MOST: usize = 16;

/// Changes an encoding as the input says, item by item, with parts of other encodings. Ends at a byte 0 where a change
/// is chosen, or with the input.
#[must_use]
pub fn edited(honest: &[u8], donors: &[Vec<u8>], choices: &mut Choices<'_>) -> Vec<u8> {
    let mut value: Value = ciborium::from_reader(honest).unwrap();
    for _ in 0..MOST {
        let kind = choices.byte();
        if kind == 0 {
            break;
        }
        edit(&mut value, kind, donors, choices, true);
    }
    written(&value)
}

fn edit(value: &mut Value, kind: u8, donors: &[Vec<u8>], choices: &mut Choices<'_>, into_bytes: bool) {
    let mut at = choices.below(count(value));
    match kind % 8 {
        // A part of another value, or of this one; most often one that has the same shape.
        1 => {
            let how = choices.byte();
            let donor = if how & 1 == 0 || donors.is_empty() {
                value.clone()
            } else {
                ciborium::from_reader(choices.of(donors).as_slice()).unwrap()
            };
            let Some(item) = nth_mut(value, &mut at) else { return };
            let mut parts = Vec::new();
            collect(&donor, &mut parts);
            if how & 0xf0 != 0xf0 {
                parts.retain(|part| alike(item, part) && *part != item);
            }
            if !parts.is_empty() {
                *item = (*choices.of(&parts)).clone();
            }
        }
        2..=4 => {
            let which = choices.byte();
            if let Some(Value::Array(items)) = nth_array(value, at) {
                let index = usize::from(which).checked_rem(items.len());
                match (kind % 8, index) {
                    (2, Some(index)) => drop(items.remove(index)),
                    (3, Some(index)) => items.insert(index, items[index].clone()),
                    (4, Some(index)) => items.swap(0, index),
                    _ => items.push(Value::Null),
                }
            }
        }
        // The bytes of a string as an encoding of its own, where they are one.
        5 if into_bytes => {
            if let Some(Value::Bytes(bytes)) = nth_bytes(value, at)
                && let Ok(mut inner) = ciborium::from_reader::<Value, _>(bytes.as_slice())
            {
                let kind = choices.byte();
                edit(&mut inner, kind, donors, choices, false);
                *bytes = written(&inner);
            }
        }
        // Another leaf, of the same kind.
        _ => {
            if let Some(leaf) = nth_mut(value, &mut at) {
                change(leaf, choices);
            }
        }
    }
}

fn change(leaf: &mut Value, choices: &mut Choices<'_>) {
    match leaf {
        Value::Integer(number) => {
            let by = i128::from(choices.byte().cast_signed());
            let next = match choices.byte() % 4 {
                0 => i128::from(*number) + by,
                1 => by,
                2 => i128::from(u64::MAX) - by.abs(),
                _ => (i128::from(*number)) ^ (1_i128 << (by & 63)),
            };
            if let Ok(next) = next.try_into() {
                *number = next;
            }
        }
        Value::Bytes(bytes) => match choices.byte() {
            255 => bytes.push(choices.byte()),
            254 => drop(bytes.pop()),
            at => {
                if let Some(index) = usize::from(at).checked_rem(bytes.len()) {
                    bytes[index] ^= choices.byte() | 1;
                }
            }
        },
        Value::Text(text) => {
            let most = usize::from(choices.byte() & 31);
            *text = String::from_utf8_lossy(choices.bytes(most)).into_owned();
        }
        Value::Bool(flag) => *flag = !*flag,
        Value::Null => *leaf = Value::Integer(choices.byte().into()),
        other => *other = Value::Null,
    }
}

fn count(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(count).sum::<usize>() + 1,
        _ => 1,
    }
}

/// All items, the outer before those inside.
fn collect<'v>(value: &'v Value, found: &mut Vec<&'v Value>) {
    found.push(value);
    if let Value::Array(items) = value {
        items.iter().for_each(|item| collect(item, found));
    }
}

/// Whether both may be of one type: hashes, numbers, structs of as many fields.
fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Bytes(one), Value::Bytes(other)) => {
            one.len() == other.len() || (one.len() > 64 && other.len() > 64)
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| kind_of(one) == kind_of(other))
        }
        (one, other) => kind_of(one) == kind_of(other),
    }
}

fn kind_of(value: &Value) -> u8 {
    match value {
        Value::Integer(_) => 0,
        Value::Bytes(_) => 2,
        Value::Text(_) => 3,
        Value::Array(_) => 4,
        Value::Bool(_) => 6,
        _ => 7,
    }
}

/// The item with this number, the outer before those inside.
fn nth<'v>(value: &'v Value, at: &mut usize) -> Option<&'v Value> {
    if *at == 0 {
        return Some(value);
    }
    *at -= 1;
    match value {
        Value::Array(items) => items.iter().find_map(|item| nth(item, at)),
        _ => None,
    }
}

fn nth_mut<'v>(value: &'v mut Value, at: &mut usize) -> Option<&'v mut Value> {
    if *at == 0 {
        return Some(value);
    }
    *at -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth_mut(item, at)),
        _ => None,
    }
}

/// The first item of a kind from this number on, or the first of all.
fn nth_where(value: &mut Value, at: usize, is: fn(&Value) -> bool) -> Option<&mut Value> {
    let all = count(value);
    let found = (at..all).chain(0..at).find(|at| nth(value, &mut at.clone()).is_some_and(is))?;
    nth_mut(value, &mut found.clone())
}

fn nth_array(value: &mut Value, at: usize) -> Option<&mut Value> {
    nth_where(value, at, Value::is_array)
}

fn nth_bytes(value: &mut Value, at: usize) -> Option<&mut Value> {
    nth_where(value, at, |value| matches!(value, Value::Bytes(bytes) if bytes.len() > 32))
}
