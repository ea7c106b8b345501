//! A ledger in one process: for tests, teaching, simulations, and applications without a consortium.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::chain::Genesis;
use medledger_core::codec::encode;
use medledger_core::error::ReadError;
use medledger_core::hash::{Did, StateKey};
use medledger_core::identity::did_to_text;
use medledger_core::light::{KeptResult, Receipt};
use medledger_core::limits::GENESIS;
use medledger_core::state::{self, Recorder};
use medledger_core::units::{Height, Millis};

use super::access::{AccessQuestion, Session};
use super::consent::Consent;
use super::draft::{Draft, Sender};
use super::error::{ArgumentError, Error, unread};
use super::identities::{key_of, transaction_id};
use super::identity::Identity;
use super::key::{Key, Progress};
use super::logs::{AccessLog, AuthorityLog, LogKind, Timeline};
use super::parse;
use super::reading::{self, there};
use super::status::Status;
use super::terms::{Terms, consent_of};
use super::units::{Bytes, Count, Time, rule};
use crate::access_log::LoggedSession;
use crate::local;
use crate::local::ledger::{EventPlace, LedgerError};
use crate::wallet::WholeLog;

/// What came of a transaction in a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TransactionResult {
    /// Its id; null where it did not authenticate, since then its bytes prove nothing about an id.
    pub transaction: Option<String>,
    /// The rule that refused it; null where it was done.
    pub rule: Option<String>,
    /// Whose logs it stands in.
    pub subjects: Vec<String>,
}

/// A block that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BlockSummary {
    /// Its height.
    pub height: Count,
    /// Its time.
    pub time: Time,
    /// The hash of its header.
    pub app_root: String,
    /// What came of its transactions, in their order.
    pub results: Vec<TransactionResult>,
}

/// A block as it travels: its bytes, and the evidence that it is final.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CertifiedBlock {
    /// The block.
    pub block: Bytes,
    /// The evidence.
    pub evidence: Bytes,
}

impl From<LedgerError> for Error {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Genesis(error) => error.into(),
            LedgerError::Transaction(error) => error.into(),
            LedgerError::Engine(error) => error.into(),
        }
    }
}

impl<E: core::fmt::Display> From<local::EngineError<E>> for Error {
    fn from(error: local::EngineError<E>) -> Self {
        match error {
            local::EngineError::Read(error) => unread("state", &error),
            local::EngineError::Block(error) => error.into(),
            local::EngineError::Codec(error) => error.into(),
            local::EngineError::Crypto(error) => error.into(),
            local::EngineError::Fault(error) => error.into(),
        }
    }
}

impl From<&KeptResult> for TransactionResult {
    fn from(kept: &KeptResult) -> Self {
        Self {
            transaction: kept.result.id.as_ref().map(ToString::to_string),
            rule: rule(kept.result.code),
            subjects: kept.events.iter().map(|event| did_to_text(&event.subject)).collect(),
        }
    }
}

/// A whole ledger in memory, with one validator or several that take turns.
#[derive(Debug)]
pub struct Ledger(local::Ledger);

impl Ledger {
    /// A ledger at its genesis.
    ///
    /// # Errors
    /// COD, IDN and CHN rules for bytes that are no sound genesis, LOC-001 for one with another rule of finality.
    pub fn new(genesis: &[u8]) -> Result<Self, Error> {
        let genesis: Genesis = parse::wire(genesis, &GENESIS)?;
        Ok(Self(local::Ledger::new(genesis)?))
    }

    /// A ledger from its bytes. Everything is verified from the genesis: each block is judged and executed, and its evidence
    /// checked against what the execution gives.
    ///
    /// # Errors
    /// The rule that is broken first; API-009 when `progress` stops it.
    pub fn open(bytes: &[u8], now: Time, progress: &mut dyn Progress) -> Result<Self, Error> {
        let step = |done, total| {
            if progress.step(done, total) { Ok(()) } else { Err(Error::from(ArgumentError::Stopped)) }
        };
        Ok(Self(local::Ledger::follow(bytes, now.into(), step)?))
    }

    /// The ledger as bytes: its genesis, and its blocks with their evidence. What waits is not part of it.
    ///
    /// # Errors
    /// COD-013, which a ledger never gives.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        Ok(self.0.to_bytes()?)
    }

    /// The genesis.
    ///
    /// # Errors
    /// COD-013, which a genesis never gives.
    pub fn genesis(&self) -> Result<Vec<u8>, Error> {
        Ok(encode(self.0.genesis())?)
    }

    /// The newest block.
    #[must_use]
    pub fn status(&self) -> Status {
        Status::new(&self.0.genesis().name, self.0.tip())
    }

    /// Takes a transaction to stand in a coming block, if it would count now; its id.
    ///
    /// # Errors
    /// The rule by which it would not count. Nothing has changed then.
    pub fn submit(&mut self, transaction: &[u8], now: Time) -> Result<String, Error> {
        Ok(self.0.submit(transaction.to_vec(), now.into())?.id.to_string())
    }

    /// Makes and commits the next block with a validator's key, from what waits.
    ///
    /// # Errors
    /// LOC-002 when it is not the key's turn, BLK rules for a time before the newest block's.
    pub fn produce(&mut self, validator: &Key, now: Time) -> Result<BlockSummary, Error> {
        self.0.produce(&validator.0, now.into())?;
        self.block_summary(self.0.tip().height.0)
    }

    /// The next block, put together from what waits, for a validator whose key lies elsewhere to certify. Nothing changes
    /// until it is.
    ///
    /// # Errors
    /// As [`produce`](Self::produce).
    pub fn propose(&self, validator: &[u8], now: Time) -> Result<Proposal, Error> {
        let key = parse::public_key("validator", validator)?;
        Ok(Proposal(self.0.propose(&key, now.into())?))
    }

    /// Certifies a proposal with a signature that was made elsewhere, and commits it.
    ///
    /// # Errors
    /// CRY rules for a signature that does not verify, LOC-003 for a proposal that does not stand on the newest block.
    pub fn certify(
        &mut self,
        proposal: &Proposal,
        validator: &[u8],
        signature: &[u8],
    ) -> Result<BlockSummary, Error> {
        let key = parse::public_key("validator", validator)?;
        self.0.certify(proposal.0.clone(), &key, parse::signature(signature)?)?;
        self.block_summary(self.0.tip().height.0)
    }

    /// Follows another ledger: accepts a block that its validator certified.
    ///
    /// # Errors
    /// The rule that the block or its evidence breaks. Nothing has changed then.
    pub fn accept(&mut self, block: &CertifiedBlock, now: Time) -> Result<BlockSummary, Error> {
        let evidence = parse::wire(&block.evidence.0, &medledger_core::limits::PROOF)?;
        self.0.accept(&block.block.0, &evidence, now.into())?;
        self.block_summary(self.0.tip().height.0)
    }

    /// The block of a height, with its evidence, for others to accept.
    ///
    /// # Errors
    /// API-007 for the genesis and heights to come.
    pub fn block(&self, height: u64) -> Result<CertifiedBlock, Error> {
        let block = there("block", &height.to_string(), self.0.block(Height(height)))?;
        let header = there("block", &height.to_string(), self.0.header(Height(height)))?;
        Ok(CertifiedBlock { block: Bytes(block.to_vec()), evidence: Bytes(encode(&header.evidence)?) })
    }

    /// What came of the block of a height.
    ///
    /// # Errors
    /// API-007 for the genesis and heights to come.
    pub fn block_summary(&self, height: u64) -> Result<BlockSummary, Error> {
        let header = there("block", &height.to_string(), self.0.header(Height(height)))?;
        let results = there("block", &height.to_string(), self.0.results(Height(height)))?;
        Ok(BlockSummary {
            height: Count(height),
            time: header.header.time.into(),
            app_root: header.header.hash()?.to_string(),
            results: results.results.iter().map(TransactionResult::from).collect(),
        })
    }

    /// The header of a height with its evidence, for readers without a ledger.
    ///
    /// # Errors
    /// API-007 for the genesis and heights to come.
    pub fn header(&self, height: u64) -> Result<Vec<u8>, Error> {
        Ok(encode(there("block", &height.to_string(), self.0.header(Height(height)))?)?)
    }

    /// The bytes of a transaction that was recorded.
    ///
    /// # Errors
    /// API-002 for an id that is none, API-007 for one that was not recorded.
    pub fn transaction(&self, id: &str) -> Result<Vec<u8>, Error> {
        there("transaction", id, self.0.transaction(&transaction_id("id", id)?))
    }

    /// Whoever is to sign with a key, with the key's next counter, valid for some milliseconds.
    ///
    /// # Errors
    /// API-002 for what is none.
    pub fn sender(&self, did: &str, key: &str, now: Time, valid_for: u64) -> Result<Sender, Error> {
        let who = (parse::did("did", did)?, key_of("key", key)?);
        let when = (now.into(), Millis(valid_for));
        let sender = reading::sender(self.0.state(), self.0.tip().chain, who, when);
        let sender = sender.map_err(|error| unread("use of the key", &error))?;
        Ok((&there("time after", &valid_for.to_string(), sender)?).into())
    }

    /// An identity with its live keys; null where there is none.
    ///
    /// # Errors
    /// API-002 for what is no DID.
    pub fn identity(&self, did: &str) -> Result<Option<Identity>, Error> {
        reading::identity(self.0.state(), parse::did("did", did)?).map_err(|error| unread("identity", &error))
    }

    /// An identity as the ledger holds it: what a rotation names.
    ///
    /// # Errors
    /// API-002 for what is no DID, API-007 where there is none.
    pub fn control(&self, did: &str) -> Result<Vec<u8>, Error> {
        let control = reading::control(self.0.state(), parse::did("did", did)?);
        reading::control_bytes(control.map_err(|error| unread("identity", &error))?, did)
    }

    /// A consent as it stands at a time.
    ///
    /// # Errors
    /// API-002 for what is no id, API-007 where there is none.
    pub fn consent(&self, consent: &str, now: Time) -> Result<Consent, Error> {
        let held = reading::consent(self.0.state(), consent_of("consent", consent)?, now.into());
        there("consent", consent, held.map_err(|error| unread("consent", &error))?)
    }

    /// All active consents of a subject, in the order of their slots, as they stand at a time.
    ///
    /// # Errors
    /// API-002 for what is no DID.
    pub fn consents(&self, subject: &str, now: Time) -> Result<Vec<Consent>, Error> {
        let subject = parse::did("subject", subject)?;
        reading::consents(self.0.state(), subject, now.into()).map_err(|error| unread("consent", &error))
    }

    /// A new consent in the lowest slot that is free or whose consent has ended, for the patient to sign.
    ///
    /// # Errors
    /// CON and WAL rules for terms that can't stand, WAL-001 where all slots are taken.
    pub fn grant(&self, patient: &Sender, terms: &Terms, now: Time) -> Result<Draft, Error> {
        reading::grant(self.0.state(), patient, terms, now.into())?.map_err(|error| unread("slot", &error))
    }

    /// New terms for a consent in its current version, for its patient to sign.
    ///
    /// # Errors
    /// CON and WAL rules for terms that can't stand and consents that are over.
    pub fn amend(&self, patient: &Sender, consent: &str, terms: &Terms, now: Time) -> Result<Draft, Error> {
        let consent = consent_of("consent", consent)?;
        reading::amend(self.0.state(), patient, (consent, terms), now.into())?
            .map_err(|error| unread("consent", &error))
    }

    /// A subject's timeline.
    ///
    /// # Errors
    /// API-002 for what is no DID.
    pub fn timeline(&self, subject: &str) -> Result<Timeline, Error> {
        Ok(Timeline::new(subject.to_string(), &self.whole(subject, state::LogKind::Timeline)?))
    }

    /// A subject's access log; sessions stand as of a time.
    ///
    /// # Errors
    /// API-002 for what is no DID.
    pub fn access_log(&self, subject: &str, now: Time) -> Result<AccessLog, Error> {
        let log = self.whole(subject, state::LogKind::Access)?;
        Ok(AccessLog::new(subject.to_string(), &log, now.into()))
    }

    /// A subject's authority log.
    ///
    /// # Errors
    /// API-002 for what is no DID.
    pub fn authority_log(&self, subject: &str) -> Result<AuthorityLog, Error> {
        Ok(AuthorityLog::new(subject.to_string(), &self.whole(subject, state::LogKind::Authority)?))
    }

    /// The sessions of a subject that a custodian has not closed.
    ///
    /// # Errors
    /// API-002 for what is no DID.
    pub fn unclosed_sessions(&self, subject: &str) -> Result<Vec<Session>, Error> {
        let sessions = self.whole(subject, state::LogKind::Access)?.sessions();
        Ok(sessions.iter().filter(|of| LoggedSession::is_unclosed(of)).map(Session::from).collect())
    }

    /// One of a subject's logs with the proof that it is all, for readers without a ledger.
    ///
    /// # Errors
    /// API-002 for what is no DID, API-007 at the genesis.
    pub fn prove_log(&self, subject: &str, log: LogKind) -> Result<Vec<u8>, Error> {
        let subject = parse::did("subject", subject)?;
        Ok(encode(&there("proof", "at the genesis", self.0.log_proof(&subject, log.into()))?)?)
    }

    /// The receipt of what a transaction says in a subject's log, with the evidence for its own header.
    ///
    /// # Errors
    /// API-002 for what is none, API-007 where the transaction says nothing about the subject.
    pub fn receipt(&self, transaction: &str, subject: &str) -> Result<Vec<u8>, Error> {
        let receipt = self.0.receipt(self.event(transaction, subject)?);
        self.encoded(transaction, receipt)
    }

    /// The same receipt, refreshed to stand on the newest header; it outlives every rotation of the validators.
    ///
    /// # Errors
    /// API-002 for what is none, API-007 where the transaction says nothing about the subject.
    pub fn refreshed_receipt(&self, transaction: &str, subject: &str) -> Result<Vec<u8>, Error> {
        let place = self.event(transaction, subject)?;
        let receipt = self.0.refreshed(place).or_else(|| self.0.receipt(place));
        self.encoded(transaction, receipt)
    }

    /// What stands under these keys of the state, proven under the newest header.
    ///
    /// # Errors
    /// API-002 for what is no key, API-007 at the genesis.
    pub fn prove_state(&self, keys: &[String]) -> Result<Vec<u8>, Error> {
        let wanted = "a key of the state: 64 digits of hex";
        let keys = keys.iter().map(|key| parse::hex("keys", wanted, key, StateKey::from_hex));
        Ok(encode(&there("proof", "at the genesis", self.0.certified(&keys.collect::<Result<_, _>>()?))?)?)
    }

    /// An identity with its keys and their use, proven under the newest header: what a sender is made from.
    ///
    /// # Errors
    /// API-002 for what is no DID, API-007 at the genesis.
    pub fn prove_identity(&self, did: &str) -> Result<Vec<u8>, Error> {
        let of = parse::did("did", did)?;
        self.proven("identity", |state| {
            let identity = reading::identity(state, of)?;
            for key in identity.iter().flat_map(|identity| &identity.keys) {
                if let Ok(key) = key_of("key", &key.id) {
                    reading::sender(state, self.0.tip().chain, (of, key), Default::default())?;
                }
            }
            Ok(())
        })
    }

    /// All active consents of a subject, proven under the newest header, the free slots included.
    ///
    /// # Errors
    /// API-002 for what is no DID, API-007 at the genesis.
    pub fn prove_consents(&self, subject: &str) -> Result<Vec<u8>, Error> {
        let subject = parse::did("subject", subject)?;
        self.proven("consent", |state| reading::consents(state, subject, Default::default()).map(drop))
    }

    /// What a custodian's gateway asks, proven under the newest header.
    ///
    /// # Errors
    /// API-002 for what is none, API-007 at the genesis.
    pub fn prove_access(&self, question: &AccessQuestion) -> Result<Vec<u8>, Error> {
        let proof = self.0.access_proof(&question.try_into()?);
        Ok(encode(&there("proof", "at the genesis", proof)?)?)
    }

    fn proven(
        &self,
        what: &'static str,
        read: impl FnOnce(&Recorder<&state::MemoryState>) -> Result<(), ReadError<core::convert::Infallible>>,
    ) -> Result<Vec<u8>, Error> {
        let recorder = Recorder::new(self.0.state());
        read(&recorder).map_err(|error| unread(what, &error))?;
        Ok(encode(&there("proof", "at the genesis", self.0.certified(&recorder.keys()))?)?)
    }

    fn whole(&self, subject: &str, kind: state::LogKind) -> Result<WholeLog, Error> {
        let subject: Did = parse::did("subject", subject)?;
        let leaves = self.0.log(&subject, kind).into_iter().map(|(_, leaf)| leaf.clone()).collect();
        Ok(WholeLog { height: self.0.tip().height, leaves })
    }

    fn event(&self, transaction: &str, subject: &str) -> Result<EventPlace, Error> {
        let (id, of) = (transaction_id("transaction", transaction)?, parse::did("subject", subject)?);
        let found = self.0.find(&id).and_then(|(height, index)| {
            let kept = self.0.results(height)?.results.get(usize::try_from(index).ok()?)?;
            let events = (0_u64..).zip(&kept.events);
            let mut own = events.filter(|(_, event)| event.subject == of);
            own.next().map(|(place, _)| EventPlace { height, index, place })
        });
        there("event of this subject in transaction", transaction, found)
    }

    fn encoded(&self, transaction: &str, receipt: Option<Receipt>) -> Result<Vec<u8>, Error> {
        Ok(encode(&there("receipt of transaction", transaction, receipt)?)?)
    }
}

/// A block that waits for its certificate.
#[derive(Debug)]
pub struct Proposal(local::Proposal);

impl Proposal {
    /// The bytes that the validator's key signs.
    #[must_use]
    pub fn to_sign(&self) -> Vec<u8> {
        self.0.to_sign().to_vec()
    }
}

#[cfg(test)]
pub(super) mod tests;
