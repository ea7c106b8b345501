//! All signatures of a block verified at once, beforehand.
//!
//! Whether a signature holds depends on key, message and signature alone, and a key's id is the hash of the key. So it
//! can be settled before the transactions run, in one batch; what the state says of the key is asked later, when each
//! runs. A key that the state does not have yet is left to be verified then.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::Overlay;
use super::places::Places;
use crate::crypto::{Batch, Claim, CryptoError, PublicKey, VerifyingKey};
use crate::error::ReadError;
use crate::hash::KeyId;
use crate::identity::{DeviceKeys, KeyEntry};
use crate::limits::DEVICE_KEYS;
use crate::operation::{Approval, Operation, Transaction, TransactionError};
use crate::state::{Address, StateRead, read_at};

/// The place of a signature in a block: the transaction, and the approval in it or the envelope itself.
type Place = (u64, Option<usize>);

/// Keys that one operation may bring along: all of an identity's.
const DISCLOSED_KEYS: u64 = DEVICE_KEYS.saturating_add(1);

/// Verdicts on signatures, by place.
pub(super) struct Verified {
    verdicts: BTreeMap<Place, Result<(), CryptoError>>,
    /// What the state says of keys that sign, before the block.
    entries: BTreeMap<KeyId, KeyEntry>,
}

/// What is known of a transaction before it runs. With nothing known, all of it is found out then.
#[derive(Default)]
pub(super) struct Known {
    /// The verdict on its signature, where it was verified, under the same key: a key's id is the hash of the key, so the
    /// verdict depends on the transaction alone.
    pub(super) verdict: Option<Result<(), CryptoError>>,
    /// What the state says of the key, unless that has changed since.
    pub(super) entry: Option<KeyEntry>,
}

impl Verified {
    /// Verifies every signature whose key the state or the transaction itself has.
    pub(super) fn in_advance<S: StateRead>(
        state: &S,
        transactions: &[Result<Transaction, TransactionError>],
        places: &[Option<Places>],
    ) -> Result<Self, ReadError<S::Error>> {
        let mut keys: BTreeMap<KeyId, Option<Result<VerifyingKey, CryptoError>>> = BTreeMap::new();
        let mut entries = BTreeMap::new();
        let mut signatures = Vec::new();
        let mut batch = Batch::new();
        for (index, (transaction, places)) in (0_u64..).zip(transactions.iter().zip(places)) {
            let (Ok(transaction), Some(places)) = (transaction, places) else { continue };
            let body = &transaction.body;
            let disclosed = disclosed_keys(&body.operation);
            // More approvals than anything asks for, or more keys than an identity has: left to be refused.
            let most = disclosed.len().saturating_add(1);
            let sound = u64::try_from(disclosed.len()).is_ok_and(|keys| keys <= DISCLOSED_KEYS);
            let disclosed: BTreeMap<KeyId, &PublicKey> =
                disclosed.into_iter().filter(|_| sound).map(|key| (key.id(), key)).collect();
            let mut take = |place, id: KeyId, message: &[u8], signature| -> Result<(), ReadError<S::Error>> {
                let own = disclosed.get(&id);
                let key = match keys.get(&id) {
                    Some(key) => key,
                    None => {
                        let public = match own {
                            Some(key) => Some(**key),
                            None => {
                                let at = if id == body.key { places.key } else { Address::Key(id).key() };
                                let entry: Option<KeyEntry> = read_at(state, &at)?;
                                let public = entry.as_ref().map(|entry| entry.keys.signing);
                                entries.extend(entry.map(|entry| (id, entry)));
                                public
                            }
                        };
                        keys.entry(id).or_insert(public.map(|public| VerifyingKey::from_public(&public)))
                    }
                };
                match key {
                    Some(Ok(key)) => batch.push_claim(Claim::new(key, message, signature)),
                    Some(Err(error)) => batch.push_claim(Err(error.clone())),
                    None => {
                        // Another transaction of this block may disclose it: don't remember that it is unknown.
                        keys.remove(&id);
                        return Ok(());
                    }
                }
                signatures.push(place);
                Ok(())
            };
            take((index, None), body.key, &transaction.signed, &transaction.signature)?;
            if transaction.approvals.is_empty() || transaction.approvals.len() > most || !sound {
                continue;
            }
            let Ok(hash) = body.hash() else { continue };
            for (place, approval) in transaction.approvals.iter().enumerate() {
                let message = Approval::to_be_signed(&approval.key, &body.chain, &hash);
                take((index, Some(place)), approval.key, &message, &approval.signature)?;
            }
        }
        let mut verdicts: BTreeMap<Place, _> = signatures.iter().map(|place| (*place, Ok(()))).collect();
        for (position, error) in batch.culprits() {
            if let Some(place) = signatures.get(position) {
                verdicts.insert(*place, Err(error));
            }
        }
        Ok(Self { verdicts, entries })
    }

    /// What is known of a transaction, with the changes of those before it in the overlay.
    pub(super) fn known<S: StateRead>(
        &self,
        index: u64,
        transaction: &Transaction,
        places: &Places,
        overlay: &Overlay<'_, S>,
    ) -> Known {
        let entry = self.entries.get(&transaction.body.key).filter(|_| !overlay.has_changed(&places.key));
        Known { verdict: self.envelope(index), entry: entry.cloned() }
    }

    /// The verdict on a transaction's own signature.
    pub(super) fn envelope(&self, index: u64) -> Option<Result<(), CryptoError>> {
        self.verdicts.get(&(index, None)).cloned()
    }

    /// The verdict on one of its approvals.
    pub(super) fn approval(&self, index: u64, place: usize) -> Option<Result<(), CryptoError>> {
        self.verdicts.get(&(index, Some(place))).cloned()
    }
}

/// The keys that an operation brings along.
pub(super) fn disclosed_keys(operation: &Operation) -> Vec<&PublicKey> {
    fn signing(devices: &[DeviceKeys]) -> impl Iterator<Item = &PublicKey> {
        devices.iter().map(|device| &device.signing)
    }
    match operation {
        Operation::Incept { inception } => {
            signing(&inception.devices).chain([&inception.controller]).collect()
        }
        Operation::AddDevice { device } => Vec::from([&device.signing]),
        Operation::Rotate { rotation } => signing(&rotation.add).chain([&rotation.controller]).collect(),
        Operation::RevokeDevice { .. }
        | Operation::Deactivate
        | Operation::Anchor { .. }
        | Operation::AnchorBatch { .. }
        | Operation::Amend { .. }
        | Operation::EnterInError { .. }
        | Operation::IssueCredential { .. }
        | Operation::RevokeCredential { .. }
        | Operation::GrantConsent { .. }
        | Operation::AmendConsent { .. }
        | Operation::RevokeConsent { .. }
        | Operation::OpenSession { .. }
        | Operation::AnchorLogs { .. } => Vec::new(),
    }
}
