//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{value, word};

word!(medledger_sdk::api::ProofKind, "ProofKind");
value!(medledger_sdk::api::ProofReport, "ProofReport", { valid: 178, kind: 89, height: 77, complete: 37, fault: 69, not_handed_over: 102,  });
value!(medledger_sdk::api::NotHandedOver, "NotHandedOver", { batch: 21, custodian: 51, count: 46,  });
value!(medledger_sdk::api::Fault, "Fault", { code: 34, what: 186,  });
value!(medledger_sdk::api::ProvenRecord, "ProvenRecord", { subject: 157, record: 123, version: 183, opened: 105, height: 77, recorded: 124,  });
value!(medledger_sdk::api::ProvenExport, "ProvenExport", { subject: 157, claim: 31, timeline: 167, records: 125, access_log: 2, authority_log: 16, consents: 40, transactions: 170, unclosed: 173, not_handed_over: 102,  });
