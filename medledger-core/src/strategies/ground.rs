//! The ground floor: bytes, times, keys, logs and the state tree.

use proptest::collection::vec as list_of;
use proptest::prelude::{Arbitrary, BoxedStrategy, Strategy, any};
use serde_bytes::ByteBuf;

use super::{arbitrary, ascending, list};
use crate::crypto::{
    AgreementKey, AgreementKeyBytes, HashAlgorithm, PublicKey, SecretKey, Signature, SignatureAlgorithm,
};
use crate::hash::{
    AppRootHash, ChainId, ConsentId, ConsentVersion, ControlHash, CredentialId, Did, Digest32,
    FactsCommitment, GroundId, KeptHash, KeyId, LogRoot, NodeHash, Nonce, RecordCommitment, RecordId,
    RecordVersion, RequestHash, ResultsRoot, SealKeyHash, SessionId, StateKey, StateRoot, StreamPrefix,
    SuccessorDigest, TransactionsRoot, TxHash, TxId, ValidatorsHash, ValueHash,
};
use crate::merkle::tree::{Node, StateClaim, StateProof};
use crate::merkle::{CompactRange, ConsistencyProof, InclusionProof, Peaks};
use crate::units::{Height, Interval, Millis, Timestamp};

arbitrary! {
    newtype ChainId = Digest32;
    newtype Did = Digest32;
    newtype KeyId = Digest32;
    newtype SuccessorDigest = Digest32;
    newtype TxId = Digest32;
    newtype TxHash = Digest32;
    newtype AppRootHash = Digest32;
    newtype TransactionsRoot = Digest32;
    newtype ResultsRoot = Digest32;
    newtype StateRoot = Digest32;
    newtype NodeHash = Digest32;
    newtype LogRoot = Digest32;
    newtype StateKey = Digest32;
    newtype ValueHash = Digest32;
    newtype ValidatorsHash = Digest32;
    newtype RecordCommitment = Digest32;
    newtype FactsCommitment = Digest32;
    newtype RecordId = Digest32;
    newtype RecordVersion = Digest32;
    newtype ControlHash = Digest32;
    newtype ConsentId = Digest32;
    newtype ConsentVersion = Digest32;
    newtype CredentialId = Digest32;
    newtype GroundId = Digest32;
    newtype SessionId = Digest32;
    newtype AgreementKeyBytes = Digest32;
    newtype Nonce = Digest32;
    newtype SealKeyHash = Digest32;
    newtype KeptHash = Digest32;
    newtype RequestHash = Digest32;
    newtype StreamPrefix = [u8; 19];
    newtype Timestamp = u64;
    newtype Millis = u64;
    newtype Height = u64;
}

impl Arbitrary for Signature {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;
    fn arbitrary_with((): ()) -> Self::Strategy {
        let half = || any::<Digest32>();
        (half(), half())
            .prop_map(|(r, s)| {
                let mut bytes = [0; Self::LEN];
                for (to, from) in bytes.iter_mut().zip(r.iter().chain(&s)) {
                    *to = *from;
                }
                Self(bytes)
            })
            .boxed()
    }
}

impl Arbitrary for PublicKey {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;
    fn arbitrary_with((): ()) -> Self::Strategy {
        let _complete = |key: &Self| match key {
            Self::Ed25519 { .. } => (),
        };
        any::<Digest32>().prop_map(|seed| SecretKey::from_seed(seed).public()).boxed()
    }
}

impl Arbitrary for Interval {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;
    fn arbitrary_with((): ()) -> Self::Strategy {
        any::<(Option<i64>, Option<i64>)>()
            .prop_map(|(start, end)| match (start, end) {
                (Some(a), Some(b)) if a > b => Self { start: Some(b), end: Some(a) },
                (Some(a), Some(b)) if a == b => Self { start: Some(a), end: None },
                (start, end) => Self { start, end },
            })
            .boxed()
    }
}

impl Arbitrary for Peaks {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;
    /// As many hashes as bits are set; the leaves behind them need not exist.
    fn arbitrary_with((): ()) -> Self::Strategy {
        (any::<u64>(), 0_u32..=64)
            .prop_flat_map(|(bits, shift)| {
                let size = bits.checked_shr(shift).unwrap_or(0);
                let peaks = usize::try_from(size.count_ones()).unwrap_or(0);
                list_of(any::<NodeHash>(), peaks).prop_map(move |peaks| Self { size, peaks })
            })
            .boxed()
    }
}

impl Arbitrary for CompactRange {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;
    fn arbitrary_with((): ()) -> Self::Strategy {
        (0..1_u64 << 48, list_of(any::<Digest32>(), 0..40))
            .prop_map(|(start, leaves)| {
                let mut range = Self::new(start);
                for leaf in &leaves {
                    // A range is full after 2^64 leaves.
                    let _ = range.append(leaf);
                }
                range
            })
            .boxed()
    }
}

fn depth() -> impl Strategy<Value = u64> {
    0..=256_u64
}

arbitrary! {
    struct InclusionProof { path: list() }
    struct ConsistencyProof { path: list() }
    struct StateProof {
        claims: ascending(|claim: &StateClaim| *claim.key()),
        empty: list_of(any::<u8>(), 0..4).prop_map(ByteBuf::from),
        siblings: list(),
    }
}

arbitrary! {
    enum SignatureAlgorithm { Ed25519 }
    enum HashAlgorithm { Sha3_256 }
    enum AgreementKey { X25519 { bytes: any::<AgreementKeyBytes>() } }
    enum Node {
        Empty,
        Leaf { key: any::<StateKey>(), value: any::<ValueHash>() },
        Branch { left: any::<NodeHash>(), right: any::<NodeHash>() },
    }
    enum StateClaim {
        Present { key: any::<StateKey>(), depth: depth(), value: any::<ValueHash>() },
        Vacant { key: any::<StateKey>(), depth: depth() },
        Taken { key: any::<StateKey>(), depth: depth(), leaf: any::<StateKey>(), value: any::<ValueHash>() },
        Shared { key: any::<StateKey>() },
    }
}
