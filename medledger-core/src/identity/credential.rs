//! Credentials: an organisation vouches for a practitioner's role.

use super::IdentityError;
use crate::hash::{CredentialId, Did, Tag, TxId, hash};
use crate::units::{Period, Timestamp};
use crate::vocabulary::Coding;

wire! {
    /// What an organisation vouches for.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Credential {
        /// The practitioner.
        pub holder: Did,
        /// The role.
        pub role: Coding,
        /// When.
        pub period: Period,
    }
}

wire! {
    /// A credential as the state holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct CredentialState {
        /// Who vouches.
        pub issuer: Did,
        /// For what.
        pub credential: Credential,
        /// Whether that was taken back.
        pub revoked: bool,
    }
}

/// A credential's id, from the transaction that issued it.
#[must_use]
pub fn credential_id(tx: &TxId) -> CredentialId {
    CredentialId(hash(Tag::Credential, &[tx.as_ref()]))
}

impl Credential {
    /// Checks what can be checked without a state.
    ///
    /// # Errors
    /// [`IdentityError::EmptyCredential`].
    pub fn check(&self) -> Result<(), IdentityError> {
        if self.role.code.is_empty() || !self.period.is_proper() {
            return Err(IdentityError::EmptyCredential);
        }
        Ok(())
    }
}

impl CredentialState {
    /// Whether it stands at a time.
    #[must_use]
    pub const fn stands(&self, time: Timestamp) -> bool {
        !self.revoked && self.credential.period.contains(time)
    }
}
