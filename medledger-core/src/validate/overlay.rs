//! The state as the transactions before have left it.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::codec::{Wire, encode};
use crate::error::ReadError;
use crate::hash::StateKey;
use crate::state::{Address, Delta, Lookup, StateRead};

/// A state with changes on top of it that are not yet in it.
pub struct Overlay<'a, S> {
    base: &'a S,
    writes: BTreeMap<StateKey, Option<Vec<u8>>>,
}

impl<'a, S: StateRead> Overlay<'a, S> {
    /// A state without changes.
    pub const fn new(base: &'a S) -> Self {
        Self { base, writes: BTreeMap::new() }
    }

    /// Writes a value.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] for a value that can't be encoded, which no wire type gives.
    pub fn put<T: Wire>(&mut self, at: &Address, value: &T) -> Result<(), ReadError<S::Error>> {
        self.put_at(at.key(), value)
    }

    /// [`Self::put`] at an address whose key is at hand.
    pub(super) fn put_at<T: Wire>(&mut self, key: StateKey, value: &T) -> Result<(), ReadError<S::Error>> {
        let bytes = encode(value).map_err(|_| ReadError::Damaged { what: T::SCHEMA.name })?;
        self.writes.insert(key, Some(bytes));
        Ok(())
    }

    /// Whether a change lies on top of what stands under a key.
    pub(super) fn has_changed(&self, key: &StateKey) -> bool {
        self.writes.contains_key(key)
    }

    /// Applies changes that were prepared.
    pub fn apply(&mut self, writes: Vec<(StateKey, Option<Vec<u8>>)>) {
        self.writes.extend(writes);
    }

    /// What changed.
    #[must_use]
    pub fn into_delta(self) -> Delta {
        Delta { writes: self.writes }
    }
}

impl<S: StateRead> StateRead for Overlay<'_, S> {
    type Error = S::Error;

    fn get(&self, key: &StateKey) -> Result<Lookup, ReadError<S::Error>> {
        match self.writes.get(key) {
            Some(Some(value)) => Ok(Lookup::Present(value.clone())),
            Some(None) => Ok(Lookup::Absent),
            None => self.base.get(key),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::World;

    /// What a block has removed is absent for the transactions after, although the store still has it.
    #[test]
    fn what_was_removed_is_absent() {
        let world = World::new();
        let (params, headers) = (Address::Params.key(), Address::Headers.key());
        let stored = world.state.get(&params).unwrap();
        assert!(matches!(stored, Lookup::Present(_)));
        let mut overlay = Overlay::new(&world.state);
        overlay.apply(Vec::from([(params, None), (headers, Some(Vec::from([1])))]));
        assert_eq!(overlay.get(&params).unwrap(), Lookup::Absent);
        assert_eq!(overlay.get(&headers).unwrap(), Lookup::Present(Vec::from([1])));
        assert_eq!(world.state.get(&params).unwrap(), stored);
        let mut after = world.state.clone();
        after.apply(&overlay.into_delta());
        assert_eq!(after.get(&params).unwrap(), Lookup::Absent);
    }
}
