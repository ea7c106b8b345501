//! Words and values: texts and plain objects.

use medledger_sdk::api::ArgumentError;
use wasm_bindgen::JsValue;

use super::errors::{At, raise, wrong};
use super::{FromJs, glue};

/// The word with a text.
///
/// # Errors
/// A `MedledgerError` for another text.
pub fn find<T: Copy>(
    value: &JsValue,
    at: At<'_>,
    name: &'static str,
    all: &[T],
    text_of: fn(T) -> &'static str,
) -> Result<T, JsValue> {
    let text = String::from_js(value, at)?;
    all.iter().copied().find(|word| text_of(*word) == text).ok_or_else(|| {
        let (argument, text) = (at.argument(), text.chars().take(80).collect());
        raise(ArgumentError::NotA { argument, wanted: name, text })
    })
}

/// That a value has fields.
///
/// # Errors
/// A `MedledgerError` for one that has none.
pub fn object(value: &JsValue, at: At<'_>, name: &str) -> Result<(), JsValue> {
    if glue::is_object(value) { Ok(()) } else { Err(wrong(at, &format!("an object ({name})"))) }
}

/// A field, by the number of its name.
///
/// # Errors
/// A `MedledgerError` where it is not of its type, and what reading it throws.
pub fn member<T: FromJs>(value: &JsValue, at: At<'_>, name: u32) -> Result<T, JsValue> {
    T::from_js(&glue::field(value, name)?, At::Field(&at, name))
}

/// Converts an enum of words.
macro_rules! word {
    ($of:path, $name:literal) => {
        impl crate::support::IntoJs for $of {
            fn into_js(self) -> wasm_bindgen::JsValue {
                self.as_str().into()
            }
        }

        impl crate::support::FromJs for $of {
            fn from_js(
                value: &wasm_bindgen::JsValue,
                at: crate::support::errors::At<'_>,
            ) -> Result<Self, wasm_bindgen::JsValue> {
                crate::support::values::find(value, at, $name, Self::ALL, Self::as_str)
            }
        }
    };
}
pub(crate) use word;

/// Converts a value, field by field: each with the number of its name in `js/names.js`.
macro_rules! value {
    ($of:path, $name:literal, { $( $field:ident: $index:literal ),* $(,)? }) => {
        impl crate::support::IntoJs for $of {
            fn into_js(self) -> wasm_bindgen::JsValue {
                let values = js_sys::Array::new();
                $( values.push(&self.$field.into_js()); )*
                crate::support::glue::record(&[$( $index ),*], values)
            }
        }

        impl crate::support::FromJs for $of {
            fn from_js(
                value: &wasm_bindgen::JsValue,
                at: crate::support::errors::At<'_>,
            ) -> Result<Self, wasm_bindgen::JsValue> {
                crate::support::values::object(value, at, $name)?;
                Ok(Self { $( $field: crate::support::values::member(value, at, $index)? ),* })
            }
        }
    };
}
pub(crate) use value;

/// Puts a handle that is given into the table: JavaScript gets its key, and wraps it.
macro_rules! handle {
    ($of:path, $name:literal, $what:literal) => {
        impl crate::support::IntoJs for $of {
            fn into_js(self) -> wasm_bindgen::JsValue {
                crate::support::handles::keep(self).into()
            }
        }

        impl crate::support::handles::Named for $of {
            const NAME: &'static str = $name;
            const WHAT: &'static str = $what;
        }
    };
}
pub(crate) use handle;
