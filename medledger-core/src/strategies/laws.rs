//! What holds for the encoding of every wire type, type by type. The crates above hold their own types to it too.
//!
//! The changes keep an encoding well-formed CBOR, so that it is this protocol's own rules that refuse them, and not the
//! decoder beneath.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::fmt::Debug;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestRunner};

use crate::codec::{DEPTH, Limits, Shape, Wire, decode, encode};
use crate::error::Coded;
use crate::limits::PROOF;

/// Values of each type.
const CASES: u32 = 48;
/// Heads of one value that are changed, spread over all of them.
const CHANGED: usize = 20;

/// One item of an encoding: its head, and where it ends with all that it holds.
pub(super) struct Item {
    pub(super) start: usize,
    pub(super) content: usize,
    pub(super) end: usize,
    pub(super) major: u8,
    argument: u64,
}

/// The items of well-formed deterministic CBOR, the outer before those inside.
pub(super) fn items(bytes: &[u8]) -> Vec<Item> {
    fn walk(bytes: &[u8], start: usize, found: &mut Vec<Item>) -> usize {
        let (major, info) = (bytes[start] >> 5, bytes[start] & 0x1f);
        let width = match info {
            24..=27 => 1_usize << (info - 24),
            _ => 0,
        };
        let content = start + 1 + width;
        let number = bytes[start + 1..content].iter().fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        let argument = if width == 0 { u64::from(info) } else { number };
        let index = found.len();
        found.push(Item { start, content, end: content, major, argument });
        let end = match major {
            2 | 3 => content + usize::try_from(argument).unwrap(),
            4 => (0..argument).fold(content, |at, _| walk(bytes, at, found)),
            _ => content,
        };
        found[index].end = end;
        end
    }
    let mut found = Vec::new();
    let end = walk(bytes, 0, &mut found);
    assert_eq!(end, bytes.len());
    found
}

/// A head with its argument in the shortest form, or in one of the longer ones.
pub(super) fn heads(major: u8, argument: u64) -> Vec<Vec<u8>> {
    let major = major << 5;
    let mut heads = Vec::new();
    if argument < 24 {
        heads.push(vec![major | u8::try_from(argument).unwrap()]);
    }
    if let Ok(small) = u8::try_from(argument) {
        heads.push(vec![major | 24, small]);
    }
    for (info, width) in [(25, 2), (26, 4), (27, 8)] {
        if width == 8 || argument >> (8 * width) == 0 {
            let number = argument.to_be_bytes();
            heads.push([&[major | info], &number[8 - width..]].concat());
        }
    }
    heads
}

/// The encoding with a part of it replaced.
pub(super) fn spliced(bytes: &[u8], start: usize, end: usize, part: &[u8]) -> Vec<u8> {
    [&bytes[..start], part, &bytes[end..]].concat()
}

/// The rule that refuses these bytes; they are accepted otherwise.
fn refusal<T: Wire>(bytes: &[u8]) -> String {
    refusal_under::<T>(bytes, &PROOF)
}

fn refusal_under<T: Wire>(bytes: &[u8], limits: &Limits) -> String {
    decode::<T>(bytes, limits).err().map_or("accepted".into(), |error| error.rule().to_string())
}

/// Asserts, for random values of a wire type and their encodings: what is encoded decodes to the same; no beginning of
/// an encoding is a value, nor is one with more bytes behind it; each integer, string and array inside has one form;
/// no array can have an item more, nor the outermost one fewer; every limit of decoding is kept to the very number;
/// text is UTF-8; an enum has no other codes than its own.
///
/// # Panics
/// When one of these does not hold.
pub fn hold<T: Wire + Debug>(values: impl Strategy<Value = T>) {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&values, |value| {
            let bytes = encode(&value).unwrap();
            let again: T = decode(&bytes, &PROOF).unwrap();
            // Some types hold secrets and can't be compared: their bytes can.
            assert_eq!(encode(&again).unwrap(), bytes);
            assert_eq!(format!("{again:?}"), format!("{value:?}"));
            ends_where_it_ends::<T>(&bytes);
            let items = items(&bytes);
            keeps_to_the_limits::<T>(&bytes, &items);
            has_no_other_code::<T>(&bytes, &items);
            let step = items.len().div_ceil(CHANGED);
            for item in items.iter().step_by(step) {
                has_one_form::<T>(&bytes, item);
                holds_no_more_and_no_less::<T>(&bytes, item, item.start == 0);
            }
            Ok(())
        })
        .unwrap();
}

fn ends_where_it_ends<T: Wire>(bytes: &[u8]) {
    for end in 0..bytes.len() {
        assert_eq!(refusal::<T>(&bytes[..end]), "COD-002", "cut at {end}");
    }
    for more in [0x00, 0x80, 0xa0, 0xf6, 0xff] {
        assert_eq!(refusal::<T>(&[bytes, &[more]].concat()), "COD-003", "followed by {more:02x}");
    }
}

/// How deep the arrays nest, the outermost being at 1.
fn depth_of(items: &[Item]) -> u8 {
    let arrays = || items.iter().filter(|item| item.major == 4);
    let around =
        |inner: &Item| arrays().filter(|outer| outer.start <= inner.start && inner.end <= outer.end).count();
    u8::try_from(arrays().map(around).max().unwrap_or(0)).unwrap()
}

/// Under limits that it just meets a value decodes; under any that is lower by one it does not.
fn keeps_to_the_limits<T: Wire>(bytes: &[u8], items: &[Item]) {
    let longest = |major: u8| {
        items.iter().filter(|item| item.major == major).map(|item| item.argument).max().unwrap_or(0)
    };
    let just = Limits {
        bytes: u64::try_from(bytes.len()).unwrap(),
        depth: depth_of(items),
        items: longest(4),
        text: longest(3),
    };
    assert_eq!(refusal_under::<T>(bytes, &just), "accepted", "{just:?}");
    let lower = [
        (Limits { bytes: just.bytes - 1, ..just }, "COD-001", true),
        (Limits { depth: just.depth - 1, ..just }, "COD-007", true),
        (Limits { items: just.items - 1, ..just }, "COD-008", true),
        (Limits { text: just.text.saturating_sub(1), ..just }, "COD-009", just.text > 0),
    ];
    for (limits, rule, applies) in lower {
        assert!(!applies || refusal_under::<T>(bytes, &limits) == rule, "{limits:?} is not {rule}");
    }
    // Whatever the limits say, nothing nests deeper than the protocol allows.
    let deep = Limits { depth: u8::MAX, ..PROOF };
    let nested = |levels: u8| spliced(bytes, 1, 1, &vec![0x81; usize::from(levels)]);
    assert_eq!(refusal_under::<T>(&nested(DEPTH), &deep), "COD-007");
    assert_eq!(refusal_under::<T>(&vec![0x81; 100_000], &deep), "COD-007");
    assert_ne!(refusal::<T>(&nested(1)), "accepted");
}

fn has_no_other_code<T: Wire>(bytes: &[u8], items: &[Item]) {
    let Shape::Enum(variants) = T::SCHEMA.shape else { return };
    let code = &items[1];
    let known = |code: u64| variants.iter().any(|(known, ..)| *known == code);
    assert!(known(code.argument));
    let beside = variants.iter().flat_map(|(code, ..)| [code.saturating_sub(1), code + 1]);
    for other in beside.chain([0, 23, 24, 255, 256, 65_536, u64::MAX]).filter(|code| !known(*code)) {
        let changed = spliced(bytes, code.start, code.content, &heads(0, other)[0]);
        assert_eq!(refusal::<T>(&changed), "COD-011", "code {other}");
    }
}

fn has_one_form<T: Wire>(bytes: &[u8], item: &Item) {
    let Item { start, content, end, major, argument } = *item;
    let whole = &bytes[start..end];
    if major < 7 {
        for longer in heads(major, argument).iter().skip(1) {
            assert_eq!(refusal::<T>(&spliced(bytes, start, content, longer)), "COD-004", "head at {start}");
        }
    }
    let indefinite = match major {
        // The string as the only chunk of one without a length; the array's items up to a break.
        2 | 3 => [&[major << 5 | 31], whole, &[0xff]].concat(),
        4 => [&[0x9f], &bytes[content..end], &[0xff]].concat(),
        _ => Vec::new(),
    };
    if !indefinite.is_empty() {
        assert_eq!(refusal::<T>(&spliced(bytes, start, end, &indefinite)), "COD-005", "item at {start}");
    }
    // Inside a tag (that of a bignum, and that which says only that CBOR follows), as a map, a float, undefined.
    let tagged = |tag: &[u8]| [tag, whole].concat();
    let keyed = [&[0xa1, 0x00], whole].concat();
    for other in [tagged(&[0xc2]), tagged(&[0xd9, 0xd9, 0xf7]), keyed, vec![0xf9, 0x3c, 0x00], vec![0xf7]] {
        assert_eq!(refusal::<T>(&spliced(bytes, start, end, &other)), "COD-006", "item at {start}");
    }
    // Bytes as an array of numbers, text as bytes, a number as one of the other sign or as a string.
    let spelled = match major {
        2 => bytes[content..end].iter().fold(heads(4, argument)[0].clone(), |mut array, byte| {
            array.extend_from_slice(&heads(0, u64::from(*byte))[0]);
            array
        }),
        3 => spliced(whole, 0, content - start, &heads(2, argument)[0]),
        0 | 1 => [&heads(2, (end - start).try_into().unwrap())[0], whole].concat(),
        _ => return,
    };
    let refused = refusal::<T>(&spliced(bytes, start, end, &spelled));
    let wanted = if major == 2 { "COD-012" } else { "COD-011" };
    assert_eq!(refused, wanted, "item at {start} spelled otherwise");
    // A number is at most 2⁶⁴ − 1 where it is not signed, and no signed one is above 2⁶³ − 1 in size.
    if major == 1 {
        let least = spliced(bytes, start, end, &heads(1, u64::MAX)[0]);
        assert_eq!(refusal::<T>(&least), "COD-011", "number at {start} below the least");
    }
    if major == 3 && end > content {
        for junk in [0xff, 0xc0] {
            let mut changed = bytes.to_vec();
            changed[end - 1] = junk;
            assert_eq!(refusal::<T>(&changed), "COD-010", "text at {start}");
        }
    }
    if major == 2 {
        let text = [&heads(3, argument)[0][..], &vec![b'a'; end - content]].concat();
        assert_eq!(refusal::<T>(&spliced(bytes, start, end, &text)), "COD-011", "bytes at {start} as text");
    }
}

fn holds_no_more_and_no_less<T: Wire>(bytes: &[u8], item: &Item, outermost: bool) {
    let Item { start, content, end, major, argument } = *item;
    if major != 4 {
        return;
    }
    // No list of the protocol holds truth values, so one too many is refused in lists as it is in structs.
    let more = [&heads(4, argument + 1)[0], &bytes[content..end], &[0xf4]].concat();
    assert_eq!(refusal::<T>(&spliced(bytes, start, end, &more)), "COD-011", "array at {start}");
    // The outermost array is a struct's or an enum's: none of its items can be left out.
    if outermost {
        let last =
            items(bytes).into_iter().skip(1).filter(|inner| inner.end == end).map(|inner| inner.start).min();
        let fewer = [&heads(4, argument - 1)[0], &bytes[content..last.unwrap()]].concat();
        assert_eq!(refusal::<T>(&fewer), "COD-011");
    }
}

#[cfg(test)]
mod tests {
    use proptest::arbitrary::any;
    use proptest::strategy::ValueTree;

    use super::*;
    use crate::operation::Operation;

    macro_rules! laws {
        ($( $name:ident: $type:ty ),* $(,)?) => { $(
            #[test]
            #[allow(non_snake_case, reason = "named after the type")]
            fn $name() {
                super::super::hold(any::<$type>());
            }
        )* };
    }

    mod of {
        use proptest::arbitrary::any;

        crate::wire_types!(laws);
    }

    #[test]
    fn strategies_reach_every_variant() {
        let mut runner = TestRunner::deterministic();
        let strategy = any::<Operation>();
        let codes = (0..300).map(|_| strategy.new_tree(&mut runner).unwrap().current().code());
        assert_eq!(codes.collect::<alloc::collections::BTreeSet<u64>>().len(), 16);
    }
}
