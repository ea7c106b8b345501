#![cfg(feature = "local")]

use alloc::vec;

use super::*;
use crate::api::access::SessionStatus;
use crate::api::facts::{Facts, batch_record_id};
use crate::api::identities::NewIdentity;
use crate::api::identity::IdentityKind;
use crate::api::key::Quiet;
use crate::api::ledger::tests::{HOUR, NOW, World};
use crate::api::light::LightClient;
use crate::api::records::{Batch, anchor_batch, record_proof};
use crate::api::requester::{OpenedSession, Requester, SessionAsk, read_release};
use crate::testing::Dice;

/// A hospital that keeps a bundle of a patient's records, and a doctor with a session.
struct Visit {
    world: World,
    requester: Requester,
    session: OpenedSession,
    gateway: Gateway,
    held: HeldRecord,
    record: String,
    facts: Facts,
}

impl Visit {
    fn new() -> Self {
        let (mut world, mut rng) = (World::new(), Dice(60));
        let chain = world.ledger.status().chain;
        let (did, hospital) = (world.patient.did(), world.hospital.did());
        let own = world.hospital.agreement();
        let batch = batch(&chain, &own, &mut rng);
        let entries = [batch.entry(&did).unwrap()];
        let draft = anchor_batch(&world.sender(&world.hospital), &entries, None).unwrap();
        let (anchor, _) = world.record(&draft, &world.hospital.device());
        let receipt = world.ledger.receipt(&anchor, &did).unwrap();
        let entry = world.ledger.timeline(&did).unwrap().entries.pop().unwrap();
        let record = batch_record_id(&entry.record, 1).unwrap();
        let member = batch.member(1).unwrap();
        let proof = record_proof(&receipt, Some(&member), None).unwrap();
        let sealed = batch.record(1).unwrap();
        let held = HeldRecord::new(&proof, &sealed, &own, &chain).unwrap();
        let facts = sealed.open_facts(&sealed.unwrap(&own, &chain).unwrap()).unwrap();
        let doctor = NewIdentity::draw(IdentityKind::Practitioner, &mut rng).unwrap();
        let draft = doctor.incept(&world.sender(&world.hospital)).unwrap();
        world.record(&draft, &world.hospital.device());
        let (consent, _) = world.grant_to(&doctor.did());
        let version = world.ledger.consent(&consent, NOW).unwrap().version_hash;
        let mut requester = Requester::new(&doctor.did(), &doctor.device()).unwrap();
        let ask = SessionAsk {
            subject: did.clone(),
            organisation: None,
            credentials: vec![],
            custodians: vec![hospital.clone()],
            consent: Some(consent),
            consent_version: Some(version),
            legal_ground: None,
            action: "access".into(),
            purpose: "TREAT".into(),
            types: vec![],
            categories: vec![],
            period: None,
            until: Time(NOW.0 + HOUR / 2),
        };
        let sender = world.ledger.sender(&doctor.did(), &doctor.device().id(), NOW, HOUR).unwrap();
        let draft = requester.ask(&sender, &ask, &mut rng).unwrap();
        let (asked, _) = world.record(&draft, &doctor.device());
        let receipt = world.ledger.receipt(&asked, &did).unwrap();
        let session = OpenedSession::from_receipt(&receipt, &world.client()).unwrap();
        let gateway = Gateway::new(&hospital, &world.hospital.device()).unwrap();
        Self { world, requester, session, gateway, held, record, facts }
    }

    fn client(&self) -> LightClient {
        self.world.client()
    }

    fn request(&self) -> Vec<u8> {
        let hospital = self.world.hospital.did();
        self.requester.request(&self.session, &hospital, &self.record, &mut Dice(5)).unwrap()
    }

    fn answer(&mut self, request: &[u8]) -> Result<GatewayAnswer, Error> {
        let question = self.gateway.question(request, Some(&self.held))?;
        let proof = self.world.ledger.prove_access(&question)?;
        let client = self.client();
        self.gateway.release(request, Some(&self.held), &proof, &client, &mut Dice(6))
    }
}

fn batch(chain: &str, own: &AgreementKey, rng: &mut Dice) -> Batch {
    Batch::seal_bundle(crate::fhir::SAMPLE_BUNDLE, chain, &[own.public_key()], &mut Quiet, rng).unwrap()
}

#[test]
fn a_record_is_released_once_and_the_log_is_complete_after_its_close() {
    let mut visit = Visit::new();
    let request = visit.request();
    let answer = visit.answer(&request).unwrap();
    assert_eq!((answer.effect, answer.refusal), (Effect::Permit, None));
    let told = read_release(&answer.answer.0).unwrap();
    assert_eq!((told.effect, told.record.as_str()), (Effect::Permit, visit.record.as_str()));
    let released = visit.requester.open(&visit.client(), &visit.session, &answer.answer.0).unwrap();
    assert_eq!((released.facts(), released.proven().record), (visit.facts.clone(), visit.record.clone()));
    assert!(released.original().starts_with(b"{") && !released.content().is_empty());
    assert_eq!(visit.answer(&request).unwrap_err().kind.as_str(), "refused");
    let did = visit.world.patient.did();
    assert!(!visit.world.ledger.access_log(&did, NOW).unwrap().complete);
    assert_eq!(visit.gateway.open_sessions(), [visit.session.id()]);
    visit.gateway.close_session(&visit.session.id(), NOW).unwrap();
    let kept = visit.gateway.to_bytes().unwrap();
    let mut gateway = Gateway::from_bytes(&kept, &visit.world.hospital.device()).unwrap();
    let report = gateway.anchor(&visit.world.sender(&visit.world.hospital)).unwrap();
    let (_, block) = visit.world.record(&report, &visit.world.hospital.device());
    assert_eq!(block.results[0].rule, None);
    gateway.anchored(&report).unwrap();
    assert_eq!(gateway.anchor(&visit.world.sender(&visit.world.hospital)).unwrap_err().code, "API-007");
    let log = visit.world.ledger.access_log(&did, NOW).unwrap();
    assert_eq!((log.complete, log.looks[0].status), (true, Some(SessionStatus::Closed)));
    assert_eq!(visit.world.ledger.unclosed_sessions(&did).unwrap(), []);
}

#[test]
fn what_is_not_held_or_not_a_request_is_not_released() {
    let mut visit = Visit::new();
    let request = visit.request();
    let question = visit.gateway.question(&request, None).unwrap();
    let proof = visit.world.ledger.prove_access(&question).unwrap();
    let client = visit.client();
    let answer = visit.gateway.release(&request, None, &proof, &client, &mut Dice(6)).unwrap();
    assert_eq!((answer.effect, answer.refusal.is_some()), (Effect::Deny, true));
    assert_eq!(visit.requester.open(&client, &visit.session, &answer.answer.0).unwrap_err().code, "API-007");
    assert_eq!(visit.gateway.question(b"", None).unwrap_err().kind.as_str(), "malformed");
    let stranger = AgreementKey::draw(&mut Dice(8));
    let sealed = batch(&"00".repeat(32), &stranger, &mut Dice(9)).record(0).unwrap();
    let error = HeldRecord::new(b"x", &sealed, &stranger, "x").unwrap_err();
    assert_eq!(error.kind.as_str(), "malformed");
    assert_eq!(visit.gateway.close_session("x", NOW).unwrap_err().code, "API-002");
}

#[test]
fn an_ask_stands_on_just_one_basis() {
    let ask = SessionAsk {
        subject: Visit::new().world.patient.did(),
        organisation: None,
        credentials: vec![],
        custodians: vec![],
        consent: None,
        consent_version: None,
        legal_ground: None,
        action: "access".into(),
        purpose: "TREAT".into(),
        types: vec![],
        categories: vec![],
        period: None,
        until: NOW,
    };
    let code = |ask: &SessionAsk| crate::requester::Ask::try_from(ask).unwrap_err().code.clone();
    assert_eq!(code(&ask), "API-001");
    let both =
        SessionAsk { consent: Some("00".repeat(32)), legal_ground: Some("00".repeat(32)), ..ask.clone() };
    assert_eq!(code(&both), "API-001");
    assert_eq!(code(&SessionAsk { legal_ground: Some("x".into()), ..ask }), "API-002");
}
