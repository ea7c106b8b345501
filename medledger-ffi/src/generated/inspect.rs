//! Written by `cargo xtask bindings` from medledger-sdk/src/api: change that.

use crate::support::{Give, MedledgerError, answer, value};

value! {
    /// A rule of the protocol, or of this library.
    RuleInfo = medledger_sdk::api::inspect::RuleInfo {
        /// Its id, such as `CON-014`: the code of the error that a breach gives.
        id: String,
        /// Its number in a transaction's result.
        code: u64,
        /// What it demands.
        text: String,
    }
}

/// The names of every wire type that this build knows, each after those that it is made of.
#[uniffi::export]
pub fn wire_types() -> Result<Vec<String>, MedledgerError> {
    Ok(medledger_sdk::api::inspect::wire_types().give())
}

/// What bytes say, as JSON in one line: a wire type by its name in the specification's CDDL. They pass every check of the
/// encoding first, those of the values' own rules not. A struct is an object with the specification's names, an enum
/// `{"Variant": {…}}` or, without fields, `"Variant"`; bytes are lower-case hex, numbers above 2^53 or below −2^53 texts.
///
/// Errors: API-002 for a name that is no wire type's, COD rules for bytes that are not the one encoding of a value of it.
#[uniffi::export]
pub fn inspect(kind: String, bytes: Vec<u8>) -> Result<String, MedledgerError> {
    answer(medledger_sdk::api::inspect::inspect(&kind, &bytes))
}

/// Every rule that this build can name.
#[uniffi::export]
pub fn rules() -> Result<Vec<crate::RuleInfo>, MedledgerError> {
    Ok(medledger_sdk::api::inspect::rules().give())
}
