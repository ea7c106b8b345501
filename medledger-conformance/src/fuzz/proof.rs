//! Proofs about logs, ranges and the state: whatever verifies is the honest claim, by the honest proof.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use medledger_core::codec::{Wire, decode, encode};
use medledger_core::hash::{Digest32, LogRoot, StateKey, ValueHash};
use medledger_core::limits::PROOF;
use medledger_core::merkle::tree::{MemoryTree, StateProof, prove, update, value_hash};
use medledger_core::merkle::{CompactRange, ConsistencyProof, InclusionProof, Log, Peaks};
use medledger_core::state::ValueProof;
use serde_bytes::ByteBuf;

use super::edit::edited;
use super::input::Choices;
use super::world::bytes;

const SIZE: usize = 21;

struct Logs {
    leaves: Vec<Digest32>,
    log: Log,
    /// Roots by size.
    roots: Vec<LogRoot>,
    /// Parts for forgeries: every hash that an honest proof has, and every root.
    parts: Vec<Vec<u8>>,
}

static LOGS: LazyLock<Logs> = LazyLock::new(|| {
    let leaves: Vec<Digest32> = (0..SIZE).map(|n| bytes(&format!("leaf {n}"))).collect();
    let log = Log::from_data(&leaves);
    let sizes = 0..=SIZE as u64;
    let roots: Vec<LogRoot> = sizes.clone().map(|size| log.root_at(size).unwrap()).collect();
    let mut parts = Vec::new();
    for new in sizes {
        parts.push(encode(&InclusionProof {
            path: vec![medledger_core::hash::NodeHash(roots[new as usize].0)],
        }));
        for old in 0..=new {
            parts.push(encode(&log.consistency(old, new).unwrap()));
            parts.push(encode(&InclusionProof {
                path: log.inclusion_at(old, new).map_or(vec![], |p| p.path),
            }));
        }
    }
    let parts: BTreeSet<Vec<u8>> = parts.into_iter().map(Result::unwrap).collect();
    Logs { leaves, log, roots, parts: parts.into_iter().collect() }
});

struct Tree {
    tree: MemoryTree,
    values: BTreeMap<StateKey, Vec<u8>>,
    /// Present keys, and others near them.
    keys: Vec<StateKey>,
    parts: Vec<Vec<u8>>,
}

/// Trees whose keys part early and late: none, one, two that differ in their last bit, and a dozen.
static TREES: LazyLock<Vec<Tree>> = LazyLock::new(|| [0, 1, 2, 12].map(Tree::of).into());

impl Tree {
    fn of(present: usize) -> Self {
        let near = |n: usize| {
            let mut key = if n & 4 == 0 { [0; 32] } else { bytes("far") };
            key[31] ^= n as u8 & 3;
            key[n % 32] ^= (n >> 3 << 5) as u8;
            StateKey(key)
        };
        let keys: Vec<StateKey> = (0..40).map(near).collect::<BTreeSet<_>>().into_iter().collect();
        let values: BTreeMap<StateKey, Vec<u8>> =
            keys.iter().step_by(2).take(present).map(|key| (*key, key.0[28..].to_vec())).collect();
        let changes = values.iter().map(|(key, value)| (*key, Some(value_hash(value)))).collect();
        let mut tree = MemoryTree::default();
        let (_, nodes) = update(&tree, &changes).unwrap();
        tree.apply(nodes);
        let mut tree = Self { tree, values, keys, parts: Vec::new() };
        let some = |n: usize| tree.keys.iter().skip(n).step_by(n + 1).copied().collect::<BTreeSet<_>>();
        tree.parts = (0..8).map(|n| encode(&tree.honest(&some(n))).unwrap()).collect();
        tree
    }

    fn honest(&self, keys: &BTreeSet<StateKey>) -> ValueProof {
        let values = keys.iter().filter_map(|key| self.values.get(key)).cloned().map(ByteBuf::from).collect();
        ValueProof { proof: prove(&self.tree, keys).unwrap(), values }
    }
}

/// The target. The first byte says what is proven, and whether the proof is the input's own or an honest one changed.
pub fn proof(input: &[u8]) {
    let mut choices = Choices::new(input);
    match choices.byte() % 6 {
        0 => inclusion(&mut choices),
        1 => consistency(&mut choices),
        2 => state(&mut choices),
        3 => values(&mut choices),
        4 => ranges(&mut choices),
        _ => peaks(&mut choices),
    }
}

/// Claims with their proofs spelled out in the input: honest ones, and what is nearest to them.
#[must_use]
pub fn spelled_out() -> Vec<Vec<u8>> {
    let (log, tree) = (&LOGS.log, &TREES[3]);
    let keys: Vec<usize> = vec![0, 3, 7, 11, 20];
    let asked = keys.iter().map(|at| tree.keys[*at]).collect();
    let state =
        |kind: u8| [kind, 3, 4].into_iter().chain(keys.iter().map(|at| *at as u8)).chain([1]).collect();
    let with = |choices: Vec<u8>, proof: Vec<u8>| [choices, proof].concat();
    let mut made = vec![
        with(vec![0, 20, 0, 0, 1], encode(&log.inclusion(0).unwrap()).unwrap()),
        with(vec![1, 21, 13, 1], encode(&log.consistency(13, 21).unwrap()).unwrap()),
        with(state(2), encode(&prove(&tree.tree, &asked).unwrap()).unwrap()),
        with(state(3), encode(&tree.honest(&asked)).unwrap()),
        with(vec![5, 13, 1], encode(&Log::from_data(&LOGS.leaves[..13]).peaks()).unwrap()),
    ];
    // The nearest to honest: what a verifier that is lax in one thing would accept.
    let mut inclusion = log.inclusion(0).unwrap();
    inclusion.path.push(inclusion.path[0]);
    made.push(with(vec![0, 20, 0, 0, 1], encode(&inclusion).unwrap()));
    let mut consistency = log.consistency(13, 21).unwrap();
    consistency.path.push(consistency.path[0]);
    made.push(with(vec![1, 21, 13, 1], encode(&consistency).unwrap()));
    let lax: [fn(&mut StateProof); 5] = [
        |proof| *proof.empty.last_mut().unwrap() |= 1,
        |proof| proof.empty.push(0),
        |proof| proof.siblings.push(proof.siblings[0]),
        |proof| {
            // The first sibling that is empty, spelled out.
            let at =
                (0..8 * proof.empty.len()).find(|at| proof.empty[at / 8] & (0x80 >> (at % 8)) != 0).unwrap();
            proof.empty[at / 8] ^= 0x80 >> (at % 8);
            proof.siblings.insert(0, medledger_core::merkle::tree::EMPTY);
        },
        |proof| proof.claims.swap(0, 1),
    ];
    for change in lax {
        let mut proof = prove(&tree.tree, &asked).unwrap();
        change(&mut proof);
        made.push(with(state(2), encode(&proof).unwrap()));
    }
    let mut values = tree.honest(&asked);
    values.values.push(values.values[0].clone());
    made.push(with(state(3), encode(&values).unwrap()));
    made
}

/// The input's own value, or the honest one changed.
fn given<T: Wire>(honest: &T, parts: &[Vec<u8>], choices: &mut Choices<'_>) -> Option<T> {
    if choices.byte() & 1 == 1 {
        return decode(choices.rest(), &PROOF).ok();
    }
    decode(&edited(&encode(honest).unwrap(), parts, choices), &PROOF).ok()
}

fn inclusion(choices: &mut Choices<'_>) {
    let Logs { leaves, log, roots, parts } = &*LOGS;
    let size = choices.below(SIZE) as u64 + 1;
    let index = choices.below(SIZE + 2) as u64;
    let of = choices.below(SIZE);
    let honest = log.inclusion_at(of as u64, size).unwrap_or_default();
    let Some(proof) = given(&honest, parts, choices) else { return };
    let leaf = leaves[choices.below(SIZE)];
    let verified = proof.verify(&roots[size as usize], size, index, &leaf);
    if verified.is_ok() {
        assert!(index < size && leaves[index as usize] == leaf, "a leaf that is not there");
        assert_eq!(proof, log.inclusion_at(index, size).unwrap(), "two proofs of one claim");
    } else if index < size && leaves[index as usize] == leaf {
        assert_ne!(proof, log.inclusion_at(index, size).unwrap(), "an honest proof is refused");
    }
}

fn consistency(choices: &mut Choices<'_>) {
    let Logs { log, roots, parts, .. } = &*LOGS;
    let new = choices.below(SIZE + 1) as u64;
    let old = choices.below(SIZE + 2) as u64;
    let honest = log.consistency(old.min(new), new).unwrap();
    let Some(proof) = given::<ConsistencyProof>(&honest, parts, choices) else { return };
    let root = match choices.below(SIZE + 2) {
        0 => roots[(old as usize).min(SIZE)],
        n => roots[n - 1],
    };
    let is_honest = old <= new && roots[old as usize] == root && proof == log.consistency(old, new).unwrap();
    assert_eq!(proof.verify((old, &root), (new, &roots[new as usize])).is_ok(), is_honest);
}

fn keys(tree: &Tree, choices: &mut Choices<'_>) -> BTreeSet<StateKey> {
    (0..=choices.byte() % 8).map(|_| *choices.of(&tree.keys)).collect()
}

fn state(choices: &mut Choices<'_>) {
    let tree = choices.of(&TREES);
    let keys = keys(tree, choices);
    let Some(proof) = given::<StateProof>(&prove(&tree.tree, &keys).unwrap(), &tree.parts, choices) else {
        return;
    };
    let root = tree.tree.root();
    let claimed: BTreeSet<StateKey> = proof.claims.iter().map(|claim| *claim.key()).collect();
    let verified = proof.verify(&root);
    // For one root and one set of keys there is one proof.
    assert_eq!(verified.is_ok(), !claimed.is_empty() && proof == prove(&tree.tree, &claimed).unwrap());
    if let Ok(answers) = &verified {
        let held = |key: &StateKey| tree.values.get(key).map(|value| value_hash(value));
        let expected: BTreeMap<StateKey, Option<ValueHash>> =
            claimed.iter().map(|key| (*key, held(key))).collect();
        assert_eq!(*answers, expected, "an answer that is not the tree's");
    }
    assert_eq!(proof.verify_for(&root, &keys).is_ok(), verified.is_ok() && claimed == keys);
}

fn values(choices: &mut Choices<'_>) {
    use medledger_core::state::{Lookup, StateRead};
    let tree = choices.of(&TREES);
    let keys = keys(tree, choices);
    let Some(proof) = given::<ValueProof>(&tree.honest(&keys), &tree.parts, choices) else { return };
    let Ok(proven) = proof.verify(&tree.tree.root()) else { return };
    let claimed: BTreeSet<StateKey> = proof.proof.claims.iter().map(|claim| *claim.key()).collect();
    assert_eq!(proven.len(), claimed.len());
    for key in &tree.keys {
        let expected = match tree.values.get(key) {
            _ if !claimed.contains(key) => None,
            Some(value) => Some(Lookup::Present(value.clone())),
            None => Some(Lookup::Absent),
        };
        // What is not covered is unproven, and never absent.
        assert_eq!(proven.get(key).ok(), expected);
    }
}

/// However the leaves are cut into ranges, merging those gives the log; ranges that are not neighbours don't merge.
fn ranges(choices: &mut Choices<'_>) {
    let Logs { leaves, roots, .. } = &*LOGS;
    let mut whole = CompactRange::new(0);
    while !choices.is_empty() {
        let start = match choices.byte() {
            0 => whole.end,
            n => u64::from(n) % SIZE as u64,
        };
        let mut part = CompactRange::new(start);
        for _ in 0..choices.byte() % 8 {
            let Some(leaf) = leaves.get(part.end as usize) else { break };
            part.append(leaf).unwrap();
        }
        let before = whole.clone();
        if whole.merge(&part).is_err() {
            assert!(start != before.end && whole == before, "a neighbour is refused, or half taken");
        } else {
            assert_eq!(start, before.end);
        }
        assert_eq!(whole.root().unwrap(), roots[whole.end as usize]);
    }
}

/// Peaks from anywhere take leaves or are refused; those of the log give its roots.
fn peaks(choices: &mut Choices<'_>) {
    let Logs { leaves, roots, parts, .. } = &*LOGS;
    let size = choices.below(SIZE);
    let honest = Log::from_data(&leaves[..size]).peaks();
    let Some(mut peaks) = given::<Peaks>(&honest, parts, choices) else { return };
    let is_honest = peaks == honest;
    let root = peaks.root();
    assert!(!is_honest || root == roots[size]);
    let before = peaks.clone();
    match peaks.append(&leaves[size]) {
        Ok(()) => assert!(peaks.size == before.size + 1 && (!is_honest || peaks.root() == roots[size + 1])),
        Err(_) => assert!(!is_honest && peaks == before),
    }
}
