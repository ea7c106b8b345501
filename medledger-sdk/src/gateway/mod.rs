//! The gateway: a custodian's side of access. It holds the custodian's device key and its session logs, and nobody else's
//! secrets; the records come in as arguments.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `judge` | what a release is judged on: the record as it stands, its facts, all active consents |
//! | [`session_log`] | the custodian's logs of its sessions: entries, heads to anchor, closes |
//! | `error` | why there is no decision, or no release |

mod error;
mod judge;
pub mod session_log;

use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec::Vec;
use rand_core::CryptoRng;
use serde_bytes::ByteBuf;

use medledger_core::access::{AccessEntry, AccessError, LogAnchor, SessionEvent, SessionLogEntry};
use medledger_core::codec::{CodecError, decode, encode};
use medledger_core::consent::Combined;
use medledger_core::crypto::SecretKey;
use medledger_core::hash::{AppRootHash, ChainId, Did, RecordId, SessionId};
use medledger_core::identity::{KeyEntry, KeyRole, KeyStatus};
use medledger_core::light::{Anchored, RecordProof, Verifier};
use medledger_core::limits::PROOF;
use medledger_core::operation::{Draft, Operation, Signed};
use medledger_core::record::{Commitments, Facts, TimelineEntry};
use medledger_core::state::LogEntry;
use medledger_core::units::{Height, Millis, Timestamp};
use medledger_core::wire;

use super::access_proof::{self, ProofGap, Proven, Question};
use super::agreement::AgreementSecret;
use super::certified::CertifiedState;
use super::draft::{Sender, approve, sign};
use super::release::{Binding, Release, ReleaseAnswer, ReleaseAsk, ReleaseRequest, SignedAsk, seal};
use super::seal::{RecordKey, SealError, SealedRecord};
use super::signer::SigningError;

pub use error::{GatewayError, NoDecision, Refusal, Refused};
pub use judge::reach;
use session_log::{KeptLogs, SessionLog, anchor, confirm};

wire! {
    /// A record as a custodian keeps it for its gateway: sealed, with the proof that it was anchored.
    #[derive(Clone, Debug)]
    pub struct KeptRecord {
        /// The proof, without what opens it.
        pub proof: RecordProof,
        /// The sealed record, with its wraps.
        pub sealed: SealedRecord,
    }
}

/// A record that a custodian keeps, with its key.
#[derive(Clone, Debug)]
pub struct HeldRecord {
    /// The proof.
    pub proof: RecordProof,
    /// The sealed record.
    pub sealed: SealedRecord,
    /// The record's key.
    pub key: RecordKey,
}

impl KeptRecord {
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

    /// Unwraps the record's key with the custodian's own secrets.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn unwrap(self, secrets: &[AgreementSecret], chain: &ChainId) -> Result<HeldRecord, SealError> {
        let Self { proof, sealed } = self;
        let key = sealed.key(secrets, chain)?;
        Ok(HeldRecord { proof, sealed, key })
    }
}

impl HeldRecord {
    /// The entry of a batch that the record was anchored in, where it was.
    #[must_use]
    pub const fn batch(&self) -> Option<RecordId> {
        batch(&self.proof)
    }

    /// The record's facts, if the sealed record is of these commitments. Opens nothing of the content.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn facts(&self, commitments: &Commitments) -> Result<Facts, SealError> {
        let header = self.sealed.header()?;
        header.check_record(commitments)?;
        header.open_facts(&self.key)
    }
}

/// The entry of a batch that a record was anchored in, where it was.
#[must_use]
pub const fn batch(proof: &RecordProof) -> Option<RecordId> {
    match &proof.receipt.event.leaf.entry {
        LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { batch, .. } } => Some(*batch),
        _ => None,
    }
}

/// What a node is to prove for a request; `batch` is the entry that the record was anchored in, where it was.
#[must_use]
pub const fn question(ask: &ReleaseAsk, batch: Option<RecordId>) -> Question {
    let ReleaseAsk { session, custodian, record, key, .. } = *ask;
    Question { session, custodian, record, key, batch }
}

/// What came of a request.
#[derive(Clone, Debug)]
pub struct Answered {
    /// What the requester is told.
    pub answer: ReleaseAnswer,
    /// What the session log says.
    pub entry: SessionLogEntry,
    /// Why nothing was released; for the patient and the auditor.
    pub refusal: Option<Refusal>,
    /// What the subject's consents said, where they were asked.
    pub decision: Option<Combined>,
}

/// A custodian's gateway.
#[derive(Debug)]
pub struct Gateway {
    did: Did,
    key: SecretKey,
    logs: BTreeMap<SessionId, SessionLog>,
    newest: Option<(Height, AppRootHash)>,
    /// The latest time seen, by its own clock or a header.
    seen: Timestamp,
}

impl Gateway {
    /// A gateway that has judged nothing yet.
    #[must_use]
    pub const fn new(did: Did, key: SecretKey) -> Self {
        Self { did, key, logs: BTreeMap::new(), newest: None, seen: Timestamp(0) }
    }

    /// A gateway with the logs that it kept.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn restore(key: SecretKey, kept: KeptLogs) -> Result<Self, CodecError> {
        let KeptLogs { custodian, height, header, time, sessions } = kept;
        let restore = |kept: session_log::KeptSessionLog| Ok((kept.session, SessionLog::restore(kept)?));
        let logs = sessions.into_iter().map(restore).collect::<Result<_, CodecError>>()?;
        let newest = (height.0 > 0).then_some((height, header));
        Ok(Self { did: custodian, key, logs, newest, seen: time })
    }

    /// What is to be kept between processes.
    #[must_use]
    pub fn keep(&self) -> KeptLogs {
        let (height, header) = self.newest.unwrap_or((Height(0), AppRootHash([0; 32])));
        let sessions = self.logs.iter().map(|(session, log)| log.keep(*session)).collect();
        KeptLogs { custodian: self.did, height, header, time: self.seen, sessions }
    }

    /// The custodian.
    #[must_use]
    pub const fn did(&self) -> Did {
        self.did
    }

    /// Its log of a session.
    #[must_use]
    pub fn log(&self, session: &SessionId) -> Option<&SessionLog> {
        self.logs.get(session)
    }

    /// What a node is to prove for a request.
    #[must_use]
    pub fn question(&self, request: &ReleaseRequest, held: Option<&HeldRecord>) -> Question {
        question(&request.signed.ask, held.and_then(HeldRecord::batch))
    }

    /// Judges a request for a record, and releases it or refuses; either is an entry of the session's log.
    ///
    /// `now` is the gateway's own clock; the later of it and the header's time is what the session and the consents are
    /// judged at. In this order: the proof, the headers and the clock; whether the session names this custodian; the receipt;
    /// whether the requester has signed, and was not answered before. What fails here is not in the log. Then the header's
    /// age; whether the session and its basis still stand; whether the record is the subject's, held, and current; whether
    /// it is inside the session's scope; what all active consents say of the record's own facts.
    ///
    /// # Errors
    /// [`GatewayError`] where there is no decision: nothing is released, nothing stands in the log.
    pub fn release(
        &mut self,
        request: &ReleaseRequest,
        held: Option<&HeldRecord>,
        proof: &CertifiedState,
        (verifier, now): (&Verifier, Timestamp),
        rng: &mut impl CryptoRng,
    ) -> Result<Answered, GatewayError> {
        let verifier = &verifier.at(now);
        let ReleaseAsk { session, record, custodian, .. } = request.signed.ask;
        if custodian != self.did {
            return Err(NoDecision::ToAnother { custodian }.into());
        }
        let proven = access_proof::check(proof, verifier, &self.question(request, held))?;
        self.sees(&proven, now)?;
        let at = now.max(proven.anchored.header.time);
        let stands = proven.standing(at).map_err(|_| ProofGap::Unproven)?;
        if let Err(
            error @ (AccessError::UnknownSession { .. }
            | AccessError::NotNamed { .. }
            | AccessError::AlreadyClosed { .. }),
        ) = stands
        {
            return Err(error.into());
        }
        check_receipt(request, verifier, &proven)?;
        check_signed(&request.signed, verifier.chain(), &proven)?;
        let log = self.logs.entry(session).or_default();
        if log.is_closed() {
            return Err(NoDecision::Closed { session }.into());
        }
        if let Some(head) = &proven.log {
            log.agrees(session, head)?;
        }
        if let Some(number) = log.answers(&request.signed.ask.hash()?) {
            return Err(NoDecision::Answered { session, number }.into());
        }
        let shown = held.map(|held| held.proof.check(verifier)).transpose()?;
        let judged = (|| -> Result<_, Refusal> {
            fresh(&proven, now)?;
            let standing = stands?;
            let (held, commitments) = judge::record(held, shown.as_ref(), &proven, &standing)?;
            // A custodian that can't open what it holds does not hold it.
            let facts = held.facts(&commitments);
            let facts = facts.map_err(|_| Refused::NotHeld { record })?;
            judge::inside(&standing.session.request.scope, &facts)?;
            let combined = judge::decide(&standing, &facts, at);
            Ok((standing, held, combined))
        })();
        let deny = ReleaseAnswer::Deny { session, record };
        let (answer, refusal, decision) = match judged {
            Err(refusal) => (deny, Some(refusal), None),
            Ok((standing, held, combined)) => match judge::refusal(&combined) {
                Some(refusal) => (deny, Some(refusal.into()), Some(combined)),
                None => {
                    let binding = Binding { chain: *verifier.chain(), session, record, custodian };
                    let key = &standing.session.request.key;
                    let (encapsulated, ciphertext) = seal(key, &binding, &held.key, rng)?;
                    let proof = RecordProof { opening: None, ..held.proof.clone() };
                    let container = held.sealed.container().map(ByteBuf::from);
                    let release =
                        Release { session, record, custodian, proof, encapsulated, ciphertext, container };
                    (ReleaseAnswer::Permit { release }, None, Some(combined))
                }
            },
        };
        let event = match &refusal {
            None => SessionEvent::Released { record },
            Some(refusal) => SessionEvent::Refused { record, why: refusal.as_logged() },
        };
        let entry = log.append(request.signed.clone(), &proven.anchored, now, event)?;
        Ok(Answered { answer, entry, refusal, decision })
    }

    /// That the headers never run back, that there is one of each height, and that the clock does not run back either:
    /// whoever could set it back would make an old header fresh.
    fn sees(&mut self, proven: &Proven, now: Timestamp) -> Result<(), NoDecision> {
        let Anchored { header, hash } = &proven.anchored;
        let (height, hash) = (header.height, *hash);
        let seen = self.seen.max(header.time);
        if now.plus(proven.params.clock_ahead).is_some_and(|latest| latest < seen) {
            return Err(NoDecision::ClockRunsBack { now, seen });
        }
        match self.newest {
            Some((seen, _)) if height < seen => Err(NoDecision::HeaderRunsBack { height, seen }),
            Some((seen, known)) if height == seen && hash != known => {
                Err(NoDecision::Forked { height, seen: known, shown: hash })
            }
            _ => {
                self.newest = Some((height, hash));
                self.seen = seen.max(now);
                Ok(())
            }
        }
    }

    /// Forgets the latest time that it has seen: its clock was ahead, and its custodian has set it right. Only for one who
    /// has satisfied himself of the time.
    pub const fn clock_was_ahead(&mut self) {
        self.seen = Timestamp(0);
    }

    /// Judges nothing more under a session: its close waits for the next anchor. A custodian closes every session that
    /// names it, also one under which nothing was asked.
    pub fn close(&mut self, session: SessionId, now: Timestamp) {
        self.logs.entry(session).or_default().close(now);
    }

    /// The heads and closes that wait, at most 1,024, for the custodian to sign; `None` when none does. What the ledger
    /// has recorded is [confirmed](Self::confirm), and does not wait any more.
    #[must_use]
    pub fn anchor(&self) -> Option<LogAnchor> {
        anchor(&self.logs)
    }

    /// The same as a draft.
    #[must_use]
    pub fn anchor_draft(&self, signer: &Sender) -> Option<Draft> {
        self.anchor().map(|anchor| signer.draft(Operation::AnchorLogs { anchor }))
    }

    /// Remembers that the ledger has recorded an anchor.
    pub fn confirm(&mut self, anchor: &LogAnchor) {
        confirm(&mut self.logs, anchor);
    }

    /// The sessions whose log is not closed here.
    #[must_use]
    pub fn open_sessions(&self) -> Vec<SessionId> {
        self.logs.iter().filter(|(_, log)| !log.is_closed()).map(|(session, _)| *session).collect()
    }

    /// Countersigns a session request on a legal ground.
    ///
    /// # Errors
    /// [`SigningError`] when it has approved already.
    pub fn countersign(&self, draft: &mut Draft) -> Result<(), SigningError> {
        approve(draft, &self.key)
    }

    /// Signs a draft.
    ///
    /// # Errors
    /// [`SigningError`].
    pub fn sign(&self, draft: &Draft) -> Result<Signed, SigningError> {
        sign(draft, &self.key)
    }
}

/// That the receipt is genuine, of this session, and says what the state holds of it.
fn check_receipt(request: &ReleaseRequest, verifier: &Verifier, proven: &Proven) -> Result<(), GatewayError> {
    request.receipt.check(verifier)?;
    match &request.receipt.event.leaf.entry {
        LogEntry::Access { entry: AccessEntry::Opened { session, state } }
            if *session == request.signed.ask.session && proven.session.as_ref() == Some(state) =>
        {
            Ok(())
        }
        _ => Err(NoDecision::ReceiptMismatch { session: request.signed.ask.session }.into()),
    }
}

/// That a live device of the session's requester has signed.
fn check_signed(signed: &SignedAsk, chain: &ChainId, proven: &Proven) -> Result<(), NoDecision> {
    let key = signed.ask.key;
    let requester = proven.session.as_ref().map(|session| session.requester);
    let live = |entry: &&KeyEntry| {
        Some(entry.did) == requester && (entry.role, entry.status) == (KeyRole::Device, KeyStatus::Live)
    };
    let entry = proven.key.as_ref().filter(live).ok_or(NoDecision::NotTheRequesters { key })?;
    let checked = signed.check(chain, &entry.keys.signing);
    checked.map_err(|error| NoDecision::NotSigned { why: error.to_string() })
}

/// That the header is younger than the network's freshness: at just that age it is too old.
fn fresh(proven: &Proven, now: Timestamp) -> Result<(), Refusal> {
    let (time, limit) = (proven.anchored.header.time, proven.params.freshness);
    let age = now.since(time).unwrap_or(Millis(0));
    if age < limit { Ok(()) } else { Err(Refused::HeaderTooOld { age, limit }.into()) }
}

#[cfg(test)]
mod tests;
