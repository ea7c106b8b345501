//! How the nodes of a log are hashed, and which subtrees a range of leaves is made of.

use alloc::vec::Vec;
use core::iter;
use sha3::{Digest, Sha3_256};

use super::log::LogError;
use crate::hash::{Digest32, LogRoot, NodeHash, digests};

const LEAF: u8 = 0;
const NODE: u8 = 1;

/// The root of a log without leaves: SHA3-256 of no bytes.
pub const EMPTY_ROOT: LogRoot = LogRoot([
    0xa7, 0xff, 0xc6, 0xf8, 0xbf, 0x1e, 0xd7, 0x66, 0x51, 0xc1, 0x47, 0x56, 0xa0, 0x61, 0xd6, 0x62, 0xf5,
    0x80, 0xff, 0x4d, 0xe4, 0x3b, 0x49, 0xfa, 0x82, 0xd8, 0x0a, 0x4b, 0x80, 0xf8, 0x43, 0x4a,
]);

/// `SHA3-256(00 ‖ data)`; the data is itself a hash, tagged by the kind of log.
#[must_use]
pub fn leaf(data: &Digest32) -> NodeHash {
    NodeHash(Sha3_256::new_with_prefix([LEAF]).chain_update(data).finalize().into())
}

/// The hashes of many leaves, as [`leaf`].
pub(super) fn leaves(data: &[Digest32]) -> Vec<NodeHash> {
    let message = |data: &Digest32| {
        let mut message = [LEAF; 33];
        for (to, from) in message.iter_mut().skip(1).zip(data) {
            *to = *from;
        }
        message
    };
    digests(&data.iter().map(message).collect::<Vec<_>>()).into_iter().map(NodeHash).collect()
}

/// `SHA3-256(01 ‖ left ‖ right)`.
#[must_use]
pub fn node(left: &NodeHash, right: &NodeHash) -> NodeHash {
    NodeHash(Sha3_256::digest(node_message(NODE, &left.0, &right.0)).into())
}

/// The hashes over each whole pair, as [`node`].
pub(super) fn nodes(below: &[NodeHash]) -> Vec<NodeHash> {
    let (pairs, _) = below.as_chunks::<2>();
    let messages: Vec<_> = pairs.iter().map(|[left, right]| node_message(NODE, &left.0, &right.0)).collect();
    digests(&messages).into_iter().map(NodeHash).collect()
}

/// How long that is which the hash of a node of either tree is taken of.
pub(super) const NODE_MESSAGE: usize = 65;

/// `kind ‖ first ‖ second`.
pub(super) fn node_message(kind: u8, first: &Digest32, second: &Digest32) -> [u8; NODE_MESSAGE] {
    let mut message = [kind; NODE_MESSAGE];
    for (to, from) in message.iter_mut().skip(1).zip(first.iter().chain(second)) {
        *to = *from;
    }
    message
}

/// The hash over subtrees that shrink from left to right: each is the left sibling of all that follow.
pub(super) fn fold(subtrees: &[NodeHash]) -> Option<NodeHash> {
    subtrees.iter().copied().rev().reduce(|right, left| node(&left, &right))
}

/// The root over peaks.
pub(super) fn root(peaks: &[NodeHash]) -> LogRoot {
    fold(peaks).map_or(EMPTY_ROOT, |hash| LogRoot(hash.0))
}

/// The largest whole subtrees of leaves `[start, end)`, from left to right: the level and the first leaf of each.
pub(super) fn subtrees(start: u64, end: u64) -> impl Iterator<Item = (u32, u64)> {
    let mut at = start;
    iter::from_fn(move || {
        let level = end.checked_sub(at)?.checked_ilog2()?.min(at.trailing_zeros());
        let first = at;
        at = at.checked_add(1_u64.checked_shl(level)?)?;
        Some((level, first))
    })
}

/// Appends a whole subtree to a range, joining it with its left siblings as far as they lie in the range.
pub(super) fn push(
    start: u64,
    end: &mut u64,
    hashes: &mut Vec<NodeHash>,
    mut level: u32,
    mut hash: NodeHash,
) -> Result<(), LogError> {
    let mut first = *end;
    let size = 1_u64.checked_shl(level).ok_or(LogError::Full)?;
    *end = end.checked_add(size).ok_or(LogError::Full)?;
    // A right child has its level's bit set; its left sibling is then the last hash, if it is in the range.
    while let Some(width) = 1_u64.checked_shl(level).filter(|width| first & width != 0) {
        let Some(sibling) = first.checked_sub(width).filter(|sibling| *sibling >= start) else { break };
        let Some(left) = hashes.pop() else { break };
        hash = node(&left, &hash);
        first = sibling;
        level = level.saturating_add(1);
    }
    hashes.push(hash);
    Ok(())
}
