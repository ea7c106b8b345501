//! Each transaction sees those before it in its block.

use alloc::vec::Vec;

use crate::fixture::*;
use crate::hash::ControlHash;
use crate::identity::{Kind, Rotation};
use crate::operation::Operation;

fn rotation(party: &Party, replaces: ControlHash) -> Rotation {
    Rotation {
        replaces,
        controller: party.successor(0).public(),
        successor: party.successor(1).public().successor_digest(),
        keep: Vec::from([id(&party.device(1))]),
        add: Vec::new(),
    }
}

#[test]
fn a_key_added_earlier_in_the_block_signs() {
    let (mut world, ann) = World::with_ann();
    let phone = key("phone");
    let add = Operation::AddDevice { device: device(&phone) };
    let added = world.sign(&ann, &ann.controller(), add, &[&phone]);
    let (first, second, third) = (
        world.sign(&ann, &phone, revoke(&ann.device(0)), &[]),
        world.sign(&ann, &phone, revoke(&ann.device(1)), &[]),
        world.sign(&ann, &phone, revoke(&phone), &[]),
    );
    let block = [first.clone(), added, spoilt(&first), first, second, third.clone(), third];
    let expected = ["OPR-005", "ok", "CRY-008", "IDN-010", "IDN-010", "ok", "OPR-007"];
    assert_eq!(world.codes(&block), expected);
}

#[test]
fn an_identity_acts_in_the_block_that_begins_it() {
    let mut world = World::new();
    let (north, bob) = (hospital("north"), Party::new("bob", Kind::Patient, 2));
    let born = world.inception(&north, &bob);
    let record = world.anchor(bob.did, "birth");
    let own = world.sign(&bob, &bob.device(0), revoke(&bob.device(0)), &[]);
    let again = world.inception(&north, &bob);
    assert_eq!(world.codes(&[born, record, own, again]), ["ok", "ok", "ok", "IDN-003"]);
}

#[test]
fn a_key_revoked_earlier_in_the_block_does_not() {
    let (mut world, ann) = World::with_ann();
    let revocation = world.sign(&ann, &ann.controller(), revoke(&ann.device(0)), &[]);
    let before = world.sign(&ann, &ann.device(0), Operation::Deactivate, &[]);
    let after = world.sign(&ann, &ann.device(0), Operation::Deactivate, &[]);
    let block = [before.clone(), revocation, before, spoilt(&after), after];
    // Revoked comes before signature and window.
    assert_eq!(world.codes(&block), ["IDN-008", "ok", "OPR-007", "OPR-007", "OPR-007"]);
}

#[test]
fn a_rotation_takes_effect_at_once() {
    let (mut world, ann) = World::with_ann();
    let successor = ann.successor(0);
    let current = world.control(ann.did).succession(ann.did).unwrap();
    let operation = Operation::Rotate { rotation: rotation(&ann, current) };
    let rotate = world.sign(&ann, &successor, operation.clone(), &[]);
    let phone = key("the thief's phone");
    let add = Operation::AddDevice { device: device(&phone) };
    let thief = world.sign(&ann, &ann.controller(), add.clone(), &[&phone]);
    let thief_later = world.sign(&ann, &ann.controller(), Operation::Deactivate, &[]);
    let gone = world.sign(&ann, &ann.device(0), revoke(&ann.device(0)), &[]);
    let kept = world.sign(&ann, &ann.device(1), Operation::Deactivate, &[]);
    let next = world.sign(&ann, &successor, add, &[&phone]);
    let twice = world.sign(&ann, &successor, operation, &[]);
    let added = world.sign(&ann, &phone, revoke(&phone), &[]);
    let block = [thief, rotate.clone(), thief_later, gone, kept, added, next, twice, rotate];
    let expected = ["ok", "ok", "OPR-008", "OPR-007", "IDN-008", "OPR-007", "IDN-006", "IDN-012", "OPR-010"];
    assert_eq!(world.codes(&block), expected);
}

#[test]
fn an_end_earlier_in_the_block_counts() {
    let (mut world, ann) = World::with_ann();
    let end = world.sign(&ann, &ann.controller(), Operation::Deactivate, &[]);
    let record = world.anchor(ann.did, "too late");
    let own = world.sign(&ann, &ann.device(0), revoke(&ann.device(0)), &[]);
    assert_eq!(world.codes(&[end, record, own]), ["ok", "IDN-002", "OPR-009"]);
}

#[test]
fn places_in_logs_go_on_over_blocks() {
    let (mut world, ann) = World::with_ann();
    let block: Vec<_> = (0..3).map(|n| world.anchor(ann.did, &alloc::format!("{n}"))).collect();
    let places = |outcomes: &[crate::validate::Outcome]| -> Vec<_> {
        outcomes.iter().map(|outcome| (outcome.events[0].position, outcome.events[0].leaf.index)).collect()
    };
    assert_eq!(places(&world.run(&block)), [(0, 0), (1, 1), (2, 2)]);
    let block: Vec<_> = (3..5).map(|n| world.anchor(ann.did, &alloc::format!("{n}"))).collect();
    assert_eq!(places(&world.run(&block)), [(3, 0), (4, 1)]);
}
