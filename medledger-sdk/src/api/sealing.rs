//! Records sealed as a whole, their keys, and keys wrapped to those who may open them.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use rand_core::CryptoRng;
use serde::Serialize;

use medledger_core::codec::encode;
use medledger_core::crypto;
use medledger_core::hash::ChainId;
use medledger_core::limits::PROOF;
use medledger_core::record::commitment::Content;

use super::error::{ArgumentError, Error};
use super::facts::{Commitments, Facts};
use super::key::{AgreementKey, Progress};
use super::parse;
use super::sealed::SealedRecord;
use super::units::{Bytes, words};
use crate::seal;

words! {
    /// How the bytes of a record become the content that it commits to.
    pub enum ContentForm {
        /// They are it: a file of any kind.
        AsItStands = "as-it-stands",
        /// FHIR JSON: what is committed to is the canonical form of the resource, and what is sealed its text as received.
        FhirJson = "fhir-json",
    }
}

impl From<ContentForm> for seal::ContentForm {
    fn from(form: ContentForm) -> Self {
        match form {
            ContentForm::AsItStands => Self::AsItStands,
            ContentForm::FhirJson => Self::FhirJson,
        }
    }
}

impl From<seal::ContentForm> for ContentForm {
    fn from(form: seal::ContentForm) -> Self {
        match form {
            seal::ContentForm::AsItStands => Self::AsItStands,
            seal::ContentForm::FhirJson => Self::FhirJson,
        }
    }
}

/// The key of one record, with the salts of its commitments: all that is secret about a sealed record. Sealing draws it.
/// Overwritten when it is closed; never shown.
#[derive(Debug)]
pub struct RecordKey(pub(super) seal::RecordKey);

impl RecordKey {
    /// The key from its 96 secret bytes: key, salt of the content, salt of the facts.
    ///
    /// # Errors
    /// API-003 for another length.
    pub fn from_secret(secret: &[u8]) -> Result<Self, Error> {
        let bytes = zeroize::Zeroizing::new(parse::exactly("secret", secret)?);
        Ok(Self(seal::RecordKey::new(&bytes)))
    }

    /// The secret bytes, for whoever keeps the key elsewhere: key, salt of the content, salt of the facts.
    #[must_use]
    pub fn secret(&self) -> Vec<u8> {
        self.0.expose().to_vec()
    }

    /// The commitment to this key, by which a sealed record names the key that opens it.
    #[must_use]
    pub fn commitment(&self) -> String {
        self.0.commitment().to_string()
    }

    /// What content and facts commit to under this key, to be compared with what a ledger holds.
    ///
    /// # Errors
    /// SEA-013 for content that is not in this form, SEA-011 for facts that can't be committed to.
    pub fn commit(&self, content: &[u8], form: ContentForm, facts: &Facts) -> Result<Commitments, Error> {
        Ok((&seal::record::commitments(&self.0, form.into(), content, &facts.into())?).into())
    }

    /// What opens the record's commitments for a reader of its proof: content in its canonical form, facts, salts. Whoever
    /// has it can read the record; the key itself is not in it.
    ///
    /// # Errors
    /// COD-013, which this never gives.
    pub fn opening(&self, content: &[u8], facts: &Facts) -> Result<Vec<u8>, Error> {
        Ok(encode(&self.0.opening(Content::new(content.to_vec()), facts.into()))?)
    }
}

/// What a wrapped key says of itself. Anybody can wrap anything to a public key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WrappedKey {
    /// The ledger.
    pub chain: String,
    /// The record.
    pub commitments: Commitments,
    /// The agreement key that opens it.
    pub recipient: Bytes,
}

/// Seals a record under a fresh key. It is nobody's until its key is wrapped: see `SealedRecord.wrap_to`.
///
/// # Errors
/// SEA-005 for content that is too long, SEA-011 for facts that can't be committed to, SEA-013 for content that is not in
/// this form.
pub fn seal_record(
    content: &[u8],
    form: ContentForm,
    facts: &Facts,
    rng: &mut impl CryptoRng,
) -> Result<SealedRecord, Error> {
    let (record, key) = seal::SealedRecord::seal(content, form.into(), &facts.into(), rng)?;
    Ok(SealedRecord::fresh(record, key))
}

/// Wraps a record's key to one recipient's agreement key, for those who keep wraps beside a container of their own.
///
/// # Errors
/// API-002 and API-003 for what is no ledger's id, commitment or key, SEA-020 for a key that nothing can be encrypted to.
pub fn wrap_key(
    key: &RecordKey,
    chain: &str,
    commitments: &Commitments,
    recipient: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, Error> {
    let (chain, commitments) = (chain_id(chain)?, commitments.try_into()?);
    let recipient = parse::agreement_key("recipient", recipient)?;
    Ok(encode(&seal::Wrap::new(&key.0, (&chain, &commitments), &recipient, rng)?)?)
}

/// The key of a record, from its wrap. That it is the record's key shows when the record is opened with it.
///
/// # Errors
/// COD rules for what is no wrap; SEA-021, SEA-022 and SEA-023 for that of another recipient, record or ledger; SEA-024 for an
/// altered one.
pub fn unwrap_key(
    wrap: &[u8],
    secret: &AgreementKey,
    chain: &str,
    commitments: &Commitments,
) -> Result<RecordKey, Error> {
    let wrap: seal::Wrap = parse::wire(wrap, &PROOF)?;
    Ok(RecordKey(wrap.open(&secret.0, &chain_id(chain)?, &commitments.try_into()?)?))
}

/// What a wrapped key says of itself: whose it is, of which record. Needs no secret, and proves nothing.
///
/// # Errors
/// COD rules for what is no wrap.
pub fn read_wrap(wrap: &[u8]) -> Result<WrappedKey, Error> {
    let wrap: seal::Wrap = parse::wire(wrap, &PROOF)?;
    Ok(WrappedKey {
        chain: wrap.chain.to_string(),
        commitments: (&wrap.commitments).into(),
        recipient: Bytes(parse::agreement_key_bytes(&wrap.to)),
    })
}

/// The texts of a bundle's resources as they were received, in its order: what is to be sealed of each.
///
/// # Errors
/// FHR rules for what is no bundle of one patient.
pub fn bundle_texts(bundle: &[u8]) -> Result<Vec<Vec<u8>>, Error> {
    let read = crate::fhir::bundle::Bundle::parse(bundle)?;
    Ok(seal::original::originals(bundle, &read)?.into_iter().map(<[u8]>::to_vec).collect())
}

pub(super) fn chain_id(text: &str) -> Result<ChainId, Error> {
    parse::hex("chain", "a ledger's id: 64 digits of lower-case hex", text, ChainId::from_hex)
}

pub(super) fn agreement_keys(keys: &[Vec<u8>]) -> Result<Vec<crypto::AgreementKey>, Error> {
    keys.iter().map(|key| parse::agreement_key("recipients", key)).collect()
}

/// Tells how far work has come, and stops it where that is wished.
pub(super) fn watch(progress: &mut dyn Progress) -> impl FnMut(u64, u64) -> Result<(), Error> + '_ {
    |done, total| if progress.step(done, total) { Ok(()) } else { Err(ArgumentError::Stopped.into()) }
}

#[cfg(test)]
pub(super) mod tests;
