//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{Time, value, word};

word! {
    /// On what ground somebody looks.
    Basis = medledger_sdk::api::access::Basis {
        /// A consent of the patient.
        Consent,
        /// A ground that the consortium registered.
        LegalGround,
    }
}

word! {
    /// What an entry of the access log says.
    AccessKind = medledger_sdk::api::access::AccessKind {
        /// A session was opened.
        Opened,
        /// It was denied.
        Denied,
        /// A custodian closed its part.
        Closed,
    }
}

word! {
    /// What was answered.
    Effect = medledger_sdk::api::access::Effect {
        /// It may be done.
        Permit,
        /// It may not.
        Deny,
    }
}

word! {
    /// How a session stands at a time.
    SessionStatus = medledger_sdk::api::access::SessionStatus {
        /// Releases are possible.
        Open,
        /// It is over, and a custodian has not closed it.
        Unclosed,
        /// Each custodian has closed it.
        Closed,
    }
}

value! {
    /// Who asked for what.
    SessionRequest = medledger_sdk::api::access::SessionRequest {
        /// Who.
        requester: String,
        /// For which organisation.
        #[uniffi(default = None)]
        organisation: Option<String>,
        /// Whose records.
        subject: String,
        /// Who is to release.
        #[uniffi(default = [])]
        custodians: Vec<String>,
        /// On what ground.
        basis: crate::Basis,
        /// The consent's or the ground's id.
        basis_id: String,
        /// What is to be done.
        action: String,
        /// What for.
        purpose: String,
        /// Resource types; an empty list is all.
        #[uniffi(default = [])]
        types: Vec<String>,
        /// Categories; an empty list is all.
        #[uniffi(default = [])]
        categories: Vec<crate::Coding>,
        /// When it happened; null for whenever.
        #[uniffi(default = None)]
        period: Option<crate::Interval>,
        /// Until when.
        until: Time,
    }
}

value! {
    /// An entry of the access log.
    AccessEntry = medledger_sdk::api::access::AccessEntry {
        /// What it says.
        kind: crate::AccessKind,
        /// When the ledger recorded it.
        time: Time,
        /// At which height.
        height: u64,
        /// The transaction.
        transaction: String,
        /// The rule by which it was denied.
        #[uniffi(default = None)]
        rule: Option<String>,
        /// The session; null for a denial.
        #[uniffi(default = None)]
        session: Option<String>,
        /// What was asked; null for a close.
        #[uniffi(default = None)]
        request: Option<crate::SessionRequest>,
        /// The first millisecond after the session, where one was opened.
        #[uniffi(default = None)]
        not_after: Option<Time>,
        /// The custodian that closed.
        #[uniffi(default = None)]
        custodian: Option<String>,
        /// How many releases and refusals it reports.
        #[uniffi(default = None)]
        count: Option<u64>,
    }
}

value! {
    /// A session with its closes, or a denial.
    Look = medledger_sdk::api::access::Look {
        /// What was answered.
        effect: crate::Effect,
        /// The rule by which it was denied.
        #[uniffi(default = None)]
        rule: Option<String>,
        /// When the ledger recorded it.
        time: Time,
        /// At which height.
        height: u64,
        /// The transaction.
        transaction: String,
        /// What was asked.
        request: crate::SessionRequest,
        /// The session; null for a denial.
        #[uniffi(default = None)]
        session: Option<String>,
        /// The first millisecond after the session, at the latest.
        #[uniffi(default = None)]
        not_after: Option<Time>,
        /// How it stands at the time that was asked about; null for a denial.
        #[uniffi(default = None)]
        status: Option<crate::SessionStatus>,
        /// Each custodian's part; none for a denial.
        #[uniffi(default = [])]
        custodians: Vec<crate::Custody>,
        /// How many records were released, where the logs of all custodians are at hand.
        #[uniffi(default = None)]
        released: Option<u64>,
        /// How many requests for a record were refused, likewise.
        #[uniffi(default = None)]
        refused: Option<u64>,
    }
}

value! {
    /// What a custodian's gateway has a node prove, before it releases a record.
    AccessQuestion = medledger_sdk::api::access::AccessQuestion {
        /// The session.
        session: String,
        /// The custodian that is to release.
        custodian: String,
        /// The record that is asked for.
        record: String,
        /// The id of the key that signed the request.
        key: String,
        /// The entry of a batch that the record was anchored in, where it was.
        #[uniffi(default = None)]
        batch: Option<String>,
    }
}

value! {
    /// A session and who has closed it.
    Session = medledger_sdk::api::access::Session {
        /// Its id.
        session: String,
        /// When it was opened.
        opened: Time,
        /// The first millisecond after it, at the latest.
        not_after: Time,
        /// The roles that the requester has.
        #[uniffi(default = [])]
        roles: Vec<crate::Coding>,
        /// What was asked.
        request: crate::SessionRequest,
        /// Whether a custodian has not closed it.
        unclosed: bool,
        /// Each custodian's part.
        #[uniffi(default = [])]
        custodians: Vec<crate::Custody>,
    }
}

value! {
    /// A custodian's part in a session.
    Custody = medledger_sdk::api::access::Custody {
        /// The custodian.
        custodian: String,
        /// When its close was recorded; null until then.
        #[uniffi(default = None)]
        closed: Option<Time>,
        /// How many releases and refusals it reports.
        #[uniffi(default = None)]
        count: Option<u64>,
        /// The head of its log.
        #[uniffi(default = None)]
        head: Option<String>,
    }
}
