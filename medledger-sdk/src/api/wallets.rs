//! A patient's keys: sheets of words, what is derived from them, the keystore of one device, restoring, rotation.
//!
//! The first sheet gives the keys of devices and the current controllers; the second, which stays on paper until it is needed,
//! their successors.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::convert::Infallible;
use rand_core::CryptoRng;
use serde::Serialize;

use medledger_core::codec::encode;
use medledger_core::error::ReadError;
use medledger_core::hash::{ChainId, SuccessorDigest};
use medledger_core::identity::{KeyStatus, did_to_text};

use super::draft::{Draft, Sender, SignedTransaction};
use super::error::{ArgumentError, Error, unread};
use super::identities::key_of;
use super::identity::IdentityKind;
use super::key::{AgreementKey, Key};
use super::light::ProvenState;
use super::parse;
use super::reading::there;
use super::units::{Count, words};
use crate::draft;
use crate::identity::copy;
use crate::wallet::format::{self, KeystoreHeader};
use crate::wallet::restore::{self as found, NothingProven, Standing};
use crate::wallet::rotation::{self, Turn, WrittenDown};
use crate::wallet::{create, derive, keystore, sheet};

words! {
    /// Whether a sheet still gives an identity's controller.
    pub enum SheetStanding {
        /// It does.
        Current = "current",
        /// Another sheet has taken over.
        Superseded = "superseded",
    }
}

words! {
    /// Whether a second sheet takes over an identity.
    pub enum RotationTurn {
        /// It is to be rotated.
        Due = "due",
        /// It was, with this sheet.
        Done = "done",
        /// It was deactivated.
        Ended = "ended",
        /// It is none of this sheet's.
        Foreign = "foreign",
    }
}

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

/// A device of a sheet that the ledger knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FoundDevice {
    /// Its number in the sheet.
    pub device: Count,
    /// Its key's id.
    pub key: String,
    /// Whether it can sign.
    pub live: bool,
}

/// An identity of a sheet that the ledger knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FoundIdentity {
    /// Its number in the sheet.
    pub identity: Count,
    /// Its name on the ledger.
    pub did: String,
    /// Whether the sheet still gives its controller.
    pub standing: SheetStanding,
    /// Its devices.
    pub devices: Vec<FoundDevice>,
}

/// What a rotation does with an identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedRotation {
    /// Which.
    pub did: String,
    /// Whether it is due.
    pub turn: RotationTurn,
    /// Its number in the second sheet, where that is known.
    pub identity: Option<Count>,
    /// The id of the key that signs the rotation, where one is due.
    pub successor: Option<String>,
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

impl From<&found::FoundIdentity> for FoundIdentity {
    fn from(of: &found::FoundIdentity) -> Self {
        let device = |device: &found::FoundDevice| FoundDevice {
            device: Count(u64::from(device.device)),
            key: device.key.to_string(),
            live: device.status == KeyStatus::Live,
        };
        Self {
            identity: Count(u64::from(of.identity)),
            did: did_to_text(&of.did),
            standing: match of.standing {
                Standing::Current => SheetStanding::Current,
                Standing::Superseded => SheetStanding::Superseded,
            },
            devices: of.devices.iter().map(device).collect(),
        }
    }
}

/// A sheet of 24 words (BIP-39, English), which a patient writes down. Overwritten when it is closed; never shown.
#[derive(Debug)]
pub struct Sheet(sheet::Sheet);

impl Sheet {
    /// A fresh sheet.
    ///
    /// # Errors
    /// WAL-012, which a fresh one never gives.
    pub fn draw(rng: &mut impl CryptoRng) -> Result<Self, Error> {
        Ok(Self(sheet::Sheet::draw(rng)?))
    }

    /// The sheet with these words; white space parts them, capitals do not count.
    ///
    /// # Errors
    /// WAL-010 to WAL-012 for words that are no sheet.
    pub fn from_words(words: &str) -> Result<Self, Error> {
        Ok(Self(sheet::Sheet::from_words(words)?))
    }

    /// The words, to be written down: a secret.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = String::new();
        for word in self.0.words() {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
        }
        words
    }

    /// The keys of the sheet. The passphrase is not needed and usually empty; another one gives other keys.
    #[must_use]
    pub fn keys(&self, passphrase: &str) -> SheetKeys {
        SheetKeys(derive::SheetKeys::new(&self.0, passphrase))
    }

    /// Confirms that a sheet that was just drawn is written down, by its words typed in again: it may become the next second
    /// sheet.
    ///
    /// # Errors
    /// WAL-010 to WAL-013 for words that are no sheet, or another one's.
    pub fn confirm(&self, words: &str, passphrase: &str) -> Result<NextSheet, Error> {
        Ok(NextSheet(WrittenDown::confirm(&self.0, words, passphrase)?))
    }
}

/// The keys of a sheet. Overwritten when they are closed; never shown.
#[derive(Debug)]
pub struct SheetKeys(derive::SheetKeys);

impl SheetKeys {
    /// What a device of an identity signs with; both are counted from 0.
    ///
    /// # Errors
    /// API-004 for numbers above 65,535.
    pub fn device(&self, identity: u64, device: u64) -> Result<Key, Error> {
        Ok(Key(self.0.device(of("identity", identity)?, of("device", device)?)))
    }

    /// What others encrypt to, for a device of an identity.
    ///
    /// # Errors
    /// API-004 for numbers above 65,535.
    pub fn agreement(&self, identity: u64, device: u64) -> Result<AgreementKey, Error> {
        Ok(AgreementKey(self.0.agreement(of("identity", identity)?, of("device", device)?)))
    }

    /// The controller of an identity; while the sheet is the second one, the controller's successor.
    ///
    /// # Errors
    /// API-004 for numbers above 65,535.
    pub fn controller(&self, identity: u64) -> Result<Key, Error> {
        Ok(Key(self.0.controller(of("identity", identity)?)))
    }

    /// What the ledger is told of an identity's successor while this is the second sheet. It is no secret.
    ///
    /// # Errors
    /// API-004 for numbers above 65,535.
    pub fn successor_digest(&self, identity: u64) -> Result<String, Error> {
        Ok(self.0.successor(of("identity", identity)?).to_string())
    }

    /// The same of the first 64 identities: what a keystore keeps, so that the second sheet can stay on paper.
    #[must_use]
    pub fn successor_digests(&self) -> Vec<String> {
        create::successors(&self.0).iter().map(ToString::to_string).collect()
    }

    /// One more identity of this (first) sheet, for one more relationship; `successor` is the digest that the second sheet
    /// gives for its number.
    ///
    /// # Errors
    /// API-002 and API-004 for what is none.
    pub fn relationship(
        &self,
        identity: u64,
        successor: &str,
        kind: IdentityKind,
        rng: &mut impl CryptoRng,
    ) -> Result<NewRelationship, Error> {
        let successor = digest("successor", successor)?;
        let new =
            create::NewRelationship::new(&self.0, of("identity", identity)?, successor, kind.into(), rng)?;
        Ok(NewRelationship(new))
    }
}

/// An identity of a sheet that no ledger knows yet.
#[derive(Debug)]
pub struct NewRelationship(create::NewRelationship);

impl NewRelationship {
    /// What it will be called.
    #[must_use]
    pub fn did(&self) -> String {
        did_to_text(&self.0.did)
    }

    /// What the ledger is told.
    ///
    /// # Errors
    /// COD-013, which an inception never gives.
    pub fn inception(&self) -> Result<Vec<u8>, Error> {
        Ok(encode(&self.0.inception)?)
    }

    /// The inception, for its sponsor to sign: each new key has proven its possession.
    ///
    /// # Errors
    /// API-002 for a sender that is none.
    pub fn incept(&self, sponsor: &Sender) -> Result<Draft, Error> {
        Ok(Draft(self.0.incept(&draft::Sender::try_from(sponsor)?)?))
    }
}

/// The sheet that becomes the second one with a rotation; somebody has it on paper.
#[derive(Debug)]
pub struct NextSheet(WrittenDown);

impl NextSheet {
    /// A sheet that was drawn before, from its words.
    ///
    /// # Errors
    /// WAL-010 to WAL-012 for words that are no sheet.
    pub fn from_words(words: &str, passphrase: &str) -> Result<Self, Error> {
        Ok(Self(WrittenDown::typed(words, passphrase)?))
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
        successors: super::units::count(successors.len()),
    })
}

/// The keys of the state that finding a sheet's identities takes beside those that are proven: ask for these and for all before,
/// until there are none.
///
/// # Errors
/// API-007 for a state that is damaged.
pub fn restore_asks(first: &SheetKeys, state: Option<&ProvenState>) -> Result<Vec<String>, Error> {
    let asks = match state {
        None => found::asks(&first.0, &NothingProven),
        Some(state) => found::asks(&first.0, state.read()),
    };
    Ok(asks.map_err(lost)?.iter().map(ToString::to_string).collect())
}

/// All identities of a first sheet that the ledger knows.
///
/// # Errors
/// WAL-020 where there is none, API-008 where the proof does not cover all that is asked.
pub fn restore(first: &SheetKeys, state: &ProvenState) -> Result<Vec<FoundIdentity>, Error> {
    let restored = found::restore(&first.0, state.read()).map_err(lost)??;
    Ok(restored.identities.iter().map(FoundIdentity::from).collect())
}

fn lost(error: ReadError<Infallible>) -> Error {
    match error {
        ReadError::Unproven => ArgumentError::Unproven { what: "sheet" }.into(),
        other => unread("identity", &other),
    }
}

/// What the second sheet does with each of these identities.
///
/// # Errors
/// API-002 for what is no DID, API-008 where the state does not cover them, WAL-040 and WAL-041 for a sheet that is not the second
/// one.
pub fn plan_rotation(
    second: &SheetKeys,
    dids: &[String],
    state: &ProvenState,
) -> Result<Vec<PlannedRotation>, Error> {
    let dids = dids.iter().map(|did| parse::did("dids", did)).collect::<Result<Vec<_>, _>>()?;
    let planned = rotation::plan(&second.0, &dids, state.read());
    let planned = planned.map_err(|error| unread("identity", &error))??;
    let told = |of: &rotation::Planned| {
        let (turn, identity) = match of.turn {
            Turn::Due { identity } => (RotationTurn::Due, Some(identity)),
            Turn::Done { identity } => (RotationTurn::Done, Some(identity)),
            Turn::Ended => (RotationTurn::Ended, None),
            Turn::Foreign => (RotationTurn::Foreign, None),
        };
        let due = identity.filter(|_| turn == RotationTurn::Due);
        PlannedRotation {
            did: did_to_text(&of.did),
            turn,
            identity: identity.map(|identity| Count(u64::from(identity))),
            successor: due.map(|identity| second.0.controller(identity).public().id().to_string()),
        }
    };
    Ok(planned.iter().map(told).collect())
}

fn of(argument: &'static str, number: u64) -> Result<u16, Error> {
    parse::number(argument, number, u64::from(u16::MAX))
}

fn digest(argument: &'static str, text: &str) -> Result<SuccessorDigest, Error> {
    parse::hex(argument, "a digest: 64 digits of hex", text, SuccessorDigest::from_hex)
}

#[cfg(test)]
mod tests;
