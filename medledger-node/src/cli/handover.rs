//! Requester, node and gateway as processes that exchange only files.
//!
//! | who | holds | writes |
//! | --- | --- | --- |
//! | requester | the session's secret | the request; later it opens the answer |
//! | node | the ledger | the proof that the session stands |
//! | gateway | the custodian's key, records and logs | the answer |

use std::path::Path;

use medledger_core::codec::{CodecError, decode};
use medledger_core::crypto::SecretKey;
use medledger_core::hash::RecordId;
use medledger_core::limits::PROOF;
use medledger_core::units::Timestamp;
use medledger_sdk::certified::CertifiedState;
use medledger_sdk::gateway::{Gateway, KeptRecord, batch, question};
use medledger_sdk::release::{ReleaseAnswer, ReleaseRequest};
use medledger_sdk::requester::OpenedSession;
use serde_json::json;

use super::args::access::{HoldArgs, ProveSessionArgs, ReadToArgs, ReceiveArgs, ReleaseArgs};
use super::care::{Books, copy};
use super::error::{CliError, Failure};
use super::out::{GOOD, Out, styled};
use super::session::{Session, entropy};
use super::{DONE, Outcome, access, files};
use crate::keys::sessions;

fn of<T>(
    path: &Path,
    what: &'static str,
    decode: impl FnOnce(&[u8]) -> Result<T, CodecError>,
) -> Result<T, Failure> {
    let bytes = files::read(path, PROOF.bytes)?;
    Ok(decode(&bytes).map_err(|error| files::not_a(path, what, &error))?)
}

fn the_request(path: &Path) -> Result<ReleaseRequest, Failure> {
    of(path, "a request for a record", ReleaseRequest::decode)
}

/// Writes the request for a record.
pub(super) fn request(args: &ReadToArgs, now: Timestamp, out: &Out) -> Outcome {
    let (id, record) = access::ids(&args.of)?;
    let session = Session::open(&args.of.dir, now)?.unlocked_by(&args.of.unlock);
    let opened = session.opened(session.session_state(id)?.request.subject, id)?;
    let custodian = match (&args.custodian, opened.state.request.custodians.as_slice()) {
        (Some(who), _) => session.who(who)?,
        (None, [only]) => *only,
        (None, _) => return Err(CliError::NoSigner { role: "custodian" }.into()),
    };
    let request = session.request(&opened, custodian, record)?;
    files::write_new(&args.to, &request.encode()?, false)?;
    written(out, "The request", &args.to, &json!({"session": id.to_string(), "record": record.to_string()}))
}

/// Writes the proof that a session stands.
pub(super) fn prove(args: &ProveSessionArgs, now: Timestamp, out: &Out) -> Outcome {
    let request = the_request(&args.request)?;
    let session = Session::open(&args.dir, now)?;
    session.tick()?;
    let ask = &request.signed.ask;
    let held = session.host.record_proof(&ask.record)?;
    let question = question(ask, held.as_ref().and_then(batch));
    let proof = session.host.access_proof(&question)?.ok_or(CliError::NoBlockYet)?;
    files::write_new(&args.to, &medledger_core::codec::encode(&proof)?, false)?;
    let height = session.host.tip().height.0;
    written(out, "The proof", &args.to, &json!({"session": ask.session.to_string(), "height": height}))
}

/// Writes a sealed record with its proof, for its custodian's gateway.
pub(super) fn hold(args: &HoldArgs, now: Timestamp, out: &Out) -> Outcome {
    let text = || args.record.chars().take(80).collect();
    let record = RecordId::from_hex(&args.record).ok_or_else(|| CliError::NotARecordId { text: text() })?;
    let session = Session::open(&args.dir, now)?;
    let missing = || CliError::NotHeld { record: record.to_string() };
    let kept = session.kept_record(&record)?.ok_or_else(missing)?;
    files::write_new(&args.to, &kept.encode()?, true)?;
    written(out, "The sealed record, with its proof,", &args.to, &json!({"record": record.to_string()}))
}

/// A gateway's answer; what it logs is kept before the answer is written.
pub(super) fn release(args: &ReleaseArgs, now: Timestamp, out: &Out) -> Outcome {
    let request = the_request(&args.request)?;
    let proof: CertifiedState =
        of(&args.proof, "a proof that a session stands", |bytes| decode(bytes, &PROOF))?;
    let (_, verifier) = files::verifier(&args.genesis, now)?;
    let keys = sessions::key_file(&args.key)?;
    let device: Option<&SecretKey> = keys.devices.first().map(|device| &device.signing);
    let device = device.ok_or_else(|| CliError::NoKeys { name: files::shown(&args.key) })?;
    let mut books = Books::open(&args.logs, keys.did, copy(device))?;
    let held = match &args.held {
        None => None,
        Some(path) => {
            let secrets: Vec<_> = keys.secrets().collect();
            let kept = of(path, "a sealed record with its proof", KeptRecord::decode)?;
            Some(kept.unwrap(&secrets, verifier.chain())?)
        }
    };
    let gateway: &mut Gateway = &mut books.gateway;
    if args.clock_was_ahead {
        gateway.clock_was_ahead();
    }
    let answered = gateway.release(&request, held.as_ref(), &proof, (&verifier, now), &mut entropy()?)?;
    books.save()?;
    files::write_new(&args.to, &answered.answer.encode()?, false)?;
    if let Some(refusal) = &answered.refusal {
        return Err(Failure::refused(refusal));
    }
    let more = json!({"session": answered.entry.session.to_string(), "number": answered.entry.number});
    written(out, "The record, for the session's key alone,", &args.to, &more)
}

/// Opens an answer.
pub(super) fn receive(args: &ReceiveArgs, now: Timestamp, out: &Out) -> Outcome {
    let request = the_request(&args.request)?;
    let answer = of(&args.answer, "the answer of a gateway", ReleaseAnswer::decode)?;
    let (_, verifier) = files::verifier(&args.genesis, now)?;
    let opened = OpenedSession::from_receipt(request.receipt, &verifier)?;
    let release = match answer {
        ReleaseAnswer::Permit { release } => release,
        ReleaseAnswer::Deny { record, .. } => {
            return Err(CliError::Denied { record: record.to_string() }.into());
        }
    };
    let secret = sessions::secret(&args.secret)?;
    let released = opened.open(&secret, &verifier, &release)?;
    access::show(&released, args.to.as_deref(), out)
}

fn written(out: &Out, what: &str, path: &Path, more: &serde_json::Value) -> Outcome {
    let file = files::shown(path);
    out.show(styled(GOOD, format_args!("{what} is in {file}.")));
    let mut answer = more.clone();
    if let serde_json::Value::Object(fields) = &mut answer {
        fields.insert("file".to_owned(), json!(file));
    }
    out.answer(&answer);
    Ok(DONE)
}
