//! What custodians say about records on the ledger: anchors, amendments, and that one was entered in error.

use alloc::vec::Vec;

use super::commitment::Commitments;
use crate::codec::CodecError;
use crate::hash::{Did, LogRoot, RecordId, RecordVersion, Tag, TxId, hash, hash_wire};
use crate::limits::BATCH_RECORDS;
use crate::merkle::InclusionProof;

rules! {
    /// Why an operation on a record is refused.
    pub enum RecordError: REC {
        /// A record that the ledger does not know.
        10 UnknownRecord { record: RecordId }:
            "a record that an operation names has been anchored",
            "record {record} has not been anchored on this ledger";
        /// A subject that is no patient.
        11 SubjectNotPatient { did: Did }:
            "a record's subject is a patient",
            "identity {did} is not a patient and can't be the subject of a record";
        /// An amendment of a version that is not the current one.
        12 StaleAmendment { current: RecordVersion }:
            "an amendment names the version that it supersedes, which is the current one",
            "the amendment supersedes another version than the current one, {current}";
        /// A record that was entered in error.
        13 EnteredInError { record: RecordId }:
            "a record that was entered in error is not changed any more",
            "record {record} was marked as entered in error";
        /// A batch without entries, or with an entry of none or of too many records.
        14 BatchCount { count: u64 }:
            "a batch has at least one entry, and its entries together 1 to 2^32 records, none of them 0",
            "a batch or an entry of {count} records can't be anchored";
        /// A batch whose subjects don't ascend.
        15 SubjectsNotAscending:
            "a batch has one entry a subject, in ascending order",
            "the subjects of the batch are not in ascending order, or one is given twice";
        /// A record that is not in its batch.
        16 NotInBatch { batch: RecordId, index: u64 }:
            "a record of a batch is proven to be at its index under the batch's root",
            "the proof does not show that record {index} of batch {batch} has these commitments";
    }
}

wire! {
    /// One record of one patient.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Anchor {
        /// Whose record it is.
        pub subject: Did,
        /// Who keeps it, and agrees: the signer itself, or one whose device key approves.
        pub custodian: Did,
        /// What it commits to.
        pub commitments: Commitments,
    }
}

wire! {
    /// Many records. Each subject has one entry, and sees that one alone.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct BatchAnchor {
        /// Who keeps them, and agrees.
        pub custodian: Did,
        /// One entry a subject, ascending by subject.
        pub entries: Vec<BatchEntry>,
    }
}

wire! {
    /// The records of one subject in a batch.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct BatchEntry {
        /// Whose records they are.
        pub subject: Did,
        /// The root of a log whose leaves are the records' [`Commitments::leaf`].
        pub root: LogRoot,
        /// How many there are.
        pub count: u64,
    }
}

wire! {
    /// Which record is meant.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum RecordRef {
        /// One that was anchored by itself, or that has been named on the ledger before.
        1 => Known {
            /// Its id.
            record: RecordId,
        },
        /// One of a batch, named for the first time.
        2 => InBatch {
            /// The id of the batch's entry.
            batch: RecordId,
            /// Its index there.
            index: u64,
            /// What was anchored.
            commitments: Commitments,
            /// That it is there.
            path: InclusionProof,
        },
    }
}

wire! {
    /// A new version of a record; the old one stays on the ledger.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Amendment {
        /// The record.
        pub record: RecordRef,
        /// The version that is superseded.
        pub replaces: RecordVersion,
        /// What the new version commits to.
        pub commitments: Commitments,
    }
}

wire! {
    /// A record that should never have been entered (FHIR status `entered-in-error`), in whatever version.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Retraction {
        /// The record.
        pub record: RecordRef,
    }
}

wire! {
    /// Whether a record stands.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum RecordStatus {
        /// It does.
        1 => Current,
        /// It was entered in error.
        2 => EnteredInError,
    }
}

wire! {
    /// A record as the state holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct RecordState {
        /// Whose it is.
        pub subject: Did,
        /// Who keeps it.
        pub custodian: Did,
        /// How many versions there are.
        pub version: u64,
        /// The hash of the current one.
        pub current: RecordVersion,
        /// Whether it stands.
        pub status: RecordStatus,
    }
}

wire! {
    /// One subject's entry of a batch as the state holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct BatchState {
        /// Whose records they are.
        pub subject: Did,
        /// Who keeps them.
        pub custodian: Did,
        /// The root over them.
        pub root: LogRoot,
        /// How many there are.
        pub count: u64,
    }
}

wire! {
    /// What a patient's timeline says of a record.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum TimelineEntry {
        /// A record.
        200 => Anchored {
            /// Its id.
            record: RecordId,
            /// Who keeps it.
            custodian: Did,
            /// What it commits to.
            commitments: Commitments,
        },
        /// Records of a batch.
        201 => BatchAnchored {
            /// The id of this subject's entry.
            batch: RecordId,
            /// Who keeps them.
            custodian: Did,
            /// The root over them.
            root: LogRoot,
            /// How many there are.
            count: u64,
        },
        /// A new version of a record.
        202 => Amended {
            /// Its id.
            record: RecordId,
            /// Which version, from 2.
            version: u64,
            /// The version that it supersedes.
            replaces: RecordVersion,
            /// What it commits to.
            commitments: Commitments,
        },
        /// A record was entered in error.
        203 => EnteredInError {
            /// Its id.
            record: RecordId,
        },
    }
}

wire! {
    /// What a version's hash is made of.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Version {
        /// The record.
        pub record: RecordId,
        /// Which version, from 1.
        pub version: u64,
        /// What it commits to.
        pub commitments: Commitments,
    }
}

impl Version {
    /// The version's hash: what an amendment names.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn hash(&self) -> Result<RecordVersion, CodecError> {
        hash_wire(Tag::RecordVersion, self).map(RecordVersion)
    }
}

/// The id of a record, or of one subject's entry of a batch: nobody can guess or take it before the transaction exists.
/// `index` is the entry's place in the batch, 0 for a single record.
#[must_use]
pub fn record_id(tx: &TxId, index: u64) -> RecordId {
    RecordId(hash(Tag::RecordId, &[tx.as_ref(), &index.to_be_bytes()]))
}

/// The id of a record of a batch, by the id of the batch's entry and its index there.
#[must_use]
pub fn batch_record_id(batch: &RecordId, index: u64) -> RecordId {
    RecordId(hash(Tag::RecordId, &[batch.as_ref(), &index.to_be_bytes()]))
}

impl BatchAnchor {
    /// Checks what can be checked without a state.
    ///
    /// # Errors
    /// [`RecordError::BatchCount`], [`RecordError::SubjectsNotAscending`].
    pub fn check(&self) -> Result<(), RecordError> {
        let mut total: u64 = 0;
        for entry in &self.entries {
            if entry.count == 0 {
                return Err(RecordError::BatchCount { count: 0 });
            }
            total = total.saturating_add(entry.count);
        }
        if total == 0 || total > BATCH_RECORDS {
            return Err(RecordError::BatchCount { count: total });
        }
        if !self.entries.windows(2).all(|pair| matches!(pair, [a, b] if a.subject < b.subject)) {
            return Err(RecordError::SubjectsNotAscending);
        }
        Ok(())
    }
}

impl BatchState {
    /// The record at an index, as it stood when it was anchored.
    ///
    /// # Errors
    /// [`RecordError::NotInBatch`].
    pub fn first_version(
        &self,
        batch: RecordId,
        index: u64,
        commitments: &Commitments,
        path: &InclusionProof,
    ) -> Result<(RecordId, RecordState), RecordError> {
        let missing = RecordError::NotInBatch { batch, index };
        let leaf = commitments.leaf().map_err(|_| missing.clone())?;
        path.verify(&self.root, self.count, index, &leaf).map_err(|_| missing.clone())?;
        let record = batch_record_id(&batch, index);
        let version = Version { record, version: 1, commitments: *commitments };
        let current = version.hash().map_err(|_| missing)?;
        let Self { subject, custodian, .. } = *self;
        Ok((record, RecordState { subject, custodian, version: 1, current, status: RecordStatus::Current }))
    }
}

impl RecordState {
    /// A record at its first version.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn anchored(record: RecordId, anchor: &Anchor) -> Result<Self, CodecError> {
        let version = Version { record, version: 1, commitments: anchor.commitments };
        Ok(Self {
            subject: anchor.subject,
            custodian: anchor.custodian,
            version: 1,
            current: version.hash()?,
            status: RecordStatus::Current,
        })
    }

    /// The record after an amendment.
    ///
    /// # Errors
    /// [`RecordError::EnteredInError`], [`RecordError::StaleAmendment`].
    pub fn amended(&self, record: RecordId, amendment: &Amendment) -> Result<Self, RecordError> {
        self.check_stands(record)?;
        let stale = RecordError::StaleAmendment { current: self.current };
        if amendment.replaces != self.current {
            return Err(stale);
        }
        let version = self.version.checked_add(1).ok_or(stale.clone())?;
        let commitments = amendment.commitments;
        let current = Version { record, version, commitments }.hash().map_err(|_| stale)?;
        Ok(Self { version, current, ..self.clone() })
    }

    /// The record after it was marked as entered in error.
    ///
    /// # Errors
    /// [`RecordError::EnteredInError`].
    pub fn retracted(&self, record: RecordId) -> Result<Self, RecordError> {
        self.check_stands(record)?;
        Ok(Self { status: RecordStatus::EnteredInError, ..self.clone() })
    }

    fn check_stands(&self, record: RecordId) -> Result<(), RecordError> {
        match self.status {
            RecordStatus::Current => Ok(()),
            RecordStatus::EnteredInError => Err(RecordError::EnteredInError { record }),
        }
    }
}
