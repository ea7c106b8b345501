//! Where the state keeps what every transaction asks for.

use alloc::vec::Vec;

use crate::hash::StateKey;
use crate::operation::{Body, Transaction, TransactionError};
use crate::state::Address;

/// The keys of the state that authenticating a transaction reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Places {
    /// The signer's identity.
    pub(super) identity: StateKey,
    /// What the identity has used.
    pub(super) identity_usage: StateKey,
    /// The key that signs.
    pub(super) key: StateKey,
    /// What the key has used.
    pub(super) key_usage: StateKey,
}

impl Places {
    /// Those of one transaction.
    pub(super) fn of(body: &Body) -> Self {
        let [identity, identity_usage, key, key_usage] = addresses(body).map(|at| at.key());
        Self { identity, identity_usage, key, key_usage }
    }

    /// Those of each transaction that could be decoded, hashed together.
    pub(super) fn of_each(transactions: &[Result<Transaction, TransactionError>]) -> Vec<Option<Self>> {
        let asked: Vec<Address> =
            transactions.iter().flatten().flat_map(|decoded| addresses(&decoded.body)).collect();
        let mut keys = Address::keys(&asked);
        let mut next = || {
            let [identity, identity_usage, key, key_usage] =
                [keys.next()?, keys.next()?, keys.next()?, keys.next()?];
            Some(Self { identity, identity_usage, key, key_usage })
        };
        transactions.iter().map(|decoded| decoded.as_ref().ok().and_then(|_| next())).collect()
    }
}

fn addresses(body: &Body) -> [Address; 4] {
    [
        Address::Identity(body.signer),
        Address::IdentityUsage(body.signer),
        Address::Key(body.key),
        Address::KeyUsage(body.key),
    ]
}
