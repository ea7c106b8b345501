//! The ledger that the targets attack: two hospitals, two patients, a practitioner; records, consents, sessions. It
//! follows from fixed names, so that an input finds the same ledger in every run.

mod next;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use medledger_core::access::{
    LegalGround, LogAnchor, Scope, SessionBasis, SessionHead, SessionRequest, ground_id, session_id,
};
use medledger_core::chain::{Founder, Genesis};
use medledger_core::consensus::rule;
use medledger_core::consent::{
    Actor, ConsentState, ConsentTerms, Criteria, Grant, RuleEffect, Terms, consent_id,
};
use medledger_core::crypto::{AgreementKey, AgreementKeyBytes, HashAlgorithm, SecretKey};
use medledger_core::hash::{
    ConsentId, Did, Digest32, KeyId, Nonce, RecordId, RecordVersion, SessionId, Tag, TxId, hash,
};
use medledger_core::identity::{Credential, DeviceKeys, Inception, Kind, credential_id};
use medledger_core::light::Verifier;
use medledger_core::merkle::Log;
use medledger_core::merkle::tree::{MemoryTree, update};
use medledger_core::operation::{Body, Draft, KeyUsage, Operation, PROTOCOL_VERSION};
use medledger_core::record::commitment::Content;
use medledger_core::record::{Amendment, Anchor, Facts, Opening, RecordRef, RecordState, Retraction, Salt};
use medledger_core::state::{Address, LogKind, MemoryState, Params, Validator, ValidatorSet, read};
use medledger_core::units::{Interval, Millis, Period, Timestamp};
use medledger_core::vocabulary::Coding;
use medledger_sdk::anchor::{SealedBatch, batch_anchor};
use medledger_sdk::local::Ledger;

/// The genesis's time: the beginning of an epoch.
pub const START: Timestamp = Timestamp(20_000 * 86_400_000);

/// Bytes that follow from a name.
#[must_use]
pub fn bytes(name: &str) -> Digest32 {
    hash(Tag::Batch, &[name.as_bytes()])
}

/// The key of a name.
#[must_use]
pub fn key(name: &str) -> SecretKey {
    SecretKey::from_seed(bytes(name))
}

/// Somebody with an identity. The keys follow from the name: `NAME/controller`, `NAME/successor`, `NAME/device 0`.
#[derive(Clone, Debug)]
pub struct Party {
    /// The name.
    pub name: &'static str,
    /// The identity.
    pub did: Did,
    /// What the ledger is told of it.
    pub inception: Inception,
}

impl Party {
    /// With two devices.
    #[must_use]
    pub fn new(name: &'static str, kind: Kind) -> Self {
        let mut devices = [0, 1].map(|n| device(&key(&format!("{name}/device {n}"))));
        devices.sort_by_key(|device| device.signing.id());
        let inception = Inception {
            kind,
            controller: key(&format!("{name}/controller")).public(),
            successor: key(&format!("{name}/successor")).public().successor_digest(),
            devices: devices.into(),
            nonce: Nonce(bytes(&format!("{name}/nonce"))),
        };
        Self { name, did: inception.did().unwrap(), inception }
    }

    /// One of its keys.
    #[must_use]
    pub fn key(&self, which: &str) -> SecretKey {
        key(&format!("{}/{which}", self.name))
    }
}

/// A device that only signs.
#[must_use]
pub fn device(key: &SecretKey) -> DeviceKeys {
    DeviceKeys { signing: key.public(), agreement: None }
}

/// Everything that is known of the ledger.
#[derive(Debug)]
pub struct World {
    /// The ledger, some blocks long.
    pub ledger: Ledger,
    /// The ledger's clock: the time of the next block.
    pub now: Timestamp,
    /// The tree under the newest header.
    pub tree: MemoryTree,
    /// The state after each block, from the genesis on.
    pub states: Vec<MemoryState>,
    /// Everybody: `north` and `south`, hospitals; `ann` and `bob`, patients; `doctor`.
    pub parties: Vec<Party>,
    /// Every key that somebody has or might have, by its id.
    pub keys: BTreeMap<KeyId, SecretKey>,
    /// The records of the batches, by the batch's subject.
    pub batches: BTreeMap<Did, SealedBatch>,
    /// What opens the single records.
    pub openings: Vec<Opening>,
    /// A record of ann that stands alone.
    pub record: RecordId,
    /// A session of the doctor with ann's records, still open.
    pub session: SessionId,
    /// The consents of ann.
    pub consents: Vec<ConsentId>,
    /// Transactions that were recorded.
    pub transactions: Vec<Vec<u8>>,
    /// Bodies that the ledger accepts next, each by itself, with the keys that must approve.
    pub next: Vec<(Body, Vec<KeyId>)>,
}

/// The one world.
pub static WORLD: LazyLock<World> = LazyLock::new(World::new);

/// The validator's key.
#[must_use]
pub fn validator() -> SecretKey {
    key("validator")
}

fn opening(name: &str) -> Opening {
    let mut facts = Facts::new(format!("Observation/{name}"), "Observation");
    facts.category =
        vec![Coding::new("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory")];
    facts.clinical = Some(Interval { start: Some(1_000), end: Some(2_000) });
    Opening {
        content: Content::new(format!(r#"{{"id":"{name}"}}"#).into_bytes()),
        content_salt: Salt::new(bytes(&format!("{name}/content"))),
        facts,
        facts_salt: Salt::new(bytes(&format!("{name}/facts"))),
    }
}

fn terms(to: Did) -> Terms {
    Terms {
        period: Period { from: START, until: START.plus(Millis::hours(1_000)).unwrap() },
        directive: false,
        effect: RuleEffect::Permit,
        criteria: Criteria {
            actors: vec![Actor::Identity { did: to }],
            purposes: vec!["TREAT".into()],
            ..Criteria::default()
        },
        rules: Vec::new(),
        obligations: Vec::new(),
        uses: None,
    }
}

fn ground(of: Did) -> LegalGround {
    LegalGround {
        name: "inquest".into(),
        organisation: of,
        role: None,
        purpose: "PUBHLTH".into(),
        types: vec!["Observation".into()],
        longest: Millis::hours(2),
        overrides_deny: false,
    }
}

/// A head over entries of no meaning, of which `from` were anchored before.
fn head(session: SessionId, from: u64, count: u64, closes: bool) -> SessionHead {
    let data: Vec<Digest32> = (0..count).map(|n| bytes(&format!("entry {n}"))).collect();
    let log = Log::from_data(&data);
    SessionHead { session, head: log.root(), count, continues: log.consistency(from, count).unwrap(), closes }
}

impl World {
    fn new() -> Self {
        let parties = [
            ("north", Kind::Organisation),
            ("south", Kind::Organisation),
            ("ann", Kind::Patient),
            ("bob", Kind::Patient),
            ("doctor", Kind::Practitioner),
            // Not on the ledger yet.
            ("carol", Kind::Patient),
        ]
        .map(|(name, kind)| Party::new(name, kind));
        let [north, south, ann, bob, doctor, _] = &parties;
        let founder = |party: &Party| Founder { inception: party.inception.clone(), member: true };
        let genesis = Genesis {
            version: PROTOCOL_VERSION,
            hash: HashAlgorithm::Sha3_256,
            name: "a small world".into(),
            time: START,
            finality: rule::AUTHORITY,
            validators: ValidatorSet { validators: vec![Validator { key: validator().public(), power: 1 }] },
            params: Params::default(),
            founders: vec![founder(north), founder(south)],
            grounds: vec![ground(south.did)],
        };
        let mut names: Vec<String> = vec!["stranger".into()];
        for party in &parties {
            let of = |what: &str| format!("{}/{what}", party.name);
            names.extend(["controller", "successor", "successor 2", "device 0", "device 1", "phone"].map(of));
        }
        let keys = names.iter().map(|name| (key(name).public().id(), key(name))).collect();
        let mut world = Self {
            states: Vec::new(),
            ledger: Ledger::new(genesis).unwrap(),
            now: START.plus(Millis::hours(1)).unwrap(),
            tree: MemoryTree::default(),
            parties: parties.to_vec(),
            keys,
            batches: BTreeMap::new(),
            openings: vec![opening("alone"), opening("amended"), opening("wrong")],
            record: RecordId([0; 32]),
            session: SessionId([0; 32]),
            consents: Vec::new(),
            transactions: Vec::new(),
            next: Vec::new(),
        };
        world.states.push(world.ledger.state().clone());
        world.live([north, south, ann, bob, doctor]);
        let empty = MemoryTree::default();
        let values = world.ledger.state().iter();
        let changes =
            values.map(|(key, value)| (*key, Some(medledger_core::merkle::tree::value_hash(value))));
        let (root, nodes) = update(&empty, &changes.collect()).unwrap();
        world.tree.apply(nodes);
        let header = world.ledger.header(world.ledger.tip().height).unwrap();
        assert_eq!(root, header.header.state_root);
        world.next = world.possible();
        world
    }

    fn live(&mut self, [north, south, ann, bob, doctor]: [&Party; 5]) {
        for party in [ann, bob, doctor] {
            let incept = Operation::Incept { inception: party.inception.clone() };
            let approvals =
                ["controller", "device 0", "device 1"].map(|which| party.key(which).public().id());
            self.record(north, "device 0", incept, &approvals);
        }
        let anchor = |opening: &Opening| Operation::Anchor {
            anchor: Anchor {
                subject: ann.did,
                custodian: north.did,
                commitments: opening.commitments().unwrap(),
            },
        };
        for at in [0, 2] {
            let operation = anchor(&self.openings[at]);
            self.record(north, "device 0", operation, &[]);
        }
        let [record, wrong] = [0, 1].map(|at| {
            let (place, _) = self.ledger.log(&ann.did, LogKind::Timeline)[at];
            record_of(&self.ledger.receipt(place).unwrap().event.leaf.entry)
        });
        self.record = record;
        let mut entries = Vec::new();
        for (party, count) in [(ann, 3), (bob, 2)] {
            let mut batch = SealedBatch::new();
            (0..count).for_each(|n| batch.push(opening(&format!("{} {n}", party.name))).unwrap());
            entries.push(batch.entry(party.did));
            self.batches.insert(party.did, batch);
        }
        self.record(
            north,
            "device 1",
            Operation::AnchorBatch { batch: batch_anchor(north.did, entries) },
            &[],
        );
        let amendment = Amendment {
            record: RecordRef::Known { record },
            replaces: self.version(record),
            commitments: self.openings[1].commitments().unwrap(),
        };
        self.record(north, "device 0", Operation::Amend { amendment }, &[]);
        let retraction = Retraction { record: RecordRef::Known { record: wrong } };
        self.record(north, "device 0", Operation::EnterInError { retraction }, &[]);
        let credential = self.credential(doctor);
        let tx = self.record(north, "device 0", Operation::IssueCredential { credential }, &[]);
        let credential = credential_id(&tx);
        for slot in [0, 1] {
            let grant = Grant { slot, terms: ConsentTerms::Open { terms: terms(doctor.did) } };
            let tx = self.record(ann, "device 0", Operation::GrantConsent { grant }, &[]);
            self.consents.push(consent_id(&tx));
        }
        self.record(ann, "device 0", Operation::RevokeConsent { consent: self.consents[1] }, &[]);
        let request = SessionRequest {
            subject: ann.did,
            organisation: Some(north.did),
            credentials: vec![credential],
            custodians: vec![north.did],
            basis: self.basis(0),
            action: "access".into(),
            purpose: "TREAT".into(),
            scope: Scope::default(),
            key: AgreementKey::X25519 { bytes: AgreementKeyBytes([9; 32]) },
            until: self.now.plus(Millis::hours(2)).unwrap(),
        };
        let mut sessions = Vec::new();
        for _ in 0..2 {
            let operation = Operation::OpenSession { request: request.clone() };
            sessions.push(session_id(&self.record(doctor, "device 0", operation, &[])));
        }
        self.session = sessions[0];
        let denied = SessionRequest { purpose: "HRESCH".into(), ..request.clone() };
        self.submit(doctor, "device 0", Operation::OpenSession { request: denied }, &[]);
        let on_ground = SessionRequest {
            organisation: Some(south.did),
            credentials: Vec::new(),
            basis: SessionBasis::LegalGround { ground: ground_id(&ground(south.did)).unwrap() },
            purpose: "PUBHLTH".into(),
            scope: Scope { types: vec!["Observation".into()], ..Scope::default() },
            until: self.now.plus(Millis::hours(1)).unwrap(),
            ..request
        };
        let by = [north.key("device 0").public().id()];
        self.submit(doctor, "device 0", Operation::OpenSession { request: on_ground }, &by);
        let mut heads = vec![head(sessions[0], 0, 3, false), head(sessions[1], 0, 1, true)];
        heads.sort_by_key(|head| head.session);
        self.record(north, "device 0", Operation::AnchorLogs { anchor: LogAnchor { heads } }, &[]);
        let device = bob.key("device 1").public().id();
        self.record(bob, "controller", Operation::RevokeDevice { key: device }, &[]);
        self.block();
    }

    fn credential(&self, holder: &Party) -> Credential {
        let period = Period { from: START, until: self.now.plus(Millis::hours(100)).unwrap() };
        Credential { holder: holder.did, role: Coding::new("urn:roles", "physician"), period }
    }

    fn version(&self, record: RecordId) -> RecordVersion {
        read::<RecordState, _>(self.ledger.state(), &Address::Record(record)).unwrap().unwrap().current
    }

    fn basis(&self, consent: usize) -> SessionBasis {
        let consent = self.consents[consent];
        let state: ConsentState = read(self.ledger.state(), &Address::Consent(consent)).unwrap().unwrap();
        SessionBasis::Consent { consent, version: state.current }
    }

    /// A body that takes the next counter of the party's key.
    #[must_use]
    pub fn body(&self, party: &Party, which: &str, operation: Operation) -> Body {
        let key = party.key(which).public().id();
        let usage: KeyUsage = read(self.ledger.state(), &Address::KeyUsage(key)).unwrap().unwrap_or_default();
        Body {
            version: PROTOCOL_VERSION,
            chain: self.ledger.tip().chain,
            signer: party.did,
            key,
            counter: usage.window.next_counter(),
            signed_at: self.now,
            valid_until: self.now.plus(Millis::hours(1)).unwrap(),
            operation,
        }
    }

    /// Signs a body with whatever keys it names; `None` for a key that nobody has.
    #[must_use]
    pub fn sign(&self, body: Body, approvals: &[KeyId]) -> Option<(TxId, Vec<u8>)> {
        let signer = self.keys.get(&body.key)?;
        let mut draft = Draft::new(body);
        for id in approvals {
            let key = self.keys.get(id)?;
            let waiting = draft.approval(*id).ok()?;
            let approval = waiting.finish(&key.public(), key.sign(waiting.to_sign())).ok()?;
            draft.approve(approval).ok()?;
        }
        let signature = signer.sign(&draft.to_sign().ok()?);
        draft.finish(&signer.public(), signature).ok().map(|signed| (signed.id, signed.bytes))
    }

    fn record(&mut self, party: &Party, which: &str, operation: Operation, approvals: &[KeyId]) -> TxId {
        let (tx, code) = self.submit(party, which, operation, approvals);
        assert_eq!(code, 0, "the world can't be made");
        tx
    }

    /// A transaction in a block of its own; its id and code.
    fn submit(
        &mut self,
        party: &Party,
        which: &str,
        operation: Operation,
        approvals: &[KeyId],
    ) -> (TxId, u64) {
        let (tx, bytes) = self.sign(self.body(party, which, operation), approvals).unwrap();
        self.transactions.push(bytes.clone());
        self.ledger.submit(bytes, self.now).unwrap();
        self.block();
        let results = self.ledger.results(self.ledger.tip().height).unwrap();
        (tx, results.results[0].result.code)
    }

    fn block(&mut self) {
        self.ledger.produce(&validator(), self.now).unwrap();
        self.states.push(self.ledger.state().clone());
        self.now = self.now.plus(Millis::seconds(1)).unwrap();
    }

    /// The doctor's credentials.
    fn credentials(&self) -> Vec<medledger_core::hash::CredentialId> {
        let issued = |bytes: &Vec<u8>| {
            let tx = medledger_core::operation::Transaction::decode(bytes, &self.ledger.tip().chain).unwrap();
            matches!(tx.body.operation, Operation::IssueCredential { .. }).then(|| credential_id(&tx.id))
        };
        self.transactions.iter().filter_map(issued).collect()
    }

    /// A light client with nothing but the genesis.
    #[must_use]
    pub fn verifier(&self) -> Verifier {
        Verifier::new(self.ledger.genesis(), self.now).unwrap()
    }
}

fn record_of(entry: &medledger_core::state::LogEntry) -> RecordId {
    use medledger_core::record::TimelineEntry;
    use medledger_core::state::LogEntry;
    match entry {
        LogEntry::Timeline { entry: TimelineEntry::Anchored { record, .. } } => *record,
        other => panic!("not an anchored record: {other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use medledger_core::validate::{BlockContext, execute};

    #[test]
    fn each_body_is_accepted_next() {
        let world = &*WORLD;
        let tip = world.ledger.tip();
        let cx = BlockContext {
            chain: tip.chain,
            height: tip.height.next().unwrap(),
            time: world.now,
            previous: tip.hash,
        };
        for (body, approvals) in &world.next {
            let (_, bytes) = world.sign(body.clone(), approvals).unwrap();
            let (executed, _) = execute(world.ledger.state(), &cx, &[bytes]).unwrap();
            assert_eq!(executed.outcomes[0].refusal, None, "{:?}", body.operation);
        }
        assert_eq!(world.next.len(), 16);
    }
}
