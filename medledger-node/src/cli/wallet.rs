//! A wallet as a process of its own: it holds the patient's key, and knows of the ledger what was proven to it.

use medledger_core::codec::{decode, encode};
use medledger_core::consent::consent_id;
use medledger_core::crypto::SecretKey;
use medledger_core::error::ReadError;
use medledger_core::hash::{ChainId, Did};
use medledger_core::identity::{Control, did_from_text};
use medledger_core::limits::{PROOF, TRANSACTION_BYTES};
use medledger_core::operation::{KeyUsage, Operation, Transaction};
use medledger_core::state::{Address, read};
use medledger_core::units::Timestamp;
use medledger_sdk::access_proof::ProofGap;
use medledger_sdk::certified::CertifiedState;
use medledger_sdk::draft::Sender;
use medledger_sdk::wallet::keystore::{Keystore, peek};
use medledger_sdk::wallet::{Wallet, consent_keys};
use serde_json::json;

use super::args::access::SubmitArgs;
use super::args::consent::{SignArgs, StateArgs};
use super::care::copy;
use super::error::{CliError, Failure};
use super::out::{GOOD, Out, styled};
use super::secrets::{PASSPHRASE, passphrase};
use super::session::{Session, VALID_FOR, picked};
use super::terms::terms;
use super::{DONE, Outcome, consent, files};
use crate::NodeError;
use crate::keys::{KeyFile, sessions, wallets};

/// Writes what a wallet must know to sign.
pub(super) fn state(args: &StateArgs, now: Timestamp, out: &Out) -> Outcome {
    let consents = args.consent.iter().map(|text| consent::id(text)).collect::<Result<Vec<_>, _>>()?;
    let session = Session::open(&args.of.dir, now)?;
    let subject = session.who(&args.of.who())?;
    let control = session.known(subject)?;
    let snapshot = session.host.snapshot()?;
    let mut keys = consent_keys(&snapshot, subject, &consents).map_err(NodeError::from)?;
    keys.insert(Address::Identity(subject).key());
    keys.extend(control.devices.iter().map(|key| Address::KeyUsage(*key).key()));
    let header = snapshot.header(snapshot.tip().height).map_err(NodeError::from)?;
    let header = header.ok_or(CliError::NoBlockYet)?;
    let height = header.header.height;
    let proof = CertifiedState::new(header, &snapshot, &snapshot, &keys).map_err(NodeError::from)?;
    files::write_new(&args.to, &encode(&proof)?, false)?;
    let file = files::shown(&args.to);
    out.show(styled(GOOD, format_args!("What a wallet must know is in {file}.")));
    out.answer(&json!({"file": file, "height": height.0}));
    Ok(DONE)
}

/// Signs what the patient wants.
pub(super) fn sign(args: &SignArgs, now: Timestamp, out: &Out) -> Outcome {
    let proof: Result<CertifiedState, _> = decode(&files::read(&args.state, PROOF.bytes)?, &PROOF);
    let proof = proof.map_err(|error| files::not_a(&args.state, "a proof for a wallet", &error))?;
    let (_, verifier) = files::verifier(&args.genesis, now)?;
    let checked = proof.check(&verifier);
    let (anchored, state) = checked.map_err(|error| Failure::bad_input(&error, None))?;
    let (did, devices) = keys(args, verifier.chain())?;
    let gap = |_: ReadError<_>| Failure::bad_input(&ProofGap::Unproven, None);
    let control: Option<Control> = read(&state, &Address::Identity(did)).map_err(gap)?;
    let missing = || CliError::NoKeys { name: files::shown(&args.key) };
    let control = control.ok_or_else(missing)?;
    let live = |key: &&SecretKey| control.devices.contains(&key.public().id());
    let device = devices.iter().find(live).ok_or_else(missing)?;
    let key = device.public().id();
    let usage: Option<KeyUsage> = read(&state, &Address::KeyUsage(key)).map_err(gap)?;
    let at = now.max(anchored.header.time);
    let signer = Sender {
        chain: *verifier.chain(),
        did,
        key,
        counter: usage.unwrap_or_default().window.next_counter(),
        signed_at: now,
        valid_until: at.plus(VALID_FOR).unwrap_or(Timestamp(u64::MAX)),
    };
    let wallet = Wallet::new(did, copy(device));
    let by_did = |text: &str| {
        did_from_text(text).map_err(|_| CliError::NotADid { text: text.chars().take(80).collect() }.into())
    };
    let draft = match (&args.revoke, &args.amend) {
        (Some(revoked), _) => wallet.revoke(&signer, consent::id(revoked)?),
        (None, Some(amended)) => {
            let (amended, terms) = (consent::id(amended)?, terms(&args.terms, at, &by_did)?);
            wallet.amend(&signer, &state, amended, terms, at).map_err(gap)??
        }
        (None, None) => {
            wallet.grant(&signer, &state, terms(&args.terms, at, &by_did)?, at).map_err(gap)??
        }
    };
    let signed = wallet.sign(&draft)?;
    files::write_new(&args.to_file, &signed.bytes, false)?;
    let file = files::shown(&args.to_file);
    let granted = matches!(draft.body().operation, Operation::GrantConsent { .. });
    let consent = granted.then(|| consent_id(&signed.id).to_string());
    out.show(styled(GOOD, format_args!("The signed transaction is in {file}.")));
    out.answer(&json!({"file": file, "transaction": signed.id.to_string(), "consent": consent}));
    Ok(DONE)
}

/// The identity that signs, and its devices' keys, from a key file or a wallet.
fn keys(args: &SignArgs, chain: &ChainId) -> Result<(Did, Vec<SecretKey>), Failure> {
    if args.key.extension().is_none_or(|ending| ending != "wallet") {
        let KeyFile { did, devices, .. } = sessions::key_file(&args.key)?;
        return Ok((did, devices.into_iter().map(|device| device.signing).collect()));
    }
    let bytes = wallets::wallet_file(&args.key)?;
    let passphrase = passphrase(args.unlock.passphrase_file.as_deref(), PASSPHRASE, false)?;
    let keystore = Keystore::open(&bytes, &passphrase)?;
    keystore.check_ledger(chain)?;
    let identities = peek(&bytes)?.identities;
    let kept = picked(&files::shown(&args.key), identities, args.pick.identity.as_deref())?;
    let key = keystore.find(&kept.did).map(|kept| copy(&kept.signing));
    Ok((kept.did, key.into_iter().collect()))
}

/// Records what was signed elsewhere.
pub(super) fn submit(args: &SubmitArgs, now: Timestamp, out: &Out) -> Outcome {
    let bytes = files::read(&args.file, TRANSACTION_BYTES)?;
    let session = Session::open(&args.dir, now)?;
    let decoded = Transaction::decode(&bytes, &session.host.chain());
    let id = decoded.map_err(|error| files::not_a(&args.file, "a transaction of this ledger", &error))?.id;
    let recorded = session.submit(id, bytes, Vec::new())?;
    let height = recorded.header.header.height;
    out.show(styled(GOOD, "The transaction is on the ledger."));
    out.row("height", height);
    out.answer(&json!({"transaction": id.to_string(), "height": height.0}));
    Ok(DONE)
}
