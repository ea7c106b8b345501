//! The registers of this crate: its wire types and its rules, as far as the features of this build go. Core's are in
//! [`medledger_core::schema`].

use medledger_core::codec::Schema;
use medledger_core::error::Rule;

/// The wire types that every build of this crate has, and those that a feature adds.
#[doc(hidden)]
#[macro_export]
macro_rules! __wire_types_and {
    ($with:ident, $($added:tt)*) => {
        $with! {
            ReleaseRequest: $crate::release::ReleaseRequest,
            Release: $crate::release::Release,
            ReleaseAnswer: $crate::release::ReleaseAnswer,
            KeptSessionLog: $crate::gateway::session_log::KeptSessionLog,
            KeptLogs: $crate::gateway::session_log::KeptLogs,
            CertifiedState: $crate::certified::CertifiedState,
            ExportedBatch: $crate::export::ExportedBatch,
            SubjectLogs: $crate::export::SubjectLogs,
            Export: $crate::export::Export,
            ProofFile: $crate::proof::ProofFile,
            $($added)*
        }
    };
}

/// Calls a macro with every wire type of this crate, each as `Name: path::to::Name`, separated by commas.
#[cfg(feature = "local")]
#[macro_export]
macro_rules! wire_types {
    ($with:ident) => {
        $crate::__wire_types_and! {
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
        $crate::__wire_types_and! { $with, }
    };
}

macro_rules! schemas {
    ($( $name:ident: $type:ty ),* $(,)?) => { &[ $( <$type as medledger_core::codec::Wire>::SCHEMA ),* ] };
}

/// How every wire type of this crate looks, each after those that it is made of.
pub const WIRE_TYPES: &[Schema] = wire_types!(schemas);

/// Every rule of this crate, enum by enum.
pub const RULES: &[&[Rule]] = &[
    crate::proof::ProofFault::RULES,
    crate::export::ExportFault::RULES,
    crate::wallet::WalletFault::RULES,
    crate::gateway::NoDecision::RULES,
    crate::gateway::Refused::RULES,
    crate::release::ReleaseError::RULES,
    crate::access_proof::ProofGap::RULES,
    #[cfg(feature = "fhir")]
    crate::fhir::error::FhirError::RULES,
    #[cfg(feature = "fhir")]
    crate::fhir::consent::error::Unfaithful::RULES,
    #[cfg(feature = "local")]
    crate::local::EngineFault::RULES,
];
