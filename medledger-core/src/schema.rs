//! The two registers of this crate: every wire type and every rule.
//!
//! Documentation, the CDDL, fuzz targets, vectors and the tests of every type's encoding start from these lists, so
//! that nothing on the wire and no rule is left out of any of them.

use crate::access::AccessError;
use crate::block::BlockFault;
use crate::chain::ChainError;
use crate::codec::shape::{self, Known};
use crate::codec::{CodecError, Schema};
use crate::consent::{ConsentError, TermsError};
use crate::crypto::CryptoError;
use crate::error::Rule;
use crate::identity::IdentityError;
use crate::light::LightFault;
use crate::merkle::LogError;
use crate::merkle::tree::TreeError;
use crate::operation::OperationError;
use crate::record::{CommitmentError, RecordError};
use crate::state::ValueError;

/// Calls a macro with every wire type of this crate, each as `Name: path::to::Name`, separated by commas.
///
/// ```
/// macro_rules! names {
///     ($( $name:ident: $type:ty ),* $(,)?) => { [ $( stringify!($name) ),* ] };
/// }
/// let names = medledger_core::wire_types!(names);
/// assert!(names.contains(&"AppRoot"));
/// ```
#[macro_export]
macro_rules! wire_types {
    ($with:ident) => {
        $with! {
            Interval: $crate::units::Interval,
            Period: $crate::units::Period,
            SignatureAlgorithm: $crate::crypto::SignatureAlgorithm,
            HashAlgorithm: $crate::crypto::HashAlgorithm,
            PublicKey: $crate::crypto::PublicKey,
            Peaks: $crate::merkle::Peaks,
            CompactRange: $crate::merkle::CompactRange,
            InclusionProof: $crate::merkle::InclusionProof,
            ConsistencyProof: $crate::merkle::ConsistencyProof,
            Node: $crate::merkle::tree::Node,
            StateClaim: $crate::merkle::tree::StateClaim,
            StateProof: $crate::merkle::tree::StateProof,
            Kind: $crate::identity::Kind,
            AgreementKey: $crate::crypto::AgreementKey,
            DeviceKeys: $crate::identity::DeviceKeys,
            Inception: $crate::identity::Inception,
            Status: $crate::identity::Status,
            Control: $crate::identity::Control,
            KeyRole: $crate::identity::KeyRole,
            KeyStatus: $crate::identity::KeyStatus,
            KeyEntry: $crate::identity::KeyEntry,
            Succession: $crate::identity::Succession,
            Rotation: $crate::identity::Rotation,
            Coding: $crate::vocabulary::Coding,
            Credential: $crate::identity::Credential,
            CredentialState: $crate::identity::CredentialState,
            AuthorityEntry: $crate::identity::AuthorityEntry,
            Facts: $crate::record::Facts,
            CommitmentAlgorithm: $crate::record::commitment::CommitmentAlgorithm,
            Commitments: $crate::record::Commitments,
            Opening: $crate::record::Opening,
            Anchor: $crate::record::Anchor,
            BatchEntry: $crate::record::BatchEntry,
            BatchAnchor: $crate::record::BatchAnchor,
            RecordRef: $crate::record::RecordRef,
            Amendment: $crate::record::Amendment,
            Retraction: $crate::record::Retraction,
            RecordStatus: $crate::record::RecordStatus,
            RecordState: $crate::record::RecordState,
            BatchState: $crate::record::BatchState,
            TimelineEntry: $crate::record::TimelineEntry,
            Version: $crate::record::Version,
            RuleEffect: $crate::consent::RuleEffect,
            Actor: $crate::consent::Actor,
            Criteria: $crate::consent::Criteria,
            Rule: $crate::consent::Rule,
            Terms: $crate::consent::Terms,
            CodeReach: $crate::consent::CodeReach,
            NameReach: $crate::consent::NameReach,
            PeriodReach: $crate::consent::PeriodReach,
            Reach: $crate::consent::Reach,
            Request: $crate::consent::Request,
            Effect: $crate::consent::Effect,
            Reason: $crate::consent::Reason,
            Decision: $crate::consent::Decision,
            ConsentTerms: $crate::consent::ConsentTerms,
            Grant: $crate::consent::Grant,
            Replacement: $crate::consent::Replacement,
            ConsentStatus: $crate::consent::ConsentStatus,
            ConsentState: $crate::consent::ConsentState,
            ConsentVersionOf: $crate::consent::ConsentVersionOf,
            ConsentEntry: $crate::consent::ConsentEntry,
            LegalGround: $crate::access::LegalGround,
            SessionBasis: $crate::access::SessionBasis,
            Scope: $crate::access::Scope,
            SessionRequest: $crate::access::SessionRequest,
            SessionState: $crate::access::SessionState,
            AccessEntry: $crate::access::AccessEntry,
            SessionRefusal: $crate::access::SessionRefusal,
            SessionEvent: $crate::access::SessionEvent,
            SessionLogEntry: $crate::access::SessionLogEntry,
            SessionHead: $crate::access::SessionHead,
            LogAnchor: $crate::access::LogAnchor,
            HeadState: $crate::access::HeadState,
            Operation: $crate::operation::Operation,
            Body: $crate::operation::Body,
            Payload: $crate::operation::Payload,
            ReplayWindow: $crate::operation::ReplayWindow,
            Quotas: $crate::operation::Quotas,
            KeyUsage: $crate::operation::KeyUsage,
            IdentityUsage: $crate::operation::IdentityUsage,
            Params: $crate::state::Params,
            Validator: $crate::state::Validator,
            ValidatorSet: $crate::state::ValidatorSet,
            Scheduled: $crate::state::validators::Scheduled,
            Schedule: $crate::state::Schedule,
            ActiveConsents: $crate::state::ActiveConsents,
            ConsentSlot: $crate::state::ConsentSlot,
            LogEntry: $crate::state::LogEntry,
            LogLeaf: $crate::state::LogLeaf,
            Event: $crate::state::Event,
            ValueProof: $crate::state::ValueProof,
            TxResult: $crate::validate::TxResult,
            BlockBody: $crate::block::BlockBody,
            Founder: $crate::chain::Founder,
            Genesis: $crate::chain::Genesis,
            AppRoot: $crate::chain::AppRoot,
            Evidence: $crate::consensus::Evidence,
            AuthorityStatement: $crate::consensus::AuthorityStatement,
            AuthorityEvidence: $crate::consensus::AuthorityEvidence,
            CertifiedHeader: $crate::light::CertifiedHeader,
            ReceiptAnchor: $crate::light::ReceiptAnchor,
            Receipt: $crate::light::Receipt,
            KeptResult: $crate::light::KeptResult,
            KeptResults: $crate::light::KeptResults,
            BatchMember: $crate::light::BatchMember,
            RecordProof: $crate::light::RecordProof,
            LogProof: $crate::light::LogProof,
        }
    };
}

macro_rules! schemas {
    ($( $name:ident: $type:ty ),* $(,)?) => { &[ $( <$type as $crate::codec::Wire>::SCHEMA ),* ] };
}

/// How every wire type of this crate looks, each after those that it is made of.
pub const WIRE_TYPES: &[Schema] = wire_types!(schemas);

macro_rules! byte_strings {
    ($( $type:ident: $path:path ),* $(,)?) => {
        &[ $( (stringify!($type), { use $path as Bytes; Bytes::LEN }) ),* ]
    };
}

/// Types that are byte strings of one length, with that length: their shape in the fields of wire types.
pub const BYTE_STRINGS: &[(&str, usize)] = byte_strings! {
    ChainId: crate::hash::ChainId,
    Did: crate::hash::Did,
    KeyId: crate::hash::KeyId,
    SuccessorDigest: crate::hash::SuccessorDigest,
    TxId: crate::hash::TxId,
    BodyHash: crate::hash::BodyHash,
    TxHash: crate::hash::TxHash,
    AppRootHash: crate::hash::AppRootHash,
    TransactionsRoot: crate::hash::TransactionsRoot,
    ResultsRoot: crate::hash::ResultsRoot,
    StateRoot: crate::hash::StateRoot,
    NodeHash: crate::hash::NodeHash,
    LogRoot: crate::hash::LogRoot,
    StateKey: crate::hash::StateKey,
    ValueHash: crate::hash::ValueHash,
    ValidatorsHash: crate::hash::ValidatorsHash,
    RecordCommitment: crate::hash::RecordCommitment,
    FactsCommitment: crate::hash::FactsCommitment,
    RecordId: crate::hash::RecordId,
    RecordVersion: crate::hash::RecordVersion,
    ControlHash: crate::hash::ControlHash,
    ConsentId: crate::hash::ConsentId,
    ConsentVersion: crate::hash::ConsentVersion,
    CredentialId: crate::hash::CredentialId,
    GroundId: crate::hash::GroundId,
    SessionId: crate::hash::SessionId,
    Nonce: crate::hash::Nonce,
    RequestHash: crate::hash::RequestHash,
    SealKeyHash: crate::hash::SealKeyHash,
    StreamPrefix: crate::hash::StreamPrefix,
    KeptHash: crate::hash::KeptHash,
    PublicKeyBytes: crate::crypto::PublicKeyBytes,
    AgreementKeyBytes: crate::crypto::AgreementKeyBytes,
    Signature: crate::crypto::Signature,
    Salt: crate::record::Salt,
};

/// The other types that fields of wire types have, each with what it is on the wire, as CDDL (RFC 8610) writes it.
/// Around any type stand `Option<…>`, which is the type or `null`, and `Vec<…>`, an array of any length.
pub const PLAIN_TYPES: &[(&str, &str)] = &[
    ("u64", "uint"),
    ("i64", "int"),
    ("bool", "bool"),
    ("String", "tstr"),
    ("ByteBuf", "bstr"),
    ("Content", "bstr"),
    ("Timestamp", "uint"),
    ("Millis", "uint"),
    ("Height", "uint"),
];

/// What a name in a field's type stands for; none but this crate's names are known here.
#[must_use]
pub fn known(name: &str) -> Option<Known> {
    shape::find(name, WIRE_TYPES, BYTE_STRINGS, PLAIN_TYPES)
}

/// Every rule of this crate, enum by enum, in the order of its modules.
pub const RULES: &[&[Rule]] = &[
    CodecError::RULES,
    CryptoError::RULES,
    LogError::RULES,
    TreeError::RULES,
    IdentityError::RULES,
    CommitmentError::RULES,
    RecordError::RULES,
    TermsError::RULES,
    ConsentError::RULES,
    AccessError::RULES,
    OperationError::RULES,
    ValueError::RULES,
    BlockFault::RULES,
    ChainError::RULES,
    LightFault::RULES,
];

/// The rule that a code stands for: of a transaction's result, or of an error in another language.
#[must_use]
pub fn rule_of(code: u64) -> Option<&'static Rule> {
    RULES.iter().flat_map(|rules| rules.iter()).find(|rule| u64::from(rule.code()) == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{Field, Shape, Wire};
    use crate::consensus::rule;
    use crate::error::Prefix;
    use crate::hash::{ConsentId, CredentialId, Did, GroundId, KeyId, RecordId, SessionId, Tag};
    use crate::operation::{Operation, RESERVED_OPERATIONS};
    use crate::state::address::{Address, KINDS, RESERVED_KINDS};
    use crate::state::{LogEntry, LogKind};
    use alloc::collections::BTreeSet;
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    fn assert_distinct<T: Ord + core::fmt::Debug>(all: impl IntoIterator<Item = T>) -> BTreeSet<T> {
        let mut seen = BTreeSet::new();
        for one in all {
            if let Some(twice) = seen.replace(one) {
                panic!("{twice:?} is given twice");
            }
        }
        seen
    }

    fn codes(schema: &Schema) -> Vec<u64> {
        match schema.shape {
            Shape::Enum(variants) => variants.iter().map(|(code, _, _)| *code).collect(),
            Shape::Struct(_) => panic!("{} is not an enum", schema.name),
        }
    }

    fn fields(schema: &Schema) -> Vec<Field> {
        match schema.shape {
            Shape::Struct(fields) => fields.to_vec(),
            Shape::Enum(variants) => {
                variants.iter().flat_map(|(_, _, fields)| fields.iter()).copied().collect()
            }
        }
    }

    #[test]
    fn every_name_of_a_type_is_given_once() {
        let wire = WIRE_TYPES.iter().map(|schema| schema.name);
        let bytes = BYTE_STRINGS.iter().map(|(name, _)| *name);
        let plain = PLAIN_TYPES.iter().map(|(name, _)| *name);
        let names = assert_distinct(wire.chain(bytes).chain(plain));
        assert!(names.len() > 100);
        for schema in WIRE_TYPES {
            if let Shape::Enum(variants) = schema.shape {
                assert_distinct(codes(schema));
                assert_distinct(variants.iter().map(|(_, name, _)| *name));
            }
            assert_distinct(fields_of_each_variant(schema).into_iter().flatten());
        }
    }

    /// Field names with the variant that they stand in.
    fn fields_of_each_variant(schema: &Schema) -> Vec<Vec<(u64, &'static str)>> {
        match schema.shape {
            Shape::Struct(fields) => Vec::from([fields.iter().map(|(name, _)| (0, *name)).collect()]),
            Shape::Enum(variants) => variants
                .iter()
                .map(|(code, _, fields)| fields.iter().map(|(name, _)| (*code, *name)).collect())
                .collect(),
        }
    }

    #[test]
    fn the_names_in_the_list_are_those_of_the_types() {
        macro_rules! names {
            ($( $name:ident: $type:ty ),* $(,)?) => { [ $( (stringify!($name), <$type>::SCHEMA.name) ),* ] };
        }
        for (listed, own) in wire_types!(names) {
            assert_eq!(listed, own);
        }
    }

    #[test]
    fn every_field_is_of_a_listed_type_that_stands_before() {
        let mut known: BTreeSet<&str> = BYTE_STRINGS.iter().map(|(name, _)| *name).collect();
        known.extend(PLAIN_TYPES.iter().map(|(name, _)| *name));
        let mut used = BTreeSet::new();
        for schema in WIRE_TYPES {
            for (field, written) in fields(schema) {
                let mut name: String = written.split_whitespace().collect();
                while let Some(inner) = ["Option<", "Vec<"].iter().find_map(|outer| name.strip_prefix(outer))
                {
                    name = inner.strip_suffix('>').unwrap().to_string();
                }
                let name = name.rsplit("::").next().unwrap();
                let found = known.get(name).copied();
                assert!(found.is_some(), "{}.{field}: {written} is not listed, or later", schema.name);
                used.extend(found);
            }
            known.insert(schema.name);
        }
        let plain = PLAIN_TYPES.iter().map(|(name, _)| *name).filter(|name| !used.contains(name));
        assert_eq!(plain.collect::<Vec<_>>(), [""; 0], "listed, and no field has it");
    }

    #[test]
    fn rules_are_distinct_and_numbered_from_1_to_99() {
        let all: Vec<&Rule> = RULES.iter().flat_map(|rules| rules.iter()).collect();
        assert_distinct(all.iter().map(ToString::to_string));
        assert_distinct(all.iter().map(|rule| rule.code()));
        assert_distinct(all.iter().map(|rule| (rule.prefix, rule.name)));
        for rule in &all {
            assert!((1..=99).contains(&rule.number), "{rule}");
            assert!(!rule.text.is_empty() && !rule.text.contains('|') && !rule.text.ends_with('.'), "{rule}");
            assert_eq!(rule_of(u64::from(rule.code())), Some(*rule));
        }
        for rules in RULES {
            assert!(rules.windows(2).all(|pair| pair[0].code() < pair[1].code()), "{} descends", rules[1]);
            // The table of the client's and the host's rules is theirs.
            assert!(rules.iter().all(|rule| rule.prefix < Prefix::FHR));
        }
        assert_eq!(rule_of(0), None);
    }

    #[test]
    fn prefixes_are_distinct_and_leave_room_in_a_code() {
        assert_distinct(Prefix::ALL.iter().map(|prefix| *prefix as u16));
        assert_distinct(Prefix::ALL.iter().map(|prefix| prefix.as_str()));
        for prefix in Prefix::ALL {
            assert!((1..=99).contains(&(*prefix as u16)));
            assert!(prefix.as_str().len() == 3 && prefix.about().ends_with('.'));
        }
    }

    #[test]
    fn operation_codes_are_distinct_from_each_other_and_from_the_reserved() {
        let reserved = RESERVED_OPERATIONS.iter().map(|(code, _)| *code);
        assert_distinct(codes(&Operation::SCHEMA).into_iter().chain(reserved));
    }

    #[test]
    fn what_logs_say_has_the_code_of_the_operation_that_says_it() {
        use crate::access::AccessEntry;
        use crate::consent::ConsentEntry;
        use crate::identity::AuthorityEntry;
        use crate::record::TimelineEntry;
        let mut operations: BTreeSet<u64> = codes(&Operation::SCHEMA).into_iter().collect();
        // A request for a session says one of two things; the second has a code that no operation will have.
        let denied = 490;
        assert!(RESERVED_OPERATIONS.iter().any(|(code, _)| *code == denied));
        assert!(operations.insert(denied));
        let entries =
            [AuthorityEntry::SCHEMA, TimelineEntry::SCHEMA, ConsentEntry::SCHEMA, AccessEntry::SCHEMA];
        assert_eq!(assert_distinct(entries.iter().flat_map(codes)), operations);
        assert_distinct([LogKind::Timeline, LogKind::Access, LogKind::Authority].map(LogKind::number));
        assert_distinct(codes(&LogEntry::SCHEMA));
    }

    #[test]
    fn kinds_in_the_state_are_distinct_from_each_other_and_from_the_reserved() {
        let (did, key) = (Did([1; 32]), KeyId([1; 32]));
        let (record, consent) = (RecordId([1; 32]), ConsentId([1; 32]));
        let one_of_each = [
            Address::Params,
            Address::Validators,
            Address::Headers,
            Address::Identity(did),
            Address::Key(key),
            Address::KeyUsage(key),
            Address::IdentityUsage(did),
            Address::Log(did, LogKind::Timeline),
            Address::Record(record),
            Address::Batch(record),
            Address::ActiveConsents(did),
            Address::ConsentSlot(did, 0),
            Address::Consent(consent),
            Address::Credential(CredentialId([1; 32])),
            Address::Session(SessionId([1; 32])),
            Address::SessionLog(SessionId([1; 32]), 0),
            Address::LegalGround(GroundId([1; 32])),
        ];
        let kinds = assert_distinct(one_of_each.iter().map(Address::kind));
        assert_eq!(kinds, KINDS.iter().map(|(kind, ..)| *kind).collect());
        assert_distinct(one_of_each.iter().map(Address::key));
        let reserved = RESERVED_KINDS.iter().map(|(kind, _)| *kind);
        assert_distinct(KINDS.iter().map(|(kind, ..)| *kind).chain(reserved));
        let types = WIRE_TYPES.iter().map(|schema| schema.name).chain(["reserved"]);
        let types: BTreeSet<&str> = types.collect();
        assert!(KINDS.iter().all(|(.., value)| types.contains(value)));
    }

    #[test]
    fn tags_are_distinct_and_none_can_begin_a_node_of_a_tree() {
        assert_distinct(Tag::ALL.iter().map(|tag| tag.text()));
        for tag in Tag::ALL {
            // 00 to 0f are reserved for the nodes of trees.
            assert!(tag.text().starts_with("ml1 ") && tag.bytes()[0] > 0x0f);
            assert!(tag.about().ends_with('.'));
        }
    }

    #[test]
    fn ids_of_algorithms_and_of_finality_are_distinct_from_the_reserved() {
        use crate::crypto::{PublicKey, RESERVED_SIGNATURE_ALGORITHMS, SignatureAlgorithm};
        let reserved = RESERVED_SIGNATURE_ALGORITHMS.iter().map(|(id, _)| *id);
        assert_distinct(codes(&SignatureAlgorithm::SCHEMA).into_iter().chain(reserved));
        assert_eq!(codes(&SignatureAlgorithm::SCHEMA), codes(&PublicKey::SCHEMA));
        assert_distinct(rule::ALL.iter().map(|(id, ..)| *id));
    }
}
