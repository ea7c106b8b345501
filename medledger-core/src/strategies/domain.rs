//! Identities and records.

use alloc::vec::Vec;
use proptest::collection::vec as list_of;
use proptest::option;
use proptest::prelude::{Arbitrary, BoxedStrategy, Strategy, any};

use super::{arbitrary, ascending, list, text, word};
use crate::crypto::{AgreementKey, PublicKey};
use crate::hash::{
    ControlHash, CredentialId, Did, FactsCommitment, KeyId, LogRoot, Nonce, RecordCommitment, RecordId,
    RecordVersion, SuccessorDigest,
};
use crate::identity::{
    AuthorityEntry, Control, Credential, CredentialState, DeviceKeys, Inception, KeyEntry, KeyRole,
    KeyStatus, Kind, Rotation, Status, Succession,
};
use crate::merkle::InclusionProof;
use crate::record::commitment::{CommitmentAlgorithm, Content};
use crate::record::{
    Amendment, Anchor, BatchAnchor, BatchEntry, BatchState, Coding, Commitments, Facts, Opening, RecordRef,
    RecordState, RecordStatus, Retraction, Salt, TimelineEntry, Version,
};
use crate::units::{Interval, Period};

fn devices() -> impl Strategy<Value = Vec<DeviceKeys>> {
    ascending(|device: &DeviceKeys| device.signing.id())
}

fn key_ids() -> impl Strategy<Value = Vec<KeyId>> {
    ascending(|key: &KeyId| *key)
}

arbitrary! {
    enum Kind { Patient, Practitioner, Organisation, Device }
    enum Status { Active, Deactivated }
    enum KeyRole { Device, Controller }
    enum KeyStatus { Live, Revoked, RotatedOut }
    enum AuthorityEntry {
        Incepted { inception: any::<Inception>() },
        DeviceAdded { device: any::<DeviceKeys>() },
        DeviceRevoked { key: any::<KeyId>(), by: any::<KeyId>() },
        Rotated { rotation: any::<Rotation>() },
        Deactivated { by: any::<KeyId>() },
        CredentialIssued { id: any::<CredentialId>(), issuer: any::<Did>(), credential: any::<Credential>() },
        CredentialRevoked { id: any::<CredentialId>() },
    }
    enum CommitmentAlgorithm { Sha3_256 }
    enum RecordRef {
        Known { record: any::<RecordId>() },
        InBatch {
            batch: any::<RecordId>(),
            index: any::<u64>(),
            commitments: any::<Commitments>(),
            path: any::<InclusionProof>(),
        },
    }
    enum RecordStatus { Current, EnteredInError }
    enum TimelineEntry {
        Anchored { record: any::<RecordId>(), custodian: any::<Did>(), commitments: any::<Commitments>() },
        BatchAnchored {
            batch: any::<RecordId>(),
            custodian: any::<Did>(),
            root: any::<LogRoot>(),
            count: any::<u64>(),
        },
        Amended {
            record: any::<RecordId>(),
            version: any::<u64>(),
            replaces: any::<RecordVersion>(),
            commitments: any::<Commitments>(),
        },
        EnteredInError { record: any::<RecordId>() },
    }
}

arbitrary! {
    struct DeviceKeys { signing: any::<PublicKey>(), agreement: any::<Option<AgreementKey>>() }
    struct Inception {
        kind: any::<Kind>(),
        controller: any::<PublicKey>(),
        successor: any::<SuccessorDigest>(),
        devices: devices(),
        nonce: any::<Nonce>(),
    }
    struct Control {
        kind: any::<Kind>(),
        sponsor: any::<Option<Did>>(),
        member: any::<bool>(),
        status: any::<Status>(),
        rotations: any::<u64>(),
        controller: any::<KeyId>(),
        successor: any::<SuccessorDigest>(),
        devices: key_ids(),
    }
    struct KeyEntry {
        did: any::<Did>(),
        role: any::<KeyRole>(),
        status: any::<KeyStatus>(),
        keys: any::<DeviceKeys>(),
    }
    struct Succession {
        did: any::<Did>(),
        rotations: any::<u64>(),
        controller: any::<KeyId>(),
        successor: any::<SuccessorDigest>(),
    }
    struct Rotation {
        replaces: any::<ControlHash>(),
        controller: any::<PublicKey>(),
        successor: any::<SuccessorDigest>(),
        keep: key_ids(),
        add: devices(),
    }
    struct Credential { holder: any::<Did>(), role: any::<Coding>(), period: any::<Period>() }
    struct CredentialState { issuer: any::<Did>(), credential: any::<Credential>(), revoked: any::<bool>() }
    struct Coding { system: option::of(word()), code: word() }
    struct Commitments {
        hash: any::<CommitmentAlgorithm>(),
        content: any::<RecordCommitment>(),
        facts: any::<FactsCommitment>(),
    }
    struct Opening {
        content: any::<Content>(),
        content_salt: any::<Salt>(),
        facts: any::<Facts>(),
        facts_salt: any::<Salt>(),
    }
    struct Anchor { subject: any::<Did>(), custodian: any::<Did>(), commitments: any::<Commitments>() }
    struct BatchEntry { subject: any::<Did>(), root: any::<LogRoot>(), count: 1_u64..1 << 20 }
    struct BatchAnchor { custodian: any::<Did>(), entries: ascending(|entry: &BatchEntry| entry.subject) }
    struct Amendment {
        record: any::<RecordRef>(),
        replaces: any::<RecordVersion>(),
        commitments: any::<Commitments>(),
    }
    struct Retraction { record: any::<RecordRef>() }
    struct RecordState {
        subject: any::<Did>(),
        custodian: any::<Did>(),
        version: 1..u64::MAX,
        current: any::<RecordVersion>(),
        status: any::<RecordStatus>(),
    }
    struct BatchState {
        subject: any::<Did>(),
        custodian: any::<Did>(),
        root: any::<LogRoot>(),
        count: 1_u64..1 << 20,
    }
    struct Version { record: any::<RecordId>(), version: 1..u64::MAX, commitments: any::<Commitments>() }
}

impl Arbitrary for Facts {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;
    /// Facts that may be committed to.
    fn arbitrary_with((): ()) -> Self::Strategy {
        let names = (word(), word());
        let codings = (list(), list(), any::<bool>(), list());
        let references = (list_of(text(), 0..4), list_of(text(), 0..4));
        (names, codings, references, any::<Option<Interval>>())
            .prop_map(|(names, (category, codes, assessed, labels), (authors, related), clinical)| {
                let labels = assessed.then_some(labels);
                let (reference, resource_type) = names;
                Self { reference, resource_type, category, codes, labels, authors, related, clinical }
                    .normalise()
            })
            .boxed()
    }
}

impl Arbitrary for Salt {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;
    fn arbitrary_with((): ()) -> Self::Strategy {
        any::<[u8; 32]>().prop_map(Self::new).boxed()
    }
}

impl Arbitrary for Content {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;
    fn arbitrary_with((): ()) -> Self::Strategy {
        list_of(any::<u8>(), 0..300).prop_map(Self::new).boxed()
    }
}
