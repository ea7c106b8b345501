//! `consent check` and `consent export`: FHIR R4 Consents.

use medledger_core::consent::ConsentStatus;
use medledger_core::units::Timestamp;
use medledger_core::vocabulary::Coding;
use medledger_sdk::fhir::consent::{About, LIMITS, Options, Question, REASONS, Status, export, read};
use serde_json::json;

use super::args::consent::{CheckArgs, ExportConsentArgs, Label};
use super::error::{CliError, Failure};
use super::out::{BAD, DIM, GOOD, Out, styled};
use super::session::Session;
use super::{DONE, Outcome, consent, files};

/// Nothing is known of it: neither that there is one, nor that there is none.
fn known<T>(list: &[T]) -> Option<&[T]> {
    (!list.is_empty()).then_some(list)
}

fn labels(given: &[Label]) -> Result<Option<Vec<Coding>>, Failure> {
    match given {
        [] => Ok(None),
        [Label::None] => Ok(Some(Vec::new())),
        given => {
            let of = |label: &Label| match label {
                Label::None => None,
                Label::Of(coding) => Some(coding.clone()),
            };
            let mixed = || {
                let wrong =
                    "a record has labels, or was found to have none: --label none stands alone".to_owned();
                CliError::Usage { wrong, argument: "--label".to_owned() }.into()
            };
            given.iter().map(of).collect::<Option<_>>().map(Some).ok_or_else(mixed)
        }
    }
}

pub(super) fn check(args: &CheckArgs, at: Option<i64>, out: &Out) -> Outcome {
    let timeless = || {
        let wrong = "a consent is checked as of a time: give --at with its offset".to_owned();
        CliError::Usage { wrong, argument: "--at".to_owned() }
    };
    let at = at.ok_or_else(timeless)?;
    let labels = labels(&args.label)?;
    let bytes = files::read(&args.fhir, LIMITS.bytes)?;
    let reading = read(&bytes, &Options::literally(args.zone))?;
    let date = |date: &medledger_sdk::fhir::date::FhirDate| match args.zone {
        Some(zone) => date.at_offset(zone),
        None => date.widest(),
    };
    let answer = reading.check(&Question {
        actors: &args.actor,
        roles: &args.role,
        purpose: &args.purpose,
        action: &args.action,
        class: &args.class,
        codes: known(&args.code),
        labels: labels.as_deref(),
        record: args.record.as_deref(),
        authors: known(&args.author),
        related: known(&args.related),
        data_date: args.data_date.as_ref().map(date),
        custodian: args.custodian.as_deref(),
        at,
    })?;
    let (style, effect) = if answer.permitted { (GOOD, "permit") } else { (BAD, "deny") };
    let why = REASONS.iter().find(|(reason, ..)| *reason == answer.reason).map_or("", |(_, _, why)| why);
    out.show(format_args!("{}: {why} [{}]", styled(style, effect), answer.reason));
    for (depth, step) in answer.path.iter().enumerate() {
        match depth.checked_sub(1) {
            None => out.show(step),
            Some(above) => out.show(format_args!("{}└─ {step}", "   ".repeat(above))),
        }
    }
    for element in &reading.unmatched {
        out.show(styled(DIM, format_args!("{element} names what is not known here, and matches nothing")));
    }
    out.answer(&json!({"effect": effect, "reason": answer.reason, "path": answer.path}));
    Ok(DONE)
}

pub(super) fn write(args: &ExportConsentArgs, now: Timestamp, out: &Out) -> Outcome {
    let id = consent::id(&args.consent)?;
    let session = Session::open(&args.dir, now)?;
    let state = session.consent(id)?;
    let status = match state.status {
        ConsentStatus::Active => Status::Active,
        ConsentStatus::Revoked => Status::Inactive,
    };
    let about = About { id: Some(id.to_string()), patient: Some(state.subject), status, date_time: None };
    let bytes = export(state.terms.open(), &about)?;
    files::write_new(&args.to, &bytes, false)?;
    let file = files::shown(&args.to);
    out.show(styled(GOOD, "The consent is written as a FHIR R4 Consent."));
    out.row("consent", id);
    out.row("file", &file);
    out.answer(
        &json!({"consent": id.to_string(), "file": file, "bytes": bytes.len(), "status": status.code()}),
    );
    Ok(DONE)
}
