//! `anchor`: every resource of a bundle, for a patient.

use medledger_core::hash::{Did, RecordId};
use medledger_core::operation::Operation;
use medledger_core::record::{TimelineEntry, batch_record_id};
use medledger_core::state::{Event, LogEntry};
use medledger_core::units::Timestamp;
use medledger_sdk::anchor::{SealedBatch, batch_anchor};
use medledger_sdk::fhir::bundle::Bundle;
use serde_json::json;

use super::args::AnchorArgs;
use super::error::Failure;
use super::out::{GOOD, Out, Progress, styled};
use super::session::{Actor, Recorded, Session, entropy};
use super::{DONE, Outcome, files};

pub(super) fn run(args: &AnchorArgs, now: Timestamp, out: &Out) -> Outcome {
    let bundle = files::bundle(&args.bundle)?;
    let session = Session::open(&args.dir, now)?;
    let subject = session.who(&args.pick.of(&args.subject))?;
    session.patient(subject)?;
    let custodian = session.organisation(args.signer.as_deref(), "custodian")?;
    let (recorded, records) = anchor(&session, &custodian, subject, &bundle, &mut Progress::new())?;
    let height = recorded.header.header.height;
    out.show(styled(GOOD, format_args!("{} records have been anchored.", records.len())));
    out.row("transaction", recorded.id);
    out.row("height", height);
    out.show(format_args!(
        "\nNext: medledger timeline --dir {} --subject {}",
        args.dir.display(),
        args.subject
    ));
    out.answer(&json!({
        "records": records.len(),
        "record_ids": records.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "transaction": recorded.id.to_string(),
        "height": height.0,
        "app_root": recorded.header.header.hash()?.to_string(),
    }));
    Ok(DONE)
}

/// Anchors a bundle as one batch; gives the ids of its records in the bundle's order.
pub(super) fn anchor(
    session: &Session,
    custodian: &Actor,
    subject: Did,
    bundle: &Bundle,
    progress: &mut Progress,
) -> Result<(Recorded, Vec<RecordId>), Failure> {
    let mut rng = entropy()?;
    let mut batch = SealedBatch::new();
    let all = u64::try_from(bundle.entries().len()).unwrap_or(u64::MAX);
    for (done, entry) in (0_u64..).zip(bundle.entries()) {
        progress.at("committing to the records", done, all);
        batch.seal(entry, &mut rng)?;
    }
    let device = custodian.device()?;
    let signer = session.signer(custodian.keys.did, &device.public())?;
    let anchored = batch_anchor(custodian.keys.did, vec![batch.entry(subject)]);
    let draft = signer.draft(Operation::AnchorBatch { batch: anchored });
    progress.at("writing the block", all, all);
    let recorded = session.record(&draft, device, batch.openings)?;
    let records = recorded.events.iter().flat_map(records_of).collect();
    Ok((recorded, records))
}

fn records_of(event: &Event) -> Vec<RecordId> {
    match &event.leaf.entry {
        LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { batch, count, .. } } => {
            (0..*count).map(|index| batch_record_id(batch, index)).collect()
        }
        _ => Vec::new(),
    }
}
