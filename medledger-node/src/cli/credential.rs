//! `identity credential`: an organisation vouches for a practitioner's role.

use medledger_core::hash::CredentialId;
use medledger_core::identity::did_to_text;
use medledger_core::operation::Operation;
use medledger_core::units::{Period, Timestamp};
use medledger_sdk::time::rfc3339;
use serde_json::json;

use super::args::access::{CredentialCommand, IssueArgs, RevokeCredentialArgs};
use super::error::CliError;
use super::out::{GOOD, Out, styled};
use super::session::Session;
use super::terms::coding;
use super::{DONE, Outcome};

pub(super) fn run(command: &CredentialCommand, now: Timestamp, out: &Out) -> Outcome {
    match command {
        CredentialCommand::Issue(args) => issue(args, now, out),
        CredentialCommand::Revoke(args) => revoke(args, now, out),
    }
}

fn issue(args: &IssueArgs, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(&args.dir, now)?;
    let issuer = session.organisation(args.signer.as_deref(), "organisation")?;
    let holder = session.who(&args.to)?;
    let period = Period { from: args.from.unwrap_or_else(|| session.time()), until: args.until };
    let (credential, recorded) = session.issue(&issuer, holder, coding(&args.role)?, period)?;
    let height = recorded.header.header.height;
    out.show(styled(GOOD, format_args!("{} vouches for {}.", issuer.name, args.to)));
    out.row("credential", credential);
    out.row("until", rfc3339(period.until));
    out.row("height", height);
    out.answer(&json!({
        "credential": credential.to_string(),
        "issuer": did_to_text(&issuer.keys.did),
        "holder": did_to_text(&holder),
        "role": args.role,
        "from": rfc3339(period.from),
        "until": rfc3339(period.until),
        "transaction": recorded.id.to_string(),
        "height": height.0,
    }));
    Ok(DONE)
}

fn revoke(args: &RevokeCredentialArgs, now: Timestamp, out: &Out) -> Outcome {
    let text = || args.credential.chars().take(80).collect();
    let credential = CredentialId::from_hex(&args.credential)
        .ok_or_else(|| CliError::NotAnId { what: "credential", text: text() })?;
    let session = Session::open(&args.dir, now)?;
    let issuer = session.organisation(args.signer.as_deref(), "organisation")?;
    let recorded = session.sign(&issuer, Operation::RevokeCredential { credential })?;
    let height = recorded.header.header.height;
    out.show(styled(GOOD, "The credential has been revoked. Sessions that name it end."));
    out.row("height", height);
    out.answer(&json!({
        "credential": credential.to_string(),
        "transaction": recorded.id.to_string(),
        "height": height.0,
    }));
    Ok(DONE)
}
