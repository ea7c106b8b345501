//! What the tests share: entropy that repeats, and a ledger with a hospital and a patient.

#![cfg(all(feature = "fhir", feature = "local"))]

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::convert::Infallible;

use medledger_core::access::LegalGround;
use medledger_core::crypto::SecretKey;
use medledger_core::error::Coded;
use medledger_core::hash::{Tag, TxId, hash};
use medledger_core::identity::Kind;
use medledger_core::light::{RecordProof, Verifier};
use medledger_core::operation::{Draft, Operation};
use medledger_core::state::{Address, LogKind, read};
use medledger_core::units::{Millis, Timestamp};

use crate::anchor::{SealedBatch, batch_anchor, record_proof};
use crate::consortium::genesis;
use crate::draft::{Sender, sign};
use crate::fhir::SAMPLE_BUNDLE;
use crate::fhir::bundle::Bundle;
use crate::identity::NewIdentity;
use crate::local::Ledger;

/// Entropy that is the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl rand_core::TryRng for Dice {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.try_next_u64()? as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for chunk in out.chunks_mut(32) {
            self.0 += 1;
            chunk.copy_from_slice(&hash(Tag::Batch, &[&self.0.to_be_bytes()])[..chunk.len()]);
        }
        Ok(())
    }
}

impl rand_core::TryCryptoRng for Dice {}

/// The bytes that hexadecimal digits stand for.
pub(crate) fn unhex(digits: &str) -> Vec<u8> {
    assert!(digits.len().is_multiple_of(2), "two digits a byte");
    let byte = |pair: &[u8]| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.as_bytes().chunks(2).map(byte).collect()
}

pub(crate) const NOW: Timestamp = Timestamp(1_772_438_400_000);

/// The same key again.
pub(crate) fn copy(key: &SecretKey) -> SecretKey {
    SecretKey::from_seed(*key.seed())
}

/// Where the hospital may look at allergies without consent.
pub(crate) fn ground(hospital: &NewIdentity) -> LegalGround {
    LegalGround {
        name: "emergency care act, article 1".to_string(),
        organisation: hospital.did,
        role: None,
        purpose: "TREAT".to_string(),
        types: Vec::from(["AllergyIntolerance".to_string()]),
        longest: Millis::hours(1),
        overrides_deny: false,
    }
}

/// A ledger of one hospital.
pub(crate) struct World {
    pub(crate) ledger: Ledger,
    /// Everybody's clock; blocks are made at it.
    pub(crate) clock: Timestamp,
    pub(crate) rng: Dice,
    validator: SecretKey,
    pub(crate) hospital: NewIdentity,
    pub(crate) patient: NewIdentity,
    pub(crate) batch: SealedBatch,
}

impl World {
    /// A hospital, and a patient who is not on the ledger yet.
    pub(crate) fn new() -> Self {
        let mut rng = Dice(0);
        let validator = SecretKey::from_seed([1; 32]);
        let hospital = NewIdentity::draw(Kind::Organisation, &mut rng).unwrap();
        let founders = Vec::from([hospital.founder(true)]);
        let mut genesis = genesis("test".to_string(), NOW, &[validator.public()], founders);
        genesis.grounds.push(ground(&hospital));
        let patient = NewIdentity::draw(Kind::Patient, &mut rng).unwrap();
        let ledger = Ledger::new(genesis).unwrap();
        Self { ledger, clock: NOW, rng, validator, hospital, patient, batch: SealedBatch::new() }
    }

    /// The same with the patient on the ledger and the sample bundle anchored.
    pub(crate) fn anchored() -> Self {
        let mut world = Self::new();
        let draft = world.patient.incept(&world.hospital_signs()).unwrap();
        world.record(&draft, &SecretKey::from_seed(*world.hospital.keys.device.seed()));
        let bundle = Bundle::parse(SAMPLE_BUNDLE).unwrap();
        world.batch = SealedBatch::from_bundle(&bundle, &mut world.rng).unwrap();
        let entry = world.batch.entry(world.patient.did);
        let batch = batch_anchor(world.hospital.did, Vec::from([entry]));
        let draft = world.hospital_signs().draft(Operation::AnchorBatch { batch });
        world.record(&draft, &SecretKey::from_seed(*world.hospital.keys.device.seed()));
        world
    }

    pub(crate) fn hospital_signs(&self) -> Sender {
        self.signer(&self.hospital, &self.hospital.keys.device)
    }

    pub(crate) fn signer(&self, of: &NewIdentity, key: &SecretKey) -> Sender {
        let key = key.public().id();
        let usage: medledger_core::operation::KeyUsage =
            read(self.ledger.state(), &Address::KeyUsage(key)).unwrap().unwrap_or_default();
        Sender {
            chain: self.ledger.tip().chain,
            did: of.did,
            key,
            counter: usage.window.next_counter(),
            signed_at: self.clock,
            valid_until: self.clock.plus(Millis::hours(1)).unwrap(),
        }
    }

    /// Signs and records a draft, which the ledger accepts.
    pub(crate) fn record(&mut self, draft: &Draft, key: &SecretKey) {
        assert_eq!(self.submit(draft, key).1, 0);
    }

    /// Signs and records a draft; gives its id and result code.
    pub(crate) fn submit(&mut self, draft: &Draft, key: &SecretKey) -> (TxId, u64) {
        let signed = sign(draft, key).unwrap();
        self.ledger.submit(signed.bytes, self.clock).unwrap();
        let proposal = self.ledger.propose(&self.validator.public(), self.clock).unwrap();
        let signature = self.validator.sign(proposal.to_sign());
        self.ledger.certify(proposal, &self.validator.public(), signature).unwrap();
        let height = self.ledger.tip().height;
        let result = &self.ledger.results(height).unwrap().results[0].result;
        (result.id.unwrap(), result.code)
    }

    /// Puts an identity on the ledger, sponsored by the hospital.
    pub(crate) fn incept(&mut self, new: &NewIdentity) {
        let draft = new.incept(&self.hospital_signs()).unwrap();
        self.record(&draft, &copy(&self.hospital.keys.device));
    }

    /// An empty block.
    pub(crate) fn pass(&mut self) {
        self.ledger.produce(&self.validator, self.clock).unwrap();
    }

    pub(crate) fn verifier(&self) -> Verifier {
        Verifier::new(self.ledger.genesis(), self.clock).unwrap()
    }

    /// The proof of a record of the sample.
    pub(crate) fn proof(&self, index: u64, opened: bool, refreshed: bool) -> RecordProof {
        let (at, _) = self.ledger.log(&self.patient.did, LogKind::Timeline)[0];
        let receipt = if refreshed { self.ledger.refreshed(at) } else { self.ledger.receipt(at) };
        let opening = opened.then(|| self.batch.openings[index as usize].clone());
        record_proof(receipt.unwrap(), &self.batch.commitments, index, opening).unwrap()
    }
}

/// The id of the rule that an error names; empty where there is none.
pub(crate) fn id<E: Coded>(error: Option<&E>) -> String {
    error.map(|error| error.rule().to_string()).unwrap_or_default()
}
