//! All sizes to 300 and random ones to 100,000: roots, paths, consistency, ranges and peaks, each against rs_merkle or
//! ct-merkle or both. With `MEDLEDGER_LONG=1` every index and every pair of sizes, and many more of the random ones.

extern crate std;

use super::oracles::{Ours, joined, leaves};
use super::proofs::changes;
use super::*;
use crate::merkle::peaks::Peaks;
use crate::merkle::proof::{ConsistencyProof, InclusionProof};
use crate::merkle::range::CompactRange;
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use rs_merkle::MerkleTree;
use sha3::Sha3_256;

fn long() -> bool {
    std::env::var_os("MEDLEDGER_LONG").is_some()
}

/// Numbers that are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }
}

/// The other two implementations at one size.
struct Others {
    ct: MemoryBackedTree<Sha3_256, Digest32>,
    rs: MerkleTree<Ours>,
}

impl Others {
    /// Grows the one, and makes the other anew.
    fn grown(ct: MemoryBackedTree<Sha3_256, Digest32>, size: u64) -> Self {
        let mut ct = ct;
        (ct.len()..size).for_each(|n| ct.push(datum(n)));
        Self { ct, rs: MerkleTree::from_leaves(&leaves(size)) }
    }

    fn root(&self) -> LogRoot {
        let root = self.rs.root().unwrap();
        assert_eq!(self.ct.root().as_bytes()[..], root);
        LogRoot(root)
    }

    /// Each inclusion proof is the same bytes in all three, and holds.
    fn same_inclusion(&self, log: &Log, index: u64) -> InclusionProof {
        let size = self.ct.len();
        let ours = log.inclusion_at(index, size).unwrap();
        let bytes = joined(&ours.path);
        let at = usize::try_from(index).unwrap();
        assert_eq!(bytes, self.rs.proof(&[at]).to_bytes(), "{index} of {size}");
        assert_eq!(bytes, self.ct.prove_inclusion(at).as_bytes(), "{index} of {size}");
        assert_eq!(ours.verify(&self.root(), size, index, &datum(index)), Ok(()), "{index} of {size}");
        ours
    }

    /// The consistency proof is the same bytes in both that have such, and holds.
    fn same_consistency(&self, log: &Log, old: u64) -> ConsistencyProof {
        let new = self.ct.len();
        let ours = log.consistency(old, new).unwrap();
        let theirs = self.ct.prove_consistency(usize::try_from(new - old).unwrap());
        assert_eq!(joined(&ours.path), theirs.as_bytes(), "{old} to {new}");
        let old_root = log.root_at(old).unwrap();
        assert_eq!(ours.verify((old, &old_root), (new, &self.root())), Ok(()), "{old} to {new}");
        ours
    }

    /// Two ranges that were built apart have together the root of the others, and so have peaks that one extends.
    fn same_range(&self, cut: u64) {
        let (size, root) = (self.ct.len(), self.root());
        let range = |start: u64, end: u64| {
            let mut range = CompactRange::new(start);
            (start..end).for_each(|n| range.append(&datum(n)).unwrap());
            range
        };
        let (mut left, right) = (range(0, cut), range(cut, size));
        let mut peaks = Peaks { size: cut, peaks: left.hashes.clone() };
        peaks.extend(&right).unwrap();
        left.merge(&right).unwrap();
        assert_eq!((left.root(), peaks.root()), (Ok(root), root), "cut at {cut} of {size}");
    }
}

#[test]
fn every_size_to_300_is_as_in_both() {
    let log = log(300);
    let mut ct = MemoryBackedTree::new();
    let mut dice = Dice(300);
    for size in 1..=300 {
        let others = Others::grown(ct, size);
        assert_eq!(log.root_at(size).unwrap(), others.root(), "{size}");
        let every = long() || size <= 40;
        let some = [0, size / 2, size - 1, dice.below(size)];
        let indices = if every { (0..size).collect() } else { some.to_vec() };
        for index in indices {
            others.same_inclusion(&log, index);
            others.same_consistency(&log, index + 1);
        }
        others.same_range(dice.below(size + 1));
        ct = others.ct;
    }
}

/// And of each size one proof of either kind, with every bit of its hashes turned, hashes dropped, doubled, added and
/// swapped.
#[test]
fn random_sizes_to_100_000_are_as_in_both() {
    let mut dice = Dice(100_000);
    let (number, most) = if long() { (200, 100_000) } else { (3, 20_000) };
    let mut sizes: Vec<u64> = (0..number).map(|_| 301 + dice.below(most - 300)).collect();
    sizes.sort_unstable();
    let log = log(most);
    let mut ct = MemoryBackedTree::new();
    for size in sizes {
        let others = Others::grown(ct, size);
        let root = others.root();
        assert_eq!(log.root_at(size).unwrap(), root, "{size}");
        others.same_range(dice.below(size + 1));
        for _ in 0..8 {
            let (index, old) = (dice.below(size), 1 + dice.below(size));
            others.same_inclusion(&log, index);
            others.same_consistency(&log, old);
        }
        let (index, old) = (dice.below(size), 1 + dice.below(size - 1));
        let proof = others.same_inclusion(&log, index);
        for path in changes(&proof.path) {
            let expected = if path.len() == proof.path.len() { "MRK-003" } else { "MRK-002" };
            let refused = rule(InclusionProof { path }.verify(&root, size, index, &datum(index)));
            assert_eq!(refused, expected, "{index} of {size}");
        }
        let (old_root, proof) = (log.root_at(old).unwrap(), others.same_consistency(&log, old));
        for path in changes(&proof.path) {
            let changed = ConsistencyProof { path };
            assert!(changed.verify((old, &old_root), (size, &root)).is_err(), "{old} to {size}");
        }
        ct = others.ct;
    }
}
