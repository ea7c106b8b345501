//! `verify`: a whole ledger from its genesis.

use std::path::Path;

use medledger_core::error::Coded;
use medledger_core::units::Timestamp;
use serde_json::{Value, json};

use super::args::VerifyArgs;
use super::error::Failure;
use super::out::{BAD, GOOD, Out, Progress, styled};
use super::session::Session;
use super::{DONE, NOT_VERIFIED, Outcome};
use crate::host::{OpenedAll, Unopened};
use crate::verify::{Fault, Progress as Stage, Report, verify};

pub(super) fn run(args: &VerifyArgs, now: Timestamp, out: &Out) -> Outcome {
    let mut report = checked(&args.dir, now)?;
    let opened = match &args.opener {
        Some(name) if report.verified => open(&args.dir, name, &mut report)?,
        _ => None,
    };
    let Report { verified, height, app_root, fault } = &report;
    match fault {
        None if *verified => out.show(format_args!("{} The ledger is as it was written.", styled(GOOD, "✓"))),
        None => out.show(format_args!("{} The ledger can't be verified.", styled(BAD, "✗"))),
        Some(fault) => {
            out.show(format_args!("{} {} [{}]", styled(BAD, "✗"), fault.what, fault.code));
            if let Some(height) = fault.height {
                out.row("written at", format_args!("height {height}"));
            }
            out.show("Restore the folder from a backup, or fetch the ledger anew from another member.");
        }
    }
    if let (Some(height), Some(app_root)) = (height, app_root) {
        out.row("height", height);
        out.row("app root", app_root);
    }
    if let Some(opened) = &opened {
        out.row(
            "records",
            format_args!(
                "{} opened, {} destroyed, {} for others",
                opened.opened, opened.destroyed, opened.for_others
            ),
        );
    }
    let records = opened.map(|opened| {
        json!({"opened": opened.opened, "destroyed": opened.destroyed, "for_others": opened.for_others})
    });
    out.answer(&json!({
        "verified": verified,
        "records": records,
        "height": height,
        "app_root": app_root.map(|hash| hash.to_string()),
        "fault": fault.as_ref().map_or(Value::Null, |fault| {
            json!({"code": fault.code, "height": fault.height, "what": fault.what})
        }),
    }));
    Ok(if *verified { DONE } else { NOT_VERIFIED })
}

/// Opens every sealed record with an identity's keys.
fn open(dir: &Path, name: &str, report: &mut Report) -> Result<Option<OpenedAll>, Failure> {
    let session = Session::open(dir, Timestamp(0))?;
    let secrets: Vec<_> = session.actor_of(name)?.keys.secrets().collect();
    match session.host.open_all(&secrets)? {
        Ok(opened) => Ok(Some(opened)),
        Err(Unopened { record, height, error }) => {
            let what = format!("record {record} does not open to what was anchored: {error}");
            report.verified = false;
            report.fault = Some(Fault { code: error.rule().to_string(), height: Some(height.0), what });
            Ok(None)
        }
    }
}

/// Verifies with progress.
pub(super) fn checked(dir: &Path, now: Timestamp) -> Result<Report, Failure> {
    let mut progress = Progress::new();
    let report = verify(dir, now, &mut |stage| match stage {
        Stage::File { bytes } => progress.at("checking the file", 0, bytes),
        Stage::Blocks { done, of } => progress.at("executing blocks anew", done, of),
        Stage::Rows { done, of } => progress.at("comparing what is stored", done, of),
    });
    Ok(report?)
}
