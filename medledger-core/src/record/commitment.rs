//! Salted commitments to a record's content and to its facts.
//!
//! Each has a salt of its own, so that whoever is shown the facts can't test guesses of the content. A salt lives
//! and dies with the record's key: once it is destroyed, nobody who did not already hold content and salt can tie
//! the commitment to any content.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::facts::Facts;
use crate::codec::CodecError;
use crate::hash::{Digest32, FactsCommitment, Hasher, RecordCommitment, Tag, hash, hash_wire};

rules! {
    /// Why facts can't be committed to, or why an opening is not that of the commitments.
    pub enum CommitmentError: REC {
        /// Facts without a reference or a resource type.
        1 Unnamed { field: &'static str }:
            "facts have a reference and a resource type",
            "the facts have an empty {field}: name the record and its type";
        /// A list with repeats or out of order.
        2 NotASet { field: &'static str }:
            "every list in facts ascends and repeats nothing",
            "the list {field} of these facts is out of order or repeats an item: sort it and remove repeats";
        /// A clinical interval without a millisecond in it.
        3 EmptyInterval:
            "a clinical interval holds at least one millisecond",
            "the clinical interval of these facts ends where it starts or before: check the dates it came from";
        /// Facts past a limit.
        4 Encoding { error: CodecError }:
            "facts keep within their limits",
            "these facts can't be encoded within their limits: {error}";
        /// One salt for both commitments.
        5 SharedSalt:
            "content and facts have different salts",
            "content and facts have the same salt: draw 32 fresh random bytes for each";
        /// Content that is not what was committed to.
        6 WrongContent:
            "opened content is what its commitment commits to",
            "this content and salt are not the ones that were committed to";
        /// Facts that are not what was committed to.
        7 WrongFacts:
            "opened facts are what their commitment commits to",
            "these facts and salt are not the ones that were committed to";
    }
}

/// 32 secret random bytes that make a commitment unguessable. Wiped when dropped, never shown by `Debug`; on the heap, since
/// a move of the bytes themselves would leave a copy behind.
#[derive(Clone)]
pub struct Salt(Box<[u8; 32]>);

impl Serialize for Salt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0.as_slice())
    }
}

impl<'de> Deserialize<'de> for Salt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_bytes::deserialize(deserializer).map(Self::new)
    }
}

impl Salt {
    /// How many bytes it has.
    pub const LEN: usize = 32;

    /// From bytes of a cryptographic random source.
    #[must_use]
    pub fn new(mut bytes: [u8; 32]) -> Self {
        let salt = Self::from_bytes(&bytes);
        bytes.zeroize();
        salt
    }

    /// As [`Self::new`], from bytes that stay where they are.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        let mut salt = Self(Box::new([0; 32]));
        salt.0.copy_from_slice(bytes);
        salt
    }

    /// The secret bytes.
    #[must_use]
    pub const fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Drop for Salt {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for Salt {}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(secret)")
    }
}

/// The bytes of a record. Wiped when dropped, never shown by `Debug`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Content(#[serde(with = "serde_bytes")] Vec<u8>);

impl Content {
    /// The bytes as they will be committed to, already in canonical form.
    #[must_use]
    pub const fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The secret bytes.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Content {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for Content {}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Content(secret)")
    }
}

/// `H("ml1 content" ‖ salt ‖ content)`.
#[must_use]
pub fn content_commitment(salt: &Salt, content: &[u8]) -> RecordCommitment {
    RecordCommitment(hash(Tag::Content, &[salt.expose(), content]))
}

/// [`content_commitment`] of content that comes piece by piece.
#[derive(Clone, Debug)]
pub struct ContentHasher(Hasher);

impl ContentHasher {
    /// Of no content yet.
    #[must_use]
    pub fn new(salt: &Salt) -> Self {
        Self(Hasher::new(Tag::Content, &[salt.expose()]))
    }

    /// The next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The commitment to all pieces together.
    #[must_use]
    pub fn finish(self) -> RecordCommitment {
        RecordCommitment(self.0.finish())
    }
}

/// `H("ml1 facts" ‖ salt ‖ CBOR(facts))`.
///
/// # Errors
/// Those of [`Facts::check`]: nothing else is ever committed to.
pub fn facts_commitment(salt: &Salt, facts: &Facts) -> Result<FactsCommitment, CommitmentError> {
    let mut bytes = facts.encoded()?;
    let commitment = FactsCommitment(hash(Tag::Facts, &[salt.expose(), &bytes]));
    bytes.zeroize();
    Ok(commitment)
}

wire! {
    /// The hash under a commitment. Records outlive algorithms, so each pair names its own.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum CommitmentAlgorithm {
        /// SHA3-256 (FIPS 202).
        1 => Sha3_256,
    }
}

wire! {
    /// What the ledger holds of one record. Public.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct Commitments {
        /// The hash that both were made with.
        pub hash: CommitmentAlgorithm,
        /// To the content.
        pub content: RecordCommitment,
        /// To the facts.
        pub facts: FactsCommitment,
    }
}

impl Commitments {
    /// The leaf's data in a batch: `H("ml1 commitments" ‖ CBOR(self))`.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`], which this type never gives.
    pub fn leaf(&self) -> Result<Digest32, CodecError> {
        hash_wire(Tag::Commitments, self)
    }
}

wire! {
    /// What opens a record's commitments. Secret: kept sealed with the record, and destroyed with it.
    #[derive(Clone)]
    pub struct Opening {
        /// The content's bytes in canonical form.
        pub content: Content,
        /// The salt of the content's commitment.
        pub content_salt: Salt,
        /// The facts.
        pub facts: Facts,
        /// The salt of the facts' commitment.
        pub facts_salt: Salt,
    }
}

impl fmt::Debug for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opening(secret)")
    }
}

impl Opening {
    /// The commitments that this opens.
    ///
    /// # Errors
    /// [`CommitmentError::SharedSalt`] and those of [`Facts::check`].
    pub fn commitments(&self) -> Result<Commitments, CommitmentError> {
        if self.content_salt.expose() == self.facts_salt.expose() {
            return Err(CommitmentError::SharedSalt);
        }
        Ok(Commitments {
            hash: CommitmentAlgorithm::Sha3_256,
            content: content_commitment(&self.content_salt, self.content.expose()),
            facts: facts_commitment(&self.facts_salt, &self.facts)?,
        })
    }

    /// Whether this opens these commitments.
    ///
    /// The comparison of hashes is a plain one: the commitments are public, and the other side is computed from
    /// what the caller holds already.
    ///
    /// # Errors
    /// [`CommitmentError::WrongContent`], [`CommitmentError::WrongFacts`], and those of
    /// [`Opening::commitments`].
    pub fn check(&self, commitments: &Commitments) -> Result<(), CommitmentError> {
        let CommitmentAlgorithm::Sha3_256 = commitments.hash;
        let own = self.commitments()?;
        if own.content != commitments.content {
            return Err(CommitmentError::WrongContent);
        }
        if own.facts != commitments.facts {
            return Err(CommitmentError::WrongFacts);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
