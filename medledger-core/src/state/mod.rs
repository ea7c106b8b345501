//! The state: one authenticated map from keys to values, what is stored where, and who can read it.
//!
//! | file | what it holds |
//! | --- | --- |
//! | [`address`] | every kind of object in the state, and its key |
//! | [`logs`] | the three logs of a subject: timeline, access, authority |
//! | [`slots`] | the set of a subject's active consents |
//! | [`params`], [`validators`] | the parameters in force; the validators, now and scheduled |
//! | [`memory`] | a state in memory |
//! | [`proven`] | the part of a state that a proof shows |
//! | [`recorder`] | a state that remembers which keys were read |

pub mod address;
pub mod logs;
pub mod memory;
pub mod params;
pub mod proven;
pub mod recorder;
pub mod slots;
pub mod validators;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::codec::{Wire, decode};
use crate::error::ReadError;
use crate::hash::{StateKey, ValueHash};
use crate::limits::STATE_VALUE;
use crate::merkle::tree::value_hashes;

pub use address::Address;
pub use logs::{Event, LogEntry, LogKind, LogLeaf};
pub use memory::MemoryState;
pub use params::Params;
pub use proven::{ProvenState, StateError, ValueError, ValueProof};
pub use recorder::Recorder;
pub use slots::{ActiveConsents, ConsentSlot};
pub use validators::{Schedule, Validator, ValidatorSet};

/// What stands under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// This value.
    Present(Vec<u8>),
    /// Nothing, and that is certain.
    Absent,
}

/// A state that can be read. What a proof does not cover is [`ReadError::Unproven`], never [`Lookup::Absent`].
pub trait StateRead {
    /// How the store behind it fails.
    type Error;

    /// What stands under a key.
    ///
    /// # Errors
    /// [`ReadError`].
    fn get(&self, key: &StateKey) -> Result<Lookup, ReadError<Self::Error>>;
}

impl<S: StateRead + ?Sized> StateRead for &S {
    type Error = S::Error;

    fn get(&self, key: &StateKey) -> Result<Lookup, ReadError<Self::Error>> {
        (**self).get(key)
    }
}

/// Reads and decodes the value at an address.
///
/// # Errors
/// [`ReadError::Damaged`] when what stands there is not a value of that kind.
pub fn read<T: Wire, S: StateRead + ?Sized>(
    state: &S,
    at: &Address,
) -> Result<Option<T>, ReadError<S::Error>> {
    read_at(state, &at.key())
}

/// [`read`] of an address whose key is at hand.
pub(crate) fn read_at<T: Wire, S: StateRead + ?Sized>(
    state: &S,
    key: &StateKey,
) -> Result<Option<T>, ReadError<S::Error>> {
    match state.get(key)? {
        Lookup::Absent => Ok(None),
        Lookup::Present(bytes) => {
            decode(&bytes, &STATE_VALUE).map(Some).map_err(|_| ReadError::Damaged { what: T::SCHEMA.name })
        }
    }
}

/// What a block changes: by key, the new value or that there is none any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delta {
    /// The changes, in the order of their keys.
    pub writes: BTreeMap<StateKey, Option<Vec<u8>>>,
}

impl Delta {
    /// The changes as the state tree takes them.
    #[must_use]
    pub fn value_hashes(&self) -> BTreeMap<StateKey, Option<ValueHash>> {
        let values: Vec<&[u8]> = self.writes.values().filter_map(Option::as_deref).collect();
        let mut hashes = value_hashes(&values);
        self.writes.iter().map(|(key, value)| (*key, value.as_ref().and_then(|_| hashes.next()))).collect()
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "numbers of the tests' own making")]
mod tests;
