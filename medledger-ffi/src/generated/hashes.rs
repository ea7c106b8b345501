//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{Give, MedledgerError, answer, value};

value! {
    /// A tag: what stands before everything that is hashed for one use.
    HashTag = medledger_sdk::api::hashes::HashTag {
        /// Its text; filled up with zeros it is 16 bytes long.
        tag: String,
        /// What is hashed under it.
        about: String,
    }
}

/// Every tag of the protocol, the reserved ones included.
#[uniffi::export]
pub fn hash_tags() -> Result<Vec<crate::HashTag>, MedledgerError> {
    Ok(medledger_sdk::api::hashes::hash_tags().give())
}

/// The 32 bytes of `SHA3-256(tag ‖ data)`, the tag given by its text, such as `ml1 tx id`.
///
/// Errors: API-002 for a tag that is not in the register.
#[uniffi::export]
pub fn tagged_hash(tag: String, data: Vec<u8>) -> Result<Vec<u8>, MedledgerError> {
    answer(medledger_sdk::api::hashes::tagged_hash(&tag, &data))
}
