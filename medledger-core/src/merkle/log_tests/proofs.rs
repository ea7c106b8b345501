//! Proofs: the honest hold, and nothing that was changed does.

use super::*;
use crate::codec::{decode, encode};
use crate::limits::PROOF;
use crate::merkle::peaks::Peaks;
use crate::merkle::proof::{ConsistencyProof, InclusionProof};
use crate::merkle::range::CompactRange;
use proptest::prelude::*;

const SIZES: u64 = 13;

/// Every proof that differs from this one by one bit, or by one hash dropped, added, doubled or swapped.
pub(super) fn changes(path: &[NodeHash]) -> Vec<Vec<NodeHash>> {
    let mut all = Vec::new();
    let mut change = |f: &dyn Fn(&mut Vec<NodeHash>)| {
        let mut changed = path.to_vec();
        f(&mut changed);
        if changed != path {
            all.push(changed);
        }
    };
    for at in 0..path.len() {
        for bit in 0..256 {
            change(&|path| path[at].0[bit / 8] ^= 1 << (bit % 8));
        }
        change(&|path| {
            path.remove(at);
        });
        change(&|path| path.insert(at, path[at]));
        for other in 0..at {
            change(&|path| path.swap(at, other));
        }
    }
    for at in 0..=path.len() {
        change(&|path| path.insert(at, NodeHash([0; 32])));
    }
    all
}

/// The largest power of two below a size of at least 2.
fn largest_power_below(size: u64) -> u64 {
    1 << (size - 1).ilog2()
}

/// The sides on which the siblings of a leaf lie, from the definition of PATH in RFC 9162 §2.1.3.1.
fn sides(index: u64, size: u64) -> String {
    if size <= 1 {
        return String::new();
    }
    let k = largest_power_below(size);
    if index < k { sides(index, k) + "r" } else { sides(index - k, size - k) + "l" }
}

/// The same for SUBPROOF of §2.1.4.1: what stands first is the hash of a subtree, or the old root.
fn subproof(old: u64, new: u64, whole: bool) -> String {
    if old == new {
        return if whole { String::new() } else { "s".into() };
    }
    let k = largest_power_below(new);
    if old <= k { subproof(old, k, whole) + "r" } else { subproof(old - k, new - k, false) + "l" }
}

#[test]
fn changed_inclusion_proofs_are_refused() {
    let log = log(SIZES);
    for (size, index) in (1..=SIZES).flat_map(|size| (0..size).map(move |index| (size, index))) {
        let root = log.root_at(size).unwrap();
        let proof = log.inclusion_at(index, size).unwrap();
        assert_eq!(proof.verify(&root, size, index, &datum(index)), Ok(()));
        assert_eq!(proof.root_of(size, index, &datum(index)), Ok(root));
        for path in changes(&proof.path) {
            let expected = if path.len() == proof.path.len() { "MRK-003" } else { "MRK-002" };
            assert_eq!(rule(InclusionProof { path }.verify(&root, size, index, &datum(index))), expected);
        }
        for bit in 0..256 {
            let (mut other, mut changed) = (root, datum(index));
            other.0[bit / 8] ^= 1 << (bit % 8);
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(rule(proof.verify(&other, size, index, &datum(index))), "MRK-003");
            assert_eq!(rule(proof.verify(&root, size, index, &changed)), "MRK-003");
        }
    }
}

/// Under another index or size a proof holds just where the sides of its siblings are the same: the size must
/// come with the root.
#[test]
fn another_index_or_size_holds_only_with_the_same_sides() {
    let log = log(SIZES);
    for (size, index) in (1..=SIZES).flat_map(|size| (0..size).map(move |index| (size, index))) {
        let root = log.root_at(size).unwrap();
        let proof = log.inclusion_at(index, size).unwrap();
        for (other_size, other) in (0..=SIZES + 5).flat_map(|size| (0..=size).map(move |index| (size, index)))
        {
            let same = other < other_size && sides(other, other_size) == sides(index, size);
            let held = proof.verify(&root, other_size, other, &datum(index));
            assert_eq!(held.is_ok(), same, "{index} of {size} as {other} of {other_size}: {held:?}");
            // In the log's own size no other index does.
            assert!(other_size != size || other == index || held.is_err());
        }
    }
}

#[test]
fn the_proof_of_leaf_4_of_5_is_also_one_of_leaf_2_of_3() {
    let log = log(5);
    let proof = log.inclusion(4).unwrap();
    assert_eq!(proof.verify(&log.root(), 5, 4, &datum(4)), Ok(()));
    assert_eq!(proof.verify(&log.root(), 3, 2, &datum(4)), Ok(()));
}

#[test]
fn an_index_outside_is_refused() {
    let log = log(5);
    let proof = log.inclusion(4).unwrap();
    for (size, index) in [(5, 5), (5, u64::MAX), (0, 0), (4, 4)] {
        assert_eq!(rule(proof.verify(&log.root(), size, index, &datum(4))), "MRK-001");
    }
    assert_eq!(rule(log.inclusion(5)), "MRK-001");
    assert_eq!(rule(Log::new().inclusion(0)), "MRK-001");
    assert_eq!(rule(log.inclusion_at(0, 6)), "MRK-004");
}

#[test]
fn changed_consistency_proofs_are_refused() {
    let log = log(SIZES);
    for (old, new) in (1..=SIZES).flat_map(|new| (0..=new).map(move |old| (old, new))) {
        let (old_root, new_root) = (log.root_at(old).unwrap(), log.root_at(new).unwrap());
        let proof = log.consistency(old, new).unwrap();
        assert_eq!(proof.verify((old, &old_root), (new, &new_root)), Ok(()), "{old} to {new}");
        for path in changes(&proof.path) {
            let same_length = path.len() == proof.path.len();
            let refused = rule(ConsistencyProof { path }.verify((old, &old_root), (new, &new_root)));
            if same_length {
                assert!(["MRK-006", "MRK-007"].contains(&refused.as_str()), "{old} to {new}: {refused}");
            } else {
                assert_eq!(refused, "MRK-005");
            }
        }
        for bit in 0..256 {
            let (mut other_old, mut other_new) = (old_root, new_root);
            other_old.0[bit / 8] ^= 1 << (bit % 8);
            other_new.0[bit / 8] ^= 1 << (bit % 8);
            assert!(proof.verify((old, &other_old), (new, &new_root)).is_err(), "{old} to {new}");
            // From the empty log every log is consistent.
            assert_eq!(proof.verify((old, &old_root), (new, &other_new)).is_ok(), old == 0, "{old} to {new}");
        }
    }
}

#[test]
fn other_sizes_hold_only_with_the_same_shape() {
    let log = log(SIZES);
    for (old, new) in (2..=SIZES).flat_map(|new| (1..new).map(move |old| (old, new))) {
        let (old_root, new_root) = (log.root_at(old).unwrap(), log.root_at(new).unwrap());
        let proof = log.consistency(old, new).unwrap();
        for (a, b) in (0..=SIZES + 5).flat_map(|b| (0..=b + 1).map(move |a| (a, b))) {
            let same = 0 < a && a < b && subproof(a, b, true) == subproof(old, new, true);
            let held = proof.verify((a, &old_root), (b, &new_root));
            assert_eq!(held.is_ok(), same, "{old} to {new} as {a} to {b}: {held:?}");
        }
    }
}

#[test]
fn each_fault_of_a_consistency_proof_has_its_rule() {
    let log = log(7);
    let (three, seven) = (log.root_at(3).unwrap(), log.root());
    let proof = log.consistency(3, 7).unwrap();
    assert_eq!(rule(proof.verify((7, &seven), (3, &three))), "MRK-004");
    assert_eq!(rule(log.consistency(4, 3)), "MRK-004");
    assert_eq!(rule(log.consistency(3, 8)), "MRK-004");
    assert_eq!(rule(ConsistencyProof::default().verify((3, &three), (7, &seven))), "MRK-005");
    assert_eq!(rule(proof.verify((3, &three), (3, &three))), "MRK-005");
    assert_eq!(rule(proof.verify((0, &EMPTY_ROOT), (7, &seven))), "MRK-005");
    assert_eq!(rule(proof.verify((3, &seven), (7, &seven))), "MRK-006");
    assert_eq!(rule(ConsistencyProof::default().verify((0, &seven), (7, &seven))), "MRK-006");
    assert_eq!(rule(proof.verify((3, &three), (7, &three))), "MRK-007");
    assert_eq!(rule(ConsistencyProof::default().verify((7, &seven), (7, &three))), "MRK-007");
    // A log whose past was rewritten has no proof, whichever of its own it offers.
    let rewritten = Log::from_data(&[datum(0), datum(9), datum(2), datum(3), datum(4), datum(5), datum(6)]);
    let theirs = rewritten.consistency(3, 7).unwrap();
    assert_eq!(rule(theirs.verify((3, &three), (7, &rewritten.root()))), "MRK-006");
}

/// Every encoding that differs from this one by a bit turned, or a byte dropped, doubled or put in.
fn altered(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    let mut change = |f: &dyn Fn(&mut Vec<u8>)| {
        let mut changed = bytes.to_vec();
        f(&mut changed);
        if changed != bytes {
            all.push(changed);
        }
    };
    for at in 0..bytes.len() {
        for bit in 0..8 {
            change(&|bytes| bytes[at] ^= 1 << bit);
        }
        change(&|bytes| bytes.truncate(at));
        change(&|bytes| {
            bytes.remove(at);
        });
        for byte in [0, bytes[at], 0xff] {
            change(&|bytes| bytes.insert(at, byte));
        }
    }
    change(&|bytes| bytes.push(0));
    all
}

#[test]
fn altered_encodings_are_no_proofs() {
    let log = log(SIZES);
    for (old, new) in [(1, 2), (3, 7), (4, 8), (6, 13), (13, 13)] {
        let (old_root, new_root) = (log.root_at(old).unwrap(), log.root_at(new).unwrap());
        let proof = encode(&log.inclusion_at(old - 1, new).unwrap()).unwrap();
        let mut decoded = 0;
        for bytes in altered(&proof) {
            let Ok(proof) = decode::<InclusionProof>(&bytes, &PROOF) else { continue };
            assert!(proof.verify(&new_root, new, old - 1, &datum(old - 1)).is_err(), "{bytes:x?}");
            decoded += 1;
        }
        assert!(decoded >= 256, "a turned bit of a hash decodes");
        let proof = encode(&log.consistency(old, new).unwrap()).unwrap();
        for bytes in altered(&proof) {
            let Ok(proof) = decode::<ConsistencyProof>(&bytes, &PROOF) else { continue };
            assert!(proof.verify((old, &old_root), (new, &new_root)).is_err(), "{bytes:x?}");
        }
    }
}

/// Peaks and ranges prove nothing by themselves: what was changed is malformed, or says another size, or has another
/// root.
#[test]
fn altered_peaks_and_ranges_are_others() {
    for size in 1..=SIZES {
        let whole = super::log(size).peaks();
        for bytes in altered(&encode(&whole).unwrap()) {
            let Ok(peaks) = decode::<Peaks>(&bytes, &PROOF) else { continue };
            assert!(
                peaks.check().is_err() || peaks.size != size || peaks.root() != whole.root(),
                "{bytes:x?}"
            );
        }
        let start = size / 3;
        let left = CompactRange { start: 0, end: start, hashes: super::log(start).peaks().peaks };
        let mut right = CompactRange::new(start);
        (start..size).for_each(|n| right.append(&datum(n)).unwrap());
        for bytes in altered(&encode(&right).unwrap()) {
            let Ok(range) = decode::<CompactRange>(&bytes, &PROOF) else { continue };
            let mut merged = left.clone();
            let is_other = merged.merge(&range).is_err() || merged.end != size;
            assert!(is_other || merged.root() != Ok(whole.root()), "{bytes:x?}");
        }
    }
}

proptest! {
    /// No size, index or path of any length panics or holds by chance.
    #[test]
    fn any_proof_ends_in_an_answer(
        size: u64, index: u64, length in 0_usize..140, shift in 0_u32..64,
    ) {
        let path: Vec<_> = (0..length).map(|n| NodeHash([n as u8; 32])).collect();
        let roots = [EMPTY_ROOT, LogRoot([1; 32])];
        for (size, index) in [(size, index), (size >> shift, index >> shift), (u64::MAX, index), (size, size.wrapping_sub(1))] {
            let proof = InclusionProof { path: path.clone() };
            prop_assert!(proof.verify(&roots[1], size, index, &datum(0)).is_err());
            let proof = ConsistencyProof { path: path.clone() };
            prop_assert!(proof.verify((index, &roots[1]), (size, &roots[0])).is_err());
        }
    }

    /// An honest path of the right length leads somewhere, however large the log.
    #[test]
    fn the_longest_paths_are_walked(index: u64, size in 1_u64..) {
        let index = index % size;
        let length = sides(index, size).len();
        prop_assert!(length <= 64);
        let proof = InclusionProof { path: (0..length).map(|n| NodeHash([n as u8; 32])).collect() };
        let expected = sides(index, size).bytes().zip(&proof.path).fold(leaf(&datum(0)), |hash, (side, other)| {
            if side == b'l' { node(other, &hash) } else { node(&hash, other) }
        });
        prop_assert_eq!(proof.root_of(size, index, &datum(0)), Ok(LogRoot(expected.0)));
        prop_assert_eq!(decode::<InclusionProof>(&encode(&proof).unwrap(), &PROOF).unwrap(), proof.clone());
        let proof = ConsistencyProof { path: proof.path };
        prop_assert_eq!(decode::<ConsistencyProof>(&encode(&proof).unwrap(), &PROOF).unwrap(), proof);
    }
}
