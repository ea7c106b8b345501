//! SHA3-256 (FIPS 202) of many messages that don't depend on each other: eight at a time with AVX-512, four with AVX2,
//! one by one elsewhere. Which of these it is is found out when the program runs; the digests are the same.
//!
//! This crate is the only one of MedLedger with `unsafe` in it, and has it for two things:
//!
//! | where | what | why it is sound |
//! | --- | --- | --- |
//! | [`many`] | calls of functions with `target_feature` | each call stands behind the test for just these features |
//! | `x86.rs` | vectors to and from arrays of `u64` | both have the same size, and every pattern of bits is a value of both |
//!
//! There are no pointers, no lengths and no lifetimes in it. The tests hold each way against the `sha3` crate.
#![no_std]

extern crate alloc;

mod sponge;
#[cfg(target_arch = "x86_64")]
mod x86;

use alloc::vec::Vec;

use sha3::{Digest as _, Sha3_256};

/// What SHA3-256 gives.
pub type Digest = [u8; 32];

#[cfg(target_arch = "x86_64")]
cpufeatures::new!(has_avx512, "avx512f");
#[cfg(target_arch = "x86_64")]
cpufeatures::new!(has_avx2, "avx2");

/// The digests of these messages, in their order.
#[must_use]
pub fn many<M: AsRef<[u8]>>(messages: &[M]) -> Vec<Digest> {
    #[cfg(target_arch = "x86_64")]
    {
        if has_avx512::get() {
            // SAFETY: the processor has AVX-512F, and the operating system saves its registers: cpufeatures asks both.
            #[allow(unsafe_code, reason = "calls a function with target features")]
            return unsafe { x86::eight_at_once(messages) };
        }
        if has_avx2::get() {
            // SAFETY: the processor has AVX2, and the operating system saves its registers: cpufeatures asks both.
            #[allow(unsafe_code, reason = "calls a function with target features")]
            return unsafe { x86::four_at_once(messages) };
        }
    }
    one_by_one(messages)
}

/// The digests, one by one.
fn one_by_one<M: AsRef<[u8]>>(messages: &[M]) -> Vec<Digest> {
    messages.iter().map(|message| Sha3_256::digest(message.as_ref()).into()).collect()
}

#[cfg(test)]
mod tests;
