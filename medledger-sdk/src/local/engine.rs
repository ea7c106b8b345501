//! The authority engine, without I/O: it says what the next block is and what to sign; the host signs, stores, sends.

use alloc::vec::Vec;
use serde_bytes::ByteBuf;

use medledger_core::block::{Block, BlockBody, BlockError, Checked, Tip, build, judge};
use medledger_core::chain::{AppRoot, Genesis, GenesisError, Opened, Sealed, seal};
use medledger_core::codec::CodecError;
use medledger_core::consensus::{Authority, AuthorityTrust, Certified, Evidence, Finality, Verdict, rule};
use medledger_core::crypto::{CryptoError, PublicKey, Signature, VerifyingKey, verify};
use medledger_core::error::{Coded, ReadError, Rule};
use medledger_core::hash::KeyId;
use medledger_core::light::{CertifiedHeader, KeptResults};
use medledger_core::limits::BLOCK_BYTES;
use medledger_core::merkle::tree::{TreeDelta, TreeRead};
use medledger_core::rules;
use medledger_core::state::{Address, Delta, Schedule, StateRead, ValidatorSet, read};
use medledger_core::units::{Height, Timestamp};
use medledger_core::validate::{Executed, TxResult, execute, params};

rules! {
    /// What the engine refuses.
    pub enum EngineFault: LOC {
        /// A finality rule that this engine does not run.
        1 OtherFinality { rule: u64 }:
            "the authority engine runs a ledger whose genesis names the rule of authority",
            "the genesis names finality rule {rule}, this engine runs rule 1";
        /// Not this key's turn.
        2 NotYourTurn { key: KeyId, height: Height }:
            "a block is certified by the validator whose turn it is",
            "it is not the turn of key {key} to certify height {height}";
        /// Evidence that does not certify the block.
        3 NotCertified { height: Height }:
            "a block is committed with evidence for the header that its execution gives",
            "the evidence does not certify what executing block {height} gives";
    }
}

/// Why the engine stops.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError<E> {
    /// The state or its tree can't be read: no verdict on anything.
    #[error(transparent)]
    Read(ReadError<E>),
    /// The block.
    #[error(transparent)]
    Block(#[from] BlockError),
    /// An encoding.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// A key or signature.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
    /// The engine's own rules.
    #[error(transparent)]
    Fault(#[from] EngineFault),
}

impl<E> EngineError<E> {
    /// The rule that was broken; `None` when the store failed, which is no breach of a rule.
    pub fn rule(&self) -> Option<&'static Rule> {
        match self {
            Self::Read(_) => None,
            Self::Block(error) => Some(error.rule()),
            Self::Codec(error) => Some(error.rule()),
            Self::Crypto(error) => Some(error.rule()),
            Self::Fault(fault) => Some(fault.rule()),
        }
    }
}

impl<E> From<ReadError<E>> for EngineError<E> {
    fn from(error: ReadError<E>) -> Self {
        Self::Read(error)
    }
}

/// The authority engine of one ledger.
#[derive(Clone, Debug)]
pub struct Engine {
    authority: Authority,
}

/// A block that was executed and sealed, and waits for its certificate.
#[derive(Clone, Debug)]
pub struct Proposal {
    block: Block<Checked>,
    effects: Effects,
    certified: Certified,
    round: u64,
    to_sign: Vec<u8>,
    /// Which of the transactions that waited are in it, as indexes in the order in which they stand in the block.
    pub chosen: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Effects {
    executed: Executed,
    delta: Delta,
    app_root: AppRoot,
    tree: TreeDelta,
    results: Vec<TxResult>,
}

/// All that a host writes for one block, in one transaction of its store.
#[derive(Clone, Debug)]
pub struct Commit {
    /// The block's bytes.
    pub block: Vec<u8>,
    /// Its transactions.
    pub transactions: Vec<ByteBuf>,
    /// What came of them.
    pub executed: Executed,
    /// The same, as it is kept for receipts.
    pub results: KeptResults,
    /// The changes of the state.
    pub delta: Delta,
    /// The changes of its tree.
    pub tree: TreeDelta,
    /// The header with its evidence.
    pub header: CertifiedHeader,
    /// What the next block stands on.
    pub tip: Tip,
}

impl Engine {
    /// The engine of a genesis, with what the genesis makes of an empty state.
    ///
    /// # Errors
    /// [`GenesisError`]; the inner error when the genesis names another rule of finality.
    pub fn new(genesis: &Genesis) -> Result<Result<(Self, Opened), EngineFault>, GenesisError> {
        let opened = genesis.open()?;
        if genesis.finality != rule::AUTHORITY {
            return Ok(Err(EngineFault::OtherFinality { rule: genesis.finality }));
        }
        let authority = Authority { chain: opened.chain, clock_ahead: genesis.params.clock_ahead };
        Ok(Ok((Self { authority }, opened)))
    }

    /// Whether a block should be made even if nothing waits: expiry and freshness are judged on block time.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn is_due<S: StateRead>(
        &self,
        state: &S,
        tip: &Tip,
        now: Timestamp,
    ) -> Result<bool, ReadError<S::Error>> {
        let interval = params(state)?.block_interval;
        Ok(now.since(tip.time).is_some_and(|waited| waited >= interval))
    }

    /// The validators entitled to certify the block after `tip`.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn validators<S: StateRead>(
        &self,
        state: &S,
        tip: &Tip,
    ) -> Result<ValidatorSet, ReadError<S::Error>> {
        let schedule: Schedule =
            read(state, &Address::Validators)?.ok_or(ReadError::Damaged { what: "Schedule" })?;
        let next = tip.height.next().ok_or(ReadError::Damaged { what: "Height" })?;
        Ok(schedule.at(next).clone())
    }

    /// The round in which a time lies: one more for each interval that passed in silence since the block before.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn round<S: StateRead>(
        &self,
        state: &S,
        tip: &Tip,
        now: Timestamp,
    ) -> Result<u64, ReadError<S::Error>> {
        let interval = params(state)?.block_interval;
        // A validator has one interval to be due and another one to answer.
        let waited = now.since(tip.time).unwrap_or_default();
        Ok(waited.0.checked_div(interval.0.saturating_mul(2)).unwrap_or(0))
    }

    /// Puts together the next block from what waits, executes and seals it. Nothing is written.
    ///
    /// The round is this validator's first one from the time's own round on; with one validator it is always its turn.
    ///
    /// # Errors
    /// [`EngineError`].
    pub fn propose<S, T, B>(
        &self,
        (state, tree): (&S, &T),
        tip: &Tip,
        waiting: &[B],
        key: &PublicKey,
        now: Timestamp,
    ) -> Result<Proposal, EngineError<S::Error>>
    where
        S: StateRead,
        T: TreeRead<Error = S::Error>,
        B: AsRef<[u8]>,
    {
        let height = tip.height.next().ok_or(CodecError::NotCanonical { of: "Height" })?;
        let time = now.max(tip.time);
        let round = self.my_round(state, tip, key, now)?;
        let cx =
            medledger_core::validate::BlockContext { chain: tip.chain, height, time, previous: tip.hash };
        let chosen = build(state, &cx, waiting, BLOCK_BYTES)?;
        let transactions = chosen
            .iter()
            .filter_map(|index| waiting.get(*index))
            .map(|bytes| ByteBuf::from(bytes.as_ref()))
            .collect();
        let body = BlockBody { height, time, previous: tip.hash, transactions };
        let block = judge(state, tip, Block::new(body), time)??;
        let effects = self.run(state, tree, &block)?;
        let certified = Certified { root: effects.app_root.hash()?, root_of: height, time };
        let to_sign = self.authority.to_be_signed(&certified, round)?;
        Ok(Proposal { block, effects, certified, round, to_sign, chosen })
    }

    /// Accepts a block with its evidence, from another validator or from a store: judges, executes and seals it, and
    /// checks that the evidence certifies just that. Nothing is written.
    ///
    /// # Errors
    /// [`EngineError`].
    pub fn accept<S, T>(
        &self,
        (state, tree): (&S, &T),
        tip: &Tip,
        block: &[u8],
        evidence: &Evidence,
        now: Timestamp,
    ) -> Result<Commit, EngineError<S::Error>>
    where
        S: StateRead,
        T: TreeRead<Error = S::Error>,
    {
        let block = judge(state, tip, Block::decode(block)?, now)??;
        let effects = self.run(state, tree, &block)?;
        let height = block.body().height;
        let certified =
            Certified { root: effects.app_root.hash()?, root_of: height, time: block.body().time };
        let refused = EngineFault::NotCertified { height };
        if evidence.rule != rule::AUTHORITY {
            return Err(EngineFault::OtherFinality { rule: evidence.rule }.into());
        }
        let read = Authority::read(evidence)?;
        let trust = AuthorityTrust { validators: self.validators(state, tip)? };
        match self.authority.verify(&trust, &read, now) {
            Verdict::Verified(_, of) if of == certified => {}
            Verdict::Verified(..) | Verdict::NotEnough | Verdict::Invalid => return Err(refused.into()),
        }
        Ok(commit(block, effects, certified, evidence.clone())?)
    }

    fn my_round<S: StateRead>(
        &self,
        state: &S,
        tip: &Tip,
        key: &PublicKey,
        now: Timestamp,
    ) -> Result<u64, EngineError<S::Error>> {
        let height = tip.height.next().ok_or(CodecError::NotCanonical { of: "Height" })?;
        let validators = self.validators(state, tip)?;
        let round = self.round(state, tip, now)?;
        match validators.at_turn(height, round) {
            Some(validator) if validator.key == *key => Ok(round),
            _ => Err(EngineFault::NotYourTurn { key: key.id(), height }.into()),
        }
    }

    fn run<S, T>(&self, state: &S, tree: &T, block: &Block<Checked>) -> Result<Effects, ReadError<S::Error>>
    where
        S: StateRead,
        T: TreeRead<Error = S::Error>,
    {
        let cx = block.context(self.authority.chain);
        let (executed, delta) = execute(state, &cx, block.transactions())?;
        let sealed = seal(tree, &cx, block.transactions(), &executed, &delta)?;
        let Sealed { app_root, tree, results, .. } = sealed;
        Ok(Effects { executed, delta, app_root, tree, results })
    }
}

impl Proposal {
    /// The bytes that the validator's key must sign.
    #[must_use]
    pub fn to_sign(&self) -> &[u8] {
        &self.to_sign
    }

    /// The header that would be certified.
    #[must_use]
    pub const fn app_root(&self) -> &AppRoot {
        &self.effects.app_root
    }

    /// The block with its certificate, ready to be committed. The signature is checked.
    ///
    /// # Errors
    /// [`CryptoError`], [`CodecError`].
    pub fn certify<E>(self, key: &PublicKey, signature: Signature) -> Result<Commit, EngineError<E>> {
        verify(&VerifyingKey::from_public(key)?, &self.to_sign, &signature)?;
        let evidence = Authority::evidence(&self.certified, self.round, *key, signature)?;
        Ok(commit(self.block, self.effects, self.certified, evidence)?)
    }
}

fn commit(
    block: Block<Checked>,
    effects: Effects,
    certified: Certified,
    evidence: Evidence,
) -> Result<Commit, CodecError> {
    let Effects { executed, delta, app_root, tree, results } = effects;
    let tip =
        Tip { chain: app_root.chain, height: app_root.height, time: app_root.time, hash: certified.root };
    Ok(Commit {
        block: block.encode()?,
        transactions: block.transactions().to_vec(),
        results: KeptResults::of(&executed, results),
        executed,
        delta,
        tree,
        header: CertifiedHeader { header: app_root, evidence },
        tip,
    })
}
