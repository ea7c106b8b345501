//! The reader takes and refuses what ciborium's does, and gives the same values.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use proptest::prelude::*;
use serde::Deserialize;
use serde_bytes::ByteBuf;

use super::*;
use crate::codec::scan;
use crate::hash::Did;
use crate::limits::PROOF;
use crate::units::Timestamp;

wire! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Mixed {
        id: Did,
        times: Vec<Timestamp>,
        maybe: Option<Did>,
        flag: bool,
        raw: ByteBuf,
        name: Option<String>,
        signed: i64,
        inner: Vec<Choice>,
    }
}
wire! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum Choice {
        0 => Bare,
        3 => Numbers { list: Vec<u64>, of: Option<Vec<u64>> },
        250 => Lists { lists: Vec<Vec<u64>>, raws: Vec<ByteBuf>, texts: Vec<String> },
    }
}

#[derive(Clone, Debug)]
enum Tree {
    Unsigned(u64),
    Negative(u64),
    Bytes(Vec<u8>),
    Text(String),
    Array(Vec<Tree>),
    Simple(u8),
}

fn head(major: u8, argument: u64, out: &mut Vec<u8>) {
    let (info, width) = match argument {
        0..=23 => (argument.to_be_bytes()[7], 0),
        24..=0xff => (24, 1),
        0x100..=0xffff => (25, 2),
        0x1_0000..=0xffff_ffff => (26, 4),
        _ => (27, 8),
    };
    out.push(major << 5 | info);
    out.extend_from_slice(&argument.to_be_bytes()[8 - width..]);
}

impl Tree {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Unsigned(value) => head(0, *value, out),
            Self::Negative(value) => head(1, *value, out),
            Self::Bytes(bytes) => {
                head(2, bytes.len() as u64, out);
                out.extend_from_slice(bytes);
            }
            Self::Text(text) => {
                head(3, text.len() as u64, out);
                out.extend_from_slice(text.as_bytes());
            }
            Self::Array(items) => {
                head(4, items.len() as u64, out);
                items.iter().for_each(|item| item.write(out));
            }
            Self::Simple(head) => out.push(*head),
        }
    }
}

fn number() -> impl Strategy<Value = u64> {
    prop_oneof![0..4_u64, 0..300_u64, any::<u64>(), Just(250), Just(1 << 63)]
}

fn any_tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        number().prop_map(Tree::Unsigned),
        number().prop_map(Tree::Negative),
        prop::collection::vec(0..4_u8, 0..5).prop_map(Tree::Bytes),
        Just(Tree::Bytes(vec![1; 32])),
        ".{0,3}".prop_map(Tree::Text),
        (0xf4_u8..=0xf6).prop_map(Tree::Simple),
    ];
    leaf.prop_recursive(2, 20, 5, |inner| {
        prop_oneof![
            3 => prop::collection::vec(inner, 0..5).prop_map(Tree::Array),
            1 => Just(Tree::Array(vec![Tree::Unsigned(7); 32])),
        ]
    })
}

/// Mostly the right thing.
fn near(right: impl Strategy<Value = Tree> + 'static) -> BoxedStrategy<Tree> {
    prop_oneof![12 => right, 1 => any_tree()].boxed()
}

fn list(of: BoxedStrategy<Tree>) -> BoxedStrategy<Tree> {
    let bytes = prop::collection::vec(any::<u8>(), 0..4).prop_map(Tree::Bytes);
    near(prop_oneof![6 => prop::collection::vec(of, 0..4).prop_map(Tree::Array), 1 => bytes])
}

fn numbers() -> BoxedStrategy<Tree> {
    list(near(number().prop_map(Tree::Unsigned)))
}

fn bytes() -> BoxedStrategy<Tree> {
    near(Just(Tree::Bytes(vec![9; 32])))
}

fn choice() -> BoxedStrategy<Tree> {
    let text = near(".{0,3}".prop_map(Tree::Text));
    let null = Just(Tree::Simple(0xf6));
    let array = |items: Vec<BoxedStrategy<Tree>>| near(items.prop_map(Tree::Array));
    let code = |code| near(Just(Tree::Unsigned(code)));
    prop_oneof![
        array(vec![code(0)]),
        array(vec![code(3), numbers(), near(prop_oneof![numbers(), null])]),
        array(vec![code(250), list(numbers()), list(bytes()), list(text)]),
    ]
    .boxed()
}

fn mixed() -> BoxedStrategy<Tree> {
    let null = || Just(Tree::Simple(0xf6)).boxed();
    let text = ".{0,3}".prop_map(Tree::Text).boxed();
    let signed = prop_oneof![number().prop_map(Tree::Unsigned), number().prop_map(Tree::Negative)];
    let fields = vec![
        bytes(),
        numbers(),
        near(prop_oneof![bytes(), null()]),
        near((0xf4_u8..=0xf5).prop_map(Tree::Simple)),
        near(prop::collection::vec(any::<u8>(), 0..9).prop_map(Tree::Bytes)),
        near(prop_oneof![text, null()]),
        near(signed),
        list(choice()),
    ];
    near(fields.prop_map(Tree::Array))
}

fn same(bytes: &[u8]) -> Result<(), TestCaseError> {
    if scan(bytes, &PROOF).is_err() {
        return Ok(());
    }
    let ours = Mixed::deserialize(&mut Reader::new(bytes)).ok();
    let theirs: Option<Mixed> = ciborium::de::from_reader(bytes).ok();
    prop_assert_eq!(ours, theirs);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_read_is_what_ciborium_reads(tree in mixed()) {
        let mut bytes = Vec::new();
        tree.write(&mut bytes);
        same(&bytes)?;
    }

    /// No bytes lead to a panic, scanned before or not.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let _ = Mixed::deserialize(&mut Reader::new(&bytes));
        same(&bytes)?;
    }
}

#[test]
fn an_array_of_small_numbers_passes_for_bytes_and_bytes_for_an_array() {
    let bytes = [0x83, 0x03, 0x42, 7, 8, 0xf6];
    let read = Choice::deserialize(&mut Reader::new(&bytes)).unwrap();
    assert_eq!(read, Choice::Numbers { list: vec![7, 8], of: None });
    assert_eq!(ciborium::de::from_reader::<Choice, _>(&bytes[..]).unwrap(), read);
}

#[test]
fn a_fault_says_what_is_wanted() {
    let fault = |bytes: &[u8]| Mixed::deserialize(&mut Reader::new(bytes)).unwrap_err().to_string();
    assert_eq!(fault(&[0x80]), "Mixed lacks its id");
    assert_eq!(fault(&[0x01]), "an array is wanted");
    assert_eq!(fault(&[]), "another item is wanted");
    let choice = |bytes: &[u8]| Choice::deserialize(&mut Reader::new(bytes)).unwrap_err().to_string();
    assert_eq!(choice(&[0x81, 9]), "Choice has no code 9");
    assert_eq!(choice(&[0x82, 0, 0]), "Choice has surplus fields");
    assert_eq!(choice(&[0x82, 3, 0x61, b'a']), "an array is wanted");
}

/// Bytes that no scan has passed: nothing panics, nothing goes on for ever, and no length is believed.
fn total<T: crate::codec::Wire>(bytes: &[u8]) {
    let _ = T::deserialize(&mut Reader::new(bytes));
    for head in [0x5b, 0x7b, 0x9b] {
        for argument in [1 << 20, 1 << 32, 1 << 63, u64::MAX] {
            let length = [&[head][..], &u64::to_be_bytes(argument)].concat();
            let _ = T::deserialize(&mut Reader::new(&length));
            let _ = T::deserialize(&mut Reader::new(
                &[&[0x9b, 0, 0, 0, 9, 0, 0, 0, 0], &length[..], bytes].concat(),
            ));
            let _ = T::deserialize(&mut Reader::new(&[&[0x8a, 0], &length[..], bytes].concat()));
        }
    }
}

macro_rules! all_total {
    ($( $name:ident: $type:ty ),* $(,)?) => {
        fn every_type_is_total(bytes: &[u8]) {
            $( total::<$type>(bytes); )*
        }
    };
}
crate::wire_types!(all_total);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_type_trusts_its_reader_to_be_after_a_scan(bytes in prop::collection::vec(any::<u8>(), 0..60), tree in any_tree()) {
        every_type_is_total(&bytes);
        let mut written = Vec::new();
        tree.write(&mut written);
        every_type_is_total(&written);
        every_type_is_total(&vec![0x81; 100_000]);
        every_type_is_total(&[0x9f; 50]);
    }
}
