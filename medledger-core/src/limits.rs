//! Every limit of the protocol, in one table. None of these is a parameter of a genesis; those are in
//! `state::Params`.

use crate::codec::{DEPTH, Limits};
use crate::units::Millis;

/// Defines the limits, and lists them with their names and what they bound.
macro_rules! limits {
    (@value u64 $value:expr) => { $value };
    (@value u8 $value:expr) => { $value as u64 };
    (@value Millis $value:expr) => { $value.0 };
    (@unit Millis) => { " ms" };
    (@unit $other:ident) => { "" };
    ($( $(#[doc = $doc:literal])+ pub const $name:ident: $type:ident = $value:expr; )*) => {
        $( $(#[doc = $doc])+ pub const $name: $type = $value; )*

        /// All limits on numbers, sizes and times: name, value, unit (none for counts and bytes), what it bounds.
        pub const ALL: &[(&str, u64, &str, &str)] = &[
            $( (stringify!($name), limits!(@value $type $name), limits!(@unit $type), concat!($( $doc ),+)) ),*
        ];
    };
}

/// Defines what decodings may cost, and lists them with what is decoded under them.
macro_rules! decodings {
    ($( $(#[doc = $doc:literal])+ pub const $name:ident: Limits = $value:expr; )*) => {
        $( $(#[doc = $doc])+ pub const $name: Limits = $value; )*

        /// The limits under which something is decoded: name, limits, what it is.
        pub const DECODINGS: &[(&str, Limits, &str)] = &[
            $( (stringify!($name), $name, concat!($( $doc ),+)) ),*
        ];
    };
}

limits! {
    /// Bytes of one transaction, signature and approvals included.
    pub const TRANSACTION_BYTES: u64 = 64 * 1024;
    /// Bytes of one block.
    pub const BLOCK_BYTES: u64 = 4 * 1024 * 1024;
    /// Transactions in one block.
    pub const BLOCK_TRANSACTIONS: u64 = 16_384;
    /// Bytes of one text string in a transaction.
    pub const TEXT_BYTES: u64 = 1_024;
    /// Items of one list in a transaction.
    pub const LIST_ITEMS: u64 = 1_024;
    /// Records in one batch anchor, over all its subjects.
    pub const BATCH_RECORDS: u64 = 1 << 32;
    /// Counters that a key's replay window spans.
    pub const REPLAY_WINDOW: u64 = 64;
    /// How far ahead of the block's time a `valid_until` may lie.
    pub const VALID_AHEAD: Millis = Millis::hours(24);
    /// Device keys that an identity may have at a time.
    pub const DEVICE_KEYS: u64 = 16;
    /// Consents of one subject that may be active at a time.
    pub const ACTIVE_CONSENTS: u64 = 256;
    /// Rules in one consent.
    pub const CONSENT_RULES: u64 = 64;
    /// How deep the rules of a consent nest.
    pub const CONSENT_DEPTH: u8 = 4;
    /// How often a consent may be delegated onwards.
    pub const DELEGATION_DEPTH: u8 = 4;
    /// The longest access session.
    pub const SESSION_LONGEST: Millis = Millis::hours(12);
    /// Custodians that one access session may name.
    pub const SESSION_CUSTODIANS: u64 = 16;
    /// Heads and closes in one log anchor.
    pub const LOG_ANCHOR_ENTRIES: u64 = 1_024;
    /// The longest break-glass.
    pub const BREAK_GLASS: Millis = Millis::hours(24);
    /// Validators of a consortium.
    pub const VALIDATORS: u64 = 256;
    /// Members and other identities that a genesis may name.
    pub const GENESIS_IDENTITIES: u64 = 1_024;
}

decodings! {
    /// A transaction and everything inside it.
    pub const TRANSACTION: Limits =
        Limits { bytes: TRANSACTION_BYTES, depth: DEPTH, items: LIST_ITEMS, text: TEXT_BYTES };
    /// A block: a list of byte strings.
    pub const BLOCK: Limits =
        Limits { bytes: BLOCK_BYTES, depth: DEPTH, items: BLOCK_TRANSACTIONS, text: TEXT_BYTES };
    /// One value of the state.
    pub const STATE_VALUE: Limits =
        Limits { bytes: 64 * 1024, depth: DEPTH, items: LIST_ITEMS, text: TEXT_BYTES };
    /// A genesis.
    pub const GENESIS: Limits = Limits { bytes: BLOCK_BYTES, depth: DEPTH, items: LIST_ITEMS, text: TEXT_BYTES };
    /// The facts of one record (off the ledger, behind a commitment).
    pub const FACTS: Limits = Limits { bytes: 1024 * 1024, depth: DEPTH, items: 16_384, text: 64 * 1024 };
    /// Proofs, receipts and exports: bounded by bytes alone.
    pub const PROOF: Limits = Limits { bytes: 1 << 30, depth: DEPTH, items: u64::MAX, text: u64::MAX };
}
