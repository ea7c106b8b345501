//! Domain-separated SHA3-256 (FIPS 202), and one type per meaning.
//!
//! Every use has its own tag of 16 bytes. No tag begins with a byte below 0x10: those are kept for the nodes of
//! trees (00 and 01 leaf and node of a log as in RFC 9162, 02 and 03 leaf and node of the state tree), so that no
//! tagged hash can be taken for a node.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;
use core::hint::black_box;
use sha3::{Digest, Sha3_256};

use crate::codec::{CodecError, Wire, encode};

/// A SHA3-256 digest.
pub type Digest32 = [u8; 32];

macro_rules! tags {
    ($( $(#[doc = $doc:literal])+ $name:ident = $text:literal; )*) => {
        /// What is hashed: the first 16 bytes of every hash outside a tree's nodes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Tag { $( $(#[doc = $doc])+ $name ),* }

        impl Tag {
            /// All tags.
            pub const ALL: &'static [Tag] = &[ $( Tag::$name ),* ];

            /// The tag's 16 bytes: its text, then zeros.
            #[must_use]
            pub const fn bytes(self) -> &'static [u8; 16] {
                match self { $( Tag::$name => const { &padded($text) } ),* }
            }

            /// The tag's text.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $( Tag::$name => $text ),* }
            }

            /// What is hashed under it.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self { $( Tag::$name => concat!($( $doc ),+) ),* }.trim_start()
            }
        }
    };
}

#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "evaluated at compile time only")]
const fn padded(text: &str) -> [u8; 16] {
    let mut tag = [0; 16];
    let mut at = 0;
    while at < text.len() {
        tag[at] = text.as_bytes()[at];
        at += 1;
    }
    tag
}

tags! {
    /// A genesis, whose hash is the chain's id.
    Genesis = "ml1 genesis";
    /// An inception's body, whose hash is the DID.
    Did = "ml1 did";
    /// A public key with its algorithm.
    KeyId = "ml1 key";
    /// The digest of a successor key, disclosed when it is used.
    Successor = "ml1 successor";
    /// A Sig_structure: the transaction's id.
    TxId = "ml1 tx id";
    /// A transaction's body without approvals: what an approval signs.
    Body = "ml1 tx body";
    /// A transaction's bytes, signatures included.
    TxBytes = "ml1 tx bytes";
    /// A transaction's result.
    Result = "ml1 result";
    /// One event of a result.
    Event = "ml1 event";
    /// What an engine certifies about one height.
    AppRoot = "ml1 app root";
    /// The set of validators.
    Validators = "ml1 validators";
    /// What an authority signs.
    Authority = "ml1 authority";
    /// The transcript from which a batch's coefficients come.
    Batch = "ml1 sig batch";
    /// A key of the state: the kind of object and its id.
    StateKey = "ml1 state key";
    /// A value of the state.
    StateValue = "ml1 state value";
    /// A leaf of a subject's timeline.
    Timeline = "ml1 log timelin";
    /// A leaf of a subject's access log.
    Access = "ml1 log access";
    /// A leaf of a subject's authority log.
    AuthorityLog = "ml1 log authori";
    /// A record's content with its salt.
    Content = "ml1 content";
    /// A record's facts with their salt.
    Facts = "ml1 facts";
    /// The pair of commitments of one record: a leaf of a batch.
    Commitments = "ml1 commitments";
    /// A record's id, from the transaction that anchored it.
    RecordId = "ml1 record id";
    /// A version of a record.
    RecordVersion = "ml1 record ver";
    /// The keys of an identity: what a rotation replaces.
    Control = "ml1 control";
    /// A guardian's salted commitment.
    Guardian = "ml1 guardian";
    /// A recovery in progress.
    Recovery = "ml1 recovery";
    /// A practitioner's credential.
    Credential = "ml1 credential";
    /// A proxy.
    Proxy = "ml1 proxy";
    /// A consent's id.
    ConsentId = "ml1 consent id";
    /// A version of a consent.
    ConsentVersion = "ml1 consent ver";
    /// A salted leaf of a sealed consent.
    SealedTerm = "ml1 sealed term";
    /// A salted leaf naming who may invoke a sealed consent.
    SealedActor = "ml1 sealed act";
    /// A legal ground.
    LegalGround = "ml1 ground";
    /// An access session's id.
    SessionId = "ml1 session id";
    /// An entry of a custodian's session log.
    SessionEntry = "ml1 session ent";
    /// A gateway's decision commitment.
    Decision = "ml1 decision";
    /// A declared break-glass.
    BreakGlass = "ml1 break glass";
    /// An entry of an offline journal.
    Journal = "ml1 journal";
    /// A keystore's file: its version and body.
    KeystoreFile = "ml1 keystore";
    /// The key of a keystore, from what a passphrase gives.
    KeystoreKey = "ml1 keystore key";
    /// What a keystore's key is recognised by.
    KeystoreCommitment = "ml1 keystore com";
    /// A request for erasure.
    Erasure = "ml1 erasure";
    /// A trial.
    Trial = "ml1 trial";
    /// A trial's data set.
    DataSet = "ml1 data set";
    /// A row of a trial's table.
    Row = "ml1 row";
    /// A cell of a trial's table.
    Cell = "ml1 cell";
    /// A custody event.
    Custody = "ml1 custody";
    /// A salted serial number.
    Serial = "ml1 serial";
    /// A device stream.
    Stream = "ml1 stream";
    /// A window of a device stream.
    Window = "ml1 window";
    /// A proposal of governance.
    Proposal = "ml1 proposal";
    /// A ballot of governance.
    Ballot = "ml1 ballot";
    /// A vote of a quorum.
    Vote = "ml1 vote";
    /// A key's commitment in a sealed record.
    SealKey = "ml1 seal key";
    /// The sub-key that a sealed record's facts are encrypted under.
    SealFacts = "ml1 seal facts";
    /// The sub-key that a sealed record's chunks are encrypted under.
    SealChunks = "ml1 seal chunks";
    /// What stands before a sealed record's chunks: each of them is bound to it.
    SealHeader = "ml1 seal header";
    /// What a wrapped record key is bound to: the beginning of HPKE's `info`.
    Wrap = "ml1 wrap";
    /// What a holder keeps of a sealed record, so that damage shows without its key.
    Kept = "ml1 kept";
    /// What a release is bound to: the beginning of HPKE's `info`.
    Release = "ml1 release";
    /// A request for a record: what its requester signs.
    ReleaseAsk = "ml1 release ask";
}

/// `SHA3-256(tag ‖ parts…)`. All parts but the last have a fixed length, so no two inputs run together.
#[must_use]
pub fn hash(tag: Tag, parts: &[&[u8]]) -> Digest32 {
    let mut hasher = Sha3_256::new_with_prefix(tag.bytes());
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// [`hash`] of parts of which one is secret: nothing of them stays in memory. Dearer, so not for what everybody may see.
#[must_use]
pub fn hash_secret(tag: Tag, parts: &[&[u8]]) -> Digest32 {
    Hasher::new(tag, parts).finish()
}

/// [`hash`] of a last part that comes piece by piece. What it has absorbed is never moved, which would leave a copy, and is
/// wiped when it is dropped.
#[derive(Clone)]
pub struct Hasher(Box<Sha3_256>);

impl Hasher {
    /// The tag and the parts of fixed length.
    #[must_use]
    pub fn new(tag: Tag, parts: &[&[u8]]) -> Self {
        let mut hasher = Box::new(Sha3_256::new_with_prefix(tag.bytes()));
        for part in parts {
            hasher.update(part);
        }
        Self(hasher)
    }

    /// The next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The digest.
    #[must_use]
    pub fn finish(mut self) -> Digest32 {
        self.0.finalize_reset().into()
    }
}

impl Drop for Hasher {
    fn drop(&mut self) {
        self.0.reset();
        // Or the compiler might leave out what nobody reads any more.
        black_box(&mut self.0);
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hasher")
    }
}

/// `SHA3-256(tag ‖ bytes)` of each of many values, which don't depend on each other: in several lanes with the feature
/// `wide`.
#[must_use]
pub fn hash_each<B: AsRef<[u8]>>(tag: Tag, values: &[B]) -> Vec<Digest32> {
    let sizes = values.iter().map(|value| value.as_ref().len().saturating_add(16));
    let mut packed = Vec::with_capacity(sizes.fold(0, usize::saturating_add));
    let mut ends = Vec::with_capacity(values.len());
    for value in values {
        packed.extend_from_slice(tag.bytes());
        packed.extend_from_slice(value.as_ref());
        ends.push(packed.len());
    }
    let mut start = 0;
    let messages: Vec<&[u8]> = ends
        .into_iter()
        .map(|end| packed.get(core::mem::replace(&mut start, end)..end).unwrap_or(&[]))
        .collect();
    digests(&messages)
}

/// SHA3-256 of each of many messages, as [`hash_each`] without a tag: for the nodes of trees.
#[cfg(feature = "wide")]
pub(crate) fn digests<M: AsRef<[u8]>>(messages: &[M]) -> Vec<Digest32> {
    medledger_keccak::many(messages)
}

/// SHA3-256 of each of many messages, as [`hash_each`] without a tag: for the nodes of trees.
#[cfg(not(feature = "wide"))]
pub(crate) fn digests<M: AsRef<[u8]>>(messages: &[M]) -> Vec<Digest32> {
    messages.iter().map(|message| Sha3_256::digest(message.as_ref()).into()).collect()
}

/// `SHA3-256(tag ‖ CBOR(value))`.
///
/// # Errors
/// [`CodecError::Unencodable`], as [`encode`].
pub fn hash_wire<T: Wire>(tag: Tag, value: &T) -> Result<Digest32, CodecError> {
    Ok(hash(tag, &[&encode(value)?]))
}

/// Bytes as lower-case hexadecimal digits.
pub struct Hex<'a>(pub &'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The bytes that lower-case hexadecimal digits stand for; `None` for anything else.
#[must_use]
pub fn from_hex(text: &str) -> Option<alloc::vec::Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => byte.checked_sub(b'0'),
        b'a'..=b'f' => byte.checked_sub(b'a').and_then(|d| d.checked_add(10)),
        _ => None,
    };
    let mut pairs = text.as_bytes().chunks_exact(2);
    let bytes = pairs
        .by_ref()
        .map(|pair| match pair {
            [high, low] => digit(*high).zip(digit(*low)).map(|(high, low)| (high << 4) | low),
            _ => None,
        })
        .collect::<Option<alloc::vec::Vec<u8>>>()?;
    pairs.remainder().is_empty().then_some(bytes)
}

/// Defines newtypes over fixed byte arrays, encoded as byte strings.
#[macro_export]
macro_rules! byte_types {
    ($( $(#[$meta:meta])* $vis:vis struct $name:ident($len:literal); )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(transparent)]
        $vis struct $name(#[serde(with = "serde_bytes")] pub [u8; $len]);

        impl $name {
            /// How many bytes it has.
            pub const LEN: usize = $len;

            /// From a slice of just this length.
            #[must_use]
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }

            /// From lower-case hexadecimal digits.
            #[must_use]
            pub fn from_hex(text: &str) -> Option<Self> {
                $crate::hash::from_hex(text).and_then(|bytes| Self::from_slice(&bytes))
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] { &self.0 }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                $crate::hash::Hex(&self.0).fmt(f)
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, "{}({})", stringify!($name), $crate::hash::Hex(&self.0))
            }
        }
    )* };
}

byte_types! {
    /// The hash of a genesis: which ledger this is.
    pub struct ChainId(32);
    /// A decentralised identifier: the hash of its inception.
    pub struct Did(32);
    /// The hash of a public key with its algorithm.
    pub struct KeyId(32);
    /// The digest of a key not yet disclosed.
    pub struct SuccessorDigest(32);
    /// A transaction's id: covers what was signed, not the signature.
    pub struct TxId(32);
    /// The hash of a transaction's body, which approvals sign.
    pub struct BodyHash(32);
    /// The hash of a transaction's bytes.
    pub struct TxHash(32);
    /// What an engine certifies about one height.
    pub struct AppRootHash(32);
    /// The root of a block's transactions.
    pub struct TransactionsRoot(32);
    /// The root of a block's results.
    pub struct ResultsRoot(32);
    /// The root of the state tree.
    pub struct StateRoot(32);
    /// The hash of a leaf or node inside a log or the state tree.
    pub struct NodeHash(32);
    /// The root of an append-only log.
    pub struct LogRoot(32);
    /// A key of the state.
    pub struct StateKey(32);
    /// The hash of a value of the state.
    pub struct ValueHash(32);
    /// The hash of a set of validators.
    pub struct ValidatorsHash(32);
    /// The salted commitment to a record's content.
    pub struct RecordCommitment(32);
    /// The salted commitment to a record's facts.
    pub struct FactsCommitment(32);
    /// A record's id.
    pub struct RecordId(32);
    /// The hash of one version of a record.
    pub struct RecordVersion(32);
    /// The hash of an identity's keys, which a rotation replaces.
    pub struct ControlHash(32);
    /// A credential's id.
    pub struct CredentialId(32);
    /// A legal ground's id: the hash of its registration.
    pub struct GroundId(32);
    /// An access session's id.
    pub struct SessionId(32);
    /// A consent's id.
    pub struct ConsentId(32);
    /// The hash of one version of a consent.
    pub struct ConsentVersion(32);
    /// Random bytes that make an object's hash unguessable.
    pub struct Nonce(32);
    /// What a sealed record commits to its key with.
    pub struct SealKeyHash(32);
    /// The random beginning of every nonce in a sealed record.
    pub struct StreamPrefix(19);
    /// The hash of what a holder keeps of a sealed record.
    pub struct KeptHash(32);
    /// The hash of a request for a record, which its requester signs.
    pub struct RequestHash(32);
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;

    #[test]
    fn tags_are_distinct_and_keep_clear_of_tree_nodes() {
        let all: BTreeSet<_> = Tag::ALL.iter().map(|tag| tag.bytes()).collect();
        assert_eq!(all.len(), Tag::ALL.len());
        for tag in Tag::ALL {
            assert!(tag.bytes()[0] >= 0x10);
            assert!(tag.text().len() <= 16 && tag.text().is_ascii());
        }
    }

    #[test]
    fn hash_is_sha3_256_of_the_tag_and_the_parts() {
        let mut whole = Sha3_256::new();
        whole.update(b"ml1 did\0\0\0\0\0\0\0\0\0");
        whole.update(b"ab");
        let expected: Digest32 = whole.finalize().into();
        assert_eq!(hash(Tag::Did, &[b"a", b"b"]), expected);
        let mut pieces = Hasher::new(Tag::Did, &[b"a"]);
        pieces.update(b"");
        pieces.update(b"b");
        assert_eq!(pieces.finish(), expected);
    }

    #[test]
    fn hex_there_and_back() {
        let id = TxId([0xa5; 32]);
        assert_eq!(TxId::from_hex(&alloc::format!("{id}")), Some(id));
        for bad in ["A5", "a", "a5", "g0"] {
            assert_eq!(TxId::from_hex(bad), None);
        }
    }

    #[test]
    fn a_hasher_does_not_show_what_it_has_taken_in() {
        let mut hasher = Hasher::new(Tag::Content, &[b"a salt"]);
        hasher.update(b"a content");
        assert_eq!(alloc::format!("{hasher:?}"), "Hasher");
    }
}
