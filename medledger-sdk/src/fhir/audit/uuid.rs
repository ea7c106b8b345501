//! UUIDs from hashes: the same entry has the same name in every export.

use alloc::format;
use alloc::string::String;

/// A UUID of version 8 (RFC 9562 §5.8): the first bytes of a hash, with the bits of version and variant set.
pub(super) fn uuid(hash: &[u8]) -> String {
    let mut bytes = [0_u8; 16];
    for (own, given) in bytes.iter_mut().zip(hash) {
        *own = *given;
    }
    let number = u128::from_be_bytes(bytes);
    let number = (number & !(0xf << 76)) | (0x8 << 76);
    let number = (number & !(0x3 << 62)) | (0x2 << 62);
    let part = |shift: u32, digits: u32| {
        let mask = (1_u128 << (digits.saturating_mul(4))).saturating_sub(1);
        (number >> shift) & mask
    };
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        part(96, 8),
        part(80, 4),
        part(64, 4),
        part(48, 4),
        part(0, 12)
    )
}

/// The same as a URN.
pub(super) fn urn(hash: &[u8]) -> String {
    format!("urn:uuid:{}", uuid(hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_gives_a_uuid_of_version_8() {
        assert_eq!(uuid(&[0xff; 32]), "ffffffff-ffff-8fff-bfff-ffffffffffff");
        assert_eq!(urn(&[0; 32]), "urn:uuid:00000000-0000-8000-8000-000000000000");
        let counted: [u8; 16] = core::array::from_fn(|n| u8::try_from(n).unwrap());
        assert_eq!(uuid(&counted), "00010203-0405-8607-8809-0a0b0c0d0e0f");
    }
}
