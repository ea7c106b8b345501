//! The blocks executed anew, from the genesis, into a fresh database.

use medledger_core::block::Block;
use medledger_core::chain::{AppRoot, Genesis, Opened, transactions_log};
use medledger_core::codec::{decode, encode};
use medledger_core::consensus::{Authority, Evidence};
use medledger_core::error::ReadError;
use medledger_core::limits::PROOF;
use medledger_core::state::Address;
use medledger_core::units::{Height, Timestamp};
use medledger_sdk::local::{Commit, Engine, EngineError, EngineFault};
use redb::backends::InMemoryBackend;
use redb::{Builder, Database};

use super::backend::Scratch;
use super::fault::{Found, How, StoreFault};
use super::given::Given;
use super::{Checked, Progress, Stop};
use crate::store::files::{GENESIS, LEDGER};
use crate::store::reader::Reader;
use crate::store::snapshot::Snapshot;
use crate::store::table::{Table, first_number, height_key, meta, numbers};
use crate::store::write::{Mode, write_block, write_genesis};
use crate::store::{StoreError, TipRow, founders};

/// A store below this size is made anew in memory.
const IN_MEMORY: u64 = 32 << 20;
const MODE: Mode = Mode { quick_repair: false };

/// What the store should be, as far as the blocks could be executed.
pub(super) struct Replay {
    database: Database,
    /// The height at which the blocks could not be executed any more, if there was one: of what was written there and
    /// after it nothing is known.
    pub(super) stopped: Option<u64>,
    /// The newest height of the store that is verified.
    pub(super) newest: u64,
}

impl Replay {
    /// Executes the blocks up to the first that is at fault, which is added to what was found.
    pub(super) fn run(
        given: &Given,
        now: Timestamp,
        progress: &mut dyn FnMut(Progress),
        checked: &mut Checked,
    ) -> Result<Self, Stop> {
        let (genesis, engine, opened) = genesis(given)?;
        let newest = newest(given)?;
        let database = fresh(given.bytes).map_err(Stop::Own)?;
        let bytes = encode(&genesis).map_err(|error| Stop::Own(StoreError::damaged("the genesis", error)))?;
        let tip = write_genesis(&database, MODE, &bytes, &opened, founders(&genesis)).map_err(Stop::Own)?;
        checked.reached = Some((0, tip.hash));
        let mut replay = Self { database, stopped: None, newest };
        replay.blocks(given, &engine, tip, now, progress, checked)?;
        Ok(replay)
    }

    fn blocks(
        &mut self,
        given: &Given,
        engine: &Engine,
        mut tip: TipRow,
        now: Timestamp,
        progress: &mut dyn FnMut(Progress),
        checked: &mut Checked,
    ) -> Result<(), Stop> {
        for height in 1..=self.newest {
            let fresh = self.snapshot()?;
            match commit(given, engine, &fresh, height, now)? {
                Ok(commit) => {
                    tip = write_block(&self.database, MODE, &tip, &commit, &[]).map_err(Stop::Own)?;
                    checked.reached = Some((height, tip.hash));
                    progress(Progress::Blocks { done: height, of: self.newest });
                }
                Err(found) => {
                    checked.add(found);
                    self.stopped = Some(height);
                    break;
                }
            }
        }
        Ok(())
    }

    /// What should be stored.
    pub(super) fn reader(&self) -> Result<Reader, Stop> {
        Reader::new(&self.database).map_err(Stop::Own)
    }

    /// The same, as values.
    pub(super) fn snapshot(&self) -> Result<Snapshot, Stop> {
        Snapshot::new(self.reader()?).map_err(Stop::Own)
    }

    /// Whether what was written at a height can be judged.
    pub(super) fn reaches(&self, height: u64) -> bool {
        self.stopped.is_none_or(|stopped| height < stopped)
    }
}

fn fresh(size: u64) -> Result<Database, StoreError> {
    let mut builder = Builder::new();
    builder.set_cache_size(64 << 20);
    let made = if size <= IN_MEMORY {
        builder.create_with_backend(InMemoryBackend::new())
    } else {
        let path = std::env::temp_dir();
        let scratch = Scratch::new().map_err(|error| crate::store::files::of(&path, &error))?;
        builder.create_with_backend(scratch)
    };
    made.map_err(|error| StoreError::of_database("the fresh store", error.into()))
}

/// The genesis that the blocks stand on. The copies in the store and beside it must both be that one.
fn genesis(given: &Given) -> Result<(Genesis, Engine, Opened), Stop> {
    let stored = given.rows(Table::Meta)?.get(meta::GENESIS).map_err(Stop::given)?.unwrap_or_default();
    for (copy, bytes) in [(LEDGER, &stored), (GENESIS, &given.genesis)] {
        let fault = StoreFault::Genesis { copy, how: "not the one that the blocks stand on" };
        let fault = Stop::Found(Found { height: Some(0), rank: Table::Blocks, fault });
        match begin(bytes) {
            Some(begun) if stands(given, &begun.2)? => {
                if stored == given.genesis {
                    return Ok(begun);
                }
            }
            _ => return Err(fault),
        }
    }
    // Two that differ and have one hash.
    let fault = StoreFault::Genesis { copy: GENESIS, how: "another one than the store's" };
    Err(Stop::Found(Found { height: Some(0), rank: Table::Blocks, fault }))
}

fn begin(bytes: &[u8]) -> Option<(Genesis, Engine, Opened)> {
    let genesis = Genesis::decode(bytes).ok()?;
    let (engine, opened) = Engine::new(&genesis).ok()?.ok()?;
    Some((genesis, engine, opened))
}

/// Whether the blocks stand on what a genesis opens: by the first block, by header 0 or by the newest block's row, since any
/// one of them may be at fault itself.
fn stands(given: &Given, opened: &Opened) -> Result<bool, Stop> {
    let row = |table, key: &[u8]| given.rows(table)?.get(key).map_err(Stop::given);
    let block = row(Table::Blocks, &height_key(Height(1)))?;
    if block
        .and_then(|bytes| Block::decode(&bytes).ok())
        .is_some_and(|block| block.body().previous == opened.hash)
    {
        return Ok(true);
    }
    let header = row(Table::Headers, &height_key(Height(0)))?;
    if header.is_some_and(|bytes| encode(&opened.app_root).is_ok_and(|own| own == bytes)) {
        return Ok(true);
    }
    let tip = row(Table::Meta, meta::TIP)?;
    let tip: Option<TipRow> = tip.and_then(|bytes| decode(&bytes, &PROOF).ok());
    Ok(tip.is_some_and(|tip| tip.chain == opened.chain))
}

/// The newest height, which several rows tell: the highest that two of them vouch for, since any one may be gone or one too
/// many.
fn newest(given: &Given) -> Result<u64, Stop> {
    let mut says = Vec::new();
    for table in [Table::Blocks, Table::Evidence, Table::Headers, Table::Results] {
        let last = given.rows(table)?.last().map_err(Stop::given)?;
        says.push(last.and_then(|(key, _)| numbers(&key)).map_or(0, |[height]| height));
    }
    let tip = given.rows(Table::Meta)?.get(meta::TIP).map_err(Stop::given)?;
    let tip: Option<TipRow> = tip.and_then(|bytes| decode(&bytes, &PROOF).ok());
    says.push(tip.map_or(0, |tip| tip.height.0));
    // Every block writes this value of the state.
    let headers = given.rows(Table::State)?.get(Address::Headers.key().as_ref()).map_err(Stop::given)?;
    says.push(headers.as_deref().and_then(first_number).unwrap_or_default());
    says.sort_unstable_by(|a, b| b.cmp(a));
    Ok(says.get(1).copied().unwrap_or_default())
}

/// What executing the block of a height gives, or what is wrong with the block or its evidence.
fn commit(
    given: &Given,
    engine: &Engine,
    fresh: &Snapshot,
    height: u64,
    now: Timestamp,
) -> Result<Result<Commit, Found>, Stop> {
    let key = height_key(Height(height));
    let row = |table| given.rows(table)?.get(&key).map_err(Stop::given);
    let missing = |table| Ok(Err(Found::row(table, height, &key, How::Missing)));
    let Some(block) = row(Table::Blocks)? else { return missing(Table::Blocks) };
    let Some(evidence) = row(Table::Evidence)? else { return missing(Table::Evidence) };
    let because = |table, why: &str| Ok(Err(Found::because(table, height, &key, why)));
    let evidence: Evidence = match decode(&evidence, &PROOF) {
        Ok(evidence) => evidence,
        Err(error) => return because(Table::Evidence, &error.to_string()),
    };
    match engine.accept((fresh, fresh), &fresh.tip(), &block, &evidence, now) {
        Ok(commit) => Ok(Ok(commit)),
        Err(EngineError::Read(ReadError::Store(error))) => Err(Stop::Own(error)),
        Err(EngineError::Fault(
            fault @ (EngineFault::NotCertified { .. } | EngineFault::OtherFinality { .. }),
        )) => {
            let header = row(Table::Headers)?;
            let header: Option<AppRoot> = header.and_then(|bytes| decode(&bytes, &PROOF).ok());
            let table = blame(&block, header.as_ref());
            because(table, &fault.to_string())
        }
        // Evidence that is no evidence at all.
        Err(error) if Authority::read(&evidence).is_err() => because(Table::Evidence, &shown(&error)),
        Err(error) => because(Table::Blocks, &shown(&error)),
    }
}

fn shown(error: &EngineError<StoreError>) -> String {
    error.to_string()
}

/// Block and evidence don't fit: which of them is not what was written? The header that is stored beside them tells.
fn blame(block: &[u8], header: Option<&AppRoot>) -> Table {
    let (Ok(block), Some(header)) = (Block::decode(block), header) else { return Table::Blocks };
    let body = block.body();
    let is_its_block = body.height == header.height
        && body.time == header.time
        && body.previous == header.previous
        && transactions_log(&body.transactions).root().0 == header.transactions_root.0;
    if is_its_block { Table::Evidence } else { Table::Blocks }
}
