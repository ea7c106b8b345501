//! Small ledgers for vectors: parties whose keys follow from their names, and blocks of whatever bytes, each transaction with
//! the rule that is expected to refuse it. A block is certified whatever is in it.

use std::collections::BTreeMap;
use std::sync::Mutex;

use medledger_core::access::LegalGround;
use medledger_core::block::BlockBody;
use medledger_core::chain::{Founder, Genesis, seal};
use medledger_core::codec::encode;
use medledger_core::consensus::{Authority, Certified, Evidence, rule};
use medledger_core::crypto::{HashAlgorithm, SecretKey};
use medledger_core::hash::{ChainId, KeyId, StateKey, TxId};
use medledger_core::identity::Kind;
use medledger_core::merkle::tree::{MemoryTree, update, value_hash};
use medledger_core::operation::{Body, Draft, Operation, PROTOCOL_VERSION};
use medledger_core::schema::rule_of;
use medledger_core::state::{Params, Validator, ValidatorSet};
use medledger_core::units::{Millis, Timestamp};
use medledger_core::validate::{BlockContext, execute};
use medledger_sdk::local::Ledger;
use medledger_sdk::local::ledger::{SavedBlock, SavedLedger};
use serde_bytes::ByteBuf;

use crate::fuzz::world::{Party, START, key};

pub const HOUR: Millis = Millis::hours(1);

/// Transactions that did not come to what was expected of them. All are told at once.
pub static WRONG: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// A ledger in the making.
#[derive(Clone)]
pub struct Scene {
    pub name: &'static str,
    pub ledger: Ledger,
    /// The time at which transactions are signed.
    pub now: Timestamp,
    counters: BTreeMap<KeyId, u64>,
    waiting: Vec<(Vec<u8>, &'static str)>,
    pub results: Vec<Vec<String>>,
    pub blocks: Vec<SavedBlock>,
}

pub fn validators() -> [SecretKey; 2] {
    [key("validator"), key("validator 1")]
}

pub fn at(millis: u64) -> Timestamp {
    START.plus(Millis(millis)).unwrap()
}

/// `north` and `south`, the hospitals of every genesis.
pub fn hospitals() -> [Party; 2] {
    ["north", "south"].map(|name| Party::new(name, Kind::Organisation))
}

pub fn genesis(params: Params, grounds: Vec<LegalGround>, count: usize) -> Genesis {
    let founder = |party: Party| Founder { inception: party.inception, member: true };
    let validator = |key: &SecretKey| Validator { key: key.public(), power: 1 };
    Genesis {
        version: PROTOCOL_VERSION,
        hash: HashAlgorithm::Sha3_256,
        name: "vectors".into(),
        time: START,
        finality: rule::AUTHORITY,
        validators: ValidatorSet { validators: validators().iter().take(count).map(validator).collect() },
        params,
        founders: hospitals().map(founder).into(),
        grounds,
    }
}

pub fn id(party: &Party, which: &str) -> KeyId {
    party.key(which).public().id()
}

impl Scene {
    pub fn new(name: &'static str, genesis: Genesis) -> Self {
        Self {
            name,
            ledger: Ledger::new(genesis).unwrap(),
            now: at(HOUR.0),
            counters: BTreeMap::new(),
            waiting: Vec::new(),
            results: Vec::new(),
            blocks: Vec::new(),
        }
    }

    pub fn chain(&self) -> ChainId {
        self.ledger.tip().chain
    }

    /// A body with the next counter of the party's key.
    pub fn body(&mut self, party: &Party, which: &str, operation: Operation) -> Body {
        let key = id(party, which);
        let counter = self.counters.entry(key).or_default();
        *counter += 1;
        Body {
            version: PROTOCOL_VERSION,
            chain: self.ledger.tip().chain,
            signer: party.did,
            key,
            counter: *counter - 1,
            signed_at: self.now,
            valid_until: self.now.plus(HOUR).unwrap(),
            operation,
        }
    }

    /// Signs a body and lets it wait for the next block, where this rule is expected; empty for none.
    pub fn signed(
        &mut self,
        body: Body,
        by: &SecretKey,
        approvals: &[&SecretKey],
        rule: &'static str,
    ) -> TxId {
        let mut draft = Draft::new(body);
        for key in approvals {
            let waiting = draft.approval(key.public().id()).unwrap();
            let approval = waiting.finish(&key.public(), key.sign(waiting.to_sign())).unwrap();
            draft.approve(approval).unwrap();
        }
        let signature = by.sign(&draft.to_sign().unwrap());
        let signed = draft.finish(&by.public(), signature).unwrap();
        self.waiting.push((signed.bytes, rule));
        signed.id
    }

    pub fn does(&mut self, party: &Party, which: &str, operation: Operation, rule: &'static str) -> TxId {
        self.agreed(party, which, operation, &[], rule)
    }

    pub fn agreed(
        &mut self,
        party: &Party,
        which: &str,
        operation: Operation,
        by: &[&SecretKey],
        rule: &'static str,
    ) -> TxId {
        let body = self.body(party, which, operation);
        self.signed(body, &party.key(which), by, rule)
    }

    /// Whatever bytes.
    pub fn raw(&mut self, bytes: Vec<u8>, rule: &'static str) {
        self.waiting.push((bytes, rule));
    }

    /// The last one that waits.
    pub fn last(&self) -> Vec<u8> {
        self.waiting.last().unwrap().0.clone()
    }

    /// Begins these identities, sponsored by `north`.
    pub fn incept(&mut self, parties: &[&Party]) {
        let [north, _] = hospitals();
        for party in parties {
            let keys = ["controller", "device 0", "device 1"].map(|which| party.key(which));
            let operation = Operation::Incept { inception: party.inception.clone() };
            self.agreed(&north, "device 0", operation, &keys.each_ref(), "");
        }
        self.block();
    }

    /// A block at the time that it is, which then moves on by a second.
    pub fn block(&mut self) {
        let now = self.now;
        self.block_at(now);
        self.now = self.now.plus(Millis::seconds(1)).unwrap();
    }

    /// A block at a time. What waits stands in it as it waited.
    pub fn block_at(&mut self, time: Timestamp) {
        let waiting = std::mem::take(&mut self.waiting);
        let transactions: Vec<ByteBuf> =
            waiting.iter().map(|(bytes, _)| ByteBuf::from(bytes.clone())).collect();
        let (block, evidence, rules) = self.certified(transactions, time);
        for (place, ((_, wanted), got)) in waiting.iter().zip(&rules).enumerate() {
            if wanted != got {
                let wrong = format!(
                    "{}: transaction {place} of block {}: {got:?}, not {wanted:?}",
                    self.name,
                    self.results.len() + 1
                );
                WRONG.lock().unwrap().push(wrong);
            }
        }
        self.ledger.accept(&block, &evidence, time).unwrap();
        self.results.push(rules);
        self.blocks.push(SavedBlock { block: ByteBuf::from(block), evidence });
    }

    /// The next block with its evidence, and what comes of its transactions.
    pub fn certified(&self, transactions: Vec<ByteBuf>, time: Timestamp) -> (Vec<u8>, Evidence, Vec<String>) {
        let tip = self.ledger.tip();
        let body = BlockBody { height: tip.height.next().unwrap(), time, previous: tip.hash, transactions };
        self.certify(&body, 0)
    }

    /// A block with evidence for what executing it gives, whether it may stand or not.
    pub fn certify(&self, body: &BlockBody, round: u64) -> (Vec<u8>, Evidence, Vec<String>) {
        let chain = self.chain();
        let cx = BlockContext { chain, height: body.height, time: body.time, previous: body.previous };
        let (executed, delta) = execute(self.ledger.state(), &cx, &body.transactions).unwrap();
        let mut tree = MemoryTree::default();
        let changes: BTreeMap<StateKey, _> =
            self.ledger.state().iter().map(|(key, value)| (*key, Some(value_hash(value)))).collect();
        tree.apply(update(&tree, &changes).unwrap().1);
        let sealed = seal(&tree, &cx, &body.transactions, &executed, &delta).unwrap();
        let certified = Certified { root: sealed.hash, root_of: body.height, time: body.time };
        let set = &self.ledger.genesis().validators;
        let turn = set.at_turn(body.height, round).unwrap().key;
        let signer = validators().into_iter().find(|key| key.public() == turn).unwrap();
        let evidence = self.evidence(&certified, round, &signer);
        let rules = executed.outcomes.iter().map(|outcome| {
            let code = u64::from(outcome.refusal.as_ref().map_or(0, |refusal| {
                use medledger_core::error::Coded;
                refusal.rule().code()
            }));
            rule_of(code).map_or(String::new(), ToString::to_string)
        });
        (encode(body).unwrap(), evidence, rules.collect())
    }

    pub fn evidence(&self, certified: &Certified, round: u64, signer: &SecretKey) -> Evidence {
        let authority =
            Authority { chain: self.chain(), clock_ahead: self.ledger.genesis().params.clock_ahead };
        let signature = signer.sign(&authority.to_be_signed(certified, round).unwrap());
        Authority::evidence(certified, round, signer.public(), signature).unwrap()
    }

    pub fn saved(&self) -> SavedLedger {
        SavedLedger { genesis: self.ledger.genesis().clone(), blocks: self.blocks.clone() }
    }
}
