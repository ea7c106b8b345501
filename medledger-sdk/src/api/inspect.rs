//! Any wire type as text, and the registers: types and rules.

mod json;

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::codec::{Limits, Schema, shape};
use medledger_core::error::Rule;
use medledger_core::limits;

use super::error::Error;
use super::parse;
use super::units::Count;

/// What decoding a value of a type may cost: what the protocol allows where the type stands by itself.
fn limits_of(name: &str) -> &'static Limits {
    match name {
        "Payload" | "Body" | "Operation" => &limits::TRANSACTION,
        "BlockBody" => &limits::BLOCK,
        "Genesis" => &limits::GENESIS,
        "Facts" => &limits::FACTS,
        _ => &limits::PROOF,
    }
}

/// Every wire type that this build knows.
fn types() -> impl Iterator<Item = &'static Schema> {
    medledger_core::schema::WIRE_TYPES.iter().chain(crate::schema::WIRE_TYPES)
}

fn find(name: &str) -> Option<&'static Schema> {
    types().find(|schema| schema.name == name)
}

/// The names of every wire type that this build knows, each after those that it is made of.
#[must_use]
pub fn wire_types() -> Vec<String> {
    types().map(|schema| schema.name.to_string()).collect()
}

/// What bytes say, as JSON in one line: a wire type by its name in the specification's CDDL. They pass every check of the
/// encoding first, those of the values' own rules not. A struct is an object with the specification's names, an enum
/// `{"Variant": {…}}` or, without fields, `"Variant"`; bytes are lower-case hex, numbers above 2^53 or below −2^53 texts.
///
/// # Errors
/// API-002 for a name that is no wire type's, COD rules for bytes that are not the one encoding of a value of it.
pub fn inspect(kind: &str, bytes: &[u8]) -> Result<String, Error> {
    let found = find(kind).ok_or_else(|| parse::not_a("kind", "the name of a wire type", kind))?;
    shape::check(found, crate::schema::known, bytes, limits_of(found.name))?;
    Ok(json::write(found, bytes))
}

/// A rule of the protocol, or of this library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleInfo {
    /// Its id, such as `CON-014`: the code of the error that a breach gives.
    pub id: String,
    /// Its number in a transaction's result.
    pub code: Count,
    /// What it demands.
    pub text: String,
}

/// Every rule that this build can name.
#[must_use]
pub fn rules() -> Vec<RuleInfo> {
    let info = |rule: &Rule| RuleInfo {
        id: rule.to_string(),
        code: Count(u64::from(rule.code())),
        text: rule.text.to_string(),
    };
    let all = medledger_core::schema::RULES.iter().chain(crate::schema::RULES);
    all.flat_map(|rules| rules.iter()).map(info).collect()
}

#[cfg(test)]
mod tests;
