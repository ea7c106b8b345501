//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{value, word};

word!(medledger_sdk::api::Basis, "Basis");
word!(medledger_sdk::api::AccessKind, "AccessKind");
word!(medledger_sdk::api::Effect, "Effect");
word!(medledger_sdk::api::SessionStatus, "SessionStatus");
value!(medledger_sdk::api::SessionRequest, "SessionRequest", { requester: 133, organisation: 108, subject: 157, custodians: 52, basis: 19, basis_id: 20, action: 3, purpose: 117, types: 172, categories: 28, period: 113, until: 175,  });
value!(medledger_sdk::api::AccessEntry, "AccessEntry", { kind: 89, time: 166, height: 77, transaction: 169, rule: 140, session: 142, request: 132, not_after: 101, custodian: 51, count: 46,  });
value!(medledger_sdk::api::Look, "Look", { effect: 63, rule: 140, time: 166, height: 77, transaction: 169, request: 132, session: 142, not_after: 101, status: 155, custodians: 52, released: 131, refused: 128,  });
value!(medledger_sdk::api::AccessQuestion, "AccessQuestion", { session: 142, custodian: 51, record: 123, key: 85, batch: 21,  });
value!(medledger_sdk::api::Session, "Session", { session: 142, opened: 105, not_after: 101, roles: 137, request: 132, unclosed: 173, custodians: 52,  });
value!(medledger_sdk::api::Custody, "Custody", { custodian: 51, closed: 33, count: 46, head: 75,  });
