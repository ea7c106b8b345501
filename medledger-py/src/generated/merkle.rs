//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::{
    At, Class, FromPython, Held, IntoPython, LARGE, answer, argument, run, together, value, word,
};

word!(medledger_sdk::api::merkle::StateStanding, "StateStanding");

value!(medledger_sdk::api::merkle::StateAnswer, "StateAnswer", { key: "key", standing: "standing", value: "value",  });

/// An append-only log in memory: the side that makes proofs.
///
/// >>> log, leaves = MerkleLog(), [bytes([number]) * 32 for number in range(3)]
/// >>> for leaf in leaves:
/// ...     log.append(leaf)
/// >>> (log.size(), log.root() == log_root(leaves))
/// (3, True)
/// >>> check_inclusion(log.root(), 3, 1, leaves[1], log.inclusion(1, 3))
/// >>> check_consistency(log.root_at(2), 2, log.root(), 3, log.consistency(2, 3))
#[pyclass(frozen, module = "medledger")]
pub(super) struct MerkleLog {
    pub(super) held: Held<medledger_sdk::api::merkle::MerkleLog>,
}

impl IntoPython for medledger_sdk::api::merkle::MerkleLog {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, MerkleLog { held: Held::new(self, "merkle log") })?.into_any())
    }
}

#[pymethods]
impl MerkleLog {
    /// The log without leaves.
    #[new]
    #[pyo3(signature = ())]
    fn new() -> PyResult<Self> {
        Ok(Self { held: Held::new(medledger_sdk::api::merkle::MerkleLog::new(), "merkle log") })
    }

    /// Appends a leaf, which is a tagged hash: 32 bytes.
    ///
    /// Errors: API-003 for another length.
    #[pyo3(signature = (leaf))]
    fn append<'py>(slf: &Bound<'py, Self>, leaf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let leaf = argument::<Vec<u8>>(leaf, "leaf")?;
        let mut held = together(py, || slf.get().held.exclusive())?;
        let this = held.get_mut(py)?;
        answer(py, run(py, leaf.len() >= LARGE, || this.append(&leaf)))?.into_python(py)
    }

    /// How many leaves there are.
    #[pyo3(signature = ())]
    fn size<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.size().into_python(py)
    }

    /// The root over all leaves.
    #[pyo3(signature = ())]
    fn root<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        this.root().into_python(py)
    }

    /// The root as it was when the log had `size` leaves.
    ///
    /// Errors: MRK-004 when it has fewer.
    #[pyo3(signature = (size))]
    fn root_at<'py>(slf: &Bound<'py, Self>, size: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let size = argument::<u64>(size, "size")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.root_at(size))?.into_python(py)
    }

    /// The proof, as bytes, that a leaf is in the log as it was with `size` leaves.
    ///
    /// Errors: MRK-004 when the log has fewer leaves, MRK-001 for an index past the end.
    #[pyo3(signature = (index, size))]
    fn inclusion<'py>(
        slf: &Bound<'py, Self>,
        index: &Bound<'py, PyAny>,
        size: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let index = argument::<u64>(index, "index")?;
        let size = argument::<u64>(size, "size")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.inclusion(index, size))?.into_python(py)
    }

    /// The proof, as bytes, that the log as it was with `new_size` leaves begins with its first `old_size`.
    ///
    /// Errors: MRK-004 when the log has fewer leaves, or the old size is the greater one.
    #[pyo3(signature = (old_size, new_size))]
    fn consistency<'py>(
        slf: &Bound<'py, Self>,
        old_size: &Bound<'py, PyAny>,
        new_size: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let old_size = argument::<u64>(old_size, "old_size")?;
        let new_size = argument::<u64>(new_size, "new_size")?;
        let held = together(py, || slf.get().held.shared())?;
        let this = held.get(py)?;
        answer(py, this.consistency(old_size, new_size))?.into_python(py)
    }

    /// Ends it: what it holds is dropped, keys are overwritten. Whoever uses it afterwards gets API-005.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        self.held.close(py)
    }

    fn __enter__<'py>(slf: Bound<'py, Self>) -> Bound<'py, Self> {
        slf
    }

    #[pyo3(signature = (_exc_type, _exc, _traceback, /))]
    fn __exit__(
        &self,
        py: Python<'_>,
        _exc_type: &Bound<'_, PyAny>,
        _exc: &Bound<'_, PyAny>,
        _traceback: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        self.held.close(py)
    }
}

/// The root of the log with these leaves, in their order. A leaf is a tagged hash: 32 bytes.
///
/// Errors: API-003 for a leaf of another length.
///
/// >>> len(log_root([bytes(32), b"1" * 32]))
/// 64
#[pyfunction]
#[pyo3(signature = (leaves))]
fn log_root<'py>(py: Python<'py>, leaves: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let leaves = argument::<Vec<Vec<u8>>>(leaves, "leaves")?;
    answer(py, run(py, true, || medledger_sdk::api::merkle::log_root(&leaves)))?.into_python(py)
}

/// Checks that a log with this root and size has this leaf at an index. The root and the size must come from where both
/// were signed, never from whoever brings the proof: a proof also holds for other sizes.
///
/// Errors: MRK-001 for an index past the end, MRK-002 for a proof of another length, MRK-003 for one that leads elsewhere; COD
/// rules for bytes that are no `InclusionProof`.
///
/// >>> log = MerkleLog()
/// >>> log.append(b"a" * 32)
/// >>> check_inclusion(log.root(), 1, 0, b"a" * 32, log.inclusion(0, 1))
/// >>> check_inclusion(log.root(), 1, 0, b"b" * 32, log.inclusion(0, 1))
/// Traceback (most recent call last):
/// ...
/// medledger.errors.Invalid: MRK-…
#[pyfunction]
#[pyo3(signature = (root, size, index, leaf, proof))]
fn check_inclusion<'py>(
    py: Python<'py>,
    root: &Bound<'py, PyAny>,
    size: &Bound<'py, PyAny>,
    index: &Bound<'py, PyAny>,
    leaf: &Bound<'py, PyAny>,
    proof: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let root = argument::<String>(root, "root")?;
    let size = argument::<u64>(size, "size")?;
    let index = argument::<u64>(index, "index")?;
    let leaf = argument::<Vec<u8>>(leaf, "leaf")?;
    let proof = argument::<Vec<u8>>(proof, "proof")?;
    answer(
        py,
        run(py, leaf.len() >= LARGE || proof.len() >= LARGE, || {
            medledger_sdk::api::merkle::check_inclusion(&root, size, index, &leaf, &proof)
        }),
    )?
    .into_python(py)
}

/// Checks that the log with the new root and size begins with the log with the old ones.
///
/// Errors: MRK-004 when the new one is smaller, MRK-005 for a proof of another length, MRK-006 and MRK-007 for one that does not
/// lead to the old or the new root; COD rules for bytes that are no `ConsistencyProof`.
///
/// >>> log = MerkleLog()
/// >>> log.append(b"a" * 32)
/// >>> old = log.root()
/// >>> log.append(b"b" * 32)
/// >>> check_consistency(old, 1, log.root(), 2, log.consistency(1, 2))
#[pyfunction]
#[pyo3(signature = (old_root, old_size, new_root, new_size, proof))]
fn check_consistency<'py>(
    py: Python<'py>,
    old_root: &Bound<'py, PyAny>,
    old_size: &Bound<'py, PyAny>,
    new_root: &Bound<'py, PyAny>,
    new_size: &Bound<'py, PyAny>,
    proof: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let old_root = argument::<String>(old_root, "old_root")?;
    let old_size = argument::<u64>(old_size, "old_size")?;
    let new_root = argument::<String>(new_root, "new_root")?;
    let new_size = argument::<u64>(new_size, "new_size")?;
    let proof = argument::<Vec<u8>>(proof, "proof")?;
    answer(
        py,
        run(py, proof.len() >= LARGE, || {
            medledger_sdk::api::merkle::check_consistency(&old_root, old_size, &new_root, new_size, &proof)
        }),
    )?
    .into_python(py)
}

/// Checks a proof about the state under a root, and says what it shows of each of these keys, in their order. The proof is a
/// `ValueProof` as bytes. A key that it does not cover is unproven, which is not absent.
///
/// Errors: MRK-020 to MRK-029 for a proof that does not hold, STA-001 and STA-002 for other values, COD rules for other bytes.
///
/// >>> check_state_proof("00" * 32, b"", [])
/// Traceback (most recent call last):
/// ...
/// medledger.errors.Malformed: COD-…
#[pyfunction]
#[pyo3(signature = (root, proof, keys))]
fn check_state_proof<'py>(
    py: Python<'py>,
    root: &Bound<'py, PyAny>,
    proof: &Bound<'py, PyAny>,
    keys: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let root = argument::<String>(root, "root")?;
    let proof = argument::<Vec<u8>>(proof, "proof")?;
    let keys = argument::<Vec<String>>(keys, "keys")?;
    answer(
        py,
        run(py, proof.len() >= LARGE, || medledger_sdk::api::merkle::check_state_proof(&root, &proof, &keys)),
    )?
    .into_python(py)
}

/// Checks a proof about the state under a root, which must be about just these keys: what answers a question says nothing
/// else. The proof is a `StateProof` as bytes, without values.
///
/// Errors: MRK-030 when it is about other keys, MRK-020 to MRK-029 when it does not hold, COD rules for other bytes.
///
/// >>> check_state_keys("00" * 32, b"", [])
/// Traceback (most recent call last):
/// ...
/// medledger.errors.Malformed: COD-…
#[pyfunction]
#[pyo3(signature = (root, proof, keys))]
fn check_state_keys<'py>(
    py: Python<'py>,
    root: &Bound<'py, PyAny>,
    proof: &Bound<'py, PyAny>,
    keys: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let root = argument::<String>(root, "root")?;
    let proof = argument::<Vec<u8>>(proof, "proof")?;
    let keys = argument::<Vec<String>>(keys, "keys")?;
    answer(
        py,
        run(py, proof.len() >= LARGE, || medledger_sdk::api::merkle::check_state_keys(&root, &proof, &keys)),
    )?
    .into_python(py)
}

pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<MerkleLog>()?;
    module.add_function(wrap_pyfunction!(log_root, module)?)?;
    module.add_function(wrap_pyfunction!(check_inclusion, module)?)?;
    module.add_function(wrap_pyfunction!(check_consistency, module)?)?;
    module.add_function(wrap_pyfunction!(check_state_proof, module)?)?;
    module.add_function(wrap_pyfunction!(check_state_keys, module)?)?;
    Ok(())
}
