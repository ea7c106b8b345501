//! FHIR R4 Consents: what they answer, what they come to on a ledger, and those that can't be read faithfully.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use medledger_core::codec::encode;
use medledger_core::error::Coded;
use medledger_core::units::Interval;
use medledger_core::vocabulary::Coding;
use medledger_sdk::fhir::consent::references::OnLedger;
use medledger_sdk::fhir::consent::{Options, Question, read};
use medledger_sdk::fhir::date::{FhirDate, Kind, zone};
use serde_json::Value;

use super::super::Vector;
use super::super::decisions::{codings, interval, known, texts};
use super::super::json::{Json, hex};
use super::stripped;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../medledger-sdk/tests/fhir_consents")
}

/// A case's question, as vectors have it.
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
    data_period: Option<Interval>,
    custodian: Option<String>,
    zone: Option<String>,
    at: i64,
}

impl Asked {
    /// `None` where the question itself can't be asked.
    fn new(request: &Value) -> Option<Self> {
        let list = |name: &str| -> Vec<String> {
            request[name].as_array().into_iter().flatten().map(|text| text.as_str().unwrap().into()).collect()
        };
        let given = |name: &str| Some(list(name)).filter(|list| !list.is_empty());
        let text = |name: &str| request[name].as_str().map(str::to_owned);
        let coding = |text: &String| match text.split_once('|') {
            Some((system, code)) => Coding::new(system, code),
            None => Coding { system: None, code: text.clone() },
        };
        let codings = |list: Vec<String>| list.iter().map(coding).collect::<Vec<_>>();
        let offset = match text("zone") {
            Some(text) => Some(zone(&text)?),
            None => None,
        };
        let labels = given("label").map(|labels| if labels == ["none"] { Vec::new() } else { labels });
        Some(Self {
            actors: list("actor"),
            roles: codings(list("role")),
            purpose: text("purpose")?,
            action: text("action").unwrap_or_else(|| "access".into()),
            class: text("class")?,
            codes: given("code").map(codings),
            labels: labels.map(codings),
            record: text("record"),
            authors: given("author"),
            related: given("related"),
            data_period: match text("data_date") {
                Some(text) => {
                    let date = FhirDate::parse(&text, Kind::DateTime).ok()?;
                    Some(offset.map_or_else(|| date.widest(), |offset| date.at_offset(offset)))
                }
                None => None,
            },
            custodian: text("custodian"),
            zone: text("zone"),
            at: FhirDate::parse(&text("at")?, Kind::Instant).ok()?.at_offset(0).start?,
        })
    }

    fn json(&self) -> Json {
        known(vec![
            ("at", self.at.into()),
            ("purpose", self.purpose.as_str().into()),
            ("action", self.action.as_str().into()),
            ("resource_type", self.class.as_str().into()),
            ("actors", texts(&self.actors)),
            ("roles", codings(&self.roles)),
            ("codes", self.codes.as_deref().map(codings).into()),
            ("labels", self.labels.as_deref().map(codings).into()),
            ("record", self.record.clone().into()),
            ("authors", self.authors.as_deref().map(texts).into()),
            ("related", self.related.as_deref().map(texts).into()),
            ("data_period", self.data_period.as_ref().map(interval).into()),
            ("custodian", self.custodian.clone().into()),
            ("zone", self.zone.clone().into()),
        ])
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
            data_date: self.data_period,
            custodian: self.custodian.as_deref(),
            at: self.at,
        }
    }
}

fn cause(rule: &str) -> &'static str {
    match rule {
        "FHR-002" | "FHR-003" | "FHR-004" => "json",
        "FHR-016" | "FHR-051" => "period",
        "FHR-041" => "not-understood",
        "FHR-042" | "FHR-043" => "not-r4",
        "FHR-044" | "FHR-045" | "FHR-046" => "no-base",
        "FHR-047" | "FHR-048" | "FHR-049" | "FHR-050" | "FHR-055" => "codes",
        "FHR-057" | "FHR-058" | "FHR-059" => "not-for-a-ledger",
        "FHR-062" => "status",
        _ => "other",
    }
}

/// Of each Consent of the sdk's table a question for each answer that it gives, and its terms for a ledger.
pub(super) fn vectors() -> Vec<Vector> {
    let table: Value = serde_json::from_slice(&fs::read(folder().join("cases.json")).unwrap()).unwrap();
    let (mut made, mut seen, mut imported) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for (number, case) in table["cases"].as_array().unwrap().iter().enumerate() {
        let file = case["consent"].as_str().unwrap();
        let name = case["id"].as_str().unwrap();
        let json = stripped(&fs::read_to_string(folder().join(file)).unwrap());
        if let Some(asked) = Asked::new(&case["request"]) {
            let offset = asked.zone.as_deref().and_then(zone);
            let answer = read(json.as_bytes(), &Options::literally(offset))
                .and_then(|reading| Ok((reading.check(&asked.question())?, reading.unmatched)));
            let input = vec![("consent", json.as_str().into()), ("question", asked.json())];
            let of = "medledger-sdk/tests/fhir_consents/cases.json";
            let (key, vector) = match answer {
                Ok((answer, unmatched)) => {
                    let effect = if answer.permitted { "permit" } else { "deny" };
                    let vector = Vector::valid("fhir-consent", name, of, input).gives(vec![
                        ("effect", effect.into()),
                        ("reason", format!("{}", answer.reason).into()),
                        ("path", texts(&answer.path)),
                        ("unmatched", texts(&unmatched)),
                    ]);
                    (effect.to_owned(), vector)
                }
                Err(error) => {
                    let rule = error.rule().to_string();
                    (rule.clone(), Vector::invalid("fhir-consent", cause(&rule), rule, name, of, input))
                }
            };
            // Of a Consent the first answer, of every third each that differs.
            let of_file = seen.iter().any(|(known, _)| known == file);
            if seen.insert((file.to_owned(), key)) && (!of_file || number % 3 == 0) {
                made.push(vector);
            }
        }
        // What a ledger would hold of it: of every fourth, and of one for each rule.
        let resolver = OnLedger::default();
        let terms = read(json.as_bytes(), &Options::on_ledger(None, &resolver))
            .and_then(|reading| Ok((reading.terms()?, reading.unmatched)));
        let input = vec![("consent", json.as_str().into()), ("zone", Json::Null)];
        let of = "medledger-sdk/tests/fhir_consents";
        match terms {
            Ok((terms, unmatched)) if number % 8 == 0 && imported.insert(file.to_owned()) => {
                made.push(
                    Vector::valid("fhir-terms", file, of, input).gives(vec![
                        ("terms", hex(&encode(&terms).unwrap())),
                        ("unmatched", texts(&unmatched)),
                    ]),
                );
            }
            Err(error) => {
                let rule = error.rule().to_string();
                if imported.insert(rule.clone()) {
                    made.push(Vector::invalid("fhir-terms", cause(&rule), rule, file, of, input));
                }
            }
            Ok(_) => {}
        }
    }
    made
}
