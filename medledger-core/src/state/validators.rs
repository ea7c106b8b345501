//! The validators of the consortium, now and scheduled.

use alloc::vec::Vec;

use crate::codec::CodecError;
use crate::crypto::{PublicKey, VerifyingKey};
use crate::hash::{KeyId, Tag, ValidatorsHash, hash_wire};
use crate::limits::VALIDATORS;
use crate::units::Height;

wire! {
    /// One validator.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Validator {
        /// The key that it certifies with.
        pub key: PublicKey,
        /// Its weight, at least 1.
        pub power: u64,
    }
}

wire! {
    /// The validators entitled to certify a height, in the order of their turns.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ValidatorSet {
        /// Each key once.
        pub validators: Vec<Validator>,
    }
}

wire! {
    /// A set that takes over at a height.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Scheduled {
        /// The first height that it certifies.
        pub from: Height,
        /// The set.
        pub set: ValidatorSet,
    }
}

wire! {
    /// Which set certifies which height: the one in force, and those to come, ascending.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Schedule {
        /// The set in force.
        pub current: ValidatorSet,
        /// The sets to come.
        pub next: Vec<Scheduled>,
    }
}

impl ValidatorSet {
    /// The set's hash, as headers name it.
    ///
    /// # Errors
    /// [`CodecError::Unencodable`].
    pub fn hash(&self) -> Result<ValidatorsHash, CodecError> {
        hash_wire(Tag::Validators, self).map(ValidatorsHash)
    }

    /// Whether a network can run with it: 1 to 256 validators of valid, distinct keys and powers above 0.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let count = u64::try_from(self.validators.len()).unwrap_or(u64::MAX);
        let mut keys: Vec<KeyId> = self.validators.iter().map(|validator| validator.key.id()).collect();
        keys.sort_unstable();
        (1..=VALIDATORS).contains(&count)
            && keys.windows(2).all(|pair| matches!(pair, [a, b] if a < b))
            && self.validators.iter().all(|validator| validator.power > 0)
            && self.validators.iter().all(|validator| VerifyingKey::from_public(&validator.key).is_ok())
    }

    /// The validator whose turn it is at a height in a round; rounds begin at 0 and go up when one is silent.
    #[must_use]
    pub fn at_turn(&self, height: Height, round: u64) -> Option<&Validator> {
        let count = u64::try_from(self.validators.len()).ok()?;
        let turn = u128::from(height.0).checked_add(u128::from(round))?.checked_rem(u128::from(count))?;
        self.validators.get(usize::try_from(turn).ok()?)
    }
}

impl Schedule {
    /// The set entitled to certify a height.
    #[must_use]
    pub fn at(&self, height: Height) -> &ValidatorSet {
        self.next
            .iter()
            .rev()
            .find(|scheduled| scheduled.from <= height)
            .map_or(&self.current, |found| &found.set)
    }
}
