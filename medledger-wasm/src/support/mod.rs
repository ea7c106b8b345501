//! What the generated conversions stand on.
//!
//! | module | what it holds |
//! | --- | --- |
//! | `glue` | functions of `js/glue.js` |
//! | `errors` | errors, and where in the arguments they are |
//! | `scalars` | truth values, numbers, text, bytes, times, options and lists |
//! | `values` | words and values |
//! | `handles` | what has state: a table of it, and its locks |
//! | `callbacks` | a user's signer and progress function; entropy |

pub mod callbacks;
pub mod errors;
pub mod glue;
pub mod handles;
pub mod scalars;
pub mod values;

use wasm_bindgen::JsValue;

pub use callbacks::{Caller, entropy};
pub use errors::{answer, argument};
pub use handles::{exclusive, held, shared};
pub(crate) use values::{handle, value, word};

/// What is made from a value of JavaScript.
pub trait FromJs: Sized {
    /// Converts it.
    ///
    /// # Errors
    /// A `MedledgerError` that says where in the arguments it is.
    fn from_js(value: &JsValue, at: errors::At<'_>) -> Result<Self, JsValue>;
}

/// What becomes a value of JavaScript.
pub trait IntoJs {
    /// Converts it.
    fn into_js(self) -> JsValue;
}
