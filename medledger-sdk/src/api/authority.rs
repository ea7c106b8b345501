//! An entry of the authority log.

use alloc::string::{String, ToString};
use serde::Serialize;

use medledger_core::consent::ConsentEntry;
use medledger_core::identity::{AuthorityEntry, did_to_text};
use medledger_core::state::{LogEntry, LogLeaf};

use super::text::{CodingView, Count, PeriodView};
use crate::time::rfc3339;

/// An entry of the authority log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuthorityEntryView {
    /// `incepted`, `device-added`, `device-revoked`, `rotated`, `deactivated`, `credential-issued`,
    /// `credential-revoked`, `consent-granted`, `consent-amended` or `consent-revoked`.
    pub kind: &'static str,
    /// When the ledger recorded it.
    pub time: String,
    /// At which height.
    pub height: Count,
    /// The transaction.
    pub transaction: String,
    /// The key that came, went, or took over.
    pub key: Option<String>,
    /// The key that signed, where the entry says so.
    pub by: Option<String>,
    /// The consent.
    pub consent: Option<String>,
    /// Its version's hash.
    pub version: Option<String>,
    /// The credential.
    pub credential: Option<String>,
    /// Who vouches.
    pub issuer: Option<String>,
    /// For which role.
    pub role: Option<CodingView>,
    /// When.
    pub period: Option<PeriodView>,
}

impl AuthorityEntryView {
    /// The view of an entry; `None` for one of another log.
    #[must_use]
    pub fn new(leaf: &LogLeaf) -> Option<Self> {
        let plain = Self {
            kind: "",
            time: rfc3339(leaf.time),
            height: Count(leaf.height.0),
            transaction: leaf.tx.to_string(),
            key: None,
            by: None,
            consent: None,
            version: None,
            credential: None,
            issuer: None,
            role: None,
            period: None,
        };
        match &leaf.entry {
            LogEntry::Authority { entry } => Some(plain.of_identity(entry)),
            LogEntry::Consent { entry } => Some(plain.of_consent(entry)),
            LogEntry::Timeline { .. } | LogEntry::Access { .. } => None,
        }
    }

    fn of_identity(self, entry: &AuthorityEntry) -> Self {
        match entry {
            AuthorityEntry::Incepted { inception } => {
                Self { kind: "incepted", key: Some(inception.controller.id().to_string()), ..self }
            }
            AuthorityEntry::DeviceAdded { device } => {
                Self { kind: "device-added", key: Some(device.signing.id().to_string()), ..self }
            }
            AuthorityEntry::DeviceRevoked { key, by } => {
                let (key, by) = (Some(key.to_string()), Some(by.to_string()));
                Self { kind: "device-revoked", key, by, ..self }
            }
            AuthorityEntry::Rotated { rotation } => {
                Self { kind: "rotated", key: Some(rotation.controller.id().to_string()), ..self }
            }
            AuthorityEntry::Deactivated { by } => {
                Self { kind: "deactivated", by: Some(by.to_string()), ..self }
            }
            AuthorityEntry::CredentialIssued { id, issuer, credential } => Self {
                kind: "credential-issued",
                credential: Some(id.to_string()),
                issuer: Some(did_to_text(issuer)),
                role: Some((&credential.role).into()),
                period: Some((&credential.period).into()),
                ..self
            },
            AuthorityEntry::CredentialRevoked { id } => {
                Self { kind: "credential-revoked", credential: Some(id.to_string()), ..self }
            }
        }
    }

    fn of_consent(self, entry: &ConsentEntry) -> Self {
        let (kind, consent, version) = match entry {
            ConsentEntry::Granted { consent, version, .. } => ("consent-granted", consent, version),
            ConsentEntry::Amended { consent, version, .. } => ("consent-amended", consent, version),
            ConsentEntry::Revoked { consent, version } => ("consent-revoked", consent, version),
        };
        Self { kind, consent: Some(consent.to_string()), version: Some(version.to_string()), ..self }
    }
}
