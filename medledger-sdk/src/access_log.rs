//! What a patient's access log says of each session, and whether it is complete.
//!
//! A session that a custodian has not closed may hold releases that nobody has reported yet: until each custodian that it
//! names has closed it, however late, the log that holds it is not complete.

use alloc::vec::Vec;

use medledger_core::access::{AccessEntry, SessionLogEntry, SessionRequest, SessionState};
use medledger_core::codec::CodecError;
use medledger_core::hash::{Did, LogRoot, SessionId, TxId};
use medledger_core::merkle::Log;
use medledger_core::state::{LogEntry, LogLeaf};
use medledger_core::units::{Height, Timestamp};

/// A custodian's part in a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Custody {
    /// The custodian.
    pub custodian: Did,
    /// Its close; `None` until that is anchored.
    pub close: Option<Close>,
}

/// A close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Close {
    /// The head of the custodian's log.
    pub head: LogRoot,
    /// How many entries that has: releases and refusals.
    pub count: u64,
    /// When it was recorded.
    pub time: Timestamp,
    /// At which height.
    pub height: Height,
}

/// A session of an access log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedSession {
    /// Its id.
    pub session: SessionId,
    /// Who, for whom, on what ground, until when.
    pub state: SessionState,
    /// Each custodian that it names, in their order.
    pub custodians: Vec<Custody>,
}

/// A session that was opened, or a request that was denied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The session; `None` for a denial.
    pub logged: Option<LoggedSession>,
    /// Who.
    pub requester: Did,
    /// For what.
    pub request: SessionRequest,
    /// The result's code: 0 for a session, else that of the rule that denied.
    pub code: u64,
    /// When.
    pub time: Timestamp,
    /// At which height.
    pub height: Height,
    /// The transaction.
    pub tx: TxId,
}

impl Close {
    /// Whether these entries are what was closed.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn is_of(&self, entries: &[SessionLogEntry]) -> Result<bool, CodecError> {
        let data = entries.iter().map(SessionLogEntry::data).collect::<Result<Vec<_>, _>>()?;
        let log = Log::from_data(&data);
        Ok(log.size() == self.count && log.root() == self.head)
    }
}

impl LoggedSession {
    /// A session that nobody has closed.
    #[must_use]
    pub fn new(session: SessionId, state: SessionState) -> Self {
        let named = |custodian: &Did| Custody { custodian: *custodian, close: None };
        let custodians = state.request.custodians.iter().map(named).collect();
        Self { session, state, custodians }
    }

    /// Whether a custodian has not closed it.
    #[must_use]
    pub fn is_unclosed(&self) -> bool {
        self.custodians.iter().any(|custody| custody.close.is_none())
    }

    /// The custodians that have not closed it.
    pub fn missing(&self) -> impl Iterator<Item = Did> + '_ {
        self.custodians.iter().filter(|custody| custody.close.is_none()).map(|custody| custody.custodian)
    }
}

/// The sessions that an access log tells of, in the order in which they were opened.
#[must_use]
pub fn sessions<'a>(leaves: impl IntoIterator<Item = &'a LogLeaf>) -> Vec<LoggedSession> {
    let mut sessions: Vec<LoggedSession> = Vec::new();
    for leaf in leaves {
        match &leaf.entry {
            LogEntry::Access { entry: AccessEntry::Opened { session, state } } => {
                sessions.push(LoggedSession::new(*session, state.clone()));
            }
            LogEntry::Access { entry: AccessEntry::Closed { session, custodian, head, count } } => {
                let of = sessions.iter_mut().find(|logged| logged.session == *session);
                let custody = of.and_then(|logged| {
                    logged.custodians.iter_mut().find(|custody| custody.custodian == *custodian)
                });
                if let Some(custody) = custody {
                    let (time, height) = (leaf.time, leaf.height);
                    custody.close = Some(Close { head: *head, count: *count, time, height });
                }
            }
            _ => {}
        }
    }
    sessions
}

/// Who looked and who was denied, in the order of the ledger; each session with the closes that the log tells of.
#[must_use]
pub fn looks(leaves: &[LogLeaf]) -> Vec<Look> {
    let mut logged = sessions(leaves).into_iter();
    let look = |leaf: &LogLeaf| {
        let LogEntry::Access { entry } = &leaf.entry else { return None };
        let (logged, requester, request) = match entry {
            AccessEntry::Opened { state, .. } => (logged.next(), state.requester, state.request.clone()),
            AccessEntry::Denied { requester, request } => (None, *requester, request.clone()),
            AccessEntry::Closed { .. } => return None,
        };
        let LogLeaf { code, time, height, tx, .. } = *leaf;
        Some(Look { logged, requester, request, code, time, height, tx })
    };
    leaves.iter().filter_map(look).collect()
}
