use alloc::string::{String, ToString};
use alloc::vec::Vec;
use alloc::{format, vec};
use medledger_core::error::Coded;
use proptest::prelude::*;

use super::*;

const LIMITS: Limits = Limits { bytes: 4096, resource: 4096, string: 64, data: 256, values: 200, depth: 64 };

fn canonical(text: &str) -> String {
    String::from_utf8(canonicalise(text.as_bytes(), "Bundle", &Limits::BUNDLE).unwrap()).unwrap()
}

fn refuse(bytes: &[u8]) -> (String, String) {
    let error = canonicalise(bytes, "Bundle", &LIMITS).unwrap_err();
    (error.rule().to_string(), error.element().unwrap().to_string())
}

#[test]
fn strings_are_escaped_as_rfc_8785_says() {
    // RFC 8785 §3.2.2, the string of its example and of §3.2.2.2.
    let input = r#""\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/""#;
    assert_eq!(canonical(input), "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
    assert_eq!(
        canonical(r#""\b\t\n\f\r\u0000\u001f\u007f\u2028""#),
        "\"\\b\\t\\n\\f\\r\\u0000\\u001f\u{7f}\u{2028}\""
    );
    assert_eq!(canonical(r#""\ud83d\ude00""#), "\"😀\"");
}

#[test]
fn keys_are_in_the_order_of_rfc_8785() {
    // RFC 8785 §3.2.3.
    let input = r#"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",
        "1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}"#;
    let expected = "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\
        \"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\
        \"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}";
    assert_eq!(canonical(input), expected);
}

#[test]
fn numbers_keep_their_digits() {
    let input = "[1.00, 1E2, 1e+2, -0, 0.10, 123456789012345678901234567890, 1e-999]";
    assert_eq!(canonical(input), "[1.00,1E2,1e+2,-0,0.10,123456789012345678901234567890,1e-999]");
}

#[test]
fn nulls_and_empty_containers_stay() {
    let input = r#" { "given" : [ "A", null ], "_given" : [ null , { } ], "x" : [ ] } "#;
    assert_eq!(canonical(input), r#"{"_given":[null,{}],"given":["A",null],"x":[]}"#);
}

#[test]
fn what_is_not_json_is_refused_with_its_place() {
    for text in [
        "",
        " ",
        "{",
        "[1",
        "[1,]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "nul",
        "tru",
        "01",
        "1.",
        "+1",
        ".5",
        "1e",
        "-",
        "NaN",
        "Infinity",
        "0x1",
        "'a'",
        "\"a",
        "\"\\x\"",
        "\"\\u12\"",
        "\"a\nb\"",
        "1 1",
        "{} x",
        "[]]",
        "// c\n1",
        "\u{feff}1",
        "\u{a0}1",
    ] {
        assert_eq!(refuse(text.as_bytes()).0, "FHR-002", "{text:?}");
    }
    let error = canonicalise(b"{\"a\":[0,{\"b\":?}]}", "Bundle", &LIMITS).unwrap_err();
    assert_eq!(error.element(), Some("Bundle.a[1].b"));
    assert_eq!(
        error.to_string(),
        "Bundle.a[1].b: not JSON, a value is missing at byte 13: export the bundle again"
    );
}

#[test]
fn what_is_not_unicode_is_refused() {
    for text in
        [&br#"{"a":"\ud800"}"#[..], br#"{"a":"\ud800\ud800"}"#, br#"{"a":"\udc00"}"#, br#"{"a":"\ud800x"}"#]
    {
        assert_eq!(refuse(text), ("FHR-003".into(), "Bundle.a".into()));
    }
    assert_eq!(refuse(b"{\"a\":\"\xff\"}").0, "FHR-003");
    assert_eq!(refuse(b"{\"a\":\"\xed\xa0\x80\"}").0, "FHR-003");
}

#[test]
fn a_key_occurs_once_at_any_depth() {
    assert_eq!(refuse(br#"{"a":1,"b":2,"a":1}"#), ("FHR-004".into(), "Bundle.a".into()));
    assert_eq!(refuse(br#"{"x":[{"y":{"\u0061":1,"a":2}}]}"#), ("FHR-004".into(), "Bundle.x[0].y.a".into()));
}

#[test]
fn limits_hold_to_the_last_one_allowed() {
    let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(canonicalise(nested(64).as_bytes(), "Bundle", &LIMITS).is_ok());
    assert_eq!(refuse(nested(65).as_bytes()).0, "FHR-005");

    let string = |key: &str, length: usize| format!("{{\"{key}\":\"{}\"}}", "é".repeat(length / 2));
    assert!(canonicalise(string("a", 64).as_bytes(), "Bundle", &LIMITS).is_ok());
    assert_eq!(refuse(string("a", 66).as_bytes()), ("FHR-006".into(), "Bundle.a".into()));
    assert!(canonicalise(string("data", 256).as_bytes(), "Bundle", &LIMITS).is_ok());
    assert_eq!(refuse(string("data", 258).as_bytes()), ("FHR-006".into(), "Bundle.data".into()));
    assert_eq!(refuse("7".repeat(65).as_bytes()).0, "FHR-006");
    assert_eq!(refuse(format!("{{\"{}\":1}}", "k".repeat(65)).as_bytes()).0, "FHR-006");

    let zeros = |count: usize| format!("[{}]", vec!["0"; count].join(","));
    assert!(canonicalise(zeros(199).as_bytes(), "Bundle", &LIMITS).is_ok());
    assert_eq!(refuse(zeros(200).as_bytes()), ("FHR-007".into(), "Bundle[199]".into()));

    assert_eq!(refuse(&[b' '; 4097]), ("FHR-001".into(), "Bundle".into()));
}

#[test]
fn hostile_input_ends_in_a_rule() {
    let refuse = |bytes: &[u8]| {
        let error = canonicalise(bytes, "Bundle", &Limits::BUNDLE).unwrap_err();
        assert!(error.to_string().len() < 10_000);
        error.rule().to_string()
    };
    assert_eq!(refuse(&[b'['; 100_000]), "FHR-005");
    assert_eq!(refuse("{\"a\":".repeat(100_000).as_bytes()), "FHR-005");
    let keys = "{\"".to_string() + &"k".repeat(1 << 20) + "\":";
    assert_eq!(refuse(keys.repeat(5).as_bytes()), "FHR-002");
    let long = [b"[\"".to_vec(), vec![b'x'; 10 << 20], b"\"]".to_vec()].concat();
    assert_eq!(refuse(&long), "FHR-006");
}

#[test]
fn members_are_found() {
    let json = Json::parse(br#"{"b":[1.50,"x"],"a":{"\ufb33":true,"\ud83d\ude00":null}}"#, "Bundle", &LIMITS)
        .unwrap();
    assert_eq!(json.get("b").and_then(Json::as_array).unwrap()[0].as_number(), Some("1.50"));
    assert_eq!(json.get("b").and_then(Json::as_array).unwrap()[1].as_str(), Some("x"));
    let inner = json.get("a").unwrap();
    assert_eq!((inner.get("\u{fb33}"), inner.get("😀")), (Some(&Json::Bool(true)), Some(&Json::Null)));
    assert_eq!((inner.get("c"), json.as_str()), (None, None));
}

/// A value that can be written in many ways.
#[derive(Clone, Debug)]
enum Tree {
    Leaf(String),
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

fn tree() -> impl Strategy<Value = Tree> {
    let number = "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?";
    let leaf = prop_oneof![
        prop_oneof![Just("null".to_string()), Just("true".to_string()), Just("false".to_string())]
            .prop_map(Tree::Leaf),
        number.prop_map(Tree::Leaf),
        any::<String>().prop_map(Tree::Text),
    ];
    leaf.prop_recursive(5, 48, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Tree::List),
            proptest::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|map| Tree::Map(map.into_iter().collect())),
        ]
    })
}

/// Writes a tree: `odd` ways have the keys reversed, white space between tokens and every character escaped.
fn write(tree: &Tree, odd: bool, out: &mut String) {
    let space = if odd { " \n\t\r" } else { "" };
    let string = |text: &str, out: &mut String| {
        if odd {
            out.push('"');
            text.encode_utf16().for_each(|unit| out.push_str(&format!("\\u{unit:04X}")));
            out.push('"');
        } else {
            out.push_str(&serde_json::to_string(text).unwrap());
        }
    };
    out.push_str(space);
    match tree {
        Tree::Leaf(text) => out.push_str(text),
        Tree::Text(text) => string(text, out),
        Tree::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                write(item, odd, out);
            }
            out.push(']');
        }
        Tree::Map(members) => {
            let mut members: Vec<_> = members.iter().collect();
            if odd {
                members.reverse();
            }
            out.push('{');
            for (at, (key, value)) in members.into_iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                out.push_str(space);
                string(key, out);
                out.push_str(space);
                out.push(':');
                write(value, odd, out);
            }
            out.push('}');
        }
    }
    out.push_str(space);
}

fn numbers(tree: &Tree, out: &mut Vec<String>) {
    match tree {
        Tree::Leaf(text) if !text.starts_with(|c: char| c.is_alphabetic()) => out.push(text.clone()),
        Tree::Leaf(_) | Tree::Text(_) => {}
        Tree::List(items) => items.iter().for_each(|item| numbers(item, out)),
        Tree::Map(members) => members.iter().for_each(|(_, value)| numbers(value, out)),
    }
}

fn numbers_of(json: &Json<'_>, out: &mut Vec<String>) {
    match json {
        Json::Number(digits) => out.push((*digits).to_string()),
        Json::Array(items) => items.iter().for_each(|item| numbers_of(item, out)),
        Json::Object(object) => object.iter().for_each(|(_, value)| numbers_of(value, out)),
        _ => {}
    }
}

proptest! {
    #[test]
    fn one_value_has_one_text(tree in tree()) {
        let (mut plain, mut odd) = (String::new(), String::new());
        write(&tree, false, &mut plain);
        write(&tree, true, &mut odd);
        let once = canonical(&plain);
        prop_assert_eq!(&canonical(&odd), &once);
        prop_assert_eq!(&canonical(&once), &once);

        let (mut before, mut after) = (Vec::new(), Vec::new());
        numbers(&tree, &mut before);
        numbers_of(&Json::parse(once.as_bytes(), "Bundle", &Limits::BUNDLE).unwrap(), &mut after);
        before.sort();
        after.sort();
        prop_assert_eq!(before, after);
    }

    #[test]
    fn keys_compare_by_utf16(a in any::<String>(), b in any::<String>(), shared in any::<String>()) {
        let (a, b) = (shared.clone() + &a, shared + &b);
        prop_assert_eq!(by_utf16(&a, &b), a.encode_utf16().cmp(b.encode_utf16()));
    }

    #[test]
    fn serde_json_agrees_on_what_is_json(text in "[\\[\\]{}:,\"\\\\ntrue0-9.eE+ u-]{0,24}") {
        let ours = canonicalise(text.as_bytes(), "Bundle", &LIMITS);
        let theirs = serde_json::from_str::<&serde_json::value::RawValue>(&text);
        match ours {
            Ok(_) => prop_assert!(theirs.is_ok()),
            // What serde_json reads raw it does not judge: keys that occur twice, and surrogates.
            Err(error) => {
                let rule = error.rule().to_string();
                prop_assert!(theirs.is_err() || rule == "FHR-004" || rule == "FHR-003");
            }
        }
    }

    #[test]
    fn any_bytes_end_in_a_value_or_a_rule(bytes in any::<Vec<u8>>()) {
        if let Ok(once) = canonicalise(&bytes, "Bundle", &LIMITS) {
            prop_assert_eq!(&canonicalise(&once, "Bundle", &LIMITS).unwrap(), &once);
        }
    }
}
