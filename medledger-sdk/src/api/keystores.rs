//! The keys of one device, and the file that keeps them.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use rand_core::CryptoRng;
use serde::Serialize;

use medledger_core::hash::ChainId;
use medledger_core::identity::did_to_text;

use super::draft::{Sender, SignedTransaction};
use super::error::{Error, unread};
use super::identities::key_of;
use super::key::{AgreementKey, Key};
use super::light::ProvenState;
use super::parse;
use super::reading::there;
use super::restoring::FoundIdentity;
use super::sheets::{NewRelationship, NextSheet, SheetKeys, digest, of};
use super::units::{Count, count};
use crate::draft;
use crate::identity::copy;
use crate::wallet::format::{self, KeystoreHeader};
use crate::wallet::{keystore, rotation};

/// What trying a passphrase costs (Argon2id, RFC 9106).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PassphraseCost {
    /// Memory in KiB.
    pub memory: Count,
    /// Passes over it.
    pub passes: Count,
    /// Lanes.
    pub lanes: Count,
}

/// One identity of a keystore, as far as it is no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptIdentity {
    /// Its number in the sheet.
    pub identity: Count,
    /// Its name on the ledger.
    pub did: String,
    /// Whom it is for, in the patient's words.
    pub relationship: String,
    /// The device's number in the sheet.
    pub device: Count,
    /// The id of the device's key.
    pub key: String,
}

/// What a keystore says to whoever reads the file without its passphrase; it is believed only once it was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeystoreSummary {
    /// The ledger.
    pub chain: String,
    /// What a passphrase costs.
    pub cost: PassphraseCost,
    /// The identities, ascending by number.
    pub identities: Vec<KeptIdentity>,
    /// How many digests of successors it keeps, from identity 0 on.
    pub successors: Count,
}

impl From<&keystore::Kept> for KeptIdentity {
    fn from(kept: &keystore::Kept) -> Self {
        (&kept.public()).into()
    }
}

impl From<&format::KeptIdentity> for KeptIdentity {
    fn from(kept: &format::KeptIdentity) -> Self {
        Self {
            identity: Count(kept.identity),
            did: did_to_text(&kept.did),
            relationship: kept.relationship.clone(),
            device: Count(kept.device),
            key: kept.key.to_string(),
        }
    }
}

/// The keys of one device, for some identities on one ledger; as a file, encrypted under a passphrase. Overwritten when it is
/// closed; never shown.
#[derive(Debug)]
pub struct Keystore(keystore::Keystore);

impl Keystore {
    /// An empty keystore for a ledger, with the digests of successors that the second sheet gives, possibly none.
    ///
    /// # Errors
    /// API-002 for what is none.
    pub fn new(chain: &str, successors: &[String]) -> Result<Self, Error> {
        let chain = parse::hex("chain", "a ledger's id: 64 digits of hex", chain, ChainId::from_hex)?;
        let successors = successors.iter().map(|text| digest("successors", text));
        Ok(Self(keystore::Keystore::new(chain, successors.collect::<Result<_, _>>()?)))
    }

    /// A keystore from its file.
    ///
    /// # Errors
    /// WAL-030 for a file that is damaged, WAL-031 for a wrong passphrase, WAL-032 for a newer version, WAL-033 for a cost out
    /// of bounds.
    pub fn open(bytes: &[u8], passphrase: &str) -> Result<Self, Error> {
        Ok(Self(keystore::Keystore::open(bytes, passphrase)?))
    }

    /// The keystore as a file, encrypted under a passphrase; without a cost at RFC 9106's second recommendation with one lane
    /// (64 MiB, 3 passes).
    ///
    /// # Errors
    /// WAL-033 for a cost out of bounds, WAL-034 for a passphrase that is empty or a book, WAL-035 where there is not enough
    /// memory.
    pub fn seal(
        &self,
        passphrase: &str,
        cost: Option<&PassphraseCost>,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, Error> {
        let cost = cost.map_or_else(format::PassphraseCost::default, |cost| format::PassphraseCost {
            memory: cost.memory.0,
            passes: cost.passes.0,
            lanes: cost.lanes.0,
        });
        Ok(self.0.seal(passphrase, cost, rng)?)
    }

    /// The identities that it keeps, ascending by number.
    #[must_use]
    pub fn identities(&self) -> Vec<KeptIdentity> {
        self.0.kept().iter().map(KeptIdentity::from).collect()
    }

    /// The digest of an identity's successor, where it is kept.
    #[must_use]
    pub fn successor_digest(&self, identity: u64) -> Option<String> {
        let at = usize::try_from(identity).ok()?;
        self.0.successors().get(at).map(ToString::to_string)
    }

    /// Keeps a new identity, under a name for its relationship.
    ///
    /// # Errors
    /// WAL-037 for a number or a name that is taken, or a name that is none; WAL-038 when it is full.
    pub fn keep(&mut self, new: &NewRelationship, relationship: &str) -> Result<(), Error> {
        Ok(self.0.keep(new.0.kept(relationship.into()))?)
    }

    /// Keeps a device of an identity that was found on the ledger, under a name for its relationship; `first` is the sheet that
    /// it was found with.
    ///
    /// # Errors
    /// API-002 and API-004 for what is none; WAL-037 for a number or a name that is taken, or a name that is none; WAL-038 when
    /// it is full.
    pub fn keep_found(
        &mut self,
        first: &SheetKeys,
        identity: &FoundIdentity,
        device: u64,
        relationship: &str,
    ) -> Result<(), Error> {
        let (number, device) = (of("identity", identity.identity.0)?, of("device", device)?);
        Ok(self.0.keep(keystore::Kept {
            identity: number,
            did: parse::did("identity.did", &identity.did)?,
            relationship: relationship.into(),
            device,
            signing: first.0.device(number, device),
            agreement: first.0.agreement(number, device),
        })?)
    }

    /// The key that its device signs with for an identity.
    ///
    /// # Errors
    /// API-002 for what is no DID, API-007 for an identity that is not kept.
    pub fn signing_key(&self, did: &str) -> Result<Key, Error> {
        Ok(Key(copy(&self.kept(did)?.signing)))
    }

    /// The key that others encrypt to, for an identity.
    ///
    /// # Errors
    /// API-002 for what is no DID, API-007 for an identity that is not kept.
    pub fn agreement_key(&self, did: &str) -> Result<AgreementKey, Error> {
        Ok(AgreementKey(self.kept(did)?.agreement.clone()))
    }

    /// Rotates one identity: the second sheet's successor signs and becomes the controller, a device of that sheet comes, the
    /// devices with the ids in `keep` stay, and the next sheet's digest is named. What comes back is to be recorded; the keystore has the new
    /// device in place of the old one. `state` is what the plan was made with.
    ///
    /// # Errors
    /// API-007 where no rotation is due, API-008 where the state does not cover the identity, WAL rules for wrong sheets.
    pub fn rotate(
        &mut self,
        sender: &Sender,
        second: &SheetKeys,
        next: &NextSheet,
        state: &ProvenState,
        keep: &[String],
    ) -> Result<SignedTransaction, Error> {
        let kept = self.kept(&sender.did)?.relationship.clone();
        let sender = draft::Sender::try_from(sender)?;
        let planned = rotation::plan(&second.0, &[sender.did], state.read());
        let planned = planned.map_err(|error| unread("identity", &error))??;
        rotation::check_next(&planned, &second.0, &next.0)??;
        let keep = keep.iter().map(|key| key_of("keep", key)).collect::<Result<Vec<_>, _>>()?;
        let of = there("identity", &did_to_text(&sender.did), planned.first())?;
        let rotated = of.rotate(&sender, &second.0, &next.0, keep, &kept)?;
        let rotated = there("rotation that is due for", &did_to_text(&sender.did), rotated)?;
        self.0.replace(rotated.kept)?;
        Ok(rotated.signed.into())
    }

    /// Replaces the digests of successors, once all identities were rotated: `second` is then the next sheet's.
    ///
    /// # Errors
    /// API-002 for what is none.
    pub fn set_successors(&mut self, successors: &[String]) -> Result<(), Error> {
        let successors = successors.iter().map(|text| digest("successors", text));
        self.0.succeed(successors.collect::<Result<_, _>>()?);
        Ok(())
    }

    fn kept(&self, did: &str) -> Result<&keystore::Kept, Error> {
        there("identity in this keystore:", did, self.0.find(&parse::did("did", did)?))
    }
}

/// What a keystore's file says without its passphrase.
///
/// # Errors
/// WAL-030 for a file that is damaged, WAL-032 for a newer version, WAL-033 for a cost out of bounds.
pub fn read_keystore(bytes: &[u8]) -> Result<KeystoreSummary, Error> {
    let KeystoreHeader { chain, cost, identities, successors, .. } = keystore::peek(bytes)?;
    Ok(KeystoreSummary {
        chain: chain.to_string(),
        cost: PassphraseCost {
            memory: Count(cost.memory),
            passes: Count(cost.passes),
            lanes: Count(cost.lanes),
        },
        identities: identities.iter().map(KeptIdentity::from).collect(),
        successors: count(successors.len()),
    })
}

#[cfg(test)]
mod tests;
