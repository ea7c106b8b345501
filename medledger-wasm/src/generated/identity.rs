//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{value, word};

word!(medledger_sdk::api::IdentityKind, "IdentityKind");
word!(medledger_sdk::api::IdentityStatus, "IdentityStatus");
word!(medledger_sdk::api::KeyRole, "KeyRole");
value!(medledger_sdk::api::Identity, "Identity", { did: 59, kind: 89, status: 155, member: 97, sponsor: 151, rotations: 139, keys: 88, document: 62,  });
value!(medledger_sdk::api::IdentityKey, "IdentityKey", { id: 79, role: 136, did_key: 60, agreement_key: 8,  });
value!(medledger_sdk::api::DidDocument, "DidDocument", { context: 43, id: 79, verification_method: 182, assertion_method: 12, authentication: 14, capability_invocation: 27, key_agreement: 86,  });
value!(medledger_sdk::api::VerificationMethod, "VerificationMethod", { id: 79, of_type: 104, controller: 44, public_key_multibase: 116,  });
