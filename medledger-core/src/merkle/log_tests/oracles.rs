//! rs_merkle with our hashing, and why it is not on a verification path.

use super::*;
use crate::merkle::proof::InclusionProof;
use rs_merkle::{Hasher, MerkleProof, MerkleTree};

/// Our hashing, for rs_merkle.
#[derive(Clone)]
pub(super) struct Ours;

impl Hasher for Ours {
    type Hash = [u8; 32];

    fn hash(data: &[u8]) -> [u8; 32] {
        leaf(data.try_into().unwrap()).0
    }

    fn concat_and_hash(left: &[u8; 32], right: Option<&[u8; 32]>) -> [u8; 32] {
        right.map_or(*left, |right| node(&NodeHash(*left), &NodeHash(*right)).0)
    }
}

pub(super) fn leaves(size: u64) -> Vec<[u8; 32]> {
    (0..size).map(|n| leaf(&datum(n)).0).collect()
}

pub(super) fn joined(path: &[NodeHash]) -> Vec<u8> {
    path.iter().flat_map(|hash| hash.0).collect()
}

/// With leaf 1 named twice, rs_merkle reads two siblings from the proof, the true leaves 0 and 1, and hashes these
/// with each other: what the caller asked about is never looked at.
#[test]
fn rs_merkle_takes_a_smuggled_leaf_and_ours_does_not() {
    let tree = MerkleTree::<Ours>::from_leaves(&leaves(5));
    let root = tree.root().unwrap();
    let (real, fake) = (leaf(&datum(1)).0, leaf(&datum(99)).0);
    let mut hashes = tree.proof(&[1]).proof_hashes().to_vec();
    assert!(!MerkleProof::<Ours>::new(hashes.clone()).verify(root, &[1], &[fake], 5));
    hashes.insert(1, real);
    let smuggling = MerkleProof::<Ours>::new(hashes.clone());
    assert!(smuggling.verify(root, &[1, 1], &[fake, fake], 5));

    let ours = InclusionProof { path: hashes.into_iter().map(NodeHash).collect() };
    assert_eq!(rule(ours.verify(&LogRoot(root), 5, 1, &datum(99))), "MRK-002");
    let ours = log(5).inclusion(1).unwrap();
    assert_eq!(rule(ours.verify(&LogRoot(root), 5, 1, &datum(1))), "ok");
    assert_eq!(rule(ours.verify(&LogRoot(root), 5, 1, &datum(99))), "MRK-003");
}

#[test]
fn rs_merkle_takes_trailing_junk_and_ours_does_not() {
    let tree = MerkleTree::<Ours>::from_leaves(&leaves(5));
    let root = tree.root().unwrap();
    let mut hashes = tree.proof(&[1]).proof_hashes().to_vec();
    hashes.push([0xee; 32]);
    assert!(MerkleProof::<Ours>::new(hashes.clone()).verify(root, &[1], &[leaf(&datum(1)).0], 5));

    let ours = InclusionProof { path: hashes.into_iter().map(NodeHash).collect() };
    assert_eq!(rule(ours.verify(&LogRoot(root), 5, 1, &datum(1))), "MRK-002");
}
