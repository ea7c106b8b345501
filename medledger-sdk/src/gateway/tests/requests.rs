//! Requests for records: signed by the requester, answered once, and judged by a clock that does not run back.

use medledger_core::access::SessionLogEntry;
use medledger_core::crypto::PublicKey;
use medledger_core::hash::{Tag, hash};
use medledger_core::operation::Approval;

use super::*;
use crate::identity::add_device;
use crate::requester::OpenedSession;

/// A request for the doctor's session, signed by somebody with this key, who says that it is that one.
fn signed(session: &OpenedSession, ask: &ReleaseAsk, by: &SecretKey) -> ReleaseRequest {
    let chain = session.receipt.header.chain;
    let ask = ReleaseAsk { key: by.public().id(), ..ask.clone() };
    session.request(ask.sign(&chain, by).unwrap())
}

#[test]
fn nothing_is_logged_but_what_the_requester_has_signed() {
    let (mut story, session) = opened();
    let (record, held) = story.held(0, LAB);
    let good = story.request(&session, record);
    let ask = good.signed.ask.clone();
    // Whoever has seen the receipt has a key too; the patient and the custodian have theirs; the requester's controller
    // is for other things.
    let keys = [
        copy(&story.clinic.keys.device),
        copy(&story.world.patient.keys.device),
        copy(&story.world.hospital.keys.device),
        copy(&story.doctor.keys.controller),
        SecretKey::from_seed([7; 32]),
    ];
    for key in &keys {
        let request = signed(&session, &ask, key);
        assert_eq!(code(story.answer(&request, Some(&held))), "GTW-008");
    }
    // In the requester's name, without the requester's key.
    let with = |change: &dyn Fn(&mut SignedAsk)| {
        let mut request = good.clone();
        change(&mut request.signed);
        request
    };
    let chain = session.receipt.header.chain;
    let by = |key: &SecretKey, chain: &ChainId| {
        let signature = key.sign(&ask.to_sign(chain).unwrap());
        ByteBuf::from(Approval { key: ask.key, signature }.encode())
    };
    let forged = by(&SecretKey::from_seed([7; 32]), &chain);
    let elsewhere = by(&story.doctor.keys.device, &ChainId([9; 32]));
    // Approvals of transactions have the same form: it is the tag that keeps their hashes apart.
    let body = hash(Tag::Body, &[&medledger_core::codec::encode(&ask).unwrap()]);
    let body = Approval::to_be_signed(&ask.key, &chain, &medledger_core::hash::BodyHash(body));
    assert_eq!(body.len(), ask.to_sign(&chain).unwrap().len());
    let signature = story.doctor.keys.device.sign(&body);
    let approved = ByteBuf::from(Approval { key: ask.key, signature }.encode());
    let other = story.held(0, ALLERGY).0;
    let bad = [
        with(&|signed| signed.approval = forged.clone()),
        with(&|signed| signed.approval = elsewhere.clone()),
        with(&|signed| signed.approval = approved.clone()),
        with(&|signed| signed.ask.record = other),
        with(&|signed| signed.ask.nonce.0[31] ^= 1),
        with(&|signed| signed.approval.truncate(100)),
        with(&|signed| signed.approval.push(0)),
        with(&|signed| signed.approval.clear()),
    ];
    for (n, request) in bad.iter().enumerate() {
        assert_eq!(code(story.answer(request, Some(&held))), "GTW-007", "{n}");
    }
    for at in 0..good.signed.approval.len() {
        let request = with(&|signed| signed.approval[at] ^= 1);
        assert_eq!(code(story.answer(&request, Some(&held))), "GTW-007", "byte {at}");
    }
    let elsewhere = with(&|signed| signed.ask.custodian = story.clinic.did);
    assert_eq!(code(story.answer(&elsewhere, Some(&held))), "GTW-009");
    // A session of the doctor's own with another id is another session.
    let basis = session.state.request.basis;
    let SessionBasis::Consent { consent, .. } = basis else { panic!("it stands on a consent") };
    let ask = story.asks(consent);
    let second = story.open(ask).unwrap();
    let mut moved = second.request(good.signed.clone());
    assert_eq!(code(story.answer(&moved, Some(&held))), "GTW-002");
    moved.signed.ask.session = second.session;
    assert_eq!(code(story.answer(&moved, Some(&held))), "GTW-007");
    // None of it left a trace, and the genuine one is answered.
    assert!(story.gateway.keep().sessions.is_empty() && story.gateway.anchor().is_none());
    assert_eq!(id(story.answer(&good, Some(&held)).unwrap().refusal.as_ref()), "");
}

#[test]
fn a_request_is_answered_once() {
    let (mut story, session) = opened();
    let (record, held) = story.held(0, LAB);
    let released = story.request(&session, record);
    assert_eq!(id(story.answer(&released, Some(&held)).unwrap().refusal.as_ref()), "");
    let refused = story.request(&session, record);
    assert_eq!(id(story.answer(&refused, None).unwrap().refusal.as_ref()), "GTW-021");
    for again in 0..3 {
        story.pass(Millis(1_000));
        for request in [&released, &refused] {
            assert_eq!(code(story.answer(request, Some(&held))), "GTW-010");
        }
        match again {
            // Anchored, and between processes.
            0 => assert_eq!(story.anchor_logs().1, 0),
            _ => {
                let kept = KeptLogs::decode(&story.gateway.keep().encode().unwrap()).unwrap();
                story.gateway = Gateway::restore(copy(&story.world.hospital.keys.device), kept).unwrap();
            }
        }
    }
    assert_eq!(story.gateway.log(&session.session).unwrap().entries().len(), 2);
    // What gave no decision is not answered, and may come again.
    let request = story.request(&session, record);
    let mut spoilt = story.world.ledger.access_proof(&story.gateway.question(&request, Some(&held))).unwrap();
    spoilt.values.values.pop();
    let now = (&story.world.verifier(), story.world.clock);
    assert!(story.gateway.release(&request, Some(&held), &spoilt, now, &mut story.world.rng).is_err());
    assert_eq!(story.answer(&request, Some(&held)).unwrap().entry.number, 2);
}

#[test]
fn a_revoked_device_asks_for_nothing_and_another_one_of_the_requester_does() {
    let (mut story, session) = opened();
    let (record, held) = story.held(0, LAB);
    let (tablet, opens) = (SecretKey::from_seed([8; 32]), AgreementSecret::draw(&mut story.world.rng));
    let controller = copy(&story.doctor.keys.controller);
    let sender = story.world.signer(&story.doctor, &controller);
    let draft = add_device(&sender, &tablet, &opens).unwrap();
    let ask = story.request(&session, record).signed.ask;
    assert_eq!(code(story.answer(&signed(&session, &ask, &tablet), Some(&held))), "GTW-008");
    story.world.record(&draft, &controller);
    let request = signed(&session, &ask, &tablet);
    assert_eq!(id(story.answer(&request, Some(&held)).unwrap().refusal.as_ref()), "");
    let key = tablet.public().id();
    let draft = story.world.signer(&story.doctor, &controller).draft(Operation::RevokeDevice { key });
    story.world.record(&draft, &controller);
    let ask = story.request(&session, record).signed.ask;
    assert_eq!(code(story.answer(&signed(&session, &ask, &tablet), Some(&held))), "GTW-008");
    assert_eq!(story.release(&session, LAB), "");
}

#[test]
fn a_custodian_can_show_that_it_was_asked_and_can_not_make_it_up() {
    let (mut story, session) = opened();
    for index in [LAB, ALLERGY] {
        assert_eq!(story.release(&session, index), "");
    }
    let chain = session.receipt.header.chain;
    let doctor: PublicKey = story.doctor.keys.device.public();
    let kept = story.gateway.keep().sessions.remove(0);
    assert_eq!(kept.logged(), story.gateway.log(&session.session).unwrap().entries());
    assert_eq!(kept.entries.len(), story.gateway.log(&session.session).unwrap().asked().len());
    let answers = |asked: &SignedAsk, entry: &SessionLogEntry| {
        asked.check(&chain, &doctor).is_ok() && asked.ask.is_answered_by(entry).unwrap()
    };
    for (n, own) in kept.entries.iter().enumerate() {
        for (m, other) in kept.entries.iter().enumerate() {
            assert_eq!(answers(&own.asked, &other.entry), n == m);
        }
    }
    // An entry for a record that nobody asked for has no request that fits.
    let mut made_up = kept.entries[0].clone();
    let SessionEvent::Released { record } = kept.entries[1].entry.event else { panic!("it is released") };
    made_up.entry.event = SessionEvent::Released { record };
    assert!(!answers(&made_up.asked, &made_up.entry));
    made_up.asked.ask.record = record;
    made_up.entry.request = made_up.asked.ask.hash().unwrap();
    assert!(made_up.asked.ask.is_answered_by(&made_up.entry).unwrap());
    assert!(!answers(&made_up.asked, &made_up.entry));
}

#[test]
fn a_clock_that_was_set_back_makes_no_old_header_fresh() {
    let (mut story, session) = opened();
    let made = story.world.ledger.tip().time;
    let at = |span: u64| made.plus(Millis(span)).unwrap();
    let minute = Millis::minutes(1).0;
    // The network is cut: the header grows old, and the gateway says so.
    for (clock, expected) in [(minute, ""), (20 * minute, "GTW-020")] {
        story.world.clock = at(clock);
        assert_eq!(story.release(&session, LAB), expected);
    }
    let (record, held) = story.held(0, LAB);
    // By the network's tolerance, and not by a millisecond more.
    let tolerance = medledger_core::state::Params::default().clock_ahead.0;
    for (clock, expected) in [
        (2 * minute, "GTW-011"),
        (20 * minute - tolerance - 1, "GTW-011"),
        (20 * minute - tolerance, "GTW-020"),
    ] {
        story.world.clock = at(clock);
        let given = match story.asked(&session, record, Some(&held)) {
            Ok(answered) => id(answered.refusal.as_ref()),
            Err(error) => error.rule().to_string(),
        };
        assert_eq!(given, expected, "{clock}");
    }
    // Also after it was started anew; and nothing of it is in the log.
    let kept = KeptLogs::decode(&story.gateway.keep().encode().unwrap()).unwrap();
    story.gateway = Gateway::restore(copy(&story.world.hospital.keys.device), kept).unwrap();
    story.world.clock = at(2 * minute);
    assert_eq!(code(story.asked(&session, record, Some(&held))), "GTW-011");
    assert_eq!(story.gateway.log(&session.session).unwrap().entries().len(), 3);
    // A custodian that knows that its clock was ahead says so.
    story.gateway.clock_was_ahead();
    assert_eq!(story.release(&session, LAB), "");
    // What a header says of the time counts as much as the gateway's own clock.
    story.pass(Millis::minutes(5));
    assert_eq!(story.release(&session, LAB), "");
    let newest = story.world.ledger.tip().time;
    story.gateway.clock_was_ahead();
    story.world.clock = Timestamp(newest.0 - tolerance - 1);
    let refused = code(story.asked(&session, record, Some(&held)));
    assert!(refused == "GTW-011" || refused.starts_with("LGT"), "{refused}");
}
