//! The beginning of an identity.

use alloc::vec::Vec;

use super::IdentityError;
use crate::codec::CodecError;
use crate::crypto::{AgreementKey, PublicKey};
use crate::hash::{Did, KeyId, Nonce, SuccessorDigest, Tag, hash_wire};
use crate::limits::DEVICE_KEYS;

wire! {
    /// What an identity is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Kind {
        /// A patient: the subject of records.
        1 => Patient,
        /// A practitioner.
        2 => Practitioner,
        /// An organisation, such as a hospital.
        3 => Organisation,
        /// A device that produces streams.
        4 => Device,
    }
}

wire! {
    /// The keys of one device.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct DeviceKeys {
        /// What the device signs with.
        pub signing: PublicKey,
        /// What others encrypt to, when the device opens records.
        pub agreement: Option<AgreementKey>,
    }
}

wire! {
    /// An inception: its hash is the DID, so nothing in it can be altered later, and nobody else can claim it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Inception {
        /// What the identity is.
        pub kind: Kind,
        /// The key that adds and revokes devices.
        pub controller: PublicKey,
        /// The digest of the key that will sign the first rotation.
        pub successor: SuccessorDigest,
        /// The first devices, ascending by the id of their signing keys.
        pub devices: Vec<DeviceKeys>,
        /// Random bytes, so that a DID can't be guessed from a key seen elsewhere.
        pub nonce: Nonce,
    }
}

impl Inception {
    /// The identity's name.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn did(&self) -> Result<Did, CodecError> {
        hash_wire(Tag::Did, self).map(Did)
    }

    /// Checks what can be checked without a state: counts, order, and that all keys differ.
    ///
    /// # Errors
    /// [`IdentityError::DeviceCount`], [`IdentityError::KeysNotAscending`], [`IdentityError::KeyInUse`],
    /// [`IdentityError::SuccessorReused`].
    pub fn check(&self) -> Result<InceptionKeys, IdentityError> {
        let devices = device_ids(&self.devices)?;
        let actual = u64::try_from(devices.len()).unwrap_or(u64::MAX);
        if actual == 0 || actual > DEVICE_KEYS {
            return Err(IdentityError::DeviceCount { actual, limit: DEVICE_KEYS });
        }
        let controller = self.controller.id();
        if devices.binary_search(&controller).is_ok() {
            return Err(IdentityError::KeyInUse { key: controller });
        }
        let disclosed = self.devices.iter().map(|device| &device.signing).chain([&self.controller]);
        if disclosed.into_iter().any(|key| key.successor_digest() == self.successor) {
            return Err(IdentityError::SuccessorReused);
        }
        Ok(InceptionKeys { controller, devices })
    }
}

/// The ids of an inception's keys, in the order of the inception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InceptionKeys {
    /// The controller's.
    pub controller: KeyId,
    /// The devices', ascending.
    pub devices: Vec<KeyId>,
}

/// The ids of these devices' signing keys, which must ascend.
///
/// # Errors
/// [`IdentityError::KeysNotAscending`].
pub fn device_ids(devices: &[DeviceKeys]) -> Result<Vec<KeyId>, IdentityError> {
    let ids: Vec<KeyId> = devices.iter().map(|device| device.signing.id()).collect();
    if ids.windows(2).all(|pair| matches!(pair, [a, b] if a < b)) {
        Ok(ids)
    } else {
        Err(IdentityError::KeysNotAscending)
    }
}
