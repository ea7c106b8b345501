//! Proofs about append-only logs (RFC 9162 §2.1, with SHA3-256) and about the state's tree.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::codec::encode;
use medledger_core::error::ReadError;
use medledger_core::hash::{Digest32, LogRoot, StateKey, StateRoot};
use medledger_core::limits::PROOF;
use medledger_core::merkle::{ConsistencyProof, InclusionProof, Log};
use medledger_core::state::{Lookup, StateRead, ValueProof};

use super::error::Error;
use super::parse;
use super::units::{Bytes, words};

const ROOT: &str = "a root: 64 digits of hex";

fn log_root_of(argument: &'static str, text: &str) -> Result<LogRoot, Error> {
    parse::hex(argument, ROOT, text, LogRoot::from_hex)
}

/// The root of the log with these leaves, in their order. A leaf is a tagged hash: 32 bytes.
///
/// # Errors
/// API-003 for a leaf of another length.
pub fn log_root(leaves: &[Vec<u8>]) -> Result<String, Error> {
    let leaves: Vec<Digest32> =
        leaves.iter().map(|leaf| parse::exactly("leaves", leaf)).collect::<Result<_, _>>()?;
    Ok(Log::from_data(&leaves).root().to_string())
}

/// Checks that a log with this root and size has this leaf at an index. The root and the size must come from where both
/// were signed, never from whoever brings the proof: a proof also holds for other sizes.
///
/// # Errors
/// MRK-001 for an index past the end, MRK-002 for a proof of another length, MRK-003 for one that leads elsewhere; COD
/// rules for bytes that are no `InclusionProof`.
pub fn check_inclusion(root: &str, size: u64, index: u64, leaf: &[u8], proof: &[u8]) -> Result<(), Error> {
    let root = log_root_of("root", root)?;
    let leaf = parse::exactly("leaf", leaf)?;
    let proof: InclusionProof = parse::wire(proof, &PROOF)?;
    Ok(proof.verify(&root, size, index, &leaf)?)
}

/// Checks that the log with the new root and size begins with the log with the old ones.
///
/// # Errors
/// MRK-004 when the new one is smaller, MRK-005 for a proof of another length, MRK-006 and MRK-007 for one that does not
/// lead to the old or the new root; COD rules for bytes that are no `ConsistencyProof`.
pub fn check_consistency(
    old_root: &str,
    old_size: u64,
    new_root: &str,
    new_size: u64,
    proof: &[u8],
) -> Result<(), Error> {
    let old = log_root_of("old_root", old_root)?;
    let new = log_root_of("new_root", new_root)?;
    let proof: ConsistencyProof = parse::wire(proof, &PROOF)?;
    Ok(proof.verify((old_size, &old), (new_size, &new))?)
}

/// An append-only log in memory: the side that makes proofs.
#[derive(Debug, Default)]
pub struct MerkleLog(Log);

impl MerkleLog {
    /// The log without leaves.
    #[must_use]
    pub fn new() -> Self {
        Self(Log::new())
    }

    /// Appends a leaf, which is a tagged hash: 32 bytes.
    ///
    /// # Errors
    /// API-003 for another length.
    pub fn append(&mut self, leaf: &[u8]) -> Result<(), Error> {
        self.0.append(&parse::exactly("leaf", leaf)?);
        Ok(())
    }

    /// How many leaves there are.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.0.size()
    }

    /// The root over all leaves.
    #[must_use]
    pub fn root(&self) -> String {
        self.0.root().to_string()
    }

    /// The root as it was when the log had `size` leaves.
    ///
    /// # Errors
    /// MRK-004 when it has fewer.
    pub fn root_at(&self, size: u64) -> Result<String, Error> {
        Ok(self.0.root_at(size)?.to_string())
    }

    /// The proof, as bytes, that a leaf is in the log as it was with `size` leaves.
    ///
    /// # Errors
    /// MRK-004 when the log has fewer leaves, MRK-001 for an index past the end.
    pub fn inclusion(&self, index: u64, size: u64) -> Result<Vec<u8>, Error> {
        Ok(encode(&self.0.inclusion_at(index, size)?)?)
    }

    /// The proof, as bytes, that the log as it was with `new_size` leaves begins with its first `old_size`.
    ///
    /// # Errors
    /// MRK-004 when the log has fewer leaves, or the old size is the greater one.
    pub fn consistency(&self, old_size: u64, new_size: u64) -> Result<Vec<u8>, Error> {
        Ok(encode(&self.0.consistency(old_size, new_size)?)?)
    }
}

words! {
    /// What a proof says of a key of the state.
    pub enum StateStanding {
        /// A value stands there.
        Present = "present",
        /// Nothing stands there.
        Absent = "absent",
        /// It says nothing about this key.
        Unproven = "unproven",
    }
}

/// What a proof says of one key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StateAnswer {
    /// The key.
    pub key: String,
    /// What is said.
    pub standing: StateStanding,
    /// The value, where there is one.
    pub value: Option<Bytes>,
}

/// Checks a proof about the state under a root, and says what it shows of each of these keys, in their order. The proof is a
/// `ValueProof` as bytes. A key that it does not cover is unproven, which is not absent.
///
/// # Errors
/// MRK-020 to MRK-029 for a proof that does not hold, STA-001 and STA-002 for other values, COD rules for other bytes.
pub fn check_state_proof(root: &str, proof: &[u8], keys: &[String]) -> Result<Vec<StateAnswer>, Error> {
    let root = parse::hex("root", ROOT, root, StateRoot::from_hex)?;
    let wanted = "a key of the state: 64 digits of hex";
    let keys: Vec<StateKey> = keys
        .iter()
        .map(|key| parse::hex("keys", wanted, key, StateKey::from_hex))
        .collect::<Result<_, _>>()?;
    let proven = parse::wire::<ValueProof>(proof, &PROOF)?.verify(&root)?;
    let answer = |key: StateKey| {
        let (standing, value) = match proven.get(&key) {
            Ok(Lookup::Present(value)) => (StateStanding::Present, Some(Bytes(value))),
            Ok(Lookup::Absent) => (StateStanding::Absent, None),
            Err(ReadError::Unproven | ReadError::Damaged { .. } | ReadError::Store(_)) => {
                (StateStanding::Unproven, None)
            }
        };
        StateAnswer { key: key.to_string(), standing, value }
    };
    Ok(keys.into_iter().map(answer).collect())
}

/// Checks a proof about the state under a root, which must be about just these keys: what answers a question says nothing
/// else. The proof is a `StateProof` as bytes, without values.
///
/// # Errors
/// MRK-030 when it is about other keys, MRK-020 to MRK-029 when it does not hold, COD rules for other bytes.
pub fn check_state_keys(root: &str, proof: &[u8], keys: &[String]) -> Result<Vec<StateAnswer>, Error> {
    let root = parse::hex("root", ROOT, root, StateRoot::from_hex)?;
    let wanted = "a key of the state: 64 digits of hex";
    let asked: BTreeSet<StateKey> = keys
        .iter()
        .map(|key| parse::hex("keys", wanted, key, StateKey::from_hex))
        .collect::<Result<_, _>>()?;
    let proven =
        parse::wire::<medledger_core::merkle::tree::StateProof>(proof, &PROOF)?.verify_for(&root, &asked)?;
    let answer = |(key, value): (StateKey, Option<medledger_core::hash::ValueHash>)| StateAnswer {
        key: key.to_string(),
        standing: if value.is_some() { StateStanding::Present } else { StateStanding::Absent },
        value: value.map(|value| Bytes(value.as_ref().to_vec())),
    };
    Ok(proven.into_iter().map(answer).collect())
}

#[cfg(test)]
mod tests;
