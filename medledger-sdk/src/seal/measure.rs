//! What a file commits to: read once before it is sealed piece by piece, since its commitments stand in the header.

use alloc::vec::Vec;
use core::fmt;
use rand_core::CryptoRng;

use medledger_core::record::commitment::{CommitmentAlgorithm, Commitments, facts_commitment};
use medledger_core::record::{CommitmentError, Facts};

use super::stream::{Committed, Plan, Sealer, check_length};
use super::{ContentForm, RecordKey, SealError};

/// A record on its first way through, under a fresh key that is of this record alone.
pub struct Measure {
    key: RecordKey,
    facts: Facts,
    form: ContentForm,
    length: u64,
    given: u64,
    committed: Committed,
}

impl Measure {
    /// Begins with content of so many bytes in this form, and draws the record's key.
    ///
    /// # Errors
    /// [`SealError::TooLong`], [`SealError::CommitsToAnother`] for facts that can't be committed to.
    pub fn new(
        form: ContentForm,
        length: u64,
        facts: Facts,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, SealError> {
        check_length(form, length)?;
        facts.check().map_err(other)?;
        let key = RecordKey::draw(rng);
        let committed = Committed::new(form, &key);
        Ok(Self { key, facts, form, length, given: 0, committed })
    }

    /// Takes the next bytes of the content.
    ///
    /// # Errors
    /// [`SealError::OtherLength`].
    pub fn feed(&mut self, piece: &[u8]) -> Result<(), SealError> {
        let actual = self.given.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        if actual > self.length {
            return Err(SealError::OtherLength { actual, expected: self.length });
        }
        self.given = actual;
        self.committed.update(piece);
        Ok(())
    }

    /// Ends, and begins to seal: writes preamble and header to `out`. The same content is then given once more.
    ///
    /// # Errors
    /// [`SealError::OtherLength`], [`SealError::NotInForm`], [`SealError::CommitsToAnother`].
    pub fn seal(self, rng: &mut impl CryptoRng, out: &mut Vec<u8>) -> Result<Sealer, SealError> {
        let Self { key, facts, form, length, given, committed } = self;
        if given != length {
            return Err(SealError::OtherLength { actual: given, expected: length });
        }
        let (content, _) = committed.commitment(&key)?;
        let facts_commitment = facts_commitment(key.facts_salt(), &facts).map_err(other)?;
        let hash = CommitmentAlgorithm::Sha3_256;
        let commitments = Commitments { hash, content, facts: facts_commitment };
        Sealer::new(&key, &Plan { form, length, commitments, facts: &facts }, rng, out)
    }
}

const fn other(error: CommitmentError) -> SealError {
    SealError::CommitsToAnother { error }
}

impl fmt::Debug for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Measure({} of {} bytes)", self.given, self.length)
    }
}
