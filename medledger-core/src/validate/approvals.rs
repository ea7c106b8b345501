//! Who else must agree, and did.

use alloc::vec::Vec;

use super::{Overlay, Refusal, Run, Stop};
use crate::crypto::{PublicKey, VerifyingKey, verify};
use crate::hash::Did;
use crate::identity::{Control, IdentityError, KeyEntry, KeyRole, KeyStatus, Status};
use crate::operation::{Approval, OperationError};
use crate::state::{Address, StateRead, read};

impl Run<'_> {
    /// Checks that these keys approved, and a live device key of each of these identities, and nobody else.
    pub(super) fn check_approvals<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        keys: &[&PublicKey],
        identities: &[Did],
    ) -> Result<(), Stop<S::Error>> {
        let transaction = self.transaction;
        let mut waiting: Vec<&PublicKey> = keys.to_vec();
        let mut absent: Vec<Did> = identities.to_vec();
        for (place, approval) in transaction.approvals.iter().enumerate() {
            let public = if let Some(at) = waiting.iter().position(|key| key.id() == approval.key) {
                *waiting.swap_remove(at)
            } else {
                let stranger = OperationError::ApprovalByStranger { key: approval.key };
                let entry: Option<KeyEntry> = read(overlay, &Address::Key(approval.key))?;
                let entry = entry
                    .filter(|entry| entry.role == KeyRole::Device && entry.status == KeyStatus::Live)
                    .ok_or(stranger.clone())?;
                let at = absent.iter().position(|did| *did == entry.did).ok_or(stranger)?;
                absent.swap_remove(at);
                entry.keys.signing
            };
            let verdict = match self.verified.approval(self.index, place) {
                Some(verdict) => verdict,
                None => {
                    let hash = transaction.body.hash()?;
                    let message = Approval::to_be_signed(&approval.key, &self.cx.chain, &hash);
                    VerifyingKey::from_public(&public)
                        .and_then(|key| verify(&key, &message, &approval.signature))
                }
            };
            verdict.map_err(|_| OperationError::ApprovalInvalid { key: approval.key })?;
        }
        // By id, so that the first one missing is the same wherever this runs.
        if let Some(key) = waiting.iter().map(|key| key.id()).min() {
            return Err(OperationError::ApprovalMissing { key }.into());
        }
        if let Some(did) = absent.into_iter().min() {
            return Err(OperationError::IdentityApprovalMissing { did }.into());
        }
        Ok(())
    }
}

/// An identity that an operation names: known and active.
pub(super) fn active<S: StateRead>(overlay: &Overlay<'_, S>, did: Did) -> Result<Control, Stop<S::Error>> {
    let control: Option<Control> = read(overlay, &Address::Identity(did))?;
    let control = control.ok_or_else(|| Refusal::from(IdentityError::UnknownIdentity { did }))?;
    match control.status {
        Status::Active => Ok(control),
        Status::Deactivated => Err(IdentityError::Deactivated { did }.into()),
    }
}
