//! Keys in memory, and whoever else signs.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use rand_core::CryptoRng;

use medledger_core::crypto::{PublicKey, SecretKey, Signature};

use super::error::Error;
use super::parse;
use crate::agreement::AgreementSecret;
use crate::identity::draw_key;
use crate::signer;

pub use crate::signer::SignerFault;

/// Whoever holds an Ed25519 key (RFC 8032) elsewhere: a phone's keystore, a card, a person who is asked first. What it
/// signs is verified before it is used.
pub trait Signer {
    /// The public key: 32 bytes.
    ///
    /// # Errors
    /// [`SignerFault`].
    fn public_key(&self) -> Result<Vec<u8>, SignerFault>;

    /// The key's signature of these bytes: 64 bytes.
    ///
    /// # Errors
    /// [`SignerFault`].
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerFault>;
}

/// Whoever is told how far long work has come.
pub trait Progress {
    /// Called from time to time. False stops the work, and nothing is done.
    fn step(&mut self, done: u64, total: u64) -> bool;
}

impl<F: FnMut(u64, u64) -> bool> Progress for F {
    fn step(&mut self, done: u64, total: u64) -> bool {
        self(done, total)
    }
}

/// Nobody wants to know.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Quiet;

impl Progress for Quiet {
    fn step(&mut self, _: u64, _: u64) -> bool {
        true
    }
}

/// A signing key in memory (Ed25519, RFC 8032). Overwritten when it is closed; never shown.
#[derive(Debug)]
pub struct Key(pub(super) SecretKey);

impl Key {
    /// A fresh key.
    pub fn draw(rng: &mut impl CryptoRng) -> Self {
        Self(draw_key(rng))
    }

    /// The key that a seed of 32 uniformly random bytes stands for.
    ///
    /// # Errors
    /// API-003 for another length.
    pub fn from_seed(seed: &[u8]) -> Result<Self, Error> {
        Ok(Self(SecretKey::from_seed(parse::exactly("seed", seed)?)))
    }

    /// The seed: a secret, for whoever keeps the key elsewhere.
    #[must_use]
    pub fn seed(&self) -> Vec<u8> {
        self.0.seed().to_vec()
    }

    /// The key's id, as transactions name it.
    #[must_use]
    pub fn id(&self) -> String {
        self.0.public().id().to_string()
    }

    /// The public key: 32 bytes.
    #[must_use]
    pub fn public_key(&self) -> Vec<u8> {
        parse::public_key_bytes(&self.0.public())
    }

    /// The key's signature of these bytes: 64 bytes, the same each time.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.0.sign(message).as_ref().to_vec()
    }
}

/// An agreement key in memory (X25519, RFC 7748): what others encrypt records to. Overwritten when it is closed; never
/// shown.
#[derive(Debug)]
pub struct AgreementKey(pub(super) AgreementSecret);

impl AgreementKey {
    /// A fresh key.
    pub fn draw(rng: &mut impl CryptoRng) -> Self {
        Self(AgreementSecret::draw(rng))
    }

    /// The key with these 32 secret bytes.
    ///
    /// # Errors
    /// API-003 for another length.
    pub fn from_secret(secret: &[u8]) -> Result<Self, Error> {
        Ok(Self(AgreementSecret::new(parse::exactly("secret", secret)?)))
    }

    /// The secret bytes, for whoever keeps the key elsewhere.
    #[must_use]
    pub fn secret(&self) -> Vec<u8> {
        self.0.expose().to_vec()
    }

    /// The public half: 32 bytes.
    #[must_use]
    pub fn public_key(&self) -> Vec<u8> {
        parse::agreement_key_bytes(&self.0.public())
    }
}

/// The id of a public key, as transactions name it.
///
/// # Errors
/// API-003 unless it is 32 bytes long.
pub fn key_id(public_key: &[u8]) -> Result<String, Error> {
    Ok(parse::public_key("public_key", public_key)?.id().to_string())
}

/// A public key as `did:key`.
///
/// # Errors
/// API-003 unless it is 32 bytes long.
pub fn did_key(public_key: &[u8]) -> Result<String, Error> {
    Ok(medledger_core::identity::did_key(&parse::public_key("public_key", public_key)?))
}

/// The digest by which an identity names the successor of its controller, which stays unknown until it signs.
///
/// # Errors
/// API-003 unless it is 32 bytes long.
pub fn successor_digest(public_key: &[u8]) -> Result<String, Error> {
    Ok(parse::public_key("public_key", public_key)?.successor_digest().to_string())
}

/// A signer of this interface, as the rest of the library knows signers. Its key was asked for once.
pub(super) struct Asked<'a> {
    signer: &'a dyn Signer,
    public: PublicKey,
}

impl<'a> Asked<'a> {
    pub(super) fn new(signer: &'a dyn Signer) -> Result<Self, Error> {
        let key = signer.public_key().map_err(signer::SigningFault::from)?;
        Ok(Self { signer, public: parse::public_key("signer.public_key", &key)? })
    }
}

impl signer::Signer for Asked<'_> {
    fn public(&self) -> PublicKey {
        self.public
    }

    fn sign(&self, bytes: &[u8]) -> Result<Signature, SignerFault> {
        let signature = self.signer.sign(bytes)?;
        let short = || SignerFault::Failed {
            why: alloc::format!("it gave {} bytes, a signature has 64", signature.len()),
        };
        Signature::from_slice(&signature).ok_or_else(short)
    }
}

#[cfg(test)]
mod tests;
