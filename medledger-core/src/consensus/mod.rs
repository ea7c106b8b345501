//! Finality: what makes a header final, told from evidence alone.
//!
//! Engines drive the application, never the other way round: nothing here calls an engine or a clock. Light clients and
//! the verification of a chain need only [`Finality`]; each engine has its rule, known by an id.

mod authority;

pub use authority::{Authority, AuthorityEvidence, AuthorityStatement, AuthorityTrust};

use serde_bytes::ByteBuf;

use crate::hash::AppRootHash;
use crate::units::{Height, Timestamp};

/// Ids of the rules of finality.
pub mod rule {
    /// One signer a turn: [`Authority`](super::Authority).
    pub const AUTHORITY: u64 = 1;
    /// More than two thirds of the validators' power. Reserved.
    pub const QUORUM: u64 = 2;
    /// CometBFT's commits, verified by its own light client. Reserved.
    pub const COMET: u64 = 3;

    /// Every id, what it stands for, and whether it is in force; the others are reserved.
    pub const ALL: &[(u64, &str, bool)] = &[
        (AUTHORITY, "authority: the validator whose turn it is signs", true),
        (QUORUM, "quorum: validators of more than two thirds of the power sign", false),
        (COMET, "comet: a CometBFT commit, verified by its own light client's rule", false),
    ];
}

wire! {
    /// Evidence that a header is final, as it travels beside the header.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Evidence {
        /// The rule's id, of [`rule`].
        pub rule: u64,
        /// What that rule reads.
        pub bytes: ByteBuf,
    }
}

/// What evidence certifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Certified {
    /// The hash of the header.
    pub root: AppRootHash,
    /// The height that the header is of; an engine may certify it one height later.
    pub root_of: Height,
    /// The header's time.
    pub time: Timestamp,
}

/// What evidence is worth, given what is trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict<Trust> {
    /// The header is final; go on with this trust.
    Verified(Trust, Certified),
    /// Nothing is wrong with it, but those who are trusted have not certified it.
    NotEnough,
    /// It is false.
    Invalid,
}

/// A rule of finality, without keys.
pub trait Finality {
    /// What a verifier trusts before it sees evidence.
    type Trust;
    /// What it is shown.
    type Evidence;

    /// What the evidence is worth at a time.
    fn verify(&self, trust: &Self::Trust, evidence: &Self::Evidence, now: Timestamp) -> Verdict<Self::Trust>;
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "numbers of the tests' own making")]
mod tests;
