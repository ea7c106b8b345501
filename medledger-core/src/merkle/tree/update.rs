//! A batch of changes, level by level.
//!
//! On the way down each node on the path of a change is read, once. Where the old tree ends, the way goes on over
//! the leaves to be. On the way up the nodes of one level are settled together, so that their hashes, which don't
//! depend on each other, are taken in one call. A large batch goes by subtrees of some thousand changes: what lies between
//! the way down and the way up then stays in the processor's caches, and one call still hashes many nodes.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::slice;

use super::prefix::bit;
use super::{EMPTY, Node, Prefix, TreeDelta, TreeRead, branch_message, hash_nodes, leaf_message};
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
    update_by(tree, changes, PART)
}

/// [`update`], by parts of at most so many changes: the result is the same.
pub(super) fn update_by<T: TreeRead>(
    tree: &T,
    changes: &BTreeMap<StateKey, Option<ValueHash>>,
    part: usize,
) -> Result<(StateRoot, TreeDelta), ReadError<T::Error>> {
    let changes: Vec<Change> = changes.iter().map(|(key, value)| (*key, *value)).collect();
    let top = tree.node(&Prefix::ROOT)?;
    let way = Way { changes: &changes, moved: None };
    let visit = Visit::new(Prefix::ROOT, top, top.hash(), way)?;
    let mut nodes = Vec::with_capacity(changes.len().saturating_mul(2));
    let mut root = EMPTY;
    for top in change(tree, visit, part, &mut nodes)? {
        root = top.hash.unwrap_or(EMPTY);
        top.record(top.node, &mut nodes);
    }
    Ok((root.into(), TreeDelta { nodes: nodes.into_iter().collect() }))
}

/// Subtrees with at most as many changes are done one after the other.
const PART: usize = 2_048;

/// Changes what lies under one node, and gives what will stand there. Subtrees with at most `part` changes are done by
/// themselves, each whole before the next; with 0 there are none.
fn change<T: TreeRead>(
    tree: &T,
    top: Visit<'_>,
    part: usize,
    nodes: &mut Vec<(Prefix, Node)>,
) -> Result<Vec<Settled>, ReadError<T::Error>> {
    let mut levels: Vec<Vec<Step<'_>>> = Vec::new();
    let above = top.at.depth();
    let mut ahead = Vec::from([top]);
    // Depth first, left before right: stores keep what is close in the tree close together. Each level fills up
    // from left to right all the same.
    while let Some(mut visit) = ahead.pop() {
        let depth = usize::from(visit.at.depth().saturating_sub(above));
        if levels.len() <= depth {
            levels.push(Vec::new());
        }
        let Some(level) = levels.get_mut(depth) else { return Err(ReadError::Unproven) };
        if part > 0 && visit.changes <= part {
            level.extend(change(tree, visit, 0, nodes)?.into_iter().map(Step::Settled));
        } else {
            visit.descend(tree, &mut ahead)?;
            level.push(Step::Open(visit));
        }
    }
    let mut settled = Vec::new();
    for level in levels.into_iter().rev() {
        settled = settle(tree, level, &settled, nodes)?;
    }
    Ok(settled)
}

/// A node on the way up.
enum Step<'a> {
    /// What is below it is settled now.
    Open(Visit<'a>),
    /// It was settled with all that is below it.
    Settled(Settled),
}

/// A node on the way down.
struct Visit<'a> {
    at: Prefix,
    /// What stands here before the batch; empty below the old tree's end.
    old: Node,
    old_hash: NodeHash,
    /// How many changes go this way.
    changes: usize,
    plan: Plan<'a>,
}

enum Plan<'a> {
    /// What will stand here is known: nothing or a leaf.
    End(Node),
    /// A branch; a side without a way keeps what it has.
    Branch { left: Option<Way<'a>>, right: Option<Way<'a>> },
}

/// What goes on to one side: changes, and a leaf of the old tree which must move down.
struct Way<'a> {
    changes: &'a [Change],
    moved: Option<Box<Leaf>>,
}

impl<'a> Visit<'a> {
    fn new<E>(at: Prefix, old: Node, old_hash: NodeHash, way: Way<'a>) -> Result<Self, ReadError<E>> {
        let Way { changes, moved } = way;
        let moved = match old {
            Node::Leaf { key, .. } if !at.covers(&key) => return Err(ReadError::Unproven),
            Node::Leaf { key, value } => {
                let stays = changes.binary_search_by(|(changed, _)| changed.cmp(&key)).is_err();
                stays.then(|| Box::new((key, value)))
            }
            Node::Empty | Node::Branch { .. } => moved,
        };
        if !matches!(old, Node::Branch { .. }) {
            let set = changes.iter().filter_map(|(key, value)| value.map(|value| (*key, value)));
            let mut leaves = set.chain(moved.as_deref().copied());
            let end = match (leaves.next(), leaves.next()) {
                (None, _) => Some(Node::Empty),
                (Some((key, value)), None) => Some(Node::Leaf { key, value }),
                (Some(_), Some(_)) => None,
            };
            if let Some(node) = end {
                return Ok(Self { at, old, old_hash, changes: changes.len(), plan: Plan::End(node) });
            }
        }
        let middle = changes.partition_point(|(key, _)| !bit(&key.0, at.depth()));
        let (lefts, rights) = changes.split_at_checked(middle).unwrap_or((changes, &[]));
        let (to_right, to_left) = match moved {
            Some(leaf) if bit(&leaf.0.0, at.depth()) => (Some(leaf), None),
            leaf => (None, leaf),
        };
        let way = |changes: &'a [Change], moved: Option<Box<Leaf>>| {
            (!changes.is_empty() || moved.is_some()).then_some(Way { changes, moved })
        };
        let plan = Plan::Branch { left: way(lefts, to_left), right: way(rights, to_right) };
        Ok(Self { at, old, old_hash, changes: changes.len(), plan })
    }

    /// The hashes either side before the batch: nothing is below the old tree's end.
    fn sides(&self) -> (NodeHash, NodeHash) {
        match self.old {
            Node::Branch { left, right } => (left, right),
            Node::Empty | Node::Leaf { .. } => (EMPTY, EMPTY),
        }
    }

    /// Adds the changed nodes one level down, the left one last.
    fn descend<T: TreeRead>(
        &mut self,
        tree: &T,
        ahead: &mut Vec<Visit<'a>>,
    ) -> Result<(), ReadError<T::Error>> {
        let (at, (left_hash, right_hash)) = (self.at, self.sides());
        let Plan::Branch { left, right } = &mut self.plan else {
            return Ok(());
        };
        for (is_right, way, hash) in [(true, right, right_hash), (false, left, left_hash)] {
            if let Some(Way { changes, moved }) = way {
                let at = at.child(is_right).ok_or(ReadError::Unproven)?;
                let way = Way { changes, moved: moved.take() };
                ahead.push(Visit::new(at, child(tree, &at, &hash)?, hash, way)?);
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
    /// Set when its level is done.
    hash: Option<NodeHash>,
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
    level: Vec<Step<'_>>,
    below: &[Settled],
    nodes: &mut Vec<(Prefix, Node)>,
) -> Result<Vec<Settled>, ReadError<T::Error>> {
    let mut below = below.iter();
    let mut settled = Vec::with_capacity(level.len());
    let mut waiting = Vec::new();
    for step in level {
        let visit = match step {
            Step::Open(visit) => visit,
            Step::Settled(done) => {
                settled.push(done);
                continue;
            }
        };
        let (left_hash, right_hash) = visit.sides();
        let Visit { at, old, old_hash, plan, .. } = visit;
        let (node, hash) = match plan {
            Plan::End(node) => (node, None),
            Plan::Branch { left, right } => {
                let left = Below::new(left.is_some(), left_hash, &mut below);
                let right = Below::new(right.is_some(), right_hash, &mut below);
                join(tree, &at, &old, &left, &right, nodes)?
            }
        };
        // A leaf that moves up brings its hash along; anything else that is new waits for its level's call.
        let hash = match (node, hash) {
            (Node::Empty, _) => Some(EMPTY),
            (_, Some(hash)) => Some(hash),
            _ if node == old => Some(old_hash),
            (Node::Leaf { key, value }, None) => {
                waiting.push(leaf_message(&key, &value));
                None
            }
            (Node::Branch { left, right }, None) => {
                waiting.push(branch_message(&left, &right));
                None
            }
        };
        settled.push(Settled { at, old, node, hash });
    }
    let unhashed = settled.iter_mut().filter(|settled| settled.hash.is_none());
    for (waits, hash) in unhashed.zip(hash_nodes(&waiting)) {
        waits.hash = Some(hash);
    }
    Ok(settled)
}

/// One side of a branch on the way up.
struct Below<'a> {
    hash: NodeHash,
    changed: Option<&'a Settled>,
}

impl<'a> Below<'a> {
    fn new(changed: bool, old: NodeHash, below: &mut slice::Iter<'a, Settled>) -> Self {
        let changed = if changed { below.next() } else { None };
        Self { hash: changed.map_or(old, |node| node.hash.unwrap_or(EMPTY)), changed }
    }
}

/// What stands over two sides, with its hash if it is a leaf that moved up; records what stands below.
fn join<T: TreeRead>(
    tree: &T,
    at: &Prefix,
    old: &Node,
    left: &Below<'_>,
    right: &Below<'_>,
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
        let node = match side.changed {
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
    for changed in [left, right].into_iter().filter_map(|side| side.changed) {
        let last = if moves.is_some() { Node::Empty } else { changed.node };
        changed.record(last, nodes);
    }
    Ok(moves.unwrap_or((branch, None)))
}
