//! Thieves and floods that arrive first.

use alloc::format;
use alloc::vec::Vec;

use super::*;
use crate::crypto::SecretKey;
use crate::hash::KeyId;
use crate::identity::{Kind, Rotation};
use crate::operation::{Approval, Operation};
use crate::record::Anchor;
use crate::state::Params;
use crate::units::Timestamp;

fn next_epoch(world: &mut World) {
    let epoch = world.genesis.params.quotas.epoch;
    world.now = Timestamp((world.now.0 / epoch.0 + 1) * epoch.0);
}

/// Approvals of nobody, which make a transaction nearly as large as the reserved share of [`BLOCK`].
fn padding() -> Vec<Vec<u8>> {
    let signature = key("nobody").sign(b"");
    let mut keys: Vec<KeyId> = (0..60).map(|n| KeyId(bytes(&format!("padding {n}")))).collect();
    keys.sort_unstable();
    keys.into_iter().map(|key| Approval { key, signature }.encode()).collect()
}

fn stale_rotation(party: &Party, controller: &SecretKey) -> Operation {
    Operation::Rotate {
        rotation: Rotation {
            replaces: crate::hash::ControlHash([0; 32]),
            controller: controller.public(),
            successor: key("whatever").public().successor_digest(),
            keep: Vec::from([id(&party.device(0))]),
            add: Vec::new(),
        },
    }
}

/// All that a thief who holds one device key can send in an epoch, and more.
fn all_he_can(world: &mut World, ann: &Party, thief: &SecretKey, padding: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut flood = Vec::new();
    let mut add = |world: &mut World, operation: Operation, padding: &[Vec<u8>]| {
        let body = world.body(ann.did, thief, operation);
        flood.push(sign_raw(&body, thief, padding));
    };
    // His reserve, in small and in large pieces, and past its end.
    for n in 0..40 {
        add(world, revoke(&ann.device(1)), if n % 4 == 0 { padding } else { &[] });
    }
    // What only the controller may, and what only the successor may.
    for n in 0..20 {
        add(world, Operation::Deactivate, &[]);
        add(world, stale_rotation(ann, thief), &[]);
        add(world, stale_rotation(ann, &ann.successor(0)), if n % 10 == 0 { padding } else { &[] });
    }
    // The quota, in large pieces: more than a block holds.
    let anchor =
        Anchor { subject: ann.did, custodian: hospital("north").did, commitments: commitments("bogus") };
    for _ in 0..12 {
        add(world, Operation::Anchor { anchor: anchor.clone() }, padding);
    }
    for _ in 0..100 {
        add(world, Operation::Anchor { anchor: anchor.clone() }, &[]);
    }
    // Junk.
    flood.extend((0..20).map(|n| bytes(&format!("junk {n}")).repeat(200)));
    flood
}

/// A block with room for eight large transactions, one of them in the reserved share.
const BLOCK: u64 = 64 * 1024;

#[test]
fn a_thief_with_a_device_key_does_not_keep_its_revocation_out() {
    let mut params = Params::default();
    params.quotas.ordinary = 100;
    let mut world = World::with(params);
    let ann = world.incept("ann", Kind::Patient);
    let thief = ann.device(0);
    let padding = padding();
    for _ in 0..5 {
        next_epoch(&mut world);
        let revocation = {
            // As of this block, and not taken from the world that goes on.
            let body = world.clone().body(ann.did, &ann.controller(), revoke(&thief));
            sign_raw(&body, &ann.controller(), &[])
        };
        world.resume(&thief);
        let mut flood = all_he_can(&mut world, &ann, &thief, &padding);
        flood.extend((0..200).map(|_| spoilt(&revocation)));
        // At the very start of the epoch, and again when he had a block to himself.
        for round in 0..2 {
            let mut arrived = flood.clone();
            arrived.push(revocation.clone());
            let proposed = propose(&world, &arrived, BLOCK);
            let place = proposed.iter().position(|bytes| *bytes == revocation).expect("in the next block");
            let outcomes = world.clone().run(&proposed);
            assert_eq!(code(&outcomes[place]), "ok");
            assert!(round == 1 || proposed.len() > 5, "his own are in it too");

            let alone = propose(&world, &flood, BLOCK);
            world.run(&alone);
            flood.retain(|bytes| !alone.contains(bytes));
        }
    }
    let (identity, reserve) = (world.identity_usage(ann.did), world.key_usage(id(&thief)).reserve);
    assert!(identity.controller == 0 && identity.ordinary > 0 && reserve > 0);
}

#[test]
fn another_sponsors_many_identities_do_not_keep_it_out() {
    let (mut world, ann) = World::with_ann();
    let south = hospital("south");
    let crowd: Vec<_> = (0..60).map(|n| Party::new(&format!("crowd {n}"), Kind::Patient, 2)).collect();
    for part in crowd.chunks(20) {
        let block: Vec<_> = part.iter().map(|party| world.inception(&south, party)).collect();
        assert!(world.codes(&block).iter().all(|code| code == "ok"));
    }
    for _ in 0..5 {
        next_epoch(&mut world);
        let mut flood = Vec::new();
        for party in &crowd {
            for _ in 0..4 {
                flood.push(world.sign(party, &party.controller(), revoke(&key("none")), &[]));
                flood.push(world.sign(party, &party.device(0), revoke(&party.device(1)), &[]));
            }
        }
        // Ordinary ones fill the rest.
        flood.extend((0..100).map(|n| world.anchor(ann.did, &format!("{n}"))));
        let revocation = {
            let body = world.clone().body(ann.did, &ann.controller(), revoke(&ann.device(0)));
            sign_raw(&body, &ann.controller(), &[])
        };
        let mut arrived = flood;
        arrived.push(revocation.clone());
        // A block whose reserved share holds a dozen.
        let proposed = propose(&world, &arrived, 40_000);
        assert!(proposed.len() > 60 && proposed.len() < 150, "{}", proposed.len());
        let place = proposed.iter().position(|bytes| *bytes == revocation).expect("in the next block");
        assert_eq!(code(&world.clone().run(&proposed)[place]), "ok");
        world.run(&arrived[..40]);
    }
}

#[test]
fn identities_of_one_sponsor_take_turns_by_what_they_used() {
    let mut world = World::new();
    let crowd: Vec<_> = (0..6).map(|n| world.incept(&format!("crowd {n}"), Kind::Patient)).collect();
    let mut arrived = Vec::new();
    for party in &crowd[..5] {
        for _ in 0..10 {
            arrived.push(world.sign(party, &party.controller(), revoke(&key("none")), &[]));
        }
    }
    let last = world.sign(&crowd[5], &crowd[5].controller(), revoke(&key("none")), &[]);
    arrived.push(last.clone());
    let filler: Vec<_> = (0..60).map(|n| world.anchor(crowd[0].did, &format!("{n}"))).collect();
    arrived.extend(filler);
    // The reserved share holds five or six: one of each before a second one of any.
    let proposed = propose(&world, &arrived, 16_500);
    let reserved: Vec<_> = proposed.iter().filter(|bytes| arrived[..51].contains(bytes)).collect();
    assert!(reserved.contains(&&last) && reserved.len() < 9);
    let of = |party: &Party| {
        let signer =
            |bytes: &[u8]| crate::operation::Transaction::decode(bytes, &world.chain).unwrap().body.signer;
        reserved.iter().filter(|bytes| signer(bytes) == party.did).count()
    };
    assert!(crowd.iter().all(|party| of(party) >= 1), "{:?}", crowd.iter().map(of).collect::<Vec<_>>());
}

#[test]
fn a_thief_with_the_controller_key_does_not_keep_the_successor_out() {
    let (mut world, ann) = World::with_ann();
    let thief = ann.controller();
    let padding = padding();
    let tablet = key("a new tablet");
    let rotation = Rotation {
        replaces: world.control(ann.did).succession(ann.did).unwrap(),
        controller: ann.successor(0).public(),
        successor: ann.successor(1).public().successor_digest(),
        keep: Vec::new(),
        add: devices(&[&tablet]),
    };
    for epoch in 0..5 {
        next_epoch(&mut world);
        for block in 0..3 {
            world.resume(&thief);
            let mut flood = Vec::new();
            for n in 0..20 {
                let body = world.body(ann.did, &thief, revoke(&key("none")));
                flood.push(sign_raw(&body, &thief, if n % 2 == 0 { &padding } else { &[] }));
            }
            // Devices come and go in every block.
            let phone = key(&format!("his phone {epoch} {block}"));
            flood.push(world.sign(&ann, &thief, Operation::AddDevice { device: device(&phone) }, &[&phone]));
            for _ in 0..9 {
                let body = world.body(ann.did, &thief, stale_rotation(&ann, &ann.successor(0)));
                flood.push(sign_raw(&body, &thief, &padding));
            }
            let rescue = {
                let operation = Operation::Rotate { rotation: rotation.clone() };
                let mut copy = world.clone();
                copy.sign(&ann, &ann.successor(0), operation, &[&tablet])
            };
            flood.push(spoilt(&rescue));
            let mut arrived = flood.clone();
            arrived.push(rescue.clone());
            let proposed = propose(&world, &arrived, BLOCK);
            let place = proposed.iter().position(|bytes| *bytes == rescue).expect("in the next block");
            let mut rescued = world.clone();
            assert_eq!(code(&rescued.run(&proposed)[place]), "ok");
            let control = rescued.control(ann.did);
            assert_eq!(control.devices, [id(&tablet)], "whatever he added is gone");
            assert_eq!(control.controller, id(&ann.successor(0)));

            let alone = propose(&world, &flood, BLOCK);
            world.run(&alone);
        }
        assert_eq!(world.identity_usage(ann.did).controller, 16, "he has used up the controller's budget");
    }
}

#[test]
fn a_devices_reserve_comes_after_what_ends_the_device() {
    let (mut world, ann) = World::with_ann();
    let thief = ann.device(0);
    let mut arrived: Vec<_> =
        (0..32).map(|_| world.sign(&ann, &thief, revoke(&ann.device(1)), &[])).collect();
    arrived.extend((0..60).map(|n| world.anchor(ann.did, &format!("{n}"))));
    let revocation = world.sign(&ann, &ann.controller(), revoke(&thief), &[]);
    arrived.push(revocation.clone());
    // The reserved share holds five.
    let proposed = propose(&world, &arrived, 16_500);
    assert!(proposed.contains(&revocation));
    assert!(proposed.iter().filter(|bytes| arrived[..32].contains(bytes)).count() < 9);
}

#[test]
fn padding_takes_nobodys_place() {
    let mut world = World::new();
    let padding = padding();
    let crowd: Vec<_> = (0..20).map(|n| world.incept(&format!("crowd {n}"), Kind::Patient)).collect();
    let mut arrived = Vec::new();
    for party in &crowd {
        let body = world.body(party.did, &party.controller(), revoke(&key("none")));
        arrived.push(sign_raw(&body, &party.controller(), &padding));
    }
    // All of one sponsor, and none has used anything.
    let lean: Vec<_> = crowd
        .iter()
        .map(|party| world.sign(party, &party.device(0), revoke(&party.device(0)), &[]))
        .collect();
    arrived.extend(lean.clone());
    let proposed = propose(&world, &arrived, BLOCK);
    assert!(lean.iter().all(|bytes| proposed.contains(bytes)));
}
