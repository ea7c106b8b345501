//! One more identity, for one more relationship.
//!
//! A new identity names the digest of its successor, which only the second sheet gives; and the second sheet stays on paper.
//! So the digests of the first [`SUCCESSORS`] identities, which are no secrets, are worked out when the sheets are drawn, and
//! kept in the keystore. Restored from the first sheet alone a wallet does without them, until one more identity is wanted.

use alloc::string::String;
use alloc::vec::Vec;
use rand_core::CryptoRng;

use medledger_core::codec::CodecError;
use medledger_core::crypto::SecretKey;
use medledger_core::hash::{Did, SuccessorDigest};
use medledger_core::identity::{Inception, Kind};
use medledger_core::operation::Draft;

use super::derive::SheetKeys;
use super::keystore::Kept;
use super::restore::RestoreFault;
use crate::agreement::AgreementSecret;
use crate::draft::Sender;
use crate::identity::{device_keys, incept, inception};
use crate::signer::SigningError;

/// For how many identities a keystore keeps the digest of the successor.
pub const SUCCESSORS: u16 = 64;

/// The digests that a keystore keeps.
#[must_use]
pub fn successors(second: &SheetKeys) -> Vec<SuccessorDigest> {
    (0..SUCCESSORS).map(|identity| second.successor(identity)).collect()
}

/// The digest of an identity's successor: kept, or from the second sheet where that is at hand.
///
/// # Errors
/// [`RestoreFault::NeedsSecondSheet`].
pub fn successor(
    identity: u16,
    kept: &[SuccessorDigest],
    second: Option<&SheetKeys>,
) -> Result<SuccessorDigest, RestoreFault> {
    let derived = second.map(|sheet| sheet.successor(identity));
    let found = derived.or_else(|| kept.get(usize::from(identity)).copied());
    found.ok_or(RestoreFault::NeedsSecondSheet { identity: u64::from(identity) })
}

/// An identity that no ledger knows yet, with the keys that the first sheet gives it.
#[derive(Debug)]
pub struct NewRelationship {
    /// Its number in the sheet.
    pub identity: u16,
    /// What it will be called.
    pub did: Did,
    /// What the ledger is told.
    pub inception: Inception,
    device: SecretKey,
    agreement: AgreementSecret,
    controller: SecretKey,
}

impl NewRelationship {
    /// The identity of this number, with one device.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`], which an inception never gives.
    pub fn new(
        first: &SheetKeys,
        identity: u16,
        successor: SuccessorDigest,
        kind: Kind,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, CodecError> {
        let (device, controller) = (first.device(identity, 0), first.controller(identity));
        let agreement = first.agreement(identity, 0);
        let device_keys = device_keys(device.public(), &agreement);
        let inception = inception(kind, device_keys, controller.public(), successor, rng);
        Ok(Self { identity, did: inception.did()?, inception, device, agreement, controller })
    }

    /// The inception, for its sponsor to sign: each new key has proven its possession.
    ///
    /// # Errors
    /// [`SigningError`].
    pub fn incept(&self, sponsor: &Sender) -> Result<Draft, SigningError> {
        incept(&self.inception, (&self.device, &self.controller), sponsor)
    }

    /// What the device's keystore keeps of it: not the controller.
    #[must_use]
    pub fn kept(&self, relationship: String) -> Kept {
        Kept {
            identity: self.identity,
            did: self.did,
            relationship,
            device: 0,
            signing: SecretKey::from_seed(*self.device.seed()),
            agreement: self.agreement.clone(),
        }
    }
}
