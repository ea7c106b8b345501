//! Each way against the `sha3` crate.

use alloc::vec;
use alloc::vec::Vec;

use proptest::prelude::*;

use super::*;

/// Every way that this machine has.
fn ways(messages: &[Vec<u8>]) -> Vec<(&'static str, Vec<Digest>)> {
    let mut ways = vec![("best", many(messages))];
    #[cfg(target_arch = "x86_64")]
    {
        if has_avx512::get() {
            // SAFETY: it has AVX-512F.
            #[allow(unsafe_code, reason = "calls a function with target features")]
            ways.push(("eight", unsafe { x86::eight_at_once(messages) }));
        }
        if has_avx2::get() {
            // SAFETY: it has AVX2.
            #[allow(unsafe_code, reason = "calls a function with target features")]
            ways.push(("four", unsafe { x86::four_at_once(messages) }));
        }
    }
    ways
}

fn agree(messages: &[Vec<u8>]) {
    let expected = one_by_one(messages);
    for (way, digests) in ways(messages) {
        assert_eq!(digests, expected, "{way}");
    }
}

#[test]
fn every_length_around_the_blocks_and_every_number_of_messages() {
    for count in 0..=19 {
        agree(&(0..count).map(|n| vec![n; 65]).collect::<Vec<_>>());
    }
    // 19 messages at a time, so that lengths of one, two and three blocks meet in one group.
    let lengths: Vec<usize> = (0..=420).collect();
    for shuffled in [1_usize, 137, 271] {
        let messages: Vec<Vec<u8>> = lengths
            .iter()
            .map(|n| n.wrapping_mul(shuffled) % lengths.len())
            .map(|length| (0_u8..=255).cycle().take(length).collect())
            .collect();
        agree(&messages);
    }
}

#[test]
fn the_digest_of_nothing_is_the_published_one() {
    let empty: Vec<Vec<u8>> = vec![Vec::new(); 9];
    let published = [
        0xa7, 0xff, 0xc6, 0xf8, 0xbf, 0x1e, 0xd7, 0x66, 0x51, 0xc1, 0x47, 0x56, 0xa0, 0x61, 0xd6, 0x62, 0xf5,
        0x80, 0xff, 0x4d, 0xe4, 0x3b, 0x49, 0xfa, 0x82, 0xd8, 0x0a, 0x4b, 0x80, 0xf8, 0x43, 0x4a,
    ];
    for (way, digests) in ways(&empty) {
        assert_eq!(digests, vec![published; 9], "{way}");
    }
}

proptest! {
    #[test]
    fn any_messages(messages in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..700), 0..40)) {
        agree(&messages);
    }
}
