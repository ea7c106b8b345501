//! What travels between requester and gateway, as files between processes: the request for one record, and the answer.
//!
//! What is released is the record's key, encrypted to the key of the session ([`agreement`](super::agreement)); `info` binds
//! it to the ledger, the session, the record and the custodian. The sealed record ([`seal`](super::seal)) travels inside the
//! release, or beside it as a file of its own where it is large.

mod request;

use alloc::vec::Vec;
use rand_core::CryptoRng;
use serde_bytes::ByteBuf;

use medledger_core::codec::{CodecError, decode, encode};
use medledger_core::crypto::{AgreementKey, AgreementKeyBytes};
use medledger_core::hash::{ChainId, Did, RecordId, SessionId, Tag};
use medledger_core::light::{LightError, RecordProof};
use medledger_core::limits::PROOF;
use medledger_core::{rules, wire};

use super::agreement::{AgreementSecret, seal_to};
use super::seal::{RecordKey, SealError};

pub use request::{ReleaseAsk, ReleaseRequest, SignedAsk};

rules! {
    /// Why a release can't be made, or is not what was asked for.
    pub enum ReleaseError: GTW {
        /// A session key that nothing can be encrypted to.
        40 BadSessionKey:
            "a session's key is a point that releases can be encrypted to",
            "nothing can be encrypted to this session's key: it was not made by a requester of this protocol";
        /// A release that does not open.
        41 NotForThisKey { session: SessionId }:
            "a release opens with the secret of its session alone, for its record and custodian",
            "the release under session {session} does not open: it is for another session, record or custodian, or was altered";
        /// A secret that is not at hand.
        42 NoSecret { session: SessionId }:
            "a requester opens releases under sessions of its own",
            "the secret of session {session} is not among this requester's";
        /// Another record than the release says.
        43 AnotherRecord { record: RecordId }:
            "what a release opens is the record that it names, of the session's subject",
            "what the release opens is not record {record} of the session's subject";
        /// A receipt of something else.
        44 NotASession:
            "a session's receipt shows that it was opened",
            "the receipt does not show that a session was opened";
        /// A release under another session.
        45 AnotherSession { session: SessionId }:
            "a release is under the session that was asked",
            "the release is under session {session}, which is not the one that was asked";
        /// A record that is not in its release.
        46 ContainerApart { record: RecordId }:
            "a release has its record in it, or the record is opened from a file of its own",
            "the sealed record {record} is not in its release: it travels as a file of its own";
    }
}

/// Why a release can't be made or opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseFault {
    /// The release itself.
    #[error(transparent)]
    Release(#[from] ReleaseError),
    /// A receipt, or the record's proof.
    #[error(transparent)]
    Light(#[from] LightError),
    /// The sealed record.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// An encoding.
    #[error(transparent)]
    Codec(#[from] CodecError),
}

medledger_core::coded!(ReleaseFault { Release, Light, Seal, Codec });

wire! {
    /// One record, for the holder of the session's secret alone.
    #[derive(Clone, Debug)]
    pub struct Release {
        /// The session.
        pub session: SessionId,
        /// The record.
        pub record: RecordId,
        /// Who releases it.
        pub custodian: Did,
        /// That the ledger holds the record's commitments; without what opens them.
        pub proof: RecordProof,
        /// HPKE's encapsulated key.
        pub encapsulated: AgreementKeyBytes,
        /// The record's key and salts, encrypted.
        pub ciphertext: ByteBuf,
        /// The sealed record, as its custodian keeps it; `None` where it travels as a file of its own.
        pub container: Option<ByteBuf>,
    }
}

wire! {
    /// What a requester is told: the reasons are for the patient and the auditor.
    #[derive(Clone, Debug)]
    pub enum ReleaseAnswer {
        /// The record.
        1 => Permit {
            /// It.
            release: Release,
        },
        /// Nothing.
        2 => Deny {
            /// The session.
            session: SessionId,
            /// The record that was asked for.
            record: RecordId,
        },
    }
}

macro_rules! file {
    ($($name:ident),*) => { $(
        impl $name {
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
            pub fn encode(&self) -> Result<Vec<u8>, CodecError> {
                encode(self)
            }
        }
    )* };
}

file!(ReleaseRequest, ReleaseAnswer);

/// What a release is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Binding {
    pub(super) chain: ChainId,
    pub(super) session: SessionId,
    pub(super) record: RecordId,
    pub(super) custodian: Did,
}

impl Binding {
    /// HPKE's `info`: tag ‖ chain ‖ session ‖ record ‖ custodian, all of fixed length.
    fn info(&self) -> Vec<u8> {
        let Self { chain, session, record, custodian } = self;
        [Tag::Release.bytes(), chain.as_ref(), session.as_ref(), record.as_ref(), custodian.as_ref()].concat()
    }
}

/// Encrypts a record's key to a session's key.
pub(super) fn seal(
    to: &AgreementKey,
    binding: &Binding,
    key: &RecordKey,
    rng: &mut impl CryptoRng,
) -> Result<(AgreementKeyBytes, ByteBuf), ReleaseFault> {
    let sealed = seal_to(to, &binding.info(), &[], key.expose().as_slice(), rng);
    let (encapsulated, ciphertext) = sealed.map_err(|_| ReleaseError::BadSessionKey)?;
    Ok((encapsulated, ByteBuf::from(ciphertext)))
}

/// Decrypts a record's key.
pub(super) fn open(
    secret: &AgreementSecret,
    binding: &Binding,
    encapsulated: &AgreementKeyBytes,
    ciphertext: &[u8],
) -> Result<RecordKey, ReleaseFault> {
    let session = binding.session;
    let plain = secret.open(&binding.info(), &[], encapsulated, ciphertext);
    let plain = plain.map_err(|_| ReleaseError::NotForThisKey { session })?;
    let key = plain.as_slice().try_into().map(RecordKey::new);
    Ok(key.map_err(|_| ReleaseError::NotForThisKey { session })?)
}
