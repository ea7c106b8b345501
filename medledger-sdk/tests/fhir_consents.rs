//! The table of Consents and requests in `fhir_consents/`, written from the rules of reading before any code ran.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may stop")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use medledger_core::consent::{CodeReach, Effect, NameReach, PeriodReach, Reach, Request, Terms, decide};
use medledger_core::error::Coded;
use medledger_core::hash::Did;
use medledger_core::units::{Interval, Timestamp};
use medledger_core::vocabulary::Coding;
use medledger_sdk::fhir::consent::references::{Literally, OnLedger};
use medledger_sdk::fhir::consent::{About, Options, Question, REASONS, Reading, Status, export, read};
use medledger_sdk::fhir::date::{FhirDate, Kind};
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fhir_consents")
}

fn cases() -> Vec<Value> {
    let table: Value = serde_json::from_slice(&fs::read(folder().join("cases.json")).unwrap()).unwrap();
    table["cases"].as_array().unwrap().clone()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn coding(text: &str) -> Coding {
    match text.split_once('|') {
        Some((system, code)) => Coding::new(system, code),
        None => Coding { system: None, code: text.to_owned() },
    }
}

/// What a case asks, as the options of `consent check` say it.
struct Asked {
    actors: Vec<String>,
    roles: Vec<Coding>,
    purpose: String,
    action: String,
    class: String,
    codes: Option<Vec<Coding>>,
    labels: Option<Vec<Coding>>,
    record: Option<String>,
    authors: Option<Vec<String>>,
    related: Option<Vec<String>>,
    data_date: Option<Interval>,
    custodian: Option<String>,
    zone: Option<i64>,
    at: i64,
}

impl Asked {
    /// `None` where the request itself can't be asked, such as at a time without its offset.
    fn new(request: &Value) -> Option<Self> {
        let text = |name: &str| request[name].as_str().map(str::to_owned);
        let given = |name: &str| Some(texts(&request[name])).filter(|list| !list.is_empty());
        let codings = |list: Vec<String>| list.iter().map(|text| coding(text)).collect();
        let date = |text: &str, kind| FhirDate::parse(text, kind).ok();
        let zone = match text("zone") {
            Some(zone) => date(&format!("2000-01-01T00:00:00{zone}"), Kind::Instant)?.offset(),
            None => None,
        };
        let labels = given("label").map(|labels| if labels == ["none"] { Vec::new() } else { labels });
        Some(Self {
            actors: texts(&request["actor"]),
            roles: codings(texts(&request["role"])),
            purpose: text("purpose").unwrap(),
            action: text("action").unwrap_or_else(|| "access".to_owned()),
            class: text("class").unwrap(),
            codes: given("code").map(codings),
            labels: labels.map(codings),
            record: text("record"),
            authors: given("author"),
            related: given("related"),
            data_date: match text("data_date") {
                Some(text) => {
                    let date = date(&text, Kind::DateTime)?;
                    Some(zone.map_or_else(|| date.widest(), |zone| date.at_offset(zone)))
                }
                None => None,
            },
            custodian: text("custodian"),
            zone,
            at: date(&text("at")?, Kind::Instant)?.at_offset(0).start?,
        })
    }

    fn question(&self) -> Question<'_> {
        Question {
            actors: &self.actors,
            roles: &self.roles,
            purpose: &self.purpose,
            action: &self.action,
            class: &self.class,
            codes: self.codes.as_deref(),
            labels: self.labels.as_deref(),
            record: self.record.as_deref(),
            authors: self.authors.as_deref(),
            related: self.related.as_deref(),
            data_date: self.data_date,
            custodian: self.custodian.as_deref(),
            at: self.at,
        }
    }
}

/// Each answer, as far as the table tells it; every difference is shown at once.
#[test]
fn every_case_gets_the_answer_of_the_table() {
    let (mut differ, mut effects) = (Vec::new(), BTreeMap::new());
    let cases = cases();
    for case in &cases {
        let Some(asked) = Asked::new(&case["request"]) else {
            assert!(case["expect"].get("error").is_some(), "{case}");
            continue;
        };
        let bytes = fs::read(folder().join(case["consent"].as_str().unwrap())).unwrap();
        let answer = read(&bytes, &Options::literally(asked.zone))
            .and_then(|reading| reading.check(&asked.question()));
        let expect = &case["expect"];
        let (told, agrees) = match &answer {
            Ok(answer) => {
                let effect = if answer.permitted { "permit" } else { "deny" };
                assert!(REASONS.iter().any(|(reason, of, _)| (*reason, *of) == (answer.reason, effect)));
                let path = expect.get("path").is_none_or(|path| texts(path) == answer.path);
                (format!("{effect}: {} {:?}", answer.reason, answer.path), expect["effect"] == effect && path)
            }
            Err(error) => {
                let element = error.element();
                let named =
                    expect.get("error").is_some_and(|named| named.is_null() || named.as_str() == element);
                (format!("{}: {error}", error.rule()), named)
            }
        };
        *effects.entry(answer.map_or(2, |answer| u8::from(answer.permitted))).or_insert(0) += 1;
        if !agrees {
            differ.push(format!("{}: {expect} ({}), came {told}", case["id"], case["why"]));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
    assert!(
        cases.len() > 600 && effects.len() == 3 && effects.values().all(|count| *count > 50),
        "{effects:?}"
    );
}

/// No Consent lies there that no case asks, and of each one at least two things are asked but where it can't be read.
#[test]
fn every_consent_of_the_folder_is_asked() {
    let asked: BTreeSet<String> =
        cases().iter().map(|case| case["consent"].as_str().unwrap().to_owned()).collect();
    let there =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let there: BTreeSet<String> = there.filter(|name| name != "cases.json").collect();
    assert_eq!(asked, there);
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n as u64).unwrap()
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// What one of the cases says of a fact, else nothing.
    fn fact<T: Clone>(&mut self, all: &[Asked], of: impl Fn(&Asked) -> Option<T>) -> Option<T> {
        let of_case = of(self.pick(all));
        if self.below(4) == 0 { None } else { of_case }
    }

    /// A request put together of what the cases ask.
    fn request(&mut self, all: &[Asked]) -> Request {
        let has = |values: Option<Vec<String>>| match values {
            None => NameReach::Unknown,
            Some(values) => NameReach::Has { values },
        };
        let actors = self.pick(all).actors.clone();
        Request {
            requester: Literally::NOBODY,
            organisation: None,
            roles: actors.iter().map(|actor| Literally::role(actor)).collect(),
            action: self.pick(all).action.clone(),
            purpose: self.pick(all).purpose.clone(),
            reach: Reach {
                types: NameReach::Has { values: vec![self.pick(all).class.clone()] },
                categories: CodeReach::Unknown,
                codes: match self.fact(all, |asked| asked.codes.clone()) {
                    None => CodeReach::Unknown,
                    Some(values) => CodeReach::Has { values },
                },
                labels: self.fact(all, |asked| asked.labels.clone()),
                records: has(self.fact(all, |asked| asked.record.clone()).map(|record| vec![record])),
                authors: has(self.fact(all, |asked| asked.authors.clone())),
                related: has(self.fact(all, |asked| asked.related.clone())),
                period: match self.fact(all, |asked| asked.data_date) {
                    None => PeriodReach::Unknown,
                    Some(interval) => PeriodReach::Within { interval },
                },
            },
        }
    }
}

/// The terms of a reading: those of a ledger, or where it depends on the custodian or the time, some of theirs.
fn all_terms(reading: &Reading, all: &[Asked], random: &mut Random) -> Vec<Terms> {
    if let Ok(terms) = reading.terms() {
        return vec![terms];
    }
    assert!(!all.is_empty());
    let of = |asked: &Asked| {
        let at = Timestamp(u64::try_from(asked.at).unwrap_or_default());
        reading.terms_at(asked.custodian.as_deref(), at).unwrap()
    };
    (0..4).map(|_| of(random.pick(all))).collect()
}

/// Where the Consents that were written are kept for another library.
fn written() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("consents")
}

fn terms_of(written: &[u8]) -> Terms {
    read(written, &Options::on_ledger(None, &OnLedger::default())).unwrap().terms().unwrap()
}

/// Consents that another library read into its own model and wrote again, beside those that it read.
#[test]
#[ignore = "another library runs before it: tests/interop/test_fhir.py"]
fn what_another_library_wrote_again_means_the_same() {
    let again = PathBuf::from(std::env::var_os("MEDLEDGER_WRITTEN_AGAIN").unwrap());
    let (mut same, mut other_bytes) = (0, 0);
    for entry in fs::read_dir(written()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        let (ours, theirs) = (fs::read(&path).unwrap(), fs::read(again.join(name)).unwrap());
        assert_eq!(terms_of(&theirs), terms_of(&ours), "{}", name.display());
        same += 1;
        other_bytes += usize::from(ours != theirs);
    }
    assert!(same > 90 && other_bytes > 0, "{same} {other_bytes}");
}

/// Consent → terms → Consent → terms: the same terms, and so the same decision on whatever is asked.
#[test]
fn every_consent_keeps_every_decision_through_terms_and_back() {
    let mut random = Random(1);
    let mut consents: BTreeMap<String, Vec<Asked>> = BTreeMap::new();
    let mut all = Vec::new();
    for case in cases() {
        let file = case["consent"].as_str().unwrap().to_owned();
        consents.entry(file).or_default().extend(Asked::new(&case["request"]));
        all.extend(Asked::new(&case["request"]));
    }
    let requests = if std::env::var_os("MEDLEDGER_LONG").is_some() { 10_000 } else { 1_000 };
    let about = About {
        id: None,
        patient: Some(Did([9; 32])),
        status: Status::Active,
        date_time: Some(Timestamp(1_772_434_800_000)),
    };
    let _ = fs::remove_dir_all(written());
    fs::create_dir_all(written()).unwrap();
    let (mut kept, mut effects) = (0, [0_u64; 3]);
    for (file, of_consent) in &consents {
        let bytes = fs::read(folder().join(file)).unwrap();
        let Ok(reading) = read(&bytes, &Options::literally(None)) else { continue };
        if reading.status != Status::Active {
            continue;
        }
        for terms in all_terms(&reading, of_consent, &mut random) {
            let again = export(&terms, &about).unwrap_or_else(|error| panic!("{file}: {error}"));
            fs::write(written().join(format!("{kept:03}-{file}")), &again).unwrap();
            let again = terms_of(&again);
            assert_eq!(again, terms, "{file}");
            kept += 1;
            for _ in 0..requests {
                let of = if random.below(2) == 0 { of_consent } else { &all };
                let request = random.request(of);
                let decision = decide(&terms, &request, terms.period.from);
                assert_eq!(decide(&again, &request, terms.period.from), decision, "{file}");
                effects[decision.effect as usize] += 1;
            }
        }
    }
    assert!(kept > 90 && effects.iter().sum::<u64>() >= 10_000, "{kept} {effects:?}");
    assert!(
        effects[Effect::Permit as usize] > 1_000 && effects[Effect::Deny as usize] > 1_000,
        "{effects:?}"
    );
}
