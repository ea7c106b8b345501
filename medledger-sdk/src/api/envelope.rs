//! What a transaction says, and whether its counter can be used.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::hash::ChainId;
use medledger_core::identity::did_to_text;
use medledger_core::operation::{self, Transaction};

use super::error::Error;
use super::parse;
use super::units::{Bytes, Count, Time};

/// Which of a key's counters were used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReplayWindow {
    /// The lowest counter that is not decided once and for all: all below it are.
    pub base: Count,
    /// One bit a counter, the lowest bit that of `base`: set for those that were used.
    pub used: Count,
}

impl From<operation::ReplayWindow> for ReplayWindow {
    fn from(window: operation::ReplayWindow) -> Self {
        Self { base: Count(window.base), used: Count(window.used) }
    }
}

impl From<&ReplayWindow> for operation::ReplayWindow {
    fn from(window: &ReplayWindow) -> Self {
        Self { base: window.base.0, used: window.used.0 }
    }
}

/// The window after this counter was used.
///
/// # Errors
/// OPR-010 for a counter that was used, OPR-011 for one below the window, OPR-012 for one too far above it.
pub fn check_counter(window: &ReplayWindow, counter: u64) -> Result<ReplayWindow, Error> {
    Ok(operation::ReplayWindow::from(window).with(counter)?.into())
}

/// What a transaction says. Nothing of it is verified but its form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TransactionView {
    /// Its id, which covers what was signed and not the signature.
    pub id: String,
    /// The hash of its bytes, the signatures included.
    pub hash: String,
    /// The identity that signs and pays.
    pub signer: String,
    /// The id of the key that it signs with.
    pub key: String,
    /// The key's counter.
    pub counter: Count,
    /// When it was signed, by the signer's clock.
    pub signed_at: Time,
    /// From when on it may not be recorded any more.
    pub valid_until: Time,
    /// The name of the operation.
    pub operation: String,
    /// The operation's code.
    pub operation_code: Count,
    /// The hash of the body, which approvals sign.
    pub body_hash: String,
    /// The approvals, ascending by key.
    pub approvals: Vec<ApprovalView>,
    /// What the signature covers.
    pub signed: Bytes,
    /// The signature.
    pub signature: Bytes,
}

/// An approval beside a transaction's body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ApprovalView {
    /// The id of the key that approves.
    pub key: String,
    /// What its signature covers.
    pub signed: Bytes,
    /// The signature.
    pub signature: Bytes,
}

/// What a transaction for a ledger says. Who holds the keys, and so whether the signatures hold, only the ledger's state
/// tells.
///
/// # Errors
/// COD rules for what does not decode, OPR-001 to OPR-004, OPR-016 and OPR-017 for the envelope.
pub fn read_transaction(transaction: &[u8], chain: &str) -> Result<TransactionView, Error> {
    let chain = parse::hex("chain", "a ledger's id: 64 digits of hex", chain, ChainId::from_hex)?;
    let Transaction { body, approvals, signature, signed, id } = Transaction::decode(transaction, &chain)?;
    let body_hash = body.hash()?;
    let approval = |approval: operation::Approval| ApprovalView {
        key: approval.key.to_string(),
        signed: Bytes(operation::Approval::to_be_signed(&approval.key, &chain, &body_hash)),
        signature: Bytes(approval.signature.as_ref().to_vec()),
    };
    Ok(TransactionView {
        id: id.to_string(),
        hash: operation::tx_hash(transaction).to_string(),
        signer: did_to_text(&body.signer),
        key: body.key.to_string(),
        counter: Count(body.counter),
        signed_at: body.signed_at.into(),
        valid_until: body.valid_until.into(),
        operation: body.operation.name().to_string(),
        operation_code: Count(body.operation.code()),
        body_hash: body_hash.to_string(),
        approvals: approvals.into_iter().map(approval).collect(),
        signed: Bytes(signed),
        signature: Bytes(signature.as_ref().to_vec()),
    })
}

#[cfg(test)]
mod tests;
