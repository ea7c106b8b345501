//! `record`: sealed records of this host destroyed, or their keys wrapped anew.

use medledger_core::hash::{Did, RecordId};
use medledger_core::state::{LogKind, LogLeaf};
use medledger_core::units::Timestamp;
use medledger_sdk::seal::SealError;
use medledger_sdk::time::rfc3339;
use serde_json::json;

use super::args::record::{DestroyArgs, RecordCommand, RewrapArgs};
use super::error::{CliError, Failure};
use super::out::{GOOD, Out, styled};
use super::session::{Session, entropy};
use super::{DONE, Outcome};
use crate::NodeError;

pub(super) fn run(command: &RecordCommand, now: Timestamp, out: &Out) -> Outcome {
    match command {
        RecordCommand::Destroy(args) => destroy(args, now, out),
        RecordCommand::Rewrap(args) => rewrap(args, now, out),
    }
}

fn destroy(args: &DestroyArgs, now: Timestamp, out: &Out) -> Outcome {
    let text = || args.record.chars().take(80).collect();
    let record = RecordId::from_hex(&args.record).ok_or_else(|| CliError::NotARecordId { text: text() })?;
    let session = Session::open(&args.dir, now)?;
    let (_, statements) = session.host.destroy(&record, now)?;
    let wraps = statements.iter().fold(0_usize, |sum, one| sum.saturating_add(one.wraps.len()));
    let at = statements.last().map(|one| rfc3339(one.at));
    out.show(styled(GOOD, "The record's key, both salts and every wrap held here are destroyed."));
    out.row("record", record);
    out.row("versions", statements.len());
    out.row("wraps", wraps);
    out.show("The ledger still verifies. Backups of this folder may remember the wraps: destroy those too.");
    out.answer(&json!({
        "record": record.to_string(),
        "destroyed": at,
        "versions": statements.len(),
        "wraps": wraps,
        "keys": statements.iter().map(|one| one.key.to_string()).collect::<Vec<_>>(),
    }));
    Ok(DONE)
}

fn rewrap(args: &RewrapArgs, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(&args.dir, now)?;
    let subject = session.who(&args.pick.of(&args.subject))?;
    session.known(subject)?;
    let custodian = session.organisation(args.signer.as_deref(), "custodian")?;
    let secrets: Vec<_> = custodian.keys.secrets().collect();
    let mut rng = entropy()?;
    let (mut done, mut destroyed, mut closed) = (0_u64, 0_u64, 0_u64);
    for record in held(&session, subject)? {
        match session.host.rewrap(&record, &secrets, &mut rng) {
            Ok(versions) => done = done.saturating_add(versions),
            Err(NodeError::Seal(SealError::Destroyed { .. })) => destroyed = destroyed.saturating_add(1),
            Err(NodeError::Seal(SealError::NoWrap)) => closed = closed.saturating_add(1),
            Err(error) => return Err(error.into()),
        }
    }
    out.show(styled(GOOD, format_args!("{done} keys are wrapped to the devices that are live now.")));
    if closed > 0 {
        out.row("not opened", format_args!("{closed}: their keys are not wrapped to {}", custodian.name));
    }
    out.answer(&json!({"rewrapped": done, "destroyed": destroyed, "not_opened": closed}));
    Ok(DONE)
}

/// The records of a patient of which this host has something.
fn held(session: &Session, subject: Did) -> Result<Vec<RecordId>, Failure> {
    let leaves: Vec<LogLeaf> =
        session.host.log(&subject, LogKind::Timeline)?.into_iter().map(|(_, leaf)| leaf).collect();
    let mut held = Vec::new();
    for record in session.named(&leaves)? {
        if session.host.held(&record)?.is_some() {
            held.push(record);
        }
    }
    Ok(held)
}
