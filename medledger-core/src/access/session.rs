//! Sessions: the request, and what the state holds of one that was permitted.

use alloc::string::String;
use alloc::vec::Vec;

use super::AccessError;
use crate::crypto::AgreementKey;
use crate::hash::{
    ConsentId, ConsentVersion, CredentialId, Did, GroundId, LogRoot, SessionId, Tag, TxId, hash,
};
use crate::limits::{SESSION_CUSTODIANS, SESSION_LONGEST};
use crate::units::{Interval, Timestamp};
use crate::vocabulary::{ACTIONS, Coding, is_resource_type, labels, purpose};

wire! {
    /// What a session stands on. Code 3 is kept for break-glass.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum SessionBasis {
        /// A consent, in just this version.
        1 => Consent {
            /// The consent.
            consent: ConsentId,
            /// Its version.
            version: ConsentVersion,
        },
        /// A legal ground; each custodian countersigns.
        2 => LegalGround {
            /// The ground.
            ground: GroundId,
        },
    }
}

wire! {
    /// What a session reaches, in the clear: never labels, codes, single records, authors or related ones.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Scope {
        /// Resource types, ascending; an empty list is all.
        pub types: Vec<String>,
        /// Categories, ascending; an empty list is all.
        pub categories: Vec<Coding>,
        /// When it happened clinically; `None` is whenever.
        pub period: Option<Interval>,
    }
}

wire! {
    /// A request for an access session. The signer is the requester.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SessionRequest {
        /// Whose records.
        pub subject: Did,
        /// For which organisation.
        pub organisation: Option<Did>,
        /// The credentials that give the requester's roles, ascending.
        pub credentials: Vec<CredentialId>,
        /// Who is to release, ascending.
        pub custodians: Vec<Did>,
        /// On what ground.
        pub basis: SessionBasis,
        /// What is to be done (FHIR `consentaction`).
        pub action: String,
        /// What for (HL7 v3 PurposeOfUse).
        pub purpose: String,
        /// With what.
        pub scope: Scope,
        /// A fresh key that releases are encrypted to.
        pub key: AgreementKey,
        /// Until when; at most 12 hours.
        pub until: Timestamp,
    }
}

wire! {
    /// A permitted session as the state holds it. That its basis still stands is judged when it is read.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SessionState {
        /// Who asked.
        pub requester: Did,
        /// In which roles.
        pub roles: Vec<Coding>,
        /// When it was opened.
        pub opened: Timestamp,
        /// The first millisecond after it: the earliest of all ends.
        pub not_after: Timestamp,
        /// What was asked.
        pub request: SessionRequest,
    }
}

wire! {
    /// What a patient's access log says, under the code of the operation that says it; a denial has a code of its own.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum AccessEntry {
        /// A session was opened.
        400 => Opened {
            /// Its id.
            session: SessionId,
            /// Who, where, what for, on what ground, until when.
            state: SessionState,
        },
        /// A custodian reported how much it released and refused, and closed.
        401 => Closed {
            /// The session.
            session: SessionId,
            /// The custodian.
            custodian: Did,
            /// The head of its log of the session.
            head: LogRoot,
            /// How many entries that has.
            count: u64,
        },
        /// A session was refused; the leaf's code says by which rule.
        490 => Denied {
            /// Who asked.
            requester: Did,
            /// For what.
            request: SessionRequest,
        },
    }
}

/// A session's id, from the transaction that opened it.
#[must_use]
pub fn session_id(tx: &TxId) -> SessionId {
    SessionId(hash(Tag::SessionId, &[tx.as_ref()]))
}

impl SessionRequest {
    /// Checks what can be checked without a state. What fails here is no request, and is not in the access log.
    ///
    /// # Errors
    /// [`AccessError`] 2 to 5.
    pub fn check(&self, now: Timestamp) -> Result<(), AccessError> {
        let actual = u64::try_from(self.custodians.len()).unwrap_or(u64::MAX);
        if actual == 0 || actual > SESSION_CUSTODIANS || !self.custodians.is_sorted_by(|a, b| a < b) {
            return Err(AccessError::BadCustodians { actual, limit: SESSION_CUSTODIANS });
        }
        let Scope { types, categories, period } = &self.scope;
        if !types.is_sorted_by(|a, b| a < b) || !types.iter().all(|name| is_resource_type(name)) {
            return Err(AccessError::BadScope { what: "types" });
        }
        if !categories.is_sorted_by(|a, b| a < b) || categories.iter().any(labels::is_label) {
            return Err(AccessError::BadScope { what: "categories" });
        }
        if period.is_some_and(|period| !period.is_proper()) {
            return Err(AccessError::BadScope { what: "periods" });
        }
        if !self.credentials.is_sorted_by(|a, b| a < b) {
            return Err(AccessError::BadScope { what: "credentials" });
        }
        if !purpose::is_known(&self.purpose) {
            return Err(AccessError::UnknownCode { code: self.purpose.clone() });
        }
        if !ACTIONS.contains(&self.action.as_str()) {
            return Err(AccessError::UnknownCode { code: self.action.clone() });
        }
        let latest = now.plus(SESSION_LONGEST).unwrap_or(Timestamp(u64::MAX));
        if self.until <= now || self.until > latest {
            return Err(AccessError::BadDuration { until: self.until, latest });
        }
        Ok(())
    }

    /// The place of a custodian among those named.
    #[must_use]
    pub fn custodian(&self, did: &Did) -> Option<u8> {
        self.custodians.binary_search(did).ok().and_then(|place| u8::try_from(place).ok())
    }
}
