//! What is left of a log when its leaves are elsewhere: enough to append to it and to know its root.

use alloc::vec::Vec;

use super::log::LogError;
use super::node::{leaf, push, root};
use super::range::{CompactRange, check, merge};
use crate::hash::{Digest32, LogRoot, NodeHash};

wire! {
    /// A log's size and the roots of its largest whole subtrees: a [`CompactRange`] from the first leaf on. The
    /// state holds one of these for each log.
    ///
    /// A value from elsewhere is to pass [`check`](Self::check) before anything else is asked of it.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Peaks {
        /// Leaves in the log.
        pub size: u64,
        /// One hash for each bit that is set in the size, the largest subtree first; at most 64.
        pub peaks: Vec<NodeHash>,
    }
}

impl Peaks {
    /// The log without leaves.
    pub const EMPTY: Self = Self { size: 0, peaks: Vec::new() };

    /// The log without leaves.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    /// Appends one leaf, of which `data` is the tagged hash.
    ///
    /// # Errors
    /// [`LogError::HashCount`] when the value is malformed, [`LogError::Full`].
    pub fn append(&mut self, data: &Digest32) -> Result<(), LogError> {
        self.check()?;
        push(0, &mut self.size, &mut self.peaks, 0, leaf(data))
    }

    /// Appends the leaves of a range that begins where the log ends. On an error the log is as it was.
    ///
    /// # Errors
    /// [`LogError::RangeDescends`] or [`LogError::HashCount`] when either is malformed, [`LogError::NotAdjacent`].
    pub fn extend(&mut self, range: &CompactRange) -> Result<(), LogError> {
        merge(0, &mut self.size, &mut self.peaks, range)
    }

    /// The root of the log.
    #[must_use]
    pub fn root(&self) -> LogRoot {
        root(&self.peaks)
    }

    /// Whether there is one hash for each bit that is set in the size.
    ///
    /// # Errors
    /// [`LogError::HashCount`].
    pub fn check(&self) -> Result<(), LogError> {
        check(0, self.size, &self.peaks)
    }
}
