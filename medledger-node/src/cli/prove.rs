//! `prove`: the offline receipt of one record.

use medledger_core::hash::RecordId;
use medledger_core::light::RecordProof;
use medledger_core::units::Timestamp;
use medledger_sdk::proof::ProofFile;
use serde_json::json;

use super::args::ProveArgs;
use super::error::{CliError, Failure};
use super::out::{GOOD, Out, styled};
use super::session::Session;
use super::{DONE, Outcome, files};

pub(super) fn run(args: &ProveArgs, now: Timestamp, out: &Out) -> Outcome {
    let text = || args.record.chars().take(80).collect();
    let record = RecordId::from_hex(&args.record).ok_or_else(|| CliError::NotARecordId { text: text() })?;
    let session = Session::open(&args.dir, now)?;
    let proof = receipt(&session, &record, args.refresh, args.with_content)?;
    let recorded = proof.receipt.height();
    let bytes = ProofFile::Receipt { proof }.encode()?;
    files::write_new(&args.to, &bytes, args.with_content)?;
    let file = files::shown(&args.to);
    out.show(styled(GOOD, format_args!("The receipt is in {file} ({} bytes).", bytes.len())));
    if args.with_content {
        out.show("It holds the record itself: give it only to those who may read it.");
    }
    out.show(format_args!(
        "\nNext: medledger check-proof {file} --genesis {}",
        args.dir.join("genesis.cbor").display()
    ));
    out.answer(&json!({
        "file": file,
        "bytes": bytes.len(),
        "record": record.to_string(),
        "kind": "receipt",
        "recorded": recorded.0,
        "content": args.with_content,
    }));
    Ok(DONE)
}

/// The proof of a record that is held here; `refresh` lets it stand on the newest header.
pub(super) fn receipt(
    session: &Session,
    record: &RecordId,
    refresh: bool,
    opened: bool,
) -> Result<RecordProof, Failure> {
    let missing = || CliError::NotHeld { record: record.to_string() };
    let held = session.host.held(record)?.ok_or_else(missing)?;
    let mut proof = session.host.record_proof(record)?.ok_or_else(missing)?;
    if opened {
        proof.opening = Some(session.open_record(record, &session.secrets()?)?.opening);
    }
    // One whose own header is the newest is as fresh as can be.
    if refresh && let Some(receipt) = session.host.refreshed(held.at)? {
        proof.receipt = receipt;
    }
    Ok(proof)
}
