//! Records to commitments, a batch anchor, and proofs of single records in it.

use alloc::vec::Vec;
#[cfg(feature = "fhir")]
use rand_core::CryptoRng;

use medledger_core::codec::CodecError;
use medledger_core::hash::{Did, LogRoot};
use medledger_core::light::{BatchMember, Receipt, RecordProof};
use medledger_core::merkle::{Log, LogError};
use medledger_core::record::{BatchAnchor, BatchEntry, CommitmentError, Commitments, Opening};

/// Why records can't be anchored, or one of them not be proven.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnchorError {
    /// An encoding.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// A commitment.
    #[error(transparent)]
    Commitment(#[from] CommitmentError),
    /// A place in the batch.
    #[error(transparent)]
    Log(#[from] LogError),
}

medledger_core::coded!(AnchorError { Codec, Commitment, Log });

/// Records of one subject, committed to: what goes onto the ledger, and the secrets that the custodian keeps.
#[derive(Clone, Debug, Default)]
pub struct SealedBatch {
    /// What each record commits to, in order.
    pub commitments: Vec<Commitments>,
    /// What opens each, in the same order. Secret.
    pub openings: Vec<Opening>,
    log: Log,
}

impl SealedBatch {
    /// A batch without records.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a record.
    ///
    /// # Errors
    /// [`AnchorError`].
    pub fn push(&mut self, opening: Opening) -> Result<(), AnchorError> {
        let commitments = opening.commitments()?;
        self.log.append(&commitments.leaf()?);
        self.commitments.push(commitments);
        self.openings.push(opening);
        Ok(())
    }

    /// Adds a resource of a FHIR bundle, with fresh salts.
    ///
    /// # Errors
    /// [`AnchorError`].
    #[cfg(feature = "fhir")]
    pub fn seal(
        &mut self,
        entry: &super::fhir::bundle::Entry,
        rng: &mut impl CryptoRng,
    ) -> Result<(), AnchorError> {
        let (commitments, opening) = entry.seal_commitments(rng)?;
        self.log.append(&commitments.leaf()?);
        self.commitments.push(commitments);
        self.openings.push(opening);
        Ok(())
    }

    /// A whole bundle, in its order.
    ///
    /// # Errors
    /// [`AnchorError`].
    #[cfg(feature = "fhir")]
    pub fn from_bundle(
        bundle: &super::fhir::bundle::Bundle,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, AnchorError> {
        let mut batch = Self::new();
        bundle.entries().try_for_each(|entry| batch.seal(entry, rng))?;
        Ok(batch)
    }

    /// How many records there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.log.size()
    }

    /// The root over them.
    #[must_use]
    pub fn root(&self) -> LogRoot {
        self.log.root()
    }

    /// What the ledger is told of them.
    #[must_use]
    pub fn entry(&self, subject: Did) -> BatchEntry {
        BatchEntry { subject, root: self.root(), count: self.count() }
    }
}

/// The operation that anchors batches of several subjects, one entry each.
#[must_use]
pub fn batch_anchor(custodian: Did, mut entries: Vec<BatchEntry>) -> BatchAnchor {
    entries.sort_by_key(|entry| entry.subject);
    BatchAnchor { custodian, entries }
}

/// Records of one subject by what they commit to, in their order.
#[derive(Clone, Debug, Default)]
pub struct CommittedBatch {
    commitments: Vec<Commitments>,
    log: Log,
}

impl CommittedBatch {
    /// Those with these commitments.
    ///
    /// # Errors
    /// [`AnchorError`].
    pub fn of(commitments: &[Commitments]) -> Result<Self, AnchorError> {
        let leaves = commitments.iter().map(Commitments::leaf).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { commitments: commitments.to_vec(), log: Log::from_data(&leaves) })
    }

    /// Adds a record.
    ///
    /// # Errors
    /// [`AnchorError`].
    pub fn push(&mut self, commitments: Commitments) -> Result<(), AnchorError> {
        self.log.append(&commitments.leaf()?);
        self.commitments.push(commitments);
        Ok(())
    }

    /// What each commits to.
    #[must_use]
    pub fn commitments(&self) -> &[Commitments] {
        &self.commitments
    }

    /// How many records there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.log.size()
    }

    /// The root over them.
    #[must_use]
    pub fn root(&self) -> LogRoot {
        self.log.root()
    }

    /// What the ledger is told of them.
    #[must_use]
    pub fn entry(&self, subject: Did) -> BatchEntry {
        BatchEntry { subject, root: self.root(), count: self.count() }
    }

    /// One of them, with the proof that it is there.
    ///
    /// # Errors
    /// [`LogError::IndexOutside`] when the batch has no such record.
    pub fn member(&self, index: u64) -> Result<BatchMember, AnchorError> {
        let path = self.log.inclusion(index)?;
        let outside = LogError::IndexOutside { index, size: self.log.size() };
        let own = usize::try_from(index).ok().and_then(|at| self.commitments.get(at)).ok_or(outside)?;
        Ok(BatchMember { index, commitments: *own, path })
    }
}

/// One record of a batch, with the proof that it is there.
///
/// # Errors
/// [`LogError::IndexOutside`] when the batch has no such record.
pub fn member(commitments: &[Commitments], index: u64) -> Result<BatchMember, AnchorError> {
    CommittedBatch::of(commitments)?.member(index)
}

/// The proof of one record of a batch. With its opening it also proves what the record says, to whoever may read it.
///
/// # Errors
/// As [`member`].
pub fn record_proof(
    receipt: Receipt,
    commitments: &[Commitments],
    index: u64,
    opening: Option<Opening>,
) -> Result<RecordProof, AnchorError> {
    Ok(RecordProof { receipt, member: Some(member(commitments, index)?), opening })
}

#[cfg(test)]
mod tests;
