//! `export`: everything that the ledger holds of one patient, in one file.

use medledger_core::identity::did_to_text;
use medledger_core::units::Timestamp;
use medledger_sdk::access_log::LoggedSession;
use medledger_sdk::access_log::sessions;
use medledger_sdk::proof::ProofFile;
use serde_json::json;

use super::args::access::ExportArgs;
use super::error::{CliError, Failure};
use super::out::{GOOD, Out, styled};
use super::session::Session;
use super::{DONE, Outcome, files};

pub(super) fn run(args: &ExportArgs, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(&args.of.dir, now)?;
    let subject = session.who(&args.of.who())?;
    session.known(subject)?;
    let export = session.host.export(subject)?.ok_or(CliError::NoBlockYet)?;
    let export = export.map_err(|fault| Failure::bad_input(&fault, None))?;
    let opened = sessions(export.logs.access.iter().map(|event| &event.leaf));
    let complete = !opened.iter().any(LoggedSession::is_unclosed);
    let height = export.header.header.height;
    let [timeline, access, authority] =
        [&export.logs.timeline, &export.logs.access, &export.logs.authority].map(Vec::len);
    let bytes = ProofFile::Export { export }.encode()?;
    files::write_new(&args.to, &bytes, true)?;
    let file = files::shown(&args.to);
    out.show(styled(GOOD, format_args!("The export is in {file} ({} bytes).", bytes.len())));
    out.row("entries", format_args!("timeline {timeline}, access {access}, authority {authority}"));
    out.row("as of", format_args!("height {height}"));
    if !complete {
        out.show("A custodian has not closed every session: the access log is not complete yet.");
    }
    let genesis = files::shown(&args.of.dir.join("genesis.cbor"));
    out.show(format_args!("\nNext: medledger check-proof {file} --genesis {genesis}"));
    out.answer(&json!({
        "file": file,
        "bytes": bytes.len(),
        "kind": "export",
        "subject": did_to_text(&subject),
        "height": height.0,
        "complete": complete,
        "entries": {"timeline": timeline, "access": access, "authority": authority},
    }));
    Ok(DONE)
}
