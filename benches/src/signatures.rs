//! Nothing but the verification of a block's signatures: what everything else is held against.

use std::time::Duration;

use medledger_core::crypto::{Batch, PublicKey, VerifyingKey, verify};
use medledger_core::identity::KeyEntry;
use medledger_core::operation::Transaction;
use medledger_core::state::{Address, read};

use crate::report::{Outcome, time};
use crate::world::World;

/// The signatures of transactions, with what they cover and the keys of their signers.
pub struct Signatures {
    decoded: Vec<Transaction>,
    signers: Vec<PublicKey>,
}

impl Signatures {
    /// Those of transactions whose signers the state has.
    pub fn of(world: &World, transactions: &[Vec<u8>]) -> Outcome<Self> {
        let decoded = transactions
            .iter()
            .map(|bytes| Transaction::decode(bytes, &world.cx.chain))
            .collect::<Result<Vec<_>, _>>()?;
        let signer = |transaction: &Transaction| match read::<KeyEntry, _>(
            &world.state,
            &Address::Key(transaction.body.key),
        ) {
            Ok(Some(entry)) => Ok(entry.keys.signing),
            _ => Err("a signer is not in the state"),
        };
        let signers = decoded.iter().map(signer).collect::<Result<_, _>>()?;
        Ok(Self { decoded, signers })
    }

    /// One by one, each key decompressed.
    pub fn single(&self) -> Outcome<Duration> {
        let mut good = true;
        let took = time(|| {
            for (transaction, public) in self.decoded.iter().zip(&self.signers) {
                let verdict = VerifyingKey::from_public(public)
                    .and_then(|key| verify(&key, &transaction.signed, &transaction.signature));
                good &= verdict.is_ok();
            }
        });
        if good { Ok(took) } else { Err("a signature of the bench does not verify".into()) }
    }

    /// All in one batch, each key decompressed.
    pub fn batch(&self) -> Outcome<Duration> {
        let mut good = true;
        let took = time(|| {
            let mut batch = Batch::new();
            for (transaction, public) in self.decoded.iter().zip(&self.signers) {
                match VerifyingKey::from_public(public) {
                    Ok(key) => batch.push(&key, &transaction.signed, &transaction.signature),
                    Err(_) => good = false,
                }
            }
            good &= batch.verify();
        });
        if good { Ok(took) } else { Err("a batch of the bench does not verify".into()) }
    }
}
