//! Deterministic CBOR (RFC 8949 §4.2.1): one value, one encoding.
//!
//! Definite lengths, shortest integers, no floats, no tags, no maps. A struct is the array of its fields in the
//! order of the specification, an enum is `[code, …fields]`. Decoding caps the size, walks the bytes once without
//! recursion ([`scan`]), decodes, and compares the re-encoding: what decodes is what was hashed.

#[macro_use]
mod macros;
mod read;
mod scan;
pub mod shape;

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::convert::Infallible;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use scan::scan;

rules! {
    /// Why bytes are not the encoding of a value.
    pub enum CodecError: COD {
        /// More bytes than the type allows.
        1 TooLarge { actual: u64, limit: u64 }:
            "a value is at most as many bytes long as its limit says",
            "{actual} bytes, at most {limit} are allowed";
        /// The bytes end inside an item.
        2 Truncated { offset: u64 }:
            "a value is whole",
            "the bytes end inside the item that begins at byte {offset}";
        /// Bytes follow the value.
        3 Trailing { offset: u64 }:
            "nothing follows a value",
            "the value ends at byte {offset} and more bytes follow";
        /// An integer or length is not in its shortest form.
        4 NotShortest { offset: u64 }:
            "integers and lengths are in their shortest form",
            "the integer or length at byte {offset} is not in its shortest form";
        /// An indefinite length.
        5 Indefinite { offset: u64 }:
            "lengths are definite",
            "the item at byte {offset} has an indefinite length";
        /// A kind of item that the protocol does not use.
        6 Forbidden { offset: u64, found: &'static str }:
            "only integers, byte and text strings, arrays, true, false and null are used",
            "{found} at byte {offset}, where only integers, strings, arrays, true, false and null are allowed";
        /// Arrays nested too deeply.
        7 TooDeep { offset: u64, limit: u8 }:
            "arrays nest at most as deep as the limit says",
            "the array at byte {offset} is nested deeper than {limit}";
        /// An array with too many items.
        8 TooManyItems { offset: u64, actual: u64, limit: u64 }:
            "an array has at most as many items as the limit says",
            "the array at byte {offset} has {actual} items, at most {limit} are allowed";
        /// A text string too long.
        9 TextTooLong { offset: u64, actual: u64, limit: u64 }:
            "a text string is at most as many bytes long as the limit says",
            "the text at byte {offset} has {actual} bytes, at most {limit} are allowed";
        /// A text string that is not UTF-8.
        10 NotUtf8 { offset: u64 }:
            "text strings are UTF-8",
            "the text at byte {offset} is not UTF-8";
        /// Well-formed, but not a value of the type.
        11 Shape { of: &'static str, why: String }:
            "a value has the shape of its type",
            "this is not a {of}: {why}";
        /// Decodes, but encodes to other bytes.
        12 NotCanonical { of: &'static str }:
            "a value has exactly one encoding",
            "these bytes decode as a {of} whose encoding is another";
        /// A value that can't be encoded.
        13 Unencodable { of: &'static str, why: String }:
            "every value of a wire type can be encoded",
            "this {of} can't be encoded: {why}";
    }
}

/// What decoding one value may cost at most; an argument of every decoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Encoded bytes.
    pub bytes: u64,
    /// Arrays inside arrays, at most [`DEPTH`].
    pub depth: u8,
    /// Items in one array.
    pub items: u64,
    /// Bytes in one text string.
    pub text: u64,
}

/// The deepest nesting of arrays that any value of the protocol may have.
pub const DEPTH: u8 = 16;

/// How a wire type looks, for the specification's CDDL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema {
    /// The type's name.
    pub name: &'static str,
    /// Its shape.
    pub shape: Shape,
}

/// A field's name and type, as written in the source.
pub type Field = (&'static str, &'static str);

/// The shape of a wire type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `[fields…]`
    Struct(&'static [Field]),
    /// `[code, fields…]`, by variant.
    Enum(&'static [(u64, &'static str, &'static [Field])]),
}

/// A type with a place on the wire, made by [`wire!`](crate::wire).
pub trait Wire: Serialize + DeserializeOwned {
    /// How it looks.
    const SCHEMA: Schema;
}

/// The one encoding of a value.
///
/// # Errors
/// [`CodecError::Unencodable`]; no type made by [`wire!`](crate::wire) gives it.
pub fn encode<T: Wire>(value: &T) -> Result<Vec<u8>, CodecError> {
    let mut kept = Sink { same: None, kept: Vec::with_capacity(USUAL) };
    write(value, &mut kept)?;
    Ok(kept.kept)
}

/// The value that these bytes are the one encoding of.
///
/// # Errors
/// A [`CodecError`] with the rule that the bytes break and where. Memory stays within a small multiple of the
/// input: the scan compares every length with the bytes at hand before anything is allocated for it.
pub fn decode<T: Wire>(bytes: &[u8], limits: &Limits) -> Result<T, CodecError> {
    read(bytes, limits).map_err(|error| *error)
}

/// As [`decode`]. The error is a pointer: every type has a copy of this, and would have one of the error's own moves.
#[inline(never)]
fn read<T: Wire>(bytes: &[u8], limits: &Limits) -> Result<T, Box<CodecError>> {
    scanned(bytes, limits)?;
    let value =
        T::deserialize(&mut read::Reader::new(bytes)).map_err(|error| misshapen(T::SCHEMA.name, &error))?;
    let mut same = Sink { same: Some(Some(bytes)), kept: Vec::new() };
    write(&value, &mut same).map_err(Box::new)?;
    match same.same {
        Some(Some([])) => Ok(value),
        _ => Err(bent(T::SCHEMA.name)),
    }
}

#[inline(never)]
fn scanned(bytes: &[u8], limits: &Limits) -> Result<(), Box<CodecError>> {
    scan(bytes, limits).map_err(Box::new)
}

#[cold]
#[inline(never)]
fn misshapen(of: &'static str, error: &read::ShapeError) -> Box<CodecError> {
    Box::new(CodecError::Shape { of, why: error.to_string() })
}

#[cold]
#[inline(never)]
fn bent(of: &'static str) -> Box<CodecError> {
    Box::new(CodecError::NotCanonical { of })
}

fn write<T: Wire>(value: &T, sink: &mut Sink<'_>) -> Result<(), CodecError> {
    ciborium::ser::into_writer(value, sink)
        .map_err(|error| CodecError::Unencodable { of: T::SCHEMA.name, why: error.to_string() })
}

/// Takes an encoding piece by piece: keeps it, or compares it with bytes without holding it. One type for both, so that
/// each value's writing is compiled once.
struct Sink<'a> {
    /// For comparing, what is still to come; nothing inside once something else came.
    same: Option<Option<&'a [u8]>>,
    kept: Vec<u8>,
}

impl ciborium_io::Write for &mut Sink<'_> {
    type Error = Infallible;

    fn write_all(&mut self, piece: &[u8]) -> Result<(), Infallible> {
        match &mut self.same {
            Some(rest) => *rest = rest.and_then(|rest| rest.strip_prefix(piece)),
            None => self.kept.extend_from_slice(piece),
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

/// Bytes that most values of the state have: a vector that grows is moved again and again.
const USUAL: usize = 128;

#[doc(hidden)]
pub mod __private {
    pub use alloc::string::ToString;
    pub use alloc::vec::Vec;
    use serde::de::IgnoredAny;
    pub use serde::de::{Error as DeError, SeqAccess, Visitor};
    pub use serde::ser::SerializeTuple;
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
    pub use thiserror::Error as ThisError;

    /// A field; one copy of the code for each type of field, not for each field.
    #[inline(never)]
    pub fn field<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(
        seq: &mut A,
        of: &'static str,
        name: &'static str,
    ) -> Result<T, A::Error> {
        match seq.next_element()? {
            Some(value) => Ok(value),
            None => Err(A::Error::custom(format_args!("{of} lacks its {name}"))),
        }
    }

    /// That nothing follows the last field.
    #[inline(never)]
    pub fn end<'de, A: SeqAccess<'de>>(mut seq: A, of: &'static str) -> Result<(), A::Error> {
        match seq.next_element::<IgnoredAny>() {
            Ok(None) => Ok(()),
            // Our reader skips nothing: a surplus field is its error.
            _ => Err(A::Error::custom(format_args!("{of} has surplus fields"))),
        }
    }

    /// That there is no such variant.
    #[cold]
    #[inline(never)]
    pub fn no_code<E: DeError>(of: &'static str, code: u64) -> E {
        E::custom(format_args!("{of} has no code {code}"))
    }
}

#[cfg(test)]
mod tests;
