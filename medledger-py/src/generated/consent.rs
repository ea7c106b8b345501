//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{At, Class, FromPython, IntoPython, value, word};

word!(medledger_sdk::api::consent::ConsentStanding, "ConsentStanding");

word!(medledger_sdk::api::consent::AnswerReason, "AnswerReason");

value!(medledger_sdk::api::consent::Consent, "Consent", { consent: "consent", subject: "subject", slot: "slot", version: "version", version_hash: "version_hash", status: "status", period: "period", directive: "directive", effect: "effect", criteria: "criteria", used: "used", rules: "rules", obligations: "obligations", uses: "uses",  });

value!(medledger_sdk::api::consent::Rule, "Rule", { depth: "depth", effect: "effect", criteria: "criteria",  });

value!(medledger_sdk::api::consent::Criteria, "Criteria", { actors: "actors", actions: "actions", purposes: "purposes", types: "types", categories: "categories", codes: "codes", labels: "labels", records: "records", authors: "authors", related: "related", data_period: "data_period",  });

value!(medledger_sdk::api::consent::Actor, "Actor", { identity: "identity", organisation: "organisation", role: "role",  });

value!(medledger_sdk::api::consent::Answer, "Answer", { effect: "effect", reason: "reason", consent: "consent", path: "path", obligations: "obligations",  });
