//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use std::sync::Arc;

use crate::support::{
    Give, Held, MedledgerError, Progress, Time, Told, answer, argument, distinct, entropy, together, value,
    word,
};

word! {
    /// How a record is encrypted: records outlive algorithms.
    SealSuite = medledger_sdk::api::sealed::SealSuite {
        /// XChaCha20-Poly1305 in chunks, chained as STREAM, with SHA3-256.
        Xchacha20Poly1305Stream,
    }
}

value! {
    /// What a sealed record says in the clear. Whoever made it may claim anything, until it is opened.
    SealedHeader = medledger_sdk::api::sealed::SealedHeader {
        /// How it is encrypted.
        suite: crate::SealSuite,
        /// How its bytes become the content that it commits to.
        form: crate::ContentForm,
        /// How many bytes are sealed.
        length: u64,
        /// How many bytes of the container come before its chunks.
        header_size: u64,
        /// How many bytes the whole container has.
        container_size: u64,
        /// What the ledger holds of the record.
        commitments: crate::Commitments,
        /// The commitment to the key that opens it.
        key_commitment: String,
    }
}

value! {
    /// That a holder has destroyed its key, both salts and every wrap of a record. What remains of the container anywhere can
    /// only be opened by those who have the key from elsewhere.
    #[uniffi::export(Eq, Hash)]
    DestroyedRecord = medledger_sdk::api::sealed::DestroyedRecord {
        /// What the ledger still holds of the record.
        commitments: crate::Commitments,
        /// The commitment to the key.
        key_commitment: String,
        /// The agreement keys that it was wrapped to.
        #[uniffi(default = [])]
        recipients: Vec<Vec<u8>>,
        /// When.
        at: Time,
    }
}

/// A sealed record as its holder keeps it: container and wrapped keys; or only that it was destroyed.
#[derive(uniffi::Object)]
pub struct SealedRecord {
    pub(super) held: Held<medledger_sdk::api::sealed::SealedRecord>,
}

impl Give<Arc<SealedRecord>> for medledger_sdk::api::sealed::SealedRecord {
    fn give(self) -> Arc<SealedRecord> {
        Arc::new(SealedRecord { held: Held::new(self, "sealed record") })
    }
}

#[uniffi::export]
impl SealedRecord {
    /// The record from the bytes that `toBytes` gave.
    ///
    /// Errors: COD rules for other bytes, SEA rules for a header that is none.
    #[uniffi::constructor]
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Arc<crate::SealedRecord>, MedledgerError> {
        answer(medledger_sdk::api::sealed::SealedRecord::from_bytes(&bytes))
    }

    /// The record whose container this is; without wraps.
    ///
    /// Errors: As `readSealedHeader`, and SEA-009 and SEA-010 for one that is shorter or longer than its header says.
    #[uniffi::constructor]
    pub fn from_container(container: Vec<u8>) -> Result<Arc<crate::SealedRecord>, MedledgerError> {
        answer(medledger_sdk::api::sealed::SealedRecord::from_container(&container))
    }

    /// The record whose container begins so and lies as a file of its own; without wraps.
    ///
    /// Errors: As `readSealedHeader`.
    #[uniffi::constructor]
    pub fn from_beginning(container: Vec<u8>) -> Result<Arc<crate::SealedRecord>, MedledgerError> {
        answer(medledger_sdk::api::sealed::SealedRecord::from_beginning(&container))
    }

    /// What its holder keeps: header, chunks and wraps; once it was destroyed, the statement that it was.
    ///
    /// Errors: COD-013, which this never gives.
    pub fn to_bytes(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.to_bytes())
    }

    /// The container: the record without wraps, as a file of its own.
    ///
    /// Errors: SEA-026 once it was destroyed, SEA-027 where it lies elsewhere.
    pub fn container(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.container())
    }

    /// What it says in the clear.
    ///
    /// Errors: SEA-026 once it was destroyed.
    pub fn header(&self) -> Result<crate::SealedHeader, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.header())
    }

    /// What the ledger holds of the record, as this says itself.
    ///
    /// Errors: SEA rules for a header that is none, which this never has.
    pub fn commitments(&self) -> Result<crate::Commitments, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.commitments())
    }

    /// The agreement keys that its key is wrapped to.
    pub fn recipients(&self) -> Result<Vec<Vec<u8>>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.recipients().give())
    }

    /// Checks as much as needs no secret: that it is the record with these commitments, of as many bytes as it says, and
    /// that its wraps are of it, on this ledger.
    ///
    /// Errors: SEA-009, SEA-010, SEA-012, SEA-022, SEA-023.
    pub fn check(&self, chain: String, commitments: crate::Commitments) -> Result<(), MedledgerError> {
        let commitments: medledger_sdk::api::facts::Commitments = argument(commitments, "commitments")?;
        let held = together(|| self.held.shared())?;
        answer(held.check(&chain, &commitments))
    }

    /// The key under which this record has just been sealed; one that was read again is unwrapped instead.
    ///
    /// Errors: API-007 where it is not known here.
    pub fn key(&self) -> Result<Arc<crate::RecordKey>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.key())
    }

    /// The record's key, unwrapped with an agreement key that it is wrapped to.
    ///
    /// Errors: SEA-025 where it is not wrapped to this one, SEA-006 and SEA-022 to SEA-024 for a wrap of something else, SEA-026 once it
    /// was destroyed.
    pub fn unwrap(
        &self,
        secret: Arc<crate::AgreementKey>,
        chain: String,
    ) -> Result<Arc<crate::RecordKey>, MedledgerError> {
        let (held, secret_held) = together(|| Ok((self.held.shared()?, secret.held.shared()?)))?;
        answer(held.unwrap(&secret_held, &chain))
    }

    /// Wraps the record's key to just these agreement keys: wraps that are there are kept, missing ones are made, those for
    /// others are gone. For a first time, for a device that was added, after a rotation, or when one was revoked. What a
    /// revoked device has unwrapped before, it may still have.
    ///
    /// Errors: SEA-006 for the key of another record, SEA-020 for a key that nothing can be encrypted to, SEA-026 once it was destroyed.
    pub fn wrap_to(
        &self,
        key: Arc<crate::RecordKey>,
        chain: String,
        recipients: Vec<Vec<u8>>,
    ) -> Result<(), MedledgerError> {
        let mut rng = entropy();
        distinct(&self.held, &key.held)?;
        let (mut held, key_held) = together(|| Ok((self.held.exclusive()?, key.held.shared()?)))?;
        answer(held.wrap_to(&key_held, &chain, &recipients, &mut rng))
    }

    /// The record's facts, without a byte of its content.
    ///
    /// Errors: SEA-006 for another key, SEA-007 and SEA-011 for a header that was not sealed so, SEA-026 once it was destroyed.
    pub fn open_facts(&self, key: Arc<crate::RecordKey>) -> Result<crate::Facts, MedledgerError> {
        let (held, key_held) = together(|| Ok((self.held.shared()?, key.held.shared()?)))?;
        answer(held.open_facts(&key_held))
    }

    /// Opens all of it as the record with these commitments, which the ledger holds of it.
    ///
    /// Errors: SEA-006 for another key; SEA-007 to SEA-013 for what was altered, cut off, or is of another record; SEA-026 once it was
    /// destroyed; SEA-027 where the container lies elsewhere; API-009 when it is stopped.
    #[uniffi::method(default(progress = None))]
    pub fn open(
        &self,
        key: Arc<crate::RecordKey>,
        commitments: crate::Commitments,
        progress: Option<Arc<dyn Progress>>,
    ) -> Result<Arc<crate::OpenedRecord>, MedledgerError> {
        let commitments: medledger_sdk::api::facts::Commitments = argument(commitments, "commitments")?;
        let mut progress = Told::new(progress);
        let (held, key_held) = together(|| Ok((self.held.shared()?, key.held.shared()?)))?;
        let result = held.open(&key_held, &commitments, &mut progress);
        progress.answer(result)
    }

    /// Destroys every wrap, and with them key and salts; the container too, as far as it is held here. What `toBytes` gives
    /// from then on replaces the record wherever it is kept, backups included.
    ///
    /// Errors: SEA-026 once it was destroyed.
    pub fn destroy_key(&self, at: Time) -> Result<crate::DestroyedRecord, MedledgerError> {
        let at: medledger_sdk::api::Time = argument(at, "at")?;
        let mut held = together(|| self.held.exclusive())?;
        answer(held.destroy_key(at))
    }

    /// The statement that it was destroyed; null for a record that was not.
    pub fn destroyed(&self) -> Result<Option<crate::DestroyedRecord>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.destroyed().give())
    }
}

/// A record that was opened, all of it. Overwritten when it is closed; never shown.
#[derive(uniffi::Object)]
pub struct OpenedRecord {
    pub(super) held: Held<medledger_sdk::api::sealed::OpenedRecord>,
}

impl Give<Arc<OpenedRecord>> for medledger_sdk::api::sealed::OpenedRecord {
    fn give(self) -> Arc<OpenedRecord> {
        Arc::new(OpenedRecord { held: Held::new(self, "opened record") })
    }
}

#[uniffi::export]
impl OpenedRecord {
    /// What an opening holds, as a reader of a proof has it. That it is the record's shows when the proof is checked, or its
    /// commitments are compared.
    ///
    /// Errors: COD rules for what is no opening.
    #[uniffi::constructor]
    pub fn from_opening(opening: Vec<u8>) -> Result<Arc<crate::OpenedRecord>, MedledgerError> {
        answer(medledger_sdk::api::sealed::OpenedRecord::from_opening(&opening))
    }

    /// The bytes as they were received.
    pub fn original(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.original().give())
    }

    /// The content that was committed to: of FHIR JSON its canonical form, else the original.
    pub fn content(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.content().give())
    }

    /// The facts.
    pub fn facts(&self) -> Result<crate::Facts, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.facts().give())
    }

    /// What content and facts commit to.
    ///
    /// Errors: REC rules for an opening of what can't be committed to.
    pub fn commitments(&self) -> Result<crate::Commitments, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.commitments())
    }

    /// What opens the record's commitments for a reader of its proof: content, facts, salts. Whoever has it can read the
    /// record; the key itself is not in it.
    ///
    /// Errors: COD-013, which this never gives.
    pub fn opening(&self) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.opening())
    }
}

/// What stands at the beginning of a sealed container. As much of it as the header takes is enough; needs no key.
///
/// Errors: SEA-001 for other bytes, SEA-002 for a later version, SEA-003, SEA-004 and SEA-005 for a header that is none, SEA-009 where
/// it ends before its end.
#[uniffi::export]
pub fn read_sealed_header(container: Vec<u8>) -> Result<crate::SealedHeader, MedledgerError> {
    answer(medledger_sdk::api::sealed::read_sealed_header(&container))
}
