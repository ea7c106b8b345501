//! The same roots and proofs as rs_merkle and ct-merkle, and why the first is not on a verification path.

use super::*;
use crate::merkle::proof::InclusionProof;
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use rs_merkle::{Hasher, MerkleProof, MerkleTree};
use sha3::Sha3_256;

/// Our hashing, for rs_merkle.
#[derive(Clone)]
struct Ours;

impl Hasher for Ours {
    type Hash = [u8; 32];

    fn hash(data: &[u8]) -> [u8; 32] {
        leaf(data.try_into().unwrap()).0
    }

    fn concat_and_hash(left: &[u8; 32], right: Option<&[u8; 32]>) -> [u8; 32] {
        right.map_or(*left, |right| node(&NodeHash(*left), &NodeHash(*right)).0)
    }
}

fn leaves(size: u64) -> Vec<[u8; 32]> {
    (0..size).map(|n| leaf(&datum(n)).0).collect()
}

fn joined(path: &[NodeHash]) -> Vec<u8> {
    path.iter().flat_map(|hash| hash.0).collect()
}

#[test]
fn rs_merkle_has_the_same_roots() {
    let log = log(300);
    for size in 1..=300 {
        let theirs = MerkleTree::<Ours>::from_leaves(&leaves(size)).root().unwrap();
        assert_eq!(log.root_at(size).unwrap().0, theirs, "{size}");
    }
}

#[test]
fn rs_merkle_has_the_same_inclusion_paths() {
    for size in 1..=40 {
        let theirs = MerkleTree::<Ours>::from_leaves(&leaves(size));
        for index in 0..size {
            let proof = theirs.proof(&[index as usize]);
            let ours = log(size).inclusion(index).unwrap();
            assert_eq!(joined(&ours.path), proof.to_bytes(), "{index} of {size}");
        }
    }
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

fn compare_with_ct_merkle(
    log: &Log,
    tree: &MemoryBackedTree<Sha3_256, Digest32>,
    olds: impl Iterator<Item = u64>,
) {
    let new = tree.len();
    let new_root = log.root_at(new).unwrap();
    assert_eq!(tree.root().as_bytes()[..], new_root.0, "root of {new}");
    for old in olds {
        let ours = log.consistency(old, new).unwrap();
        assert_eq!(
            tree.prove_consistency((new - old) as usize).as_bytes(),
            joined(&ours.path),
            "{old} to {new}"
        );
        assert_eq!(
            ours.verify((old, &log.root_at(old).unwrap()), (new, &new_root)),
            Ok(()),
            "{old} to {new}"
        );
        let index = old - 1;
        let ours = log.inclusion_at(index, new).unwrap();
        assert_eq!(tree.prove_inclusion(index as usize).as_bytes(), joined(&ours.path), "{index} of {new}");
        assert_eq!(ours.verify(&new_root, new, index, &datum(index)), Ok(()), "{index} of {new}");
    }
}

#[test]
fn ct_merkle_has_the_same_proofs() {
    let log = log(10_000);
    let mut tree = MemoryBackedTree::<Sha3_256, Digest32>::new();
    for new in 1..=10_000 {
        tree.push(datum(new - 1));
        if new <= 64 {
            compare_with_ct_merkle(&log, &tree, 1..=new);
        } else if [127, 128, 129, 1000, 4095, 8191, 8192, 8193, 9999, 10_000].contains(&new) {
            // A stride that is no power of two meets odd and even sizes of every shape.
            compare_with_ct_merkle(&log, &tree, (1..=new).step_by(211).chain([new]));
        }
    }
}
