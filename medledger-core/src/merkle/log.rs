//! A log with all its nodes at hand: the side that makes proofs.

use alloc::vec::Vec;
use core::mem;

use super::node::{fold, leaf, leaves, node, nodes, root, subtrees};
use super::peaks::Peaks;
use super::proof::{ConsistencyProof, InclusionProof};
use super::range::count;
use crate::hash::{Digest32, LogRoot, NodeHash};

rules! {
    /// Why a part of a log, or a proof about one, is refused.
    pub enum LogError: MRK {
        /// A leaf past the end.
        1 IndexOutside { index: u64, size: u64 }:
            "a leaf's index is below the size of its log",
            "there is no leaf {index} in a log of {size}";
        /// Hashes are missing from an inclusion proof, or surplus.
        2 InclusionLength { actual: u64, expected: u64 }:
            "an inclusion proof has exactly the hashes on the way from its leaf to the root",
            "the inclusion proof has {actual} hashes where the index and the size demand {expected}";
        /// Another leaf, another place or another log.
        3 InclusionRoot { computed: LogRoot, expected: LogRoot }:
            "an inclusion proof leads to the log's root",
            "the inclusion proof leads to {computed} and not to {expected}";
        /// A log that would have shrunk.
        4 SizesDescend { old: u64, new: u64 }:
            "a log only grows",
            "a log of {new} does not extend one of {old}";
        /// Hashes are missing from a consistency proof, or surplus.
        5 ConsistencyLength { actual: u64, expected: u64 }:
            "a consistency proof has exactly the hashes that its two sizes demand",
            "the consistency proof has {actual} hashes where the two sizes demand {expected}";
        /// The smaller log is another one.
        6 OldRoot { computed: LogRoot, expected: LogRoot }:
            "a consistency proof leads to the root of the smaller log",
            "the consistency proof leads to {computed} and not to the old root {expected}";
        /// The larger log does not begin with the smaller one.
        7 NewRoot { computed: LogRoot, expected: LogRoot }:
            "a consistency proof leads to the root of the larger log",
            "the consistency proof leads to {computed} and not to the new root {expected}";
        /// Not as many hashes as subtrees.
        8 HashCount { start: u64, end: u64, actual: u64, expected: u64 }:
            "peaks and ranges have one hash for each of their largest whole subtrees",
            "the leaves [{start}, {end}) have {expected} subtrees, not {actual}";
        /// A range that ends before it begins.
        9 RangeDescends { start: u64, end: u64 }:
            "a range ends no earlier than it begins",
            "the range [{start}, {end}) ends before it begins";
        /// Ranges with a gap between them, or leaves in common.
        10 NotAdjacent { end: u64, start: u64 }:
            "a range is extended by one that begins where it ends",
            "a range that begins at {start} does not extend one that ends at {end}";
        /// The leaves before the range are unknown.
        11 NotFromStart { start: u64 }:
            "only a range from the first leaf on has a root",
            "a range that begins at {start} has no root";
        /// No index is left.
        12 Full:
            "a log has at most 2^64 − 1 leaves",
            "a log has at most 2^64 − 1 leaves";
    }
}

/// A log in memory, leaf by leaf: 64 bytes a leaf, and a proof for a few look-ups and at most one path of hashing.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// The hashes of whole subtrees by level, the leaves first.
    levels: Vec<Vec<NodeHash>>,
}

impl Log {
    /// The log without leaves.
    #[must_use]
    pub const fn new() -> Self {
        Self { levels: Vec::new() }
    }

    /// The log of these leaves, in their order.
    #[must_use]
    pub fn from_data<'a>(data: impl IntoIterator<Item = &'a Digest32>) -> Self {
        let data: Vec<Digest32> = data.into_iter().copied().collect();
        let mut levels = Vec::new();
        let mut level = leaves(&data);
        while !level.is_empty() {
            let above = nodes(&level);
            levels.push(mem::replace(&mut level, above));
        }
        Self { levels }
    }

    /// Appends one leaf, of which `data` is the tagged hash.
    pub fn append(&mut self, data: &Digest32) {
        let mut hash = leaf(data);
        for level in &mut self.levels {
            let left = if level.len() % 2 == 1 { level.last().copied() } else { None };
            level.push(hash);
            let Some(left) = left else { return };
            hash = node(&left, &hash);
        }
        self.levels.push(Vec::from([hash]));
    }

    /// How many leaves there are.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| count(leaves.len()))
    }

    /// The root over all leaves.
    #[must_use]
    pub fn root(&self) -> LogRoot {
        root(&self.whole(0, self.size()))
    }

    /// The root as it was when the log had `size` leaves.
    ///
    /// # Errors
    /// [`LogError::SizesDescend`] when it has fewer.
    pub fn root_at(&self, size: u64) -> Result<LogRoot, LogError> {
        self.reaches(size)?;
        Ok(root(&self.whole(0, size)))
    }

    /// What is needed to go on without the leaves.
    #[must_use]
    pub fn peaks(&self) -> Peaks {
        Peaks { size: self.size(), peaks: self.whole(0, self.size()) }
    }

    /// The proof that a leaf is in the log as it is.
    ///
    /// # Errors
    /// [`LogError::IndexOutside`].
    pub fn inclusion(&self, index: u64) -> Result<InclusionProof, LogError> {
        self.inclusion_at(index, self.size())
    }

    /// The proof that a leaf is in the log as it was with `size` leaves (RFC 9162 §2.1.3.1).
    ///
    /// # Errors
    /// [`LogError::SizesDescend`] when the log has fewer, [`LogError::IndexOutside`].
    pub fn inclusion_at(&self, index: u64, size: u64) -> Result<InclusionProof, LogError> {
        self.reaches(size)?;
        if index >= size {
            return Err(LogError::IndexOutside { index, size });
        }
        let mut path = Vec::new();
        let (mut start, mut end) = (0, size);
        while let Some(middle) = split(start, end) {
            if index < middle {
                path.extend(self.hash_of(middle, end));
                end = middle;
            } else {
                path.extend(self.hash_of(start, middle));
                start = middle;
            }
        }
        path.reverse();
        Ok(InclusionProof { path })
    }

    /// The proof that the log as it was with `new` leaves begins with the `old` leaves (RFC 9162 §2.1.4.1). Between
    /// equal sizes, and from the empty log, it is a proof without hashes.
    ///
    /// # Errors
    /// [`LogError::SizesDescend`] when the log has fewer than `new` leaves or `old` is more than `new`.
    pub fn consistency(&self, old: u64, new: u64) -> Result<ConsistencyProof, LogError> {
        self.reaches(new)?;
        if old > new {
            return Err(LogError::SizesDescend { old, new });
        }
        let mut path = Vec::new();
        let (mut start, mut end) = (0, new);
        // Down to the subtree that ends where the old log does; the other sides of the way are the proof.
        while old != 0 && old != end {
            let Some(middle) = split(start, end) else { break };
            if old <= middle {
                path.extend(self.hash_of(middle, end));
                end = middle;
            } else {
                path.extend(self.hash_of(start, middle));
                start = middle;
            }
        }
        // That subtree itself, unless it is the whole old log, whose root the verifier has.
        if start != 0 {
            path.extend(self.hash_of(start, end));
        }
        path.reverse();
        Ok(ConsistencyProof { path })
    }

    fn reaches(&self, size: u64) -> Result<(), LogError> {
        let old = self.size();
        if size > old { Err(LogError::SizesDescend { old: size, new: old }) } else { Ok(()) }
    }

    /// The hashes of the whole subtrees of `[start, end)`, all of which are at hand when `end` is within the log.
    fn whole(&self, start: u64, end: u64) -> Vec<NodeHash> {
        let at = |(level, first): (u32, u64)| {
            let index = usize::try_from(first.checked_shr(level)?).ok()?;
            self.levels.get(usize::try_from(level).ok()?)?.get(index).copied()
        };
        subtrees(start, end).filter_map(at).collect()
    }

    /// The hash over the leaves `[start, end)`, when they are one side of a split.
    fn hash_of(&self, start: u64, end: u64) -> Option<NodeHash> {
        fold(&self.whole(start, end))
    }
}

/// Where a tree over `[start, end)` splits: after the largest power of two that is less than its leaves.
fn split(start: u64, end: u64) -> Option<u64> {
    let last = end.checked_sub(start)?.checked_sub(1)?;
    start.checked_add(1_u64.checked_shl(last.checked_ilog2()?)?)
}
