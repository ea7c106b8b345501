//! Proof of authority: the validators take turns, and the one whose turn it is certifies.

use alloc::vec::Vec;
use serde_bytes::ByteBuf;

use super::{Certified, Evidence, Finality, Verdict, rule};
use crate::codec::{CodecError, decode, encode};
use crate::crypto::{PublicKey, Signature, VerifyingKey, verify};
use crate::hash::{AppRootHash, ChainId, Tag, hash_wire};
use crate::limits::PROOF;
use crate::state::ValidatorSet;
use crate::units::{Height, Millis, Timestamp};

wire! {
    /// What an authority signs, under its tag.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AuthorityStatement {
        /// The ledger.
        pub chain: ChainId,
        /// The header's height.
        pub height: Height,
        /// The header's time.
        pub time: Timestamp,
        /// The header's hash.
        pub root: AppRootHash,
        /// The round: 0, and one more for each validator before this one that was silent.
        pub round: u64,
    }
}

wire! {
    /// An authority's certificate.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AuthorityEvidence {
        /// The header's height.
        pub height: Height,
        /// The header's time.
        pub time: Timestamp,
        /// The header's hash.
        pub root: AppRootHash,
        /// The round.
        pub round: u64,
        /// The key that signed.
        pub key: PublicKey,
        /// Its signature.
        pub signature: Signature,
    }
}

/// Whose certificates count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorityTrust {
    /// The validators, in the order of their turns.
    pub validators: ValidatorSet,
}

/// One signer a turn. Safety rests on the validators: whoever has a turn can certify two blocks, which both verify, and
/// the two certificates together convict it. A consortium that must survive that runs an engine with a quorum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Authority {
    /// The ledger.
    pub chain: ChainId,
    /// How far ahead of the verifier's clock a header may be.
    pub clock_ahead: Millis,
}

impl Authority {
    /// The bytes that the validator signs.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn to_be_signed(&self, certified: &Certified, round: u64) -> Result<Vec<u8>, CodecError> {
        let Certified { root, root_of, time } = *certified;
        let statement = AuthorityStatement { chain: self.chain, height: root_of, time, root, round };
        Ok(hash_wire(Tag::Authority, &statement)?.to_vec())
    }

    /// The evidence that a signature makes.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn evidence(
        certified: &Certified,
        round: u64,
        key: PublicKey,
        signature: Signature,
    ) -> Result<Evidence, CodecError> {
        let Certified { root, root_of: height, time } = *certified;
        let evidence = AuthorityEvidence { height, time, root, round, key, signature };
        Ok(Evidence { rule: rule::AUTHORITY, bytes: ByteBuf::from(encode(&evidence)?) })
    }

    /// Reads evidence of this rule.
    ///
    /// # Errors
    /// [`CodecError`].
    pub fn read(evidence: &Evidence) -> Result<AuthorityEvidence, CodecError> {
        decode(&evidence.bytes, &PROOF)
    }
}

impl Finality for Authority {
    type Trust = AuthorityTrust;
    type Evidence = AuthorityEvidence;

    fn verify(&self, trust: &Self::Trust, evidence: &Self::Evidence, now: Timestamp) -> Verdict<Self::Trust> {
        let AuthorityEvidence { height, time, root, round, key, ref signature } = *evidence;
        if now.plus(self.clock_ahead).is_some_and(|latest| time > latest) {
            return Verdict::Invalid;
        }
        let certified = Certified { root, root_of: height, time };
        let signed = self.to_be_signed(&certified, round).ok().zip(VerifyingKey::from_public(&key).ok());
        match signed {
            Some((message, key)) if verify(&key, &message, signature).is_ok() => {}
            _ => return Verdict::Invalid,
        }
        // Well signed, but it is somebody else's turn.
        match trust.validators.at_turn(height, round) {
            Some(validator) if validator.key == key => Verdict::Verified(trust.clone(), certified),
            _ => Verdict::NotEnough,
        }
    }
}
