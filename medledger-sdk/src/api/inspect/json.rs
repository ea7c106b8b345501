//! Checked CBOR as JSON, with the names that the schema has. The bytes have passed the decoder, so nothing here can fail;
//! what could not be there is written as null.

use alloc::string::String;
use core::fmt::Write;

use medledger_core::codec::shape::Written;
use medledger_core::codec::{Field, Schema, Shape};
use medledger_core::hash::Hex;

use super::find;

/// The greatest integer up to which a JavaScript number holds every one.
const EXACT: u64 = 1 << 53;

/// The value as JSON in one line.
pub(super) fn write(schema: &Schema, bytes: &[u8]) -> String {
    let mut walk = Walk { bytes, out: String::new() };
    walk.shape(schema);
    walk.out
}

/// An item's head: major type and argument.
struct Head {
    major: u8,
    argument: u64,
}

struct Walk<'a> {
    bytes: &'a [u8],
    out: String,
}

impl<'a> Walk<'a> {
    fn take(&mut self, n: u64) -> &'a [u8] {
        let n = usize::try_from(n).unwrap_or(usize::MAX);
        let (taken, rest) = self.bytes.split_at_checked(n).unwrap_or((self.bytes, &[]));
        self.bytes = rest;
        taken
    }

    fn head(&mut self) -> Head {
        let first = self.take(1).first().copied().unwrap_or(0xf6);
        let info = first & 0x1f;
        let argument = match info {
            24..=27 => self.take(1 << (info - 24)).iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte)),
            small => u64::from(small),
        };
        Head { major: first >> 5, argument }
    }

    /// A struct's or an enum's array.
    fn shape(&mut self, schema: &Schema) {
        self.head();
        match schema.shape {
            Shape::Struct(fields) => self.fields(fields),
            Shape::Enum(variants) => {
                let code = self.head().argument;
                let Some((_, name, fields)) = variants.iter().find(|(known, ..)| *known == code) else {
                    return self.push("null");
                };
                if fields.is_empty() {
                    self.text(name);
                } else {
                    self.push("{");
                    self.text(name);
                    self.push(":");
                    self.fields(fields);
                    self.push("}");
                }
            }
        }
    }

    fn fields(&mut self, fields: &[Field]) {
        self.push("{");
        for (index, (name, of)) in fields.iter().enumerate() {
            if index > 0 {
                self.push(",");
            }
            self.text(name);
            self.push(":");
            self.value(of);
        }
        self.push("}");
    }

    /// A field, whose type is written as in the source: `Option<Vec<crate::hash::Did>>`.
    fn value(&mut self, of: &str) {
        match Written::of(of) {
            Written::Option(_) if self.bytes.first() == Some(&0xf6) => self.plain(),
            Written::Option(inner) => self.value(inner),
            Written::List(inner) => {
                self.push("[");
                for index in 0..self.head().argument {
                    if index > 0 {
                        self.push(",");
                    }
                    self.value(inner);
                }
                self.push("]");
            }
            Written::Name(name) => match find(name) {
                Some(schema) => self.shape(schema),
                None => self.plain(),
            },
        }
    }

    /// A number, a string or a truth value: its head says which.
    fn plain(&mut self) {
        let Head { major, argument } = self.head();
        // A String takes whatever is written to it.
        let _ = match major {
            0 if argument <= EXACT => write!(self.out, "{argument}"),
            0 => write!(self.out, "\"{argument}\""),
            // −1 − argument.
            1 if argument < EXACT => write!(self.out, "-{}", argument.saturating_add(1)),
            1 => match argument.checked_add(1) {
                Some(size) => write!(self.out, "\"-{size}\""),
                None => self.out.write_str("\"-18446744073709551616\""),
            },
            2 => {
                let bytes = self.take(argument);
                write!(self.out, "\"{}\"", Hex(bytes))
            }
            3 => {
                let text = core::str::from_utf8(self.take(argument)).unwrap_or_default();
                self.text(text);
                Ok(())
            }
            _ => self.out.write_str(match argument {
                20 => "false",
                21 => "true",
                _ => "null",
            }),
        };
    }

    /// A string of JSON, with as little escaped as can be.
    fn text(&mut self, text: &str) {
        self.push("\"");
        for c in text.chars() {
            match c {
                '"' => self.push("\\\""),
                '\\' => self.push("\\\\"),
                c if c < ' ' => {
                    let _ = write!(self.out, "\\u{:04x}", u32::from(c));
                }
                c => self.out.push(c),
            }
        }
        self.push("\"");
    }

    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }
}
