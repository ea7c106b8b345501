//! A sealed record as its holder keeps it, and what was opened of one.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use rand_core::CryptoRng;
use serde::Serialize;

use medledger_core::codec::encode;
use medledger_core::limits::PROOF;
use medledger_core::record::Opening;

use super::error::{ArgumentError, Error};
use super::facts::{Commitments, Facts};
use super::key::{AgreementKey, Progress};
use super::parse;
use super::sealing::{ContentForm, RecordKey, agreement_keys, chain_id, watch};
use super::units::{Bytes, Count, Time, words};
use crate::seal;
use crate::seal::record::open_in_steps;

words! {
    /// How a record is encrypted: records outlive algorithms.
    pub enum SealSuite {
        /// XChaCha20-Poly1305 in chunks, chained as STREAM, with SHA3-256.
        Xchacha20Poly1305Stream = "xchacha20-poly1305-stream",
    }
}

/// What a sealed record says in the clear. Whoever made it may claim anything, until it is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SealedHeader {
    /// How it is encrypted.
    pub suite: SealSuite,
    /// How its bytes become the content that it commits to.
    pub form: ContentForm,
    /// How many bytes are sealed.
    pub length: Count,
    /// How many bytes of the container come before its chunks.
    pub header_size: Count,
    /// How many bytes the whole container has.
    pub container_size: Count,
    /// What the ledger holds of the record.
    pub commitments: Commitments,
    /// The commitment to the key that opens it.
    pub key_commitment: String,
}

/// That a holder has destroyed its key, both salts and every wrap of a record. What remains of the container anywhere can
/// only be opened by those who have the key from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DestroyedRecord {
    /// What the ledger still holds of the record.
    pub commitments: Commitments,
    /// The commitment to the key.
    pub key_commitment: String,
    /// The agreement keys that it was wrapped to.
    pub recipients: Vec<Bytes>,
    /// When.
    pub at: Time,
}

impl SealedHeader {
    fn new(header: &seal::SealedHeader, size: u64) -> Self {
        let seal::SealedHead { suite: seal::SealSuite::XChaCha20Poly1305Stream, .. } = header.head;
        Self {
            suite: SealSuite::Xchacha20Poly1305Stream,
            form: header.head.form.into(),
            length: Count(header.head.length),
            header_size: Count(size),
            container_size: Count(size.saturating_add(header.head.chunk_bytes())),
            commitments: (&header.head.commitments).into(),
            key_commitment: header.head.key.to_string(),
        }
    }
}

impl From<&seal::Destroyed> for DestroyedRecord {
    fn from(statement: &seal::Destroyed) -> Self {
        let key = |key| Bytes(parse::agreement_key_bytes(key));
        Self {
            commitments: (&statement.commitments).into(),
            key_commitment: statement.key.to_string(),
            recipients: statement.wraps.iter().map(key).collect(),
            at: statement.at.into(),
        }
    }
}

/// What stands at the beginning of a sealed container. As much of it as the header takes is enough; needs no key.
///
/// # Errors
/// SEA-001 for other bytes, SEA-002 for a later version, SEA-003, SEA-004 and SEA-005 for a header that is none, SEA-009 where
/// it ends before its end.
pub fn read_sealed_header(container: &[u8]) -> Result<SealedHeader, Error> {
    let (header, size) = seal::SealedHeader::read(container)?;
    Ok(SealedHeader::new(&header, u64::try_from(size).unwrap_or(u64::MAX)))
}

/// A sealed record as its holder keeps it: container and wrapped keys; or only that it was destroyed.
pub struct SealedRecord {
    kept: seal::Kept,
    /// The key under which it was sealed here.
    key: Option<seal::RecordKey>,
}

impl SealedRecord {
    pub(super) fn fresh(record: seal::SealedRecord, key: seal::RecordKey) -> Self {
        Self { key: Some(key), ..Self::of(record) }
    }

    pub(super) const fn of(record: seal::SealedRecord) -> Self {
        Self { kept: seal::Kept::Sealed { record }, key: None }
    }

    pub(super) const fn record(&self) -> Result<&seal::SealedRecord, seal::SealError> {
        self.kept.sealed()
    }

    /// The record from the bytes that `to_bytes` gave.
    ///
    /// # Errors
    /// COD rules for other bytes, SEA rules for a header that is none.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let kept: seal::Kept = parse::wire(bytes, &PROOF)?;
        kept.commitments()?;
        Ok(Self { kept, key: None })
    }

    /// The record whose container this is; without wraps.
    ///
    /// # Errors
    /// As `read_sealed_header`, and SEA-009 and SEA-010 for one that is shorter or longer than its header says.
    pub fn from_container(container: &[u8]) -> Result<Self, Error> {
        Ok(Self::of(seal::SealedRecord::of_container(container)?))
    }

    /// The record whose container begins so and lies as a file of its own; without wraps.
    ///
    /// # Errors
    /// As `read_sealed_header`.
    pub fn from_beginning(container: &[u8]) -> Result<Self, Error> {
        Ok(Self::of(seal::SealedRecord::of_beginning(container)?))
    }

    /// What its holder keeps: header, chunks and wraps; once it was destroyed, the statement that it was.
    ///
    /// # Errors
    /// COD-013, which this never gives.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        Ok(encode(&self.kept)?)
    }

    /// The container: the record without wraps, as a file of its own.
    ///
    /// # Errors
    /// SEA-026 once it was destroyed, SEA-027 where it lies elsewhere.
    pub fn container(&self) -> Result<Vec<u8>, Error> {
        Ok(self.kept.sealed()?.parts()?.concat())
    }

    /// What it says in the clear.
    ///
    /// # Errors
    /// SEA-026 once it was destroyed.
    pub fn header(&self) -> Result<SealedHeader, Error> {
        let record = self.kept.sealed()?;
        let size = u64::try_from(record.start.len()).unwrap_or(u64::MAX);
        Ok(SealedHeader::new(&record.header()?, size))
    }

    /// What the ledger holds of the record, as this says itself.
    ///
    /// # Errors
    /// SEA rules for a header that is none, which this never has.
    pub fn commitments(&self) -> Result<Commitments, Error> {
        Ok((&self.kept.commitments()?).into())
    }

    /// The agreement keys that its key is wrapped to.
    #[must_use]
    pub fn recipients(&self) -> Vec<Vec<u8>> {
        let wraps = self.kept.sealed().map(|record| record.wraps.as_slice()).unwrap_or_default();
        wraps.iter().map(|wrap| parse::agreement_key_bytes(&wrap.to)).collect()
    }

    /// Checks as much as needs no secret: that it is the record with these commitments, of as many bytes as it says, and
    /// that its wraps are of it, on this ledger.
    ///
    /// # Errors
    /// SEA-009, SEA-010, SEA-012, SEA-022, SEA-023.
    pub fn check(&self, chain: &str, commitments: &Commitments) -> Result<(), Error> {
        Ok(self.kept.check(&chain_id(chain)?, &commitments.try_into()?)?)
    }

    /// The key under which this record has just been sealed; one that was read again is unwrapped instead.
    ///
    /// # Errors
    /// API-007 where it is not known here.
    pub fn key(&self) -> Result<RecordKey, Error> {
        let name = "of this record: unwrap it".to_string();
        let missing = ArgumentError::NotThere { what: "key", name };
        self.key.clone().map(RecordKey).ok_or_else(|| missing.into())
    }

    /// The record's key, unwrapped with an agreement key that it is wrapped to.
    ///
    /// # Errors
    /// SEA-025 where it is not wrapped to this one, SEA-006 and SEA-022 to SEA-024 for a wrap of something else, SEA-026 once it
    /// was destroyed.
    pub fn unwrap(&self, secret: &AgreementKey, chain: &str) -> Result<RecordKey, Error> {
        let secrets = core::slice::from_ref(&secret.0);
        Ok(RecordKey(self.kept.sealed()?.key(secrets, &chain_id(chain)?)?))
    }

    /// Wraps the record's key to just these agreement keys: wraps that are there are kept, missing ones are made, those for
    /// others are gone. For a first time, for a device that was added, after a rotation, or when one was revoked. What a
    /// revoked device has unwrapped before, it may still have.
    ///
    /// # Errors
    /// SEA-006 for the key of another record, SEA-020 for a key that nothing can be encrypted to, SEA-026 once it was destroyed.
    pub fn wrap_to(
        &mut self,
        key: &RecordKey,
        chain: &str,
        recipients: &[Vec<u8>],
        rng: &mut impl CryptoRng,
    ) -> Result<(), Error> {
        let (chain, recipients) = (chain_id(chain)?, agreement_keys(recipients)?);
        self.kept.sealed()?;
        if let seal::Kept::Sealed { record } = &mut self.kept {
            record.wrap_to(&key.0, &chain, &recipients, rng)?;
        }
        Ok(())
    }

    /// The record's facts, without a byte of its content.
    ///
    /// # Errors
    /// SEA-006 for another key, SEA-007 and SEA-011 for a header that was not sealed so, SEA-026 once it was destroyed.
    pub fn open_facts(&self, key: &RecordKey) -> Result<Facts, Error> {
        Ok((&self.kept.sealed()?.header()?.open_facts(&key.0)?).into())
    }

    /// Opens all of it as the record with these commitments, which the ledger holds of it.
    ///
    /// # Errors
    /// SEA-006 for another key; SEA-007 to SEA-013 for what was altered, cut off, or is of another record; SEA-026 once it was
    /// destroyed; SEA-027 where the container lies elsewhere; API-009 when it is stopped.
    pub fn open(
        &self,
        key: &RecordKey,
        commitments: &Commitments,
        progress: &mut dyn Progress,
    ) -> Result<OpenedRecord, Error> {
        let commitments = commitments.try_into()?;
        let parts = self.kept.sealed()?.parts()?;
        Ok(OpenedRecord(open_in_steps(&parts, &key.0, &commitments, &mut watch(progress))?))
    }

    /// Destroys every wrap, and with them key and salts; the container too, as far as it is held here. What `to_bytes` gives
    /// from then on replaces the record wherever it is kept, backups included.
    ///
    /// # Errors
    /// SEA-026 once it was destroyed.
    pub fn destroy_key(&mut self, at: Time) -> Result<DestroyedRecord, Error> {
        self.kept.sealed()?.header()?;
        let nothing = seal::SealedRecord { start: Vec::new().into(), chunks: None, wraps: Vec::new() };
        let nothing = seal::Kept::Sealed { record: nothing };
        let statement = match core::mem::replace(&mut self.kept, nothing) {
            seal::Kept::Sealed { record } => record.destroy(at.into())?,
            seal::Kept::Destroyed { statement } => statement,
        };
        self.key = None;
        let shown = DestroyedRecord::from(&statement);
        self.kept = seal::Kept::Destroyed { statement };
        Ok(shown)
    }

    /// The statement that it was destroyed; null for a record that was not.
    #[must_use]
    pub fn destroyed(&self) -> Option<DestroyedRecord> {
        match &self.kept {
            seal::Kept::Sealed { .. } => None,
            seal::Kept::Destroyed { statement } => Some(statement.into()),
        }
    }
}

impl fmt::Debug for SealedRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kept.fmt(f)
    }
}

/// A record that was opened, all of it. Overwritten when it is closed; never shown.
#[derive(Debug)]
pub struct OpenedRecord(seal::OpenedRecord);

impl OpenedRecord {
    /// What an opening holds, as a reader of a proof has it. That it is the record's shows when the proof is checked, or its
    /// commitments are compared.
    ///
    /// # Errors
    /// COD rules for what is no opening.
    pub fn from_opening(opening: &[u8]) -> Result<Self, Error> {
        let opening: Opening = parse::wire(opening, &PROOF)?;
        Ok(Self(opening.into()))
    }

    /// The bytes as they were received.
    #[must_use]
    pub fn original(&self) -> Vec<u8> {
        self.0.original().to_vec()
    }

    /// The content that was committed to: of FHIR JSON its canonical form, else the original.
    #[must_use]
    pub fn content(&self) -> Vec<u8> {
        self.0.opening.content.expose().to_vec()
    }

    /// The facts.
    #[must_use]
    pub fn facts(&self) -> Facts {
        (&self.0.opening.facts).into()
    }

    /// What content and facts commit to.
    ///
    /// # Errors
    /// REC rules for an opening of what can't be committed to.
    pub fn commitments(&self) -> Result<Commitments, Error> {
        Ok((&self.0.opening.commitments()?).into())
    }

    /// What opens the record's commitments for a reader of its proof: content, facts, salts. Whoever has it can read the
    /// record; the key itself is not in it.
    ///
    /// # Errors
    /// COD-013, which this never gives.
    pub fn opening(&self) -> Result<Vec<u8>, Error> {
        Ok(encode(&self.0.opening)?)
    }
}

#[cfg(test)]
mod tests;
