//! `consent`: grant, amend, revoke, list; the rest is in `consent_check` and `wallet`.

use medledger_core::consent::{Actor, ConsentEntry, Criteria, RuleEffect};
use medledger_core::hash::ConsentId;
use medledger_core::identity::did_to_text;
use medledger_core::light::LogProof;
use medledger_core::operation::Operation;
use medledger_core::state::{LogEntry, LogKind, LogLeaf};
use medledger_core::units::Timestamp;
use medledger_sdk::api::Consent as ConsentShown;
use medledger_sdk::api::Period;
use medledger_sdk::export::claim;
use serde_json::json;

use super::args::access::SubjectArgs;
use super::args::consent::{AmendArgs, ConsentArgs, ConsentCommand, GrantArgs};
use super::error::{CliError, Failure};
use super::out::{DIM, GOOD, Out, styled, with};
use super::session::{Recorded, Session};
use super::terms::{code_text, terms};
use super::{DONE, Outcome, consent_check, wallet};

pub(super) fn run(command: &ConsentCommand, now: Timestamp, out: &Out) -> Outcome {
    match command {
        ConsentCommand::Grant(args) => grant(args, now, out),
        ConsentCommand::Amend(args) => amend(args, now, out),
        ConsentCommand::Revoke(args) => revoke(args, now, out),
        ConsentCommand::List(args) => list(args, now, out),
        // As of any time, also of one that no ledger has.
        ConsentCommand::Check(args) => consent_check::check(args, None, out),
        ConsentCommand::Export(args) => consent_check::write(args, now, out),
        ConsentCommand::State(args) => wallet::state(args, now, out),
        ConsentCommand::Sign(args) => wallet::sign(args, now, out),
    }
}

pub(super) fn id(text: &str) -> Result<ConsentId, CliError> {
    let wrong = || CliError::NotAnId { what: "consent", text: text.chars().take(80).collect() };
    ConsentId::from_hex(text).ok_or_else(wrong)
}

fn grant(args: &GrantArgs, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(&args.of.dir, now)?.unlocked_by(&args.of.unlock);
    let patient = session.actor_of(&args.of.who())?;
    let (consent, recorded) =
        session.grant(&patient, terms(&args.terms, session.time(), &|who| session.who(who))?)?;
    out.show(styled(GOOD, "The consent stands."));
    tell(out, &session, consent, &recorded)
}

fn amend(args: &AmendArgs, now: Timestamp, out: &Out) -> Outcome {
    let consent = id(&args.of.consent)?;
    let session = Session::open(&args.of.of.dir, now)?.unlocked_by(&args.of.of.unlock);
    let patient = session.actor_of(&args.of.of.who())?;
    let recorded =
        session.amend(&patient, consent, terms(&args.terms, session.time(), &|who| session.who(who))?)?;
    out.show(styled(GOOD, "The consent has new terms. Sessions on the old ones have ended."));
    tell(out, &session, consent, &recorded)
}

fn revoke(args: &ConsentArgs, now: Timestamp, out: &Out) -> Outcome {
    let consent = id(&args.consent)?;
    let session = Session::open(&args.of.dir, now)?.unlocked_by(&args.of.unlock);
    let patient = session.actor_of(&args.of.who())?;
    let recorded = session.sign(&patient, Operation::RevokeConsent { consent })?;
    out.show(styled(GOOD, "The consent has been revoked. Sessions on it have ended."));
    tell(out, &session, consent, &recorded)
}

fn tell(out: &Out, session: &Session, consent: ConsentId, recorded: &Recorded) -> Outcome {
    let state = session.consent(consent)?;
    let height = recorded.header.header.height;
    out.row("consent", consent);
    out.row("version", format_args!("{} ({})", state.version, state.current));
    out.row("height", height);
    out.answer(&with(
        &ConsentShown::new(&consent, &state, recorded.header.header.time),
        json!({"transaction": recorded.id.to_string(), "height": height.0}),
    ));
    Ok(DONE)
}

/// One of a patient's logs, checked to be all as of the newest height; `None` at the genesis.
pub(super) fn whole(
    session: &Session,
    subject: medledger_core::hash::Did,
    kind: LogKind,
) -> Result<Vec<LogLeaf>, Failure> {
    let Some(proof): Option<LogProof> = session.host.log_proof(&subject, kind)? else {
        return Ok(session.host.log(&subject, kind)?.into_iter().map(|(_, leaf)| leaf).collect());
    };
    proof.check(&session.verifier()?, kind).map_err(|error| Failure::bad_input(&error, None))?;
    Ok(proof.leaves)
}

fn list(args: &SubjectArgs, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(&args.dir, now)?;
    let subject = session.who(&args.who())?;
    session.known(subject)?;
    let mut listed = Vec::new();
    for leaf in whole(&session, subject, LogKind::Authority)? {
        let LogEntry::Consent { entry: ConsentEntry::Granted { consent, .. } } = leaf.entry else { continue };
        let state = session.consent(consent)?;
        let terms = state.terms.open();
        let view = ConsentShown::new(&consent, &state, session.time());
        let effect = effect(terms.effect, terms.directive);
        let Period { from, until } = &view.period;
        out.show(format_args!("{:<8} {effect}: {}", view.status, words(&terms.criteria)));
        out.show(format_args!("         from {from} until {until}, version {}", state.version));
        out.show(format_args!("         {}", styled(DIM, consent)));
        listed.push(view);
    }
    let height = session.host.tip().height;
    let claim = claim(height);
    out.show(format_args!("\n{} consents: {claim}.", listed.len()));
    out.answer(&json!({
        "subject": did_to_text(&subject),
        "height": height.0,
        "complete": true,
        "claim": claim,
        "consents": listed,
    }));
    Ok(DONE)
}

const fn effect(effect: RuleEffect, directive: bool) -> &'static str {
    match (effect, directive) {
        (RuleEffect::Permit, _) => "permits",
        (RuleEffect::Deny, false) => "denies",
        (RuleEffect::Deny, true) => "denies, whatever other consents say",
    }
}

fn actor(actor: &Actor) -> String {
    match actor {
        Actor::Identity { did } => did_to_text(did),
        Actor::Organisation { did } => format!("whoever acts for {}", did_to_text(did)),
        Actor::Role { role } => format!("role {}", code_text(role)),
    }
}

fn words(criteria: &Criteria) -> String {
    let mut parts = Vec::new();
    let mut part = |name: &str, list: Vec<String>| {
        if !list.is_empty() {
            parts.push(format!("{name} {}", list.join(" or ")));
        }
    };
    part("to", criteria.actors.iter().map(actor).collect());
    part("for", criteria.purposes.clone());
    part("action", criteria.actions.clone());
    part("of type", criteria.types.clone());
    part("of category", criteria.categories.iter().map(code_text).collect());
    if parts.is_empty() { "everything, to everybody".to_owned() } else { parts.join(", ") }
}
