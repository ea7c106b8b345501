//! Three readers under one scan, type by type: the codec's own ([`decode`]), the walk along the schema
//! ([`shape::check`]), and ciborium's, by which the protocol's first values were read. All take the same bytes, the two
//! that give a value for the same one, and refuse the others by the same rule. The crates above hold their own types to it
//! too.

use alloc::format;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt::Debug;
use proptest::arbitrary::any;
use proptest::collection::vec as many;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestRunner};

use super::laws::{Item, heads, items, spliced};
use crate::codec::shape::{self, Known};
use crate::codec::{CodecError, Wire, decode, encode, scan};
use crate::error::Coded;
use crate::limits::PROOF;

/// Values of each type.
const CASES: u32 = 24;
/// Items of one value that are replaced by each of the others, spread over all of them.
const REPLACED: usize = 8;
/// Random changes of one value.
const CHANGES: usize = 60;

/// What decoding was before the codec had a reader of its own.
fn by_ciborium<T: Wire>(bytes: &[u8]) -> Result<T, CodecError> {
    scan(bytes, &PROOF)?;
    let value: T = ciborium::de::from_reader(bytes)
        .map_err(|error| CodecError::Shape { of: T::SCHEMA.name, why: error.to_string() })?;
    if encode(&value)? == bytes { Ok(value) } else { Err(CodecError::NotCanonical { of: T::SCHEMA.name }) }
}

/// What the names in types stand for.
type Names = fn(&str) -> Option<Known>;

/// Asserts that the readers give the same value, or refuse by the same rule.
///
/// # Panics
/// When they do not.
pub fn same<T: Wire + Debug>(bytes: &[u8], known: Names) {
    let ours = decode::<T>(bytes, &PROOF);
    let walked = shape::check(&T::SCHEMA, known, bytes, &PROOF);
    let rules = (ours.as_ref().err().map(Coded::rule), walked.as_ref().err().map(Coded::rule));
    assert_eq!(rules.0, rules.1, "{ours:?} against {walked:?}: {bytes:02x?}");
    match (ours, by_ciborium::<T>(bytes)) {
        (Ok(ours), Ok(theirs)) => {
            // Some types hold secrets and can't be compared: their bytes can.
            assert_eq!(encode(&ours).unwrap(), encode(&theirs).unwrap());
            assert_eq!(format!("{ours:?}"), format!("{theirs:?}"));
        }
        (Err(ours), Err(theirs)) => {
            assert_eq!(ours.rule(), theirs.rule(), "{ours} against {theirs}: {bytes:02x?}");
            // What the scan refuses it refuses before either.
            let shape = matches!(ours, CodecError::Shape { .. });
            assert!(shape || ours == theirs, "{ours} against {theirs}: {bytes:02x?}");
        }
        (ours, theirs) => {
            assert!(ours.is_ok() == theirs.is_ok(), "{ours:?} against {theirs:?}: {bytes:02x?}")
        }
    }
}

/// Items that stand where others should: of every kind, too long, too large, too deep, endless.
fn others() -> Vec<Vec<u8>> {
    let array = |count: usize, item: &[u8]| [&heads(4, count as u64)[0][..], &item.repeat(count)].concat();
    let mut all =
        vec![array(0, &[]), array(1, &[0]), array(2, &[0x80]), array(32, &[7]), array(32, &[0x18, 200])];
    all.extend([array(3, &[0xf6]), array(300, &[0xf4]), array(24, &[0x40]), vec![0x81; 12], vec![0x81; 40]]);
    for major in 0..=6 {
        for argument in [0, 1, 23, 24, 255, 256, 1 << 31, 1 << 32, 1 << 63, (1 << 63) - 1, u64::MAX] {
            all.push(heads(major, argument)[0].clone());
        }
        all.push(vec![major << 5 | 31, 0, 0xff]);
        all.push(vec![major << 5 | 24, 1]);
    }
    for length in [1, 31, 32, 33, 64, 300] {
        all.push([&heads(2, length as u64)[0][..], &vec![1; length]].concat());
        all.push([&heads(3, length as u64)[0][..], &vec![b'a'; length]].concat());
    }
    all.push(vec![0x62, 0xc0, 0x80]);
    all.extend((0xe0..=0xff).map(|simple| vec![simple]));
    all
}

/// The item as other kinds of the same content, one level deeper, twice, one fewer, one more.
fn respelled(bytes: &[u8], item: &Item) -> Vec<Vec<u8>> {
    let (whole, content) = (&bytes[item.start..item.end], &bytes[item.content..item.end]);
    let mut all = vec![[&[0x81], whole].concat(), [whole, whole].concat(), Vec::new()];
    match item.major {
        2 => {
            let numbers = content.iter().flat_map(|byte| heads(0, u64::from(*byte))[0].clone());
            all.push(heads(4, content.len() as u64)[0].iter().copied().chain(numbers).collect());
            all.push([&heads(3, content.len() as u64)[0], content].concat());
            all.push([&heads(2, content.len() as u64 + 1)[0], content, &[0]].concat());
        }
        3 => all.push([&heads(2, content.len() as u64)[0], content].concat()),
        4 => {
            let inside = items(whole);
            let count = item_count(&inside);
            // Its bytes as a string of bytes: read as an array of numbers where that is asked for.
            all.push([&heads(2, content.len() as u64)[0], content].concat());
            all.push([&heads(4, count + 1)[0], content, &[0xf6]].concat());
            all.push([&heads(4, count + 1)[0], content, &[0]].concat());
            all.push(heads(4, count.saturating_sub(1))[0].iter().chain(content).copied().collect());
            if let Some(first) = inside.get(1) {
                all.push([&heads(4, count + 1)[0], &whole[first.start..first.end], content].concat());
            }
        }
        _ => {}
    }
    all
}

/// How many items an array has, itself being the first of these.
fn item_count(inside: &[Item]) -> u64 {
    let mut end = inside[0].content;
    let mut count = 0;
    for item in &inside[1..] {
        if item.start == end {
            (end, count) = (item.end, count + 1);
        }
    }
    count
}

/// Asserts, for random values of a wire type, that the readers do the same with their encodings: as they are, cut, with
/// items replaced once and twice, with random bytes changed, and with random bytes instead.
///
/// # Panics
/// When they do not.
pub fn agree<T: Wire + Debug>(values: impl Strategy<Value = T>, known: Names) {
    let same = |bytes: &[u8]| same::<T>(bytes, known);
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let others = others();
    let choices = many(any::<[u16; 4]>(), CHANGES);
    TestRunner::new(config)
        .run(&(values, choices, many(any::<u8>(), 0..80)), |(value, choices, noise)| {
            let bytes = encode(&value).unwrap();
            same(&bytes);
            same(&noise);
            let step = bytes.len().div_ceil(40);
            (0..bytes.len()).step_by(step).for_each(|end| same(&bytes[..end]));
            let items = items(&bytes);
            let step = items.len().div_ceil(REPLACED);
            for item in items.iter().step_by(step) {
                for part in others.iter().chain(&respelled(&bytes, item)) {
                    same(&spliced(&bytes, item.start, item.end, part));
                }
            }
            for [first, second, part, byte] in choices {
                let [first, second, part] = [first, second, part].map(usize::from);
                same(&changed_twice(&bytes, &items, &others, [first, second, part]));
                let mut flipped = bytes.clone();
                let at = (first << 8 ^ second) % flipped.len();
                flipped[at] = byte.to_be_bytes()[1];
                same(&flipped);
            }
            Ok(())
        })
        .unwrap();
}

/// Two items change their kind, each within its place.
fn changed_twice(
    bytes: &[u8],
    items: &[Item],
    others: &[Vec<u8>],
    [first, second, part]: [usize; 3],
) -> Vec<u8> {
    let (first, second) = (&items[first % items.len()], &items[second % items.len()]);
    let (early, late) = if first.start < second.start { (first, second) } else { (second, first) };
    let choose = |item: &Item, which: usize| {
        let own = respelled(bytes, item);
        let which = which % (own.len() * 4 + others.len());
        // What the item could be mistaken for is tried more often than what it is not.
        own.get(which / 4).unwrap_or_else(|| &others[which % others.len()]).clone()
    };
    let changed = spliced(bytes, late.start, late.end, &choose(late, part));
    if early.end <= late.start {
        spliced(&changed, early.start, early.end, &choose(early, part / 7))
    } else {
        changed
    }
}

#[cfg(test)]
mod tests {
    macro_rules! readers {
        ($( $name:ident: $type:ty ),* $(,)?) => { $(
            #[test]
            #[allow(non_snake_case, reason = "named after the type")]
            fn $name() {
                super::super::agree(any::<$type>(), crate::schema::known);
            }
        )* };
    }

    mod of {
        use proptest::arbitrary::any;

        crate::wire_types!(readers);
    }
}
