#![cfg(all(feature = "seal", feature = "local"))]

use alloc::string::{String, ToString};

use medledger_core::consent::{Criteria, Rule, RuleEffect};
use medledger_core::error::Coded;
use medledger_core::state::{ActiveConsents, MemoryState};
use medledger_core::units::{Millis, Period};
use medledger_core::{codec, state::Delta};

use super::*;
use crate::story::{Story, id, permit};

const HOUR: Millis = Millis::hours(1);

fn grant<S: StateRead>(story: &Story, state: &S, terms: Terms) -> Result<u64, String>
where
    S::Error: core::fmt::Debug,
{
    let signer = story.world.signer(&story.world.patient, &story.world.patient.keys.device);
    match story.wallet.grant(&signer, state, terms, story.world.clock).unwrap() {
        Ok(draft) => match &draft.body().operation {
            Operation::GrantConsent { grant } => Ok(grant.slot),
            other => panic!("{other:?}"),
        },
        Err(error) => Err(error.rule().to_string()),
    }
}

#[test]
fn grants_take_the_lowest_free_slot_of_a_proven_state() {
    let mut story = Story::new();
    let first = story.grant_doctor(HOUR);
    story.grant_doctor(HOUR);
    story.revoke(first);
    let terms = || permit(story.doctor.did, story.period(HOUR));
    let state = story.world.ledger.state();
    assert_eq!(grant(&story, state, terms()), Ok(0));
    assert_eq!(story.wallet.consents(state).unwrap().len(), 1);
    let keys = consent_keys(state, story.wallet.did(), &[first]).unwrap();
    let proof = story.world.ledger.certified(&keys).unwrap();
    let (_, proven) = proof.check(&story.world.verifier()).unwrap();
    assert_eq!(grant(&story, &proven, terms()), Ok(0));
    assert_eq!(story.wallet.consents(&proven), story.wallet.consents(state).map_err(|_| ReadError::Unproven));
    let signer = story.world.signer(&story.world.patient, &story.world.patient.keys.device);
    let amend = |consent| {
        let result = story.wallet.amend(&signer, &proven, consent, terms(), story.world.clock);
        result.map(|draft| id(draft.err().as_ref()))
    };
    assert_eq!(amend(first), Ok("WAL-003".to_string()));
    assert_eq!(amend(ConsentId([0; 32])), Err(ReadError::Unproven));
}

#[test]
fn terms_that_the_ledger_would_refuse_make_no_draft() {
    let story = Story::new();
    let state = story.world.ledger.state();
    let good = || permit(story.doctor.did, story.period(HOUR));
    let now = story.world.clock;
    let past = Terms { period: Period { from: Timestamp(0), until: now }, ..good() };
    assert_eq!(grant(&story, state, past), Err("WAL-004".to_string()));
    let reversed = Terms { period: Period { from: now, until: now }, ..good() };
    assert!(grant(&story, state, reversed).unwrap_err().starts_with("CON-"));
    let records = Criteria { records: ["Observation/b".to_string()].into(), ..Criteria::default() };
    let rule = Rule { depth: 1, effect: RuleEffect::Deny, criteria: records };
    let disclosing = Terms { rules: [rule].into(), ..good() };
    assert_eq!(grant(&story, state, disclosing), Err("CON-007".to_string()));
}

/// A state in which all slots are taken; the consent in slot 7 ends at that time.
fn full(story: &Story, ends: Timestamp) -> MemoryState {
    let (did, terms) = (story.wallet.did(), permit(story.doctor.did, story.period(HOUR)));
    let mut state = story.world.ledger.state().clone();
    let mut delta = Delta::default();
    let mut active = ActiveConsents::default();
    for slot in 0..=u8::MAX {
        active = active.with(slot, true);
        let consent = ConsentId([slot; 32]);
        let mut terms = terms.clone();
        if slot == 7 {
            terms.period.until = ends;
        }
        let grant = Grant { slot: u64::from(slot), terms: ConsentTerms::Open { terms } };
        let held = ConsentState::granted(consent, did, &grant).unwrap();
        let in_slot = medledger_core::state::ConsentSlot { consent, version: held.current };
        delta.writes.insert(Address::Consent(consent).key(), Some(codec::encode(&held).unwrap()));
        delta.writes.insert(Address::ConsentSlot(did, slot).key(), Some(codec::encode(&in_slot).unwrap()));
    }
    delta.writes.insert(Address::ActiveConsents(did).key(), Some(codec::encode(&active).unwrap()));
    state.apply(&delta);
    state
}

#[test]
fn a_257th_consent_is_refused_until_one_has_ended() {
    let story = Story::new();
    let terms = || permit(story.doctor.did, story.period(HOUR));
    let now = story.world.clock;
    let state = full(&story, Timestamp(now.0 + 1));
    assert_eq!(grant(&story, &state, terms()), Err("WAL-001".to_string()));
    assert_eq!(grant(&story, &full(&story, now), terms()), Ok(7));
}

#[test]
fn a_wallet_amends_its_own_consents_in_the_version_that_is_current() {
    let mut story = Story::new();
    let consent = story.grant_doctor(HOUR);
    let terms = permit(story.doctor.did, story.period(Millis::hours(3)));
    let amend = |story: &Story, wallet: &Wallet| {
        let signer = story.world.signer(&story.world.patient, &story.world.patient.keys.device);
        let state = story.world.ledger.state();
        wallet.amend(&signer, state, consent, terms.clone(), story.world.clock).unwrap()
    };
    let stranger = Wallet::new(story.other.did, crate::testing::copy(&story.other.keys.device));
    assert_eq!(id(amend(&story, &stranger).err().as_ref()), "WAL-002");
    let (_, code) = story.patient_signs(|story| amend(story, &story.wallet).unwrap());
    assert_eq!((code, story.consent(consent).version), (0, 2));
    story.revoke(consent);
    assert_eq!(id(amend(&story, &story.wallet).err().as_ref()), "WAL-003");
}

#[test]
fn a_wallet_reads_its_own_logs_and_notices_a_rollback() {
    let mut story = Story::new();
    let consent = story.grant_doctor(HOUR);
    let verifier = story.world.verifier();
    let old = story.world.ledger.log_proof(&story.wallet.did(), LogKind::Access).unwrap();
    let ask = story.asks(consent);
    let session = story.open(ask).unwrap();
    let proof = story.world.ledger.log_proof(&story.wallet.did(), LogKind::Access).unwrap();
    let (seen, log) = story.wallet.read_log(&proof, LogKind::Access, &verifier, None).unwrap();
    assert_eq!(
        (log.leaves.len(), log.is_complete(), log.height),
        (1, false, story.world.ledger.tip().height)
    );
    assert_eq!(log.sessions()[0].session, session.session);
    assert_eq!(log.sessions()[0].missing().collect::<Vec<_>>(), [story.gateway.did()]);
    // An honest older log holds by itself, and is noticed by who has seen a newer header.
    assert!(story.wallet.read_log(&old, LogKind::Access, &verifier, None).unwrap().1.is_complete());
    let behind = story.wallet.read_log(&old, LogKind::Access, &verifier, Some(&seen));
    assert_eq!(id(behind.err().as_ref()), "LGT-050");
    let others = story.world.ledger.log_proof(&story.other.did, LogKind::Timeline).unwrap();
    let others = story.wallet.read_log(&others, LogKind::Timeline, &verifier, None);
    assert_eq!(id(others.err().as_ref()), "WAL-005");
}

#[test]
fn a_consent_is_not_amended_into_terms_that_the_ledger_would_refuse() {
    let mut story = Story::new();
    let consent = story.grant_doctor(HOUR);
    let now = story.world.clock;
    let past = Terms {
        period: Period { from: Timestamp(0), until: now },
        ..permit(story.doctor.did, story.period(HOUR))
    };
    let signer = story.world.signer(&story.world.patient, &story.world.patient.keys.device);
    let amended = story.wallet.amend(&signer, story.world.ledger.state(), consent, past, now).unwrap();
    assert_eq!(id(amended.err().as_ref()), "WAL-004");
}
