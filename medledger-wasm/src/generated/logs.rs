//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{value, word};

word!(medledger_sdk::api::LogKind, "LogKind");
word!(medledger_sdk::api::TimelineKind, "TimelineKind");
value!(medledger_sdk::api::TimelineEntry, "TimelineEntry", { kind: 89, time: 166, height: 77, transaction: 169, record: 123, custodian: 51, count: 46, version: 183,  });
value!(medledger_sdk::api::Timeline, "Timeline", { subject: 157, height: 77, claim: 31, entries: 66,  });
value!(medledger_sdk::api::AccessLog, "AccessLog", { subject: 157, height: 77, complete: 37, claim: 31, looks: 96,  });
value!(medledger_sdk::api::AuthorityLog, "AuthorityLog", { subject: 157, height: 77, claim: 31, entries: 66,  });
value!(medledger_sdk::api::ReceiptSummary, "ReceiptSummary", { subject: 157, log: 95, position: 114, transaction: 169, height: 77, time: 166, rule: 140, vouched: 185, timeline: 167, access: 1, authority: 15,  });
