//! Executing and sealing a block, against nothing but the verification of its signatures.

use medledger_core::chain::seal;
use medledger_core::validate::execute;

use crate::report::{Outcome, Report, time};
use crate::signatures::Signatures;
use crate::world::World;

/// 10,000 transactions of as many signers: decoding, state, replay, quotas, logs, results and roots, everything that a
/// validator does in memory, against the bare verification of the same signatures.
pub fn run(report: &mut Report, world: &World) -> Outcome<()> {
    let transactions = world.anchors(0)?;
    let count = u32::try_from(transactions.len())?;
    let signatures = Signatures::of(world, &transactions)?;
    let cx = world.cx;
    let validate = || {
        let mut refused = None;
        let took = time(|| {
            let Ok((executed, delta)) = execute(&world.state, &cx, &transactions) else { return None };
            refused = executed.outcomes.iter().find_map(|outcome| outcome.refusal.clone());
            seal(&world.tree, &cx, &transactions, &executed, &delta).ok()
        });
        match refused {
            Some(refusal) => Err(format!("a transaction of the bench was refused: {refusal}").into()),
            None => Ok(took),
        }
    };
    report.compare("validate_vs_single", count, validate, || signatures.single())?;
    report.compare("validate_vs_batch", count, validate, || signatures.batch())
}
