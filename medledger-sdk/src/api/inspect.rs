//! Any wire type as text, and the registers: types and rules.

mod json;

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

use medledger_core::codec::{CodecError, Limits, Schema, Wire, decode};
use medledger_core::error::Rule;
use medledger_core::limits;

use super::error::Error;
use super::parse;
use super::units::Count;

/// A wire type, and the check that bytes are one.
struct Kind {
    schema: Schema,
    check: fn(&[u8], &Limits) -> Result<(), CodecError>,
}

impl Kind {
    const fn of<T: Wire>() -> Self {
        Self { schema: T::SCHEMA, check: check::<T> }
    }

    /// What decoding a value of this type may cost: what the protocol allows where the type stands by itself.
    fn limits(&self) -> &'static Limits {
        match self.schema.name {
            "Payload" | "Body" | "Operation" => &limits::TRANSACTION,
            "BlockBody" => &limits::BLOCK,
            "Genesis" => &limits::GENESIS,
            "Facts" => &limits::FACTS,
            _ => &limits::PROOF,
        }
    }
}

fn check<T: Wire>(bytes: &[u8], limits: &Limits) -> Result<(), CodecError> {
    decode::<T>(bytes, limits).map(|_| ())
}

macro_rules! kinds {
    ($( $name:ident: $type:ty ),* $(,)?) => { &[ $( Kind::of::<$type>() ),* ] };
}

const CORE: &[Kind] = medledger_core::wire_types!(kinds);
const SDK: &[Kind] = crate::wire_types!(kinds);

fn find(name: &str) -> Option<&'static Kind> {
    CORE.iter().chain(SDK).find(|kind| kind.schema.name == name)
}

/// The names of every wire type that this build knows, each after those that it is made of.
#[must_use]
pub fn wire_types() -> Vec<String> {
    CORE.iter().chain(SDK).map(|kind| kind.schema.name.to_string()).collect()
}

/// What bytes say, as JSON in one line: a wire type by its name in the specification's CDDL. They pass every check of the
/// encoding first, those of the values' own rules not. A struct is an object with the specification's names, an enum
/// `{"Variant": {…}}` or, without fields, `"Variant"`; bytes are lower-case hex, numbers above 2^53 or below −2^53 texts.
///
/// # Errors
/// API-002 for a name that is no wire type's, COD rules for bytes that are not the one encoding of a value of it.
pub fn inspect(kind: &str, bytes: &[u8]) -> Result<String, Error> {
    let found = find(kind).ok_or_else(|| parse::not_a("kind", "the name of a wire type", kind))?;
    (found.check)(bytes, found.limits())?;
    Ok(json::write(&found.schema, bytes))
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
