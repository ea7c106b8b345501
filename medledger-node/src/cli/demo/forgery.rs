//! What the demonstration tries and must not get away with.

use medledger_core::error::Coded;
use medledger_core::hash::{LogRoot, StateRoot};
use medledger_core::operation::Operation;
use medledger_core::record::commitment::Content;
use medledger_core::record::{BatchEntry, Opening};
use medledger_sdk::agreement::AgreementSecret;
use medledger_sdk::anchor::batch_anchor;
use medledger_sdk::draft::{approve, sign};
use medledger_sdk::identity::{add_device, draw_key};
use medledger_sdk::proof::ProofFile;

use crate::cli::error::Failure;
use crate::cli::session::{Actor, Session, entropy};
use crate::host::Waiting;

/// The receipt with a byte of the record altered, and with one of its header.
pub(super) fn altered(bytes: &[u8]) -> Result<Vec<(&'static str, Vec<u8>)>, Failure> {
    let mut forged = Vec::new();
    let ProofFile::Receipt { proof } = ProofFile::decode(bytes)? else { return Ok(forged) };
    if let Some(opening) = &proof.opening {
        let mut content = opening.content.expose().to_vec();
        let middle = content.len().checked_div(2).unwrap_or_default();
        if let Some(byte) = content.get_mut(middle) {
            *byte ^= 1;
        }
        let mut other = proof.clone();
        other.opening = Some(Opening { content: Content::new(content), ..opening.clone() });
        forged.push(("one byte of the record is altered", ProofFile::Receipt { proof: other }.encode()?));
    }
    let mut other = proof;
    let StateRoot(root) = &mut other.receipt.header.state_root;
    if let Some(byte) = root.first_mut() {
        *byte ^= 1;
    }
    forged.push(("one byte of the receipt is altered", ProofFile::Receipt { proof: other }.encode()?));
    Ok(forged)
}

/// Something that was tried.
pub(super) struct Attempt {
    /// What.
    pub(super) what: &'static str,
    transaction: Vec<u8>,
    /// The code and the words of its refusal.
    pub(super) refusal: Option<(String, String)>,
}

/// A replay, an approval that nobody asked for, and a stolen device key.
pub(super) fn attempts(
    session: &Session,
    hospital: &Actor,
    patient: &Actor,
    recorded: &[u8],
) -> Result<Vec<Attempt>, Failure> {
    let attempt = |what, transaction| Attempt { what, transaction, refusal: None };
    let device = hospital.device()?;
    let signer = session.signer(hospital.keys.did, &device.public())?;
    // Sound but for the stranger: the hospital anchors one more record.
    let entry = BatchEntry { subject: patient.keys.did, root: LogRoot([0; 32]), count: 1 };
    let mut draft =
        signer.draft(Operation::AnchorBatch { batch: batch_anchor(hospital.keys.did, vec![entry]) });
    approve(&mut draft, &draw_key(&mut entropy()?))?;
    let stranger = sign(&draft, device)?.bytes;

    let phone = patient.device()?;
    let signer = session.signer(patient.keys.did, &phone.public())?;
    let mut rng = entropy()?;
    let (stolen, opens) = (draw_key(&mut rng), AgreementSecret::draw(&mut rng));
    let thief = sign(&add_device(&signer, &stolen, &opens)?, phone)?.bytes;
    Ok(vec![
        attempt("the hospital's anchor is sent a second time", recorded.to_vec()),
        attempt("a stranger approves what the hospital signed", stranger),
        attempt("a thief with the patient's phone adds a phone of his own", thief),
    ])
}

/// Sends them to the ledger, all in one block, and gives what came of each.
pub(super) fn submit(session: &Session, mut attempts: Vec<Attempt>) -> Result<Vec<Attempt>, Failure> {
    let waiting: Vec<Waiting> =
        attempts.iter().map(|attempt| Waiting::from(attempt.transaction.clone())).collect();
    let produced = session.host.produce(&waiting, &session.keys.validator()?, session.now)?;
    let told = |error: &dyn Coded| (error.rule().to_string(), error.to_string());
    for (index, error) in &produced.left_out {
        if let Some(attempt) = attempts.get_mut(*index) {
            attempt.refusal = Some(told(error));
        }
    }
    for (index, outcome) in produced.chosen.iter().zip(&produced.outcomes) {
        if let (Some(attempt), Some(refusal)) = (attempts.get_mut(*index), &outcome.refusal) {
            attempt.refusal = Some(told(refusal));
        }
    }
    Ok(attempts)
}
