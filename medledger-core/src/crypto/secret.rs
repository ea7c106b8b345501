//! The signing half of a key.

use core::fmt;
use ed25519_dalek::{Signer, SigningKey};
use zeroize::{Zeroize, Zeroizing};

use super::{PublicKey, PublicKeyBytes, Signature};

/// An Ed25519 secret key (RFC 8032 §5.1.5): overwritten when dropped, not printable, not copyable, and used in
/// constant time. Where the seed's entropy comes from is the caller's matter.
pub struct SecretKey {
    /// ed25519-dalek overwrites it on drop.
    inner: SigningKey,
}

impl SecretKey {
    /// The key that a seed of 32 uniformly random bytes stands for. The caller's own copy of the seed is the
    /// caller's to overwrite.
    #[must_use]
    pub fn from_seed(mut seed: [u8; 32]) -> Self {
        let inner = SigningKey::from_bytes(&seed);
        seed.zeroize();
        Self { inner }
    }

    /// The seed, for a wallet's sealed backup; overwritten when dropped.
    #[must_use]
    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.inner.to_bytes())
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey::Ed25519 { bytes: PublicKeyBytes(*self.inner.as_ref().as_bytes()) }
    }

    /// Signs a message; deterministic (RFC 8032 §5.1.6).
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature(self.inner.sign(message).to_bytes())
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey")
    }
}
