//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{Time, value};

value! {
    /// A ledger's newest block; figures of its whole where its host counts them.
    Status = medledger_sdk::api::status::Status {
        /// The ledger: the hash of its genesis.
        chain: String,
        /// What it is called.
        name: String,
        /// The newest height.
        height: u64,
        /// The newest block's time.
        time: Time,
        /// The hash of its header.
        app_root: String,
        /// Identities, the genesis's included.
        #[uniffi(default = None)]
        identities: Option<u64>,
        /// Records anchored, those of batches included.
        #[uniffi(default = None)]
        records: Option<u64>,
        /// Versions of records of which the host holds what opens them.
        #[uniffi(default = None)]
        held: Option<u64>,
        /// Transactions in blocks, refused ones included.
        #[uniffi(default = None)]
        transactions: Option<u64>,
        /// Bytes of the store's files.
        #[uniffi(default = None)]
        store_bytes: Option<u64>,
    }
}
