//! Where a node stands: the first bits of the keys below it.

use core::fmt;

use crate::hash::{Digest32, Hex, StateKey};

/// Bits of a key, and so the greatest depth of the tree.
pub const KEY_BITS: u16 = 256;

/// The position of a node: up to 256 leading bits of a key, the most significant bit of the first byte first.
///
/// Ordered as a walk of the tree meets the nodes: a parent before what is below it, left before right.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prefix {
    // Bits past the length are zero, or equal positions would differ.
    bits: Digest32,
    len: u16,
}

impl Prefix {
    /// The position of the root: no bits.
    pub const ROOT: Self = Self { bits: [0; 32], len: 0 };

    /// The first `len` bits of a key; all 256 for any greater length.
    #[must_use]
    pub fn of(key: &StateKey, len: u16) -> Self {
        let len = len.min(KEY_BITS);
        let mut bits = key.0;
        let mut left = len;
        for byte in &mut bits {
            let here = left.min(8);
            *byte &= !0xff_u8.checked_shr(u32::from(here)).unwrap_or(0);
            left = left.saturating_sub(here);
        }
        Self { bits, len }
    }

    /// How many bits: the depth.
    #[must_use]
    pub const fn depth(&self) -> u16 {
        self.len
    }

    /// The position one level down, to the right when `right`; `None` below the 256th bit.
    #[must_use]
    pub fn child(&self, right: bool) -> Option<Self> {
        let mut bits = self.bits;
        let byte = bits.get_mut(usize::from(self.len >> 3))?;
        if right {
            *byte |= mask(self.len);
        }
        Some(Self { bits, len: self.len.saturating_add(1) })
    }

    /// Whether a key lies at or below this position.
    #[must_use]
    pub fn covers(&self, key: &StateKey) -> bool {
        common_bits(&self.bits, &key.0) >= self.len
    }

    /// Whether the path to this position turns right at a depth; false at and past its own.
    #[must_use]
    pub fn bit(&self, depth: u16) -> bool {
        bit(&self.bits, depth)
    }

    /// How many leading bits two positions share.
    #[must_use]
    pub fn common(&self, other: &Self) -> u16 {
        common_bits(&self.bits, &other.bits).min(self.len).min(other.len)
    }

    /// The form for stores: the bits, a one, then zeros up to a whole byte; 1 to 33 bytes. No two positions have
    /// the same, and in the order of these bytes a subtree is one contiguous range.
    #[must_use]
    pub fn to_bytes(&self) -> PrefixBytes {
        let mut bytes = [0; 33];
        for (to, from) in bytes.iter_mut().zip(&self.bits) {
            *to = *from;
        }
        let last = usize::from(self.len >> 3);
        if let Some(byte) = bytes.get_mut(last) {
            *byte |= mask(self.len);
        }
        PrefixBytes { bytes, len: last.saturating_add(1) }
    }

    /// The position with this form; `None` for bytes that are no position's.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (last, whole) = bytes.split_last()?;
        let padding = u16::try_from(last.trailing_zeros()).ok().filter(|zeros| *zeros < 8)?;
        let here = 7_u16.checked_sub(padding)?;
        let len = u16::try_from(whole.len()).ok()?.checked_mul(8)?.checked_add(here)?;
        if len > KEY_BITS {
            return None;
        }
        let mut key = [0; 32];
        for (to, from) in key.iter_mut().zip(bytes) {
            *to = *from;
        }
        Some(Self::of(&StateKey(key), len))
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.bits.get(..usize::from(self.len.div_ceil(8))).unwrap_or_default();
        write!(f, "{}/{}", Hex(bytes), self.len)
    }
}

impl fmt::Debug for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Prefix({self})")
    }
}

/// A position in its form for stores.
#[derive(Clone, Copy)]
pub struct PrefixBytes {
    bytes: [u8; 33],
    len: usize,
}

impl AsRef<[u8]> for PrefixBytes {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }
}

const fn mask(at: u16) -> u8 {
    0x80 >> (at & 7)
}

/// Whether the bit at a depth is one: the path turns right there.
pub(super) fn bit(bits: &Digest32, at: u16) -> bool {
    bits.get(usize::from(at >> 3)).is_some_and(|byte| byte & mask(at) != 0)
}

/// How many leading bits two keys share.
pub(super) fn common_bits(a: &Digest32, b: &Digest32) -> u16 {
    let mut common = 0_u16;
    for (a, b) in a.iter().zip(b) {
        let same = (a ^ b).leading_zeros();
        common = common.saturating_add(u16::try_from(same).unwrap_or(0));
        if same < 8 {
            break;
        }
    }
    common
}
