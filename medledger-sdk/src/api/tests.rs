use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::convert::Infallible;
use serde::Serialize;
use serde_json::{Value, from_str, to_string};

use medledger_core::consent::{Combined, CombinedReason, ConsentTerms, Reason, Terms};
use medledger_core::identity::{Control, KeyEntry, did_to_text};
use medledger_core::state::{Address, LogKind, LogLeaf, read};
use medledger_core::units::{Millis, Period, Timestamp};

use super::*;
use crate::proof::{ProofFile, check};
use crate::story::{LAB, Story};
use crate::timeline::timeline;

fn json(view: &impl Serialize) -> Value {
    from_str(&to_string(view).unwrap()).unwrap()
}

fn leaves(story: &Story, kind: LogKind) -> Vec<LogLeaf> {
    let log = story.world.ledger.log(&story.world.patient.did, kind);
    log.into_iter().map(|(_, leaf)| leaf.clone()).collect()
}

fn told() -> Story {
    let mut story = Story::new();
    let consent = story.grant_doctor(Millis::hours(1));
    let ask = story.asks(consent);
    let session = story.open(ask.clone()).unwrap();
    assert_eq!(story.release(&session, LAB), "");
    assert!(story.open(crate::requester::Ask { purpose: "HMARKT".to_string(), ..ask }).is_err());
    story.gateway.close(session.session, story.world.clock);
    assert_eq!(story.anchor_logs().1, 0);
    story.revoke(consent);
    story
}

#[test]
fn counts_are_numbers_as_far_as_javascript_holds_them() {
    assert_eq!(to_string(&Count(1 << 53)).unwrap(), "9007199254740992");
    assert_eq!(to_string(&Count((1 << 53) + 1)).unwrap(), "\"9007199254740993\"");
    assert_eq!(to_string(&Count(u64::MAX)).unwrap(), "\"18446744073709551615\"");
}

#[test]
fn an_access_log_as_it_is_shown() {
    let story = told();
    let views: Vec<Value> =
        leaves(&story, LogKind::Access).iter().filter_map(AccessEntry::new).map(|view| json(&view)).collect();
    let kinds: Vec<&str> = views.iter().map(|view| view["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["opened", "denied", "closed"]);
    assert_eq!((views[0]["rule"].as_str(), views[1]["rule"].as_str()), (None, Some("ACC-014")));
    assert_eq!(views[1]["request"]["purpose"], "HMARKT");
    assert_eq!(views[2]["count"], 1);
    assert_eq!(views[0]["time"], "2026-03-02T08:00:00.000Z");
    assert_eq!(views[0]["not_after"], "2026-03-02T08:30:00.000Z");
    assert_eq!(views[0]["session"], views[2]["session"]);
    let sessions = crate::access_log::sessions(&leaves(&story, LogKind::Access));
    let looks = crate::access_log::looks(&leaves(&story, LogKind::Access));
    let looks: Vec<Value> = looks.iter().map(|look| json(&Look::new(look, story.world.clock))).collect();
    assert_eq!(looks.len(), 2);
    assert_eq!((&looks[0]["effect"], &looks[1]["effect"]), (&"permit".into(), &"deny".into()));
    assert_eq!((&looks[0]["rule"], &looks[1]["rule"]), (&Value::Null, &"ACC-014".into()));
    assert_eq!((&looks[0]["status"], &looks[1]["status"]), (&"closed".into(), &Value::Null));
    assert_eq!(
        (&looks[0]["session"], &looks[0]["custodians"][0]["count"]),
        (&views[0]["session"], &1.into())
    );
    assert_eq!(looks[1]["request"], views[1]["request"]);
    let alone = crate::access_log::LoggedSession::new(sessions[0].session, sessions[0].state.clone());
    let end = alone.state.not_after;
    let stands = |logged: &_, at| SessionStatus::of(logged, at);
    assert_eq!(
        (stands(&alone, Timestamp(end.0 - 1)), stands(&alone, end)),
        (SessionStatus::Open, SessionStatus::Unclosed)
    );
    let session = json(&Session::from(&sessions[0]));
    assert_eq!((&session["unclosed"], &session["custodians"][0]["count"]), (&Value::Bool(false), &1.into()));
    assert_eq!(session["roles"][0]["code"], "207Q00000X");
}

#[test]
fn an_authority_log_and_consents_as_they_are_shown() {
    let story = told();
    let log = leaves(&story, LogKind::Authority);
    let views: Vec<Value> = log.iter().filter_map(AuthorityEntry::new).map(|view| json(&view)).collect();
    let kinds: Vec<&str> = views.iter().map(|view| view["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["incepted", "consent-granted", "consent-revoked"]);
    let id = medledger_core::hash::ConsentId::from_hex(views[1]["consent"].as_str().unwrap()).unwrap();
    let mut state = story.consent(id);
    let show = |state: &_, at| json(&Consent::new(&id, state, at));
    let view = show(&state, story.world.clock);
    assert_eq!((view["status"].as_str(), view["effect"].as_str()), (Some("revoked"), Some("permit")));
    assert_eq!(view["criteria"]["purposes"][0], "TREAT");
    assert!(view["criteria"]["actors"][0]["identity"].as_str().unwrap().starts_with("did:medledger:z"));
    state.status = medledger_core::consent::ConsentStatus::Active;
    let period = state.terms.open().period;
    for (at, status) in [(period.from, "active"), (period.until, "ended")] {
        assert_eq!(show(&state, at)["status"], status);
    }
    let until = period.until;
    let terms =
        Terms { uses: Some(1), period: Period { from: Timestamp(1), until }, ..state.terms.open().clone() };
    let mut once = state.clone();
    once.terms = ConsentTerms::Open { terms };
    assert_eq!(show(&once, Timestamp(0))["status"], "pending");
    once.used = 1;
    assert_eq!(show(&once, Timestamp(1))["status"], "spent");
    assert_eq!(show(&once, until)["status"], "ended");
    assert_eq!(show(&state, period.until)["period"]["until"], "2026-03-02T09:00:00.000Z");
    let denied = Combined {
        permitted: false,
        reason: CombinedReason::Denied(Reason::DenyRule),
        consent: Some(id),
        path: Vec::from([0, 2]),
        obligations: Vec::new(),
    };
    let answer = json(&Answer::from(&denied));
    assert_eq!(
        (&answer["effect"], &answer["reason"], &answer["path"][1]),
        (&"deny".into(), &"deny-rule".into(), &2.into())
    );
}

#[test]
fn records_identities_status_and_proofs_as_they_are_shown() {
    let story = told();
    let lines = timeline(&leaves(&story, LogKind::Timeline), |_| Ok::<_, Infallible>(None)).unwrap().lines;
    let record = json(&Record::from(&lines[0]));
    assert_eq!(
        (&record["version"], &record["type"], &record["entered_in_error"]),
        (&1.into(), &Value::Null, &false.into())
    );
    let (did, state) = (story.world.patient.did, story.world.ledger.state());
    let control: Control = read(state, &Address::Identity(did)).unwrap().unwrap();
    let keys = control.devices.iter().chain([&control.controller]);
    let keys: Vec<_> =
        keys.map(|key| (*key, read::<KeyEntry, _>(state, &Address::Key(*key)).unwrap().unwrap())).collect();
    let identity = json(&Identity::new(&did, &control, &keys));
    assert_eq!((&identity["kind"], &identity["keys"][1]["role"]), (&"patient".into(), &"controller".into()));
    assert_eq!(identity["document"]["verificationMethod"][0]["type"], "Multikey");
    let status = json(&Status::new("test", story.world.ledger.tip()));
    assert_eq!(status["height"], story.world.ledger.tip().height.0);

    let verifier = story.world.verifier();
    let mut proof = story.held(0, LAB).1.proof;
    proof.opening = Some(story.batches[0].openings[usize::try_from(LAB).unwrap()].clone());
    let receipt = ProofFile::Receipt { proof };
    let report = check(&receipt.encode().unwrap(), &verifier, None);
    let shown = json(&ProofReport::from(&report));
    let fields: Vec<&String> = shown.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["complete", "fault", "height", "kind", "valid"]);
    assert_eq!(
        (&shown["valid"], &shown["kind"], &shown["complete"]),
        (&true.into(), &"receipt".into(), &Value::Null)
    );
    let shown = json(&ProvenRecord::from(&report.record.unwrap()));
    assert_eq!((&shown["opened"], &shown["subject"]), (&true.into(), &did_to_text(&did).into()));
    let shown: Value = json(&ProofReport::from(&check(b"x", &verifier, None)));
    assert_eq!(shown["fault"]["code"].as_str().map(String::from), Some("COD-002".to_string()));
}
