//! `status`: a ledger in figures.

use medledger_core::codec::encode;
use medledger_core::units::Timestamp;
use medledger_sdk::api::{Count, Status};
use medledger_sdk::time::rfc3339;
use serde_json::json;

use super::args::StatusArgs;
use super::error::CliError;
use super::out::Out;
use super::session::Session;
use super::{DONE, Outcome, files};

pub(super) fn run(args: &StatusArgs, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(&args.dir, now)?;
    let status = session.host.status()?;
    let name = &session.host.genesis().name;
    if let Some(path) = &args.header_to {
        let header = session.host.header(status.height)?.ok_or(CliError::NoBlockYet)?;
        files::write_new(path, &encode(&header)?, false)?;
    }
    out.row("name", name);
    out.row("ledger", status.chain);
    out.row("height", status.height);
    out.row("time", rfc3339(status.time));
    out.row("app root", status.app_root);
    out.row("identities", status.identities);
    out.row("records", format_args!("{} ({} held here)", status.records, status.held));
    out.row("transactions", status.transactions);
    out.row("store", format_args!("{} KiB", status.store_bytes.div_ceil(1024)));
    if let Some(path) = &args.header_to {
        out.row("header", format_args!("written to {}", path.display()));
    }
    out.answer(&json!(Status {
        identities: Some(Count(status.identities)),
        records: Some(Count(status.records)),
        held: Some(Count(status.held)),
        transactions: Some(Count(status.transactions)),
        store_bytes: Some(Count(status.store_bytes)),
        ..Status::new(name, &session.host.tip())
    }));
    Ok(DONE)
}
