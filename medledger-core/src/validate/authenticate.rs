//! The checks that decide whether a transaction counts at all, in this order: key, signature, window, `valid_until`.
//! (Decoding and the ledger come before, in [`Transaction::decode`].)

use super::places::Places;
use super::signatures::Known;
use super::{BlockContext, Overlay};
use crate::crypto::{VerifyingKey, verify};
use crate::error::ReadError;
use crate::hash::{Did, KeyId, TxId};
use crate::identity::{Control, KeyEntry, KeyRole, KeyStatus, Status};
use crate::limits::VALID_AHEAD;
use crate::operation::{
    Budget, IdentityUsage, KeyUsage, Operation, OperationError, ReplayWindow, Transaction, TransactionError,
    Usage,
};
use crate::state::{StateRead, read_at};

/// Which of an identity's keys signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// A device key.
    Device,
    /// The controller key.
    Controller,
    /// The successor key, which the transaction discloses.
    Successor,
}

/// A transaction that authenticates and whose budget has room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// Its id.
    pub id: TxId,
    /// Who signed.
    pub signer: Did,
    /// The member that sponsored the signer, or the signer itself.
    pub sponsor: Did,
    /// With which key.
    pub key: KeyId,
    /// The key's counter.
    pub counter: u64,
    /// What it draws on.
    pub budget: Budget,
    /// How much of that has been used in this epoch.
    pub used: u64,
}

/// The signer of a transaction that authenticates.
pub(super) struct Signer {
    pub(super) did: Did,
    pub(super) via: Via,
    pub(super) control: Control,
    /// With the counter used, and nothing drawn yet.
    pub(super) usage: Usage,
    places: Places,
}

impl Signer {
    pub(super) fn budget(&self, operation: &Operation) -> Budget {
        match self.via {
            Via::Device => operation.budget(KeyRole::Device, self.control.member),
            Via::Controller => operation.budget(KeyRole::Controller, self.control.member),
            Via::Successor => Budget::Succession,
        }
    }

    pub(super) fn admission(&self, transaction: &Transaction, budget: Budget, epoch: u64) -> Admission {
        Admission {
            id: transaction.id,
            signer: self.did,
            sponsor: self.control.sponsor.unwrap_or(self.did),
            key: transaction.body.key,
            counter: transaction.body.counter,
            budget,
            used: self.usage.used(budget, epoch),
        }
    }

    /// Records the counter and what was drawn. A successor has no entry of its own yet: its counters stand with the
    /// identity, so that a rotation which was refused can't be played again.
    pub(super) fn charge<S: StateRead>(
        &self,
        overlay: &mut Overlay<'_, S>,
        usage: &Usage,
    ) -> Result<(), ReadError<S::Error>> {
        let mut identity = usage.identity;
        if self.via == Via::Successor {
            identity.successor_window = usage.key.window;
        } else {
            overlay.put_at(self.places.key_usage, &usage.key)?;
        }
        overlay.put_at(self.places.identity_usage, &identity)
    }
}

/// Authenticates a transaction, of which something may be known beforehand.
pub(super) fn authenticate<S: StateRead>(
    state: &S,
    cx: &BlockContext,
    transaction: &Transaction,
    places: &Places,
    known: Known,
) -> Result<Result<Signer, TransactionError>, ReadError<S::Error>> {
    let body = &transaction.body;
    let control: Option<Control> = read_at(state, &places.identity)?;
    let entry: Option<KeyEntry> = match known.entry {
        Some(entry) => Some(entry),
        None => read_at(state, &places.key)?,
    };
    let (via, public) = match (entry, &control, &body.operation) {
        (Some(entry), _, _) => {
            if entry.did != body.signer {
                return Ok(Err(OperationError::NotTheSignersKey { key: body.key }.into()));
            }
            match entry.status {
                KeyStatus::Live => {}
                KeyStatus::Revoked => return Ok(Err(OperationError::KeyRevoked { key: body.key }.into())),
                KeyStatus::RotatedOut => {
                    return Ok(Err(OperationError::KeyRotatedOut { key: body.key }.into()));
                }
            }
            let via = match entry.role {
                KeyRole::Device => Via::Device,
                KeyRole::Controller => Via::Controller,
            };
            (via, entry.keys.signing)
        }
        (None, Some(control), Operation::Rotate { rotation })
            if rotation.controller.id() == body.key
                && rotation.controller.successor_digest() == control.successor =>
        {
            (Via::Successor, rotation.controller)
        }
        _ => return Ok(Err(OperationError::UnknownKey { key: body.key }.into())),
    };
    // A live key whose identity is not there can't be: it was written with it.
    let control = control.ok_or(ReadError::Damaged { what: "Control" })?;
    if control.status == Status::Deactivated {
        return Ok(Err(OperationError::SignerDeactivated.into()));
    }
    let verdict = known.verdict.unwrap_or_else(|| {
        VerifyingKey::from_public(&public)
            .and_then(|key| verify(&key, &transaction.signed, &transaction.signature))
    });
    if let Err(error) = verdict {
        return Ok(Err(error.into()));
    }
    let identity: IdentityUsage = read_at(state, &places.identity_usage)?.unwrap_or_default();
    let mut key: KeyUsage = match via {
        Via::Successor => KeyUsage { window: identity.successor_window, ..KeyUsage::default() },
        Via::Device | Via::Controller => read_at(state, &places.key_usage)?.unwrap_or_default(),
    };
    key.window = match fits(&key.window, cx, transaction) {
        Ok(window) => window,
        Err(error) => return Ok(Err(error.into())),
    };
    Ok(Ok(Signer { did: body.signer, via, control, usage: Usage { key, identity }, places: *places }))
}

/// The window with the counter used, if counter and `valid_until` allow it.
fn fits(
    window: &ReplayWindow,
    cx: &BlockContext,
    transaction: &Transaction,
) -> Result<ReplayWindow, OperationError> {
    let valid_until = transaction.body.valid_until;
    let next = window.with(transaction.body.counter)?;
    if cx.time >= valid_until {
        return Err(OperationError::Expired { valid_until, now: cx.time });
    }
    match cx.time.plus(VALID_AHEAD) {
        Some(latest) if valid_until > latest => Err(OperationError::ValidTooLong { valid_until, latest }),
        _ => Ok(next),
    }
}
