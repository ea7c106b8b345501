//! What this host holds of records, against what the ledger has of them.

use medledger_core::codec::decode;
use medledger_core::hash::{ChainId, Digest32, LogRoot, RecordId};
use medledger_core::light::KeptResults;
use medledger_core::limits::GENESIS;
use medledger_core::merkle::Peaks;
use medledger_core::record::{Commitments, batch_record_id};
use medledger_core::units::Height;

use super::fault::{Found, How};
use super::given::Given;
use super::replay::Replay;
use super::{Checked, Counter, Stop};
use crate::store::keeping::{Anchored, anchored};
use crate::store::reader::{Row, Rows};
use crate::store::rows::{BatchPlace, VaultRow};
use crate::store::snapshot::{Snapshot, vault_row};
use crate::store::table::{Table, meta, number, numbers, pair, record_key};

/// Checks every row that keeps a sealed record, and that none is missing.
pub(super) fn check(
    given: &Given,
    replay: &Replay,
    counter: &mut Counter<'_>,
    checked: &mut Checked,
) -> Result<(), Stop> {
    let mut held = Held {
        vault: given.rows(Table::Vault)?,
        members: given.rows(Table::Members)?,
        holdings: given.rows(Table::Holdings)?,
        should: replay.snapshot()?,
        replay,
        counter,
        checked,
        records: 0,
        chain: replay.snapshot()?.tip().chain,
        in_batches: 0,
        last: None,
    };
    held.transactions()?;
    if replay.stopped.is_some() {
        return Ok(());
    }
    if held.vault.len().map_err(Stop::given)? != held.records {
        held.surplus_records()?;
    }
    if held.members.len().map_err(Stop::given)? != held.in_batches {
        held.surplus_members()?;
    }
    let noted = given.rows(Table::Meta)?.get(meta::HELD).map_err(Stop::given)?;
    if noted.as_deref() != Some(number(held.records).as_slice()) {
        let how = if noted.is_some() { How::Altered } else { How::Missing };
        // It counts what the notes say: one of those that is missing shows here too.
        held.checked
            .add(Found { rank: Table::Holdings, ..Found::row(Table::Meta, replay.newest, meta::HELD, how) });
    }
    Ok(())
}

struct Held<'a, 'p> {
    vault: Rows,
    members: Rows,
    holdings: Rows,
    /// The ledger as it should be.
    should: Snapshot,
    replay: &'a Replay,
    counter: &'a mut Counter<'p>,
    checked: &'a mut Checked,
    /// Rows that the vault should have.
    records: u64,
    chain: ChainId,
    /// Rows that there should be of batches.
    in_batches: u64,
    /// The results read last: neighbours ask for the same ones.
    last: Option<(u64, KeptResults)>,
}

impl Held<'_, '_> {
    /// What a transaction anchors, by the ledger as it should be.
    fn anchors(&mut self, height: u64, index: u64) -> Result<Vec<Anchored>, Stop> {
        if self.last.as_ref().is_none_or(|(of, _)| *of != height) {
            let results = self.should.results(Height(height)).map_err(Stop::Own)?;
            self.last = results.map(|results| (height, results));
        }
        let results = self.last.as_ref().filter(|(of, _)| *of == height).map(|(_, results)| results);
        let index = usize::try_from(index).ok();
        let result = results.zip(index).and_then(|(results, index)| results.results.get(index));
        Ok(result.map(anchored).unwrap_or_default())
    }

    fn transactions(&mut self) -> Result<(), Stop> {
        let mut from = Vec::new();
        // One at a time: what is checked for each is read from the same tables.
        while let Some((key, value)) = self.next_holding(&from)? {
            self.counter.step();
            from = key.clone();
            from.push(0);
            let Some([height, index]) = numbers(&key) else {
                self.checked.add(Found::row(Table::Holdings, self.replay.newest, &key, How::Added));
                continue;
            };
            if !self.replay.reaches(height) {
                continue;
            }
            let anchors = self.anchors(height, index)?;
            if anchors.is_empty() {
                let height = height.min(self.replay.newest);
                self.checked.add(Found::row(Table::Holdings, height, &key, How::Added));
                continue;
            }
            let count = anchors.iter().fold(0_u64, |sum, anchor| sum.saturating_add(anchor.count()));
            if numbers(&value) != Some([count]) {
                self.checked.add(Found::row(Table::Holdings, height, &key, How::Altered));
            }
            self.records = self.records.saturating_add(count);
            for anchor in anchors {
                match anchor {
                    Anchored::Single { place, record, version, commitments } => {
                        let expected = Expected { height, index, place, batch: None };
                        let found = self.sealed(&record, version, &expected)?;
                        if let Some(found) = found.filter(|found| *found != commitments) {
                            let why = format!("it is of {}", found.content);
                            let key = record_key(&record, version);
                            self.checked.add(Found::because(Table::Vault, height, &key, &why));
                        }
                    }
                    Anchored::Batch { place, batch, root, count } => {
                        self.in_batches = self.in_batches.saturating_add(count);
                        self.batch(&Expected { height, index, place, batch: None }, batch, root, count)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn next_holding(&self, from: &[u8]) -> Result<Option<Row>, Stop> {
        let mut rows = self.holdings.range(from, &[u8::MAX; 32]).map_err(Stop::given)?;
        rows.next().transpose().map_err(Stop::given)
    }

    /// What a sealed record is of. One that is missing, no whole one, or another event's, is at fault.
    fn sealed(
        &mut self,
        record: &RecordId,
        version: u64,
        expected: &Expected,
    ) -> Result<Option<Commitments>, Stop> {
        self.counter.step();
        let key = record_key(record, version);
        let Some(bytes) = self.vault.get(&key).map_err(Stop::given)? else {
            self.checked.add(Found::row(Table::Vault, expected.height, &key, How::Missing));
            return Ok(None);
        };
        let row = vault_row(&bytes).ok().filter(|row| expected.is(row));
        let commitments = row.and_then(|row| row.commitments(&self.chain));
        if commitments.is_none() {
            self.checked.add(Found::row(Table::Vault, expected.height, &key, How::Altered));
        }
        Ok(commitments)
    }

    fn batch(&mut self, of: &Expected, batch: RecordId, root: LogRoot, count: u64) -> Result<(), Stop> {
        let (mut by_members, mut by_records) = (Peaks::EMPTY, Peaks::EMPTY);
        let mut first = None;
        for index in 0..count {
            self.counter.step();
            let record = batch_record_id(&batch, index);
            let expected = Expected { batch: Some(BatchPlace { batch, index }), ..*of };
            let sealed = self.sealed(&record, 1, &expected)?;
            let key = record_key(&batch, index);
            let member = self.members.get(&key).map_err(Stop::given)?;
            if member.is_none() {
                self.checked.add(Found::row(Table::Members, of.height, &key, How::Missing));
            }
            let member: Option<Commitments> = member.and_then(|bytes| decode(&bytes, &GENESIS).ok());
            append(&mut by_members, member.as_ref());
            append(&mut by_records, sealed.as_ref());
            if member != sealed && first.is_none() {
                first = Some((index, sealed.is_some()));
            }
        }
        let (members, records) = (by_members.root() == root, by_records.root() == root);
        match first {
            // The one that leads to the root is as it was.
            Some((index, true)) if members => {
                let key = record_key(&batch_record_id(&batch, index), 1);
                self.checked.add(Found::row(Table::Vault, of.height, &key, How::Altered));
            }
            // A sealed record that is not there, or not one, has been named.
            Some((_, false)) if members => {}
            Some((index, _)) => {
                self.checked.add(Found::row(
                    Table::Members,
                    of.height,
                    &record_key(&batch, index),
                    How::Altered,
                ));
            }
            None if members && records => {}
            None => {
                self.checked.add(Found::row(Table::Members, of.height, &record_key(&batch, 0), How::Altered));
            }
        }
        Ok(())
    }

    /// Finds rows of the vault that no note accounts for.
    fn surplus_records(&mut self) -> Result<(), Stop> {
        let mut from = Vec::new();
        loop {
            let mut rows = self.vault.range(&from, &[u8::MAX; 48]).map_err(Stop::given)?;
            let Some((key, value)) = rows.next().transpose().map_err(Stop::given)? else { return Ok(()) };
            drop(rows);
            from = key.clone();
            from.push(0);
            let Ok(row) = vault_row(&value) else {
                self.checked.add(Found::row(Table::Vault, self.replay.newest, &key, How::Added));
                continue;
            };
            let (height, index) = (row.height.0, row.index);
            let anchors = self.anchors(height, index)?;
            if !anchors.iter().any(|anchor| accounts_for(anchor, &key, &row)) {
                let height = height.min(self.replay.newest);
                self.checked.add(Found::row(Table::Vault, height, &key, How::Added));
            } else if self.holdings.get(&pair(height, index)).map_err(Stop::given)?.is_none() {
                self.checked.add(Found::row(Table::Holdings, height, &pair(height, index), How::Missing));
            }
        }
    }

    /// Finds commitments of batches of which nothing is held.
    fn surplus_members(&mut self) -> Result<(), Stop> {
        for row in self.members.all().map_err(Stop::given)? {
            let (key, _) = row.map_err(Stop::given)?;
            let parsed =
                key.split_first_chunk::<32>().and_then(|(batch, index)| Some((*batch, numbers(index)?)));
            let sealed = match parsed {
                None => None,
                Some((batch, [index])) => {
                    let record = batch_record_id(&RecordId(batch), index);
                    self.vault.get(&record_key(&record, 1)).map_err(Stop::given)?
                }
            };
            if sealed.is_none() {
                self.checked.add(Found::row(Table::Members, self.replay.newest, &key, How::Added));
                break;
            }
        }
        Ok(())
    }
}

/// What a row of the vault should say of itself.
#[derive(Clone, Copy)]
struct Expected {
    height: u64,
    index: u64,
    place: u64,
    batch: Option<BatchPlace>,
}

impl Expected {
    fn is(&self, row: &VaultRow) -> bool {
        (row.height.0, row.index, row.place, row.batch) == (self.height, self.index, self.place, self.batch)
    }
}

fn accounts_for(anchor: &Anchored, key: &[u8], row: &VaultRow) -> bool {
    match *anchor {
        Anchored::Single { place, record, version, .. } => {
            row.place == place && row.batch.is_none() && key == record_key(&record, version)
        }
        Anchored::Batch { place, batch, count, .. } => row.batch.is_some_and(|at| {
            row.place == place
                && at.batch == batch
                && at.index < count
                && key == record_key(&batch_record_id(&batch, at.index), 1)
        }),
    }
}

/// Appends the leaf of a record; one that is missing makes another log.
fn append(log: &mut Peaks, commitments: Option<&Commitments>) {
    const NONE: Digest32 = [0; 32];
    let leaf = commitments.and_then(|commitments| commitments.leaf().ok()).unwrap_or(NONE);
    // A log of 2^64 leaves can't be reached.
    let _ = log.append(&leaf);
}
