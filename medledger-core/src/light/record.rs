//! The receipt of a record, with what opens it.

use super::header::{Anchored, Verifier};
use super::receipt::Receipt;
use super::{LightError, LightFault};
use crate::hash::{Did, RecordId};
use crate::merkle::InclusionProof;
use crate::record::{Commitments, Opening, TimelineEntry, batch_record_id};
use crate::state::LogEntry;
use crate::units::{Height, Timestamp};

wire! {
    /// Which record of a batch is meant.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct BatchMember {
        /// Its index in the subject's entry.
        pub index: u64,
        /// What was anchored.
        pub commitments: Commitments,
        /// That it is there.
        pub path: InclusionProof,
    }
}

wire! {
    /// A receipt of a record; with an opening it also proves what the record says.
    #[derive(Clone, Debug)]
    pub struct RecordProof {
        /// The receipt of the event that anchored or amended it.
        pub receipt: Receipt,
        /// Which record of the batch, when the event is of a batch.
        pub member: Option<BatchMember>,
        /// Content, facts and salts, for a reader who may have them.
        pub opening: Option<Opening>,
    }
}

/// What a record's proof shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvenRecord {
    /// Whose record it is.
    pub subject: Did,
    /// Which record.
    pub record: RecordId,
    /// Which version of it, from 1.
    pub version: u64,
    /// What the ledger holds of it.
    pub commitments: Commitments,
    /// Whether content and facts were opened, and are what was committed to.
    pub opened: bool,
    /// The height at which it was recorded.
    pub height: Height,
    /// When.
    pub time: Timestamp,
    /// The header that vouches for it.
    pub anchored: Anchored,
}

impl RecordProof {
    /// Checks the proof.
    ///
    /// # Errors
    /// [`LightError`] with the first thing that does not hold.
    pub fn check(&self, verifier: &Verifier) -> Result<ProvenRecord, LightError> {
        let anchored = self.receipt.check(verifier)?;
        let (record, version, commitments) = self.claim()?;
        let event = &self.receipt.event;
        Ok(ProvenRecord {
            subject: event.subject,
            record,
            version,
            commitments,
            opened: self.opening.is_some(),
            height: self.receipt.height(),
            time: event.leaf.time,
            anchored,
        })
    }

    /// What the proof says, if its receipt holds: the record, which version of it, and what that commits to.
    ///
    /// # Errors
    /// [`LightFault::NotARecord`], [`LightFault::MemberMismatch`], [`LightFault::NotInBatch`], and those of
    /// [`Opening::check`].
    pub fn claim(&self) -> Result<(RecordId, u64, Commitments), LightError> {
        let LogEntry::Timeline { entry } = &self.receipt.event.leaf.entry else {
            return Err(LightFault::NotARecord.into());
        };
        let (record, version, commitments) = match (entry, &self.member) {
            (TimelineEntry::Anchored { record, commitments, .. }, None) => (*record, 1, *commitments),
            (TimelineEntry::Amended { record, version, commitments, .. }, None) => {
                (*record, *version, *commitments)
            }
            (TimelineEntry::BatchAnchored { batch, root, count, .. }, Some(member)) => {
                let leaf = member.commitments.leaf()?;
                member
                    .path
                    .verify(root, *count, member.index, &leaf)
                    .map_err(|why| LightFault::NotInBatch { why })?;
                (batch_record_id(batch, member.index), 1, member.commitments)
            }
            (TimelineEntry::EnteredInError { .. }, _) => return Err(LightFault::NotARecord.into()),
            _ => return Err(LightFault::MemberMismatch.into()),
        };
        if let Some(opening) = &self.opening {
            opening.check(&commitments)?;
        }
        Ok((record, version, commitments))
    }
}
