//! Sealing and opening piece by piece: neither holds more than a chunk of a file.
//!
//! STREAM (Hoang, Reyhanitabar, Rogaway, Vizár: *Online Authenticated-Encryption and its Nonce-Reuse
//! Misuse-Resistance*, 2015, §7): chunk `i` is encrypted under the nonce `prefix ‖ i (4 bytes) ‖ last (1 byte)`, so
//! that none can be moved, repeated, left out or cut off. Each is bound to the whole header besides.

use alloc::vec::Vec;
use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use core::fmt;
use rand_core::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

use medledger_core::hash::{Digest32, RecordCommitment, StreamPrefix, Tag};
use medledger_core::record::commitment::{Content, ContentHasher, content_commitment};
use medledger_core::record::{CommitmentError, Commitments, Facts};

use super::header::{CHUNK, OVERHEAD, PREAMBLE, SealSuite};
use super::{ContentForm, RecordKey, SealError, SealedHead, SealedHeader, Wiped};
use crate::fhir::canonical::{Limits, canonicalise};

/// As many chunks as a counter of 4 bytes counts, of 64 KiB each.
const MOST: u64 = CHUNK << 32;

/// A buffer of one chunk with its tag, allocated once.
const ROOM: usize = 65_536 + 16;

pub(super) const fn check_length(form: ContentForm, length: u64) -> Result<(), SealError> {
    let limit = match form {
        ContentForm::AsItStands => MOST,
        // It is held whole to be brought into its canonical form.
        ContentForm::FhirJson => Limits::BUNDLE.bytes,
    };
    if length > limit { Err(SealError::TooLong { length, limit }) } else { Ok(()) }
}

/// The cipher of the chunks, with what all of them share.
struct Chunks {
    cipher: XChaCha20Poly1305,
    binding: Digest32,
    prefix: StreamPrefix,
    /// The next one.
    next: u64,
    /// How many there are.
    count: u64,
}

impl Chunks {
    fn new(header: &SealedHeader, key: &RecordKey) -> Result<Self, SealError> {
        Ok(Self {
            cipher: XChaCha20Poly1305::new((&*key.derive(Tag::SealChunks)).into()),
            binding: header.binding()?,
            prefix: header.head.prefix,
            next: 0,
            count: header.head.chunks(),
        })
    }

    fn is_last(&self) -> bool {
        self.next.saturating_add(1) == self.count
    }

    fn nonce(&self) -> XNonce {
        let mut nonce = XNonce::default();
        let counter = u32::try_from(self.next).unwrap_or(u32::MAX).to_be_bytes();
        let bytes = self.prefix.0.into_iter().chain(counter).chain([u8::from(self.is_last())]);
        nonce.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
        nonce
    }

    fn failed(&self) -> SealError {
        SealError::ChunkAltered { chunk: self.next }
    }

    fn seal(&mut self, chunk: &mut Vec<u8>) -> Result<(), SealError> {
        let sealed = self.cipher.encrypt_in_place(&self.nonce(), &self.binding, chunk);
        sealed.map_err(|_| self.failed())?;
        self.next = self.next.saturating_add(1);
        Ok(())
    }

    fn open(&mut self, chunk: &mut Vec<u8>) -> Result<(), SealError> {
        let opened = self.cipher.decrypt_in_place(&self.nonce(), &self.binding, chunk);
        opened.map_err(|_| self.failed())?;
        self.next = self.next.saturating_add(1);
        Ok(())
    }
}

/// The content's commitment, worked out as the content passes.
pub(super) enum Committed {
    /// Hashed as it stands.
    Hashed(ContentHasher),
    /// Held whole, as it comes: what a header says of its length is not known to be true.
    Whole(Wiped),
}

impl Committed {
    /// Of content in this form.
    pub(super) fn new(form: ContentForm, key: &RecordKey) -> Self {
        match form {
            ContentForm::AsItStands => Self::Hashed(ContentHasher::new(key.content_salt())),
            ContentForm::FhirJson => Self::Whole(Wiped::new()),
        }
    }

    pub(super) fn update(&mut self, piece: &[u8]) {
        match self {
            Self::Hashed(hasher) => hasher.update(piece),
            Self::Whole(bytes) => bytes.extend(piece),
        }
    }

    /// The commitment; and the canonical content where it differs from what is sealed.
    pub(super) fn commitment(
        self,
        key: &RecordKey,
    ) -> Result<(RecordCommitment, Option<Content>), SealError> {
        match self {
            Self::Hashed(hasher) => Ok((hasher.finish(), None)),
            Self::Whole(original) => {
                let content = canonical(original.expose())?;
                Ok((content_commitment(key.content_salt(), content.expose()), Some(content)))
            }
        }
    }

    /// Checks the commitment; gives the canonical content where it differs from what is sealed.
    fn finish(self, key: &RecordKey, commitments: &Commitments) -> Result<Option<Content>, SealError> {
        let (commitment, content) = self.commitment(key)?;
        if commitment == commitments.content {
            Ok(content)
        } else {
            Err(SealError::CommitsToAnother { error: CommitmentError::WrongContent })
        }
    }
}

/// The canonical form of one FHIR resource.
///
/// # Errors
/// [`SealError::NotInForm`].
pub fn canonical(original: &[u8]) -> Result<Content, SealError> {
    let bytes = canonicalise(original, "Resource", &Limits::BUNDLE);
    Ok(Content::new(bytes.map_err(|error| SealError::NotInForm { error })?))
}

/// What is to be sealed.
#[derive(Clone, Copy)]
pub struct Plan<'a> {
    /// How the bytes become what was committed to.
    pub form: ContentForm,
    /// How many bytes will be given.
    pub length: u64,
    /// What the record commits to.
    pub commitments: Commitments,
    /// Its facts.
    pub facts: &'a Facts,
}

/// Seals a record piece by piece. What it writes is a sealed record only if [`Sealer::finish`] succeeds.
pub struct Sealer {
    key: RecordKey,
    commitments: Commitments,
    chunks: Chunks,
    /// `None` where the commitment was just worked out from these very bytes: hashing them again would take as long as all the
    /// rest.
    committed: Option<Committed>,
    buffer: Zeroizing<Vec<u8>>,
    given: u64,
    length: u64,
}

impl Sealer {
    /// Begins, and writes preamble and header to `out`. The key must be of this record alone.
    ///
    /// # Errors
    /// [`SealError::TooLong`], and [`SealError::CommitsToAnother`] for facts that the commitments do not commit to.
    pub fn new(
        key: &RecordKey,
        plan: &Plan<'_>,
        rng: &mut impl CryptoRng,
        out: &mut Vec<u8>,
    ) -> Result<Self, SealError> {
        let head = Self::head(key, plan, rng)?;
        Self::begin(key, plan, head, Some(Committed::new(plan.form, key)), out)
    }

    /// Seals all of a record, of which the commitments were worked out from just these bytes.
    ///
    /// # Errors
    /// As [`Self::new`], [`Self::feed`] and [`Self::finish`].
    pub(super) fn seal_known(
        key: &RecordKey,
        plan: &Plan<'_>,
        rng: &mut impl CryptoRng,
        original: &[u8],
    ) -> Result<(Vec<u8>, Vec<u8>), SealError> {
        let head = Self::head(key, plan, rng)?;
        let (mut start, mut chunks) = (Vec::new(), Vec::new());
        let mut sealer = Self::begin(key, plan, head, None, &mut start)?;
        sealer.feed(original, &mut chunks)?;
        sealer.finish(&mut chunks)?;
        Ok((start, chunks))
    }

    fn head(key: &RecordKey, plan: &Plan<'_>, rng: &mut impl CryptoRng) -> Result<SealedHead, SealError> {
        let Plan { form, length, commitments, .. } = *plan;
        check_length(form, length)?;
        let mut prefix = [0; StreamPrefix::LEN];
        rng.fill_bytes(&mut prefix);
        Ok(SealedHead {
            suite: SealSuite::XChaCha20Poly1305Stream,
            chunk: CHUNK,
            form,
            length,
            commitments,
            key: key.commitment(),
            prefix: StreamPrefix(prefix),
        })
    }

    fn begin(
        key: &RecordKey,
        plan: &Plan<'_>,
        head: SealedHead,
        committed: Option<Committed>,
        out: &mut Vec<u8>,
    ) -> Result<Self, SealError> {
        let Plan { length, commitments, facts, .. } = *plan;
        let header = head.with_facts(key, facts)?;
        header.open_facts(key)?;
        out.extend_from_slice(&header.to_bytes()?);
        Ok(Self {
            key: key.clone(),
            commitments,
            chunks: Chunks::new(&header, key)?,
            committed,
            buffer: Zeroizing::new(Vec::with_capacity(ROOM)),
            given: 0,
            length,
        })
    }

    /// Takes the next bytes of the content; appends what is sealed of it to `out`.
    ///
    /// # Errors
    /// [`SealError::OtherLength`].
    pub fn feed(&mut self, mut input: &[u8], out: &mut Vec<u8>) -> Result<(), SealError> {
        let actual = self.given.saturating_add(u64::try_from(input.len()).unwrap_or(u64::MAX));
        if actual > self.length {
            return Err(SealError::OtherLength { actual, expected: self.length });
        }
        self.given = actual;
        if let Some(committed) = &mut self.committed {
            committed.update(input);
        }
        while !input.is_empty() {
            let room = usize::try_from(CHUNK).unwrap_or(usize::MAX).saturating_sub(self.buffer.len());
            let (now, later) = input.split_at(room.min(input.len()));
            self.buffer.extend_from_slice(now);
            input = later;
            // The last one waits for the end.
            if now.len() == room && !self.chunks.is_last() {
                self.flush(out)?;
            }
        }
        Ok(())
    }

    /// Ends: writes the last chunk, and checks that what was sealed is what was committed to.
    ///
    /// # Errors
    /// [`SealError::OtherLength`], [`SealError::NotInForm`], [`SealError::CommitsToAnother`].
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), SealError> {
        if self.given != self.length {
            return Err(SealError::OtherLength { actual: self.given, expected: self.length });
        }
        self.flush(out)?;
        match self.committed {
            Some(committed) => committed.finish(&self.key, &self.commitments).map(drop),
            None => Ok(()),
        }
    }

    /// The record's key.
    #[must_use]
    pub const fn key(&self) -> &RecordKey {
        &self.key
    }

    /// What the record commits to.
    #[must_use]
    pub const fn commitments(&self) -> &Commitments {
        &self.commitments
    }

    fn flush(&mut self, out: &mut Vec<u8>) -> Result<(), SealError> {
        self.chunks.seal(&mut self.buffer)?;
        out.extend_from_slice(&self.buffer);
        self.buffer.clear();
        Ok(())
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealer({} of {} bytes)", self.given, self.length)
    }
}

impl fmt::Debug for Plan<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Plan({} bytes)", self.length)
    }
}

/// What was opened, at its end. `Debug` shows nothing of it.
pub struct OpenedStream {
    /// The header.
    pub header: SealedHeader,
    /// The record's facts.
    pub facts: Facts,
    /// The canonical content, where it is not what was sealed.
    pub canonical: Option<Content>,
}

impl fmt::Debug for OpenedStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OpenedStream(secret)")
    }
}

/// Opens a sealed record piece by piece. Each piece of content that it gives was sealed with this key at this place; that
/// they are the whole record, and the one committed to, is known only when [`Opener::finish`] succeeds. Until then nothing
/// may be done with them that can't be undone.
pub struct Opener {
    key: RecordKey,
    commitments: Commitments,
    state: State,
    buffer: Zeroizing<Vec<u8>>,
    given: u64,
}

enum State {
    /// Preamble and header are gathered.
    Start,
    /// Chunks are opened.
    Chunks(alloc::boxed::Box<Body>),
    /// It went wrong, for good.
    Failed(SealError),
}

struct Body {
    header: SealedHeader,
    facts: Facts,
    chunks: Chunks,
    committed: Committed,
    /// Bytes of the whole container.
    end: u64,
}

impl Opener {
    /// Opens the record with these commitments, which the ledger holds of it.
    #[must_use]
    pub fn new(key: &RecordKey, commitments: &Commitments) -> Self {
        let buffer = Zeroizing::new(Vec::with_capacity(ROOM));
        Self { key: key.clone(), commitments: *commitments, state: State::Start, buffer, given: 0 }
    }

    /// Takes the next bytes of the container; appends what is opened of the content to `out`.
    ///
    /// # Errors
    /// [`SealError`]; after one, every call gives it again.
    pub fn feed(&mut self, input: &[u8], out: &mut Vec<u8>) -> Result<(), SealError> {
        let fed = self.advance(input, out);
        if let Err(error) = &fed {
            self.buffer.zeroize();
            self.state = State::Failed(error.clone());
        }
        fed
    }

    fn advance(&mut self, mut input: &[u8], out: &mut Vec<u8>) -> Result<(), SealError> {
        self.given = self.given.saturating_add(u64::try_from(input.len()).unwrap_or(u64::MAX));
        loop {
            let wanted = match &self.state {
                State::Start => self.wanted_of_start()?,
                State::Chunks(body) if self.given > body.end => {
                    return Err(SealError::Surplus { expected: body.end });
                }
                State::Chunks(body) => body.chunk_bytes(),
                State::Failed(error) => return Err(error.clone()),
            };
            let missing = wanted.saturating_sub(self.buffer.len());
            let (now, later) = input.split_at(missing.min(input.len()));
            self.buffer.extend_from_slice(now);
            input = later;
            if self.buffer.len() < wanted {
                return Ok(());
            }
            match &mut self.state {
                State::Chunks(body) if wanted > 0 => {
                    body.chunks.open(&mut self.buffer)?;
                    body.committed.update(&self.buffer);
                    out.extend_from_slice(&self.buffer);
                    self.buffer.zeroize();
                }
                // Everything has been opened.
                State::Chunks(_) => return Ok(()),
                State::Start if wanted > PREAMBLE => {
                    let body = Body::begin(&self.buffer, &self.key, &self.commitments)?;
                    self.buffer.zeroize();
                    self.buffer.reserve(ROOM);
                    self.state = State::Chunks(alloc::boxed::Box::new(body));
                }
                State::Start => {}
                State::Failed(error) => return Err(error.clone()),
            }
        }
    }

    /// The preamble first, then all of the header.
    fn wanted_of_start(&self) -> Result<usize, SealError> {
        match self.buffer.first_chunk::<PREAMBLE>() {
            None => Ok(PREAMBLE),
            Some(preamble) => {
                let start = SealedHeader::start_bytes(preamble)?;
                // A header of nothing still takes this path once more, and is refused.
                Ok(usize::try_from(start).unwrap_or(usize::MAX).max(PREAMBLE.saturating_add(1)))
            }
        }
    }

    /// How many bytes it holds of the content.
    #[cfg(test)]
    pub(super) fn room(&self) -> usize {
        match &self.state {
            State::Chunks(body) => match &body.committed {
                Committed::Whole(bytes) => bytes.room(),
                Committed::Hashed(_) => 0,
            },
            State::Start | State::Failed(_) => 0,
        }
    }

    /// The facts, once the header has been opened.
    #[must_use]
    pub const fn facts(&self) -> Option<&Facts> {
        match &self.state {
            State::Chunks(body) => Some(&body.facts),
            State::Start | State::Failed(_) => None,
        }
    }

    /// Ends: checks that nothing is missing, and that what was opened is what was committed to.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn finish(self) -> Result<OpenedStream, SealError> {
        let Self { key, state, buffer, given, .. } = self;
        let body = match state {
            State::Chunks(body) => *body,
            State::Failed(error) => return Err(error),
            // Says what is wrong with the beginning.
            State::Start => {
                let short = SealError::Truncated { actual: given, expected: given.saturating_add(1) };
                return Err(SealedHeader::read(&buffer).err().unwrap_or(short));
            }
        };
        let Body { header, facts, chunks, committed, end } = body;
        if chunks.next != chunks.count {
            return Err(SealError::Truncated { actual: given, expected: end });
        }
        let canonical = committed.finish(&key, &header.head.commitments)?;
        Ok(OpenedStream { header, facts, canonical })
    }
}

impl Body {
    fn begin(start: &[u8], key: &RecordKey, commitments: &Commitments) -> Result<Self, SealError> {
        let (header, bytes) = SealedHeader::read(start)?;
        header.check_record(commitments)?;
        let facts = header.open_facts(key)?;
        let start = u64::try_from(bytes).unwrap_or(u64::MAX);
        Ok(Self {
            facts,
            chunks: Chunks::new(&header, key)?,
            committed: Committed::new(header.head.form, key),
            end: header.head.chunk_bytes().saturating_add(start),
            header,
        })
    }

    /// Bytes of the next chunk with its tag; 0 after the last.
    fn chunk_bytes(&self) -> usize {
        let Chunks { next, count, .. } = self.chunks;
        if next >= count {
            return 0;
        }
        let left = self.header.head.length.saturating_sub(next.saturating_mul(CHUNK));
        usize::try_from(left.min(CHUNK).saturating_add(OVERHEAD)).unwrap_or(ROOM)
    }
}

impl fmt::Debug for Opener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Opener({} bytes)", self.given)
    }
}

/// Seals the only chunk of a forged container.
#[cfg(all(test, feature = "local"))]
#[allow(clippy::unwrap_used, reason = "for tests")]
pub(super) fn seal_last(header: &SealedHeader, key: &RecordKey, chunk: &mut Vec<u8>) {
    Chunks::new(header, key).unwrap().seal(chunk).unwrap();
}
