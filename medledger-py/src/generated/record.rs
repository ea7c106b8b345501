//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{At, Class, FromPython, IntoPython, value};

value!(medledger_sdk::api::record::Record, "Record", { record: "record", version: "version", custodian: "custodian", height: "height", recorded: "recorded", entered_in_error: "entered_in_error", when: "when", resource_type: "resource_type", reference: "reference", title: "title",  });
