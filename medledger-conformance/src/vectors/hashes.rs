//! Tagged hashes, each with the bytes that go into SHA3-256, and what is derived from a public key.

use medledger_core::crypto::{PublicKey, SecretKey};
use medledger_core::hash::{Hex, Tag, hash};
use medledger_core::identity::did_key;

use super::Vector;
use super::json::{bytes, hex};

pub(super) fn vectors() -> Vec<Vector> {
    let mut made: Vec<Vector> = Tag::ALL.iter().map(|tag| hashed(*tag, "three bytes", b"abc")).collect();
    // Around the length of one block of SHA3-256: 136 bytes, of which the tag takes 16.
    for length in [0, 1, 118, 119, 120, 121, 136, 255, 256, 257] {
        made.push(hashed(Tag::StateValue, &format!("{length} bytes"), &vec![0xa5; length]));
    }
    for tag in ["", "ml1", "ml1 Genesis", "ml1 genesis ", "ml2 genesis", "genesis"] {
        let input = vec![("tag", tag.into()), ("data", bytes(b"abc"))];
        let name = format!("the tag {tag:?}");
        made.push(Vector::invalid("hash", "unknown-tag", "API-002", name, "a text that is no tag", input));
    }
    made.extend(keys());
    made
}

fn hashed(tag: Tag, what: &str, data: &[u8]) -> Vector {
    let input = vec![("tag", tag.text().into()), ("data", bytes(data))];
    let digest = hash(tag, &[data]);
    Vector::valid("hash", format!("{}, {what}", tag.text()), "the tag and the data", input)
        .by(vec![("hashed", bytes(&[tag.bytes(), data].concat()))])
        .gives(vec![("hash", hex(&digest))])
}

/// What names a public key: its id, the digest that keeps it back, did:key.
fn keys() -> Vec<Vector> {
    let mut made: Vec<Vector> = (0..6_u8)
        .map(|seed| {
            let public = SecretKey::from_seed([seed; 32]).public();
            let PublicKey::Ed25519 { bytes: key } = public;
            let encoded = [&[0x82, 0x01, 0x58, 0x20], key.as_ref()].concat();
            Vector::valid(
                "key",
                format!("seed {seed}"),
                "32 bytes of the seed",
                vec![("public_key", bytes(key.as_ref()))],
            )
            .by(vec![
                ("seed", bytes(&[seed; 32])),
                ("id_hashed", bytes(&[Tag::KeyId.bytes(), encoded.as_slice()].concat())),
                ("successor_hashed", bytes(&[Tag::Successor.bytes(), encoded.as_slice()].concat())),
            ])
            .gives(vec![
                ("id", Hex(public.id().as_ref()).to_string().into()),
                ("successor_digest", Hex(public.successor_digest().as_ref()).to_string().into()),
                ("did_key", did_key(&public).into()),
            ])
        })
        .collect();
    for length in [0, 31, 33] {
        let input = vec![("public_key", bytes(&vec![1; length]))];
        let name = format!("{length} bytes");
        made.push(Vector::invalid("key", "wrong-length", "API-003", name, "bytes that are no key", input));
    }
    made
}
