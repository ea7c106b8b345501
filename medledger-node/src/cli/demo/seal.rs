//! What is left when one key is destroyed.

use medledger_core::error::Coded;
use medledger_sdk::fhir::bundle::Bundle;
use medledger_sdk::seal::SealError;

use super::{Patient, Tale};
use crate::NodeError;
use crate::cli::error::{CliError, Failure};
use crate::cli::session::{Actor, Session};
use crate::host::OpenedAll;

/// One key is destroyed, and one record can't be read any more. Verification comes after.
pub(super) fn destroyed(
    tale: &mut Tale<'_>,
    session: Session,
    hospital: &Actor,
    patient: &Patient,
    bundle: &Bundle,
) -> Result<(Session, bool), Failure> {
    tale.section("One key is destroyed, and one record can't be read any more");
    let missing = || CliError::NotHeld { record: "of the example".to_owned() };
    let record = *patient.records.last().ok_or_else(missing)?;
    let entry = bundle.entries().last().ok_or_else(missing)?;
    tale.row("record", format_args!("{}, {}", entry.resource_type, entry.display));
    let secrets: Vec<_> = hospital.keys.secrets().collect();
    let count = |session: &Session| -> Result<OpenedAll, Failure> {
        session.host.open_all(&secrets)?.map_err(|fault| Failure::from(NodeError::from(fault.error)))
    };
    let before = count(&session)?;
    tale.mark(before.destroyed == 0, format_args!("before, the hospital opens {} records", before.opened));
    let Session { host, keys, now, dir, passphrase_file } = session;
    let (host, statements) = host.destroy(&record, now)?;
    let session = Session { host, keys, now, dir, passphrase_file };
    let wraps: usize = statements.iter().map(|statement| statement.wraps.len()).sum();
    tale.mark(true, format_args!("its key, both salts and {wraps} wraps are destroyed"));
    let after = count(&session)?;
    let gone = session.host.open_record(&record, &secrets);
    let told = match &gone {
        Err(NodeError::Seal(error @ SealError::Destroyed { .. })) => format!("{}  {error}", error.rule()),
        _ => "it still opens".to_owned(),
    };
    let good = matches!(gone, Err(NodeError::Seal(SealError::Destroyed { .. })))
        && before.destroyed == 0
        && after.destroyed == 1
        && after.opened.checked_add(1) == Some(before.opened);
    tale.mark(good, format_args!("after, it opens {} records, and this one no more:", after.opened));
    tale.out.say(format_args!("      {told}"));
    Ok((session, good))
}
