//! The table of decisions, `spec/decisions.json`: what is absent there has the values that its first lines state.

use std::collections::BTreeMap;

use medledger_core::consent::{
    Actor, Basis, CodeReach, Criteria, NameReach, PeriodReach, Reach, Request, Rule, RuleEffect, Terms,
};
use medledger_core::hash::{ConsentId, Did};
use medledger_core::units::{Interval, Period, Timestamp};
use medledger_core::vocabulary::Coding;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    #[serde(rename = "about")]
    _about: Vec<String>,
    systems: BTreeMap<String, String>,
    pub count: usize,
    pub decisions: Vec<Case>,
}

/// One consent (`terms` and `expect`) or several (`consents`, `basis` and `combined`).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub id: String,
    pub words: String,
    terms: Option<TermsRow>,
    expect: Option<Expected>,
    #[serde(default)]
    consents: Vec<ConsentRow>,
    #[serde(default)]
    request: RequestRow,
    #[serde(default = "half_past")]
    time: u64,
    basis: Option<BasisRow>,
    pub combined: Option<ExpectedCombined>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConsentRow {
    id: String,
    terms: TermsRow,
    expect: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    pub effect: String,
    pub reason: String,
    #[serde(default)]
    pub path: Vec<u64>,
    #[serde(default)]
    pub obligations: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedCombined {
    pub permitted: bool,
    pub reason: ExpectedReason,
    #[serde(default)]
    pub obligations: Vec<String>,
}

#[derive(Deserialize)]
pub enum ExpectedReason {
    Permitted(String),
    Grounded,
    GroundOverrides(String),
    Denied(String),
    NotPermitted(String),
    NotActive,
}

impl ExpectedReason {
    /// As the debug output of the reason that is meant.
    pub fn text(&self) -> String {
        match self {
            Self::Permitted(reason) => format!("Permitted({reason})"),
            Self::Grounded => "Grounded".to_owned(),
            Self::GroundOverrides(reason) => format!("GroundOverrides({reason})"),
            Self::Denied(reason) => format!("Denied({reason})"),
            Self::NotPermitted(reason) => format!("NotPermitted({reason})"),
            Self::NotActive => "NotActive".to_owned(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
enum BasisRow {
    Consent(String),
    LegalGround { overrides_deny: bool },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct TermsRow {
    period: [u64; 2],
    directive: bool,
    effect: EffectRow,
    criteria: CriteriaRow,
    rules: Vec<RuleRow>,
    obligations: Vec<String>,
}

impl Default for TermsRow {
    fn default() -> Self {
        Self {
            period: [1000, 2000],
            directive: false,
            effect: EffectRow::Deny,
            criteria: CriteriaRow::default(),
            rules: Vec::new(),
            obligations: Vec::new(),
        }
    }
}

#[derive(Deserialize, Clone, Copy)]
enum EffectRow {
    Permit,
    Deny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    #[serde(default = "one")]
    depth: u64,
    effect: EffectRow,
    #[serde(default)]
    criteria: CriteriaRow,
}

type Bounds = [Option<i64>; 2];

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct CriteriaRow {
    actors: Vec<String>,
    actions: Vec<String>,
    purposes: Vec<String>,
    types: Vec<String>,
    categories: Vec<String>,
    codes: Vec<String>,
    labels: Vec<String>,
    records: Vec<String>,
    authors: Vec<String>,
    related: Vec<String>,
    data_period: Option<Bounds>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RequestRow {
    requester: String,
    organisation: Option<String>,
    roles: Vec<String>,
    action: String,
    purpose: String,
    reach: ReachRow,
}

impl Default for RequestRow {
    fn default() -> Self {
        Self {
            requester: "gp".to_owned(),
            organisation: None,
            roles: Vec::new(),
            action: "access".to_owned(),
            purpose: "TREAT".to_owned(),
            reach: ReachRow::default(),
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct ReachRow {
    types: Option<ListRow>,
    categories: Option<ListRow>,
    codes: Option<ListRow>,
    labels: Option<Vec<String>>,
    records: Option<ListRow>,
    authors: Option<ListRow>,
    related: Option<ListRow>,
    period: Option<PeriodRow>,
}

#[derive(Deserialize)]
enum ListRow {
    Has(Vec<String>),
    Within(Vec<String>),
}

#[derive(Deserialize)]
enum PeriodRow {
    Within(Bounds),
}

const fn half_past() -> u64 {
    1500
}

const fn one() -> u64 {
    1
}

impl Table {
    /// Reads the table. A missing or malformed one fails the test.
    pub fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/decisions.json");
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// A case's consents with what is expected of each.
    pub fn consents<'a>(&self, case: &'a Case) -> Vec<(ConsentId, Terms, &'a Expected)> {
        match (&case.terms, &case.expect) {
            (Some(terms), Some(expect)) => {
                assert!(case.consents.is_empty() && case.combined.is_none(), "{}: one or several", case.id);
                vec![(ConsentId(bytes("it")), self.terms(terms), expect)]
            }
            (None, None) => {
                assert!(case.combined.is_some(), "{}: several without their combination", case.id);
                let each = case.consents.iter();
                each.map(|row| (ConsentId(bytes(&row.id)), self.terms(&row.terms), &row.expect)).collect()
            }
            _ => panic!("{}: terms and expect come together", case.id),
        }
    }

    /// A case's request and time.
    pub fn request(&self, case: &Case) -> (Request, Timestamp) {
        let row = &case.request;
        let request = Request {
            requester: Did(bytes(&row.requester)),
            organisation: row.organisation.as_deref().map(|name| Did(bytes(name))),
            roles: self.codings(&row.roles),
            action: row.action.clone(),
            purpose: row.purpose.clone(),
            reach: Reach {
                types: names(row.reach.types.as_ref()),
                categories: self.codes(row.reach.categories.as_ref()),
                codes: self.codes(row.reach.codes.as_ref()),
                labels: row.reach.labels.as_ref().map(|labels| self.codings(labels)),
                records: names(row.reach.records.as_ref()),
                authors: names(row.reach.authors.as_ref()),
                related: names(row.reach.related.as_ref()),
                period: match row.reach.period {
                    None => PeriodReach::Unknown,
                    Some(PeriodRow::Within(bounds)) => PeriodReach::Within { interval: interval(bounds) },
                },
            },
        };
        (request, Timestamp(case.time))
    }

    /// What a case with several consents stands on.
    pub fn basis(case: &Case) -> Basis {
        match case.basis.as_ref().unwrap_or_else(|| panic!("{}: no basis", case.id)) {
            BasisRow::Consent(name) => Basis::Consent(ConsentId(bytes(name))),
            BasisRow::LegalGround { overrides_deny } => {
                Basis::LegalGround { overrides_deny: *overrides_deny }
            }
        }
    }

    fn terms(&self, row: &TermsRow) -> Terms {
        let [from, until] = row.period.map(Timestamp);
        let rule = |rule: &RuleRow| Rule {
            depth: rule.depth,
            effect: effect(rule.effect),
            criteria: self.criteria(&rule.criteria),
        };
        Terms {
            period: Period { from, until },
            directive: row.directive,
            effect: effect(row.effect),
            criteria: self.criteria(&row.criteria),
            rules: row.rules.iter().map(rule).collect(),
            obligations: row.obligations.clone(),
            uses: None,
        }
    }

    fn criteria(&self, row: &CriteriaRow) -> Criteria {
        Criteria {
            actors: row.actors.iter().map(|text| self.actor(text)).collect(),
            actions: row.actions.clone(),
            purposes: row.purposes.clone(),
            types: row.types.clone(),
            categories: self.codings(&row.categories),
            codes: self.codings(&row.codes),
            labels: self.codings(&row.labels),
            records: row.records.clone(),
            authors: row.authors.clone(),
            related: row.related.clone(),
            data_period: row.data_period.map(interval),
        }
    }

    fn actor(&self, text: &str) -> Actor {
        match text.split_once(':').unwrap() {
            ("identity", name) => Actor::Identity { did: Did(bytes(name)) },
            ("organisation", name) => Actor::Organisation { did: Did(bytes(name)) },
            ("role", code) => Actor::Role { role: self.coding(code) },
            _ => panic!("{text} is no actor"),
        }
    }

    fn codings(&self, texts: &[String]) -> Vec<Coding> {
        texts.iter().map(|text| self.coding(text)).collect()
    }

    fn coding(&self, text: &str) -> Coding {
        let (system, code) = text.split_once('|').unwrap_or_else(|| panic!("{text} is no system|code"));
        let system = (!system.is_empty()).then(|| self.systems[system].clone());
        Coding { system, code: code.to_owned() }
    }

    fn codes(&self, row: Option<&ListRow>) -> CodeReach {
        match row {
            None => CodeReach::Unknown,
            Some(ListRow::Has(values)) => CodeReach::Has { values: self.codings(values) },
            Some(ListRow::Within(values)) => CodeReach::Within { values: self.codings(values) },
        }
    }
}

fn names(row: Option<&ListRow>) -> NameReach {
    match row {
        None => NameReach::Unknown,
        Some(ListRow::Has(values)) => NameReach::Has { values: values.clone() },
        Some(ListRow::Within(values)) => NameReach::Within { values: values.clone() },
    }
}

fn interval([start, end]: Bounds) -> Interval {
    Interval { start, end }
}

fn effect(row: EffectRow) -> RuleEffect {
    match row {
        EffectRow::Permit => RuleEffect::Permit,
        EffectRow::Deny => RuleEffect::Deny,
    }
}

/// An identifier from a name.
fn bytes(name: &str) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[..name.len()].copy_from_slice(name.as_bytes());
    bytes
}
