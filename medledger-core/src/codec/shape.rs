//! Whether bytes are a value of a wire type, told by its schema alone: what only looks at values needs no code for each type.
//!
//! It reads as decoding does, item by item, and takes and refuses the same by the same rule.

use core::cell::Cell;

use super::read::{Item, Items, Reader, ShapeError};
use super::{CodecError, Limits, Schema, Shape, scan};

/// What a name in a field's type stands for.
#[derive(Clone, Copy, Debug)]
pub enum Known {
    /// A wire type.
    Wire(&'static Schema),
    /// A byte string of this length.
    Bytes(u64),
    /// What CDDL (RFC 8610) calls it: `uint`, `int`, `bool`, `tstr`, `bstr`.
    Plain(&'static str),
}

/// A field's type as it is written in the source: `Option<Vec<crate::hash::Did>>`.
#[derive(Clone, Copy, Debug)]
pub enum Written<'a> {
    /// `Option<…>`.
    Option(&'a str),
    /// `Vec<…>`.
    List(&'a str),
    /// The last part of a path.
    Name(&'a str),
}

impl<'a> Written<'a> {
    /// Reads it.
    #[must_use]
    pub fn of(written: &'a str) -> Self {
        let written = written.trim();
        let inside =
            |outer: &str| written.strip_prefix(outer)?.trim_start().strip_prefix('<')?.strip_suffix('>');
        match (inside("Option"), inside("Vec")) {
            (Some(inner), _) => Self::Option(inner),
            (_, Some(inner)) => Self::List(inner),
            _ => Self::Name(written.rsplit("::").next().unwrap_or(written).trim()),
        }
    }
}

/// Checks that bytes are the one encoding of a value of a wire type.
///
/// # Errors
/// As [`decode`](super::decode) of that type.
pub fn check(
    schema: &Schema,
    known: fn(&str) -> Option<Known>,
    bytes: &[u8],
    limits: &Limits,
) -> Result<(), CodecError> {
    scan(bytes, limits)?;
    let of = schema.name;
    let walk = Walk { known, strayed: Cell::new(false) };
    let mut reader = Reader::new(bytes);
    walk.shape(&mut reader, schema)
        .map_err(|error| CodecError::Shape { of, why: alloc::string::ToString::to_string(&error) })?;
    // What the scan has passed and is read as it should be has no other encoding.
    if walk.strayed.get() || !reader.is_at_end() { Err(CodecError::NotCanonical { of }) } else { Ok(()) }
}

struct Walk {
    known: fn(&str) -> Option<Known>,
    /// Whether an array was taken for bytes, or bytes for an array.
    strayed: Cell<bool>,
}

impl Walk {
    fn shape(&self, reader: &mut Reader<'_>, schema: &Schema) -> Result<(), ShapeError> {
        let mut items = self.items(reader)?;
        let fields = match schema.shape {
            Shape::Struct(fields) => fields,
            Shape::Enum(variants) => {
                let code = items.next().ok_or_else(|| ShapeError::lacks(schema.name, "code"))?.unsigned()?;
                let variant = variants.iter().find(|(known, ..)| *known == code);
                variant.ok_or_else(|| ShapeError::wanted("another code"))?.2
            }
        };
        for (name, of) in fields {
            let reader = items.next().ok_or_else(|| ShapeError::lacks(schema.name, name))?;
            self.value(reader, of)?;
        }
        if items.next().is_some() { Err(ShapeError::wanted("no further field")) } else { Ok(()) }
    }

    fn items<'r, 'de>(&self, reader: &'r mut Reader<'de>) -> Result<Items<'r, 'de>, ShapeError> {
        let items = reader.items()?;
        if items.are_bytes() {
            self.strayed.set(true);
        }
        Ok(items)
    }

    fn value(&self, reader: &mut Reader<'_>, of: &str) -> Result<(), ShapeError> {
        match Written::of(of) {
            Written::Option(inner) => match reader.null()? {
                true => Ok(()),
                false => self.value(reader, inner),
            },
            Written::List(inner) => {
                let mut items = self.items(reader)?;
                while let Some(reader) = items.next() {
                    self.value(reader, inner)?;
                }
                Ok(())
            }
            Written::Name(name) => match (self.known)(name) {
                Some(Known::Wire(schema)) => self.shape(reader, schema),
                Some(Known::Bytes(length)) => self.bytes(reader, Some(length)),
                Some(Known::Plain("bstr")) => self.bytes(reader, None),
                Some(Known::Plain("uint")) => reader.unsigned().map(drop),
                Some(Known::Plain("int")) => reader.signed().map(drop),
                Some(Known::Plain("bool")) => match reader.item()? {
                    Item::Bool(_) => Ok(()),
                    _ => Err(ShapeError::wanted("true or false")),
                },
                Some(Known::Plain("tstr")) => match reader.item()? {
                    Item::Text(_) => Ok(()),
                    _ => Err(ShapeError::wanted("text")),
                },
                _ => Err(ShapeError::wanted("a type that is known")),
            },
        }
    }

    /// A byte string, or an array of small numbers that is taken for one.
    fn bytes(&self, reader: &mut Reader<'_>, length: Option<u64>) -> Result<(), ShapeError> {
        let count = match reader.item()? {
            Item::Bytes(bytes) => {
                let count = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                return if length.is_none_or(|length| length == count) {
                    Ok(())
                } else {
                    Err(ShapeError::wanted("a byte string of another length"))
                };
            }
            Item::Array(count) => count,
            _ => return Err(ShapeError::wanted("a byte string")),
        };
        self.strayed.set(true);
        if length.is_some_and(|length| length > count) {
            return Err(ShapeError::wanted("more bytes"));
        }
        for _ in 0..length.unwrap_or(count) {
            u8::try_from(reader.unsigned()?).map_err(|_| ShapeError::wanted("a byte"))?;
        }
        Ok(())
    }
}

/// A name among lists of schemas, of byte strings with their lengths, and of plain types.
#[must_use]
pub fn find(
    name: &str,
    schemas: &'static [Schema],
    bytes: &[(&str, usize)],
    plain: &[(&str, &'static str)],
) -> Option<Known> {
    let wire = || schemas.iter().find(|schema| schema.name == name).map(Known::Wire);
    let length = || bytes.iter().find(|(known, _)| *known == name).map(|(_, length)| *length);
    let bytes = || length().and_then(|length| u64::try_from(length).ok()).map(Known::Bytes);
    let plain = || plain.iter().find(|(known, _)| *known == name).map(|(_, of)| Known::Plain(of));
    bytes().or_else(plain).or_else(wire)
}
