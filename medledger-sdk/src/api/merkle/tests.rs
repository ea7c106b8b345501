use super::*;
use alloc::collections::BTreeMap;
use alloc::vec;
use medledger_core::hash::{Tag, hash};
use medledger_core::merkle::tree::{MemoryTree, StateProof, prove, update, value_hash};
use serde_bytes::ByteBuf;

fn leaves(n: u8) -> Vec<Vec<u8>> {
    (0..n).map(|i| hash(Tag::Content, &[&[i]]).to_vec()).collect()
}

#[test]
fn a_log_proves_its_leaves_and_its_beginnings() {
    let leaves = leaves(9);
    let mut log = MerkleLog::new();
    for leaf in &leaves {
        log.append(leaf).unwrap();
    }
    assert_eq!((log.size(), log.root()), (9, log_root(&leaves).unwrap()));
    for size in 1..=9_u64 {
        let root = log.root_at(size).unwrap();
        for index in 0..size {
            let proof = log.inclusion(index, size).unwrap();
            let leaf = &leaves[usize::try_from(index).unwrap()];
            check_inclusion(&root, size, index, leaf, &proof).unwrap();
            let wrong = check_inclusion(&root, size, index, &[0; 32], &proof).unwrap_err();
            assert_eq!(wrong.code, "MRK-003");
        }
        for old in 0..=size {
            let proof = log.consistency(old, size).unwrap();
            check_consistency(&log.root_at(old).unwrap(), old, &root, size, &proof).unwrap();
        }
    }
    assert_eq!(log.inclusion(9, 9).unwrap_err().code, "MRK-001");
    assert_eq!(log.inclusion(0, 10).unwrap_err().code, "MRK-004");
    assert_eq!(log.consistency(3, 2).unwrap_err().code, "MRK-004");
    assert_eq!(log.append(&[0; 31]).unwrap_err().code, "API-003");
    assert_eq!(log_root(&[vec![0; 33]]).unwrap_err().code, "API-003");
}

#[test]
fn arguments_that_are_no_roots_are_named() {
    let proof = MerkleLog::new().consistency(0, 0).unwrap();
    let root = MerkleLog::new().root();
    check_consistency(&root, 0, &root, 0, &proof).unwrap();
    for bad in ["", "00", &root.to_uppercase()] {
        let error = check_consistency(bad, 0, &root, 0, &proof).unwrap_err();
        assert_eq!((error.code.as_str(), error.fields[0].value.as_str()), ("API-002", "old_root"));
        assert_eq!(check_inclusion(bad, 1, 0, &[0; 32], &proof).unwrap_err().code, "API-002");
        assert_eq!(check_state_proof(bad, &proof, &[]).unwrap_err().code, "API-002");
    }
    assert_eq!(check_consistency(&root, 0, &root, 0, &[]).unwrap_err().code, "COD-002");
}

#[test]
fn a_state_proof_says_present_absent_or_nothing() {
    let key = |first: u8| StateKey([first; 32]);
    let values: Vec<(StateKey, Vec<u8>)> = [0x10, 0x80, 0x81].map(|k| (key(k), vec![k; 3])).to_vec();
    let mut tree = MemoryTree::default();
    let changes: BTreeMap<_, _> = values.iter().map(|(key, value)| (*key, Some(value_hash(value)))).collect();
    let (_, delta) = update(&tree, &changes).unwrap();
    tree.apply(delta);
    let asked = [0x00, 0x10, 0xc0].map(key);
    let proof: StateProof = prove(&tree, &asked.into()).unwrap();
    let values = vec![ByteBuf::from(vec![0x10; 3])];
    let bytes = encode(&ValueProof { proof: proof.clone(), values }).unwrap();
    let root = tree.root().to_string();
    let names: Vec<String> = [0xc0, 0x10, 0x00, 0x80].map(|k| key(k).to_string()).to_vec();
    let answers = check_state_proof(&root, &bytes, &names).unwrap();
    let standings: Vec<_> = answers.iter().map(|answer| (answer.standing, answer.value.is_some())).collect();
    use StateStanding::{Absent, Present, Unproven};
    assert_eq!(standings, [(Absent, false), (Present, true), (Absent, false), (Unproven, false)]);
    assert_eq!(answers[1].value, Some(Bytes(vec![0x10; 3])));
    // Without values, and about just what was asked.
    let bytes = encode(&proof).unwrap();
    let shown = check_state_keys(&root, &bytes, &names[..3]).unwrap();
    assert_eq!(shown.iter().map(|answer| answer.standing).collect::<Vec<_>>(), [Absent, Present, Absent]);
    assert_eq!(check_state_keys(&root, &bytes, &names).unwrap_err().code, "MRK-030");
    let other = StateRoot([0; 32]).to_string();
    assert_eq!(check_state_keys(&other, &bytes, &names[..3]).unwrap_err().code, "MRK-029");
    assert_eq!(check_state_proof(&root, &bytes, &names).unwrap_err().code, "COD-011");
}
