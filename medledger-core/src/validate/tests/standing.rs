//! Whether a session stands: over the store, over a proof, and over a proof that withholds something.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::convert::Infallible;

use crate::access::{SessionBasis, SessionRequest};
use crate::consent::{Basis, Terms};
use crate::error::{Coded, ReadError};
use crate::fixture::*;
use crate::hash::{Did, SessionId, StateKey};
use crate::identity::Kind;
use crate::operation::Operation;
use crate::state::{Lookup, MemoryState, ProvenState, StateRead, ValueProof};
use crate::units::{Millis, Timestamp};
use crate::validate::{active_consents, standing};

/// Remembers what is read.
struct Read<'a> {
    state: &'a MemoryState,
    keys: RefCell<BTreeSet<StateKey>>,
}

impl StateRead for Read<'_> {
    type Error = Infallible;

    fn get(&self, key: &StateKey) -> Result<Lookup, ReadError<Infallible>> {
        self.keys.borrow_mut().insert(*key);
        self.state.get(key)
    }
}

fn proven(world: &World, keys: &BTreeSet<StateKey>) -> ProvenState {
    let proof = ValueProof::new(&world.state, &world.tree, keys).unwrap();
    proof.verify(&world.tree.root()).unwrap()
}

/// What the store says, after checking that a proof says the same, and that it says nothing without any one of its keys.
fn says(world: &World, session: SessionId, custodian: Did, now: Timestamp) -> alloc::string::String {
    let store = Read { state: &world.state, keys: RefCell::default() };
    let expected = standing(&store, session, custodian, now).unwrap();
    let keys = store.keys.into_inner();
    assert_eq!(standing(&proven(world, &keys), session, custodian, now), Ok(expected.clone()));
    for withheld in &keys {
        let others: BTreeSet<StateKey> = keys.iter().copied().filter(|key| key != withheld).collect();
        if others.is_empty() {
            break; // There is no proof of nothing.
        }
        let said = standing(&proven(world, &others), session, custodian, now);
        assert!(matches!(said, Err(ReadError::Unproven)), "{said:?}");
    }
    expected.map_or_else(|error| alloc::format!("{}", error.rule()), |_| "ok".into())
}

/// A ward with three active consents, and a session under the first whose custodians are both hospitals.
fn scene() -> (Ward, SessionId) {
    let mut ward = Ward::new();
    let ann = ward.ann.clone();
    ward.world.grant(&ann, 7, &permit(hours(0, 30)));
    ward.world.grant(&ann, 255, &forbid(hours(0, 100), ward.south.did));
    let mut request = ward.request();
    request.custodians.push(ward.south.did);
    request.custodians.sort();
    let session = ward.open(&request);
    (ward, session)
}

#[test]
fn a_session_stands_with_all_that_a_release_is_decided_on() {
    let (ward, session) = scene();
    let world = &ward.world;
    assert_eq!(says(world, session, ward.north.did, world.now), "ok");
    let stands = standing(&world.state, session, ward.north.did, world.now).unwrap().unwrap();
    assert_eq!(stands.session, world.session(session));
    assert_eq!((stands.basis, stands.log), (Basis::Consent(ward.consent), None));
    let slots: Vec<u64> = stands.consents.iter().map(|consent| consent.state.slot).collect();
    assert_eq!(slots, [0, 7, 255]);
}

#[test]
fn a_session_ends_with_whatever_it_stands_on() {
    let (ward, session) = scene();
    let (ann, north, south, doc) =
        (ward.ann.clone(), ward.north.clone(), ward.south.clone(), ward.doc.clone());
    let end = ward.world.session(session).not_after;
    let after = |change: &dyn Fn(&mut Ward)| {
        let mut ward = ward.clone();
        change(&mut ward);
        says(&ward.world, session, north.did, ward.world.now)
    };
    assert_eq!(after(&|_| ()), "ok");
    assert_eq!(after(&|ward| ward.world.now = Timestamp(end.0 - 1)), "ok");
    assert_eq!(after(&|ward| ward.world.now = end), "ACC-030");
    assert_eq!(after(&|ward| ward.world.now = Timestamp(end.0 + 1)), "ACC-030");
    assert_eq!(after(&|ward| ward.world.revoke_consent(&ann, ward.consent)), "ACC-012");
    let amend = |ward: &mut Ward| {
        ward.world.amend(&ann, ward.consent, &permit(hours(0, 100)));
    };
    assert_eq!(after(&amend), "ACC-011");
    let revoke = |ward: &mut Ward| {
        let credential = ward.credential;
        let transaction = ward.world.by(&north, Operation::RevokeCredential { credential });
        ward.world.accept(&transaction);
    };
    assert_eq!(after(&revoke), "ACC-006");
    for party in [&ann, &doc, &north] {
        assert_eq!(after(&|ward| ward.world.deactivate(party)), "ACC-031");
    }
    // South is no basis of what north releases, but releases no more itself.
    let mut ended = ward.clone();
    ended.world.deactivate(&south);
    assert_eq!(says(&ended.world, session, north.did, ended.world.now), "ok");
    assert_eq!(says(&ended.world, session, south.did, ended.world.now), "ACC-031");
    let close = |ward: &mut Ward| {
        let transaction = ward.world.by(&north, heads(Vec::from([head(session, 0, 3, true)])));
        ward.world.accept(&transaction);
    };
    assert_eq!(after(&close), "ACC-022");
    let mut closed = ward.clone();
    close(&mut closed);
    assert_eq!(says(&closed.world, session, south.did, closed.world.now), "ok");
    // What is granted and revoked beside it, or a device that goes, ends nothing.
    let beside = |ward: &mut Ward| {
        let other = ward.world.grant(&ann, 1, &Terms { uses: Some(1), ..permit(hours(0, 100)) });
        ward.world.revoke_consent(&ann, other);
        let device = revoke_device(ward, &doc);
        ward.world.accept(&device);
    };
    assert_eq!(after(&beside), "ok");
}

fn revoke_device(ward: &mut Ward, of: &Party) -> Vec<u8> {
    ward.world.by(of, revoke(&of.device(0)))
}

#[test]
fn nothing_is_released_under_a_session_that_is_not_there_or_by_who_is_not_named() {
    let (mut ward, session) = scene();
    let request = ward.request();
    let alone = ward.open(&request);
    let world = &ward.world;
    assert_eq!(says(world, SessionId([7; 32]), ward.north.did, world.now), "ACC-020");
    assert_eq!(says(world, alone, ward.south.did, world.now), "ACC-021");
    assert_eq!(says(world, session, ward.doc.did, world.now), "ACC-021");
    let denied = SessionRequest { purpose: "HRESCH".into(), ..request };
    let transaction = ward.asks(&denied);
    let outcome = ward.world.deny(&transaction, "ACC-014");
    let denied = crate::access::session_id(&outcome.id.unwrap());
    assert_eq!(says(&ward.world, denied, ward.north.did, ward.world.now), "ACC-020");
}

#[test]
fn a_session_on_a_legal_ground_stands_by_the_ground() {
    let mut ward = Ward::new();
    let (south, north) = (ward.south.clone(), ward.north.device(0));
    let mut request = ward.request();
    request.basis = SessionBasis::LegalGround { ground: ground(1) };
    (request.organisation, request.credentials) = (Some(south.did), Vec::new());
    let operation = Operation::OpenSession { request };
    let transaction = ward.world.sign(&south, &south.device(0), operation, &[&north]);
    let session = crate::access::session_id(&ward.world.accept(&transaction).id.unwrap());
    assert_eq!(says(&ward.world, session, ward.north.did, ward.world.now), "ok");
    // No consent is its basis; the patient and the organisation are.
    let ann = ward.ann.clone();
    ward.world.revoke_consent(&ann, ward.consent);
    assert_eq!(says(&ward.world, session, ward.north.did, ward.world.now), "ok");
    for party in [&ann, &south] {
        let mut ward = ward.clone();
        ward.world.deactivate(party);
        assert_eq!(says(&ward.world, session, ward.north.did, ward.world.now), "ACC-031");
    }
}

#[test]
fn a_proof_of_the_active_consents_withholds_none() {
    let (ward, _) = scene();
    let bob = Party::new("bob", Kind::Patient, 1).did;
    for (subject, count) in [(ward.ann.did, 3), (bob, 0)] {
        let store = Read { state: &ward.world.state, keys: RefCell::default() };
        let expected = active_consents(&store, subject).unwrap();
        assert_eq!(expected.len(), count);
        let keys = store.keys.into_inner();
        assert_eq!(keys.len(), 1 + 2 * count);
        assert_eq!(active_consents(&proven(&ward.world, &keys), subject), Ok(expected));
        for withheld in &keys {
            let others: BTreeSet<StateKey> = keys.iter().copied().filter(|key| key != withheld).collect();
            if others.is_empty() {
                break;
            }
            let said = active_consents(&proven(&ward.world, &others), subject);
            assert!(matches!(said, Err(ReadError::Unproven)));
        }
    }
    // Not only the session's own basis: every other consent of the subject is proven, ended or not.
    let mut later = ward;
    later.world.now = at(Millis::hours(31));
    assert_eq!(active_consents(&later.world.state, later.ann.did).unwrap().len(), 3);
}
