//! Records anchored on a ledger, alone or many at once, amended, marked as entered in error, and proven.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use rand_core::CryptoRng;
use serde::Serialize;

use medledger_core::hash::{LogRoot, NodeHash, RecordVersion};
use medledger_core::light;
use medledger_core::limits::PROOF;
use medledger_core::merkle::InclusionProof;
use medledger_core::operation::Operation;
use medledger_core::record::{Amendment, Anchor, BatchEntry as CoreBatchEntry, RecordRef, Retraction};

use super::draft::{Draft, Sender};
use super::error::{ArgumentError, Error};
use super::facts::{Commitments, id};
use super::identities::drafted;
use super::key::Progress;
use super::parse;
use super::sealed::SealedRecord;
use super::sealing::{agreement_keys, chain_id, watch};
use super::units::Count;
use crate::anchor::{self, CommittedBatch, batch_anchor};
use crate::proof::ProofFile;
use crate::seal;
use crate::seal::bundle::seal_bundle;

/// What a ledger is told of one subject's records in a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BatchEntry {
    /// Whose records they are.
    pub subject: String,
    /// The root over them.
    pub root: String,
    /// How many there are.
    pub count: Count,
}

/// One record of a batch, with the proof that it is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BatchMember {
    /// Its index in its subject's entry.
    pub index: Count,
    /// What was anchored.
    pub commitments: Commitments,
    /// The hashes from its leaf to the entry's root (RFC 9162).
    pub path: Vec<String>,
}

impl TryFrom<&BatchEntry> for CoreBatchEntry {
    type Error = Error;

    fn try_from(entry: &BatchEntry) -> Result<Self, Error> {
        Ok(Self {
            subject: parse::did("entry.subject", &entry.subject)?,
            root: parse::hex(
                "entry.root",
                "a root: 64 digits of lower-case hex",
                &entry.root,
                LogRoot::from_hex,
            )?,
            count: entry.count.0,
        })
    }
}

impl From<&light::BatchMember> for BatchMember {
    fn from(member: &light::BatchMember) -> Self {
        Self {
            index: Count(member.index),
            commitments: (&member.commitments).into(),
            path: member.path.path.iter().map(ToString::to_string).collect(),
        }
    }
}

impl TryFrom<&BatchMember> for light::BatchMember {
    type Error = Error;

    fn try_from(member: &BatchMember) -> Result<Self, Error> {
        let node = |text: &String| {
            parse::hex("member.path", "a hash: 64 digits of lower-case hex", text, NodeHash::from_hex)
        };
        let path = member.path.iter().map(node).collect::<Result<_, _>>()?;
        let commitments = (&member.commitments).try_into()?;
        Ok(Self { index: member.index.0, commitments, path: InclusionProof { path } })
    }
}

/// The records of one subject that are anchored together, in their order. A ledger is told of them by their root and count.
#[derive(Debug, Default)]
pub struct Batch {
    batch: CommittedBatch,
    /// Those that were sealed here: the first ones.
    sealed: Vec<seal::SealedRecord>,
}

impl Batch {
    /// A batch without records.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Seals each resource of a FHIR R4 bundle of one patient, in its order and in the text that it came in, under a key of
    /// its own that is wrapped to these agreement keys: the patient's devices and the custodian's.
    ///
    /// # Errors
    /// FHR rules for what is no bundle, SEA-020 for a key that nothing can be encrypted to, SEA-025 without any, API-009 when it
    /// is stopped.
    pub fn seal_bundle(
        bundle: &[u8],
        chain: &str,
        recipients: &[Vec<u8>],
        progress: &mut dyn Progress,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, Error> {
        let (chain, recipients) = (chain_id(chain)?, agreement_keys(recipients)?);
        let sealed = seal_bundle(bundle, (&chain, &recipients), rng, &mut watch(progress))?;
        let mut batch = CommittedBatch::default();
        for record in &sealed {
            batch.push(record.header()?.head.commitments)?;
        }
        Ok(Self { batch, sealed })
    }

    /// Adds a record by what it commits to; gives its index.
    ///
    /// # Errors
    /// API-002 for what are no commitments.
    pub fn push(&mut self, commitments: &Commitments) -> Result<u64, Error> {
        let index = self.batch.count();
        self.batch.push(commitments.try_into()?)?;
        Ok(index)
    }

    /// How many records there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.batch.count()
    }

    /// The root over them.
    #[must_use]
    pub fn root(&self) -> String {
        self.batch.root().to_string()
    }

    /// What each record commits to.
    #[must_use]
    pub fn commitments(&self) -> Vec<Commitments> {
        self.batch.commitments().iter().map(Commitments::from).collect()
    }

    /// What the ledger is told of them, as the records of this subject.
    ///
    /// # Errors
    /// API-002 for what is no DID.
    pub fn entry(&self, subject: &str) -> Result<BatchEntry, Error> {
        let entry = self.batch.entry(parse::did("subject", subject)?);
        Ok(BatchEntry {
            subject: subject.to_string(),
            root: entry.root.to_string(),
            count: Count(entry.count),
        })
    }

    /// A record of the batch, with the proof that it is there.
    ///
    /// # Errors
    /// MRK-001 for an index that it does not reach.
    pub fn member(&self, index: u64) -> Result<BatchMember, Error> {
        Ok((&self.batch.member(index)?).into())
    }

    /// A record that `seal_bundle` sealed.
    ///
    /// # Errors
    /// API-007 for one that was not sealed here.
    pub fn record(&self, index: u64) -> Result<SealedRecord, Error> {
        let record = usize::try_from(index).ok().and_then(|index| self.sealed.get(index));
        let missing = ArgumentError::NotThere { what: "sealed record", name: index.to_string() };
        record.cloned().map(SealedRecord::of).ok_or_else(|| missing.into())
    }
}

/// One record of a batch with these commitments, with the proof that it is there.
///
/// # Errors
/// API-002 for what are no commitments, MRK-001 for an index that they don't reach.
pub fn batch_member(commitments: &[Commitments], index: u64) -> Result<BatchMember, Error> {
    let commitments = commitments.iter().map(TryFrom::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok((&anchor::member(&commitments, index)?).into())
}

/// One record of one patient, to be anchored. `custodian` keeps it and agrees; it is the sender, unless one is named, whose
/// device key then approves the draft.
///
/// # Errors
/// API-002 for what is no DID, id or commitment.
pub fn anchor_record(
    sender: &Sender,
    subject: &str,
    commitments: &Commitments,
    custodian: Option<&str>,
) -> Result<Draft, Error> {
    let anchor = Anchor {
        subject: parse::did("subject", subject)?,
        custodian: parse::did("custodian", custodian.unwrap_or(&sender.did))?,
        commitments: commitments.try_into()?,
    };
    drafted(sender, Operation::Anchor { anchor })
}

/// Batches of several subjects, to be anchored at once; each subject sees its own entry alone. `custodian` is as for
/// `anchor_record`.
///
/// # Errors
/// API-002 for what is no DID or root, REC-014 without records or with too many, REC-015 for a subject that is named twice.
pub fn anchor_batch(
    sender: &Sender,
    entries: &[BatchEntry],
    custodian: Option<&str>,
) -> Result<Draft, Error> {
    let custodian = parse::did("custodian", custodian.unwrap_or(&sender.did))?;
    let entries = entries.iter().map(TryFrom::try_from).collect::<Result<_, _>>()?;
    let batch = batch_anchor(custodian, entries);
    batch.check()?;
    drafted(sender, Operation::AnchorBatch { batch })
}

/// A new version of a record that was anchored by itself, or that has been amended before. The old one stays on the ledger.
/// `replaces` is the hash of the current version: see `record_version`.
///
/// # Errors
/// API-002 for what is no id, version or commitment.
pub fn amend_record(
    sender: &Sender,
    record: &str,
    replaces: &str,
    commitments: &Commitments,
) -> Result<Draft, Error> {
    amended(sender, known(record)?, replaces, commitments)
}

/// A new version of a record of a batch, named for the first time. `batch` is the id of its subject's entry.
///
/// # Errors
/// API-002 for what is no id, version, commitment or proof.
pub fn amend_batch_record(
    sender: &Sender,
    batch: &str,
    member: &BatchMember,
    replaces: &str,
    commitments: &Commitments,
) -> Result<Draft, Error> {
    amended(sender, in_batch(batch, member)?, replaces, commitments)
}

/// That a record should never have been entered (FHIR's `entered-in-error`), in whatever version: one that was anchored by
/// itself, or that has been amended before.
///
/// # Errors
/// API-002 for what is no id.
pub fn retract_record(sender: &Sender, record: &str) -> Result<Draft, Error> {
    let retraction = Retraction { record: known(record)? };
    drafted(sender, Operation::EnterInError { retraction })
}

/// That a record of a batch should never have been entered, named for the first time. `batch` is the id of its subject's
/// entry.
///
/// # Errors
/// API-002 for what is no id or proof.
pub fn retract_batch_record(sender: &Sender, batch: &str, member: &BatchMember) -> Result<Draft, Error> {
    let retraction = Retraction { record: in_batch(batch, member)? };
    drafted(sender, Operation::EnterInError { retraction })
}

/// The proof of one record, as a file: a receipt of its anchoring, with the record's place where that was a batch. With its
/// opening it also proves what the record says, to whoever may read it. Whether the receipt holds shows when the proof is
/// checked.
///
/// # Errors
/// COD rules for what is no receipt or opening; LGT-011, LGT-012 and LGT-013 for a receipt of another event or a member of another
/// batch; REC-006 and REC-007 for the opening of another record.
pub fn record_proof(
    receipt: &[u8],
    member: Option<&BatchMember>,
    opening: Option<&[u8]>,
) -> Result<Vec<u8>, Error> {
    let proof = light::RecordProof {
        receipt: parse::wire(receipt, &PROOF)?,
        member: member.map(TryFrom::try_from).transpose()?,
        opening: opening.map(|opening| parse::wire(opening, &PROOF)).transpose()?,
    };
    proof.claim()?;
    Ok(ProofFile::Receipt { proof }.encode()?)
}

fn known(record: &str) -> Result<RecordRef, Error> {
    Ok(RecordRef::Known { record: id("record", record)? })
}

fn in_batch(batch: &str, member: &BatchMember) -> Result<RecordRef, Error> {
    let light::BatchMember { index, commitments, path } = member.try_into()?;
    Ok(RecordRef::InBatch { batch: id("batch", batch)?, index, commitments, path })
}

fn amended(
    sender: &Sender,
    record: RecordRef,
    replaces: &str,
    commitments: &Commitments,
) -> Result<Draft, Error> {
    let wanted = "the hash of a version: 64 digits of lower-case hex";
    let replaces = parse::hex("replaces", wanted, replaces, RecordVersion::from_hex)?;
    let amendment = Amendment { record, replaces, commitments: commitments.try_into()? };
    drafted(sender, Operation::Amend { amendment })
}

#[cfg(test)]
mod tests;
