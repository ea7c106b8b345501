//! Parts of a log that were built apart and fit together.

use alloc::vec::Vec;

use super::log::LogError;
use super::node::{leaf, push, root, subtrees};
use crate::hash::{Digest32, LogRoot, NodeHash};

wire! {
    /// The largest whole subtrees of the leaves `[start, end)` of a log. What covers leaves `[a, b)` and what covers
    /// `[b, c)` merge into what covers `[a, c)`, so that many machines can each hash their part.
    ///
    /// A value from elsewhere is to pass [`check`](Self::check) before anything else is asked of it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct CompactRange {
        /// The first leaf inside.
        pub start: u64,
        /// The first leaf after it.
        pub end: u64,
        /// The subtrees' hashes from left to right, at most 126.
        pub hashes: Vec<NodeHash>,
    }
}

impl CompactRange {
    /// No leaves, before leaf `start`.
    #[must_use]
    pub const fn new(start: u64) -> Self {
        Self { start, end: start, hashes: Vec::new() }
    }

    /// Appends one leaf.
    ///
    /// # Errors
    /// [`LogError::RangeDescends`] or [`LogError::HashCount`] when the range is malformed, [`LogError::Full`].
    pub fn append(&mut self, data: &Digest32) -> Result<(), LogError> {
        self.check()?;
        push(self.start, &mut self.end, &mut self.hashes, 0, leaf(data))
    }

    /// Appends the range that begins where this one ends. On an error this range is as it was.
    ///
    /// # Errors
    /// [`LogError::RangeDescends`] or [`LogError::HashCount`] when either is malformed, [`LogError::NotAdjacent`].
    pub fn merge(&mut self, right: &Self) -> Result<(), LogError> {
        merge(self.start, &mut self.end, &mut self.hashes, right)
    }

    /// The log's root, when the range begins with its first leaf.
    ///
    /// # Errors
    /// [`LogError::NotFromStart`].
    pub fn root(&self) -> Result<LogRoot, LogError> {
        if self.start == 0 {
            Ok(root(&self.hashes))
        } else {
            Err(LogError::NotFromStart { start: self.start })
        }
    }

    /// Whether there are as many hashes as the range has subtrees.
    ///
    /// # Errors
    /// [`LogError::RangeDescends`], [`LogError::HashCount`].
    pub fn check(&self) -> Result<(), LogError> {
        check(self.start, self.end, &self.hashes)
    }
}

/// Whether a range is one and has as many hashes as subtrees.
pub(super) fn check(start: u64, end: u64, hashes: &[NodeHash]) -> Result<(), LogError> {
    if start > end {
        return Err(LogError::RangeDescends { start, end });
    }
    let expected = count(subtrees(start, end).count());
    let actual = count(hashes.len());
    if actual == expected { Ok(()) } else { Err(LogError::HashCount { start, end, actual, expected }) }
}

/// Appends a range to the one of `[start, end)`.
pub(super) fn merge(
    start: u64,
    end: &mut u64,
    hashes: &mut Vec<NodeHash>,
    right: &CompactRange,
) -> Result<(), LogError> {
    check(start, *end, hashes)?;
    right.check()?;
    if right.start != *end {
        return Err(LogError::NotAdjacent { end: *end, start: right.start });
    }
    for ((level, _), hash) in subtrees(right.start, right.end).zip(&right.hashes) {
        push(start, end, hashes, level, *hash)?;
    }
    Ok(())
}

/// A length as a number of the protocol.
pub(super) fn count(items: usize) -> u64 {
    u64::try_from(items).unwrap_or(u64::MAX)
}
