//! Keys, algorithm ids and the pinned Ed25519 rule.
//!
//! Validators must agree on every signature, crafted ones included, and libraries do not: they differ on small
//! order, on torsion and on encodings, and some differ from themselves between single and batch. So the rule is
//! fixed here, and single and batch share the code of every check but the last:
//!
//! 1. `A` (the key) is a canonical encoding, not of small order, and a point of the curve.
//! 2. `S < L`. `R` is a canonical encoding, not of small order, and a point of the curve.
//! 3. `[8][S]B = [8]R + [8][k]A` with `k = SHA-512(R ‖ A ‖ M) mod L` (RFC 8032 §5.1.7, the cofactored form).
//!
//! The checks are made in this order, and the first that fails gives the error. Every binding verifies here,
//! never through its platform's verifier.
//!
//! ```
//! use medledger_core::crypto::{SecretKey, VerifyingKey, verify};
//! let secret = SecretKey::from_seed([7; 32]);
//! let signature = secret.sign(b"a message");
//! let key = VerifyingKey::from_public(&secret.public())?;
//! verify(&key, b"a message", &signature)?;
//! assert!(verify(&key, b"another", &signature).is_err());
//! # Ok::<(), medledger_core::crypto::CryptoError>(())
//! ```

mod batch;
mod ed25519;
mod keys;
mod secret;

pub use batch::Batch;
pub use ed25519::{Claim, VerifyingKey, verify};
pub use keys::{
    HashAlgorithm, PublicKey, PublicKeyBytes, RESERVED_SIGNATURE_ALGORITHMS, Signature, SignatureAlgorithm,
};
pub use secret::SecretKey;

rules! {
    /// Why a key or a signature is refused.
    pub enum CryptoError: CRY {
        /// The key is not the one encoding of a point.
        1 KeyNotCanonical { key: PublicKeyBytes }:
            "a public key is a canonical encoding: y < 2^255 − 19, and no sign where x is 0",
            "the public key {key} is not a canonical encoding";
        /// The key lies in the subgroup of order 8.
        2 KeySmallOrder { key: PublicKeyBytes }:
            "a public key is not of small order",
            "the public key {key} is of small order";
        /// No point of the curve has this encoding.
        3 KeyNotAPoint { key: PublicKeyBytes }:
            "a public key is a point of the curve",
            "the public key {key} is not a point of the curve";
        /// The signature's second half is L or more.
        4 ScalarNotReduced { signature: Signature }:
            "a signature's S is below the group's order L",
            "the S of the signature {signature} is not below L";
        /// The signature's first half is not the one encoding of a point.
        5 NonceNotCanonical { signature: Signature }:
            "a signature's R is a canonical encoding: y < 2^255 − 19, and no sign where x is 0",
            "the R of the signature {signature} is not a canonical encoding";
        /// The signature's first half lies in the subgroup of order 8.
        6 NonceSmallOrder { signature: Signature }:
            "a signature's R is not of small order",
            "the R of the signature {signature} is of small order";
        /// No point of the curve has the encoding of the signature's first half.
        7 NonceNotAPoint { signature: Signature }:
            "a signature's R is a point of the curve",
            "the R of the signature {signature} is not a point of the curve";
        /// Well formed, but not this key's signature of this message.
        8 EquationFails { key: PublicKeyBytes }:
            "[8][S]B = [8]R + [8][k]A with k = SHA-512(R ‖ A ‖ M) mod L",
            "the signature is not one of the key {key} over this message";
    }
}

#[cfg(test)]
#[allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "numbers of the tests' own making"
)]
mod tests;
