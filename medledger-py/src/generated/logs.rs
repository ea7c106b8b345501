//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{At, Class, FromPython, IntoPython, value, word};

word!(medledger_sdk::api::logs::LogKind, "LogKind");

word!(medledger_sdk::api::logs::TimelineKind, "TimelineKind");

value!(medledger_sdk::api::logs::TimelineEntry, "TimelineEntry", { kind: "kind", time: "time", height: "height", transaction: "transaction", record: "record", count: "count", version: "version", custodian: "custodian",  });

value!(medledger_sdk::api::logs::Timeline, "Timeline", { subject: "subject", height: "height", claim: "claim", entries: "entries",  });

value!(medledger_sdk::api::logs::AccessLog, "AccessLog", { subject: "subject", height: "height", complete: "complete", claim: "claim", looks: "looks",  });

value!(medledger_sdk::api::logs::AuthorityLog, "AuthorityLog", { subject: "subject", height: "height", claim: "claim", entries: "entries",  });

value!(medledger_sdk::api::logs::ReceiptSummary, "ReceiptSummary", { subject: "subject", log: "log", position: "position", transaction: "transaction", height: "height", time: "time", vouched: "vouched", rule: "rule", timeline: "timeline", access: "access", authority: "authority",  });
