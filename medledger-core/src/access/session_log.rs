//! What custodians report of a session: a gap-numbered log, of which the ledger holds the head.

use alloc::vec::Vec;

use super::AccessError;
use crate::codec::CodecError;
use crate::hash::{AppRootHash, Did, Digest32, LogRoot, RecordId, RequestHash, SessionId, Tag, hash_wire};
use crate::limits::LOG_ANCHOR_ENTRIES;
use crate::merkle::ConsistencyProof;
use crate::units::{Height, Timestamp};

wire! {
    /// Why a custodian released nothing.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum SessionRefusal {
        /// The session or its basis no longer stood.
        1 => SessionEnded,
        /// The record is not in the session's scope, or not the subject's.
        2 => OutOfScope,
        /// The subject's consents don't permit it.
        3 => NotPermitted,
        /// The newest header that the custodian had was too old.
        4 => HeaderTooOld,
        /// The custodian does not hold it.
        5 => NotHeld,
    }
}

wire! {
    /// What happened to a record under a session.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum SessionEvent {
        /// It was released to the session's key.
        1 => Released {
            /// The record.
            record: RecordId,
        },
        /// It was not.
        2 => Refused {
            /// The record that was asked for.
            record: RecordId,
            /// Why.
            why: SessionRefusal,
        },
    }
}

wire! {
    /// An entry of a custodian's log of a session.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SessionLogEntry {
        /// The session.
        pub session: SessionId,
        /// The custodian.
        pub custodian: Did,
        /// The entry's number, from 0, without gaps.
        pub number: u64,
        /// When, by the custodian's clock.
        pub time: Timestamp,
        /// The height of the header that it was judged under.
        pub height: Height,
        /// That header.
        pub header: AppRootHash,
        /// The hash of the signed request that it answers: no two entries of a log answer the same one.
        pub request: RequestHash,
        /// What happened.
        pub event: SessionEvent,
    }
}

impl SessionEvent {
    /// The record that it is about.
    #[must_use]
    pub const fn record(&self) -> RecordId {
        match self {
            Self::Released { record } | Self::Refused { record, .. } => *record,
        }
    }
}

impl SessionLogEntry {
    /// The entry's leaf data.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn data(&self) -> Result<Digest32, CodecError> {
        hash_wire(Tag::SessionEntry, self)
    }
}

wire! {
    /// The head of one session's log.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SessionHead {
        /// The session.
        pub session: SessionId,
        /// The root over the entries.
        pub head: LogRoot,
        /// How many there are.
        pub count: u64,
        /// That they continue those anchored before.
        pub continues: ConsistencyProof,
        /// Whether no more will come.
        pub closes: bool,
    }
}

wire! {
    /// The heads and closes of all of a custodian's sessions. The signer is the custodian.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct LogAnchor {
        /// Ascending by session.
        pub heads: Vec<SessionHead>,
    }
}

wire! {
    /// What the state holds of a custodian's log of a session.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct HeadState {
        /// The root over the entries.
        pub head: LogRoot,
        /// How many there are.
        pub count: u64,
        /// Whether no more will come.
        pub closed: bool,
        /// When it was last anchored.
        pub anchored: Timestamp,
    }
}

impl LogAnchor {
    /// Checks what can be checked without a state.
    ///
    /// # Errors
    /// [`AccessError::HeadsNotAscending`].
    pub fn check(&self) -> Result<(), AccessError> {
        let count = u64::try_from(self.heads.len()).unwrap_or(u64::MAX);
        let ascend = self.heads.is_sorted_by(|a, b| a.session < b.session);
        if count == 0 || count > LOG_ANCHOR_ENTRIES || !ascend {
            return Err(AccessError::HeadsNotAscending);
        }
        Ok(())
    }
}

impl HeadState {
    /// The head after a report, given the one before.
    ///
    /// # Errors
    /// [`AccessError::AlreadyClosed`], [`AccessError::LogRunsBack`], [`AccessError::LogRewritten`].
    pub fn advance(before: Option<&Self>, report: &SessionHead, now: Timestamp) -> Result<Self, AccessError> {
        let session = report.session;
        let empty = crate::merkle::Peaks::new().root();
        let (head, anchored, closed) =
            before.map_or((empty, 0, false), |before| (before.head, before.count, before.closed));
        if closed {
            return Err(AccessError::AlreadyClosed { session });
        }
        if report.count < anchored {
            return Err(AccessError::LogRunsBack { actual: report.count, anchored });
        }
        report
            .continues
            .verify((anchored, &head), (report.count, &report.head))
            .map_err(|_| AccessError::LogRewritten { session })?;
        Ok(Self { head: report.head, count: report.count, closed: report.closes, anchored: now })
    }
}
