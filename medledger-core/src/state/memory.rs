//! A state in memory.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::convert::Infallible;

use super::{Delta, Lookup, StateRead};
use crate::error::ReadError;
use crate::hash::StateKey;

/// A state held whole in memory: for tests, simulations and a ledger in one process.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemoryState {
    values: BTreeMap<StateKey, Vec<u8>>,
}

impl MemoryState {
    /// A state without values.
    #[must_use]
    pub const fn new() -> Self {
        Self { values: BTreeMap::new() }
    }

    /// Applies what a block changes.
    pub fn apply(&mut self, delta: &Delta) {
        for (key, value) in &delta.writes {
            match value {
                Some(value) => self.values.insert(*key, value.clone()),
                None => self.values.remove(key),
            };
        }
    }

    /// The values, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&StateKey, &Vec<u8>)> {
        self.values.iter()
    }

    /// How many values there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

impl StateRead for MemoryState {
    type Error = Infallible;

    fn get(&self, key: &StateKey) -> Result<Lookup, ReadError<Infallible>> {
        Ok(self.values.get(key).map_or(Lookup::Absent, |value| Lookup::Present(value.clone())))
    }
}
