//! A sheet drawn, and the second sheet taking over.

use std::collections::BTreeSet;
use std::path::Path;

use medledger_core::hash::{Did, KeyId};
use medledger_core::identity::did_to_text;
use medledger_core::units::Timestamp;
use medledger_sdk::wallet::create::successors;
use medledger_sdk::wallet::keystore::Kept;
use medledger_sdk::wallet::rotation::{Planned, Turn, WrittenDown, check_next, plan};
use medledger_sdk::wallet::sheet::Sheet;
use serde_json::json;

use super::{first_sheet, second_sheet};
use crate::NodeError;
use crate::cli::args::wallet::{RotateArgs, SheetArgs};
use crate::cli::error::{CliError, Failure};
use crate::cli::out::{GOOD, Out, styled};
use crate::cli::secrets::{can_show, show_sheet, words, write_sheet};
use crate::cli::session::{Session, entropy};
use crate::cli::{DONE, Outcome, files};

pub(super) fn draw(args: &SheetArgs, out: &Out) -> Outcome {
    if args.to.is_none() && !can_show() {
        return Err(CliError::NoTerminal.into());
    }
    let drawn = Sheet::draw(&mut entropy()?)?;
    match &args.to {
        Some(path) => write_sheet(path, &drawn)?,
        None => show_sheet("A new sheet. Write it down.", &drawn)?,
    }
    out.show(styled(GOOD, "A sheet was drawn. It stands for nothing until a rotation names it."));
    out.answer(&json!({"file": args.to.as_deref().map(files::shown)}));
    Ok(DONE)
}

pub(super) fn rotate(args: &RotateArgs, now: Timestamp, out: &Out) -> Outcome {
    let name = &args.of.name;
    let session = Session::open(&args.of.dir, now)?.unlocked_by(&args.unlock);
    session.wallet(name)?;
    if args.next_sheet.is_none() && !can_show() {
        return Err(CliError::NoSheet { option: "--next-sheet" }.into());
    }
    let (mut keystore, passphrase) = session.unlock(name)?;
    let mut dids: BTreeSet<Did> = keystore.kept().iter().map(|kept| kept.did).collect();
    if let Some(path) = &args.first_sheet {
        dids.extend(session.find(&first_sheet(Some(path))?)?.dids());
    }
    let second = second_sheet(args.second_sheet.as_deref())?;
    let dids: Vec<Did> = dids.into_iter().collect();
    let planned = plan(&second, &dids, &session.host.snapshot()?).map_err(NodeError::from)??;
    let keep = kept_devices(&planned, &args.keep)?;
    let next = next_sheet(args.next_sheet.as_deref())?;
    check_next(&planned, &second, &next)??;
    let (mut rotated, mut foreign) = (Vec::new(), Vec::new());
    for of in &planned {
        let relationship = keystore.find(&of.did).map(|kept| kept.relationship.clone());
        let kept = match of.turn {
            Turn::Due { identity } => {
                let name = relationship.unwrap_or_else(|| format!("relationship {identity}"));
                let sender = session.successor(of.did, &second.controller(identity).public())?;
                let done = of.rotate(&sender, &second, &next, keep.clone(), &name)?;
                let Some(done) = done else { continue };
                session.submit(done.signed.id, done.signed.bytes, Vec::new())?;
                rotated.push(did_to_text(&of.did));
                done.kept
            }
            // Recorded before this wallet could write it down.
            Turn::Done { identity } => Kept {
                identity,
                did: of.did,
                relationship: relationship.unwrap_or_else(|| format!("relationship {identity}")),
                device: 0,
                signing: second.device(identity, 0),
                agreement: second.agreement(identity, 0),
            },
            Turn::Ended => continue,
            Turn::Foreign => {
                foreign.push(did_to_text(&of.did));
                continue;
            }
        };
        keystore.replace(kept)?;
        session.relocked(name, &keystore, &passphrase)?;
    }
    keystore.succeed(successors(next.keys()));
    session.relocked(name, &keystore, &passphrase)?;
    out.show(styled(
        GOOD,
        format_args!("The second sheet is the first one now ({} rotated).", rotated.len()),
    ));
    out.show("The next sheet is the second one. The old first sheet signs nothing any more; keep it until your records' keys have been wrapped anew.");
    for did in &foreign {
        out.show(format_args!("{did} has another second sheet, and stays as it is."));
    }
    out.answer(&json!({
        "name": name,
        "rotated": rotated,
        "foreign": foreign,
        "height": session.host.tip().height.0,
    }));
    Ok(DONE)
}

/// The sheet that will be the second one: written down before, or drawn, shown and typed in.
fn next_sheet(file: Option<&Path>) -> Result<WrittenDown, Failure> {
    if let Some(path) = file {
        return Ok(WrittenDown::typed(&words(Some(path), "--next-sheet", "")?, "")?);
    }
    let drawn = Sheet::draw(&mut entropy()?)?;
    show_sheet("The next sheet. Write it down, then type it in.", &drawn)?;
    let typed = words(None, "--next-sheet", "The next sheet, 24 words: ")?;
    Ok(WrittenDown::confirm(&drawn, &typed, "")?)
}

/// The live devices that are named.
fn kept_devices(planned: &[Planned], named: &[String]) -> Result<Vec<KeyId>, CliError> {
    let devices: Vec<KeyId> = planned.iter().flat_map(|of| of.control.devices.iter().copied()).collect();
    let device = |text: &String| {
        let mut found = devices.iter().filter(|key| text.len() >= 8 && key.to_string().starts_with(&**text));
        match (found.next(), found.next()) {
            (Some(key), None) => Ok(*key),
            _ => Err(CliError::NoSuchKey { key: text.chars().take(80).collect() }),
        }
    };
    named.iter().map(device).collect()
}
