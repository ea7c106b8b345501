//! The same state, context and bytes give the same results, however the signatures were verified.

extern crate std;

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use proptest::prelude::*;
use std::sync::LazyLock;

use crate::fixture::mix::{mix, populated, steps};
use crate::fixture::*;
use crate::merkle::tree::{MemoryTree, update};
use crate::operation::Transaction;
use crate::state::Delta;
use crate::validate::signatures::Verified;
use crate::validate::{execute, run};

static WORLD: LazyLock<World> = LazyLock::new(populated);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn execution_is_pure_and_batches_change_nothing(steps in steps(24)) {
        let mut world = WORLD.clone();
        let transactions = mix(&mut world, &steps);
        let cx = world.context();
        let before = world.state.clone();
        let first = execute(&world.state, &cx, &transactions).unwrap();
        prop_assert_eq!(&execute(&world.state, &cx, &transactions).unwrap(), &first);
        prop_assert_eq!(&world.state, &before);
        let decoded: Vec<_> =
            transactions.iter().map(|bytes| Transaction::decode(bytes, &cx.chain)).collect();
        let places = vec![None; decoded.len()];
        let none = Verified::in_advance(&world.state, &[], &[]).unwrap();
        prop_assert_eq!(&run(&world.state, &cx, &transactions, (decoded, &places), &none).unwrap(), &first);
    }

    #[test]
    fn a_block_does_what_its_transactions_do_one_by_one(steps in steps(16)) {
        // But for the log of headers and what names heights: so only codes are compared, and who has acted.
        let mut world = WORLD.clone();
        let transactions = mix(&mut world, &steps);
        let mut single = world.clone();
        let codes = world.codes(&transactions);
        let one_by_one: Vec<String> = transactions
            .iter()
            .map(|bytes| {
                let now = single.now;
                let code = single.codes(&[bytes]).remove(0);
                single.now = now;
                code
            })
            .collect();
        prop_assert_eq!(codes, one_by_one);
        let keys = |world: &World| world.state.iter().map(|(key, _)| *key).collect::<BTreeSet<_>>();
        prop_assert_eq!(keys(&world), keys(&single));
    }

    #[test]
    fn the_root_is_that_of_a_tree_built_anew(steps in steps(16)) {
        let mut world = WORLD.clone();
        let transactions = mix(&mut world, &steps);
        world.run(&transactions);
        let whole = Delta {
            writes: world.state.iter().map(|(key, value)| (*key, Some(value.clone()))).collect(),
        };
        let (root, _) = update(&MemoryTree::new(), &whole.value_hashes()).unwrap();
        prop_assert_eq!(root, world.headers.last().unwrap().header.state_root);
    }
}

#[test]
fn a_mix_is_one() {
    // The generator makes what it says: accepted, refused and unauthenticated ones.
    let mut world = WORLD.clone();
    let steps: Vec<_> =
        (0..18_u8).flat_map(|what| [(what, 0, 900), (what, 0xff, 500), (what, 7, 77)]).collect();
    let transactions = mix(&mut world, &steps);
    let outcomes = world.run(&transactions);
    let codes: BTreeSet<String> = outcomes.iter().map(code).collect();
    assert!(codes.len() > 10, "{codes:?}");
    assert!(outcomes.iter().filter(|outcome| outcome.refusal.is_none()).count() > 10);
    assert!(outcomes.iter().filter(|outcome| outcome.id.is_none()).count() > 5);
    assert!(outcomes.iter().any(|outcome| outcome.id.is_some() && outcome.refusal.is_some()));
}
