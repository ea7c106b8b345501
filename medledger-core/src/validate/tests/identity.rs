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
