//! Every wire type, by the four bytes that an input begins with.
//!
//! They follow from the type's name, so that an input keeps its type when others are added. The list is that of
//! the crates' own registers: a wire type that is listed there is a target here.

use std::fmt::Debug;

use medledger_core::codec::{CodecError, Wire, decode, encode, scan};
use medledger_core::limits::{PROOF, STATE_VALUE, TRANSACTION};

use super::cbor;

/// One wire type as a target.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name.
    pub name: &'static str,
    /// What an input of it begins with, big-endian.
    pub tag: u32,
    check: fn(&[u8]),
    decodes: fn(&[u8]) -> bool,
}

impl Kind {
    const fn of<T: Wire + Debug>() -> Self {
        let name = T::SCHEMA.name;
        Self { name, tag: tag(name), check: check::<T>, decodes: decodes::<T> }
    }

    /// Whether these bytes, which follow the tag, are a value of the type. Decodes and does nothing else.
    #[must_use]
    pub fn decodes(&self, value: &[u8]) -> bool {
        (self.decodes)(value)
    }

    /// An input of this kind.
    #[must_use]
    pub fn input(&self, value: &[u8]) -> Vec<u8> {
        [&self.tag.to_be_bytes(), value].concat()
    }
}

macro_rules! kinds {
    ($( $name:ident: $type:ty ),* $(,)?) => { &[ $( Kind::of::<$type>() ),* ] };
}

const CORE: &[Kind] = medledger_core::wire_types!(kinds);
const SDK: &[Kind] = medledger_sdk::wire_types!(kinds);

/// Every wire type.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    CORE.iter().chain(SDK)
}

/// The kind of an input, and what follows the tag.
#[must_use]
pub fn kind(input: &[u8]) -> Option<(&'static Kind, &[u8])> {
    let (tag, value) = input.split_first_chunk::<4>()?;
    let tag = u32::from_be_bytes(*tag);
    kinds().find(|kind| kind.tag == tag).map(|kind| (kind, value))
}

/// FNV-1a over the name.
const fn tag(name: &str) -> u32 {
    let bytes = name.as_bytes();
    let mut hash: u32 = 0x811c_9dc5;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash
}

// Of two types with one tag the second would never be reached.
const _: () = {
    let count = CORE.len() + SDK.len();
    let mut one = 0;
    while one < count {
        let mut other = one + 1;
        while other < count {
            assert!(
                tag_at(one) != tag_at(other),
                "two wire types have the same tag: call one of them otherwise"
            );
            other += 1;
        }
        one += 1;
    }
};

const fn tag_at(index: usize) -> u32 {
    if index < CORE.len() { CORE[index].tag } else { SDK[index - CORE.len()].tag }
}

/// The target: bytes are the one encoding of a value, or they are refused by the rule that says why.
///
/// - The scanner accepts just what an independent reader finds to be deterministic CBOR within the limits.
/// - What decodes encodes to the very bytes, is no value when cut short or followed by a byte, and under narrower
///   limits is the same value or beyond a limit.
pub fn wire(input: &[u8]) {
    if let Some((kind, value)) = kind(input) {
        (kind.check)(value);
    }
}

/// The most bytes that are allocated in all, freed or not, while so many bytes are decoded as any type: what
/// `spec/encoding.md` states of this implementation.
#[must_use]
pub const fn most_memory(input: usize) -> u64 {
    (input as u64).saturating_mul(640).saturating_add(4_096)
}

fn decodes<T: Wire>(value: &[u8]) -> bool {
    decode::<T>(value, &PROOF).is_ok()
}

fn check<T: Wire + Debug>(bytes: &[u8]) {
    let scanned = scan(bytes, &PROOF);
    assert_eq!(scanned.is_ok(), cbor::is_deterministic(bytes, PROOF.depth), "{scanned:?}");
    let value = match (decode::<T>(bytes, &PROOF), scanned) {
        (Ok(value), Ok(())) => value,
        (Err(CodecError::Shape { .. } | CodecError::NotCanonical { .. }), Ok(())) => return,
        (Err(refused), Err(scanned)) => return assert_eq!(refused, scanned),
        (decoded, scanned) => panic!("scanned {scanned:?}, decoded {decoded:?}"),
    };
    assert_eq!(encode(&value).unwrap(), bytes);
    for limits in [TRANSACTION, STATE_VALUE] {
        match decode::<T>(bytes, &limits) {
            Ok(same) => assert_eq!(encode(&same).unwrap(), bytes),
            Err(
                CodecError::TooLarge { .. }
                | CodecError::TooDeep { .. }
                | CodecError::TooManyItems { .. }
                | CodecError::TextTooLong { .. },
            ) => {}
            Err(other) => panic!("not a limit: {other}"),
        }
    }
    let cut = decode::<T>(&bytes[..bytes.len() - 1], &PROOF);
    assert!(matches!(cut, Err(CodecError::Truncated { .. })), "cut: {cut:?}");
    let more = decode::<T>(&[bytes, &[0]].concat(), &PROOF);
    assert!(matches!(more, Err(CodecError::Trailing { .. })), "followed by a byte: {more:?}");
    // Some types hold secrets, and have a Debug of their own.
    if bytes.len() < 4_096 {
        assert!(!format!("{value:?}").is_empty());
    }
}
