//! FHIR Consents: read faithfully or refused, and what was read means the same however it is written.

use std::collections::BTreeMap;

use medledger_core::consent::{Actor, Effect, NameReach, Reach, Request, Terms, decide};
use medledger_core::hash::Did;
use medledger_core::identity::did_to_text;
use medledger_core::units::Timestamp;
use medledger_sdk::fhir::canonical::Json;
use medledger_sdk::fhir::consent::references::OnLedger;
use medledger_sdk::fhir::consent::{About, LIMITS, Options, Question, Reading, Status, export, read};

/// Who is asked about: one that the resolver knows by a name, one by its DID, and nobody.
const REQUESTERS: [Did; 3] = [Did([1; 32]), Did([2; 32]), Did([3; 32])];
const PURPOSES: [&str; 3] = ["TREAT", "HRESCH", "PUBHLTH"];
const CLASSES: [&str; 2] = ["Observation", "DocumentReference"];
/// Dates that state no zone are two hours east of UTC.
const ZONE: i64 = 2 * 3_600_000;

/// The target.
///
/// - Reading is total, on a ledger and literally; the canonical text of what is read reads the same.
/// - Terms that are made are sound; written as a Consent they read back as the same terms, in one text.
/// - Terms for the ledger decide as terms for a moment do, at each moment of their period.
pub fn consent(input: &[u8]) {
    literally(input);
    let map = BTreeMap::from([("Practitioner/1".to_owned(), Actor::Identity { did: REQUESTERS[0] })]);
    let resolver = OnLedger { map };
    let options = Options::on_ledger(Some(ZONE), &resolver);
    let Ok(reading) = read(input, &options) else { return };
    let canonical = Json::parse(input, "Consent", &LIMITS).expect("what was read is JSON").canonical();
    assert_eq!(read(&canonical, &options).as_ref(), Ok(&reading), "the canonical text reads otherwise");
    for at in [0, 1_700_000_000_000, u64::MAX] {
        if let Ok(terms) = reading.terms_at(None, Timestamp(at)) {
            assert_eq!(terms.check(), Ok(()));
        }
    }
    let Ok(terms) = reading.terms() else { return };
    assert_eq!(terms.check(), Ok(()));
    written(&terms);
    decides_alike(&reading, &terms);
}

/// As `medledger consent check` reads and answers.
fn literally(input: &[u8]) {
    let Ok(reading) = read(input, &Options::literally(Some(ZONE))) else { return };
    let actors = ["Practitioner/1".to_owned()];
    for (at, purpose) in [i64::MIN, 0, 1_700_000_000_000, i64::MAX].into_iter().zip(PURPOSES.iter().cycle()) {
        let question = Question {
            actors: &actors,
            roles: &[],
            purpose,
            action: "access",
            class: CLASSES[0],
            codes: None,
            labels: None,
            record: Some("Observation/1"),
            authors: None,
            related: None,
            data_date: None,
            custodian: None,
            at,
        };
        let answer = reading.check(&question);
        assert_eq!(answer, reading.check(&question));
        if let Ok(answer) = answer {
            assert!(!answer.permitted || (reading.status == Status::Active && !answer.path.is_empty()));
        }
    }
}

fn written(terms: &Terms) {
    let about = About { id: None, patient: Some(REQUESTERS[2]), status: Status::Active, date_time: None };
    // FHIR has no place for some terms; then nothing is written.
    let Ok(text) = export(terms, &about) else { return };
    let again =
        read(&text, &Options::on_ledger(None, &OnLedger::default())).expect("what was written is read");
    let mut again = again.terms().expect("what was written has terms");
    // Where a permit is said to be a directive, that says nothing.
    again.directive = terms.directive;
    assert_eq!(again, *terms, "terms read back as others");
    assert_eq!(export(&again, &about).as_ref(), Ok(&text), "one text for the same terms");
}

fn decides_alike(reading: &Reading, terms: &Terms) {
    let last = terms.period.until.0.saturating_sub(1);
    for at in [terms.period.from.0, terms.period.from.0.midpoint(last), last].map(Timestamp) {
        // The moment's terms may be more than terms can hold, where those of the ledger are not, and the other way round.
        let Ok(now) = reading.terms_at(None, at) else { continue };
        for requester in REQUESTERS {
            for (purpose, class) in PURPOSES.iter().flat_map(|p| CLASSES.map(|class| (p, class))) {
                let request = request(requester, purpose, class);
                let permits = |terms: &Terms| decide(terms, &request, at).effect == Effect::Permit;
                assert_eq!(
                    permits(terms),
                    permits(&now),
                    "{} decides otherwise at {at}",
                    did_to_text(&requester)
                );
            }
        }
    }
}

fn request(requester: Did, purpose: &str, class: &str) -> Request {
    Request {
        requester,
        organisation: None,
        roles: Vec::new(),
        action: "access".into(),
        purpose: purpose.into(),
        reach: Reach {
            types: NameReach::Has { values: vec![class.into()] },
            labels: Some(Vec::new()),
            ..Reach::default()
        },
    }
}
