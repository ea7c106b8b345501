#![cfg(all(feature = "fhir", feature = "local"))]

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use medledger_core::access::{Scope, SessionBasis, SessionRefusal, ground_id};
use medledger_core::consent::{Criteria, Rule, RuleEffect, Terms};
use medledger_core::error::Coded;
use medledger_core::hash::SessionId;
use medledger_core::operation::Operation;
use medledger_core::record::{RecordRef, Retraction};
use medledger_core::units::Interval;
use medledger_core::vocabulary::Coding;

use super::*;
use crate::story::{ALLERGY, LAB, Story, UNDATED, id, laboratory, permit};
use crate::testing::{copy, ground};

mod held;
mod logs;
mod requests;

const HOUR: Millis = Millis::hours(1);

fn code(result: Result<Answered, GatewayError>) -> String {
    id(result.err().as_ref())
}

fn opened() -> (Story, crate::requester::OpenedSession) {
    let mut story = Story::new();
    let consent = story.grant_doctor(HOUR);
    let ask = story.asks(consent);
    let session = story.open(ask).unwrap();
    (story, session)
}

#[test]
fn a_release_reaches_the_requester_alone_and_opens_the_ledgers_commitments() {
    let (mut story, session) = opened();
    let (record, held) = story.held(0, LAB);
    let request = ReleaseRequest::decode(&story.request(&session, record).encode().unwrap()).unwrap();
    let answered = story.answer(&request, Some(&held)).unwrap();
    assert_eq!((id(answered.refusal.as_ref()), answered.entry.number), (String::new(), 0));
    assert_eq!(answered.entry.height, story.world.ledger.tip().height);
    assert_eq!(answered.entry.header, story.world.ledger.tip().hash);
    let answer = ReleaseAnswer::decode(&answered.answer.encode().unwrap()).unwrap();
    let ReleaseAnswer::Permit { release } = answer else { panic!("it is permitted") };
    assert!(release.proof.opening.is_none());
    let verifier = story.world.verifier();
    let released = story.requester.open(&verifier, &session, &release).unwrap();
    assert_eq!(released.record.record, record);
    assert!(released.record.opened);
    assert_eq!(released.original.expose(), b"{\"n\":2}");
    released.opening.check(&released.record.commitments).unwrap();

    let opens = |release: &Release| id(story.requester.open(&verifier, &session, release).err().as_ref());
    let mut bad = release.clone();
    bad.ciphertext[3] ^= 1;
    assert_eq!(opens(&bad), "GTW-041");
    assert_eq!(opens(&Release { custodian: story.clinic.did, ..release.clone() }), "GTW-041");
    assert_eq!(opens(&Release { record: RecordId([0; 32]), ..release.clone() }), "GTW-041");
    assert_eq!(opens(&Release { session: SessionId([0; 32]), ..release.clone() }), "GTW-045");
    // The right ciphertext beside the proof of another record.
    let (_, another) = story.held(0, ALLERGY);
    let proof = RecordProof { opening: None, ..another.proof };
    assert_eq!(opens(&Release { proof, ..release.clone() }), "GTW-043");
    // The right key beside another sealed record, an altered one, a piece of it, and none.
    let beside = |container: Option<Vec<u8>>| {
        opens(&Release { container: container.map(ByteBuf::from), ..release.clone() })
    };
    let own = release.container.clone().unwrap().into_vec();
    assert_eq!(beside(another.sealed.container()), "SEA-012");
    let mut altered = own.clone();
    *altered.last_mut().unwrap() ^= 1;
    assert_eq!(beside(Some(altered)), "SEA-008");
    assert_eq!(beside(Some(own[..own.len() - 1].to_vec())), "SEA-009");
    assert_eq!(beside(None), "GTW-046");
    // It may as well travel as a file of its own.
    let apart = Release { container: None, ..release.clone() };
    let secret = story.requester.secret(&session.state.request.key).unwrap();
    let found = session.open_key(secret, &verifier, &apart).unwrap();
    assert_eq!(found.record.record, record);
    let opened = crate::seal::record::open(&own, &found.key, &found.record.commitments).unwrap();
    assert_eq!(opened.original(), released.original.expose());
    // A custodian that sends another record's key.
    let custodian = story.world.hospital.did;
    let chain = story.world.ledger.tip().chain;
    let binding = Binding { chain, session: session.session, record, custodian };
    let (encapsulated, ciphertext) =
        seal(&session.state.request.key, &binding, &another.key, &mut crate::testing::Dice(5)).unwrap();
    assert_eq!(opens(&Release { encapsulated, ciphertext, ..release.clone() }), "SEA-006");

    let stranger = crate::requester::Requester::new(story.clinic.did, copy(&story.clinic.keys.device));
    assert_eq!(id(stranger.open(&verifier, &session, &release).err().as_ref()), "GTW-042");
    let (at, _) =
        story.world.ledger.log(&story.world.patient.did, medledger_core::state::LogKind::Timeline)[0];
    let receipt = story.world.ledger.receipt(at).unwrap();
    let no_session = crate::requester::OpenedSession::from_receipt(receipt, &verifier);
    assert_eq!(id(no_session.err().as_ref()), "GTW-044");
}

#[test]
fn a_release_of_another_subjects_record_is_no_release() {
    let (mut story, session) = opened();
    let (record, held) = story.held(1, LAB);
    // A custodian that seals another patient's record to the session's key all the same.
    let (chain, custodian) = (story.world.ledger.tip().chain, story.world.hospital.did);
    let binding = Binding { chain, session: session.session, record, custodian };
    let key = &session.state.request.key;
    let (encapsulated, ciphertext) = seal(key, &binding, &held.key, &mut story.world.rng).unwrap();
    let container = held.sealed.container().map(ByteBuf::from);
    let proof = RecordProof { opening: None, ..held.proof.clone() };
    let session_id = session.session;
    let release =
        Release { session: session_id, record, custodian, proof, encapsulated, ciphertext, container };
    let opens = story.requester.open(&story.world.verifier(), &session, &release);
    assert_eq!(id(opens.err().as_ref()), "GTW-043");
}

#[test]
fn a_key_that_nothing_can_be_encrypted_to_gives_no_release() {
    let (mut story, session) = opened();
    let (record, held) = story.held(0, LAB);
    let zero = medledger_core::crypto::AgreementKey::X25519 {
        bytes: medledger_core::crypto::AgreementKeyBytes([0; 32]),
    };
    let custodian = story.world.hospital.did;
    let chain = story.world.ledger.tip().chain;
    let binding = Binding { chain, session: session.session, record, custodian };
    let sealed = seal(&zero, &binding, &held.key, &mut story.world.rng);
    assert_eq!(sealed.unwrap_err().rule().to_string(), "GTW-040");
}

#[test]
fn nothing_is_released_after_revocation_although_the_receipt_is_genuine() {
    let mut story = Story::new();
    let consent = story.grant_doctor(HOUR);
    let ask = story.asks(consent);
    let session = story.open(ask).unwrap();
    assert_eq!(story.release(&session, LAB), "");
    story.revoke(consent);
    assert!(session.receipt.check(&story.world.verifier()).is_ok());
    assert_eq!(story.release(&session, LAB), "ACC-012");
    let log = story.gateway.log(&session.session).unwrap();
    let why = log.entries().iter().map(|entry| (entry.number, entry.event.clone())).collect::<Vec<_>>();
    let (record, _) = story.held(0, LAB);
    assert_eq!(
        why,
        [
            (0, SessionEvent::Released { record }),
            (1, SessionEvent::Refused { record, why: SessionRefusal::SessionEnded })
        ]
    );
}

#[test]
fn an_amendment_a_deactivation_and_a_lost_credential_end_a_session() {
    let (mut story, session) = opened();
    let consent = match session.state.request.basis {
        SessionBasis::Consent { consent, .. } => consent,
        SessionBasis::LegalGround { .. } => panic!("it stands on a consent"),
    };
    let terms = permit(story.doctor.did, story.period(Millis::hours(2)));
    let (_, result) = story.patient_signs(|story| {
        let signer = story.world.signer(&story.world.patient, &story.world.patient.keys.device);
        let state = story.world.ledger.state();
        story.wallet.amend(&signer, state, consent, terms, story.world.clock).unwrap().unwrap()
    });
    assert_eq!((result, story.release(&session, LAB)), (0, "ACC-011".to_string()));

    let (mut story, session) = opened();
    let credential = story.credential;
    let draft = story.world.hospital_signs().draft(Operation::RevokeCredential { credential });
    story.world.record(&draft, &copy(&story.world.hospital.keys.device));
    assert_eq!(story.release(&session, LAB), "ACC-006");

    let (mut story, session) = opened();
    let controller = copy(&story.world.patient.keys.controller);
    let draft = story.world.signer(&story.world.patient, &controller).draft(Operation::Deactivate);
    story.world.record(&draft, &controller);
    assert_eq!(story.release(&session, LAB), "ACC-031");
}

#[test]
fn a_header_of_just_the_freshness_refuses_and_one_millisecond_younger_releases() {
    let limit = Millis::minutes(10);
    for (age, expected) in [(limit.0 - 1, ""), (limit.0, "GTW-020"), (limit.0 + 1, "GTW-020")] {
        let (mut story, session) = opened();
        let made = story.world.ledger.tip().time;
        story.world.clock = made.plus(Millis(age)).unwrap();
        assert_eq!(story.release(&session, LAB), expected, "{age}");
        let entry = story.gateway.log(&session.session).unwrap().entries()[0].clone();
        assert_eq!(entry.header, story.world.ledger.tip().hash);
        let refused = matches!(entry.event, SessionEvent::Refused { why: SessionRefusal::HeaderTooOld, .. });
        assert_eq!(refused, !expected.is_empty());
    }
}

#[test]
fn a_session_ends_with_its_consent_to_the_millisecond() {
    for (before, expected) in [(1, ""), (0, "ACC-030")] {
        let mut story = Story::new();
        let span = Millis::minutes(20);
        let (consent, end) = (story.grant_doctor(span), story.after(span));
        let ask = story.asks(consent);
        assert!(ask.until > end);
        let session = story.open(ask).unwrap();
        assert_eq!(session.state.not_after, end);
        story.pass(Millis::minutes(15));
        // By the gateway's own clock; the newest block is older.
        story.world.clock = Timestamp(end.0 - before);
        assert_eq!(story.release(&session, LAB), expected);
        // By block time, though the gateway's clock lags.
        story.world.pass();
        story.world.clock = Timestamp(end.0 - 1_000);
        assert_eq!(story.release(&session, LAB), expected);
    }
}

#[test]
fn only_the_subjects_records_inside_the_scope_are_released() {
    let mut story = Story::new();
    let consent = story.grant_doctor(HOUR);
    let period = |start, end| Some(Interval { start: Some(start), end: Some(end) });
    let types = |name: &str| Scope { types: Vec::from([name.to_string()]), ..Scope::default() };
    let categories = |of: Coding| Scope { categories: Vec::from([of]), ..Scope::default() };
    let dates = |start, end| Scope { period: period(start, end), ..Scope::default() };
    for (scope, index, expected) in [
        (Scope::default(), ALLERGY, ""),
        (types("AllergyIntolerance"), ALLERGY, ""),
        (types("AllergyIntolerance"), LAB, "GTW-024"),
        (categories(laboratory()), LAB, ""),
        (categories(laboratory()), ALLERGY, "GTW-024"),
        (categories(Coding::new("x", "y")), LAB, "GTW-024"),
        (dates(2_000_000, 2_001_000), LAB, ""),
        (dates(2_000_001, 2_001_000), LAB, "GTW-024"),
        (dates(2_000_000, 2_000_999), LAB, "GTW-024"),
        (dates(0, 9_000_000), UNDATED, "GTW-024"),
    ] {
        let ask = crate::requester::Ask { scope: scope.clone(), ..story.asks(consent) };
        let session = story.open(ask).unwrap();
        assert_eq!(story.release(&session, index), expected, "{scope:?} {index}");
    }
    let ask = story.asks(consent);
    let session = story.open(ask).unwrap();
    let (record, held) = story.held(1, LAB);
    let refused = story.asked(&session, record, Some(&held)).unwrap().refusal;
    assert_eq!(id(refused.as_ref()), "GTW-023");
    // One that nobody anchored, one that is not at hand, and another one in its place.
    let (record, held) = story.held(0, LAB);
    let unknown = story.asked(&session, RecordId([9; 32]), None).unwrap();
    assert_eq!(id(unknown.refusal.as_ref()), "GTW-021");
    let (_, another) = story.held(0, ALLERGY);
    let wrong = story.asked(&session, record, Some(&another)).unwrap();
    assert_eq!(id(wrong.refusal.as_ref()), "GTW-021");
    // One that its key does not open, and one in place of which another lies.
    let closed = HeldRecord { key: another.key.clone(), ..held.clone() };
    let unopened = story.asked(&session, record, Some(&closed)).unwrap();
    assert_eq!(id(unopened.refusal.as_ref()), "GTW-021");
    assert!(matches!(unopened.answer, ReleaseAnswer::Deny { .. }));
    let swapped = HeldRecord { proof: held.proof, ..another };
    let unopened = story.asked(&session, record, Some(&swapped)).unwrap();
    assert_eq!(id(unopened.refusal.as_ref()), "GTW-021");
}

#[test]
fn what_was_entered_in_error_is_not_released() {
    let (mut story, session) = opened();
    let (_, held) = story.held(0, LAB);
    let member = held.proof.member.clone().unwrap();
    let batch = held.batch().unwrap();
    let record =
        RecordRef::InBatch { batch, index: member.index, commitments: member.commitments, path: member.path };
    // The receipt of the batch is taken before the timeline goes on.
    let id_of = held.proof.check(&story.world.verifier()).unwrap().record;
    let draft =
        story.world.hospital_signs().draft(Operation::EnterInError { retraction: Retraction { record } });
    story.world.record(&draft, &copy(&story.world.hospital.keys.device));
    let refused = story.asked(&session, id_of, Some(&held)).unwrap().refusal;
    assert_eq!(id(refused.as_ref()), "GTW-022");
}

#[test]
fn a_deny_that_comes_later_denies_and_a_withheld_consent_gives_no_decision() {
    let (mut story, session) = opened();
    assert_eq!(story.release(&session, LAB), "");
    let directive = Terms {
        directive: true,
        effect: RuleEffect::Deny,
        criteria: Criteria { types: Vec::from(["Observation".to_string()]), ..Criteria::default() },
        ..permit(story.doctor.did, story.period(HOUR))
    };
    let deny = story.grant(directive);
    assert_eq!(story.release(&session, LAB), "ACC-013");
    assert_eq!(story.release(&session, ALLERGY), "");

    // A node that leaves the directive's slot, or its terms, out of the proof.
    let (record, held) = story.held(0, LAB);
    let request = story.request(&session, record);
    let question = story.gateway.question(&request, Some(&held));
    let state = story.world.ledger.state();
    let subject = story.world.patient.did;
    let recorder = medledger_core::state::Recorder::new(state);
    use medledger_core::state::{Address, read};
    medledger_core::validate::standing(
        &recorder,
        session.session,
        story.world.hospital.did,
        story.world.clock,
    )
    .unwrap()
    .unwrap();
    medledger_core::validate::params(&recorder).unwrap();
    let _: Option<medledger_core::record::RecordState> = read(&recorder, &Address::Record(record)).unwrap();
    let batch = question.batch.unwrap();
    let _: Option<medledger_core::record::BatchState> = read(&recorder, &Address::Batch(batch)).unwrap();
    let key = Address::Key(question.key);
    let _: Option<KeyEntry> = read(&recorder, &key).unwrap();
    let all = recorder.keys();
    assert_eq!(story.world.ledger.certified(&all), story.world.ledger.access_proof(&question));
    let mut fewer = Vec::from([Address::ConsentSlot(subject, 1), Address::Consent(deny)]);
    fewer.push(Address::ActiveConsents(subject));
    fewer.push(key);
    let verifier = story.world.verifier();
    for hidden in fewer {
        let mut keys = all.clone();
        assert!(keys.remove(&hidden.key()), "{hidden:?}");
        let proof = story.world.ledger.certified(&keys).unwrap();
        let now = (&verifier, story.world.clock);
        let result = story.gateway.release(&request, Some(&held), &proof, now, &mut story.world.rng);
        assert_eq!(code(result), "GTW-001", "{hidden:?}");
    }
    let mut more = all.clone();
    more.insert(Address::Headers.key());
    let proof = story.world.ledger.certified(&more).unwrap();
    let now = (&verifier, story.world.clock);
    let result = story.gateway.release(&request, Some(&held), &proof, now, &mut story.world.rng);
    assert_eq!(code(result), "LGT-010");
    // Nothing of it is in the log.
    assert_eq!(story.gateway.log(&session.session).unwrap().entries().len(), 3);
}

#[test]
fn strangers_and_requests_without_a_receipt_get_no_decision() {
    let (mut story, session) = opened();
    let (record, held) = story.held(0, LAB);
    let own = core::mem::replace(
        &mut story.gateway,
        Gateway::new(story.clinic.did, copy(&story.clinic.keys.device)),
    );
    let request = story.request(&session, record);
    assert_eq!(code(story.answer(&request, Some(&held))), "GTW-009");
    let to_stranger = (story.clinic.did, record);
    let asked = story.requester.request(&session, to_stranger, &mut story.world.rng).unwrap();
    assert_eq!(code(story.answer(&asked, Some(&held))), "ACC-021");
    assert!(story.gateway.log(&session.session).is_none());
    story.gateway = own;
    let mut unknown = request.clone();
    unknown.signed.ask.session = SessionId([7; 32]);
    assert_eq!(code(story.answer(&unknown, Some(&held))), "ACC-020");
    let mut altered = request.clone();
    altered.receipt.event.leaf.code = 1;
    assert_eq!(code(story.answer(&altered, Some(&held))), "LGT-008");
    let ask = {
        let SessionBasis::Consent { consent, .. } = session.state.request.basis else { panic!() };
        story.asks(consent)
    };
    let second = story.open(ask).unwrap();
    let swapped = ReleaseRequest { receipt: second.receipt, ..request };
    assert_eq!(code(story.answer(&swapped, Some(&held))), "GTW-002");
    assert!(story.gateway.keep().sessions.is_empty());
}

#[test]
fn headers_never_run_back() {
    let (mut story, session) = opened();
    let (record, held) = story.held(0, LAB);
    let request = story.request(&session, record);
    let old = story.world.ledger.access_proof(&story.gateway.question(&request, Some(&held))).unwrap();
    story.pass(Millis(1_000));
    assert_eq!(story.release(&session, LAB), "");
    let verifier = story.world.verifier();
    let now = (&verifier, story.world.clock);
    let result = story.gateway.release(&request, Some(&held), &old, now, &mut story.world.rng);
    assert_eq!(code(result), "GTW-003");
    let mut kept = story.gateway.keep();
    kept.header.0[0] ^= 1;
    story.gateway = Gateway::restore(copy(&story.world.hospital.keys.device), kept).unwrap();
    assert_eq!(code(story.answer(&request, Some(&held))), "GTW-004");
}

#[test]
fn on_a_legal_ground_each_custodian_countersigns_and_a_deny_still_denies() {
    let mut story = Story::new();
    let ground = ground_id(&ground(&story.world.hospital)).unwrap();
    let consent = story.grant_doctor(HOUR);
    let types = Vec::from(["AllergyIntolerance".to_string()]);
    let ask = |story: &Story| crate::requester::Ask {
        basis: SessionBasis::LegalGround { ground },
        scope: Scope { types: types.clone(), ..Scope::default() },
        ..story.asks(consent)
    };
    let asked = ask(&story);
    assert!(story.open(asked.clone()).is_err());
    let mut draft = story.draft(asked);
    story.gateway.countersign(&mut draft).unwrap();
    let session = story.open_draft(&draft).unwrap();
    assert_eq!(story.release(&session, ALLERGY), "");
    assert_eq!(story.release(&session, LAB), "GTW-024");
    story.revoke(consent);
    assert_eq!(story.release(&session, ALLERGY), "");
    let directive = Terms {
        directive: true,
        effect: RuleEffect::Deny,
        criteria: Criteria::default(),
        ..permit(story.doctor.did, story.period(HOUR))
    };
    story.grant(directive);
    assert_eq!(story.release(&session, ALLERGY), "ACC-013");
}

#[test]
fn facts_that_are_unknown_touch_a_deny_and_are_covered_by_no_permit() {
    let (mut story, session) = opened();
    let (record, held) = story.held(0, LAB);
    let request = story.request(&session, record);
    let question = story.gateway.question(&request, Some(&held));
    let proof = story.world.ledger.access_proof(&question).unwrap();
    let proven = access_proof::check(&proof, &story.world.verifier(), &question).unwrap();
    let mut standing = proven.standing(story.world.clock).unwrap().unwrap();
    let hiv = Coding::new(medledger_core::vocabulary::labels::ACT_CODE, "HIV");
    let rule = |effect, criteria| Rule { depth: 1, effect, criteria };
    let labels = Criteria { labels: Vec::from([hiv.clone()]), ..Criteria::default() };
    let authors = Criteria { authors: Vec::from(["Practitioner/x".to_string()]), ..Criteria::default() };
    let mut facts = story.batches[0].openings[usize::try_from(LAB).unwrap()].facts.clone();
    // Terms like these are sealed on a ledger; the gateway that holds them runs the same code.
    let medledger_core::consent::ConsentTerms::Open { terms } = &mut standing.consents[0].state.terms;
    for (criteria, known) in [(labels, false), (authors, true)] {
        terms.rules = Vec::from([rule(RuleEffect::Deny, criteria.clone())]);
        let terms = terms.clone();
        let answer = |standing: &medledger_core::validate::Standing,
                      facts: &medledger_core::record::Facts| {
            id(judge::refusal(&judge::decide(standing, facts, story.world.clock)).as_ref())
        };
        let mut own = standing_with(&proven, story.world.clock, terms.clone());
        assert_eq!(answer(&own, &facts), "ACC-013");
        facts.labels = Some(Vec::new());
        if known {
            facts.authors = Vec::from(["Practitioner/y".to_string()]);
        }
        assert_eq!(answer(&own, &facts), "");
        // The other way round: a permit that names them covers only what is known to be in it.
        let medledger_core::consent::ConsentTerms::Open { terms: mine } = &mut own.consents[0].state.terms;
        mine.rules.clear();
        mine.criteria.authors = Vec::from(["Practitioner/x".to_string()]);
        assert_eq!(answer(&own, &facts), "ACC-014");
        facts.labels = Some(Vec::new());
    }
    facts.labels = Some(Vec::from([hiv]));
    let reach = reach(&facts);
    assert_eq!(reach.labels, facts.labels);
}

fn standing_with(proven: &Proven, now: Timestamp, terms: Terms) -> medledger_core::validate::Standing {
    let mut standing = proven.standing(now).unwrap().unwrap();
    standing.consents[0].state.terms = medledger_core::consent::ConsentTerms::Open { terms };
    standing
}

#[test]
fn secrets_are_not_shown() {
    let (story, session) = opened();
    let secret = story.requester.secret(&session.state.request.key).unwrap();
    let shown = alloc::format!("{:?} {:?} {:?}", story.requester, story.gateway, story.wallet);
    let seeds = [&story.doctor, &story.world.hospital, &story.world.patient];
    let seeds = seeds.map(|identity| *identity.keys.device.seed());
    for secret in seeds.iter().chain([secret.expose()]) {
        let list = alloc::format!("{secret:?}");
        let hex = medledger_core::hash::Hex(secret).to_string();
        assert!(!shown.contains(&list) && !shown.contains(&hex));
    }
}
