use alloc::vec::Vec;

use super::*;
use crate::identity::Kind;
use crate::state::{Address, Event, LogKind, LogLeaf};

/// The leaves of a subject's log, from what was kept.
fn leaves(world: &World, subject: &Party, kind: LogKind) -> Vec<LogLeaf> {
    let events = world.kept.iter().flat_map(|kept| &kept.results).flat_map(|result| &result.events);
    let own = |event: &&Event| event.subject == subject.did && event.leaf.entry.kind() == kind;
    events.filter(own).map(|event| event.leaf.clone()).collect()
}

fn log_proof(world: &World, subject: &Party, kind: LogKind) -> LogProof {
    LogProof {
        subject: subject.did,
        header: world.headers.last().unwrap().clone(),
        head: world.prove(&[Address::Log(subject.did, kind)]),
        leaves: leaves(world, subject, kind),
    }
}

/// Ann has six records in two blocks, bob has three.
fn world() -> (World, Party, Party) {
    let (mut world, ann) = World::with_ann();
    let bob = world.incept("bob", Kind::Patient);
    for block in 0..3 {
        let transactions = [
            world.anchor(ann.did, &alloc::format!("a {block}")),
            world.anchor(bob.did, &alloc::format!("b {block}")),
            world.anchor(ann.did, &alloc::format!("c {block}")),
        ];
        world.run(&transactions);
    }
    (world, ann, bob)
}

#[test]
fn a_log_is_provably_all() {
    let (world, ann, bob) = world();
    let verifier = world.verifier();
    for (party, count) in [(&ann, 6), (&bob, 3)] {
        let proof = log_proof(&world, party, LogKind::Timeline);
        assert_eq!(proof.leaves.len(), count);
        assert_eq!(proof.check(&verifier, LogKind::Timeline).unwrap().hash, world.tip.hash);
        let proof = log_proof(&world, party, LogKind::Authority);
        assert_eq!(proof.leaves.len(), 1);
        proof.check(&verifier, LogKind::Authority).unwrap();
        // A log that is not there is provably empty.
        let proof = log_proof(&world, party, LogKind::Access);
        proof.check(&verifier, LogKind::Access).unwrap();
    }
}

#[test]
fn anything_else_is_refused() {
    let (world, ann, bob) = world();
    let verifier = world.verifier();
    let good = log_proof(&world, &ann, LogKind::Timeline);
    let check = |change: &dyn Fn(&mut LogProof)| {
        let mut proof = good.clone();
        change(&mut proof);
        rule(proof.check(&verifier, LogKind::Timeline))
    };
    assert_eq!(check(&|_| {}), "ok");
    for at in 0..6 {
        assert_eq!(check(&|proof| drop(proof.leaves.remove(at))), "LGT-014");
        assert_eq!(check(&|proof| proof.leaves.insert(at, proof.leaves[at].clone())), "LGT-014");
        assert_eq!(check(&|proof| proof.leaves.swap(at, (at + 1) % 6)), "LGT-015");
        assert_eq!(check(&|proof| proof.leaves[at] = proof.leaves[(at + 1) % 6].clone()), "LGT-015");
        assert_eq!(check(&|proof| proof.leaves[at].time.0 += 1), "LGT-015");
        assert_eq!(check(&|proof| proof.leaves[at].code = 401), "LGT-015");
    }
    assert_eq!(check(&|proof| proof.leaves.truncate(3)), "LGT-014");
    assert_eq!(check(&|proof| proof.leaves.clear()), "LGT-014");
    let bobs = log_proof(&world, &bob, LogKind::Timeline);
    let inception = leaves(&world, &ann, LogKind::Authority).remove(0);
    assert_eq!(check(&|proof| proof.leaves.clone_from(&bobs.leaves)), "LGT-014");
    assert_eq!(check(&|proof| proof.leaves[2] = bobs.leaves[2].clone()), "LGT-015");
    assert_eq!(check(&|proof| proof.leaves[2] = inception.clone()), "LGT-016");
    // Somebody else's log under this subject's name, and the other way round.
    assert_eq!(check(&|proof| proof.subject = bob.did), "LGT-010");
    assert_eq!(check(&|proof| proof.head = bobs.head.clone()), "LGT-010");
    let kinds = log_proof(&world, &ann, LogKind::Access);
    assert_eq!(check(&|proof| proof.head = kinds.head.clone()), "LGT-010");
    let surplus =
        world.prove(&[Address::Log(ann.did, LogKind::Timeline), Address::Log(bob.did, LogKind::Timeline)]);
    assert_eq!(check(&|proof| proof.head = surplus.clone()), "LGT-010");
    assert_eq!(check(&|proof| proof.head.values.clear()), "STA-001");
    assert_eq!(check(&|proof| proof.header = world.headers[0].clone()), "MRK-029");
    let other_kind = rule(good.check(&verifier, LogKind::Authority));
    assert_eq!(other_kind, "LGT-010");
}

#[test]
fn an_honest_older_header_verifies_too() {
    // A rollback is not seen from the genesis alone: who must notice it compares heights.
    let (mut world, ann, _) = world();
    let older = log_proof(&world, &ann, LogKind::Timeline);
    let record = world.anchor(ann.did, "later");
    world.run(&[record]);
    let newer = log_proof(&world, &ann, LogKind::Timeline);
    let verifier = world.verifier();
    let [then, now] = [&older, &newer].map(|proof| proof.check(&verifier, LogKind::Timeline).unwrap());
    assert!(then.header.height < now.header.height);
    assert_eq!((older.leaves.len(), newer.leaves.len()), (6, 7));
    // But not with entries of the other.
    let mixed = LogProof { leaves: newer.leaves.clone(), ..older.clone() };
    assert_eq!(rule(mixed.check(&verifier, LogKind::Timeline)), "LGT-014");
}

#[test]
fn no_bit_of_a_log_proof_is_idle() {
    let (world, ann, _) = world();
    let verifier = world.verifier();
    let good = crate::codec::encode(&log_proof(&world, &ann, LogKind::Timeline)).unwrap();
    let step = (good.len() * 8 / 400).max(1);
    for bit in (0..good.len() * 8).step_by(step) {
        let mut bytes = good.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let decoded = crate::codec::decode::<LogProof>(&bytes, &crate::limits::PROOF);
        let held = decoded.is_ok_and(|proof| proof.check(&verifier, LogKind::Timeline).is_ok());
        assert!(!held, "bit {bit}");
    }
}
