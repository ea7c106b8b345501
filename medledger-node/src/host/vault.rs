//! The sealed records that this host holds: opened with secrets that the caller brings, wrapped anew, destroyed.

use medledger_core::hash::{Did, RecordId};
use medledger_core::record::{BatchState, Commitments, RecordState, TimelineEntry, batch_record_id};
use medledger_core::state::{Address, LogEntry, LogKind, LogLeaf, read};
use medledger_core::units::{Height, Timestamp};
use medledger_sdk::agreement::AgreementSecret;
use medledger_sdk::export::ExportedRecord;
use medledger_sdk::seal::{Destroyed, Kept, OpenedRecord, SealError, wrap};
use rand_core::CryptoRng;

use super::{BatchPlace, EventPlace, Host};
use crate::NodeError;
use crate::store::keeping::encoded;
use crate::store::rows::VaultRow;
use crate::store::snapshot::event;
use crate::store::table::record_key;
use crate::store::{Snapshot, StoreError};

/// What came of opening every sealed record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenedAll {
    /// How many opened to what was anchored.
    pub opened: u64,
    /// How many were destroyed.
    pub destroyed: u64,
    /// How many are wrapped to none of the secrets.
    pub for_others: u64,
}

/// A record that is not what was anchored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unopened {
    /// Which.
    pub record: RecordId,
    /// The height at which it was anchored.
    pub height: Height,
    /// Why it does not open.
    pub error: SealError,
}

impl Host {
    /// Opens a record in its newest version held, with whichever of these secrets its key is wrapped to. What it opens to is
    /// what was committed to; `None` for a record that is not held.
    ///
    /// # Errors
    /// [`NodeError::Store`], [`NodeError::Seal`].
    pub fn open_record(
        &self,
        record: &RecordId,
        secrets: &[AgreementSecret],
    ) -> Result<Option<OpenedRecord>, NodeError> {
        let snapshot = self.store.snapshot()?;
        let Some((_, row)) = snapshot.vault(record)? else { return Ok(None) };
        let commitments = anchored(&snapshot, &row)?;
        Ok(Some(row.kept.open(secrets, &snapshot.tip().chain, &commitments)?))
    }

    /// Opens every version of every record that is held and wrapped to one of these secrets; the inner error is the first
    /// that is not what was anchored.
    ///
    /// # Errors
    /// [`NodeError::Store`].
    pub fn open_all(&self, secrets: &[AgreementSecret]) -> Result<Result<OpenedAll, Unopened>, NodeError> {
        let snapshot = self.store.snapshot()?;
        let chain = snapshot.tip().chain;
        let mut all = OpenedAll::default();
        let mut from = Vec::new();
        while let Some((key, row)) = snapshot.vault_from(&from)? {
            from = [key.as_slice(), &[0]].concat();
            let commitments = anchored(&snapshot, &row)?;
            match row.kept.open(secrets, &chain, &commitments) {
                Ok(_) => all.opened = all.opened.saturating_add(1),
                Err(SealError::Destroyed { .. }) => all.destroyed = all.destroyed.saturating_add(1),
                Err(SealError::NoWrap) => all.for_others = all.for_others.saturating_add(1),
                Err(error) => {
                    let record = key.first_chunk().copied().map(RecordId);
                    let record =
                        record.ok_or_else(|| StoreError::damaged("a key of the vault", "too short"))?;
                    return Ok(Err(Unopened { record, height: row.height, error }));
                }
            }
        }
        Ok(Ok(all))
    }

    /// Wraps the key of a record, in every version held, to just the live devices of its subject and its custodian: after
    /// a device was added, revoked, or all were replaced. Gives how many versions there are.
    ///
    /// # Errors
    /// [`NodeError::Seal`] where none of these secrets opens it or it was destroyed; nothing is changed then.
    pub fn rewrap(
        &self,
        record: &RecordId,
        secrets: &[AgreementSecret],
        rng: &mut impl CryptoRng,
    ) -> Result<u64, NodeError> {
        let snapshot = self.store.snapshot()?;
        let chain = snapshot.tip().chain;
        let mut rows = Vec::new();
        for (key, row) in snapshot.vault_versions(record)? {
            let (subject, custodian) = parties(&snapshot, record, &row)?;
            let mut sealed = row.kept.sealed()?.clone();
            let own = sealed.key(secrets, &chain)?;
            let mut to = wrap::recipients(&snapshot, &subject)?;
            to.extend(wrap::recipients(&snapshot, &custodian)?);
            sealed.wrap_to(&own, &chain, &to, rng)?;
            rows.push((key, row.with(Kept::Sealed { record: sealed })?));
        }
        if rows.is_empty() {
            return Err(StoreError::NotHeld { record: *record }.into());
        }
        self.store.replace_vault(&rows)?;
        Ok(u64::try_from(rows.len()).unwrap_or(u64::MAX))
    }

    /// Destroys what this host holds of a record: key, salts, every wrap and the container of every version, in one
    /// transaction of the store, and then the file that remembers them. Gives the statement of each version, also for those
    /// that were destroyed before.
    ///
    /// What else may remember them is not in reach: backups, snapshots of the file system, blocks that a flash disk has
    /// put elsewhere. Wraps alone open nothing to whoever has none of the recipients' secrets.
    ///
    /// # Errors
    /// [`StoreError::NotHeld`], [`NodeError::Store`], [`NodeError::Seal`].
    pub fn destroy(self, record: &RecordId, at: Timestamp) -> Result<(Self, Vec<Destroyed>), NodeError> {
        let (mut rows, mut statements) = (Vec::new(), Vec::new());
        for (key, row) in self.store.snapshot()?.vault_versions(record)? {
            let statement = match row.kept.clone() {
                Kept::Sealed { record } => {
                    let statement = record.destroy(at)?;
                    rows.push((key, row.with(Kept::Destroyed { statement: statement.clone() })?));
                    statement
                }
                Kept::Destroyed { statement } => statement,
            };
            statements.push(statement);
        }
        if statements.is_empty() {
            return Err(StoreError::NotHeld { record: *record }.into());
        }
        if !rows.is_empty() {
            self.store.replace_vault(&rows)?;
        }
        let Self { store, engine, genesis, producing } = self;
        Ok((Self { store: store.renew()?, engine, genesis, producing }, statements))
    }
}

/// The sealed records of a patient that this host holds, each version with the wraps of the patient's own devices alone, in
/// the order of the timeline.
pub(super) fn exported(snapshot: &Snapshot, subject: &Did) -> Result<Vec<ExportedRecord>, NodeError> {
    let own = wrap::recipients(snapshot, subject)?;
    let mut records = Vec::new();
    for (_, leaf) in snapshot.log(subject, LogKind::Timeline)? {
        for (record, version) in versions(snapshot, &leaf)? {
            let key = record_key(&record, version);
            let rows = snapshot.vault_versions(&record)?;
            let Some((_, row)) = rows.into_iter().find(|(of, _)| *of == key) else { continue };
            let mut kept = row.kept;
            if let Kept::Sealed { record } = &mut kept {
                record.wraps.retain(|wrap| own.contains(&wrap.to));
            }
            records.push(ExportedRecord::new(record, version, encoded(&kept)?));
        }
    }
    Ok(records)
}

/// What the ledger holds of a row's record.
fn anchored(snapshot: &Snapshot, row: &VaultRow) -> Result<Commitments, StoreError> {
    let missing = || StoreError::damaged("a sealed record", "the ledger has no such record");
    if let Some(BatchPlace { batch, index }) = row.batch {
        return snapshot.member(&batch, index)?.ok_or_else(missing);
    }
    let at = EventPlace { height: row.height, index: row.index, place: row.place };
    let results = snapshot.results(row.height)?.ok_or_else(missing)?;
    match event(&results, at).map(|leaf| &leaf.entry) {
        Some(LogEntry::Timeline {
            entry: TimelineEntry::Anchored { commitments, .. } | TimelineEntry::Amended { commitments, .. },
        }) => Ok(*commitments),
        _ => Err(missing()),
    }
}

/// Whose a row's record is, and who keeps it.
fn parties(snapshot: &Snapshot, record: &RecordId, row: &VaultRow) -> Result<(Did, Did), NodeError> {
    let missing = || StoreError::damaged("a sealed record", "the ledger has no such record");
    if let Some(BatchPlace { batch, .. }) = row.batch {
        let batch: Option<BatchState> = read(snapshot, &Address::Batch(batch))?;
        return Ok(batch.map(|batch| (batch.subject, batch.custodian)).ok_or_else(missing)?);
    }
    let record: Option<RecordState> = read(snapshot, &Address::Record(*record))?;
    Ok(record.map(|record| (record.subject, record.custodian)).ok_or_else(missing)?)
}

/// The versions of records that an entry of a timeline is about; of a batch those that are held, since its count is only
/// what its custodian said.
fn versions(snapshot: &Snapshot, leaf: &LogLeaf) -> Result<Vec<(RecordId, u64)>, StoreError> {
    Ok(match &leaf.entry {
        LogEntry::Timeline { entry: TimelineEntry::Anchored { record, .. } } => vec![(*record, 1)],
        LogEntry::Timeline { entry: TimelineEntry::Amended { record, version, .. } } => {
            vec![(*record, *version)]
        }
        LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { batch, .. } } => {
            let held = (0_u64..).zip(snapshot.members(batch)?);
            held.map(|(index, _)| (batch_record_id(batch, index), 1)).collect()
        }
        _ => Vec::new(),
    })
}
