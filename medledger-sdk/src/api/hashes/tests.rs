use super::*;
use medledger_core::hash::Hex;

#[test]
fn a_tag_is_known_by_its_text_and_stands_before_the_data() {
    assert_eq!(hash_tags().len(), Tag::ALL.len());
    for tag in Tag::ALL {
        assert_eq!(tagged_hash(tag.text(), b"x").unwrap(), hash(*tag, &[b"x"]));
    }
    // Python: hashlib.sha3_256(b"ml1 genesis".ljust(16, b"\0") + b"x")
    let known = "a843387bb066cea64c83ea1c134ae931c49aa0703079ee58f1b17538fad2936d";
    assert_eq!(Hex(&tagged_hash("ml1 genesis", b"x").unwrap()).to_string(), known);
}

#[test]
fn other_tags_are_refused() {
    for tag in ["", "ml1", "ml1 genesis ", "ML1 GENESIS", "ml1 genesis\0\0\0\0\0"] {
        assert_eq!(tagged_hash(tag, b"").unwrap_err().code, "API-002");
    }
}
