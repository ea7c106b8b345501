//! Terms, and what they answer.

use medledger_sdk::api::units::Moment;
use medledger_sdk::api::{self, Coding, Count, Ground, Interval, NamedTerms, Reach, Request};
use serde_json::{Value, json};

use super::Answer;
use super::read::{bytes, count, items, signed, text, texts, time};

/// Nothing for null.
pub fn maybe<T>(value: &Value, read: impl Fn(&Value) -> T) -> Option<T> {
    (!value.is_null()).then(|| read(value))
}

pub fn coding(of: &Value) -> Coding {
    Coding { system: maybe(&of["system"], |system| text(system).into()), code: text(&of["code"]).into() }
}

pub fn codings(of: &Value) -> Vec<Coding> {
    items(of).iter().map(coding).collect()
}

pub fn interval(of: &Value) -> Interval {
    let end = |of: &Value| maybe(of, |of| Moment(signed(of)));
    Interval { start: end(&of["start"]), end: end(&of["end"]) }
}

pub fn request(of: &Value) -> Request {
    let reach = &of["reach"];
    Request {
        requester: text(&of["requester"]).into(),
        organisation: maybe(&of["organisation"], |did| text(did).into()),
        roles: codings(&of["roles"]),
        action: text(&of["action"]).into(),
        purpose: text(&of["purpose"]).into(),
        reach: Reach {
            set: reach["set"] == true,
            types: maybe(&reach["types"], texts),
            categories: maybe(&reach["categories"], codings),
            codes: maybe(&reach["codes"], codings),
            labels: maybe(&reach["labels"], codings),
            records: maybe(&reach["records"], texts),
            authors: maybe(&reach["authors"], texts),
            related: maybe(&reach["related"], texts),
            period: maybe(&reach["period"], interval),
        },
    }
}

pub fn terms(of: &Value) -> Answer {
    let given = bytes(&of["bytes"]);
    let terms = api::terms_from_bytes(&given)?;
    assert_eq!(api::terms_to_bytes(&terms)?, given);
    let open = api::check_terms(&terms).err().map(|error| error.code.clone());
    Ok(json!({ "open": open }))
}

fn path(path: &[Count]) -> Vec<Value> {
    path.iter().copied().map(count).collect()
}

pub fn decide(of: &Value) -> Answer {
    let terms = api::terms_from_bytes(&bytes(&of["terms"]))?;
    let decision = api::decide(&terms, &request(&of["request"]), time(&of["at"]))?;
    Ok(json!({
        "effect": decision.effect.as_str(),
        "reason": decision.reason.as_str(),
        "path": path(&decision.path),
        "obligations": decision.obligations,
    }))
}

pub fn decide_all(of: &Value) -> Answer {
    let mut consents = Vec::new();
    for named in items(&of["consents"]) {
        let terms = api::terms_from_bytes(&bytes(&named["terms"]))?;
        consents.push(NamedTerms { consent: text(&named["consent"]).into(), terms });
    }
    let (request, at) = (request(&of["request"]), time(&of["at"]));
    let answer = match of["basis"].as_str() {
        Some(basis) => api::decide_by_consent(&consents, basis, &request, at)?,
        None => {
            let ground = Ground { overrides_deny: of["overrides_deny"] == true };
            api::decide_by_ground(&consents, &ground, &request, at)?
        }
    };
    Ok(json!({
        "effect": answer.effect.as_str(),
        "reason": answer.reason.as_str(),
        "consent": answer.consent,
        "path": path(&answer.path),
        "obligations": answer.obligations,
    }))
}
