//! The access log of a story as AuditEvents: one an entry, each with what the EHDS wants, after IHE BALP's patterns.

#![cfg(feature = "local")]

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use medledger_core::access::{AccessEntry, Scope, SessionBasis, SessionEvent, ground_id};
use medledger_core::error::Coded;
use medledger_core::identity::did_to_text;
use medledger_core::operation::Operation;
use medledger_core::record::{RecordRef, Retraction, TimelineEntry};
use medledger_core::state::{LogEntry, LogKind, LogLeaf};
use medledger_core::units::Millis;
use proptest::arbitrary::any;
use proptest::collection::vec;
use proptest::proptest;
use serde_json::Value;

use super::*;
use crate::requester::Ask;
use crate::story::{ALLERGY, LAB, Story, UNDATED};
use crate::testing::{copy, ground};

mod balp;
mod timeline;

/// A story in which somebody was let in, read, was refused a record, closed; and somebody was denied.
struct Told {
    story: Story,
    known: Known,
    events: Vec<Value>,
}

impl Story {
    fn leaves(&self, kind: LogKind) -> Vec<LogLeaf> {
        self.world.ledger.log(&self.world.patient.did, kind).iter().map(|(_, leaf)| (*leaf).clone()).collect()
    }

    fn of(&self) -> Of {
        let tip = self.world.ledger.tip();
        Of { chain: tip.chain, subject: self.world.patient.did, as_of: tip.time }
    }

    fn kinds(&self) -> BTreeMap<Did, Kind> {
        BTreeMap::from([
            (self.world.patient.did, Kind::Patient),
            (self.doctor.did, Kind::Practitioner),
            (self.world.hospital.did, Kind::Organisation),
        ])
    }

    /// What a reader at the hospital has.
    fn known(&self) -> Known {
        let mut records = BTreeMap::new();
        for index in [ALLERGY, LAB, UNDATED] {
            let (record, held) = self.held(0, index);
            let facts = held.sealed.header().unwrap().open_facts(&held.key).unwrap();
            let since = held.proof.receipt.height();
            records.insert(record, KnownRecord { version: 1, since, facts });
        }
        let kept = self.gateway.keep();
        let sessions =
            kept.sessions.into_iter().map(|log| ((log.session, kept.custodian), log.logged())).collect();
        Known { kinds: self.kinds(), records, sessions, transactions: BTreeMap::new() }
    }
}

fn json(of: &Of, leaves: &[LogLeaf], known: &Known) -> Vec<Value> {
    let events = audit_events(of, leaves, known).unwrap();
    let bundle = serde_json::to_value(&events).unwrap();
    assert_eq!((&bundle["resourceType"], &bundle["type"]), (&"Bundle".into(), &"collection".into()));
    let entries = bundle.get("entry").and_then(Value::as_array).cloned().unwrap_or_default();
    assert_eq!((entries.len(), entries.is_empty()), (events.len(), events.is_empty()));
    for entry in &entries {
        let id = entry["resource"]["id"].as_str().unwrap();
        assert_eq!(entry["fullUrl"], alloc::format!("urn:uuid:{id}"));
    }
    entries.into_iter().map(|entry| entry["resource"].clone()).collect()
}

fn told() -> Told {
    let mut story = Story::new();
    let consent = story.grant_doctor(Millis::hours(1));
    let ask = Ask {
        scope: Scope { types: Vec::from(["Observation".to_string()]), ..Scope::default() },
        ..story.asks(consent)
    };
    let session = story.open(ask).unwrap();
    assert_eq!(story.release(&session, LAB), "");
    assert_eq!(story.release(&session, ALLERGY), "GTW-024");
    let ask = Ask { purpose: "HRESCH".to_string(), ..story.asks(consent) };
    assert_eq!(story.open(ask).err(), Some(814));
    story.gateway.close(session.session, story.world.clock);
    assert_eq!(story.anchor_logs().1, 0);
    let known = story.known();
    let events = json(&story.of(), &story.leaves(LogKind::Access), &known);
    Told { story, known, events }
}

fn agents<'a>(event: &'a Value, code: &str) -> Vec<&'a Value> {
    let of = |agent: &&Value| agent["type"]["coding"][0]["code"] == code;
    event["agent"].as_array().unwrap().iter().filter(of).collect()
}

/// The one agent with this code.
fn agent<'a>(event: &'a Value, code: &str) -> &'a Value {
    let agents = agents(event, code);
    assert_eq!(agents.len(), 1, "{code}: {event}");
    agents[0]
}

fn details(event: &Value, kind: &str) -> Vec<Value> {
    let entities = event["entity"].as_array().unwrap().iter();
    let details = entities.filter_map(|entity| entity["detail"].as_array()).flatten();
    details.filter(|detail| detail["type"] == kind).cloned().collect()
}

/// The values of the details of one name.
fn values(event: &Value, kind: &str) -> Vec<String> {
    details(event, kind).iter().filter_map(|d| d["valueString"].as_str().map(str::to_string)).collect()
}

/// Whether a reference says who or what, or why it does not.
fn is_said(reference: &Value) -> bool {
    let who = reference["identifier"]["value"].is_string();
    let why = reference["extension"][0]["valueCode"].is_string();
    who != why
}

/// EHDS Annex II 3.2: accessing organisation, natural person, data categories, time, origin of the data.
fn five_fields(event: &Value) -> [bool; 5] {
    let category = details(event, "resourceType");
    let category_is_said = |d: &Value| {
        let why = d["_valueString"]["extension"][0]["valueCode"].is_string();
        d["valueString"].is_string() != why
    };
    let mut origins = agents(event, "110153");
    origins.extend(agents(event, "CST"));
    [
        is_said(&agent(event, "PROV")["who"]),
        is_said(&agent(event, "IRCP")["who"]),
        !category.is_empty() && category.iter().all(category_is_said),
        event["recorded"].is_string() != event["_recorded"]["extension"].is_array(),
        !origins.is_empty() && origins.iter().all(|origin| origin["who"]["identifier"]["value"].is_string()),
    ]
}

#[test]
fn every_entry_has_just_one_event_with_what_the_ehds_wants() {
    let Told { story, known, events } = told();
    let leaves = story.leaves(LogKind::Access);
    let entries: usize = known.sessions.values().map(Vec::len).sum();
    assert_eq!((leaves.len(), entries, events.len()), (3, 2, 5));
    let ids: BTreeSet<&str> = events.iter().map(|event| event["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), events.len());
    for event in &events {
        assert_eq!(five_fields(event), [true; 5], "{event}");
    }
    // Each entry of the log by its transaction, each of the custodian's by its number.
    for leaf in &leaves {
        let of = |event: &&Value| values(event, "transaction") == [leaf.tx.to_string()];
        let found: Vec<&Value> = events.iter().filter(of).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(values(found[0], "height"), [leaf.height.to_string()]);
        assert_eq!(found[0]["recorded"], leaf.time.to_string());
    }
    for entry in known.sessions.values().flatten() {
        let of = |event: &&Value| values(event, "number") == [entry.number.to_string()];
        let found: Vec<&Value> = events.iter().filter(of).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(values(found[0], "header"), [entry.header.to_string()]);
        assert_eq!(found[0]["recorded"], entry.time.to_string());
    }
    // Twice the same bytes.
    let again =
        |known: &Known| serde_json::to_string(&audit_events(&story.of(), &leaves, known).unwrap()).unwrap();
    assert_eq!(again(&known), again(&known.clone()));
}

#[test]
fn what_is_told_is_what_happened() {
    let Told { story, events, .. } = told();
    let outcomes: Vec<&str> = events.iter().map(|event| event["outcome"].as_str().unwrap()).collect();
    // Opened, released, refused as out of scope, denied, closed.
    assert_eq!(outcomes, ["0", "0", "8", "8", "0"]);
    let [opened, released, refused, denied, closed] = events.as_slice() else { panic!("five") };
    let doctor = did_to_text(&story.doctor.did);
    let hospital = did_to_text(&story.world.hospital.did);
    for event in &events {
        assert_eq!(agent(event, "IRCP")["who"]["identifier"]["value"], doctor);
        assert_eq!(agent(event, "IRCP")["who"]["type"], "Practitioner");
        assert_eq!(agent(event, "PROV")["who"]["identifier"]["value"], hospital);
        let patient = &event["entity"][0]["what"];
        assert_eq!(patient["identifier"]["value"], did_to_text(&story.world.patient.did));
        assert_eq!(patient["identifier"]["system"], "urn:ietf:rfc:3986");
    }
    assert_eq!(values(opened, "resourceType"), ["Observation"]);
    assert_eq!(values(denied, "resourceType"), ["*"]);
    assert_eq!(values(denied, "rule"), ["ACC-014"]);
    assert!(denied["outcomeDesc"].as_str().unwrap().starts_with("ACC-014: "));
    assert_eq!(denied["purposeOfEvent"][0]["coding"][0]["code"], "HRESCH");
    assert_eq!(agent(opened, "IRCP")["role"].as_array().unwrap().len(), 1);
    assert!(agent(denied, "IRCP").get("role").is_none());
    let record = |event: &Value| event["entity"][1]["what"]["identifier"]["value"].clone();
    assert_eq!(record(released), story.held(0, LAB).0.to_string());
    assert_eq!(record(refused), story.held(0, ALLERGY).0.to_string());
    assert_eq!(values(&released["entity"].as_array().map(|e| only(&e[1])).unwrap(), "category").len(), 1);
    assert_eq!((values(closed, "count"), values(closed, "unclosed").len()), (["2".to_string()].into(), 0));
    assert_eq!(values(opened, "session"), values(released, "session"));
    assert_eq!(released["entity"][2]["what"], opened["entity"][1]["what"]);
}

/// An event with one entity alone.
fn only(entity: &Value) -> Value {
    serde_json::json!({"entity": [entity]})
}

#[test]
fn what_can_not_be_opened_is_flagged_and_never_guessed() {
    let Told { story, known, .. } = told();
    let leaves = story.leaves(LogKind::Access);
    let shut = Known { records: BTreeMap::new(), ..known.clone() };
    let events = json(&story.of(), &leaves, &shut);
    let data = only(&events[1]["entity"][1]);
    assert_eq!(
        details(&data, "resourceType")[0]["_valueString"]["extension"][0],
        serde_json::json!({
            "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"
        })
    );
    assert!(values(&data, "category").is_empty() && data["entity"][0]["what"].get("type").is_none());
    assert!(events.iter().all(|event| five_fields(event) == [true; 5]));

    // What is known of a version that came after the release says nothing of what was released.
    let mut later = known.clone();
    for known in later.records.values_mut() {
        known.since = Height(u64::MAX);
    }
    assert_eq!(json(&story.of(), &leaves, &later)[1]["entity"], events[1]["entity"]);

    // Nothing at all: who and where are on the ledger, what they are is not.
    let events = json(&story.of(), &leaves, &Known::default());
    assert_eq!(events.len(), 3);
    assert!(events.iter().all(|event| five_fields(event) == [true; 5]));
    assert!(agent(&events[0], "IRCP")["who"].get("type").is_none());
    let entries = details(&events[2], "entries");
    assert_eq!(entries[0]["_valueString"]["extension"][0]["valueCode"], "unknown");
}

#[test]
fn a_log_that_is_not_what_was_closed_is_not_told() {
    let Told { story, mut known, .. } = told();
    let leaves = story.leaves(LogKind::Access);
    for entries in known.sessions.values_mut() {
        entries[1].event = SessionEvent::Released { record: RecordId([7; 32]) };
    }
    let events = json(&story.of(), &leaves, &known);
    assert_eq!(events.len(), 3);
    assert_eq!(details(&events[2], "entries").len(), 1);
    // Until a close nothing can be held against it, but another custodian's or session's is never taken.
    let mut known = story.known();
    for entries in known.sessions.values_mut() {
        entries[0].custodian = story.clinic.did;
    }
    assert_eq!(json(&story.of(), &leaves[..1], &known).len(), 1);
    assert_eq!(values(&json(&story.of(), &leaves[..1], &known)[0], "unclosed").len(), 1);
}

#[test]
fn who_acts_for_nobody_or_is_no_person_is_said_so() {
    let Told { story, .. } = told();
    let mut leaves = story.leaves(LogKind::Access);
    let LogEntry::Access { entry: AccessEntry::Opened { state, .. } } = &mut leaves[0].entry else {
        panic!("it opens")
    };
    state.request.organisation = None;
    let with = |did: Did, leaves: &[LogLeaf]| {
        let mut leaves = leaves.to_vec();
        if let LogEntry::Access { entry: AccessEntry::Opened { state, .. } } = &mut leaves[0].entry {
            state.requester = did;
        }
        let event = json(&story.of(), &leaves[..1], &story.known()).remove(0);
        assert_eq!(five_fields(&event), [true; 5]);
        (agent(&event, "IRCP")["who"].clone(), agent(&event, "PROV")["who"].clone())
    };
    let (person, organisation) = with(story.doctor.did, &leaves);
    assert!(person["identifier"].is_object());
    assert_eq!(organisation["extension"][0]["valueCode"], "unknown");
    let (person, organisation) = with(story.world.hospital.did, &leaves);
    assert_eq!(person["extension"][0]["valueCode"], "unknown");
    assert_eq!(organisation["identifier"]["value"], did_to_text(&story.world.hospital.did));
    let (person, organisation) = with(story.world.patient.did, &leaves);
    assert_eq!(person["type"], "Patient");
    assert_eq!(organisation["extension"][0]["valueCode"], "not-applicable");
}

proptest! {
    #[test]
    fn any_log_is_told_entry_by_entry(leaves in vec(any::<LogLeaf>(), 0..12)) {
        let of = Of { chain: ChainId([1; 32]), subject: Did([2; 32]), as_of: Timestamp(3) };
        let accesses = leaves.iter().filter(|leaf| matches!(leaf.entry, LogEntry::Access { .. })).count();
        let events = json(&of, &leaves, &Known::default());
        assert_eq!(events.len(), accesses);
        for event in &events {
            // A close of a session that the log does not tell of says what it knows.
            if event["type"]["code"] == "attest" && agents(event, "IRCP").is_empty() {
                assert!(event["recorded"].is_string() != event["_recorded"].is_object());
                continue;
            }
            let [organisation, person, categories, time, origin] = five_fields(event);
            assert!(organisation && person && categories && time, "{event}");
            // What never passed the ledger's checks may name no custodian.
            assert_eq!(origin, !agents(event, "CST").is_empty());
        }
        let small = leaves.iter().all(|leaf| !matches!(
            leaf.entry,
            LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { count, .. } } if count > 1_000
        ));
        if small {
            serde_json::to_string(&provenances(&of, &leaves, &Known::default()).unwrap()).unwrap();
        }
    }
}
