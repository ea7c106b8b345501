//! Record keys wrapped to those who may always open the record: the patient's live devices and the custodian. Never to
//! grantees, and never on the ledger.
//!
//! HPKE (RFC 9180) as in [`agreement`](crate::agreement). `info` is
//! `"ml1 wrap" ‖ chain ‖ H("ml1 commitments" ‖ CBOR(commitments)) ‖ recipient's key`.

use alloc::vec::Vec;
use rand_core::CryptoRng;
use serde_bytes::ByteBuf;

use medledger_core::codec::CodecError;
use medledger_core::crypto::{AgreementKey, AgreementKeyBytes};
use medledger_core::error::ReadError;
use medledger_core::hash::{ChainId, Did, Tag};
use medledger_core::identity::{Control, KeyEntry};
use medledger_core::record::Commitments;
use medledger_core::state::{Address, StateRead, read};
use medledger_core::wire;

use super::{RecordKey, SealError};
use crate::agreement::{AgreementSecret, seal_to};

wire! {
    /// A record's key and salts for one recipient. Kept with the sealed record, and destroyed to destroy it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Wrap {
        /// Which ledger.
        pub chain: ChainId,
        /// Which record.
        pub commitments: Commitments,
        /// Who opens it.
        pub to: AgreementKey,
        /// HPKE's encapsulated key.
        pub encapsulated: AgreementKeyBytes,
        /// Key and salts, encrypted.
        pub ciphertext: ByteBuf,
    }
}

fn info(chain: &ChainId, commitments: &Commitments, to: &AgreementKey) -> Result<Vec<u8>, CodecError> {
    let AgreementKey::X25519 { bytes } = to;
    let record = commitments.leaf()?;
    Ok([&Tag::Wrap.bytes()[..], chain.as_ref(), &record, bytes.as_ref()].concat())
}

impl Wrap {
    /// Wraps a record's key to one recipient.
    ///
    /// # Errors
    /// [`SealError::BadRecipient`].
    pub fn new(
        key: &RecordKey,
        (chain, commitments): (&ChainId, &Commitments),
        to: &AgreementKey,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, SealError> {
        let info = info(chain, commitments, to).map_err(|error| SealError::BadHeader { error })?;
        let sealed = seal_to(to, &info, &[], key.expose().as_slice(), rng);
        let (encapsulated, ciphertext) = sealed.map_err(|_| SealError::BadRecipient)?;
        let (chain, commitments, to) = (*chain, *commitments, to.clone());
        Ok(Self { chain, commitments, to, encapsulated, ciphertext: ByteBuf::from(ciphertext) })
    }

    /// That this is a wrap of the key of this record, as it says itself.
    ///
    /// # Errors
    /// [`SealError::AnotherLedgersWrap`], [`SealError::AnotherRecordsWrap`].
    pub fn check(&self, chain: &ChainId, commitments: &Commitments) -> Result<(), SealError> {
        if self.chain != *chain {
            return Err(SealError::AnotherLedgersWrap);
        }
        if self.commitments != *commitments {
            return Err(SealError::AnotherRecordsWrap);
        }
        Ok(())
    }

    /// Unwraps the key of a record. Anyone can wrap anything to a public key: that it is the record's key shows when the
    /// record is opened with it.
    ///
    /// # Errors
    /// As [`Self::check`], and [`SealError::AnotherRecipient`], [`SealError::WrapAltered`].
    pub fn open(
        &self,
        secret: &AgreementSecret,
        chain: &ChainId,
        commitments: &Commitments,
    ) -> Result<RecordKey, SealError> {
        self.check(chain, commitments)?;
        if self.to != secret.public() {
            return Err(SealError::AnotherRecipient);
        }
        let info = info(chain, commitments, &self.to).map_err(|error| SealError::BadHeader { error })?;
        let plain = secret.open(&info, &[], &self.encapsulated, &self.ciphertext);
        let plain = plain.map_err(|_| SealError::WrapAltered)?;
        plain.as_slice().try_into().map(RecordKey::new).map_err(|_| SealError::WrapAltered)
    }
}

/// Unwraps a record's key with whichever of these secrets it is wrapped to.
///
/// # Errors
/// [`SealError::NoWrap`], and as [`Wrap::open`] of the first wrap that is to one of them.
pub fn unwrap(
    wraps: &[Wrap],
    secrets: &[AgreementSecret],
    chain: &ChainId,
    commitments: &Commitments,
) -> Result<RecordKey, SealError> {
    for secret in secrets {
        let own = secret.public();
        if let Some(wrap) = wraps.iter().find(|wrap| wrap.to == own) {
            return wrap.open(secret, chain, commitments);
        }
    }
    Err(SealError::NoWrap)
}

/// The agreement keys of an identity's live devices, as a state has them; none for an identity that it does not know.
///
/// # Errors
/// [`ReadError`].
pub fn recipients<S: StateRead>(state: &S, did: &Did) -> Result<Vec<AgreementKey>, ReadError<S::Error>> {
    let control: Option<Control> = read(state, &Address::Identity(*did))?;
    let mut keys = Vec::new();
    for device in control.iter().flat_map(|control| &control.devices) {
        let entry: Option<KeyEntry> = read(state, &Address::Key(*device))?;
        let entry = entry.ok_or(ReadError::Damaged { what: "KeyEntry" })?;
        keys.extend(entry.keys.agreement);
    }
    Ok(keys)
}

/// The wraps of a record's key for just these recipients: those that are there are kept, missing ones are made, those for
/// other keys are gone. For a device that was added, after a rotation, or when one was revoked. What a revoked device has
/// unwrapped before, it may still have: a wrap that is gone takes back nothing.
///
/// # Errors
/// [`SealError::BadRecipient`].
pub fn rewrap(
    wraps: Vec<Wrap>,
    key: &RecordKey,
    (chain, commitments): (&ChainId, &Commitments),
    recipients: &[AgreementKey],
    rng: &mut impl CryptoRng,
) -> Result<Vec<Wrap>, SealError> {
    let mut kept: Vec<Wrap> = Vec::with_capacity(recipients.len());
    let mut old = wraps;
    for to in recipients {
        if kept.iter().any(|wrap| wrap.to == *to) {
            continue;
        }
        let found = old.iter().position(|wrap| wrap.to == *to && wrap.check(chain, commitments).is_ok());
        kept.push(match found {
            Some(at) => old.swap_remove(at),
            None => Wrap::new(key, (chain, commitments), to, rng)?,
        });
    }
    Ok(kept)
}
