//! Sessions on a legal ground.

use alloc::vec::Vec;

use crate::access::{SessionBasis, SessionRequest};
use crate::fixture::*;
use crate::hash::GroundId;
use crate::operation::Operation;
use crate::units::{Millis, Timestamp};

/// Doc has the coroner's role in `south`, and asks on the first ground for what it reaches.
fn inquest() -> (Ward, SessionRequest) {
    let mut ward = Ward::new();
    let (south, doc) = (ward.south.clone(), ward.doc.clone());
    ward.credential = ward.world.credential(&south, &doc, "coroner", hours(0, 50));
    let mut request = ward.request();
    request.basis = SessionBasis::LegalGround { ground: ground(0) };
    request.organisation = Some(south.did);
    request.purpose = "PUBHLTH".into();
    request.scope.types = texts(&["Condition", "Observation"]);
    (ward, request)
}

#[test]
fn a_ground_opens_a_session_that_its_custodians_countersign() {
    let (mut ward, mut request) = inquest();
    request.until = ward.world.now.plus(Millis::hours(2)).unwrap();
    let north = ward.north.device(1);
    let transaction = ward.on_ground(&request, &[&north]);
    let outcome = ward.world.accept(&transaction);
    let session = crate::access::session_id(&outcome.id.unwrap());
    let state = ward.world.session(session);
    assert_eq!((state.not_after, state.roles), (request.until, Vec::from([role("coroner")])));
    let stands = super::super::standing(&ward.world.state, session, ward.north.did, ward.world.now);
    let basis = crate::consent::Basis::LegalGround { overrides_deny: false };
    assert_eq!(stands.unwrap().unwrap().basis, basis);
}

#[test]
fn each_custodian_countersigns_and_nobody_else() {
    let (mut ward, mut request) = inquest();
    let (north, south) = (ward.north.clone(), ward.south.clone());
    request.custodians = Vec::from([north.did, south.did]);
    request.custodians.sort();
    let (one, two) = (north.device(0), south.device(1));
    for (by, rule) in [
        (Vec::new(), "OPR-021"),
        (Vec::from([&one]), "OPR-021"),
        (Vec::from([&two]), "OPR-021"),
        (Vec::from([&one, &north.device(1)]), "OPR-019"),
        (Vec::from([&one, &two, &ward.ann.device(0)]), "OPR-019"),
        (Vec::from([&one, &south.controller()]), "OPR-019"),
        (Vec::from([&one, &stranger()]), "OPR-019"),
    ] {
        let transaction = ward.on_ground(&request, &by);
        ward.world.deny(&transaction, rule);
    }
    let transaction = ward.on_ground(&request, &[&one, &two]);
    ward.world.accept(&transaction);
    // A custodian's device that was revoked does not countersign, also not one revoked earlier in the block.
    let transaction = ward.on_ground(&request, &[&one, &two]);
    let revocation = ward.world.sign(&south, &south.controller(), revoke(&two), &[]);
    assert_eq!(ward.world.codes(&[revocation, transaction]), ["ok", "OPR-019"]);
}

#[test]
fn a_custodian_that_asks_for_itself_has_signed_already() {
    let (mut ward, mut request) = inquest();
    let (north, south) = (ward.north.clone(), ward.south.clone());
    request.basis = SessionBasis::LegalGround { ground: ground(1) };
    request.purpose = "TREAT".into();
    request.credentials = Vec::new();
    request.custodians = Vec::from([south.did]);
    ward.world.open(&south, &request);
    request.custodians = Vec::from([north.did, south.did]);
    request.custodians.sort();
    let operation = Operation::OpenSession { request };
    let transaction = ward.world.by(&south, operation.clone());
    ward.world.deny(&transaction, "OPR-021");
    let transaction = ward.world.sign(&south, &south.device(0), operation, &[&north.device(0)]);
    ward.world.accept(&transaction);
}

#[test]
fn what_is_asked_stays_within_what_was_registered() {
    let (mut ward, good) = inquest();
    let north = ward.north.device(0);
    let unregistered = SessionBasis::LegalGround { ground: GroundId([7; 32]) };
    let transaction = ward.on_ground(&SessionRequest { basis: unregistered, ..good.clone() }, &[&north]);
    ward.world.deny(&transaction, "ACC-008");
    let misfits: [fn(&mut SessionRequest); 6] = [
        |r| r.organisation = None,
        |r| r.purpose = "TREAT".into(),
        |r| r.scope.types = Vec::new(),
        |r| r.scope.types = texts(&["Condition", "Immunization"]),
        |r| r.scope.types = texts(&["Immunization"]),
        |r| r.until = Timestamp(r.until.0 + 3_600_000 * 5),
    ];
    for misfit in misfits {
        let mut request = good.clone();
        misfit(&mut request);
        let transaction = ward.on_ground(&request, &[&north]);
        ward.world.deny(&transaction, "ACC-009");
    }
    // Narrower in everything: a kind of the purpose, one of the types, a shorter time.
    let mut narrower = good.clone();
    narrower.purpose = "THREAT".into();
    narrower.scope.types = texts(&["Observation"]);
    narrower.until = ward.world.now.plus(Millis(1)).unwrap();
    let transaction = ward.on_ground(&narrower, &[&north]);
    ward.world.accept(&transaction);
    // Two hours to the millisecond.
    for (more, code) in [(0, "ok"), (1, "ACC-009")] {
        let mut request = good.clone();
        request.until = Timestamp(ward.world.now.0 + Millis::hours(2).0 + more);
        let transaction = ward.on_ground(&request, &[&north]);
        assert_eq!(ward.world.codes(&[transaction]), [code]);
    }
}

#[test]
fn the_role_is_one_that_the_grounds_organisation_gives() {
    let (mut ward, good) = inquest();
    let (north, south, doc) = (ward.north.clone(), ward.south.clone(), ward.doc.clone());
    let key = north.device(0);
    let nurse = ward.world.credential(&south, &doc, "nurse", hours(0, 50));
    let elsewhere = ward.world.credential(&north, &doc, "coroner", hours(0, 50));
    let with = |mut credentials: Vec<_>| {
        credentials.sort();
        SessionRequest { credentials, ..good.clone() }
    };
    for request in [with(Vec::from([nurse])), with(Vec::from([nurse, elsewhere]))] {
        let transaction = ward.on_ground(&request, &[&key]);
        ward.world.deny(&transaction, "ACC-009");
    }
    let transaction = ward.on_ground(&with(Vec::from([elsewhere])), &[&key]);
    ward.world.deny(&transaction, "ACC-007");
    let transaction = ward.on_ground(&with(Vec::from([nurse, good.credentials[0]])), &[&key]);
    ward.world.accept(&transaction);
}

#[test]
fn a_deny_denies_unless_the_registration_overrides_it() {
    let (mut ward, request) = inquest();
    let (ann, north) = (ward.ann.clone(), ward.north.device(0));
    let transaction = ward.on_ground(&request, &[&north]);
    ward.world.accept(&transaction);
    ward.world.grant(&ann, 9, &forbid(hours(0, 100), ward.doc.did));
    let transaction = ward.on_ground(&request, &[&north]);
    ward.world.deny(&transaction, "ACC-013");
    let mut overrides = request;
    overrides.basis = SessionBasis::LegalGround { ground: ground(1) };
    overrides.purpose = "TREAT".into();
    let transaction = ward.on_ground(&overrides, &[&north]);
    let outcome = ward.world.accept(&transaction);
    let session = crate::access::session_id(&outcome.id.unwrap());
    let stands = super::super::standing(&ward.world.state, session, ward.north.did, ward.world.now);
    let basis = crate::consent::Basis::LegalGround { overrides_deny: true };
    assert_eq!(stands.unwrap().unwrap().basis, basis);
}

#[test]
fn a_ground_for_treatment_does_not_break_the_glass() {
    let (mut ward, mut request) = inquest();
    let north = ward.north.device(0);
    request.basis = SessionBasis::LegalGround { ground: ground(1) };
    request.purpose = "ETREAT".into();
    let transaction = ward.on_ground(&request, &[&north]);
    ward.world.accept(&transaction);
    request.purpose = "BTG".into();
    let transaction = ward.on_ground(&request, &[&north]);
    ward.world.deny(&transaction, "ACC-009");
}
