//! Decoding takes memory in proportion to its input, whatever that claims of itself.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;

use ciborium::Value;
use medledger_conformance::fuzz::wire::{Kind, kind, most_memory};

/// Lists of one value that are replaced, spread over all of them.
const LISTS: usize = 12;

fn seeds() -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/seeds/wire");
    fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect()
}

/// The most that decoding holds at a time, in bytes.
fn taken(kind: &Kind, value: &[u8]) -> u64 {
    let measured = allocation_counter::measure(|| {
        black_box(kind.decodes(black_box(value)));
    });
    let most = most_memory(value.len());
    let taken = measured.bytes_max;
    assert!(taken <= most, "{}: {taken} bytes for {}, at most {most} are allowed", kind.name, value.len());
    taken
}

#[test]
fn honest_values_take_a_small_multiple() {
    for input in seeds() {
        let (kind, value) = kind(&input).unwrap();
        let taken = taken(kind, value);
        assert!(
            !kind.decodes(value) || taken <= 16 * value.len() as u64 + 4_096,
            "{}: {taken} bytes for {}",
            kind.name,
            value.len()
        );
    }
}

/// The worst that an input can do: in the place of any list, one that has as many items as fit into the bytes and whose
/// first is not what it should be. Room is made for all of them before that is seen.
#[test]
fn no_list_takes_more_than_its_bytes_warrant() {
    let mut worst: BTreeMap<&str, u64> = BTreeMap::new();
    for input in seeds() {
        let (kind, value) = kind(&input).unwrap();
        let honest: Value = ciborium::from_reader(value).unwrap();
        let lists = arrays(&honest);
        for at in (0..lists).step_by(lists.div_ceil(LISTS)) {
            for items in [1_024, 16_384] {
                let mut hostile = honest.clone();
                *nth_array(&mut hostile, &mut at.clone()).unwrap() = vec![Value::Bool(false); items];
                let mut bytes = Vec::new();
                ciborium::into_writer(&hostile, &mut bytes).unwrap();
                let multiple = taken(kind, &bytes) / bytes.len() as u64;
                let most = worst.entry(kind.name).or_default();
                *most = multiple.max(*most);
            }
        }
    }
    // The test could not fail if nothing were ever allocated ahead.
    let (name, multiple) = worst.iter().max_by_key(|(_, multiple)| **multiple).unwrap();
    assert!(*multiple > 32, "{name}: {multiple}");
    println!("the worst: {name}, {multiple} bytes a byte of input");
}

fn arrays(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(arrays).sum::<usize>() + 1,
        _ => 0,
    }
}

fn nth_array<'v>(value: &'v mut Value, at: &mut usize) -> Option<&'v mut Vec<Value>> {
    let Value::Array(items) = value else { return None };
    if *at == 0 {
        return Some(items);
    }
    *at -= 1;
    items.iter_mut().find_map(|item| nth_array(item, at))
}
