//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{At, Class, FromPython, IntoPython, value};

value!(medledger_sdk::api::status::Status, "Status", { chain: "chain", name: "name", height: "height", time: "time", app_root: "app_root", identities: "identities", records: "records", held: "held", transactions: "transactions", store_bytes: "store_bytes",  });
