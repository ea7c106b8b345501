//! A state that remembers which keys were read: what a proof must cover for somebody else to read the same.

use alloc::collections::BTreeSet;
use core::cell::Cell;

use super::{Lookup, StateRead};
use crate::error::ReadError;
use crate::hash::StateKey;

/// A state beneath, and the keys that were read of it.
///
/// Whoever has run a function over a recorder proves just its [`keys`](Self::keys); whoever runs the same function over
/// that proof reads nothing that is [`ReadError::Unproven`].
pub struct Recorder<S> {
    state: S,
    keys: Cell<BTreeSet<StateKey>>,
}

impl<S: StateRead> Recorder<S> {
    /// A recorder of which nothing has been read yet.
    pub const fn new(state: S) -> Self {
        Self { state, keys: Cell::new(BTreeSet::new()) }
    }

    /// The keys that were read, whatever stood there, also where reading failed.
    #[must_use]
    pub fn keys(self) -> BTreeSet<StateKey> {
        self.keys.into_inner()
    }
}

impl<S: StateRead> StateRead for Recorder<S> {
    type Error = S::Error;

    fn get(&self, key: &StateKey) -> Result<Lookup, ReadError<S::Error>> {
        let mut keys = self.keys.take();
        keys.insert(*key);
        self.keys.set(keys);
        self.state.get(key)
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::state::{Delta, MemoryState};

    #[test]
    fn every_key_that_was_read_is_remembered_once() {
        let (here, nowhere) = (StateKey([1; 32]), StateKey([2; 32]));
        let mut state = MemoryState::new();
        state.apply(&Delta { writes: [(here, Some(Vec::from([7])))].into() });
        let recorder = Recorder::new(&state);
        assert_eq!(recorder.get(&here), Ok(Lookup::Present(Vec::from([7]))));
        assert_eq!(recorder.get(&nowhere), Ok(Lookup::Absent));
        assert_eq!(recorder.get(&here), Ok(Lookup::Present(Vec::from([7]))));
        assert_eq!(recorder.keys(), BTreeSet::from([here, nowhere]));
    }
}
