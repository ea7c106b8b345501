//! `access`: sessions opened, records read under them, sessions closed.

use std::path::Path;

use medledger_core::access::{Scope, SessionBasis};
use medledger_core::hash::{CredentialId, Did, GroundId, RecordId, SessionId};
use medledger_core::identity::did_to_text;
use medledger_core::units::{Millis, Timestamp};
use medledger_sdk::access_log::LoggedSession;
use medledger_sdk::api::{ProvenRecord, Session as SessionShown};
use medledger_sdk::requester::{Ask, Released};
use medledger_sdk::time::rfc3339;
use serde_json::{Value, json};

use super::args::access::{AccessCommand, CloseArgs, OpenArgs, ReadArgs, RecordArgs};
use super::error::{CliError, Failure};
use super::out::{GOOD, Out, styled, with};
use super::session::{Actor, Session};
use super::terms::{coding, set};
use super::{DONE, Outcome, consent, files, handover};

pub(super) fn run(command: &AccessCommand, now: Timestamp, out: &Out) -> Outcome {
    match command {
        AccessCommand::Open(args) => open(args, now, out),
        AccessCommand::Read(args) => read(args, now, out),
        AccessCommand::Close(args) => close(args, now, out),
        AccessCommand::Request(args) => handover::request(args, now, out),
        AccessCommand::Prove(args) => handover::prove(args, now, out),
        AccessCommand::Hold(args) => handover::hold(args, now, out),
        AccessCommand::Release(args) => handover::release(args, now, out),
        AccessCommand::Receive(args) => handover::receive(args, now, out),
    }
}

/// A session's id from its digits.
pub(super) fn session_id(text: &str) -> Result<SessionId, CliError> {
    let wrong = || CliError::NotAnId { what: "session", text: text.chars().take(80).collect() };
    SessionId::from_hex(text).ok_or_else(wrong)
}

/// Session and record from their digits.
pub(super) fn ids(args: &RecordArgs) -> Result<(SessionId, RecordId), CliError> {
    let wrong = || CliError::NotARecordId { text: args.record.chars().take(80).collect() };
    Ok((session_id(&args.session)?, RecordId::from_hex(&args.record).ok_or_else(wrong)?))
}

fn open(args: &OpenArgs, now: Timestamp, out: &Out) -> Outcome {
    let cut = |text: &str| text.chars().take(80).collect();
    let ground = match &args.ground {
        None => None,
        Some(text) => Some(
            GroundId::from_hex(text)
                .ok_or_else(|| CliError::NotAnId { what: "legal ground", text: cut(text) })?,
        ),
    };
    let named = args.consent.as_deref().map(consent::id).transpose()?;
    let credentials = args.credential.iter().map(|text| {
        CredentialId::from_hex(text).ok_or_else(|| CliError::NotAnId { what: "credential", text: cut(text) })
    });
    let credentials = credentials.collect::<Result<Vec<_>, _>>()?;
    let categories = args.category.iter().map(|text| coding(text)).collect::<Result<Vec<_>, _>>()?;
    let session = Session::open(&args.of.dir, now)?.unlocked_by(&args.of.unlock);
    let subject = session.who(&args.of.who())?;
    session.known(subject)?;
    let requester = session.actor_of(&args.requester)?;
    let custodians = custodians(&session, &args.custodian)?;
    let basis = match (named, ground) {
        (Some(consent), _) => SessionBasis::Consent { consent, version: session.consent(consent)?.current },
        (None, Some(ground)) => SessionBasis::LegalGround { ground },
        (None, None) => return Err(CliError::NotAnId { what: "consent", text: String::new() }.into()),
    };
    // On a legal ground each custodian countersigns.
    let mut countersigned = Vec::new();
    if ground.is_some() {
        for custodian in custodians.iter().filter(|custodian| **custodian != requester.keys.did) {
            countersigned.push(session.actor_of(&did_to_text(custodian))?);
        }
    }
    let ask = Ask {
        subject,
        organisation: args.organisation.as_deref().map(|who| session.who(who)).transpose()?,
        credentials,
        custodians,
        basis,
        action: args.action.clone(),
        purpose: args.purpose.clone(),
        scope: Scope { types: set(args.types.clone()), categories: set(categories), period: None },
        until: match args.until {
            Some(until) => until,
            None => session.time().plus(Millis::hours(1)).unwrap_or(Timestamp(u64::MAX)),
        },
    };
    let opened = session.ask(&requester, ask, &countersigned)?;
    let until = rfc3339(opened.state.not_after);
    let height = opened.receipt.height();
    out.show(styled(GOOD, "The session is open."));
    out.row("session", opened.session);
    out.row("until", &until);
    out.row("height", height);
    let secret = files::shown(&session.keys.session_path(&opened.state.request.key));
    let logged = LoggedSession::new(opened.session, opened.state);
    out.answer(&with(&SessionShown::from(&logged), json!({"height": height.0, "secret": secret})));
    Ok(DONE)
}

fn custodians(session: &Session, named: &[String]) -> Result<Vec<Did>, Failure> {
    if named.is_empty() {
        return Ok(vec![session.organisation(None, "custodian")?.keys.did]);
    }
    named.iter().map(|who| session.who(who)).collect()
}

fn read(args: &ReadArgs, now: Timestamp, out: &Out) -> Outcome {
    let (id, record) = ids(&args.of)?;
    let session = Session::open(&args.of.dir, now)?.unlocked_by(&args.of.unlock);
    let subject = session.session_state(id)?.request.subject;
    let opened = session.opened(subject, id)?;
    let custodian: Actor = session.organisation(args.custodian.as_deref(), "custodian")?;
    let released = session.read_record(&opened, &custodian, record)?;
    show(&released, args.to.as_deref(), out)
}

/// A record that was released, to people or to a file.
pub(super) fn show(released: &Released, to: Option<&Path>, out: &Out) -> Outcome {
    // As the custodian received it: what it commits to is its canonical form.
    let content = released.original.expose();
    if let Some(path) = to {
        files::write_new(path, content, true)?;
    }
    let record = &released.record;
    let file = to.map(files::shown);
    out.show(styled(GOOD, "The record was released, and is the one that was anchored."));
    out.row("record", format_args!("{} (version {})", record.record, record.version));
    out.row("recorded", format_args!("{} at height {}", rfc3339(record.time), record.height));
    match &file {
        Some(file) => out.row("content", format_args!("written to {file}")),
        None => out.show(format_args!("\n{}", String::from_utf8_lossy(content))),
    }
    let shown = file.is_none().then(|| serde_json::from_slice::<Value>(content).ok()).flatten();
    let facts = &released.opening.facts;
    let more = json!({
        "type": facts.resource_type,
        "reference": facts.reference,
        "file": file,
        "content": shown,
    });
    out.answer(&with(&ProvenRecord::from(record), more));
    Ok(DONE)
}

fn close(args: &CloseArgs, now: Timestamp, out: &Out) -> Outcome {
    let sessions = args.session.iter().map(|text| session_id(text)).collect::<Result<Vec<_>, _>>()?;
    let sessions = set(sessions);
    let session = Session::open(&args.dir, now)?;
    let custodian = session.organisation(args.signer.as_deref(), "custodian")?;
    let recorded = session.close(&custodian, &sessions)?;
    let height = recorded.header.header.height;
    out.show(styled(GOOD, format_args!("{} has reported and closed {}.", custodian.name, sessions.len())));
    out.row("height", height);
    out.answer(&json!({
        "sessions": sessions.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "custodian": did_to_text(&custodian.keys.did),
        "transaction": recorded.id.to_string(),
        "height": height.0,
    }));
    Ok(DONE)
}
