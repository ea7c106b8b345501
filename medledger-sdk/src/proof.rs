//! Files with proofs, checked with nothing but a genesis.
//!
//! A proof claims nothing past the height of the header that vouches for it. Who has seen a newer header demands that
//! the proof reaches at least that far.

use alloc::string::{String, ToString};

use medledger_core::codec::{CodecError, decode, encode};
use medledger_core::error::Coded;
use medledger_core::hash::AppRootHash;
use medledger_core::light::{Anchored, CertifiedHeader, LightError, ProvenRecord, RecordProof, Verifier};
use medledger_core::limits::PROOF;
use medledger_core::units::Height;
use medledger_core::{rules, wire};

use super::export::{Export, ExportFault, ProvenExport};

wire! {
    /// A file with a proof.
    #[derive(Clone, Debug)]
    pub enum ProofFile {
        /// One record's receipt, with or without what opens it.
        1 => Receipt {
            /// The proof.
            proof: RecordProof,
        },
        /// Everything that a ledger holds of one patient.
        2 => Export {
            /// It.
            export: Export,
        },
    }
}

rules! {
    /// Why a proof does not show what its reader asks for.
    pub enum ProofFault: LGT {
        /// It ends before a header that the reader has seen.
        50 Behind { height: Height, wanted: Height }:
            "a proof reaches at least the height of the header that its reader demands",
            "the proof vouches for heights up to {height}, and {wanted} is demanded: ask for a refreshed one";
        /// Two certified headers of one height.
        51 Forked { height: Height, seen: AppRootHash, shown: AppRootHash }:
            "there is one certified header of each height",
            "header {shown} of the proof and the known header {seen} are both certified for height {height}: the validators have signed two histories";
    }
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofKind {
    /// A record's receipt.
    Receipt,
    /// Everything of one patient.
    Export,
}

impl ProofKind {
    /// The kind as reports write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Export => "export",
        }
    }
}

/// Why a proof is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Not a file with a proof.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// It shows nothing.
    #[error(transparent)]
    Light(#[from] LightError),
    /// It does not show what is asked for.
    #[error(transparent)]
    Fault(#[from] ProofFault),
    /// It is not everything of its patient, or not what the ledger holds.
    #[error(transparent)]
    Export(#[from] ExportFault),
}

medledger_core::coded!(ProofError { Codec, Light, Fault, Export });

/// What came of checking a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofReport {
    /// What it holds; `None` when it is no file with a proof.
    pub kind: Option<ProofKind>,
    /// What a receipt shows of its record; `None` when it shows nothing.
    pub record: Option<ProvenRecord>,
    /// What an export shows of its patient; `None` when it shows nothing.
    pub export: Option<ProvenExport>,
    /// The height up to which it vouches; `None` when it shows nothing.
    pub height: Option<Height>,
    /// For an export, whether every session is closed by each custodian that it names and every batch was handed over, so
    /// that it is complete for this identity, as recorded by the height; `None` for a receipt.
    pub complete: Option<bool>,
    /// Why it is not valid.
    pub fault: Option<ProofError>,
}

impl ProofReport {
    /// Whether the proof holds.
    #[must_use]
    pub const fn is_valid(&self) -> bool {
        self.fault.is_none()
    }

    /// The rule that the proof breaks, and how.
    #[must_use]
    pub fn fault_text(&self) -> Option<(String, String)> {
        self.fault.as_ref().map(|fault| (fault.rule().to_string(), fault.to_string()))
    }

    const fn refused(kind: Option<ProofKind>, fault: ProofError) -> Self {
        Self { kind, record: None, export: None, height: None, complete: None, fault: Some(fault) }
    }
}

impl ProofFile {
    /// Decodes a file.
    ///
    /// # Errors
    /// [`CodecError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, CodecError> {
        decode(bytes, &PROOF)
    }

    /// The file's bytes.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn encode(&self) -> Result<alloc::vec::Vec<u8>, CodecError> {
        encode(self)
    }
}

/// Checks a file. `at_least` is a header that the reader has satisfied itself of before.
#[must_use]
pub fn check(bytes: &[u8], verifier: &Verifier, at_least: Option<&Anchored>) -> ProofReport {
    match ProofFile::decode(bytes) {
        Err(error) => ProofReport::refused(None, error.into()),
        Ok(ProofFile::Receipt { proof }) => check_receipt(&proof, verifier, at_least),
        Ok(ProofFile::Export { export }) => check_export(&export, verifier, at_least),
    }
}

fn check_receipt(proof: &RecordProof, verifier: &Verifier, at_least: Option<&Anchored>) -> ProofReport {
    let kind = Some(ProofKind::Receipt);
    match proof.check(verifier) {
        Err(error) => ProofReport::refused(kind, error.into()),
        Ok(record) => ProofReport {
            kind,
            height: Some(record.anchored.header.height),
            complete: None,
            fault: at_least.and_then(|seen| reaches(&record.anchored, seen).err()).map(Into::into),
            record: Some(record),
            export: None,
        },
    }
}

fn check_export(export: &Export, verifier: &Verifier, at_least: Option<&Anchored>) -> ProofReport {
    let kind = Some(ProofKind::Export);
    match export.check(verifier) {
        Err(error) => ProofReport::refused(kind, error),
        Ok(proven) => ProofReport {
            kind,
            height: Some(proven.anchored.header.height),
            complete: Some(proven.is_complete()),
            fault: at_least.and_then(|seen| reaches(&proven.anchored, seen).err()).map(Into::into),
            record: None,
            export: Some(proven),
        },
    }
}

/// A certified header from a file, once the reader has satisfied itself of it.
///
/// # Errors
/// [`LightError`].
pub fn header(bytes: &[u8], verifier: &Verifier) -> Result<Anchored, LightError> {
    let CertifiedHeader { header, evidence } = CertifiedHeader::decode(bytes)?;
    verifier.header(&header, &evidence)
}

/// That what is shown reaches at least as far as a header that was seen.
///
/// # Errors
/// [`ProofFault`].
pub fn reaches(shown: &Anchored, seen: &Anchored) -> Result<(), ProofFault> {
    let (height, wanted) = (shown.header.height, seen.header.height);
    if height < wanted {
        return Err(ProofFault::Behind { height, wanted });
    }
    if height == wanted && shown.hash != seen.hash {
        return Err(ProofFault::Forked { height, seen: seen.hash, shown: shown.hash });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
