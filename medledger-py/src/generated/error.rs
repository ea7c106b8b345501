//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;

use crate::support::{At, Class, FromPython, IntoPython, word};

word!(medledger_sdk::api::error::ErrorKind, "ErrorKind");
