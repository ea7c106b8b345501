//! Keys that others encrypt to, and HPKE with them (RFC 9180: base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
//! ChaCha20Poly1305): of a device, so that record keys can be wrapped for it, and of a session, so that records can be
//! released to it.
//!
//! Base mode says nothing about who encrypted: what must be known of that stands in a signature. `info` and `aad` bind a
//! ciphertext to what it is for; `info` begins with a tag of the register, so that no ciphertext passes for another use's.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;
use curve25519_dalek::montgomery::MontgomeryPoint;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, single_shot_open, single_shot_seal_with_rng,
};
use rand_core::CryptoRng;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use medledger_core::crypto::{AgreementKey, AgreementKeyBytes};

type Suite = X25519HkdfSha256;

/// Why nothing is encrypted to a key, or nothing opens. Whoever uses it says which of its rules that breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AgreementFault {
    /// Such as a point of small order, with which everyone would share the same secret.
    #[error("nothing can be encrypted to this key")]
    BadKey,
    /// Altered, or encrypted to another key or for another use.
    #[error("this does not open with this key, for this use")]
    DoesNotOpen,
}

/// The secret half of an agreement key (X25519, RFC 7748). Wiped when dropped, never shown by `Debug`; on the heap, since a
/// move of the bytes themselves would leave a copy behind.
#[derive(Clone)]
pub struct AgreementSecret(Box<[u8; 32]>);

impl AgreementSecret {
    /// A fresh one.
    #[must_use]
    pub fn draw(rng: &mut impl CryptoRng) -> Self {
        let mut secret = Self(Box::new([0; 32]));
        rng.fill_bytes(secret.0.as_mut_slice());
        secret
    }

    /// From the secret bytes, as whoever holds them keeps them. The caller's own copy is the caller's to overwrite.
    #[must_use]
    pub fn new(mut bytes: [u8; 32]) -> Self {
        let mut secret = Self(Box::new([0; 32]));
        secret.0.copy_from_slice(&bytes);
        bytes.zeroize();
        secret
    }

    /// The secret bytes.
    #[must_use]
    pub const fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> AgreementKey {
        let bytes = MontgomeryPoint::mul_base_clamped(*self.0).to_bytes();
        AgreementKey::X25519 { bytes: AgreementKeyBytes(bytes) }
    }

    /// Opens what [`seal_to`] sealed to the public half, under the same `info` and `aad`.
    ///
    /// # Errors
    /// [`AgreementFault::DoesNotOpen`].
    pub fn open(
        &self,
        info: &[u8],
        aad: &[u8],
        encapsulated: &AgreementKeyBytes,
        ciphertext: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, AgreementFault> {
        let fails = |_| AgreementFault::DoesNotOpen;
        let secret = <Suite as Kem>::PrivateKey::from_bytes(self.0.as_slice()).map_err(fails)?;
        let encapsulated = <Suite as Kem>::EncappedKey::from_bytes(encapsulated.as_ref()).map_err(fails)?;
        single_shot_open::<ChaCha20Poly1305, HkdfSha256, Suite>(
            &OpModeR::Base,
            &secret,
            &encapsulated,
            info,
            ciphertext,
            aad,
        )
        .map(Zeroizing::new)
        .map_err(fails)
    }
}

impl Drop for AgreementSecret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for AgreementSecret {}

impl fmt::Debug for AgreementSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AgreementSecret")
    }
}

/// Encrypts to a key: gives the encapsulated key, and the ciphertext, 16 bytes longer than `plain`.
///
/// # Errors
/// [`AgreementFault::BadKey`].
pub fn seal_to(
    to: &AgreementKey,
    info: &[u8],
    aad: &[u8],
    plain: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<(AgreementKeyBytes, Vec<u8>), AgreementFault> {
    let AgreementKey::X25519 { bytes } = to;
    let bad = |_| AgreementFault::BadKey;
    let key = <Suite as Kem>::PublicKey::from_bytes(bytes.as_ref()).map_err(bad)?;
    let (encapsulated, ciphertext) = single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, Suite>(
        &OpModeS::Base,
        &key,
        info,
        plain,
        aad,
        rng,
    )
    .map_err(bad)?;
    let encapsulated =
        AgreementKeyBytes::from_slice(&encapsulated.to_bytes()).ok_or(AgreementFault::BadKey)?;
    Ok((encapsulated, ciphertext))
}

#[cfg(test)]
mod tests;
