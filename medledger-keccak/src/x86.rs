//! Keccak-f\[1600\] (FIPS 202 §3.3) with the vectors of x86-64, each word of the state being one vector of lanes.

use alloc::vec::Vec;
use core::arch::x86_64::{
    __m256i, __m512i, _mm256_andnot_si256, _mm256_or_si256, _mm256_set1_epi64x, _mm256_slli_epi64,
    _mm256_srli_epi64, _mm256_xor_si256, _mm512_rol_epi64, _mm512_set1_epi64, _mm512_ternarylogic_epi64,
    _mm512_xor_si512,
};
use core::mem::transmute;

use crate::Digest;
use crate::sponge::{State, hash};

/// The round constants (FIPS 202 §3.2.5).
const ROUNDS: [u64; 24] = [
    0x0000_0000_0000_0001,
    0x0000_0000_0000_8082,
    0x8000_0000_0000_808a,
    0x8000_0000_8000_8000,
    0x0000_0000_0000_808b,
    0x0000_0000_8000_0001,
    0x8000_0000_8000_8081,
    0x8000_0000_0000_8009,
    0x0000_0000_0000_008a,
    0x0000_0000_0000_0088,
    0x0000_0000_8000_8009,
    0x0000_0000_8000_000a,
    0x0000_0000_8000_808b,
    0x8000_0000_0000_008b,
    0x8000_0000_0000_8089,
    0x8000_0000_0000_8003,
    0x8000_0000_0000_8002,
    0x8000_0000_0000_0080,
    0x0000_0000_0000_800a,
    0x8000_0000_8000_000a,
    0x8000_0000_8000_8081,
    0x8000_0000_0000_8080,
    0x0000_0000_8000_0001,
    0x8000_0000_8000_8008,
];

/// The digests, eight at a time.
#[target_feature(enable = "avx512f")]
pub fn eight_at_once<M: AsRef<[u8]>>(messages: &[M]) -> Vec<Digest> {
    hash::<8, M>(messages, |state| {
        // SAFETY: arrays of the same size, of which every pattern of bits is a value.
        #[allow(unsafe_code, reason = "an array of words becomes an array of vectors")]
        let mut words = unsafe { transmute::<State<8>, [__m512i; 25]>(*state) };
        permute_8(&mut words);
        // SAFETY: as above, the other way round.
        #[allow(unsafe_code, reason = "an array of vectors becomes an array of words")]
        let words = unsafe { transmute::<[__m512i; 25], State<8>>(words) };
        *state = words;
    })
}

/// The digests, four at a time.
#[target_feature(enable = "avx2")]
pub fn four_at_once<M: AsRef<[u8]>>(messages: &[M]) -> Vec<Digest> {
    hash::<4, M>(messages, |state| {
        // SAFETY: arrays of the same size, of which every pattern of bits is a value.
        #[allow(unsafe_code, reason = "an array of words becomes an array of vectors")]
        let mut words = unsafe { transmute::<State<4>, [__m256i; 25]>(*state) };
        permute_4(&mut words);
        // SAFETY: as above, the other way round.
        #[allow(unsafe_code, reason = "an array of vectors becomes an array of words")]
        let words = unsafe { transmute::<[__m256i; 25], State<4>>(words) };
        *state = words;
    })
}

/// The permutation, written once for both widths. The words stay in variables of their own, so that the compiler keeps
/// them in registers; rows and columns are named as in `a[x + 5y]`.
macro_rules! permutation {
    ($name:ident, $feature:literal, $vector:ty, $xor:ident, $xor3:ident, $chi:ident, $rol:ident, $splat:ident) => {
        #[target_feature(enable = $feature)]
        fn $name(state: &mut [$vector; 25]) {
            let [
                mut a0,
                mut a1,
                mut a2,
                mut a3,
                mut a4,
                mut a5,
                mut a6,
                mut a7,
                mut a8,
                mut a9,
                mut a10,
                mut a11,
                mut a12,
                mut a13,
                mut a14,
                mut a15,
                mut a16,
                mut a17,
                mut a18,
                mut a19,
                mut a20,
                mut a21,
                mut a22,
                mut a23,
                mut a24,
            ] = *state;
            for round in ROUNDS {
                // θ: the parity of each column, and the sum of a word with the parities of two neighbours.
                let c0 = $xor3($xor3(a0, a5, a10), a15, a20);
                let c1 = $xor3($xor3(a1, a6, a11), a16, a21);
                let c2 = $xor3($xor3(a2, a7, a12), a17, a22);
                let c3 = $xor3($xor3(a3, a8, a13), a18, a23);
                let c4 = $xor3($xor3(a4, a9, a14), a19, a24);
                let r0 = $rol::<1, 63>(c0);
                let r1 = $rol::<1, 63>(c1);
                let r2 = $rol::<1, 63>(c2);
                let r3 = $rol::<1, 63>(c3);
                let r4 = $rol::<1, 63>(c4);
                // ρ and π: each word turned by its offset, at its new place.
                let b0 = $xor3(a0, c4, r1);
                let b16 = $rol::<36, 28>($xor3(a5, c4, r1));
                let b7 = $rol::<3, 61>($xor3(a10, c4, r1));
                let b23 = $rol::<41, 23>($xor3(a15, c4, r1));
                let b14 = $rol::<18, 46>($xor3(a20, c4, r1));
                let b10 = $rol::<1, 63>($xor3(a1, c0, r2));
                let b1 = $rol::<44, 20>($xor3(a6, c0, r2));
                let b17 = $rol::<10, 54>($xor3(a11, c0, r2));
                let b8 = $rol::<45, 19>($xor3(a16, c0, r2));
                let b24 = $rol::<2, 62>($xor3(a21, c0, r2));
                let b20 = $rol::<62, 2>($xor3(a2, c1, r3));
                let b11 = $rol::<6, 58>($xor3(a7, c1, r3));
                let b2 = $rol::<43, 21>($xor3(a12, c1, r3));
                let b18 = $rol::<15, 49>($xor3(a17, c1, r3));
                let b9 = $rol::<61, 3>($xor3(a22, c1, r3));
                let b5 = $rol::<28, 36>($xor3(a3, c2, r4));
                let b21 = $rol::<55, 9>($xor3(a8, c2, r4));
                let b12 = $rol::<25, 39>($xor3(a13, c2, r4));
                let b3 = $rol::<21, 43>($xor3(a18, c2, r4));
                let b19 = $rol::<56, 8>($xor3(a23, c2, r4));
                let b15 = $rol::<27, 37>($xor3(a4, c3, r0));
                let b6 = $rol::<20, 44>($xor3(a9, c3, r0));
                let b22 = $rol::<39, 25>($xor3(a14, c3, r0));
                let b13 = $rol::<8, 56>($xor3(a19, c3, r0));
                let b4 = $rol::<14, 50>($xor3(a24, c3, r0));
                // χ, and ι on the first word.
                a0 = $xor($chi(b0, b1, b2), $splat(round.cast_signed()));
                a1 = $chi(b1, b2, b3);
                a2 = $chi(b2, b3, b4);
                a3 = $chi(b3, b4, b0);
                a4 = $chi(b4, b0, b1);
                a5 = $chi(b5, b6, b7);
                a6 = $chi(b6, b7, b8);
                a7 = $chi(b7, b8, b9);
                a8 = $chi(b8, b9, b5);
                a9 = $chi(b9, b5, b6);
                a10 = $chi(b10, b11, b12);
                a11 = $chi(b11, b12, b13);
                a12 = $chi(b12, b13, b14);
                a13 = $chi(b13, b14, b10);
                a14 = $chi(b14, b10, b11);
                a15 = $chi(b15, b16, b17);
                a16 = $chi(b16, b17, b18);
                a17 = $chi(b17, b18, b19);
                a18 = $chi(b18, b19, b15);
                a19 = $chi(b19, b15, b16);
                a20 = $chi(b20, b21, b22);
                a21 = $chi(b21, b22, b23);
                a22 = $chi(b22, b23, b24);
                a23 = $chi(b23, b24, b20);
                a24 = $chi(b24, b20, b21);
            }
            *state = [
                a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19,
                a20, a21, a22, a23, a24,
            ];
        }
    };
}

permutation!(permute_8, "avx512f", __m512i, _mm512_xor_si512, xor3_8, chi_8, rol_8, _mm512_set1_epi64);
permutation!(permute_4, "avx2", __m256i, _mm256_xor_si256, xor3_4, chi_4, rol_4, _mm256_set1_epi64x);

/// `a ⊕ b ⊕ c`, as a table of three inputs.
#[target_feature(enable = "avx512f")]
#[inline]
fn xor3_8(a: __m512i, b: __m512i, c: __m512i) -> __m512i {
    _mm512_ternarylogic_epi64::<0x96>(a, b, c)
}

/// `a ⊕ (¬b ∧ c)`, as a table of three inputs.
#[target_feature(enable = "avx512f")]
#[inline]
fn chi_8(a: __m512i, b: __m512i, c: __m512i) -> __m512i {
    _mm512_ternarylogic_epi64::<0xd2>(a, b, c)
}

/// Turns each word left by `LEFT` bits; `RIGHT` is what is left of 64.
#[target_feature(enable = "avx512f")]
#[inline]
fn rol_8<const LEFT: i32, const RIGHT: i32>(a: __m512i) -> __m512i {
    const { assert!(LEFT + RIGHT == 64) };
    _mm512_rol_epi64::<LEFT>(a)
}

/// `a ⊕ b ⊕ c`.
#[target_feature(enable = "avx2")]
#[inline]
fn xor3_4(a: __m256i, b: __m256i, c: __m256i) -> __m256i {
    _mm256_xor_si256(_mm256_xor_si256(a, b), c)
}

/// `a ⊕ (¬b ∧ c)`.
#[target_feature(enable = "avx2")]
#[inline]
fn chi_4(a: __m256i, b: __m256i, c: __m256i) -> __m256i {
    _mm256_xor_si256(a, _mm256_andnot_si256(b, c))
}

/// Turns each word left by `LEFT` bits; `RIGHT` is what is left of 64.
#[target_feature(enable = "avx2")]
#[inline]
fn rol_4<const LEFT: i32, const RIGHT: i32>(a: __m256i) -> __m256i {
    const { assert!(LEFT + RIGHT == 64) };
    _mm256_or_si256(_mm256_slli_epi64::<LEFT>(a), _mm256_srli_epi64::<RIGHT>(a))
}
