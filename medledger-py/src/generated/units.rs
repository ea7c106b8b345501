//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{At, Class, FromPython, IntoPython, value};

value!(medledger_sdk::api::units::Coding, "Coding", { code: "code", system: "system",  });

value!(medledger_sdk::api::units::Period, "Period", { from: "from_", until: "until",  });

value!(medledger_sdk::api::units::Interval, "Interval", { start: "start", end: "end",  });
