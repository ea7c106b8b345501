//! Positions and nodes by themselves.

use super::*;
use crate::{codec, limits};

fn position() -> impl Strategy<Value = Prefix> {
    (any::<[u8; 32]>(), 0..=256_u16).prop_map(|(bits, len)| Prefix::of(&StateKey(bits), len))
}

#[test]
fn a_position_is_the_leading_bits_of_a_key() {
    let key = StateKey([0b1010_0110; 32]);
    let mut at = Prefix::ROOT;
    for depth in 0..256_u16 {
        assert_eq!(Prefix::of(&key, depth), at);
        assert!(at.covers(&key));
        let right = key.0[0] >> (7 - depth % 8) & 1 == 1;
        assert!(!at.child(!right).unwrap().covers(&key));
        assert_eq!(at.child(!right).unwrap().common(&Prefix::of(&key, 256)), depth);
        at = at.child(right).unwrap();
        assert_eq!((at.depth(), at.bit(depth)), (depth + 1, right));
    }
    assert_eq!(at, Prefix::of(&key, 256));
    assert_eq!(at, Prefix::of(&key, u16::MAX));
    assert_eq!(at.child(false), None);
}

#[test]
fn forms_for_stores_by_hand() {
    let at = Prefix::of(&StateKey([0b1010_0110; 32]), 11);
    assert_eq!(Prefix::ROOT.to_bytes().as_ref(), [0x80]);
    assert_eq!(at.to_bytes().as_ref(), [0b1010_0110, 0b1011_0000]);
    assert_eq!(Prefix::of(&StateKey([7; 32]), 8).to_bytes().as_ref(), [7, 0x80]);
    assert_eq!(Prefix::of(&StateKey([7; 32]), 256).to_bytes().as_ref(), [&[7; 32][..], &[0x80]].concat());
    assert_eq!(alloc::format!("{at} {:?}", Prefix::ROOT), "a6a0/11 Prefix(/0)");
    for bad in [&[][..], &[0], &[1, 0], &[0xff; 33], &[[0xff; 33].as_slice(), &[0x80]].concat()] {
        assert_eq!(Prefix::from_bytes(bad), None, "{bad:?}");
    }
}

proptest! {
    #[test]
    fn a_form_for_stores_has_one_position(a in position(), b in position()) {
        prop_assert_eq!(Prefix::from_bytes(a.to_bytes().as_ref()), Some(a));
        prop_assert_eq!(a == b, a.to_bytes().as_ref() == b.to_bytes().as_ref());
    }

    #[test]
    fn what_reads_as_a_position_has_this_form(bytes in prop::collection::vec(any::<u8>(), 0..36)) {
        if let Some(at) = Prefix::from_bytes(&bytes) {
            prop_assert_eq!(at.to_bytes().as_ref().to_vec(), bytes);
        }
    }

    #[test]
    fn a_subtree_is_one_range_of_forms(at in position(), key: [u8; 32], below in 0..=256_u16) {
        prop_assume!(at.depth() < 256);
        // Left of a position stands all that is below it to the left, right of it all to the right.
        let inside = Prefix::of(&StateKey(key), 256);
        let left = at.child(false).unwrap();
        let right = at.child(true).unwrap();
        prop_assert!(left.to_bytes().as_ref() < at.to_bytes().as_ref());
        prop_assert!(at.to_bytes().as_ref() < right.to_bytes().as_ref());
        prop_assert!(at < left && left < right);
        if at.common(&inside) < at.depth() {
            let other = Prefix::of(&StateKey(key), below.max(at.common(&inside) + 1));
            prop_assert_eq!(other.to_bytes().as_ref() < at.to_bytes().as_ref(), other.to_bytes().as_ref() < left.to_bytes().as_ref());
            prop_assert_eq!(other.to_bytes().as_ref() < at.to_bytes().as_ref(), other.to_bytes().as_ref() < right.to_bytes().as_ref());
            prop_assert_eq!(other < at, other < right);
        }
    }

    #[test]
    fn a_node_has_one_encoding(a: [u8; 32], b: [u8; 32]) {
        let leaf = Node::Leaf { key: StateKey(a), value: ValueHash(b) };
        let branch = Node::Branch { left: NodeHash(a), right: NodeHash(b) };
        prop_assert_ne!(leaf.hash(), branch.hash());
        for node in [Node::Empty, leaf, branch] {
            let bytes = codec::encode(&node).unwrap();
            prop_assert_eq!(codec::decode::<Node>(&bytes, &limits::STATE_VALUE).unwrap(), node);
        }
    }
}
