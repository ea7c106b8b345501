//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use std::sync::Arc;

use crate::support::{
    Give, Held, MedledgerError, Progress, Told, answer, argument, entropy, together, value,
};

value! {
    /// What a ledger is told of one subject's records in a batch.
    BatchEntry = medledger_sdk::api::records::BatchEntry {
        /// Whose records they are.
        subject: String,
        /// The root over them.
        root: String,
        /// How many there are.
        count: u64,
    }
}

value! {
    /// One record of a batch, with the proof that it is there.
    BatchMember = medledger_sdk::api::records::BatchMember {
        /// Its index in its subject's entry.
        index: u64,
        /// What was anchored.
        commitments: crate::Commitments,
        /// The hashes from its leaf to the entry's root (RFC 9162).
        #[uniffi(default = [])]
        path: Vec<String>,
    }
}

/// The records of one subject that are anchored together, in their order. A ledger is told of them by their root and count.
#[derive(uniffi::Object)]
pub struct Batch {
    pub(super) held: Held<medledger_sdk::api::records::Batch>,
}

impl Give<Arc<Batch>> for medledger_sdk::api::records::Batch {
    fn give(self) -> Arc<Batch> {
        Arc::new(Batch { held: Held::new(self, "batch") })
    }
}

#[uniffi::export]
impl Batch {
    /// A batch without records.
    #[uniffi::constructor]
    pub fn new() -> Result<Arc<crate::Batch>, MedledgerError> {
        Ok(medledger_sdk::api::records::Batch::new().give())
    }

    /// Seals each resource of a FHIR R4 bundle of one patient, in its order and in the text that it came in, under a key of
    /// its own that is wrapped to these agreement keys: the patient's devices and the custodian's.
    ///
    /// Errors: FHR rules for what is no bundle, SEA-020 for a key that nothing can be encrypted to, SEA-025 without any, API-009 when it
    /// is stopped.
    #[uniffi::constructor(default(progress = None))]
    pub fn seal_bundle(
        bundle: Vec<u8>,
        chain: String,
        recipients: Vec<Vec<u8>>,
        progress: Option<Arc<dyn Progress>>,
    ) -> Result<Arc<crate::Batch>, MedledgerError> {
        let mut progress = Told::new(progress);
        let mut rng = entropy();
        let result = medledger_sdk::api::records::Batch::seal_bundle(
            &bundle,
            &chain,
            &recipients,
            &mut progress,
            &mut rng,
        );
        progress.answer(result)
    }

    /// Adds a record by what it commits to; gives its index.
    ///
    /// Errors: API-002 for what are no commitments.
    pub fn push(&self, commitments: crate::Commitments) -> Result<u64, MedledgerError> {
        let commitments: medledger_sdk::api::facts::Commitments = argument(commitments, "commitments")?;
        let mut held = together(|| self.held.exclusive())?;
        answer(held.push(&commitments))
    }

    /// How many records there are.
    pub fn count(&self) -> Result<u64, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.count().give())
    }

    /// The root over them.
    pub fn root(&self) -> Result<String, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.root().give())
    }

    /// What each record commits to.
    pub fn commitments(&self) -> Result<Vec<crate::Commitments>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.commitments().give())
    }

    /// What the ledger is told of them, as the records of this subject.
    ///
    /// Errors: API-002 for what is no DID.
    pub fn entry(&self, subject: String) -> Result<crate::BatchEntry, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.entry(&subject))
    }

    /// A record of the batch, with the proof that it is there.
    ///
    /// Errors: MRK-001 for an index that it does not reach.
    pub fn member(&self, index: u64) -> Result<crate::BatchMember, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.member(index))
    }

    /// A record that `sealBundle` sealed.
    ///
    /// Errors: API-007 for one that was not sealed here.
    pub fn record(&self, index: u64) -> Result<Arc<crate::SealedRecord>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.record(index))
    }
}

/// One record of a batch with these commitments, with the proof that it is there.
///
/// Errors: API-002 for what are no commitments, MRK-001 for an index that they don't reach.
#[uniffi::export]
pub fn batch_member(
    commitments: Vec<crate::Commitments>,
    index: u64,
) -> Result<crate::BatchMember, MedledgerError> {
    let commitments: Vec<medledger_sdk::api::facts::Commitments> = argument(commitments, "commitments")?;
    answer(medledger_sdk::api::records::batch_member(&commitments, index))
}

/// One record of one patient, to be anchored. `custodian` keeps it and agrees; it is the sender, unless one is named, whose
/// device key then approves the draft.
///
/// Errors: API-002 for what is no DID, id or commitment.
#[uniffi::export(default(custodian = None))]
pub fn anchor_record(
    sender: crate::Sender,
    subject: String,
    commitments: crate::Commitments,
    custodian: Option<String>,
) -> Result<Arc<crate::Draft>, MedledgerError> {
    let sender: medledger_sdk::api::draft::Sender = argument(sender, "sender")?;
    let commitments: medledger_sdk::api::facts::Commitments = argument(commitments, "commitments")?;
    answer(medledger_sdk::api::records::anchor_record(&sender, &subject, &commitments, custodian.as_deref()))
}

/// Batches of several subjects, to be anchored at once; each subject sees its own entry alone. `custodian` is as for
/// `anchorRecord`.
///
/// Errors: API-002 for what is no DID or root, REC-014 without records or with too many, REC-015 for a subject that is named twice.
#[uniffi::export(default(custodian = None))]
pub fn anchor_batch(
    sender: crate::Sender,
    entries: Vec<crate::BatchEntry>,
    custodian: Option<String>,
) -> Result<Arc<crate::Draft>, MedledgerError> {
    let sender: medledger_sdk::api::draft::Sender = argument(sender, "sender")?;
    let entries: Vec<medledger_sdk::api::records::BatchEntry> = argument(entries, "entries")?;
    answer(medledger_sdk::api::records::anchor_batch(&sender, &entries, custodian.as_deref()))
}

/// A new version of a record that was anchored by itself, or that has been amended before. The old one stays on the ledger.
/// `replaces` is the hash of the current version: see `recordVersion`.
///
/// Errors: API-002 for what is no id, version or commitment.
#[uniffi::export]
pub fn amend_record(
    sender: crate::Sender,
    record: String,
    replaces: String,
    commitments: crate::Commitments,
) -> Result<Arc<crate::Draft>, MedledgerError> {
    let sender: medledger_sdk::api::draft::Sender = argument(sender, "sender")?;
    let commitments: medledger_sdk::api::facts::Commitments = argument(commitments, "commitments")?;
    answer(medledger_sdk::api::records::amend_record(&sender, &record, &replaces, &commitments))
}

/// A new version of a record of a batch, named for the first time. `batch` is the id of its subject's entry.
///
/// Errors: API-002 for what is no id, version, commitment or proof.
#[uniffi::export]
pub fn amend_batch_record(
    sender: crate::Sender,
    batch: String,
    member: crate::BatchMember,
    replaces: String,
    commitments: crate::Commitments,
) -> Result<Arc<crate::Draft>, MedledgerError> {
    let sender: medledger_sdk::api::draft::Sender = argument(sender, "sender")?;
    let member: medledger_sdk::api::records::BatchMember = argument(member, "member")?;
    let commitments: medledger_sdk::api::facts::Commitments = argument(commitments, "commitments")?;
    answer(medledger_sdk::api::records::amend_batch_record(&sender, &batch, &member, &replaces, &commitments))
}

/// That a record should never have been entered (FHIR's `entered-in-error`), in whatever version: one that was anchored by
/// itself, or that has been amended before.
///
/// Errors: API-002 for what is no id.
#[uniffi::export]
pub fn retract_record(sender: crate::Sender, record: String) -> Result<Arc<crate::Draft>, MedledgerError> {
    let sender: medledger_sdk::api::draft::Sender = argument(sender, "sender")?;
    answer(medledger_sdk::api::records::retract_record(&sender, &record))
}

/// That a record of a batch should never have been entered, named for the first time. `batch` is the id of its subject's
/// entry.
///
/// Errors: API-002 for what is no id or proof.
#[uniffi::export]
pub fn retract_batch_record(
    sender: crate::Sender,
    batch: String,
    member: crate::BatchMember,
) -> Result<Arc<crate::Draft>, MedledgerError> {
    let sender: medledger_sdk::api::draft::Sender = argument(sender, "sender")?;
    let member: medledger_sdk::api::records::BatchMember = argument(member, "member")?;
    answer(medledger_sdk::api::records::retract_batch_record(&sender, &batch, &member))
}

/// The proof of one record, as a file: a receipt of its anchoring, with the record's place where that was a batch. With its
/// opening it also proves what the record says, to whoever may read it. Whether the receipt holds shows when the proof is
/// checked.
///
/// Errors: COD rules for what is no receipt or opening; LGT-011, LGT-012 and LGT-013 for a receipt of another event or a member of another
/// batch; REC-006 and REC-007 for the opening of another record.
#[uniffi::export(default(member = None, opening = None))]
pub fn record_proof(
    receipt: Vec<u8>,
    member: Option<crate::BatchMember>,
    opening: Option<Vec<u8>>,
) -> Result<Vec<u8>, MedledgerError> {
    let member: Option<medledger_sdk::api::records::BatchMember> = argument(member, "member")?;
    answer(medledger_sdk::api::records::record_proof(&receipt, member.as_ref(), opening.as_deref()))
}
