//! Access: who asks to look, what the ledger answers, and what custodians report.
//!
//! A session is opened before anybody looks; the ledger's answer is its receipt, permit and deny alike. The receipt is
//! necessary for a release and never sufficient. Custodians report releases and refusals in a log a session, of which the
//! ledger holds the head, and close it.

mod ground;
mod session;
mod session_log;

pub use ground::{LegalGround, ground_id};
pub use session::{AccessEntry, Scope, SessionBasis, SessionRequest, SessionState, session_id};
pub use session_log::{HeadState, LogAnchor, SessionEvent, SessionHead, SessionLogEntry, SessionRefusal};

rules! {
    /// Why a session or a report is refused.
    pub enum AccessError: ACC {
        /// A subject that is no patient.
        1 SubjectNotPatient { did: crate::hash::Did }:
            "an access session is about a patient's records",
            "identity {did} is not a patient";
        /// No custodian, too many, or not in order.
        2 BadCustodians { actual: u64, limit: u64 }:
            "a session names 1 to 16 custodians, ascending, without doubles",
            "{actual} custodians are named: from 1 to {limit} are allowed, ascending, each once";
        /// A scope that can't be one.
        3 BadScope { what: &'static str }:
            "a session's clear scope names resource types, categories and a period, each well-formed and ascending",
            "the scope's {what} are malformed, not ascending or empty";
        /// A purpose or action that is not known.
        4 UnknownCode { code: alloc::string::String }:
            "purpose and action are codes of the published systems",
            "{code} is not a purpose of use or a consent action that is known here";
        /// A session that ends before it begins, or lasts too long.
        5 BadDuration { until: crate::units::Timestamp, latest: crate::units::Timestamp }:
            "a session ends after it begins, and at most 12 hours later",
            "the session would end at {until}: it must end in the future, and at the latest at {latest}";
        /// A credential that is not the requester's, not in force, or revoked.
        6 CredentialNotLive { credential: crate::hash::CredentialId }:
            "each role that a requester names is given by a live credential of the requester",
            "credential {credential} does not stand: it is another's, not in force, or revoked";
        /// An organisation that does not vouch for the requester.
        7 NotVouchedFor { organisation: crate::hash::Did }:
            "a requester acts for an organisation that vouches for it by a live credential which the request names",
            "organisation {organisation} does not vouch for the requester by any credential that the request names";
        /// A legal ground that nobody registered.
        8 UnregisteredGround { ground: crate::hash::GroundId }:
            "a legal ground was registered by the consortium",
            "legal ground {ground} is not registered";
        /// A legal ground for something else.
        9 GroundDoesNotFit { what: &'static str }:
            "a legal ground is invoked by its organisation, in its role, for its purpose, types and duration",
            "the request is outside the legal ground's {what}";
        /// A consent of somebody else.
        10 ConsentOfAnother { consent: crate::hash::ConsentId }:
            "the consent that a session stands on is the subject's",
            "consent {consent} is not known, or not the subject's";
        /// Another version than the current one.
        11 ConsentSuperseded { current: crate::hash::ConsentVersion }:
            "the consent that a session stands on is named in its current version",
            "the consent's current version is {current}";
        /// A consent that was revoked, has ended or has no uses left.
        12 ConsentEnded:
            "the consent that a session stands on has not ended, and has uses left",
            "the consent was revoked, has ended, or has no uses left";
        /// A consent denies.
        13 Denied { consent: crate::hash::ConsentId }:
            "no active consent of the subject denies the request",
            "consent {consent} of the subject denies this";
        /// The named consent does not permit.
        14 NotPermitted:
            "the consent that a session stands on permits the request, whole",
            "the consent does not permit this";
        /// A requester that is a device.
        15 RequesterNotAllowed { did: crate::hash::Did }:
            "a session is requested by a practitioner, an organisation or a patient",
            "identity {did} is a device and can't ask for access";
        /// A session that the ledger does not know.
        20 UnknownSession { session: crate::hash::SessionId }:
            "a report or a release is about a session that was opened",
            "session {session} is not known on this ledger";
        /// A report by somebody whom the session does not name.
        21 NotNamed { session: crate::hash::SessionId }:
            "only a custodian that the session names releases and reports",
            "session {session} does not name this custodian";
        /// A report after the close.
        22 AlreadyClosed { session: crate::hash::SessionId }:
            "a custodian's log of a session ends with its close",
            "this custodian has closed session {session}";
        /// A head with a gap, or that runs back.
        23 LogRunsBack { actual: u64, anchored: u64 }:
            "a session log only grows: the entries are numbered without gaps",
            "the head counts {actual} entries, {anchored} are anchored already";
        /// A head that does not continue the one before.
        24 LogRewritten { session: crate::hash::SessionId }:
            "a session log's new head continues the one that is anchored",
            "the new head of session {session} is not proven to continue the anchored one";
        /// Reports out of order.
        25 HeadsNotAscending:
            "an anchor has 1 to 1,024 heads, ascending by session, each once",
            "the heads are none, too many, not in ascending order, or one is given twice";
        /// A session that has ended.
        30 SessionEnded { not_after: crate::units::Timestamp }:
            "nothing is released under a session at or after its end",
            "the session ended at {not_after}";
        /// An identity that has ended.
        31 PartyEnded { did: crate::hash::Did }:
            "requester, subject and organisation of a session are active",
            "identity {did} is no longer active";
    }
}

#[cfg(test)]
mod tests;
