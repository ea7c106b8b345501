//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use std::sync::Arc;

use crate::support::{Give, Held, MedledgerError, answer, entropy, together};

/// A signing key in memory (Ed25519, RFC 8032). Overwritten when it is closed; never shown.
#[derive(uniffi::Object)]
pub struct Key {
    pub(super) held: Held<medledger_sdk::api::key::Key>,
}

impl Give<Arc<Key>> for medledger_sdk::api::key::Key {
    fn give(self) -> Arc<Key> {
        Arc::new(Key { held: Held::new(self, "key") })
    }
}

#[uniffi::export]
impl Key {
    /// A fresh key.
    #[uniffi::constructor]
    pub fn draw() -> Result<Arc<crate::Key>, MedledgerError> {
        let mut rng = entropy();
        Ok(medledger_sdk::api::key::Key::draw(&mut rng).give())
    }

    /// The key that a seed of 32 uniformly random bytes stands for.
    ///
    /// Errors: API-003 for another length.
    #[uniffi::constructor]
    pub fn from_seed(seed: Vec<u8>) -> Result<Arc<crate::Key>, MedledgerError> {
        answer(medledger_sdk::api::key::Key::from_seed(&seed))
    }

    /// The seed: a secret, for whoever keeps the key elsewhere.
    pub fn seed(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.seed().give())
    }

    /// The key's id, as transactions name it.
    pub fn id(&self) -> Result<String, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.id().give())
    }

    /// The public key: 32 bytes.
    pub fn public_key(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.public_key().give())
    }

    /// The key's signature of these bytes: 64 bytes, the same each time.
    pub fn sign(&self, message: Vec<u8>) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.sign(&message).give())
    }
}

/// An agreement key in memory (X25519, RFC 7748): what others encrypt records to. Overwritten when it is closed; never
/// shown.
#[derive(uniffi::Object)]
pub struct AgreementKey {
    pub(super) held: Held<medledger_sdk::api::key::AgreementKey>,
}

impl Give<Arc<AgreementKey>> for medledger_sdk::api::key::AgreementKey {
    fn give(self) -> Arc<AgreementKey> {
        Arc::new(AgreementKey { held: Held::new(self, "agreement key") })
    }
}

#[uniffi::export]
impl AgreementKey {
    /// A fresh key.
    #[uniffi::constructor]
    pub fn draw() -> Result<Arc<crate::AgreementKey>, MedledgerError> {
        let mut rng = entropy();
        Ok(medledger_sdk::api::key::AgreementKey::draw(&mut rng).give())
    }

    /// The key with these 32 secret bytes.
    ///
    /// Errors: API-003 for another length.
    #[uniffi::constructor]
    pub fn from_secret(secret: Vec<u8>) -> Result<Arc<crate::AgreementKey>, MedledgerError> {
        answer(medledger_sdk::api::key::AgreementKey::from_secret(&secret))
    }

    /// The secret bytes, for whoever keeps the key elsewhere.
    pub fn secret(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.secret().give())
    }

    /// The public half: 32 bytes.
    pub fn public_key(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.public_key().give())
    }
}

/// The id of a public key, as transactions name it.
///
/// Errors: API-003 unless it is 32 bytes long.
#[uniffi::export]
pub fn key_id(public_key: Vec<u8>) -> Result<String, MedledgerError> {
    answer(medledger_sdk::api::key::key_id(&public_key))
}

/// A public key as `did:key`.
///
/// Errors: API-003 unless it is 32 bytes long.
#[uniffi::export]
pub fn did_key(public_key: Vec<u8>) -> Result<String, MedledgerError> {
    answer(medledger_sdk::api::key::did_key(&public_key))
}

/// The digest by which an identity names the successor of its controller, which stays unknown until it signs.
///
/// Errors: API-003 unless it is 32 bytes long.
#[uniffi::export]
pub fn successor_digest(public_key: Vec<u8>) -> Result<String, MedledgerError> {
    answer(medledger_sdk::api::key::successor_digest(&public_key))
}
