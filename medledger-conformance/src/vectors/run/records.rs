//! FHIR, commitments, sealed records.

use medledger_sdk::api::units::Moment;
use medledger_sdk::api::{
    self, AgreementKey, CommitmentHash, Commitments, ConsentOptions, ConsentQuestion, Facts, RecordKey,
    SealedRecord,
};
use serde_json::{Value, json};

use super::Answer;
use super::consents::{codings, interval, maybe};
use super::read::{bytes, hex, signed, text, texts};

pub fn fhir(of: &Value) -> Answer {
    let canonical = api::canonical_fhir(&bytes(&of["json"]))?;
    Ok(json!({ "canonical": String::from_utf8(canonical).expect("UTF-8") }))
}

fn number(number: Option<Moment>) -> Value {
    const EXACT: u64 = 1 << 53;
    match number {
        None => Value::Null,
        Some(Moment(n)) if n.unsigned_abs() <= EXACT => json!(n),
        Some(Moment(n)) => json!(n.to_string()),
    }
}

pub fn date(of: &Value) -> Answer {
    let interval = api::fhir_interval(text(&of["date"]), of["zone"].as_str())?;
    Ok(json!({ "start": number(interval.start), "end": number(interval.end) }))
}

fn facts(of: &Value) -> Facts {
    Facts {
        reference: text(&of["reference"]).into(),
        resource_type: text(&of["resource_type"]).into(),
        category: codings(&of["category"]),
        codes: codings(&of["codes"]),
        labels: maybe(&of["labels"], codings),
        authors: texts(&of["authors"]),
        related: texts(&of["related"]),
        clinical: maybe(&of["clinical"], interval),
    }
}

fn shown(facts: &Facts) -> Value {
    let codings = |list: &[api::Coding]| -> Vec<Value> {
        let shown = |coding: &api::Coding| match &coding.system {
            Some(system) => json!({ "system": system, "code": coding.code }),
            None => json!({ "code": coding.code }),
        };
        list.iter().map(shown).collect()
    };
    json!({
        "reference": facts.reference,
        "resource_type": facts.resource_type,
        "category": codings(&facts.category),
        "codes": codings(&facts.codes),
        "labels": facts.labels.as_deref().map(codings),
        "authors": facts.authors,
        "related": facts.related,
        "clinical": facts.clinical.map(|of| json!({ "start": number(of.start), "end": number(of.end) })),
    })
}

pub fn commitments(of: &Value) -> Answer {
    let facts = facts(&of["facts"]);
    let salts = ["content_salt", "facts_salt"].map(|name| bytes(&of[name]));
    let made = api::commit(&bytes(&of["content"]), &salts[0], &facts, &salts[1])?;
    Ok(json!({ "content": made.content, "facts": made.facts }))
}

pub fn bundle(of: &Value) -> Answer {
    let entries = api::read_bundle(text(&of["bundle"]).as_bytes())?;
    let mut made = Vec::new();
    for entry in entries {
        made.push(json!({
            "resource_type": entry.resource_type,
            "id": entry.id,
            "facts": shown(&entry.facts),
            "canonical": hex(&api::tagged_hash("ml1 content", &entry.canonical.0)?),
        }));
    }
    Ok(json!({ "entries": made }))
}

pub fn consent(of: &Value) -> Answer {
    let asked = &of["question"];
    let some = |name: &str| maybe(&asked[name], |value| text(value).to_string());
    let question = ConsentQuestion {
        at: Moment(signed(&asked["at"])),
        purpose: text(&asked["purpose"]).into(),
        action: text(&asked["action"]).into(),
        resource_type: text(&asked["resource_type"]).into(),
        actors: texts(&asked["actors"]),
        roles: codings(&asked["roles"]),
        codes: maybe(&asked["codes"], codings),
        labels: maybe(&asked["labels"], codings),
        record: some("record"),
        authors: maybe(&asked["authors"], texts),
        related: maybe(&asked["related"], texts),
        data_period: maybe(&asked["data_period"], interval),
        custodian: some("custodian"),
        zone: some("zone"),
    };
    let answer = api::check_consent(text(&of["consent"]).as_bytes(), &question)?;
    Ok(json!({
        "effect": answer.effect.as_str(),
        "reason": answer.reason.as_str(),
        "path": answer.path,
        "unmatched": answer.unmatched,
    }))
}

pub fn consent_terms(of: &Value) -> Answer {
    let options = ConsentOptions { zone: maybe(&of["zone"], |zone| text(zone).into()), actors: Vec::new() };
    let reading = api::read_consent(text(&of["consent"]).as_bytes(), &options)?;
    Ok(json!({ "terms": hex(&api::terms_to_bytes(&reading.terms)?), "unmatched": reading.unmatched }))
}

fn pair(of: &Value) -> Commitments {
    Commitments {
        hash: CommitmentHash::Sha3_256,
        content: text(&of["content"]).into(),
        facts: text(&of["facts"]).into(),
    }
}

pub fn sealed(of: &Value) -> Answer {
    let key = RecordKey::from_secret(&bytes(&of["key"]))?;
    let record = SealedRecord::from_container(&bytes(&of["container"]))?;
    let opened = record.open(&key, &pair(&of["commitments"]), &mut |_, _| true)?;
    Ok(json!({
        "original": hex(&opened.original()),
        "content": hex(&opened.content()),
        "form": record.header()?.form.as_str(),
        "reference": opened.facts().reference,
        "key_commitment": key.commitment(),
    }))
}

pub fn wrap(of: &Value) -> Answer {
    let secret = AgreementKey::from_secret(&bytes(&of["secret"]))?;
    let key = api::unwrap_key(&bytes(&of["wrap"]), &secret, text(&of["chain"]), &pair(&of["commitments"]))?;
    Ok(json!({ "key": hex(&key.secret()) }))
}
