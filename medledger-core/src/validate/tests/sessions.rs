//! Sessions that are opened, and when they end.

use alloc::vec::Vec;

use crate::access::{AccessEntry, SessionRequest, SessionState, session_id};
use crate::consent::{Actor, ConsentState, Criteria, Terms};
use crate::fixture::*;
use crate::identity::Kind;
use crate::light::LogProof;
use crate::operation::Operation;
use crate::state::{Address, LogEntry, LogKind};
use crate::units::{Millis, Timestamp};

#[test]
fn a_session_is_opened_with_just_these_effects() {
    let mut ward = Ward::new();
    let request = ward.request();
    let now = ward.world.now;
    let transaction = ward.asks(&request);
    let outcome = ward.world.accept(&transaction);
    let session = session_id(&outcome.id.unwrap());
    let state = SessionState {
        requester: ward.doc.did,
        roles: Vec::from([role("physician")]),
        opened: now,
        not_after: request.until,
        request: request.clone(),
    };
    assert_eq!(ward.world.session(session), state);
    let log = Address::Log(ward.ann.did, LogKind::Access).key();
    let written = ward.world.written(&ward.doc, &ward.doc.device(0));
    assert_eq!(written, [Address::Session(session).key(), log].into());
    assert_eq!(outcome.events.len(), 1);
    assert_eq!((outcome.events[0].subject, outcome.events[0].position), (ward.ann.did, 0));
    let entry = AccessEntry::Opened { session, state };
    assert_eq!(outcome.events[0].leaf.entry, LogEntry::Access { entry });
    assert_eq!((outcome.events[0].leaf.code, outcome.code()), (0, 0));
    // Another request of the same words is another session.
    assert_ne!(ward.open(&request), session);
}

#[test]
fn not_after_is_the_earliest_of_all_ends() {
    let ward = Ward::new();
    let noon = at(Millis::hours(12));
    let end = |hour: u32, millis: u64| Timestamp(at(Millis::hours(hour)).0 + millis);
    // (what is asked, the credential's end, the consent's end)
    for (asked, credential, consent, first) in [
        (end(20, 0), end(20, 1), end(20, 2), end(20, 0)),
        (end(20, 1), end(20, 0), end(20, 2), end(20, 0)),
        (end(20, 1), end(20, 2), end(20, 0), end(20, 0)),
        (end(20, 5), end(20, 5), end(20, 5), end(20, 5)),
    ] {
        let mut ward = ward.clone();
        let from = at(Millis(0));
        let (north, doc, ann) = (ward.north.clone(), ward.doc.clone(), ward.ann.clone());
        let period = |until| crate::units::Period { from, until };
        ward.credential = ward.world.credential(&north, &doc, "physician", period(credential));
        ward.consent = ward.world.grant(&ann, 1, &permit(period(consent)));
        ward.world.now = noon;
        let mut request = ward.request();
        request.until = asked;
        let session = ward.open(&request);
        assert_eq!(ward.world.session(session).not_after, first);
        // The first of two credentials to end counts, also where it is not the one that the organisation gave.
        let other = ward.world.credential(&ward.south.clone(), &doc, "nurse", period(end(19, 0)));
        request.credentials.push(other);
        request.credentials.sort();
        let session = ward.open(&request);
        let state = ward.world.session(session);
        assert_eq!(state.not_after, end(19, 0));
        assert_eq!(state.roles, [role("nurse"), role("physician")]);
    }
}

#[test]
fn a_session_lasts_at_most_12_hours() {
    let mut ward = Ward::new();
    let longest = ward.world.now.plus(Millis::hours(12)).unwrap();
    let mut request = ward.request();
    request.until = longest;
    let session = ward.open(&request);
    assert_eq!(ward.world.session(session).not_after, longest);
    // A second later 12 hours and a millisecond; then that it ends now, before, or at the end of time.
    let now = ward.world.now;
    for until in [now.plus(Millis::hours(12)).unwrap().0 + 1, now.0, now.0 - 1, 0, u64::MAX] {
        let mut ward = ward.clone();
        request.until = Timestamp(until);
        ward.refuse(&request, "ACC-005");
    }
    request.until = Timestamp(now.0 + 1);
    ward.open(&request);
}

#[test]
fn a_consent_permits_from_its_first_millisecond_to_its_last() {
    let mut ward = Ward::new();
    let (ann, doc) = (ward.ann.clone(), ward.doc.clone());
    let consent = ward.world.grant(&ann, 1, &permit(hours(10, 20)));
    let (from, until) = (at(Millis::hours(10)), at(Millis::hours(20)));
    for (now, rule) in [
        (from.0 - 1, Some("ACC-014")),
        (from.0, None),
        (until.0 - 1, None),
        (until.0, Some("ACC-012")),
        (until.0 + 1, Some("ACC-012")),
    ] {
        let mut ward = ward.clone();
        ward.world.now = Timestamp(now);
        let mut request = ward.request();
        request.basis = ward.basis(consent);
        match rule {
            None => {
                let session = ward.open(&request);
                assert!(ward.world.session(session).not_after <= until);
            }
            Some(rule) => ward.deny(&request, rule),
        }
    }
    // A credential is one from its first millisecond to its last, too.
    let north = ward.north.clone();
    let credential = ward.world.credential(&north, &doc, "physician", hours(10, 20));
    for (now, stands) in [(from.0 - 1, false), (from.0, true), (until.0 - 1, true), (until.0, false)] {
        let mut ward = ward.clone();
        ward.world.now = Timestamp(now);
        ward.credential = credential;
        let request = ward.request();
        if stands {
            let session = ward.open(&request);
            assert!(ward.world.session(session).not_after <= until);
        } else {
            ward.deny(&request, "ACC-006");
        }
    }
}

#[test]
fn uses_are_counted_down_and_spent() {
    let mut ward = Ward::new();
    let ann = ward.ann.clone();
    let terms = Terms { uses: Some(2), ..permit(hours(0, 100)) };
    ward.consent = ward.world.grant(&ann, 1, &terms);
    let used = |ward: &Ward| ward.world.consent(ward.consent).used;
    let request = ward.request();
    let wrong = SessionRequest { purpose: "HRESCH".into(), ..request.clone() };
    ward.deny(&wrong, "ACC-014");
    assert_eq!(used(&ward), 0, "a denial is no use");
    let before = ward.world.consent(ward.consent);
    let first = ward.open(&request);
    assert_eq!(ward.world.consent(ward.consent), ConsentState { used: 1, ..before });
    let log = Address::Log(ann.did, LogKind::Access).key();
    let own = [Address::Session(first).key(), Address::Consent(ward.consent).key(), log].into();
    assert_eq!(ward.world.written(&ward.doc, &ward.doc.device(0)), own);
    // Two in one block: the second finds it spent.
    let both = [ward.asks(&request), ward.asks(&request)];
    assert_eq!(ward.world.codes(&both), ["ok", "ACC-012"]);
    let last = session_id(&ward.world.last.0.outcomes[0].id.unwrap());
    assert_eq!(used(&ward), 2);
    ward.deny(&request, "ACC-012");
    for session in [first, last] {
        let stands = super::super::standing(&ward.world.state, session, ward.north.did, ward.world.now);
        assert!(stands.unwrap().is_ok(), "the sessions that it opened go on");
    }
    // To amend gives no use back, unless it says so; and the slot stays taken.
    ward.world.amend(&ann, ward.consent, &terms);
    let request = ward.request();
    ward.deny(&request, "ACC-012");
    ward.world.amend(&ann, ward.consent, &Terms { uses: Some(3), ..terms });
    let request = ward.request();
    ward.open(&request);
    assert_eq!(used(&ward), 3);
}

#[test]
fn breaking_the_glass_is_permitted_only_where_it_is_named() {
    let mut ward = Ward::new();
    let ann = ward.ann.clone();
    let mut request = ward.request();
    request.purpose = "ETREAT".into();
    ward.open(&request);
    request.purpose = "BTG".into();
    ward.deny(&request, "ACC-014");
    let mut terms = permit(hours(0, 100));
    for (purposes, permits) in [(texts(&["ETREAT"]), false), (Vec::new(), false), (texts(&["BTG"]), true)] {
        terms.criteria.purposes = purposes;
        ward.world.amend(&ann, ward.consent, &terms);
        request.basis = ward.basis(ward.consent);
        if permits {
            ward.open(&request);
        } else {
            ward.deny(&request, "ACC-014");
        }
    }
}

#[test]
fn who_is_meant_by_a_consent_is_who_asks() {
    let mut ward = Ward::new();
    let ann = ward.ann.clone();
    let alone = |actor| {
        let criteria = Criteria { actors: Vec::from([actor]), ..permit(hours(0, 100)).criteria };
        Terms { criteria, ..permit(hours(0, 100)) }
    };
    let credentials = Vec::from([ward.credential]);
    let north = Some(ward.north.did);
    for (actor, organisation, credentials, permits) in [
        (Actor::Identity { did: ward.doc.did }, None, Vec::new(), true),
        (Actor::Identity { did: ward.ann.did }, north, credentials.clone(), false),
        (Actor::Organisation { did: ward.north.did }, north, credentials.clone(), true),
        (Actor::Organisation { did: ward.north.did }, None, credentials.clone(), false),
        (Actor::Organisation { did: ward.south.did }, north, credentials.clone(), false),
        (Actor::Role { role: role("physician") }, None, credentials.clone(), true),
        (Actor::Role { role: role("physician") }, None, Vec::new(), false),
        (Actor::Role { role: role("coroner") }, north, credentials, false),
    ] {
        ward.world.amend(&ann, ward.consent, &alone(actor));
        let mut request = ward.request();
        (request.organisation, request.credentials) = (organisation, credentials);
        if permits {
            ward.open(&request);
        } else {
            ward.deny(&request, "ACC-014");
        }
    }
}

#[test]
fn patients_and_organisations_ask_for_themselves() {
    let mut ward = Ward::new();
    let bob = ward.world.incept("bob", Kind::Patient);
    let mut request = ward.request();
    (request.organisation, request.credentials) = (None, Vec::new());
    for party in [&ward.ann.clone(), &bob] {
        let session = ward.world.open(party, &request);
        assert_eq!(ward.world.session(session).requester, party.did);
    }
    request.organisation = Some(ward.south.did);
    let session = ward.world.open(&ward.south.clone(), &request);
    assert_eq!(ward.world.session(session).roles, []);
}

#[test]
fn a_denial_and_the_session_before_it_in_one_block() {
    let mut ward = Ward::new();
    let (ann, request) = (ward.ann.clone(), ward.request());
    let consent = ward.consent;
    let asks = ward.asks(&request);
    let revokes = ward.world.by(&ann, Operation::RevokeConsent { consent });
    let again = ward.asks(&request);
    assert_eq!(ward.world.codes(&[asks, revokes, again]), ["ok", "ok", "ACC-012"]);
    let positions: Vec<u64> = ward
        .world
        .last
        .0
        .outcomes
        .iter()
        .flat_map(|outcome| &outcome.events)
        .map(|event| event.position)
        .collect();
    assert_eq!(positions, [0, 2, 1], "access log, authority log, access log");
    let opened = session_id(&ward.world.last.0.outcomes[0].id.unwrap());
    let denied = session_id(&ward.world.last.0.outcomes[2].id.unwrap());
    assert!(ward.world.read::<SessionState>(&Address::Session(opened)).is_some());
    assert_eq!(ward.world.read::<SessionState>(&Address::Session(denied)), None);
}

#[test]
fn permit_and_denial_have_a_receipt_and_a_place_in_the_complete_log() {
    let mut ward = Ward::new();
    let good = ward.request();
    let bad = SessionRequest { purpose: "HRESCH".into(), ..good.clone() };
    let mut leaves = Vec::new();
    for request in [&good, &bad, &good] {
        let transaction = ward.asks(request);
        let outcome = ward.world.run(&[transaction]).pop().unwrap();
        let receipt = ward.world.receipt(ward.world.tip.height.0, 0, 0);
        assert!(receipt.check(&ward.world.verifier()).is_ok());
        assert_eq!(receipt.event, outcome.events[0]);
        assert_eq!(receipt.result.code, u64::from(outcome.code()));
        // A denial's receipt is not made one of a permit by its code alone.
        let mut forged = receipt.clone();
        (forged.event.leaf.code, forged.result.code) = (7, 7);
        assert!(forged.check(&ward.world.verifier()).is_err());
        leaves.push(receipt.event.leaf);
    }
    let proof = |leaves| LogProof {
        subject: ward.ann.did,
        header: ward.world.headers.last().unwrap().clone(),
        head: ward.world.prove(&[Address::Log(ward.ann.did, LogKind::Access)]),
        leaves,
    };
    let verifier = ward.world.verifier();
    assert!(proof(leaves.clone()).check(&verifier, LogKind::Access).is_ok());
    leaves.remove(1);
    assert!(proof(leaves).check(&verifier, LogKind::Access).is_err(), "who was refused can't be left out");
}
