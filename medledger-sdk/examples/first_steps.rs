//! A hospital, a patient, a bundle, and a receipt that a stranger checks: all in one process.
//!
//! `cargo run -p medledger-sdk --example first_steps`

use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

use medledger_core::identity::{Kind, did_to_text};
use medledger_core::light::Verifier;
use medledger_core::operation::Operation;
use medledger_core::state::LogKind;
use medledger_core::units::{Millis, Timestamp};
use medledger_sdk::anchor::{SealedBatch, batch_anchor, record_proof};
use medledger_sdk::consortium::genesis;
use medledger_sdk::draft::{Sender, sign};
use medledger_sdk::fhir::{SAMPLE_BUNDLE, bundle::Bundle};
use medledger_sdk::identity::{NewIdentity, draw_key};
use medledger_sdk::local::Ledger;
use medledger_sdk::proof::{self, ProofFile};

fn main() -> Result<(), Box<dyn Error>> {
    let now = Timestamp(u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?);
    let mut rng = rand_core::UnwrapErr(getrandom::SysRng);

    // A consortium of one: a hospital that sponsors identities, and a validator that certifies blocks.
    let validator = draw_key(&mut rng);
    let hospital = NewIdentity::draw(Kind::Organisation, &mut rng)?;
    let genesis = genesis("First steps".into(), now, &[validator.public()], vec![hospital.founder(true)]);
    let mut ledger = Ledger::new(genesis.clone())?;
    let signer = Sender {
        chain: ledger.tip().chain,
        did: hospital.did,
        key: hospital.keys.device.public().id(),
        counter: 0,
        signed_at: now,
        valid_until: now.plus(Millis::hours(1)).ok_or("the end of time")?,
    };

    // A patient, sponsored by the hospital; each of the patient's keys proves its possession.
    let patient = NewIdentity::draw(Kind::Patient, &mut rng)?;
    ledger.submit(sign(&patient.incept(&signer)?, &hospital.keys.device)?.bytes, now)?;

    // Every resource of a bundle, committed to with fresh salts. Only a root and a count go onto the ledger.
    let batch = SealedBatch::from_bundle(&Bundle::parse(SAMPLE_BUNDLE)?, &mut rng)?;
    let anchor = batch_anchor(hospital.did, vec![batch.entry(patient.did)]);
    let draft = signer.next().draft(Operation::AnchorBatch { batch: anchor });
    ledger.submit(sign(&draft, &hospital.keys.device)?.bytes, now)?;
    ledger.produce(&validator, now)?;

    // A receipt of the fourth record, for somebody who has nothing but the genesis.
    let timeline = ledger.log(&patient.did, LogKind::Timeline);
    let (place, _) = timeline.first().ok_or("nothing was anchored")?;
    let receipt = ledger.receipt(*place).ok_or("no such event")?;
    let opening = batch.openings.get(3).cloned();
    let file =
        ProofFile::Receipt { proof: record_proof(receipt, &batch.commitments, 3, opening)? }.encode()?;

    let report = proof::check(&file, &Verifier::new(&genesis, now)?, None);
    let record = report.record.ok_or("the receipt does not hold")?;
    println!("{} has a record that was anchored at height {}", did_to_text(&record.subject), record.height);
    Ok(())
}
