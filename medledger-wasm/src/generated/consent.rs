//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{value, word};

word!(medledger_sdk::api::ConsentStanding, "ConsentStanding");
word!(medledger_sdk::api::AnswerReason, "AnswerReason");
value!(medledger_sdk::api::Consent, "Consent", { consent: 38, subject: 157, slot: 150, version: 183, version_hash: 184, status: 155, period: 113, directive: 61, effect: 63, criteria: 50, rules: 141, obligations: 103, uses: 177, used: 176,  });
value!(medledger_sdk::api::Rule, "Rule", { depth: 56, effect: 63, criteria: 50,  });
value!(medledger_sdk::api::Criteria, "Criteria", { actors: 6, actions: 4, purposes: 118, types: 172, categories: 28, codes: 35, labels: 90, records: 125, authors: 17, related: 129, data_period: 53,  });
value!(medledger_sdk::api::Actor, "Actor", { identity: 81, organisation: 108, role: 136,  });
value!(medledger_sdk::api::Answer, "Answer", { effect: 63, reason: 120, consent: 38, path: 111, obligations: 103,  });
