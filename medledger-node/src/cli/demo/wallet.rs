//! The patient's side: where sheets and passphrase lie in a demonstration, and a wallet restored.

use std::path::{Path, PathBuf};

use medledger_sdk::wallet::restore::Standing;
use zeroize::Zeroizing;

use super::{Patient, Tale};
use crate::cli::error::Failure;
use crate::cli::secrets::draw_passphrase;
use crate::cli::session::{Session, entropy};
use crate::cli::timeline;
use crate::cli::wallets::first_sheet;

/// One passphrase for the demonstration's wallets, drawn and written down where the session looks for it.
pub(super) fn passphrase(session: &mut Session, folder: &Path) -> Result<Zeroizing<String>, Failure> {
    let file = folder.join("passphrase.txt");
    let passphrase = draw_passphrase(&file, &mut entropy()?)?;
    session.passphrase_file = Some(file);
    Ok(passphrase)
}

/// Where a sheet is written.
pub(super) fn sheet(folder: &Path, wallet: &str, which: &str) -> PathBuf {
    folder.join(format!("{wallet}-{which}-sheet.txt"))
}

/// The phone is lost: the first sheet and the ledger are enough.
pub(super) fn restored(
    tale: &mut Tale<'_>,
    session: &Session,
    patient: &Patient,
    folder: &Path,
) -> Result<bool, Failure> {
    tale.section("The phone is lost: 24 words and the ledger bring everything back");
    let keys = first_sheet(Some(&sheet(folder, &patient.wallet, "first")))?;
    let found = session.find(&keys)?;
    let mut good = false;
    for identity in found.identities.iter().filter(|identity| identity.did == patient.did) {
        let device = identity.live_device().map_or(0, |device| device.device);
        let secrets = [keys.agreement(identity.identity, device)];
        let mut opened = 0_usize;
        for record in &patient.records {
            opened = opened.saturating_add(usize::from(session.opened_record(record, &secrets)?.is_some()));
        }
        let (told, height) = timeline::records(session, identity.did)?;
        let lines = told.lines;
        let all = patient.records.len();
        good = identity.standing == Standing::Current && opened == all && lines.len() == all;
        tale.mark(good, format_args!("the words are those of {}", patient.name));
        tale.mark(good, format_args!("{} records on the timeline, as of height {height}", lines.len()));
        tale.mark(good, format_args!("{opened} of {all} opened with the restored keys"));
    }
    if !good {
        tale.mark(false, "the sheet does not bring everything back");
    }
    Ok(good)
}
