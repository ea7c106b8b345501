//! What the operations on identities do.

use super::authenticate::{Signer, Via};
use super::outcome::Effects;
use super::{Overlay, Run, Stop};
use crate::error::ReadError;
use crate::hash::KeyId;
use crate::identity::{
    AuthorityEntry, Control, DeviceKeys, IdentityError, Inception, KeyEntry, KeyRole, KeyStatus, Rotation,
};
use crate::operation::{IdentityUsage, KeyUsage, Usage};
use crate::state::{Address, LogEntry, StateRead, read};

impl Run<'_> {
    pub(super) fn incept<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
        inception: &Inception,
    ) -> Result<Effects, Stop<S::Error>> {
        self.require(signer, Via::Device)?;
        if !signer.control.member {
            return Err(IdentityError::NotMember { did: signer.did }.into());
        }
        let control = Control::incept(inception, Some(signer.did), false)?;
        let did = inception.did()?;
        if read::<Control, _>(overlay, &Address::Identity(did))?.is_some() {
            return Err(IdentityError::AlreadyIncepted { did }.into());
        }
        let mut keys: alloc::vec::Vec<_> = inception.devices.iter().map(|device| &device.signing).collect();
        keys.push(&inception.controller);
        for key in &keys {
            unused(overlay, key.id())?;
        }
        self.check_approvals(overlay, &keys, &[])?;
        let mut effects = Effects::default();
        effects.put(&Address::Identity(did), &control)?;
        let controller = DeviceKeys { signing: inception.controller, agreement: None };
        put_key(&mut effects, did, KeyRole::Controller, &controller)?;
        for device in &inception.devices {
            put_key(&mut effects, did, KeyRole::Device, device)?;
        }
        let entry = AuthorityEntry::Incepted { inception: inception.clone() };
        effects.entries.push((did, LogEntry::Authority { entry }));
        Ok(effects)
    }

    pub(super) fn add_device<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
        device: &DeviceKeys,
    ) -> Result<Effects, Stop<S::Error>> {
        self.require(signer, Via::Controller)?;
        let key = device.signing.id();
        unused(overlay, key)?;
        if device.signing.successor_digest() == signer.control.successor {
            return Err(IdentityError::SuccessorReused.into());
        }
        let control = signer.control.with_device(key)?;
        self.check_approvals(overlay, &[&device.signing], &[])?;
        let mut effects = Effects::default();
        effects.put(&Address::Identity(signer.did), &control)?;
        put_key(&mut effects, signer.did, KeyRole::Device, device)?;
        let entry = AuthorityEntry::DeviceAdded { device: device.clone() };
        effects.entries.push((signer.did, LogEntry::Authority { entry }));
        Ok(effects)
    }

    pub(super) fn revoke_device<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
        key: KeyId,
    ) -> Result<Effects, Stop<S::Error>> {
        let by = self.transaction.body.key;
        if signer.via != Via::Controller && key != by {
            return Err(IdentityError::MayNotRevoke { key, by }.into());
        }
        let control = signer.control.without_device(key)?;
        self.check_approvals(overlay, &[], &[])?;
        let mut effects = Effects::default();
        effects.put(&Address::Identity(signer.did), &control)?;
        end_key(&mut effects, overlay, key, KeyStatus::Revoked)?;
        let entry = AuthorityEntry::DeviceRevoked { key, by };
        effects.entries.push((signer.did, LogEntry::Authority { entry }));
        Ok(effects)
    }

    pub(super) fn rotate<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
        usage: &Usage,
        rotation: &Rotation,
    ) -> Result<Effects, Stop<S::Error>> {
        let key = self.transaction.body.key;
        if signer.via != Via::Successor {
            return Err(IdentityError::NotSuccessor { key }.into());
        }
        let current = signer.control.succession(signer.did)?;
        let (control, gone) = signer.control.rotated(rotation, current)?;
        for live in signer.control.devices.iter().chain([&signer.control.controller]) {
            if key_entry(overlay, *live)?.keys.signing.successor_digest() == rotation.successor {
                return Err(IdentityError::SuccessorReused.into());
            }
        }
        let mut keys = alloc::vec::Vec::new();
        for device in &rotation.add {
            unused(overlay, device.signing.id())?;
            keys.push(&device.signing);
        }
        self.check_approvals(overlay, &keys, &[])?;
        let mut effects = Effects::default();
        effects.put(&Address::Identity(signer.did), &control)?;
        end_key(&mut effects, overlay, signer.control.controller, KeyStatus::RotatedOut)?;
        for device in gone {
            end_key(&mut effects, overlay, device, KeyStatus::Revoked)?;
        }
        let controller = DeviceKeys { signing: rotation.controller, agreement: None };
        put_key(&mut effects, signer.did, KeyRole::Controller, &controller)?;
        for device in &rotation.add {
            put_key(&mut effects, signer.did, KeyRole::Device, device)?;
        }
        // The new controller goes on with the counters that it used as the successor; the next successor begins anew.
        let window = usage.key.window;
        effects.put(&Address::KeyUsage(key), &KeyUsage { window, ..KeyUsage::default() })?;
        let next = IdentityUsage { successor_window: Default::default(), ..usage.identity };
        effects.put(&Address::IdentityUsage(signer.did), &next)?;
        let entry = AuthorityEntry::Rotated { rotation: rotation.clone() };
        effects.entries.push((signer.did, LogEntry::Authority { entry }));
        Ok(effects)
    }

    pub(super) fn deactivate<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
    ) -> Result<Effects, Stop<S::Error>> {
        self.require(signer, Via::Controller)?;
        self.check_approvals(overlay, &[], &[])?;
        let mut effects = Effects::default();
        effects.put(&Address::Identity(signer.did), &signer.control.deactivated())?;
        let entry = AuthorityEntry::Deactivated { by: self.transaction.body.key };
        effects.entries.push((signer.did, LogEntry::Authority { entry }));
        Ok(effects)
    }

    /// That the right one of the signer's keys signed.
    pub(super) fn require(&self, signer: &Signer, via: Via) -> Result<(), IdentityError> {
        let key = self.transaction.body.key;
        match via {
            _ if signer.via == via => Ok(()),
            Via::Device => Err(IdentityError::NotDevice { key }),
            Via::Controller => Err(IdentityError::NotController { key }),
            Via::Successor => Err(IdentityError::NotSuccessor { key }),
        }
    }
}

/// That a key is not and never was in use.
fn unused<S: StateRead>(overlay: &Overlay<'_, S>, key: KeyId) -> Result<(), Stop<S::Error>> {
    match read::<KeyEntry, _>(overlay, &Address::Key(key))? {
        None => Ok(()),
        Some(_) => Err(IdentityError::KeyInUse { key }.into()),
    }
}

fn put_key(
    effects: &mut Effects,
    did: crate::hash::Did,
    role: KeyRole,
    keys: &DeviceKeys,
) -> Result<(), crate::codec::CodecError> {
    let entry = KeyEntry { did, role, status: KeyStatus::Live, keys: keys.clone() };
    effects.put(&Address::Key(keys.signing.id()), &entry)
}

fn end_key<S: StateRead>(
    effects: &mut Effects,
    overlay: &Overlay<'_, S>,
    key: KeyId,
    status: KeyStatus,
) -> Result<(), Stop<S::Error>> {
    let entry = key_entry(overlay, key)?;
    effects.put(&Address::Key(key), &KeyEntry { status, ..entry })?;
    Ok(())
}

/// A key of an identity, which was written with it.
fn key_entry<S: StateRead>(overlay: &Overlay<'_, S>, key: KeyId) -> Result<KeyEntry, Stop<S::Error>> {
    let entry: Option<KeyEntry> = read(overlay, &Address::Key(key))?;
    Ok(entry.ok_or(ReadError::Damaged { what: "KeyEntry" })?)
}
