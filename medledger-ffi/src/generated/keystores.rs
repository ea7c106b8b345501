//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use std::sync::Arc;

use crate::support::{Give, Held, MedledgerError, answer, argument, distinct, entropy, together, value};

value! {
    /// What trying a passphrase costs (Argon2id, RFC 9106).
    PassphraseCost = medledger_sdk::api::keystores::PassphraseCost {
        /// Memory in KiB.
        memory: u64,
        /// Passes over it.
        passes: u64,
        /// Lanes.
        lanes: u64,
    }
}

value! {
    /// One identity of a keystore, as far as it is no secret.
    KeptIdentity = medledger_sdk::api::keystores::KeptIdentity {
        /// Its number in the sheet.
        identity: u64,
        /// Its name on the ledger.
        did: String,
        /// Whom it is for, in the patient's words.
        relationship: String,
        /// The device's number in the sheet.
        device: u64,
        /// The id of the device's key.
        key: String,
    }
}

value! {
    /// What a keystore says to whoever reads the file without its passphrase; it is believed only once it was opened.
    KeystoreSummary = medledger_sdk::api::keystores::KeystoreSummary {
        /// The ledger.
        chain: String,
        /// What a passphrase costs.
        cost: crate::PassphraseCost,
        /// The identities, ascending by number.
        #[uniffi(default = [])]
        identities: Vec<crate::KeptIdentity>,
        /// How many digests of successors it keeps, from identity 0 on.
        successors: u64,
    }
}

/// The keys of one device, for some identities on one ledger; as a file, encrypted under a passphrase. Overwritten when it is
/// closed; never shown.
#[derive(uniffi::Object)]
pub struct Keystore {
    pub(super) held: Held<medledger_sdk::api::keystores::Keystore>,
}

impl Give<Arc<Keystore>> for medledger_sdk::api::keystores::Keystore {
    fn give(self) -> Arc<Keystore> {
        Arc::new(Keystore { held: Held::new(self, "keystore") })
    }
}

#[uniffi::export]
impl Keystore {
    /// An empty keystore for a ledger, with the digests of successors that the second sheet gives, possibly none.
    ///
    /// Errors: API-002 for what is none.
    #[uniffi::constructor]
    pub fn new(chain: String, successors: Vec<String>) -> Result<Arc<crate::Keystore>, MedledgerError> {
        answer(medledger_sdk::api::keystores::Keystore::new(&chain, &successors))
    }

    /// A keystore from its file.
    ///
    /// Errors: WAL-030 for a file that is damaged, WAL-031 for a wrong passphrase, WAL-032 for a newer version, WAL-033 for a cost out
    /// of bounds.
    #[uniffi::constructor]
    pub fn open(bytes: Vec<u8>, passphrase: String) -> Result<Arc<crate::Keystore>, MedledgerError> {
        answer(medledger_sdk::api::keystores::Keystore::open(&bytes, &passphrase))
    }

    /// The keystore as a file, encrypted under a passphrase; without a cost at RFC 9106's second recommendation with one lane
    /// (64 MiB, 3 passes).
    ///
    /// Errors: WAL-033 for a cost out of bounds, WAL-034 for a passphrase that is empty or a book, WAL-035 where there is not enough
    /// memory.
    #[uniffi::method(default(cost = None))]
    pub fn seal(
        &self,
        passphrase: String,
        cost: Option<crate::PassphraseCost>,
    ) -> Result<Vec<u8>, MedledgerError> {
        let cost: Option<medledger_sdk::api::keystores::PassphraseCost> = argument(cost, "cost")?;
        let mut rng = entropy();
        let held = together(|| self.held.shared())?;
        answer(held.seal(&passphrase, cost.as_ref(), &mut rng))
    }

    /// The identities that it keeps, ascending by number.
    pub fn identities(&self) -> Result<Vec<crate::KeptIdentity>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.identities().give())
    }

    /// The digest of an identity's successor, where it is kept.
    pub fn successor_digest(&self, identity: u64) -> Result<Option<String>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.successor_digest(identity).give())
    }

    /// Keeps a new identity, under a name for its relationship.
    ///
    /// Errors: WAL-037 for a number or a name that is taken, or a name that is none; WAL-038 when it is full.
    pub fn keep(&self, new: Arc<crate::NewRelationship>, relationship: String) -> Result<(), MedledgerError> {
        distinct(&self.held, &new.held)?;
        let (mut held, new_held) = together(|| Ok((self.held.exclusive()?, new.held.shared()?)))?;
        answer(held.keep(&new_held, &relationship))
    }

    /// Keeps a device of an identity that was found on the ledger, under a name for its relationship; `first` is the sheet that
    /// it was found with.
    ///
    /// Errors: API-002 and API-004 for what is none; WAL-037 for a number or a name that is taken, or a name that is none; WAL-038 when
    /// it is full.
    pub fn keep_found(
        &self,
        first: Arc<crate::SheetKeys>,
        identity: crate::FoundIdentity,
        device: u64,
        relationship: String,
    ) -> Result<(), MedledgerError> {
        let identity: medledger_sdk::api::restoring::FoundIdentity = argument(identity, "identity")?;
        distinct(&self.held, &first.held)?;
        let (mut held, first_held) = together(|| Ok((self.held.exclusive()?, first.held.shared()?)))?;
        answer(held.keep_found(&first_held, &identity, device, &relationship))
    }

    /// The key that its device signs with for an identity.
    ///
    /// Errors: API-002 for what is no DID, API-007 for an identity that is not kept.
    pub fn signing_key(&self, did: String) -> Result<Arc<crate::Key>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.signing_key(&did))
    }

    /// The key that others encrypt to, for an identity.
    ///
    /// Errors: API-002 for what is no DID, API-007 for an identity that is not kept.
    pub fn agreement_key(&self, did: String) -> Result<Arc<crate::AgreementKey>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.agreement_key(&did))
    }

    /// Rotates one identity: the second sheet's successor signs and becomes the controller, a device of that sheet comes, the
    /// devices with the ids in `keep` stay, and the next sheet's digest is named. What comes back is to be recorded; the keystore has the new
    /// device in place of the old one. `state` is what the plan was made with.
    ///
    /// Errors: API-007 where no rotation is due, API-008 where the state does not cover the identity, WAL rules for wrong sheets.
    pub fn rotate(
        &self,
        sender: crate::Sender,
        second: Arc<crate::SheetKeys>,
        next: Arc<crate::NextSheet>,
        state: Arc<crate::ProvenState>,
        keep: Vec<String>,
    ) -> Result<crate::SignedTransaction, MedledgerError> {
        let sender: medledger_sdk::api::draft::Sender = argument(sender, "sender")?;
        distinct(&self.held, &second.held)?;
        distinct(&self.held, &next.held)?;
        distinct(&self.held, &state.held)?;
        let (mut held, second_held, next_held, state_held) = together(|| {
            Ok((self.held.exclusive()?, second.held.shared()?, next.held.shared()?, state.held.shared()?))
        })?;
        answer(held.rotate(&sender, &second_held, &next_held, &state_held, &keep))
    }

    /// Replaces the digests of successors, once all identities were rotated: `second` is then the next sheet's.
    ///
    /// Errors: API-002 for what is none.
    pub fn set_successors(&self, successors: Vec<String>) -> Result<(), MedledgerError> {
        let mut held = together(|| self.held.exclusive())?;
        answer(held.set_successors(&successors))
    }
}

/// What a keystore's file says without its passphrase.
///
/// Errors: WAL-030 for a file that is damaged, WAL-032 for a newer version, WAL-033 for a cost out of bounds.
#[uniffi::export]
pub fn read_keystore(bytes: Vec<u8>) -> Result<crate::KeystoreSummary, MedledgerError> {
    answer(medledger_sdk::api::keystores::read_keystore(&bytes))
}
