//! A custodian's own logs of its sessions: numbered without gaps, anchored by their heads, closed for good.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use medledger_core::access::{HeadState, LogAnchor, SessionEvent, SessionHead, SessionLogEntry};
use medledger_core::codec::{CodecError, decode, encode};
use medledger_core::hash::{AppRootHash, Did, RequestHash, SessionId};
use medledger_core::light::Anchored;
use medledger_core::limits::{LOG_ANCHOR_ENTRIES, PROOF};
use medledger_core::merkle::Log;
use medledger_core::units::{Height, Timestamp};
use medledger_core::wire;

use super::error::{GatewayError, NoDecision};
use crate::release::{ReleaseAsk, SignedAsk};

wire! {
    /// An entry as a custodian keeps it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct KeptEntry {
        /// What stands in the log.
        pub entry: SessionLogEntry,
        /// The request that it answers: that the custodian was asked.
        pub asked: SignedAsk,
    }
}

wire! {
    /// One session's log as a custodian keeps it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct KeptSessionLog {
        /// The session.
        pub session: SessionId,
        /// Its entries.
        pub entries: Vec<KeptEntry>,
        /// How many of them are known to be anchored.
        pub anchored: u64,
        /// Since when the custodian judges nothing more under it.
        pub closed: Option<Timestamp>,
        /// Whether the close is known to be anchored.
        pub settled: bool,
    }
}

wire! {
    /// All of a custodian's session logs, as they are kept between processes. Holds no secrets.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct KeptLogs {
        /// The custodian.
        pub custodian: Did,
        /// The height of the newest header that it has judged under.
        pub height: Height,
        /// That header; zeros where there is none yet.
        pub header: AppRootHash,
        /// The latest time that it has seen, by its own clock or a header.
        pub time: Timestamp,
        /// Ascending by session.
        pub sessions: Vec<KeptSessionLog>,
    }
}

impl KeptSessionLog {
    /// Its entries, without the requests that they answer.
    #[must_use]
    pub fn logged(&self) -> Vec<SessionLogEntry> {
        self.entries.iter().map(|kept| kept.entry.clone()).collect()
    }
}

impl KeptLogs {
    /// Decodes what was kept.
    ///
    /// # Errors
    /// [`CodecError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, CodecError> {
        decode(bytes, &PROOF)
    }

    /// The bytes to keep.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn encode(&self) -> Result<Vec<u8>, CodecError> {
        encode(self)
    }
}

/// One session's log.
#[derive(Clone, Debug, Default)]
pub struct SessionLog {
    entries: Vec<SessionLogEntry>,
    asked: Vec<SignedAsk>,
    answered: BTreeMap<RequestHash, u64>,
    log: Log,
    anchored: u64,
    closed: Option<Timestamp>,
    settled: bool,
}

impl SessionLog {
    /// Its entries.
    #[must_use]
    pub fn entries(&self) -> &[SessionLogEntry] {
        &self.entries
    }

    /// The requests that they answer, in the same order: that the custodian was asked.
    #[must_use]
    pub fn asked(&self) -> &[SignedAsk] {
        &self.asked
    }

    /// The number of the entry that answers a request.
    pub(super) fn answers(&self, request: &RequestHash) -> Option<u64> {
        self.answered.get(request).copied()
    }

    /// How many of them are known to be anchored.
    #[must_use]
    pub const fn anchored(&self) -> u64 {
        self.anchored
    }

    /// Whether it takes no more entries.
    #[must_use]
    pub const fn is_closed(&self) -> bool {
        self.closed.is_some()
    }

    /// Whether the ledger is known to hold all of it, its close included.
    #[must_use]
    pub const fn is_settled(&self) -> bool {
        self.settled
    }

    /// That the log holds what the ledger has anchored of it; remembers how much that is.
    pub(super) fn agrees(&mut self, session: SessionId, head: &HeadState) -> Result<(), NoDecision> {
        let (own, anchored) = (self.log.size(), head.count);
        if self.log.root_at(anchored) != Ok(head.head) {
            return Err(NoDecision::LogBehind { session, own, anchored });
        }
        self.anchored = self.anchored.max(anchored);
        self.settled |= head.closed;
        Ok(())
    }

    pub(super) fn append(
        &mut self,
        asked: SignedAsk,
        under: &Anchored,
        time: Timestamp,
        event: SessionEvent,
    ) -> Result<SessionLogEntry, GatewayError> {
        let ReleaseAsk { session, custodian, .. } = asked.ask;
        let request = asked.ask.hash()?;
        let entry = SessionLogEntry {
            session,
            custodian,
            number: self.log.size(),
            time,
            height: under.header.height,
            header: under.hash,
            request,
            event,
        };
        self.log.append(&entry.data()?);
        self.answered.insert(request, entry.number);
        self.entries.push(entry.clone());
        self.asked.push(asked);
        Ok(entry)
    }

    pub(super) fn close(&mut self, now: Timestamp) {
        self.closed.get_or_insert(now);
    }

    /// What is to be anchored, with the time since when.
    fn due(&self) -> Option<Timestamp> {
        let first = usize::try_from(self.anchored).ok().and_then(|first| self.entries.get(first));
        let first = first.map(|entry| entry.time);
        if self.settled { None } else { first.or(self.closed) }
    }

    fn head(&self, session: SessionId) -> Option<SessionHead> {
        let count = self.log.size();
        let continues = self.log.consistency(self.anchored, count).ok()?;
        Some(SessionHead { session, head: self.log.root(), count, continues, closes: self.is_closed() })
    }

    fn confirm(&mut self, head: &SessionHead) {
        self.anchored = self.anchored.max(head.count);
        self.settled |= head.closes;
    }

    pub(super) fn keep(&self, session: SessionId) -> KeptSessionLog {
        let Self { entries, asked, anchored, closed, settled, .. } = self.clone();
        let entries =
            entries.into_iter().zip(asked).map(|(entry, asked)| KeptEntry { entry, asked }).collect();
        KeptSessionLog { session, entries, anchored, closed, settled }
    }

    pub(super) fn restore(kept: KeptSessionLog) -> Result<Self, CodecError> {
        let KeptSessionLog { entries, anchored, closed, settled, .. } = kept;
        let (entries, asked): (Vec<_>, Vec<_>) =
            entries.into_iter().map(|KeptEntry { entry, asked }| (entry, asked)).unzip();
        let data = entries.iter().map(SessionLogEntry::data).collect::<Result<Vec<_>, _>>()?;
        let answered = entries.iter().map(|entry| (entry.request, entry.number)).collect();
        Ok(Self { log: Log::from_data(&data), entries, asked, answered, anchored, closed, settled })
    }
}

/// The heads and closes that wait, those that wait the longest first where one anchor can't take all.
pub(super) fn anchor(logs: &BTreeMap<SessionId, SessionLog>) -> Option<LogAnchor> {
    let mut due: Vec<(Timestamp, SessionId, &SessionLog)> =
        logs.iter().filter_map(|(session, log)| Some((log.due()?, *session, log))).collect();
    due.sort_by_key(|(since, session, _)| (*since, *session));
    due.truncate(usize::try_from(LOG_ANCHOR_ENTRIES).unwrap_or(usize::MAX));
    due.sort_by_key(|(_, session, _)| *session);
    let heads: Vec<SessionHead> = due.into_iter().filter_map(|(_, session, log)| log.head(session)).collect();
    (!heads.is_empty()).then_some(LogAnchor { heads })
}

/// Remembers what the ledger has recorded.
pub(super) fn confirm(logs: &mut BTreeMap<SessionId, SessionLog>, anchor: &LogAnchor) {
    for head in &anchor.heads {
        if let Some(log) = logs.get_mut(&head.session) {
            log.confirm(head);
        }
    }
}
