use alloc::string::ToString;
use alloc::vec;

use super::*;
use crate::api::Moment;
use crate::fhir::SAMPLE_BUNDLE;

#[test]
fn canonical_bytes_keep_the_digits_of_numbers() {
    let json = b" {\"b\": 1.00, \"a\": [\"\\u00e9\", -0, 1E+2]}\n";
    let canonical = canonical_fhir(json).unwrap();
    assert_eq!(canonical, "{\"a\":[\"é\",-0,1E+2],\"b\":1.00}".as_bytes());
    assert_eq!(canonical_fhir(&canonical).unwrap(), canonical);
}

#[test]
fn hostile_json_is_refused_with_its_place() {
    let deep = "[".repeat(100_000);
    let long = alloc::format!("\"{}\"", "x".repeat(2 << 20));
    let cases: [(&[u8], &str); 8] = [
        (b"", "FHR-002"),
        (b"\xff", "FHR-002"),
        (b"\"\xff\"", "FHR-003"),
        (b"{\"a\":1,\"\\u0061\":2}", "FHR-004"),
        (deep.as_bytes(), "FHR-005"),
        (long.as_bytes(), "FHR-006"),
        (b"{} {}", "FHR-002"),
        (b"\xef\xbb\xbf{}", "FHR-002"),
    ];
    for (json, rule) in cases {
        let error = canonical_fhir(json).unwrap_err();
        assert_eq!((error.code.as_str(), error.kind.as_str()), (rule, "fhir"));
        assert!(error.fields.iter().any(|field| field.name == "element") && error.message.len() < 500);
        assert_eq!(read_bundle(json).unwrap_err().code, rule);
    }
}

#[test]
fn a_bundle_is_read_in_its_order() {
    let entries = read_bundle(SAMPLE_BUNDLE).unwrap();
    let patient = entries.iter().find(|entry| entry.resource_type == "Patient").unwrap();
    assert_eq!(patient.facts.reference, "Patient/maren-oduya");
    assert_eq!(patient.id.as_deref(), Some("maren-oduya"));
    for entry in &entries {
        assert_eq!(canonical_fhir(&entry.canonical.0).unwrap(), entry.canonical.0);
        assert!(!entry.title.is_empty() && entry.facts.resource_type == entry.resource_type);
    }
    assert!(entries.iter().any(|entry| entry.facts.labels.is_none()));
    let none = read_bundle(b"{\"resourceType\":\"Bundle\",\"entry\":[]}").unwrap_err();
    assert_eq!((none.code.as_str(), none.fields[0].value.as_str()), ("FHR-009", "Bundle.entry"));
    assert_eq!(read_bundle(b"{\"resourceType\":\"Patient\"}").unwrap_err().code, "FHR-008");
}

#[test]
fn dates_span_what_they_state() {
    const DAY: i64 = 86_400_000;
    let of = |date: &str, zone: Option<&str>| {
        let Interval { start, end } = fhir_interval(date, zone).unwrap();
        (start.unwrap().0, end.unwrap().0)
    };
    assert_eq!(of("1970-01-01", Some("Z")), (0, DAY));
    assert_eq!(of("1970-01-01", Some("+01:00")), (-3_600_000, DAY - 3_600_000));
    assert_eq!(of("1970-01-01", None), (-14 * 3_600_000, DAY + 12 * 3_600_000));
    assert_eq!(of("1963", Some("Z")).0, fhir_interval("1963-01", Some("Z")).unwrap().start.unwrap().0);
    assert_eq!(of("1970-01-01T00:00:01Z", Some("+05:00")), (1_000, 2_000));
    assert_eq!(fhir_interval("2019-03-04", Some("-03:30")).unwrap().end, Some(Moment(1_551_756_600_000)));
    let long = "9".repeat(10_000);
    for wrong in ["", "yesterday", "2019-02-30", "2019-13", "2019-03-04T25:00:00Z", long.as_str()] {
        let error = fhir_interval(wrong, None).unwrap_err();
        assert_eq!((error.code.as_str(), error.fields[0].value.as_str()), ("API-002", "date"), "{wrong}");
    }
    let wrong = ["", "1", "+1", "01:00", "+25:00", ".5Z", "+01:00Z", "Z2", "T", "+01:00\0", "ZZ"];
    for zone in wrong.into_iter().map(ToString::to_string).chain(vec![long]) {
        let error = fhir_interval("2019", Some(&zone)).unwrap_err();
        assert_eq!((error.code.as_str(), error.fields[0].value.as_str()), ("API-002", "zone"), "{zone}");
    }
}
