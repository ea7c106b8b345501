//! Secret bytes that grow as they come.

use alloc::vec::Vec;
use core::fmt;
use zeroize::Zeroizing;

/// The least room that is taken.
const LEAST: usize = 4096;

/// Bytes that grow as they come. A vector that grows leaves copies of what it held behind; this one wipes each place that it
/// leaves, and takes at most twice the room of what has come. `Debug` shows nothing of it.
#[derive(Clone, Default)]
pub struct Wiped(Zeroizing<Vec<u8>>);

impl Wiped {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The next bytes.
    pub fn extend(&mut self, piece: &[u8]) {
        let length = self.0.len().saturating_add(piece.len());
        if length > self.0.capacity() {
            let room = length.max(self.0.capacity().saturating_mul(2)).max(LEAST);
            let mut larger = Zeroizing::new(Vec::with_capacity(room));
            larger.extend_from_slice(&self.0);
            // The smaller one is wiped as it goes.
            self.0 = larger;
        }
        self.0.extend_from_slice(piece);
    }

    /// The bytes.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// How many bytes are allocated for them.
    #[must_use]
    pub fn room(&self) -> usize {
        self.0.capacity()
    }
}

impl fmt::Debug for Wiped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Wiped({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_come_is_there_and_the_room_is_at_most_twice_as_much() {
        let (mut wiped, mut plain) = (Wiped::new(), Vec::new());
        for n in 0..2_000_u16 {
            let piece = n.to_be_bytes().repeat(usize::from(n % 40));
            wiped.extend(&piece);
            plain.extend_from_slice(&piece);
            assert_eq!(wiped.expose(), plain);
            assert!(wiped.room() <= (2 * plain.len()).max(LEAST));
        }
        assert_eq!(alloc::format!("{wiped:?}"), alloc::format!("Wiped({} bytes)", plain.len()));
    }
}
