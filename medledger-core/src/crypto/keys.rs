//! Public keys, signatures and algorithm ids, as they stand on the wire.

use crate::hash::{Digest32, KeyId, SuccessorDigest, Tag, hash};

wire! {
    /// The ids of signature algorithms. Records outlive algorithms, so each has a number that never changes.
    /// 2 is reserved for ES256 with low S (phones whose secure hardware has only P-256).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum SignatureAlgorithm {
        /// Ed25519 (RFC 8032) under the rule of [`crypto`](crate::crypto).
        1 => Ed25519,
    }
}

/// Ids of signature algorithms that are kept for later.
pub const RESERVED_SIGNATURE_ALGORITHMS: &[(u64, &str)] =
    &[(2, "ES256 (ECDSA with P-256 and SHA-256) with low S")];

wire! {
    /// The ids of hash algorithms.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum HashAlgorithm {
        /// SHA3-256 (FIPS 202).
        1 => Sha3_256,
    }
}

byte_types! {
    /// An encoded Ed25519 point: 255 bits of y, little-endian, and the sign of x.
    pub struct PublicKeyBytes(32);
    /// An Ed25519 signature: `R ‖ S`. Nothing is ever derived from these bytes, since some platforms randomise them.
    pub struct Signature(64);
}

wire! {
    /// A public key with its algorithm: the code is that of [`SignatureAlgorithm`].
    ///
    /// Decoding does not check the key; [`VerifyingKey::from_public`](super::VerifyingKey::from_public) does.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum PublicKey {
        /// Ed25519.
        1 => Ed25519 {
            /// The encoded point A.
            bytes: PublicKeyBytes,
        },
    }
}

impl PublicKey {
    /// The algorithm that the key belongs to.
    #[must_use]
    pub const fn algorithm(&self) -> SignatureAlgorithm {
        match self {
            Self::Ed25519 { .. } => SignatureAlgorithm::Ed25519,
        }
    }

    /// The id by which transactions name the key.
    #[must_use]
    pub fn id(&self) -> KeyId {
        KeyId(self.tagged(Tag::KeyId))
    }

    /// The digest that commits to the key before it is disclosed. Its tag is not that of [`id`](Self::id), or the
    /// first use of the key elsewhere would tie it to the identity.
    #[must_use]
    pub fn successor_digest(&self) -> SuccessorDigest {
        SuccessorDigest(self.tagged(Tag::Successor))
    }

    /// `H(tag ‖ CBOR(self))`, with the encoding written out since it has a fixed form: `[1, h'…32 bytes…']`.
    fn tagged(&self, tag: Tag) -> Digest32 {
        match self {
            Self::Ed25519 { bytes } => hash(tag, &[&[0x82, 0x01, 0x58, 0x20], bytes.as_ref()]),
        }
    }
}
