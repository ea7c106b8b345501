use super::*;

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

#[test]
fn base64_is_that_of_rfc_4648() {
    for (plain, coded) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ] {
        assert_eq!(base64(plain.as_bytes()), coded);
    }
    assert_eq!(base64(&[0xff, 0xef, 0xbe]), "/+++");
}

#[test]
fn a_reference_says_what_facts_say_and_no_more() {
    for (given, wanted) in [
        ("Practitioner/17", r#"{"reference":"Practitioner/17"}"#),
        (
            "http://example.org/fhir/Practitioner/17",
            r#"{"reference":"http://example.org/fhir/Practitioner/17"}"#,
        ),
        (
            "urn:uuid:0189c5f2-6b3c-8d4e-9f00-112233445566",
            r#"{"reference":"urn:uuid:0189c5f2-6b3c-8d4e-9f00-112233445566"}"#,
        ),
        (
            "did:medledger:zabc",
            r#"{"identifier":{"system":"urn:ietf:rfc:3986","value":"did:medledger:zabc"}}"#,
        ),
        (
            "http://hl7.org/fhir/sid/us-npi|9999",
            r#"{"identifier":{"system":"http://hl7.org/fhir/sid/us-npi","value":"9999"}}"#,
        ),
        (
            "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999",
            r#"{"type":"Practitioner","identifier":{"system":"http://hl7.org/fhir/sid/us-npi","value":"9999"}}"#,
        ),
        ("urn:uuid:p", r#"{"display":"urn:uuid:p"}"#),
        ("Sorcerer/17", r#"{"display":"Sorcerer/17"}"#),
        ("Practitioner/1 7", r#"{"display":"Practitioner/1 7"}"#),
        ("the night nurse", r#"{"display":"the night nurse"}"#),
        ("a\u{0}b", "{\"display\":\"a\u{fffd}b\"}"),
        (" ", r#"{"display":"(empty)"}"#),
    ] {
        assert_eq!(json(&Reference::given(given)), wanted, "{given}");
    }
}

#[test]
fn a_code_that_is_none_stands_as_text_and_does_not_vanish() {
    let given = |system: Option<&str>, code: &str| {
        let system = system.map(ToString::to_string);
        json(&Coding::given(&vocabulary::Coding { system, code: code.to_string() }))
    };
    assert_eq!(given(Some("http://loinc.org"), "8867-4"), r#"{"system":"http://loinc.org","code":"8867-4"}"#);
    assert_eq!(given(None, "two words"), r#"{"code":"two words"}"#);
    assert_eq!(given(Some("http://loinc.org"), " 8867-4"), r#"{"display":"http://loinc.org| 8867-4"}"#);
    assert_eq!(given(Some("no uri"), "x"), r#"{"display":"no uri|x"}"#);
    assert_eq!(given(None, ""), r#"{"display":"(empty)"}"#);
}

#[test]
fn a_time_that_fhir_can_not_write_is_none() {
    assert_eq!(instant(Timestamp(LAST)).unwrap(), "9999-12-31T23:59:59.999Z");
    assert_eq!(instant(Timestamp(LAST + 1)), None);
}
