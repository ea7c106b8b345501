//! The log of all headers, as hashes of its whole subtrees: a path in it is a few reads, however long the ledger.

use medledger_core::hash::{AppRootHash, NodeHash};
use medledger_core::merkle::InclusionProof;
use medledger_core::merkle::node::{leaf, node};

use super::StoreError;
use super::table::header_log_key;

/// The subtrees that a header completes: their keys and hashes, the leaf first. `read` gives those that are there.
pub(crate) fn appended<E>(
    height: u64,
    hash: &AppRootHash,
    mut read: impl FnMut(&[u8]) -> Result<NodeHash, E>,
) -> Result<Vec<(Vec<u8>, NodeHash)>, E> {
    let mut hash = leaf(&hash.0);
    let mut first = height;
    let mut made = vec![(header_log_key(0, first), hash)];
    for level in 0_u8..64 {
        // A right child has its level's bit set.
        let Some(width) = 1_u64.checked_shl(u32::from(level)).filter(|width| first & width != 0) else {
            break;
        };
        first &= !width;
        hash = node(&read(&header_log_key(level, first))?, &hash);
        made.push((header_log_key(level.saturating_add(1), first), hash));
    }
    Ok(made)
}

/// The proof that header `index` is in the log of the first `size` headers (RFC 9162 §2.1.3.1).
pub(crate) fn inclusion(
    index: u64,
    size: u64,
    read: &impl Fn(&[u8]) -> Result<NodeHash, StoreError>,
) -> Result<Option<InclusionProof>, StoreError> {
    if index >= size {
        return Ok(None);
    }
    let mut path = Vec::new();
    let (mut start, mut end) = (0, size);
    while let Some(middle) = split(start, end) {
        if index < middle {
            path.extend(hash_of(middle, end, read)?);
            end = middle;
        } else {
            path.extend(hash_of(start, middle, read)?);
            start = middle;
        }
    }
    path.reverse();
    Ok(Some(InclusionProof { path }))
}

/// Where a tree over `[start, end)` splits: after the largest power of two that is less than its leaves.
fn split(start: u64, end: u64) -> Option<u64> {
    let last = end.checked_sub(start)?.checked_sub(1)?;
    start.checked_add(1_u64.checked_shl(last.checked_ilog2()?)?)
}

/// The hash over `[start, end)`, one side of a split: its whole subtrees shrink from left to right.
fn hash_of(
    start: u64,
    end: u64,
    read: &impl Fn(&[u8]) -> Result<NodeHash, StoreError>,
) -> Result<Option<NodeHash>, StoreError> {
    let mut hashes = Vec::new();
    let mut at = start;
    while let Some(level) = end.checked_sub(at).and_then(u64::checked_ilog2) {
        let level = level.min(at.trailing_zeros());
        hashes.push(read(&header_log_key(u8::try_from(level).unwrap_or(u8::MAX), at))?);
        match 1_u64.checked_shl(level).and_then(|width| at.checked_add(width)) {
            Some(next) => at = next,
            None => break,
        }
    }
    Ok(hashes.into_iter().rev().reduce(|right, left| node(&left, &right)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use medledger_core::merkle::Log;

    use super::*;

    #[test]
    fn paths_are_those_of_the_log_in_memory() {
        let mut rows = BTreeMap::new();
        let mut log = Log::new();
        for height in 0..70_u64 {
            let hash = AppRootHash([u8::try_from(height).unwrap(); 32]);
            log.append(&hash.0);
            let made = appended(height, &hash, |key| rows.get(key).copied().ok_or(())).unwrap();
            rows.extend(made);
            let read = |key: &[u8]| Ok(rows[key]);
            for index in 0..height {
                for size in [index + 1, height, height + 1] {
                    let expected = log.inclusion_at(index, size).unwrap();
                    assert_eq!(inclusion(index, size, &read), Ok(Some(expected)), "{index} of {size}");
                }
            }
            assert_eq!(inclusion(height, height, &read), Ok(None));
        }
    }
}
