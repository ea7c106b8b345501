//! `timeline`: a patient's records, provably all that this ledger has.

use medledger_core::error::Coded;
use medledger_core::hash::Did;
use medledger_core::identity::did_to_text;
use medledger_core::light::Verifier;
use medledger_core::state::LogKind;
use medledger_core::units::{Height, Timestamp};
use medledger_sdk::api::Record;
use medledger_sdk::export::claim;
use medledger_sdk::time::interval;
use medledger_sdk::timeline::{
    Line, ONE_IDENTITY_EACH, RelatedLine, Relationship, Timeline, newest_first, timeline, together,
};
use medledger_sdk::wallet::format::KeptIdentity;
use serde_json::json;

use super::args::TimelineArgs;
use super::error::Failure;
use super::out::{DIM, HEAD, Out, styled, with};
use super::session::Session;
use super::{DONE, Outcome, audit};
use crate::NodeError;

pub(super) fn run(args: &TimelineArgs, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(&args.dir, now)?;
    if let Some((wallet, None)) = session.wallet_of(&args.pick.of(&args.subject)) {
        let identities = session.peek(wallet)?.identities;
        if identities.len() > 1 {
            return whole(&session, identities, args.ids, out);
        }
    }
    let subject = session.who(&args.pick.of(&args.subject))?;
    session.known(subject)?;
    let (Timeline { lines, untold }, height) = records(&session, subject)?;
    let fhir = args.fhir.as_deref().map(|to| audit::timeline(&session, subject, to)).transpose()?;
    let width = width(&lines);
    out.show(styled(HEAD, format_args!("{:<width$}  {:<20} what", "when", "type")));
    for line in &lines {
        let id = if args.ids { format!("  {}", styled(DIM, line.record)) } else { String::new() };
        out.show(format_args!("{}{id}", told(line, width)));
    }
    let claim = claim(height);
    tell_untold(untold, out);
    out.show(format_args!("\n{} records: {claim}.", total(lines.len(), untold)));
    if let Some(fhir) = &fhir {
        out.show(fhir);
    }
    out.answer(&json!({
        "subject": did_to_text(&subject),
        "height": height.0,
        "complete": true,
        "claim": claim,
        "records": lines.iter().map(Record::from).collect::<Vec<_>>(),
        "untold": untold,
        "fhir": fhir.map(|fhir| fhir.file),
    }));
    Ok(DONE)
}

/// The records of all identities of a wallet.
fn whole(session: &Session, identities: Vec<KeptIdentity>, ids: bool, out: &Out) -> Outcome {
    let (mut parts, mut listed, mut untold) = (Vec::new(), Vec::new(), 0_u64);
    for KeptIdentity { identity, did, relationship, .. } in identities {
        session.known(did)?;
        let (Timeline { lines, untold: more }, _) = records(session, did)?;
        untold = untold.saturating_add(more);
        listed
            .push(json!({"identity": identity, "relationship": relationship, "subject": did_to_text(&did)}));
        parts.push((Relationship { did, name: relationship }, lines));
    }
    let lines = together(parts);
    let width = lines.iter().map(|of| when(&of.line).len()).max().unwrap_or_default().max(10);
    let names = lines.iter().map(|of| of.relationship.name.chars().count()).max().unwrap_or_default();
    out.show(styled(HEAD, format_args!("{:<names$}  {:<width$}  {:<20} what", "for", "when", "type")));
    let mut views = Vec::new();
    for RelatedLine { relationship: Relationship { did, name }, line } in &lines {
        let id = if ids { format!("  {}", styled(DIM, line.record)) } else { String::new() };
        out.show(format_args!("{name:<names$}  {}{id}", told(line, width)));
        let more = json!({"relationship": name, "subject": did_to_text(did)});
        views.push(with(&Record::from(line), more));
    }
    let height = session.host.tip().height;
    let claim = claim(height);
    tell_untold(untold, out);
    out.show(format_args!("\n{} records: {claim}.\n{ONE_IDENTITY_EACH}", total(lines.len(), untold)));
    out.answer(&json!({
        "identities": listed,
        "height": height.0,
        "complete": true,
        "claim": claim,
        "binding": ONE_IDENTITY_EACH,
        "records": views,
        "untold": untold,
    }));
    Ok(DONE)
}

/// A patient's records, the newest first, checked to be all as of the newest height.
pub(super) fn records(session: &Session, subject: Did) -> Result<(Timeline, Height), Failure> {
    let leaves = match session.host.log_proof(&subject, LogKind::Timeline)? {
        Some(proof) => {
            // The store's own word would do; whoever is handed the same proof elsewhere checks it like this.
            let host_time = session.now.max(session.host.tip().time);
            let verifier = Verifier::new(session.host.genesis(), host_time).map_err(NodeError::from)?;
            let checked = proof.check(&verifier, LogKind::Timeline);
            checked.map_err(|error| Failure {
                code: error.rule().to_string(),
                what: format!("the timeline does not verify: {error}; run `medledger verify`"),
                element: None,
                exit: super::error::BAD_INPUT,
                in_doubt: false,
            })?;
            proof.leaves
        }
        None => Vec::new(),
    };
    let secrets = session.secrets()?;
    let mut told = timeline(&leaves, |record| {
        session.opened_record(record, &secrets).map(|opened| opened.map(|opened| opened.opening))
    })?;
    newest_first(&mut told.lines);
    Ok((told, session.host.tip().height))
}

fn total(lines: usize, untold: u64) -> u64 {
    u64::try_from(lines).unwrap_or(u64::MAX).saturating_add(untold)
}

fn tell_untold(untold: u64, out: &Out) {
    if untold > 0 {
        out.show(styled(DIM, format_args!("and {untold} more in batches that can't be opened here")));
    }
}

/// How wide the column of times is.
pub(super) fn width(lines: &[Line]) -> usize {
    lines.iter().map(|line| when(line).len()).max().unwrap_or_default().max(10)
}

fn when(line: &Line) -> String {
    let clinical = line.shown.as_ref().and_then(|shown| shown.clinical.as_ref());
    clinical.map(interval).filter(|when| !when.is_empty()).unwrap_or_else(|| "undated".to_owned())
}

/// A record as a line: when, type, title.
pub(super) fn told(line: &Line, width: usize) -> String {
    let Some(shown) = &line.shown else {
        let by = did_to_text(&line.custodian);
        return format!("{:<width$}  {:<20} kept by {by}", "", "not held here");
    };
    let mut text = format!("{:<width$}  {:<20} {}", when(line), shown.resource_type, cut(&shown.title));
    if line.version > 1 {
        text.push_str(&format!(" (version {})", line.version));
    }
    if line.entered_in_error {
        text.push_str(" (entered in error)");
    }
    text
}

/// A title that leaves the line readable.
fn cut(title: &str) -> String {
    const LONGEST: usize = 56;
    let mut text: String = title.chars().take(LONGEST).collect();
    if title.chars().nth(LONGEST).is_some() {
        text.push('…');
    }
    text
}
