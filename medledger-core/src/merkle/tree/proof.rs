//! Proofs of what the state tree holds, and does not hold, for a set of keys.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::slice;
use serde_bytes::ByteBuf;

use super::prefix::bit;
use super::{EMPTY, KEY_BITS, Node, Prefix, TreeRead, hash_branch, hash_leaf};
use crate::error::ReadError;
use crate::hash::{NodeHash, StateKey, StateRoot, ValueHash};

rules! {
    /// Why a proof about the state is refused.
    pub enum TreeError: MRK {
        /// No claims.
        20 NoClaims:
            "a state proof makes at least one claim",
            "the state proof makes no claim";
        /// Claims out of order, or two about one key.
        21 Unsorted { index: u64 }:
            "the claims of a state proof ascend strictly by key",
            "the key of claim {index} is not greater than the one before";
        /// A path longer than a key.
        22 TooDeep { index: u64, depth: u64 }:
            "a path in the state tree is at most 256 branches long",
            "the path of claim {index} is {depth} branches long, at most 256 are possible";
        /// A leaf that doesn't show that the key is absent.
        23 NotBeside { index: u64 }:
            "the leaf that shows a key to be absent is another key's and shares the whole path",
            "the leaf where the path of claim {index} ends does not show its key to be absent";
        /// One path leads through the end of another.
        24 Overlap { index: u64 }:
            "no path of a state proof leads to or through the end of another",
            "the path of claim {index} and the one before run into each other";
        /// A claim without a path of its own has none to share.
        25 Stray { index: u64 }:
            "a shared claim's key lies under the path which ends before it, or under that of the next present key",
            "claim {index} shares the path of no claim that may carry it";
        /// Too few siblings.
        26 MissingSibling { index: u64 }:
            "a state proof holds every sibling that its paths need",
            "sibling {index} is missing";
        /// Too many siblings, or marks.
        27 SurplusSiblings { used: u64 }:
            "a state proof holds no sibling, mark or set padding bit that its paths don't need",
            "the paths need {used} siblings, the proof holds more";
        /// An empty sibling spelled out.
        28 EmptySibling { index: u64 }:
            "an empty sibling is marked as such and not spelled out",
            "sibling {index} is empty and not marked so";
        /// Another root.
        29 WrongRoot { expected: StateRoot, computed: StateRoot }:
            "the paths of a state proof lead to the state root",
            "the proof leads to the root {computed}, not to {expected}";
        /// Other keys than were asked for.
        30 OtherKeys { asked: u64, proven: u64 }:
            "a state proof that answers a question is about just the keys that were asked for",
            "the proof is about other keys ({proven}) than those asked for ({asked})";
    }
}

wire! {
    /// What a proof says of one key. Where a path is needed its end is given by its depth: the number of branches
    /// from the root down to it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum StateClaim {
        /// The tree holds the key.
        0 => Present {
            /// The key.
            key: StateKey,
            /// Where its leaf stands.
            depth: u64,
            /// The hash of its value.
            value: ValueHash,
        },
        /// The tree does not hold the key: the path ends in an empty subtree.
        1 => Vacant {
            /// The key.
            key: StateKey,
            /// Where the empty subtree stands.
            depth: u64,
        },
        /// The tree does not hold the key: the path ends in another key's leaf.
        2 => Taken {
            /// The key.
            key: StateKey,
            /// Where the leaf stands.
            depth: u64,
            /// The other key.
            leaf: StateKey,
            /// The hash of the other key's value.
            value: ValueHash,
        },
        /// The tree does not hold the key: the path ends where that of another claim does. That claim is the one of
        /// the key which is present there; if none of the proof's is, the first that ends there.
        3 => Shared {
            /// The key.
            key: StateKey,
        },
    }
}

impl StateClaim {
    /// The key.
    #[must_use]
    pub const fn key(&self) -> &StateKey {
        match self {
            Self::Present { key, .. }
            | Self::Vacant { key, .. }
            | Self::Taken { key, .. }
            | Self::Shared { key } => key,
        }
    }
}

wire! {
    /// What the tree under a root holds for a set of keys, and for which of them it holds nothing. For one root and
    /// one set of keys there is one proof.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct StateProof {
        /// A claim a key, ascending by key.
        pub claims: Vec<StateClaim>,
        /// For each sibling, in the order of use, one bit from the most significant on: 1 when it is empty. Padded
        /// with zeros to whole bytes.
        pub empty: ByteBuf,
        /// The siblings that are not empty, in the order of use: path by path from left to right, each from its
        /// end up to where it meets the next; from there on with the last path that they share.
        pub siblings: Vec<NodeHash>,
    }
}

/// Where a path ends, and the hash of what stands there.
struct End {
    at: Prefix,
    hash: NodeHash,
}

impl StateProof {
    /// What the tree holds: for each key of the proof the hash of its value, or `None` if it is absent. Of a key
    /// that is not in the result *nothing* is known.
    ///
    /// Takes at most 256 hashes a claim.
    ///
    /// # Errors
    /// The [`TreeError`] with the rule that the proof breaks.
    pub fn verify(&self, root: &StateRoot) -> Result<BTreeMap<StateKey, Option<ValueHash>>, TreeError> {
        let ends = self.ends()?;
        let computed = StateRoot::from(self.fold(&ends)?);
        if computed != *root {
            return Err(TreeError::WrongRoot { expected: *root, computed });
        }
        let answers = self.claims.iter().map(|claim| match claim {
            StateClaim::Present { key, value, .. } => (*key, Some(*value)),
            other => (*other.key(), None),
        });
        Ok(answers.collect())
    }

    /// As [`verify`](Self::verify), and the proof is about just these keys.
    ///
    /// # Errors
    /// As [`verify`](Self::verify), and [`TreeError::OtherKeys`].
    pub fn verify_for(
        &self,
        root: &StateRoot,
        keys: &BTreeSet<StateKey>,
    ) -> Result<BTreeMap<StateKey, Option<ValueHash>>, TreeError> {
        if !self.claims.iter().map(StateClaim::key).eq(keys) {
            return Err(TreeError::OtherKeys { asked: count(keys.len()), proven: count(self.claims.len()) });
        }
        self.verify(root)
    }

    /// The ends of the paths from left to right, after all that can be told of the claims without hashing paths.
    fn ends(&self) -> Result<Vec<End>, TreeError> {
        let mut ends: Vec<End> = Vec::with_capacity(self.claims.len());
        let mut before: Option<&StateKey> = None;
        // The other key's leaf that the last path ends in.
        let mut other: Option<&StateKey> = None;
        // The first shared claim that still waits for the path to its right.
        let mut waiting: Option<(u64, &StateKey)> = None;
        for (index, claim) in (0_u64..).zip(&self.claims) {
            let key = claim.key();
            if before.is_some_and(|before| before >= key) {
                return Err(TreeError::Unsorted { index });
            }
            before = Some(key);
            let (depth, hash) = match claim {
                StateClaim::Present { depth, value, .. } => (depth, hash_leaf(key, value)),
                StateClaim::Vacant { depth, .. } => (depth, EMPTY),
                StateClaim::Taken { depth, leaf, value, .. } => (depth, hash_leaf(leaf, value)),
                StateClaim::Shared { .. } => {
                    // The other key may itself be claimed: it is there, and shares nothing.
                    if other == Some(key) {
                        return Err(TreeError::NotBeside { index });
                    }
                    if !ends.last().is_some_and(|end| end.at.covers(key)) {
                        waiting = waiting.or(Some((index, key)));
                    }
                    continue;
                }
            };
            let at = match u16::try_from(*depth) {
                Ok(bits) if bits <= KEY_BITS => Prefix::of(key, bits),
                _ => return Err(TreeError::TooDeep { index, depth: *depth }),
            };
            other = match claim {
                StateClaim::Taken { leaf, .. } => Some(leaf),
                _ => None,
            };
            if other.is_some_and(|leaf| leaf == key || !at.covers(leaf)) {
                return Err(TreeError::NotBeside { index });
            }
            if ends.last().is_some_and(|end| end.at.common(&at) == end.at.depth().min(at.depth())) {
                return Err(TreeError::Overlap { index });
            }
            if let Some((index, waits)) = waiting.take()
                && !(matches!(claim, StateClaim::Present { .. }) && at.covers(waits))
            {
                return Err(TreeError::Stray { index });
            }
            ends.push(End { at, hash });
        }
        match waiting {
            Some((index, _)) => Err(TreeError::Stray { index }),
            None if ends.is_empty() => Err(TreeError::NoClaims),
            None => Ok(ends),
        }
    }

    /// The root over the ends, which are disjoint and go from left to right.
    fn fold(&self, ends: &[End]) -> Result<NodeHash, TreeError> {
        let mut siblings = Siblings::new(self);
        // Left sides of branches whose right side is still to come, with the branch's depth.
        let mut open: Vec<(u16, NodeHash)> = Vec::new();
        let mut root = EMPTY;
        let mut ends = ends.iter().peekable();
        while let Some(end) = ends.next() {
            let meets_next = ends.peek().map(|next| end.at.common(&next.at));
            let mut hash = end.hash;
            for depth in (0..end.at.depth()).rev() {
                if meets_next == Some(depth) {
                    open.push((depth, hash));
                    break;
                }
                hash = if let Some((_, left)) = open.pop_if(|(at, _)| *at == depth) {
                    hash_branch(&left, &hash)
                } else if end.at.bit(depth) {
                    hash_branch(&siblings.take()?, &hash)
                } else {
                    hash_branch(&hash, &siblings.take()?)
                };
            }
            root = hash;
        }
        siblings.finish()?;
        Ok(root)
    }
}

/// The siblings in the order of use.
struct Siblings<'a> {
    empty: &'a [u8],
    used: u64,
    hashes: slice::Iter<'a, NodeHash>,
}

impl<'a> Siblings<'a> {
    fn new(proof: &'a StateProof) -> Self {
        Self { empty: &proof.empty, used: 0, hashes: proof.siblings.iter() }
    }

    fn take(&mut self) -> Result<NodeHash, TreeError> {
        let index = self.used;
        let missing = TreeError::MissingSibling { index };
        let marks = usize::try_from(index >> 3).ok().and_then(|byte| self.empty.get(byte));
        let empty = marks.ok_or(missing.clone())? & (0x80 >> (index & 7)) != 0;
        self.used = index.saturating_add(1);
        if empty {
            return Ok(EMPTY);
        }
        match self.hashes.next() {
            Some(&EMPTY) => Err(TreeError::EmptySibling { index }),
            Some(hash) => Ok(*hash),
            None => Err(missing),
        }
    }

    fn finish(mut self) -> Result<(), TreeError> {
        let padding = match self.used & 7 {
            0 => 0,
            marks => 0xff >> marks,
        };
        let exact = self.hashes.next().is_none()
            && count(self.empty.len()) == self.used.div_ceil(8)
            && self.empty.last().is_none_or(|last| last & padding == 0);
        if exact { Ok(()) } else { Err(TreeError::SurplusSiblings { used: self.used }) }
    }
}

/// The proof about these keys. One about no keys proves nothing and is refused by whoever verifies it.
///
/// # Errors
/// What [`TreeRead::node`] gives. Also [`ReadError::Unproven`] for a node that can't stand where it was read.
pub fn prove<T: TreeRead>(tree: &T, keys: &BTreeSet<StateKey>) -> Result<StateProof, ReadError<T::Error>> {
    let keys: Vec<StateKey> = keys.iter().copied().collect();
    let mut claims = Vec::with_capacity(keys.len());
    let (mut empty, mut siblings, mut marks) = (ByteBuf::new(), Vec::new(), 0_u8);
    let mut steps = Vec::new();
    if !keys.is_empty() {
        steps.push(Step::Node(Prefix::ROOT, &keys));
    }
    while let Some(step) = steps.pop() {
        match step {
            Step::Node(at, keys) => match tree.node(&at)? {
                Node::Branch { left, right } => {
                    let middle = keys.partition_point(|key| !bit(&key.0, at.depth()));
                    let (lefts, rights) = keys.split_at_checked(middle).unwrap_or((keys, &[]));
                    let child = |right| at.child(right).ok_or(ReadError::Unproven);
                    // Last in, first out: the left side, the right side, then what stands above both.
                    match (lefts.is_empty(), rights.is_empty()) {
                        (false, false) => {
                            steps.push(Step::Node(child(true)?, rights));
                            steps.push(Step::Node(child(false)?, lefts));
                        }
                        (true, _) => {
                            steps.push(Step::Sibling(left));
                            steps.push(Step::Node(child(true)?, rights));
                        }
                        (_, true) => {
                            steps.push(Step::Sibling(right));
                            steps.push(Step::Node(child(false)?, lefts));
                        }
                    }
                }
                Node::Leaf { key, .. } if !at.covers(&key) => return Err(ReadError::Unproven),
                end => claims.extend(claims_at(&at, &end, keys)),
            },
            Step::Sibling(hash) => {
                if marks == 0 {
                    empty.push(0);
                    marks = 0x80;
                }
                if hash != EMPTY {
                    siblings.push(hash);
                } else if let Some(last) = empty.last_mut() {
                    *last |= marks;
                }
                marks >>= 1;
            }
        }
    }
    Ok(StateProof { claims, empty, siblings })
}

enum Step<'a> {
    Node(Prefix, &'a [StateKey]),
    Sibling(NodeHash),
}

/// The claims of the keys whose paths end here.
fn claims_at(at: &Prefix, end: &Node, keys: &[StateKey]) -> impl Iterator<Item = StateClaim> {
    let depth = u64::from(at.depth());
    let present = match end {
        Node::Leaf { key, .. } => keys.binary_search(key).is_ok(),
        _ => false,
    };
    keys.iter().enumerate().map(move |(index, asked)| {
        let key = *asked;
        match *end {
            Node::Leaf { key: leaf, value } if leaf == key => StateClaim::Present { key, depth, value },
            Node::Leaf { key: leaf, value } if index == 0 && !present => {
                StateClaim::Taken { key, depth, leaf, value }
            }
            Node::Empty if index == 0 => StateClaim::Vacant { key, depth },
            _ => StateClaim::Shared { key },
        }
    })
}

/// A count as the wire has it.
fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
