//! Session logs: anchors, closes, gaps.

use super::*;

#[test]
fn logs_are_anchored_and_closed_without_gaps() {
    let (mut story, session) = opened();
    assert!(story.gateway.anchor().is_none());
    for _ in 0..3 {
        assert_eq!(story.release(&session, LAB), "");
    }
    let (anchor, result) = story.anchor_logs();
    assert_eq!((anchor.heads[0].count, anchor.heads[0].closes, result), (3, false, 0));
    assert!(story.gateway.anchor().is_none());
    assert_eq!(story.release(&session, ALLERGY), "");
    // Between processes.
    let kept = KeptLogs::decode(&story.gateway.keep().encode().unwrap()).unwrap();
    story.gateway = Gateway::restore(copy(&story.world.hospital.keys.device), kept).unwrap();
    assert_eq!(story.gateway.open_sessions(), [session.session]);
    story.gateway.close(session.session, story.world.clock);
    let (record, held) = story.held(0, LAB);
    assert_eq!(code(story.asked(&session, record, Some(&held))), "GTW-006");
    let (anchor, result) = story.anchor_logs();
    assert_eq!((anchor.heads[0].count, anchor.heads[0].closes, result), (4, true, 0));
    assert!(story.gateway.anchor().is_none() && story.gateway.log(&session.session).unwrap().is_settled());

    // A gateway that has lost the close still learns from the ledger.
    story.gateway = Gateway::new(story.world.hospital.did, copy(&story.world.hospital.keys.device));
    assert_eq!(code(story.asked(&session, record, Some(&held))), "ACC-022");
}

#[test]
fn a_log_with_a_gap_is_refused_by_the_ledger_and_a_lost_one_by_the_gateway() {
    let (mut story, session) = opened();
    for _ in 0..3 {
        assert_eq!(story.release(&session, LAB), "");
    }
    let before = story.gateway.keep();
    assert_eq!(story.anchor_logs().1, 0);
    for _ in 0..2 {
        assert_eq!(story.release(&session, LAB), "");
    }
    // An entry in the middle goes: what follows is numbered anew.
    let mut gap = story.gateway.keep();
    gap.sessions[0].entries.remove(1);
    let device = || copy(&SecretKey::from_seed([0; 32]));
    let hospital = copy(&story.world.hospital.keys.device);
    let honest = core::mem::replace(&mut story.gateway, Gateway::restore(device(), gap).unwrap());
    assert_eq!(story.anchor_logs().1, 824);
    // Shorter than what is anchored.
    let mut short = honest.keep();
    short.sessions[0].entries.truncate(2);
    short.sessions[0].anchored = 0;
    story.gateway = Gateway::restore(device(), short.clone()).unwrap();
    assert_eq!(story.anchor_logs().1, 823);
    let (record, held) = story.held(0, LAB);
    assert_eq!(code(story.asked(&session, record, Some(&held))), "GTW-005");
    // One from before the anchor, with all that was anchored, goes on.
    let restored = Gateway::restore(hospital, KeptLogs { ..before }).unwrap();
    story.gateway = restored;
    assert_eq!(story.release(&session, LAB), "");
    assert_eq!(story.gateway.log(&session.session).unwrap().anchored(), 3);
    assert_eq!(story.anchor_logs().1, 0);
}

#[test]
fn one_anchor_takes_1024_heads_and_those_that_wait_longest_come_first() {
    let mut gateway = Gateway::new(Did([1; 32]), SecretKey::from_seed([1; 32]));
    for n in 0..1_030_u32 {
        let mut session = [0; 32];
        // The highest ids have waited the longest.
        session[..4].copy_from_slice(&(10_000 - n).to_be_bytes());
        gateway.close(SessionId(session), Timestamp(u64::from(n)));
    }
    let anchor = gateway.anchor().unwrap();
    assert!(anchor.check().is_ok() && anchor.heads.len() == 1_024);
    assert!(anchor.heads.iter().all(|head| head.closes && head.count == 0));
    gateway.confirm(&anchor);
    let rest = gateway.anchor().unwrap();
    assert_eq!(rest.heads.len(), 6);
    assert!(rest.heads.last().unwrap().session < anchor.heads[0].session);
    gateway.confirm(&rest);
    assert!(gateway.anchor().is_none());
}
