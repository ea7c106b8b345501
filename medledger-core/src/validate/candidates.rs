//! Which of the transactions that wait could stand in the next block.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::authenticate::{Admission, authenticate};
use super::places::Places;
use super::signatures::Verified;
use super::{BlockContext, Overlay, params};
use crate::error::ReadError;
use crate::hash::KeyId;
use crate::operation::{Operation, Transaction};
use crate::state::StateRead;

/// A transaction that could stand in the next block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its place among those that arrived.
    pub index: usize,
    /// How many bytes it has.
    pub bytes: u64,
    /// Who signed it and what it draws on.
    pub admission: Admission,
    reserved: bool,
}

impl Candidate {
    /// Whether it may use the reserved share.
    #[must_use]
    pub const fn is_reserved(&self) -> bool {
        self.reserved
    }
}

/// Those that authenticate and whose budget has room, each after the ones before it, with each key's transactions in
/// the order of their counters.
///
/// # Errors
/// [`ReadError`] when the state can't be read.
pub fn candidates<S: StateRead, B: AsRef<[u8]>>(
    state: &S,
    cx: &BlockContext,
    arrived: &[B],
) -> Result<Vec<Candidate>, ReadError<S::Error>> {
    let params = params(state)?;
    let epoch = params.quotas.epoch_at(cx.time);
    let decoded = Transaction::decode_each(arrived, &cx.chain);
    let places = Places::of_each(&decoded);
    let verified = Verified::in_advance(state, &decoded, &places)?;
    // What is known to be forged has no place in a key's order: it could move the genuine ones to the end.
    let forged = |index| matches!(verified.envelope(index), Some(Err(_)));
    let keys: Vec<_> = (0_u64..)
        .zip(&decoded)
        .map(|(index, transaction)| transaction.as_ref().ok().filter(|_| !forged(index)))
        .map(|genuine| genuine.map(|known| (known.body.key, known.body.counter)))
        .collect();
    let mut overlay = Overlay::new(state);
    let mut found = Vec::new();
    for index in by_counter(&keys) {
        let (Some(Ok(transaction)), Some(bytes)) = (decoded.get(index), arrived.get(index)) else { continue };
        let Some(Some(places)) = places.get(index) else { continue };
        let known = verified.known(u64::try_from(index).unwrap_or(u64::MAX), transaction, places, &overlay);
        let Ok(signer) = authenticate(&overlay, cx, transaction, places, known)? else { continue };
        let budget = signer.budget(&transaction.body.operation);
        let Ok(usage) = signer.usage.draw(budget, epoch, &params.quotas) else { continue };
        signer.charge(&mut overlay, &usage)?;
        let bytes = u64::try_from(bytes.as_ref().len()).unwrap_or(u64::MAX);
        let reserved = budget.is_reserved() && is_lean(transaction);
        found.push(Candidate {
            index,
            bytes,
            admission: signer.admission(transaction, budget, epoch),
            reserved,
        });
    }
    Ok(found)
}

/// Whether a transaction carries no more than its operation asks for. One that does is sure to be refused, and being
/// large would take the place of many that are not: it is left to the ordinary share.
fn is_lean(transaction: &Transaction) -> bool {
    let asked_for = match &transaction.body.operation {
        Operation::Rotate { rotation } if rotation.check().is_ok() => rotation.add.len(),
        Operation::Rotate { .. } => return false,
        _ => 0,
    };
    transaction.approvals.len() <= asked_for
}

/// Puts each key's transactions, of all that arrived, into the order of their counters, in the places that they have.
fn by_counter(keys: &[Option<(KeyId, u64)>]) -> Vec<usize> {
    let mut of_key: BTreeMap<KeyId, Vec<(u64, usize)>> = BTreeMap::new();
    for (index, key) in keys.iter().enumerate() {
        if let Some((key, counter)) = key {
            of_key.entry(*key).or_default().push((*counter, index));
        }
    }
    for places in of_key.values_mut() {
        places.sort_unstable();
        places.reverse();
    }
    keys.iter()
        .flatten()
        .filter_map(|(key, _)| of_key.get_mut(key).and_then(Vec::pop).map(|(_, index)| index))
        .collect()
}
