//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::value;

value!(medledger_sdk::api::Record, "Record", { record: 123, version: 183, custodian: 51, height: 77, recorded: 124, entered_in_error: 65, when: 187, resource_type: 134, reference: 126, title: 168,  });
