//! JSON as the vectors have it: fields in the order given, one line, integers beyond 2⁵³ as text, bytes as lower-case hex.

use std::fmt;

use medledger_core::hash::Hex;

/// The greatest integer up to which a JavaScript number holds every one.
const EXACT: u64 = 1 << 53;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// Nothing.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number within ±2⁵³.
    Number(i64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Fields),
}

/// An object's fields.
pub type Fields = Vec<(&'static str, Json)>;

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Json {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Self {
        if number <= EXACT { Self::Number(number as i64) } else { Self::Text(number.to_string()) }
    }
}

impl From<i64> for Json {
    fn from(number: i64) -> Self {
        if number.unsigned_abs() <= EXACT { Self::Number(number) } else { Self::Text(number.to_string()) }
    }
}

impl From<Fields> for Json {
    fn from(fields: Fields) -> Self {
        Self::Object(fields)
    }
}

impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A list of whatever becomes JSON.
pub fn list<T: Into<Json>>(items: impl IntoIterator<Item = T>) -> Json {
    Json::List(items.into_iter().map(Into::into).collect())
}

/// Bytes of an answer: always hex.
#[must_use]
pub fn hex(bytes: &[u8]) -> Json {
    Json::Text(Hex(bytes).to_string())
}

/// Bytes that are given: hex, or where 64 or more of them are the same, `[[hex, times], …]` to be put one after the other.
#[must_use]
pub fn bytes(bytes: &[u8]) -> Json {
    const LONG: usize = 64;
    let mut parts: Vec<(Vec<u8>, usize)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|byte| **byte == bytes[at]).count();
        if run >= LONG {
            parts.push((vec![bytes[at]], run));
        } else {
            match parts.last_mut() {
                Some((part, 1)) => part.extend_from_slice(&bytes[at..at + run]),
                _ => parts.push((bytes[at..at + run].to_vec(), 1)),
            }
        }
        at += run;
    }
    if parts.iter().all(|(_, times)| *times == 1) {
        return Json::Text(Hex(bytes).to_string());
    }
    let part = |(part, times): (Vec<u8>, usize)| {
        Json::List(vec![Json::Text(Hex(&part).to_string()), Json::from(times as u64)])
    };
    Json::List(parts.into_iter().map(part).collect())
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(truth) => truth.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(&quoted(text)),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    f.write_str(if index > 0 { "," } else { "" })?;
                    item.fmt(f)?;
                }
                f.write_str("]")
            }
            Self::Object(fields) => {
                f.write_str("{")?;
                for (index, (name, value)) in fields.iter().enumerate() {
                    write!(f, "{}{}:{value}", if index > 0 { "," } else { "" }, quoted(name))?;
                }
                f.write_str("}")
            }
        }
    }
}

/// A text in quotes, with as little escaped as can be.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
