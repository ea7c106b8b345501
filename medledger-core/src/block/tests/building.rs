extern crate std;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use proptest::prelude::*;
use std::sync::LazyLock;

use super::*;
use crate::fixture::mix::{mix, populated, steps};
use crate::identity::Rotation;
use crate::limits::BLOCK_BYTES;
use crate::operation::{Operation, Transaction};
use crate::validate::{admit, candidates};

static WORLD: LazyLock<World> = LazyLock::new(populated);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_is_built_is_judged_acceptable(steps in steps(30), max_bytes in 0..20_000_u64) {
        let mut world = WORLD.clone();
        let arrived = mix(&mut world, &steps);
        for max_bytes in [max_bytes, BLOCK_BYTES, u64::MAX] {
            // `propose` judges.
            let proposed = propose(&world, &arrived, max_bytes);
            prop_assert_eq!(&propose(&world, &arrived, max_bytes), &proposed);
            let mut counters = BTreeMap::new();
            for bytes in &proposed {
                let body = Transaction::decode(bytes, &world.chain).unwrap().body;
                let before = counters.insert(body.key, body.counter);
                prop_assert!(before.is_none_or(|before| before < body.counter));
            }
        }
    }

    #[test]
    fn with_room_for_all_it_takes_what_would_count(steps in steps(20)) {
        let mut world = WORLD.clone();
        let arrived = mix(&mut world, &steps);
        let proposed: BTreeSet<_> = propose(&world, &arrived, BLOCK_BYTES).into_iter().collect();
        for bytes in &arrived {
            // Whatever is admitted by itself is proposed, but where it shares a counter with another one.
            let admitted = admit(&world.state, &world.context(), bytes).unwrap();
            let rivals = |of: &Transaction| {
                arrived.iter().filter(|other| *other != bytes).any(|other| {
                    Transaction::decode(other, &world.chain)
                        .is_ok_and(|other| (other.body.key, other.body.counter) == (of.body.key, of.body.counter))
                })
            };
            if admitted.is_ok() && !rivals(&Transaction::decode(bytes, &world.chain).unwrap()) {
                prop_assert!(proposed.contains(bytes));
            }
        }
    }
}

#[test]
fn one_keys_transactions_come_in_order_and_the_rest_as_they_arrived() {
    let (mut world, ann) = World::with_ann();
    let records: Vec<_> = (0..4).map(|n| world.anchor(ann.did, &alloc::format!("{n}"))).collect();
    let own = world.sign(&ann, &ann.device(0), Operation::Deactivate, &[]);
    let take = |places: &[usize]| places.iter().map(|n| records[*n].clone()).collect::<Vec<_>>();
    let mut arrived = take(&[2, 0]);
    arrived.push(own.clone());
    arrived.extend(take(&[3, 1, 1]));
    let mut expected = take(&[0, 1]);
    expected.push(own);
    expected.extend(take(&[2, 3]));
    assert_eq!(propose(&world, &arrived, BLOCK_BYTES), expected);
}

#[test]
fn forged_copies_move_nobody() {
    let (mut world, ann) = World::with_ann();
    let bob = world.incept("bob", crate::identity::Kind::Patient);
    let early = world.sign(&ann, &ann.device(0), Operation::Deactivate, &[]);
    let late = world.sign(&ann, &ann.device(0), Operation::Deactivate, &[]);
    let others: Vec<_> =
        (0..20).map(|_| world.sign(&bob, &bob.device(0), Operation::Deactivate, &[])).collect();
    // Anybody can make the copy. With room for few, the genuine one keeps its place before the others.
    let mut arrived = Vec::from([late.clone()]);
    arrived.extend(others);
    arrived.push(spoilt(&early));
    assert_eq!(propose(&world, &arrived, 1_000)[0], late);
}

#[test]
fn what_is_sure_to_be_refused_gets_an_answer_and_no_reserved_place() {
    let (mut world, ann) = World::with_ann();
    let bogus = world.sign(&ann, &ann.device(0), Operation::Deactivate, &[]);
    let padded = {
        let approver = hospital("south").device(0);
        world.sign(&ann, &ann.controller(), revoke(&ann.device(0)), &[&approver])
    };
    let arrived = [bogus, padded];
    let proposed = propose(&world, &arrived, BLOCK_BYTES);
    assert_eq!(proposed, arrived);
    assert_eq!(world.codes(&proposed), ["IDN-008", "OPR-019"]);
}

/// A rotation that breaks its own form is sure to be refused, whatever it discloses: padded with keys it would take the place
/// of many sound ones.
#[test]
fn a_rotation_of_no_form_has_no_reserved_place() {
    let (mut world, ann) = World::with_ann();
    let phones: Vec<_> = (0..40).map(|n| key(&alloc::format!("phone {n}"))).collect();
    let mut rotation = Rotation {
        replaces: world.control(ann.did).succession(ann.did).unwrap(),
        controller: ann.successor(0).public(),
        successor: ann.successor(1).public().successor_digest(),
        keep: Vec::from([id(&ann.device(0))]),
        add: Vec::new(),
    };
    let sound = world.sign(&ann, &ann.successor(0), Operation::Rotate { rotation: rotation.clone() }, &[]);
    rotation.add = devices(&phones.iter().collect::<Vec<_>>());
    let padded = world.sign(&ann, &ann.successor(0), Operation::Rotate { rotation }, &[]);
    let reserved = |bytes: &Vec<u8>| {
        let found = candidates(&world.state, &world.context(), core::slice::from_ref(bytes)).unwrap();
        found.iter().map(|candidate| candidate.is_reserved()).collect::<Vec<_>>()
    };
    assert_eq!((reserved(&sound), reserved(&padded)), (Vec::from([true]), Vec::from([false])));
    // It is a validator's to record what it costs its signer, in the ordinary share.
    assert_eq!(propose(&world, core::slice::from_ref(&padded), BLOCK_BYTES), core::slice::from_ref(&padded));
    assert_eq!(world.codes(&[padded]), ["IDN-005"]);
}

#[test]
fn nothing_fits_into_nothing() {
    let (mut world, ann) = World::with_ann();
    let record = world.anchor(ann.did, "x-ray");
    for max_bytes in [0, 1, 63, 64, 200] {
        assert!(propose(&world, core::slice::from_ref(&record), max_bytes).is_empty());
    }
    assert!(propose(&world, &[], BLOCK_BYTES).is_empty());
}
