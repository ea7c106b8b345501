//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{At, Class, FromPython, IntoPython, value, word};

word!(medledger_sdk::api::access::Basis, "Basis");

word!(medledger_sdk::api::access::AccessKind, "AccessKind");

word!(medledger_sdk::api::access::Effect, "Effect");

word!(medledger_sdk::api::access::SessionStatus, "SessionStatus");

value!(medledger_sdk::api::access::SessionRequest, "SessionRequest", { requester: "requester", subject: "subject", basis: "basis", basis_id: "basis_id", action: "action", purpose: "purpose", until: "until", organisation: "organisation", custodians: "custodians", types: "types", categories: "categories", period: "period",  });

value!(medledger_sdk::api::access::AccessEntry, "AccessEntry", { kind: "kind", time: "time", height: "height", transaction: "transaction", rule: "rule", session: "session", request: "request", not_after: "not_after", custodian: "custodian", count: "count",  });

value!(medledger_sdk::api::access::Look, "Look", { effect: "effect", time: "time", height: "height", transaction: "transaction", request: "request", rule: "rule", session: "session", not_after: "not_after", status: "status", custodians: "custodians", released: "released", refused: "refused",  });

value!(medledger_sdk::api::access::AccessQuestion, "AccessQuestion", { session: "session", custodian: "custodian", record: "record", key: "key", batch: "batch",  });

value!(medledger_sdk::api::access::Session, "Session", { session: "session", opened: "opened", not_after: "not_after", request: "request", unclosed: "unclosed", roles: "roles", custodians: "custodians",  });

value!(medledger_sdk::api::access::Custody, "Custody", { custodian: "custodian", closed: "closed", count: "count", head: "head",  });
