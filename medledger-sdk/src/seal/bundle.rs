//! A whole bundle: each resource sealed by itself, in the text that it came in.

use alloc::vec::Vec;
use rand_core::CryptoRng;

use medledger_core::crypto::AgreementKey;
use medledger_core::hash::ChainId;

use super::original::originals;
use super::{ContentForm, SealError, SealedRecord};
use crate::fhir::bundle::Bundle;
use crate::fhir::error::FhirError;

/// Seals each resource of a bundle's text under a key of its own, wrapped to these recipients; in the bundle's order. Nobody
/// has the keys then but by their wraps. `step` is told how many are done, and stops the work with an error of its own.
///
/// # Errors
/// [`FhirError`] for a text that is no bundle, [`SealError::NoWrap`] without recipients, [`SealError::BadRecipient`], and what
/// `step` gives.
pub fn seal_bundle<E: From<SealError> + From<FhirError>>(
    text: &[u8],
    (chain, recipients): (&ChainId, &[AgreementKey]),
    rng: &mut impl CryptoRng,
    step: &mut dyn FnMut(u64, u64) -> Result<(), E>,
) -> Result<Vec<SealedRecord>, E> {
    if recipients.is_empty() {
        return Err(SealError::NoWrap.into());
    }
    let bundle = Bundle::parse(text)?;
    let texts = originals(text, &bundle)?;
    let all = u64::try_from(texts.len()).unwrap_or(u64::MAX);
    let mut records = Vec::with_capacity(texts.len());
    for (done, (entry, text)) in (0_u64..).zip(bundle.entries().zip(texts)) {
        step(done, all)?;
        let (mut record, key) = SealedRecord::seal(text, ContentForm::FhirJson, &entry.facts, rng)?;
        record.wrap_to(&key, chain, recipients, rng)?;
        records.push(record);
    }
    step(all, all)?;
    Ok(records)
}
