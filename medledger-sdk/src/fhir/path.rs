//! Where in a resource something stands.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use super::canonical::Json;

/// The most characters of foreign text that a message repeats.
const SHOWN: usize = 64;

/// A path of elements, kept on the stack and written only when an error needs it.
#[derive(Clone, Copy)]
pub(super) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Name(&'a str),
    Item(usize),
}

impl<'a> Path<'a> {
    pub(super) const fn root(name: &'a str) -> Self {
        Self { parent: None, step: Step::Name(name) }
    }

    pub(super) const fn key(&'a self, key: &'a str) -> Path<'a> {
        Path { parent: Some(self), step: Step::Name(key) }
    }

    pub(super) const fn item(&'a self, index: usize) -> Path<'a> {
        Path { parent: Some(self), step: Step::Item(index) }
    }

    /// Whether the last step is this key.
    pub(super) fn is_key(&self, key: &str) -> bool {
        matches!(self.step, Step::Name(name) if name == key) && self.parent.is_some()
    }
}

/// A FHIRPath; keys that are no plain identifiers stand between back quotes, and long ones are cut.
impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.step {
            Step::Item(index) => write!(f, "[{index}]"),
            Step::Name(name) => {
                if self.parent.is_some() {
                    f.write_str(".")?;
                }
                let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
                if !name.is_empty() && name.len() <= SHOWN && name.chars().all(plain) {
                    f.write_str(name)
                } else {
                    write!(f, "`{}`", cut(name))
                }
            }
        }
    }
}

/// Foreign text for a message: escaped, and cut to a length that can be read.
pub(super) fn cut(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).flat_map(char::escape_debug).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// A value for a message.
pub(super) fn shown(value: Option<&Json<'_>>) -> String {
    match value {
        None => "missing".to_string(),
        Some(Json::String(text)) => format!("\"{}\"", cut(text)),
        Some(Json::Number(digits)) => cut(digits),
        Some(Json::Null) => "null".to_string(),
        Some(Json::Bool(_)) => "a boolean".to_string(),
        Some(Json::Array(_)) => "an array".to_string(),
        Some(Json::Object(_)) => "an object".to_string(),
    }
}
