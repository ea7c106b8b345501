//! The set of a subject's active consents: 256 slots, a map of the occupied ones, and a value for each.
//!
//! A reader proves the map and every occupied slot: else a deny could be withheld and nobody would see it.

use crate::hash::{ConsentId, ConsentVersion, Nonce};

wire! {
    /// Which of a subject's 256 slots are occupied: bit `i % 8` of byte `i / 8` stands for slot `i`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct ActiveConsents {
        map: Nonce,
    }
}

wire! {
    /// What stands in an occupied slot.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ConsentSlot {
        /// The consent.
        pub consent: ConsentId,
        /// Its current version.
        pub version: ConsentVersion,
    }
}

impl Default for ActiveConsents {
    fn default() -> Self {
        Self { map: Nonce([0; 32]) }
    }
}

impl ActiveConsents {
    /// Whether a slot is occupied.
    #[must_use]
    pub fn is_occupied(&self, slot: u8) -> bool {
        self.map.0.get(usize::from(slot >> 3)).is_some_and(|byte| byte >> (slot & 7) & 1 == 1)
    }

    /// With this slot occupied or free.
    #[must_use]
    pub fn with(mut self, slot: u8, occupied: bool) -> Self {
        if let Some(byte) = self.map.0.get_mut(usize::from(slot >> 3)) {
            let bit = 1 << (slot & 7);
            *byte = if occupied { *byte | bit } else { *byte & !bit };
        }
        self
    }

    /// The occupied slots, ascending.
    pub fn occupied(&self) -> impl Iterator<Item = u8> + '_ {
        (0..=u8::MAX).filter(|slot| self.is_occupied(*slot))
    }

    /// The lowest free slot, if there is one.
    #[must_use]
    pub fn lowest_free(&self) -> Option<u8> {
        (0..=u8::MAX).find(|slot| !self.is_occupied(*slot))
    }
}
