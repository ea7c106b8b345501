//! The window of counters that each key has.
//!
//! Two phones never share a counter, since each has its own key; a packet that is lost leaves a hole that can still be
//! filled; and nobody can move a key's window so far that its owner can't follow.

use super::OperationError;
use crate::limits::REPLAY_WINDOW;

wire! {
    /// Which of a key's counters were used: all below `base`, and `base + i` where bit `i` is set.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct ReplayWindow {
        /// The lowest counter that is not decided once and for all.
        pub base: u64,
        /// One bit a counter, from `base` upwards.
        pub used: u64,
    }
}

impl ReplayWindow {
    /// Checks that a counter can be used.
    ///
    /// The highest used counter is at most `base + 63`. A counter may lie one window (64) above it; recording it moves
    /// the window up, and counters that fall out below are given up.
    ///
    /// # Errors
    /// [`OperationError::Replayed`], [`OperationError::CounterTooOld`], [`OperationError::CounterTooFar`].
    pub fn check(&self, counter: u64) -> Result<(), OperationError> {
        let Some(offset) = counter.checked_sub(self.base) else {
            return Err(OperationError::CounterTooOld { counter, lowest: self.base });
        };
        let highest = self.highest_allowed();
        if counter > highest {
            return Err(OperationError::CounterTooFar { counter, highest });
        }
        if offset < REPLAY_WINDOW && self.used >> offset & 1 == 1 {
            return Err(OperationError::Replayed { counter });
        }
        Ok(())
    }

    /// The window after a counter was used.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn with(&self, counter: u64) -> Result<Self, OperationError> {
        self.check(counter)?;
        let mut next = *self;
        let offset = counter.saturating_sub(next.base);
        let shift = offset.saturating_sub(REPLAY_WINDOW.saturating_sub(1));
        next.used = if shift < REPLAY_WINDOW { next.used >> shift } else { 0 };
        next.base = next.base.saturating_add(shift);
        next.used |= 1 << counter.saturating_sub(next.base);
        Ok(next)
    }

    /// The highest counter that may be used now.
    #[must_use]
    pub fn highest_allowed(&self) -> u64 {
        // With nothing used the window itself; else one window above the highest used counter.
        let reach = REPLAY_WINDOW.saturating_sub(u64::from(self.used.leading_zeros()));
        self.base.saturating_add(reach).saturating_add(REPLAY_WINDOW).saturating_sub(1)
    }

    /// The lowest counter above all used ones: what a wallet signs with next.
    #[must_use]
    pub fn next_counter(&self) -> u64 {
        let reach = REPLAY_WINDOW.saturating_sub(u64::from(self.used.leading_zeros()));
        self.base.saturating_add(reach)
    }
}
