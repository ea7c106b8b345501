//! The registers of this crate: its wire types and its rules, as far as the features of this build go. Core's are in
//! [`medledger_core::schema`].

use medledger_core::codec::Schema;
use medledger_core::codec::shape::{self, Known};
use medledger_core::error::Rule;
use medledger_core::schema as core;

/// The wire types that every build of this crate has, and those that a feature adds.
#[doc(hidden)]
#[macro_export]
macro_rules! __wire_types_and {
    ($with:ident, $($added:tt)*) => {
        $with! {
            CertifiedState: $crate::certified::CertifiedState,
            ExportedBatch: $crate::export::ExportedBatch,
            SubjectLogs: $crate::export::SubjectLogs,
            ExportedRecord: $crate::export::ExportedRecord,
            Export: $crate::export::Export,
            ProofFile: $crate::proof::ProofFile,
            KeystoreFile: $crate::wallet::format::KeystoreFile,
            PassphraseCost: $crate::wallet::format::PassphraseCost,
            KeptIdentity: $crate::wallet::format::KeptIdentity,
            KeystoreHeader: $crate::wallet::format::KeystoreHeader,
            KeystoreBody: $crate::wallet::format::KeystoreBody,
            $($added)*
        }
    };
}

/// What the feature `seal` adds, and what comes after it.
#[cfg(feature = "seal")]
#[doc(hidden)]
#[macro_export]
macro_rules! __sealed_and {
    ($with:ident, $($added:tt)*) => {
        $crate::__wire_types_and! {
            $with,
            SealSuite: $crate::seal::SealSuite,
            ContentForm: $crate::seal::ContentForm,
            SealedHead: $crate::seal::SealedHead,
            SealedHeader: $crate::seal::SealedHeader,
            Wrap: $crate::seal::Wrap,
            SealedRecord: $crate::seal::SealedRecord,
            Destroyed: $crate::seal::Destroyed,
            Kept: $crate::seal::Kept,
            ReleaseAsk: $crate::release::ReleaseAsk,
            SignedAsk: $crate::release::SignedAsk,
            ReleaseRequest: $crate::release::ReleaseRequest,
            Release: $crate::release::Release,
            ReleaseAnswer: $crate::release::ReleaseAnswer,
            KeptRecord: $crate::gateway::KeptRecord,
            KeptEntry: $crate::gateway::session_log::KeptEntry,
            KeptSessionLog: $crate::gateway::session_log::KeptSessionLog,
            KeptLogs: $crate::gateway::session_log::KeptLogs,
            $($added)*
        }
    };
}

/// Without that feature.
#[cfg(not(feature = "seal"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sealed_and {
    ($with:ident, $($added:tt)*) => {
        $crate::__wire_types_and! { $with, $($added)* }
    };
}

/// Calls a macro with every wire type of this crate, each as `Name: path::to::Name`, separated by commas.
#[cfg(feature = "local")]
#[macro_export]
macro_rules! wire_types {
    ($with:ident) => {
        $crate::__sealed_and! {
            $with,
            SavedBlock: $crate::local::ledger::SavedBlock,
            SavedLedger: $crate::local::ledger::SavedLedger,
        }
    };
}

/// Calls a macro with every wire type of this crate, those of the feature `local` left out.
#[cfg(not(feature = "local"))]
#[macro_export]
macro_rules! wire_types {
    ($with:ident) => {
        $crate::__sealed_and! { $with, }
    };
}

macro_rules! schemas {
    ($( $name:ident: $type:ty ),* $(,)?) => { &[ $( <$type as medledger_core::codec::Wire>::SCHEMA ),* ] };
}

/// How every wire type of this crate looks, each after those that it is made of.
pub const WIRE_TYPES: &[Schema] = wire_types!(schemas);

/// The byte strings of fixed length that this crate's types are made of beside core's, with their lengths.
pub const BYTE_STRINGS: &[(&str, usize)] = &[
    ("PassphraseSalt", crate::wallet::format::PassphraseSalt::LEN),
    ("PassphraseCommitment", crate::wallet::format::PassphraseCommitment::LEN),
    ("SealNonce", crate::wallet::format::SealNonce::LEN),
    ("FileCheck", crate::wallet::format::FileCheck::LEN),
];

/// What a name in a field's type stands for, among core's and this crate's.
#[must_use]
pub fn known(name: &str) -> Option<Known> {
    core::known(name).or_else(|| shape::find(name, WIRE_TYPES, BYTE_STRINGS, &[]))
}

/// Every rule of this crate, enum by enum.
pub const RULES: &[&[Rule]] = &[
    crate::proof::ProofFault::RULES,
    crate::export::ExportFault::RULES,
    crate::wallet::WalletFault::RULES,
    crate::signer::SigningFault::RULES,
    #[cfg(feature = "wallet")]
    crate::wallet::sheet::SheetFault::RULES,
    #[cfg(feature = "wallet")]
    crate::wallet::restore::RestoreFault::RULES,
    #[cfg(feature = "wallet")]
    crate::wallet::keystore::KeystoreFault::RULES,
    #[cfg(feature = "wallet")]
    crate::wallet::rotation::RotationFault::RULES,
    #[cfg(feature = "seal")]
    crate::gateway::NoDecision::RULES,
    #[cfg(feature = "seal")]
    crate::gateway::Refused::RULES,
    #[cfg(feature = "seal")]
    crate::release::ReleaseError::RULES,
    crate::access_proof::ProofGap::RULES,
    crate::api::ArgumentError::RULES,
    #[cfg(feature = "fhir")]
    crate::fhir::error::FhirError::RULES,
    #[cfg(feature = "seal")]
    crate::seal::SealError::RULES,
    #[cfg(feature = "fhir")]
    crate::fhir::consent::error::Unfaithful::RULES,
    #[cfg(feature = "local")]
    crate::local::EngineFault::RULES,
];
