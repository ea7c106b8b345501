use alloc::string::ToString;
use alloc::vec;

use super::*;
use crate::api::access::Effect;
use crate::api::consent::{Actor, ConsentStanding, Criteria};
use crate::api::identities::{Founder, NewIdentity, genesis};
use crate::api::identity::IdentityKind;
use crate::api::key::Quiet;
use crate::api::light::{LightClient, check_proof};
use crate::api::terms::{consent_id, revoke_consent};
use crate::api::units::Period;
use crate::testing::Dice;

pub(in crate::api) const NOW: Time = Time(1_772_438_400_000);
pub(in crate::api) const HOUR: u64 = 3_600_000;

/// A hospital, a patient, a validator, and their ledger.
pub(in crate::api) struct World {
    pub(in crate::api) ledger: Ledger,
    pub(in crate::api) validator: Key,
    pub(in crate::api) hospital: NewIdentity,
    pub(in crate::api) patient: NewIdentity,
}

impl World {
    pub(in crate::api) fn new() -> Self {
        let mut rng = Dice(1);
        let hospital = NewIdentity::draw(IdentityKind::Organisation, &mut rng).unwrap();
        let patient = NewIdentity::draw(IdentityKind::Patient, &mut rng).unwrap();
        let validator = Key::draw(&mut rng);
        let founders = [Founder { inception: Bytes(hospital.inception().unwrap()), member: true }];
        let genesis = genesis("Test", NOW, &[validator.public_key()], &founders).unwrap();
        let ledger = Ledger::new(&genesis).unwrap();
        let mut world = Self { ledger, validator, hospital, patient };
        let draft = world.patient.incept(&world.sender(&world.hospital)).unwrap();
        world.record(&draft, &world.hospital.device());
        world
    }

    pub(in crate::api) fn sender(&self, of: &NewIdentity) -> Sender {
        self.ledger.sender(&of.did(), &of.device().id(), NOW, HOUR).unwrap()
    }

    pub(in crate::api) fn record(&mut self, draft: &Draft, key: &Key) -> (String, BlockSummary) {
        let id = self.ledger.submit(&draft.sign(key).unwrap().bytes.0, NOW).unwrap();
        (id, self.ledger.produce(&self.validator, NOW).unwrap())
    }

    pub(in crate::api) fn terms(&self) -> Terms {
        Self::terms_for(&self.hospital.did())
    }

    fn terms_for(did: &str) -> Terms {
        let actors = vec![Actor { identity: Some(did.to_string()), ..Actor::default() }];
        Terms {
            period: Period { from: NOW, until: Time(NOW.0 + HOUR) },
            effect: Effect::Permit,
            criteria: Criteria { actors, ..Criteria::default() },
            rules: vec![],
            directive: false,
            obligations: vec![],
            uses: None,
        }
    }

    pub(in crate::api) fn grant(&mut self) -> (String, String) {
        self.grant_to(&self.hospital.did())
    }

    pub(in crate::api) fn grant_to(&mut self, did: &str) -> (String, String) {
        let sender = self.sender(&self.patient);
        let draft = self.ledger.grant(&sender, &Self::terms_for(did), NOW).unwrap();
        let (transaction, block) = self.record(&draft, &self.patient.device());
        assert_eq!((block.results[0].rule.as_deref(), block.results[0].subjects.len()), (None, 1));
        (consent_id(&transaction).unwrap(), transaction)
    }

    pub(in crate::api) fn client(&self) -> LightClient {
        LightClient::new(&self.ledger.genesis().unwrap(), NOW).unwrap()
    }
}

#[test]
fn a_consent_from_its_grant_to_its_end() {
    let mut world = World::new();
    let (consent, _) = world.grant();
    let did = world.patient.did();
    assert_eq!(world.ledger.consents(&did, NOW).unwrap()[0].consent, consent);
    let amended = Terms { uses: Some(Count(2)), ..world.terms() };
    let draft = world.ledger.amend(&world.sender(&world.patient), &consent, &amended, NOW).unwrap();
    world.record(&draft, &world.patient.device());
    let held = world.ledger.consent(&consent, NOW).unwrap();
    assert_eq!((held.version, held.uses, held.status), (Count(2), Some(Count(2)), ConsentStanding::Active));
    let draft = revoke_consent(&world.sender(&world.patient), &consent).unwrap();
    world.record(&draft, &world.patient.device());
    assert_eq!(world.ledger.consent(&consent, NOW).unwrap().status, ConsentStanding::Revoked);
    assert_eq!(world.ledger.consents(&did, NOW).unwrap(), []);
    let log = world.ledger.authority_log(&did).unwrap();
    assert_eq!((log.entries.len(), log.height), (4, Count(4)));
    assert_eq!(
        world.ledger.amend(&world.sender(&world.patient), &consent, &amended, NOW).unwrap_err().code,
        "WAL-003"
    );
}

#[test]
fn a_ledger_comes_back_from_its_bytes_and_is_followed() {
    let mut world = World::new();
    world.grant();
    let bytes = world.ledger.to_bytes().unwrap();
    let mut steps = vec![];
    let mut count = |done, total| {
        steps.push((done, total));
        true
    };
    let back = Ledger::open(&bytes, NOW, &mut count).unwrap();
    assert_eq!((back.status(), steps), (world.ledger.status(), vec![(1, 2), (2, 2)]));
    assert_eq!(Ledger::open(&bytes, NOW, &mut |_, _| false).unwrap_err().code, "API-009");
    for at in (0..bytes.len()).step_by(97) {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        let opened = Ledger::open(&altered, NOW, &mut Quiet);
        assert!(opened.is_err_and(|error| error.code.len() == 7), "byte {at}");
    }
    let mut follower = Ledger::new(&world.ledger.genesis().unwrap()).unwrap();
    for height in 1..=2 {
        let block = follower.accept(&world.ledger.block(height).unwrap(), NOW).unwrap();
        assert_eq!(block, world.ledger.block_summary(height).unwrap());
    }
    assert_eq!(follower.to_bytes().unwrap(), bytes);
    assert_eq!(world.ledger.block(3).unwrap_err().code, "API-007");
    let public = world.validator.public_key();
    let proposal = world.ledger.propose(&public, NOW).unwrap();
    let signature = world.validator.sign(&proposal.to_sign());
    assert_eq!(world.ledger.certify(&proposal, &public, &[0; 64]).unwrap_err().kind.as_str(), "invalid");
    assert_eq!(world.ledger.certify(&proposal, &public, &signature).unwrap().height, Count(3));
    assert_eq!(world.ledger.certify(&proposal, &public, &signature).unwrap_err().code, "LOC-003");
}

#[test]
fn what_a_light_client_reads_is_what_the_ledger_holds() {
    let mut world = World::new();
    let (_, transaction) = world.grant();
    let (did, client) = (world.patient.did(), world.client());
    let log = world.ledger.prove_log(&did, LogKind::Authority).unwrap();
    assert_eq!(client.read_authority_log(&log).unwrap(), world.ledger.authority_log(&did).unwrap());
    assert_eq!(client.read_access_log(&log).unwrap_err().kind.as_str(), "invalid");
    let log = world.ledger.prove_log(&did, LogKind::Access).unwrap();
    let read = client.read_access_log(&log).unwrap();
    assert_eq!(read, world.ledger.access_log(&did, NOW).unwrap());
    assert_eq!((read.complete, read.claim.is_some()), (true, true));
    let log = world.ledger.prove_log(&did, LogKind::Timeline).unwrap();
    assert_eq!(client.read_timeline(&log).unwrap(), world.ledger.timeline(&did).unwrap());
    let state = client.read_state(&world.ledger.prove_consents(&did).unwrap()).unwrap();
    assert_eq!(state.consents(&did, NOW).unwrap(), world.ledger.consents(&did, NOW).unwrap());
    assert_eq!(state.identity(&did).unwrap_err().code, "API-008");
    let proof = world.ledger.prove_identity(&did).unwrap();
    let state = client.read_state(&proof).unwrap();
    assert_eq!(state.identity(&did).unwrap(), world.ledger.identity(&did).unwrap());
    assert_eq!(state.control(&did).unwrap(), world.ledger.control(&did).unwrap());
    let key = world.patient.device().id();
    assert_eq!(state.sender(&did, &key, NOW, HOUR).unwrap(), world.sender(&world.patient));
    assert_eq!(state.consents(&did, NOW).unwrap_err().code, "API-008");
    let receipt = world.ledger.receipt(&transaction, &did).unwrap();
    let read = client.read_receipt(&receipt).unwrap();
    assert_eq!((read.rule, read.transaction, read.authority.is_some()), (None, transaction.clone(), true));
    assert_eq!(world.ledger.receipt(&transaction, &world.hospital.did()).unwrap_err().code, "API-007");
    let later = world.ledger.produce(&world.validator, NOW).unwrap();
    let refreshed = world.ledger.refreshed_receipt(&transaction, &did).unwrap();
    assert_eq!(client.read_receipt(&refreshed).unwrap().vouched, later.height);
}

#[test]
fn who_has_seen_a_newer_header_notices_an_older_proof() {
    let mut world = World::new();
    let (did, mut client) = (world.patient.did(), world.client());
    let old = world.ledger.prove_log(&did, LogKind::Authority).unwrap();
    world.grant();
    assert_eq!(client.newest(), None);
    let seen = client.trust(&world.ledger.header(2).unwrap()).unwrap();
    assert_eq!((seen.height, client.newest().unwrap()), (Count(2), seen.clone()));
    assert_eq!(client.read_authority_log(&old).unwrap_err().code, "LGT-050");
    assert_eq!(client.trust(&world.ledger.header(1).unwrap()).unwrap_err().code, "LGT-050");
    assert_eq!(client.chain(), world.ledger.status().chain);
    let genesis = world.ledger.genesis().unwrap();
    let report = check_proof(b"nothing", &genesis, NOW, None).unwrap();
    assert_eq!((report.valid, report.fault.unwrap().code.as_str()), (false, "COD-002"));
    assert_eq!(check_proof(b"nothing", &genesis[1..], NOW, None).unwrap_err().kind.as_str(), "malformed");
}

#[test]
fn what_would_not_count_is_refused_by_its_rule_and_changes_nothing() {
    let mut world = World::new();
    let before = world.ledger.status();
    let draft = revoke_consent(&world.sender(&world.patient), &"00".repeat(32)).unwrap();
    let signed = draft.sign(&world.patient.device()).unwrap().bytes.0;
    assert_eq!(world.ledger.submit(&signed[1..], NOW).unwrap_err().kind.as_str(), "refused");
    let late = Time(NOW.0 + 2 * HOUR);
    assert!(world.ledger.submit(&signed, late).unwrap_err().code.starts_with("OPR-"));
    assert_eq!(world.ledger.status(), before);
    let (_, block) = world.record(&draft, &world.patient.device());
    assert!(block.results[0].rule.as_deref().is_some_and(|rule| rule.starts_with("CON-")));
    let stranger = Key::draw(&mut Dice(9));
    assert_eq!(world.ledger.produce(&stranger, NOW).unwrap_err().code, "LOC-002");
    assert_eq!(world.ledger.identity("me").unwrap_err().code, "API-002");
    assert_eq!(world.ledger.identity(&did_to_text(&Did([9; 32]))).unwrap(), None);
    assert_eq!(
        world.ledger.sender(&world.patient.did(), &stranger.id(), Time(u64::MAX), 1).unwrap_err().code,
        "API-007"
    );
    assert_eq!(
        world.ledger.transaction(&"00".repeat(32)).unwrap_err().fields[1].value,
        "0".repeat(64).to_string()
    );
}
