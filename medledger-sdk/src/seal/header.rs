//! What stands before the chunks: the preamble, and a header that can be read without the key; its facts only with it.
//!
//! ```text
//! "MLSEAL" ‖ version (2 bytes) ‖ length of the header (4 bytes) ‖ header in CBOR ‖ chunks
//! ```

use alloc::vec::Vec;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use serde_bytes::ByteBuf;
use zeroize::Zeroizing;

use medledger_core::codec::{CodecError, Limits, decode, encode};
use medledger_core::hash::{Digest32, SealKeyHash, StreamPrefix, Tag, hash};
use medledger_core::limits::FACTS;
use medledger_core::record::commitment::facts_commitment;
use medledger_core::record::{CommitmentError, Commitments, Facts};
use medledger_core::wire;

use super::{RecordKey, SealError};

/// The version of containers that are made here.
pub const VERSION: u64 = 1;

/// Bytes of content in each chunk but the last.
pub const CHUNK: u64 = 65_536;

/// Bytes that each chunk and the facts grow by (Poly1305's tag).
pub const OVERHEAD: u64 = 16;

/// Bytes before the header: magic, version, the header's length.
pub const PREAMBLE: usize = 12;

/// Magic and version.
const MARK: [u8; 8] = *b"MLSEAL\x00\x01";

/// A header is little more than the facts.
const HEADER: Limits = Limits { bytes: FACTS.bytes + 1_024, depth: 8, items: 16, text: 0 };

wire! {
    /// How a record is encrypted. Records outlive algorithms, so each has a number.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum SealSuite {
        /// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03), chunked by STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015),
        /// with SHA3-256 for sub-keys and the commitment to the key.
        1 => XChaCha20Poly1305Stream,
    }
}

wire! {
    /// How the sealed bytes become the content that the ledger's commitment commits to.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ContentForm {
        /// They are it: a file of any kind.
        1 => AsItStands,
        /// FHIR JSON: the canonical form of the resource is what is committed to, and what is sealed is its text as it was
        /// received.
        2 => FhirJson,
    }
}

wire! {
    /// What a header says in the clear.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct SealedHead {
        /// How the record is encrypted.
        pub suite: SealSuite,
        /// Bytes of content in each chunk but the last.
        pub chunk: u64,
        /// How the sealed bytes become what was committed to.
        pub form: ContentForm,
        /// How many bytes are sealed.
        pub length: u64,
        /// What the ledger holds of the record.
        pub commitments: Commitments,
        /// The commitment to the key.
        pub key: SealKeyHash,
        /// The beginning of every nonce.
        pub prefix: StreamPrefix,
    }
}

wire! {
    /// What stands before the chunks, and binds them.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SealedHeader {
        /// In the clear.
        pub head: SealedHead,
        /// The facts in CBOR, encrypted.
        pub facts: ByteBuf,
    }
}

/// `H("ml1 seal header" ‖ magic and version ‖ CBOR)`.
fn bound(cbor: &[u8]) -> Digest32 {
    hash(Tag::SealHeader, &[&MARK, cbor])
}

fn bad(error: CodecError) -> SealError {
    SealError::BadHeader { error }
}

fn damaged(_: chacha20poly1305::Error) -> SealError {
    SealError::HeaderAltered
}

impl SealedHead {
    /// How many chunks there are: one at least.
    #[must_use]
    pub const fn chunks(&self) -> u64 {
        let full = self.length.div_ceil(CHUNK);
        if full == 0 { 1 } else { full }
    }

    /// Bytes of all chunks.
    #[must_use]
    pub const fn chunk_bytes(&self) -> u64 {
        self.length.saturating_add(self.chunks().saturating_mul(OVERHEAD))
    }

    /// Encrypts the facts, which have a sub-key and a nonce of their own and are bound to this head.
    pub(super) fn with_facts(self, key: &RecordKey, facts: &Facts) -> Result<SealedHeader, SealError> {
        facts.check().map_err(|error| SealError::CommitsToAnother { error })?;
        let plain = Zeroizing::new(encode(facts).map_err(bad)?);
        let cipher = XChaCha20Poly1305::new((&*key.derive(Tag::SealFacts)).into());
        let aad = bound(&encode(&self).map_err(bad)?);
        let sealed = cipher.encrypt(&self.facts_nonce(), Payload { msg: &plain, aad: &aad });
        Ok(SealedHeader { head: self, facts: ByteBuf::from(sealed.map_err(damaged)?) })
    }

    /// The prefix and five zeros: under the facts' own sub-key.
    fn facts_nonce(&self) -> XNonce {
        let mut nonce = XNonce::default();
        for (to, from) in nonce.iter_mut().zip(self.prefix.0) {
            *to = from;
        }
        nonce
    }

    /// What software that knows this version can open.
    fn check(&self) -> Result<(), SealError> {
        let SealSuite::XChaCha20Poly1305Stream = self.suite;
        if self.chunk != CHUNK {
            return Err(SealError::ChunkSize { found: self.chunk, known: CHUNK });
        }
        super::stream::check_length(self.form, self.length)
    }
}

impl SealedHeader {
    /// Preamble and header, as they stand at the beginning of a container.
    ///
    /// # Errors
    /// [`SealError::BadHeader`] for facts past every limit, which [`Facts::check`] refuses before.
    pub fn to_bytes(&self) -> Result<Vec<u8>, SealError> {
        let header = encode(self).map_err(bad)?;
        let actual = u64::try_from(header.len()).unwrap_or(u64::MAX);
        let too_large = CodecError::TooLarge { actual, limit: HEADER.bytes };
        let length = u32::try_from(header.len()).map_err(|_| bad(too_large.clone()))?;
        if actual > HEADER.bytes {
            return Err(bad(too_large));
        }
        Ok([&MARK[..], &length.to_be_bytes(), &header].concat())
    }

    /// How long preamble and header are, from the preamble.
    ///
    /// # Errors
    /// [`SealError::NotSealed`], [`SealError::Newer`], [`SealError::BadHeader`].
    pub fn start_bytes(preamble: &[u8; PREAMBLE]) -> Result<u64, SealError> {
        let (mark, length) = preamble.split_at(MARK.len());
        let (magic, version) = mark.split_at(6);
        if magic != b"MLSEAL" {
            return Err(SealError::NotSealed);
        }
        let number = |bytes: &[u8]| bytes.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        match number(version) {
            VERSION => {}
            0 => return Err(SealError::NotSealed),
            found => return Err(SealError::Newer { found, known: VERSION }),
        }
        let actual = number(length);
        if actual > HEADER.bytes {
            return Err(bad(CodecError::TooLarge { actual, limit: HEADER.bytes }));
        }
        Ok(actual.saturating_add(u64::try_from(PREAMBLE).unwrap_or(u64::MAX)))
    }

    /// The header at the beginning of a container, and how many bytes it takes with its preamble. Needs no key, and
    /// shows no more than what whoever wrote these bytes claims.
    ///
    /// # Errors
    /// As [`Self::start_bytes`], and [`SealError::Truncated`], [`SealError::ChunkSize`], [`SealError::TooLong`].
    pub fn read(container: &[u8]) -> Result<(Self, usize), SealError> {
        let actual = u64::try_from(container.len()).unwrap_or(u64::MAX);
        let short = |expected| SealError::Truncated { actual, expected };
        let Some(preamble) = container.first_chunk::<PREAMBLE>() else {
            // What can't be a beginning is not a truncated one.
            let begins = container.iter().zip(MARK).take(6).all(|(own, mark)| *own == mark);
            let expected = u64::try_from(PREAMBLE).unwrap_or(u64::MAX);
            return Err(if begins && !container.is_empty() { short(expected) } else { SealError::NotSealed });
        };
        let expected = Self::start_bytes(preamble)?;
        let end = usize::try_from(expected).map_err(|_| short(expected))?;
        let bytes = container.get(PREAMBLE..end).ok_or_else(|| short(expected))?;
        let header: Self = decode(bytes, &HEADER).map_err(bad)?;
        header.head.check()?;
        Ok((header, end))
    }

    /// Checks as much of a container as needs no key: that its header is one, and that it has as many bytes as the header
    /// says.
    ///
    /// # Errors
    /// As [`Self::read`], and [`SealError::Surplus`].
    pub fn check_sizes(container: &[u8]) -> Result<Self, SealError> {
        let (header, start) = Self::read(container)?;
        let actual = u64::try_from(container.len()).unwrap_or(u64::MAX);
        let expected = header.head.chunk_bytes().saturating_add(u64::try_from(start).unwrap_or(u64::MAX));
        match actual {
            actual if actual < expected => Err(SealError::Truncated { actual, expected }),
            actual if actual > expected => Err(SealError::Surplus { expected }),
            _ => Ok(header),
        }
    }

    /// That this is the header of the record with these commitments.
    ///
    /// # Errors
    /// [`SealError::AnotherRecord`].
    pub fn check_record(&self, commitments: &Commitments) -> Result<(), SealError> {
        if self.head.commitments == *commitments { Ok(()) } else { Err(SealError::AnotherRecord) }
    }

    /// The facts, without a byte of the content: checked against the header's commitment.
    ///
    /// # Errors
    /// [`SealError::WrongKey`], [`SealError::HeaderAltered`], [`SealError::CommitsToAnother`].
    pub fn open_facts(&self, key: &RecordKey) -> Result<Facts, SealError> {
        key.check(&self.head.key)?;
        let cipher = XChaCha20Poly1305::new((&*key.derive(Tag::SealFacts)).into());
        let aad = bound(&encode(&self.head).map_err(bad)?);
        let plain = cipher.decrypt(&self.head.facts_nonce(), Payload { msg: &self.facts, aad: &aad });
        let plain = Zeroizing::new(plain.map_err(damaged)?);
        // Whoever sealed it had the key: what does not decode is a fault of theirs, not a wrong key.
        let facts: Facts = decode(&plain, &FACTS).map_err(bad)?;
        let other = |error| SealError::CommitsToAnother { error };
        if key.content_salt().expose() == key.facts_salt().expose() {
            return Err(other(CommitmentError::SharedSalt));
        }
        if facts_commitment(key.facts_salt(), &facts).map_err(other)? != self.head.commitments.facts {
            return Err(other(CommitmentError::WrongFacts));
        }
        Ok(facts)
    }

    /// What every chunk is bound to.
    pub(super) fn binding(&self) -> Result<Digest32, SealError> {
        Ok(bound(&encode(self).map_err(bad)?))
    }
}
