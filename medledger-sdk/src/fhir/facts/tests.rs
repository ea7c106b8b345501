use alloc::string::{String, ToString};
use alloc::vec::Vec;
use alloc::{format, vec};
use medledger_core::error::Coded;
use medledger_core::record::facts::{Coding, Facts};
use medledger_core::units::Interval;

use crate::fhir::bundle::{Bundle, Entry};
use crate::fhir::date::{FhirDate, Kind};
use crate::fhir::error::FhirError;

const PATIENT: &str = r#"{"fullUrl":"urn:uuid:p","resource":{"resourceType":"Patient","id":"p"}}"#;

/// A bundle of a patient and these entries.
fn bundle(entries: &[&str]) -> Result<Bundle, FhirError> {
    let all = [&[PATIENT], entries].concat().join(",");
    Bundle::parse(format!(r#"{{"resourceType":"Bundle","entry":[{all}]}}"#).as_bytes())
}

/// The entry of one resource, given as its members.
fn import(members: &str) -> Result<Entry, FhirError> {
    let bundle = bundle(&[&format!(r#"{{"resource":{{"id":"r",{members}}}}}"#)])?;
    Ok(bundle.entries().nth(1).unwrap().clone())
}

fn facts(members: &str) -> Facts {
    import(members).unwrap().facts
}

fn refused(members: &str) -> (String, String) {
    let error = import(members).unwrap_err();
    (
        error.rule().to_string(),
        error.element().unwrap().trim_start_matches("Bundle.entry[1].resource.").to_string(),
    )
}

fn span(from: &str, to: &str) -> Option<Interval> {
    let date = |text| FhirDate::parse(text, Kind::DateTime).unwrap().widest();
    Some(Interval { start: date(from).start, end: date(to).end })
}

fn codes(list: &[Coding]) -> Vec<&str> {
    list.iter().map(|coding| coding.code.as_str()).collect()
}

#[test]
fn codes_are_those_found_in_the_instance() {
    let observation = facts(
        r#""resourceType":"Observation","code":{"coding":[{"system":"http://loinc.org","code":"85354-9"},
        {"code":"BP"}],"text":"Blood pressure"},"component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},
        "valueQuantity":{"value":120,"system":"http://unitsofmeasure.org","code":"mm[Hg]"}}],
        "category":[{"coding":[{"system":"c","code":"vital-signs"}]},{"text":"no code"}]"#,
    );
    assert_eq!(codes(&observation.codes), ["BP", "8480-6", "85354-9"]);
    assert_eq!(observation.category, [Coding::new("c", "vital-signs")]);

    let claim = facts(
        r#""resourceType":"ExplanationOfBenefit","type":{"coding":[{"code":"oral"}]},
        "diagnosis":[{"diagnosisCodeableConcept":{"coding":[{"code":"F20"}]}}],
        "item":[{"productOrService":{"coding":[{"code":"D0120"}]}}]"#,
    );
    assert_eq!(codes(&claim.codes), ["D0120", "F20", "oral"]);

    let encounter = facts(
        r#""resourceType":"Encounter","class":{"system":"v3","code":"EMER"},
        "type":[{"coding":[{"code":"t"}]}],"reasonCode":[{"coding":[{"code":"r"},null]}]"#,
    );
    assert_eq!((codes(&encounter.category), codes(&encounter.codes)), (vec!["EMER"], vec!["r", "t"]));

    let allergy =
        facts(r#""resourceType":"AllergyIntolerance","type":"allergy","category":["food","medication"]"#);
    let system = "http://hl7.org/fhir/allergy-intolerance-category";
    assert_eq!(allergy.category, [Coding::new(system, "food"), Coding::new(system, "medication")]);
    assert!(allergy.codes.is_empty());
}

#[test]
fn a_medication_elsewhere_in_the_bundle_lends_its_code() {
    let bundle = bundle(&[
        r#"{"resource":{"resourceType":"MedicationRequest","id":"a","medicationReference":{"reference":"urn:uuid:m"}}}"#,
        r#"{"fullUrl":"urn:uuid:m","resource":{"resourceType":"Medication","id":"m","code":{"coding":[{"code":"J05AR20"}]}}}"#,
        r##"{"resource":{"resourceType":"MedicationRequest","id":"b","medicationReference":{"reference":"#c"},
            "contained":[{"resourceType":"Medication","id":"c","code":{"coding":[{"code":"J05AR21"}]}}]}}"##,
    ])
    .unwrap();
    let facts: Vec<_> = bundle.entries().map(|entry| &entry.facts).collect();
    assert_eq!(codes(&facts[1].codes), ["J05AR20"]);
    assert_eq!(facts[1].related, ["Medication/m"]);
    assert_eq!(codes(&facts[3].codes), ["J05AR21"]);
    assert!(facts[3].related.is_empty());
}

#[test]
fn what_medications_lend_is_bounded() {
    let many = vec![r#"{"code":"c"}"#; 10_000].join(",");
    let medication =
        format!(r#"{{"resource":{{"resourceType":"Medication","id":"m","code":{{"coding":[{many}]}}}}}}"#);
    let requests: Vec<String> = (0..105)
        .map(|at| format!(
            r#"{{"resource":{{"resourceType":"MedicationRequest","id":"{at}","medicationReference":{{"reference":"Medication/m"}}}}}}"#
        ))
        .collect();
    let mut entries = vec![medication.as_str()];
    entries.extend(requests.iter().map(String::as_str));
    let error = bundle(&entries).unwrap_err();
    assert_eq!(error.rule().to_string(), "FHR-007");
    assert!(error.element().unwrap().ends_with(".resource.medicationReference"));
}

#[test]
fn labels_are_absent_empty_or_listed() {
    assert_eq!(facts(r#""resourceType":"Observation""#).labels, None);
    assert_eq!(facts(r#""resourceType":"Observation","meta":{"tag":[]}"#).labels, None);
    assert_eq!(facts(r#""resourceType":"Observation","meta":{"security":[]}"#).labels, Some(vec![]));
    let labelled = facts(
        r#""resourceType":"Observation","meta":{"security":[{"system":"s","code":"R"},{"code":"HIV"}]}"#,
    );
    assert_eq!(codes(&labelled.labels.unwrap()), ["HIV", "R"]);
    for (bad, at) in [("{}", ""), (r#"[{"display":"HIV"}]"#, "[0]"), ("[null]", "[0]"), (r#"["HIV"]"#, "[0]")]
    {
        let refused = refused(&format!(r#""resourceType":"Observation","meta":{{"security":{bad}}}"#));
        assert_eq!(refused, ("FHR-018".into(), format!("meta.security{at}")));
    }
}

#[test]
fn references_are_named_as_the_bundle_names_them() {
    let procedure = facts(
        r##""resourceType":"Procedure","subject":{"reference":"urn:uuid:p"},
        "performer":[{"actor":{"reference":"Practitioner/9/_history/2"},"onBehalfOf":{"reference":"Organization/1"}}],
        "recorder":{"identifier":{"system":"urn:ids","value":"7"}},
        "asserter":{"reference":"https://other.example/Practitioner/3","identifier":{"value":"did:medledger:abc"}},
        "reasonReference":[{"reference":"#in"}],"report":[{"display":"a letter"}],
        "extension":[{"url":"x","valueReference":{"reference":"Device/4"}}],
        "contained":[{"resourceType":"Condition","id":"in","evidence":[{"detail":[{"reference":"Observation/5"}]}]}],
        "identifier":[{"system":"not","value":"a reference"}]"##,
    );
    let authors = [
        "Organization/1",
        "Practitioner/9",
        "did:medledger:abc",
        "https://other.example/Practitioner/3",
        "urn:ids|7",
    ];
    assert_eq!(procedure.authors, authors);
    let mut related: Vec<_> =
        authors.iter().chain(&["Device/4", "Observation/5", "Patient/p"]).copied().collect();
    related.sort_unstable();
    assert_eq!(procedure.related, related);
}

#[test]
fn clinical_time_follows_the_table() {
    let day = |members: &str| facts(members).clinical;
    assert_eq!(
        day(r#""resourceType":"Observation","effectiveDateTime":"2019-05","issued":"2020-01-01T00:00:00Z""#),
        span("2019-05", "2019-05")
    );
    assert_eq!(
        day(r#""resourceType":"Observation","issued":"2020-01-01T00:00:00Z""#),
        span("2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z")
    );
    assert_eq!(
        day(r#""resourceType":"Observation","effectiveTiming":{"event":["2019-05-02","2019-04-01"]}"#),
        span("2019-04-01", "2019-05-02")
    );
    assert_eq!(
        day(
            r#""resourceType":"ServiceRequest","occurrenceTiming":{"repeat":{"frequency":1}},"authoredOn":"2018""#
        ),
        span("2018", "2018")
    );
    assert_eq!(
        day(r#""resourceType":"Procedure","performedPeriod":{"start":"1969-12-30","end":"1970-01-03"}"#),
        span("1969-12-30", "1970-01-03")
    );
    let start = |date| span(date, date).map(|interval| Interval { end: None, ..interval });
    assert_eq!(day(r#""resourceType":"Encounter","period":{"start":"2020"}"#), start("2020"));
    assert_eq!(day(r#""resourceType":"Encounter","period":{}"#), None);
    assert_eq!(
        day(r#""resourceType":"Condition","onsetDateTime":"1963","recordedDate":"1990""#),
        start("1963")
    );
    assert_eq!(
        day(
            r#""resourceType":"Condition","onsetPeriod":{"start":"1963","end":"1964"},"abatementDateTime":"1970-02""#
        ),
        span("1963", "1970-02")
    );
    assert_eq!(
        day(r#""resourceType":"Condition","onsetString":"in childhood","abatementDateTime":"1970""#),
        span("1970", "1970").map(|interval| Interval { start: None, ..interval })
    );
    assert_eq!(day(r#""resourceType":"Condition","recordedDate":"1990""#), span("1990", "1990"));
    assert_eq!(
        day(r#""resourceType":"Appointment","start":"2020-01-01T10:00:00Z","end":"2020-01-01T11:00:00Z""#),
        span("2020-01-01T10:00:00Z", "2020-01-01T11:00:00Z")
    );
    assert_eq!(
        day(
            r#""resourceType":"DocumentReference","date":"2021","context":{"period":{"start":"2003","end":"2004"}}"#
        ),
        span("2003", "2004")
    );
    assert_eq!(day(r#""resourceType":"Unheard","performedDateTime":"2001""#), span("2001", "2001"));
    assert_eq!(day(r#""resourceType":"Organization","date":"2001""#), None);
}

#[test]
fn a_bad_date_is_named_wherever_it_stands() {
    for (members, element) in [
        (r#""effectiveDateTime":"2021-02-30""#, "effectiveDateTime"),
        (r#""effectiveDateTime":"2021-02-03","issued":"2021-02-03T24:00:00Z""#, "issued"),
        (r#""effectivePeriod":{"start":"2021","end":"2021-13"}"#, "effectivePeriod.end"),
        (r#""effectiveTiming":{"event":["2021","never"]}"#, "effectiveTiming.event[1]"),
        (r#""meta":{"lastUpdated":"2021-01-01"}"#, "meta.lastUpdated"),
        (r#""extension":[{"url":"x","valueDateTime":"21"}]"#, "extension[0].valueDateTime"),
        (
            r#""contained":[{"resourceType":"Patient","birthDate":"1950-01-01T00:00:00Z"}]"#,
            "contained[0].birthDate",
        ),
    ] {
        let refused = refused(&format!(r#""resourceType":"Observation",{members}"#));
        assert_eq!(refused, ("FHR-016".into(), element.into()));
    }
    let error = import(r#""resourceType":"Observation","effectiveDateTime":"2021-02-30""#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Bundle.entry[1].resource.effectiveDateTime is \"2021-02-30\": there is no such day in the calendar"
    );
}

#[test]
fn a_period_that_ends_before_it_starts_is_refused() {
    let reversed = r#""resourceType":"Encounter","period":{"start":"2020-03-01T10:00:00Z","end":"2020-03-01T09:00:00Z"}"#;
    assert_eq!(refused(reversed), ("FHR-017".into(), "period.end".into()));
    let reversed = r#""resourceType":"Condition","onsetDateTime":"2020","abatementDateTime":"2018""#;
    assert_eq!(refused(reversed), ("FHR-017".into(), "abatementDateTime".into()));
    // A day that may overlap, for want of a zone, does not.
    import(r#""resourceType":"Encounter","period":{"start":"2020-03-01T10:00:00Z","end":"2020-03-01"}"#)
        .unwrap();
}

#[test]
fn a_wrong_json_type_is_refused_where_a_fact_would_be_lost() {
    for (members, element) in [
        (r#""code":"8480-6""#, "code"),
        (r#""code":{"coding":{"code":"8480-6"}}"#, "code.coding"),
        (r#""code":{"coding":["8480-6"]}"#, "code.coding[0]"),
        (r#""code":{"coding":[{"code":8480}]}"#, "code.coding[0].code"),
        (r#""category":[["x"]]"#, "category[0][0]"),
        (r#""performer":["Practitioner/1"]"#, "performer[0]"),
        (r#""effectivePeriod":"2020""#, "effectivePeriod"),
        (r#""effectiveDateTime":2020"#, "effectiveDateTime"),
    ] {
        let refused = refused(&format!(r#""resourceType":"Observation",{members}"#));
        assert_eq!(refused, ("FHR-018".into(), element.into()));
    }
}

#[test]
fn facts_past_their_limits_are_refused() {
    let long = "x".repeat(70_000);
    let members = format!(r#""resourceType":"Observation","code":{{"coding":[{{"code":"{long}"}}]}}"#);
    let error = import(&members).unwrap_err();
    assert_eq!(error.rule().to_string(), "FHR-020");
    assert_eq!(error.element(), Some("Bundle.entry[1].resource"));
}

#[test]
fn a_title_is_what_a_person_would_call_it() {
    let title = |members: &str| import(members).unwrap().display;
    assert_eq!(
        title(
            r#""resourceType":"Observation","code":{"text":"Weight","coding":[{"display":"Body weight"}]}"#
        ),
        "Weight"
    );
    assert_eq!(
        title(r#""resourceType":"Observation","code":{"coding":[{"code":"1","display":"Body weight"}]}"#),
        "Body weight"
    );
    assert_eq!(
        title(r#""resourceType":"Organization","name":"Infirmary","type":[{"text":"provider"}]"#),
        "Infirmary"
    );
    assert_eq!(
        title(r#""resourceType":"Practitioner","name":[{"family":"Li","given":["Ann","B."]}]"#),
        "Ann Li"
    );
    assert_eq!(title(r#""resourceType":"Goal","description":{"text":"walk"}"#), "walk");
    assert_eq!(title(r#""resourceType":"Linkage""#), "Linkage");
    let long = format!(r#""resourceType":"Observation","code":{{"text":"{}"}}"#, "é".repeat(500));
    assert_eq!(title(&long).chars().count(), 121);
}
