//! The registers of the host: what it stores in the protocol's encoding and nobody is ever sent, and its rules. Those of
//! the protocol are in [`medledger_core::schema`] and [`medledger_sdk::schema`].

use medledger_core::codec::{Schema, Wire};
use medledger_core::error::Rule;

use crate::cli::error::CliError;
use crate::store::StoreError;
use crate::store::rows::{BatchPlace, Counts, TipRow, VaultRow};
use crate::verify::fault::StoreFault;

/// How every stored type looks, each after those that it is made of.
pub const STORED_TYPES: &[Schema] = &[TipRow::SCHEMA, Counts::SCHEMA, BatchPlace::SCHEMA, VaultRow::SCHEMA];

/// Every rule of the store, of its verification and of the command.
pub const RULES: &[&[Rule]] = &[StoreError::RULES, StoreFault::RULES, CliError::RULES];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_rule_has_a_number_of_its_own() {
        let codes: Vec<u16> = RULES.iter().copied().flatten().map(Rule::code).collect();
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
    }

    /// A store that was written with other shapes is of another format.
    #[test]
    fn stored_types_are_those_of_the_format() {
        assert_eq!(crate::store::FORMAT, 2);
        let shapes: Vec<String> = STORED_TYPES.iter().map(|schema| format!("{schema:?}")).collect();
        let expected = [
            r#"Schema { name: "TipRow", shape: Struct([("chain", "ChainId"), ("height", "Height"), ("time", "Timestamp"), ("hash", "AppRootHash"), ("lowest", "Height")]) }"#,
            r#"Schema { name: "Counts", shape: Struct([("identities", "u64"), ("records", "u64"), ("transactions", "u64")]) }"#,
            r#"Schema { name: "BatchPlace", shape: Struct([("batch", "RecordId"), ("index", "u64")]) }"#,
            r#"Schema { name: "VaultRow", shape: Struct([("height", "Height"), ("index", "u64"), ("place", "u64"), ("batch", "Option<BatchPlace>"), ("kept", "Kept"), ("sum", "KeptHash")]) }"#,
        ];
        assert_eq!(shapes, expected);
    }
}
