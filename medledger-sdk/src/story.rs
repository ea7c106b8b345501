//! What the tests of access share: a patient with a wallet, a practitioner who asks, and the hospital's gateway.

#![cfg(all(feature = "seal", feature = "local"))]

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use medledger_core::access::{LogAnchor, Scope, SessionBasis};
use medledger_core::consent::{Actor, ConsentState, Criteria, RuleEffect, Terms, consent_id};
use medledger_core::crypto::SecretKey;
use medledger_core::hash::{ConsentId, Did, RecordId, Tag, hash};
use medledger_core::identity::{Credential, Kind, credential_id};
use medledger_core::operation::{Draft, Operation};
use medledger_core::record::commitment::Content;
use medledger_core::record::{Facts, Opening, Salt, TimelineEntry, batch_record_id};
use medledger_core::state::{Address, LogEntry, LogKind, read};
use medledger_core::units::{Interval, Millis, Period, Timestamp};
use medledger_core::vocabulary::Coding;

use crate::anchor::{SealedBatch, batch_anchor, record_proof};
use crate::gateway::{Answered, Gateway, GatewayError, HeldRecord};
use crate::identity::NewIdentity;
use crate::release::ReleaseRequest;
use crate::requester::{Ask, OpenedSession, Requester};
use crate::seal::{ContentForm, RecordKey, SealedRecord};
pub(crate) use crate::testing::id;
use crate::testing::{Dice, World, copy};
use crate::wallet::Wallet;

/// Records of the patient, beside those of the sample.
pub(crate) const ALLERGY: u64 = 0;
pub(crate) const LAB: u64 = 1;
pub(crate) const UNDATED: u64 = 2;

pub(crate) struct Story {
    pub(crate) world: World,
    pub(crate) doctor: NewIdentity,
    pub(crate) clinic: NewIdentity,
    pub(crate) other: NewIdentity,
    pub(crate) credential: medledger_core::hash::CredentialId,
    pub(crate) wallet: Wallet,
    pub(crate) requester: Requester,
    pub(crate) gateway: Gateway,
    /// The patient's own records, and those of the other patient in the same transaction.
    pub(crate) batches: [SealedBatch; 2],
}

pub(crate) fn role() -> Coding {
    Coding::new("urn:oid:2.16.840.1.113883.6.101", "207Q00000X")
}

pub(crate) fn laboratory() -> Coding {
    Coding::new("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory")
}

fn opening(n: u8, facts: Facts) -> Opening {
    let content = Content::new(alloc::format!("{{\"n\":{n}}}").into_bytes());
    let salt = |part: u8| Salt::new([n.wrapping_mul(2).wrapping_add(part); 32]);
    Opening { content, content_salt: salt(100), facts, facts_salt: salt(101) }
}

fn records(of: u8) -> SealedBatch {
    let year = |start: i64| Some(Interval { start: Some(start), end: Some(start + 1_000) });
    let mut allergy = Facts::new("AllergyIntolerance/a", "AllergyIntolerance");
    allergy.clinical = year(1_000_000);
    let mut lab = Facts::new("Observation/b", "Observation");
    lab.category = Vec::from([laboratory()]);
    lab.clinical = year(2_000_000);
    let undated = Facts::new("Observation/c", "Observation");
    let mut batch = SealedBatch::new();
    for (n, facts) in (of..).zip([allergy, lab, undated]) {
        batch.push(opening(n, facts)).unwrap();
    }
    batch
}

/// A record under these salts, sealed, with its key.
pub(crate) fn sealed(opening: &Opening) -> (SealedRecord, RecordKey) {
    let salts = [opening.content_salt.expose(), opening.facts_salt.expose()];
    let key = hash(Tag::Batch, &salts.map(|salt| &salt[..]));
    let key = RecordKey::new([&key[..], salts[0], salts[1]].concat()[..].try_into().unwrap());
    let content = opening.content.expose();
    let form = ContentForm::AsItStands;
    (SealedRecord::seal_under(&key, content, form, &opening.facts, &mut Dice(7)).unwrap(), key)
}

/// A permit for everything to whoever acts for an organisation, for treatment.
pub(crate) fn permit(to: Did, period: Period) -> Terms {
    Terms {
        period,
        directive: false,
        effect: RuleEffect::Permit,
        criteria: Criteria {
            actors: Vec::from([Actor::Identity { did: to }]),
            purposes: Vec::from(["TREAT".to_string()]),
            ..Criteria::default()
        },
        rules: Vec::new(),
        obligations: Vec::new(),
        uses: None,
    }
}

impl Story {
    pub(crate) fn new() -> Self {
        let mut world = World::anchored();
        let doctor = NewIdentity::draw(Kind::Practitioner, &mut world.rng).unwrap();
        let clinic = NewIdentity::draw(Kind::Organisation, &mut world.rng).unwrap();
        let other = NewIdentity::draw(Kind::Patient, &mut world.rng).unwrap();
        for new in [&doctor, &clinic, &other] {
            world.incept(new);
        }
        let hospital = copy(&world.hospital.keys.device);
        let period = Period { from: Timestamp(0), until: world.clock.plus(Millis::hours(1_000)).unwrap() };
        let credential = Credential { holder: doctor.did, role: role(), period };
        let draft = world.hospital_signs().draft(Operation::IssueCredential { credential });
        let (tx, _) = world.submit(&draft, &hospital);
        let batches = [records(1), records(11)];
        let entries = Vec::from([batches[0].entry(world.patient.did), batches[1].entry(other.did)]);
        let batch = batch_anchor(world.hospital.did, entries);
        let draft = world.hospital_signs().draft(Operation::AnchorBatch { batch });
        world.record(&draft, &hospital);
        Self {
            wallet: Wallet::new(world.patient.did, copy(&world.patient.keys.device)),
            requester: Requester::new(doctor.did, copy(&doctor.keys.device)),
            gateway: Gateway::new(world.hospital.did, hospital),
            credential: credential_id(&tx),
            world,
            doctor,
            clinic,
            other,
            batches,
        }
    }

    /// Half an hour from now.
    pub(crate) fn soon(&self) -> Timestamp {
        self.after(Millis::minutes(30))
    }

    pub(crate) fn after(&self, span: Millis) -> Timestamp {
        self.world.clock.plus(span).unwrap()
    }

    pub(crate) fn period(&self, span: Millis) -> Period {
        Period { from: Timestamp(0), until: self.after(span) }
    }

    pub(crate) fn patient_signs(
        &mut self,
        draft: impl FnOnce(&Self) -> Draft,
    ) -> (medledger_core::hash::TxId, u64) {
        let draft = draft(self);
        let key = copy(&self.world.patient.keys.device);
        self.world.submit(&draft, &key)
    }

    pub(crate) fn grant(&mut self, terms: Terms) -> ConsentId {
        let (tx, code) = self.patient_signs(|story| {
            let signer = story.world.signer(&story.world.patient, &story.world.patient.keys.device);
            let state = story.world.ledger.state();
            story.wallet.grant(&signer, state, terms, story.world.clock).unwrap().unwrap()
        });
        assert_eq!(code, 0);
        consent_id(&tx)
    }

    /// A grant to the doctor for so long.
    pub(crate) fn grant_doctor(&mut self, span: Millis) -> ConsentId {
        self.grant(permit(self.doctor.did, self.period(span)))
    }

    pub(crate) fn revoke(&mut self, consent: ConsentId) {
        let (_, code) = self.patient_signs(|story| {
            let signer = story.world.signer(&story.world.patient, &story.world.patient.keys.device);
            story.wallet.revoke(&signer, consent)
        });
        assert_eq!(code, 0);
    }

    pub(crate) fn consent(&self, consent: ConsentId) -> ConsentState {
        read(self.world.ledger.state(), &Address::Consent(consent)).unwrap().unwrap()
    }

    /// What the doctor asks for on a consent: everything, until soon, of the hospital.
    pub(crate) fn asks(&self, consent: ConsentId) -> Ask {
        Ask {
            subject: self.world.patient.did,
            organisation: Some(self.world.hospital.did),
            credentials: Vec::from([self.credential]),
            custodians: Vec::from([self.world.hospital.did]),
            basis: SessionBasis::Consent { consent, version: self.consent(consent).current },
            action: "access".to_string(),
            purpose: "TREAT".to_string(),
            scope: Scope::default(),
            until: self.soon(),
        }
    }

    pub(crate) fn draft(&mut self, ask: Ask) -> Draft {
        let signer = self.world.signer(&self.doctor, &self.doctor.keys.device);
        self.requester.ask(&signer, ask, &mut self.world.rng)
    }

    /// Asks the ledger; the session's receipt, or the code of the denial.
    pub(crate) fn open(&mut self, ask: Ask) -> Result<OpenedSession, u64> {
        let draft = self.draft(ask);
        self.open_draft(&draft)
    }

    pub(crate) fn open_draft(&mut self, draft: &Draft) -> Result<OpenedSession, u64> {
        let key = copy(&self.doctor.keys.device);
        let (_, code) = self.world.submit(draft, &key);
        if code != 0 {
            return Err(code);
        }
        let (at, _) = *self.world.ledger.log(&self.world.patient.did, LogKind::Access).last().unwrap();
        let receipt = self.world.ledger.receipt(at).unwrap();
        Ok(OpenedSession::from_receipt(receipt, &self.world.verifier()).unwrap())
    }

    /// A record of the patient (0) or of the other one (1), as the hospital holds it.
    pub(crate) fn held(&self, of: usize, index: u64) -> (RecordId, HeldRecord) {
        let subject = if of == 0 { self.world.patient.did } else { self.other.did };
        let (at, leaf) = *self.world.ledger.log(&subject, LogKind::Timeline).last().unwrap();
        let LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { batch, .. } } = &leaf.entry else {
            panic!("a batch is the last entry");
        };
        let record = batch_record_id(batch, index);
        let receipt = self.world.ledger.receipt(at).unwrap();
        let (sealed, key) = sealed(&self.batches[of].openings[usize::try_from(index).unwrap()]);
        let proof = record_proof(receipt, &self.batches[of].commitments, index, None).unwrap();
        (record, HeldRecord { proof, sealed, key })
    }

    /// A fresh request to the hospital, signed by the doctor.
    pub(crate) fn request(&mut self, session: &OpenedSession, record: RecordId) -> ReleaseRequest {
        let custodian = self.world.hospital.did;
        self.requester.request(session, (custodian, record), &mut self.world.rng).unwrap()
    }

    /// The gateway's answer to one.
    pub(crate) fn asked(
        &mut self,
        session: &OpenedSession,
        record: RecordId,
        held: Option<&HeldRecord>,
    ) -> Result<Answered, GatewayError> {
        let request = self.request(session, record);
        self.answer(&request, held)
    }

    /// The gateway answers a request under the newest header.
    pub(crate) fn answer(
        &mut self,
        request: &ReleaseRequest,
        held: Option<&HeldRecord>,
    ) -> Result<Answered, GatewayError> {
        let question = self.gateway.question(request, held);
        let proof = self.world.ledger.access_proof(&question).unwrap();
        let verifier = self.world.verifier();
        self.gateway.release(request, held, &proof, (&verifier, self.world.clock), &mut self.world.rng)
    }

    /// The same for one of the patient's records, by its refusal's id; empty where it is released.
    pub(crate) fn release(&mut self, session: &OpenedSession, index: u64) -> String {
        let (record, held) = self.held(0, index);
        let answered = self.asked(session, record, Some(&held)).unwrap();
        id(answered.refusal.as_ref())
    }

    /// Anchors the gateway's heads; the result code.
    pub(crate) fn anchor_logs(&mut self) -> (LogAnchor, u64) {
        let anchor = self.gateway.anchor().unwrap();
        let draft = self.gateway.anchor_draft(&self.world.hospital_signs()).unwrap();
        let key: SecretKey = copy(&self.world.hospital.keys.device);
        let (_, code) = self.world.submit(&draft, &key);
        if code == 0 {
            self.gateway.confirm(&anchor);
        }
        (anchor, code)
    }

    /// An empty block, so much later.
    pub(crate) fn pass(&mut self, span: Millis) {
        self.world.clock = self.after(span);
        self.world.pass();
    }
}
