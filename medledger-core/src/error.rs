//! Rules and their codes.
//!
//! Every protocol rule has one id (`OPR-014`), the same in the specification, in the error that a breach gives,
//! in the test and in the vector that breaks it. An error enum *is* the table of its rules: the
//! [`rules!`](crate::rules) macro writes both, so that neither can drift from the other.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

macro_rules! prefixes {
    ($( $(#[doc = $doc:literal])+ $name:ident = $number:literal; )*) => {
        /// The part of the protocol that a rule belongs to. Numbers are on the wire (a transaction's result code is
        /// `prefix × 100 + number`) and never change; the ones without rules yet are reserved.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum Prefix { $( $(#[doc = $doc])+ $name = $number ),* }

        impl Prefix {
            /// All prefixes, in the order of their numbers.
            pub const ALL: &'static [Self] = &[ $( Self::$name ),* ];

            /// The prefix as it stands in a rule's id.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$name => stringify!($name) ),* }
            }

            /// What it stands for.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self { $( Self::$name => concat!($( $doc ),+) ),* }.trim_start()
            }
        }
    };
}

prefixes! {
    /// Encoding: deterministic CBOR.
    COD = 1;
    /// Keys and signatures.
    CRY = 2;
    /// Merkle logs and the state tree: proofs.
    MRK = 3;
    /// The signed envelope: replay, validity, quotas, approvals.
    OPR = 4;
    /// Identities and their keys.
    IDN = 5;
    /// Records: anchors, amendments, erasure.
    REC = 6;
    /// Consent.
    CON = 7;
    /// Access sessions, session logs, break-glass.
    ACC = 8;
    /// Drug custody.
    CUS = 9;
    /// Trials.
    TRI = 10;
    /// Device streams.
    STM = 11;
    /// Governance of the consortium.
    GOV = 12;
    /// State: values and their proofs.
    STA = 13;
    /// Blocks.
    BLK = 14;
    /// Chain, genesis and finality.
    CHN = 15;
    /// Light client: receipts and exports.
    LGT = 16;
    /// FHIR import and export (client side).
    FHR = 20;
    /// Wallet (client side).
    WAL = 21;
    /// Sealed records (client side).
    SEA = 22;
    /// A ledger in one process (client side).
    LOC = 23;
    /// EPCIS import (client side).
    EPC = 24;
    /// Trial tables (client side).
    TAB = 25;
    /// A custodian's gateway (client side).
    GTW = 26;
    /// The library as other languages see it: arguments (client side).
    API = 27;
    /// The embedded store (host).
    STO = 30;
    /// The command (host).
    CLI = 31;
    /// The HTTP interface (host).
    HTP = 32;
}

/// One rule of the protocol: its id, the error's name and what it demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The part of the protocol.
    pub prefix: Prefix,
    /// The number within it, 1…99.
    pub number: u16,
    /// The error variant that a breach gives.
    pub name: &'static str,
    /// What the rule demands, as in the specification.
    pub text: &'static str,
}

impl Rule {
    /// The code on the wire: `prefix × 100 + number`; 0 is kept for success.
    #[must_use]
    #[allow(clippy::arithmetic_side_effects, reason = "at most 32 × 100 + 99")]
    pub const fn code(&self) -> u16 {
        (self.prefix as u16) * 100 + self.number
    }
}

/// The rule's id, such as `OPR-014`.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:03}", self.prefix.as_str(), self.number)
    }
}

/// An error that names the rule which was broken.
pub trait Coded: fmt::Display {
    /// The rule that was broken.
    fn rule(&self) -> &'static Rule;

    /// What the message names, field by field, as text: for whoever shows it in words of his own.
    fn fields(&self) -> Fields;
}

/// Makes an enum of errors [`Coded`], each variant of which holds one that is.
///
/// ```
/// # use medledger_core::{coded, codec::CodecError, crypto::CryptoError, error::Coded};
/// #[derive(Debug, thiserror::Error)]
/// enum OpenError {
///     #[error(transparent)]
///     Codec(CodecError),
///     #[error(transparent)]
///     Crypto(CryptoError),
/// }
/// coded!(OpenError { Codec, Crypto });
/// let error = CodecError::Unencodable { of: "Facts", why: "it is too long".to_string() };
/// assert_eq!(OpenError::Codec(error).rule().to_string(), "COD-013");
/// ```
#[macro_export]
macro_rules! coded {
    ($name:ty { $( $variant:ident ),* $(,)? }) => {
        impl $crate::error::Coded for $name {
            fn rule(&self) -> &'static $crate::error::Rule {
                match self { $( Self::$variant(error) => $crate::error::Coded::rule(error), )* }
            }

            fn fields(&self) -> $crate::error::Fields {
                match self { $( Self::$variant(error) => $crate::error::Coded::fields(error), )* }
            }
        }
    };
}

/// What an error's message names, field by field.
pub type Fields = Vec<(&'static str, String)>;

/// Why something could not be read from a state or a tree.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError<E> {
    /// The proof at hand says nothing about this key: neither present nor absent.
    #[error("the proof at hand does not cover what was asked for")]
    Unproven,
    /// What stands there is not a value of its kind: the store is damaged.
    #[error("the stored {what} is damaged")]
    Damaged {
        /// The kind of value.
        what: &'static str,
    },
    /// The store behind it failed.
    #[error("the store failed: {0}")]
    Store(E),
}

/// Defines an error enum and, from the same lines, the table of its rules.
///
/// ```
/// medledger_core::rules! {
///     /// What a door refuses.
///     pub enum DoorError: COD {
///         /// The door is shut.
///         90 Shut { floor: u64 }: "a door is open", "the door on floor {floor} is shut";
///     }
/// }
/// use medledger_core::error::Coded;
/// let shut = DoorError::Shut { floor: 3 };
/// assert_eq!(shut.rule().to_string(), "COD-090");
/// assert_eq!(shut.to_string(), "the door on floor 3 is shut");
/// assert_eq!(shut.fields(), [("floor", "3".to_string())]);
/// ```
#[macro_export]
macro_rules! rules {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident : $prefix:ident {
            $(
                $(#[$vmeta:meta])*
                $number:literal $variant:ident $({ $( $field:ident : $ty:ty ),* $(,)? })? : $text:literal, $message:literal;
            )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, $crate::codec::__private::ThisError)]
        $vis enum $name {
            $(
                $(#[$vmeta])*
                #[error($message)]
                $variant $({
                    $( #[doc = concat!("`", stringify!($field), "`, as in the message.")] $field : $ty ),*
                })?,
            )*
        }

        impl $name {
            /// The rules that these errors stand for, in the order of their numbers.
            pub const RULES: &'static [$crate::error::Rule] = &[
                $( $crate::error::Rule {
                    prefix: $crate::error::Prefix::$prefix,
                    number: $number,
                    name: stringify!($variant),
                    text: $text,
                }, )*
            ];
        }

        impl $crate::error::Coded for $name {
            fn rule(&self) -> &'static $crate::error::Rule {
                match self {
                    $(
                        Self::$variant { .. } => const {
                            &$crate::error::Rule {
                                prefix: $crate::error::Prefix::$prefix,
                                number: $number,
                                name: stringify!($variant),
                                text: $text,
                            }
                        },
                    )*
                }
            }

            fn fields(&self) -> $crate::error::Fields {
                match self {
                    $(
                        Self::$variant $({ $( $field ),* })? => {
                            $crate::codec::__private::Vec::from([
                                $($( (stringify!($field), $crate::codec::__private::ToString::to_string($field)) ),*)?
                            ])
                        }
                    )*
                }
            }
        }
    };
}
