//! All identities of a sheet, found on the ledger with nothing but the sheet.
//!
//! The state holds every key that was ever in use, under an address that only who knows the key can compute. So each
//! identity's controller is looked for, from number 0 on, until [`IDENTITY_GAP`] numbers in a row are unknown; and of each
//! identity that is found, its devices, until [`DEVICE_GAP`] are.
//!
//! It works over a state of one's own or over the proven part of a remote one, where what is withheld is
//! [`ReadError::Unproven`] and never "not there": a node can refuse to answer, and can't hide an identity. Such a part is
//! asked for in a few rounds ([`asks`]). Whoever is asked learns that what he proves belongs together, so ask a node
//! that knows it anyway, or several.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::cell::Cell;
use core::convert::Infallible;

use medledger_core::error::ReadError;
use medledger_core::hash::{Did, KeyId, StateKey};
use medledger_core::identity::{Control, KeyEntry, KeyRole, KeyStatus};
use medledger_core::rules;
use medledger_core::state::{Address, Lookup, StateRead, read};

use super::derive::SheetKeys;

/// After so many unknown identities in a row the search ends (as BIP-44 has it for addresses).
pub const IDENTITY_GAP: u16 = 20;
/// After so many unknown devices of one identity in a row the search ends.
pub const DEVICE_GAP: u16 = 5;

rules! {
    /// Why a sheet is not enough for what is wanted.
    pub enum RestoreFault: WAL {
        /// A sheet that the ledger knows nothing of.
        20 NothingFound:
            "a wallet is restored from a sheet that was the first one of an identity on this ledger",
            "no identity of this sheet is on this ledger: it is another wallet's sheet, or a second sheet that was never used";
        /// The digest of the successor is not at hand.
        21 NeedsSecondSheet { identity: u64 }:
            "a new identity names the digest of its successor, which the second sheet gives",
            "identity {identity} needs the second sheet: this wallet keeps no digest of its successor";
        /// The sheet has been taken over from.
        22 Superseded { did: Did }:
            "the controller keys are those of the current first sheet",
            "the controller of {did} is not this sheet's any more: another sheet has taken over, use that one";
        /// All numbers are taken.
        23 NoNumberLeft:
            "a sheet has 65,536 identities, and an identity as many devices",
            "all numbers are taken";
        /// The sheet of another wallet.
        24 OtherWallet { did: Did }:
            "what is done with a wallet and a sheet is done with the wallet's own sheet",
            "the wallet keeps {did}, which is not an identity of this sheet";
    }
}

/// Whether a sheet's key is the identity's controller now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is: this is the identity's first sheet.
    Current,
    /// It was.
    Superseded,
}

/// A device key of the sheet that the ledger knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDevice {
    /// Its number in the sheet.
    pub device: u16,
    /// Its id.
    pub key: KeyId,
    /// Whether it may still sign.
    pub status: KeyStatus,
}

/// An identity of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundIdentity {
    /// Its number in the sheet.
    pub identity: u16,
    /// Its name.
    pub did: Did,
    /// The identity as it stands.
    pub control: Control,
    /// Whether the sheet is its first one.
    pub standing: Standing,
    /// The sheet's devices of it, live and ended.
    pub devices: Vec<FoundDevice>,
}

impl FoundIdentity {
    /// The first device that may still sign.
    #[must_use]
    pub fn live_device(&self) -> Option<&FoundDevice> {
        self.devices.iter().find(|device| device.status == KeyStatus::Live)
    }

    /// The number of a device that never was.
    ///
    /// # Errors
    /// [`RestoreFault::NoNumberLeft`].
    pub fn next_device(&self) -> Result<u16, RestoreFault> {
        after(self.devices.last().map(|device| device.device))
    }

    /// That the sheet is the identity's first one.
    ///
    /// # Errors
    /// [`RestoreFault::Superseded`].
    pub const fn current(&self) -> Result<(), RestoreFault> {
        match self.standing {
            Standing::Current => Ok(()),
            Standing::Superseded => Err(RestoreFault::Superseded { did: self.did }),
        }
    }
}

/// What a sheet restores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The identities, in the order of their numbers.
    pub identities: Vec<FoundIdentity>,
    /// The highest number of which the ledger knows a controller key, in whatever role.
    pub last: u16,
}

impl Restored {
    /// The number of one more identity. A sheet that has been superseded makes none: it would belong to a sheet that may
    /// be stolen.
    ///
    /// # Errors
    /// [`RestoreFault::Superseded`], [`RestoreFault::NoNumberLeft`].
    pub fn next_identity(&self) -> Result<u16, RestoreFault> {
        self.identities.iter().try_for_each(FoundIdentity::current)?;
        after(Some(self.last))
    }

    /// That the sheet is that of a wallet which keeps these identities.
    ///
    /// # Errors
    /// [`RestoreFault::OtherWallet`].
    pub fn check_own(&self, kept: impl IntoIterator<Item = Did>) -> Result<(), RestoreFault> {
        let mut kept = kept.into_iter();
        let stranger = kept.find(|did| !self.identities.iter().any(|found| found.did == *did));
        stranger.map_or(Ok(()), |did| Err(RestoreFault::OtherWallet { did }))
    }

    /// The DIDs of all identities.
    #[must_use]
    pub fn dids(&self) -> Vec<Did> {
        self.identities.iter().map(|found| found.did).collect()
    }
}

fn after(last: Option<u16>) -> Result<u16, RestoreFault> {
    last.map_or(Some(0), |last| last.checked_add(1)).ok_or(RestoreFault::NoNumberLeft)
}

/// Finds everything of a sheet.
///
/// # Errors
/// [`ReadError`], which a withheld part of the state is too; the inner error is [`RestoreFault::NothingFound`].
pub fn restore<S: StateRead>(
    first: &SheetKeys,
    state: &S,
) -> Result<Result<Restored, RestoreFault>, ReadError<S::Error>> {
    scan(first, state, || Err(ReadError::Damaged { what: "Control" }))
}

/// The search; `lost` says what becomes of a key whose identity is not there.
fn scan<S: StateRead>(
    first: &SheetKeys,
    state: &S,
    lost: impl Fn() -> Result<(), ReadError<S::Error>>,
) -> Result<Result<Restored, RestoreFault>, ReadError<S::Error>> {
    let mut identities = Vec::new();
    let mut last = None;
    let mut gap = 0;
    for identity in 0..=u16::MAX {
        let key = first.controller(identity).public().id();
        match read::<KeyEntry, _>(state, &Address::Key(key))? {
            Some(KeyEntry { did, role, .. }) => {
                (gap, last) = (0, Some(identity));
                // A thief may give the key another role in an identity of his own; that is none of the sheet's.
                if role == KeyRole::Controller {
                    match found(first, state, identity, did, key)? {
                        Some(found) => identities.push(found),
                        None => lost()?,
                    }
                }
            }
            None => gap = u16::saturating_add(gap, 1),
        }
        if gap >= IDENTITY_GAP {
            break;
        }
    }
    Ok(match last.filter(|_| !identities.is_empty()) {
        Some(last) => Ok(Restored { identities, last }),
        None => Err(RestoreFault::NothingFound),
    })
}

fn found<S: StateRead>(
    first: &SheetKeys,
    state: &S,
    identity: u16,
    did: Did,
    controller: KeyId,
) -> Result<Option<FoundIdentity>, ReadError<S::Error>> {
    let control: Option<Control> = read(state, &Address::Identity(did))?;
    let mut devices = Vec::new();
    let mut gap = 0;
    for device in 0..=u16::MAX {
        let key = first.device(identity, device).public().id();
        match read::<KeyEntry, _>(state, &Address::Key(key))? {
            Some(entry) => {
                gap = 0;
                let own = entry.did == did && entry.role == KeyRole::Device;
                let status = if own { entry.status } else { KeyStatus::Revoked };
                devices.push(FoundDevice { device, key, status });
            }
            None => gap = u16::saturating_add(gap, 1),
        }
        if gap >= DEVICE_GAP {
            break;
        }
    }
    Ok(control.map(|control| {
        let current = control.controller == controller;
        let standing = if current { Standing::Current } else { Standing::Superseded };
        FoundIdentity { identity, did, control, standing, devices }
    }))
}

/// What must be proven next, before [`restore`] can answer over a proven part of the state; empty when it can. What was
/// proven before must be proven again along with it.
///
/// # Errors
/// [`ReadError`], but not for what is unproven.
pub fn asks<S: StateRead>(first: &SheetKeys, state: &S) -> Result<BTreeSet<StateKey>, ReadError<S::Error>> {
    let probe = Probe { state, missing: Cell::default() };
    let _ = scan(first, &probe, || Ok(()))?;
    Ok(probe.missing.into_inner())
}

/// A state of which nothing has been proven yet: what [`asks`] begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NothingProven;

impl StateRead for NothingProven {
    type Error = Infallible;

    fn get(&self, _: &StateKey) -> Result<Lookup, ReadError<Infallible>> {
        Err(ReadError::Unproven)
    }
}

/// A state that takes what is unproven for absent, and remembers what that was.
struct Probe<'a, S> {
    state: &'a S,
    missing: Cell<BTreeSet<StateKey>>,
}

impl<S: StateRead> StateRead for Probe<'_, S> {
    type Error = S::Error;

    fn get(&self, key: &StateKey) -> Result<Lookup, ReadError<S::Error>> {
        match self.state.get(key) {
            Err(ReadError::Unproven) => {
                let mut missing = self.missing.take();
                missing.insert(*key);
                self.missing.set(missing);
                Ok(Lookup::Absent)
            }
            answer => answer,
        }
    }
}
