//! Who signs what, and until when. Keys in memory sign here in one step; a key held elsewhere signs the bytes that
//! [`Draft::to_sign`] and [`Draft::approval`] give.

use medledger_core::crypto::SecretKey;
use medledger_core::hash::{ChainId, Did, KeyId};
use medledger_core::operation::{Body, Draft, Operation, PROTOCOL_VERSION, Signed, TransactionError};
use medledger_core::units::Timestamp;

/// Everything in a transaction's body but what it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The ledger.
    pub chain: ChainId,
    /// The identity that signs and pays.
    pub did: Did,
    /// The key it signs with.
    pub key: KeyId,
    /// The key's next counter ([`ReplayWindow::next_counter`](medledger_core::operation::ReplayWindow::next_counter)).
    pub counter: u64,
    /// The time of signing.
    pub signed_at: Timestamp,
    /// From when on it may not be recorded any more; at most 24 h ahead.
    pub valid_until: Timestamp,
}

impl Sender {
    /// A draft that asks for this operation.
    #[must_use]
    pub const fn draft(&self, operation: Operation) -> Draft {
        let Self { chain, did, key, counter, signed_at, valid_until } = *self;
        Draft::new(Body {
            version: PROTOCOL_VERSION,
            chain,
            signer: did,
            key,
            counter,
            signed_at,
            valid_until,
            operation,
        })
    }

    /// The same sender with its key's counter moved on, for the next transaction of the same block.
    #[must_use]
    pub const fn next(self) -> Self {
        Self { counter: self.counter.saturating_add(1), ..self }
    }
}

/// Adds the approval of a key in memory.
///
/// # Errors
/// [`TransactionError`] when the key has approved already.
pub fn approve(draft: &mut Draft, key: &SecretKey) -> Result<(), TransactionError> {
    let public = key.public();
    let approval = draft.approval(public.id())?;
    let signature = key.sign(approval.to_sign());
    Ok(draft.approve(approval.finish(&public, signature)?)?)
}

/// Signs a draft with a key in memory, once all approvals are in.
///
/// # Errors
/// [`TransactionError`] when the key is not the one that the draft names, or the transaction is too large.
pub fn sign(draft: &Draft, key: &SecretKey) -> Result<Signed, TransactionError> {
    draft.finish(&key.public(), key.sign(&draft.to_sign()?))
}
