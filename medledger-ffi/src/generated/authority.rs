//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{Time, value, word};

word! {
    /// What an entry of the authority log says.
    AuthorityKind = medledger_sdk::api::authority::AuthorityKind {
        /// The identity began.
        Incepted,
        /// A device came.
        DeviceAdded,
        /// A device went.
        DeviceRevoked,
        /// The successor took over.
        Rotated,
        /// The identity ended.
        Deactivated,
        /// Somebody vouches for a role.
        CredentialIssued,
        /// And no longer.
        CredentialRevoked,
        /// A consent was granted.
        ConsentGranted,
        /// Its terms were replaced.
        ConsentAmended,
        /// It was taken back.
        ConsentRevoked,
    }
}

value! {
    /// An entry of the authority log.
    AuthorityEntry = medledger_sdk::api::authority::AuthorityEntry {
        /// What it says.
        kind: crate::AuthorityKind,
        /// When the ledger recorded it.
        time: Time,
        /// At which height.
        height: u64,
        /// The transaction.
        transaction: String,
        /// The key that came, went, or took over.
        #[uniffi(default = None)]
        key: Option<String>,
        /// The key that signed, where the entry says so.
        #[uniffi(default = None)]
        by: Option<String>,
        /// The consent.
        #[uniffi(default = None)]
        consent: Option<String>,
        /// Its version's hash.
        #[uniffi(default = None)]
        version: Option<String>,
        /// The credential.
        #[uniffi(default = None)]
        credential: Option<String>,
        /// Who vouches.
        #[uniffi(default = None)]
        issuer: Option<String>,
        /// For which role.
        #[uniffi(default = None)]
        role: Option<crate::Coding>,
        /// When.
        #[uniffi(default = None)]
        period: Option<crate::Period>,
    }
}
