//! Random values of every wire type, for property tests here and in the crates above: each type has proptest's
//! [`Arbitrary`], so `any::<Genesis>()` is a strategy.
//!
//! The values look valid: lists that must ascend do, sets of validators and logs are sound, approvals are envelopes,
//! public keys are points of the curve. Nothing is signed: signatures are random bytes. Lists are short.
//!
//! A wire type without a strategy, or an enum's variant without one, does not compile under test.

mod consent;
mod domain;
mod ground;
#[allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "assertions for tests, about encodings of their own making"
)]
pub mod laws;
mod ledger;
#[allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "assertions for tests, about encodings of their own making"
)]
pub mod readers;

use alloc::string::String;
use alloc::vec::Vec;
use proptest::collection::vec;
use proptest::prelude::{Arbitrary, Strategy, any};

/// Implements [`Arbitrary`] for structs field by field, for enums variant by variant, and for newtypes.
macro_rules! arbitrary {
    ($( struct $type:ty { $( $field:ident: $strategy:expr ),* $(,)? } )*) => { $(
        impl proptest::arbitrary::Arbitrary for $type {
            type Parameters = ();
            type Strategy = proptest::strategy::BoxedStrategy<Self>;
            fn arbitrary_with((): ()) -> Self::Strategy {
                use proptest::strategy::Strategy as _;
                ( $( $strategy, )* ).prop_map(|( $( $field, )* )| Self { $( $field ),* }).boxed()
            }
        }
    )* };
    ($( enum $type:ty { $( $variant:ident $({ $( $field:ident: $strategy:expr ),* $(,)? })? ),* $(,)? } )*) => { $(
        impl proptest::arbitrary::Arbitrary for $type {
            type Parameters = ();
            type Strategy = proptest::strategy::BoxedStrategy<Self>;
            fn arbitrary_with((): ()) -> Self::Strategy {
                use proptest::strategy::{Just, Strategy as _, Union};
                // Never called: it makes a variant that is missing below an error of compilation.
                let _complete = |value: &Self| match value { $( Self::$variant { .. } => () ),* };
                Union::new([ $(
                    ( Just(()), $( $( $strategy, )* )? )
                        .prop_map(|( (), $( $( $field, )* )? )| Self::$variant $({ $( $field ),* })?)
                        .boxed(),
                )* ])
                .boxed()
            }
        }
    )* };
    ($( newtype $type:path = $inner:ty; )*) => { $(
        impl proptest::arbitrary::Arbitrary for $type {
            type Parameters = ();
            type Strategy = proptest::strategy::BoxedStrategy<Self>;
            fn arbitrary_with((): ()) -> Self::Strategy {
                use proptest::strategy::Strategy as _;
                proptest::arbitrary::any::<$inner>().prop_map($type).boxed()
            }
        }
    )* };
}
use arbitrary;

/// The longest list that is made.
const LONGEST: usize = 4;

/// A short list of anything.
fn list<T: Arbitrary + 'static>() -> impl Strategy<Value = Vec<T>> {
    vec(any::<T>(), 0..=LONGEST)
}

/// A short list without doubles, ascending by a key.
fn ascending<T: Arbitrary + 'static, K: Ord>(key: fn(&T) -> K) -> impl Strategy<Value = Vec<T>> {
    list::<T>().prop_map(move |mut list| {
        list.sort_by_key(key);
        list.dedup_by_key(|one| key(one));
        list
    })
}

/// Short text, not always ASCII.
fn text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[A-Za-z0-9/:.-]{0,24}|\\PC{0,8}").unwrap_or_else(|_| never_wrong())
}

/// Text of at least one character.
fn word() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[A-Za-z][A-Za-z0-9/:.-]{0,24}").unwrap_or_else(|_| never_wrong())
}

#[allow(clippy::unreachable, reason = "the two patterns above are fixed, and every test compiles them")]
fn never_wrong() -> ! {
    unreachable!("the pattern is one")
}
