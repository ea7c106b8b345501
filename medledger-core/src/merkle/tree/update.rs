//! A batch of changes, level by level.
//!
//! On the way down each node on the path of a change is read, once. Where the old tree ends, the way goes on over
//! the leaves to be. On the way up the nodes of one level are settled together, so that their hashes, which don't
//! depend on each other, are taken in one call.

use alloc::collections::BTreeMap;
use alloc::vec::{self, Vec};

use super::prefix::bit;
use super::{EMPTY, Node, Prefix, TreeDelta, TreeRead, hash_branches, hash_leaves};
use crate::error::ReadError;
use crate::hash::{NodeHash, StateKey, StateRoot, ValueHash};

type Change = (StateKey, Option<ValueHash>);
type Leaf = (StateKey, ValueHash);

/// The root and the changed nodes after a batch of changes: `Some` sets a key's value hash, `None` removes the key
/// (nothing happens if the tree doesn't have it). Neither the order of changes nor how they are split into batches
/// matters to the root. The tree itself is left alone.
///
/// Each node on the path of a change is read once, and besides only the sibling of a subtree that became empty:
/// it moves up if it is a leaf. Nothing is read twice.
///
/// # Errors
/// What [`TreeRead::node`] gives. Also [`ReadError::Unproven`] for a node that can't stand where it was read (a
/// leaf of a key elsewhere, a branch below the last bit, nothing where the parent has a hash): not this tree's.
pub fn update<T: TreeRead>(
    tree: &T,
    changes: &BTreeMap<StateKey, Option<ValueHash>>,
) -> Result<(StateRoot, TreeDelta), ReadError<T::Error>> {
    let changes: Vec<Change> = changes.iter().map(|(key, value)| (*key, *value)).collect();
    let root = tree.node(&Prefix::ROOT)?;
    let mut level = Vec::from([Visit::new(Prefix::ROOT, root, root.hash(), false, None, &changes)?]);
    let mut levels = Vec::new();
    while !level.is_empty() {
        let mut below = Vec::new();
        for visit in &level {
            visit.descend(tree, &mut below)?;
        }
        levels.push(level);
        level = below;
    }

    let mut nodes = Vec::new();
    let mut settled = Vec::new();
    for level in levels.into_iter().rev() {
        settled = settle(tree, level, settled, &mut nodes)?;
    }
    let mut root = EMPTY;
    for top in settled {
        root = top.hash;
        top.record(top.node, &mut nodes);
    }
    Ok((root.into(), TreeDelta { nodes: nodes.into_iter().collect() }))
}

/// A node on the way down.
struct Visit<'a> {
    at: Prefix,
    /// What stands here before the batch; empty below the old tree's end.
    old: Node,
    old_hash: NodeHash,
    plan: Plan<'a>,
}

enum Plan<'a> {
    /// What will stand here is known: nothing or a leaf.
    End(Node),
    /// A branch; a side without changes keeps its hash.
    Branch { fresh: bool, left: Side<'a>, right: Side<'a> },
}

enum Side<'a> {
    Kept(NodeHash),
    Changed { hash: NodeHash, moved: Option<Leaf>, changes: &'a [Change] },
}

impl<'a> Visit<'a> {
    /// `fresh` says that the position lies below the end of the old tree, `moved` is the leaf which stood there.
    fn new<E>(
        at: Prefix,
        old: Node,
        old_hash: NodeHash,
        fresh: bool,
        moved: Option<Leaf>,
        changes: &'a [Change],
    ) -> Result<Self, ReadError<E>> {
        let sides = changes.split_at_checked(changes.partition_point(|(key, _)| !bit(&key.0, at.depth())));
        let (lefts, rights) = sides.unwrap_or((changes, &[]));
        let side = |hash, moved: Option<Leaf>, changes: &'a [Change]| {
            if changes.is_empty() && moved.is_none() {
                Side::Kept(hash)
            } else {
                Side::Changed { hash, moved, changes }
            }
        };
        let moved = match old {
            Node::Branch { left, right } => {
                let plan =
                    Plan::Branch { fresh, left: side(left, None, lefts), right: side(right, None, rights) };
                return Ok(Self { at, old, old_hash, plan });
            }
            Node::Leaf { key, .. } if !at.covers(&key) => return Err(ReadError::Unproven),
            Node::Leaf { key, value } => {
                changes.binary_search_by(|(changed, _)| changed.cmp(&key)).is_err().then_some((key, value))
            }
            Node::Empty => moved,
        };
        let mut leaves =
            changes.iter().filter_map(|(key, value)| value.map(|value| (*key, value))).chain(moved);
        let plan = match (leaves.next(), leaves.next()) {
            (None, _) => Plan::End(Node::Empty),
            (Some((key, value)), None) => Plan::End(Node::Leaf { key, value }),
            (Some(_), Some(_)) => {
                let (to_right, to_left) = match moved {
                    Some((key, _)) if bit(&key.0, at.depth()) => (moved, None),
                    _ => (None, moved),
                };
                Plan::Branch {
                    fresh: true,
                    left: side(EMPTY, to_left, lefts),
                    right: side(EMPTY, to_right, rights),
                }
            }
        };
        Ok(Self { at, old, old_hash, plan })
    }

    /// Adds the changed nodes one level down.
    fn descend<T: TreeRead>(&self, tree: &T, below: &mut Vec<Visit<'a>>) -> Result<(), ReadError<T::Error>> {
        let Plan::Branch { fresh, left, right } = &self.plan else {
            return Ok(());
        };
        for (is_right, side) in [(false, left), (true, right)] {
            if let Side::Changed { hash, moved, changes } = side {
                let at = self.at.child(is_right).ok_or(ReadError::Unproven)?;
                let old = if *fresh { Node::Empty } else { child(tree, &at, hash)? };
                below.push(Visit::new(at, old, *hash, *fresh, *moved, changes)?);
            }
        }
        Ok(())
    }
}

/// The node under a branch; the branch's hash of it already says whether there is one.
fn child<T: TreeRead>(tree: &T, at: &Prefix, hash: &NodeHash) -> Result<Node, ReadError<T::Error>> {
    if *hash == EMPTY {
        return Ok(Node::Empty);
    }
    match tree.node(at)? {
        Node::Empty => Err(ReadError::Unproven),
        node => Ok(node),
    }
}

/// A node on the way up: what would stand here if it doesn't move up.
struct Settled {
    at: Prefix,
    old: Node,
    node: Node,
    hash: NodeHash,
}

impl Settled {
    fn record(&self, last: Node, nodes: &mut Vec<(Prefix, Node)>) {
        if last != self.old {
            nodes.push((self.at, last));
        }
    }
}

/// Settles one level, given the changed nodes of the level below from left to right.
fn settle<T: TreeRead>(
    tree: &T,
    level: Vec<Visit<'_>>,
    below: Vec<Settled>,
    nodes: &mut Vec<(Prefix, Node)>,
) -> Result<Vec<Settled>, ReadError<T::Error>> {
    let mut below = below.into_iter();
    let mut settled = Vec::with_capacity(level.len());
    let (mut leaves, mut branches) = (Vec::new(), Vec::new());
    for Visit { at, old, old_hash, plan } in level {
        let (node, hash) = match plan {
            Plan::End(node) => (node, None),
            Plan::Branch { left, right, .. } => {
                let left = Below::new(&left, &mut below);
                let right = Below::new(&right, &mut below);
                join(tree, &at, &old, &left, &right, nodes)?
            }
        };
        // A leaf that moves up brings its hash along; anything else that is new waits for its level's call.
        let hash = match (node, hash) {
            (Node::Empty, _) => Some(EMPTY),
            (_, Some(hash)) => Some(hash),
            _ if node == old => Some(old_hash),
            (Node::Leaf { key, value }, None) => {
                leaves.push((key, value));
                None
            }
            (Node::Branch { left, right }, None) => {
                branches.push((left, right));
                None
            }
        };
        settled.push((Settled { at, old, node, hash: hash.unwrap_or(EMPTY) }, hash.is_none()));
    }
    let mut leaves = hash_leaves(&leaves).into_iter();
    let mut branches = hash_branches(&branches).into_iter();
    let filled = settled.into_iter().map(|(mut node, waits)| {
        if waits {
            let next = if matches!(node.node, Node::Leaf { .. }) { leaves.next() } else { branches.next() };
            node.hash = next.unwrap_or(EMPTY);
        }
        node
    });
    Ok(filled.collect())
}

/// One side of a branch on the way up.
struct Below {
    hash: NodeHash,
    changed: Option<Settled>,
}

impl Below {
    fn new(side: &Side<'_>, below: &mut vec::IntoIter<Settled>) -> Self {
        match side {
            Side::Kept(hash) => Self { hash: *hash, changed: None },
            Side::Changed { .. } => {
                let changed = below.next();
                Self { hash: changed.as_ref().map_or(EMPTY, |node| node.hash), changed }
            }
        }
    }
}

/// What stands over two sides, with its hash if it is a leaf that moved up; records what stands below.
fn join<T: TreeRead>(
    tree: &T,
    at: &Prefix,
    old: &Node,
    left: &Below,
    right: &Below,
    nodes: &mut Vec<(Prefix, Node)>,
) -> Result<(Node, Option<NodeHash>), ReadError<T::Error>> {
    let branch = Node::Branch { left: left.hash, right: right.hash };
    let alone = match (left.hash == EMPTY, right.hash == EMPTY) {
        _ if branch == *old => None,
        (false, false) => None,
        (true, false) => Some((right, true)),
        // With both sides empty, the left one "moves up" as the empty node that it is.
        (_, true) => Some((left, false)),
    };
    let mut moves = None;
    if let Some((side, is_right)) = alone {
        let node = match &side.changed {
            Some(changed) => changed.node,
            None => {
                let position = at.child(is_right).ok_or(ReadError::Unproven)?;
                let node = child(tree, &position, &side.hash)?;
                if matches!(node, Node::Leaf { .. }) {
                    nodes.push((position, Node::Empty));
                }
                node
            }
        };
        if !matches!(node, Node::Branch { .. }) {
            moves = Some((node, Some(side.hash)));
        }
    }
    for changed in [left, right].into_iter().filter_map(|side| side.changed.as_ref()) {
        let last = if moves.is_some() { Node::Empty } else { changed.node };
        changed.record(last, nodes);
    }
    Ok(moves.unwrap_or((branch, None)))
}
