//! Hashes as the protocol makes them: SHA3-256, each use with its own tag.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::hash::{Tag, hash};

use super::error::Error;
use super::parse;

/// A tag: what stands before everything that is hashed for one use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HashTag {
    /// Its text; filled up with zeros it is 16 bytes long.
    pub tag: String,
    /// What is hashed under it.
    pub about: String,
}

/// Every tag of the protocol, the reserved ones included.
#[must_use]
pub fn hash_tags() -> Vec<HashTag> {
    let of = |tag: &Tag| HashTag { tag: tag.text().to_string(), about: tag.about().to_string() };
    Tag::ALL.iter().map(of).collect()
}

/// The 32 bytes of `SHA3-256(tag ‖ data)`, the tag given by its text, such as `ml1 tx id`.
///
/// # Errors
/// API-002 for a tag that is not in the register.
pub fn tagged_hash(tag: &str, data: &[u8]) -> Result<Vec<u8>, Error> {
    let found = Tag::ALL.iter().find(|known| known.text() == tag);
    let tag = found.ok_or_else(|| parse::not_a("tag", "a tag of the register", tag))?;
    Ok(hash(*tag, &[data]).to_vec())
}

#[cfg(test)]
mod tests;
