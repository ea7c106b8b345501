//! Where the time of a block goes, in memory.

use std::time::Duration;

use medledger_core::chain::{results_log, seal, transactions_log};
use medledger_core::merkle::tree::update;
use medledger_core::operation::Transaction;
use medledger_core::validate::execute;

use crate::report::{Outcome, median, time};
use crate::signatures::Signatures;
use crate::world::World;

/// How often each part is timed, in turn with the others.
const ROUNDS: usize = 5;

/// Parts of the whole, which is the first one.
const PARTS: [&str; 7] = [
    "execute and seal: the whole",
    "decoding",
    "signatures, in one batch",
    "running: state, replay, quotas, what the operations do, logs",
    "sealing: hashes of values, the state tree",
    "sealing: the transactions' root",
    "sealing: the results' root",
];

pub fn run(world: &World) -> Outcome<()> {
    let transactions = world.anchors(0)?;
    let signatures = Signatures::of(world, &transactions)?;
    let cx = world.cx;
    let mut times = [const { Vec::new() }; PARTS.len()];
    for _ in 0..ROUNDS {
        let decoding = time(|| {
            let decoded = transactions.iter().map(|bytes| Transaction::decode(bytes, &cx.chain));
            decoded.collect::<Vec<_>>()
        });
        let verifying = signatures.batch()?;
        let mut done = None;
        let executing = time(|| done = execute(&world.state, &cx, &transactions).ok());
        let (executed, delta) = done.ok_or("the state can't be read")?;
        let sealing = time(|| seal(&world.tree, &cx, &transactions, &executed, &delta).is_ok());
        let tree = time(|| update(&world.tree, &delta.value_hashes()).is_ok());
        let leaves = time(|| transactions_log(&transactions).root());
        let results = time(|| executed.results().and_then(|results| results_log(&results)).is_ok());
        let running = executing.saturating_sub(decoding).saturating_sub(verifying);
        let parts: [Duration; PARTS.len()] =
            [executing.saturating_add(sealing), decoding, verifying, running, tree, leaves, results];
        for (of, part) in times.iter_mut().zip(parts) {
            of.push(part.as_secs_f64());
        }
    }
    let count = f64::from(u32::try_from(transactions.len())?);
    println!("| part | µs a transaction |\n| --- | ---: |");
    for (name, of) in PARTS.iter().zip(&mut times) {
        println!("| {name} | {:.1} |", median(of) * 1e6 / count);
    }
    Ok(())
}
