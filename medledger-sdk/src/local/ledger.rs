//! A whole ledger in one process: for tests, simulations, teaching, and applications without a consortium.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::convert::Infallible;
use serde_bytes::ByteBuf;

use medledger_core::block::{Block, Tip};
use medledger_core::chain::{Genesis, GenesisError};
use medledger_core::codec::{CodecError, decode, encode};
use medledger_core::consensus::Evidence;
use medledger_core::crypto::{PublicKey, SecretKey, Signature};
use medledger_core::error::{Coded, ReadError, Rule};
use medledger_core::hash::{Did, RecordId, StateKey, TxId};
use medledger_core::light::{CertifiedHeader, KeptResults, LogProof, Receipt};
use medledger_core::limits::PROOF;
use medledger_core::merkle::Log;
use medledger_core::merkle::tree::MemoryTree;
use medledger_core::operation::TransactionError;
use medledger_core::record::Commitments;
use medledger_core::state::{Address, Event, LogKind, LogLeaf, MemoryState, ValueProof};
use medledger_core::units::{Height, Timestamp};
use medledger_core::validate::{Admission, BlockContext, admit};
use medledger_core::wire;

use crate::access_proof::{self, Question};
use crate::certified::CertifiedState;
use crate::export::{self, Export, ExportFault, SubjectLogs};

use super::engine::{Commit, Engine, EngineError, EngineFault, Proposal};

wire! {
    /// A block as it is kept: its bytes and the evidence that it is final. All else follows.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SavedBlock {
        /// The block.
        pub block: ByteBuf,
        /// The evidence.
        pub evidence: Evidence,
    }
}

wire! {
    /// A ledger as bytes.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SavedLedger {
        /// Its genesis.
        pub genesis: Genesis,
        /// Its blocks, from height 1.
        pub blocks: Vec<SavedBlock>,
    }
}

/// Why a ledger stops.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// The genesis.
    #[error(transparent)]
    Genesis(#[from] GenesisError),
    /// A transaction that was not admitted.
    #[error(transparent)]
    Transaction(#[from] TransactionError),
    /// A block.
    #[error(transparent)]
    Engine(#[from] EngineError<Infallible>),
}

impl LedgerError {
    /// The rule that was broken; `None` for damage in memory.
    pub fn rule(&self) -> Option<&'static Rule> {
        match self {
            Self::Genesis(error) => Some(error.rule()),
            Self::Transaction(error) => Some(error.rule()),
            Self::Engine(error) => error.rule(),
        }
    }
}

impl From<CodecError> for LedgerError {
    fn from(error: CodecError) -> Self {
        Self::Engine(error.into())
    }
}

impl From<EngineFault> for LedgerError {
    fn from(fault: EngineFault) -> Self {
        Self::Engine(fault.into())
    }
}

impl From<ReadError<Infallible>> for LedgerError {
    fn from(error: ReadError<Infallible>) -> Self {
        Self::Engine(error.into())
    }
}

/// Where an event stands on the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventPlace {
    /// The block.
    pub height: Height,
    /// The transaction in it.
    pub index: u64,
    /// The event among the transaction's.
    pub place: u64,
}

/// A ledger in memory.
#[derive(Clone, Debug)]
pub struct Ledger {
    genesis: Genesis,
    engine: Engine,
    state: MemoryState,
    tree: MemoryTree,
    tip: Tip,
    /// The log of all headers, the newest included.
    headers: Log,
    blocks: Vec<(ByteBuf, CertifiedHeader, KeptResults)>,
    logs: BTreeMap<(Did, LogKind), Vec<EventPlace>>,
    transactions: BTreeMap<TxId, (Height, u64)>,
    waiting: Vec<Vec<u8>>,
}

impl Ledger {
    /// A ledger at its genesis.
    ///
    /// # Errors
    /// [`LedgerError`] when the genesis is not sound.
    pub fn new(genesis: Genesis) -> Result<Self, LedgerError> {
        let (engine, opened) = Engine::new(&genesis)??;
        let mut state = MemoryState::new();
        state.apply(&opened.delta);
        let mut tree = MemoryTree::default();
        tree.apply(opened.tree);
        let mut headers = Log::new();
        headers.append(&opened.hash.0);
        let tip = Tip { chain: opened.chain, height: Height(0), time: genesis.time, hash: opened.hash };
        let (blocks, logs, transactions, waiting) = Default::default();
        Ok(Self { genesis, engine, state, tree, tip, headers, blocks, logs, transactions, waiting })
    }

    /// The genesis.
    #[must_use]
    pub const fn genesis(&self) -> &Genesis {
        &self.genesis
    }

    /// The newest block.
    #[must_use]
    pub const fn tip(&self) -> &Tip {
        &self.tip
    }

    /// The state after it.
    #[must_use]
    pub const fn state(&self) -> &MemoryState {
        &self.state
    }

    /// Takes a transaction to stand in a coming block, if it would count now.
    ///
    /// # Errors
    /// [`LedgerError::Transaction`] says why it would not; nothing has changed then.
    pub fn submit(&mut self, transaction: Vec<u8>, now: Timestamp) -> Result<Admission, LedgerError> {
        let height = self.tip.height.next().unwrap_or(self.tip.height);
        let time = now.max(self.tip.time);
        let cx = BlockContext { chain: self.tip.chain, height, time, previous: self.tip.hash };
        let admission = admit(&self.state, &cx, &transaction)??;
        self.waiting.push(transaction);
        Ok(admission)
    }

    /// The next block, put together from what waits. Nothing changes until it is certified and committed.
    ///
    /// # Errors
    /// [`LedgerError::Engine`].
    pub fn propose(&self, key: &PublicKey, now: Timestamp) -> Result<Proposal, LedgerError> {
        Ok(self.engine.propose((&self.state, &self.tree), &self.tip, &self.waiting, key, now)?)
    }

    /// Certifies a proposal with a signature that was made elsewhere, and commits it.
    ///
    /// # Errors
    /// [`LedgerError::Engine`] when the signature does not verify, or the proposal does not stand on the newest block.
    pub fn certify(
        &mut self,
        proposal: Proposal,
        key: &PublicKey,
        signature: Signature,
    ) -> Result<&CertifiedHeader, LedgerError> {
        let commit = proposal.certify::<Infallible>(key, signature)?;
        if commit.header.header.previous != self.tip.hash {
            return Err(EngineFault::NotCertified { height: commit.tip.height }.into());
        }
        self.commit(commit)
    }

    /// Makes and commits the next block with a validator's key.
    ///
    /// # Errors
    /// [`LedgerError::Engine`].
    pub fn produce(&mut self, key: &SecretKey, now: Timestamp) -> Result<&CertifiedHeader, LedgerError> {
        let public = key.public();
        let proposal = self.propose(&public, now)?;
        let signature = key.sign(proposal.to_sign());
        self.certify(proposal, &public, signature)
    }

    /// Accepts a block that another validator certified.
    ///
    /// # Errors
    /// [`LedgerError::Engine`]; nothing has changed then.
    pub fn accept(
        &mut self,
        block: &[u8],
        evidence: &Evidence,
        now: Timestamp,
    ) -> Result<&CertifiedHeader, LedgerError> {
        let commit = self.engine.accept((&self.state, &self.tree), &self.tip, block, evidence, now)?;
        self.commit(commit)
    }

    fn commit(&mut self, commit: Commit) -> Result<&CertifiedHeader, LedgerError> {
        let Commit { block, transactions, results, delta, tree, header, tip, .. } = commit;
        self.state.apply(&delta);
        self.tree.apply(tree);
        self.headers.append(&tip.hash.0);
        for (index, kept) in (0_u64..).zip(&results.results) {
            if let Some(id) = kept.result.id {
                self.transactions.insert(id, (tip.height, index));
            }
            for (place, event) in (0_u64..).zip(&kept.events) {
                let log = self.logs.entry((event.subject, event.leaf.entry.kind())).or_default();
                log.push(EventPlace { height: tip.height, index, place });
            }
        }
        let settled: BTreeSet<&[u8]> = transactions.iter().map(|bytes| bytes.as_slice()).collect();
        self.waiting.retain(|bytes| !settled.contains(bytes.as_slice()));
        self.tip = tip;
        self.blocks.push((ByteBuf::from(block), header, results));
        match self.blocks.last() {
            Some((_, header, _)) => Ok(header),
            None => Err(EngineFault::NotCertified { height: tip.height }.into()),
        }
    }

    /// The header of a height with its evidence; `None` for the genesis and heights to come.
    #[must_use]
    pub fn header(&self, height: Height) -> Option<&CertifiedHeader> {
        self.kept(height).map(|(_, header, _)| header)
    }

    /// The block of a height.
    #[must_use]
    pub fn block(&self, height: Height) -> Option<&[u8]> {
        self.kept(height).map(|(block, _, _)| block.as_slice())
    }

    /// The results of a height.
    #[must_use]
    pub fn results(&self, height: Height) -> Option<&KeptResults> {
        self.kept(height).map(|(_, _, results)| results)
    }

    /// Where the authenticated transaction with this id stands.
    #[must_use]
    pub fn find(&self, id: &TxId) -> Option<(Height, u64)> {
        self.transactions.get(id).copied()
    }

    fn kept(&self, height: Height) -> Option<&(ByteBuf, CertifiedHeader, KeptResults)> {
        self.blocks.get(usize::try_from(height.0.checked_sub(1)?).ok()?)
    }

    /// One of a subject's logs, with where each entry stands.
    #[must_use]
    pub fn log(&self, subject: &Did, kind: LogKind) -> Vec<(EventPlace, &LogLeaf)> {
        let places = self.logs.get(&(*subject, kind)).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|at| Some((*at, self.leaf(*at)?))).collect()
    }

    fn leaf(&self, at: EventPlace) -> Option<&LogLeaf> {
        let kept = self.results(at.height)?.results.get(usize::try_from(at.index).ok()?)?;
        kept.events.get(usize::try_from(at.place).ok()?).map(|event| &event.leaf)
    }

    /// The receipt of an event, with the evidence for its own header.
    #[must_use]
    pub fn receipt(&self, at: EventPlace) -> Option<Receipt> {
        let (_, header, results) = self.kept(at.height)?;
        results.receipt(header, at.index, at.place).ok().flatten()
    }

    /// The receipt of an event, refreshed to stand on the newest header; `None` where its own is the newest.
    #[must_use]
    pub fn refreshed(&self, at: EventPlace) -> Option<Receipt> {
        let later = self.header(self.tip.height)?;
        let path = self.headers.inclusion_at(at.height.0, later.header.height.0).ok()?;
        let keys = BTreeSet::from([Address::Headers.key()]);
        let peaks = ValueProof::new(&self.state, &self.tree, &keys).ok()?;
        Some(self.receipt(at)?.refreshed(path, peaks, later.clone()))
    }

    /// One of a subject's logs, provably complete as recorded by the newest height; `None` at the genesis.
    #[must_use]
    pub fn log_proof(&self, subject: &Did, kind: LogKind) -> Option<LogProof> {
        let header = self.header(self.tip.height)?.clone();
        let keys = BTreeSet::from([Address::Log(*subject, kind).key()]);
        let head = ValueProof::new(&self.state, &self.tree, &keys).ok()?;
        let leaves = self.log(subject, kind).into_iter().map(|(_, leaf)| leaf.clone()).collect();
        Some(LogProof { subject: *subject, header, head, leaves })
    }

    /// One of a subject's logs as events, each with its position.
    #[must_use]
    pub fn events(&self, subject: &Did, kind: LogKind) -> Vec<Event> {
        let event = |(position, (_, leaf)): (u64, (_, &LogLeaf))| Event {
            subject: *subject,
            position,
            leaf: leaf.clone(),
        };
        (0_u64..).zip(self.log(subject, kind)).map(event).collect()
    }

    /// The bytes of the authenticated transaction with this id.
    #[must_use]
    pub fn transaction(&self, id: &TxId) -> Option<Vec<u8>> {
        let (height, index) = self.find(id)?;
        let block = Block::decode(self.block(height)?).ok()?;
        let index = usize::try_from(index).ok()?;
        block.transactions().get(index).map(|bytes| bytes.to_vec())
    }

    /// The proof that a session stands, at the newest height; `None` at the genesis.
    #[must_use]
    pub fn access_proof(&self, question: &Question) -> Option<CertifiedState> {
        let header = self.header(self.tip.height)?.clone();
        access_proof::make(header, &self.state, &self.tree, question).ok()
    }

    /// Some values of the state, proven at the newest height; `None` at the genesis.
    #[must_use]
    pub fn certified(&self, keys: &BTreeSet<StateKey>) -> Option<CertifiedState> {
        let header = self.header(self.tip.height)?.clone();
        CertifiedState::new(header, &self.state, &self.tree, keys).ok()
    }

    /// Everything of one patient, as of the newest height; `None` at the genesis. `commitments` gives what the records of
    /// a batch commit to.
    pub fn export(
        &self,
        subject: Did,
        mut commitments: impl FnMut(&RecordId) -> Option<Vec<Commitments>>,
    ) -> Option<Result<Export, ExportFault>> {
        let header = self.header(self.tip.height)?.clone();
        let log = |kind| self.events(&subject, kind);
        let logs = SubjectLogs {
            timeline: log(LogKind::Timeline),
            access: log(LogKind::Access),
            authority: log(LogKind::Authority),
        };
        let source = (&self.state, &self.tree);
        export::make(
            header,
            source,
            subject,
            logs,
            |id| Ok(self.transaction(id)),
            |batch| Ok(commitments(batch)),
        )
        .ok()
    }

    /// The ledger as bytes: its genesis, and its blocks with their evidence. What waits is not part of it.
    ///
    /// # Errors
    /// [`LedgerError`], for a ledger that can't be encoded.
    pub fn to_bytes(&self) -> Result<Vec<u8>, LedgerError> {
        let save = |(block, header, _): &(ByteBuf, CertifiedHeader, KeptResults)| SavedBlock {
            block: block.clone(),
            evidence: header.evidence.clone(),
        };
        let blocks = self.blocks.iter().map(save).collect();
        Ok(encode(&SavedLedger { genesis: self.genesis.clone(), blocks })?)
    }

    /// A ledger from its bytes. Everything is verified from the genesis: each block is judged and executed, and its
    /// evidence checked against what the execution gives.
    ///
    /// # Errors
    /// [`LedgerError`] with the first fault.
    pub fn from_bytes(bytes: &[u8], now: Timestamp) -> Result<Self, LedgerError> {
        Self::follow(bytes, now, |_, _| Ok(()))
    }

    /// The same; `step` is told after each block how many of how many are verified, and can stop it.
    ///
    /// # Errors
    /// What `step` gives; [`LedgerError`] with the first fault.
    pub fn follow<E: From<LedgerError>>(
        bytes: &[u8],
        now: Timestamp,
        mut step: impl FnMut(u64, u64) -> Result<(), E>,
    ) -> Result<Self, E> {
        let saved: SavedLedger = decode(bytes, &PROOF).map_err(LedgerError::from)?;
        let mut ledger = Self::new(saved.genesis)?;
        let all = u64::try_from(saved.blocks.len()).unwrap_or(u64::MAX);
        for (done, SavedBlock { block, evidence }) in (1..).zip(&saved.blocks) {
            ledger.accept(block, evidence, now)?;
            step(done, all)?;
        }
        Ok(ledger)
    }
}
