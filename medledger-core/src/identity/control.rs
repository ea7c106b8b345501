//! The keys that an identity has now, and what changes them.

use alloc::vec::Vec;

use super::IdentityError;
use super::inception::{DeviceKeys, Inception, Kind, device_ids};
use crate::codec::CodecError;
use crate::crypto::PublicKey;
use crate::hash::{ControlHash, Did, KeyId, SuccessorDigest, Tag, hash_wire};
use crate::limits::DEVICE_KEYS;

wire! {
    /// Whether an identity can act.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Status {
        /// It can.
        1 => Active,
        /// It never will again.
        2 => Deactivated,
    }
}

wire! {
    /// An identity as the state holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Control {
        /// What it is.
        pub kind: Kind,
        /// The consortium member that sponsored it; `None` for those that the genesis names.
        pub sponsor: Option<Did>,
        /// Whether it is a member of the consortium.
        pub member: bool,
        /// Whether it can act.
        pub status: Status,
        /// How often its controller has been rotated.
        pub rotations: u64,
        /// The controller key.
        pub controller: KeyId,
        /// The digest of the key that signs the next rotation.
        pub successor: SuccessorDigest,
        /// The live device keys, ascending.
        pub devices: Vec<KeyId>,
    }
}

wire! {
    /// What a key does for its identity.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum KeyRole {
        /// Signs consents, access and records.
        1 => Device,
        /// Adds and revokes devices, deactivates.
        2 => Controller,
    }
}

wire! {
    /// Whether a key may still sign.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum KeyStatus {
        /// It may.
        1 => Live,
        /// A device key that was revoked.
        2 => Revoked,
        /// A controller key that was rotated out.
        3 => RotatedOut,
    }
}

wire! {
    /// A key as the state holds it, for ever: a key that ended never comes back.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct KeyEntry {
        /// Whose it is.
        pub did: Did,
        /// What for.
        pub role: KeyRole,
        /// Whether it may still sign.
        pub status: KeyStatus,
        /// The key, with the device's agreement key beside it.
        pub keys: DeviceKeys,
    }
}

wire! {
    /// What a rotation replaces. Only a rotation changes it: were devices part of it, a thief with the controller key
    /// could add one in every block, and no rotation would ever name the current keys.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Succession {
        /// The identity.
        pub did: Did,
        /// How often its controller has been rotated.
        pub rotations: u64,
        /// The controller key.
        pub controller: KeyId,
        /// The digest of the key that signs the next rotation.
        pub successor: SuccessorDigest,
    }
}

wire! {
    /// A rotation: the successor becomes the controller. Devices go and come in the same step, so that an owner whose
    /// first sheet of words was stolen takes everything back at once. The devices that *stay* are named: whatever else
    /// is there by the time that the rotation is recorded goes, so nobody can get in its way by adding or revoking one.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Rotation {
        /// The hash of the [`Succession`] that is replaced.
        pub replaces: ControlHash,
        /// The successor key, disclosed; it signs this and is the controller from now on.
        pub controller: PublicKey,
        /// The digest of the next successor.
        pub successor: SuccessorDigest,
        /// Device keys that stay if they are live, ascending; all others are revoked.
        pub keep: Vec<KeyId>,
        /// New devices, ascending by key id; each proves possession.
        pub add: Vec<DeviceKeys>,
    }
}

wire! {
    /// What an identity's authority log says of a change of its keys.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum AuthorityEntry {
        /// The identity begins.
        100 => Incepted {
            /// With these keys.
            inception: Inception,
        },
        /// A device joins.
        101 => DeviceAdded {
            /// Its keys.
            device: DeviceKeys,
        },
        /// A device ends.
        102 => DeviceRevoked {
            /// Its signing key.
            key: KeyId,
            /// The key that signed the revocation.
            by: KeyId,
        },
        /// The successor takes over.
        103 => Rotated {
            /// What was signed.
            rotation: Rotation,
        },
        /// The identity ends.
        104 => Deactivated {
            /// The key that signed it.
            by: KeyId,
        },
    }
}

impl Rotation {
    /// Checks what can be checked without a state: counts, order, and that all keys differ. Gives the ids of the added
    /// devices.
    ///
    /// # Errors
    /// [`IdentityError::DeviceCount`], [`IdentityError::KeysNotAscending`], [`IdentityError::KeyInUse`],
    /// [`IdentityError::SuccessorReused`].
    pub fn check(&self) -> Result<Vec<KeyId>, IdentityError> {
        for count in [self.keep.len(), self.add.len()] {
            check_count(count)?;
        }
        let added = device_ids(&self.add)?;
        if !self.keep.windows(2).all(|pair| matches!(pair, [a, b] if a < b)) {
            return Err(IdentityError::KeysNotAscending);
        }
        let controller = self.controller.id();
        if added.binary_search(&controller).is_ok() {
            return Err(IdentityError::KeyInUse { key: controller });
        }
        let disclosed = self.add.iter().map(|device| &device.signing).chain([&self.controller]);
        if disclosed.into_iter().any(|key| key.successor_digest() == self.successor) {
            return Err(IdentityError::SuccessorReused);
        }
        Ok(added)
    }
}

fn check_count(devices: usize) -> Result<(), IdentityError> {
    let actual = u64::try_from(devices).unwrap_or(u64::MAX);
    if actual > DEVICE_KEYS {
        return Err(IdentityError::DeviceCount { actual, limit: DEVICE_KEYS });
    }
    Ok(())
}

impl Control {
    /// The state of an identity that an inception begins.
    ///
    /// # Errors
    /// As [`Inception::check`].
    pub fn incept(inception: &Inception, sponsor: Option<Did>, member: bool) -> Result<Self, IdentityError> {
        let keys = inception.check()?;
        Ok(Self {
            kind: inception.kind,
            sponsor,
            member,
            status: Status::Active,
            rotations: 0,
            controller: keys.controller,
            successor: inception.successor,
            devices: keys.devices,
        })
    }

    /// What a rotation names as the keys that it replaces.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn succession(&self, did: Did) -> Result<ControlHash, CodecError> {
        let Self { rotations, controller, successor, .. } = *self;
        hash_wire(Tag::Control, &Succession { did, rotations, controller, successor }).map(ControlHash)
    }

    /// With one more device.
    ///
    /// # Errors
    /// [`IdentityError::DeviceCount`], [`IdentityError::KeyInUse`].
    pub fn with_device(&self, key: KeyId) -> Result<Self, IdentityError> {
        let mut next = self.clone();
        match next.devices.binary_search(&key) {
            Ok(_) => return Err(IdentityError::KeyInUse { key }),
            Err(at) => next.devices.insert(at, key),
        }
        check_count(next.devices.len())?;
        Ok(next)
    }

    /// Without one of its devices. The last one may go: the controller can add another.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchDevice`].
    pub fn without_device(&self, key: KeyId) -> Result<Self, IdentityError> {
        let at = self.devices.binary_search(&key).map_err(|_| IdentityError::NoSuchDevice { key })?;
        let mut next = self.clone();
        next.devices.remove(at);
        Ok(next)
    }

    /// After a rotation; the caller has checked that the successor signed it. `current` is the hash of the
    /// [`Succession`] in force. Gives the devices that go beside the new control.
    ///
    /// # Errors
    /// [`IdentityError::StaleRotation`] and what is wrong with the lists of keys.
    pub fn rotated(
        &self,
        rotation: &Rotation,
        current: ControlHash,
    ) -> Result<(Self, Vec<KeyId>), IdentityError> {
        if rotation.replaces != current {
            return Err(IdentityError::StaleRotation { current });
        }
        let added = rotation.check()?;
        let controller = rotation.controller.id();
        let mut next = self.clone();
        let (stay, go) = self.devices.iter().partition(|key| rotation.keep.binary_search(key).is_ok());
        next.devices = stay;
        for key in added {
            next = next.with_device(key)?;
        }
        next.controller = controller;
        next.successor = rotation.successor;
        next.rotations = next.rotations.saturating_add(1);
        Ok((next, go))
    }

    /// After deactivation.
    #[must_use]
    pub fn deactivated(&self) -> Self {
        Self { status: Status::Deactivated, ..self.clone() }
    }
}
