//! Proof of authority.

use super::*;
use crate::crypto::SecretKey;
use crate::error::Coded;
use crate::fixture::*;
use crate::hash::ChainId;
use crate::state::{Schedule, Validator, ValidatorSet};
use alloc::string::ToString;
use alloc::vec::Vec;

fn world() -> (World, Certified, AuthorityTrust) {
    let (world, _) = World::with_ann();
    let header = &world.headers[0].header;
    let certified = Certified { root: world.tip.hash, root_of: header.height, time: header.time };
    let trust = AuthorityTrust { validators: world.genesis.validators.clone() };
    (world, certified, trust)
}

fn certificate(world: &World, certified: &Certified, round: u64, key: &SecretKey) -> AuthorityEvidence {
    let message = world.authority().to_be_signed(certified, round).unwrap();
    let evidence = Authority::evidence(certified, round, key.public(), key.sign(&message)).unwrap();
    assert_eq!(evidence.rule, rule::AUTHORITY);
    Authority::read(&evidence).unwrap()
}

#[test]
fn the_validator_whose_turn_it_is_certifies() {
    let (world, certified, trust) = world();
    let keys = validators();
    for (round, turn) in [(0, 1), (1, 0), (2, 1), (u64::MAX, 0)] {
        let evidence = certificate(&world, &certified, round, &keys[turn]);
        let verdict = world.authority().verify(&trust, &evidence, world.now);
        assert_eq!(verdict, Verdict::Verified(trust.clone(), certified), "round {round}");
        // The other one signs well, and it is not its turn.
        let evidence = certificate(&world, &certified, round, &keys[1 - turn]);
        assert_eq!(world.authority().verify(&trust, &evidence, world.now), Verdict::NotEnough);
    }
    let stranger = certificate(&world, &certified, 0, &key("stranger"));
    assert_eq!(world.authority().verify(&trust, &stranger, world.now), Verdict::NotEnough);
    let nobody = AuthorityTrust { validators: ValidatorSet { validators: Vec::new() } };
    let evidence = certificate(&world, &certified, 0, &keys[1]);
    assert_eq!(world.authority().verify(&nobody, &evidence, world.now), Verdict::NotEnough);
}

#[test]
fn an_altered_certificate_is_invalid() {
    let (world, certified, trust) = world();
    let keys = validators();
    let good = certificate(&world, &certified, 0, &keys[1]);
    type Change = fn(&mut AuthorityEvidence);
    let changes: [Change; 7] = [
        |evidence| evidence.height = Height(3),
        |evidence| evidence.time = Timestamp(evidence.time.0 - 1),
        |evidence| evidence.root.0[0] ^= 1,
        |evidence| evidence.round = 2,
        |evidence| evidence.key = validators()[0].public(),
        |evidence| evidence.signature.0[0] ^= 1,
        |evidence| evidence.signature.0[63] ^= 0x80,
    ];
    for change in changes {
        let mut evidence = good.clone();
        change(&mut evidence);
        assert_eq!(world.authority().verify(&trust, &evidence, world.now), Verdict::Invalid);
    }
    let elsewhere = Authority { chain: ChainId(bytes("elsewhere")), ..world.authority() };
    assert_eq!(elsewhere.verify(&trust, &good, world.now), Verdict::Invalid);
}

#[test]
fn a_header_from_the_future_is_invalid() {
    let (world, certified, trust) = world();
    let evidence = certificate(&world, &certified, 0, &validators()[1]);
    let ahead = world.genesis.params.clock_ahead.0;
    let at = |now: u64| world.authority().verify(&trust, &evidence, Timestamp(now));
    assert!(matches!(at(certified.time.0 - ahead), Verdict::Verified(..)));
    assert_eq!(at(certified.time.0 - ahead - 1), Verdict::Invalid);
    assert_eq!(at(0), Verdict::Invalid);
    assert!(matches!(at(u64::MAX), Verdict::Verified(..)));
}

#[test]
fn evidence_of_another_form_is_not_read() {
    let (world, certified, _) = world();
    let key = &validators()[1];
    let mut evidence = Authority::evidence(&certified, 0, key.public(), key.sign(b"")).unwrap();
    evidence.bytes.push(0);
    assert_eq!(Authority::read(&evidence).unwrap_err().rule().to_string(), "COD-003");
    evidence.bytes.clear();
    assert_eq!(Authority::read(&evidence).unwrap_err().rule().to_string(), "COD-002");
    let _ = world;
}

#[test]
fn turns_go_round_and_never_overflow() {
    let set = ValidatorSet {
        validators: (0..3)
            .map(|n| Validator { key: key(&alloc::format!("v{n}")).public(), power: 1 })
            .collect(),
    };
    let turn = |height, round| set.at_turn(Height(height), round).unwrap().key;
    assert_eq!(turn(0, 0), set.validators[0].key);
    assert_eq!(turn(4, 0), set.validators[1].key);
    assert_eq!(turn(4, 1), set.validators[2].key);
    // (2^64 − 1) + (2^64 − 1) = 2^65 − 2 ≡ 0 modulo 3.
    assert_eq!(turn(u64::MAX, u64::MAX), set.validators[0].key);
}

#[test]
fn a_scheduled_set_takes_over_at_its_height() {
    let set = |name: &str| ValidatorSet {
        validators: Vec::from([Validator { key: key(name).public(), power: 1 }]),
    };
    let scheduled = |from, name| crate::state::validators::Scheduled { from: Height(from), set: set(name) };
    let schedule = Schedule { current: set("a"), next: Vec::from([scheduled(5, "b"), scheduled(9, "c")]) };
    for (height, name) in [(0, "a"), (4, "a"), (5, "b"), (8, "b"), (9, "c"), (u64::MAX, "c")] {
        assert_eq!(schedule.at(Height(height)), &set(name));
    }
}
