//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{Time, value, word};

word! {
    /// One of a subject's logs.
    LogKind = medledger_sdk::api::logs::LogKind {
        /// Its records.
        Timeline,
        /// Who looked, and who was refused.
        Access,
        /// Its keys, consents and credentials.
        Authority,
    }
}

word! {
    /// What an entry of the timeline says.
    TimelineKind = medledger_sdk::api::logs::TimelineKind {
        /// A record was anchored.
        Anchored,
        /// A batch of records was.
        BatchAnchored,
        /// A record has a new version.
        Amended,
        /// A record was entered in error.
        EnteredInError,
    }
}

value! {
    /// An entry of the timeline.
    TimelineEntry = medledger_sdk::api::logs::TimelineEntry {
        /// What it says.
        kind: crate::TimelineKind,
        /// When the ledger recorded it.
        time: Time,
        /// At which height.
        height: u64,
        /// The transaction.
        transaction: String,
        /// The record, or the subject's entry of the batch.
        record: String,
        /// Who keeps it; null where the entry does not say so.
        #[uniffi(default = None)]
        custodian: Option<String>,
        /// How many records; 1 unless it is a batch.
        count: u64,
        /// Which version of the record.
        version: u64,
    }
}

value! {
    /// All entries of a timeline, as recorded by a height.
    Timeline = medledger_sdk::api::logs::Timeline {
        /// Whose.
        subject: String,
        /// Up to which height.
        height: u64,
        /// The claim, in its one wording.
        claim: String,
        /// The entries.
        #[uniffi(default = [])]
        entries: Vec<crate::TimelineEntry>,
    }
}

value! {
    /// All entries of an access log, as recorded by a height: who looked, who was refused.
    AccessLog = medledger_sdk::api::logs::AccessLog {
        /// Whose.
        subject: String,
        /// Up to which height.
        height: u64,
        /// Whether every session is closed by each custodian that it names.
        complete: bool,
        /// The claim, in its one wording; null while a session is unclosed.
        #[uniffi(default = None)]
        claim: Option<String>,
        /// Sessions and denials, in their order.
        #[uniffi(default = [])]
        looks: Vec<crate::Look>,
    }
}

value! {
    /// All entries of an authority log, as recorded by a height.
    AuthorityLog = medledger_sdk::api::logs::AuthorityLog {
        /// Whose.
        subject: String,
        /// Up to which height.
        height: u64,
        /// The claim, in its one wording.
        claim: String,
        /// The entries.
        #[uniffi(default = [])]
        entries: Vec<crate::AuthorityEntry>,
    }
}

value! {
    /// What a receipt shows: what the ledger answered, and said of this subject.
    ReceiptSummary = medledger_sdk::api::logs::ReceiptSummary {
        /// Whose log the event is in.
        subject: String,
        /// Which log.
        log: crate::LogKind,
        /// Where in it, from 0.
        position: u64,
        /// The transaction.
        transaction: String,
        /// At which height it was recorded.
        height: u64,
        /// When.
        time: Time,
        /// The rule that refused it; null where it was done.
        #[uniffi(default = None)]
        rule: Option<String>,
        /// The height of the header that vouches for it.
        vouched: u64,
        /// What it says, in the timeline.
        #[uniffi(default = None)]
        timeline: Option<crate::TimelineEntry>,
        /// In the access log.
        #[uniffi(default = None)]
        access: Option<crate::AccessEntry>,
        /// In the authority log.
        #[uniffi(default = None)]
        authority: Option<crate::AuthorityEntry>,
    }
}
