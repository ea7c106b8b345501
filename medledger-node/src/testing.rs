//! A small ledger for the tests.

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use medledger_core::chain::{Founder, Genesis};
use medledger_core::codec::encode;
use medledger_core::consensus::rule;
use medledger_core::crypto::{HashAlgorithm, SecretKey};
use medledger_core::hash::{ChainId, Did, Nonce, RecordId, StateKey, TxId};
use medledger_core::identity::{Inception, Kind};
use medledger_core::merkle::Log;
use medledger_core::operation::{Body, Draft, Operation, PROTOCOL_VERSION, Signed};
use medledger_core::record::{Anchor, BatchAnchor, BatchEntry, Commitments};
use medledger_core::state::{Address, LogKind, Params, Validator, ValidatorSet};
use medledger_core::units::{Millis, Timestamp};
use medledger_sdk::agreement::AgreementSecret;
use medledger_sdk::fhir::SAMPLE_BUNDLE;
use medledger_sdk::fhir::bundle::{Bundle, Entry};
use medledger_sdk::identity::device_keys;
use medledger_sdk::seal::{ContentForm, SealedRecord};

use crate::Host;
use crate::host::Waiting;

/// When the ledgers of the tests begin.
pub const START: Timestamp = Timestamp(1_700_000_000_000);

/// `START` and some seconds later.
pub fn at(seconds: u32) -> Timestamp {
    START.plus(Millis::seconds(seconds)).unwrap()
}

/// Bytes that stand nowhere but in a sealed record: of its chunks, and each wrap of its key.
pub fn traces(host: &Host, record: &RecordId) -> Vec<Vec<u8>> {
    let kept = host.held(record).unwrap().unwrap().kept;
    let record = kept.sealed().unwrap();
    let wraps = record.wraps.iter().map(|wrap| encode(wrap).unwrap());
    [record.chunks.as_ref().unwrap()[..32].to_vec()].into_iter().chain(wraps).collect()
}

/// Whether bytes have these among them.
pub fn has(bytes: &[u8], part: &[u8]) -> bool {
    let first = part[0];
    (0..bytes.len()).any(|at| bytes[at] == first && bytes[at..].starts_with(part))
}

/// A directory that goes when the test ends.
pub struct TempDir(PathBuf);

impl TempDir {
    pub fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("medledger-test-{}-{next}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// A path in it.
    pub fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// splitmix64 (Steele, Lea, Flood 2014): the same numbers in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.roll() % bound
    }
}

impl rand_core::TryRng for Dice {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::try_from(self.roll() >> 32).unwrap())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.roll())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let roll = self.roll().to_le_bytes();
            chunk.copy_from_slice(&roll[..chunk.len()]);
        }
        Ok(())
    }
}

impl rand_core::TryCryptoRng for Dice {}

/// An identity with one device.
pub struct Person {
    pub controller: SecretKey,
    pub device: SecretKey,
    pub agreement: AgreementSecret,
    pub inception: Inception,
    pub did: Did,
    counter: u64,
}

impl Person {
    pub fn new(kind: Kind, seed: u8) -> Self {
        let key = |part| SecretKey::from_seed([seed.wrapping_mul(8).wrapping_add(part); 32]);
        let (controller, device) = (key(1), key(2));
        let agreement = AgreementSecret::new([seed.wrapping_mul(8).wrapping_add(4); 32]);
        let inception = Inception {
            kind,
            controller: controller.public(),
            successor: key(3).public().successor_digest(),
            devices: vec![device_keys(device.public(), &agreement)],
            nonce: Nonce([seed; 32]),
        };
        let did = inception.did().unwrap();
        Self { controller, device, agreement, inception, did, counter: 0 }
    }

    /// Goes on after this counter.
    #[allow(dead_code, reason = "each test program uses its own part")]
    pub fn resume(&mut self, counter: u64) {
        self.counter = counter;
    }

    /// A transaction signed by the device, and approved by these keys.
    pub fn sign(
        &mut self,
        chain: ChainId,
        now: Timestamp,
        operation: Operation,
        approvals: &[&SecretKey],
    ) -> Signed {
        self.counter += 1;
        let body = Body {
            version: PROTOCOL_VERSION,
            chain,
            signer: self.did,
            key: self.device.public().id(),
            counter: self.counter,
            signed_at: now,
            valid_until: now.plus(Millis::hours(1)).unwrap(),
            operation,
        };
        let mut draft = Draft::new(body);
        for key in approvals {
            let approval = draft.approval(key.public().id()).unwrap();
            let signature = key.sign(approval.to_sign());
            draft.approve(approval.finish(&key.public(), signature).unwrap()).unwrap();
        }
        let signature = self.device.sign(&draft.to_sign().unwrap());
        draft.finish(&self.device.public(), signature).unwrap()
    }
}

/// A ledger of one hospital and one patient.
pub struct Town {
    pub validator: SecretKey,
    pub hospital: Person,
    pub patient: Person,
    pub genesis: Genesis,
    pub chain: ChainId,
    pub dice: Dice,
}

impl Town {
    pub fn new() -> Self {
        let validator = SecretKey::from_seed([200; 32]);
        let hospital = Person::new(Kind::Organisation, 1);
        let genesis = Genesis {
            version: PROTOCOL_VERSION,
            hash: HashAlgorithm::Sha3_256,
            name: "a town".into(),
            time: START,
            finality: rule::AUTHORITY,
            validators: ValidatorSet { validators: vec![Validator { key: validator.public(), power: 1 }] },
            params: Params::default(),
            founders: vec![Founder { inception: hospital.inception.clone(), member: true }],
            grounds: Vec::new(),
        };
        let chain = genesis.chain_id().unwrap();
        let patient = Person::new(Kind::Patient, 2);
        Self { validator, hospital, patient, genesis, chain, dice: Dice(1) }
    }

    /// The patient's inception, sponsored by the hospital.
    pub fn incept(&mut self, now: Timestamp) -> Waiting {
        let Self { hospital, patient, chain, .. } = self;
        let operation = Operation::Incept { inception: patient.inception.clone() };
        hospital.sign(*chain, now, operation, &[&patient.controller, &patient.device]).bytes.into()
    }

    /// A record, sealed for the hospital and the patient, with what it commits to.
    pub fn sealed(&mut self, entry: &Entry) -> (Commitments, SealedRecord) {
        let (form, text) = (ContentForm::FhirJson, &entry.canonical);
        let (mut sealed, key) = SealedRecord::seal(text, form, &entry.facts, &mut self.dice).unwrap();
        let to = [self.patient.agreement.public(), self.hospital.agreement.public()];
        sealed.wrap_to(&key, &self.chain, &to, &mut self.dice).unwrap();
        (sealed.header().unwrap().head.commitments, sealed)
    }

    /// A record of the patient.
    pub fn record(&mut self) -> (Commitments, SealedRecord) {
        let bundle = Bundle::parse(SAMPLE_BUNDLE).unwrap();
        self.sealed(bundle.patient())
    }

    /// What the hospital opens records with.
    pub fn secrets(&self) -> [AgreementSecret; 1] {
        [self.hospital.agreement.clone()]
    }

    /// One record, anchored by itself.
    pub fn anchor(&mut self, now: Timestamp) -> (TxId, Waiting) {
        let (commitments, sealed) = self.record();
        let anchor = Anchor { subject: self.patient.did, custodian: self.hospital.did, commitments };
        let signed = self.hospital.sign(self.chain, now, Operation::Anchor { anchor }, &[]);
        (signed.id, Waiting { transaction: signed.bytes, records: vec![sealed] })
    }

    /// The sample bundle, anchored as one batch.
    pub fn batch(&mut self, now: Timestamp) -> (TxId, Waiting) {
        let bundle = Bundle::parse(SAMPLE_BUNDLE).unwrap();
        let mut log = Log::new();
        let mut records = Vec::new();
        for entry in &bundle {
            let (commitments, sealed) = self.sealed(entry);
            log.append(&commitments.leaf().unwrap());
            records.push(sealed);
        }
        let entry = BatchEntry { subject: self.patient.did, root: log.root(), count: log.size() };
        let batch = BatchAnchor { custodian: self.hospital.did, entries: vec![entry] };
        let signed = self.hospital.sign(self.chain, now, Operation::AnchorBatch { batch }, &[]);
        (signed.id, Waiting { transaction: signed.bytes, records })
    }

    /// Keys of the state that the tests look at.
    pub fn keys(&self) -> Vec<StateKey> {
        let (patient, hospital) = (self.patient.did, self.hospital.did);
        let device = self.hospital.device.public().id();
        [
            Address::Params,
            Address::Headers,
            Address::Identity(patient),
            Address::Identity(hospital),
            Address::KeyUsage(device),
            Address::IdentityUsage(hospital),
            Address::Log(patient, LogKind::Timeline),
            Address::Log(patient, LogKind::Authority),
        ]
        .iter()
        .map(Address::key)
        .collect()
    }

    /// A ledger with blocks of every kind: an inception, a batch, a single record, a refusal, an empty block.
    pub fn ledger(&mut self, dir: &Path) -> Host {
        let host = Host::create(dir, &self.genesis).unwrap();
        let incept = self.incept(at(1));
        host.produce(&[incept], &self.validator, at(1)).unwrap();
        let (_, batch) = self.batch(at(2));
        host.produce(&[batch], &self.validator, at(2)).unwrap();
        let (_, single) = self.anchor(at(3));
        let again = self.incept(at(3));
        host.produce(&[single, again], &self.validator, at(3)).unwrap();
        host.produce(&[], &self.validator, at(4)).unwrap();
        let (_, batch) = self.batch(at(5));
        host.produce(&[batch], &self.validator, at(5)).unwrap();
        host
    }
}
