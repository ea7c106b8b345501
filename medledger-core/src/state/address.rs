//! Every kind of object in the state, and its key.

use crate::hash::{ConsentId, Did, KeyId, RecordId, StateKey, Tag, hash};

use super::logs::LogKind;

/// Where an object stands in the state. Its key is `H(tag ‖ kind ‖ id ‖ part)`, all of fixed length; ids are themselves
/// hashes of random bytes or random, so nobody can look for an object without having been told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Address {
    /// The parameters in force.
    Params,
    /// The validators, now and scheduled.
    Validators,
    /// The log of all prior headers.
    Headers,
    /// An identity.
    Identity(Did),
    /// A key.
    Key(KeyId),
    /// What a key has used.
    KeyUsage(KeyId),
    /// What an identity has used.
    IdentityUsage(Did),
    /// The head of one of a subject's logs.
    Log(Did, LogKind),
    /// A record.
    Record(RecordId),
    /// One subject's entry of a batch.
    Batch(RecordId),
    /// Which of a subject's slots hold a consent.
    ActiveConsents(Did),
    /// One such slot.
    ConsentSlot(Did, u8),
    /// A consent.
    Consent(ConsentId),
}

/// Numbers of kinds that are kept for the parts to come.
pub const RESERVED_KINDS: &[(u8, &str)] = &[
    (7, "sponsor"),
    (14, "guardians"),
    (15, "recovery"),
    (16, "credential"),
    (17, "proxy"),
    (18, "emergency directive"),
    (19, "access session"),
    (20, "custodian's session log"),
    (21, "break-glass"),
    (22, "offline journal"),
    (23, "erasure"),
    (24, "legal hold"),
    (25, "trial"),
    (26, "data set"),
    (27, "custody of a serial number"),
    (28, "lot"),
    (29, "stream"),
    (30, "proposal"),
    (31, "member"),
    (32, "legal ground"),
    (33, "provisional identity"),
];

impl Address {
    /// The key in the state.
    #[must_use]
    pub fn key(&self) -> StateKey {
        const NONE: [u8; 32] = [0; 32];
        let (kind, id, part): (u8, &[u8; 32], u8) = match self {
            Self::Params => (0, &NONE, 0),
            Self::Validators => (1, &NONE, 0),
            Self::Headers => (2, &NONE, 0),
            Self::Identity(did) => (3, &did.0, 0),
            Self::Key(key) => (4, &key.0, 0),
            Self::KeyUsage(key) => (5, &key.0, 0),
            Self::IdentityUsage(did) => (6, &did.0, 0),
            Self::Log(did, kind) => (8, &did.0, kind.number()),
            Self::Record(record) => (9, &record.0, 0),
            Self::Batch(record) => (10, &record.0, 0),
            Self::ActiveConsents(did) => (11, &did.0, 0),
            Self::ConsentSlot(did, slot) => (12, &did.0, *slot),
            Self::Consent(consent) => (13, &consent.0, 0),
        };
        StateKey(hash(Tag::StateKey, &[&[kind], id, &[part]]))
    }
}
