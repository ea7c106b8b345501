//! Proof that core and sdk need no operating system: this program links against nothing but `core` and `alloc`.
//!
//! Building a library for a bare target shows that it compiles there. Only linking shows that no symbol of a C
//! library, an allocator or an unwinder is left open. The inputs are opaque to the optimiser, so that what is
//! called here is really in the program.
#![no_std]
#![no_main]

extern crate alloc;

use core::hint::black_box;
use core::panic::PanicInfo;

use medledger_core::codec::{decode, encode, scan};
use medledger_core::crypto::SecretKey;
use medledger_core::hash::{Hex, Tag, from_hex, hash, hash_wire};
use medledger_core::light::{RecordProof, Verifier};
use medledger_core::limits;
use medledger_core::units::Timestamp;
use medledger_sdk::fhir::bundle::Bundle;
use medledger_sdk::local::Ledger;
use static_alloc::Bump;

/// Hands out memory and never takes it back: enough for a program that only has to link, and safe to use.
#[global_allocator]
static HEAP: Bump<[u8; 64 * 1024]> = Bump::uninit();

medledger_core::wire! {
    /// What goes there and back.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Probe {
        /// A number.
        pub number: u64,
        /// A text.
        pub text: alloc::string::String,
    }
}

#[panic_handler]
fn stop(_: &PanicInfo<'_>) -> ! {
    halt()
}

fn halt() -> ! {
    loop {
        core::hint::spin_loop();
    }
}

fn codec(input: &[u8]) -> bool {
    let Ok(probe) = decode::<Probe>(input, &limits::TRANSACTION) else { return false };
    scan(input, &limits::TRANSACTION).is_ok() && encode(&probe).is_ok_and(|bytes| bytes == input)
}

fn hashes(input: &[u8], probe: &Probe) -> bool {
    let digest = hash(Tag::Did, &[input]);
    let text = alloc::format!("{}", Hex(&digest));
    from_hex(&text).is_some_and(|bytes| bytes == digest) && hash_wire(Tag::Did, probe).is_ok()
}

/// A ledger from bytes draws in validation, state, blocks, finality and signatures; the next block, building and signing.
fn ledger(input: &[u8], seed: [u8; 32]) -> bool {
    let now = Timestamp(u64::from(seed[0]));
    let Ok(mut ledger) = Ledger::from_bytes(input, now) else { return false };
    let submitted = ledger.submit(input.to_vec(), now).is_ok();
    let produced = ledger.produce(&SecretKey::from_seed(seed), now).is_ok();
    submitted && produced && ledger.to_bytes().is_ok_and(|bytes| bytes == input)
}

fn light(input: &[u8], ledger: &Ledger) -> bool {
    let Ok(proof) = decode::<RecordProof>(input, &limits::PROOF) else { return false };
    Verifier::new(ledger.genesis(), Timestamp(0)).is_ok_and(|verifier| proof.check(&verifier).is_ok())
}

fn fhir(input: &[u8]) -> bool {
    Bundle::parse(input).is_ok_and(|bundle| bundle.entries().next().is_some())
}

/// Where the linker begins.
#[allow(unsafe_code, reason = "the linker finds the entry by its name; nothing unsafe is done in it")]
#[unsafe(no_mangle)]
pub extern "C" fn _start() -> ! {
    let input: &[u8] = black_box(&[0x82, 0x18, 0x18, 0x61, b'a']);
    let probe = Probe { number: black_box(24), text: black_box("a").into() };
    black_box(codec(input) && hashes(input, &probe));
    black_box(ledger(input, black_box([7; 32])) && fhir(input));
    if let Ok(held) = Ledger::from_bytes(black_box(input), Timestamp(0)) {
        black_box(light(input, &held));
    }
    halt()
}
