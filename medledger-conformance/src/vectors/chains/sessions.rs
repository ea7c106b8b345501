//! Access: asked for on a consent or a legal ground, permitted, denied; session logs.

use medledger_core::access::{
    LegalGround, LogAnchor, Scope, SessionBasis, SessionHead, SessionRequest, ground_id, session_id,
};
use medledger_core::consent::{Actor, Criteria, Rule, RuleEffect, Terms, consent_id};
use medledger_core::crypto::{AgreementKey, AgreementKeyBytes};
use medledger_core::hash::{ConsentId, ConsentVersion, CredentialId, Digest32, GroundId, SessionId};
use medledger_core::identity::{Credential, Kind, credential_id};
use medledger_core::limits::SESSION_LONGEST;
use medledger_core::merkle::Log;
use medledger_core::operation::Operation;
use medledger_core::state::Params;
use medledger_core::units::{Interval, Millis, Period, Timestamp};
use medledger_core::vocabulary::Coding;

use super::super::Vector;
use super::super::scene::{Scene, at, genesis, hospitals};
use super::consents::{grant, terms, version};
use super::whole;
use crate::fuzz::world::{Party, bytes};

const PHYSICIAN: &str = "physician";

pub(super) fn grounds() -> Vec<LegalGround> {
    let [_, south] = hospitals();
    let ground = LegalGround {
        name: "inquest".into(),
        organisation: south.did,
        role: Some(Coding::new("urn:roles", PHYSICIAN)),
        purpose: "PUBHLTH".into(),
        types: vec!["Observation".into()],
        longest: Millis::hours(2),
        overrides_deny: false,
    };
    let over = LegalGround { name: "epidemic".into(), overrides_deny: true, ..ground.clone() };
    vec![ground, over]
}

/// Ann with consents, a doctor with credentials.
pub(super) struct Care {
    pub scene: Scene,
    pub ann: Party,
    pub doctor: Party,
    pub request: SessionRequest,
    start: Timestamp,
}

impl Care {
    pub fn new() -> Self {
        let [north, south] = hospitals();
        let ann = Party::new("ann", Kind::Patient);
        let doctor = Party::new("doctor", Kind::Practitioner);
        let mut scene = Scene::new("sessions", genesis(Params::default(), grounds(), 1));
        scene.incept(&[&ann, &doctor]);
        let start = scene.now;
        let credential = Credential {
            holder: doctor.did,
            role: Coding::new("urn:roles", PHYSICIAN),
            period: Period { from: at(0), until: Timestamp(start.0 + 5_000_000) },
        };
        let issue = Operation::IssueCredential { credential };
        let by_north = credential_id(&scene.does(&north, "device 0", issue.clone(), ""));
        scene.does(&south, "device 0", issue, "");
        let criteria = Criteria {
            actors: vec![Actor::Identity { did: doctor.did }],
            purposes: vec!["TREAT".into()],
            ..Criteria::default()
        };
        let mut good = terms(Timestamp(start.0 + 10_000), Timestamp(start.0 + 20_000));
        good.criteria = criteria;
        let consent = consent_id(&scene.does(&ann, "device 0", grant(0, good), ""));
        scene.block();
        let request = SessionRequest {
            subject: ann.did,
            organisation: Some(north.did),
            credentials: vec![by_north],
            custodians: vec![north.did],
            basis: SessionBasis::Consent { consent, version: version(&scene, consent) },
            action: "access".into(),
            purpose: "TREAT".into(),
            scope: Scope::default(),
            key: AgreementKey::X25519 { bytes: AgreementKeyBytes([9; 32]) },
            until: Timestamp(start.0 + 3_600_000),
        };
        Self { scene, ann, doctor, request, start }
    }

    fn after(&self, millis: u64) -> Timestamp {
        Timestamp(self.start.0 + millis)
    }

    fn asks(&mut self, request: &SessionRequest, rule: &'static str) -> SessionId {
        let doctor = self.doctor.clone();
        let operation = Operation::OpenSession { request: request.clone() };
        session_id(&self.scene.does(&doctor, "device 0", operation, rule))
    }
}

pub(super) fn vectors() -> Vec<Vector> {
    vec![periods(), requests(), other_consents(), on_grounds(), logs()]
}

/// The consent's, the session's and the credential's periods.
fn periods() -> Vector {
    let mut care = Care::new();
    let request = care.request.clone();
    care.asks(&request, "ACC-014");
    let time = care.after(9_999);
    care.scene.block_at(time);
    care.asks(&request, "");
    let time = care.after(10_000);
    for (until, rule) in [
        (time, "ACC-005"),
        (Timestamp(time.0 + 1), ""),
        (Timestamp(time.0 + SESSION_LONGEST.0), ""),
        (Timestamp(time.0 + SESSION_LONGEST.0 + 1), "ACC-005"),
    ] {
        care.asks(&SessionRequest { until, ..request.clone() }, rule);
    }
    care.scene.block_at(time);
    care.asks(&request, "");
    let time = care.after(19_999);
    care.scene.block_at(time);
    care.asks(&request, "ACC-012");
    let time = care.after(20_000);
    care.scene.block_at(time);
    // Another consent, without end, and the credential's last millisecond.
    let ann = care.ann.clone();
    let long = terms(at(0), at(900 * 3_600_000));
    let consent = consent_id(&care.scene.does(&ann, "device 0", grant(1, long), ""));
    let time = care.after(30_000);
    care.scene.block_at(time);
    let basis = SessionBasis::Consent { consent, version: version(&care.scene, consent) };
    let late = SessionRequest { basis, until: care.after(6_000_000), ..request };
    care.scene.now = care.after(4_999_990);
    care.asks(&late, "");
    let time = care.after(4_999_999);
    care.scene.block_at(time);
    care.asks(&late, "ACC-006");
    let time = care.after(5_000_000);
    care.scene.block_at(time);
    whole("session periods", "sessions at the edges of every period that bounds them", &care.scene)
}

/// What is wrong with a request itself.
fn requests() -> Vector {
    let [north, south] = hospitals();
    let mut care = Care::new();
    let good = care.request.clone();
    let with = |change: &dyn Fn(&mut SessionRequest)| {
        let mut request = good.clone();
        change(&mut request);
        request
    };
    let mut both = vec![north.did, south.did];
    both.sort_unstable();
    let reversed: Vec<_> = both.iter().rev().copied().collect();
    let stranger = Party::new("nobody", Kind::Patient).did;
    let many = |n: u8| (0..n).map(|n| medledger_core::hash::Did([n; 32])).collect::<Vec<_>>();
    let cases: Vec<(SessionRequest, &'static str)> = vec![
        (with(&|r| r.subject = north.did), "ACC-001"),
        (with(&|r| r.subject = stranger), "IDN-001"),
        (with(&|r| r.custodians.clear()), "ACC-002"),
        (with(&|r| r.custodians = reversed.clone()), "ACC-002"),
        (with(&|r| r.custodians = vec![north.did, north.did]), "ACC-002"),
        (with(&|r| r.custodians = both.clone()), ""),
        (with(&|r| r.custodians = many(17)), "ACC-002"),
        (with(&|r| r.custodians = many(16)), "IDN-001"),
        (with(&|r| r.scope.types = vec!["Observation".into(), "Condition".into()]), "ACC-003"),
        (with(&|r| r.scope.types = vec!["observation".into()]), "ACC-003"),
        (with(&|r| r.scope.period = Some(Interval { start: Some(1), end: Some(1) })), "ACC-003"),
        (with(&|r| r.scope.types = vec!["Condition".into(), "Observation".into()]), ""),
        (with(&|r| r.purpose = "FUN".into()), "ACC-004"),
        (with(&|r| r.action = "read".into()), "ACC-004"),
        (with(&|r| r.credentials = vec![CredentialId([1; 32])]), "ACC-006"),
        (with(&|r| r.credentials.clear()), "ACC-007"),
        (with(&|r| r.organisation = Some(south.did)), "ACC-007"),
        (with(&|r| r.organisation = None), ""),
        (
            with(&|r| {
                r.basis =
                    SessionBasis::Consent { consent: ConsentId([1; 32]), version: ConsentVersion([1; 32]) }
            }),
            "ACC-010",
        ),
        (
            with(&|r| {
                if let SessionBasis::Consent { version, .. } = &mut r.basis {
                    *version = ConsentVersion([1; 32]);
                }
            }),
            "ACC-011",
        ),
        (with(&|r| r.purpose = "HRESCH".into()), "ACC-014"),
        // Under TREAT stands emergency treatment, and not break-glass.
        (with(&|r| r.purpose = "ETREAT".into()), ""),
        (with(&|r| r.purpose = "BTG".into()), "ACC-014"),
        (with(&|r| r.basis = SessionBasis::LegalGround { ground: GroundId([1; 32]) }), "ACC-008"),
    ];
    for (request, rule) in &cases {
        care.asks(request, rule);
    }
    let ann = care.ann.clone();
    let operation = Operation::OpenSession { request: good.clone() };
    care.scene.does(&ann, "controller", operation.clone(), "IDN-009");
    care.scene.does(
        &ann,
        "device 0",
        Operation::OpenSession {
            request: SessionRequest { credentials: Vec::new(), organisation: None, ..good.clone() },
        },
        "ACC-014",
    );
    let time = care.after(10_000);
    care.scene.block_at(time);
    whole("session requests", "requests for access, each wrong in one way", &care.scene)
}

/// What the subject's other consents do to a request.
fn other_consents() -> Vector {
    let mut care = Care::new();
    let request = care.request.clone();
    let (ann, doctor) = (care.ann.clone(), care.doctor.clone());
    let long = terms(at(0), at(900 * 3_600_000));
    // A grant to somebody else, whose base denies all others: it cancels nothing.
    let to_other = Rule {
        depth: 1,
        effect: RuleEffect::Permit,
        criteria: Criteria {
            actors: vec![Actor::Role { role: Coding::new("urn:roles", "nurse") }],
            ..Criteria::default()
        },
    };
    let other = Terms { effect: RuleEffect::Deny, rules: vec![to_other], ..long.clone() };
    care.scene.does(&ann, "device 0", grant(1, other.clone()), "");
    care.asks(&request, "");
    let time = care.after(10_000);
    care.scene.block_at(time);
    // The same as a directive does.
    let directive = care.scene.does(&ann, "device 0", grant(2, Terms { directive: true, ..other }), "");
    care.asks(&request, "ACC-013");
    let revoke = Operation::RevokeConsent { consent: consent_id(&directive) };
    care.scene.does(&ann, "device 0", revoke, "");
    care.asks(&request, "");
    // A deny rule that touches a part of the scope, and one that lies beside it.
    let deny = |types: &str| {
        let criteria = Criteria { types: vec![types.into()], ..Criteria::default() };
        Terms { rules: vec![Rule { depth: 1, effect: RuleEffect::Deny, criteria }], ..long.clone() }
    };
    care.scene.does(&ann, "device 0", grant(3, deny("Condition")), "");
    care.asks(&request, "ACC-013");
    let scoped = |types: &[&str]| SessionRequest {
        scope: Scope { types: types.iter().map(ToString::to_string).collect(), ..Scope::default() },
        ..request.clone()
    };
    care.asks(&scoped(&["Observation"]), "");
    care.asks(&scoped(&["Condition", "Observation"]), "ACC-013");
    let time = care.after(10_001);
    care.scene.block_at(time);
    // A number of uses.
    let uses = Terms { uses: Some(2), ..long.clone() };
    let counted = consent_id(&care.scene.does(&ann, "device 0", grant(4, uses), ""));
    let time = care.after(10_002);
    care.scene.block_at(time);
    let basis = SessionBasis::Consent { consent: counted, version: version(&care.scene, counted) };
    let on_counted = SessionRequest { basis, ..scoped(&["Observation"]) };
    // What is refused uses nothing up.
    care.asks(&SessionRequest { purpose: "BTG".into(), ..on_counted.clone() }, "ACC-014");
    care.asks(&on_counted, "");
    care.asks(&on_counted, "");
    care.asks(&on_counted, "ACC-012");
    // The consent that it stands on, taken back: it still exists, and permits nothing.
    if let SessionBasis::Consent { consent, .. } = request.basis {
        care.scene.does(&ann, "device 0", Operation::RevokeConsent { consent }, "");
    }
    care.asks(&scoped(&["Observation"]), "ACC-012");
    // What ends with somebody.
    care.scene.does(&ann, "controller", Operation::Deactivate, "");
    care.asks(&scoped(&["Observation"]), "ACC-031");
    care.scene.does(&doctor, "controller", Operation::Deactivate, "");
    care.asks(&request, "OPR-009");
    let time = care.after(10_003);
    care.scene.block_at(time);
    whole("other consents", "denies, directives, uses", &care.scene)
}

fn on_grounds() -> Vector {
    let [north, south] = hospitals();
    let mut care = Care::new();
    let (ann, doctor) = (care.ann.clone(), care.doctor.clone());
    let [plain, over] = grounds().try_into().unwrap();
    let by_south = care
        .scene
        .ledger
        .log(&doctor.did, medledger_core::state::LogKind::Authority)
        .iter()
        .filter_map(|(_, leaf)| match &leaf.entry {
            medledger_core::state::LogEntry::Authority { .. } => Some(credential_id(&leaf.tx)),
            _ => None,
        })
        .next_back()
        .unwrap();
    let basis = |ground: &LegalGround| SessionBasis::LegalGround { ground: ground_id(ground).unwrap() };
    let time = care.after(10_000);
    let good = SessionRequest {
        organisation: Some(south.did),
        credentials: vec![by_south],
        custodians: vec![north.did],
        basis: basis(&plain),
        purpose: "PUBHLTH".into(),
        scope: Scope { types: vec!["Observation".into()], ..Scope::default() },
        until: Timestamp(time.0 + Millis::hours(2).0),
        ..care.request.clone()
    };
    let custodian = north.key("device 0");
    let asks = |care: &mut Care, request: &SessionRequest, agreed: bool, rule: &'static str| {
        let operation = Operation::OpenSession { request: request.clone() };
        let by: &[&medledger_core::crypto::SecretKey] = if agreed { &[&custodian] } else { &[] };
        care.scene.agreed(&doctor, "device 0", operation, by, rule);
    };
    asks(&mut care, &good, false, "OPR-021");
    asks(&mut care, &good, true, "");
    asks(&mut care, &SessionRequest { until: Timestamp(good.until.0 + 1), ..good.clone() }, true, "ACC-009");
    asks(&mut care, &SessionRequest { purpose: "TREAT".into(), ..good.clone() }, true, "ACC-009");
    asks(&mut care, &SessionRequest { scope: Scope::default(), ..good.clone() }, true, "ACC-009");
    let more = Scope { types: vec!["Condition".into(), "Observation".into()], ..Scope::default() };
    asks(&mut care, &SessionRequest { scope: more, ..good.clone() }, true, "ACC-009");
    let credentials = care.request.credentials.clone();
    let of_north = SessionRequest { organisation: Some(north.did), credentials, ..good.clone() };
    asks(&mut care, &of_north, true, "ACC-009");
    let directive = Terms { directive: true, effect: RuleEffect::Deny, ..terms(at(0), at(900 * 3_600_000)) };
    care.scene.does(&ann, "device 0", grant(5, directive), "");
    asks(&mut care, &good, true, "ACC-013");
    asks(&mut care, &SessionRequest { basis: basis(&over), ..good.clone() }, true, "");
    care.scene.block_at(time);
    whole("legal grounds", "sessions on grounds that the consortium registered", &care.scene)
}

/// What custodians report.
pub(super) fn logs() -> Vector {
    whole("session logs", "heads and closes of session logs", &reported())
}

fn data(name: &str, count: u64) -> Log {
    let leaves: Vec<Digest32> = (0..count).map(|n| bytes(&format!("{name} {n}"))).collect();
    Log::from_data(&leaves)
}

fn head(session: SessionId, name: &str, from: u64, count: u64, closes: bool) -> SessionHead {
    let log = data(name, count);
    SessionHead { session, head: log.root(), count, continues: log.consistency(from, count).unwrap(), closes }
}

fn reported() -> Scene {
    let [north, south] = hospitals();
    let mut care = Care::new();
    let request = SessionRequest { ..care.request.clone() };
    let [first, second, third] = [(); 3].map(|()| care.asks(&request, ""));
    let time = care.after(10_000);
    care.scene.block_at(time);
    care.scene.now = care.after(10_001);
    let anchor = |heads: Vec<SessionHead>| Operation::AnchorLogs { anchor: LogAnchor { heads } };
    let scene = &mut care.scene;
    scene.does(&south, "device 0", anchor(vec![head(first, "a", 0, 3, false)]), "ACC-021");
    scene.does(&north, "device 0", anchor(vec![head(SessionId([1; 32]), "a", 0, 3, false)]), "ACC-020");
    scene.does(&north, "device 0", anchor(Vec::new()), "ACC-025");
    scene.does(&north, "device 0", anchor(vec![head(first, "a", 0, 3, false)]), "");
    let mut pair = [head(first, "a", 3, 5, false), head(second, "b", 0, 0, true)];
    pair.sort_by_key(|head| head.session);
    let descending: Vec<_> = pair.iter().rev().cloned().collect();
    scene.does(&north, "device 0", anchor(descending), "ACC-025");
    scene.does(&north, "device 0", anchor(vec![pair[0].clone(), pair[0].clone()]), "ACC-025");
    scene.does(&north, "device 0", anchor(vec![head(first, "a", 2, 2, false)]), "ACC-023");
    scene.does(&north, "device 0", anchor(vec![head(first, "other", 3, 5, false)]), "ACC-024");
    scene.does(&north, "device 0", anchor(vec![head(first, "a", 2, 5, false)]), "ACC-024");
    scene.does(&north, "device 0", anchor(pair.into()), "");
    scene.does(&north, "device 0", anchor(vec![head(second, "b", 0, 0, true)]), "ACC-022");
    scene.does(&north, "device 0", anchor(vec![head(first, "a", 5, 5, true)]), "");
    scene.does(&north, "device 0", anchor(vec![head(first, "a", 5, 6, false)]), "ACC-022");
    // The third is never closed: the patient's log is not complete.
    let _ = third;
    scene.block();
    care.scene
}
