//! What holds for the encoding of every wire type of core holds for this crate's too.

#[path = "encoding/allocation.rs"]
#[allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "of encodings of its own making")]
mod allocation;

use medledger_core::access::SessionLogEntry;
use medledger_core::chain::Genesis;
use medledger_core::codec::{Schema, Shape};
use medledger_core::consensus::Evidence;
use medledger_core::crypto::{AgreementKey, AgreementKeyBytes};
use medledger_core::hash::{
    AppRootHash, ChainId, Did, KeptHash, KeyId, Nonce, RecordId, SealKeyHash, SessionId, StreamPrefix,
    SuccessorDigest,
};
use medledger_core::light::{CertifiedHeader, Receipt, RecordProof};
use medledger_core::record::Commitments;
use medledger_core::schema as core;
use medledger_core::state::{Event, ValueProof};
use medledger_core::units::{Height, Timestamp};
use medledger_sdk::certified::CertifiedState;
use medledger_sdk::export::{Export, ExportedBatch, ExportedRecord, SubjectLogs};
use medledger_sdk::gateway::KeptRecord;
use medledger_sdk::gateway::session_log::{KeptEntry, KeptLogs, KeptSessionLog};
use medledger_sdk::local::ledger::{SavedBlock, SavedLedger};
use medledger_sdk::proof::ProofFile;
use medledger_sdk::release::{Release, ReleaseAnswer, ReleaseAsk, ReleaseRequest, SignedAsk};
use medledger_sdk::schema::{BYTE_STRINGS, WIRE_TYPES};
use medledger_sdk::seal::{
    ContentForm, Destroyed, Kept, SealSuite, SealedHead, SealedHeader, SealedRecord, Wrap,
};
use medledger_sdk::wallet::format::{
    FileCheck, KeptIdentity, KeystoreBody, KeystoreFile, KeystoreHeader, PassphraseCommitment,
    PassphraseCost, PassphraseSalt, SealNonce,
};
use proptest::arbitrary::any;
use proptest::collection::vec;
use proptest::option;
use proptest::prop_oneof;
use proptest::strategy::{BoxedStrategy, Just, Strategy};
use serde_bytes::ByteBuf;
use std::collections::BTreeSet;

fn bytes() -> impl Strategy<Value = ByteBuf> {
    vec(any::<u8>(), 0..200).prop_map(ByteBuf::from)
}

/// A wire type of this crate: one that is listed and has no strategy does not compile.
trait Generated: Sized {
    fn values() -> BoxedStrategy<Self>;
}

impl Generated for ReleaseAsk {
    fn values() -> BoxedStrategy<Self> {
        any::<(SessionId, Did, RecordId, KeyId, Nonce)>()
            .prop_map(|(session, custodian, record, key, nonce)| Self {
                session,
                custodian,
                record,
                key,
                nonce,
            })
            .boxed()
    }
}

impl Generated for SignedAsk {
    fn values() -> BoxedStrategy<Self> {
        (ReleaseAsk::values(), bytes()).prop_map(|(ask, approval)| Self { ask, approval }).boxed()
    }
}

impl Generated for ReleaseRequest {
    fn values() -> BoxedStrategy<Self> {
        (SignedAsk::values(), any::<Receipt>()).prop_map(|(signed, receipt)| Self { signed, receipt }).boxed()
    }
}

impl Generated for Release {
    fn values() -> BoxedStrategy<Self> {
        (any::<(SessionId, RecordId, Did, RecordProof, AgreementKeyBytes)>(), bytes(), option::of(bytes()))
            .prop_map(|((session, record, custodian, proof, encapsulated), ciphertext, container)| Self {
                session,
                record,
                custodian,
                proof,
                encapsulated,
                ciphertext,
                container,
            })
            .boxed()
    }
}

impl Generated for ReleaseAnswer {
    fn values() -> BoxedStrategy<Self> {
        prop_oneof![
            Release::values().prop_map(|release| Self::Permit { release }),
            any::<(SessionId, RecordId)>().prop_map(|(session, record)| Self::Deny { session, record }),
        ]
        .boxed()
    }
}

impl Generated for SealSuite {
    fn values() -> BoxedStrategy<Self> {
        let _complete = |suite: &Self| match suite {
            Self::XChaCha20Poly1305Stream => (),
        };
        Just(Self::XChaCha20Poly1305Stream).boxed()
    }
}

impl Generated for ContentForm {
    fn values() -> BoxedStrategy<Self> {
        prop_oneof![Just(Self::AsItStands), Just(Self::FhirJson)].boxed()
    }
}

impl Generated for SealedHead {
    fn values() -> BoxedStrategy<Self> {
        let rest = any::<(u64, u64, Commitments, SealKeyHash, StreamPrefix)>();
        (SealSuite::values(), ContentForm::values(), rest)
            .prop_map(|(suite, form, (chunk, length, commitments, key, prefix))| Self {
                suite,
                chunk,
                form,
                length,
                commitments,
                key,
                prefix,
            })
            .boxed()
    }
}

impl Generated for SealedHeader {
    fn values() -> BoxedStrategy<Self> {
        (SealedHead::values(), bytes()).prop_map(|(head, facts)| Self { head, facts }).boxed()
    }
}

impl Generated for Wrap {
    fn values() -> BoxedStrategy<Self> {
        (any::<(ChainId, Commitments, AgreementKey, AgreementKeyBytes)>(), bytes())
            .prop_map(|((chain, commitments, to, encapsulated), ciphertext)| Self {
                chain,
                commitments,
                to,
                encapsulated,
                ciphertext,
            })
            .boxed()
    }
}

impl Generated for SealedRecord {
    fn values() -> BoxedStrategy<Self> {
        (bytes(), option::of(bytes()), vec(Wrap::values(), 0..3))
            .prop_map(|(start, chunks, wraps)| Self { start, chunks, wraps })
            .boxed()
    }
}

impl Generated for Destroyed {
    fn values() -> BoxedStrategy<Self> {
        (any::<(Commitments, SealKeyHash, Timestamp)>(), vec(any::<AgreementKey>(), 0..3))
            .prop_map(|((commitments, key, at), wraps)| Self { commitments, key, wraps, at })
            .boxed()
    }
}

impl Generated for Kept {
    fn values() -> BoxedStrategy<Self> {
        prop_oneof![
            SealedRecord::values().prop_map(|record| Self::Sealed { record }),
            Destroyed::values().prop_map(|statement| Self::Destroyed { statement }),
        ]
        .boxed()
    }
}

impl Generated for KeptRecord {
    fn values() -> BoxedStrategy<Self> {
        (any::<RecordProof>(), SealedRecord::values())
            .prop_map(|(proof, sealed)| Self { proof, sealed })
            .boxed()
    }
}

impl Generated for KeptEntry {
    fn values() -> BoxedStrategy<Self> {
        (any::<SessionLogEntry>(), SignedAsk::values())
            .prop_map(|(entry, asked)| Self { entry, asked })
            .boxed()
    }
}

impl Generated for KeptSessionLog {
    fn values() -> BoxedStrategy<Self> {
        (any::<(SessionId, u64, Option<Timestamp>, bool)>(), vec(KeptEntry::values(), 0..3))
            .prop_map(|((session, anchored, closed, settled), entries)| Self {
                session,
                entries,
                anchored,
                closed,
                settled,
            })
            .boxed()
    }
}

impl Generated for KeptLogs {
    fn values() -> BoxedStrategy<Self> {
        (any::<(Did, Height, AppRootHash, Timestamp)>(), vec(KeptSessionLog::values(), 0..3))
            .prop_map(|((custodian, height, header, time), sessions)| Self {
                custodian,
                height,
                header,
                time,
                sessions,
            })
            .boxed()
    }
}

impl Generated for CertifiedState {
    fn values() -> BoxedStrategy<Self> {
        any::<(CertifiedHeader, ValueProof)>().prop_map(|(header, values)| Self { header, values }).boxed()
    }
}

impl Generated for ExportedBatch {
    fn values() -> BoxedStrategy<Self> {
        (any::<RecordId>(), proptest::option::of(vec(any::<Commitments>(), 0..4)))
            .prop_map(|(batch, commitments)| Self { batch, commitments })
            .boxed()
    }
}

impl Generated for ExportedRecord {
    fn values() -> BoxedStrategy<Self> {
        (any::<(RecordId, u64, KeptHash)>(), bytes())
            .prop_map(|((record, version, sum), kept)| Self { record, version, kept, sum })
            .boxed()
    }
}

impl Generated for SubjectLogs {
    fn values() -> BoxedStrategy<Self> {
        let events = || vec(any::<Event>(), 0..3);
        (events(), events(), events())
            .prop_map(|(timeline, access, authority)| Self { timeline, access, authority })
            .boxed()
    }
}

impl Generated for Export {
    fn values() -> BoxedStrategy<Self> {
        (
            any::<(Did, CertifiedHeader, ValueProof)>(),
            SubjectLogs::values(),
            vec(ExportedBatch::values(), 0..3),
            vec(vec(any::<u8>(), 0..60), 0..3),
            vec(ExportedRecord::values(), 0..3),
        )
            .prop_map(|((subject, header, state), logs, batches, transactions, records)| Self {
                subject,
                header,
                state,
                logs,
                batches,
                transactions: transactions.into_iter().map(ByteBuf::from).collect(),
                records,
            })
            .boxed()
    }
}

impl Generated for ProofFile {
    fn values() -> BoxedStrategy<Self> {
        prop_oneof![
            any::<RecordProof>().prop_map(|proof| Self::Receipt { proof }),
            Export::values().prop_map(|export| Self::Export { export }),
        ]
        .boxed()
    }
}

impl Generated for SavedBlock {
    fn values() -> BoxedStrategy<Self> {
        (vec(any::<u8>(), 0..200), any::<Evidence>())
            .prop_map(|(block, evidence)| Self { block: ByteBuf::from(block), evidence })
            .boxed()
    }
}

impl Generated for SavedLedger {
    fn values() -> BoxedStrategy<Self> {
        (any::<Genesis>(), vec(SavedBlock::values(), 0..3))
            .prop_map(|(genesis, blocks)| Self { genesis, blocks })
            .boxed()
    }
}

impl Generated for KeystoreFile {
    fn values() -> BoxedStrategy<Self> {
        (any::<(u64, [u8; 32])>(), bytes())
            .prop_map(|((version, check), body)| Self { version, body, check: FileCheck(check) })
            .boxed()
    }
}

impl Generated for PassphraseCost {
    fn values() -> BoxedStrategy<Self> {
        any::<(u64, u64, u64)>().prop_map(|(memory, passes, lanes)| Self { memory, passes, lanes }).boxed()
    }
}

impl Generated for KeptIdentity {
    fn values() -> BoxedStrategy<Self> {
        any::<(u64, Did, String, u64, KeyId)>()
            .prop_map(|(identity, did, relationship, device, key)| Self {
                identity,
                did,
                relationship,
                device,
                key,
            })
            .boxed()
    }
}

impl Generated for KeystoreHeader {
    fn values() -> BoxedStrategy<Self> {
        (
            any::<(ChainId, [u8; 32], [u8; 24])>(),
            PassphraseCost::values(),
            vec(KeptIdentity::values(), 0..3),
            vec(any::<SuccessorDigest>(), 0..3),
        )
            .prop_map(|((chain, salt, nonce), cost, identities, successors)| Self {
                chain,
                cost,
                salt: PassphraseSalt(salt),
                nonce: SealNonce(nonce),
                identities,
                successors,
            })
            .boxed()
    }
}

impl Generated for KeystoreBody {
    fn values() -> BoxedStrategy<Self> {
        (KeystoreHeader::values(), any::<[u8; 32]>(), bytes())
            .prop_map(|(header, commitment, sealed)| Self {
                header,
                commitment: PassphraseCommitment(commitment),
                sealed,
            })
            .boxed()
    }
}

macro_rules! laws {
    ($( $name:ident: $type:ty ),* $(,)?) => { $(
        #[test]
        #[allow(non_snake_case, reason = "named after the type")]
        fn $name() {
            laws::hold(<$type as super::Generated>::values());
        }
    )* };
}

mod of {
    use medledger_core::strategies::laws;
    medledger_sdk::wire_types!(laws);
}

macro_rules! agree {
    ($( $name:ident: $type:ty ),* $(,)?) => { $(
        #[test]
        #[allow(non_snake_case, reason = "named after the type")]
        fn $name() {
            readers::agree(<$type as super::Generated>::values(), medledger_sdk::schema::known);
        }
    )* };
}

mod read_by_three {
    use medledger_core::strategies::readers;
    medledger_sdk::wire_types!(agree);
}

#[test]
fn no_name_is_one_of_cores_and_every_field_is_of_a_listed_type() {
    let mut known: BTreeSet<&str> = core::WIRE_TYPES.iter().map(|schema| schema.name).collect();
    known.extend(core::BYTE_STRINGS.iter().chain(BYTE_STRINGS).map(|(name, _)| *name));
    known.extend(core::PLAIN_TYPES.iter().map(|(name, _)| *name));
    for Schema { name, shape } in WIRE_TYPES {
        let fields: Vec<_> = match shape {
            Shape::Struct(fields) => fields.to_vec(),
            Shape::Enum(variants) => {
                variants.iter().flat_map(|(_, _, fields)| fields.iter().copied()).collect()
            }
        };
        for (field, written) in &fields {
            let mut inner = written.trim_end_matches('>');
            while let Some(within) = inner.strip_prefix("Option<").or_else(|| inner.strip_prefix("Vec<")) {
                inner = within;
            }
            assert!(known.contains(inner), "{name}.{field}: {written} is not listed, or later");
        }
        assert!(known.insert(name), "{name} is given twice");
    }
}
