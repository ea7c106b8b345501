//! What holds for the encoding of every wire type of core holds for this crate's too.

use medledger_core::chain::Genesis;
use medledger_core::codec::{Schema, Shape};
use medledger_core::consensus::Evidence;
use medledger_core::light::RecordProof;
use medledger_core::schema as core;
use medledger_sdk::local::ledger::{SavedBlock, SavedLedger};
use medledger_sdk::proof::ProofFile;
use medledger_sdk::schema::WIRE_TYPES;
use proptest::arbitrary::any;
use proptest::collection::vec;
use proptest::strategy::{BoxedStrategy, Strategy};
use serde_bytes::ByteBuf;
use std::collections::BTreeSet;

/// A wire type of this crate: one that is listed and has no strategy does not compile.
trait Generated: Sized {
    fn values() -> BoxedStrategy<Self>;
}

impl Generated for ProofFile {
    fn values() -> BoxedStrategy<Self> {
        any::<RecordProof>().prop_map(|proof| Self::Receipt { proof }).boxed()
    }
}

impl Generated for SavedBlock {
    fn values() -> BoxedStrategy<Self> {
        (vec(any::<u8>(), 0..200), any::<Evidence>())
            .prop_map(|(block, evidence)| Self { block: ByteBuf::from(block), evidence })
            .boxed()
    }
}

impl Generated for SavedLedger {
    fn values() -> BoxedStrategy<Self> {
        (any::<Genesis>(), vec(SavedBlock::values(), 0..3))
            .prop_map(|(genesis, blocks)| Self { genesis, blocks })
            .boxed()
    }
}

macro_rules! laws {
    ($( $name:ident: $type:ty ),* $(,)?) => { $(
        #[test]
        #[allow(non_snake_case, reason = "named after the type")]
        fn $name() {
            laws::hold(<$type as super::Generated>::values());
        }
    )* };
}

mod of {
    use medledger_core::strategies::laws;
    medledger_sdk::wire_types!(laws);
}

#[test]
fn no_name_is_one_of_cores_and_every_field_is_of_a_listed_type() {
    let mut known: BTreeSet<&str> = core::WIRE_TYPES.iter().map(|schema| schema.name).collect();
    known.extend(core::BYTE_STRINGS.iter().map(|(name, _)| *name));
    known.extend(core::PLAIN_TYPES.iter().map(|(name, _)| *name));
    for Schema { name, shape } in WIRE_TYPES {
        let fields: Vec<_> = match shape {
            Shape::Struct(fields) => fields.to_vec(),
            Shape::Enum(variants) => {
                variants.iter().flat_map(|(_, _, fields)| fields.iter().copied()).collect()
            }
        };
        for (field, written) in &fields {
            let inner =
                written.trim_start_matches("Vec<").trim_start_matches("Option<").trim_end_matches('>');
            assert!(known.contains(inner), "{name}.{field}: {written} is not listed, or later");
        }
        assert!(known.insert(name), "{name} is given twice");
    }
}
