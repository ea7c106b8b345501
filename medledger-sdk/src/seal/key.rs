//! A record's key with its two salts: all that is secret about a sealed record, and all that must be destroyed with it.

use alloc::boxed::Box;
use core::fmt;
use rand_core::CryptoRng;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use medledger_core::hash::{SealKeyHash, Tag, hash};
use medledger_core::record::commitment::Content;
use medledger_core::record::{Facts, Opening, Salt};

use super::SealError;

/// The key of one record and the salts of its commitments. Each record has its own. Wiped when dropped, never shown by
/// `Debug`.
#[derive(Clone)]
pub struct RecordKey {
    /// On the heap: a move of the bytes themselves would leave a copy behind.
    key: Box<[u8; 32]>,
    content_salt: Salt,
    facts_salt: Salt,
}

impl RecordKey {
    /// Bytes of [`Self::expose`]: key, salt of the content, salt of the facts.
    pub const LEN: usize = 96;

    /// A fresh one.
    #[must_use]
    pub fn draw(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; Self::LEN]);
        rng.fill_bytes(bytes.as_mut_slice());
        Self::new(&bytes)
    }

    /// From key ‖ salt of the content ‖ salt of the facts.
    #[must_use]
    pub fn new(bytes: &[u8; Self::LEN]) -> Self {
        const ZERO: [u8; 32] = [0; 32];
        let (parts, _) = bytes.as_chunks::<32>();
        let part = |index: usize| parts.get(index).unwrap_or(&ZERO);
        let mut key = Box::new(ZERO);
        key.copy_from_slice(part(0));
        Self { key, content_salt: Salt::from_bytes(part(1)), facts_salt: Salt::from_bytes(part(2)) }
    }

    /// The secret bytes: key ‖ salt of the content ‖ salt of the facts.
    #[must_use]
    pub fn expose(&self) -> Zeroizing<[u8; Self::LEN]> {
        let mut bytes = Zeroizing::new([0; Self::LEN]);
        let parts = [&*self.key, self.content_salt.expose(), self.facts_salt.expose()];
        for (to, part) in bytes.chunks_exact_mut(32).zip(parts) {
            to.copy_from_slice(part);
        }
        bytes
    }

    /// The salt of the content's commitment.
    #[must_use]
    pub const fn content_salt(&self) -> &Salt {
        &self.content_salt
    }

    /// The salt of the facts' commitment.
    #[must_use]
    pub const fn facts_salt(&self) -> &Salt {
        &self.facts_salt
    }

    /// What opens the record's commitments: content in canonical form, and facts.
    #[must_use]
    pub fn opening(&self, content: Content, facts: Facts) -> Opening {
        let (content_salt, facts_salt) = (self.content_salt.clone(), self.facts_salt.clone());
        Opening { content, content_salt, facts, facts_salt }
    }

    /// The commitment to this key, which stands in the header: neither XChaCha20-Poly1305 nor HPKE commits to its key, so
    /// that without it one ciphertext could open to two contents. `H("ml1 seal key" ‖ key ‖ salt ‖ salt)`.
    #[must_use]
    pub fn commitment(&self) -> SealKeyHash {
        SealKeyHash(hash(Tag::SealKey, &[self.expose().as_slice()]))
    }

    /// That this is the key that was committed to. Takes the same time wherever the two differ.
    ///
    /// # Errors
    /// [`SealError::WrongKey`].
    pub fn check(&self, committed: &SealKeyHash) -> Result<(), SealError> {
        if bool::from(self.commitment().0.ct_eq(&committed.0)) { Ok(()) } else { Err(SealError::WrongKey) }
    }

    /// The sub-key for facts or chunks: `H(tag ‖ key)`.
    pub(super) fn derive(&self, tag: Tag) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(hash(tag, &[self.key.as_slice()]))
    }
}

impl Drop for RecordKey {
    fn drop(&mut self) {
        // The salts wipe themselves.
        self.key.zeroize();
    }
}

impl ZeroizeOnDrop for RecordKey {}

impl fmt::Debug for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecordKey(secret)")
    }
}
