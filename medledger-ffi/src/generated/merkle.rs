//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use std::sync::Arc;

use crate::support::{Give, Held, MedledgerError, answer, together, value, word};

word! {
    /// What a proof says of a key of the state.
    StateStanding = medledger_sdk::api::merkle::StateStanding {
        /// A value stands there.
        Present,
        /// Nothing stands there.
        Absent,
        /// It says nothing about this key.
        Unproven,
    }
}

value! {
    /// What a proof says of one key.
    #[uniffi::export(Eq, Hash)]
    StateAnswer = medledger_sdk::api::merkle::StateAnswer {
        /// The key.
        key: String,
        /// What is said.
        standing: crate::StateStanding,
        /// The value, where there is one.
        #[uniffi(default = None)]
        value: Option<Vec<u8>>,
    }
}

/// An append-only log in memory: the side that makes proofs.
#[derive(uniffi::Object)]
pub struct MerkleLog {
    pub(super) held: Held<medledger_sdk::api::merkle::MerkleLog>,
}

impl Give<Arc<MerkleLog>> for medledger_sdk::api::merkle::MerkleLog {
    fn give(self) -> Arc<MerkleLog> {
        Arc::new(MerkleLog { held: Held::new(self, "merkle log") })
    }
}

#[uniffi::export]
impl MerkleLog {
    /// The log without leaves.
    #[uniffi::constructor]
    pub fn new() -> Result<Arc<crate::MerkleLog>, MedledgerError> {
        Ok(medledger_sdk::api::merkle::MerkleLog::new().give())
    }

    /// Appends a leaf, which is a tagged hash: 32 bytes.
    ///
    /// Errors: API-003 for another length.
    pub fn append(&self, leaf: Vec<u8>) -> Result<(), MedledgerError> {
        let mut held = together(|| self.held.exclusive())?;
        answer(held.append(&leaf))
    }

    /// How many leaves there are.
    pub fn size(&self) -> Result<u64, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.size().give())
    }

    /// The root over all leaves.
    pub fn root(&self) -> Result<String, MedledgerError> {
        let held = together(|| self.held.shared())?;
        Ok(held.root().give())
    }

    /// The root as it was when the log had `size` leaves.
    ///
    /// Errors: MRK-004 when it has fewer.
    pub fn root_at(&self, size: u64) -> Result<String, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.root_at(size))
    }

    /// The proof, as bytes, that a leaf is in the log as it was with `size` leaves.
    ///
    /// Errors: MRK-004 when the log has fewer leaves, MRK-001 for an index past the end.
    pub fn inclusion(&self, index: u64, size: u64) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.inclusion(index, size))
    }

    /// The proof, as bytes, that the log as it was with `newSize` leaves begins with its first `oldSize`.
    ///
    /// Errors: MRK-004 when the log has fewer leaves, or the old size is the greater one.
    pub fn consistency(&self, old_size: u64, new_size: u64) -> Result<Vec<u8>, MedledgerError> {
        let held = together(|| self.held.shared())?;
        answer(held.consistency(old_size, new_size))
    }
}

/// The root of the log with these leaves, in their order. A leaf is a tagged hash: 32 bytes.
///
/// Errors: API-003 for a leaf of another length.
#[uniffi::export]
pub fn log_root(leaves: Vec<Vec<u8>>) -> Result<String, MedledgerError> {
    answer(medledger_sdk::api::merkle::log_root(&leaves))
}

/// Checks that a log with this root and size has this leaf at an index. The root and the size must come from where both
/// were signed, never from whoever brings the proof: a proof also holds for other sizes.
///
/// Errors: MRK-001 for an index past the end, MRK-002 for a proof of another length, MRK-003 for one that leads elsewhere; COD
/// rules for bytes that are no `InclusionProof`.
#[uniffi::export]
pub fn check_inclusion(
    root: String,
    size: u64,
    index: u64,
    leaf: Vec<u8>,
    proof: Vec<u8>,
) -> Result<(), MedledgerError> {
    answer(medledger_sdk::api::merkle::check_inclusion(&root, size, index, &leaf, &proof))
}

/// Checks that the log with the new root and size begins with the log with the old ones.
///
/// Errors: MRK-004 when the new one is smaller, MRK-005 for a proof of another length, MRK-006 and MRK-007 for one that does not
/// lead to the old or the new root; COD rules for bytes that are no `ConsistencyProof`.
#[uniffi::export]
pub fn check_consistency(
    old_root: String,
    old_size: u64,
    new_root: String,
    new_size: u64,
    proof: Vec<u8>,
) -> Result<(), MedledgerError> {
    answer(medledger_sdk::api::merkle::check_consistency(&old_root, old_size, &new_root, new_size, &proof))
}

/// Checks a proof about the state under a root, and says what it shows of each of these keys, in their order. The proof is a
/// `ValueProof` as bytes. A key that it does not cover is unproven, which is not absent.
///
/// Errors: MRK-020 to MRK-029 for a proof that does not hold, STA-001 and STA-002 for other values, COD rules for other bytes.
#[uniffi::export]
pub fn check_state_proof(
    root: String,
    proof: Vec<u8>,
    keys: Vec<String>,
) -> Result<Vec<crate::StateAnswer>, MedledgerError> {
    answer(medledger_sdk::api::merkle::check_state_proof(&root, &proof, &keys))
}

/// Checks a proof about the state under a root, which must be about just these keys: what answers a question says nothing
/// else. The proof is a `StateProof` as bytes, without values.
///
/// Errors: MRK-030 when it is about other keys, MRK-020 to MRK-029 when it does not hold, COD rules for other bytes.
#[uniffi::export]
pub fn check_state_keys(
    root: String,
    proof: Vec<u8>,
    keys: Vec<String>,
) -> Result<Vec<crate::StateAnswer>, MedledgerError> {
    answer(medledger_sdk::api::merkle::check_state_keys(&root, &proof, &keys))
}
