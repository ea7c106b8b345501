//! Errors, and where in the arguments they are.

use core::fmt;

use js_sys::Array;
use medledger_sdk::api::{ArgumentError, Error, ErrorParts, Field};
use wasm_bindgen::JsValue;

use super::{FromJs, glue};

/// Where in the arguments a value stands.
#[derive(Clone, Copy)]
pub enum At<'a> {
    /// An argument.
    Argument(&'static str),
    /// A field, by the number of its name.
    Field(&'a At<'a>, u32),
    /// An item of a list.
    Item(&'a At<'a>, u32),
}

impl At<'_> {
    /// The argument itself.
    pub fn argument(&self) -> &'static str {
        match self {
            Self::Argument(name) => name,
            Self::Field(of, _) | Self::Item(of, _) => of.argument(),
        }
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument(name) => f.write_str(name),
            Self::Field(of, name) => write!(f, "{of}.{}", glue::name_of(*name)),
            Self::Item(of, index) => write!(f, "{of}[{index}]"),
        }
    }
}

/// The `MedledgerError` for an error.
pub fn raise(error: impl Into<Error>) -> JsValue {
    let ErrorParts { kind, code, message, fields } = error.into().into_parts();
    let named = Array::new();
    for Field { name, value } in fields {
        named.push(&name.into());
        named.push(&value.into());
    }
    glue::fail(kind.as_str(), &code, &message, named)
}

/// The error for a value of another type.
#[inline(never)]
pub fn wrong(at: At<'_>, wanted: &str) -> JsValue {
    raise(ArgumentError::WrongType { argument: at.to_string(), wanted: wanted.to_owned() })
}

/// The error for a number or a time out of range.
#[inline(never)]
pub fn out_of_range(at: At<'_>, wanted: &str) -> JsValue {
    raise(ArgumentError::OutOfRange { argument: at.to_string(), wanted: wanted.to_owned() })
}

/// Converts an argument.
///
/// # Errors
/// A `MedledgerError` for a value of another type.
pub fn argument<T: FromJs>(value: &JsValue, name: &'static str) -> Result<T, JsValue> {
    T::from_js(value, At::Argument(name))
}

/// What came of a call, an error as `MedledgerError`.
///
/// # Errors
/// That.
pub fn answer<T>(result: Result<T, Error>) -> Result<T, JsValue> {
    result.map_err(raise)
}
