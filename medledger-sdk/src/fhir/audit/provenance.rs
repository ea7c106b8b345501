//! The timeline as Provenances.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::hash::{Did, RecordId, RecordVersion};
use medledger_core::operation::{Approval, Operation, Transaction};
use medledger_core::record::facts::Facts;
use medledger_core::record::{TimelineEntry, batch_record_id};
use medledger_core::state::{LogEntry, LogLeaf};
use medledger_core::units::{Day, Interval};

use super::bundle::{Collection, Named};
use super::element::{Absent, Coding, Concept, Identifier, Missing, Reference, base64, instant, is_literal};
use super::types::is_r4;
use super::{Known, Of};
use crate::fhir::error::FhirError;
use crate::time::interval;

const OPERATION: &str = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";
const PARTICIPANT: &str = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
const SIGNATURE: &str = "urn:iso-astm:E1762-95:2013";
/// RFC 9052 §2: the media type of every COSE message.
const COSE: &str = "application/cose";
const SECOND: i64 = 1_000;

/// How many records one export names singly: a batch may hold 2^32.
pub const SINGLE_RECORDS: u64 = 1 << 18;

/// A FHIR R4 Provenance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Provenance {
    #[serde(rename = "resourceType")]
    resource_type: &'static str,
    id: String,
    target: [Reference; 1],
    #[serde(rename = "occurredPeriod", skip_serializing_if = "Option::is_none")]
    occurred_period: Option<Period>,
    #[serde(rename = "occurredDateTime", skip_serializing_if = "Option::is_none")]
    occurred: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recorded: Option<String>,
    #[serde(rename = "_recorded", skip_serializing_if = "Option::is_none")]
    unrecorded: Option<Missing>,
    activity: Concept,
    agent: Vec<Agent>,
    entity: Vec<Entity>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    signature: Vec<Signature>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Period {
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Agent {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<Concept>,
    who: Reference,
    #[serde(rename = "onBehalfOf", skip_serializing_if = "Option::is_none")]
    on_behalf_of: Option<Reference>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Entity {
    role: &'static str,
    what: Reference,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Signature {
    #[serde(rename = "type")]
    kind: [Coding; 1],
    when: String,
    who: Reference,
    #[serde(rename = "sigFormat")]
    format: &'static str,
    data: String,
}

/// What happened to a record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Activity {
    Create,
    Update { version: u64, replaces: RecordVersion },
    Nullify,
}

/// What was signed, of one transaction.
struct Signed {
    who: Did,
    signature: Option<Signature>,
}

struct Teller<'a> {
    of: &'a Of,
    known: &'a Known,
}

/// A timeline, whole, as Provenances: one for each record that an entry anchors, and for each amendment and
/// entered-in-error mark, in its order.
///
/// # Errors
/// [`FhirError::TooManyRecords`] past [`SINGLE_RECORDS`].
pub fn provenances(of: &Of, leaves: &[LogLeaf], known: &Known) -> Result<Collection<Provenance>, FhirError> {
    let teller = Teller { of, known };
    let mut custodians: BTreeMap<RecordId, Did> = BTreeMap::new();
    let mut named = Vec::new();
    let mut total: u64 = 0;
    for leaf in leaves {
        let LogEntry::Timeline { entry } = &leaf.entry else { continue };
        // A transaction names one record, but for a batch, whose records have ids of their own.
        let hash = leaf.tx.0;
        let signed = teller.signed(leaf);
        let mut push = |hash, record: RecordId, custodian, activity| {
            named.push(Named::new(hash, |id| {
                teller.told(id, leaf, (record, custodian), activity, signed.as_ref())
            }));
        };
        match entry {
            TimelineEntry::Anchored { record, custodian, .. } => {
                total = total.saturating_add(1);
                custodians.insert(*record, *custodian);
                push(hash, *record, Some(*custodian), Activity::Create);
            }
            TimelineEntry::BatchAnchored { batch, custodian, count, .. } => {
                total = total.saturating_add(*count);
                if total > SINGLE_RECORDS {
                    return Err(FhirError::TooManyRecords { found: total, limit: SINGLE_RECORDS });
                }
                for index in 0..*count {
                    let record = batch_record_id(batch, index);
                    custodians.insert(record, *custodian);
                    push(record.0, record, Some(*custodian), Activity::Create);
                }
            }
            TimelineEntry::Amended { record, version, replaces, .. } => {
                let activity = Activity::Update { version: *version, replaces: *replaces };
                push(hash, *record, custodians.get(record).copied(), activity);
            }
            TimelineEntry::EnteredInError { record } => {
                push(hash, *record, custodians.get(record).copied(), Activity::Nullify);
            }
        }
    }
    Ok(Collection::of(named, of.as_of))
}

impl Activity {
    fn concept(self) -> Concept {
        let (code, display) = match self {
            Self::Create => ("CREATE", "create"),
            Self::Update { .. } => ("UPDATE", "revise"),
            Self::Nullify => ("NULLIFY", "nullify"),
        };
        Concept::of(OPERATION, code, display)
    }

    /// The version that it makes; a mark makes none.
    const fn version(self) -> Option<u64> {
        match self {
            Self::Create => Some(1),
            Self::Update { version, .. } => Some(version),
            Self::Nullify => None,
        }
    }
}

impl Teller<'_> {
    fn told(
        &self,
        id: String,
        leaf: &LogLeaf,
        (record, custodian): (RecordId, Option<Did>),
        activity: Activity,
        signed: Option<&Signed>,
    ) -> Provenance {
        // The facts at hand are of one version, and say nothing of another.
        let known = self.known.records.get(&record);
        let facts = known.filter(|known| activity.version() == Some(known.version)).map(|known| &known.facts);
        let mut target = Reference::by(Identifier::on(&self.of.chain, "record", record));
        // A record is found by what it is called now, whichever version this tells of.
        if let Some(Facts { reference, resource_type, .. }) = known.map(|known| &known.facts) {
            target.reference = is_literal(reference).then(|| reference.clone());
            target.kind = is_r4(resource_type).then(|| Cow::Owned(resource_type.clone()));
        }
        let (occurred, occurred_period) =
            facts.and_then(|facts| facts.clinical.as_ref()).map_or((None, None), occurred);
        let recorded = instant(leaf.time);
        Provenance {
            resource_type: "Provenance",
            id,
            target: [target],
            occurred_period,
            occurred,
            unrecorded: recorded.is_none().then(|| Absent::Unknown.element()),
            recorded,
            activity: activity.concept(),
            agent: self.agents(facts, custodian, signed),
            entity: self.entities(leaf, activity),
            signature: signed.and_then(|signed| signed.signature.clone()).into_iter().collect(),
        }
    }

    fn did(&self, did: &Did) -> Reference {
        Reference::did(did, self.known.kinds.get(did).copied())
    }

    /// Who made it, as its facts say; who keeps it; and who signed, where that is another.
    fn agents(&self, facts: Option<&Facts>, custodian: Option<Did>, signed: Option<&Signed>) -> Vec<Agent> {
        let kind = |code, display| Some(Concept::of(PARTICIPANT, code, display));
        let agent = |kind, who| Agent { kind, who, on_behalf_of: None };
        let authors = facts.iter().flat_map(|facts| &facts.authors);
        let mut agents: Vec<Agent> =
            authors.map(|author| agent(kind("author", "Author"), Reference::given(author))).collect();
        let keeper = custodian.as_ref().map_or_else(|| Absent::Unknown.reference(), |did| self.did(did));
        agents.push(agent(kind("custodian", "Custodian"), keeper.clone()));
        if let Some(signed) = signed.filter(|signed| Some(signed.who) != custodian) {
            let on_behalf_of = custodian.is_some().then_some(keeper);
            agents.push(Agent { kind: None, who: self.did(&signed.who), on_behalf_of });
        }
        agents
    }

    /// The transaction and the height at which the ledger holds it, and what an amendment supersedes.
    fn entities(&self, leaf: &LogLeaf, activity: Activity) -> Vec<Entity> {
        let on = |what, value: String| Reference::by(Identifier::on(&self.of.chain, what, value));
        let mut entities = Vec::from([
            Entity { role: "source", what: on("transaction", leaf.tx.to_string()) },
            Entity { role: "source", what: on("height", leaf.height.to_string()) },
        ]);
        if let Activity::Update { replaces, .. } = activity {
            entities.push(Entity { role: "revision", what: on("record version", replaces.to_string()) });
        }
        entities
    }

    /// The transaction behind an entry, where its bytes are at hand. What it says of others is not told: its signature
    /// then stands detached.
    fn signed(&self, leaf: &LogLeaf) -> Option<Signed> {
        let bytes = self.known.transactions.get(&leaf.tx)?;
        let decoded =
            Transaction::decode(bytes, &self.of.chain).ok().filter(|decoded| decoded.id == leaf.tx)?;
        let body = &decoded.body;
        let alone = match &body.operation {
            Operation::AnchorBatch { batch } => {
                batch.entries.iter().all(|entry| entry.subject == self.of.subject)
            }
            _ => true,
        };
        let detached = Approval { key: body.key, signature: decoded.signature };
        let data = if alone { base64(bytes) } else { base64(&detached.encode()) };
        let signature = instant(body.signed_at).map(|when| Signature {
            kind: [Coding::of(SIGNATURE, "1.2.840.10065.1.12.1.14", "Source Signature")],
            when,
            who: self.did(&body.signer),
            format: COSE,
            data,
        });
        Some(Signed { who: body.signer, signature })
    }
}

/// When it happened, no finer than was stated: a year, a month, a day or a second; else from when to when, of which FHIR
/// counts the last moment in.
fn occurred(clinical: &Interval) -> (Option<String>, Option<Period>) {
    if let Some(dates) = dates(&interval(clinical)) {
        return dates;
    }
    let last = clinical.end.map(|end| end.saturating_sub(1));
    // An end that FHIR can't write is not an open one.
    let (start, end) = (clinical.start.map(moment), last.map(moment));
    match (clinical.start, clinical.end, start, end) {
        (_, _, Some(None), _) | (_, _, _, Some(None)) | (None, None, ..) => (None, None),
        (Some(from), Some(to), Some(start), _) if to.saturating_sub(from) <= SECOND => (start, None),
        (_, _, start, end) => (None, Some(Period { start: start.flatten(), end: end.flatten() })),
    }
}

/// What was stated as dates without a zone, and so is told as such: `1963`, `2014-02-01 to 2015-12-31`, `since 2014-02-01`.
fn dates(text: &str) -> Option<(Option<String>, Option<Period>)> {
    let date = |text: &str| {
        let is_date =
            matches!(text.len(), 4 | 7 | 10) && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        is_date.then(|| text.to_string())
    };
    let period = |start, end| Some((None, Some(Period { start, end })));
    if let Some((start, end)) = text.split_once(" to ") {
        return period(Some(date(start)?), Some(date(end)?));
    }
    if let Some(start) = text.strip_prefix("since ") {
        return period(Some(date(start)?), None);
    }
    if let Some(end) = text.strip_prefix("until ") {
        return period(None, Some(date(end)?));
    }
    Some((Some(date(text)?), None))
}

/// A moment in UTC, to the millisecond; `None` where FHIR has no form for it: before the year 1 or past 9999.
fn moment(at: i64) -> Option<String> {
    const DAY: i64 = 86_400_000;
    let (day, rest) = (Day::of(at.div_euclid(DAY)), at.rem_euclid(DAY));
    let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60);
    let (second, milli) = (rest / 1_000 % 60, rest % 1_000);
    (1..=9_999).contains(&day.year).then(|| format!("{day}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z"))
}

#[cfg(test)]
mod tests;
