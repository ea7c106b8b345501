//! A ledger with many patients, each with keys of its own, and a block of transactions by all of them.

use medledger_core::chain::{Founder, Genesis};
use medledger_core::consensus::rule;
use medledger_core::crypto::{HashAlgorithm, PublicKey, SecretKey};
use medledger_core::hash::{ChainId, Did, FactsCommitment, Nonce, RecordCommitment, Tag, hash};
use medledger_core::identity::{DeviceKeys, Inception, Kind};
use medledger_core::merkle::tree::MemoryTree;
use medledger_core::operation::{Body, Draft, Operation, PROTOCOL_VERSION};
use medledger_core::record::commitment::CommitmentAlgorithm;
use medledger_core::record::{Anchor, Commitments};
use medledger_core::state::{MemoryState, Params, Validator, ValidatorSet};
use medledger_core::units::{Height, Millis, Timestamp};
use medledger_core::validate::{BlockContext, execute};

use crate::report::Outcome;

/// The time of the genesis.
const START: Timestamp = Timestamp(1_800_000_000_000);

/// Keys of one identity.
pub struct Person {
    pub did: Did,
    pub device: SecretKey,
    pub controller: PublicKey,
}

impl Person {
    fn new(kind: Kind, n: u32) -> Outcome<Self> {
        Ok(Self { did: inception(kind, n).did()?, device: secret(3, n), controller: secret(1, n).public() })
    }
}

/// A state in which everyone exists, and the block that comes next.
pub struct World {
    pub state: MemoryState,
    pub tree: MemoryTree,
    pub cx: BlockContext,
    pub genesis: Genesis,
    /// The key of its one validator.
    pub validator: SecretKey,
    /// The transactions that brought everyone in.
    pub inceptions: Vec<Vec<u8>>,
    pub hospital: Person,
    pub people: Vec<Person>,
}

fn secret(kind: u8, n: u32) -> SecretKey {
    SecretKey::from_seed(hash(Tag::KeyId, &[&[kind], &n.to_be_bytes()]))
}

fn inception(kind: Kind, n: u32) -> Inception {
    Inception {
        kind,
        controller: secret(1, n).public(),
        successor: secret(2, n).public().successor_digest(),
        devices: vec![DeviceKeys { signing: secret(3, n).public(), agreement: None }],
        nonce: Nonce(hash(Tag::Did, &[&n.to_be_bytes()])),
    }
}

fn body(
    chain: ChainId,
    signer: Did,
    key: &SecretKey,
    counter: u64,
    at: Timestamp,
    operation: Operation,
) -> Body {
    let valid_until = at.plus(Millis::hours(1)).unwrap_or(at);
    let key = key.public().id();
    Body { version: PROTOCOL_VERSION, chain, signer, key, counter, signed_at: START, valid_until, operation }
}

fn sign(draft: &Draft, key: &SecretKey) -> Outcome<Vec<u8>> {
    Ok(draft.finish(&key.public(), key.sign(&draft.to_sign()?))?.bytes)
}

impl World {
    /// A ledger with this many patients.
    pub fn of(patients: u32) -> Outcome<Self> {
        let hospital = Person::new(Kind::Organisation, 0)?;
        let validator = secret(4, 0);
        let mut params = Params::default();
        params.quotas.sponsored = u64::from(u32::MAX);
        let genesis = Genesis {
            version: PROTOCOL_VERSION,
            hash: HashAlgorithm::Sha3_256,
            name: "bench".to_owned(),
            time: START,
            finality: rule::AUTHORITY,
            validators: ValidatorSet { validators: vec![Validator { key: validator.public(), power: 1 }] },
            params,
            founders: vec![Founder { inception: inception(Kind::Organisation, 0), member: true }],
            grounds: Vec::new(),
        };
        let opened = genesis.open()?;
        let (mut state, mut tree) = (MemoryState::new(), MemoryTree::default());
        state.apply(&opened.delta);
        tree.apply(opened.tree);
        let mut cx =
            BlockContext { chain: opened.chain, height: Height(1), time: START, previous: opened.hash };
        let (mut people, mut inceptions) = (Vec::new(), Vec::new());
        for from in (1..=patients).step_by(5_000) {
            let mut block = Vec::new();
            for n in from..from.saturating_add(5_000).min(patients.saturating_add(1)) {
                let inception = inception(Kind::Patient, n);
                people.push(Person::new(Kind::Patient, n)?);
                let operation = Operation::Incept { inception };
                let counter = u64::from(n);
                let mut draft =
                    Draft::new(body(cx.chain, hospital.did, &hospital.device, counter, START, operation));
                for key in [secret(1, n), secret(3, n)] {
                    let approval = draft.approval(key.public().id())?;
                    draft.approve(approval.finish(&key.public(), key.sign(approval.to_sign()))?)?;
                }
                block.push(sign(&draft, &hospital.device)?);
            }
            let (executed, delta) = execute(&state, &cx, &block).map_err(|error| error.to_string())?;
            if let Some(refusal) = executed.outcomes.iter().find_map(|outcome| outcome.refusal.as_ref()) {
                return Err(format!("the world could not be made: {refusal}").into());
            }
            let sealed = medledger_core::chain::seal(&tree, &cx, &block, &executed, &delta)
                .map_err(|error| error.to_string())?;
            state.apply(&delta);
            tree.apply(sealed.tree);
            cx = BlockContext { height: cx.height.next().unwrap_or(cx.height), previous: sealed.hash, ..cx };
            inceptions.extend(block);
        }
        Ok(Self { state, tree, cx, genesis, validator, inceptions, hospital, people })
    }

    /// Transactions in which every patient anchors a record of her own, each with this counter of her key, which is also what
    /// makes the record another one.
    pub fn anchors(&self, counter: u64) -> Outcome<Vec<Vec<u8>>> {
        let anchor = |(n, person): (usize, &Person)| {
            let salt = [u64::try_from(n)?.to_be_bytes(), counter.to_be_bytes()].concat();
            let commitments = Commitments {
                hash: CommitmentAlgorithm::Sha3_256,
                content: RecordCommitment(hash(Tag::Content, &[&salt])),
                facts: FactsCommitment(hash(Tag::Facts, &[&salt])),
            };
            let anchor = Anchor { subject: person.did, custodian: person.did, commitments };
            self.by(person, counter, Operation::Anchor { anchor })
        };
        self.people.iter().enumerate().map(anchor).collect()
    }

    /// A transaction of one device, with this counter of its key.
    pub fn by(&self, person: &Person, counter: u64, operation: Operation) -> Outcome<Vec<u8>> {
        let draft = Draft::new(body(self.cx.chain, person.did, &person.device, counter, START, operation));
        sign(&draft, &person.device)
    }
}
