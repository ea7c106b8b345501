//! A sealed record as its holder keeps it: container and wraps; opened as a whole; destroyed.

use alloc::vec::Vec;
use core::fmt;
use rand_core::CryptoRng;
use serde_bytes::ByteBuf;
use zeroize::{Zeroize, Zeroizing};

use medledger_core::crypto::AgreementKey;
use medledger_core::hash::{ChainId, SealKeyHash};
use medledger_core::record::commitment::{
    CommitmentAlgorithm, Commitments, Content, content_commitment, facts_commitment,
};
use medledger_core::record::{Facts, Opening};
use medledger_core::units::Timestamp;
use medledger_core::wire;

use super::stream::{OpenedStream, Opener, Plan, Sealer, canonical};
use super::wrap::{Wrap, rewrap, unwrap};
use super::{ContentForm, RecordKey, SealError, SealedHeader};
use crate::agreement::AgreementSecret;

wire! {
    /// A sealed record as its holder keeps it. Nothing in it can be read without the secret of one of its recipients.
    #[derive(Clone, PartialEq, Eq)]
    pub struct SealedRecord {
        /// Preamble and header: the beginning of the container.
        pub start: ByteBuf,
        /// The rest of the container; `None` where it lies as a file of its own, which then has the beginning too.
        pub chunks: Option<ByteBuf>,
        /// The record's key, wrapped: the only place where it is kept.
        pub wraps: Vec<Wrap>,
    }
}

wire! {
    /// That a holder has destroyed its key, both salts and every wrap of a record. What remains anywhere of the container
    /// can't be opened any more, but by those who have the key from elsewhere.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Destroyed {
        /// What the ledger still holds of the record.
        pub commitments: Commitments,
        /// What the container committed to its key with.
        pub key: SealKeyHash,
        /// For whom the wraps were.
        pub wraps: Vec<AgreementKey>,
        /// When.
        pub at: Timestamp,
    }
}

/// A record that was opened, all of it.
#[derive(Clone, Debug)]
pub struct OpenedRecord {
    /// What opens its commitments: the canonical content, the facts, and their salts.
    pub opening: Opening,
    original: Option<Content>,
}

wire! {
    /// What a holder has of a record that was sealed.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum Kept {
        /// The record.
        1 => Sealed {
            /// It.
            record: SealedRecord,
        },
        /// Only that it was destroyed.
        2 => Destroyed {
            /// When, and what of it.
            statement: Destroyed,
        },
    }
}

impl Kept {
    /// What the ledger holds of the record, as this says itself.
    ///
    /// # Errors
    /// As [`SealedRecord::header`].
    pub fn commitments(&self) -> Result<Commitments, SealError> {
        match self {
            Self::Sealed { record } => Ok(record.header()?.head.commitments),
            Self::Destroyed { statement } => Ok(statement.commitments),
        }
    }

    /// Checks as much as needs no secret.
    ///
    /// # Errors
    /// As [`SealedRecord::check`].
    pub fn check(&self, chain: &ChainId, commitments: &Commitments) -> Result<(), SealError> {
        match self {
            Self::Sealed { record } => record.check(chain, commitments).map(drop),
            Self::Destroyed { statement } if statement.commitments == *commitments => Ok(()),
            Self::Destroyed { .. } => Err(SealError::AnotherRecord),
        }
    }

    /// The sealed record.
    ///
    /// # Errors
    /// [`SealError::Destroyed`].
    pub const fn sealed(&self) -> Result<&SealedRecord, SealError> {
        match self {
            Self::Sealed { record } => Ok(record),
            Self::Destroyed { statement } => Err(SealError::Destroyed { at: statement.at }),
        }
    }

    /// Opens it as the record with these commitments, with whichever of these secrets its key is wrapped to.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn open(
        &self,
        secrets: &[AgreementSecret],
        chain: &ChainId,
        commitments: &Commitments,
    ) -> Result<OpenedRecord, SealError> {
        let record = self.sealed()?;
        record.header()?.check_record(commitments)?;
        record.open(&record.key(secrets, chain)?, commitments)
    }
}

impl OpenedRecord {
    /// The bytes as they were received.
    #[must_use]
    pub fn original(&self) -> &[u8] {
        self.original.as_ref().unwrap_or(&self.opening.content).expose()
    }
}

impl From<Opening> for OpenedRecord {
    fn from(opening: Opening) -> Self {
        Self { opening, original: None }
    }
}

impl fmt::Debug for SealedRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.chunks.as_ref().map_or(0, |chunks| chunks.len());
        write!(f, "SealedRecord({bytes} bytes in chunks, {} wraps)", self.wraps.len())
    }
}

/// What a record commits to under its key.
///
/// # Errors
/// [`SealError::NotInForm`], [`SealError::CommitsToAnother`] for facts that can't be committed to.
pub fn commitments(
    key: &RecordKey,
    form: ContentForm,
    original: &[u8],
    facts: &Facts,
) -> Result<Commitments, SealError> {
    let own;
    let content = match form {
        ContentForm::AsItStands => original,
        ContentForm::FhirJson => {
            own = canonical(original)?;
            own.expose()
        }
    };
    let other = |error| SealError::CommitsToAnother { error };
    Ok(Commitments {
        hash: CommitmentAlgorithm::Sha3_256,
        content: content_commitment(key.content_salt(), content),
        facts: facts_commitment(key.facts_salt(), facts).map_err(other)?,
    })
}

/// Opens a container as the record with these commitments.
///
/// # Errors
/// [`SealError`].
pub fn open(container: &[u8], key: &RecordKey, commitments: &Commitments) -> Result<OpenedRecord, SealError> {
    open_parts(&[container], key, commitments)
}

fn open_parts(
    parts: &[&[u8]],
    key: &RecordKey,
    commitments: &Commitments,
) -> Result<OpenedRecord, SealError> {
    open_in_steps(parts, key, commitments, &mut |_, _| Ok(()))
}

/// Bytes of a container from one step to the next.
const STEP: usize = 1 << 20;

/// As [`open`], of a container in parts; `step` is told how many of its bytes are done, and stops the work with an error of
/// its own.
///
/// # Errors
/// [`SealError`], and what `step` gives.
pub fn open_in_steps<E: From<SealError>>(
    parts: &[&[u8]],
    key: &RecordKey,
    commitments: &Commitments,
    step: &mut dyn FnMut(u64, u64) -> Result<(), E>,
) -> Result<OpenedRecord, E> {
    let mut opener = Opener::new(key, commitments);
    // As much as there can be at most, so that it never grows: a vector that grows leaves copies behind.
    let room = parts.iter().fold(0_usize, |sum, part| sum.saturating_add(part.len()));
    let mut content = Zeroizing::new(Vec::with_capacity(room));
    let bytes = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
    let mut done = 0_usize;
    for piece in parts.iter().flat_map(|part| part.chunks(STEP)) {
        step(bytes(done), bytes(room))?;
        opener.feed(piece, &mut content)?;
        done = done.saturating_add(piece.len());
    }
    step(bytes(done), bytes(room))?;
    let OpenedStream { facts, canonical, .. } = opener.finish()?;
    let original = Content::new(core::mem::take(&mut *content));
    Ok(match canonical {
        None => OpenedRecord { opening: key.opening(original, facts), original: None },
        Some(canonical) => OpenedRecord { opening: key.opening(canonical, facts), original: Some(original) },
    })
}

impl SealedRecord {
    /// Seals a record under a fresh key; nobody's yet, until it is [wrapped](Self::wrap_to).
    ///
    /// # Errors
    /// [`SealError::NotInForm`], [`SealError::TooLong`], [`SealError::CommitsToAnother`] for facts that can't be committed to.
    pub fn seal(
        original: &[u8],
        form: ContentForm,
        facts: &Facts,
        rng: &mut impl CryptoRng,
    ) -> Result<(Self, RecordKey), SealError> {
        let key = RecordKey::draw(rng);
        let record = Self::seal_under(&key, original, form, facts, rng)?;
        Ok((record, key))
    }

    /// Seals a record under this key, which is of no other record.
    ///
    /// # Errors
    /// As [`Self::seal`].
    pub fn seal_under(
        key: &RecordKey,
        original: &[u8],
        form: ContentForm,
        facts: &Facts,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, SealError> {
        let commitments = commitments(key, form, original, facts)?;
        let length = u64::try_from(original.len()).unwrap_or(u64::MAX);
        let plan = Plan { form, length, commitments, facts };
        let (start, chunks) = Sealer::seal_known(key, &plan, rng, original)?;
        Ok(Self { start: ByteBuf::from(start), chunks: Some(ByteBuf::from(chunks)), wraps: Vec::new() })
    }

    /// Its header.
    ///
    /// # Errors
    /// As [`SealedHeader::read`], and [`SealError::BadHeader`] where more follows it.
    pub fn header(&self) -> Result<SealedHeader, SealError> {
        let (header, length) = SealedHeader::read(&self.start)?;
        let expected = u64::try_from(length).unwrap_or(u64::MAX);
        if length == self.start.len() { Ok(header) } else { Err(SealError::Surplus { expected }) }
    }

    /// The container, where it does not lie as a file of its own.
    #[must_use]
    pub fn container(&self) -> Option<Vec<u8>> {
        self.chunks.as_ref().map(|chunks| [self.start.as_slice(), chunks].concat())
    }

    /// Checks as much as needs no secret: that this is a sealed record of as many bytes as it says, of these commitments,
    /// and that its wraps are of it.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn check(&self, chain: &ChainId, commitments: &Commitments) -> Result<SealedHeader, SealError> {
        let header = self.header()?;
        header.check_record(commitments)?;
        if let Some(chunks) = &self.chunks {
            let start = u64::try_from(self.start.len()).unwrap_or(u64::MAX);
            let actual = u64::try_from(chunks.len()).unwrap_or(u64::MAX).saturating_add(start);
            let expected = header.head.chunk_bytes().saturating_add(start);
            if actual < expected {
                return Err(SealError::Truncated { actual, expected });
            }
            if actual > expected {
                return Err(SealError::Surplus { expected });
            }
        }
        self.wraps.iter().try_for_each(|wrap| wrap.check(chain, commitments))?;
        Ok(header)
    }

    /// Wraps the record's key to just these recipients: see [`rewrap`].
    ///
    /// # Errors
    /// [`SealError::WrongKey`] for the key of another record, [`SealError::BadRecipient`].
    pub fn wrap_to(
        &mut self,
        key: &RecordKey,
        chain: &ChainId,
        recipients: &[AgreementKey],
        rng: &mut impl CryptoRng,
    ) -> Result<(), SealError> {
        let head = self.header()?.head;
        key.check(&head.key)?;
        // They are the only place where the key is kept: where a recipient is refused they stay as they are.
        let wraps = self.wraps.clone();
        self.wraps = rewrap(wraps, key, (chain, &head.commitments), recipients, rng)?;
        Ok(())
    }

    /// The record's key, unwrapped with whichever of these secrets it is wrapped to.
    ///
    /// # Errors
    /// As [`unwrap`], and [`SealError::WrongKey`] where something else was wrapped.
    pub fn key(&self, secrets: &[AgreementSecret], chain: &ChainId) -> Result<RecordKey, SealError> {
        let head = self.header()?.head;
        let key = unwrap(&self.wraps, secrets, chain, &head.commitments)?;
        key.check(&head.key)?;
        Ok(key)
    }

    /// Opens all of it as the record with these commitments.
    ///
    /// # Errors
    /// [`SealError`], such as [`SealError::Apart`].
    pub fn open(&self, key: &RecordKey, commitments: &Commitments) -> Result<OpenedRecord, SealError> {
        open_parts(&self.parts()?, key, commitments)
    }

    /// The container, in its two parts.
    ///
    /// # Errors
    /// [`SealError::Apart`].
    pub fn parts(&self) -> Result<[&[u8]; 2], SealError> {
        let chunks = self.chunks.as_ref().ok_or(SealError::Apart)?;
        Ok([&self.start, chunks])
    }

    /// The record whose container this is; without wraps.
    ///
    /// # Errors
    /// As [`SealedHeader::check_sizes`].
    pub fn of_container(container: &[u8]) -> Result<Self, SealError> {
        SealedHeader::check_sizes(container)?;
        let (_, length) = SealedHeader::read(container)?;
        let (start, chunks) = container.split_at_checked(length).unwrap_or((container, &[]));
        let chunks = Some(ByteBuf::from(chunks));
        Ok(Self { start: ByteBuf::from(start), chunks, wraps: Vec::new() })
    }

    /// The record whose container begins so and lies as a file of its own; without wraps.
    ///
    /// # Errors
    /// As [`SealedHeader::read`].
    pub fn of_beginning(container: &[u8]) -> Result<Self, SealError> {
        let (_, length) = SealedHeader::read(container)?;
        let start = container.get(..length).unwrap_or(container);
        Ok(Self { start: ByteBuf::from(start), chunks: None, wraps: Vec::new() })
    }

    /// Destroys every wrap, and with them key and salts, which are kept nowhere else; the container too, as far as it is
    /// held here. The caller writes what this returns in place of the record.
    ///
    /// # Errors
    /// As [`Self::header`]: nothing is destroyed then.
    pub fn destroy(mut self, at: Timestamp) -> Result<Destroyed, SealError> {
        let head = self.header()?.head;
        let wraps = self.wraps.drain(..).map(|mut wrap| {
            wrap.ciphertext.as_mut_slice().zeroize();
            wrap.encapsulated.0.zeroize();
            wrap.to
        });
        let wraps = wraps.collect();
        self.start.as_mut_slice().zeroize();
        if let Some(chunks) = &mut self.chunks {
            chunks.as_mut_slice().zeroize();
        }
        Ok(Destroyed { commitments: head.commitments, key: head.key, wraps, at })
    }
}
