//! A small world for tests: a genesis with two hospitals and two validators, parties whose keys follow from their
//! names, and a chain in memory that runs blocks.

mod care;

pub(crate) use care::*;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde_bytes::ByteBuf;

use crate::block::Tip;
use crate::chain::{Founder, Genesis, seal};
use crate::consensus::{Authority, Certified, Evidence, rule};
use crate::crypto::{HashAlgorithm, PublicKey, SecretKey};
use crate::error::Coded;
use crate::hash::{
    ChainId, Did, Digest32, FactsCommitment, KeyId, Nonce, RecordCommitment, StateKey, Tag, hash,
};
use crate::identity::{Control, DeviceKeys, Inception, KeyEntry, Kind};
use crate::light::{CertifiedHeader, KeptResults, Receipt, Verifier};
use crate::merkle::Log;
use crate::merkle::tree::MemoryTree;
use crate::operation::{Body, Draft, IdentityUsage, KeyUsage, Operation, PROTOCOL_VERSION};
use crate::record::commitment::CommitmentAlgorithm;
use crate::record::{Anchor, Commitments};
use crate::state::{
    Address, Delta, MemoryState, Params, StateRead, Validator, ValidatorSet, ValueProof, read,
};
use crate::units::{Height, Millis, Timestamp};
use crate::validate::{BlockContext, Executed, Outcome, execute};

/// The genesis's time: the beginning of an epoch.
pub(crate) const START: Timestamp = Timestamp(20_000 * 86_400_000);
/// An hour, by which tests let time pass.
pub(crate) const HOUR: Millis = Millis::hours(1);

/// Bytes that follow from a name.
pub(crate) fn bytes(name: &str) -> Digest32 {
    hash(Tag::Batch, &[name.as_bytes()])
}

/// The key of a name.
pub(crate) fn key(name: &str) -> SecretKey {
    SecretKey::from_seed(bytes(name))
}

/// The id of a key.
pub(crate) fn id(key: &SecretKey) -> KeyId {
    key.public().id()
}

/// A device with this signing key and no agreement key.
pub(crate) fn device(key: &SecretKey) -> DeviceKeys {
    DeviceKeys { signing: key.public(), agreement: None }
}

/// The public keys' devices, in the order that the protocol asks for.
pub(crate) fn devices(keys: &[&SecretKey]) -> Vec<DeviceKeys> {
    let mut devices: Vec<DeviceKeys> = keys.iter().map(|key| device(key)).collect();
    devices.sort_by_key(|device| device.signing.id());
    devices
}

/// Commitments that follow from a name.
pub(crate) fn commitments(name: &str) -> Commitments {
    Commitments {
        hash: CommitmentAlgorithm::Sha3_256,
        content: RecordCommitment(bytes(&format!("{name} content"))),
        facts: FactsCommitment(bytes(&format!("{name} facts"))),
    }
}

/// Somebody with an identity. The keys follow from the name: `NAME/controller`, `NAME/successor 0` and on,
/// `NAME/device 0` and on.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub name: String,
    pub did: Did,
    pub inception: Inception,
}

impl Party {
    /// With this many devices.
    pub fn new(name: &str, kind: Kind, count: usize) -> Self {
        let devices_of: Vec<SecretKey> = (0..count).map(|n| key(&format!("{name}/device {n}"))).collect();
        let inception = Inception {
            kind,
            controller: key(&format!("{name}/controller")).public(),
            successor: key(&format!("{name}/successor 0")).public().successor_digest(),
            devices: devices(&devices_of.iter().collect::<Vec<_>>()),
            nonce: Nonce(bytes(&format!("{name}/nonce"))),
        };
        Self { name: name.into(), did: inception.did().unwrap(), inception }
    }

    pub fn controller(&self) -> SecretKey {
        key(&format!("{}/controller", self.name))
    }

    pub fn successor(&self, n: usize) -> SecretKey {
        key(&format!("{}/successor {n}", self.name))
    }

    pub fn device(&self, n: usize) -> SecretKey {
        key(&format!("{}/device {n}", self.name))
    }

    /// Every key that must approve the inception.
    pub fn first_keys(&self) -> Vec<SecretKey> {
        let mut keys: Vec<SecretKey> = (0..self.inception.devices.len()).map(|n| self.device(n)).collect();
        keys.push(self.controller());
        keys
    }
}

/// Signs a body, with these keys' approvals.
pub(crate) fn sign(body: Body, signer: &SecretKey, approvers: &[&SecretKey]) -> Vec<u8> {
    let mut draft = Draft::new(body);
    for approver in approvers {
        let waiting = draft.approval(id(approver)).unwrap();
        let approval = waiting.finish(&approver.public(), approver.sign(waiting.to_sign())).unwrap();
        draft.approve(approval).unwrap();
    }
    let signature = signer.sign(&draft.to_sign().unwrap());
    draft.finish(&signer.public(), signature).unwrap().bytes
}

/// The same bytes with one bit of the signature's scalar changed: they decode, and do not verify.
pub(crate) fn spoilt(transaction: &[u8]) -> Vec<u8> {
    let mut bytes = transaction.to_vec();
    let at = bytes.len() - 40;
    bytes[at] ^= 1;
    let last = bytes.len() - 1;
    bytes[last] &= 0x0f;
    bytes
}

/// The rule that an outcome names; `ok` where it was accepted.
pub(crate) fn code(outcome: &Outcome) -> String {
    outcome.refusal.as_ref().map_or("ok".into(), |refusal| refusal.rule().to_string())
}

/// A ledger in memory.
#[derive(Clone)]
pub(crate) struct World {
    pub genesis: Genesis,
    pub chain: ChainId,
    pub state: MemoryState,
    pub tree: MemoryTree,
    pub tip: Tip,
    /// The time of the next block.
    pub now: Timestamp,
    /// Headers with evidence, from height 1.
    pub headers: Vec<CertifiedHeader>,
    /// What was kept of each block's results, from height 1.
    pub kept: Vec<KeptResults>,
    /// The hashes of all headers, from height 0.
    pub header_hashes: Vec<Digest32>,
    /// What came of the last block.
    pub last: (Executed, Delta),
    counters: BTreeMap<KeyId, u64>,
}

/// The hospitals of the genesis.
pub(crate) fn hospital(name: &str) -> Party {
    Party::new(name, Kind::Organisation, 2)
}

/// The keys of the validators, in the order of their turns.
pub(crate) fn validators() -> [SecretKey; 2] {
    [key("validator 0"), key("validator 1")]
}

/// A genesis with the hospitals `north` and `south`.
pub(crate) fn genesis(params: Params) -> Genesis {
    let member = |name| Founder { inception: hospital(name).inception, member: true };
    Genesis {
        version: PROTOCOL_VERSION,
        hash: HashAlgorithm::Sha3_256,
        name: "a small world".into(),
        time: START,
        finality: rule::AUTHORITY,
        validators: ValidatorSet {
            validators: validators().iter().map(|key| Validator { key: key.public(), power: 1 }).collect(),
        },
        params,
        founders: Vec::from([member("north"), member("south")]),
        grounds: Vec::new(),
    }
}

impl World {
    pub fn new() -> Self {
        Self::with(Params::default())
    }

    pub fn with(params: Params) -> Self {
        Self::from_genesis(genesis(params))
    }

    pub fn from_genesis(genesis: Genesis) -> Self {
        let opened = genesis.open().unwrap();
        let mut state = MemoryState::new();
        state.apply(&opened.delta);
        let mut tree = MemoryTree::new();
        tree.apply(opened.tree);
        let tip = Tip { chain: opened.chain, height: Height(0), time: START, hash: opened.hash };
        Self {
            genesis,
            chain: opened.chain,
            state,
            tree,
            tip,
            now: START.plus(HOUR).unwrap(),
            headers: Vec::new(),
            kept: Vec::new(),
            header_hashes: Vec::from([opened.hash.0]),
            last: (
                Executed { outcomes: Vec::new(), next_validators: opened.app_root.next_validators },
                Delta::default(),
            ),
            counters: BTreeMap::new(),
        }
    }

    /// With a patient `ann`, sponsored by `north`, who has two devices.
    pub fn with_ann() -> (Self, Party) {
        let mut world = Self::new();
        let ann = world.incept("ann", Kind::Patient);
        (world, ann)
    }

    /// A body that takes the key's next counter.
    pub fn body(&mut self, did: Did, signer: &SecretKey, operation: Operation) -> Body {
        let next = self.counters.entry(id(signer)).or_default();
        let counter = *next;
        *next += 1;
        Body {
            version: PROTOCOL_VERSION,
            chain: self.chain,
            signer: did,
            key: id(signer),
            counter,
            signed_at: self.now,
            valid_until: self.now.plus(HOUR).unwrap(),
            operation,
        }
    }

    /// A transaction of this party's key, with these keys' approvals.
    pub fn sign(
        &mut self,
        party: &Party,
        signer: &SecretKey,
        operation: Operation,
        approvers: &[&SecretKey],
    ) -> Vec<u8> {
        sign(self.body(party.did, signer, operation), signer, approvers)
    }

    /// An anchor of a record of `subject`, by the hospital `north` as custodian.
    pub fn anchor(&mut self, subject: Did, name: &str) -> Vec<u8> {
        let north = hospital("north");
        let operation = Operation::Anchor {
            anchor: Anchor { subject, custodian: north.did, commitments: commitments(name) },
        };
        self.sign(&north, &north.device(0), operation, &[])
    }

    /// The inception of a party, sponsored by a hospital.
    pub fn inception(&mut self, sponsor: &Party, party: &Party) -> Vec<u8> {
        let keys = party.first_keys();
        let operation = Operation::Incept { inception: party.inception.clone() };
        self.sign(sponsor, &sponsor.device(0), operation, &keys.iter().collect::<Vec<_>>())
    }

    /// A party with two devices, sponsored by `north`, in a block of its own.
    pub fn incept(&mut self, name: &str, kind: Kind) -> Party {
        let party = Party::new(name, kind, 2);
        let transaction = self.inception(&hospital("north"), &party);
        self.accept(&transaction);
        party
    }

    /// What the next block is executed in.
    pub fn context(&self) -> BlockContext {
        BlockContext {
            chain: self.chain,
            height: self.tip.height.next().unwrap(),
            time: self.now,
            previous: self.tip.hash,
        }
    }

    /// Executes and seals a block, writes it, certifies it, and moves the clock by a second.
    pub fn run<B: AsRef<[u8]>>(&mut self, transactions: &[B]) -> Vec<Outcome> {
        let cx = self.context();
        let (executed, delta) = execute(&self.state, &cx, transactions).unwrap();
        let sealed = seal(&self.tree, &cx, transactions, &executed, &delta).unwrap();
        self.state.apply(&delta);
        self.tree.apply(sealed.tree);
        assert_eq!(self.tree.root(), sealed.app_root.state_root);
        self.tip = Tip { chain: self.chain, height: cx.height, time: cx.time, hash: sealed.hash };
        self.header_hashes.push(sealed.hash.0);
        let certified = Certified { root: sealed.hash, root_of: cx.height, time: cx.time };
        self.headers.push(CertifiedHeader { header: sealed.app_root, evidence: self.certify(&certified) });
        self.kept.push(KeptResults::new(&executed).unwrap());
        self.now = self.now.plus(Millis::seconds(1)).unwrap();
        let outcomes = executed.outcomes.clone();
        self.last = (executed, delta);
        outcomes
    }

    /// The codes of a block's results.
    pub fn codes<B: AsRef<[u8]>>(&mut self, transactions: &[B]) -> Vec<String> {
        self.run(transactions).iter().map(code).collect()
    }

    /// Runs one transaction, which must be accepted.
    pub fn accept(&mut self, transaction: &[u8]) -> Outcome {
        let outcome = self.run(&[transaction]).pop().unwrap();
        assert_eq!(code(&outcome), "ok");
        assert!(outcome.id.is_some());
        outcome
    }

    /// Runs one transaction that authenticates and is refused by this rule. It may change its counter and its budget,
    /// and nothing else but the log of headers.
    pub fn refuse(&mut self, transaction: &[u8], rule: &str) {
        let body = crate::operation::Transaction::decode(transaction, &self.chain).unwrap().body;
        let before = self.state.clone();
        let outcome = self.run(&[transaction]).pop().unwrap();
        assert_eq!(code(&outcome), rule);
        assert!(outcome.id.is_some() && outcome.events.is_empty());
        let is_successor = match &body.operation {
            Operation::Rotate { rotation } => {
                rotation.controller.id() == body.key && self.key_entry(body.key).is_none()
            }
            _ => false,
        };
        let mut may = Vec::from([Address::Headers.key(), Address::IdentityUsage(body.signer).key()]);
        if !is_successor {
            may.push(Address::KeyUsage(body.key).key());
        }
        assert_eq!(changed(&before, &self.state, &may), Vec::<StateKey>::new());
        let window = if is_successor {
            self.identity_usage(body.signer).successor_window
        } else {
            self.key_usage(body.key).window
        };
        assert!(window.check(body.counter).is_err(), "the counter is used");
        assert!(self.last.1.writes.keys().all(|key| may.contains(key)), "nothing else is even written");
    }

    /// Runs one transaction that does not authenticate, by this rule. It changes nothing but the log of headers.
    pub fn ignore(&mut self, transaction: &[u8], rule: &str) {
        let before = self.state.clone();
        let outcome = self.run(&[transaction]).pop().unwrap();
        assert_eq!(code(&outcome), rule);
        assert!(outcome.id.is_none() && outcome.events.is_empty());
        assert_eq!(changed(&before, &self.state, &[Address::Headers.key()]), Vec::<StateKey>::new());
        assert_eq!(self.last.1.writes.len(), 1);
    }

    fn certify(&self, certified: &Certified) -> Evidence {
        let keys = validators();
        let key = &keys[usize::try_from(certified.root_of.0).unwrap() % keys.len()];
        let message = self.authority().to_be_signed(certified, 0).unwrap();
        Authority::evidence(certified, 0, key.public(), key.sign(&message)).unwrap()
    }

    pub fn authority(&self) -> Authority {
        Authority { chain: self.chain, clock_ahead: self.genesis.params.clock_ahead }
    }

    /// A light client that has nothing but the genesis.
    pub fn verifier(&self) -> Verifier {
        Verifier::new(&self.genesis, self.now).unwrap()
    }

    /// The receipt of an event, as made.
    pub fn receipt(&self, height: u64, index: u64, place: u64) -> Receipt {
        let at = usize::try_from(height).unwrap() - 1;
        self.kept[at].receipt(&self.headers[at], index, place).unwrap().unwrap()
    }

    /// The same receipt, standing on the newest header.
    pub fn refreshed(&self, receipt: Receipt) -> Receipt {
        let later = self.headers.last().unwrap().clone();
        let size = usize::try_from(later.header.height.0).unwrap();
        let path = Log::from_data(&self.header_hashes[..size]).inclusion(receipt.height().0).unwrap();
        let peaks = self.prove(&[Address::Headers]);
        receipt.refreshed(path, peaks, later)
    }

    /// A proof of what stands at these addresses now.
    pub fn prove(&self, at: &[Address]) -> ValueProof {
        let keys: BTreeSet<StateKey> = at.iter().map(Address::key).collect();
        ValueProof::new(&self.state, &self.tree, &keys).unwrap()
    }

    pub fn read<T: crate::codec::Wire>(&self, at: &Address) -> Option<T> {
        read(&self.state, at).unwrap()
    }

    pub fn control(&self, did: Did) -> Control {
        self.read(&Address::Identity(did)).unwrap()
    }

    pub fn key_entry(&self, key: KeyId) -> Option<KeyEntry> {
        self.read(&Address::Key(key))
    }

    pub fn key_usage(&self, key: KeyId) -> KeyUsage {
        self.read(&Address::KeyUsage(key)).unwrap_or_default()
    }

    pub fn identity_usage(&self, did: Did) -> IdentityUsage {
        self.read(&Address::IdentityUsage(did)).unwrap_or_default()
    }
}

/// The keys whose values differ, other than these.
pub(crate) fn changed(before: &MemoryState, after: &MemoryState, but: &[StateKey]) -> Vec<StateKey> {
    let keys: BTreeSet<StateKey> = before.iter().chain(after.iter()).map(|(key, _)| *key).collect();
    let differs = |key: &StateKey| before.get(key).unwrap() != after.get(key).unwrap();
    keys.into_iter().filter(|key| !but.contains(key) && differs(key)).collect()
}

/// A transaction's bytes as blocks hold them.
pub(crate) fn raw(transactions: &[Vec<u8>]) -> Vec<ByteBuf> {
    transactions.iter().cloned().map(ByteBuf::from).collect()
}

/// A key's public half with the prefix of a revocation.
pub(crate) fn revoke(key: &SecretKey) -> Operation {
    Operation::RevokeDevice { key: id(key) }
}

/// The public key, for lists.
pub(crate) fn public(key: &SecretKey) -> PublicKey {
    key.public()
}
