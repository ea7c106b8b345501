//! Quotas and budgets over epochs.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::crypto::SecretKey;
use crate::error::Coded;
use crate::fixture::*;
use crate::identity::{Kind, Rotation};
use crate::operation::{Budget, IdentityUsage, KeyUsage, Operation};
use crate::state::Params;
use crate::units::{Millis, Timestamp};
use crate::validate::admit;

/// A world in which everything is scarce.
fn scarce() -> (World, Party) {
    let mut params = Params::default();
    params.quotas.ordinary = 3;
    params.quotas.controller = 2;
    params.quotas.device_reserve = 2;
    params.quotas.sponsored = 2;
    let mut world = World::with(params);
    let ann = world.incept("ann", Kind::Patient);
    (world, ann)
}

/// To the beginning of the next epoch.
fn next_epoch(world: &mut World) {
    let epoch = world.genesis.params.quotas.epoch;
    world.now = Timestamp((world.now.0 / epoch.0 + 1) * epoch.0);
}

fn codes_of(
    world: &mut World,
    party: &Party,
    signer: &SecretKey,
    operation: &Operation,
    n: usize,
) -> Vec<String> {
    let block: Vec<_> = (0..n).map(|_| world.sign(party, signer, operation.clone(), &[])).collect();
    world.codes(&block)
}

/// A rotation that is refused, and counts.
fn stale(world: &World, party: &Party) -> Operation {
    let replaces = world.control(hospital("north").did).succession(party.did).unwrap();
    Operation::Rotate {
        rotation: Rotation {
            replaces,
            controller: party.successor(0).public(),
            successor: party.successor(1).public().successor_digest(),
            keep: Vec::new(),
            add: Vec::new(),
        },
    }
}

#[test]
fn no_budget_draws_on_another() {
    let (mut world, ann) = scarce();
    let (none, other) = (revoke(&key("none")), revoke(&ann.device(1)));
    let rotate = stale(&world, &ann);
    for _ in 0..3 {
        // A device's ordinary transactions, bogus operations of the controller's among them.
        let block = [
            world.sign(&ann, &ann.device(0), Operation::Deactivate, &[]),
            world.sign(&ann, &ann.device(0), rotate.clone(), &[]),
            world.sign(&ann, &ann.controller(), Operation::AddDevice { device: device(&ann.device(0)) }, &[]),
            world.sign(&ann, &ann.device(1), Operation::Deactivate, &[]),
        ];
        assert_eq!(world.codes(&block), ["IDN-008", "IDN-012", "IDN-006", "OPR-015"]);
        let of = codes_of(&mut world, &ann, &ann.device(0), &other, 3);
        assert_eq!(of, ["IDN-010", "IDN-010", "OPR-015"]);
        let of = codes_of(&mut world, &ann, &ann.device(1), &none, 3);
        assert_eq!(of, ["IDN-010", "IDN-010", "OPR-015"]);
        let of = codes_of(&mut world, &ann, &ann.controller(), &none, 3);
        assert_eq!(of, ["IDN-011", "IDN-011", "OPR-015"]);
        let of = codes_of(&mut world, &ann, &ann.successor(0), &rotate, 3);
        assert_eq!(of, ["IDN-013", "IDN-013", "OPR-015"]);
        let usage = world.identity_usage(ann.did);
        assert_eq!((usage.ordinary, usage.controller, usage.succession), (3, 2, 2));
        next_epoch(&mut world);
    }
}

#[test]
fn sponsorship_is_a_members_own_budget() {
    let (mut world, _) = scarce();
    let north = hospital("north");
    next_epoch(&mut world);
    let block: Vec<_> = (0..3)
        .map(|n| world.inception(&north, &Party::new(&alloc::format!("born {n}"), Kind::Patient, 1)))
        .collect();
    assert_eq!(world.codes(&block), ["ok", "ok", "OPR-015"]);
    let usage = world.identity_usage(north.did);
    assert_eq!((usage.sponsored, usage.ordinary), (2, 0));
    let of = codes_of(&mut world, &north, &north.device(0), &Operation::Deactivate, 4);
    assert_eq!(of, ["IDN-008", "IDN-008", "IDN-008", "OPR-015"]);
    next_epoch(&mut world);
    let later = world.inception(&north, &Party::new("born later", Kind::Patient, 1));
    world.accept(&later);
}

#[test]
fn what_the_quota_refuses_uses_its_counter_and_no_budget() {
    let (mut world, ann) = scarce();
    codes_of(&mut world, &ann, &ann.device(0), &Operation::Deactivate, 3);
    let over = world.sign(&ann, &ann.device(0), Operation::Deactivate, &[]);
    let before = world.identity_usage(ann.did);
    world.refuse(&over, "OPR-015");
    assert_eq!(world.identity_usage(ann.did), before);
    world.ignore(&over, "OPR-010");
    next_epoch(&mut world);
    world.ignore(&over, "OPR-010");
}

#[test]
fn an_epoch_begins_each_count_anew_whichever_is_used_first() {
    let (mut world, ann) = scarce();
    let none = revoke(&key("none"));
    codes_of(&mut world, &ann, &ann.controller(), &none, 2);
    codes_of(&mut world, &ann, &ann.device(0), &none, 2);
    codes_of(&mut world, &ann, &ann.device(0), &Operation::Deactivate, 2);
    let first = world.identity_usage(ann.did);
    assert_eq!((first.controller, first.ordinary), (2, 2));
    next_epoch(&mut world);

    // The reserve is used in the new epoch: what the identity used stays as of the old one, and does not count.
    codes_of(&mut world, &ann, &ann.device(0), &none, 1);
    assert_eq!(world.identity_usage(ann.did), first);
    let key = world.key_usage(id(&ann.device(0)));
    assert_eq!((key.reserve, key.epoch), (1, first.epoch + 1));
    assert_eq!(codes_of(&mut world, &ann, &ann.controller(), &none, 3), ["IDN-011", "IDN-011", "OPR-015"]);
    let second = world.identity_usage(ann.did);
    assert_eq!((second.epoch, second.controller, second.ordinary), (first.epoch + 1, 2, 0));
    let of = codes_of(&mut world, &ann, &ann.device(0), &Operation::Deactivate, 4);
    assert_eq!(of, ["IDN-008", "IDN-008", "IDN-008", "OPR-015"]);
    assert_eq!(codes_of(&mut world, &ann, &ann.device(0), &none, 2), ["IDN-010", "OPR-015"]);
    // Nothing is saved up over epochs that pass unused.
    for _ in 0..4 {
        next_epoch(&mut world);
    }
    assert_eq!(codes_of(&mut world, &ann, &ann.controller(), &none, 3), ["IDN-011", "IDN-011", "OPR-015"]);
}

#[test]
fn a_new_epoch_keeps_the_successors_counters() {
    let (mut world, ann) = scarce();
    let rotate = stale(&world, &ann);
    let transaction = world.sign(&ann, &ann.successor(0), rotate, &[]);
    world.refuse(&transaction, "IDN-013");
    next_epoch(&mut world);
    let other = world.sign(&ann, &ann.device(0), Operation::Deactivate, &[]);
    world.refuse(&other, "IDN-008");
    let mut body = crate::operation::Transaction::decode(&transaction, &world.chain).unwrap().body;
    body.valid_until = world.now.plus(Millis::hours(1)).unwrap();
    world.ignore(&sign_raw(&body, &ann.successor(0), &[]), "OPR-010");
}

#[test]
fn epochs_have_half_open_bounds() {
    let (mut world, ann) = scarce();
    let epoch = world.genesis.params.quotas.epoch.0;
    let none = revoke(&key("none"));
    next_epoch(&mut world);
    let bound = world.now.0;
    world.now = Timestamp(bound - 1);
    assert_eq!(codes_of(&mut world, &ann, &ann.controller(), &none, 3)[2], "OPR-015");
    world.now = Timestamp(bound);
    assert_eq!(codes_of(&mut world, &ann, &ann.controller(), &none, 3)[2], "OPR-015");
    assert_eq!(world.identity_usage(ann.did).epoch, bound / epoch);
    world.now = Timestamp(bound + epoch - 1);
    assert_eq!(codes_of(&mut world, &ann, &ann.controller(), &none, 1), ["OPR-015"]);
}

#[test]
fn unused_values_are_the_default_ones() {
    let (world, ann) = scarce();
    assert_eq!(world.identity_usage(ann.did), IdentityUsage::default());
    assert_eq!(world.key_usage(id(&ann.device(0))), KeyUsage::default());
}

#[test]
fn what_is_over_its_quota_is_not_admitted() {
    let (mut world, ann) = scarce();
    let bogus = Operation::Deactivate;
    for used in 0..3 {
        let transaction = world.sign(&ann, &ann.device(0), bogus.clone(), &[]);
        let admission = admit(&world.state, &world.context(), &transaction).unwrap().unwrap();
        assert_eq!((admission.budget, admission.used), (Budget::Ordinary, used));
        world.refuse(&transaction, "IDN-008");
    }
    let over = world.sign(&ann, &ann.device(0), bogus, &[]);
    let refusal = admit(&world.state, &world.context(), &over).unwrap().unwrap_err();
    assert_eq!(refusal.rule().to_string(), "OPR-015");
    next_epoch(&mut world);
    let later = world.sign(&ann, &ann.device(0), Operation::Deactivate, &[]);
    assert!(admit(&world.state, &world.context(), &later).unwrap().is_ok());
}
