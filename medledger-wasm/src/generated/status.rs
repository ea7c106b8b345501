//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::value;

value!(medledger_sdk::api::Status, "Status", { chain: 30, name: 100, height: 77, time: 166, app_root: 10, identities: 80, records: 125, held: 78, transactions: 170, store_bytes: 156,  });
