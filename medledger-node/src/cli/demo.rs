//! `demo`: the whole of it on one patient or several, told so that a person can follow.

mod access;
mod forgery;
mod seal;
mod wallet;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use medledger_core::hash::{Did, RecordId};
use medledger_core::identity::did_to_text;
use medledger_core::units::{Height, Timestamp};
use medledger_sdk::export::claim;
use medledger_sdk::fhir::SAMPLE_BUNDLE;
use medledger_sdk::fhir::bundle::{Bundle, Entry};
use medledger_sdk::fhir::canonical::Limits;
use medledger_sdk::proof::{self, ProofFile};
use medledger_sdk::seal::original::originals;
use medledger_sdk::time::rfc3339;
use serde_json::json;

use super::args::DemoArgs;
use super::error::{CliError, Failure};
use super::out::{BAD, DIM, GOOD, HEAD, Out, Progress, styled};
use super::session::{Actor, Recorded, Session};
use super::wallets::make;
use super::{DONE, NOT_VERIFIED, Outcome, anchor, files, log, prove, timeline, verify};

/// How many lines of a timeline are shown.
const LINES: usize = 6;
/// The name of the hospital's key file.
const HOSPITAL: &str = "hospital";

/// A bundle, with the text that it came in.
struct Input {
    text: Vec<u8>,
    bundle: Bundle,
}

impl Input {
    fn new(text: Vec<u8>) -> Result<Self, Failure> {
        let bundle = Bundle::parse(&text)?;
        Ok(Self { text, bundle })
    }

    /// The text of each resource, in the bundle's order.
    fn texts(&self) -> Result<Vec<&[u8]>, Failure> {
        Ok(originals(&self.text, &self.bundle)?)
    }
}

/// A patient whose bundle has been anchored.
struct Patient {
    /// The name of the wallet.
    wallet: String,
    did: Did,
    name: String,
    /// In the order of the bundle.
    records: Vec<RecordId>,
    anchored: Recorded,
}

/// Numbers the sections.
struct Tale<'a> {
    out: &'a Out,
    section: u32,
}

impl Tale<'_> {
    fn section(&mut self, title: impl std::fmt::Display) {
        self.section = self.section.saturating_add(1);
        self.out.say(format_args!("\n{}", styled(HEAD, format_args!("{:>2}  {title}", self.section))));
    }

    fn row(&self, name: &str, value: impl std::fmt::Display) {
        self.out.say(format_args!("    {} {value}", styled(DIM, format_args!("{name:<11}"))));
    }

    fn mark(&self, good: bool, text: impl std::fmt::Display) {
        let mark = if good { styled(GOOD, "✓") } else { styled(BAD, "✗") };
        self.out.say(format_args!("    {mark} {text}"));
    }
}

pub(super) fn run(args: &DemoArgs, now: Timestamp, out: &Out) -> Outcome {
    // All bundles are read before anything is written.
    let inputs = if args.bundle.is_empty() {
        vec![Input::new(SAMPLE_BUNDLE.to_vec())?]
    } else {
        let read = |path: &PathBuf| Input::new(files::read(path, Limits::BUNDLE.bytes)?);
        args.bundle.iter().map(read).collect::<Result<_, _>>()?
    };
    out.say(styled(HEAD, "MedLedger: health records that can be proven, and that no ledger discloses"));
    let mut tale = Tale { out, section: 0 };

    // The story takes a day and ends now, so that no block is ahead of anybody's clock.
    let start = Timestamp(now.0.saturating_sub(access::LENGTH.0));
    let (mut session, hospital) = Session::found(&args.dir, "MedLedger demonstration", HOSPITAL, start)?;
    founded(&mut tale, &session, hospital, &args.dir);
    let hospital = session.actor(HOSPITAL)?;
    let folder = folder(&args.dir)?;
    let passphrase = wallet::passphrase(&mut session, &folder)?;
    let mut patients = Vec::new();
    for (number, input) in (1_u64..).zip(&inputs) {
        patients.push(admit(&mut tale, &session, &hospital, (input, number), (&folder, &passphrase))?);
    }
    let mut sound = true;
    if let (Some(patient), Some(input)) = (patients.first(), inputs.first()) {
        sound &= access::story(&mut tale, &mut session, &hospital, patient, input)?;
    }
    for patient in &patients {
        lines(&mut tale, &session, patient)?;
    }
    if let (Some(patient), Some(input)) = (patients.first(), inputs.first()) {
        sound &= access::looked(&mut tale, &session, patient, &folder)?;
        let file = prove_one(&mut tale, &session, patient, &input.bundle, &folder)?;
        sound &= forged(&mut tale, &args.dir, &file, session.now)?;
        sound &= refused(&mut tale, &session, &hospital, patient)?;
        sound &= wallet::restored(&mut tale, &session, patient, &folder)?;
        let (after, gone) = seal::destroyed(&mut tale, session, &hospital, patient, &input.bundle)?;
        session = after;
        sound &= gone;
    }
    let (mut permitted, mut looks, mut complete) = (0_usize, 0_usize, true);
    for patient in &patients {
        let log = log::read(&session, patient.did)?;
        permitted = permitted.saturating_add(log.permitted());
        looks = looks.saturating_add(log.entries.len());
        complete &= log.is_complete();
    }

    let blocks = session.host.tip().height.0;
    let mut transactions: u64 = 0;
    for height in 1..=blocks {
        let header = session.host.header(Height(height))?;
        transactions = transactions.saturating_add(header.map_or(0, |header| header.header.count));
    }
    let records: usize = patients.iter().map(|patient| patient.records.len()).sum();
    // One process at a time opens a ledger.
    drop(session);
    tale.section("Everything is verified, from the genesis");
    let report = verify::checked(&args.dir, Timestamp(u64::MAX))?;
    chain(&tale, blocks);
    match &report.fault {
        None => tale.mark(
            report.verified,
            format_args!(
                "{blocks} blocks, {transactions} transactions, {records} records: as they were written"
            ),
        ),
        Some(fault) => tale.mark(false, format_args!("{} [{}]", fault.what, fault.code)),
    }
    let dir = files::shown(&args.dir);
    let did = patients.first().map(|patient| did_to_text(&patient.did)).unwrap_or_default();
    out.say(format_args!("\nGo on with:\n  medledger verify --dir {dir}"));
    out.say(format_args!("  medledger log --dir {dir} --subject {did}"));
    let verified = report.verified && sound && complete;
    out.answer(&json!({
        "records": records,
        "transactions": transactions,
        "blocks": blocks,
        "permitted": permitted,
        "denied": looks.saturating_sub(permitted),
        "access_log": {"entries": looks, "complete": complete},
        "verified": verified,
    }));
    Ok(if verified { DONE } else { NOT_VERIFIED })
}

fn founded(tale: &mut Tale<'_>, session: &Session, hospital: Did, dir: &Path) {
    tale.section("A ledger is founded");
    tale.row("ledger", session.host.chain());
    tale.row("folder", dir.display());
    tale.row("hospital", did_to_text(&hospital));
    tale.row("", "sponsors patients, keeps their records; one validator certifies each block");
}

/// A patient's wallet and identity, and the records.
fn admit(
    tale: &mut Tale<'_>,
    session: &Session,
    hospital: &Actor,
    (input, number): (&Input, u64),
    (folder, passphrase): (&Path, &str),
) -> Result<Patient, Failure> {
    let bundle = &input.bundle;
    let name = bundle.patient().display.clone();
    let wallet = format!("patient-{number}");
    tale.section(format_args!("{name} gets a wallet and an identity"));
    let (first, second) = (wallet::sheet(folder, &wallet, "first"), wallet::sheet(folder, &wallet, "second"));
    let by = (wallet.as_str(), "MedLedger demonstration");
    let (did, incepted) = make(session, by, Some(HOSPITAL), passphrase, Some((&first, &second)))?;
    tale.row("did", did_to_text(&did));
    if number == 1 {
        tale.out.say(
            "     first sheet, 24 words  ─┬─ device      signs from day to day, opens what is sealed to it",
        );
        tale.out.say("                             └─ controller  adds and revokes devices");
        tale.out.say("     second sheet, 24 words ─── successor   replaces the controller when the first sheet is stolen");
        tale.row(
            "keystore",
            format_args!("{}, under a passphrase", session.keys.wallet_path(&wallet).display()),
        );
        tale.row("sheets", format_args!("{} (paper, in earnest)", folder.display()));
    }
    tale.mark(
        true,
        format_args!(
            "block {}: sponsored by the hospital, approved by each new key",
            incepted.header.header.height
        ),
    );

    tale.section(format_args!("{} records of {name} are sealed and anchored", bundle.entries().len()));
    let texts = input.texts()?;
    let (anchored, records) = anchor::anchor(session, hospital, did, (bundle, &texts), &mut Progress::new())?;
    tale.row("types", tally(bundle));
    tale.row("on ledger", "one root over salted commitments, and a count: no name, no code, no date");
    tale.row(
        "off ledger",
        "each record sealed under a key of its own, wrapped to the patient and the hospital",
    );
    tale.mark(
        true,
        format_args!("block {} at {}", anchored.header.header.height, rfc3339(anchored.header.header.time)),
    );
    Ok(Patient { wallet, did, name, records, anchored })
}

/// How many there are of each resource type, the most frequent first.
fn tally(bundle: &Bundle) -> String {
    const SHOWN: usize = 5;
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in bundle {
        let of = count.entry(&entry.resource_type).or_default();
        *of = of.saturating_add(1);
    }
    let mut count: Vec<_> = count.into_iter().collect();
    count.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let mut text: Vec<String> = count.iter().take(SHOWN).map(|(of, n)| format!("{n} {of}")).collect();
    if let Some(more) = count.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        text.push(format!("{more} more types"));
    }
    text.join(", ")
}

fn lines(tale: &mut Tale<'_>, session: &Session, patient: &Patient) -> Result<(), Failure> {
    tale.section(format_args!("The timeline of {}", patient.name));
    let (told, height) = timeline::records(session, patient.did)?;
    let lines = told.lines;
    let shown = lines.get(..LINES).unwrap_or(&lines);
    let width = timeline::width(shown);
    for line in shown {
        tale.out.say(format_args!("    {}", timeline::told(line, width)));
    }
    if let Some(more) = lines.len().checked_sub(LINES).filter(|more| *more > 0) {
        tale.out.say(styled(DIM, format_args!("    … and {more} more")));
    }
    tale.mark(true, format_args!("{} records, {}", lines.len(), claim(height)));
    Ok(())
}

/// The folder for the files of the demonstration.
fn folder(dir: &Path) -> Result<PathBuf, Failure> {
    let folder = dir.join("demo");
    let failed =
        |why: std::io::Error| CliError::Unwritable { path: files::shown(&folder), why: why.to_string() };
    std::fs::create_dir(&folder).map_err(failed)?;
    Ok(folder)
}

/// The entry that makes the best example: something that happened, else the first.
fn example(bundle: &Bundle) -> Option<(usize, &Entry)> {
    let happened = |entry: &Entry| entry.resource_type == "Observation" && entry.facts.clinical.is_some();
    let dated = |entry: &Entry| entry.facts.clinical.is_some();
    let all = || bundle.entries().enumerate();
    all().find(|(_, e)| happened(e)).or_else(|| all().find(|(_, e)| dated(e))).or_else(|| all().next())
}

fn prove_one(
    tale: &mut Tale<'_>,
    session: &Session,
    patient: &Patient,
    bundle: &Bundle,
    folder: &Path,
) -> Result<PathBuf, Failure> {
    tale.section("One record is proven, offline");
    let missing = || CliError::NotHeld { record: "of the example".to_owned() };
    let (index, entry) = example(bundle).ok_or_else(missing)?;
    let record = patient.records.get(index).ok_or_else(missing)?;
    let bytes = ProofFile::Receipt { proof: prove::receipt(session, record, false, true)? }.encode()?;
    let file = folder.join("receipt.cbor");
    files::write_new(&file, &bytes, true)?;
    tale.row("record", format_args!("{}, {}", entry.resource_type, entry.display));
    tale.row("receipt", format_args!("{} ({} bytes)", file.display(), bytes.len()));
    Ok(file)
}

/// What a stranger sees who has the genesis and the file, and what becomes of it when a byte is altered.
fn forged(tale: &mut Tale<'_>, dir: &Path, file: &Path, now: Timestamp) -> Result<bool, Failure> {
    let (_, verifier) = files::verifier(&dir.join("genesis.cbor"), now)?;
    let bytes = files::read(file, medledger_core::limits::PROOF.bytes)?;
    let report = proof::check(&bytes, &verifier, None);
    tale.out.say("     genesis.cbor ─┐");
    tale.out.say("                   ├─ check-proof: no ledger, no network");
    tale.out.say("     receipt.cbor ─┘");
    let mut sound = report.is_valid();
    match &report.record {
        Some(record) if sound => tale.mark(
            true,
            format_args!(
                "the record is what was anchored at height {}, {}",
                record.height,
                rfc3339(record.time)
            ),
        ),
        _ => tale.mark(false, "the receipt does not hold"),
    }

    tale.section("A byte is altered, and the receipt is refused");
    for (what, altered) in forgery::altered(&bytes)? {
        let report = proof::check(&altered, &verifier, None);
        sound &= !report.is_valid();
        let told = report
            .fault_text()
            .map_or_else(|| "was accepted".to_owned(), |(code, why)| format!("{code}  {why}"));
        tale.mark(false, what);
        tale.out.say(format_args!("      {told}"));
    }
    Ok(sound)
}

/// Transactions that break a rule.
fn refused(
    tale: &mut Tale<'_>,
    session: &Session,
    hospital: &Actor,
    patient: &Patient,
) -> Result<bool, Failure> {
    tale.section("Rules are broken, and the ledger refuses");
    let thief = session.actor(&patient.wallet)?;
    let attempts = forgery::attempts(session, hospital, &thief, &patient.anchored.bytes)?;
    let mut sound = true;
    for attempt in forgery::submit(session, attempts)? {
        let told = match &attempt.refusal {
            Some((code, why)) => format!("{code}  {why}"),
            None => "was accepted".to_owned(),
        };
        sound &= attempt.refusal.is_some();
        tale.mark(false, attempt.what);
        tale.out.say(format_args!("      {told}"));
    }
    Ok(sound)
}

/// The chain as a line of blocks, the middle left out where it is long.
fn chain(tale: &Tale<'_>, blocks: u64) {
    const SHOWN: u64 = 8;
    let mut text = "genesis".to_owned();
    for height in 1..=blocks.min(SHOWN) {
        text.push_str(&format!(" ← {height}"));
    }
    if blocks > SHOWN {
        text.push_str(&format!(" … {blocks}"));
    }
    tale.row("chain", text);
}
