//! `identity`: make, show and change identities.

use medledger_core::hash::{Did, KeyId};
use medledger_core::identity::{Control, KeyEntry, did_to_text};
use medledger_core::operation::Operation;
use medledger_core::state::Address;
use medledger_core::units::Timestamp;
use medledger_sdk::agreement::AgreementSecret;
use medledger_sdk::api::{Identity, IdentityKind, IdentityStatus};
use medledger_sdk::identity::{add_device, draw_key, rotate};
use serde_json::{Value, json};

use super::args::{DirArgs, IdentityCommand, NewArgs, RevokeArgs, WhoArgs};
use super::care::copy;
use super::error::CliError;
use super::out::{DIM, GOOD, HEAD, Out, styled};
use super::session::{Recorded, Session, entropy};
use super::{DONE, Outcome};
use crate::keys::Device;

pub(super) fn run(command: &IdentityCommand, now: Timestamp, out: &Out) -> Outcome {
    match command {
        IdentityCommand::New(args) => new(args, now, out),
        IdentityCommand::List(args) => list(args, now, out),
        IdentityCommand::Show(args) => show(args, now, out),
        IdentityCommand::AddDevice(args) => device(args, now, out),
        IdentityCommand::RevokeDevice(args) => revoke(args, now, out),
        IdentityCommand::Rotate(args) => rotation(args, now, out),
        IdentityCommand::Deactivate(args) => deactivate(args, now, out),
        IdentityCommand::Credential(command) => super::credential::run(command, now, out),
    }
}

fn new(args: &NewArgs, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(&args.dir, now)?;
    let sponsor = session.organisation(args.signer.as_deref(), "sponsor")?;
    let (did, recorded) = session.incept(&args.name, args.kind.into(), &sponsor)?;
    out.show(styled(GOOD, format_args!("{} is on the ledger.", args.name)));
    out.row("did", did_to_text(&did));
    out.row("height", recorded.header.header.height);
    out.row("keys", format_args!("{} (back them up)", session.keys.path(&args.name).display()));
    tell(out, did, &recorded, json!({"name": args.name}));
    Ok(DONE)
}

fn list(args: &DirArgs, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(&args.dir, now)?;
    let mut listed = Vec::new();
    out.show(styled(HEAD, format_args!("{:<16} {:<13} {:<12} did", "name", "kind", "status")));
    for name in session.keys.names()? {
        let keys = session.keys.load(&name)?;
        let control = session.host.read::<Control>(&Address::Identity(keys.did))?;
        let status = control.map_or("unknown", |control| IdentityStatus::from(control.status).as_str());
        let (kind, did) = (IdentityKind::from(keys.kind), did_to_text(&keys.did));
        out.show(format_args!("{name:<16} {kind:<13} {status:<12} {did}"));
        listed.push(json!({"name": name, "kind": kind, "status": status, "did": did}));
    }
    for wallet in session.keys.wallets()? {
        let header = match session.peek(&wallet) {
            Ok(header) => header,
            Err(failure) => {
                out.show(format_args!("{wallet:<16} {}: {}", failure.code, failure.what));
                listed.push(json!({"name": wallet, "kind": "unknown", "status": failure.code, "did": null}));
                continue;
            }
        };
        for kept in header.identities {
            let control = session.host.read::<Control>(&Address::Identity(kept.did))?;
            let status =
                control.as_ref().map_or("unknown", |control| IdentityStatus::from(control.status).as_str());
            let kind =
                control.as_ref().map_or("unknown", |control| IdentityKind::from(control.kind).as_str());
            let (name, did) = (format!("{wallet}/{}", kept.relationship), did_to_text(&kept.did));
            out.show(format_args!("{name:<16} {kind:<13} {status:<12} {did}"));
            listed.push(json!({"name": name, "kind": kind, "status": status, "did": did}));
        }
    }
    out.answer(&json!({"identities": listed}));
    Ok(DONE)
}

fn show(args: &WhoArgs, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(&args.dir, now)?;
    let did = session.who(&args.who)?;
    let control = session.known(did)?;
    let mut entries = Vec::new();
    for key in control.devices.iter().chain([&control.controller]) {
        entries.extend(session.host.read::<KeyEntry>(&Address::Key(*key))?.map(|entry| (*key, entry)));
    }
    let view = Identity::new(&did, &control, &entries);
    out.row("did", &view.did);
    out.row("kind", view.kind);
    out.row("status", view.status);
    out.row("sponsor", view.sponsor.as_deref().unwrap_or("the genesis"));
    out.row("rotations", control.rotations);
    for key in &view.keys {
        out.row(key.role.as_str(), &key.did_key);
        out.row("", styled(DIM, &key.id));
    }
    out.answer(&json!(view));
    Ok(DONE)
}

fn device(args: &WhoArgs, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(&args.dir, now)?;
    let mut actor = session.with_controller(&args.who)?;
    let mut rng = entropy()?;
    let (device, agreement) = (draw_key(&mut rng), AgreementSecret::draw(&mut rng));
    let key = device.public().id();
    let controller = copy(&actor.upper()?.controller);
    let signer = session.signer(actor.keys.did, &controller.public())?;
    let draft = add_device(&signer, &device, &agreement)?;
    // A key that the ledger never hears of does no harm in the file.
    actor.keys.devices.push(Device { signing: device, agreement: Some(agreement) });
    session.keys.replace(&actor.name, &actor.keys)?;
    let recorded = session.record(&draft, &controller, Vec::new())?;
    out.show(styled(GOOD, "The device has been added."));
    out.row("key", key);
    out.row("height", recorded.header.header.height);
    tell(out, actor.keys.did, &recorded, json!({"key": key.to_string()}));
    Ok(DONE)
}

fn revoke(args: &RevokeArgs, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(&args.of.dir, now)?;
    let actor = session.with_controller(&args.of.who)?;
    let unknown = || CliError::NoSuchKey { key: args.key.chars().take(80).collect() };
    let mut found = actor.control.devices.iter().filter(|key| names(key, &args.key));
    let key = match (found.next(), found.next()) {
        (Some(key), None) => *key,
        _ => return Err(unknown().into()),
    };
    let controller = &actor.upper()?.controller;
    let signer = session.signer(actor.keys.did, &controller.public())?;
    let recorded = session.record(&signer.draft(Operation::RevokeDevice { key }), controller, Vec::new())?;
    out.show(styled(GOOD, "The device has been revoked. Its key never comes back."));
    out.row("key", key);
    out.row("height", recorded.header.header.height);
    tell(out, actor.keys.did, &recorded, json!({"key": key.to_string()}));
    Ok(DONE)
}

/// Whether a text is a key's id, or its first eight digits or more.
fn names(key: &KeyId, text: &str) -> bool {
    text.len() >= 8 && key.to_string().starts_with(text)
}

fn rotation(args: &WhoArgs, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(&args.dir, now)?;
    let mut actor = session.with_controller(&args.who)?;
    let fresh = draw_key(&mut entropy()?);
    actor.upper()?;
    if let Some(upper) = &mut actor.keys.upper {
        upper.next.get_or_insert(fresh);
    }
    session.keys.replace(&actor.name, &actor.keys)?;
    let upper = actor.upper()?;
    let Some(next) = upper.next.as_ref().map(medledger_core::crypto::SecretKey::public) else {
        return Err(CliError::NoKeys { name: actor.name }.into());
    };
    let successor = copy(&upper.successor);
    let disclosed = successor.public();
    let signer = session.successor(actor.keys.did, &disclosed)?;
    let keep = actor.control.devices.clone();
    let draft = rotate(&signer, &actor.control, disclosed, &next, keep, Vec::new())?;
    let recorded = session.record(&draft, &successor, Vec::new())?;
    let control = session.control(actor.keys.did)?;
    actor.keys.settle(&control);
    session.keys.replace(&actor.name, &actor.keys)?;
    out.show(styled(GOOD, "The successor is the controller now, and has a successor of its own."));
    out.row("controller", disclosed.id());
    out.row("height", recorded.header.header.height);
    tell(out, actor.keys.did, &recorded, json!({"controller": disclosed.id().to_string()}));
    Ok(DONE)
}

fn deactivate(args: &WhoArgs, now: Timestamp, out: &Out) -> Outcome {
    let session = Session::open(&args.dir, now)?;
    let actor = session.with_controller(&args.who)?;
    let controller = &actor.upper()?.controller;
    let signer = session.signer(actor.keys.did, &controller.public())?;
    let recorded = session.record(&signer.draft(Operation::Deactivate), controller, Vec::new())?;
    out.show(styled(GOOD, "The identity has ended. Its records and its logs stay."));
    out.row("height", recorded.header.header.height);
    tell(out, actor.keys.did, &recorded, json!({}));
    Ok(DONE)
}

/// Answers with the identity, the transaction and what else there is to say.
fn tell(out: &Out, did: Did, recorded: &Recorded, mut more: Value) {
    if let Value::Object(fields) = &mut more {
        fields.insert("did".to_owned(), json!(did_to_text(&did)));
        fields.insert("transaction".to_owned(), json!(recorded.id.to_string()));
        fields.insert("height".to_owned(), json!(recorded.header.header.height.0));
    }
    out.answer(&more);
}
