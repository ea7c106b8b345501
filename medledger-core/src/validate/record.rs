//! What the operations on records do.

use super::approvals::active;
use super::authenticate::{Signer, Via};
use super::outcome::Effects;
use super::{Overlay, Refusal, Run, Stop};
use crate::hash::{Did, RecordId};
use crate::identity::Kind;
use crate::record::{
    Amendment, Anchor, BatchAnchor, BatchState, RecordError, RecordRef, RecordState, Retraction,
    TimelineEntry, batch_record_id, record_id,
};
use crate::state::{Address, LogEntry, StateRead, read};

impl Run<'_> {
    pub(super) fn anchor<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
        anchor: &Anchor,
    ) -> Result<Effects, Stop<S::Error>> {
        self.require(signer, Via::Device)?;
        patient(overlay, signer, anchor.subject)?;
        self.custodian_agrees(overlay, signer, anchor.custodian)?;
        let record = record_id(&self.transaction.id, 0);
        let mut effects = Effects::default();
        effects.put(&Address::Record(record), &RecordState::anchored(record, anchor)?)?;
        let Anchor { subject, custodian, commitments } = *anchor;
        let entry = TimelineEntry::Anchored { record, custodian, commitments };
        effects.entries.push((subject, LogEntry::Timeline { entry }));
        Ok(effects)
    }

    pub(super) fn anchor_batch<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
        batch: &BatchAnchor,
    ) -> Result<Effects, Stop<S::Error>> {
        self.require(signer, Via::Device)?;
        batch.check()?;
        for entry in &batch.entries {
            patient(overlay, signer, entry.subject)?;
        }
        let custodian = batch.custodian;
        self.custodian_agrees(overlay, signer, custodian)?;
        let mut effects = Effects::default();
        for (index, entry) in (0_u64..).zip(&batch.entries) {
            let id = record_id(&self.transaction.id, index);
            let (subject, root, count) = (entry.subject, entry.root, entry.count);
            effects.put(&Address::Batch(id), &BatchState { subject, custodian, root, count })?;
            let entry = TimelineEntry::BatchAnchored { batch: id, custodian, root, count };
            effects.entries.push((subject, LogEntry::Timeline { entry }));
        }
        Ok(effects)
    }

    pub(super) fn amend<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
        amendment: &Amendment,
    ) -> Result<Effects, Stop<S::Error>> {
        self.require(signer, Via::Device)?;
        let (record, state) = resolve(overlay, &amendment.record)?;
        self.custodian_agrees(overlay, signer, state.custodian)?;
        let next = state.amended(record, amendment)?;
        let entry = TimelineEntry::Amended {
            record,
            version: next.version,
            replaces: amendment.replaces,
            commitments: amendment.commitments,
        };
        let mut effects = Effects::default();
        effects.put(&Address::Record(record), &next)?;
        effects.entries.push((state.subject, LogEntry::Timeline { entry }));
        Ok(effects)
    }

    pub(super) fn enter_in_error<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
        retraction: &Retraction,
    ) -> Result<Effects, Stop<S::Error>> {
        self.require(signer, Via::Device)?;
        let (record, state) = resolve(overlay, &retraction.record)?;
        self.custodian_agrees(overlay, signer, state.custodian)?;
        let mut effects = Effects::default();
        effects.put(&Address::Record(record), &state.retracted(record)?)?;
        let entry = TimelineEntry::EnteredInError { record };
        effects.entries.push((state.subject, LogEntry::Timeline { entry }));
        Ok(effects)
    }

    /// That the custodian signed, or is active and approved with one of its device keys.
    fn custodian_agrees<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
        custodian: Did,
    ) -> Result<(), Stop<S::Error>> {
        if custodian == signer.did {
            return self.check_approvals(overlay, &[], &[]);
        }
        active(overlay, custodian)?;
        self.check_approvals(overlay, &[], &[custodian])
    }
}

/// That a subject is an active patient.
fn patient<S: StateRead>(overlay: &Overlay<'_, S>, signer: &Signer, did: Did) -> Result<(), Stop<S::Error>> {
    // The signer was read when the transaction was authenticated, and is active.
    let kind = if did == signer.did { signer.control.kind } else { active(overlay, did)?.kind };
    match kind {
        Kind::Patient => Ok(()),
        Kind::Practitioner | Kind::Organisation | Kind::Device => {
            Err(RecordError::SubjectNotPatient { did }.into())
        }
    }
}

/// The record that is meant, as it stands.
fn resolve<S: StateRead>(
    overlay: &Overlay<'_, S>,
    record: &RecordRef,
) -> Result<(RecordId, RecordState), Stop<S::Error>> {
    match record {
        RecordRef::Known { record } => {
            let state: Option<RecordState> = read(overlay, &Address::Record(*record))?;
            let unknown = Refusal::from(RecordError::UnknownRecord { record: *record });
            Ok((*record, state.ok_or(unknown)?))
        }
        RecordRef::InBatch { batch, index, commitments, path } => {
            let id = batch_record_id(batch, *index);
            if let Some(state) = read(overlay, &Address::Record(id))? {
                return Ok((id, state));
            }
            let entry: Option<BatchState> = read(overlay, &Address::Batch(*batch))?;
            let entry = entry.ok_or(Refusal::from(RecordError::UnknownRecord { record: *batch }))?;
            Ok(entry.first_version(*batch, *index, commitments, path)?)
        }
    }
}
