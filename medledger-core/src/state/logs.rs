//! The three logs of a subject.
//!
//! The state holds only (size, peaks) of each; the leaves' preimages are kept by the nodes and handed to clients, who
//! compute the peaks from them: so n entries are provably all.

use crate::access::AccessEntry;
use crate::codec::CodecError;
use crate::consent::ConsentEntry;
use crate::hash::{Did, Digest32, Tag, TxId, hash_wire};
use crate::identity::AuthorityEntry;
use crate::record::TimelineEntry;
use crate::units::{Height, Timestamp};

/// Which log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogKind {
    /// Records.
    Timeline,
    /// Who looked, and who was refused.
    Access,
    /// Keys, consents, revocations, proxies, break-glass.
    Authority,
}

impl LogKind {
    /// The log's number, in keys of the state.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Timeline => 1,
            Self::Access => 2,
            Self::Authority => 3,
        }
    }

    /// The tag of its leaves.
    #[must_use]
    pub const fn tag(self) -> Tag {
        match self {
            Self::Timeline => Tag::Timeline,
            Self::Access => Tag::Access,
            Self::Authority => Tag::AuthorityLog,
        }
    }
}

wire! {
    /// What a leaf says of its subject.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum LogEntry {
        /// In the timeline.
        1 => Timeline {
            /// Of a record.
            entry: TimelineEntry,
        },
        /// In the access log.
        2 => Access {
            /// Of a session.
            entry: AccessEntry,
        },
        /// In the authority log.
        3 => Authority {
            /// Of a key or a credential.
            entry: AuthorityEntry,
        },
        /// In the authority log.
        4 => Consent {
            /// Of a consent.
            entry: ConsentEntry,
        },
    }
}

impl LogEntry {
    /// The log that it belongs to.
    #[must_use]
    pub const fn kind(&self) -> LogKind {
        match self {
            Self::Timeline { .. } => LogKind::Timeline,
            Self::Access { .. } => LogKind::Access,
            Self::Authority { .. } | Self::Consent { .. } => LogKind::Authority,
        }
    }
}

wire! {
    /// One leaf of a subject's log.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct LogLeaf {
        /// The transaction that caused it.
        pub tx: TxId,
        /// The block.
        pub height: Height,
        /// The transaction's place in it.
        pub index: u64,
        /// When the ledger recorded it.
        pub time: Timestamp,
        /// The transaction's result code.
        pub code: u64,
        /// What it says.
        pub entry: LogEntry,
    }
}

wire! {
    /// What a transaction says of one subject, as its result commits to it: a receipt shows this event and no other.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Event {
        /// Whose log.
        pub subject: Did,
        /// The leaf's place in that log, from 0.
        pub position: u64,
        /// The leaf.
        pub leaf: LogLeaf,
    }
}

impl LogLeaf {
    /// The leaf's data: its hash with the tag of its log.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn data(&self) -> Result<Digest32, CodecError> {
        hash_wire(self.entry.kind().tag(), self)
    }
}

impl Event {
    /// The data of the event's leaf under a result.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn data(&self) -> Result<Digest32, CodecError> {
        hash_wire(Tag::Event, self)
    }
}
