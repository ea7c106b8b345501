//! Proofs about logs: of each size up to some, at the boundaries of subtrees, and each spoilt in every way that changes what
//! it would show.

use medledger_core::codec::encode;
use medledger_core::hash::{Digest32, LogRoot, NodeHash, Tag, hash};
use medledger_core::merkle::{ConsistencyProof, InclusionProof, Log};

use super::Vector;
use super::json::{Fields, bytes, list};

/// Log sizes around which the shape changes.
const SIZES: &[u64] = &[1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 16, 17, 33];

fn leaf(n: u64) -> Digest32 {
    hash(Tag::Content, &[&n.to_be_bytes()])
}

fn log(size: u64) -> Log {
    let leaves: Vec<Digest32> = (0..size).map(leaf).collect();
    Log::from_data(&leaves)
}

fn inclusion(root: &LogRoot, size: u64, index: u64, leaf: &Digest32, proof: &InclusionProof) -> Fields {
    vec![
        ("root", root.to_string().into()),
        ("size", size.into()),
        ("index", index.into()),
        ("leaf", bytes(leaf)),
        ("proof", bytes(&encode(proof).unwrap())),
    ]
}

fn consistency(old: (&LogRoot, u64), new: (&LogRoot, u64), proof: &ConsistencyProof) -> Fields {
    vec![
        ("old_root", old.0.to_string().into()),
        ("old_size", old.1.into()),
        ("new_root", new.0.to_string().into()),
        ("new_size", new.1.into()),
        ("proof", bytes(&encode(proof).unwrap())),
    ]
}

pub(super) fn vectors() -> Vec<Vector> {
    let mut made = Vec::new();
    for size in (0..=9).chain([15, 16, 17, 31, 33]) {
        let leaves: Vec<Vec<u8>> = (0..size).map(|n| leaf(n).to_vec()).collect();
        let input = vec![("leaves", list(leaves.iter().map(|leaf| bytes(leaf))))];
        let vector = Vector::valid("log", format!("{size} leaves"), "hashes of their indexes", input);
        made.push(vector.gives(vec![("root", log(size).root().to_string().into())]));
    }
    for length in [0, 31, 33] {
        let input = vec![("leaves", list([bytes(&leaf(0)), bytes(&vec![1; length])]))];
        let name = format!("a leaf of {length} bytes");
        made.push(Vector::invalid("log", "wrong-length", "API-003", name, "a leaf that is no hash", input));
    }
    inclusions(&mut made);
    consistencies(&mut made);
    made
}

fn inclusions(made: &mut Vec<Vector>) {
    let whole = log(33);
    for size in SIZES {
        let root = whole.root_at(*size).unwrap();
        for index in [0, 1, *size / 2, size.saturating_sub(2), size - 1] {
            let name = format!("leaf {index} of {size}");
            if index >= *size || made.iter().any(|known| known.kind == "inclusion" && known.name == name) {
                continue;
            }
            let proof = whole.inclusion_at(index, *size).unwrap();
            let input = inclusion(&root, *size, index, &leaf(index), &proof);
            made.push(Vector::valid("inclusion", name, "the log of hashes of indexes", input));
        }
    }
    // The size is not in the proof: these hold for a size that was never signed, and a verifier that takes it from whoever
    // brings the proof is deceived. They are valid; the claim is about the other size.
    let (five, last) = (whole.root_at(5).unwrap(), whole.inclusion_at(4, 5).unwrap());
    let input = inclusion(&five, 3, 2, &leaf(4), &last);
    made.push(Vector::valid(
        "inclusion",
        "leaf 4 of 5, claimed as leaf 2 of 3",
        "a proof says nothing of the size",
        input,
    ));

    let of = "an honest proof, changed";
    let mut bad = |cause, rule: &str, name: String, input| {
        made.push(Vector::invalid("inclusion", cause, rule, name, of, input));
    };
    for (size, index) in [(1, 0), (2, 1), (5, 4), (7, 3), (8, 7), (9, 8), (16, 5), (17, 16)] {
        let root = whole.root_at(size).unwrap();
        let proof = whole.inclusion_at(index, size).unwrap();
        let at = format!("leaf {index} of {size}");
        let with = |path: Vec<NodeHash>| InclusionProof { path };
        let mut longer = proof.path.clone();
        longer.push(NodeHash([0; 32]));
        bad(
            "surplus-hash",
            "MRK-002",
            at.clone(),
            inclusion(&root, size, index, &leaf(index), &with(longer)),
        );
        bad(
            "index-outside",
            "MRK-001",
            format!("{at}, claimed as leaf {size}"),
            inclusion(&root, size, size, &leaf(index), &proof),
        );
        bad("other-leaf", "MRK-003", at.clone(), inclusion(&root, size, index, &leaf(99), &proof));
        let other = log(34).root();
        bad("other-root", "MRK-003", at.clone(), inclusion(&other, size, index, &leaf(index), &proof));
        if proof.path.is_empty() {
            continue;
        }
        let shorter = with(proof.path[1..].to_vec());
        bad("missing-hash", "MRK-002", at.clone(), inclusion(&root, size, index, &leaf(index), &shorter));
        for place in 0..proof.path.len() {
            let mut path = proof.path.clone();
            path[place].0[31] ^= 1;
            let name = format!("{at}, hash {place}");
            bad("other-hash", "MRK-003", name, inclusion(&root, size, index, &leaf(index), &with(path)));
        }
        if proof.path.len() > 1 {
            let mut path = proof.path.clone();
            path.reverse();
            bad(
                "other-order",
                "MRK-003",
                at.clone(),
                inclusion(&root, size, index, &leaf(index), &with(path)),
            );
        }
        // Another index of the same length of path: the sides change.
        if let Some(other) = (0..size).find(|other| {
            *other != index && whole.inclusion_at(*other, size).unwrap().path.len() == proof.path.len()
        }) {
            let name = format!("{at}, claimed as leaf {other}");
            bad("other-index", "MRK-003", name, inclusion(&root, size, other, &leaf(index), &proof));
        }
    }
    let root = whole.root_at(4).unwrap();
    let proof = whole.inclusion_at(1, 4).unwrap();
    // A node given for a leaf: it would verify if leaf and node were hashed alike.
    let node = hash_pair(&whole, 0, 1);
    let upper = InclusionProof { path: proof.path[1..].to_vec() };
    bad(
        "node-as-leaf",
        "MRK-003",
        "a node of 4 leaves, claimed as leaf 0 of 2".into(),
        inclusion(&root, 2, 0, &node, &upper),
    );
    bad(
        "index-outside",
        "MRK-001",
        "a leaf of the empty log".into(),
        inclusion(&log(0).root(), 0, 0, &leaf(0), &InclusionProof { path: Vec::new() }),
    );
    // A size that demands another length: what is not checked here lets an older or a newer log pass.
    for (size, index, claimed) in
        [(8_u64, 7_u64, 9_u64), (8, 7, 7), (5, 4, 6), (5, 4, 8), (9, 0, 8), (4, 0, 5)]
    {
        let proof = whole.inclusion_at(index, size).unwrap();
        let root = whole.root_at(size).unwrap();
        let rule = if index >= claimed { "MRK-001" } else { "" };
        let needs = if index < claimed { whole.inclusion_at(index, claimed).unwrap().path.len() } else { 0 };
        let rule = match rule {
            "" if needs == proof.path.len() => "MRK-003",
            "" => "MRK-002",
            other => other,
        };
        let name = format!("leaf {index} of {size}, claimed to be of {claimed}");
        bad("other-size", rule, name, inclusion(&root, claimed, index, &leaf(index), &proof));
    }
    let huge = InclusionProof { path: vec![NodeHash([1; 32]); 65] };
    bad(
        "surplus-hash",
        "MRK-002",
        "65 hashes for 2^64 - 1 leaves".into(),
        inclusion(&root, u64::MAX, 0, &leaf(0), &huge),
    );
    let full = InclusionProof { path: vec![NodeHash([1; 32]); 64] };
    bad(
        "other-root",
        "MRK-003",
        "64 hashes for 2^64 - 1 leaves".into(),
        inclusion(&root, u64::MAX, 0, &leaf(0), &full),
    );
    let mut encoded = encode(&proof).unwrap();
    encoded.push(0);
    let mut input = inclusion(&root, 4, 1, &leaf(1), &proof);
    input[4].1 = bytes(&encoded);
    bad("not-decoded", "COD-003", "a byte more than the proof".into(), input);
}

/// The bytes that a node over two leaves is the hash of, cut to a leaf's length: for a claim that a node is a leaf.
fn hash_pair(log: &Log, left: u64, right: u64) -> Digest32 {
    // The sibling of each is in the other's proof.
    let left_hash = log.inclusion_at(right, 2).unwrap().path[0];
    let right_hash = log.inclusion_at(left, 2).unwrap().path[0];
    let both = [left_hash.0, right_hash.0].concat();
    both[..32].try_into().unwrap()
}

fn consistencies(made: &mut Vec<Vector>) {
    let whole = log(33);
    let pairs = [
        (0, 0),
        (0, 1),
        (1, 1),
        (1, 2),
        (1, 7),
        (2, 3),
        (2, 4),
        (3, 4),
        (3, 7),
        (4, 7),
        (4, 8),
        (5, 5),
        (5, 8),
        (6, 8),
        (7, 8),
        (7, 33),
        (8, 9),
        (8, 16),
        (15, 17),
        (16, 33),
        (31, 33),
        (32, 33),
    ];
    for (old, new) in pairs {
        let (old_root, new_root) = (whole.root_at(old).unwrap(), whole.root_at(new).unwrap());
        let proof = whole.consistency(old, new).unwrap();
        let input = consistency((&old_root, old), (&new_root, new), &proof);
        made.push(Vector::valid(
            "consistency",
            format!("{old} to {new}"),
            "the log of hashes of indexes",
            input,
        ));
    }
    let mut bad = |cause, rule: &str, name: String, input| {
        made.push(Vector::invalid("consistency", cause, rule, name, "an honest proof, changed", input));
    };
    let stranger = LogRoot([0x77; 32]);
    for (old, new) in [(0, 0), (0, 5), (1, 2), (3, 7), (4, 8), (5, 5), (6, 8), (7, 8), (8, 9), (16, 33)] {
        let at = format!("{old} to {new}");
        let (old_root, new_root) = (whole.root_at(old).unwrap(), whole.root_at(new).unwrap());
        let proof = whole.consistency(old, new).unwrap();
        let with = |path: Vec<NodeHash>| ConsistencyProof { path };
        let mut longer = proof.path.clone();
        longer.push(NodeHash([0; 32]));
        bad(
            "surplus-hash",
            "MRK-005",
            at.clone(),
            consistency((&old_root, old), (&new_root, new), &with(longer)),
        );
        if !proof.path.is_empty() {
            let shorter = with(proof.path[1..].to_vec());
            bad(
                "missing-hash",
                "MRK-005",
                at.clone(),
                consistency((&old_root, old), (&new_root, new), &shorter),
            );
            for place in 0..proof.path.len() {
                let mut path = proof.path.clone();
                path[place].0[0] ^= 0x80;
                let changed = with(path);
                let error = changed.verify((old, &old_root), (new, &new_root)).unwrap_err();
                use medledger_core::error::Coded;
                let rule = error.rule().to_string();
                let name = format!("{at}, hash {place}");
                bad("other-hash", &rule, name, consistency((&old_root, old), (&new_root, new), &changed));
            }
        }
        if old > 0 && old < new {
            // A whole old subtree is where the proof begins: another old root leads to another new one too.
            bad(
                "other-old-root",
                if old.is_power_of_two() { "MRK-007" } else { "MRK-006" },
                at.clone(),
                consistency((&stranger, old), (&new_root, new), &proof),
            );
        } else if old == 0 {
            bad(
                "other-old-root",
                "MRK-006",
                at.clone(),
                consistency((&stranger, old), (&new_root, new), &proof),
            );
        }
        // From the empty log to another nothing is shown of the new one, which is anything.
        if old > 0 || new == 0 {
            let rule = "MRK-007";
            bad("other-new-root", rule, at.clone(), consistency((&old_root, old), (&stranger, new), &proof));
        }
        if old < new {
            bad(
                "shrunk",
                "MRK-004",
                format!("{new} to {old}"),
                consistency((&new_root, new), (&old_root, old), &proof),
            );
        }
    }
    // The sizes of another pair whose proof has the same length.
    let (old_root, new_root) = (whole.root_at(3).unwrap(), whole.root_at(7).unwrap());
    let proof = whole.consistency(3, 7).unwrap();
    for (old, new) in [(2_u64, 7_u64), (3, 8), (3, 6), (5, 7), (3, 5)] {
        use medledger_core::error::Coded;
        if let Err(error) = proof.verify((old, &old_root), (new, &new_root)) {
            let name = format!("3 to 7, claimed as {old} to {new}");
            bad(
                "other-sizes",
                &error.rule().to_string(),
                name,
                consistency((&old_root, old), (&new_root, new), &proof),
            );
        }
    }
}
