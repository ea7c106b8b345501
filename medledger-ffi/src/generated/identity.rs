//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{value, word};

word! {
    /// What an identity is.
    IdentityKind = medledger_sdk::api::identity::IdentityKind {
        /// Whose records they are.
        Patient,
        /// A person who treats.
        Practitioner,
        /// A hospital, a laboratory, an authority.
        Organisation,
        /// A thing.
        Device,
    }
}

word! {
    /// How an identity stands.
    IdentityStatus = medledger_sdk::api::identity::IdentityStatus {
        /// It can sign.
        Active,
        /// It has ended.
        Deactivated,
    }
}

word! {
    /// What a key may do.
    KeyRole = medledger_sdk::api::identity::KeyRole {
        /// Adds and revokes devices, deactivates.
        Controller,
        /// Signs consents, access and records.
        Device,
    }
}

value! {
    /// An identity.
    Identity = medledger_sdk::api::identity::Identity {
        /// Its DID.
        did: String,
        /// What it is.
        kind: crate::IdentityKind,
        /// How it stands.
        status: crate::IdentityStatus,
        /// Whether it is a member of the consortium.
        member: bool,
        /// Who sponsored it; null for those that the genesis names.
        #[uniffi(default = None)]
        sponsor: Option<String>,
        /// How often its controller has been rotated.
        rotations: u64,
        /// Its live keys.
        #[uniffi(default = [])]
        keys: Vec<crate::IdentityKey>,
        /// Its DID document.
        document: crate::DidDocument,
    }
}

value! {
    /// A key.
    #[uniffi::export(Eq, Hash)]
    IdentityKey = medledger_sdk::api::identity::IdentityKey {
        /// Its id.
        id: String,
        /// What it may do.
        role: crate::KeyRole,
        /// The key as did:key.
        did_key: String,
        /// What records are wrapped to for it: 32 bytes; null for a key that has none.
        #[uniffi(default = None)]
        agreement_key: Option<Vec<u8>>,
    }
}

value! {
    /// A DID document (W3C DID Core §6.2).
    DidDocument = medledger_sdk::api::identity::DidDocument {
        /// The contexts.
        #[uniffi(default = [])]
        context: Vec<String>,
        /// The DID.
        id: String,
        /// All live keys.
        #[uniffi(default = [])]
        verification_method: Vec<crate::VerificationMethod>,
        /// Keys that sign what the identity says.
        #[uniffi(default = [])]
        assertion_method: Vec<String>,
        /// Keys that sign in.
        #[uniffi(default = [])]
        authentication: Vec<String>,
        /// The controller key.
        #[uniffi(default = [])]
        capability_invocation: Vec<String>,
        /// Keys that others encrypt to.
        #[uniffi(default = [])]
        key_agreement: Vec<crate::VerificationMethod>,
    }
}

value! {
    /// A key in a DID document.
    VerificationMethod = medledger_sdk::api::identity::VerificationMethod {
        /// Its name.
        id: String,
        /// `Multikey`.
        of_type: String,
        /// Whose it is.
        controller: String,
        /// The key.
        public_key_multibase: String,
    }
}
