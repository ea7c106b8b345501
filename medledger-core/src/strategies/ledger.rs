//! Transactions, state, blocks, the chain and what a light client reads.

use alloc::vec::Vec;
use proptest::collection::vec as list_of;
use proptest::prelude::{Arbitrary, BoxedStrategy, Strategy, any};
use serde_bytes::ByteBuf;

use super::{arbitrary, ascending, list, word};
use crate::access::{AccessEntry, LogAnchor, SessionRequest};
use crate::block::BlockBody;
use crate::chain::{AppRoot, Founder, Genesis};
use crate::codec::encode;
use crate::consensus::{AuthorityEvidence, AuthorityStatement, Evidence, rule};
use crate::consent::{ConsentEntry, Grant, Replacement};
use crate::crypto::{HashAlgorithm, PublicKey, Signature};
use crate::hash::{
    AppRootHash, ChainId, ConsentId, ConsentVersion, CredentialId, Did, KeyId, LogRoot, ResultsRoot,
    StateRoot, TransactionsRoot, TxHash, TxId, ValidatorsHash,
};
use crate::identity::{AuthorityEntry, Credential, DeviceKeys, Inception, Rotation};
use crate::light::{
    BatchMember, CertifiedHeader, KeptResult, KeptResults, LogProof, Receipt, ReceiptAnchor, RecordProof,
};
use crate::merkle::InclusionProof;
use crate::merkle::tree::StateProof;
use crate::operation::{
    Approval, Body, IdentityUsage, KeyUsage, Operation, PROTOCOL_VERSION, Payload, Quotas, ReplayWindow,
};
use crate::record::{Amendment, Anchor, BatchAnchor, Commitments, Opening, Retraction, TimelineEntry};
use crate::state::validators::Scheduled;
use crate::state::{
    ActiveConsents, ConsentSlot, Event, LogEntry, LogLeaf, Params, Schedule, Validator, ValidatorSet,
    ValueProof,
};
use crate::units::{Height, Millis, Timestamp};
use crate::validate::TxResult;

fn bytes() -> impl Strategy<Value = ByteBuf> {
    list_of(any::<u8>(), 0..80).prop_map(ByteBuf::from)
}

fn version() -> impl Strategy<Value = u64> {
    proptest::strategy::Just(PROTOCOL_VERSION)
}

/// Approvals in the form that they have, ascending by key.
fn approvals() -> impl Strategy<Value = Vec<ByteBuf>> {
    ascending(|approval: &(KeyId, Signature)| approval.0).prop_map(|approvals| {
        let encode = |(key, signature)| ByteBuf::from(Approval { key, signature }.encode());
        approvals.into_iter().map(encode).collect()
    })
}

arbitrary! {
    enum Operation {
        Incept { inception: any::<Inception>() },
        AddDevice { device: any::<DeviceKeys>() },
        RevokeDevice { key: any::<KeyId>() },
        Rotate { rotation: any::<Rotation>() },
        Deactivate,
        Anchor { anchor: any::<Anchor>() },
        AnchorBatch { batch: any::<BatchAnchor>() },
        Amend { amendment: any::<Amendment>() },
        EnterInError { retraction: any::<Retraction>() },
        IssueCredential { credential: any::<Credential>() },
        RevokeCredential { credential: any::<CredentialId>() },
        GrantConsent { grant: any::<Grant>() },
        AmendConsent { replacement: any::<Replacement>() },
        RevokeConsent { consent: any::<ConsentId>() },
        OpenSession { request: any::<SessionRequest>() },
        AnchorLogs { anchor: any::<LogAnchor>() },
    }
    enum LogEntry {
        Timeline { entry: any::<TimelineEntry>() },
        Access { entry: any::<AccessEntry>() },
        Authority { entry: any::<AuthorityEntry>() },
        Consent { entry: any::<ConsentEntry>() },
    }
    enum ReceiptAnchor {
        Evidence { evidence: any::<Evidence>() },
        LogPath {
            path: any::<InclusionProof>(),
            peaks: any::<ValueProof>(),
            header: any::<AppRoot>(),
            evidence: any::<Option<Evidence>>(),
        },
    }
}

arbitrary! {
    struct Body {
        version: version(),
        chain: any::<ChainId>(),
        signer: any::<Did>(),
        key: any::<KeyId>(),
        counter: any::<u64>(),
        signed_at: any::<Timestamp>(),
        valid_until: any::<Timestamp>(),
        operation: any::<Operation>(),
    }
    struct Payload { body: any::<Body>(), approvals: approvals() }
    struct ReplayWindow { base: any::<u64>(), used: any::<u64>() }
    struct Quotas {
        epoch: (1..1_u64 << 40).prop_map(Millis),
        ordinary: 1..u64::MAX,
        controller: 1..u64::MAX,
        device_reserve: 1..u64::MAX,
        log_anchors: 1..u64::MAX,
        sponsored: 1..u64::MAX,
    }
    struct KeyUsage { window: any::<ReplayWindow>(), epoch: any::<u64>(), reserve: any::<u64>() }
    struct IdentityUsage {
        epoch: any::<u64>(),
        ordinary: any::<u64>(),
        succession: any::<u64>(),
        controller: any::<u64>(),
        log_anchors: any::<u64>(),
        sponsored: any::<u64>(),
        successor_window: any::<ReplayWindow>(),
    }
    struct Params {
        quotas: any::<Quotas>(),
        freshness: (1..1_u64 << 40).prop_map(Millis),
        block_interval: (1..1_u64 << 40).prop_map(Millis),
        clock_ahead: any::<Millis>(),
        log_anchor_interval: any::<Millis>(),
        review_due: any::<Millis>(),
        recovery_delay: any::<Millis>(),
        guardians: any::<u64>(),
        reserved_share: 2..u64::MAX,
    }
    struct Validator { key: any::<PublicKey>(), power: 1..u64::MAX }
    struct ValidatorSet {
        validators: (any::<Validator>(), ascending(|validator: &Validator| validator.key))
            .prop_map(|(first, mut rest)| {
                rest.retain(|other| other.key != first.key);
                rest.push(first);
                rest
            }),
    }
    struct Scheduled { from: any::<Height>(), set: any::<ValidatorSet>() }
    struct Schedule { current: any::<ValidatorSet>(), next: ascending(|scheduled: &Scheduled| scheduled.from) }
    struct ConsentSlot { consent: any::<ConsentId>(), version: any::<ConsentVersion>() }
    struct LogLeaf {
        tx: any::<TxId>(),
        height: any::<Height>(),
        index: any::<u64>(),
        time: any::<Timestamp>(),
        code: any::<u64>(),
        entry: any::<LogEntry>(),
    }
    struct Event { subject: any::<Did>(), position: any::<u64>(), leaf: any::<LogLeaf>() }
    struct ValueProof { proof: any::<StateProof>(), values: list_of(bytes(), 0..4) }
    struct TxResult {
        hash: any::<TxHash>(),
        id: any::<Option<TxId>>(),
        code: any::<u64>(),
        events: any::<u64>(),
        events_root: any::<LogRoot>(),
    }
    struct BlockBody {
        height: any::<Height>(),
        time: any::<Timestamp>(),
        previous: any::<AppRootHash>(),
        transactions: list_of(bytes(), 0..4),
    }
    struct Founder { inception: any::<Inception>(), member: any::<bool>() }
    struct Genesis {
        version: version(),
        hash: any::<HashAlgorithm>(),
        name: word(),
        time: any::<Timestamp>(),
        finality: 1_u64..=3,
        validators: any::<ValidatorSet>(),
        params: any::<Params>(),
        founders: list(),
        grounds: list(),
    }
    struct AppRoot {
        version: version(),
        hash: any::<HashAlgorithm>(),
        chain: any::<ChainId>(),
        height: any::<Height>(),
        time: any::<Timestamp>(),
        previous: any::<AppRootHash>(),
        count: any::<u64>(),
        transactions_root: any::<TransactionsRoot>(),
        results_root: any::<ResultsRoot>(),
        state_root: any::<StateRoot>(),
        next_validators: any::<ValidatorsHash>(),
    }
    struct AuthorityStatement {
        chain: any::<ChainId>(),
        height: any::<Height>(),
        time: any::<Timestamp>(),
        root: any::<AppRootHash>(),
        round: any::<u64>(),
    }
    struct AuthorityEvidence {
        height: any::<Height>(),
        time: any::<Timestamp>(),
        root: any::<AppRootHash>(),
        round: any::<u64>(),
        key: any::<PublicKey>(),
        signature: any::<Signature>(),
    }
    struct CertifiedHeader { header: any::<AppRoot>(), evidence: any::<Evidence>() }
    struct Receipt {
        event: any::<Event>(),
        place: any::<u64>(),
        event_path: any::<InclusionProof>(),
        result: any::<TxResult>(),
        result_path: any::<InclusionProof>(),
        header: any::<AppRoot>(),
        anchor: any::<ReceiptAnchor>(),
    }
    struct KeptResult { result: any::<TxResult>(), events: list() }
    struct KeptResults { results: list() }
    struct BatchMember { index: any::<u64>(), commitments: any::<Commitments>(), path: any::<InclusionProof>() }
    struct RecordProof {
        receipt: any::<Receipt>(),
        member: any::<Option<BatchMember>>(),
        opening: any::<Option<Opening>>(),
    }
    struct LogProof {
        subject: any::<Did>(),
        header: any::<CertifiedHeader>(),
        head: any::<ValueProof>(),
        leaves: list(),
    }
}

impl Arbitrary for ActiveConsents {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;
    fn arbitrary_with((): ()) -> Self::Strategy {
        list_of(any::<u8>(), 0..20)
            .prop_map(|slots| slots.into_iter().fold(Self::default(), |map, slot| map.with(slot, true)))
            .boxed()
    }
}

impl Arbitrary for Evidence {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;
    /// Evidence of the rule of authority; nothing signed it.
    fn arbitrary_with((): ()) -> Self::Strategy {
        any::<AuthorityEvidence>()
            .prop_map(|evidence| Self {
                rule: rule::AUTHORITY,
                bytes: ByteBuf::from(encode(&evidence).unwrap_or_default()),
            })
            .boxed()
    }
}
