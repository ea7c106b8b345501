//! Every operation with its code. Codes never change; those of the parts to come are reserved here.

use super::budget::Budget;
use crate::access::{LogAnchor, SessionRequest};
use crate::consent::{Grant, Replacement};
use crate::hash::{ConsentId, CredentialId, KeyId};
use crate::identity::{Credential, DeviceKeys, Inception, KeyRole, Rotation};
use crate::record::{Amendment, Anchor, BatchAnchor, Retraction};

wire! {
    /// What a transaction asks of the ledger.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum Operation {
        /// Begin an identity. Signed and paid by its sponsor; each new key approves.
        100 => Incept {
            /// The identity.
            inception: Inception,
        },
        /// Add a device to the signer's identity. Signed by the controller key; the new key approves.
        101 => AddDevice {
            /// Its keys.
            device: DeviceKeys,
        },
        /// End a device of the signer's identity. Signed by the controller key, or by that very device key.
        102 => RevokeDevice {
            /// Its signing key.
            key: KeyId,
        },
        /// Replace the controller. Signed by the successor key that it discloses; each added device approves.
        103 => Rotate {
            /// What changes.
            rotation: Rotation,
        },
        /// End the signer's identity. Signed by the controller key.
        104 => Deactivate,
        /// Vouch for a practitioner's role. Signed by an organisation.
        109 => IssueCredential {
            /// For whom, which role, when.
            credential: Credential,
        },
        /// Take that back. Signed by the organisation that issued it.
        110 => RevokeCredential {
            /// The credential.
            credential: CredentialId,
        },
        /// Anchor one record.
        200 => Anchor {
            /// The record.
            anchor: Anchor,
        },
        /// Anchor many records of one or many subjects.
        201 => AnchorBatch {
            /// The records.
            batch: BatchAnchor,
        },
        /// Supersede a version of a record.
        202 => Amend {
            /// The new version.
            amendment: Amendment,
        },
        /// Mark a record as entered in error.
        203 => EnterInError {
            /// The record.
            retraction: Retraction,
        },
        /// Grant a consent. Signed by the patient.
        300 => GrantConsent {
            /// The consent.
            grant: Grant,
        },
        /// Replace a consent's terms. Signed by its subject.
        301 => AmendConsent {
            /// The new terms.
            replacement: Replacement,
        },
        /// Take a consent back, in whatever version. Signed by its subject.
        302 => RevokeConsent {
            /// The consent.
            consent: ConsentId,
        },
        /// Ask for an access session. The receipt of this transaction, permit or deny, is the ledger's answer.
        400 => OpenSession {
            /// What is asked.
            request: SessionRequest,
        },
        /// Report heads and closes of session logs. Signed by the custodian.
        401 => AnchorLogs {
            /// The heads.
            anchor: LogAnchor,
        },
    }
}

/// Codes that are kept for operations to come. Until then they don't decode
/// ([`CodecError::Shape`](crate::codec::CodecError::Shape), which names the code).
pub const RESERVED_OPERATIONS: &[(u64, &str)] = &[
    (105, "set guardians"),
    (106, "begin a recovery"),
    (107, "veto a recovery"),
    (108, "complete a recovery"),
    (111, "appoint a proxy"),
    (112, "end a proxy"),
    (113, "incept a provisional identity"),
    (114, "link a provisional identity"),
    (204, "request erasure"),
    (205, "attest erasure"),
    (206, "refuse erasure"),
    (207, "hold for a legal reason"),
    (303, "delegate a consent"),
    (304, "set the emergency directive"),
    (402, "declare break-glass"),
    (403, "review a break-glass"),
    (404, "contest a break-glass"),
    (405, "anchor an offline journal"),
    (490, "an access session denied: an entry of the access log, never an operation"),
    (500, "register a trial"),
    (501, "amend a trial"),
    (502, "capture at a site"),
    (503, "lock a data set"),
    (504, "register an analysis plan"),
    (505, "unblind"),
    (506, "publish"),
    (600, "record a custody event"),
    (601, "offer a hand-over"),
    (602, "accept a hand-over"),
    (603, "recall a lot"),
    (700, "begin a stream"),
    (701, "anchor windows of a stream"),
    (702, "end a stream"),
    (800, "propose"),
    (801, "vote"),
    (802, "withdraw a proposal"),
];

impl Operation {
    /// The budget that the operation draws on, when a key of this role signs it for an identity that is, or is not, a
    /// member of the consortium. No device key draws on the controller's budget, whatever it signs; what the successor
    /// signs draws on [`Budget::Succession`].
    #[must_use]
    pub const fn budget(&self, role: KeyRole, member: bool) -> Budget {
        match (self, role) {
            (Self::Rotate { .. } | Self::RevokeDevice { .. } | Self::Deactivate, KeyRole::Controller) => {
                Budget::Controller
            }
            (
                Self::RevokeDevice { .. } | Self::RevokeConsent { .. } | Self::RevokeCredential { .. },
                KeyRole::Device,
            ) => Budget::DeviceReserve,
            (Self::AnchorLogs { .. }, KeyRole::Device) => Budget::LogAnchors,
            (Self::Incept { .. }, _) if member => Budget::Sponsorship,
            _ => Budget::Ordinary,
        }
    }

    /// Whether the operation may stand in the reserved share of a block: known from its code alone.
    #[must_use]
    pub const fn is_reserved(&self) -> bool {
        matches!(
            self,
            Self::Rotate { .. }
                | Self::RevokeDevice { .. }
                | Self::Deactivate
                | Self::RevokeCredential { .. }
                | Self::RevokeConsent { .. }
                | Self::AnchorLogs { .. }
        )
    }

    /// What it is called where people read.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Incept { .. } => "inception",
            Self::AddDevice { .. } => "device addition",
            Self::RevokeDevice { .. } => "device revocation",
            Self::Rotate { .. } => "rotation",
            Self::Deactivate => "deactivation",
            Self::Anchor { .. } => "record anchor",
            Self::AnchorBatch { .. } => "batch anchor",
            Self::Amend { .. } => "amendment",
            Self::EnterInError { .. } => "entered-in-error mark",
            Self::IssueCredential { .. } => "credential",
            Self::RevokeCredential { .. } => "credential revocation",
            Self::GrantConsent { .. } => "consent",
            Self::AmendConsent { .. } => "consent amendment",
            Self::RevokeConsent { .. } => "consent revocation",
            Self::OpenSession { .. } => "access session",
            Self::AnchorLogs { .. } => "session log anchor",
        }
    }
}
