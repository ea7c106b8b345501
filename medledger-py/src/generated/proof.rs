//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{At, Class, FromPython, IntoPython, value, word};

word!(medledger_sdk::api::proof::ProofKind, "ProofKind");

value!(medledger_sdk::api::proof::ProofReport, "ProofReport", { valid: "valid", kind: "kind", height: "height", complete: "complete", fault: "fault", not_handed_over: "not_handed_over",  });

value!(medledger_sdk::api::proof::NotHandedOver, "NotHandedOver", { batch: "batch", custodian: "custodian", count: "count",  });

value!(medledger_sdk::api::proof::Fault, "Fault", { code: "code", what: "what",  });

value!(medledger_sdk::api::proof::ProvenRecord, "ProvenRecord", { subject: "subject", record: "record", version: "version", opened: "opened", height: "height", recorded: "recorded",  });

value!(medledger_sdk::api::proof::ProvenExport, "ProvenExport", { subject: "subject", timeline: "timeline", records: "records", access_log: "access_log", authority_log: "authority_log", consents: "consents", transactions: "transactions", claim: "claim", unclosed: "unclosed", not_handed_over: "not_handed_over",  });
