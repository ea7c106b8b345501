//! What custodians report of sessions: 401. And that nobody can keep reports and revocations out.

use alloc::vec::Vec;

use crate::access::{
    AccessEntry, HeadState, LogAnchor, SessionHead, SessionRequest, SessionState, session_id,
};
use crate::block::build;
use crate::fixture::*;
use crate::hash::{Did, LogRoot, SessionId};
use crate::identity::Kind;
use crate::merkle::ConsistencyProof;
use crate::operation::{Operation, Quotas};
use crate::state::{Address, Delta, LogEntry, LogKind, Params};
use crate::units::Millis;

/// A session of the ward with both hospitals as custodians, and north's place in it.
fn opened() -> (Ward, SessionId, u8) {
    let mut ward = Ward::new();
    let mut request = ward.request();
    request.custodians.push(ward.south.did);
    request.custodians.sort();
    let place = request.custodian(&ward.north.did).unwrap();
    let session = ward.open(&request);
    (ward, session, place)
}

#[test]
fn heads_are_anchored_and_closed_with_just_these_effects() {
    let (mut ward, session, place) = opened();
    let (north, south) = (ward.north.clone(), ward.south.clone());
    let own = Address::SessionLog(session, place);
    for (from, count) in [(0, 0), (0, 3), (3, 3), (3, 7)] {
        let now = ward.world.now;
        let report = head(session, from, count, false);
        let expected = HeadState { head: report.head, count, closed: false, anchored: now };
        let transaction = ward.world.by(&north, heads(Vec::from([report])));
        let outcome = ward.world.accept(&transaction);
        assert!(outcome.events.is_empty(), "a head says nothing that is the patient's");
        assert_eq!(ward.world.read(&own), Some(expected));
        assert_eq!(ward.world.written(&north, &north.device(0)), [own.key()].into());
    }
    // The session ends; its log is closed all the same, however late.
    ward.world.now = at(Millis::hours(90));
    let now = ward.world.now;
    let report = head(session, 7, 8, true);
    let root = report.head;
    let transaction = ward.world.by(&north, heads(Vec::from([report])));
    let outcome = ward.world.accept(&transaction);
    let expected = HeadState { head: root, count: 8, closed: true, anchored: now };
    assert_eq!(ward.world.read(&own), Some(expected));
    let log = Address::Log(ward.ann.did, LogKind::Access).key();
    assert_eq!(ward.world.written(&north, &north.device(0)), [own.key(), log].into());
    let [event] = outcome.events.as_slice() else { panic!("one close") };
    assert_eq!((event.subject, event.position, event.leaf.code), (ward.ann.did, 1, 0));
    let entry = AccessEntry::Closed { session, custodian: north.did, head: root, count: 8 };
    assert_eq!(event.leaf.entry, LogEntry::Access { entry });
    // Nothing after a close, in a later block or in the same, by this custodian; the other one's log is its own.
    for report in [head(session, 8, 9, false), head(session, 8, 8, true)] {
        let transaction = ward.world.by(&north, heads(Vec::from([report])));
        ward.world.refuse(&transaction, "ACC-022");
    }
    let close = |world: &mut World| world.by(&south, heads(Vec::from([head(session, 0, 0, true)])));
    let both = [close(&mut ward.world), close(&mut ward.world)];
    assert_eq!(ward.world.codes(&both), ["ok", "ACC-022"]);
}

#[test]
fn only_a_custodian_that_a_session_names_reports_on_it() {
    let mut ward = Ward::new();
    let request = ward.request();
    let session = ward.open(&request);
    for other in [ward.south.clone(), ward.doc.clone(), ward.ann.clone()] {
        let transaction = ward.world.by(&other, heads(Vec::from([head(session, 0, 1, true)])));
        ward.world.refuse(&transaction, "ACC-021");
    }
    let north = ward.north.clone();
    let unknown = SessionId([7; 32]);
    let transaction = ward.world.by(&north, heads(Vec::from([head(unknown, 0, 1, false)])));
    ward.world.refuse(&transaction, "ACC-020");
    // A request that was denied is no session.
    let denied = SessionRequest { purpose: "HRESCH".into(), ..request };
    let transaction = ward.asks(&denied);
    let outcome = ward.world.deny(&transaction, "ACC-014");
    let denied = session_id(&outcome.id.unwrap());
    let good = head(session, 0, 1, false);
    // Nor is half of an anchor applied.
    for bad in [head(denied, 0, 1, false), head(unknown, 0, 0, true)] {
        let transaction = ward.world.by(&north, heads(Vec::from([good.clone(), bad])));
        ward.world.refuse(&transaction, "ACC-020");
    }
    let anchor = heads(Vec::from([good]));
    let transaction = ward.world.sign(&north, &north.controller(), anchor.clone(), &[]);
    ward.world.refuse(&transaction, "IDN-009");
    let transaction = ward.world.sign(&north, &north.device(0), anchor, &[&ward.doc.device(0)]);
    ward.world.refuse(&transaction, "OPR-019");
}

#[test]
fn a_session_log_only_grows() {
    let (mut ward, session, _) = opened();
    let north = ward.north.clone();
    let none = ConsistencyProof::default();
    let refuse = |ward: &mut Ward, report: SessionHead, rule| {
        let transaction = ward.world.by(&north, heads(Vec::from([report])));
        ward.world.refuse(&transaction, rule);
    };
    let other = LogRoot([7; 32]);
    // Nothing was anchored: a log of no entries has one root.
    let empty = SessionHead { session, head: other, count: 0, continues: none.clone(), closes: true };
    refuse(&mut ward, empty, "ACC-024");
    let surplus = head(session, 3, 5, false).continues;
    refuse(&mut ward, SessionHead { continues: surplus, ..head(session, 0, 5, false) }, "ACC-024");
    let transaction = ward.world.by(&north, heads(Vec::from([head(session, 0, 5, false)])));
    ward.world.accept(&transaction);
    for count in [0, 1, 4] {
        refuse(&mut ward, head(session, 0, count, false), "ACC-023");
        refuse(&mut ward, head(session, 0, count, true), "ACC-023");
    }
    // Another root of the same size, or a log that goes on from another.
    let same = SessionHead { head: other, ..head(session, 5, 5, false) };
    refuse(&mut ward, same, "ACC-024");
    for (from, count) in [(0, 9), (4, 9), (6, 9), (5, 8)] {
        let continues = session_log(count).consistency(from, count).unwrap();
        refuse(&mut ward, SessionHead { continues, ..head(session, 0, 9, true) }, "ACC-024");
    }
    let mut forged = head(session, 5, 9, false);
    forged.head = other;
    refuse(&mut ward, forged, "ACC-024");
    refuse(&mut ward, SessionHead { continues: none, ..head(session, 5, 9, false) }, "ACC-024");
}

#[test]
fn heads_ascend_and_are_from_one_to_1024() {
    let (mut ward, session, _) = opened();
    let north = ward.north.clone();
    let again = ward.request();
    let second = ward.open(&again);
    let mut both = Vec::from([head(session, 0, 1, false), head(second, 0, 1, false)]);
    both.sort_by_key(|head| core::cmp::Reverse(head.session));
    let double = Vec::from([both[0].clone(), both[0].clone()]);
    for heads in [Vec::new(), both.clone(), double] {
        let transaction = ward.world.by(&north, Operation::AnchorLogs { anchor: LogAnchor { heads } });
        ward.world.refuse(&transaction, "ACC-025");
    }
    both.reverse();
    let many = |count: u16| {
        let session = |n: u16| SessionId(bytes(&alloc::format!("session {n}")));
        let mut heads: Vec<_> = (0..count).map(|n| head(session(n), 0, 0, true)).collect();
        heads.sort_by_key(|head| head.session);
        LogAnchor { heads }
    };
    assert_eq!(many(1_024).check(), Ok(()));
    assert!(many(1_025).check().is_err());
    let transaction = ward.world.by(&north, Operation::AnchorLogs { anchor: LogAnchor { heads: both } });
    ward.world.accept(&transaction);
}

#[test]
fn one_anchor_closes_as_many_sessions_as_a_transaction_holds() {
    let (mut ward, opened, _) = opened();
    let north = ward.north.clone();
    let state = SessionState {
        request: SessionRequest { custodians: Vec::from([north.did]), ..ward.request() },
        ..ward.world.session(opened)
    };
    // 64 KiB hold 850 closes of sessions in which nothing was released.
    let session = |n: u16| SessionId(bytes(&alloc::format!("session {n}")));
    let bytes = crate::codec::encode(&state).unwrap();
    let writes = (0..850).map(|n| (Address::Session(session(n)).key(), Some(bytes.clone()))).collect();
    ward.world.state.apply(&Delta { writes });
    let all = (0..850).map(|n| head(session(n), 0, 0, true)).collect();
    let before = ward.world.log_size(ward.ann.did, LogKind::Access);
    let transaction = ward.world.by(&north, heads(all));
    let outcome = ward.world.accept(&transaction);
    assert_eq!(outcome.events.len(), 850);
    assert_eq!(ward.world.log_size(ward.ann.did, LogKind::Access), before + 850);
    assert!(
        (0..850).all(|n| ward.world.read::<HeadState>(&Address::SessionLog(session(n), 0)).unwrap().closed)
    );
}

#[test]
fn each_patient_reads_of_an_anchor_only_her_own() {
    let mut ward = Ward::new();
    let (north, doc) = (ward.north.clone(), ward.doc.clone());
    let bob = ward.world.incept("bob", Kind::Patient);
    let anns = ward.request();
    let consent = ward.world.grant(&bob, 0, &permit(hours(0, 100)));
    let bobs = SessionRequest { subject: bob.did, basis: ward.basis(consent), ..anns.clone() };
    let sessions = [
        (ward.ann.did, ward.open(&anns)),
        (bob.did, ward.world.open(&doc, &bobs)),
        (bob.did, ward.open(&bobs)),
    ];
    let all = sessions.iter().map(|(_, session)| head(*session, 0, 2, true)).collect();
    let transaction = ward.world.by(&north, heads(all));
    let outcome = ward.world.accept(&transaction);
    assert_eq!(outcome.events.len(), 3);
    for event in &outcome.events {
        let LogEntry::Access { entry: AccessEntry::Closed { session, .. } } = event.leaf.entry else {
            panic!("a close")
        };
        assert!(sessions.contains(&(event.subject, session)));
        // What a receipt of this event shows names no session of anybody else.
        let shown = crate::codec::encode(event).unwrap();
        for (subject, other) in &sessions {
            let named = shown.windows(32).any(|window| window == other.0);
            assert!(!named || *subject == event.subject);
        }
    }
    let log = |did: Did| ward.world.log_size(did, LogKind::Access);
    assert_eq!((log(ward.ann.did), log(bob.did)), (2, 4));
    let height = ward.world.tip.height.0;
    for place in 0..3 {
        let receipt = ward.world.receipt(height, 0, place);
        assert_eq!(receipt.event, outcome.events[usize::try_from(place).unwrap()]);
    }
}

#[test]
fn no_other_budget_closes_those_of_revocations_and_reports() {
    let quotas = Quotas { ordinary: 3, log_anchors: 2, device_reserve: 2, ..Params::default().quotas };
    let mut world = World::with_grounds(Params { quotas, ..Params::default() });
    let (ann, doc) = (world.incept("ann", Kind::Patient), world.incept("doc", Kind::Practitioner));
    let north = hospital("north");
    let terms = permit(hours(0, 100));
    let consents: Vec<_> = (0..3).map(|slot| world.grant(&ann, slot, &terms)).collect();
    let credentials: Vec<_> =
        (0..3).map(|n| world.credential(&north, &doc, &alloc::format!("role {n}"), hours(0, 50))).collect();
    // Neither grants nor vouches any more in this epoch; each device revokes twice.
    let grant = crate::consent::Grant { slot: 9, terms: open(&terms) };
    let transaction = world.by(&ann, Operation::GrantConsent { grant });
    world.refuse(&transaction, "OPR-015");
    let revoke = |n: usize| Operation::RevokeConsent { consent: consents[n] };
    let one = [world.by(&ann, revoke(0)), world.by(&ann, revoke(1)), world.by(&ann, revoke(2))];
    assert_eq!(world.codes(&one), ["ok", "ok", "OPR-015"]);
    let transaction = world.sign(&ann, &ann.device(1), revoke(2), &[]);
    world.accept(&transaction);
    let take = |n: usize| Operation::RevokeCredential { credential: credentials[n] };
    let two = [world.by(&north, take(0)), world.by(&north, take(1)), world.by(&north, take(2))];
    assert_eq!(world.codes(&two), ["ok", "ok", "OPR-015"]);
    // Reports draw on the custodian's own budget, over all its devices; a refused one draws, too.
    let report = |world: &mut World, n: usize| {
        let operation = heads(Vec::from([head(SessionId([7; 32]), 0, 0, true)]));
        world.sign(&north, &north.device(n), operation, &[])
    };
    let three = [report(&mut world, 0), report(&mut world, 1), report(&mut world, 1)];
    assert_eq!(world.codes(&three), ["ACC-020", "ACC-020", "OPR-015"]);
    world.now = at(Millis::hours(24));
    let next = report(&mut world, 0);
    assert_eq!(world.codes(&[next]), ["ACC-020"]);
}

#[test]
fn no_flood_keeps_revocations_and_reports_out_of_a_block() {
    let mut ward = Ward::new();
    let (ann, north) = (ward.ann.clone(), ward.north.clone());
    let request = ward.request();
    let session = ward.open(&request);
    let (consent, credential) = (ward.consent, ward.credential);
    let mut arrived: Vec<_> = (0..60).map(|_| ward.asks(&request)).collect();
    arrived.push(ward.world.by(&ann, Operation::RevokeConsent { consent }));
    arrived.push(ward.world.by(&north, Operation::RevokeCredential { credential }));
    arrived.push(ward.world.by(&north, heads(Vec::from([head(session, 0, 4, true)]))));
    // A block of which the reserved eighth just holds the three.
    let kept: usize = arrived[60..].iter().map(|bytes| bytes.len() + 16).sum();
    let room = u64::try_from(kept * 8 + 64).unwrap();
    let chosen = build(&ward.world.state, &ward.world.context(), &arrived, room).unwrap();
    assert!(chosen.len() < 60);
    assert_eq!(chosen.iter().filter(|index| **index >= 60).count(), 3, "{chosen:?}");
}
