//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::value;

value!(medledger_sdk::api::Coding, "Coding", { system: 162, code: 34,  });
value!(medledger_sdk::api::Period, "Period", { from: 72, until: 175,  });
value!(medledger_sdk::api::Interval, "Interval", { start: 153, end: 64,  });
