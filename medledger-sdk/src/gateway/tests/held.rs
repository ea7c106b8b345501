//! Files and releases that are not what was asked for.

use super::*;

/// Custodians mix up files. What is released is the record that was asked for, in its current version, or nothing.
#[test]
fn a_file_of_another_record_is_not_released_as_the_one_that_was_asked_for() {
    let (mut story, session) = opened();
    let (record, own) = story.held(0, LAB);
    let (_, sibling) = story.held(0, ALLERGY);
    let (_, of_another) = story.held(1, LAB);
    let answer = |story: &mut Story, held: &HeldRecord| {
        let request = story.request(&session, record);
        story.answer(&request, Some(held))
    };
    for (wrong, rule) in [(&sibling, "GTW-021"), (&of_another, "GTW-023")] {
        let answered = answer(&mut story, wrong).unwrap();
        assert!(matches!(answered.answer, ReleaseAnswer::Deny { .. }));
        assert_eq!(id(answered.refusal.as_ref()), rule);
    }
    // The right proof beside another record's sealed content and key.
    let HeldRecord { sealed, key, .. } = sibling;
    let mixed = HeldRecord { proof: own.proof.clone(), sealed, key };
    let answered = answer(&mut story, &mixed).unwrap();
    assert!(matches!(answered.answer, ReleaseAnswer::Deny { .. }), "{:?}", answered.refusal);
    assert!(answered.refusal.is_some());
    let answered = answer(&mut story, &own).unwrap();
    assert!(matches!(answered.answer, ReleaseAnswer::Permit { .. }));
}

#[test]
fn a_release_under_another_session_opens_nothing_although_its_proof_holds() {
    let (mut story, session) = opened();
    let (record, held) = story.held(0, LAB);
    let request = story.request(&session, record);
    let answered = story.answer(&request, Some(&held)).unwrap();
    let ReleaseAnswer::Permit { release } = answered.answer else { panic!("it is permitted") };
    let verifier = story.world.verifier();
    let secret = story.requester.secret(&session.state.request.key).unwrap();
    assert!(session.open_key(secret, &verifier, &release).is_ok());
    let elsewhere = Release { session: SessionId([0; 32]), ..release.clone() };
    let found = session.open_key(secret, &verifier, &elsewhere);
    assert_eq!(id(found.err().as_ref()), "GTW-045");
    // When the session is over the secret is forgotten, and what was released under it opens no more.
    let key = session.state.request.key.clone();
    story.requester.forget(&key);
    assert!(story.requester.secret(&key).is_none());
    let opens = story.requester.open(&verifier, &session, &release);
    assert_eq!(id(opens.err().as_ref()), "GTW-042");
}
