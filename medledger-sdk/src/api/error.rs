//! The one error of the interface.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::ops::{Deref, DerefMut};
use serde::Serialize;

use medledger_core::error::{Coded, Prefix, ReadError};
use medledger_core::rules;

use super::units::words;

words! {
    /// What an error is about: whoever handles errors by kind needs no list of rules.
    pub enum ErrorKind {
        /// An argument that is not of the kind that was asked for.
        Argument = "argument",
        /// Bytes that are not what they should be: not decoded.
        Malformed = "malformed",
        /// A proof, a signature or a seal that does not hold.
        Invalid = "invalid",
        /// What the ledger's rules refuse.
        Refused = "refused",
        /// A signer that failed, said no, or holds another key.
        Signer = "signer",
        /// A wallet: its sheets, its keystore.
        Wallet = "wallet",
        /// FHIR that can't be read, or not faithfully.
        Fhir = "fhir",
    }
}

/// What an error's message names: a name and its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its value, as in the message.
    pub value: String,
}

/// Why something was not done. Nothing was done then. It is one pointer wide: what can fail hands it through, and almost never
/// has one.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Error(Box<ErrorParts>);

/// What an [`Error`] says.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorParts {
    /// What it is about.
    pub kind: ErrorKind,
    /// The id of the rule that was broken, such as `CON-014`.
    pub code: String,
    /// What is wrong, and often what to do.
    pub message: String,
    /// What the message names.
    pub fields: Vec<Field>,
}

impl Error {
    /// What it says.
    #[doc(hidden)]
    #[must_use]
    pub fn into_parts(self) -> ErrorParts {
        *self.0
    }

    #[cold]
    #[inline(never)]
    fn of(error: &dyn Coded) -> Self {
        let rule = error.rule();
        let field = |(name, value): (&str, String)| Field { name: name.to_owned(), value };
        Self(Box::new(ErrorParts {
            kind: kind(rule.prefix, rule.number),
            code: rule.to_string(),
            message: error.to_string(),
            fields: error.fields().into_iter().map(field).collect(),
        }))
    }
}

impl Deref for Error {
    type Target = ErrorParts;

    fn deref(&self) -> &ErrorParts {
        &self.0
    }
}

impl DerefMut for Error {
    fn deref_mut(&mut self) -> &mut ErrorParts {
        &mut self.0
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl core::error::Error for Error {}

impl<E: Coded> From<E> for Error {
    #[cold]
    #[inline(never)]
    fn from(error: E) -> Self {
        Self::of(&error)
    }
}

/// What a rule's errors are about.
const fn kind(prefix: Prefix, number: u16) -> ErrorKind {
    match prefix {
        Prefix::API => ErrorKind::Argument,
        Prefix::COD => ErrorKind::Malformed,
        Prefix::CRY | Prefix::MRK | Prefix::STA | Prefix::LGT | Prefix::SEA => ErrorKind::Invalid,
        Prefix::WAL if number >= 50 && number <= 53 => ErrorKind::Signer,
        Prefix::WAL => ErrorKind::Wallet,
        Prefix::FHR | Prefix::EPC | Prefix::TAB => ErrorKind::Fhir,
        _ => ErrorKind::Refused,
    }
}

rules! {
    /// Arguments that are not what was asked for.
    pub enum ArgumentError: API {
        /// A value of another type.
        1 WrongType { argument: String, wanted: String }:
            "each argument is of its type",
            "{argument}: {wanted} is wanted";
        /// A text that is not what it should be.
        2 NotA { argument: &'static str, wanted: &'static str, text: String }:
            "identities are DIDs, hashes and ids lower-case hex, words those that are listed",
            "{argument}: {text:?} is not {wanted}";
        /// Bytes of another length.
        3 WrongLength { argument: &'static str, actual: u64, expected: u64 }:
            "keys, signatures, salts and digests have the length of their kind",
            "{argument}: {actual} bytes, {expected} are wanted";
        /// A number out of range.
        4 OutOfRange { argument: String, wanted: String }:
            "numbers and times are within their type's bounds",
            "{argument}: {wanted} is wanted";
        /// Something used up.
        5 UsedUp { what: &'static str }:
            "what is finished is not used again",
            "this {what} was finished or closed: make another one";
        /// Something that is in use.
        6 InUse { what: &'static str }:
            "a signer or a progress function does not call what called it",
            "this {what} is in use by the call that called back";
        /// Something that is not there.
        7 NotThere { what: &'static str, name: String }:
            "what is asked for is there",
            "there is no {what} {name}";
        /// A state that proves nothing of it.
        8 Unproven { what: &'static str }:
            "what is asked of a proof is proven by it",
            "the proof at hand says nothing about this {what}: ask for one that covers it";
        /// Somebody stopped it.
        9 Stopped:
            "what its caller stops ends, with nothing done",
            "stopped by the caller";
    }
}

/// What reading a state in memory, or the proven part of one, ends in.
#[allow(dead_code, reason = "each set of features reads a part")]
pub(super) fn unread<E: fmt::Display>(what: &'static str, error: &ReadError<E>) -> Error {
    match error {
        ReadError::Unproven => ArgumentError::Unproven { what }.into(),
        other => ArgumentError::NotThere { what, name: other.to_string() }.into(),
    }
}
