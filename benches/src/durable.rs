//! Blocks validated and committed through the store on a disk, against the same in memory and against nothing but the
//! verification of their signatures.

use std::cell::RefCell;
use std::time::Duration;

use medledger_core::block::{Block, Tip};
use medledger_core::consensus::Evidence;
use medledger_core::light::CertifiedHeader;
use medledger_core::units::Height;
use medledger_node::Host;
use medledger_node::host::Waiting;
use medledger_sdk::local::Ledger;

use crate::report::{Outcome, Report, median, time, wall};
use crate::scratch::{Scratch, copy};
use crate::signatures::Signatures;
use crate::world::World;

/// Transactions in one block: ten thousand at once are more bytes than a block may have.
const BLOCK: usize = 5_000;

/// A block and its evidence, as they come from another node.
type Certified = (Vec<u8>, Evidence);

/// The ledger that everyone is on, on the disk and in memory, and the blocks that come next.
struct Town {
    scratch: Scratch,
    ledger: Ledger,
    next: Vec<Certified>,
    /// The processor's part of each run on the disk and of each in memory.
    processor: [RefCell<Vec<f64>>; 2],
}

impl Town {
    fn new(world: &World, transactions: &[Vec<u8>]) -> Outcome<Self> {
        let scratch = Scratch::new("durable")?;
        let host = Host::create(&scratch.join("ledger"), &world.genesis)?;
        let mut ledger = Ledger::new(world.genesis.clone())?;
        // An inception is three times as long as an anchor.
        for some in world.inceptions.chunks(BLOCK / 2) {
            let waiting: Vec<Waiting> = some.iter().cloned().map(Waiting::from).collect();
            let produced = host.produce(&waiting, &world.validator, world.cx.time)?;
            if produced.outcomes.len() != some.len() {
                return Err("a block of the bench has no room for its transactions".into());
            }
            let CertifiedHeader { header, evidence } = produced.header;
            let block = host.block(header.height)?.unwrap_or_default();
            ledger.accept(&block, &evidence, world.cx.time)?;
        }
        let mut maker = ledger.clone();
        let mut next = Vec::new();
        for some in transactions.chunks(BLOCK) {
            for transaction in some {
                maker.submit(transaction.clone(), world.cx.time)?;
            }
            let header = maker.produce(&world.validator, world.cx.time)?.clone();
            let block = maker.block(header.header.height).unwrap_or_default().to_vec();
            if Block::decode(&block)?.transactions().len() != some.len() {
                return Err("a block of the bench has no room for its transactions".into());
            }
            if maker.results(header.header.height).is_none_or(|results| {
                results.results.iter().any(|kept| kept.result.code != 0 || kept.events.is_empty())
            }) {
                return Err("a transaction of the bench was refused".into());
            }
            next.push((block, header.evidence));
        }
        Ok(Self { scratch, ledger, next, processor: Default::default() })
    }

    /// With a fresh copy of the store, opened just now: nothing of it is in its cache.
    fn on_disk(&self, world: &World) -> Outcome<Duration> {
        let here = self.scratch.join("copy");
        copy(&self.scratch.join("ledger"), &here)?;
        let host = Host::open(&here)?;
        let mut failed = None;
        let took = self.timed(0, || {
            for (block, evidence) in &self.next {
                if let Err(error) = host.accept(block, evidence, world.cx.time) {
                    failed = Some(error);
                }
            }
        });
        self.stands(&host.tip(), failed.map(Into::into))?;
        drop(host);
        std::fs::remove_dir_all(&here)?;
        Ok(took)
    }

    fn in_memory(&self, world: &World) -> Outcome<Duration> {
        let mut ledger = self.ledger.clone();
        let mut failed = None;
        let took = self.timed(1, || {
            for (block, evidence) in &self.next {
                if let Err(error) = ledger.accept(block, evidence, world.cx.time) {
                    failed = Some(error);
                }
            }
        });
        self.stands(ledger.tip(), failed.map(Into::into))?;
        Ok(took)
    }

    /// The time that passes; the processor's part of it is noted.
    fn timed(&self, which: usize, run: impl FnOnce()) -> Duration {
        let mut processor = Duration::ZERO;
        let took = wall(|| processor = time(run));
        if let Some(noted) = self.processor.get(which) {
            noted.borrow_mut().push(processor.as_secs_f64());
        }
        took
    }

    fn stands(&self, tip: &Tip, failed: Option<Box<dyn std::error::Error>>) -> Outcome<()> {
        let expected = self.ledger.tip().height.0.saturating_add(u64::try_from(self.next.len())?);
        match failed {
            Some(error) => Err(error),
            None if tip.height != Height(expected) => Err("a block of the bench is missing".into()),
            None => Ok(()),
        }
    }
}

/// 10,000 transactions of as many signers in two blocks, taken as a following node takes them: decoded, judged, executed,
/// sealed, their evidence checked, written and on the disk.
pub fn run(report: &mut Report, world: &World) -> Outcome<()> {
    let transactions = world.anchors(0)?;
    let count = u32::try_from(transactions.len())?;
    let town = Town::new(world, &transactions)?;
    let signatures = Signatures::of(world, &transactions)?;
    report.compare("durable_vs_memory", count, || town.on_disk(world), || town.in_memory(world))?;
    report.compare("durable_vs_single", count, || town.on_disk(world), || wall_of(|| signatures.single()))?;
    report.compare("durable_vs_batch", count, || town.on_disk(world), || wall_of(|| signatures.batch()))?;
    let [disk, memory] = town.processor.map(|noted| median(&mut noted.into_inner()) * 1e6 / f64::from(count));
    eprintln!("of which the processor's time: {disk:.1} µs a piece on the disk, {memory:.1} µs in memory");
    Ok(())
}

/// Wall time of what is timed otherwise: both sides of a ratio by one clock.
fn wall_of(run: impl FnOnce() -> Outcome<Duration>) -> Outcome<Duration> {
    let mut outcome = Ok(Duration::ZERO);
    let took = wall(|| outcome = run());
    outcome.map(|_| took)
}
