//! FHIR bundles: whatever text is read or refused, and what was read once reads the same again.

use std::str;

use medledger_core::record::Facts;
use medledger_sdk::anchor::SealedBatch;
use medledger_sdk::fhir::bundle::{Bundle, Entry, title};
use medledger_sdk::fhir::canonical::{Json, Limits};
use medledger_sdk::seal::original::originals;

use super::dice::Dice;

/// The target.
///
/// - Canonical text is its own canonical form, and JSON to another reader too.
/// - The resources' canonical texts, put into a bundle, are read as the same entries.
/// - Each resource's own text, as it stands in the input, is that of its entry.
/// - What was imported can be committed to, and opens.
pub fn fhir_bundle(input: &[u8]) {
    if let Ok(json) = Json::parse(input, "Text", &Limits::BUNDLE) {
        let canonical = json.canonical();
        let again = Json::parse(&canonical, "Text", &Limits::BUNDLE).expect("canonical text is JSON");
        assert_eq!(again.canonical(), canonical, "a second canonical form");
        assert!(
            serde_json::from_slice::<&serde_json::value::RawValue>(input).is_ok(),
            "another reader does not take this for JSON"
        );
    }
    let Ok(bundle) = Bundle::parse(input) else { return };
    let entries: Vec<&Entry> = bundle.entries().collect();
    assert!(entries.contains(&bundle.patient()));
    let again = Bundle::parse(&rebuilt(&entries)).expect("what was read reads again");
    let again: Vec<&Entry> = again.entries().collect();
    assert_eq!(without_contents(&again), without_contents(&entries));
    for (one, other) in entries.iter().zip(&again) {
        assert_eq!(one.canonical, other.canonical);
        assert_eq!(title(&one.canonical).expect("a title"), one.display);
        assert!(one.facts.check().is_ok());
    }
    let texts = originals(input, &bundle).expect("each resource has its text");
    for (text, entry) in texts.into_iter().zip(&entries) {
        let json = Json::parse(text, "Text", &Limits::BUNDLE).expect("a resource's text is JSON");
        assert_eq!(json.canonical(), entry.canonical, "the text of another resource");
    }
    let batch = SealedBatch::from_bundle(&bundle, &mut Dice::default()).expect("facts can be committed to");
    for (commitments, opening) in batch.commitments.iter().zip(&batch.openings) {
        assert!(opening.check(commitments).is_ok());
    }
}

/// A bundle of the same resources, each in its canonical form.
fn rebuilt(entries: &[&Entry]) -> Vec<u8> {
    let entry = |entry: &&Entry| {
        let url = entry
            .full_url
            .as_ref()
            .map_or(String::new(), |url| format!(r#""fullUrl":{},"#, serde_json::to_string(url).unwrap()));
        format!(r#"{{{url}"resource":{}}}"#, str::from_utf8(&entry.canonical).unwrap())
    };
    let entries: Vec<String> = entries.iter().map(entry).collect();
    format!(r#"{{"resourceType":"Bundle","entry":[{}]}}"#, entries.join(",")).into_bytes()
}

/// What an entry has beside its content.
type Named<'a> = (Option<&'a str>, &'a str, Option<&'a str>, &'a Facts, &'a str);

fn without_contents<'a>(entries: &[&'a Entry]) -> Vec<Named<'a>> {
    let named = |entry: &&'a Entry| {
        let Entry { full_url, resource_type, id, facts, display, .. } = *entry;
        (full_url.as_deref(), resource_type.as_str(), id.as_deref(), facts, display.as_str())
    };
    entries.iter().map(named).collect()
}
