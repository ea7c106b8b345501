//! The part of a state that a proof shows: what a browser or an auditor reads.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::convert::Infallible;
use serde_bytes::ByteBuf;

use super::{Lookup, StateRead};
use crate::error::ReadError;
use crate::hash::{StateKey, StateRoot};
use crate::merkle::tree::{StateProof, TreeError, TreeRead, prove, value_hash};

rules! {
    /// Why a proof of values is refused.
    pub enum ValueError: STA {
        /// Another number of values than of keys that are present.
        1 ValueCount { expected: u64, actual: u64 }:
            "a proof carries the value of each key that it shows to be present",
            "{actual} values, {expected} keys are shown to be present";
        /// A value that is not the one under the root.
        2 WrongValue { key: StateKey }:
            "a value is the one whose hash the proof shows",
            "the value of key {key} is not the one that the proof shows";
    }
}

/// Why a proof of values is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StateError {
    /// The tree's proof.
    #[error(transparent)]
    Tree(#[from] TreeError),
    /// The values beside it.
    #[error(transparent)]
    Value(#[from] ValueError),
}

crate::coded!(StateError { Tree, Value });

wire! {
    /// A proof of what stands under some keys, with the values.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ValueProof {
        /// The proof, for all keys at once.
        pub proof: StateProof,
        /// The values of those keys that are present, in the order of the keys.
        pub values: Vec<ByteBuf>,
    }
}

impl ValueProof {
    /// Proves what stands under these keys.
    ///
    /// # Errors
    /// What reading the state or its tree gives.
    pub fn new<E, S, T>(state: &S, tree: &T, keys: &BTreeSet<StateKey>) -> Result<Self, ReadError<E>>
    where
        S: StateRead<Error = E>,
        T: TreeRead<Error = E>,
    {
        let proof = prove(tree, keys)?;
        let mut values = Vec::new();
        for key in keys {
            if let Lookup::Present(value) = state.get(key)? {
                values.push(ByteBuf::from(value));
            }
        }
        Ok(Self { proof, values })
    }

    /// The part of the state that the proof shows under this root.
    ///
    /// # Errors
    /// [`StateError`].
    pub fn verify(&self, root: &StateRoot) -> Result<ProvenState, StateError> {
        let hashes = self.proof.verify(root)?;
        let present = hashes.values().flatten().count();
        if present != self.values.len() {
            let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
            return Err(ValueError::ValueCount {
                expected: count(present),
                actual: count(self.values.len()),
            }
            .into());
        }
        let mut values = self.values.iter();
        let mut proven = BTreeMap::new();
        for (key, hash) in hashes {
            let value = match hash {
                None => None,
                Some(hash) => {
                    let value = values.next().filter(|value| value_hash(value) == hash);
                    Some(value.ok_or(ValueError::WrongValue { key })?.to_vec())
                }
            };
            proven.insert(key, value);
        }
        Ok(ProvenState { values: proven })
    }
}

/// The part of a state that a proof shows. A key that the proof does not cover is [`ReadError::Unproven`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvenState {
    values: BTreeMap<StateKey, Option<Vec<u8>>>,
}

impl ProvenState {
    /// How many keys the proof covers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether it covers none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

impl StateRead for ProvenState {
    type Error = Infallible;

    fn get(&self, key: &StateKey) -> Result<Lookup, ReadError<Infallible>> {
        match self.values.get(key) {
            Some(Some(value)) => Ok(Lookup::Present(value.clone())),
            Some(None) => Ok(Lookup::Absent),
            None => Err(ReadError::Unproven),
        }
    }
}
