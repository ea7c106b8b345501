//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use std::sync::Arc;

use crate::support::{Give, Held, MedledgerError, answer, argument, entropy, together, value, word};

word! {
    /// How the bytes of a record become the content that it commits to.
    ContentForm = medledger_sdk::api::sealing::ContentForm {
        /// They are it: a file of any kind.
        AsItStands,
        /// FHIR JSON: what is committed to is the canonical form of the resource, and what is sealed its text as received.
        FhirJson,
    }
}

value! {
    /// What a wrapped key says of itself. Anybody can wrap anything to a public key.
    #[uniffi::export(Eq, Hash)]
    WrappedKey = medledger_sdk::api::sealing::WrappedKey {
        /// The ledger.
        chain: String,
        /// The record.
        commitments: crate::Commitments,
        /// The agreement key that opens it.
        recipient: Vec<u8>,
    }
}

/// The key of one record, with the salts of its commitments: all that is secret about a sealed record. Sealing draws it.
/// Overwritten when it is closed; never shown.
#[derive(uniffi::Object)]
pub struct RecordKey {
    pub(super) held: Held<medledger_sdk::api::sealing::RecordKey>,
}

impl Give<Arc<RecordKey>> for medledger_sdk::api::sealing::RecordKey {
    fn give(self) -> Arc<RecordKey> {
        Arc::new(RecordKey { held: Held::new(self, "record key") })
    }
}

#[uniffi::export]
impl RecordKey {
    /// The key from its 96 secret bytes: key, salt of the content, salt of the facts.
    ///
    /// Errors: API-003 for another length.
    #[uniffi::constructor]
    pub fn from_secret(secret: Vec<u8>) -> Result<Arc<crate::RecordKey>, MedledgerError> {
        answer(medledger_sdk::api::sealing::RecordKey::from_secret(&secret))
    }

    /// The secret bytes, for whoever keeps the key elsewhere: key, salt of the content, salt of the facts.
    pub fn secret(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.secret().give())
    }

    /// The commitment to this key, by which a sealed record names the key that opens it.
    pub fn commitment(&self) -> Result<String, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.commitment().give())
    }

    /// What content and facts commit to under this key, to be compared with what a ledger holds.
    ///
    /// Errors: SEA-013 for content that is not in this form, SEA-011 for facts that can't be committed to.
    pub fn commit(
        &self,
        content: Vec<u8>,
        form: crate::ContentForm,
        facts: crate::Facts,
    ) -> Result<crate::Commitments, MedledgerError> {
        let form: medledger_sdk::api::sealing::ContentForm = argument(form, "form")?;
        let facts: medledger_sdk::api::facts::Facts = argument(facts, "facts")?;
        let held = together(|| self.held.shared())?;
        answer(held.commit(&content, form, &facts))
    }

    /// What opens the record's commitments for a reader of its proof: content in its canonical form, facts, salts. Whoever
    /// has it can read the record; the key itself is not in it.
    ///
    /// Errors: COD-013, which this never gives.
    pub fn opening(&self, content: Vec<u8>, facts: crate::Facts) -> Result<Vec<u8>, MedledgerError> {
        let facts: medledger_sdk::api::facts::Facts = argument(facts, "facts")?;
        let held = together(|| self.held.shared())?;
        answer(held.opening(&content, &facts))
    }
}

/// Seals a record under a fresh key. It is nobody's until its key is wrapped: see `SealedRecord.wrap_to`.
///
/// Errors: SEA-005 for content that is too long, SEA-011 for facts that can't be committed to, SEA-013 for content that is not in
/// this form.
#[uniffi::export]
pub fn seal_record(
    content: Vec<u8>,
    form: crate::ContentForm,
    facts: crate::Facts,
) -> Result<Arc<crate::SealedRecord>, MedledgerError> {
    let form: medledger_sdk::api::sealing::ContentForm = argument(form, "form")?;
    let facts: medledger_sdk::api::facts::Facts = argument(facts, "facts")?;
    let mut rng = entropy();
    answer(medledger_sdk::api::sealing::seal_record(&content, form, &facts, &mut rng))
}

/// Wraps a record's key to one recipient's agreement key, for those who keep wraps beside a container of their own.
///
/// Errors: API-002 and API-003 for what is no ledger's id, commitment or key, SEA-020 for a key that nothing can be encrypted to.
#[uniffi::export]
pub fn wrap_key(
    key: Arc<crate::RecordKey>,
    chain: String,
    commitments: crate::Commitments,
    recipient: Vec<u8>,
) -> Result<Vec<u8>, MedledgerError> {
    let commitments: medledger_sdk::api::facts::Commitments = argument(commitments, "commitments")?;
    let mut rng = entropy();
    let key_held = together(|| key.held.shared())?;
    answer(medledger_sdk::api::sealing::wrap_key(&key_held, &chain, &commitments, &recipient, &mut rng))
}

/// The key of a record, from its wrap. That it is the record's key shows when the record is opened with it.
///
/// Errors: COD rules for what is no wrap; SEA-021, SEA-022 and SEA-023 for that of another recipient, record or ledger; SEA-024 for an
/// altered one.
#[uniffi::export]
pub fn unwrap_key(
    wrap: Vec<u8>,
    secret: Arc<crate::AgreementKey>,
    chain: String,
    commitments: crate::Commitments,
) -> Result<Arc<crate::RecordKey>, MedledgerError> {
    let commitments: medledger_sdk::api::facts::Commitments = argument(commitments, "commitments")?;
    let secret_held = together(|| secret.held.shared())?;
    answer(medledger_sdk::api::sealing::unwrap_key(&wrap, &secret_held, &chain, &commitments))
}

/// What a wrapped key says of itself: whose it is, of which record. Needs no secret, and proves nothing.
///
/// Errors: COD rules for what is no wrap.
#[uniffi::export]
pub fn read_wrap(wrap: Vec<u8>) -> Result<crate::WrappedKey, MedledgerError> {
    answer(medledger_sdk::api::sealing::read_wrap(&wrap))
}

/// The texts of a bundle's resources as they were received, in its order: what is to be sealed of each.
///
/// Errors: FHR rules for what is no bundle of one patient.
#[uniffi::export]
pub fn bundle_texts(bundle: Vec<u8>) -> Result<Vec<Vec<u8>>, MedledgerError> {
    answer(medledger_sdk::api::sealing::bundle_texts(&bundle))
}
