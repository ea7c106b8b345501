//! Turns, evidence, and a ledger that comes back from its bytes.

#![cfg(feature = "fhir")]

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use medledger_core::consensus::Evidence;
use medledger_core::crypto::SecretKey;
use medledger_core::light::CertifiedHeader;
use medledger_core::state::LogKind;
use medledger_core::units::{Height, Millis, Timestamp};

use super::engine::Engine;
use super::{Ledger, LedgerError};
use crate::consortium::genesis;
use crate::testing::{NOW, World};

fn rule(error: &LedgerError) -> String {
    error.rule().map(ToString::to_string).unwrap_or_default()
}

/// A ledger whose validators take turns.
fn of_two() -> (Ledger, [SecretKey; 2]) {
    let keys = [SecretKey::from_seed([1; 32]), SecretKey::from_seed([2; 32])];
    let world = World::new();
    let founders = world.ledger.genesis().founders.clone();
    let validators: Vec<_> = keys.iter().map(SecretKey::public).collect();
    (Ledger::new(genesis("two".to_string(), NOW, &validators, founders)).unwrap(), keys)
}

fn later(span: Millis) -> Timestamp {
    NOW.plus(span).unwrap()
}

#[test]
fn validators_take_turns_and_one_that_is_silent_is_passed_over() {
    let (mut ledger, [first, second]) = of_two();
    // Height 1 is the second one's in round 0.
    let refused = ledger.produce(&first, NOW).unwrap_err();
    assert_eq!(rule(&refused), "LOC-002");
    ledger.produce(&second, NOW).unwrap();
    ledger.produce(&first, NOW).unwrap();
    // Height 3 is the second one's again; it stays silent for two intervals, and round 1 is the first one's.
    assert_eq!(rule(&ledger.produce(&first, later(Millis(119_999))).unwrap_err()), "LOC-002");
    ledger.produce(&first, later(Millis(120_000))).unwrap();
    assert_eq!(ledger.tip().height, Height(3));
    let bytes = ledger.to_bytes().unwrap();
    assert_eq!(Ledger::from_bytes(&bytes, later(Millis(120_000))).unwrap().tip(), ledger.tip());
}

#[test]
fn another_rule_of_finality_is_not_run() {
    let world = World::new();
    let mut other = world.ledger.genesis().clone();
    other.finality = 2;
    assert_eq!(rule(&Ledger::new(other).unwrap_err()), "LOC-001");
    let (mut ledger, [_, second]) = of_two();
    let header = ledger.produce(&second, NOW).unwrap().clone();
    let block = ledger.block(Height(1)).unwrap().to_vec();
    let evidence = Evidence { rule: 2, ..header.evidence };
    let (mut follower, _) = of_two();
    assert_eq!(rule(&follower.accept(&block, &evidence, NOW).unwrap_err()), "LOC-001");
}

#[test]
fn evidence_must_certify_what_execution_gives() {
    let (mut ledger, [_, second]) = of_two();
    let CertifiedHeader { evidence, .. } = ledger.produce(&second, NOW).unwrap().clone();
    let block = ledger.block(Height(1)).unwrap().to_vec();
    let (mut follower, [first, _]) = of_two();
    let before = follower.tip().hash;
    // A certificate for another block of the same height and time: by a ledger that knows one more founder's time.
    let mut other = of_two().0;
    let proposal = other.propose(&second.public(), later(Millis(1))).unwrap();
    let signature = second.sign(proposal.to_sign());
    let foreign = other.certify(proposal, &second.public(), signature).unwrap().evidence.clone();
    assert_eq!(rule(&follower.accept(&block, &foreign, later(Millis(1))).unwrap_err()), "LOC-003");
    // A block from the future, by the follower's clock.
    let early = Timestamp(NOW.0 - 5_001);
    assert_eq!(rule(&follower.accept(&block, &evidence, early).unwrap_err()), "BLK-004");
    assert_eq!(follower.tip().hash, before, "nothing of a refused block is kept");
    follower.accept(&block, &evidence, NOW).unwrap();
    assert_eq!(follower.tip(), ledger.tip());
    assert_eq!(follower.state(), ledger.state());
    // Somebody else's signature does not certify a proposal.
    let proposal = ledger.propose(&first.public(), NOW).unwrap();
    let forged = second.sign(proposal.to_sign());
    assert_eq!(rule(&ledger.certify(proposal, &first.public(), forged).unwrap_err()), "CRY-008");
}

#[test]
fn a_ledger_comes_back_from_its_bytes_and_from_no_others() {
    let world = World::anchored();
    let bytes = world.ledger.to_bytes().unwrap();
    let back = Ledger::from_bytes(&bytes, NOW).unwrap();
    assert_eq!((back.tip(), back.state()), (world.ledger.tip(), world.ledger.state()));
    let of = |ledger: &Ledger| {
        let entries = ledger.log(&world.patient.did, LogKind::Timeline);
        entries.into_iter().map(|(at, leaf)| (at, leaf.clone())).collect::<Vec<_>>()
    };
    assert_eq!(of(&back), of(&world.ledger));
    assert_eq!(back.to_bytes().unwrap(), bytes);
    // A bit anywhere: the ledger is refused, or, where the name or another free field of the genesis was hit, another.
    for at in (0..bytes.len()).step_by(7) {
        let mut altered = bytes.clone();
        altered[at] ^= 1 << (at % 8);
        if let Ok(other) = Ledger::from_bytes(&altered, NOW) {
            assert_ne!(other.tip().chain, world.ledger.tip().chain, "byte {at}");
        }
    }
    for cut in 0..40 {
        assert!(Ledger::from_bytes(&bytes[..bytes.len() - 1 - cut], NOW).is_err());
    }
}

#[test]
fn what_is_not_admitted_does_not_wait() {
    let mut world = World::anchored();
    let tip = *world.ledger.tip();
    let refused = world.ledger.submit(Vec::from([0x84, 0]), NOW).unwrap_err();
    assert_eq!(rule(&refused), "OPR-001");
    world.pass();
    let results = world.ledger.results(world.ledger.tip().height).unwrap();
    assert!(results.results.is_empty());
    assert_eq!(world.ledger.header(world.ledger.tip().height).unwrap().header.previous, tip.hash);
}

#[test]
fn a_proposal_for_another_block_than_the_next_is_not_committed() {
    let (mut ledger, [_, second]) = of_two();
    let stale = ledger.propose(&second.public(), NOW).unwrap();
    let signature = second.sign(stale.to_sign());
    ledger.produce(&second, NOW).unwrap();
    let before = *ledger.tip();
    assert_eq!(rule(&ledger.certify(stale, &second.public(), signature).unwrap_err()), "LOC-003");
    assert_eq!(*ledger.tip(), before);
}

/// Expiry and freshness are judged on block time: without a block it would stand still.
#[test]
fn a_block_is_due_after_the_interval_even_if_nothing_waits() {
    let world = World::new();
    let (engine, _) = Engine::new(world.ledger.genesis()).unwrap().unwrap();
    let interval = world.ledger.genesis().params.block_interval;
    let is_due = |now| engine.is_due(world.ledger.state(), world.ledger.tip(), now).unwrap();
    assert!(!is_due(NOW) && !is_due(Timestamp(NOW.0 + interval.0 - 1)));
    assert!(is_due(Timestamp(NOW.0 + interval.0)));
    assert!(!is_due(Timestamp(NOW.0 - 1)), "a clock that runs behind");
}
