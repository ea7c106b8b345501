//! From what people write to what the library works with; what is not what it should be is named.

use alloc::string::ToString;
use alloc::vec::Vec;

use medledger_core::codec::{Limits, Wire, decode};
use medledger_core::crypto::{AgreementKey, AgreementKeyBytes, PublicKey, PublicKeyBytes, Signature};
use medledger_core::hash::Did;
use medledger_core::identity::did_from_text;

use super::error::{ArgumentError, Error};

/// An identity, from its DID.
pub(super) fn did(argument: &'static str, text: &str) -> Result<Did, Error> {
    did_from_text(text).map_err(|_| not_a(argument, "a DID (did:medledger:z…)", text))
}

/// A hash or an id, from lower-case hex; `from` is its type's `from_hex`.
pub(super) fn hex<T>(
    argument: &'static str,
    wanted: &'static str,
    text: &str,
    from: impl FnOnce(&str) -> Option<T>,
) -> Result<T, Error> {
    from(text).ok_or_else(|| not_a(argument, wanted, text))
}

pub(super) fn not_a(argument: &'static str, wanted: &'static str, text: &str) -> Error {
    // What is quoted is enough to be found again; a text of megabytes is not carried around.
    let text = text.chars().take(80).collect();
    ArgumentError::NotA { argument, wanted, text }.into()
}

/// Bytes of just this length.
pub(super) fn exactly<const N: usize>(argument: &'static str, bytes: &[u8]) -> Result<[u8; N], Error> {
    let length = |n| u64::try_from(n).unwrap_or(u64::MAX);
    let wrong = ArgumentError::WrongLength { argument, actual: length(bytes.len()), expected: length(N) };
    bytes.try_into().map_err(|_| wrong.into())
}

pub(super) fn public_key(argument: &'static str, bytes: &[u8]) -> Result<PublicKey, Error> {
    Ok(PublicKey::Ed25519 { bytes: PublicKeyBytes(exactly(argument, bytes)?) })
}

pub(super) fn agreement_key(argument: &'static str, bytes: &[u8]) -> Result<AgreementKey, Error> {
    Ok(AgreementKey::X25519 { bytes: AgreementKeyBytes(exactly(argument, bytes)?) })
}

pub(super) fn signature(bytes: &[u8]) -> Result<Signature, Error> {
    Ok(Signature(exactly("signature", bytes)?))
}

pub(super) fn public_key_bytes(key: &PublicKey) -> Vec<u8> {
    let PublicKey::Ed25519 { bytes } = key;
    bytes.as_ref().to_vec()
}

pub(super) fn agreement_key_bytes(key: &AgreementKey) -> Vec<u8> {
    let AgreementKey::X25519 { bytes } = key;
    bytes.as_ref().to_vec()
}

/// A number that the library counts with fewer bits.
pub(super) fn number<T: TryFrom<u64>>(argument: &'static str, number: u64, most: u64) -> Result<T, Error> {
    T::try_from(number).map_err(|_| {
        let wanted = alloc::format!("a number up to {most}");
        ArgumentError::OutOfRange { argument: argument.to_string(), wanted }.into()
    })
}

/// A wire type from its bytes.
pub(super) fn wire<T: Wire>(bytes: &[u8], limits: &Limits) -> Result<T, Error> {
    Ok(decode(bytes, limits)?)
}
