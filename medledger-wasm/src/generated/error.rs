//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::word;

word!(medledger_sdk::api::ErrorKind, "ErrorKind");
