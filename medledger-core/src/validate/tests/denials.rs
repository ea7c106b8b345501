//! Every rule by which a session is not opened: what is no request leaves no trace, a denial is on record.

use alloc::string::String;
use alloc::vec::Vec;

use crate::access::{SessionBasis, SessionRequest};
use crate::consent::{Criteria, Rule, RuleEffect, Terms};
use crate::fixture::*;
use crate::hash::{ConsentId, ConsentVersion, CredentialId, Did};
use crate::identity::{Credential, Kind};
use crate::operation::Operation;
use crate::state::LogKind;
use crate::units::{Interval, Millis};
use crate::vocabulary::Coding;
use crate::vocabulary::labels::{ACT_CODE, CONFIDENTIALITY};

#[test]
fn what_is_no_request_leaves_no_trace() {
    let mut ward = Ward::new();
    let good = ward.request();
    let unknown = Party::new("nobody", Kind::Patient, 1).did;
    let device = ward.world.incept("pump", Kind::Device).did;
    type Change = fn(&mut SessionRequest);
    let mut cases: Vec<(SessionRequest, &str)> =
        [(unknown, "IDN-001"), (ward.north.did, "ACC-001"), (ward.doc.did, "ACC-001"), (device, "ACC-001")]
            .map(|(subject, rule)| (SessionRequest { subject, ..good.clone() }, rule))
            .into();
    let did = |n: u8| Did([n; 32]);
    for custodians in
        [Vec::new(), (1..=17).map(did).collect(), Vec::from([did(2), did(1)]), Vec::from([did(1), did(1)])]
    {
        cases.push((SessionRequest { custodians, ..good.clone() }, "ACC-002"));
    }
    let changes: [(Change, &str); 14] = [
        (|r| r.scope.types = texts(&["Observation", "Condition"]), "ACC-003"),
        (|r| r.scope.types = texts(&["Condition", "Condition"]), "ACC-003"),
        (|r| r.scope.types = texts(&["condition"]), "ACC-003"),
        (|r| r.scope.types = texts(&[""]), "ACC-003"),
        (|r| r.scope.categories = Vec::from([role("b"), role("a")]), "ACC-003"),
        (|r| r.scope.categories = Vec::from([role("a"), role("a")]), "ACC-003"),
        (|r| r.scope.categories = Vec::from([Coding::new(ACT_CODE, "HIV")]), "ACC-003"),
        (|r| r.scope.categories = Vec::from([Coding::new(CONFIDENTIALITY, "R")]), "ACC-003"),
        (|r| r.scope.period = Some(Interval { start: Some(1), end: Some(1) }), "ACC-003"),
        (|r| r.scope.period = Some(Interval { start: Some(2), end: Some(1) }), "ACC-003"),
        (|r| r.credentials = Vec::from([r.credentials[0], r.credentials[0]]), "ACC-003"),
        (|r| r.purpose = "CURIOSITY".into(), "ACC-004"),
        (|r| r.purpose = String::new(), "ACC-004"),
        (|r| r.action = "peek".into(), "ACC-004"),
    ];
    for (change, rule) in changes {
        let mut request = good.clone();
        change(&mut request);
        cases.push((request, rule));
    }
    for (request, rule) in cases {
        ward.refuse(&request, rule);
    }
    // The controller does not ask.
    let operation = Operation::OpenSession { request: good.clone() };
    let transaction = ward.world.sign(&ward.doc, &ward.doc.controller(), operation, &[]);
    ward.world.refuse(&transaction, "IDN-009");
    assert_eq!(ward.world.log_size(ward.ann.did, LogKind::Access), 0);
    let later = SessionRequest { until: ward.request().until, ..good };
    ward.open(&later);
}

#[test]
fn sixteen_custodians_are_not_too_many() {
    let mut ward = Ward::new();
    let mut custodians: Vec<Did> =
        (0..14).map(|n| ward.world.incept(&alloc::format!("clinic {n}"), Kind::Organisation).did).collect();
    custodians.extend([ward.north.did, ward.south.did]);
    custodians.sort();
    let mut request = SessionRequest { custodians, ..ward.request() };
    let session = ward.open(&request);
    let stands = super::super::standing(&ward.world.state, session, request.custodians[15], ward.world.now);
    assert!(stands.unwrap().is_ok());
    request.custodians[15] = Did([0xff; 32]);
    ward.deny(&request, "IDN-001");
}

#[test]
fn the_parties_of_a_session_are_active() {
    let ward = Ward::new();
    let request = ward.request();
    // A patient who has ended: whoever asked is on record all the same.
    let mut ended = ward.clone();
    ended.world.deactivate(&ward.ann);
    ended.deny(&request, "ACC-031");
    // The organisation, whose credential ends with it; a custodian; an unknown custodian or organisation.
    let clinic = Party::new("clinic", Kind::Organisation, 2);
    let mut with_clinic = ward.clone();
    with_clinic.world.incept("clinic", Kind::Organisation);
    let credential = with_clinic.world.credential(&clinic, &ward.doc, "nurse", hours(0, 50));
    let before = with_clinic.clone();
    with_clinic.world.deactivate(&clinic);
    let by_clinic = SessionRequest {
        organisation: Some(clinic.did),
        credentials: Vec::from([credential]),
        ..request.clone()
    };
    with_clinic.deny(&by_clinic, "ACC-031");
    let for_nobody = SessionRequest { organisation: None, ..by_clinic.clone() };
    with_clinic.deny(&for_nobody, "ACC-031");
    let released_by = SessionRequest { custodians: Vec::from([clinic.did]), ..request.clone() };
    with_clinic.deny(&released_by, "IDN-002");
    before.clone().open(&by_clinic);
    before.clone().open(&released_by);
    let unknown = SessionRequest { organisation: Some(Did([7; 32])), ..request.clone() };
    ward.clone().deny(&unknown, "ACC-031");
    // A requester who has ended does not even authenticate.
    let mut silent = ward.clone();
    let transaction = silent.asks(&request);
    silent.world.deactivate(&ward.doc);
    silent.world.ignore(&transaction, "OPR-009");
}

#[test]
fn a_device_does_not_ask() {
    let mut ward = Ward::new();
    let pump = ward.world.incept("pump", Kind::Device);
    let mut request = ward.request();
    (request.organisation, request.credentials) = (None, Vec::new());
    let transaction = ward.world.by(&pump, Operation::OpenSession { request });
    ward.world.deny(&transaction, "ACC-015");
}

#[test]
fn credentials_are_live_and_the_requesters_own() {
    let mut ward = Ward::new();
    let (north, doc) = (ward.north.clone(), ward.doc.clone());
    let eve = ward.world.incept("eve", Kind::Practitioner);
    let others = ward.world.credential(&north, &eve, "physician", hours(0, 50));
    let later = ward.world.credential(&north, &doc, "physician", hours(40, 50));
    let over = ward.world.credential(&north, &doc, "physician", hours(0, 1));
    let revoked = ward.world.credential(&north, &doc, "physician", hours(0, 50));
    let transaction = ward.world.by(&north, Operation::RevokeCredential { credential: revoked });
    ward.world.accept(&transaction);
    for credential in [others, later, over, revoked, CredentialId([7; 32])] {
        // Alone, and beside one that stands.
        let own = ward.credential;
        for mut credentials in [Vec::from([credential]), Vec::from([credential, own])] {
            credentials.sort();
            let request = SessionRequest { credentials, ..ward.request() };
            ward.deny(&request, "ACC-006");
        }
    }
}

#[test]
fn an_organisation_vouches_for_whoever_acts_for_it() {
    let mut ward = Ward::new();
    let request = ward.request();
    let none = SessionRequest { credentials: Vec::new(), ..request.clone() };
    ward.deny(&none, "ACC-007");
    let other = SessionRequest { organisation: Some(ward.south.did), ..request.clone() };
    ward.deny(&other, "ACC-007");
    // Nobody but an organisation is one.
    let herself = SessionRequest { organisation: Some(ward.doc.did), ..request.clone() };
    ward.deny(&herself, "ACC-007");
    let patient = SessionRequest { organisation: Some(ward.ann.did), credentials: Vec::new(), ..request };
    let transaction = ward.world.by(&ward.ann.clone(), Operation::OpenSession { request: patient });
    ward.world.deny(&transaction, "ACC-007");
}

#[test]
fn the_consent_that_is_named() {
    let mut ward = Ward::new();
    let ann = ward.ann.clone();
    let bob = ward.world.incept("bob", Kind::Patient);
    let bobs = ward.world.grant(&bob, 0, &permit(hours(0, 100)));
    let request = ward.request();
    let named = |basis| SessionRequest { basis, ..request.clone() };
    let of_bob = named(ward.basis(bobs));
    ward.deny(&of_bob, "ACC-010");
    let version = ConsentVersion([7; 32]);
    ward.deny(&named(SessionBasis::Consent { consent: ConsentId([7; 32]), version }), "ACC-010");
    ward.deny(&named(SessionBasis::Consent { consent: ward.consent, version }), "ACC-011");
    ward.world.amend(&ann, ward.consent, &permit(hours(0, 100)));
    ward.deny(&request, "ACC-011");
    let current = named(ward.basis(ward.consent));
    ward.open(&current);
    ward.world.revoke_consent(&ann, ward.consent);
    ward.deny(&current, "ACC-012");
    // Its end passes to the millisecond in `sessions`; that it is spent, too.
}

#[test]
fn any_active_consent_can_deny() {
    let mut ward = Ward::new();
    let (ann, request) = (ward.ann.clone(), ward.request());
    // A grant to somebody else, with its base that denies, is no deny.
    let only = Terms {
        effect: RuleEffect::Deny,
        criteria: Criteria::default(),
        rules: Vec::from([Rule { depth: 1, effect: RuleEffect::Permit, criteria: Criteria::default() }]),
        ..permit(hours(0, 100))
    };
    let mut elsewhere = only.clone();
    elsewhere.rules[0].criteria.actors = forbid(hours(0, 100), ward.south.did).criteria.actors;
    ward.world.grant(&ann, 1, &elsewhere);
    ward.open(&request);
    let directive = ward.world.grant(&ann, 200, &forbid(hours(5, 10), ward.doc.did));
    for (hour, millis, denied) in [(4, 3_599_999, false), (5, 0, true), (9, 3_599_999, true), (10, 0, false)]
    {
        let mut ward = ward.clone();
        ward.world.now = crate::units::Timestamp(at(Millis::hours(hour)).0 + millis);
        let request = ward.request();
        if denied {
            let transaction = ward.asks(&request);
            let outcome = ward.world.deny(&transaction, "ACC-013");
            let said = alloc::format!("{}", outcome.refusal.unwrap());
            assert!(said.contains(&alloc::format!("{directive}")), "{said}");
        } else {
            ward.open(&request);
        }
    }
    ward.world.now = at(Millis::hours(6));
    let later = ward.request();
    ward.deny(&later, "ACC-013");
    ward.world.revoke_consent(&ann, directive);
    ward.open(&later);
}

#[test]
fn what_is_asked_is_permitted_whole_or_not_at_all() {
    let mut ward = Ward::new();
    let ann = ward.ann.clone();
    let mut terms = permit(hours(0, 100));
    terms.criteria.types = texts(&["Condition", "Observation"]);
    terms.criteria.categories = Vec::from([role("lab"), role("vital")]);
    terms.criteria.data_period = Some(Interval { start: Some(-10), end: Some(10) });
    ward.world.amend(&ann, ward.consent, &terms);
    let mut request = ward.request();
    request.scope.types = texts(&["Condition", "Observation"]);
    request.scope.categories = Vec::from([role("lab"), role("vital")]);
    request.scope.period = Some(Interval { start: Some(-10), end: Some(10) });
    ward.open(&request);
    let wider: [fn(&mut SessionRequest); 8] = [
        |r| r.scope.types = Vec::new(),
        |r| r.scope.types = texts(&["Condition", "Immunization"]),
        |r| r.scope.categories = Vec::new(),
        |r| r.scope.categories.push(Coding::new("urn:z", "z")),
        |r| r.scope.period = None,
        |r| r.scope.period = Some(Interval { start: Some(-11), end: Some(10) }),
        |r| r.scope.period = Some(Interval { start: Some(-10), end: Some(11) }),
        |r| r.purpose = "HRESCH".into(),
    ];
    for widen in wider {
        let mut request = request.clone();
        widen(&mut request);
        ward.deny(&request, "ACC-014");
    }
}

#[test]
fn approvals_that_nothing_asks_for_are_refused_on_record() {
    let mut ward = Ward::new();
    let request = ward.request();
    let north = ward.north.device(0);
    let transaction = ward.on_ground(&request, &[&north]);
    ward.world.deny(&transaction, "OPR-019");
}

#[test]
fn what_could_not_be_read_back_is_not_written() {
    let mut ward = Ward::new();
    let (north, doc) = (ward.north.clone(), ward.doc.clone());
    // Forty roles of two kibibytes: each credential is sound, all of them together are past what a value may hold.
    let mut all = Vec::new();
    for n in 0..40 {
        let text = alloc::format!("{n:04}").repeat(256);
        let credential =
            Credential { holder: doc.did, role: Coding::new(text.clone(), text), period: hours(0, 50) };
        all.push(ward.world.by(&north, Operation::IssueCredential { credential }));
    }
    let outcomes = ward.world.run(&all);
    let mut credentials: Vec<CredentialId> = outcomes
        .iter()
        .inspect(|outcome| assert_eq!(code(outcome), "ok"))
        .map(|outcome| crate::identity::credential_id(&outcome.id.unwrap()))
        .collect();
    credentials.push(ward.credential);
    credentials.sort();
    let request = SessionRequest { credentials, ..ward.request() };
    ward.deny(&request, "COD-001");
}
