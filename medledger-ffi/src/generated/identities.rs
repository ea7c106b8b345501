//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use std::sync::Arc;

use crate::support::{Give, Held, MedledgerError, Time, answer, argument, entropy, together, value};

value! {
    /// The public keys of a device.
    #[uniffi::export(Eq, Hash)]
    DevicePublicKeys = medledger_sdk::api::identities::DevicePublicKeys {
        /// What it signs with (Ed25519): 32 bytes.
        signing: Vec<u8>,
        /// What others encrypt to (X25519): 32 bytes; null for a device that receives nothing.
        #[uniffi(default = None)]
        agreement: Option<Vec<u8>>,
    }
}

value! {
    /// An identity that a genesis names.
    #[uniffi::export(Eq, Hash)]
    Founder = medledger_sdk::api::identities::Founder {
        /// Its inception.
        inception: Vec<u8>,
        /// Whether it is a member of the consortium, which sponsors identities. Members are organisations.
        member: bool,
    }
}

value! {
    /// What a genesis says.
    #[uniffi::export(Eq, Hash)]
    GenesisSummary = medledger_sdk::api::identities::GenesisSummary {
        /// The ledger's id: the hash of the genesis.
        chain: String,
        /// What people call the ledger.
        name: String,
        /// Its time, that of height 0.
        time: Time,
        /// The public keys of those who certify height 1.
        #[uniffi(default = [])]
        validators: Vec<Vec<u8>>,
        /// The identities that it names.
        #[uniffi(default = [])]
        founders: Vec<String>,
    }
}

/// An identity that no ledger knows yet, with fresh keys in memory: of one device, of the controller and of its successor.
/// A patient's keys come from sheets of words instead (see `Sheet`).
#[derive(uniffi::Object)]
pub struct NewIdentity {
    pub(super) held: Held<medledger_sdk::api::identities::NewIdentity>,
}

impl Give<Arc<NewIdentity>> for medledger_sdk::api::identities::NewIdentity {
    fn give(self) -> Arc<NewIdentity> {
        Arc::new(NewIdentity { held: Held::new(self, "new identity") })
    }
}

#[uniffi::export]
impl NewIdentity {
    /// Draws the keys of a new identity.
    ///
    /// Errors: COD-013, which an inception never gives.
    #[uniffi::constructor]
    pub fn draw(kind: crate::IdentityKind) -> Result<Arc<crate::NewIdentity>, MedledgerError> {
        let kind: medledger_sdk::api::identity::IdentityKind = argument(kind, "kind")?;
        let mut rng = entropy();
        answer(medledger_sdk::api::identities::NewIdentity::draw(kind, &mut rng))
    }

    /// What it will be called.
    pub fn did(&self) -> Result<String, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.did().give())
    }

    /// What the ledger is told.
    ///
    /// Errors: COD-013, which an inception never gives.
    pub fn inception(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.inception())
    }

    /// The device's key, which signs consents, access and records.
    pub fn device(&self) -> Result<Arc<crate::Key>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.device().give())
    }

    /// The device's other key, which records are encrypted to.
    pub fn agreement(&self) -> Result<Arc<crate::AgreementKey>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.agreement().give())
    }

    /// The controller's key, which adds and revokes devices, and is not kept on one.
    pub fn controller(&self) -> Result<Arc<crate::Key>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.controller().give())
    }

    /// The successor's key, which signs the first rotation, and is kept elsewhere than the controller's.
    pub fn successor(&self) -> Result<Arc<crate::Key>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.successor().give())
    }

    /// The inception, for its sponsor to sign: each new key has proven its possession.
    ///
    /// Errors: API-002 for a sender that is none.
    pub fn incept(&self, sponsor: crate::Sender) -> Result<Arc<crate::Draft>, MedledgerError> {
        let sponsor: medledger_sdk::api::draft::Sender = argument(sponsor, "sponsor")?;
        let held = together(|| self.held.shared())?;
        answer(held.incept(&sponsor))
    }
}

/// An inception whose keys lie elsewhere, for its sponsor to sign once the device's and the controller's keys have
/// approved it.
///
/// Errors: API-002 for a sender that is none; IDN rules for an inception that can't be.
#[uniffi::export]
pub fn incept(sponsor: crate::Sender, inception: Vec<u8>) -> Result<Arc<crate::Draft>, MedledgerError> {
    let sponsor: medledger_sdk::api::draft::Sender = argument(sponsor, "sponsor")?;
    answer(medledger_sdk::api::identities::incept(&sponsor, &inception))
}

/// The DID of an inception.
///
/// Errors: COD and IDN rules for an inception that can't be.
#[uniffi::export]
pub fn inception_did(inception: Vec<u8>) -> Result<String, MedledgerError> {
    answer(medledger_sdk::api::identities::inception_did(&inception))
}

/// One more device, for the controller to sign once the device's signing key has approved it.
///
/// Errors: API-002 for a sender that is none, API-003 for keys that are none.
#[uniffi::export]
pub fn add_device(
    controller: crate::Sender,
    device: crate::DevicePublicKeys,
) -> Result<Arc<crate::Draft>, MedledgerError> {
    let controller: medledger_sdk::api::draft::Sender = argument(controller, "controller")?;
    let device: medledger_sdk::api::identities::DevicePublicKeys = argument(device, "device")?;
    answer(medledger_sdk::api::identities::add_device(&controller, &device))
}

/// The end of a device, for the controller to sign, or for that very device.
///
/// Errors: API-002 for a sender or a key's id that is none.
#[uniffi::export]
pub fn revoke_device(sender: crate::Sender, key: String) -> Result<Arc<crate::Draft>, MedledgerError> {
    let sender: medledger_sdk::api::draft::Sender = argument(sender, "sender")?;
    answer(medledger_sdk::api::identities::revoke_device(&sender, &key))
}

/// The end of an identity, for its controller to sign. It can't be undone.
///
/// Errors: API-002 for a sender that is none.
#[uniffi::export]
pub fn deactivate(controller: crate::Sender) -> Result<Arc<crate::Draft>, MedledgerError> {
    let controller: medledger_sdk::api::draft::Sender = argument(controller, "controller")?;
    answer(medledger_sdk::api::identities::deactivate(&controller))
}

/// The successor takes over: for it to sign, once each device that comes has approved. `control` is the identity as the
/// ledger holds it, `successor` the public key that signs and becomes the controller, `next` the digest of whatever comes after it, `keep` the ids of the
/// device keys that stay.
///
/// Errors: API-002 and API-003 for what is none, COD rules for a `control` that is damaged, IDN rules for doubles.
#[uniffi::export]
pub fn rotate(
    sender: crate::Sender,
    control: Vec<u8>,
    successor: Vec<u8>,
    next: String,
    keep: Vec<String>,
    add: Vec<crate::DevicePublicKeys>,
) -> Result<Arc<crate::Draft>, MedledgerError> {
    let sender: medledger_sdk::api::draft::Sender = argument(sender, "sender")?;
    let add: Vec<medledger_sdk::api::identities::DevicePublicKeys> = argument(add, "add")?;
    answer(medledger_sdk::api::identities::rotate(&sender, &control, &successor, &next, &keep, &add))
}

/// An organisation vouches for a practitioner's role, for the organisation to sign.
///
/// Errors: API-002 for what is none, IDN rules for a credential that can't be.
#[uniffi::export]
pub fn issue_credential(
    issuer: crate::Sender,
    holder: String,
    role: crate::Coding,
    period: crate::Period,
) -> Result<Arc<crate::Draft>, MedledgerError> {
    let issuer: medledger_sdk::api::draft::Sender = argument(issuer, "issuer")?;
    let role: medledger_sdk::api::units::Coding = argument(role, "role")?;
    let period: medledger_sdk::api::units::Period = argument(period, "period")?;
    answer(medledger_sdk::api::identities::issue_credential(&issuer, &holder, &role, &period))
}

/// And takes it back.
///
/// Errors: API-002 for what is none.
#[uniffi::export]
pub fn revoke_credential(
    issuer: crate::Sender,
    credential: String,
) -> Result<Arc<crate::Draft>, MedledgerError> {
    let issuer: medledger_sdk::api::draft::Sender = argument(issuer, "issuer")?;
    answer(medledger_sdk::api::identities::revoke_credential(&issuer, &credential))
}

/// The id of the credential that a transaction issued.
///
/// Errors: API-002 for a transaction's id that is none.
#[uniffi::export]
pub fn credential_id(transaction: String) -> Result<String, MedledgerError> {
    answer(medledger_sdk::api::identities::credential_id(&transaction))
}

/// A genesis under proof of authority, with the default parameters and validators that take turns in this order. Its bytes
/// are what everybody who reads the ledger starts from.
///
/// Errors: API-003 for keys that are none; COD, IDN and CHN rules for founders that can't be.
#[uniffi::export]
pub fn genesis(
    name: String,
    time: Time,
    validators: Vec<Vec<u8>>,
    founders: Vec<crate::Founder>,
) -> Result<Vec<u8>, MedledgerError> {
    let time: medledger_sdk::api::Time = argument(time, "time")?;
    let founders: Vec<medledger_sdk::api::identities::Founder> = argument(founders, "founders")?;
    answer(medledger_sdk::api::identities::genesis(&name, time, &validators, &founders))
}

/// What a genesis says, once it is checked.
///
/// Errors: COD, IDN and CHN rules for bytes that are no sound genesis.
#[uniffi::export]
pub fn read_genesis(genesis: Vec<u8>) -> Result<crate::GenesisSummary, MedledgerError> {
    answer(medledger_sdk::api::identities::read_genesis(&genesis))
}
