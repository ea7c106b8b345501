//! Proofs about a log, and their verification.
//!
//! A proof holds for a root *and a size*, and the size must come from where the root comes from: from what was
//! signed, never from whoever brings the proof. The hashes on a path do not tell it: the proof of the last leaf of
//! 5 (leaf 4) is also one of leaf 2 of 3, and every proof of leaf 0 of 3 also one of leaf 0 of 4.
//!
//! Verification ends with an error on anything surplus, missing or wrong, and does at most 128 hashes.

use alloc::vec::Vec;

use super::log::LogError;
use super::node::{EMPTY_ROOT, leaf, node};
use super::range::count;
use crate::hash::{Digest32, LogRoot, NodeHash};

wire! {
    /// The proof that a leaf is in a log (RFC 9162 §2.1.3).
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct InclusionProof {
        /// The siblings on the way from the leaf to the root; at most 64.
        pub path: Vec<NodeHash>,
    }
}

wire! {
    /// The proof that a log begins with another (RFC 9162 §2.1.4).
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ConsistencyProof {
        /// The subtrees that both roots follow from, those nearest to the end of the smaller log first; at most 65.
        pub path: Vec<NodeHash>,
    }
}

impl InclusionProof {
    /// Whether leaf `index` of the log with this root and size is `data`.
    ///
    /// # Errors
    /// [`LogError::IndexOutside`], [`LogError::InclusionLength`], [`LogError::InclusionRoot`].
    pub fn verify(&self, root: &LogRoot, size: u64, index: u64, data: &Digest32) -> Result<(), LogError> {
        let computed = self.root_of(size, index, data)?;
        if computed == *root { Ok(()) } else { Err(LogError::InclusionRoot { computed, expected: *root }) }
    }

    /// The root that the proof leads to, for callers who compare it elsewhere.
    ///
    /// # Errors
    /// [`LogError::IndexOutside`], [`LogError::InclusionLength`].
    pub fn root_of(&self, size: u64, index: u64, data: &Digest32) -> Result<LogRoot, LogError> {
        let way = Way::to(index, size)?;
        let (actual, expected) = (count(self.path.len()), way.length());
        if actual != expected {
            return Err(LogError::InclusionLength { actual, expected });
        }
        Ok(way.up(leaf(data), &self.path))
    }
}

impl ConsistencyProof {
    /// Whether the log `new` (size and root) begins with the log `old`.
    ///
    /// # Errors
    /// [`LogError::SizesDescend`], [`LogError::ConsistencyLength`], [`LogError::OldRoot`], [`LogError::NewRoot`].
    pub fn verify(&self, old: (u64, &LogRoot), new: (u64, &LogRoot)) -> Result<(), LogError> {
        let ((old_size, old_root), (new_size, new_root)) = (old, new);
        if old_size > new_size {
            return Err(LogError::SizesDescend { old: old_size, new: new_size });
        }
        let Some(last) = old_size.checked_sub(1).filter(|_| old_size < new_size) else {
            return self.verify_without_hashes(old, new);
        };
        // The way up from the largest subtree that ends where the old log does. Where that is the whole old log,
        // its hash is the old root; else it is the proof's first.
        let way = Way::to(last, new_size)?.above(old_size.trailing_zeros());
        let is_whole = old_size.is_power_of_two();
        let expected = way.length().saturating_add(u64::from(!is_whole));
        let actual = count(self.path.len());
        let (seed, path) = match self.path.split_first() {
            _ if actual != expected => return Err(LogError::ConsistencyLength { actual, expected }),
            Some((first, rest)) if !is_whole => (*first, rest),
            _ => (NodeHash(old_root.0), self.path.as_slice()),
        };
        let computed = way.up_left(seed, path);
        if computed != *old_root {
            return Err(LogError::OldRoot { computed, expected: *old_root });
        }
        leads_to_new(way.up(seed, path), new_root)
    }

    /// Equal sizes, or an empty log: nothing is to be shown by hashes.
    fn verify_without_hashes(&self, old: (u64, &LogRoot), new: (u64, &LogRoot)) -> Result<(), LogError> {
        if !self.path.is_empty() {
            return Err(LogError::ConsistencyLength { actual: count(self.path.len()), expected: 0 });
        }
        if old.0 == 0 && *old.1 != EMPTY_ROOT {
            return Err(LogError::OldRoot { computed: EMPTY_ROOT, expected: *old.1 });
        }
        if old.0 == new.0 { leads_to_new(*old.1, new.1) } else { Ok(()) }
    }
}

fn leads_to_new(computed: LogRoot, expected: &LogRoot) -> Result<(), LogError> {
    if computed == *expected { Ok(()) } else { Err(LogError::NewRoot { computed, expected: *expected }) }
}

/// The way from a subtree to the root. As long as the tree also has leaves to the right, the sides are the bits of
/// the index; above that every sibling is to the left.
struct Way {
    /// The index, from the bit that says which side the first sibling is on.
    sides: u64,
    /// How many siblings lie on the sides that the bits say.
    inner: u32,
    /// How many siblings, all to the left, lie above.
    border: u32,
}

impl Way {
    fn to(index: u64, size: u64) -> Result<Self, LogError> {
        let last = size.checked_sub(1).filter(|last| index <= *last);
        let last = last.ok_or(LogError::IndexOutside { index, size })?;
        let inner = u64::BITS.saturating_sub((index ^ last).leading_zeros());
        let border = index.checked_shr(inner).unwrap_or(0).count_ones();
        Ok(Self { sides: index, inner, border })
    }

    /// The same way from some levels up. The levels left out are all inner ones.
    const fn above(self, levels: u32) -> Self {
        let sides = match self.sides.checked_shr(levels) {
            Some(sides) => sides,
            None => 0,
        };
        Self { sides, inner: self.inner.saturating_sub(levels), border: self.border }
    }

    fn length(&self) -> u64 {
        u64::from(self.inner).saturating_add(u64::from(self.border))
    }

    /// The hashes of the path, each with whether it stands to the left.
    fn siblings<'a>(&self, path: &'a [NodeHash]) -> impl Iterator<Item = (bool, &'a NodeHash)> {
        let (sides, inner) = (self.sides, self.inner);
        let left = move |level: u32| level >= inner || sides.checked_shr(level).unwrap_or(0) & 1 == 1;
        (0_u32..).map(left).zip(path)
    }

    /// The root of the tree as it is.
    fn up(&self, from: NodeHash, path: &[NodeHash]) -> LogRoot {
        let up = |hash, (left, sibling)| if left { node(sibling, &hash) } else { node(&hash, sibling) };
        LogRoot(self.siblings(path).fold(from, up).0)
    }

    /// The root of the tree when it ended with the subtree: only what is to the left was there.
    fn up_left(&self, from: NodeHash, path: &[NodeHash]) -> LogRoot {
        let up = |hash, (left, sibling)| if left { node(sibling, &hash) } else { hash };
        LogRoot(self.siblings(path).fold(from, up).0)
    }
}
