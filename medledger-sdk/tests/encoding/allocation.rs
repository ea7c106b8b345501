//! What decoding allocates, for hostile bytes of every wire type of core and sdk: no more than a multiple of the input.
//!
//! What costs most is a list whose items are large in memory and small on the wire, or are not what they should be: room
//! is made for all that the list's head announces, which the scan has held to the bytes at hand.

use allocation_counter::measure;
use medledger_core::codec::{Wire, decode, encode};
use medledger_core::limits::PROOF;
use proptest::arbitrary::any;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::Generated;

/// Bytes allocated in all, freed or not, for each byte of input: what spec/encoding.md states.
const MULTIPLE: u64 = 640;
/// And for whatever input: messages of errors.
const CONSTANT: u64 = 4096;

/// Values of each type that are made hostile.
const VALUES: usize = 4;
/// Items of each that are replaced, spread over all of them.
const REPLACED: usize = 12;

/// The items of well-formed CBOR of the protocol: major type, start, content and end of each.
fn items(bytes: &[u8]) -> Vec<(u8, usize, usize, usize)> {
    fn walk(bytes: &[u8], start: usize, found: &mut Vec<(u8, usize, usize, usize)>) -> usize {
        let (major, info) = (bytes[start] >> 5, bytes[start] & 0x1f);
        let width = if (24..28).contains(&info) { 1 << (info - 24) } else { 0 };
        let content = start + 1 + width;
        let number =
            bytes[start + 1..content].iter().fold(0_usize, |sum, byte| (sum << 8) | usize::from(*byte));
        let argument = if width == 0 { usize::from(info) } else { number };
        let index = found.len();
        found.push((major, start, content, content));
        let end = match major {
            2 | 3 => content + argument,
            4 => (0..argument).fold(content, |at, _| walk(bytes, at, found)),
            _ => content,
        };
        found[index].3 = end;
        end
    }
    let mut found = Vec::new();
    assert_eq!(walk(bytes, 0, &mut found), bytes.len());
    found
}

/// The shortest head with an argument.
fn head(major: u8, argument: usize) -> Vec<u8> {
    let bytes = u64::try_from(argument).unwrap().to_be_bytes();
    let major = major << 5;
    match argument {
        0..24 => vec![major | bytes[7]],
        24..0x100 => vec![major | 24, bytes[7]],
        0x100..0x1_0000 => [&[major | 25], &bytes[6..]].concat(),
        _ => [&[major | 26], &bytes[4..]].concat(),
    }
}

/// Encodings that pass the scan, with one item replaced by what costs much.
fn hostile(bytes: &[u8]) -> Vec<Vec<u8>> {
    let items = items(bytes);
    let step = items.len().div_ceil(REPLACED);
    let mut all = vec![bytes.to_vec()];
    for (major, start, content, end) in items.iter().copied().step_by(step) {
        let mut replace = |part: Vec<u8>| all.push([&bytes[..start], &part, &bytes[end..]].concat());
        for count in [3, 100, 1_500] {
            // Small things of each kind, as many as announced.
            for small in [0x00, 0x20, 0x40, 0x60, 0x80, 0xf6] {
                replace([head(4, count), vec![small; count]].concat());
            }
            replace([head(2, count), vec![0; count]].concat());
            replace([head(3, count), vec![b'a'; count]].concat());
            // The first of a list again and again, with and without an end that is not one.
            let first = items.iter().find(|(_, at, ..)| major == 4 && *at == content && *at < end);
            if let Some((_, from, _, to)) = first {
                let copies = bytes[*from..*to].repeat(count.min(200_000 / (to - from)));
                let count = copies.len() / (to - from);
                replace([head(4, count), copies.clone()].concat());
                replace([head(4, count + 1), copies, vec![0xf4]].concat());
            }
        }
    }
    all
}

#[derive(Default)]
struct Worst {
    total: (u64, &'static str),
    peak: (u64, &'static str),
}

fn look<T: Wire>(values: impl Strategy<Value = T>, worst: &mut Worst) {
    let mut runner = TestRunner::deterministic();
    for _ in 0..VALUES {
        let value = values.new_tree(&mut runner).unwrap().current();
        for bytes in hostile(&encode(&value).unwrap()) {
            let length = u64::try_from(bytes.len()).unwrap();
            let used = measure(|| drop(decode::<T>(&bytes, &PROOF)));
            let multiple = |used: u64| used.saturating_sub(CONSTANT).div_ceil(length);
            worst.total = worst.total.max((multiple(used.bytes_total), T::SCHEMA.name));
            worst.peak = worst.peak.max((multiple(used.bytes_max), T::SCHEMA.name));
        }
    }
}

macro_rules! cores {
    ($( $name:ident: $type:ty ),* $(,)?) => {
        fn of_core(worst: &mut Worst) {
            $( look(any::<$type>(), worst); )*
        }
    };
}
macro_rules! own {
    ($( $name:ident: $type:ty ),* $(,)?) => {
        fn of_sdk(worst: &mut Worst) {
            $( look(<$type as Generated>::values(), worst); )*
        }
    };
}
medledger_core::wire_types!(cores);
medledger_sdk::wire_types!(own);

#[test]
fn decoding_allocates_a_small_multiple_of_the_input() {
    let mut worst = Worst::default();
    of_core(&mut worst);
    of_sdk(&mut worst);
    println!(
        "at most {} in all (a {}), {} at a time (a {})",
        worst.total.0, worst.total.1, worst.peak.0, worst.peak.1
    );
    assert!(worst.total.0 <= MULTIPLE, "{} in a {}", worst.total.0, worst.total.1);
    assert!(worst.total.0 > MULTIPLE / 4, "the multiple that is stated is not near what is measured");
}
