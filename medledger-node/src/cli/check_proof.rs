//! `check-proof`: a file with a proof, against nothing but a genesis.

use medledger_core::error::Coded;
use medledger_core::identity::did_to_text;
use medledger_core::limits::PROOF;
use medledger_core::units::Timestamp;
use medledger_sdk::api::ProofReport as Shown;
use medledger_sdk::export::NotHandedOver;
use medledger_sdk::proof::{self, ProofReport};
use medledger_sdk::time::rfc3339;
use serde_json::json;

use super::args::CheckProofArgs;
use super::error::CliError;
use super::out::{BAD, GOOD, Out, styled};
use super::{DONE, NOT_VERIFIED, Outcome, files};

pub(super) fn run(args: &CheckProofArgs, now: Timestamp, out: &Out) -> Outcome {
    let (_, verifier) = files::verifier(&args.genesis, now)?;
    let at_least = match &args.at_least {
        None => None,
        Some(path) => {
            let refused = |error: medledger_core::light::LightError| CliError::NotAHeader {
                path: files::shown(path),
                why: format!("{}: {error}", error.rule()),
            };
            Some(proof::header(&files::read(path, PROOF.bytes)?, &verifier).map_err(refused)?)
        }
    };
    let report = proof::check(&files::read(&args.file, PROOF.bytes)?, &verifier, at_least.as_ref());
    tell(&report, out);
    // An export that holds is not enough: a custodian may still have releases to report.
    let done = report.is_valid() && report.complete != Some(false);
    Ok(if done { DONE } else { NOT_VERIFIED })
}

/// Tells which batches an export says nothing of but how many records they have.
pub(super) fn not_handed_over(batches: &[NotHandedOver], out: &Out) {
    for NotHandedOver { batch, custodian, count, .. } in batches {
        let custodian = did_to_text(custodian);
        let what =
            format_args!("the {count} records of batch {batch}: {custodian} has not handed over which");
        out.row("not complete", what);
    }
}

fn tell(report: &ProofReport, out: &Out) {
    let fault = report.fault_text();
    match &fault {
        None => out.show(format_args!("{} The proof holds.", styled(GOOD, "✓"))),
        Some((code, what)) => {
            out.show(format_args!("{} The proof is refused: {what} [{code}]", styled(BAD, "✗")))
        }
    }
    if let (None, Some(record)) = (&fault, &report.record) {
        out.row("subject", did_to_text(&record.subject));
        out.row("record", format_args!("{} (version {})", record.record, record.version));
        out.row("recorded", format_args!("{} at height {}", rfc3339(record.time), record.height));
        out.row(
            "content",
            if record.opened { "in the file, and what was committed to" } else { "not in the file" },
        );
        let header = &record.anchored.header;
        out.row(
            "vouched by",
            format_args!("the header of height {}; nothing past it is claimed", header.height),
        );
    }
    if let (None, Some(export)) = (&fault, &report.export) {
        out.row("subject", did_to_text(&export.subject));
        out.row("records", export.records);
        out.row("consents", format_args!("{} ({} active)", export.consents.len(), export.active.len()));
        out.row("sessions", format_args!("{} ({} unclosed)", export.sessions.len(), export.unclosed().len()));
        match export.is_complete() {
            true => out.row("claim", export.claim()),
            false if export.unclosed().is_empty() => {}
            false => out.row("not complete", "a custodian has not closed every session that names it"),
        }
        not_handed_over(&export.not_handed_over, out);
    }
    out.answer(&json!(Shown::from(report)));
}
