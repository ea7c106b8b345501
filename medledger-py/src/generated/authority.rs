//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{At, Class, FromPython, IntoPython, value, word};

word!(medledger_sdk::api::authority::AuthorityKind, "AuthorityKind");

value!(medledger_sdk::api::authority::AuthorityEntry, "AuthorityEntry", { kind: "kind", time: "time", height: "height", transaction: "transaction", key: "key", by: "by", consent: "consent", version: "version", credential: "credential", issuer: "issuer", role: "role", period: "period",  });
