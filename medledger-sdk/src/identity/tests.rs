#![cfg(all(feature = "fhir", feature = "local"))]

use medledger_core::identity::KeyRole;
use medledger_core::state::{Address, read};

use super::*;
use crate::draft::sign;
use crate::testing::{Dice, World};

fn control(world: &World) -> Control {
    read(world.ledger.state(), &Address::Identity(world.patient.did)).unwrap().unwrap()
}

#[test]
fn two_draws_share_no_key() {
    let mut rng = Dice(0);
    let one = NewIdentity::draw(Kind::Patient, &mut rng).unwrap();
    let two = NewIdentity::draw(Kind::Patient, &mut rng).unwrap();
    let mut keys = Vec::new();
    for IdentityKeys { device, controller, successor, .. } in [&one.keys, &two.keys] {
        keys.extend([device.public(), controller.public(), successor.public()]);
    }
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), 6);
    assert_ne!(one.did, two.did);
    one.inception.check().unwrap();
}

#[test]
fn devices_come_and_the_successor_takes_over() {
    let mut world = World::anchored();
    let keys = |world: &World| IdentityKeys {
        device: SecretKey::from_seed(*world.patient.keys.device.seed()),
        agreement: world.patient.keys.agreement.clone(),
        controller: SecretKey::from_seed(*world.patient.keys.controller.seed()),
        successor: SecretKey::from_seed(*world.patient.keys.successor.seed()),
    };
    let own = keys(&world);
    let tablet = draw_key(&mut world.rng);
    let opens = AgreementSecret::draw(&mut world.rng);
    let draft = add_device(&world.signer(&world.patient, &own.controller), &tablet, &opens).unwrap();
    world.record(&draft, &own.controller);
    assert_eq!(control(&world).devices.len(), 2);
    let entry: medledger_core::identity::KeyEntry =
        read(world.ledger.state(), &Address::Key(tablet.public().id())).unwrap().unwrap();
    assert_eq!(entry.keys.agreement, Some(opens.public()));

    let next = draw_key(&mut world.rng).public();
    let keep = control(&world).devices;
    let signer = world.signer(&world.patient, &own.successor);
    let draft = rotate(&signer, &control(&world), own.successor.public(), &next, keep, Vec::new()).unwrap();
    world.record(&draft, &own.successor);
    let after = control(&world);
    assert_eq!((after.controller, after.devices.len()), (own.successor.public().id(), 2));
    assert_eq!(after.successor, next.successor_digest());
    let entry: medledger_core::identity::KeyEntry =
        read(world.ledger.state(), &Address::Key(after.controller)).unwrap().unwrap();
    assert_eq!(entry.role, KeyRole::Controller);
}

#[test]
fn only_the_named_key_signs_a_draft() {
    let world = World::new();
    let draft = world.patient.incept(&world.hospital_signs()).unwrap();
    assert!(sign(&draft, &world.patient.keys.device).is_err());
    sign(&draft, &world.hospital.keys.device).unwrap();
}
