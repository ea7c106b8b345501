//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{At, Class, FromPython, IntoPython, value, word};

word!(medledger_sdk::api::identity::IdentityKind, "IdentityKind");

word!(medledger_sdk::api::identity::IdentityStatus, "IdentityStatus");

word!(medledger_sdk::api::identity::KeyRole, "KeyRole");

value!(medledger_sdk::api::identity::Identity, "Identity", { did: "did", kind: "kind", status: "status", member: "member", rotations: "rotations", document: "document", sponsor: "sponsor", keys: "keys",  });

value!(medledger_sdk::api::identity::IdentityKey, "IdentityKey", { id: "id", role: "role", did_key: "did_key", agreement_key: "agreement_key",  });

value!(medledger_sdk::api::identity::DidDocument, "DidDocument", { id: "id", context: "context", verification_method: "verification_method", assertion_method: "assertion_method", authentication: "authentication", capability_invocation: "capability_invocation", key_agreement: "key_agreement",  });

value!(medledger_sdk::api::identity::VerificationMethod, "VerificationMethod", { id: "id", of_type: "of_type", controller: "controller", public_key_multibase: "public_key_multibase",  });
