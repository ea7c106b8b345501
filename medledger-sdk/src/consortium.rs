//! The genesis of a consortium.

use alloc::string::String;
use alloc::vec::Vec;

use medledger_core::chain::{Founder, Genesis};
use medledger_core::consensus::rule;
use medledger_core::crypto::{HashAlgorithm, PublicKey};
use medledger_core::operation::PROTOCOL_VERSION;
use medledger_core::state::{Params, Validator, ValidatorSet};
use medledger_core::units::Timestamp;

/// A genesis under proof of authority, with the default parameters, validators of equal weight that take turns in this
/// order, and no legal grounds. [`Genesis::open`] checks it.
#[must_use]
pub fn genesis(name: String, time: Timestamp, validators: &[PublicKey], founders: Vec<Founder>) -> Genesis {
    let validators = validators.iter().map(|key| Validator { key: *key, power: 1 }).collect();
    Genesis {
        version: PROTOCOL_VERSION,
        hash: HashAlgorithm::Sha3_256,
        name,
        time,
        finality: rule::AUTHORITY,
        validators: ValidatorSet { validators },
        params: Params::default(),
        founders,
        grounds: Vec::new(),
    }
}
