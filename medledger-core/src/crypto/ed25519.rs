//! The pinned rule for one signature: checks of the bytes, then the cofactored equation.

use core::fmt;
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::IsIdentity;
use sha2::{Digest, Sha512};

use super::{CryptoError, PublicKey, PublicKeyBytes, Signature};

/// The y-coordinates of the eight points of small order, little-endian: 0 (order 4), 1 (the identity), −1
/// (order 2), and the two of order 8.
const SMALL_ORDER_Y: [[u8; 32]; 5] = [
    y_of(0x00, 0x00, 0x00),
    y_of(0x01, 0x00, 0x00),
    y_of(0xec, 0xff, 0x7f),
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5,
        0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a,
        0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
    ],
];

const fn y_of(first: u8, middle: u8, last: u8) -> [u8; 32] {
    let mut y = [middle; 32];
    let [low, .., high] = &mut y;
    *low = first;
    *high = last;
    y
}

/// What the bytes of an encoded point show, before any arithmetic.
enum Encoding {
    NotCanonical,
    SmallOrder,
    Usable,
}

/// Looks at an encoded point: y below p = 2²⁵⁵ − 19, no sign where x is 0 (y = 1 or y = −1), not of small order.
fn inspect(bytes: &[u8; 32]) -> Encoding {
    let mut y = *bytes;
    let [low, middle @ .., high] = &mut y;
    let negative = *high & 0x80 != 0;
    *high &= 0x7f;
    if *high == 0x7f && middle.iter().all(|byte| *byte == 0xff) && *low >= 0xed {
        return Encoding::NotCanonical;
    }
    let [_, one, minus_one, ..] = &SMALL_ORDER_Y;
    if negative && (y == *one || y == *minus_one) {
        return Encoding::NotCanonical;
    }
    if SMALL_ORDER_Y.contains(&y) { Encoding::SmallOrder } else { Encoding::Usable }
}

/// A public key that passed its checks, decompressed once: what a verifier keeps for a key that it meets again.
#[derive(Clone, Copy)]
pub struct VerifyingKey {
    bytes: PublicKeyBytes,
    point: EdwardsPoint,
}

impl VerifyingKey {
    /// Checks and decompresses a public key.
    ///
    /// # Errors
    /// [`CryptoError::KeyNotCanonical`], [`CryptoError::KeySmallOrder`] or [`CryptoError::KeyNotAPoint`].
    pub fn from_public(key: &PublicKey) -> Result<Self, CryptoError> {
        let PublicKey::Ed25519 { bytes } = *key;
        match inspect(&bytes.0) {
            Encoding::NotCanonical => return Err(CryptoError::KeyNotCanonical { key: bytes }),
            Encoding::SmallOrder => return Err(CryptoError::KeySmallOrder { key: bytes }),
            Encoding::Usable => {}
        }
        let point =
            CompressedEdwardsY(bytes.0).decompress().ok_or(CryptoError::KeyNotAPoint { key: bytes })?;
        Ok(Self { bytes, point })
    }

    /// The key as it stands on the wire.
    #[must_use]
    pub const fn public(&self) -> PublicKey {
        PublicKey::Ed25519 { bytes: self.bytes }
    }

    pub(super) const fn bytes(&self) -> &PublicKeyBytes {
        &self.bytes
    }

    pub(super) const fn point(&self) -> &EdwardsPoint {
        &self.point
    }
}

impl PartialEq for VerifyingKey {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for VerifyingKey {}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyingKey({})", self.bytes)
    }
}

/// A signature that passed the checks of its bytes, with its k computed: only the equation is open.
///
/// Making one costs the hash of the message and one decompression, and needs nothing but its arguments: a host
/// may make the claims of a block on all its cores and then put them into one [`Batch`](super::Batch).
#[derive(Clone, Debug)]
pub struct Claim {
    pub(super) key: VerifyingKey,
    pub(super) signature: Signature,
    pub(super) r: EdwardsPoint,
    pub(super) s: Scalar,
    pub(super) k: Scalar,
}

impl Claim {
    /// Checks the signature's bytes and hashes the message.
    ///
    /// # Errors
    /// [`CryptoError::ScalarNotReduced`], [`CryptoError::NonceNotCanonical`], [`CryptoError::NonceSmallOrder`] or
    /// [`CryptoError::NonceNotAPoint`].
    pub fn new(key: &VerifyingKey, message: &[u8], signature: &Signature) -> Result<Self, CryptoError> {
        let signature = *signature;
        let (r, s) = halves(&signature);
        let s = Option::<Scalar>::from(Scalar::from_canonical_bytes(s))
            .ok_or(CryptoError::ScalarNotReduced { signature })?;
        match inspect(&r) {
            Encoding::NotCanonical => return Err(CryptoError::NonceNotCanonical { signature }),
            Encoding::SmallOrder => return Err(CryptoError::NonceSmallOrder { signature }),
            Encoding::Usable => {}
        }
        let k = Sha512::new_with_prefix(r).chain_update(key.bytes.0).chain_update(message).finalize();
        let r = CompressedEdwardsY(r).decompress().ok_or(CryptoError::NonceNotAPoint { signature })?;
        Ok(Self { key: *key, signature, r, s, k: Scalar::from_bytes_mod_order_wide(&k.into()) })
    }

    /// Checks the equation.
    ///
    /// # Errors
    /// [`CryptoError::EquationFails`].
    pub fn check(&self) -> Result<(), CryptoError> {
        let minus_a = group::negated(&self.key.point);
        let computed = EdwardsPoint::vartime_double_scalar_mul_basepoint(&self.k, &minus_a, &self.s);
        if is_small(&group::difference(&computed, &self.r)) { Ok(()) } else { Err(self.fails()) }
    }

    pub(super) const fn fails(&self) -> CryptoError {
        CryptoError::EquationFails { key: self.key.bytes }
    }
}

/// Whether eight times the point is the identity.
pub(super) fn is_small(point: &EdwardsPoint) -> bool {
    point.mul_by_cofactor().is_identity()
}

/// `R` and `S` of a signature.
fn halves(signature: &Signature) -> ([u8; 32], [u8; 32]) {
    let (mut r, mut s) = ([0; 32], [0; 32]);
    for (to, from) in r.iter_mut().chain(&mut s).zip(&signature.0) {
        *to = *from;
    }
    (r, s)
}

/// Whether this is the key's signature of the message, under the pinned rule.
///
/// # Errors
/// The first check that fails: those of [`Claim::new`], then [`CryptoError::EquationFails`].
pub fn verify(key: &VerifyingKey, message: &[u8], signature: &Signature) -> Result<(), CryptoError> {
    Claim::new(key, message, signature)?.check()
}

/// The group's and the field's own operators: total, and without overflow, which the lint can't know.
#[allow(clippy::arithmetic_side_effects, reason = "arithmetic modulo L and on the curve does not overflow")]
pub(super) mod group {
    use super::{EdwardsPoint, Scalar};

    pub(in super::super) fn negated(point: &EdwardsPoint) -> EdwardsPoint {
        -point
    }

    pub(in super::super) fn difference(a: &EdwardsPoint, b: &EdwardsPoint) -> EdwardsPoint {
        a - b
    }

    pub(in super::super) fn minus(a: &Scalar) -> Scalar {
        -a
    }

    pub(in super::super) fn add_product(sum: &mut Scalar, a: &Scalar, b: &Scalar) {
        *sum += a * b;
    }
}
