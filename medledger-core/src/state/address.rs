//! Every kind of object in the state, and its key.

use alloc::vec::Vec;
use core::iter;

use crate::hash::{
    ConsentId, CredentialId, Did, GroundId, KeyId, RecordId, SessionId, StateKey, Tag, hash, hash_each,
};

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
    /// A practitioner's credential.
    Credential(CredentialId),
    /// An access session.
    Session(SessionId),
    /// The head of a custodian's log of a session, by the custodian's place in the session.
    SessionLog(SessionId, u8),
    /// A legal ground.
    LegalGround(GroundId),
}

/// Numbers of kinds that are kept for the parts to come.
pub const RESERVED_KINDS: &[(u8, &str)] = &[
    (7, "sponsor"),
    (14, "guardians"),
    (15, "recovery"),
    (17, "proxy"),
    (18, "emergency directive"),
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
    (33, "provisional identity"),
];

/// Numbers of the kinds in force: number, name, what the id in the key is (zeros where there is one object alone), what
/// the part is, and the value's type.
pub const KINDS: &[(u8, &str, &str, &str, &str)] = &[
    (0, "parameters", "", "", "Params"),
    (1, "validators", "", "", "Schedule"),
    (2, "log of headers", "", "", "Peaks"),
    (3, "identity", "DID", "", "Control"),
    (4, "key", "key id", "", "KeyEntry"),
    (5, "use of a key", "key id", "", "KeyUsage"),
    (6, "use of an identity", "DID", "", "IdentityUsage"),
    (8, "subject's log", "DID", "1 timeline, 2 access, 3 authority", "Peaks"),
    (9, "record", "record id", "", "RecordState"),
    (10, "subject's entry of a batch", "entry's id", "", "BatchState"),
    (11, "subject's occupied consent slots", "DID", "", "ActiveConsents"),
    (12, "consent slot", "DID", "slot", "ConsentSlot"),
    (13, "consent", "consent id", "", "ConsentState"),
    (16, "credential", "credential id", "", "CredentialState"),
    (19, "access session", "session id", "", "SessionState"),
    (20, "custodian's session log", "session id", "custodian's place in the session", "HeadState"),
    (32, "legal ground", "ground id", "", "LegalGround"),
];

impl Address {
    /// The number of the kind of object, as in [`KINDS`].
    #[must_use]
    pub const fn kind(&self) -> u8 {
        match self {
            Self::Params => 0,
            Self::Validators => 1,
            Self::Headers => 2,
            Self::Identity(_) => 3,
            Self::Key(_) => 4,
            Self::KeyUsage(_) => 5,
            Self::IdentityUsage(_) => 6,
            Self::Log(..) => 8,
            Self::Record(_) => 9,
            Self::Batch(_) => 10,
            Self::ActiveConsents(_) => 11,
            Self::ConsentSlot(..) => 12,
            Self::Consent(_) => 13,
            Self::Credential(_) => 16,
            Self::Session(_) => 19,
            Self::SessionLog(..) => 20,
            Self::LegalGround(_) => 32,
        }
    }

    /// The key in the state.
    #[must_use]
    pub fn key(&self) -> StateKey {
        StateKey(hash(Tag::StateKey, &[&self.message()]))
    }

    /// The keys of many addresses, as [`Self::key`].
    pub(crate) fn keys(addresses: &[Self]) -> impl Iterator<Item = StateKey> {
        let messages: Vec<_> = addresses.iter().map(Self::message).collect();
        hash_each(Tag::StateKey, &messages).into_iter().map(StateKey)
    }

    /// What the key is the hash of.
    fn message(&self) -> [u8; 34] {
        const NONE: [u8; 32] = [0; 32];
        let (id, part): (&[u8; 32], u8) = match self {
            Self::Params | Self::Validators | Self::Headers => (&NONE, 0),
            Self::Identity(did) | Self::IdentityUsage(did) | Self::ActiveConsents(did) => (&did.0, 0),
            Self::Key(key) | Self::KeyUsage(key) => (&key.0, 0),
            Self::Log(did, kind) => (&did.0, kind.number()),
            Self::Record(record) | Self::Batch(record) => (&record.0, 0),
            Self::ConsentSlot(did, slot) => (&did.0, *slot),
            Self::Consent(consent) => (&consent.0, 0),
            Self::Credential(credential) => (&credential.0, 0),
            Self::Session(session) => (&session.0, 0),
            Self::SessionLog(session, custodian) => (&session.0, *custodian),
            Self::LegalGround(ground) => (&ground.0, 0),
        };
        let mut message = [0; 34];
        let bytes = iter::once(self.kind()).chain(*id).chain(iter::once(part));
        message.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
        message
    }
}
