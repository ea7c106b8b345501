//! New identities, their devices, credentials, and the genesis that names the first ones.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use rand_core::CryptoRng;
use serde::Serialize;

use medledger_core::chain::{self, Genesis};
use medledger_core::codec::encode;
use medledger_core::hash::{CredentialId, KeyId, SuccessorDigest, TxId};
use medledger_core::identity::{
    self as of, Control, Credential, DeviceKeys, Inception, Kind, Rotation, did_to_text,
};
use medledger_core::limits::{GENESIS, STATE_VALUE, TRANSACTION};
use medledger_core::operation::Operation;

use super::draft::{Draft, Sender};
use super::error::Error;
use super::identity::IdentityKind;
use super::key::{AgreementKey, Key};
use super::parse;
use super::units::{Bytes, Coding, Period, Time};
use crate::{consortium, draft, identity};

/// The public keys of a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DevicePublicKeys {
    /// What it signs with (Ed25519): 32 bytes.
    pub signing: Bytes,
    /// What others encrypt to (X25519): 32 bytes; null for a device that receives nothing.
    pub agreement: Option<Bytes>,
}

/// An identity that a genesis names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Founder {
    /// Its inception.
    pub inception: Bytes,
    /// Whether it is a member of the consortium, which sponsors identities. Members are organisations.
    pub member: bool,
}

/// What a genesis says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GenesisSummary {
    /// The ledger's id: the hash of the genesis.
    pub chain: String,
    /// What people call the ledger.
    pub name: String,
    /// Its time, that of height 0.
    pub time: Time,
    /// The public keys of those who certify height 1.
    pub validators: Vec<Bytes>,
    /// The identities that it names.
    pub founders: Vec<String>,
}

impl TryFrom<&DevicePublicKeys> for DeviceKeys {
    type Error = Error;

    fn try_from(device: &DevicePublicKeys) -> Result<Self, Error> {
        let agreement = device.agreement.as_ref();
        Ok(Self {
            signing: parse::public_key("device.signing", &device.signing.0)?,
            agreement: agreement.map(|key| parse::agreement_key("device.agreement", &key.0)).transpose()?,
        })
    }
}

impl From<IdentityKind> for Kind {
    fn from(kind: IdentityKind) -> Self {
        match kind {
            IdentityKind::Patient => Self::Patient,
            IdentityKind::Practitioner => Self::Practitioner,
            IdentityKind::Organisation => Self::Organisation,
            IdentityKind::Device => Self::Device,
        }
    }
}

/// An identity that no ledger knows yet, with fresh keys in memory: of one device, of the controller and of its successor.
/// A patient's keys come from sheets of words instead (see `Sheet`).
#[derive(Debug)]
pub struct NewIdentity(identity::NewIdentity);

impl NewIdentity {
    /// Draws the keys of a new identity.
    ///
    /// # Errors
    /// COD-013, which an inception never gives.
    pub fn draw(kind: IdentityKind, rng: &mut impl CryptoRng) -> Result<Self, Error> {
        Ok(Self(identity::NewIdentity::draw(kind.into(), rng)?))
    }

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

    /// The device's key, which signs consents, access and records.
    #[must_use]
    pub fn device(&self) -> Key {
        Key(identity::copy(&self.0.keys.device))
    }

    /// The device's other key, which records are encrypted to.
    #[must_use]
    pub fn agreement(&self) -> AgreementKey {
        AgreementKey(self.0.keys.agreement.clone())
    }

    /// The controller's key, which adds and revokes devices, and is not kept on one.
    #[must_use]
    pub fn controller(&self) -> Key {
        Key(identity::copy(&self.0.keys.controller))
    }

    /// The successor's key, which signs the first rotation, and is kept elsewhere than the controller's.
    #[must_use]
    pub fn successor(&self) -> Key {
        Key(identity::copy(&self.0.keys.successor))
    }

    /// The inception, for its sponsor to sign: each new key has proven its possession.
    ///
    /// # Errors
    /// API-002 for a sender that is none.
    pub fn incept(&self, sponsor: &Sender) -> Result<Draft, Error> {
        Ok(Draft(self.0.incept(&draft::Sender::try_from(sponsor)?)?))
    }
}

/// An inception whose keys lie elsewhere, for its sponsor to sign once the device's and the controller's keys have
/// approved it.
///
/// # Errors
/// API-002 for a sender that is none; IDN rules for an inception that can't be.
pub fn incept(sponsor: &Sender, inception: &[u8]) -> Result<Draft, Error> {
    let inception: Inception = parse::wire(inception, &TRANSACTION)?;
    inception.check()?;
    drafted(sponsor, Operation::Incept { inception })
}

/// The DID of an inception.
///
/// # Errors
/// COD and IDN rules for an inception that can't be.
pub fn inception_did(inception: &[u8]) -> Result<String, Error> {
    let inception: Inception = parse::wire(inception, &TRANSACTION)?;
    inception.check()?;
    Ok(did_to_text(&inception.did()?))
}

/// One more device, for the controller to sign once the device's signing key has approved it.
///
/// # Errors
/// API-002 for a sender that is none, API-003 for keys that are none.
pub fn add_device(controller: &Sender, device: &DevicePublicKeys) -> Result<Draft, Error> {
    drafted(controller, Operation::AddDevice { device: device.try_into()? })
}

/// The end of a device, for the controller to sign, or for that very device.
///
/// # Errors
/// API-002 for a sender or a key's id that is none.
pub fn revoke_device(sender: &Sender, key: &str) -> Result<Draft, Error> {
    drafted(sender, Operation::RevokeDevice { key: key_of("key", key)? })
}

/// The end of an identity, for its controller to sign. It can't be undone.
///
/// # Errors
/// API-002 for a sender that is none.
pub fn deactivate(controller: &Sender) -> Result<Draft, Error> {
    drafted(controller, Operation::Deactivate)
}

/// The successor takes over: for it to sign, once each device that comes has approved. `control` is the identity as the
/// ledger holds it, `successor` the public key that signs and becomes the controller, `next` the digest of whatever comes after it, `keep` the ids of the
/// device keys that stay.
///
/// # Errors
/// API-002 and API-003 for what is none, COD rules for a `control` that is damaged, IDN rules for doubles.
pub fn rotate(
    sender: &Sender,
    control: &[u8],
    successor: &[u8],
    next: &str,
    keep: &[String],
    add: &[DevicePublicKeys],
) -> Result<Draft, Error> {
    let sender = draft::Sender::try_from(sender)?;
    let control: Control = parse::wire(control, &STATE_VALUE)?;
    let mut keep = keep.iter().map(|key| key_of("keep", key)).collect::<Result<Vec<_>, _>>()?;
    keep.sort_unstable();
    keep.dedup();
    let mut add = add.iter().map(DeviceKeys::try_from).collect::<Result<Vec<_>, _>>()?;
    add.sort_unstable_by_key(|device| device.signing.id());
    let rotation = Rotation {
        replaces: control.succession(sender.did)?,
        controller: parse::public_key("successor", successor)?,
        successor: parse::hex("next", "a digest: 64 digits of hex", next, SuccessorDigest::from_hex)?,
        keep,
        add,
    };
    Ok(Draft(sender.draft(Operation::Rotate { rotation })))
}

/// An organisation vouches for a practitioner's role, for the organisation to sign.
///
/// # Errors
/// API-002 for what is none, IDN rules for a credential that can't be.
pub fn issue_credential(
    issuer: &Sender,
    holder: &str,
    role: &Coding,
    period: &Period,
) -> Result<Draft, Error> {
    let credential =
        Credential { holder: parse::did("holder", holder)?, role: role.into(), period: period.into() };
    credential.check()?;
    drafted(issuer, Operation::IssueCredential { credential })
}

/// And takes it back.
///
/// # Errors
/// API-002 for what is none.
pub fn revoke_credential(issuer: &Sender, credential: &str) -> Result<Draft, Error> {
    let wanted = "a credential's id: 64 digits of hex";
    let credential = parse::hex("credential", wanted, credential, CredentialId::from_hex)?;
    drafted(issuer, Operation::RevokeCredential { credential })
}

/// The id of the credential that a transaction issued.
///
/// # Errors
/// API-002 for a transaction's id that is none.
pub fn credential_id(transaction: &str) -> Result<String, Error> {
    Ok(of::credential_id(&transaction_id("transaction", transaction)?).to_string())
}

/// A genesis under proof of authority, with the default parameters and validators that take turns in this order. Its bytes
/// are what everybody who reads the ledger starts from.
///
/// # Errors
/// API-003 for keys that are none; COD, IDN and CHN rules for founders that can't be.
pub fn genesis(
    name: &str,
    time: Time,
    validators: &[Vec<u8>],
    founders: &[Founder],
) -> Result<Vec<u8>, Error> {
    let validators =
        validators.iter().map(|key| parse::public_key("validators", key)).collect::<Result<Vec<_>, _>>()?;
    let founder = |founder: &Founder| {
        let inception = parse::wire(&founder.inception.0, &TRANSACTION)?;
        Ok::<_, Error>(chain::Founder { inception, member: founder.member })
    };
    let founders = founders.iter().map(founder).collect::<Result<Vec<_>, _>>()?;
    let genesis = consortium::genesis(name.into(), time.into(), &validators, founders);
    genesis.open()?;
    Ok(encode(&genesis)?)
}

/// What a genesis says, once it is checked.
///
/// # Errors
/// COD, IDN and CHN rules for bytes that are no sound genesis.
pub fn read_genesis(genesis: &[u8]) -> Result<GenesisSummary, Error> {
    let genesis: Genesis = parse::wire(genesis, &GENESIS)?;
    let chain = genesis.open()?.chain.to_string();
    let founders = genesis.founders.iter().map(|founder| Ok(did_to_text(&founder.inception.did()?)));
    let validators = genesis.validators.validators.iter();
    Ok(GenesisSummary {
        chain,
        time: genesis.time.into(),
        validators: validators.map(|of| Bytes(parse::public_key_bytes(&of.key))).collect(),
        founders: founders.collect::<Result<_, Error>>()?,
        name: genesis.name,
    })
}

pub(super) fn drafted(sender: &Sender, operation: Operation) -> Result<Draft, Error> {
    Ok(Draft(draft::Sender::try_from(sender)?.draft(operation)))
}

pub(super) fn key_of(argument: &'static str, text: &str) -> Result<KeyId, Error> {
    parse::hex(argument, "a key's id: 64 digits of hex", text, KeyId::from_hex)
}

pub(super) fn transaction_id(argument: &'static str, text: &str) -> Result<TxId, Error> {
    parse::hex(argument, "a transaction's id: 64 digits of hex", text, TxId::from_hex)
}

#[cfg(test)]
mod tests;
