//! A reader's side of an export.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::ToString;
use alloc::vec::Vec;

use medledger_core::crypto::{VerifyingKey, verify};
use medledger_core::hash::{ChainId, Did, KeyId};
use medledger_core::identity::KeyEntry;
use medledger_core::light::{Anchored, LightError, LightFault, Verifier};
use medledger_core::merkle::{Log, Peaks};
use medledger_core::operation::Transaction;
use medledger_core::record::{Commitments, TimelineEntry};
use medledger_core::state::{Address, Event, LogEntry, LogKind, LogLeaf, ProvenState, Recorder, read};

use super::{Export, ExportFault, KINDS, ProvenExport, behind, concerns_alone, gather, name};
use crate::access_log::sessions;
use crate::proof::ProofError;

impl Export {
    /// Checks an export: the header's evidence, each log to its end, each batch, each sealed record, each transaction, consents and heads of
    /// session logs, in this order.
    ///
    /// # Errors
    /// [`ProofError`] with the first thing that does not hold.
    pub fn check(&self, verifier: &Verifier) -> Result<ProvenExport, ProofError> {
        let anchored =
            verifier.header(&self.header.header, &self.header.evidence).map_err(ProofError::Light)?;
        let state = self.state.verify(&anchored.header.state_root).map_err(LightError::from)?;
        for kind in KINDS {
            let head: Peaks = read(&state, &Address::Log(self.subject, kind))
                .map_err(|_| LightError::from(LightFault::WrongKeys))?
                .unwrap_or_default();
            check_log(self.subject, kind, &head, self.logs.of(kind))?;
        }
        self.check_batches()?;
        super::sealed::check(self, verifier.chain())?;
        let transactions = self.decode_transactions(verifier.chain())?;
        self.gathered(&state, anchored, &transactions)
    }

    fn gathered(
        &self,
        state: &ProvenState,
        anchored: Anchored,
        transactions: &[Transaction],
    ) -> Result<ProvenExport, ProofError> {
        let signers: BTreeSet<KeyId> = transactions.iter().map(|transaction| transaction.body.key).collect();
        let recorder = Recorder::new(state);
        let gathered = gather(&recorder, self.subject, &self.logs, &signers);
        let wrong = LightError::from(LightFault::WrongKeys);
        let gathered = gathered.map_err(|_| wrong.clone())?;
        if recorder.keys().len() != state.len() {
            return Err(wrong.into());
        }
        check_signatures(transactions, &gathered.keys)?;
        let leaves = |kind| self.logs.of(kind).iter().map(|event| event.leaf.clone()).collect();
        let access: Vec<LogLeaf> = leaves(LogKind::Access);
        Ok(ProvenExport {
            subject: self.subject,
            anchored,
            timeline: leaves(LogKind::Timeline),
            sessions: sessions(&access),
            access,
            authority: leaves(LogKind::Authority),
            consents: gathered.consents,
            active: gathered.active,
            heads: gathered.session_logs,
            not_handed_over: self.not_handed_over(),
            records: self.logs.timeline.iter().map(records).fold(0, u64::saturating_add),
            transactions: u64::try_from(transactions.len()).unwrap_or(u64::MAX),
        })
    }

    fn check_batches(&self) -> Result<(), ExportFault> {
        let mut given = self.batches.iter();
        for event in &self.logs.timeline {
            let LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { batch, root, count, .. } } =
                event.leaf.entry
            else {
                continue;
            };
            let own = given.next().ok_or(ExportFault::BatchMissing { batch })?;
            if own.batch != batch {
                let known = self.batches.iter().any(|other| other.batch == batch);
                return Err(match known {
                    true => ExportFault::BatchSurplus { batch: own.batch },
                    false => ExportFault::BatchMissing { batch },
                });
            }
            let Some(commitments) = &own.commitments else { continue };
            let altered = ExportFault::BatchAltered { batch };
            let leaves = commitments.iter().map(Commitments::leaf).collect::<Result<Vec<_>, _>>();
            let log = Log::from_data(&leaves.map_err(|_| altered.clone())?);
            if log.size() != count || log.root() != root {
                return Err(altered);
            }
        }
        match given.next() {
            Some(surplus) => Err(ExportFault::BatchSurplus { batch: surplus.batch }),
            None => Ok(()),
        }
    }

    /// The transactions, each behind an entry; none of those that must be there is missing.
    fn decode_transactions(&self, chain: &ChainId) -> Result<Vec<Transaction>, ExportFault> {
        let opened = self.logs.opened();
        let mut decoded = Vec::new();
        for (place, bytes) in (0_u64..).zip(&self.transactions) {
            let altered = |error: medledger_core::operation::TransactionError| {
                ExportFault::TransactionAltered { place, why: error.to_string() }
            };
            decoded.push(Transaction::decode(bytes, chain).map_err(altered)?);
        }
        let mut given = decoded.iter().peekable();
        for (tx, required) in behind(&self.logs) {
            match given.next_if(|transaction| transaction.id == tx) {
                Some(transaction) if !concerns_alone(&transaction.body.operation, self.subject, &opened) => {
                    return Err(ExportFault::ConcernsOthers { tx });
                }
                None if required => {
                    let later = decoded.iter().any(|transaction| transaction.id == tx);
                    return Err(match given.next().filter(|_| later) {
                        Some(surplus) => ExportFault::TransactionSurplus { tx: surplus.id },
                        None => ExportFault::TransactionMissing { tx },
                    });
                }
                _ => {}
            }
        }
        match given.next() {
            Some(surplus) => Err(ExportFault::TransactionSurplus { tx: surplus.id }),
            None => Ok(decoded),
        }
    }
}

/// A transaction's id covers all of it but its signature.
fn check_signatures(
    transactions: &[Transaction],
    keys: &BTreeMap<KeyId, KeyEntry>,
) -> Result<(), ExportFault> {
    for (place, transaction) in (0_u64..).zip(transactions) {
        let altered = |why: alloc::string::String| ExportFault::TransactionAltered { place, why };
        let entry = keys.get(&transaction.body.key).ok_or_else(|| altered("its key is not known".into()))?;
        let key =
            VerifyingKey::from_public(&entry.keys.signing).map_err(|error| altered(error.to_string()))?;
        verify(&key, &transaction.signed, &transaction.signature)
            .map_err(|error| altered(error.to_string()))?;
    }
    Ok(())
}

/// That these are all entries of a log, each in its place.
fn check_log(subject: Did, kind: LogKind, head: &Peaks, events: &[Event]) -> Result<(), ProofError> {
    let log = name(kind);
    let mut peaks = Peaks::default();
    let altered = LightError::from(LightFault::LogAltered { subject });
    for (position, event) in (0_u64..).zip(events) {
        if event.subject != subject {
            return Err(ExportFault::Swapped { log, position }.into());
        }
        if event.leaf.entry.kind() != kind {
            return Err(LightError::from(LightFault::WrongLog { position }).into());
        }
        let position_of = |event: &Event| event.position;
        if event.position < position {
            let position = event.position;
            let twice = events.iter().filter(|other| *other == event).count() > 1;
            return Err(match twice {
                true => ExportFault::Doubled { log, position }.into(),
                false => ExportFault::Reordered { log, position }.into(),
            });
        }
        if event.position > position {
            return Err(match events.iter().map(position_of).any(|at| at == position) {
                true => ExportFault::Reordered { log, position }.into(),
                false => ExportFault::Dropped { log, position }.into(),
            });
        }
        peaks.append(&event.leaf.data()?).map_err(|_| altered.clone())?;
    }
    let (actual, expected) = (peaks.size, head.size);
    if actual < expected {
        return Err(ExportFault::Truncated { log, actual, expected }.into());
    }
    if actual > expected {
        return Err(LightError::from(LightFault::WrongCount { actual, expected }).into());
    }
    if peaks.root() == head.root() { Ok(()) } else { Err(altered.into()) }
}

/// How many records an entry of a timeline brings.
const fn records(event: &Event) -> u64 {
    match event.leaf.entry {
        LogEntry::Timeline { entry: TimelineEntry::Anchored { .. } } => 1,
        LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { count, .. } } => count,
        _ => 0,
    }
}
