//! `export`: everything that the ledger holds of one patient, in one file, with the sealed records; and their opening.

use std::collections::BTreeMap;
use std::path::Path;

use medledger_core::error::Coded;
use medledger_core::identity::did_to_text;
use medledger_core::light::Verifier;
use medledger_core::limits::PROOF;
use medledger_core::units::Timestamp;
use medledger_sdk::access_log::LoggedSession;
use medledger_sdk::access_log::sessions;
use medledger_sdk::agreement::AgreementSecret;
use medledger_sdk::api::NotHandedOver as BatchShown;
use medledger_sdk::export::{NotHandedOver, kept};
use medledger_sdk::proof::ProofFile;
use medledger_sdk::seal::{ContentForm, Kept, SealError, Wiped};
use medledger_sdk::wallet::keystore::Keystore;
use serde_json::{Value, json};

use super::args::record::{ExportArgs, ExportCommand, ExportOpenArgs};
use super::args::wallet::UnlockArgs;
use super::check_proof::not_handed_over;
use super::error::{CliError, Failure};
use super::out::{GOOD, Out, styled};
use super::secrets::{PASSPHRASE, passphrase};
use super::session::Session;
use super::{DONE, Outcome, files};
use crate::keys::sessions;
use crate::keys::wallets::wallet_file;

pub(super) fn run(args: &ExportArgs, now: Timestamp, out: &Out) -> Outcome {
    match (&args.command, &args.dir, &args.subject, &args.to) {
        (Some(ExportCommand::Open(args)), ..) => open(args, now, out),
        (None, Some(dir), Some(subject), Some(to)) => write(dir, &args.pick.of(subject), to, now, out),
        // clap has asked for all three.
        (None, ..) => Err(CliError::Usage {
            wrong: "--dir, --subject and --to are needed".into(),
            argument: String::new(),
        }
        .into()),
    }
}

fn write(dir: &Path, subject: &str, to: &Path, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(dir, now)?;
    let subject = session.who(subject)?;
    session.known(subject)?;
    let export = session.host.export(subject)?.ok_or(CliError::NoBlockYet)?;
    let export = export.map_err(|fault| Failure::bad_input(&fault, None))?;
    let opened = sessions(export.logs.access.iter().map(|event| &event.leaf));
    let missing = export.not_handed_over();
    let closed = !opened.iter().any(LoggedSession::is_unclosed);
    let height = export.header.header.height;
    let [timeline, access, authority] =
        [&export.logs.timeline, &export.logs.access, &export.logs.authority].map(Vec::len);
    let sealed = export.records.len();
    let bytes = ProofFile::Export { export }.encode()?;
    files::write_new(to, &bytes, true)?;
    let file = files::shown(to);
    out.show(styled(GOOD, format_args!("The export is in {file} ({} bytes).", bytes.len())));
    out.row("entries", format_args!("timeline {timeline}, access {access}, authority {authority}"));
    out.row("records", format_args!("{sealed}, sealed: the patient's keys alone open them"));
    out.row("as of", format_args!("height {height}"));
    if !closed {
        out.show("A custodian has not closed every session: the access log is not complete yet.");
    }
    not_handed_over(&missing, out);
    let genesis = files::shown(&dir.join("genesis.cbor"));
    out.show(format_args!("\nNext: medledger check-proof {file} --genesis {genesis}"));
    let answer = json!({
        "file": file,
        "bytes": bytes.len(),
        "kind": "export",
        "subject": did_to_text(&subject),
        "height": height.0,
        "complete": closed && missing.is_empty(),
        "records": sealed,
        "entries": {"timeline": timeline, "access": access, "authority": authority},
    });
    out.answer(&with_missing(answer, &missing));
    Ok(DONE)
}

/// An answer, with the batches that were not handed over where there are any.
fn with_missing(mut answer: Value, missing: &[NotHandedOver]) -> Value {
    if let (Some(fields), false) = (answer.as_object_mut(), missing.is_empty()) {
        let batches: Vec<BatchShown> = missing.iter().map(BatchShown::from).collect();
        fields.insert("not_handed_over".to_owned(), json!(batches));
    }
    answer
}

/// Opens the newest version of each record, after the whole export was checked.
fn open(args: &ExportOpenArgs, now: Timestamp, out: &Out) -> Outcome {
    let (_, verifier) = files::verifier(&args.genesis, now)?;
    let what = "an export";
    let not = |error: &dyn Coded| {
        let why = format!("{}: {error}", error.rule());
        CliError::NotAFileOf { path: files::shown(&args.file), what, why }
    };
    let file = ProofFile::decode(&files::read(&args.file, PROOF.bytes)?).map_err(|error| not(&error))?;
    let ProofFile::Export { export } = file else {
        let (path, why) = (files::shown(&args.file), "it is a receipt".to_owned());
        return Err(CliError::NotAFileOf { path, what, why }.into());
    };
    let missing = export.check(&verifier).map_err(|error| not(&error))?.not_handed_over;
    let secrets = secrets(args, &verifier, now)?;
    let mut newest = BTreeMap::new();
    let mut order = Vec::new();
    for own in kept(&export).map_err(|error| not(&error))? {
        order.push(own.record);
        newest.insert(own.record, own);
    }
    let mut bundle = Wiped::new();
    bundle.extend(b"{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[");
    let (mut opened, mut destroyed, mut others) = (0_u64, Vec::new(), Vec::new());
    let (mut in_error, mut superseded) = (Vec::new(), Vec::new());
    for own in order.iter().filter_map(|record| newest.remove(record)) {
        // In a bundle it would look as if it still stood.
        if own.entered_in_error {
            in_error.push(own.record.to_string());
            continue;
        }
        if own.superseded {
            superseded.push(own.record.to_string());
        }
        let Kept::Sealed { record: sealed } = &own.kept else {
            destroyed.push(own.record.to_string());
            continue;
        };
        let key = sealed.key(&secrets, verifier.chain())?;
        let record = match sealed.open(&key, &own.commitments) {
            Ok(record) if sealed.header()?.head.form == ContentForm::FhirJson => record,
            // A file of another kind has no place in a bundle.
            Ok(_) | Err(SealError::Apart) => {
                others.push(own.record.to_string());
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        bundle.extend(if opened == 0 { b"\n{\"resource\":" } else { b",\n{\"resource\":" });
        bundle.extend(record.original());
        bundle.extend(b"}");
        opened = opened.saturating_add(1);
    }
    bundle.extend(b"\n]}\n");
    files::write_new(&args.to, bundle.expose(), true)?;
    let file = files::shown(&args.to);
    out.show(styled(
        GOOD,
        format_args!("{opened} records are opened, each as it was anchored, and in {file}."),
    ));
    if !destroyed.is_empty() {
        out.row("destroyed", destroyed.len());
    }
    if !in_error.is_empty() {
        out.row("left out", format_args!("{}, entered in error", in_error.len()));
    }
    if !superseded.is_empty() {
        out.row("superseded", format_args!("{}: the export has no newer version", superseded.len()));
    }
    if !others.is_empty() {
        out.row("not FHIR", others.len());
    }
    not_handed_over(&missing, out);
    let answer = json!({
        "file": file,
        "subject": did_to_text(&export.subject),
        "height": export.header.header.height.0,
        "opened": opened,
        "destroyed": destroyed,
        "entered_in_error": in_error,
        "superseded": superseded,
        "not_fhir": others,
    });
    out.answer(&with_missing(answer, &missing));
    Ok(DONE)
}

/// The patient's, from a key file or a wallet.
fn secrets(
    args: &ExportOpenArgs,
    verifier: &Verifier,
    now: Timestamp,
) -> Result<Vec<AgreementSecret>, Failure> {
    match (&args.key, &args.opener, &args.dir) {
        (Some(key), ..) => in_file(key, &args.unlock, verifier),
        (None, Some(name), Some(dir)) => {
            let session = Session::open(dir, now)?.unlocked_by(&args.unlock);
            Ok(session.actor_of(name)?.keys.secrets().collect())
        }
        // clap has asked for one of them.
        (None, ..) => Err(CliError::Usage {
            wrong: "--key, or --as with --dir, is needed".into(),
            argument: String::new(),
        }
        .into()),
    }
}

/// Those of a file: a key file or a wallet.
fn in_file(path: &Path, unlock: &UnlockArgs, verifier: &Verifier) -> Result<Vec<AgreementSecret>, Failure> {
    let bytes = wallet_file(path)?;
    // A key file is text, a keystore's first byte is the beginning of an array.
    if bytes.first().is_some_and(u8::is_ascii_lowercase) {
        return Ok(sessions::key_file(path)?.secrets().collect());
    }
    let passphrase = passphrase(unlock.passphrase_file.as_deref(), PASSPHRASE, false)?;
    let keystore = Keystore::open(&bytes, &passphrase)?;
    keystore.check_ledger(verifier.chain())?;
    Ok(keystore.kept().iter().map(|kept| kept.agreement.clone()).collect())
}
