//! Who signs what, and until when. Where signing can be a call, a [`Signer`] signs here in one step; otherwise the key's
//! holder signs the bytes that [`Draft::to_sign`] and [`Draft::approval`] give, and [`Draft::finish`] takes the signature.

use medledger_core::hash::{ChainId, Did, KeyId};
use medledger_core::operation::{Body, Draft, Operation, PROTOCOL_VERSION, Signed};
use medledger_core::units::Timestamp;

use super::signer::{Signer, SigningError, SigningFault, signed_by};

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

/// Adds a signer's approval.
///
/// # Errors
/// [`SigningError`]; a key that has approved already is
/// [`OperationError::ApprovalsNotAscending`](medledger_core::operation::OperationError::ApprovalsNotAscending).
pub fn approve<S: Signer + ?Sized>(draft: &mut Draft, signer: &S) -> Result<(), SigningError> {
    let public = signer.public();
    let approval = draft.approval(public.id())?;
    let signature = signed_by(signer, &public, approval.to_sign())?;
    Ok(draft.approve(approval.finish(&public, signature)?)?)
}

/// Signs a draft, once all approvals are in.
///
/// # Errors
/// [`SigningError`]; a signer with another key than the draft names is not asked to sign.
pub fn sign<S: Signer + ?Sized>(draft: &Draft, signer: &S) -> Result<Signed, SigningError> {
    let public = signer.public();
    let (wanted, held) = (draft.body().key, public.id());
    if wanted != held {
        return Err(SigningFault::WrongKey { wanted, held }.into());
    }
    let signature = signed_by(signer, &public, &draft.to_sign()?)?;
    Ok(draft.finish(&public, signature)?)
}
