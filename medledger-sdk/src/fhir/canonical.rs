//! JSON as a tree that keeps its numbers' digits, and the one canonical text of it.
//!
//! The canonical form is that of RFC 8785 for white space, strings and the order of keys (by UTF-16 code units).
//! It differs in one thing: a number stays as it was written, digit by digit. In FHIR 1.0 and 1.00 are different
//! measurements, and RFC 8785 would make `1` of both (and would round what a double can't hold).
//!
//! The text is read in one pass, so time and memory grow with its length alone: depth, string lengths and the
//! count of values are limited, and keys are sorted rather than searched.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cmp::Ordering;
use hifijson::SliceLexer;
use hifijson::num::LexWrite as _;
use hifijson::str::LexAlloc as _;
use hifijson::token::{Expect, Lex};

use super::error::FhirError;
use super::path::Path;

/// What reading a JSON text may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole text.
    pub bytes: u64,
    /// Bytes of one resource in canonical form.
    pub resource: u64,
    /// Bytes of one string, key or number.
    pub string: u64,
    /// Bytes of one string under the key `data`: Attachment, Binary, Signature and SampledData.
    pub data: u64,
    /// Values in all: objects, arrays, strings, numbers, booleans and nulls.
    pub values: u64,
    /// Objects and arrays inside each other.
    pub depth: u8,
}

impl Limits {
    /// The limits of a bundle, unless the caller has others.
    pub const BUNDLE: Self = Self {
        bytes: 256 << 20,
        resource: 16 << 20,
        string: 1 << 20,
        data: 12 << 20,
        values: 16 << 20,
        depth: 64,
    };
}

/// A JSON value. Text is borrowed from the input where it stands there without escapes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as written.
    Number(&'a str),
    /// A string, without its escapes.
    String(Cow<'a, str>),
    /// An array.
    Array(Vec<Json<'a>>),
    /// An object.
    Object(Object<'a>),
}

/// An object: its members in canonical order, no key twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object<'a>(Vec<(Cow<'a, str>, Json<'a>)>);

impl<'a> Object<'a> {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json<'a>> {
        let at = self.0.binary_search_by(|(own, _)| by_utf16(own, key)).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    /// The members in canonical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json<'a>)> {
        self.0.iter().map(|(key, value)| (&**key, value))
    }

    /// An object of these members; of members with the same key the last stays.
    #[must_use]
    pub fn of(members: Vec<(Cow<'a, str>, Json<'a>)>) -> Self {
        let mut object: Vec<(Cow<'a, str>, Json<'a>)> = Vec::with_capacity(members.len());
        for (key, value) in members {
            match object.binary_search_by(|(own, _)| by_utf16(own, &key)) {
                Ok(at) => object.get_mut(at).into_iter().for_each(|slot| slot.1 = value.clone()),
                Err(at) => object.insert(at, (key, value)),
            }
        }
        Self(object)
    }

    /// Takes a value out and leaves null.
    pub(super) fn take(&mut self, key: &str) -> Option<Json<'a>> {
        let at = self.0.binary_search_by(|(own, _)| by_utf16(own, key)).ok()?;
        self.0.get_mut(at).map(|(_, value)| core::mem::replace(value, Json::Null))
    }
}

/// Compares as RFC 8785 §3.2.3 sorts keys: by UTF-16 code units.
///
/// That is the order of the UTF-8 bytes but for one thing: U+E000 to U+FFFF (lead bytes EE and EF) stand after the
/// surrogates of everything beyond (lead bytes F0 to F4).
fn by_utf16(a: &str, b: &str) -> Ordering {
    let rank = |byte: u8| if matches!(byte, 0xee | 0xef) { byte | 0x10 } else { byte };
    let differ = a.bytes().zip(b.bytes()).find(|(a, b)| a != b);
    match differ {
        // FE and FF now stand above F4.
        Some((a, b)) => rank(a).cmp(&rank(b)),
        None => a.len().cmp(&b.len()),
    }
}

impl<'a> Json<'a> {
    /// Reads one JSON text. `root` is what errors call the whole of it, such as `Bundle`.
    ///
    /// # Errors
    /// [`FhirError`] 1 to 7: size, syntax, text that is not Unicode, keys that occur twice, depth, long strings,
    /// too many values.
    pub fn parse(bytes: &'a [u8], root: &str, limits: &Limits) -> Result<Self, FhirError> {
        let root = Path::root(root);
        let actual = length(bytes);
        if actual > limits.bytes {
            return Err(FhirError::TooLarge { element: root.to_string(), actual, limit: limits.bytes });
        }
        let mut reader = Reader { whole: actual, limits, values: 0 };
        let mut lexer = SliceLexer::new(bytes);
        if bytes.starts_with(b"\xef\xbb\xbf") {
            return Err(reader.syntax(&lexer, &root, "a byte order mark"));
        }
        let parsed = lexer.exactly_one(Lex::ws_peek, |next, lexer| reader.value(next, lexer, &root, 0));
        parsed.map_err(|fault| reader.placed(fault, &lexer, &root))
    }

    /// The canonical text.
    #[must_use]
    pub fn canonical(&self) -> Vec<u8> {
        let mut text = String::new();
        self.write(&mut text);
        text.into_bytes()
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(true) => out.push_str("true"),
            Self::Bool(false) => out.push_str("false"),
            Self::Number(digits) => out.push_str(digits),
            Self::String(text) => write_string(text, out),
            Self::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(object) => {
                out.push('{');
                for (index, (key, value)) in object.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    write_string(key, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }

    /// The value of a key, where this is an object that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json<'a>> {
        self.as_object().and_then(|object| object.get(key))
    }

    /// The members, where this is an object.
    #[must_use]
    pub const fn as_object(&self) -> Option<&Object<'a>> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }

    /// The items, where this is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Json<'a>]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The text, where this is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The digits as written, where this is a number.
    #[must_use]
    pub const fn as_number(&self) -> Option<&'a str> {
        if let Self::Number(digits) = self { Some(digits) } else { None }
    }
}

/// The canonical form of a JSON text.
///
/// # Errors
/// As [`Json::parse`].
pub fn canonicalise(bytes: &[u8], root: &str, limits: &Limits) -> Result<Vec<u8>, FhirError> {
    Json::parse(bytes, root, limits).map(|json| json.canonical())
}

/// RFC 8785 §3.2.2.2: the shortest escape where one must be, everything else as it is.
fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{08}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{0c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\0'..='\u{1f}' => {
                let low = u32::from(c);
                out.push_str("\\u00");
                out.extend([low >> 4, low & 0xf].iter().filter_map(|digit| char::from_digit(*digit, 16)));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// What went wrong: a lexer's complaint, still without its place, or the error itself.
enum Fault {
    Expected(Expect),
    Placed(FhirError),
}

impl From<Expect> for Fault {
    fn from(expected: Expect) -> Self {
        Self::Expected(expected)
    }
}

impl From<FhirError> for Fault {
    fn from(error: FhirError) -> Self {
        Self::Placed(error)
    }
}

struct Reader<'l> {
    whole: u64,
    limits: &'l Limits,
    values: u64,
}

impl Reader<'_> {
    fn offset(&self, lexer: &SliceLexer<'_>) -> u64 {
        self.whole.saturating_sub(length(lexer.as_slice()))
    }

    fn syntax(&self, lexer: &SliceLexer<'_>, at: &Path<'_>, wrong: &str) -> FhirError {
        FhirError::Syntax { element: at.to_string(), offset: self.offset(lexer), wrong: wrong.to_string() }
    }

    fn placed(&self, fault: Fault, lexer: &SliceLexer<'_>, at: &Path<'_>) -> FhirError {
        let wrong = match fault {
            Fault::Placed(error) => return error,
            Fault::Expected(Expect::Value) => "a value is missing",
            Fault::Expected(Expect::ValueOrEnd) => "the text ends inside",
            Fault::Expected(Expect::CommaOrEnd) => "a comma or the end is missing",
            Fault::Expected(Expect::String) => "a key is missing",
            Fault::Expected(Expect::Colon) => "a colon is missing",
            Fault::Expected(Expect::Eof) => "text after the end",
        };
        self.syntax(lexer, at, wrong)
    }

    fn fits(&self, text: &str, limit: u64, at: &Path<'_>) -> Result<(), FhirError> {
        let actual = length(text.as_bytes());
        if actual > limit {
            return Err(FhirError::StringTooLong { element: at.to_string(), actual, limit });
        }
        Ok(())
    }

    /// The string whose opening quote was read.
    fn string<'a>(&self, lexer: &mut SliceLexer<'a>, at: &Path<'_>) -> Result<Cow<'a, str>, FhirError> {
        lexer.str_string().map_err(|error| {
            if error.is_unicode_error() {
                FhirError::NotUnicode { element: at.to_string(), offset: self.offset(lexer) }
            } else {
                self.syntax(lexer, at, &error.to_string())
            }
        })
    }

    /// The value that begins with the byte `next`, inside `depth` others. `at` ends in the key it stands under.
    fn value<'a>(
        &mut self,
        next: u8,
        lexer: &mut SliceLexer<'a>,
        at: &Path<'_>,
        depth: u8,
    ) -> Result<Json<'a>, Fault> {
        self.values = self.values.saturating_add(1);
        if self.values > self.limits.values {
            let limit = self.limits.values;
            return Err(FhirError::TooManyValues { element: at.to_string(), limit }.into());
        }
        Ok(match next {
            b'a'..=b'z' => match lexer.null_or_bool().ok_or(Expect::Value)? {
                None => Json::Null,
                Some(truth) => Json::Bool(truth),
            },
            b'-' | b'0'..=b'9' => {
                let (digits, _) = lexer
                    .num_string()
                    .validated()
                    .map_err(|error| self.syntax(lexer, at, &error.to_string()))?;
                self.fits(digits, self.limits.string, at)?;
                Json::Number(digits)
            }
            b'"' => {
                let text = self.string(lexer.discarded(), at)?;
                let limit = if at.is_key("data") { self.limits.data } else { self.limits.string };
                self.fits(&text, limit, at)?;
                Json::String(text)
            }
            b'[' | b'{' if depth >= self.limits.depth => {
                return Err(FhirError::TooDeep { element: at.to_string(), limit: self.limits.depth }.into());
            }
            b'[' => {
                let mut items = Vec::new();
                let depth = depth.saturating_add(1);
                let read = lexer.discarded().seq(b']', Lex::ws_peek, |next, lexer| {
                    let at = at.item(items.len());
                    let item = self.value(next, lexer, &at, depth);
                    items.push(item.map_err(|fault| self.placed(fault, lexer, &at))?);
                    Ok::<_, Fault>(())
                });
                read.map_err(|fault| self.placed(fault, lexer, at))?;
                Json::Array(items)
            }
            b'{' => {
                let mut members = Vec::new();
                let depth = depth.saturating_add(1);
                let read = lexer.discarded().seq(b'}', Lex::ws_peek, |next, lexer| {
                    lexer.expect(|_| Some(next), b'"').ok_or(Expect::String)?;
                    let key = self.string(lexer, at)?;
                    let at = at.key(&key);
                    self.fits(&key, self.limits.string, &at)?;
                    let value = lexer
                        .expect(Lex::ws_peek, b':')
                        .ok_or(Expect::Colon)
                        .and_then(|()| lexer.ws_peek().ok_or(Expect::Value));
                    let value = match value {
                        Ok(next) => self.value(next, lexer, &at, depth),
                        Err(expected) => Err(expected.into()),
                    };
                    let value = value.map_err(|fault| self.placed(fault, lexer, &at))?;
                    members.push((key, value));
                    Ok::<_, Fault>(())
                });
                read.map_err(|fault| self.placed(fault, lexer, at))?;
                members.sort_unstable_by(|(a, _), (b, _)| by_utf16(a, b));
                let twice = members.windows(2).find_map(|pair| match pair {
                    [(a, _), (b, _)] if a == b => Some(a),
                    _ => None,
                });
                if let Some(key) = twice {
                    return Err(FhirError::DuplicateKey { element: at.key(key).to_string() }.into());
                }
                Json::Object(Object(members))
            }
            _ => return Err(Expect::Value.into()),
        })
    }
}

#[cfg(test)]
mod tests;
