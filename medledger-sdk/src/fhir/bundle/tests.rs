use alloc::string::{String, ToString};
use alloc::{format, vec};
use core::convert::Infallible;
use medledger_core::error::Coded;
use medledger_core::hash::{Tag, hash};
use proptest::prelude::*;

use super::*;
use crate::fhir::SAMPLE_BUNDLE;

/// Counts up, so that each salt differs; a constant one repeats.
struct Counter(u8, u8);

impl rand_core::TryRng for Counter {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.0 = self.0.wrapping_add(self.1);
        Ok(u32::from(self.0))
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.try_next_u32().map(u64::from)
    }
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0 = self.0.wrapping_add(self.1);
        bytes.fill(self.0);
        Ok(())
    }
}

impl rand_core::TryCryptoRng for Counter {}

const PATIENT: &str = r#"{"resource":{"resourceType":"Patient","id":"p"}}"#;

fn parse(entries: &[&str]) -> Result<Bundle, FhirError> {
    Bundle::parse(format!(r#"{{"resourceType":"Bundle","entry":[{}]}}"#, entries.join(",")).as_bytes())
}

fn refused(result: Result<Bundle, FhirError>) -> (String, String) {
    let error = result.unwrap_err();
    (error.rule().to_string(), error.element().unwrap().to_string())
}

#[test]
fn only_a_bundle_is_imported() {
    let refuse = |text: &str| refused(Bundle::parse(text.as_bytes()));
    let at = |element: &str| ("FHR-008".to_string(), element.to_string());
    assert_eq!(refuse("{}"), at("Bundle.resourceType"));
    assert_eq!(refuse("[]"), at("Bundle.resourceType"));
    assert_eq!(refuse(r#"{"resourceType":"Patient","id":"p"}"#), at("Bundle.resourceType"));
    assert_eq!(refuse(r#"{"resourceType":"Bundle","entry":{}}"#), ("FHR-018".into(), "Bundle.entry".into()));
    assert_eq!(refuse(r#"{"resourceType":"Bundle","id":"a b"}"#), ("FHR-012".into(), "Bundle.id".into()));
    assert_eq!(
        refuse(r#"{"resourceType":"Bundle","timestamp":"2020-02-30T00:00:00Z"}"#),
        ("FHR-016".into(), "Bundle.timestamp".into())
    );
}

#[test]
fn a_bundle_has_one_patient() {
    let second = r#"{"resource":{"resourceType":"Patient","id":"q"}}"#;
    let other = r#"{"resource":{"resourceType":"Organization","id":"o"}}"#;
    let at = ("FHR-009".to_string(), "Bundle.entry".to_string());
    assert_eq!(refused(Bundle::parse(br#"{"resourceType":"Bundle"}"#)), at);
    assert_eq!(refused(parse(&[])), at);
    assert_eq!(refused(parse(&[other])), at);
    assert_eq!(refused(parse(&[PATIENT, second])), at);
    assert_eq!(parse(&[other, PATIENT]).unwrap().patient().facts.reference, "Patient/p");
}

#[test]
fn an_entry_is_a_named_resource() {
    let refuse = |entry: &str| refused(parse(&[PATIENT, entry]));
    let resource = |element: &str| format!("Bundle.entry[1].resource{element}");
    for entry in ["{}", r#"{"request":{"method":"DELETE","url":"Patient/1"}}"#, r#"{"resource":null}"#] {
        assert_eq!(refuse(entry), ("FHR-010".into(), resource("")));
    }
    assert_eq!(refuse("1"), ("FHR-018".into(), "Bundle.entry[1]".into()));
    assert_eq!(refuse(r#"{"resource":[]}"#), ("FHR-018".into(), resource("")));
    let long = format!(r#""{}""#, "A".repeat(65));
    for name in
        [r#""observation""#, r#""O""#, r#""Obs ervation""#, r#""Observation2""#, "7", r#""""#, long.as_str()]
    {
        let entry = format!(r#"{{"resource":{{"resourceType":{name},"id":"o"}}}}"#);
        assert_eq!(refuse(&entry), ("FHR-011".into(), resource(".resourceType")));
    }
    assert_eq!(refuse(r#"{"resource":{"id":"o"}}"#), ("FHR-011".into(), resource(".resourceType")));
    let long = format!(r#""{}""#, "1".repeat(65));
    for id in [r#""""#, r#""a/b""#, r#""a_b""#, r#""é""#, "1", long.as_str()] {
        let entry = format!(r#"{{"resource":{{"resourceType":"List","id":{id}}}}}"#);
        assert_eq!(refuse(&entry), ("FHR-012".into(), resource(".id")));
    }
    assert_eq!(refuse(r#"{"resource":{"resourceType":"List"}}"#), ("FHR-019".into(), resource("")));
    let bad_url = r#"{"fullUrl":"","resource":{"resourceType":"List"}}"#;
    assert_eq!(refuse(bad_url), ("FHR-018".into(), "Bundle.entry[1].fullUrl".into()));
}

#[test]
fn names_are_taken_once() {
    let list = |url: &str, id: &str| {
        format!(r#"{{"fullUrl":"{url}","resource":{{"resourceType":"List","id":"{id}"}}}}"#)
    };
    let refuse = |a: &str, b: &str| refused(parse(&[PATIENT, a, b]));
    assert_eq!(
        refuse(&list("urn:a", "1"), &list("urn:b", "1")),
        ("FHR-013".into(), "Bundle.entry[2].resource.id".into())
    );
    assert_eq!(
        refuse(&list("urn:a", "1"), &list("urn:a", "2")),
        ("FHR-014".into(), "Bundle.entry[2].fullUrl".into())
    );
    // A fullUrl that reads as another resource's reference.
    let impostor = r#"{"fullUrl":"List/1","resource":{"resourceType":"Basic"}}"#;
    assert_eq!(refuse(&list("urn:a", "1"), impostor).0, "FHR-013");
    let same_id = r#"{"resource":{"resourceType":"Basic","id":"1"}}"#;
    parse(&[PATIENT, &list("urn:a", "1"), same_id]).unwrap();
}

#[test]
fn megabytes_in_one_field_are_refused() {
    let big = |key: &str, size: usize| {
        format!(r#"{{"resource":{{"resourceType":"Binary","id":"b","{key}":"{}"}}}}"#, "x".repeat(size))
    };
    assert_eq!(
        refused(parse(&[PATIENT, &big("contentType", (1 << 20) + 1)])),
        ("FHR-006".into(), "Bundle.entry[1].resource.contentType".into())
    );
    parse(&[PATIENT, &big("data", 2 << 20)]).unwrap();
    assert_eq!(refused(parse(&[PATIENT, &big("data", (12 << 20) + 1)])).0, "FHR-006");
    let limits = Limits { resource: 53, ..Limits::BUNDLE };
    let bundle = format!(r#"{{"resourceType":"Bundle","entry":[{PATIENT},{}]}}"#, big("data", 10));
    assert_eq!(
        refused(Bundle::parse_within(bundle.as_bytes(), &limits)),
        ("FHR-015".into(), "Bundle.entry[1].resource".into())
    );
    let limits = Limits { bytes: 60, ..Limits::BUNDLE };
    assert_eq!(
        refused(Bundle::parse_within(bundle.as_bytes(), &limits)),
        ("FHR-001".into(), "Bundle".into())
    );
}

#[test]
fn the_sample_shows_what_facts_are() {
    let bundle = Bundle::parse(SAMPLE_BUNDLE).unwrap();
    assert_eq!(bundle.entries().len(), 16);
    let entry = |reference: &str| bundle.entries().find(|entry| entry.facts.reference == reference).unwrap();

    // Born in November 1957, in whatever zone.
    let born = bundle.patient().facts.clinical.unwrap();
    assert!(born.end.unwrap() < 0 && (born.end.unwrap() - born.start.unwrap()) / 3_600_000 == 30 * 24 + 26);

    let labels = entry("Condition/depressive-episode").facts.labels.clone().unwrap();
    assert_eq!(labels.iter().map(|label| label.code.as_str()).collect::<Vec<_>>(), ["PSY", "R"]);
    assert_eq!(entry("DocumentReference/old-letter").facts.labels, None);
    assert_eq!(entry("Observation/inr").facts.labels, Some(vec![]));

    let creatinine = entry("Observation/creatinine");
    let text = core::str::from_utf8(&creatinine.canonical).unwrap();
    assert!(text.contains(r#""value":1.00}"#) && text.starts_with(r#"{"category":[{"coding":["#));
    assert_eq!(creatinine.display, "Creatinine");
    assert_eq!(entry("Encounter/emergency-visit").facts.category[0].code, "EMER");
    assert_eq!(entry("MedicationRequest/amlodipine-order").facts.codes[0].code, "C08CA01");
    assert_eq!(
        entry("DiagnosticReport/emergency-bloods").facts.related,
        [
            "Encounter/emergency-visit",
            "Observation/creatinine",
            "Observation/inr",
            "Organization/norwick-infirmary",
            "Patient/maren-oduya"
        ]
    );
    assert_eq!(
        format!("{creatinine:?}"),
        format!("Entry(Observation, {} bytes)", creatinine.canonical.len())
    );
}

#[test]
fn an_entry_is_committed_to_with_two_fresh_salts() {
    let bundle = Bundle::parse(SAMPLE_BUNDLE).unwrap();
    let entry = bundle.entries().last().unwrap();
    let (commitments, opening) = entry.seal_commitments(&mut Counter(0, 1)).unwrap();
    opening.check(&commitments).unwrap();
    assert_eq!(commitments.content.0, hash(Tag::Content, &[&[1; 32], &entry.canonical]));
    assert_eq!(opening.facts_salt.expose(), &[2; 32]);
    let stuck = entry.seal_commitments(&mut Counter(7, 0)).unwrap_err();
    assert_eq!(stuck.rule().to_string(), "REC-005");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_damaged_bundle_is_refused_or_read(at in 0..SAMPLE_BUNDLE.len(), byte in any::<u8>()) {
        let mut bytes = SAMPLE_BUNDLE.to_vec();
        bytes[at] = byte;
        match Bundle::parse(&bytes) {
            Ok(bundle) => prop_assert_eq!(bundle.into_iter().count(), 16),
            Err(error) => prop_assert!(error.element().is_some_and(|element| element.starts_with("Bundle"))),
        }
    }
}
