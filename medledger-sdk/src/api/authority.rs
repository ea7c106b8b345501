//! An entry of the authority log.

use alloc::string::{String, ToString};
use serde::Serialize;

use medledger_core::consent::ConsentEntry;
use medledger_core::identity::{AuthorityEntry as CoreAuthorityEntry, did_to_text};
use medledger_core::state::{LogEntry, LogLeaf};

use super::units::{Coding, Count, Period, Time, words};

words! {
    /// What an entry of the authority log says.
    pub enum AuthorityKind {
        /// The identity began.
        Incepted = "incepted",
        /// A device came.
        DeviceAdded = "device-added",
        /// A device went.
        DeviceRevoked = "device-revoked",
        /// The successor took over.
        Rotated = "rotated",
        /// The identity ended.
        Deactivated = "deactivated",
        /// Somebody vouches for a role.
        CredentialIssued = "credential-issued",
        /// And no longer.
        CredentialRevoked = "credential-revoked",
        /// A consent was granted.
        ConsentGranted = "consent-granted",
        /// Its terms were replaced.
        ConsentAmended = "consent-amended",
        /// It was taken back.
        ConsentRevoked = "consent-revoked",
    }
}

/// An entry of the authority log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuthorityEntry {
    /// What it says.
    pub kind: AuthorityKind,
    /// When the ledger recorded it.
    pub time: Time,
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
    pub role: Option<Coding>,
    /// When.
    pub period: Option<Period>,
}

impl AuthorityEntry {
    /// The view of an entry; `None` for one of another log.
    #[must_use]
    pub fn new(leaf: &LogLeaf) -> Option<Self> {
        let plain = Self {
            kind: AuthorityKind::Incepted,
            time: leaf.time.into(),
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

    fn of_identity(self, entry: &CoreAuthorityEntry) -> Self {
        match entry {
            CoreAuthorityEntry::Incepted { inception } => Self {
                kind: AuthorityKind::Incepted,
                key: Some(inception.controller.id().to_string()),
                ..self
            },
            CoreAuthorityEntry::DeviceAdded { device } => {
                Self { kind: AuthorityKind::DeviceAdded, key: Some(device.signing.id().to_string()), ..self }
            }
            CoreAuthorityEntry::DeviceRevoked { key, by } => {
                let (key, by) = (Some(key.to_string()), Some(by.to_string()));
                Self { kind: AuthorityKind::DeviceRevoked, key, by, ..self }
            }
            CoreAuthorityEntry::Rotated { rotation } => {
                Self { kind: AuthorityKind::Rotated, key: Some(rotation.controller.id().to_string()), ..self }
            }
            CoreAuthorityEntry::Deactivated { by } => {
                Self { kind: AuthorityKind::Deactivated, by: Some(by.to_string()), ..self }
            }
            CoreAuthorityEntry::CredentialIssued { id, issuer, credential } => Self {
                kind: AuthorityKind::CredentialIssued,
                credential: Some(id.to_string()),
                issuer: Some(did_to_text(issuer)),
                role: Some((&credential.role).into()),
                period: Some((&credential.period).into()),
                ..self
            },
            CoreAuthorityEntry::CredentialRevoked { id } => {
                Self { kind: AuthorityKind::CredentialRevoked, credential: Some(id.to_string()), ..self }
            }
        }
    }

    fn of_consent(self, entry: &ConsentEntry) -> Self {
        let (kind, consent, version) = match entry {
            ConsentEntry::Granted { consent, version, .. } => {
                (AuthorityKind::ConsentGranted, consent, version)
            }
            ConsentEntry::Amended { consent, version, .. } => {
                (AuthorityKind::ConsentAmended, consent, version)
            }
            ConsentEntry::Revoked { consent, version } => (AuthorityKind::ConsentRevoked, consent, version),
        };
        Self { kind, consent: Some(consent.to_string()), version: Some(version.to_string()), ..self }
    }
}
