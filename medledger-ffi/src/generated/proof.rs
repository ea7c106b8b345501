//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{Time, value, word};

word! {
    /// What a file with a proof is.
    ProofKind = medledger_sdk::api::proof::ProofKind {
        /// The receipt of one record.
        Receipt,
        /// Everything of one patient.
        Export,
    }
}

value! {
    /// What came of checking a file with a proof. What the file shows is `ProvenRecord` or `ProvenExport`.
    ProofReport = medledger_sdk::api::proof::ProofReport {
        /// Whether it holds.
        valid: bool,
        /// What it is; null for what is neither.
        #[uniffi(default = None)]
        kind: Option<crate::ProofKind>,
        /// The height up to which it vouches.
        #[uniffi(default = None)]
        height: Option<u64>,
        /// For an export, whether every session is closed and every batch was handed over.
        #[uniffi(default = None)]
        complete: Option<bool>,
        /// Why it does not hold.
        #[uniffi(default = None)]
        fault: Option<crate::Fault>,
        /// For an export, the batches of which it does not say what their records commit to; left out where there are none.
        #[uniffi(default = [])]
        not_handed_over: Vec<crate::NotHandedOver>,
    }
}

value! {
    /// A batch that was not handed over: how many records it has is proven, and not which.
    NotHandedOver = medledger_sdk::api::proof::NotHandedOver {
        /// The entry's id.
        batch: String,
        /// Who anchored it.
        custodian: String,
        /// How many records it has.
        count: u64,
    }
}

value! {
    /// A rule that was broken, and how.
    Fault = medledger_sdk::api::proof::Fault {
        /// The rule's id.
        code: String,
        /// What is wrong.
        what: String,
    }
}

value! {
    /// What a receipt shows of its record.
    ProvenRecord = medledger_sdk::api::proof::ProvenRecord {
        /// Whose.
        subject: String,
        /// The record.
        record: String,
        /// Which version.
        version: u64,
        /// Whether content and facts are those that were committed to.
        opened: bool,
        /// At which height it was recorded.
        height: u64,
        /// When.
        recorded: Time,
    }
}

value! {
    /// What an export shows.
    ProvenExport = medledger_sdk::api::proof::ProvenExport {
        /// Whose.
        subject: String,
        /// The claim, in its one wording; null while a session is unclosed or a batch was not handed over.
        #[uniffi(default = None)]
        claim: Option<String>,
        /// Entries of the timeline.
        timeline: u64,
        /// Records, those of batches included.
        records: u64,
        /// Entries of the access log.
        access_log: u64,
        /// Entries of the authority log.
        authority_log: u64,
        /// Consents that were ever granted.
        consents: u64,
        /// Transactions behind the entries.
        transactions: u64,
        /// The sessions that a custodian has not closed.
        #[uniffi(default = [])]
        unclosed: Vec<crate::Session>,
        /// The batches that were not handed over.
        #[uniffi(default = [])]
        not_handed_over: Vec<crate::NotHandedOver>,
    }
}
