//! How a keystore's file looks. The types are here without the feature `wallet`, so that every build has the same list of
//! wire types; what encrypts and decrypts is in `keystore`.

use alloc::string::String;
use alloc::vec::Vec;
use serde_bytes::ByteBuf;

use medledger_core::codec::{DEPTH, Limits};
use medledger_core::hash::{ChainId, Did, KeyId, SuccessorDigest};
use medledger_core::{byte_types, wire};

/// The version that is written.
pub const VERSION: u64 = 1;
/// What a file may cost to decode.
pub const KEYSTORE: Limits =
    Limits { bytes: 512 * 1024, depth: DEPTH, items: IDENTITIES, text: RELATIONSHIP_BYTES };
/// Identities in one keystore.
pub const IDENTITIES: u64 = 1_024;
/// Bytes of the name of a relationship.
pub const RELATIONSHIP_BYTES: u64 = 128;
/// Bytes of a passphrase, normalised.
pub const PASSPHRASE_BYTES: u64 = 1_024;
/// Memory that Argon2id may ask for: from, and to, in KiB.
pub const MEMORY_KIB: (u64, u64) = (19 * 1_024, 256 * 1_024);
/// Passes of Argon2id: from, and to.
pub const PASSES: (u64, u64) = (2, 10);
/// Lanes of Argon2id: from, and to.
pub const LANES: (u64, u64) = (1, 4);

byte_types! {
    /// Argon2id's salt: random bytes.
    pub struct PassphraseSalt(32);
    /// What a key that comes from a passphrase is recognised by: its hash under a tag of its own.
    pub struct PassphraseCommitment(32);
    /// XChaCha20-Poly1305's nonce: random bytes.
    pub struct SealNonce(24);
    /// The hash of a file's version and body, so that damage is told from a wrong passphrase.
    pub struct FileCheck(32);
}

wire! {
    /// A file. Its shape is the same in every version.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct KeystoreFile {
        /// The version of the body.
        pub version: u64,
        /// The [`KeystoreBody`] in CBOR.
        pub body: ByteBuf,
        /// `H(tag ‖ version ‖ body)`, the version in 8 bytes.
        pub check: FileCheck,
    }
}

wire! {
    /// The body of version 1.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct KeystoreBody {
        /// What is not secret: authenticated, and not encrypted.
        pub header: KeystoreHeader,
        /// `H(tag ‖ what Argon2id gives)`.
        pub commitment: PassphraseCommitment,
        /// 64 bytes an identity, in the header's order: the seed of the device's signing key, then its agreement secret.
        /// Encrypted with XChaCha20-Poly1305 under `H(tag ‖ what Argon2id gives)`; the additional data is the version in
        /// 8 bytes and the header in CBOR.
        pub sealed: ByteBuf,
    }
}

wire! {
    /// What a keystore says to whoever reads the file.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct KeystoreHeader {
        /// The ledger.
        pub chain: ChainId,
        /// What a passphrase costs.
        pub cost: PassphraseCost,
        /// Argon2id's salt.
        pub salt: PassphraseSalt,
        /// The nonce of the encryption.
        pub nonce: SealNonce,
        /// The identities, ascending by number.
        pub identities: Vec<KeptIdentity>,
        /// The digests of the successors, from identity 0 on; empty in a keystore that was restored from the first sheet.
        pub successors: Vec<SuccessorDigest>,
    }
}

wire! {
    /// The parameters of Argon2id (RFC 9106).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct PassphraseCost {
        /// Memory in KiB.
        pub memory: u64,
        /// Passes over it.
        pub passes: u64,
        /// Lanes.
        pub lanes: u64,
    }
}

wire! {
    /// One identity, as far as it is no secret.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct KeptIdentity {
        /// Its number in the sheet.
        pub identity: u64,
        /// Its name on the ledger.
        pub did: Did,
        /// Whom it is for, in the patient's words.
        pub relationship: String,
        /// The device's number in the sheet.
        pub device: u64,
        /// The id of the device's key.
        pub key: KeyId,
    }
}

impl Default for PassphraseCost {
    /// RFC 9106's second recommendation with one lane: 64 MiB, 3 passes.
    fn default() -> Self {
        Self { memory: 64 * 1_024, passes: 3, lanes: 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tests spare themselves the cost; a wallet must not.
    #[test]
    fn a_guess_costs_64_mib_and_three_passes() {
        let PassphraseCost { memory, passes, lanes } = PassphraseCost::default();
        assert_eq!((memory, passes, lanes), (65_536, 3, 1));
    }
}
