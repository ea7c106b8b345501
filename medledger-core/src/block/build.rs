//! What to propose, in order.

use alloc::collections::{BTreeMap, BTreeSet, VecDeque};
use alloc::vec::Vec;

use crate::error::ReadError;
use crate::hash::Did;
use crate::limits::{BLOCK_BYTES, BLOCK_TRANSACTIONS};
use crate::operation::Budget;
use crate::state::StateRead;
use crate::validate::{BlockContext, Candidate, candidates, params};

/// The most that a block's encoding adds to its transactions: its own fields, and the head of each byte string.
const HEAD_BYTES: u64 = 64;
const ITEM_BYTES: u64 = 5;

/// Chooses what to propose from transactions in the order in which they arrived, within `max_bytes` of block.
///
/// Left out is what would not authenticate or has no budget. Each key's transactions come in the order of their
/// counters. The reserved share is filled sponsor by sponsor in turn, within one identity by identity, those first that
/// have used least of that budget in this epoch. It is first divided equally, by bytes, among the sponsors who have
/// something to put there; what one leaves is open to the others. So no flood, nor another sponsor's identities,
/// however many and large their transactions, keeps a revocation out. Gives indexes into `arrived`.
///
/// # Errors
/// [`ReadError`] when the state can't be read.
pub fn build<S: StateRead, B: AsRef<[u8]>>(
    state: &S,
    cx: &BlockContext,
    arrived: &[B],
    max_bytes: u64,
) -> Result<Vec<usize>, ReadError<S::Error>> {
    let params = params(state)?;
    let candidates = candidates(state, cx, arrived)?;
    let whole = max_bytes.min(BLOCK_BYTES).saturating_sub(HEAD_BYTES);
    let mut room = Room { bytes: whole, count: BLOCK_TRANSACTIONS };
    let mut ordinary =
        Room { bytes: params.ordinary_share(whole), count: params.ordinary_share(BLOCK_TRANSACTIONS) };
    let mut reserved = Room {
        bytes: whole.saturating_sub(ordinary.bytes),
        count: BLOCK_TRANSACTIONS.saturating_sub(ordinary.count),
    };
    let mut chosen = BTreeSet::new();
    let mut waiting = Vec::new();
    let in_turn = in_turn(&candidates);
    let mut parts = parts(&in_turn, &reserved);
    let (within, beyond): (Vec<&Candidate>, Vec<&Candidate>) = in_turn.into_iter().partition(|candidate| {
        parts.get_mut(&candidate.admission.sponsor).is_some_and(|part| part.take(candidate.bytes))
    });
    for candidate in within.into_iter().chain(beyond) {
        if reserved.take(candidate.bytes) && room.take(candidate.bytes) {
            chosen.insert(candidate.index);
        } else {
            waiting.push(candidate);
        }
    }
    for candidate in candidates.iter().filter(|candidate| !candidate.is_reserved()) {
        if ordinary.fits(candidate.bytes) && room.take(candidate.bytes) {
            ordinary.take(candidate.bytes);
            chosen.insert(candidate.index);
        }
    }
    for candidate in waiting {
        if room.take(candidate.bytes) {
            chosen.insert(candidate.index);
        }
    }
    Ok(candidates.iter().map(|candidate| candidate.index).filter(|index| chosen.contains(index)).collect())
}

/// What is left of a block or of a share of it.
struct Room {
    bytes: u64,
    count: u64,
}

impl Room {
    fn fits(&self, bytes: u64) -> bool {
        self.count > 0 && self.bytes >= bytes.saturating_add(ITEM_BYTES)
    }

    fn take(&mut self, bytes: u64) -> bool {
        let fits = self.fits(bytes);
        if fits {
            self.bytes = self.bytes.saturating_sub(bytes.saturating_add(ITEM_BYTES));
            self.count = self.count.saturating_sub(1);
        }
        fits
    }
}

/// Each sponsor's part of the reserved share. Only bytes are divided: by number all have their turn anyway.
fn parts(candidates: &[&Candidate], reserved: &Room) -> BTreeMap<Did, Room> {
    let sponsors: BTreeSet<Did> = candidates.iter().map(|candidate| candidate.admission.sponsor).collect();
    let bytes = u64::try_from(sponsors.len()).ok().and_then(|number| reserved.bytes.checked_div(number));
    let part = |sponsor| (sponsor, Room { bytes: bytes.unwrap_or(0), count: reserved.count });
    sponsors.into_iter().map(part).collect()
}

/// The reserved candidates in the order in which they have their turn.
fn in_turn(candidates: &[Candidate]) -> Vec<&Candidate> {
    let mut queues: BTreeMap<(Did, Did), VecDeque<&Candidate>> = BTreeMap::new();
    for candidate in candidates.iter().filter(|candidate| candidate.is_reserved()) {
        let admission = &candidate.admission;
        queues.entry((admission.sponsor, admission.signer)).or_default().push_back(candidate);
    }
    // Within an identity by budget: what a device key's reserve pays for never keeps out what ends that key.
    for queue in queues.values_mut() {
        queue.make_contiguous().sort_by_key(|candidate| candidate.admission.budget);
    }
    // By sponsor: its identities, those first that have used least, and of these the ones whose next comes first in the
    // order of budgets: a custodian's report never comes before a patient's first revocation.
    let mut identities: BTreeMap<Did, BTreeSet<(u64, Budget, Did)>> = BTreeMap::new();
    for ((sponsor, did), queue) in &queues {
        let next =
            queue.front().map(|candidate| (candidate.admission.used, candidate.admission.budget, *did));
        identities.entry(*sponsor).or_default().extend(next);
    }
    let mut sponsors: BTreeSet<(u64, Did)> = identities.keys().map(|sponsor| (0, *sponsor)).collect();
    let mut order = Vec::new();
    while let Some((given, sponsor)) = sponsors.pop_first() {
        let Some(own) = identities.get_mut(&sponsor) else { continue };
        let Some((used, _, did)) = own.pop_first() else { continue };
        let Some(queue) = queues.get_mut(&(sponsor, did)) else { continue };
        order.extend(queue.pop_front());
        own.extend(queue.front().map(|next| (used.saturating_add(1), next.admission.budget, did)));
        if !own.is_empty() {
            sponsors.insert((given.saturating_add(1), sponsor));
        }
    }
    order
}
