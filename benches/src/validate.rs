//! Executing and sealing a block, against nothing but the verification of its signatures.

use medledger_core::chain::seal;
use medledger_core::crypto::{Batch, PublicKey, VerifyingKey, verify};
use medledger_core::identity::KeyEntry;
use medledger_core::operation::Transaction;
use medledger_core::state::{Address, read};
use medledger_core::validate::execute;

use crate::report::{Outcome, Report, time};
use crate::world::World;

/// 10,000 transactions of as many signers: decoding, state, replay, quotas, logs, results and roots, everything that a
/// validator does in memory, against the bare verification of the same signatures.
pub fn run(report: &mut Report, scale: u32) -> Outcome<()> {
    let patients = 10_000 / scale;
    let world = World::of(patients)?;
    let block = world.block()?;
    let cx = world.context();
    let decoded =
        block.iter().map(|bytes| Transaction::decode(bytes, &cx.chain)).collect::<Result<Vec<_>, _>>()?;
    let signers = decoded
        .iter()
        .map(|transaction| match read::<KeyEntry, _>(&world.state, &Address::Key(transaction.body.key)) {
            Ok(Some(entry)) => Ok(entry.keys.signing),
            _ => Err("a signer is not in the state"),
        })
        .collect::<Result<Vec<PublicKey>, _>>()?;
    let validate = || {
        let mut refused = None;
        let took = time(|| {
            let Ok((executed, delta)) = execute(&world.state, &cx, &block) else { return None };
            refused = executed.outcomes.iter().find_map(|outcome| outcome.refusal.clone());
            seal(&world.tree, &cx, &block, &executed, &delta).ok()
        });
        match refused {
            Some(refusal) => Err(format!("a transaction of the bench was refused: {refusal}").into()),
            None => Ok(took),
        }
    };
    let single = || {
        let mut good = true;
        let took = time(|| {
            for (transaction, public) in decoded.iter().zip(&signers) {
                let verdict = VerifyingKey::from_public(public)
                    .and_then(|key| verify(&key, &transaction.signed, &transaction.signature));
                good &= verdict.is_ok();
            }
        });
        if good { Ok(took) } else { Err("a signature of the bench does not verify".into()) }
    };
    let batch = || {
        let mut good = true;
        let took = time(|| {
            let mut batch = Batch::new();
            for (transaction, public) in decoded.iter().zip(&signers) {
                match VerifyingKey::from_public(public) {
                    Ok(key) => batch.push(&key, &transaction.signed, &transaction.signature),
                    Err(_) => good = false,
                }
            }
            good &= batch.verify();
        });
        if good { Ok(took) } else { Err("a batch of the bench does not verify".into()) }
    };
    report.compare("validate_vs_single", patients, validate, single)?;
    report.compare("validate_vs_batch", patients, validate, batch)
}
