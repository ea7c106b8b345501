//! How identities and keys are written: `did:medledger:z…` and `did:key:z…`.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::crypto::PublicKey;
use crate::hash::Did;

/// The method's prefix and the multibase code of base58btc.
const PREFIX: &str = "did:medledger:z";

/// The longest text that can be a DID: 32 bytes are at most 44 base58 digits. Longer ones are refused before they are
/// decoded, since base58 takes quadratic time.
const LONGEST: usize = PREFIX.len().saturating_add(44);

/// Why a text is not a DID of this method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a DID of this method: a DID is {PREFIX} and up to 44 base58 digits")]
pub struct DidError;

/// The DID as text (W3C DID Core §3.1): the method `medledger` and the 32 bytes in multibase base58btc.
#[must_use]
pub fn did_to_text(did: &Did) -> String {
    format!("{PREFIX}{}", bs58::encode(did.0).into_string())
}

/// The DID that a text stands for.
///
/// # Errors
/// [`DidError`] for anything that [`did_to_text`] does not write.
pub fn did_from_text(text: &str) -> Result<Did, DidError> {
    if text.len() > LONGEST {
        return Err(DidError);
    }
    let digits = text.strip_prefix(PREFIX).ok_or(DidError)?;
    let bytes = bs58::decode(digits).into_vec().map_err(|_| DidError)?;
    let did = Did::from_slice(&bytes).ok_or(DidError)?;
    if did_to_text(&did) == text { Ok(did) } else { Err(DidError) }
}

/// A key as `did:key` (the W3C CCG's did:key method): multicodec prefix, then the key, in multibase base58btc.
#[must_use]
pub fn did_key(key: &PublicKey) -> String {
    format!("did:key:{}", multibase(key))
}

/// A key in the form of a Multikey's `publicKeyMultibase`.
pub(super) fn multibase(key: &PublicKey) -> String {
    let mut bytes = Vec::new();
    match key {
        // ed25519-pub, 0xed as a varint.
        PublicKey::Ed25519 { bytes: key } => {
            bytes.extend_from_slice(&[0xed, 0x01]);
            bytes.extend_from_slice(key.as_ref());
        }
    }
    format!("z{}", bs58::encode(bytes).into_string())
}
