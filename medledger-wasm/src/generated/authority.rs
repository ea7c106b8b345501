//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{value, word};

word!(medledger_sdk::api::AuthorityKind, "AuthorityKind");
value!(medledger_sdk::api::AuthorityEntry, "AuthorityEntry", { kind: 89, time: 166, height: 77, transaction: 169, key: 85, by: 24, consent: 38, version: 183, credential: 48, issuer: 84, role: 136, period: 113,  });
