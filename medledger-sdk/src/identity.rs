//! New identities, their keys, and the drafts that change them.
//!
//! ```
//! use medledger_core::identity::{Kind, did_to_text};
//! use medledger_sdk::identity::NewIdentity;
//! # use core::convert::Infallible;
//! # struct Dice(u8);
//! # impl rand_core::TryRng for Dice {
//! #     type Error = Infallible;
//! #     fn try_next_u32(&mut self) -> Result<u32, Infallible> { Ok(4) }
//! #     fn try_next_u64(&mut self) -> Result<u64, Infallible> { Ok(4) }
//! #     fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
//! #         self.0 += 1;
//! #         out.fill(self.0);
//! #         Ok(())
//! #     }
//! # }
//! # impl rand_core::TryCryptoRng for Dice {}
//! # let mut rng = Dice(0); // in earnest: the operating system's
//! let patient = NewIdentity::draw(Kind::Patient, &mut rng)?;
//! assert!(did_to_text(&patient.did).starts_with("did:medledger:z"));
//! # Ok::<(), medledger_core::codec::CodecError>(())
//! ```

use alloc::vec::Vec;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use medledger_core::chain::Founder;
use medledger_core::codec::CodecError;
use medledger_core::crypto::{PublicKey, SecretKey};
use medledger_core::hash::{Did, KeyId, Nonce, SuccessorDigest};
use medledger_core::identity::{Control, DeviceKeys, Inception, Kind, Rotation};
use medledger_core::operation::{Draft, Operation};

use super::agreement::AgreementSecret;
use super::draft::{Sender, approve};
use super::signer::SigningError;

/// An identity that no ledger knows yet, with its secret keys.
#[derive(Debug)]
pub struct NewIdentity {
    /// What it will be called.
    pub did: Did,
    /// What the ledger is told.
    pub inception: Inception,
    /// Its keys.
    pub keys: IdentityKeys,
}

/// The secret keys of an identity with one device. Where they are kept apart, the successor comes from other entropy
/// than the controller, so that whoever has the one has not the other.
#[derive(Debug)]
pub struct IdentityKeys {
    /// Signs consents, access and records.
    pub device: SecretKey,
    /// The same device's: what others encrypt record keys to.
    pub agreement: AgreementSecret,
    /// Adds and revokes devices, deactivates.
    pub controller: SecretKey,
    /// Signs the first rotation; the ledger knows only its digest.
    pub successor: SecretKey,
}

/// A fresh key.
pub fn draw_key(rng: &mut impl CryptoRng) -> SecretKey {
    let mut seed = Zeroizing::new([0; 32]);
    rng.fill_bytes(seed.as_mut_slice());
    SecretKey::from_seed(*seed)
}

/// Another handle on a key, for whoever needs it after this one was dropped.
#[must_use]
pub fn copy(key: &SecretKey) -> SecretKey {
    SecretKey::from_seed(*key.seed())
}

/// The public keys of a device that signs, and opens what is encrypted to it.
#[must_use]
pub fn device_keys(signing: PublicKey, agreement: &AgreementSecret) -> DeviceKeys {
    DeviceKeys { signing, agreement: Some(agreement.public()) }
}

impl NewIdentity {
    /// Draws the keys of a new identity with one device.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`], which an inception never gives.
    pub fn draw(kind: Kind, rng: &mut impl CryptoRng) -> Result<Self, CodecError> {
        let keys = IdentityKeys {
            device: draw_key(rng),
            agreement: AgreementSecret::draw(rng),
            controller: draw_key(rng),
            successor: draw_key(rng),
        };
        let device = device_keys(keys.device.public(), &keys.agreement);
        let successor = keys.successor.public().successor_digest();
        let inception = inception(kind, device, keys.controller.public(), successor, rng);
        Ok(Self { did: inception.did()?, inception, keys })
    }

    /// The identity as a genesis names it.
    #[must_use]
    pub fn founder(&self, member: bool) -> Founder {
        Founder { inception: self.inception.clone(), member }
    }

    /// The inception, for its sponsor to sign: each new key has proven its possession.
    ///
    /// # Errors
    /// [`SigningError`].
    pub fn incept(&self, sponsor: &Sender) -> Result<Draft, SigningError> {
        incept(&self.inception, (&self.keys.device, &self.keys.controller), sponsor)
    }
}

/// The inception of an identity with one device, and a fresh nonce.
pub(super) fn inception(
    kind: Kind,
    device: DeviceKeys,
    controller: PublicKey,
    successor: SuccessorDigest,
    rng: &mut impl CryptoRng,
) -> Inception {
    let mut nonce = [0; 32];
    rng.fill_bytes(&mut nonce);
    Inception { kind, controller, successor, devices: Vec::from([device]), nonce: Nonce(nonce) }
}

/// An inception for its sponsor to sign, approved by device and controller.
pub(super) fn incept(
    inception: &Inception,
    (device, controller): (&SecretKey, &SecretKey),
    sponsor: &Sender,
) -> Result<Draft, SigningError> {
    let mut draft = sponsor.draft(Operation::Incept { inception: inception.clone() });
    approve(&mut draft, device)?;
    approve(&mut draft, controller)?;
    Ok(draft)
}

/// One more device, for the controller to sign; the new key has proven its possession.
///
/// # Errors
/// [`SigningError`].
pub fn add_device(
    controller: &Sender,
    device: &SecretKey,
    agreement: &AgreementSecret,
) -> Result<Draft, SigningError> {
    let device_keys = device_keys(device.public(), agreement);
    let mut draft = controller.draft(Operation::AddDevice { device: device_keys });
    approve(&mut draft, device)?;
    Ok(draft)
}

/// A rotation that keeps and adds these devices, for the successor to sign once the new devices have approved:
/// `successor.key` is the id of `disclosed`, and `control` the identity as it stands.
///
/// # Errors
/// [`CodecError::Unencodable`], which a succession never gives.
pub fn rotate(
    successor: &Sender,
    control: &Control,
    disclosed: PublicKey,
    next: &PublicKey,
    mut keep: Vec<KeyId>,
    mut add: Vec<DeviceKeys>,
) -> Result<Draft, CodecError> {
    keep.sort_unstable();
    keep.dedup();
    add.sort_unstable_by_key(|device| device.signing.id());
    let rotation = Rotation {
        replaces: control.succession(successor.did)?,
        controller: disclosed,
        successor: next.successor_digest(),
        keep,
        add,
    };
    Ok(successor.draft(Operation::Rotate { rotation }))
}

#[cfg(test)]
mod tests;
