//! Signatures under the protocol's own rule, which no platform's verifier keeps to: one at a time and many at once, with
//! the same answer.

use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::crypto::{Batch, Claim, VerifyingKey};

use super::error::{ArgumentError, Error, ErrorParts};
use super::key::Progress;
use super::parse;
use super::proof::Fault;
use super::units::{Bytes, Count, count};

/// How many signatures are verified together.
const TOGETHER: usize = 1024;

/// Somebody's signature of a message, as it is claimed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignatureClaim {
    /// The public key: 32 bytes.
    pub public_key: Bytes,
    /// The message.
    pub message: Bytes,
    /// The signature: 64 bytes.
    pub signature: Bytes,
}

/// A signature of a list that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BadSignature {
    /// Its place in the list, from 0.
    pub index: Count,
    /// Why it does not hold.
    pub fault: Fault,
}

fn claim(public_key: &[u8], message: &[u8], signature: &[u8]) -> Result<Claim, Error> {
    let key = VerifyingKey::from_public(&parse::public_key("public_key", public_key)?)?;
    Ok(Claim::new(&key, message, &parse::signature(signature)?)?)
}

/// Checks an Ed25519 signature under the protocol's rule: canonical encodings, no points of small order, the cofactored
/// equation.
///
/// # Errors
/// The CRY rule that fails first, API-003 for a key or a signature of another length.
pub fn verify_signature(public_key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), Error> {
    Ok(claim(public_key, message, signature)?.check()?)
}

/// Checks many signatures at once, at a third of the price: those that do not hold, by their place in the list, with what
/// [`verify_signature`] says of each. None when all hold.
///
/// # Errors
/// API-009 when it was stopped.
pub fn verify_signatures(
    claims: &[SignatureClaim],
    progress: &mut dyn Progress,
) -> Result<Vec<BadSignature>, Error> {
    let mut bad = Vec::new();
    let total = count(claims.len()).0;
    for (part, start) in claims.chunks(TOGETHER).zip((0_usize..).step_by(TOGETHER)) {
        let mut batch = Batch::new();
        // The places in the list of what is in the batch: what is no key or no signature does not get into it.
        let mut places = Vec::with_capacity(part.len());
        for (given, place) in part.iter().zip(start..) {
            match claim(&given.public_key.0, &given.message.0, &given.signature.0) {
                Ok(claim) => {
                    batch.push_claim(Ok(claim));
                    places.push(place);
                }
                Err(error) => bad.push((place, error)),
            }
        }
        let culprits = batch.culprits().into_iter();
        bad.extend(culprits.filter_map(|(index, error)| Some((*places.get(index)?, Error::from(error)))));
        if !progress.step(count(start.saturating_add(part.len())).0, total) {
            return Err(ArgumentError::Stopped.into());
        }
    }
    bad.sort_by_key(|(place, _)| *place);
    let fault = |error: Error| {
        let ErrorParts { code, message: what, .. } = error.into_parts();
        Fault { code, what }
    };
    Ok(bad
        .into_iter()
        .map(|(place, error)| BadSignature { index: count(place), fault: fault(error) })
        .collect())
}

#[cfg(test)]
mod tests;
