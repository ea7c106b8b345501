//! Truth values, numbers, text, bytes, times, options and lists.

use js_sys::{Array, Uint8Array};
use medledger_sdk::api::{Bytes, Count, Moment, Time};
use wasm_bindgen::JsValue;

use super::errors::{At, out_of_range, wrong};
use super::{FromJs, IntoJs, glue};

/// The last millisecond that a `Date` can say, and the first one with a sign (ECMA-262, time values).
const LAST: i64 = 8_640_000_000_000_000;

impl IntoJs for () {
    fn into_js(self) -> JsValue {
        JsValue::UNDEFINED
    }
}

impl FromJs for bool {
    fn from_js(value: &JsValue, at: At<'_>) -> Result<Self, JsValue> {
        value.as_bool().ok_or_else(|| wrong(at, "a boolean"))
    }
}

impl IntoJs for bool {
    fn into_js(self) -> JsValue {
        self.into()
    }
}

impl FromJs for u64 {
    fn from_js(value: &JsValue, at: At<'_>) -> Result<Self, JsValue> {
        if !value.is_bigint() {
            return Err(wrong(at, "a bigint"));
        }
        Self::try_from(value.clone()).map_err(|_| out_of_range(at, "a bigint from 0n to 2n ** 64n - 1n"))
    }
}

impl IntoJs for u64 {
    fn into_js(self) -> JsValue {
        self.into()
    }
}

impl FromJs for Count {
    fn from_js(value: &JsValue, at: At<'_>) -> Result<Self, JsValue> {
        u64::from_js(value, at).map(Self)
    }
}

impl IntoJs for Count {
    fn into_js(self) -> JsValue {
        self.0.into()
    }
}

impl FromJs for String {
    fn from_js(value: &JsValue, at: At<'_>) -> Result<Self, JsValue> {
        glue::text(value).ok_or_else(|| wrong(at, "a string without lone surrogates"))
    }
}

impl IntoJs for String {
    fn into_js(self) -> JsValue {
        self.into()
    }
}

impl FromJs for Vec<u8> {
    fn from_js(value: &JsValue, at: At<'_>) -> Result<Self, JsValue> {
        glue::bytes(value).ok_or_else(|| wrong(at, "a Uint8Array"))
    }
}

impl IntoJs for Vec<u8> {
    fn into_js(self) -> JsValue {
        Uint8Array::from(self.as_slice()).into()
    }
}

impl FromJs for Bytes {
    fn from_js(value: &JsValue, at: At<'_>) -> Result<Self, JsValue> {
        Vec::from_js(value, at).map(Self)
    }
}

impl IntoJs for Bytes {
    fn into_js(self) -> JsValue {
        self.0.into_js()
    }
}

fn milliseconds(value: &JsValue, at: At<'_>) -> Result<i64, JsValue> {
    glue::milliseconds(value).ok_or_else(|| wrong(at, "a valid Date"))
}

impl FromJs for Time {
    fn from_js(value: &JsValue, at: At<'_>) -> Result<Self, JsValue> {
        let since = u64::try_from(milliseconds(value, at)?);
        since.map(Self).map_err(|_| out_of_range(at, "a time not before 1970"))
    }
}

/// A time later than a `Date` can say is the last that it can.
impl IntoJs for Time {
    fn into_js(self) -> JsValue {
        glue::date(i64::try_from(self.0).unwrap_or(LAST).min(LAST))
    }
}

impl FromJs for Moment {
    fn from_js(value: &JsValue, at: At<'_>) -> Result<Self, JsValue> {
        milliseconds(value, at).map(Self)
    }
}

impl IntoJs for Moment {
    fn into_js(self) -> JsValue {
        glue::date(self.0.clamp(-LAST, LAST))
    }
}

impl<T: FromJs> FromJs for Option<T> {
    fn from_js(value: &JsValue, at: At<'_>) -> Result<Self, JsValue> {
        if value.is_null() || value.is_undefined() { Ok(None) } else { T::from_js(value, at).map(Some) }
    }
}

impl<T: IntoJs> IntoJs for Option<T> {
    fn into_js(self) -> JsValue {
        self.map_or(JsValue::UNDEFINED, T::into_js)
    }
}

impl<T: FromJs> FromJs for Vec<T> {
    fn from_js(value: &JsValue, at: At<'_>) -> Result<Self, JsValue> {
        // A list that is a field may be left out.
        if matches!(at, At::Field(..)) && (value.is_null() || value.is_undefined()) {
            return Ok(Self::new());
        }
        if !Array::is_array(value) {
            return Err(wrong(at, "an array"));
        }
        let list = Array::from(value);
        (0..list.length()).map(|index| T::from_js(&list.get(index), At::Item(&at, index))).collect()
    }
}

impl<T: IntoJs> IntoJs for Vec<T> {
    fn into_js(self) -> JsValue {
        let list = Array::new();
        for item in self {
            list.push(&item.into_js());
        }
        list.into()
    }
}
