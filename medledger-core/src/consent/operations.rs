//! Grant, amend, revoke; and a consent as the state holds it.

use super::terms::{Terms, TermsError};
use crate::codec::CodecError;
use crate::hash::{ConsentId, ConsentVersion, Did, Tag, TxId, hash, hash_wire};
use crate::units::Timestamp;

rules! {
    /// Why an operation on a consent is refused.
    pub enum ConsentError: CON {
        /// A consent that the ledger does not know.
        30 UnknownConsent { consent: ConsentId }:
            "a consent that an operation names has been granted",
            "consent {consent} is not known on this ledger";
        /// Somebody else's consent.
        31 NotTheSubjects { consent: ConsentId }:
            "a consent is amended and revoked by the subject who granted it",
            "consent {consent} was granted by somebody else";
        /// A version that is not the current one.
        32 Superseded { current: ConsentVersion }:
            "an amendment names the version that it replaces, which is the current one",
            "the amendment replaces another version than the current one, {current}";
        /// A consent that was revoked.
        33 Revoked { consent: ConsentId }:
            "a consent that was revoked is neither amended nor revoked again",
            "consent {consent} has been revoked";
        /// A slot that holds a consent in force.
        34 SlotTaken { slot: u64 }:
            "a grant names a slot that is free, or whose consent has ended",
            "slot {slot} holds a consent that has not ended; a subject has at most 256 active consents";
        /// No such slot.
        35 NoSuchSlot { slot: u64 }:
            "a subject has slots 0 to 255",
            "there is no slot {slot}, the slots are 0 to 255";
        /// Consent by somebody who is no patient.
        36 GrantorNotPatient { did: Did }:
            "consents are granted by patients, about their own records",
            "identity {did} is not a patient and has no records to consent about";
        /// A consent that has ended before it could begin.
        37 AlreadyEnded { until: Timestamp }:
            "a consent that is granted or amended has not ended yet",
            "the consent would have ended at {until}, which is past";
    }
}

wire! {
    /// Terms as they stand on the ledger. Code 2 is kept for sealed ones.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum ConsentTerms {
        /// For everybody to read, in pseudonymous codes.
        1 => Open {
            /// The terms.
            terms: Terms,
        },
    }
}

wire! {
    /// A new consent of the signer.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Grant {
        /// The slot that it takes, 0 to 255.
        pub slot: u64,
        /// The terms.
        pub terms: ConsentTerms,
    }
}

wire! {
    /// A new version of a consent of the signer.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Replacement {
        /// The consent.
        pub consent: ConsentId,
        /// The version that is replaced.
        pub replaces: ConsentVersion,
        /// The new terms.
        pub terms: ConsentTerms,
    }
}

wire! {
    /// Whether a consent stands. Its period is judged when it is read.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ConsentStatus {
        /// It does.
        1 => Active,
        /// The subject took it back.
        2 => Revoked,
    }
}

wire! {
    /// A consent as the state holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ConsentState {
        /// Whose.
        pub subject: Did,
        /// Where it stands among the subject's active ones.
        pub slot: u64,
        /// Which version, from 1.
        pub version: u64,
        /// That version's hash.
        pub current: ConsentVersion,
        /// Whether it stands.
        pub status: ConsentStatus,
        /// How many sessions were permitted on it while it counted its uses; an amendment does not give them back.
        pub used: u64,
        /// The terms.
        pub terms: ConsentTerms,
    }
}

wire! {
    /// What a version's hash is made of.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ConsentVersionOf {
        /// The consent.
        pub consent: ConsentId,
        /// Which version, from 1.
        pub version: u64,
        /// The terms.
        pub terms: ConsentTerms,
    }
}

wire! {
    /// What a subject's authority log says of a consent.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum ConsentEntry {
        /// Granted.
        300 => Granted {
            /// The consent.
            consent: ConsentId,
            /// Its slot.
            slot: u64,
            /// The version's hash.
            version: ConsentVersion,
        },
        /// Amended.
        301 => Amended {
            /// The consent.
            consent: ConsentId,
            /// The version that was replaced.
            replaces: ConsentVersion,
            /// The new version's hash.
            version: ConsentVersion,
        },
        /// Revoked.
        302 => Revoked {
            /// The consent.
            consent: ConsentId,
            /// The version that was current.
            version: ConsentVersion,
        },
    }
}

/// A consent's id, from the transaction that granted it.
#[must_use]
pub fn consent_id(tx: &TxId) -> ConsentId {
    ConsentId(hash(Tag::ConsentId, &[tx.as_ref()]))
}

impl ConsentTerms {
    /// The terms, where they are open.
    #[must_use]
    pub const fn open(&self) -> &Terms {
        match self {
            Self::Open { terms } => terms,
        }
    }

    /// Checks terms that are to stand on the ledger.
    ///
    /// # Errors
    /// [`TermsError`].
    pub fn check(&self) -> Result<(), TermsError> {
        match self {
            Self::Open { terms } => terms.check_open(),
        }
    }
}

impl ConsentVersionOf {
    /// The version's hash: what an amendment and a session name.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn hash(&self) -> Result<ConsentVersion, CodecError> {
        hash_wire(Tag::ConsentVersion, self).map(ConsentVersion)
    }
}

impl ConsentState {
    /// A consent as it is granted.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn granted(consent: ConsentId, subject: Did, grant: &Grant) -> Result<Self, CodecError> {
        let terms = grant.terms.clone();
        let current = ConsentVersionOf { consent, version: 1, terms: terms.clone() }.hash()?;
        let status = ConsentStatus::Active;
        Ok(Self { subject, slot: grant.slot, version: 1, current, status, used: 0, terms })
    }

    /// The consent after an amendment by its subject.
    ///
    /// # Errors
    /// [`ConsentError::Revoked`], [`ConsentError::Superseded`].
    pub fn amended(&self, replacement: &Replacement) -> Result<Self, ConsentError> {
        let consent = replacement.consent;
        if self.status == ConsentStatus::Revoked {
            return Err(ConsentError::Revoked { consent });
        }
        let superseded = ConsentError::Superseded { current: self.current };
        if replacement.replaces != self.current {
            return Err(superseded);
        }
        let version = self.version.checked_add(1).ok_or(superseded.clone())?;
        let terms = replacement.terms.clone();
        let current =
            ConsentVersionOf { consent, version, terms: terms.clone() }.hash().map_err(|_| superseded)?;
        Ok(Self { version, current, terms, ..self.clone() })
    }

    /// The consent after its subject took it back, in whatever version.
    ///
    /// # Errors
    /// [`ConsentError::Revoked`].
    pub fn revoked(&self, consent: ConsentId) -> Result<Self, ConsentError> {
        match self.status {
            ConsentStatus::Active => Ok(Self { status: ConsentStatus::Revoked, ..self.clone() }),
            ConsentStatus::Revoked => Err(ConsentError::Revoked { consent }),
        }
    }

    /// Whether it can still answer anything at or after a time: not revoked, not past its period.
    #[must_use]
    pub fn has_ended(&self, time: Timestamp) -> bool {
        self.status == ConsentStatus::Revoked || time >= self.terms.open().period.until
    }

    /// Whether all its uses are spent.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.terms.open().uses.is_some_and(|uses| self.used >= uses)
    }
}
