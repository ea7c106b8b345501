//! FHIR: canonical bytes, dates, bundles, commitments to content and facts; Consents, and those that can't be read faithfully.

mod consents;

use medledger_core::codec::encode;
use medledger_core::error::Coded;
use medledger_core::hash::Tag;
use medledger_core::record::commitment::Content;
use medledger_core::record::{Facts, Opening, Salt};
use medledger_core::units::Interval;
use medledger_core::vocabulary::Coding;
use medledger_sdk::fhir::SAMPLE_BUNDLE;
use medledger_sdk::fhir::bundle::Bundle;
use medledger_sdk::fhir::canonical::{Limits, canonicalise};
use medledger_sdk::fhir::date::{FhirDate, Kind, zone};

use super::Vector;
use super::decisions::{codings, interval, texts};
use super::json::{Fields, Json, bytes, hex};

pub(super) fn vectors() -> Vec<Vector> {
    [canonical(), dates(), commitments(), bundles(), consents::vectors()].concat()
}

fn canonical() -> Vec<Vector> {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth)).into_bytes();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("the string of RFC 8785", br#""\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/""#.to_vec()),
        ("short escapes, long escapes, none", br#""\b\t\n\f\r\u0000\u001f\u007f\u2028""#.to_vec()),
        ("a pair of surrogates", br#""\ud83d\ude00""#.to_vec()),
        (
            "keys in the order of UTF-16",
            r#"{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}"#.into(),
        ),
        (
            "numbers keep their digits",
            b"[1.00, 1E2, 1e+2, -0, 0.10, 123456789012345678901234567890, 1e-999]".to_vec(),
        ),
        (
            "nulls and empty containers",
            br#" { "given" : [ "A", null ], "_given" : [ null , { } ], "x" : [ ] } "#.to_vec(),
        ),
        ("a resource", br#"{ "resourceType": "Observation", "id": "a", "valueDecimal": 1.0 }"#.to_vec()),
        ("64 arrays deep", nested(64)),
        ("65 arrays deep", nested(65)),
        ("nothing", Vec::new()),
        ("a comma too many", b"[1,]".to_vec()),
        ("a key without quotes", b"{a:1}".to_vec()),
        ("a leading zero", b"01".to_vec()),
        ("a leading plus", b"+1".to_vec()),
        ("no digits after the point", b"1.".to_vec()),
        ("NaN", b"NaN".to_vec()),
        ("two values", b"1 1".to_vec()),
        ("a byte order mark", "\u{feff}1".into()),
        ("a line break in a string", b"\"a\nb\"".to_vec()),
        ("a comment", b"// c\n1".to_vec()),
        ("half a pair of surrogates", br#"{"a":"\ud800"}"#.to_vec()),
        ("the second half alone", br#"{"a":"\udc00"}"#.to_vec()),
        ("a byte that is no UTF-8", b"{\"a\":\"\xff\"}".to_vec()),
        ("a surrogate as UTF-8", b"{\"a\":\"\xed\xa0\x80\"}".to_vec()),
        ("a key twice", br#"{"a":1,"b":2,"a":1}"#.to_vec()),
        ("a key twice, once escaped", br#"{"x":[{"y":{"\u0061":1,"a":2}}]}"#.to_vec()),
    ];
    let mut made = Vec::new();
    for (name, json) in cases {
        let input = vec![("json", bytes(&json))];
        made.push(match canonicalise(&json, "Resource", &Limits::BUNDLE) {
            Ok(canonical) => {
                let text = String::from_utf8(canonical).unwrap();
                Vector::valid("fhir", name, "JSON", input).gives(vec![("canonical", text.into())])
            }
            Err(error) => Vector::invalid("fhir", "json", error.rule().to_string(), name, "JSON", input),
        });
    }
    made
}

fn dates() -> Vec<Vector> {
    let cases = [
        ("1963", None),
        ("2019-03", None),
        ("2020-02", None),
        ("2020-02-29", None),
        ("2019-02-29", None),
        ("2100-02-29", None),
        ("2000-02-29", None),
        ("1969-12-31", Some("Z")),
        ("1963", Some("Z")),
        ("1963", Some("+01:00")),
        ("1963", Some("-12:00")),
        ("1963", Some("+14:00")),
        ("1963", Some("+14:01")),
        ("1963", Some("01:00")),
        ("2019-03-05", Some("+05:45")),
        ("2019-03-05T10:20:30Z", None),
        ("2019-03-05T10:20:30+01:00", None),
        ("2019-03-05T10:20:30+01:00", Some("-05:00")),
        ("2019-03-05T10:20:30.5Z", None),
        ("2019-03-05T10:20:30.123Z", None),
        ("2019-03-05T10:20:30.123456Z", None),
        ("2019-03-05T23:59:60Z", None),
        ("2019-03-05T24:00:00Z", None),
        ("2019-03-05T10:20:30", None),
        ("2019-13", None),
        ("2019-00", None),
        ("2019-3", None),
        ("19", None),
        ("", None),
        ("2019-03-05 10:20:30Z", None),
        ("0001-01-01", Some("Z")),
        ("9999-12-30", Some("Z")),
        ("0000", None),
    ];
    let mut made = Vec::new();
    for (date, given) in cases {
        let name = format!("{date:?} in {}", given.unwrap_or("no zone"));
        let input = vec![("date", date.into()), ("zone", given.into())];
        let offset = given.map(zone);
        made.push(match (FhirDate::parse(date, Kind::DateTime), offset) {
            (Ok(date), None) => {
                Vector::valid("fhir-date", name, "a FHIR dateTime", input).gives(ends(&date.widest()))
            }
            (Ok(date), Some(Some(offset))) => Vector::valid("fhir-date", name, "a FHIR dateTime", input)
                .gives(ends(&date.at_offset(offset))),
            _ => Vector::invalid("fhir-date", "no-date", "API-002", name, "a text", input),
        });
    }
    made
}

fn ends(interval: &Interval) -> Fields {
    vec![("start", interval.start.into()), ("end", interval.end.into())]
}

fn facts_json(facts: &Facts) -> Json {
    Json::Object(vec![
        ("reference", facts.reference.as_str().into()),
        ("resource_type", facts.resource_type.as_str().into()),
        ("category", codings(&facts.category)),
        ("codes", codings(&facts.codes)),
        ("labels", facts.labels.as_deref().map(codings).into()),
        ("authors", texts(&facts.authors)),
        ("related", texts(&facts.related)),
        ("clinical", facts.clinical.as_ref().map(interval).into()),
    ])
}

/// Facts with something in each of their lists.
pub(super) fn facts() -> Facts {
    let mut facts = Facts::new("Observation/1", "Observation");
    facts.category =
        vec![Coding::new("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory")];
    facts.codes = vec![Coding { system: None, code: "x".into() }, Coding::new("http://loinc.org", "8867-4")];
    facts.labels = Some(vec![Coding::new("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R")]);
    facts.authors = vec!["Practitioner/ana".into()];
    facts.related = vec!["Condition/1".into(), "Encounter/2".into()];
    facts.clinical = Some(Interval { start: Some(-220_924_800_000), end: Some(-220_838_400_000) });
    facts
}

fn commitments() -> Vec<Vector> {
    let content = br#"{"id":"1","resourceType":"Observation"}"#;
    let with = |change: &dyn Fn(&mut Facts)| {
        let mut facts = facts();
        change(&mut facts);
        facts
    };
    let cases: Vec<(&str, Vec<u8>, Facts, u8, u8)> = vec![
        ("all facts", content.to_vec(), facts(), 1, 2),
        ("no content", Vec::new(), facts(), 1, 2),
        ("salts exchanged", content.to_vec(), facts(), 2, 1),
        ("the least facts", content.to_vec(), Facts::new("Patient/p", "Patient"), 1, 2),
        ("labels assessed, and none", content.to_vec(), with(&|facts| facts.labels = Some(Vec::new())), 1, 2),
        ("labels not assessed", content.to_vec(), with(&|facts| facts.labels = None), 1, 2),
        (
            "an open interval",
            content.to_vec(),
            with(&|facts| facts.clinical = Some(Interval { start: None, end: Some(0) })),
            1,
            2,
        ),
        (
            "one millisecond",
            content.to_vec(),
            with(&|facts| facts.clinical = Some(Interval { start: Some(-1), end: Some(0) })),
            1,
            2,
        ),
        (
            "no millisecond",
            content.to_vec(),
            with(&|facts| facts.clinical = Some(Interval { start: Some(0), end: Some(0) })),
            1,
            2,
        ),
        (
            "an interval that ends before it begins",
            content.to_vec(),
            with(&|facts| facts.clinical = Some(Interval { start: Some(1), end: Some(0) })),
            1,
            2,
        ),
        ("no reference", content.to_vec(), with(&|facts| facts.reference.clear()), 1, 2),
        ("no resource type", content.to_vec(), with(&|facts| facts.resource_type.clear()), 1, 2),
        ("one salt for both", content.to_vec(), facts(), 1, 1),
    ];
    let mut made = Vec::new();
    for (name, content, facts, content_salt, facts_salt) in cases {
        let salts = [[content_salt; 32], [facts_salt; 32]];
        let input = vec![
            ("content", bytes(&content)),
            ("content_salt", hex(&salts[0])),
            ("facts", facts_json(&facts)),
            ("facts_salt", hex(&salts[1])),
        ];
        let opening = Opening {
            content: Content::new(content.clone()),
            content_salt: Salt::new(salts[0]),
            facts: facts.clone(),
            facts_salt: Salt::new(salts[1]),
        };
        made.push(match opening.commitments() {
            Ok(commitments) => {
                let encoded = encode(&facts).unwrap();
                Vector::valid("commitments", name, "a record", input)
                    .by(vec![
                        (
                            "content_hashed",
                            bytes(&[Tag::Content.bytes(), salts[0].as_slice(), &content].concat()),
                        ),
                        (
                            "facts_hashed",
                            bytes(&[Tag::Facts.bytes(), salts[1].as_slice(), &encoded].concat()),
                        ),
                    ])
                    .gives(vec![
                        ("content", commitments.content.to_string().into()),
                        ("facts", commitments.facts.to_string().into()),
                    ])
            }
            Err(error) => {
                Vector::invalid("commitments", "facts", error.rule().to_string(), name, "a record", input)
            }
        });
    }
    for (name, length) in [("a salt of 31 bytes", 31), ("a salt of 33 bytes", 33)] {
        let input = vec![
            ("content", bytes(content)),
            ("content_salt", hex(&vec![1; length])),
            ("facts", facts_json(&facts())),
            ("facts_salt", hex(&[2; 32])),
        ];
        made.push(Vector::invalid("commitments", "salt", "API-003", name, "a record", input));
    }
    made
}

fn bundles() -> Vec<Vector> {
    let patient = r#"{"resource":{"resourceType":"Patient","id":"p"}}"#;
    let of = |entries: &[&str]| format!(r#"{{"resourceType":"Bundle","entry":[{}]}}"#, entries.join(","));
    let resource = |rest: &str| of(&[patient, &format!(r#"{{"resource":{{{rest}}}}}"#)]);
    let cases: Vec<(&str, String)> = vec![
        ("the sample", stripped(std::str::from_utf8(SAMPLE_BUNDLE).unwrap())),
        ("a patient", of(&[patient])),
        ("no bundle", patient.into()),
        ("no entries", r#"{"resourceType":"Bundle"}"#.into()),
        ("no patient", of(&[r#"{"resource":{"resourceType":"List","id":"l"}}"#])),
        ("two patients", of(&[patient, r#"{"resource":{"resourceType":"Patient","id":"q"}}"#])),
        ("an entry without a resource", of(&[patient, "{}"])),
        ("a resource type in lower case", resource(r#""resourceType":"list","id":"l""#)),
        ("no resource type", resource(r#""id":"l""#)),
        ("an id with a slash", resource(r#""resourceType":"List","id":"a/b""#)),
        ("an id of 64 letters", resource(&format!(r#""resourceType":"List","id":"{}""#, "a".repeat(64)))),
        ("an id of 65 letters", resource(&format!(r#""resourceType":"List","id":"{}""#, "a".repeat(65)))),
        ("no id and no fullUrl", resource(r#""resourceType":"List""#)),
        (
            "an id twice",
            of(&[
                patient,
                r#"{"resource":{"resourceType":"List","id":"l"}}"#,
                r#"{"resource":{"resourceType":"List","id":"l"}}"#,
            ]),
        ),
        (
            "a fullUrl twice",
            of(&[
                patient,
                r#"{"fullUrl":"urn:a","resource":{"resourceType":"List","id":"1"}}"#,
                r#"{"fullUrl":"urn:a","resource":{"resourceType":"List","id":"2"}}"#,
            ]),
        ),
        (
            "a date that is not in the calendar",
            resource(r#""resourceType":"Observation","id":"o","effectiveDateTime":"2019-02-29""#),
        ),
        (
            "a period that ends before it starts",
            resource(
                r#""resourceType":"Observation","id":"o","effectivePeriod":{"start":"2020","end":"2019"}"#,
            ),
        ),
        ("a code that is a text", resource(r#""resourceType":"Observation","id":"o","code":"x""#)),
        ("an entry that is a number", of(&[patient, "1"])),
    ];
    let mut made = Vec::new();
    for (name, json) in cases {
        let input = vec![("bundle", json.as_str().into())];
        made.push(match Bundle::parse(json.as_bytes()) {
            Ok(bundle) => {
                let entry = |entry: &medledger_sdk::fhir::bundle::Entry| {
                    let digest = medledger_core::hash::hash(Tag::Content, &[&entry.canonical]);
                    Json::Object(vec![
                        ("resource_type", entry.resource_type.as_str().into()),
                        ("id", entry.id.clone().into()),
                        ("facts", facts_json(&entry.facts)),
                        ("canonical", hex(&digest)),
                    ])
                };
                Vector::valid("fhir-bundle", name, "a bundle", input)
                    .gives(vec![("entries", super::json::list(bundle.entries().map(entry)))])
            }
            Err(error) => {
                Vector::invalid("fhir-bundle", "bundle", error.rule().to_string(), name, "a bundle", input)
            }
        });
    }
    made
}

/// JSON without the white space between its parts, whatever else it is.
fn stripped(json: &str) -> String {
    let (mut out, mut inside, mut escaped) = (String::new(), false, false);
    for c in json.chars() {
        if inside || !c.is_ascii_whitespace() {
            out.push(c);
        }
        match c {
            '"' if !escaped => inside = !inside,
            _ => {}
        }
        escaped = inside && c == '\\' && !escaped;
    }
    out
}
