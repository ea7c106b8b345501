//! An entry of the access log; a session.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::access::{
    AccessEntry as CoreAccessEntry, Scope, SessionBasis, SessionRequest as CoreSessionRequest,
};
use medledger_core::hash::{Did, RecordId, SessionId};
use medledger_core::identity::did_to_text;
use medledger_core::state::{LogEntry, LogLeaf};
use medledger_core::units::Timestamp;

use super::error::Error;
use super::identities::key_of;
use super::parse;
use super::units::{Coding, Count, Interval, Time, codings, dids, rule, words};
use crate::access_log::{Custody as CoreCustody, LoggedSession, Look as CoreLook};
use crate::access_proof::Question;

words! {
    /// On what ground somebody looks.
    pub enum Basis {
        /// A consent of the patient.
        Consent = "consent",
        /// A ground that the consortium registered.
        LegalGround = "legal-ground",
    }
}

words! {
    /// What an entry of the access log says.
    pub enum AccessKind {
        /// A session was opened.
        Opened = "opened",
        /// It was denied.
        Denied = "denied",
        /// A custodian closed its part.
        Closed = "closed",
    }
}

words! {
    /// What was answered.
    pub enum Effect {
        /// It may be done.
        Permit = "permit",
        /// It may not.
        Deny = "deny",
    }
}

words! {
    /// How a session stands at a time.
    pub enum SessionStatus {
        /// Releases are possible.
        Open = "open",
        /// It is over, and a custodian has not closed it.
        Unclosed = "unclosed",
        /// Each custodian has closed it.
        Closed = "closed",
    }
}

/// Who asked for what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionRequest {
    /// Who.
    pub requester: String,
    /// For which organisation.
    pub organisation: Option<String>,
    /// Whose records.
    pub subject: String,
    /// Who is to release.
    pub custodians: Vec<String>,
    /// On what ground.
    pub basis: Basis,
    /// The consent's or the ground's id.
    pub basis_id: String,
    /// What is to be done.
    pub action: String,
    /// What for.
    pub purpose: String,
    /// Resource types; an empty list is all.
    pub types: Vec<String>,
    /// Categories; an empty list is all.
    pub categories: Vec<Coding>,
    /// When it happened; null for whenever.
    pub period: Option<Interval>,
    /// Until when.
    pub until: Time,
}

/// An entry of the access log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccessEntry {
    /// What it says.
    pub kind: AccessKind,
    /// When the ledger recorded it.
    pub time: Time,
    /// At which height.
    pub height: Count,
    /// The transaction.
    pub transaction: String,
    /// The rule by which it was denied.
    pub rule: Option<String>,
    /// The session; null for a denial.
    pub session: Option<String>,
    /// What was asked; null for a close.
    pub request: Option<SessionRequest>,
    /// The first millisecond after the session, where one was opened.
    pub not_after: Option<Time>,
    /// The custodian that closed.
    pub custodian: Option<String>,
    /// How many releases and refusals it reports.
    pub count: Option<Count>,
}

/// A session with its closes, or a denial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Look {
    /// What was answered.
    pub effect: Effect,
    /// The rule by which it was denied.
    pub rule: Option<String>,
    /// When the ledger recorded it.
    pub time: Time,
    /// At which height.
    pub height: Count,
    /// The transaction.
    pub transaction: String,
    /// What was asked.
    pub request: SessionRequest,
    /// The session; null for a denial.
    pub session: Option<String>,
    /// The first millisecond after the session, at the latest.
    pub not_after: Option<Time>,
    /// How it stands at the time that was asked about; null for a denial.
    pub status: Option<SessionStatus>,
    /// Each custodian's part; none for a denial.
    pub custodians: Vec<Custody>,
    /// How many records were released, where the logs of all custodians are at hand.
    pub released: Option<Count>,
    /// How many requests for a record were refused, likewise.
    pub refused: Option<Count>,
}

/// What a custodian's gateway has a node prove, before it releases a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccessQuestion {
    /// The session.
    pub session: String,
    /// The custodian that is to release.
    pub custodian: String,
    /// The record that is asked for.
    pub record: String,
    /// The id of the key that signed the request.
    pub key: String,
    /// The entry of a batch that the record was anchored in, where it was.
    pub batch: Option<String>,
}

impl From<&Question> for AccessQuestion {
    fn from(question: &Question) -> Self {
        Self {
            session: question.session.to_string(),
            custodian: did_to_text(&question.custodian),
            record: question.record.to_string(),
            key: question.key.to_string(),
            batch: question.batch.as_ref().map(ToString::to_string),
        }
    }
}

impl TryFrom<&AccessQuestion> for Question {
    type Error = Error;

    fn try_from(question: &AccessQuestion) -> Result<Self, Error> {
        let record =
            |name, text: &str| parse::hex(name, "a record's id: 64 digits of hex", text, RecordId::from_hex);
        let session = "a session's id: 64 digits of hex";
        Ok(Self {
            session: parse::hex("session", session, &question.session, SessionId::from_hex)?,
            custodian: parse::did("custodian", &question.custodian)?,
            record: record("record", &question.record)?,
            key: key_of("key", &question.key)?,
            batch: question.batch.as_deref().map(|batch| record("batch", batch)).transpose()?,
        })
    }
}

/// A session and who has closed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Session {
    /// Its id.
    pub session: String,
    /// When it was opened.
    pub opened: Time,
    /// The first millisecond after it, at the latest.
    pub not_after: Time,
    /// The roles that the requester has.
    pub roles: Vec<Coding>,
    /// What was asked.
    pub request: SessionRequest,
    /// Whether a custodian has not closed it.
    pub unclosed: bool,
    /// Each custodian's part.
    pub custodians: Vec<Custody>,
}

/// A custodian's part in a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Custody {
    /// The custodian.
    pub custodian: String,
    /// When its close was recorded; null until then.
    pub closed: Option<Time>,
    /// How many releases and refusals it reports.
    pub count: Option<Count>,
    /// The head of its log.
    pub head: Option<String>,
}

impl SessionRequest {
    fn new(requester: &Did, request: &CoreSessionRequest) -> Self {
        let (basis, basis_id) = match request.basis {
            SessionBasis::Consent { consent, .. } => (Basis::Consent, consent.to_string()),
            SessionBasis::LegalGround { ground } => (Basis::LegalGround, ground.to_string()),
        };
        let Scope { types, categories, period } = &request.scope;
        Self {
            requester: did_to_text(requester),
            organisation: request.organisation.as_ref().map(did_to_text),
            subject: did_to_text(&request.subject),
            custodians: dids(&request.custodians),
            basis,
            basis_id,
            action: request.action.clone(),
            purpose: request.purpose.clone(),
            types: types.clone(),
            categories: codings(categories),
            period: period.as_ref().map(Interval::from),
            until: request.until.into(),
        }
    }
}

impl AccessEntry {
    /// The view of an entry; `None` for one of another log.
    #[must_use]
    pub fn new(leaf: &LogLeaf) -> Option<Self> {
        let LogEntry::Access { entry } = &leaf.entry else { return None };
        let plain = Self {
            kind: AccessKind::Denied,
            time: leaf.time.into(),
            height: Count(leaf.height.0),
            transaction: leaf.tx.to_string(),
            rule: rule(leaf.code),
            session: None,
            request: None,
            not_after: None,
            custodian: None,
            count: None,
        };
        Some(match entry {
            CoreAccessEntry::Opened { session, state } => Self {
                kind: AccessKind::Opened,
                session: Some(session.to_string()),
                request: Some(SessionRequest::new(&state.requester, &state.request)),
                not_after: Some(state.not_after.into()),
                ..plain
            },
            CoreAccessEntry::Denied { requester, request } => {
                Self { request: Some(SessionRequest::new(requester, request)), ..plain }
            }
            CoreAccessEntry::Closed { session, custodian, count, .. } => Self {
                kind: AccessKind::Closed,
                session: Some(session.to_string()),
                custodian: Some(did_to_text(custodian)),
                count: Some(Count(*count)),
                ..plain
            },
        })
    }
}

impl SessionStatus {
    /// How a session stands at a time.
    #[must_use]
    pub fn of(logged: &LoggedSession, now: Timestamp) -> Self {
        match (logged.is_unclosed(), now < logged.state.not_after) {
            (false, _) => Self::Closed,
            (true, true) => Self::Open,
            (true, false) => Self::Unclosed,
        }
    }
}

impl Look {
    /// The view of a session or a denial at a time.
    #[must_use]
    pub fn new(look: &CoreLook, now: Timestamp) -> Self {
        let logged = look.logged.as_ref();
        let custodians = logged.map(|logged| logged.custodians.iter().map(Custody::from).collect());
        Self {
            effect: if logged.is_some() { Effect::Permit } else { Effect::Deny },
            rule: rule(look.code),
            time: look.time.into(),
            height: Count(look.height.0),
            transaction: look.tx.to_string(),
            request: SessionRequest::new(&look.requester, &look.request),
            session: logged.map(|logged| logged.session.to_string()),
            not_after: logged.map(|logged| logged.state.not_after.into()),
            status: logged.map(|logged| SessionStatus::of(logged, now)),
            custodians: custodians.unwrap_or_default(),
            released: None,
            refused: None,
        }
    }
}

impl From<&CoreCustody> for Custody {
    fn from(custody: &CoreCustody) -> Self {
        Self {
            custodian: did_to_text(&custody.custodian),
            closed: custody.close.map(|close| close.time.into()),
            count: custody.close.map(|close| Count(close.count)),
            head: custody.close.map(|close| close.head.to_string()),
        }
    }
}

impl From<&LoggedSession> for Session {
    fn from(logged: &LoggedSession) -> Self {
        let state = &logged.state;
        Self {
            session: logged.session.to_string(),
            opened: state.opened.into(),
            not_after: state.not_after.into(),
            roles: codings(&state.roles),
            request: SessionRequest::new(&state.requester, &state.request),
            unclosed: logged.is_unclosed(),
            custodians: logged.custodians.iter().map(Custody::from).collect(),
        }
    }
}
