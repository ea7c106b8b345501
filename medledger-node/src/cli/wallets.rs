//! `wallet`: patients' wallets, made, restored, shown, locked anew and rotated. Words and passphrases never leave through an
//! answer: sheets are shown on a terminal or written to files that are named.

mod rotation;

use std::fs;
use std::path::Path;

use medledger_core::hash::Did;
use medledger_core::identity::{Control, KeyEntry, Kind, did_to_text};
use medledger_core::state::Address;
use medledger_core::units::Timestamp;
use medledger_sdk::api::IdentityStatus;
use medledger_sdk::identity::add_device;
use medledger_sdk::timeline::ONE_IDENTITY_EACH;
use medledger_sdk::wallet::create::{NewRelationship, successor, successors};
use medledger_sdk::wallet::derive::SheetKeys;
use medledger_sdk::wallet::format::{KeptIdentity, PassphraseCost};
use medledger_sdk::wallet::keystore::{Kept, Keystore, change_passphrase, is_relationship};
use medledger_sdk::wallet::restore::{FoundIdentity, Restored, Standing, restore};
use medledger_sdk::wallet::rotation::RotationFault;
use medledger_sdk::wallet::sheet::{Sheet, SheetFault};
use serde_json::{Value, json};

use super::args::wallet::{
    NewWalletArgs, PassphraseArgs, RelationshipArgs, RestoreArgs, WalletArgs, WalletCommand,
};
use super::error::{CliError, Failure};
use super::out::{DIM, GOOD, HEAD, Out, styled};
use super::secrets::{
    NEW_PASSPHRASE, PASSPHRASE, can_show, passphrase, sheet, show_sheet, wait, write_sheet,
};
use super::session::{Recorded, Session, entropy};
use super::{DONE, Outcome, files};
use crate::NodeError;
use crate::keys::Keyring;

pub(super) fn run(command: &WalletCommand, now: Timestamp, out: &Out) -> Outcome {
    match command {
        WalletCommand::New(args) => new(args, now, out),
        WalletCommand::Restore(args) => restored(args, now, out),
        WalletCommand::Show(args) => show(args, now, out),
        WalletCommand::Passphrase(args) => relock(args, now, out),
        WalletCommand::Identity(args) => identity(args, now, out),
        WalletCommand::Sheet(args) => rotation::draw(args, out),
        WalletCommand::Rotate(args) => rotation::rotate(args, now, out),
    }
}

/// Without a passphrase, without words: SLIP-0010 from BIP-39's seed with an empty passphrase.
fn keys(sheet: &Sheet) -> SheetKeys {
    SheetKeys::new(sheet, "")
}

pub(super) fn first_sheet(file: Option<&Path>) -> Result<SheetKeys, Failure> {
    Ok(keys(&sheet(file, "--first-sheet", "First sheet, 24 words: ")?))
}

fn second_sheet(file: Option<&Path>) -> Result<SheetKeys, Failure> {
    Ok(keys(&sheet(file, "--second-sheet", "Second sheet, 24 words: ")?))
}

/// That a relationship can be called this: a number is that of an identity.
fn check_relationship(name: &str) -> Result<(), CliError> {
    if !is_relationship(name) || name.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(CliError::BadRelationship { name: name.chars().take(80).collect() });
    }
    Ok(())
}

impl Session {
    /// A wallet that is here.
    fn wallet(&self, name: &str) -> Result<(), CliError> {
        if self.keys.has_wallet(name) {
            return Ok(());
        }
        Err(CliError::NoWallet { name: name.chars().take(80).collect() })
    }

    /// Everything of a first sheet.
    pub(super) fn find(&self, first: &SheetKeys) -> Result<Restored, Failure> {
        Ok(restore(first, &self.host.snapshot()?).map_err(NodeError::from)??)
    }

    /// Puts a new identity on the ledger.
    fn relate(&self, new: &NewRelationship, sponsor: Option<&str>) -> Result<Recorded, Failure> {
        let sponsor = self.organisation(sponsor, "sponsor")?;
        let device = sponsor.device()?;
        let draft = new.incept(&self.signer(sponsor.keys.did, &device.public())?)?;
        self.record(&draft, device, Vec::new())
    }

    /// Writes a wallet in place of the one before.
    fn relocked(&self, name: &str, keystore: &Keystore, passphrase: &str) -> Result<(), Failure> {
        let bytes = keystore.seal(passphrase, PassphraseCost::default(), &mut entropy()?)?;
        Ok(self.keys.replace_wallet(name, &bytes)?)
    }
}

fn new(args: &NewWalletArgs, now: Timestamp, out: &Out) -> Outcome {
    let name = &args.of.name;
    check_name(name)?;
    check_relationship(&args.relationship)?;
    let session = Session::open(&args.of.dir, now)?;
    session.keys.is_free(name)?;
    // What can be refused is refused before there are any words.
    session.organisation(args.signer.as_deref(), "sponsor")?.device()?;
    let files = args.first_sheet.as_deref().zip(args.second_sheet.as_deref());
    if files.is_none() && !can_show() {
        return Err(CliError::NoTerminal.into());
    }
    let passphrase = passphrase(args.unlock.passphrase_file.as_deref(), PASSPHRASE, true)?;
    let made = make(&session, (name, &args.relationship), args.signer.as_deref(), &passphrase, files)?;
    let (did, recorded) = made;
    out.show(styled(GOOD, format_args!("{name} has a wallet, and its first identity is on the ledger.")));
    out.row("did", did_to_text(&did));
    out.row("height", recorded.header.header.height);
    out.row("wallet", session.keys.wallet_path(name).display());
    out.show("Keep the two sheets in different places. The first restores this wallet; the second is for the day on which the first is stolen.");
    out.answer(&json!({
        "name": name,
        "did": did_to_text(&did),
        "identity": 0,
        "relationship": args.relationship,
        "transaction": recorded.id.to_string(),
        "height": recorded.header.header.height.0,
        "wallet": files::shown(&session.keys.wallet_path(name)),
    }));
    Ok(DONE)
}

/// A patient's wallet: two sheets, handed over; a keystore; the first identity.
pub(super) fn make(
    session: &Session,
    (name, relationship): (&str, &str),
    sponsor: Option<&str>,
    passphrase: &str,
    files: Option<(&Path, &Path)>,
) -> Result<(Did, Recorded), Failure> {
    let mut rng = entropy()?;
    let (one, two) = (Sheet::draw(&mut rng)?, Sheet::draw(&mut rng)?);
    let (first, second) = (keys(&one), keys(&two));
    let new = NewRelationship::new(&first, 0, second.successor(0), Kind::Patient, &mut rng)?;
    let mut keystore = Keystore::new(session.host.chain(), successors(&second));
    keystore.keep(new.kept(relationship.to_owned()))?;
    let bytes = keystore.seal(passphrase, PassphraseCost::default(), &mut rng)?;
    give(&one, &two, files)?;
    // First the sheets and the keys, then the ledger: an identity whose keys are lost can't be helped.
    session.keys.add_wallet(name, &bytes)?;
    match session.relate(&new, sponsor) {
        Ok(recorded) => Ok((new.did, recorded)),
        Err(failure) => {
            if !session.never_was(new.did, &failure) {
                return Err(failure.keeping(&session.keys.wallet_path(name)));
            }
            session.keys.forget_wallet(name)?;
            // Sheets of nothing: out of the way of the next try.
            files.iter().for_each(|(first, second)| {
                let _ = fs::remove_file(first).and_then(|()| fs::remove_file(second));
            });
            Err(failure)
        }
    }
}

fn check_name(name: &str) -> Result<(), CliError> {
    let told = || CliError::BadName { name: name.chars().take(80).collect() };
    if Keyring::is_name(name) { Ok(()) } else { Err(told()) }
}

/// Hands the two sheets over: into files, or onto the terminal.
fn give(first: &Sheet, second: &Sheet, files: Option<(&Path, &Path)>) -> Result<(), CliError> {
    match files {
        Some((one, two)) => {
            write_sheet(one, first)?;
            write_sheet(two, second).inspect_err(|_| {
                let _ = fs::remove_file(one);
            })
        }
        None => {
            show_sheet("The first sheet. Write it down.", first)?;
            wait();
            show_sheet("The second sheet. Write it on another sheet, for another place.", second)?;
            wait();
            Ok(())
        }
    }
}

fn restored(args: &RestoreArgs, now: Timestamp, out: &Out) -> Outcome {
    let name = &args.of.name;
    check_name(name)?;
    let session = Session::open(&args.of.dir, now)?;
    session.keys.is_free(name)?;
    let first = first_sheet(args.first_sheet.as_deref())?;
    let found = session.find(&first)?;
    let passphrase = passphrase(args.unlock.passphrase_file.as_deref(), PASSPHRASE, true)?;
    let mut keystore = Keystore::new(session.host.chain(), Vec::new());
    for of in &found.identities {
        let device = match of.live_device() {
            Some(device) if !args.new_device => device.device,
            _ if args.new_device && of.standing == Standing::Current => of.next_device()?,
            _ => 0,
        };
        keystore.keep(kept(&first, of, device))?;
    }
    let bytes = keystore.seal(&passphrase, PassphraseCost::default(), &mut entropy()?)?;
    // First the ledger: what it records the sheet finds again.
    if args.new_device {
        for of in found.identities.iter().filter(|of| of.standing == Standing::Current) {
            join(&session, &first, of)?;
        }
    }
    session.keys.add_wallet(name, &bytes)?;
    out.show(styled(GOOD, format_args!("{name} is restored: {} identities.", found.identities.len())));
    let listed = list(&session, &keystore.kept().iter().map(Kept::public).collect::<Vec<_>>(), out)?;
    for of in &found.identities {
        if let Err(fault) = of.current() {
            out.show(format_args!("{fault}"));
        }
    }
    let superseded = found.identities.iter().any(|of| of.standing == Standing::Superseded);
    out.show(ONE_IDENTITY_EACH);
    out.answer(&json!({
        "name": name,
        "identities": listed,
        "superseded": superseded,
        "binding": ONE_IDENTITY_EACH,
        "height": session.host.tip().height.0,
    }));
    Ok(DONE)
}

/// What a keystore keeps of an identity that was found: the ledger does not know what she calls it.
fn kept(first: &SheetKeys, of: &FoundIdentity, device: u16) -> Kept {
    Kept {
        identity: of.identity,
        did: of.did,
        relationship: format!("relationship {}", of.identity),
        device,
        signing: first.device(of.identity, device),
        agreement: first.agreement(of.identity, device),
    }
}

/// Adds this machine's device to an identity.
fn join(session: &Session, first: &SheetKeys, of: &FoundIdentity) -> Result<(), Failure> {
    let (controller, number) = (first.controller(of.identity), of.next_device()?);
    let (device, agreement) = (first.device(of.identity, number), first.agreement(of.identity, number));
    let draft = add_device(&session.signer(of.did, &controller.public())?, &device, &agreement)?;
    session.record(&draft, &controller, Vec::new()).map(|_| ())
}

fn show(args: &WalletArgs, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(&args.dir, now)?;
    session.wallet(&args.name)?;
    let header = session.peek(&args.name)?;
    let listed = list(&session, &header.identities, out)?;
    out.show(ONE_IDENTITY_EACH);
    out.answer(&json!({
        "name": args.name,
        "ledger": header.chain.to_string(),
        "identities": listed,
        "successors": header.successors.len(),
        "binding": ONE_IDENTITY_EACH,
        "height": session.host.tip().height.0,
    }));
    Ok(DONE)
}

/// Tells the identities of a wallet, as they stand on the ledger.
fn list(session: &Session, kept: &[KeptIdentity], out: &Out) -> Result<Vec<Value>, Failure> {
    out.show(styled(HEAD, format_args!("{:>3}  {:<24} {:<12} {:<8} did", "", "for", "status", "device")));
    let mut listed = Vec::new();
    for KeptIdentity { identity, did, relationship, key, .. } in kept {
        let control = session.host.read::<Control>(&Address::Identity(*did))?;
        let entry = session.host.read::<KeyEntry>(&Address::Key(*key))?;
        let live = control.as_ref().is_some_and(|control| control.devices.contains(key));
        let status =
            control.as_ref().map_or("unknown", |control| IdentityStatus::from(control.status).as_str());
        let device = match (live, &entry) {
            (true, _) => "live",
            (false, Some(_)) => "ended",
            (false, None) => "unknown",
        };
        let text = did_to_text(did);
        out.show(format_args!("{identity:>3}  {relationship:<24} {status:<12} {device:<8} {text}"));
        out.show(format_args!("     {}", styled(DIM, key)));
        listed.push(json!({
            "identity": identity,
            "relationship": relationship,
            "did": text,
            "status": status,
            "key": key.to_string(),
            "device": device,
            "rotations": control.map(|control| control.rotations),
        }));
    }
    Ok(listed)
}

fn relock(args: &PassphraseArgs, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(&args.of.dir, now)?;
    session.wallet(&args.of.name)?;
    let bytes = session.keys.wallet(&args.of.name)?;
    let old = passphrase(args.unlock.passphrase_file.as_deref(), PASSPHRASE, false)?;
    // The old one is tried before a new one is asked for.
    Keystore::open(&bytes, &old)?;
    let new = passphrase(args.new_passphrase_file.as_deref(), NEW_PASSPHRASE, true)?;
    let bytes = change_passphrase(&bytes, &old, &new, PassphraseCost::default(), &mut entropy()?)?;
    session.keys.replace_wallet(&args.of.name, &bytes)?;
    out.show(styled(
        GOOD,
        "The wallet has a new passphrase. Copies of the old file still open with the old one.",
    ));
    out.answer(&json!({"name": args.of.name}));
    Ok(DONE)
}

fn identity(args: &RelationshipArgs, now: Timestamp, out: &Out) -> Outcome {
    let name = &args.of.name;
    check_relationship(&args.relationship)?;
    let session = Session::open(&args.of.dir, now)?.unlocked_by(&args.unlock);
    session.wallet(name)?;
    let (mut keystore, passphrase) = session.unlock(name)?;
    let first = first_sheet(args.first_sheet.as_deref())?;
    let found = session.find(&first)?;
    found.check_own(keystore.kept().iter().map(|kept| kept.did))?;
    let number = found.next_identity()?;
    let second = match &args.second_sheet {
        None => None,
        Some(path) => Some(succeeds(second_sheet(Some(path))?, &first, &found)?),
    };
    let digest = successor(number, keystore.successors(), second.as_ref())?;
    let relationship = NewRelationship::new(&first, number, digest, Kind::Patient, &mut entropy()?)?;
    let before = session.keys.wallet(name)?;
    keystore.keep(relationship.kept(args.relationship.clone()))?;
    if let Some(second) = second.filter(|_| keystore.successors().is_empty()) {
        keystore.succeed(successors(&second));
    }
    session.relocked(name, &keystore, &passphrase)?;
    let recorded = match session.relate(&relationship, args.signer.as_deref()) {
        Ok(recorded) => recorded,
        Err(failure) => {
            if !session.never_was(relationship.did, &failure) {
                return Err(failure.keeping(&session.keys.wallet_path(name)));
            }
            session.keys.replace_wallet(name, &before)?;
            return Err(failure);
        }
    };
    out.show(styled(GOOD, format_args!("{name} has one more identity, for {}.", args.relationship)));
    out.row("did", did_to_text(&relationship.did));
    out.row("number", number);
    out.row("height", recorded.header.header.height);
    out.show(ONE_IDENTITY_EACH);
    out.answer(&json!({
        "name": name,
        "did": did_to_text(&relationship.did),
        "identity": number,
        "relationship": args.relationship,
        "binding": ONE_IDENTITY_EACH,
        "transaction": recorded.id.to_string(),
        "height": recorded.header.header.height.0,
    }));
    Ok(DONE)
}

/// A second sheet that succeeds the first one, as the ledger knows the identities.
fn succeeds(second: SheetKeys, first: &SheetKeys, found: &Restored) -> Result<SheetKeys, Failure> {
    if second.successor(0) == first.successor(0) {
        return Err(SheetFault::SameSheet.into());
    }
    let fits = |of: &FoundIdentity| of.control.successor == second.successor(of.identity);
    if found.identities.iter().any(fits) { Ok(second) } else { Err(RotationFault::NotTheSecondSheet.into()) }
}
