//! Keys, slots, values with their proofs.

use alloc::collections::BTreeSet;
use alloc::string::ToString;
use alloc::vec::Vec;
use proptest::prelude::*;
use serde_bytes::ByteBuf;

use super::*;
use crate::error::Coded;
use crate::fixture::*;
use crate::hash::{ConsentId, Did, KeyId, RecordId, StateRoot};
use crate::identity::Control;
use crate::merkle::{Peaks, tree};
use crate::units::Timestamp;

#[test]
fn every_object_has_a_key_of_its_own() {
    let id = [7; 32];
    let mut all = Vec::from([Address::Params, Address::Validators, Address::Headers]);
    all.extend([
        Address::Identity(Did(id)),
        Address::IdentityUsage(Did(id)),
        Address::ActiveConsents(Did(id)),
    ]);
    all.extend([Address::Key(KeyId(id)), Address::KeyUsage(KeyId(id))]);
    all.extend(
        [LogKind::Timeline, LogKind::Access, LogKind::Authority].map(|kind| Address::Log(Did(id), kind)),
    );
    all.extend([
        Address::Record(RecordId(id)),
        Address::Batch(RecordId(id)),
        Address::Consent(ConsentId(id)),
    ]);
    all.extend((0..=255).map(|slot| Address::ConsentSlot(Did(id), slot)));
    all.push(Address::Identity(Did([0; 32])));
    let keys: BTreeSet<StateKey> = all.iter().map(Address::key).collect();
    assert_eq!(keys.len(), all.len());
    let kinds: BTreeSet<u8> = address::RESERVED_KINDS.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds.len(), address::RESERVED_KINDS.len());
}

proptest! {
    #[test]
    fn slots_are_a_set(changes in prop::collection::vec((any::<u8>(), any::<bool>()), 0..300)) {
        let (mut slots, mut model) = (ActiveConsents::default(), BTreeSet::new());
        for (slot, occupied) in changes {
            slots = slots.with(slot, occupied);
            if occupied { model.insert(slot); } else { model.remove(&slot); }
            prop_assert_eq!(slots.is_occupied(slot), occupied);
        }
        prop_assert!(slots.occupied().eq(model.iter().copied()));
        prop_assert_eq!(slots.lowest_free(), (0..=255).find(|slot| !model.contains(slot)));
    }
}

#[test]
fn all_slots_can_be_occupied() {
    let full = (0..=255).fold(ActiveConsents::default(), |slots, slot| slots.with(slot, true));
    assert_eq!((full.lowest_free(), full.occupied().count()), (None, 256));
}

#[test]
fn a_proof_shows_its_values_and_nothing_about_the_rest() {
    let (world, ann) = World::with_ann();
    let root = world.tree.root();
    let nobody = Address::Identity(Did(bytes("nobody")));
    let here = Address::Identity(ann.did);
    let proof = world.prove(&[here, nobody, Address::Params]);
    let proven = proof.verify(&root).unwrap();
    assert_eq!((proven.len(), proven.is_empty()), (3, false));
    assert_eq!(read::<Control, _>(&proven, &here), Ok(Some(world.control(ann.did))));
    assert_eq!(read::<Control, _>(&proven, &nobody), Ok(None));
    // A key that is withheld is unproven, whether it is there or not.
    let withheld = [
        Address::IdentityUsage(hospital("north").did),
        Address::Validators,
        Address::Log(ann.did, LogKind::Timeline),
        Address::Identity(Did(bytes("nobody else"))),
    ];
    for at in withheld {
        assert_eq!(proven.get(&at.key()), Err(ReadError::Unproven));
        assert_eq!(read::<Control, _>(&proven, &at), Err(ReadError::Unproven));
    }
    // And what executes over it stops: it never takes the unproven for the absent.
    let mut later = world.clone();
    let record = later.anchor(ann.did, "x-ray");
    let stopped = crate::validate::execute(&proven, &world.context(), &[record]);
    assert_eq!(stopped, Err(ReadError::Unproven));
}

proptest! {
    /// Whatever is proven of a state: each key that was asked for has its value or is absent, and every other key is
    /// unproven, whether it is there or not.
    #[test]
    fn what_is_withheld_is_unproven_and_never_absent(
        values in prop::collection::btree_map(any::<[u8; 32]>(), prop::collection::vec(any::<u8>(), 0..20), 1..20),
        absent in prop::collection::btree_set(any::<[u8; 32]>(), 1..10),
        asked in any::<u32>(),
    ) {
        let mut delta = Delta::default();
        delta.writes.extend(values.iter().map(|(key, value)| (StateKey(*key), Some(value.clone()))));
        let changes = delta.writes.iter().map(|(key, value)| (*key, value.as_deref().map(tree::value_hash))).collect();
        let (mut state, mut tree) = (MemoryState::new(), tree::MemoryTree::new());
        tree.apply(tree::update(&tree, &changes).unwrap().1);
        state.apply(&delta);
        let keys: BTreeSet<StateKey> = values.keys().chain(&absent).map(|key| StateKey(*key)).collect();
        let asked: BTreeSet<StateKey> =
            keys.iter().zip(0..32).filter(|(_, bit)| asked >> bit & 1 == 1).map(|(key, _)| *key).collect();
        prop_assume!(!asked.is_empty());
        let proof = ValueProof::new(&state, &tree, &asked).unwrap();
        let proven = proof.verify(&tree.root()).unwrap();
        prop_assert_eq!(proven.len(), asked.len());
        for key in &keys {
            let expected = match values.get(&key.0) {
                _ if !asked.contains(key) => Err(ReadError::Unproven),
                Some(value) => Ok(Lookup::Present(value.clone())),
                None => Ok(Lookup::Absent),
            };
            prop_assert_eq!(proven.get(key), expected);
        }
        // A value or a claim that is left out makes no smaller proof of the rest, but none at all.
        for at in 0..proof.values.len() {
            let mut less = proof.clone();
            less.values.remove(at);
            prop_assert!(less.verify(&tree.root()).is_err());
        }
        for at in 0..proof.proof.claims.len() {
            let mut less = proof.clone();
            let gone = *less.proof.claims.remove(at).key();
            if let Ok(proven) = less.verify(&tree.root()) {
                prop_assert_eq!(proven.get(&gone), Err(ReadError::Unproven));
            }
        }
    }
}

#[test]
fn a_proof_with_other_values_is_refused() {
    let (world, ann) = World::with_ann();
    let root = world.tree.root();
    let at = [Address::Identity(ann.did), Address::Params, Address::Identity(Did(bytes("nobody")))];
    let good = world.prove(&at);
    good.verify(&root).unwrap();
    let refused = |change: &dyn Fn(&mut ValueProof)| {
        let mut proof = good.clone();
        change(&mut proof);
        proof.verify(&root).unwrap_err().rule().to_string()
    };
    assert_eq!(refused(&|proof| proof.values.clear()), "STA-001");
    assert_eq!(refused(&|proof| proof.values.truncate(1)), "STA-001");
    assert_eq!(refused(&|proof| proof.values.push(ByteBuf::new())), "STA-001");
    assert_eq!(refused(&|proof| proof.values.swap(0, 1)), "STA-002");
    assert_eq!(refused(&|proof| proof.values[1][0] ^= 1), "STA-002");
    assert_eq!(refused(&|proof| proof.values[0].push(0)), "STA-002");
    assert_eq!(refused(&|proof| proof.values[0].clear()), "STA-002");
    let error = good.verify(&StateRoot([0; 32])).unwrap_err();
    assert!(matches!(error, StateError::Tree(_)));
    assert!(error.rule().to_string().starts_with("MRK-"));
    // A proof of the state before does not hold for the state after.
    let mut later = world.clone();
    later.run::<Vec<u8>>(&[]);
    assert!(good.verify(&later.tree.root()).is_err());
}

#[test]
fn a_state_counts_the_keys_that_have_a_value() {
    let write = |key: u8, value: Option<Vec<u8>>| Delta { writes: [(StateKey([key; 32]), value)].into() };
    let mut state = MemoryState::new();
    assert_eq!((state.len(), state.is_empty()), (0, true));
    let writes = [(1, Some(Vec::new())), (2, Some(Vec::from([7]))), (1, Some(Vec::from([8]))), (3, None)];
    for ((key, value), len) in writes.into_iter().zip([1, 2, 2, 2]) {
        state.apply(&write(key, value));
        assert_eq!((state.len(), state.is_empty()), (len, false));
    }
    assert!(state.iter().map(|(key, value)| (key.0[0], value.len())).eq([(1, 1), (2, 1)]));
    state.apply(&write(1, None));
    state.apply(&write(2, None));
    assert_eq!(state, MemoryState::new());
    assert!(state.is_empty());
}

#[test]
fn a_damaged_value_is_named() {
    let (mut world, ann) = World::with_ann();
    let mut delta = Delta::default();
    delta.writes.insert(Address::Identity(ann.did).key(), Some(Vec::from([0])));
    world.state.apply(&delta);
    let damaged = ReadError::Damaged { what: "Control" };
    assert_eq!(read::<Control, _>(&world.state, &Address::Identity(ann.did)), Err(damaged.clone()));
    let record = world.anchor(ann.did, "x-ray");
    let stopped = crate::validate::execute(&world.state, &world.context(), &[record]);
    assert_eq!(stopped, Err(damaged), "a bad disk is no verdict");
    delta.writes.insert(Address::Params.key(), None);
    world.state.apply(&delta);
    let none: [&[u8]; 0] = [];
    let stopped = crate::validate::execute(&world.state, &world.context(), &none);
    assert_eq!(stopped, Err(ReadError::Damaged { what: "Params" }));
    assert!(!world.state.is_empty());
}

#[test]
fn a_leaf_has_the_tag_of_its_log() {
    let (mut world, ann) = World::with_ann();
    let record = world.anchor(ann.did, "x-ray");
    let timeline = world.accept(&record).events.remove(0);
    assert_eq!(timeline.leaf.entry.kind(), LogKind::Timeline);
    assert_eq!(LogKind::Access.tag(), crate::hash::Tag::Access);
    let mut other = timeline.clone();
    other.leaf.time = Timestamp(0);
    assert_ne!(other.leaf.data().unwrap(), timeline.leaf.data().unwrap());
    other = timeline.clone();
    other.subject = hospital("north").did;
    assert_ne!(other.data().unwrap(), timeline.data().unwrap());
    assert_eq!(world.read::<Peaks>(&Address::Log(ann.did, LogKind::Authority)).unwrap().size, 1);
}
