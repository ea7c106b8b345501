//! Values from bytes that the scan has passed.
//!
//! ciborium writes, and could read; but it takes byte strings for arrays of numbers and back, each through code of its own
//! for every type, which is half of what a browser would load. Here both ways share one path. What they decode to is the
//! same, and is refused by the comparison that follows: a value has one encoding.

use alloc::boxed::Box;
use alloc::string::ToString;
use core::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, Expected, SeqAccess, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

/// What is wrong with a value's shape.
#[derive(Debug)]
pub struct ShapeError(Box<str>);

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for ShapeError {}

impl serde::de::Error for ShapeError {
    fn custom<T: fmt::Display>(what: T) -> Self {
        Self(what.to_string().into())
    }

    // As serde words them, but for what was found instead: to show that it can show floats, which a browser would load.

    fn invalid_type(_: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::custom(format_args!("{wanted} is wanted"))
    }

    fn invalid_value(_: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::custom(format_args!("{wanted} is wanted"))
    }
}

impl ShapeError {
    #[cold]
    #[inline(never)]
    pub(super) fn wanted(wanted: &str) -> Self {
        Self([wanted, " is wanted"].concat().into())
    }

    #[cold]
    #[inline(never)]
    pub(super) fn lacks(of: &str, name: &str) -> Self {
        Self([of, " lacks its ", name].concat().into())
    }
}

/// The next item, an array without its items.
pub(super) enum Item<'de> {
    Unsigned(u64),
    /// −1 − n.
    Negative(u64),
    Bytes(&'de [u8]),
    Text(&'de str),
    Array(u64),
    Bool(bool),
    Null,
    /// A byte of a byte string that is read as an array.
    Byte(u8),
}

/// What is left of the bytes. Each call takes an item or is refused, so that no call can go on beside the item it should
/// have taken; how deep calls nest is how deep the types do.
pub struct Reader<'de> {
    rest: &'de [u8],
    /// Whether the next item is a bare byte.
    bare: bool,
}

impl<'de> Reader<'de> {
    pub const fn new(rest: &'de [u8]) -> Self {
        Self { rest, bare: false }
    }

    fn take(&mut self, count: u64) -> Result<&'de [u8], ShapeError> {
        let split = usize::try_from(count).ok().and_then(|count| self.rest.split_at_checked(count));
        let (taken, rest) = split.ok_or_else(|| ShapeError::wanted("another item"))?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, ShapeError> {
        self.take(1).map(|byte| byte.first().copied().unwrap_or_default())
    }

    /// Whether nothing is left.
    pub(super) const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Takes a null where one is next.
    pub(super) fn null(&mut self) -> Result<bool, ShapeError> {
        match self.rest.split_first() {
            // No byte of a string is null, and none is a value that could be.
            _ if self.bare => Err(ShapeError::wanted("an array")),
            Some((0xf6, rest)) => {
                self.rest = rest;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    #[inline(never)]
    pub(super) fn item(&mut self) -> Result<Item<'de>, ShapeError> {
        let head = self.byte()?;
        if core::mem::take(&mut self.bare) {
            return Ok(Item::Byte(head));
        }
        let (major, info) = (head >> 5, head & 0x1f);
        if major == 7 {
            return match info {
                20 => Ok(Item::Bool(false)),
                21 => Ok(Item::Bool(true)),
                22 => Ok(Item::Null),
                _ => Err(ShapeError::wanted("another kind of item")),
            };
        }
        let argument = match info {
            0..=23 => u64::from(info),
            24..=27 => {
                let width = 1_u64 << (info & 3);
                self.take(width)?.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
            }
            _ => return Err(ShapeError::wanted("a definite length")),
        };
        match major {
            0 => Ok(Item::Unsigned(argument)),
            1 => Ok(Item::Negative(argument)),
            2 => self.take(argument).map(Item::Bytes),
            3 => match core::str::from_utf8(self.take(argument)?) {
                Ok(text) => Ok(Item::Text(text)),
                Err(_) => Err(ShapeError::wanted("UTF-8")),
            },
            4 => Ok(Item::Array(argument)),
            _ => Err(ShapeError::wanted("another kind of item")),
        }
    }

    #[inline(never)]
    pub(super) fn signed(&mut self) -> Result<i64, ShapeError> {
        let signed = match self.item()? {
            Item::Unsigned(value) => i64::try_from(value).ok(),
            Item::Byte(byte) => Some(byte.into()),
            Item::Negative(value) => i64::try_from(value).ok().map(|value| !value),
            _ => None,
        };
        signed.ok_or_else(|| ShapeError::wanted("an integer from -2⁶³ to 2⁶³ - 1"))
    }

    #[inline(never)]
    pub(super) fn unsigned(&mut self) -> Result<u64, ShapeError> {
        match self.item()? {
            Item::Unsigned(value) => Ok(value),
            Item::Byte(byte) => Ok(byte.into()),
            _ => Err(ShapeError::wanted("an integer from 0 to 2⁶⁴ - 1")),
        }
    }

    /// The items of an array, or the bytes of a string.
    #[inline(never)]
    pub(super) fn items(&mut self) -> Result<Items<'_, 'de>, ShapeError> {
        match self.item()? {
            Item::Array(left) => Ok(Items { reader: self, left, after: None }),
            Item::Bytes(bytes) => {
                let after = core::mem::replace(&mut self.rest, bytes);
                let left = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                Ok(Items { reader: self, left, after: Some(after) })
            }
            _ => Err(ShapeError::wanted("an array")),
        }
    }
}

/// What is left of an array, or of a byte string that is read as one.
pub(super) struct Items<'r, 'de> {
    reader: &'r mut Reader<'de>,
    left: u64,
    /// What follows the byte string.
    after: Option<&'de [u8]>,
}

impl<'de> Items<'_, 'de> {
    /// The reader before the next item; nothing after the last one.
    pub(super) fn next(&mut self) -> Option<&mut Reader<'de>> {
        self.left = self.left.checked_sub(1)?;
        self.reader.bare = self.after.is_some();
        Some(self.reader)
    }

    /// Whether it is a byte string.
    pub(super) const fn are_bytes(&self) -> bool {
        self.after.is_some()
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = ShapeError;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, ShapeError> {
        self.next().map(|reader| seed.deserialize(reader)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        usize::try_from(self.left).ok()
    }
}

impl Drop for Items<'_, '_> {
    fn drop(&mut self) {
        if let Some(after) = self.after {
            self.reader.rest = after;
        }
    }
}

/// Integers and booleans: what is asked for by name is read, whatever the visitor makes of it.
macro_rules! plain {
    ($( $method:ident: $read:ident, $visit:ident; )*) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
            visitor.$visit(self.$read()?)
        }
    )* };
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = ShapeError;

    plain! {
        deserialize_u8: unsigned, visit_u64;
        deserialize_u16: unsigned, visit_u64;
        deserialize_u32: unsigned, visit_u64;
        deserialize_u64: unsigned, visit_u64;
        deserialize_i64: signed, visit_i64;
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, ShapeError> {
        Err(ShapeError::custom("a type that says what it wants is wanted"))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match self.item()? {
            Item::Bool(value) => visitor.visit_bool(value),
            _ => Err(ShapeError::wanted("true or false")),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match self.item()? {
            Item::Text(text) => visitor.visit_str(text),
            _ => Err(ShapeError::wanted("text")),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match self.item()? {
            Item::Bytes(bytes) => visitor.visit_bytes(bytes),
            Item::Array(left) => visitor.visit_seq(Items { reader: self, left, after: None }),
            _ => Err(ShapeError::wanted("a byte string")),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        if self.null()? { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        if self.bare { Err(ShapeError::wanted("an array")) } else { visitor.visit_newtype_struct(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        visitor.visit_seq(self.items()?)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, ShapeError> {
        self.deserialize_seq(visitor)
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u128 f32 f64 char unit unit_struct tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests;
