//! The chain: its genesis, what is certified about each height, and how a block's effects become a root.

mod app_root;
mod genesis;

pub use app_root::{AppRoot, Sealed, results_log, seal, transactions_log};
pub use genesis::{Founder, Genesis, GenesisError, Opened};

rules! {
    /// Why a genesis, or a header that follows another, is refused.
    pub enum ChainError: CHN {
        /// A genesis with parameters that no network can run with.
        1 BadParams:
            "the parameters of a genesis are above zero, and the reserved share is one part in 2 to 32 of a block",
            "the parameters of this genesis can't be run with: none may be zero, and the reserved share must be from 1 in 2 to 1 in 32";
        /// A genesis without validators, or with one twice.
        2 BadValidators:
            "a genesis names 1 to 256 validators of valid, distinct keys and powers above zero",
            "the validators of this genesis can't be run with: from 1 to 256, each key valid and given once, powers above zero";
        /// A genesis whose identities are at odds.
        3 BadFounder { index: u64, why: crate::identity::IdentityError }:
            "each identity in a genesis is sound by itself and shares no key with another",
            "identity {index} of the genesis is refused: {why}";
        /// A genesis without a member.
        4 NoMember:
            "a genesis names at least one member organisation, or nobody could sponsor an identity",
            "the genesis names no member organisation";
        /// A genesis in a version or with an algorithm that is not known.
        5 UnknownVersion { version: u64 }:
            "a genesis and a header are of a version that is known",
            "version {version} is not known here";
        /// A header that does not follow the one before.
        6 DoesNotFollow { height: crate::units::Height }:
            "a header names the hash of the one before, and is one higher",
            "the header of height {height} does not follow the one before it";
        /// A header of another ledger.
        7 OtherLedger { named: crate::hash::ChainId }:
            "a header is of the ledger that its reader means",
            "the header is of the ledger {named}";
        /// A legal ground that can't be registered.
        8 BadGround { index: u64 }:
            "a legal ground names a founder, codes, and a longest duration above zero",
            "legal ground {index} of the genesis is refused: it names no organisation of the genesis, an empty code, or no duration";
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "numbers of the tests' own making")]
mod tests;
