use super::*;
use crate::error::Coded;
use crate::limits::TRANSACTION;
use alloc::vec;
use proptest::prelude::*;

wire! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Point {
        x: u64,
        y: Option<i64>,
        z: Vec<Mark>,
    }
}
wire! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum Mark {
        0 => Bare,
        7 => Named { name: String, raw: serde_bytes::ByteBuf },
    }
}

fn refuse(bytes: &[u8]) -> String {
    decode::<Point>(bytes, &TRANSACTION).unwrap_err().rule().to_string()
}

#[test]
fn struct_and_enum_are_arrays() {
    let point = Point {
        x: 24,
        y: Some(-1),
        z: vec![Mark::Bare, Mark::Named { name: "a".into(), raw: serde_bytes::ByteBuf::from(vec![1]) }],
    };
    let bytes = encode(&point).unwrap();
    assert_eq!(bytes, [0x83, 0x18, 24, 0x20, 0x82, 0x81, 0, 0x83, 7, 0x61, b'a', 0x41, 1]);
    assert_eq!(decode::<Point>(&bytes, &TRANSACTION).unwrap(), point);
}

#[test]
fn each_fault_has_its_rule() {
    // [1, null, []] is the smallest point.
    assert!(decode::<Point>(&[0x83, 1, 0xf6, 0x80], &TRANSACTION).is_ok());
    assert_eq!(refuse(&vec![0; 70_000]), "COD-001");
    for cut in 0..4 {
        assert_eq!(refuse(&[0x83, 1, 0xf6, 0x80][..cut]), "COD-002", "cut at {cut}");
    }
    assert_eq!(refuse(&[0x83, 1, 0xf6, 0x9b, 0, 0, 0, 1, 0, 0, 0, 0]), "COD-008");
    assert_eq!(refuse(&[0x83, 1, 0xf6, 0x98, 200]), "COD-002");
    assert_eq!(refuse(&[0x83, 1, 0xf6, 0x5b, 255, 255, 255, 255, 255, 255, 255, 255]), "COD-002");
    assert_eq!(refuse(&[0x83, 1, 0xf6, 0x80, 0]), "COD-003");
    assert_eq!(refuse(&[0x83, 0x18, 1, 0xf6, 0x80]), "COD-004");
    assert_eq!(refuse(&[0x98, 3, 1, 0xf6, 0x80]), "COD-004");
    assert_eq!(refuse(&[0x9f, 1, 0xf6, 0x80, 0xff]), "COD-005");
    assert_eq!(refuse(&[0x83, 1, 0xf6, 0x5f, 0x41, 0, 0xff]), "COD-005");
    for (head, found) in [
        (0xa0, "a map"),
        (0xc2, "a tag"),
        (0xe0, "a simple value"),
        (0xf7, "a simple value"),
        (0xf8, "a simple value"),
        (0xf9, "a float"),
        (0xfa, "a float"),
        (0xfb, "a float"),
        (0xfc, "a simple value"),
        (0x1c, "a reserved head"),
    ] {
        let bytes = [0x83, 1, head, 0x80, 0, 0, 0, 0, 0, 0];
        assert_eq!(refuse(&bytes), "COD-006", "{head:x}");
        let error = decode::<Point>(&bytes, &TRANSACTION).unwrap_err();
        assert_eq!(error, CodecError::Forbidden { offset: 2, found });
    }
    assert_eq!(refuse(&[0x81; 60]), "COD-007");
    let mut long = vec![0x83, 1, 0xf6, 0x81, 0x83, 7, 0x79, 4, 1];
    long.extend(vec![b'a'; 1025]);
    long.push(0x40);
    assert_eq!(refuse(&long), "COD-009");
    assert_eq!(refuse(&[0x83, 1, 0xf6, 0x81, 0x83, 7, 0x61, 0xff, 0x40]), "COD-010");
    // Surplus and missing items, an unknown code, a wrong type.
    assert_eq!(refuse(&[0x84, 1, 0xf6, 0x80, 0]), "COD-011");
    assert_eq!(refuse(&[0x82, 1, 0xf6]), "COD-011");
    assert_eq!(refuse(&[0x83, 1, 0xf6, 0x81, 0x81, 9]), "COD-011");
    assert_eq!(refuse(&[0x83, 1, 0xf6, 0x81, 0x80]), "COD-011");
    assert_eq!(refuse(&[0x83, 1, 0xf6, 0x81, 0x82, 0, 0]), "COD-011");
    assert_eq!(refuse(&[0x83, 0x20, 0xf6, 0x80]), "COD-011");
    assert_eq!(refuse(&[0x83, 0x41, 1, 0xf6, 0x80]), "COD-011");
}

#[test]
fn bytes_given_as_an_array_are_not_canonical() {
    // serde_bytes would take an array of integers for a byte string; the comparison refuses it.
    assert_eq!(refuse(&[0x83, 1, 0xf6, 0x81, 0x83, 7, 0x61, b'a', 0x81, 1]), "COD-012");
}

fn mark() -> impl Strategy<Value = Mark> {
    prop_oneof![
        Just(Mark::Bare),
        (".{0,20}", prop::collection::vec(any::<u8>(), 0..20))
            .prop_map(|(name, raw)| Mark::Named { name, raw: serde_bytes::ByteBuf::from(raw) }),
    ]
}

proptest! {
    #[test]
    fn round_trip(x: u64, y: Option<i64>, z in prop::collection::vec(mark(), 0..20)) {
        let point = Point { x, y, z };
        let bytes = encode(&point).unwrap();
        prop_assert_eq!(decode::<Point>(&bytes, &TRANSACTION).unwrap(), point);
    }

    #[test]
    fn what_decodes_encodes_to_the_same_bytes(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        if let Ok(point) = decode::<Point>(&bytes, &TRANSACTION) {
            prop_assert_eq!(encode(&point).unwrap(), bytes);
        }
    }
}

/// A type whose writer fails, which no `wire!` type does.
#[derive(Debug, serde::Deserialize)]
struct Unwritable;

impl serde::Serialize for Unwritable {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("it has no form"))
    }
}

impl Wire for Unwritable {
    const SCHEMA: Schema = Schema { name: "Unwritable", shape: Shape::Struct(&[]) };
}

#[test]
fn what_cannot_be_encoded_is_an_error() {
    let error = encode(&Unwritable).unwrap_err();
    assert_eq!(error.rule().to_string(), "COD-013");
    assert!(error.to_string().contains("it has no form"));
}
