//! MedLedger for JavaScript.
//!
//! | module | what it holds |
//! | --- | --- |
//! | `generated` | a function for each operation, constructor and method, conversions of values: `cargo xtask bindings` |
//! | `support` | conversions of scalars, errors, handles and their locks, a user's signer and progress function |
//!
//! Every argument enters as a `JsValue`: wasm-bindgen's own types would make 2⁶⁴ − 1 of −1n, and bytes of "abc". The classes
//! around the functions, and their types, are JavaScript: `js/` beside this folder.

mod generated;
mod support;
