//! Operations on identities: 100 to 104.

use alloc::vec::Vec;

use crate::fixture::*;
use crate::hash::Did;
use crate::identity::{AuthorityEntry, Control, KeyEntry, KeyRole, KeyStatus, Kind, Rotation, Status};
use crate::merkle::Peaks;
use crate::operation::{Operation, ReplayWindow};
use crate::state::{Address, Event, LogEntry, LogKind};

fn only_authority(events: &[Event], of: Did, entry: AuthorityEntry) {
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].subject, of);
    assert_eq!(events[0].leaf.entry, LogEntry::Authority { entry });
}

/// The keys that one block changed, beside the bookkeeping of every transaction.
fn written(world: &World, signer: &Party, key: crate::hash::KeyId) -> usize {
    let usual =
        [Address::Headers.key(), Address::KeyUsage(key).key(), Address::IdentityUsage(signer.did).key()];
    world.last.1.writes.keys().filter(|key| !usual.contains(key)).count()
}

#[test]
fn inception_begins_an_identity() {
    let mut world = World::new();
    let north = hospital("north");
    let ann = Party::new("ann", Kind::Patient, 2);
    let transaction = world.inception(&north, &ann);
    let outcome = world.accept(&transaction);
    only_authority(&outcome.events, ann.did, AuthorityEntry::Incepted { inception: ann.inception.clone() });
    assert_eq!(outcome.events[0].position, 0);
    let control = world.control(ann.did);
    let expected = Control::incept(&ann.inception, Some(north.did), false).unwrap();
    assert_eq!(control, expected);
    assert_eq!((control.rotations, control.status, control.devices.len()), (0, Status::Active, 2));
    for (secret, role) in [
        (ann.controller(), KeyRole::Controller),
        (ann.device(0), KeyRole::Device),
        (ann.device(1), KeyRole::Device),
    ] {
        let entry = KeyEntry { did: ann.did, role, status: KeyStatus::Live, keys: device(&secret) };
        assert_eq!(world.key_entry(id(&secret)), Some(entry));
    }
    assert_eq!(world.key_entry(id(&ann.successor(0))), None, "the successor is not yet a key");
    let log: Peaks = world.read(&Address::Log(ann.did, LogKind::Authority)).unwrap();
    assert_eq!(log.size, 1);
    // Identity, three keys, one log.
    assert_eq!(written(&world, &north, id(&north.device(0))), 5);
    let usage = world.identity_usage(north.did);
    assert_eq!((usage.sponsored, usage.ordinary), (1, 0));
}

#[test]
fn inception_is_refused() {
    let mut world = World::new();
    let (north, ann) = (hospital("north"), world.incept("ann", Kind::Patient));
    let incept = |party: &Party| Operation::Incept { inception: party.inception.clone() };

    // By the controller key, by one that is no member, twice.
    let bob = Party::new("bob", Kind::Patient, 2);
    let keys = bob.first_keys();
    let all: Vec<_> = keys.iter().collect();
    let by_controller = world.sign(&north, &north.controller(), incept(&bob), &all);
    world.refuse(&by_controller, "IDN-009");
    let by_patient = world.sign(&ann, &ann.device(0), incept(&bob), &all);
    world.refuse(&by_patient, "IDN-004");
    let again = world.inception(&north, &ann);
    world.refuse(&again, "IDN-003");

    // Too few devices, too many, out of order.
    for count in [0, 17] {
        let crowd = Party::new("crowd", Kind::Patient, count);
        let transaction = world.inception(&north, &crowd);
        world.refuse(&transaction, "IDN-005");
    }
    for count in [1, 16] {
        let family = Party::new(&alloc::format!("family of {count}"), Kind::Patient, count);
        let transaction = world.inception(&north, &family);
        world.accept(&transaction);
    }
    let mut disordered = bob.clone();
    disordered.inception.devices.reverse();
    let transaction = world.inception(&north, &disordered);
    world.refuse(&transaction, "IDN-007");
    let mut double = bob.clone();
    double.inception.devices[1] = double.inception.devices[0].clone();
    let operation = incept(&double);
    let transaction = world.sign(&north, &north.device(0), operation, &[]);
    world.refuse(&transaction, "IDN-007");

    // A key in two roles, a key of somebody else, a successor that is known already.
    let mut both = bob.clone();
    both.inception.controller = both.device(0).public();
    let operation = incept(&both);
    let transaction = world.sign(&north, &north.device(0), operation, &[&both.device(0), &both.device(1)]);
    world.refuse(&transaction, "IDN-006");
    let mut borrowed = bob.clone();
    borrowed.inception.controller = ann.device(0).public();
    let operation = incept(&borrowed);
    let approvers = [&borrowed.device(0), &borrowed.device(1), &ann.device(0)];
    let transaction = world.sign(&north, &north.device(0), operation, &approvers);
    world.refuse(&transaction, "IDN-006");
    for known in [bob.controller(), bob.device(1)] {
        let mut reused = bob.clone();
        reused.inception.successor = known.public().successor_digest();
        let transaction = world.inception(&north, &reused);
        world.refuse(&transaction, "IDN-014");
    }

    // Each new key proves possession, and nobody else says anything.
    for left_out in 0..keys.len() {
        let some: Vec<_> =
            keys.iter().enumerate().filter(|(n, _)| *n != left_out).map(|(_, key)| key).collect();
        let transaction = world.sign(&north, &north.device(0), incept(&bob), &some);
        world.refuse(&transaction, "OPR-018");
    }
    for stranger in [key("stranger"), ann.device(0), north.device(0), north.device(1)] {
        let mut more = all.clone();
        more.push(&stranger);
        let transaction = world.sign(&north, &north.device(0), incept(&bob), &more);
        world.refuse(&transaction, "OPR-019");
    }
    let transaction = world.inception(&north, &bob);
    world.accept(&transaction);
}

#[test]
fn adding_a_device_joins_its_key() {
    let (mut world, ann) = World::with_ann();
    let phone = key("a new phone");
    let operation = Operation::AddDevice { device: device(&phone) };
    let transaction = world.sign(&ann, &ann.controller(), operation, &[&phone]);
    let before = world.control(ann.did);
    let outcome = world.accept(&transaction);
    only_authority(&outcome.events, ann.did, AuthorityEntry::DeviceAdded { device: device(&phone) });
    assert_eq!(outcome.events[0].position, 1);
    assert_eq!(world.control(ann.did), before.with_device(id(&phone)).unwrap());
    let entry =
        KeyEntry { did: ann.did, role: KeyRole::Device, status: KeyStatus::Live, keys: device(&phone) };
    assert_eq!(world.key_entry(id(&phone)), Some(entry));
    assert_eq!(written(&world, &ann, id(&ann.controller())), 3);
    // It draws on the ordinary quota, so that a thief who has it can't close the controller's budget.
    let usage = world.identity_usage(ann.did);
    assert_eq!((usage.ordinary, usage.controller), (1, 0));
}

#[test]
fn adding_a_device_is_refused() {
    let (mut world, ann) = World::with_ann();
    let bob = world.incept("bob", Kind::Patient);
    let phone = key("a new phone");
    let add = |key: &crate::crypto::SecretKey| Operation::AddDevice { device: device(key) };
    let by_device = world.sign(&ann, &ann.device(0), add(&phone), &[&phone]);
    world.refuse(&by_device, "IDN-008");
    for taken in [bob.device(0), ann.device(0), ann.controller(), bob.controller()] {
        let transaction = world.sign(&ann, &ann.controller(), add(&taken), &[&taken]);
        world.refuse(&transaction, "IDN-006");
    }
    let successor = ann.successor(0);
    let transaction = world.sign(&ann, &ann.controller(), add(&successor), &[&successor]);
    world.refuse(&transaction, "IDN-014");
    let unproven = world.sign(&ann, &ann.controller(), add(&phone), &[]);
    world.refuse(&unproven, "OPR-018");
    let stranger = world.sign(&ann, &ann.controller(), add(&phone), &[&phone, &bob.device(0)]);
    world.refuse(&stranger, "OPR-019");
    // A revoked key never comes back.
    let revocation = world.sign(&ann, &ann.controller(), revoke(&ann.device(1)), &[]);
    world.accept(&revocation);
    let back = world.sign(&ann, &ann.controller(), add(&ann.device(1)), &[&ann.device(1)]);
    world.refuse(&back, "IDN-006");
    // Sixteen at a time.
    for n in 1..16 {
        let more = key(&alloc::format!("phone {n}"));
        let transaction = world.sign(&ann, &ann.controller(), add(&more), &[&more]);
        world.accept(&transaction);
    }
    assert_eq!(world.control(ann.did).devices.len(), 16);
    let transaction = world.sign(&ann, &ann.controller(), add(&phone), &[&phone]);
    world.refuse(&transaction, "IDN-005");
}

#[test]
fn revoking_a_device_ends_its_key() {
    let (mut world, ann) = World::with_ann();
    let used = world.sign(&ann, &ann.device(0), Operation::Deactivate, &[]);
    world.refuse(&used, "IDN-008");
    let window = world.key_usage(id(&ann.device(0))).window;
    // By the controller, then by the device itself.
    for (n, signer) in [(0, ann.controller()), (1, ann.device(1))] {
        let lost = ann.device(n);
        let before = world.control(ann.did);
        let transaction = world.sign(&ann, &signer, revoke(&lost), &[]);
        let outcome = world.accept(&transaction);
        let entry = AuthorityEntry::DeviceRevoked { key: id(&lost), by: id(&signer) };
        only_authority(&outcome.events, ann.did, entry);
        assert_eq!(world.control(ann.did), before.without_device(id(&lost)).unwrap());
        assert_eq!(world.key_entry(id(&lost)).unwrap().status, KeyStatus::Revoked);
        assert_eq!(written(&world, &ann, id(&signer)), 3);
        let late = world.sign(&ann, &lost, Operation::Deactivate, &[]);
        world.ignore(&late, "OPR-007");
    }
    assert!(world.control(ann.did).devices.is_empty(), "the last one may go");
    assert_eq!(world.key_usage(id(&ann.device(0))).window, window, "a key's window outlives the key");
    assert_eq!(world.identity_usage(ann.did).controller, 1);
    assert_eq!(world.key_usage(id(&ann.device(1))).reserve, 1);
}

#[test]
fn revoking_a_device_is_refused() {
    let (mut world, ann) = World::with_ann();
    let bob = world.incept("bob", Kind::Patient);
    let by_other = world.sign(&ann, &ann.device(0), revoke(&ann.device(1)), &[]);
    world.refuse(&by_other, "IDN-010");
    let elsewhere = world.sign(&ann, &ann.device(0), revoke(&bob.device(1)), &[]);
    world.refuse(&elsewhere, "IDN-010");
    for none in [bob.device(0), ann.controller(), ann.successor(0), key("nobody's")] {
        let transaction = world.sign(&ann, &ann.controller(), revoke(&none), &[]);
        world.refuse(&transaction, "IDN-011");
    }
    let approved = world.sign(&ann, &ann.controller(), revoke(&ann.device(1)), &[&ann.device(1)]);
    world.refuse(&approved, "OPR-019");
    let good = world.sign(&ann, &ann.controller(), revoke(&ann.device(1)), &[]);
    world.accept(&good);
    let twice = world.sign(&ann, &ann.controller(), revoke(&ann.device(1)), &[]);
    world.refuse(&twice, "IDN-011");
}

#[test]
fn deactivation_ends_an_identity() {
    let (mut world, ann) = World::with_ann();
    let before = world.control(ann.did);
    let transaction = world.sign(&ann, &ann.controller(), Operation::Deactivate, &[]);
    let outcome = world.accept(&transaction);
    only_authority(&outcome.events, ann.did, AuthorityEntry::Deactivated { by: id(&ann.controller()) });
    assert_eq!(world.control(ann.did), before.deactivated());
    assert_eq!(written(&world, &ann, id(&ann.controller())), 2);
    for signer in [ann.controller(), ann.device(0)] {
        let late = world.sign(&ann, &signer, revoke(&ann.device(0)), &[]);
        world.ignore(&late, "OPR-009");
    }
    let current = before.succession(ann.did).unwrap();
    let rotation = rotation(&ann, 0, current);
    let late = world.sign(&ann, &ann.successor(0), Operation::Rotate { rotation }, &[]);
    world.ignore(&late, "OPR-009");
    let record = world.anchor(ann.did, "late");
    world.refuse(&record, "IDN-002");
}

#[test]
fn deactivation_is_refused() {
    let (mut world, ann) = World::with_ann();
    let by_device = world.sign(&ann, &ann.device(0), Operation::Deactivate, &[]);
    world.refuse(&by_device, "IDN-008");
    let approved = world.sign(&ann, &ann.controller(), Operation::Deactivate, &[&ann.device(0)]);
    world.refuse(&approved, "OPR-019");
}

/// The rotation to successor `n`, which keeps and adds no device.
fn rotation(party: &Party, n: usize, replaces: crate::hash::ControlHash) -> Rotation {
    Rotation {
        replaces,
        controller: party.successor(n).public(),
        successor: party.successor(n + 1).public().successor_digest(),
        keep: Vec::new(),
        add: Vec::new(),
    }
}

#[test]
fn rotation_hands_over_to_the_successor() {
    let (mut world, ann) = World::with_ann();
    let (new, old) = (ann.successor(0), ann.controller());
    let tablet = key("a new tablet");
    let control = world.control(ann.did);
    // A device that is not live is kept out without fuss: a thief who revokes one can't get in the way.
    let mut keep = Vec::from([id(&ann.device(1)), id(&key("gone"))]);
    keep.sort_unstable();
    let rotation = Rotation {
        keep,
        add: devices(&[&tablet]),
        ..rotation(&ann, 0, control.succession(ann.did).unwrap())
    };
    let operation = Operation::Rotate { rotation: rotation.clone() };
    let transaction = world.sign(&ann, &new, operation, &[&tablet]);
    let outcome = world.accept(&transaction);
    only_authority(&outcome.events, ann.did, AuthorityEntry::Rotated { rotation });

    let after = world.control(ann.did);
    let mut live = Vec::from([id(&ann.device(1)), id(&tablet)]);
    live.sort_unstable();
    assert_eq!((after.controller, after.rotations, after.devices), (id(&new), 1, live));
    assert_eq!(after.successor, ann.successor(1).public().successor_digest());
    let status = |key| world.key_entry(id(&key)).map(|entry| (entry.role, entry.status));
    assert_eq!(status(new), Some((KeyRole::Controller, KeyStatus::Live)));
    assert_eq!(status(tablet), Some((KeyRole::Device, KeyStatus::Live)));
    assert_eq!(status(ann.device(1)), Some((KeyRole::Device, KeyStatus::Live)));
    assert_eq!(status(ann.device(0)), Some((KeyRole::Device, KeyStatus::Revoked)));
    assert_eq!(status(old), Some((KeyRole::Controller, KeyStatus::RotatedOut)));

    // Counters go on, and the next successor begins anew.
    let one = ReplayWindow::default().with(0).unwrap();
    assert_eq!(world.key_usage(id(&ann.successor(0))).window, one);
    let usage = world.identity_usage(ann.did);
    assert_eq!((usage.successor_window, usage.succession, usage.controller), (ReplayWindow::default(), 1, 0));
    world.ignore(&transaction, "OPR-010");
    let by_old = world.sign(&ann, &ann.controller(), Operation::Deactivate, &[]);
    world.ignore(&by_old, "OPR-008");
    let by_new = world.sign(&ann, &ann.successor(0), revoke(&ann.device(1)), &[]);
    world.accept(&by_new);
    assert_eq!(world.key_usage(id(&ann.successor(0))).window.next_counter(), 2);

    // And again, by the next one.
    let current = world.control(ann.did).succession(ann.did).unwrap();
    let operation = Operation::Rotate { rotation: self::rotation(&ann, 1, current) };
    let transaction = world.sign(&ann, &ann.successor(1), operation, &[]);
    world.accept(&transaction);
    assert_eq!(world.control(ann.did).rotations, 2);
    assert!(world.control(ann.did).devices.is_empty());
}

#[test]
fn rotation_is_refused() {
    let (mut world, ann) = World::with_ann();
    let bob = world.incept("bob", Kind::Patient);
    let successor = ann.successor(0);
    let good = rotation(&ann, 0, world.control(ann.did).succession(ann.did).unwrap());
    let rotate = |rotation: &Rotation| Operation::Rotate { rotation: rotation.clone() };

    // By the current key, by a device, by a key that nobody was told of, by somebody else's successor.
    for signer in [ann.controller(), ann.device(0)] {
        let itself = Rotation { controller: signer.public(), ..good.clone() };
        for rotation in [&good, &itself] {
            let transaction = world.sign(&ann, &signer, rotate(rotation), &[]);
            world.refuse(&transaction, "IDN-012");
        }
    }
    for signer in [key("stranger"), bob.successor(0), ann.successor(1)] {
        let own = Rotation { controller: signer.public(), ..good.clone() };
        let transaction = world.sign(&ann, &signer, rotate(&own), &[]);
        world.ignore(&transaction, "OPR-005");
    }
    // The successor signs nothing but the rotation that discloses it.
    let early = world.sign(&ann, &successor, Operation::Deactivate, &[]);
    world.ignore(&early, "OPR-005");
    let other = Rotation { controller: bob.successor(0).public(), ..good.clone() };
    let transaction = world.sign(&ann, &successor, rotate(&other), &[]);
    world.ignore(&transaction, "OPR-005");

    // Keys that are not the current ones.
    let stale = Rotation { replaces: world.control(bob.did).succession(bob.did).unwrap(), ..good.clone() };
    let transaction = world.sign(&ann, &successor, rotate(&stale), &[]);
    world.refuse(&transaction, "IDN-013");

    // Lists: order, doubles, number.
    let pair = devices(&[&key("one"), &key("two")]);
    let reversed: Vec<_> = pair.iter().rev().cloned().collect();
    let many: Vec<_> = (0..17).map(|n| key(&alloc::format!("many {n}"))).collect();
    let many = devices(&many.iter().collect::<Vec<_>>());
    let ids = |devices: &[crate::identity::DeviceKeys]| devices.iter().map(|one| one.signing.id()).collect();
    for (bad, rule) in [
        (Rotation { add: reversed.clone(), ..good.clone() }, "IDN-007"),
        (Rotation { keep: ids(&reversed), ..good.clone() }, "IDN-007"),
        (Rotation { add: Vec::from([pair[0].clone(), pair[0].clone()]), ..good.clone() }, "IDN-007"),
        (Rotation { add: many.clone(), ..good.clone() }, "IDN-005"),
        (Rotation { keep: ids(&many), ..good.clone() }, "IDN-005"),
        (
            Rotation { keep: world.control(ann.did).devices, add: many[..15].to_vec(), ..good.clone() },
            "IDN-005",
        ),
        (Rotation { add: devices(&[&successor]), ..good.clone() }, "IDN-006"),
        (Rotation { add: devices(&[&bob.device(0)]), ..good.clone() }, "IDN-006"),
        (Rotation { add: devices(&[&ann.device(0)]), ..good.clone() }, "IDN-006"),
        (Rotation { add: devices(&[&ann.controller()]), ..good.clone() }, "IDN-006"),
    ] {
        let transaction = world.sign(&ann, &successor, rotate(&bad), &[]);
        world.refuse(&transaction, rule);
        world.now = world.now.plus(crate::units::Millis::hours(2)).unwrap();
    }

    // A successor that is known: this one, an added device, the old controller, a device that goes.
    let added = devices(&[&key("one")]);
    for known in [successor.public(), added[0].signing, ann.controller().public(), ann.device(0).public()] {
        let bad = Rotation { add: added.clone(), successor: known.successor_digest(), ..good.clone() };
        let transaction = world.sign(&ann, &successor, rotate(&bad), &[&key("one")]);
        world.refuse(&transaction, "IDN-014");
    }

    // Possession of what is added, and nobody else.
    world.now = world.now.plus(crate::units::Millis::hours(24)).unwrap();
    let adds = Rotation { add: added, ..good.clone() };
    let unproven = world.sign(&ann, &successor, rotate(&adds), &[]);
    world.refuse(&unproven, "OPR-018");
    let stranger = world.sign(&ann, &successor, rotate(&adds), &[&key("one"), &ann.device(0)]);
    world.refuse(&stranger, "OPR-019");
    let accepted = world.sign(&ann, &successor, rotate(&adds), &[&key("one")]);
    world.accept(&accepted);
    assert!(world.key_usage(id(&successor)).window.next_counter() > 10, "refused rotations count too");
}

#[test]
fn a_refused_rotation_is_not_played_again() {
    let (mut world, ann) = World::with_ann();
    let stale = rotation(&ann, 0, world.control(hospital("south").did).succession(ann.did).unwrap());
    let transaction = world.sign(&ann, &ann.successor(0), Operation::Rotate { rotation: stale }, &[]);
    world.refuse(&transaction, "IDN-013");
    let usage = world.identity_usage(ann.did);
    assert_eq!((usage.succession, usage.controller), (1, 0));
    for _ in 0..20 {
        world.ignore(&transaction, "OPR-010");
    }
    assert_eq!(world.identity_usage(ann.did), usage);
    let good = rotation(&ann, 0, world.control(ann.did).succession(ann.did).unwrap());
    let transaction = world.sign(&ann, &ann.successor(0), Operation::Rotate { rotation: good }, &[]);
    world.accept(&transaction);
}
