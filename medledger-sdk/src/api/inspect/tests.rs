use super::*;
use alloc::collections::BTreeSet;
use medledger_core::codec::{Wire, encode};
use medledger_core::crypto::{PublicKey, PublicKeyBytes};
use medledger_core::operation::ReplayWindow;
use medledger_core::units::Interval;
use medledger_core::vocabulary::Coding;

fn shown<T: Wire>(value: &T) -> String {
    inspect(T::SCHEMA.name, &encode(value).unwrap()).unwrap()
}

#[test]
fn values_are_shown_with_the_names_of_the_schema() {
    let key = PublicKey::Ed25519 { bytes: PublicKeyBytes([0xab; 32]) };
    assert_eq!(shown(&key), alloc::format!("{{\"Ed25519\":{{\"bytes\":\"{}\"}}}}", "ab".repeat(32)));
    let window = ReplayWindow { base: 1 << 53, used: (1 << 53) + 1 };
    assert_eq!(shown(&window), r#"{"base":9007199254740992,"used":"9007199254740993"}"#);
    assert_eq!(shown(&Interval { start: Some(-1), end: None }), r#"{"start":-1,"end":null}"#);
    assert_eq!(
        shown(&Interval { start: Some(i64::MIN), end: Some(-(1 << 53)) }),
        r#"{"start":"-9223372036854775808","end":-9007199254740992}"#
    );
    let coding = Coding { system: None, code: "a\"\\\n\u{1f}ü".to_string() };
    assert_eq!(shown(&coding), "{\"system\":null,\"code\":\"a\\\"\\\\\\u000a\\u001fü\"}");
}

#[test]
fn enums_without_fields_are_words() {
    assert_eq!(inspect("Kind", &[0x81, 0x02]).unwrap(), "\"Practitioner\"");
}

#[test]
fn what_does_not_decode_is_not_shown() {
    let code = |kind: &str, bytes: &[u8]| inspect(kind, bytes).unwrap_err().code.clone();
    assert_eq!(code("Nothing", &[0x80]), "API-002");
    assert_eq!(code("", &[0x80]), "API-002");
    assert_eq!(code("Kind", &[0x81]), "COD-002");
    assert_eq!(code("Kind", &[0x81, 0x01, 0x00]), "COD-003");
    assert_eq!(code("Kind", &[0x81, 0x18, 0x01]), "COD-004");
    assert_eq!(code("Kind", &[0x81, 0x18, 0x63]), "COD-011");
    assert_eq!(code("Body", &[0; 65_537]), "COD-001");
    assert_eq!(code("BlockBody", &[0; 65_537]), "COD-003");
}

#[test]
fn the_registers_are_whole() {
    let types = wire_types();
    assert_eq!(types.len(), types.iter().collect::<BTreeSet<_>>().len());
    assert!(types.iter().any(|name| name == "Receipt") && types.iter().any(|name| name == "ProofFile"));
    let rules = rules();
    assert!(rules.iter().any(|rule| rule.id == "CON-001" && rule.code.0 == 701));
    assert_eq!(rules.len(), rules.iter().map(|rule| &rule.id).collect::<BTreeSet<_>>().len());
}
