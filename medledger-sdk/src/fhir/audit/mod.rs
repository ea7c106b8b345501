//! A patient's access log as FHIR R4 AuditEvents, and her timeline as Provenances.
//!
//! | of | becomes | after |
//! | --- | --- | --- |
//! | a session, permitted or denied | AuditEvent, DCM 110113 | IHE BALP "Authorization Decision" |
//! | a release, and a custodian's refusal | AuditEvent, `rest` `read` | IHE BALP "Patient Read" |
//! | a custodian's close | AuditEvent, ISO 21089 `attest` | FHIR R4 |
//! | an anchor, an amendment, an entered-in-error mark | Provenance | FHIR R4 |
//!
//! Which field comes from where is in `docs/fhir-audit.md`. What the reader does not know is left out or flagged with
//! FHIR's `data-absent-reason`; nothing is guessed. The same log and the same knowledge give the same bytes.

mod bundle;
mod element;
mod event;
mod provenance;
mod types;
mod uuid;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use medledger_core::access::SessionLogEntry;
use medledger_core::hash::{ChainId, Did, RecordId, SessionId, TxId};
use medledger_core::identity::Kind;
use medledger_core::record::facts::Facts;
use medledger_core::units::{Height, Timestamp};

pub use bundle::Collection;
pub use event::{AuditEvent, audit_events};
pub use provenance::{Provenance, SINGLE_RECORDS, provenances};

/// Which log is told: whose, on which ledger, as of when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Of {
    /// The ledger.
    pub chain: ChainId,
    /// The patient.
    pub subject: Did,
    /// The time of the newest header.
    pub as_of: Timestamp,
}

/// What is known of one version of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownRecord {
    /// Which version, from 1.
    pub version: u64,
    /// The height at which that version was recorded.
    pub since: Height,
    /// Its facts.
    pub facts: Facts,
}

/// What a reader has beside a log. All of it may be empty; what is not here is left out, never guessed.
///
/// `Debug` shows health data: print it in tests, not in logs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// What each identity is.
    pub kinds: BTreeMap<Did, Kind>,
    /// The patient's records that the reader can open: what is known of others' must not be here, for a refused request may name
    /// one of them.
    pub records: BTreeMap<RecordId, KnownRecord>,
    /// The logs of sessions, by session and custodian.
    pub sessions: BTreeMap<(SessionId, Did), Vec<SessionLogEntry>>,
    /// The bytes of transactions.
    pub transactions: BTreeMap<TxId, Vec<u8>>,
}

#[cfg(test)]
mod tests;
