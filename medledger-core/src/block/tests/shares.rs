//! What must get through, one by one, against all that others can send: ordinary transactions, the reserved ones of
//! another sponsor's identities, and large ones of many sponsors.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::*;
use crate::access::{LogAnchor, SessionHead};
use crate::chain::Founder;
use crate::hash::{LogRoot, NodeHash, SessionId};
use crate::identity::{Kind, Rotation};
use crate::merkle::ConsistencyProof;
use crate::operation::Operation;
use crate::state::Params;
use crate::units::Millis;

/// A block whose reserved share holds 8 KiB.
const BLOCK: u64 = 64 * 1024;

/// A report on sessions that there are not, with as many hashes as asked for: it authenticates, and is refused.
fn report(hashes: usize) -> Operation {
    let continues = ConsistencyProof { path: Vec::from([NodeHash([7; 32])]).repeat(hashes) };
    let head = SessionHead {
        session: SessionId([7; 32]),
        head: LogRoot([7; 32]),
        count: 9,
        continues,
        closes: false,
    };
    Operation::AnchorLogs { anchor: LogAnchor { heads: Vec::from([head]) } }
}

/// A world of this many members, ascending by DID: the order in which those have their turn who have used nothing.
fn consortium(members: usize) -> (World, Vec<Party>) {
    let mut genesis = genesis(Params::default());
    let others = (2..members).map(|n| hospital(&format!("member {n}")));
    let mut all: Vec<_> = [hospital("north"), hospital("south")].into_iter().chain(others).collect();
    genesis.founders =
        all.iter().map(|party| Founder { inception: party.inception.clone(), member: true }).collect();
    all.sort_by_key(|party| party.did);
    (World::from_genesis(genesis), all)
}

/// Proposes and runs a block; whether this transaction was in it, and accepted.
fn recorded(world: &mut World, arrived: &mut Vec<Vec<u8>>, wanted: &[u8]) -> bool {
    let proposed = propose(world, arrived, BLOCK);
    let outcomes = world.run(&proposed);
    arrived.retain(|bytes| !proposed.contains(bytes));
    let place = proposed.iter().position(|bytes| bytes == wanted);
    place.map(|place| assert_eq!(code(&outcomes[place]), "ok")).is_some()
}

/// All that must get through, each of somebody whom north sponsors or of north itself, by name.
fn urgent(ward: &mut Ward) -> Vec<(String, Vec<u8>)> {
    let (ann, doc, north) = (ward.ann.clone(), ward.doc.clone(), ward.north.clone());
    let request = ward.request();
    let session = ward.open(&request);
    let tablet = key("a new tablet");
    let rotation = Rotation {
        replaces: ward.world.control(ann.did).succession(ann.did).unwrap(),
        controller: ann.successor(0).public(),
        successor: ann.successor(1).public().successor_digest(),
        keep: Vec::new(),
        add: devices(&[&tablet]),
    };
    let close = head(session, 0, 4, true);
    let (consent, credential) = (ward.consent, ward.credential);
    // Each as of now, and none after another: of one world's many futures.
    let sign = |party: &Party, signer: &crate::crypto::SecretKey, operation, approvers: &[&_]| {
        ward.world.clone().sign(party, signer, operation, approvers)
    };
    let named = |name: &str, bytes| (String::from(name), bytes);
    Vec::from([
        named("a device's revocation", sign(&ann, &ann.controller(), revoke(&ann.device(0)), &[])),
        named("a device's own revocation", sign(&doc, &doc.device(1), revoke(&doc.device(1)), &[])),
        named("a deactivation", sign(&ann, &ann.controller(), Operation::Deactivate, &[])),
        named("a rotation", sign(&ann, &ann.successor(0), Operation::Rotate { rotation }, &[&tablet])),
        named("a consent's", sign(&ann, &ann.device(0), Operation::RevokeConsent { consent }, &[])),
        named(
            "a credential's",
            sign(&north, &north.device(0), Operation::RevokeCredential { credential }, &[]),
        ),
        named("a report", sign(&north, &north.device(0), heads(Vec::from([close])), &[])),
    ])
}

#[test]
fn whatever_must_get_through_is_recorded_within_two_blocks() {
    let mut ward = Ward::new();
    let south = ward.south.clone();
    let crowd: Vec<_> = (0..40).map(|n| Party::new(&format!("crowd {n}"), Kind::Patient, 2)).collect();
    for part in crowd.chunks(20) {
        let block: Vec<_> = part.iter().map(|party| ward.world.inception(&south, party)).collect();
        assert!(ward.world.codes(&block).iter().all(|code| code == "ok"));
    }
    // At the beginning of an epoch, when nobody has used anything.
    let urgent = urgent(&mut ward);
    let mut flood = Vec::new();
    for party in &crowd {
        flood.push(ward.world.sign(party, &party.controller(), revoke(&key("none")), &[]));
        flood.push(ward.world.sign(party, &party.device(0), revoke(&party.device(1)), &[]));
        flood.push(ward.world.sign(party, &party.device(1), report(200), &[]));
    }
    for n in 0..3 {
        flood.push(ward.world.sign(&south, &south.device(n % 2), report(240), &[]));
    }
    // South's and the patient's own ordinary ones, more than two blocks hold.
    let (ann, doc) = (ward.ann.clone(), ward.doc.clone());
    for n in 0..200 {
        let anchor = crate::record::Anchor {
            subject: ann.did,
            custodian: south.did,
            commitments: commitments(&format!("{n}")),
        };
        flood.push(ward.world.sign(&south, &south.device(0), Operation::Anchor { anchor }, &[]));
        let request = ward.request();
        flood.push(ward.world.by(&doc, Operation::OpenSession { request }));
    }
    for (name, wanted) in urgent {
        let mut world = ward.world.clone();
        let mut arrived = flood.clone();
        arrived.push(wanted.clone());
        let first = recorded(&mut world, &mut arrived, &wanted);
        let second = first || recorded(&mut world, &mut arrived, &wanted);
        assert!(second, "{name} is not in two blocks");
        assert!(arrived.len() > 200, "there is more than two blocks hold");
    }
}

#[test]
fn large_ones_of_many_sponsors_keep_nothing_out() {
    let (mut world, members) = consortium(10);
    let (last, others) = members.split_last().unwrap();
    let ann = Party::new("ann", Kind::Patient, 2);
    let inception = world.inception(last, &ann);
    world.accept(&inception);
    let revocation = world.sign(&ann, &ann.controller(), revoke(&ann.device(0)), &[]);
    // The first one's fills the reserved share, small ones what is left of the block; and so on as their budgets allow.
    let mut arrived = Vec::new();
    for n in 0..12 {
        for (at, member) in others.iter().enumerate() {
            let hashes = if n == 0 && at > 0 { 0 } else { 230 };
            arrived.push(world.sign(member, &member.device(0), report(hashes), &[]));
        }
    }
    arrived.extend((0..300).map(|n| world.anchor(ann.did, &format!("{n}"))));
    arrived.push(revocation.clone());
    assert!(recorded(&mut world, &mut arrived, &revocation), "in the next block");
    assert!(arrived.len() > 200);
}

#[test]
fn what_a_sponsor_leaves_of_its_part_is_the_others() {
    let (mut world, members) = consortium(4);
    let ann = world.incept("ann", Kind::Patient);
    let mut arrived: Vec<_> = (0..200).map(|n| world.anchor(ann.did, &format!("{n}"))).collect();
    // Four sponsors, of whom each has 2 KiB for itself: three have little, one has what three such parts hold.
    for member in &members[..3] {
        arrived.push(world.sign(member, &member.device(1), report(1), &[]));
    }
    let large = world.sign(&members[3], &members[3].device(1), report(190), &[]);
    arrived.push(large.clone());
    let proposed = propose(&world, &arrived, BLOCK);
    assert!(arrived[200..].iter().all(|bytes| proposed.contains(bytes)), "{}", large.len());
}

#[test]
fn a_hospitals_own_reports_come_after_its_patients_first_revocations() {
    let mut world = World::new();
    let north = hospital("north");
    // All of them after the hospital by DID.
    let names = (0..).map(|n| format!("patient {n}"));
    let later = names.filter(|name| Party::new(name, Kind::Patient, 2).did > north.did);
    let patients: Vec<_> = later.take(6).map(|name| world.incept(&name, Kind::Patient)).collect();
    world.now = world.now.plus(Millis::hours(24)).unwrap();
    // Of nearly the whole share.
    let mut arrived: Vec<_> =
        (0..4).map(|n| world.sign(&north, &north.device(n % 2), report(225), &[])).collect();
    arrived.extend((0..300).map(|n| world.anchor(patients[0].did, &format!("{n}"))));
    let revocations: Vec<_> = patients
        .iter()
        .map(|party| world.sign(party, &party.controller(), revoke(&party.device(0)), &[]))
        .collect();
    arrived.extend(revocations.clone());
    let proposed = propose(&world, &arrived, BLOCK);
    assert!(revocations.iter().all(|bytes| proposed.contains(bytes)));
}
