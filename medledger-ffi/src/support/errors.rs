//! Errors, and where in the arguments they are.

use std::collections::HashMap;
use std::fmt;

use medledger_sdk::api::{Error, ErrorKind, ErrorParts, Field};

use super::{Give, Take};

/// A place in the arguments: `terms.rules[2].effect`.
#[derive(Clone, Copy)]
pub enum At<'a> {
    /// An argument.
    Argument(&'static str),
    /// A field of a value.
    Field(&'a At<'a>, &'static str),
    /// An element of a list.
    Item(&'a At<'a>, usize),
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument(name) => f.write_str(name),
            Self::Field(of, name) => write!(f, "{of}.{name}"),
            Self::Item(of, index) => write!(f, "{of}[{index}]"),
        }
    }
}

/// Defines the error: a variant for each kind, all with the same fields.
macro_rules! errors {
    ($( $(#[$doc:meta])* $kind:ident => $variant:ident ),* $(,)?) => {
        /// Why something was not done. Nothing was done then. Each kind has a class of its own.
        #[derive(Clone, Debug, PartialEq, Eq, uniffi::Error)]
        pub enum MedledgerError {
            $(
                $(#[$doc])*
                $variant {
                    /// The id of the rule that was broken, such as `CON-014`.
                    code: String,
                    /// What is wrong, and often what to do.
                    text: String,
                    /// What the text names: names and their values.
                    fields: HashMap<String, String>,
                }
            ),*
        }

        impl From<Error> for MedledgerError {
            fn from(error: Error) -> Self {
                let ErrorParts { kind, code, message: text, fields } = error.into_parts();
                let fields = fields.into_iter().map(|Field { name, value }| (name, value)).collect();
                match kind {
                    $( ErrorKind::$kind => Self::$variant { code, text, fields } ),*
                }
            }
        }

        impl fmt::Display for MedledgerError {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $( Self::$variant { code, text, .. } )|* => write!(f, "{code}: {text}"),
                }
            }
        }
    };
}

errors! {
    /// An argument that is not of the kind that was asked for.
    Argument => InvalidArgument,
    /// Bytes that are not what they should be: not decoded.
    Malformed => Malformed,
    /// A proof, a signature or a seal that does not hold.
    Invalid => Invalid,
    /// What the ledger's rules refuse.
    Refused => Refused,
    /// A signer that failed, said no, or holds another key.
    Signer => SignerFailed,
    /// A wallet: its sheets, its keystore.
    Wallet => Wallet,
    /// FHIR that can't be read, or not faithfully.
    Fhir => Fhir,
}

impl std::error::Error for MedledgerError {}

/// An argument as the sdk has it.
///
/// # Errors
/// API-004 for a time that its type can't hold.
pub fn argument<A: Take<B>, B>(value: A, name: &'static str) -> Result<B, MedledgerError> {
    value.take(At::Argument(name))
}

/// What a call gave.
///
/// # Errors
/// The call's own.
pub fn answer<A: Give<B>, B>(result: Result<A, Error>) -> Result<B, MedledgerError> {
    Ok(result?.give())
}
