//! Decoding takes memory in proportion to its input: asked of every seed and every input that fuzzing kept. The sdk's tests
//! ask the same of inputs that are made to be the worst.
#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::fs;
use std::hint::black_box;

use medledger_conformance::fuzz::kept;
use medledger_conformance::fuzz::wire::{kind, most_memory};

#[test]
fn no_input_makes_decoding_allocate_beyond_its_bound() {
    let seeds = fs::read_dir(kept::folder().join("seeds/wire")).unwrap();
    let seeds = seeds.map(|entry| fs::read(entry.unwrap().path()).unwrap());
    let mut decoded = 0_u64;
    for input in seeds.chain(kept::inputs("wire").unwrap()) {
        let Some((kind, value)) = kind(&input) else { continue };
        let mut decodes = false;
        let taken = allocation_counter::measure(|| decodes = kind.decodes(black_box(value))).bytes_total;
        let most = most_memory(value.len());
        assert!(taken <= most, "{}: {taken} bytes for {}, at most {most}", kind.name, value.len());
        decoded = decoded.saturating_add(u64::from(decodes));
    }
    assert!(decoded > 200, "only {decoded} inputs were values");
}
