//! An entry of the access log; a session.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::access::{AccessEntry, Scope, SessionBasis, SessionRequest};
use medledger_core::hash::Did;
use medledger_core::identity::did_to_text;
use medledger_core::state::{LogEntry, LogLeaf};
use medledger_core::units::Timestamp;

use super::text::{CodingView, Count, clinical, codings, dids, rule};
use crate::access_log::{Custody, LoggedSession, Look};
use crate::time::rfc3339;

/// Who asked for what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestView {
    /// Who.
    pub requester: String,
    /// For which organisation.
    pub organisation: Option<String>,
    /// Whose records.
    pub subject: String,
    /// Who is to release.
    pub custodians: Vec<String>,
    /// `consent` or `legal-ground`.
    pub basis: &'static str,
    /// The consent's or the ground's id.
    pub basis_id: String,
    /// What is to be done.
    pub action: String,
    /// What for.
    pub purpose: String,
    /// Resource types; an empty list is all.
    pub types: Vec<String>,
    /// Categories; an empty list is all.
    pub categories: Vec<CodingView>,
    /// When it happened; null for whenever.
    pub period: Option<String>,
    /// Until when.
    pub until: String,
}

/// An entry of the access log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccessEntryView {
    /// `opened`, `denied` or `closed`.
    pub kind: &'static str,
    /// When the ledger recorded it.
    pub time: String,
    /// At which height.
    pub height: Count,
    /// The transaction.
    pub transaction: String,
    /// The rule by which it was denied.
    pub rule: Option<String>,
    /// The session; null for a denial.
    pub session: Option<String>,
    /// What was asked; null for a close.
    pub request: Option<RequestView>,
    /// The first millisecond after the session, where one was opened.
    pub not_after: Option<String>,
    /// The custodian that closed.
    pub custodian: Option<String>,
    /// How many releases and refusals it reports.
    pub count: Option<Count>,
}

/// A session with its closes, or a denial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LookView {
    /// `permit` or `deny`.
    pub effect: &'static str,
    /// The rule by which it was denied.
    pub rule: Option<String>,
    /// When the ledger recorded it.
    pub time: String,
    /// At which height.
    pub height: Count,
    /// The transaction.
    pub transaction: String,
    /// What was asked.
    pub request: RequestView,
    /// The session; null for a denial.
    pub session: Option<String>,
    /// The first millisecond after the session, at the latest.
    pub not_after: Option<String>,
    /// `open`, `unclosed` (it is over, and a custodian has not closed it) or `closed`, at the time that was asked about.
    pub status: Option<&'static str>,
    /// Each custodian's part; none for a denial.
    pub custodians: Vec<CustodyView>,
    /// How many records were released, where the logs of all custodians are at hand.
    pub released: Option<Count>,
    /// How many requests for a record were refused, likewise.
    pub refused: Option<Count>,
}

/// A session and who has closed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionView {
    /// Its id.
    pub session: String,
    /// When it was opened.
    pub opened: String,
    /// The first millisecond after it, at the latest.
    pub not_after: String,
    /// The roles that the requester has.
    pub roles: Vec<CodingView>,
    /// What was asked.
    pub request: RequestView,
    /// Whether a custodian has not closed it.
    pub unclosed: bool,
    /// Each custodian's part.
    pub custodians: Vec<CustodyView>,
}

/// A custodian's part in a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CustodyView {
    /// The custodian.
    pub custodian: String,
    /// When its close was recorded; null until then.
    pub closed: Option<String>,
    /// How many releases and refusals it reports.
    pub count: Option<Count>,
    /// The head of its log.
    pub head: Option<String>,
}

impl RequestView {
    fn new(requester: &Did, request: &SessionRequest) -> Self {
        let (basis, basis_id) = match request.basis {
            SessionBasis::Consent { consent, .. } => ("consent", consent.to_string()),
            SessionBasis::LegalGround { ground } => ("legal-ground", ground.to_string()),
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
            period: period.as_ref().map(clinical),
            until: rfc3339(request.until),
        }
    }
}

impl AccessEntryView {
    /// The view of an entry; `None` for one of another log.
    #[must_use]
    pub fn new(leaf: &LogLeaf) -> Option<Self> {
        let LogEntry::Access { entry } = &leaf.entry else { return None };
        let plain = Self {
            kind: "denied",
            time: rfc3339(leaf.time),
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
            AccessEntry::Opened { session, state } => Self {
                kind: "opened",
                session: Some(session.to_string()),
                request: Some(RequestView::new(&state.requester, &state.request)),
                not_after: Some(rfc3339(state.not_after)),
                ..plain
            },
            AccessEntry::Denied { requester, request } => {
                Self { request: Some(RequestView::new(requester, request)), ..plain }
            }
            AccessEntry::Closed { session, custodian, count, .. } => Self {
                kind: "closed",
                session: Some(session.to_string()),
                custodian: Some(did_to_text(custodian)),
                count: Some(Count(*count)),
                ..plain
            },
        })
    }
}

/// How a session stands at a time, in a word.
#[must_use]
pub fn standing(logged: &LoggedSession, now: Timestamp) -> &'static str {
    match (logged.is_unclosed(), now < logged.state.not_after) {
        (false, _) => "closed",
        (true, true) => "open",
        (true, false) => "unclosed",
    }
}

impl LookView {
    /// The view of a session or a denial at a time.
    #[must_use]
    pub fn new(look: &Look, now: Timestamp) -> Self {
        let logged = look.logged.as_ref();
        let custodians = logged.map(|logged| logged.custodians.iter().map(CustodyView::from).collect());
        Self {
            effect: if logged.is_some() { "permit" } else { "deny" },
            rule: rule(look.code),
            time: rfc3339(look.time),
            height: Count(look.height.0),
            transaction: look.tx.to_string(),
            request: RequestView::new(&look.requester, &look.request),
            session: logged.map(|logged| logged.session.to_string()),
            not_after: logged.map(|logged| rfc3339(logged.state.not_after)),
            status: logged.map(|logged| standing(logged, now)),
            custodians: custodians.unwrap_or_default(),
            released: None,
            refused: None,
        }
    }
}

impl From<&Custody> for CustodyView {
    fn from(custody: &Custody) -> Self {
        Self {
            custodian: did_to_text(&custody.custodian),
            closed: custody.close.map(|close| rfc3339(close.time)),
            count: custody.close.map(|close| Count(close.count)),
            head: custody.close.map(|close| close.head.to_string()),
        }
    }
}

impl From<&LoggedSession> for SessionView {
    fn from(logged: &LoggedSession) -> Self {
        let state = &logged.state;
        Self {
            session: logged.session.to_string(),
            opened: rfc3339(state.opened),
            not_after: rfc3339(state.not_after),
            roles: codings(&state.roles),
            request: RequestView::new(&state.requester, &state.request),
            unclosed: logged.is_unclosed(),
            custodians: logged.custodians.iter().map(CustodyView::from).collect(),
        }
    }
}
