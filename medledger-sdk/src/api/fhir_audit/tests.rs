use alloc::string::ToString;
use alloc::vec;

use medledger_core::codec::encode;
use medledger_core::identity::did_to_text;
use medledger_core::state::LogKind;
use medledger_core::units::Millis;
use serde_json::Value;

use super::*;
use crate::api::Time;
use crate::story::{LAB, Story};

struct Told {
    story: Story,
    client: LightClient,
    session: Vec<Bytes>,
}

/// A look with its release and close, and an anchored batch.
fn told() -> Told {
    let mut story = Story::new();
    let consent = story.grant_doctor(Millis::hours(1));
    let ask = story.asks(consent);
    let session = story.open(ask).unwrap();
    assert_eq!(story.release(&session, LAB), "");
    let entries = story.gateway.log(&session.session).unwrap().entries();
    let session_entries = entries.iter().map(|entry| Bytes(encode(entry).unwrap())).collect();
    story.gateway.close(session.session, story.world.clock);
    assert_eq!(story.anchor_logs().1, 0);
    let genesis = encode(story.world.ledger.genesis()).unwrap();
    let client = LightClient::new(&genesis, story.world.clock.into()).unwrap();
    Told { story, client, session: session_entries }
}

impl Told {
    fn proof(&self, kind: LogKind) -> Vec<u8> {
        encode(&self.story.world.ledger.log_proof(&self.story.world.patient.did, kind).unwrap()).unwrap()
    }

    fn known(&self) -> LogKnowledge {
        let identity = |did, kind| KnownIdentity { did: did_to_text(&did), kind };
        let (record, held) = self.story.held(0, LAB);
        let facts = held.sealed.header().unwrap().open_facts(&held.key).unwrap();
        LogKnowledge {
            identities: vec![
                identity(self.story.world.patient.did, IdentityKind::Patient),
                identity(self.story.doctor.did, IdentityKind::Practitioner),
                identity(self.story.world.hospital.did, IdentityKind::Organisation),
            ],
            records: vec![KnownRecord {
                record: record.to_string(),
                version: Count(1),
                height: Count(held.proof.receipt.height().0),
                facts: (&facts).into(),
            }],
            session_entries: self.session.clone(),
            transactions: vec![],
        }
    }
}

fn entries(json: &[u8]) -> Vec<Value> {
    let bundle: Value = serde_json::from_slice(json).unwrap();
    assert_eq!(bundle["resourceType"], "Bundle");
    bundle["entry"].as_array().unwrap().iter().map(|entry| entry["resource"].clone()).collect()
}

#[test]
fn an_access_log_is_told_as_audit_events() {
    let told = told();
    let log = told.proof(LogKind::Access);
    let bare = entries(&audit_events(&told.client, &log, &LogKnowledge::default()).unwrap());
    assert_eq!(bare.len(), 2, "a session and its close");
    let known = told.known();
    let json = audit_events(&told.client, &log, &known).unwrap();
    let events = entries(&json);
    assert_eq!(events.len(), 3, "and the release");
    assert!(events.iter().all(|event| event["resourceType"] == "AuditEvent"));
    assert!(!json.is_empty() && json == audit_events(&told.client, &log, &known).unwrap());
    // A session's log that is not what was anchored is left out.
    let cut = LogKnowledge { session_entries: vec![], ..known };
    assert_eq!(entries(&audit_events(&told.client, &log, &cut).unwrap()).len(), 2);
}

#[test]
fn a_timeline_is_told_as_provenances() {
    let told = told();
    let timeline = told.proof(LogKind::Timeline);
    let ledger = &told.story.world.ledger;
    let (_, leaf) = ledger.log(&told.story.world.patient.did, LogKind::Timeline)[0];
    let transactions = vec![Bytes(ledger.transaction(&leaf.tx).unwrap())];
    let known = LogKnowledge { transactions, ..told.known() };
    let provenances = entries(&provenances(&told.client, &timeline, &known).unwrap());
    assert!(provenances.len() > 3 && provenances.iter().all(|one| one["resourceType"] == "Provenance"));
    let signed = provenances.iter().filter(|one| one.get("signature").is_some()).count();
    assert!(signed > 0 && signed < provenances.len(), "of one of two transactions the bytes are known");
}

#[test]
fn a_log_that_is_not_proven_is_not_told() {
    let told = told();
    let (access, timeline) = (told.proof(LogKind::Access), told.proof(LogKind::Timeline));
    let none = LogKnowledge::default();
    let code = |log: &[u8]| audit_events(&told.client, log, &none).unwrap_err();
    assert_eq!(code(&timeline).kind.as_str(), "invalid");
    assert_eq!(provenances(&told.client, &access, &none).unwrap_err().kind.as_str(), "invalid");
    for cut in [0, 1, access.len() - 1] {
        assert_eq!(code(&access[..cut]).kind.as_str(), "malformed");
    }
    let mut proof =
        told.story.world.ledger.log_proof(&told.story.world.patient.did, LogKind::Access).unwrap();
    proof.leaves.pop();
    assert_eq!(code(&encode(&proof).unwrap()).kind.as_str(), "invalid");
    let genesis = encode(told.story.world.ledger.genesis()).unwrap();
    let early = LightClient::new(&genesis, Time(0)).unwrap();
    assert_eq!(audit_events(&early, &access, &none).unwrap_err().kind.as_str(), "invalid");
}

#[test]
fn what_is_known_is_checked() {
    let told = told();
    let log = told.proof(LogKind::Access);
    let known = told.known();
    let code = |change: &dyn Fn(&mut LogKnowledge)| {
        let mut known = known.clone();
        change(&mut known);
        audit_events(&told.client, &log, &known).unwrap_err()
    };
    assert_eq!(code(&|known| known.identities[0].did.push('x')).code, "API-002");
    assert_eq!(code(&|known| known.records[0].record.push('0')).code, "API-002");
    assert_eq!(code(&|known| known.session_entries[0].0.push(0)).code, "COD-003");
    let no_transaction = code(&|known| known.transactions.push(Bytes(vec![0xff; 10])));
    assert!(no_transaction.code.starts_with("OPR-"), "{no_transaction}");
}
