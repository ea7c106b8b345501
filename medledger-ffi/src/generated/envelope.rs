//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{MedledgerError, Time, answer, argument, value};

value! {
    /// Which of a key's counters were used.
    ReplayWindow = medledger_sdk::api::envelope::ReplayWindow {
        /// The lowest counter that is not decided once and for all: all below it are.
        base: u64,
        /// One bit a counter, the lowest bit that of `base`: set for those that were used.
        used: u64,
    }
}

value! {
    /// What a transaction says. Nothing of it is verified but its form.
    #[uniffi::export(Eq, Hash)]
    TransactionView = medledger_sdk::api::envelope::TransactionView {
        /// Its id, which covers what was signed and not the signature.
        id: String,
        /// The hash of its bytes, the signatures included.
        hash: String,
        /// The identity that signs and pays.
        signer: String,
        /// The id of the key that it signs with.
        key: String,
        /// The key's counter.
        counter: u64,
        /// When it was signed, by the signer's clock.
        signed_at: Time,
        /// From when on it may not be recorded any more.
        valid_until: Time,
        /// The name of the operation.
        operation: String,
        /// The operation's code.
        operation_code: u64,
        /// The hash of the body, which approvals sign.
        body_hash: String,
        /// The approvals, ascending by key.
        #[uniffi(default = [])]
        approvals: Vec<crate::ApprovalView>,
        /// What the signature covers.
        signed: Vec<u8>,
        /// The signature.
        signature: Vec<u8>,
    }
}

value! {
    /// An approval beside a transaction's body.
    #[uniffi::export(Eq, Hash)]
    ApprovalView = medledger_sdk::api::envelope::ApprovalView {
        /// The id of the key that approves.
        key: String,
        /// What its signature covers.
        signed: Vec<u8>,
        /// The signature.
        signature: Vec<u8>,
    }
}

/// The window after this counter was used.
///
/// Errors: OPR-010 for a counter that was used, OPR-011 for one below the window, OPR-012 for one too far above it.
#[uniffi::export]
pub fn check_counter(
    window: crate::ReplayWindow,
    counter: u64,
) -> Result<crate::ReplayWindow, MedledgerError> {
    let window: medledger_sdk::api::envelope::ReplayWindow = argument(window, "window")?;
    answer(medledger_sdk::api::envelope::check_counter(&window, counter))
}

/// What a transaction for a ledger says. Who holds the keys, and so whether the signatures hold, only the ledger's state
/// tells.
///
/// Errors: COD rules for what does not decode, OPR-001 to OPR-004, OPR-016 and OPR-017 for the envelope.
#[uniffi::export]
pub fn read_transaction(
    transaction: Vec<u8>,
    chain: String,
) -> Result<crate::TransactionView, MedledgerError> {
    answer(medledger_sdk::api::envelope::read_transaction(&transaction, &chain))
}
